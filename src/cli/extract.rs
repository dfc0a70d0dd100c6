//! `zeren extract`: what documents say, without a store.

use std::io::{self, Read as _};
use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};
use zeren::correct::Corrections;
use zeren::diagnostic::{Code, Finding, Lang, Message, Severity};
use zeren::render::{csv, facts, json, review};
use zeren::review::{BELOW, items};

use super::failure::Failure;
use super::{Done, output};
use zeren::graph::{self, DocumentGraph};
use zeren::pipeline;
use zeren::read::{ReadError, Source, read_bytes, read_path};
use zeren::resolve::Facts;

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
    /// With `--review`: corrections to be filled in
    Toml,
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
    /// Shows what a person should look at instead, the most doubtful first
    #[arg(long, conflicts_with = "text")]
    review: bool,
    /// With `--review`: shows what is less sure than this
    #[arg(long, value_name = "NUMBER", default_value_t = BELOW, requires = "review")]
    below: f64,
    /// Corrections to use in place of those beside the document
    #[arg(long, value_name = "FILE")]
    corrections: Option<PathBuf>,
    /// Leaves the corrections beside the document out
    #[arg(long, conflicts_with = "corrections")]
    no_corrections: bool,
    #[command(flatten)]
    csv: output::CsvArguments,
}

pub(super) fn run(arguments: &Arguments, lang: Lang) -> Result<Done, Failure> {
    check(arguments)?;
    let mut failed = Vec::new();
    let mut shown = 0;
    let mut partly = false;
    for path in &arguments.files {
        let read = if arguments.text { text(path) } else { extract(path, arguments, shown == 0, lang) };
        match read {
            Ok(done) => {
                shown += 1;
                partly |= done == Done::Partly;
            }
            Err(failure @ (Failure::Read { .. } | Failure::Corrections { .. })) => failed.push(failure),
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

/// Refuses what makes no sense together.
fn check(arguments: &Arguments) -> Result<(), Failure> {
    let usage = |place: &str, what: Message| Failure::Usage { place: place.to_owned(), what, hint: None };
    let of_review = matches!(arguments.format, Format::Table | Format::Json | Format::Toml);
    if arguments.review && !of_review {
        let what = Message::new("与 --review 同用时可选 table、json、toml", "with --review it is table, json or toml");
        return Err(usage("--format", what));
    }
    if !arguments.review && arguments.format == Format::Toml {
        return Err(usage("--format toml", Message::new("须与 --review 同用", "goes with --review")));
    }
    if !(0.0..=1.0).contains(&arguments.below) {
        return Err(usage("--below", Message::new("应在 0 与 1 之间", "is between 0 and 1")));
    }
    if arguments.corrections.is_some() && arguments.files.len() > 1 {
        let what = Message::new("只能用于一个文件", "is for one document");
        return Err(usage("--corrections", what));
    }
    Ok(())
}

/// The corrections of a document: those named, else those beside it, unless none are wanted.
fn corrections(path: &Path, arguments: &Arguments) -> Result<Option<Corrections>, Failure> {
    if let Some(file) = &arguments.corrections {
        let failed = |source| Failure::Corrections { place: file.display().to_string(), source: Box::new(source) };
        return Corrections::read(file).map(Some).map_err(failed);
    }
    if arguments.no_corrections {
        return Ok(None);
    }
    corrections_beside(path)
}

/// The corrections beside a document; none beside stdin.
pub(super) fn corrections_beside(path: &Path) -> Result<Option<Corrections>, Failure> {
    if path.as_os_str() == "-" {
        return Ok(None);
    }
    let place = || zeren::correct::beside(path).display().to_string();
    Corrections::of(path).map_err(|source| Failure::Corrections { place: place(), source: Box::new(source) })
}

fn extract(path: &Path, arguments: &Arguments, first: bool, lang: Lang) -> Result<Done, Failure> {
    let source = source(path).map_err(|source| unread(path, source))?;
    let corrections = corrections(path, arguments)?;
    if arguments.format == Format::Turtle {
        let checked = pipeline::check(source, corrections.as_ref());
        let graph = DocumentGraph::of(&checked);
        output::stdout(|out| graph::write_quads(&graph.quads, graph::Format::Turtle, out))?;
        return Ok(told(path, &checked.facts, lang));
    }
    let (stated, text) = match &corrections {
        Some(corrections) => pipeline::corrected(source, corrections),
        None => pipeline::facts_of(source),
    };
    let below = arguments.below;
    let doubtful = if arguments.review { items(&stated, &text, below) } else { Vec::new() };
    output::stdout(|out| match arguments.format {
        Format::Table if arguments.review => review::table(out, &stated, &doubtful, below, lang, output::width()),
        Format::Json if arguments.review => review::json(out, &stated, &doubtful, below, lang),
        Format::Toml => review::toml(out, &stated, &doubtful, corrections.as_ref(), lang),
        Format::Table => facts::table(out, &stated, lang, output::width()),
        Format::Json => json::facts(out, &stated, lang),
        Format::Csv if first => {
            arguments.csv.begin(out, true)?;
            csv::line(out, csv::FACTS_HEADER).and_then(|()| csv::facts(out, &stated))
        }
        Format::Csv => csv::facts(out, &stated),
        Format::Turtle => Ok(()),
    })?;
    Ok(told(path, &stated, lang))
}

/// Says on stderr what a person should know before the result is used.
fn told(path: &Path, stated: &Facts, lang: Lang) -> Done {
    let mut done = Done::Well;
    // a correction that no longer fits is one that somebody relies on
    let grave = |finding: &&Finding| finding.severity == Severity::Error || finding.code == Code::StaleCorrection;
    for finding in stated.findings.iter().filter(grave) {
        let hint = finding.hint.as_ref().map(|hint| hint.in_lang(lang));
        output::warn(&path.display().to_string(), finding.message.in_lang(lang), hint, lang);
        done = Done::Partly;
    }
    done
}

/// A file, or what comes through stdin under the name `-`.
pub(super) fn source(path: &Path) -> Result<Source, ReadError> {
    if path.as_os_str() != "-" {
        return read_path(path);
    }
    let mut bytes = Vec::new();
    io::stdin().lock().read_to_end(&mut bytes).map_err(ReadError::Io)?;
    read_bytes("-", &bytes)
}

/// A document that cannot be read.
pub(super) fn unread(path: &Path, source: ReadError) -> Failure {
    Failure::Read { place: path.display().to_string(), source }
}
