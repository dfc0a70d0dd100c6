//! `zeren query`: SPARQL on the store.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::PathBuf;
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use clap::{ArgGroup, Args, ValueEnum};
use oxigraph::model::{Literal, Term};
use zeren::date::Date;
use zeren::diagnostic::{Lang, Message};
use zeren::render::table::Table;
use zeren::render::{answer, plan as render};

use super::failure::Failure;
use super::scope::{self, SourceArguments};
use super::{Done, output};
use zeren::graph;
use zeren::query::catalogue::{self, Kind};
use zeren::query::{Answer, AsOf, CancellationToken, Limits, Query, QueryError, ResultFormat, Source, known_values};

/// Formats of an answer.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(super) enum Format {
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
    Nquads,
    /// RDF of CONSTRUCT and DESCRIBE
    Trig,
    /// RDF of CONSTRUCT and DESCRIBE
    Rdfxml,
    /// RDF of CONSTRUCT and DESCRIBE
    Jsonld,
}

impl Format {
    /// The format in which the answer writes itself; none for the table.
    fn of_answer(self) -> Option<ResultFormat> {
        Some(match self {
            Self::Table => return None,
            Self::Csv => ResultFormat::Csv,
            Self::Tsv => ResultFormat::Tsv,
            Self::Json => ResultFormat::Json,
            Self::Xml => ResultFormat::Xml,
            Self::Turtle => ResultFormat::Graph(graph::Format::Turtle),
            Self::Ntriples => ResultFormat::Graph(graph::Format::NTriples),
            Self::Nquads => ResultFormat::Graph(graph::Format::NQuads),
            Self::Trig => ResultFormat::Graph(graph::Format::TriG),
            Self::Rdfxml => ResultFormat::Graph(graph::Format::RdfXml),
            Self::Jsonld => ResultFormat::Graph(graph::Format::JsonLd),
        })
    }
}

#[derive(Debug, Args)]
#[command(group = ArgGroup::new("what").required(true))]
pub(super) struct Arguments {
    /// Name of a shipped query
    #[arg(group = "what")]
    name: Option<String>,
    /// File with a query; `-` is stdin
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
    /// Counts every line of work under the body that does it on this day, through the reforms between
    #[arg(long, value_name = "DATE", value_parser = scope::day)]
    as_of: Option<Date>,
    /// At most so many rows
    #[arg(long, value_name = "N")]
    limit: Option<usize>,
    /// Ends the evaluation after so many seconds
    #[arg(long, value_name = "SECONDS", value_parser = clap::value_parser!(u64).range(1..))]
    timeout: Option<u64>,
    /// Shows what is asked and how it is evaluated, instead of the answer
    #[arg(long, conflicts_with_all = ["list", "format", "limit"])]
    explain: bool,
    #[command(flatten)]
    csv: output::CsvArguments,
    #[command(flatten)]
    source: SourceArguments,
}

/// How long an evaluation that is to stop may take to do so.
const GRACE: Duration = Duration::from_millis(500);

/// How an answer is wanted.
#[derive(Clone, Debug, Default)]
pub(super) struct Wanted {
    pub(super) format: Format,
    /// The most rows.
    pub(super) limit: Option<usize>,
    /// The longest evaluation, in seconds.
    pub(super) timeout: Option<u64>,
    /// Whether CSV begins with a byte order mark.
    pub(super) csv: output::CsvArguments,
}

pub(super) fn run(arguments: &Arguments, lang: Lang) -> Result<Done, Failure> {
    if arguments.list {
        return list(lang);
    }
    let params = params(&arguments.params)?;
    let (place, query) = query(arguments, &params)?;
    if arguments.explain {
        let store = arguments.source.store_alone("--explain")?;
        return explain(arguments.name.as_deref(), &query, &place, &store, lang);
    }
    let source = match arguments.as_of {
        Some(day) => {
            let failed = Failure::query("--as-of");
            let (source, succession): (Box<dyn Source>, _) = if let Some(server) = arguments.source.server()? {
                let (followed, succession) = AsOf::new(server, day).map_err(failed)?;
                (Box::new(followed), succession)
            } else {
                let mut store = arguments.source.store()?;
                let succession = zeren::query::as_of(&mut store, day).map_err(failed)?;
                (Box::new(store), succession)
            };
            scope::note_succession(&succession, lang);
            source
        }
        None => arguments.source.open()?,
    };
    let Arguments { format, limit, timeout, csv, .. } = *arguments;
    let wanted = Wanted { format, limit, timeout, csv };
    if show(query, &place, &wanted, &*source, lang)? == 0 {
        note_no_row(arguments.name.as_deref(), &params, &*source, lang)?;
    }
    Ok(Done::Well)
}

/// Asks and writes the answer; gives the number of rows, 1 for what has none.
pub(super) fn show(
    query: Query,
    place: &str,
    wanted: &Wanted,
    source: &dyn Source,
    lang: Lang,
) -> Result<usize, Failure> {
    // one more tells whether any were left out
    let query = wanted.limit.map_or(query.clone(), |limit| query.limited(limit.saturating_add(1)));
    let cancellation = CancellationToken::new();
    let limits = Limits { cancellation: wanted.timeout.map(|_| cancellation.clone()), ..Limits::default() };
    let (done, waiting) = mpsc::channel::<()>();
    let clock = wanted.timeout.map(|seconds| {
        let failure = Failure::query(place)(QueryError::Limit);
        thread::spawn(move || {
            let is_late = |time| waiting.recv_timeout(time) == Err(mpsc::RecvTimeoutError::Timeout);
            if !is_late(Duration::from_secs(seconds)) {
                return;
            }
            cancellation.cancel();
            // inside a large join the engine does not look whether it is to stop
            if is_late(GRACE) {
                output::error(&failure, lang);
                std::process::exit(2);
            }
        })
    });
    let answer = query.run(source, &limits).map_err(Failure::query(place));
    drop(done);
    if let Some(clock) = clock {
        // the clock cannot fail, and nothing depends on it any more
        let _ = clock.join();
    }
    let mut answer = answer?;
    let mut rows = 1;
    if let Answer::Rows(found) = &mut answer {
        if let Some(limit) = wanted.limit.filter(|limit| found.rows.len() > *limit) {
            found.rows.truncate(limit);
            let what = Message::new(format!("只列出前 {limit} 行"), format!("only the first {limit} rows are shown"));
            output::remark(what.in_lang(lang), None, lang);
        }
        rows = found.rows.len();
    }
    let Some(format) = wanted.format.of_answer() else {
        let table = answer.table();
        output::stdout(|out| answer::table(out, &table.variables, &table.rows, output::width()))?;
        return Ok(rows);
    };
    let mut written = Vec::new();
    answer.write(format, &mut written).map_err(Failure::query(place))?;
    if written.last().is_some_and(|byte| *byte != b'\n') {
        written.push(b'\n');
    }
    output::stdout(|out| {
        wanted.csv.begin(out, matches!(wanted.format, Format::Csv))?;
        out.write_all(&written)
    })?;
    Ok(rows)
}

/// Says what a query asks and how it was evaluated.
fn explain(
    name: Option<&str>,
    query: &Query,
    place: &str,
    store: &zeren::store::Store,
    lang: Lang,
) -> Result<Done, Failure> {
    let plan = query.explain(store).map_err(Failure::query(place))?;
    let named = name.map(catalogue::find).transpose()?;
    output::stdout(|out| render::plan(out, named.as_ref(), query, &plan, lang))?;
    Ok(Done::Well)
}

/// Says that an answer is empty on purpose, and what values are near if one names nothing.
pub(super) fn note_no_row(
    name: Option<&str>,
    params: &BTreeMap<String, String>,
    source: &dyn Source,
    lang: Lang,
) -> Result<(), Failure> {
    let is_check = name.is_some_and(|name| catalogue::find(name).is_ok_and(|query| query.kind == Kind::Check));
    if is_check {
        output::remark(lang.pick("没有一行：未发现问题", "no row: nothing is wrong"), None, lang);
        return Ok(());
    }
    let mut hint = None;
    for (parameter, given) in params {
        let known = known_values(source, parameter)?;
        if !known.is_empty() && !known.iter().any(|value| value.contains(given.as_str())) {
            let near = scope::suggest(given, known.iter().map(String::as_str));
            hint = near.or_else(|| scope::list(known.iter().map(String::as_str)));
            break;
        }
    }
    let hint = hint.unwrap_or_else(|| {
        let (zh, en) = if params.is_empty() {
            ("用 `zeren query documents` 查看库中文件", "see what is stored with `zeren query documents`")
        } else {
            (
                "改动或省去 `--param`，或用 `zeren query documents` 查看库中文件",
                "change or leave out `--param`, or see what is stored with `zeren query documents`",
            )
        };
        Message::new(zh, en)
    });
    output::remark(lang.pick("没有一行", "no row"), Some(hint.in_lang(lang)), lang);
    Ok(())
}

/// The query with its values, and how to name it in messages.
fn query(arguments: &Arguments, params: &BTreeMap<String, String>) -> Result<(String, Query), Failure> {
    let (place, text) = match (&arguments.name, &arguments.file, &arguments.text) {
        (Some(name), ..) => {
            let bound = catalogue::find(name).and_then(|named| named.bind(params)).map_err(Failure::query("query"))?;
            return Ok((name.clone(), bound));
        }
        (None, Some(file), _) => {
            let place = file.display().to_string();
            let text = if place == "-" { io::read_to_string(io::stdin()) } else { fs::read_to_string(file) };
            match text {
                Ok(text) => (place, text),
                Err(source) => return Err(Failure::Open { place, source }),
            }
        }
        (None, None, text) => ("--text".to_owned(), text.clone().unwrap_or_default()),
    };
    let mut query = Query::parse(&text).map_err(Failure::query(&place))?;
    for (name, value) in params {
        query.bind(name, &term(value)).map_err(Failure::query(&place))?;
    }
    Ok((place, query))
}

/// A value as a term: what N-Triples writes as one (`<iri>`, `"text"@zh`, `"5"^^<type>`), else plain text.
pub(super) fn term(value: &str) -> Term {
    value.parse().unwrap_or_else(|_| Literal::new_simple_literal(value).into())
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

pub(super) fn list(lang: Lang) -> Result<Done, Failure> {
    let header = [("名称", "name"), ("参数", "parameters"), ("回答什么", "what it answers")];
    let mut table = Table::new(header.map(|(zh, en)| lang.pick(zh, en))).whole();
    for query in catalogue::all()? {
        let parameters = query.parameters.iter().map(|parameter| match (parameter.optional, parameter.default) {
            (_, Some(default)) => format!("{}={default}", parameter.name),
            (true, None) => format!("[{}]", parameter.name),
            (false, None) => parameter.name.to_owned(),
        });
        let parameters = parameters.collect::<Vec<_>>().join(" ");
        table.row([query.name.to_owned(), parameters, query.about.in_lang(lang).to_owned()]);
    }
    output::stdout(|out| table.write(out, output::width()))?;
    Ok(Done::Well)
}
