//! What the register keeps of a file: by what it is known again, and what came of it.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use super::stamp::Stamp;
use crate::diagnostic::{Lang, Message};
use crate::packed::{put, put_text, split, take, take_text};
use crate::pipeline::PipelineError;

/// What is known of a file that was read; texts may be those of the register that it was found in.
#[derive(Clone, Debug, PartialEq)]
pub struct Record<'a> {
    pub(super) file: Seen<'a>,
    /// The corrections beside it.
    pub(super) corrections: Option<Seen<'a>>,
    /// What came of it.
    pub came: Came<'a>,
}

/// A file as it was when it was read.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Seen<'a> {
    pub(super) stamp: Stamp,
    /// Whether any later change shows in the stamp; else the digest decides.
    pub(super) settled: bool,
    /// SHA-256 of the content, in hexadecimal.
    pub(super) digest: Cow<'a, str>,
}

/// What came of a file.
#[derive(Clone, Debug, PartialEq)]
pub enum Came<'a> {
    /// A document.
    Document(Summary<'a>),
    /// Nothing.
    Refused(Refusal),
}

/// What is told of a document that was read.
#[derive(Clone, Debug, PartialEq)]
pub struct Summary<'a> {
    /// IRI of the document.
    pub id: Cow<'a, str>,
    /// SHA-256 of its graph as sorted N-Quads, in hexadecimal.
    pub digest: Cow<'a, str>,
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

/// What a record begins with where a document came of the file, where nothing did, and, added to either, where there are
/// corrections.
const DOCUMENT: u8 = 1;
const REFUSED: u8 = 2;
const CORRECTED: u8 = 4;

impl<'a> Record<'a> {
    /// Appends the record in few bytes; none of one that cannot be said.
    pub(super) fn encode(&self, bytes: &mut Vec<u8>) -> Option<()> {
        let kind = if matches!(self.came, Came::Document(_)) { DOCUMENT } else { REFUSED };
        bytes.push(kind | if self.corrections.is_some() { CORRECTED } else { 0 });
        self.file.encode(bytes);
        if let Some(corrections) = &self.corrections {
            corrections.encode(bytes);
        }
        match &self.came {
            Came::Document(summary) => {
                put_text(bytes, &summary.id);
                put_text(bytes, &summary.digest);
                for count in [summary.tasks, summary.responsibilities, summary.findings] {
                    put(bytes, count as u64);
                }
                // few have any
                if !summary.stale.is_empty() {
                    put_text(bytes, &serde_json::to_string(&summary.stale).ok()?);
                }
            }
            Came::Refused(refusal) => put_text(bytes, &serde_json::to_string(refusal).ok()?),
        }
        Some(())
    }

    /// None of bytes that no record was written to.
    pub(super) fn decode(mut bytes: &'a [u8]) -> Option<Self> {
        let bytes = &mut bytes;
        let kind = *split(bytes, 1)?.first()?;
        let file = Seen::decode(bytes)?;
        let corrections = if kind & CORRECTED == 0 { None } else { Some(Seen::decode(bytes)?) };
        let came = match kind & !CORRECTED {
            DOCUMENT => {
                let (id, digest) = (Cow::from(take_text(bytes)?), Cow::from(take_text(bytes)?));
                let mut count = || usize::try_from(take(bytes)?).ok();
                let (tasks, responsibilities, findings) = (count()?, count()?, count()?);
                let stale = if bytes.is_empty() { Vec::new() } else { serde_json::from_str(take_text(bytes)?).ok()? };
                Came::Document(Summary { id, digest, tasks, responsibilities, findings, stale })
            }
            REFUSED => Came::Refused(serde_json::from_str(take_text(bytes)?).ok()?),
            _ => return None,
        };
        bytes.is_empty().then_some(Self { file, corrections, came })
    }
}

impl<'a> Seen<'a> {
    fn encode(&self, bytes: &mut Vec<u8>) {
        self.stamp.encode(bytes);
        bytes.push(u8::from(self.settled));
        put_text(bytes, &self.digest);
    }

    fn decode(bytes: &mut &'a [u8]) -> Option<Self> {
        let stamp = Stamp::decode(bytes)?;
        let settled = *split(bytes, 1)?.first()? == 1;
        Some(Self { stamp, settled, digest: take_text(bytes)?.into() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn records_come_back_whole_or_not_at_all() {
        let stamp = Stamp::of(&std::env::current_exe().unwrap()).unwrap().unwrap();
        let seen = |settled| Seen { stamp, settled, digest: "0a".repeat(32).into() };
        let summary = Summary {
            id: "https://w3id.org/zeren/document/云川政办发〔2024〕3号".into(),
            digest: "b1".repeat(32).into(),
            tasks: 300,
            responsibilities: 0,
            findings: 1,
            stale: vec![(Message::new("旧", "old"), None)],
        };
        let refusal = Refusal::new("空", "empty").with_hint("重试", "try again");
        let bare = Summary { stale: Vec::new(), ..summary.clone() };
        for (corrections, came) in [
            (None, Came::Document(bare)),
            (Some(seen(false)), Came::Document(summary)),
            (None, Came::Refused(refusal.clone())),
            (Some(seen(true)), Came::Refused(refusal)),
        ] {
            let record = Record { file: seen(true), corrections, came };
            let mut bytes = Vec::new();
            record.encode(&mut bytes).unwrap();
            for length in 0..bytes.len() {
                assert_ne!(Record::decode(&bytes[..length]).as_ref(), Some(&record), "{length}");
            }
            assert_eq!(Record::decode(&bytes).as_ref(), Some(&record));
            bytes.push(0);
            assert_eq!(Record::decode(&bytes), None);
        }
    }
}
