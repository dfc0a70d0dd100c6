//! `zeren extract`: what documents say, without a store.

use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};
use zeren::diagnostic::Lang;
use zeren::render::{csv, facts, json};

use super::failure::Failure;
use super::standin::graph::{self, DocumentGraph};
use super::standin::pipeline;
use super::{Done, output};

/// Formats of what a document says.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For people
    #[default]
    Table,
    /// One object for each document, one per line
    Json,
    /// One line for each responsibility
    Csv,
    /// RDF
    Turtle,
}

#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// Documents to read
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    /// Format of the result
    #[arg(long, value_enum, default_value_t)]
    format: Format,
    /// Prints the text that places count in, instead of what it says
    #[arg(long, conflicts_with = "format")]
    text: bool,
}

pub(super) fn run(arguments: &Arguments, lang: Lang) -> Result<Done, Failure> {
    let mut failed = Vec::new();
    let mut shown = 0;
    for path in &arguments.files {
        let read = if arguments.text { text(path) } else { extract(path, arguments.format, shown == 0, lang) };
        match read {
            Ok(()) => shown += 1,
            Err(failure @ Failure::Read { .. }) => failed.push(failure),
            Err(failure) => return Err(failure),
        }
    }
    // where nothing could be read, the last failure is that of the command
    let last = if shown == 0 { failed.pop() } else { None };
    let partly = !failed.is_empty();
    for failure in &failed {
        output::error(failure, lang);
    }
    match last {
        Some(failure) => Err(failure),
        None if partly => Ok(Done::Partly),
        None => Ok(Done::Well),
    }
}

fn text(path: &Path) -> Result<(), Failure> {
    let text = pipeline::text(path).map_err(|source| unread(path, source))?;
    output::stdout(|out| out.write_all(text.as_bytes()))
}

fn extract(path: &Path, format: Format, first: bool, lang: Lang) -> Result<(), Failure> {
    let stated = pipeline::facts(path).map_err(|source| unread(path, source))?;
    output::stdout(|out| match format {
        Format::Table => facts::table(out, &stated, lang, output::width()),
        Format::Json => json::facts(out, &stated, lang),
        Format::Csv if first => csv::line(out, csv::FACTS_HEADER).and_then(|()| csv::facts(out, &stated)),
        Format::Csv => csv::facts(out, &stated),
        Format::Turtle => graph::write_quads(&DocumentGraph::new(&stated).quads, graph::Format::Turtle, out),
    })
}

fn unread(path: &Path, source: super::standin::read::ReadError) -> Failure {
    Failure::Read { place: path.display().to_string(), source }
}
