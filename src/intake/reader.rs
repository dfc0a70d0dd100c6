//! A file to what a store keeps of it.

use std::io;
use std::path::Path;

use super::content::{Content, Unread};
use super::corrected::Corrected;
use super::record::{Came, Record, Refusal, Seen, Summary};
use super::register::Register;
use super::stamp::Stamp;
use crate::correct::{self, Corrections, CorrectionsError};
use crate::diagnostic::{Code, Lang, Message, Severity};
use crate::graph::DocumentGraph;
use crate::guard::guarded;
use crate::ledger::{Column, Returned};
use crate::pipeline::{self, Checked, PipelineError};
use crate::read::{Grid, ReadError, read_bytes, read_grid, read_grid_csv};
use crate::store::{Preparation, Prepared, SourceInfo, StoreError, digest};

/// Reads files, on any thread.
#[derive(Clone, Copy, Debug)]
pub struct Reader<'a> {
    /// What was read before.
    pub register: &'a Register,
    /// How the store wants graphs.
    pub preparation: Preparation,
}

/// What came of reading a file.
#[derive(Debug)]
pub struct Reading<'a> {
    /// What came of it.
    pub outcome: Outcome<'a>,
    /// The file and the corrections beside it; none where they cannot be known again, or the outcome may be another one
    /// next time.
    seen: Option<(Seen<'static>, Option<Seen<'static>>)>,
}

/// What came of a file.
#[derive(Debug)]
pub enum Outcome<'a> {
    /// It is as it was, and so is what came of it.
    Known(Came<'a>),
    /// A document to be stored.
    Document(Summary<'static>, Box<Prepared<'static>>),
    /// A ledger (台账) that came back.
    Ledger(Box<LedgerFile>),
    /// Nothing.
    Refused(Refusal),
}

/// A ledger that zeren wrote.
#[derive(Debug)]
pub enum LedgerFile {
    /// A workbook, which carries what it was made of.
    Whole(Returned),
    /// Separated values, which carry nothing.
    Bare(Grid),
}

impl<'a> Reading<'a> {
    /// What the register is to keep of it; nothing of a ledger, which is read beside what the store holds.
    pub fn record(&self) -> Option<Record<'a>> {
        let came = match &self.outcome {
            Outcome::Known(came) => came.clone(),
            Outcome::Document(summary, _) => Came::Document(summary.clone()),
            Outcome::Refused(refusal) => Came::Refused(refusal.clone()),
            Outcome::Ledger(_) => return None,
        };
        let (file, corrections) = self.seen.clone()?;
        Some(Record { file, corrections, came })
    }

    /// About how much memory it takes, in bytes.
    pub fn weight(&self) -> usize {
        match &self.outcome {
            Outcome::Document(_, prepared) => prepared.weight(),
            _ => 0,
        }
    }
}

impl<'a> Reader<'a> {
    /// Whether a file is as it was when a record was made, as far as length and times of it and of the corrections beside
    /// it tell; not where they cannot tell. In a folder without corrections none are looked for.
    pub fn is_as_it_was(&self, path: &Path, record: &Record<'_>, corrected: &Corrected) -> bool {
        let is =
            |path: &Path, seen: &Seen<'_>| seen.settled && Stamp::of(path).is_ok_and(|stamp| stamp == Some(seen.stamp));
        is(path, &record.file)
            && match &record.corrections {
                Some(seen) => is(&correct::beside(path), seen),
                None if !corrected.may_be_beside(path) => true,
                None => Stamp::of(&correct::beside(path)).is_err_and(|error| error.kind() == io::ErrorKind::NotFound),
            }
    }

    /// Reads a file. Whatever is in it, this comes to an end without a panic.
    ///
    /// Unless `anew`, a file that holds the same bytes as when it was read before is not gone through again.
    pub fn read(&self, path: &Path, anew: bool) -> Reading<'a> {
        self.read_by(path, anew, pipeline::check)
    }

    pub(super) fn read_by(
        &self,
        path: &Path,
        anew: bool,
        check: impl FnOnce(crate::read::Source, Option<&Corrections>) -> Checked,
    ) -> Reading<'a> {
        let mut seen = None;
        let outcome = guarded(|| self.outcome(path, anew, &mut seen, check));
        let outcome = outcome.unwrap_or_else(|words| {
            // another version of the program may read it
            seen = None;
            Err(Refusal::new(
                format!("程序读取此文件时出错：{words}"),
                format!("the program failed on this document: {words}"),
            )
            .with_hint("其他文件不受影响；请报告此错误", "others are not touched by this; please report it"))
        });
        Reading { outcome: outcome.unwrap_or_else(Outcome::Refused), seen }
    }

    fn outcome(
        &self,
        path: &Path,
        anew: bool,
        seen: &mut Option<(Seen<'static>, Option<Seen<'static>>)>,
        check: impl FnOnce(crate::read::Source, Option<&Corrections>) -> Checked,
    ) -> Result<Outcome<'a>, Refusal> {
        let file = Content::read(path).map_err(|unread| match unread {
            Unread::Io(error) => Refusal::from(&PipelineError::from(ReadError::Io(error))),
            Unread::Changing => changing(path),
        })?;
        let beside = beside(path)?;
        let known_again = |content: &Content| {
            let stamp = content.stamp?;
            Some(Seen { stamp, settled: content.settled, digest: digest(&content.bytes).into() })
        };
        *seen = known_again(&file).and_then(|file| match &beside {
            Some(corrections) => Some((file, Some(known_again(corrections)?))),
            None => Some((file, None)),
        });
        if !anew
            && let (Some((file, corrections)), Some(record)) = (&*seen, self.register.get(path))
            && file.digest == record.file.digest
            && corrections.as_ref().map(|seen| &seen.digest) == record.corrections.as_ref().map(|seen| &seen.digest)
        {
            return Ok(Outcome::Known(record.came));
        }
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        if let Some(ledger) = ledger(path, &name, &file.bytes)? {
            return Ok(Outcome::Ledger(Box::new(ledger)));
        }
        let source = read_bytes(&name, &file.bytes).map_err(|error| Refusal::from(&PipelineError::from(error)))?;
        drop(file);
        let corrections = beside.map(|content| corrections(path, content)).transpose()?;
        self.document(&check(source, corrections.as_ref()))
    }

    fn document(&self, checked: &Checked) -> Result<Outcome<'static>, Refusal> {
        let facts = &checked.facts;
        if let Some(finding) = facts.findings.iter().find(|finding| finding.severity == Severity::Error) {
            return Err(Refusal { what: finding.message.clone(), hint: finding.hint.clone() });
        }
        let info = SourceInfo { source: facts.source.clone(), title: facts.head.title.clone() };
        let prepared = self.preparation.taking(DocumentGraph::of(checked), &info).map_err(|error| refused(&error))?;
        let tasks = || facts.tasks.iter().map(|entry| &entry.task);
        let stale = facts.findings.iter().filter(|finding| finding.code == Code::StaleCorrection);
        let summary = Summary {
            id: facts.id.clone().into(),
            digest: prepared.digest().to_owned().into(),
            tasks: tasks().count(),
            responsibilities: tasks().map(|task| task.responsibilities.len()).sum(),
            findings: facts.findings.len() + tasks().map(|task| task.findings.len()).sum::<usize>(),
            stale: stale.map(|finding| (finding.message.clone(), finding.hint.clone())).collect(),
        };
        Ok(Outcome::Document(summary, Box::new(prepared)))
    }
}

/// The corrections beside a document, as bytes.
fn beside(document: &Path) -> Result<Option<Content>, Refusal> {
    let path = correct::beside(document);
    match Content::read(&path) {
        Ok(content) => Ok(Some(content)),
        Err(Unread::Io(error)) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(Unread::Io(error)) => Err(unusable(document, CorrectionsError::Io(error))),
        Err(Unread::Changing) => Err(changing(&path)),
    }
}

fn corrections(document: &Path, content: Content) -> Result<Corrections, Refusal> {
    let name = correct::beside(document).file_name().unwrap_or_default().to_string_lossy().into_owned();
    let text = String::from_utf8(content.bytes).map_err(|_| CorrectionsError::Encoding);
    text.and_then(|text| correct::read(&name, &text)).map_err(|error| unusable(document, error))
}

fn unusable(document: &Path, error: CorrectionsError) -> Refusal {
    let name = correct::beside(document).file_name().unwrap_or_default().to_string_lossy().into_owned();
    Refusal::from(&PipelineError::Corrections { name, source: Box::new(error) })
}

fn changing(path: &Path) -> Refusal {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    Refusal::new(
        format!("`{name}` 正被其他程序写入，读不到完整的内容"),
        format!("`{name}` was written to each time it was read"),
    )
    .with_hint("写完后请再次运行 `zeren build`", "run `zeren build` again once it is whole")
}

fn refused(error: &StoreError) -> Refusal {
    let hint = error.hint(Lang::Zh).zip(error.hint(Lang::En)).map(|(zh, en)| Message::new(zh, en));
    Refusal { what: Message::new(error.message(Lang::Zh), error.message(Lang::En)), hint }
}

/// The ledger that a file is, if it is one.
fn ledger(path: &Path, name: &str, bytes: &[u8]) -> Result<Option<LedgerFile>, Refusal> {
    let ending = path.extension().unwrap_or_default().to_ascii_lowercase();
    match ending.to_str() {
        Some("csv") => Ok(read_grid_csv(name, bytes, Column::Id.zh()).map(LedgerFile::Bare)),
        Some("xlsx" | "xlsm" | "ods") => {
            let grid = read_grid(bytes).map_err(|error| Refusal::from(&PipelineError::from(error)))?;
            let returned = grid.map(|grid| Returned::new(&grid)).transpose();
            Ok(returned.map_err(|what| Refusal { what, hint: None })?.map(LedgerFile::Whole))
        }
        _ => Ok(None),
    }
}
