//! `zeren query`: SPARQL on the store.

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;

use clap::{ArgGroup, Args, ValueEnum};
use zeren::diagnostic::{Lang, Message};
use zeren::render::answer;
use zeren::render::table::Table;

use super::failure::Failure;
use super::scope::{self, StoreArguments};
use super::standin::query::{self, Answer};
use super::standin::store::Access;
use super::{Done, output};

/// Formats of an answer.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For people
    #[default]
    Table,
    /// SPARQL 1.1 results, CSV
    Csv,
    /// SPARQL 1.1 results, TSV
    Tsv,
    /// SPARQL 1.1 results, JSON
    Json,
    /// SPARQL 1.1 results, XML
    Xml,
    /// RDF of CONSTRUCT and DESCRIBE
    Turtle,
    /// RDF of CONSTRUCT and DESCRIBE
    Ntriples,
    /// RDF of CONSTRUCT and DESCRIBE
    Jsonld,
}

impl Format {
    fn as_str(self) -> &'static str {
        match self {
            Self::Table => "table",
            Self::Csv => "csv",
            Self::Tsv => "tsv",
            Self::Json => "json",
            Self::Xml => "xml",
            Self::Turtle => "turtle",
            Self::Ntriples => "ntriples",
            Self::Jsonld => "jsonld",
        }
    }
}

#[derive(Debug, Args)]
#[command(group = ArgGroup::new("what").required(true))]
pub(super) struct Arguments {
    /// Name of a shipped query
    #[arg(group = "what")]
    name: Option<String>,
    /// File with a query
    #[arg(long, value_name = "FILE", group = "what")]
    file: Option<PathBuf>,
    /// The query itself
    #[arg(long, value_name = "SPARQL", group = "what")]
    text: Option<String>,
    /// Lists the shipped queries
    #[arg(long, group = "what")]
    list: bool,
    /// Value of a parameter of the query
    #[arg(long = "param", value_name = "K=V")]
    params: Vec<String>,
    /// Format of the answer
    #[arg(long, value_enum, default_value_t)]
    format: Format,
    #[command(flatten)]
    store: StoreArguments,
}

pub(super) fn run(arguments: &Arguments, lang: Lang) -> Result<Done, Failure> {
    if arguments.list {
        return list(lang);
    }
    let params = params(&arguments.params)?;
    let (place, text) = text(arguments)?;
    let store = arguments.store.open(Access::ReadOnly)?;
    let answer = query::run(&store, &text, &params).map_err(|source| Failure::Query { place, source })?;
    output::stdout(|out| match (arguments.format, &answer) {
        (Format::Table, Answer::Solutions { columns, rows }) => answer::table(out, columns, rows, output::width()),
        (format, answer) => answer.write(format.as_str(), out),
    })?;
    Ok(Done::Well)
}

/// The query and how to name it in messages.
fn text(arguments: &Arguments) -> Result<(String, String), Failure> {
    if let Some(text) = &arguments.text {
        return Ok(("--text".to_owned(), text.clone()));
    }
    if let Some(file) = &arguments.file {
        let place = file.display().to_string();
        return match fs::read_to_string(file) {
            Ok(text) => Ok((place, text)),
            Err(source) => Err(Failure::Open { place, source }),
        };
    }
    let name = arguments.name.as_deref().unwrap_or_default();
    let shipped = query::catalogue();
    match shipped.iter().find(|query| query.name == name) {
        Some(query) => Ok((name.to_owned(), query.text.to_owned())),
        None => Err(Failure::Usage {
            place: "query".to_owned(),
            what: Message::new(format!("没有名为 `{name}` 的查询"), format!("no query is called `{name}`")),
            hint: scope::suggest(name, shipped.iter().map(|query| query.name)).or_else(|| {
                Some(Message::new("用 `zeren query --list` 查看全部", "see all of them with `zeren query --list`"))
            }),
        }),
    }
}

fn params(given: &[String]) -> Result<BTreeMap<String, String>, Failure> {
    let pair = |text: &String| match text.split_once('=') {
        Some((key, value)) if !key.is_empty() => Ok((key.to_owned(), value.to_owned())),
        _ => Err(Failure::Usage {
            place: "--param".to_owned(),
            what: Message::new(
                format!("`{text}` 不是“名称=值”的形式"),
                format!("`{text}` is not of the form `name=value`"),
            ),
            hint: None,
        }),
    };
    given.iter().map(pair).collect()
}

fn list(lang: Lang) -> Result<Done, Failure> {
    let mut table = Table::new([lang.pick("名称", "name"), lang.pick("回答什么", "what it answers")]);
    for query in query::catalogue() {
        table.row([query.name.to_owned(), query.about.in_lang(lang).to_owned()]);
    }
    output::stdout(|out| table.write(out, output::width()))?;
    Ok(Done::Well)
}
