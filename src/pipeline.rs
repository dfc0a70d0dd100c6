//! All stages of extraction in one call: a file to its facts, or to what is odd about it.

use std::path::Path;

use thiserror::Error;

use crate::correct::{self, Corrections, CorrectionsError};
use crate::diagnostic::{Finding, Lang};
use crate::extract::extract;
use crate::lint::lint;
use crate::parse::parse;
use crate::read::{ReadError, Source, read_path};
use crate::resolve::{Facts, resolve};
use crate::span::{Span, Text};

/// Why a file gives no facts.
#[derive(Debug, Error)]
pub enum PipelineError {
    /// The document cannot be read.
    #[error(transparent)]
    Read(#[from] ReadError),
    /// Its corrections cannot be used; without them the facts would not be what people decided.
    #[error("{name}: {source}")]
    Corrections {
        /// Name of the file of corrections.
        name: String,
        /// What is wrong with it.
        source: Box<CorrectionsError>,
    },
}

impl PipelineError {
    /// What is the case, in one language.
    pub fn message(&self, lang: Lang) -> String {
        match self {
            Self::Read(error) => error.message(lang),
            Self::Corrections { name, source } => {
                let what = source.message(lang);
                lang.pick(&format!("更正文件 {name} {what}"), &format!("corrections {name}, {what}")).to_owned()
            }
        }
    }

    /// What to do about it, in one language.
    pub fn hint(&self, lang: Lang) -> Option<String> {
        match self {
            Self::Read(error) => error.hint(lang).map(str::to_owned),
            Self::Corrections { source, .. } => source.hint(lang),
        }
    }
}

/// The facts of a file, the corrections beside it applied, with the text that their places refer to.
///
/// # Errors
///
/// When the file cannot be read, or its corrections cannot.
pub fn facts(path: &Path) -> Result<(Facts, Text), PipelineError> {
    let source = read_path(path)?;
    Ok(match corrections(path)? {
        Some(corrections) => corrected(source, &corrections),
        None => facts_of(source),
    })
}

/// The corrections that lie beside a document; none where there is no such file.
///
/// # Errors
///
/// When there is one and it cannot be read or understood.
pub fn corrections(document: &Path) -> Result<Option<Corrections>, PipelineError> {
    let name = || correct::beside(document).file_name().unwrap_or_default().to_string_lossy().into_owned();
    Corrections::of(document).map_err(|source| PipelineError::Corrections { name: name(), source: Box::new(source) })
}

/// The facts of a source, with the text that their places refer to.
///
/// ```
/// let notice = "云川省人民政府关于印发重点任务的通知\n一、制度\n(一)健全制度。(省财政厅负责)\n";
/// let source = zeren::read::read_bytes("notice.txt", notice.as_bytes()).unwrap();
/// let (facts, text) = zeren::pipeline::facts_of(source);
/// let party = &facts.tasks[0].task.responsibilities[0];
/// assert_eq!(text.slice(party.span), "省财政厅");
/// assert_eq!(facts.organisations[facts.tasks[0].parties[0]].name, "云川省财政厅");
/// ```
pub fn facts_of(source: Source) -> (Facts, Text) {
    let document = parse(source);
    let facts = resolve(extract(&document));
    (facts, document.text)
}

/// The facts of a source with corrections applied, with the text that their places refer to.
pub fn corrected(source: Source, corrections: &Corrections) -> (Facts, Text) {
    let document = parse(source);
    let extraction = correct::apply(extract(&document), &document.text, corrections);
    (resolve(extraction), document.text)
}

/// A document that was checked.
#[derive(Clone, Debug)]
pub struct Checked {
    /// What it states.
    pub facts: Facts,
    /// The text that all places refer to.
    pub text: Text,
    /// The cells of a workbook that hold words, with their names (`Sheet1!C5`), in order.
    pub cells: Vec<(Span, String)>,
    /// What is odd about it, by place.
    pub findings: Vec<Finding>,
}

impl Checked {
    /// The name of the first cell of a workbook that a place touches.
    pub fn cell(&self, place: Span) -> Option<&str> {
        let behind = self.cells.partition_point(|(span, _)| span.start <= place.start);
        let around = self.cells.get(behind.saturating_sub(1)..).unwrap_or_default().iter().take(2);
        let touches = |span: Span| span.overlaps(place) || place.is_empty() && span.contains(place);
        around.filter(|(span, _)| touches(*span)).map(|(_, name)| name.as_str()).next()
    }
}

/// Checks a file, the corrections beside it applied.
///
/// # Errors
///
/// When the file cannot be read, or its corrections cannot.
pub fn checked(path: &Path) -> Result<Checked, PipelineError> {
    let source = read_path(path)?;
    Ok(check(source, corrections(path)?.as_ref()))
}

/// Checks a source, with corrections applied where there are any.
///
/// ```
/// let draft = "云川省2023年重点任务\n一、制度\n(一)健全制度。(省财证厅负责)\n(二)安排资金。(省财政厅负责)\n";
/// let source = zeren::read::read_bytes("draft.txt", draft.as_bytes()).unwrap();
/// let checked = zeren::pipeline::check(source, None);
/// let found = checked.findings.iter().find(|finding| finding.code.number() == "ZR203").unwrap();
/// assert_eq!(checked.text.slice(found.span.unwrap()), "省财证厅");
/// ```
pub fn check(source: Source, corrections: Option<&Corrections>) -> Checked {
    let document = parse(source);
    let stated = extract(&document);
    let facts = resolve(match corrections {
        Some(corrections) => correct::apply(stated, &document.text, corrections),
        None => stated,
    });
    let findings = lint(&document, &facts);
    Checked { facts, text: document.text, cells: document.cells, findings }
}
