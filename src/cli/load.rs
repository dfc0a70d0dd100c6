//! `zeren load`: RDF to the store.

use std::collections::BTreeMap;
use std::env;
use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};
use std::time::Instant;

use clap::Args;
use zeren::diagnostic::{Lang, Message};
use zeren::load::{self, Graph as Read, LoadError, Spool, Stored};
use zeren::render::json::Number;
use zeren::render::transfer::{self, Graph, Transfer};
use zeren::store::Access;

use super::failure::Failure;
use super::scope::{Format, StoreArguments};
use super::syntax::Syntax;
use super::{Done, output};

#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// Files to load; `-` is stdin. Until they are stored, statements wait in a temporary file in the folder
    /// that `TMPDIR` names
    #[arg(value_name = "FILE", required = true)]
    files: Vec<PathBuf>,
    /// Syntax of the files; by default the one that their names end with
    #[arg(long, value_enum)]
    syntax: Option<Syntax>,
    /// Graph for statements that are in none
    #[arg(long, value_name = "IRI")]
    graph: Option<String>,
    /// Keeps graphs that are not of a document too
    #[arg(long)]
    foreign: bool,
    /// Format of the report
    #[arg(long, value_enum, default_value_t)]
    format: Format,
    #[command(flatten)]
    store: StoreArguments,
}

pub(super) fn run(arguments: &Arguments, lang: Lang) -> Result<Done, Failure> {
    let started = Instant::now();
    let mut report = Vec::new();
    let mut spool = Spool::default();
    let mut loaded: Vec<(String, Read)> = Vec::new();
    let mut seen: BTreeMap<String, String> = BTreeMap::new();
    for path in &arguments.files {
        let place = path.display().to_string();
        let graphs = match read(&mut spool, path, arguments, lang)? {
            Ok(graphs) => graphs,
            Err((error, hint)) => {
                report.push(amiss(&place, None, "failed", 0, error, hint));
                continue;
            }
        };
        for one in graphs {
            let id = one.name().to_owned();
            if !one.is_document() && !arguments.foreign {
                let what = lang.pick("不是文件的图，未入库", "is not the graph of a document and was left out");
                let hint = lang.pick("用 `--foreign` 一并保留", "keep it with `--foreign`");
                let quads = spool.count(&one).map_err(failure)?;
                report.push(amiss(&place, Some(id), "refused", quads, what.to_owned(), Some(hint.to_owned())));
                continue;
            }
            if let Some(first) = seen.get(&id) {
                let what = match lang {
                    Lang::Zh => format!("`{first}` 中已有此图，未入库"),
                    Lang::En => format!("stands in `{first}` too and was left out"),
                };
                let hint = lang.pick("保留其中一个", "keep only one of them").to_owned();
                let quads = spool.count(&one).map_err(failure)?;
                report.push(amiss(&place, Some(id), "failed", quads, what, Some(hint)));
                continue;
            }
            seen.insert(id, place.clone());
            loaded.push((place.clone(), one));
        }
    }
    warn(&report, lang);
    if loaded.is_empty() {
        return Err(Failure::NoInput(
            Message::new("没有一个图能够入库", "no graph could be stored"),
            Message::new("原因见上面的警告", "the warnings above say why"),
        ));
    }
    let mut store = arguments.store.open(Access::Fill)?;
    let graphs: Vec<&Read> = loaded.iter().map(|(_, one)| one).collect();
    let stored = load::store(&spool, &graphs, &mut store).map_err(failure)?;
    let amiss = !report.is_empty();
    report.extend(loaded.iter().zip(stored).map(|((source, one), Stored { status, statements })| Graph {
        source: source.clone(),
        id: Some(one.name().to_owned()),
        status: status.as_str(),
        quads: statements,
        error: None,
        hint: None,
    }));
    let transfer = Transfer { graphs: report, quads: store.len(), seconds: Number(started.elapsed().as_secs_f64()) };
    show(&transfer, arguments.format, lang)?;
    Ok(if amiss { Done::Partly } else { Done::Well })
}

/// Writes what became of graphs.
pub(super) fn show(report: &Transfer, format: Format, lang: Lang) -> Result<(), Failure> {
    output::stdout(|out| match format {
        Format::Table => transfer::table(out, report, lang, output::width()),
        Format::Json => transfer::json(out, report),
        Format::Csv => transfer::csv(out, report),
    })
}

/// Warns of graphs that a person should look at.
pub(super) fn warn(graphs: &[Graph], lang: Lang) {
    for graph in graphs {
        if let Some(error) = &graph.error {
            let colon = lang.pick("：", ": ");
            let place = match &graph.id {
                Some(id) if !id.is_empty() => format!("{}{colon}`{id}`", graph.source),
                _ => graph.source.clone(),
            };
            output::warn(&place, error, graph.hint.as_deref(), lang);
        }
    }
}

/// Why a file has no graphs, and what to do about it.
type Refusal = (String, Option<String>);

fn amiss(
    source: &str,
    id: Option<String>,
    status: &'static str,
    quads: usize,
    error: String,
    hint: Option<String>,
) -> Graph {
    Graph { source: source.to_owned(), id, status, quads, error: Some(error), hint }
}

/// The graphs of a file, or why there are none and what to do about it.
fn read(
    spool: &mut Spool,
    path: &Path,
    arguments: &Arguments,
    lang: Lang,
) -> Result<Result<Vec<Read>, Refusal>, Failure> {
    let Some(format) = arguments.syntax.map(Syntax::format).or_else(|| Syntax::of_path(path)) else {
        let what = lang.pick("不能从文件名看出格式", "its name does not tell the syntax");
        let hint = lang.pick("用 `--syntax` 指明", "name it with `--syntax`");
        return Ok(Err((what.to_owned(), Some(hint.to_owned()))));
    };
    let into = arguments.graph.as_deref();
    let graphs = if path.as_os_str() == "-" {
        spool.read(io::stdin().lock(), format, into)
    } else {
        File::open(path).map_err(LoadError::Read).and_then(|file| spool.read(file, format, into))
    };
    match graphs {
        Ok(graphs) => Ok(Ok(graphs)),
        // none of the others could be kept either
        Err(error @ LoadError::Spool(_)) => Err(failure(error)),
        Err(error) => Ok(Err((error.message(lang), error.hint(lang)))),
    }
}

fn failure(error: LoadError) -> Failure {
    match error {
        LoadError::Store(source) => source.into(),
        source => Failure::Load { place: env::temp_dir().display().to_string(), source },
    }
}
