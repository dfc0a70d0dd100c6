//! `zeren shell`: questions one after another, with history and completion.

mod complete;
mod line;

use std::collections::BTreeMap;
use std::fs;
use std::io::IsTerminal;
use std::path::PathBuf;

use clap::{Args, ValueEnum};
use rustyline::error::ReadlineError;
use rustyline::history::FileHistory;
use rustyline::{Config, Editor};
use zeren::diagnostic::{Lang, Message};
use zeren::graph::PREFIXES;
use zeren::query::{Query, Source, catalogue};

use super::failure::Failure;
use super::query::{self, Format, Wanted};
use super::scope::SourceArguments;
use super::{Done, output};
use complete::Completion;
use line::Line;

/// The most lines of history that are kept.
const MOST_HISTORY: usize = 1000;

#[derive(Debug, Args)]
pub(super) struct Arguments {
    #[command(flatten)]
    source: SourceArguments,
}

pub(super) fn run(arguments: &Arguments, lang: Lang) -> Result<Done, Failure> {
    let source = arguments.source.open()?;
    let unusable = |error: ReadlineError| Failure::Usage {
        place: "shell".to_owned(),
        what: Message::new(format!("终端不可用：{error}"), format!("the terminal cannot be used: {error}")),
        hint: None,
    };
    let config = Config::builder().max_history_size(MOST_HISTORY).map_err(unusable)?.auto_add_history(true).build();
    let mut editor: Editor<Completion<'_>, FileHistory> = Editor::with_config(config).map_err(unusable)?;
    editor.set_helper(Some(Completion::new(&*source)));
    let history = history();
    if let Some(path) = &history {
        // a first session has none
        let _ = editor.load_history(path);
    }
    let for_person = std::io::stdin().is_terminal();
    if for_person {
        output::note(lang.pick(
            "写预置查询的名称（如 workload document=绍兴）或以 ; 结束的 SPARQL；Tab 补全，.help 说明，.quit 退出\n",
            "name a shipped query (workload document=绍兴) or write SPARQL that ends with `;`; Tab completes, .help explains, .quit ends\n",
        ));
    }
    let mut shell = Shell { source: &*source, wanted: Wanted::default(), open: String::new(), failed: false, lang };
    loop {
        let prompt = match (for_person, shell.open.is_empty()) {
            (false, _) => "",
            (true, true) => "zeren> ",
            (true, false) => "    …> ",
        };
        match editor.readline(prompt) {
            Ok(words) => match shell.take(&words) {
                Ok(true) => {}
                Ok(false) => break,
                Err(Failure::Closed) => return Err(Failure::Closed),
                Err(failure) => {
                    shell.failed = true;
                    output::error(&failure, lang);
                }
            },
            // what was begun is dropped
            Err(ReadlineError::Interrupted) => shell.open.clear(),
            Err(ReadlineError::Eof) => break,
            Err(error) => return Err(unusable(error)),
        }
    }
    if !shell.open.trim().is_empty()
        && let Err(failure) = shell.ask_sparql()
    {
        shell.failed = true;
        output::error(&failure, lang);
    }
    if let Some(path) = history.filter(|_| for_person) {
        if let Some(folder) = path.parent() {
            let _ = fs::create_dir_all(folder);
        }
        // a history that cannot be kept is no reason to fail
        let _ = editor.save_history(&path);
    }
    Ok(if shell.failed && !for_person { Done::Partly } else { Done::Well })
}

/// Where the history of a user lies, by the XDG conventions.
fn history() -> Option<PathBuf> {
    let set = |name: &str| std::env::var_os(name).filter(|value| !value.is_empty()).map(PathBuf::from);
    let state = set("XDG_STATE_HOME").or_else(|| Some(set("HOME")?.join(".local/state")))?;
    Some(state.join("zeren/history"))
}

struct Shell<'s> {
    source: &'s dyn Source,
    wanted: Wanted,
    /// SPARQL that has not ended.
    open: String,
    failed: bool,
    lang: Lang,
}

impl Shell<'_> {
    /// Does what a line says; false ends the session.
    fn take(&mut self, words: &str) -> Result<bool, Failure> {
        match Line::read(words, !self.open.is_empty()) {
            Line::Quit => return Ok(false),
            Line::Nothing => {}
            Line::Help => self.help()?,
            Line::Queries => {
                query::list(self.lang)?;
            }
            Line::Prefixes => output::stdout(|out| {
                PREFIXES.iter().try_for_each(|(prefix, namespace)| writeln!(out, "PREFIX {prefix}: <{namespace}>"))
            })?,
            Line::Format(name) => self.wanted.format = Format::from_str(&name, true).map_err(|_| unknown(&name))?,
            Line::Limit(text) => {
                self.wanted.limit = match text.as_str() {
                    "" => None,
                    text => Some(text.parse().map_err(|_| unknown(text))?),
                }
            }
            Line::Named(name, params) => self.ask(&name, &params)?,
            Line::Sparql { text, ends } => {
                self.open.push_str(&text);
                self.open.push('\n');
                if ends {
                    self.ask_sparql()?;
                }
            }
            Line::Unknown(word) => return Err(unknown(&word)),
        }
        Ok(true)
    }

    fn ask(&self, name: &str, params: &BTreeMap<String, String>) -> Result<(), Failure> {
        let query = catalogue::find(name).and_then(|named| named.bind(params)).map_err(Failure::query(name))?;
        if query::show(query, name, &self.wanted, self.source, self.lang)? == 0 {
            query::note_no_row(Some(name), params, self.source, self.lang)?;
        }
        Ok(())
    }

    fn ask_sparql(&mut self) -> Result<(), Failure> {
        let text = std::mem::take(&mut self.open);
        let query = Query::parse(&text).map_err(Failure::query("SPARQL"))?;
        if query::show(query, "SPARQL", &self.wanted, self.source, self.lang)? == 0 {
            query::note_no_row(None, &BTreeMap::new(), self.source, self.lang)?;
        }
        Ok(())
    }

    fn help(&self) -> Result<(), Failure> {
        let text = self.lang.pick(
            "名称 参数=值 …       预置查询，如 tasks-of body=财政局\n\
             SELECT … ;          SPARQL，可写多行，以 ; 结束；前缀不必声明\n\
             .queries            列出预置查询\n\
             .prefixes           列出已知前缀\n\
             .format 格式        table、csv、tsv、json、xml、turtle …\n\
             .limit 行数         最多列出若干行；不写行数则不限\n\
             .quit               退出\n",
            "NAME PARAM=VALUE …  a shipped query, as in tasks-of body=财政局\n\
             SELECT … ;          SPARQL over any number of lines, ended by `;`; prefixes need no declaration\n\
             .queries            lists the shipped queries\n\
             .prefixes           lists the known prefixes\n\
             .format FORMAT      table, csv, tsv, json, xml, turtle …\n\
             .limit ROWS         shows at most so many rows; without a number, all\n\
             .quit               ends\n",
        );
        output::stdout(|out| out.write_all(text.as_bytes()))
    }
}

fn unknown(word: &str) -> Failure {
    Failure::Usage {
        place: "shell".to_owned(),
        what: Message::new(format!("不认识 `{word}`"), format!("`{word}` is not known")),
        hint: Some(Message::new("`.help` 说明写法", "`.help` explains what can be written")),
    }
}
