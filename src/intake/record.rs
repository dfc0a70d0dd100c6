//! What the register keeps of a file: by what it is known again, and what came of it.

use serde::{Deserialize, Serialize};

use super::stamp::Stamp;
use crate::diagnostic::{Lang, Message};
use crate::pipeline::PipelineError;

/// What is known of a file that was read.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Record {
    pub(super) file: Seen,
    /// The corrections beside it.
    pub(super) corrections: Option<Seen>,
    /// What came of it.
    pub came: Came,
}

/// A file as it was when it was read.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct Seen {
    pub(super) stamp: Stamp,
    /// Whether any later change shows in the stamp; else the digest decides.
    pub(super) settled: bool,
    /// SHA-256 of the content, in hexadecimal.
    pub(super) digest: String,
}

/// What came of a file.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Came {
    /// A document.
    Document(Summary),
    /// Nothing.
    Refused(Refusal),
}

/// What is told of a document that was read.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Summary {
    /// IRI of the document.
    pub id: String,
    /// SHA-256 of its graph as sorted N-Quads, in hexadecimal.
    pub digest: String,
    /// Number of tasks.
    pub tasks: usize,
    /// Number of responsibilities.
    pub responsibilities: usize,
    /// Number of findings, those of tasks included.
    pub findings: usize,
    /// Corrections that no longer fit: what is the case, and what to do about it.
    pub stale: Vec<(Message, Option<Message>)>,
}

/// Why nothing came of a file.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Refusal {
    /// What is the case.
    pub what: Message,
    /// What to do about it.
    pub hint: Option<Message>,
}

impl Refusal {
    pub(super) fn new(zh: impl Into<String>, en: impl Into<String>) -> Self {
        Self { what: Message::new(zh, en), hint: None }
    }

    pub(super) fn with_hint(self, zh: impl Into<String>, en: impl Into<String>) -> Self {
        Self { hint: Some(Message::new(zh, en)), ..self }
    }
}

impl From<&PipelineError> for Refusal {
    fn from(error: &PipelineError) -> Self {
        let hint = error.hint(Lang::Zh).zip(error.hint(Lang::En)).map(|(zh, en)| Message::new(zh, en));
        Self { what: Message::new(error.message(Lang::Zh), error.message(Lang::En)), hint }
    }
}
