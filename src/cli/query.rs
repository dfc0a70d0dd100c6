//! `zeren query`: SPARQL on the store.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::PathBuf;

use clap::{ArgGroup, Args, ValueEnum};
use oxigraph::model::{Literal, Term};
use zeren::date::Date;
use zeren::diagnostic::{Lang, Message};
use zeren::render::answer;
use zeren::render::table::Table;

use super::failure::Failure;
use super::scope::{self, SourceArguments};
use super::{Done, output};
use zeren::graph;
use zeren::query::catalogue::{self, Kind};
use zeren::query::{Answer, Detail, Filter, Limits, Query, ResultFormat, Source, documents, project_documents};

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
    #[command(flatten)]
    csv: output::CsvArguments,
    #[command(flatten)]
    source: SourceArguments,
}

pub(super) fn run(arguments: &Arguments, lang: Lang) -> Result<Done, Failure> {
    if arguments.list {
        return list(lang);
    }
    let params = params(&arguments.params)?;
    let (place, query) = query(arguments, &params)?;
    let source = match arguments.as_of {
        Some(day) => {
            let store = arguments.source.store_alone("--as-of")?;
            let succession = zeren::query::as_of(&store, day).map_err(Failure::query("--as-of"))?;
            scope::note_succession(&succession, lang);
            Box::new(store)
        }
        None => arguments.source.open()?,
    };
    let answer = query.run(&*source, &Limits::default()).map_err(Failure::query(&place))?;
    if matches!(&answer, Answer::Rows(rows) if rows.rows.is_empty()) {
        note_no_row(arguments, &params, &*source, lang)?;
    }
    let Some(format) = arguments.format.of_answer() else {
        let table = answer.table();
        output::stdout(|out| answer::table(out, &table.variables, &table.rows, output::width()))?;
        return Ok(Done::Well);
    };
    let mut written = Vec::new();
    answer.write(format, &mut written).map_err(Failure::query(&place))?;
    if written.last().is_some_and(|byte| *byte != b'\n') {
        written.push(b'\n');
    }
    output::stdout(|out| {
        arguments.csv.begin(out, matches!(arguments.format, Format::Csv))?;
        out.write_all(&written)
    })?;
    Ok(Done::Well)
}

/// Says that an answer is empty on purpose, and what values are near if one names nothing.
fn note_no_row(
    arguments: &Arguments,
    params: &BTreeMap<String, String>,
    source: &dyn Source,
    lang: Lang,
) -> Result<(), Failure> {
    let is_check = arguments
        .name
        .as_deref()
        .is_some_and(|name| catalogue::find(name).is_ok_and(|query| query.kind == Kind::Check));
    if is_check {
        output::remark(lang.pick("没有一行：未发现问题", "no row: nothing is wrong"), None, lang);
        return Ok(());
    }
    let stored = documents(source)?;
    let mut hint = None;
    if let Some(wanted) =
        params.get("document").filter(|wanted| !stored.iter().any(|document| document.is_named(wanted)))
    {
        hint = scope::suggest(wanted, scope::names(&stored));
    }
    if let (None, Some(wanted)) = (&hint, params.get("body")) {
        let network = project_documents(source, &[], &Filter::default(), Detail::Figures)?;
        let labels = || network.departments().map(|(_, department)| department.label.as_str());
        if !labels().any(|label| label.contains(wanted.as_str())) {
            hint = scope::suggest(wanted, labels());
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
fn term(value: &str) -> Term {
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

fn list(lang: Lang) -> Result<Done, Failure> {
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
