//! `zeren extract`: what documents say, without a store.

use std::io::{self, Read as _};
use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};
use zeren::diagnostic::{Lang, Severity};
use zeren::render::{csv, facts, json};

use super::failure::Failure;
use super::{Done, output};
use zeren::graph::{self, DocumentGraph};
use zeren::pipeline;
use zeren::read::{ReadError, Source, read_bytes, read_path};

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
    /// Documents to read; `-` is stdin
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
    let mut partly = false;
    for path in &arguments.files {
        let read = if arguments.text { text(path) } else { extract(path, arguments.format, shown == 0, lang) };
        match read {
            Ok(done) => {
                shown += 1;
                partly |= done == Done::Partly;
            }
            Err(failure @ Failure::Read { .. }) => failed.push(failure),
            Err(failure) => return Err(failure),
        }
    }
    // where nothing could be read, the last failure is that of the command
    let last = if shown == 0 { failed.pop() } else { None };
    partly |= !failed.is_empty();
    for failure in &failed {
        output::error(failure, lang);
    }
    match last {
        Some(failure) => Err(failure),
        None if partly => Ok(Done::Partly),
        None => Ok(Done::Well),
    }
}

fn text(path: &Path) -> Result<Done, Failure> {
    let source = source(path).map_err(|source| unread(path, source))?;
    output::stdout(|out| out.write_all(source.text.as_str().as_bytes()))?;
    Ok(Done::Well)
}

fn extract(path: &Path, format: Format, first: bool, lang: Lang) -> Result<Done, Failure> {
    let (stated, _) = pipeline::facts_of(source(path).map_err(|source| unread(path, source))?);
    output::stdout(|out| match format {
        Format::Table => facts::table(out, &stated, lang, output::width()),
        Format::Json => json::facts(out, &stated, lang),
        Format::Csv if first => csv::line(out, csv::FACTS_HEADER).and_then(|()| csv::facts(out, &stated)),
        Format::Csv => csv::facts(out, &stated),
        Format::Turtle => graph::write_quads(&DocumentGraph::new(&stated).quads, graph::Format::Turtle, out),
    })?;
    let mut done = Done::Well;
    for finding in stated.findings.iter().filter(|finding| finding.severity == Severity::Error) {
        let hint = finding.hint.as_ref().map(|hint| hint.in_lang(lang));
        output::warn(&path.display().to_string(), finding.message.in_lang(lang), hint, lang);
        done = Done::Partly;
    }
    Ok(done)
}

/// A file, or what comes through stdin under the name `-`.
fn source(path: &Path) -> Result<Source, ReadError> {
    if path.as_os_str() != "-" {
        return read_path(path);
    }
    let mut bytes = Vec::new();
    io::stdin().lock().read_to_end(&mut bytes).map_err(ReadError::Io)?;
    read_bytes("-", &bytes)
}

fn unread(path: &Path, source: ReadError) -> Failure {
    Failure::Read { place: path.display().to_string(), source }
}
