//! `zeren lint`: what is odd about documents, before they go out.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};
use zeren::diagnostic::{Lang, Message, Severity};
use zeren::lint::{Acceptances, Selection};
use zeren::pipeline;
use zeren::render::findings::{self, Report};

use super::extract::{source, unread};
use super::failure::Failure;
use super::inputs::{self, Inputs};
use super::{Done, output};

/// Formats of findings.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
enum Format {
    /// As a compiler shows them
    #[default]
    Text,
    /// One object for each document, one per line
    Json,
    /// For editors (SARIF 2.1.0)
    Sarif,
    /// A page with the document and its findings
    Html,
}

/// From which findings on the exit status is 1.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(super) enum FailOn {
    /// Errors
    Error,
    /// Errors and warnings
    #[default]
    Warning,
    /// None
    Never,
}

impl FailOn {
    /// The least severity that counts; none where nothing does.
    pub(super) fn least(self) -> Option<Severity> {
        match self {
            Self::Error => Some(Severity::Error),
            Self::Warning => Some(Severity::Warning),
            Self::Never => None,
        }
    }
}

#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// Documents to check, or folders of documents; `-` is stdin
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    /// Format of the findings
    #[arg(long, value_enum, default_value_t)]
    format: Format,
    /// From which findings on the exit status is 1
    #[arg(long, value_enum, default_value_t, value_name = "SEVERITY")]
    fail_on: FailOn,
    /// Only these codes: number, name, or group such as ZR2 (repeatable, or with commas)
    #[arg(long, value_name = "CODE", value_delimiter = ',')]
    select: Vec<String>,
    /// All but these codes (repeatable, or with commas)
    #[arg(long, value_name = "CODE", value_delimiter = ',')]
    ignore: Vec<String>,
    /// Writes to a file instead of stdout
    #[arg(long, short, value_name = "FILE")]
    output: Option<PathBuf>,
}

pub(super) fn run(arguments: &Arguments, lang: Lang) -> Result<Done, Failure> {
    let words = |list: &'_ [String]| list.iter().map(|word| word.trim().to_owned()).collect::<Vec<_>>();
    let (select, ignore) = (words(&arguments.select), words(&arguments.ignore));
    let selection = Selection::new(select.iter().map(String::as_str), ignore.iter().map(String::as_str))
        .map_err(|error| super::explain::unknown(&error.0))?;
    let inputs = Inputs::list(&arguments.files, None, lang);
    if let Some(path) = &arguments.output {
        spare_inputs(path, &inputs.files)?;
    }
    let mut reports = Vec::new();
    let unlisted = |(path, words): (PathBuf, String)| Failure::Usage {
        place: path.display().to_string(),
        what: Message::new(words.clone(), words),
        hint: None,
    };
    let mut failed: Vec<Failure> = inputs.failed.into_iter().map(unlisted).collect();
    if inputs.files.is_empty() && failed.is_empty() {
        return Err(inputs::nothing_in(&arguments.files));
    }
    for path in &inputs.files {
        match check(path, &selection) {
            Ok(report) => reports.push(report),
            Err(failure @ (Failure::Read { .. } | Failure::Corrections { .. })) => failed.push(failure),
            Err(failure) => return Err(failure),
        }
    }
    // where nothing could be read, the last failure is that of the command
    let last = if reports.is_empty() { failed.pop() } else { None };
    for failure in &failed {
        output::error(failure, lang);
    }
    if let Some(failure) = last {
        return Err(failure);
    }
    write(arguments, &reports, lang)?;
    let gravity = arguments.fail_on.least();
    let found =
        reports.iter().flat_map(Report::findings).any(|finding| gravity.is_some_and(|least| finding.severity >= least));
    Ok(if found || !failed.is_empty() { Done::Partly } else { Done::Well })
}

/// Refuses to write over a document that is read.
fn spare_inputs(output: &Path, files: &[PathBuf]) -> Result<(), Failure> {
    let own = output.canonicalize().ok();
    if own.is_none() || !files.iter().any(|file| own == file.canonicalize().ok()) {
        return Ok(());
    }
    Err(Failure::Usage {
        place: output.display().to_string(),
        what: Message::new("这是要检查的文件，不能写入", "this is a document to check, and is not written over"),
        hint: Some(Message::new("请另起文件名", "choose another name")),
    })
}

/// Checks one document and takes away what is accepted.
fn check(path: &Path, selection: &Selection) -> Result<Report, Failure> {
    let draft = source(path).map_err(|source| unread(path, source))?;
    let mut checked = pipeline::check(draft, super::extract::corrections_beside(path)?.as_ref());
    checked.findings.retain(|finding| selection.takes(finding));
    let mut accepted = 0;
    let beside = Acceptances::path(path);
    if path.as_os_str() != "-" && beside.is_file() {
        let place = beside.display().to_string();
        let words = fs::read_to_string(&beside).map_err(|source| Failure::Open { place: place.clone(), source })?;
        let acceptances = Acceptances::read(&words).map_err(|error| Failure::Usage {
            place,
            what: Message::new(error.message(Lang::Zh), error.message(Lang::En)),
            hint: Some(Message::new(
                "每条要有 code 和 why，可有 words、by、on",
                "each entry has code and why, and may have words, by and on",
            )),
        })?;
        accepted = acceptances.apply(&checked.text, &mut checked.findings);
        checked.findings.retain(|finding| selection.takes(finding));
    }
    Ok(Report { path: path.display().to_string(), checked, accepted })
}

fn write(arguments: &Arguments, reports: &[Report], lang: Lang) -> Result<(), Failure> {
    let styled = arguments.output.is_none() && output::coloured();
    let width = if arguments.output.is_none() { output::width() } else { None };
    let render = |out: &mut dyn io::Write| match arguments.format {
        Format::Text => {
            reports.iter().try_for_each(|report| findings::text(out, report, lang, width, styled))?;
            findings::summary(out, reports, lang)
        }
        Format::Json => reports.iter().try_for_each(|report| findings::json(out, report, lang)),
        Format::Sarif => findings::sarif(out, reports, lang),
        Format::Html => findings::html(out, reports, lang),
    };
    match &arguments.output {
        None => output::stdout(render),
        Some(path) => {
            let mut bytes = Vec::new();
            render(&mut bytes).map_err(|error| Failure::write(&path.display().to_string(), error))?;
            output::file(path, &bytes)
        }
    }
}
