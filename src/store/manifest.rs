//! The manifest: which documents a store holds, and in which state.
//!
//! It is kept as `manifest.json`, one document a line, and a journal of what changed since that was
//! written.

use std::borrow::Borrow;
use std::cmp::Ordering;
use std::collections::BTreeSet;
use std::io;
use std::path::{Path, PathBuf};

use rustc_hash::{FxBuildHasher, FxHashSet};
use serde::{Deserialize, Serialize};

use super::StoreError;
use super::durable::write_durably;
use super::entry::{Entry, Form};
use super::first;
use super::journal::{self, Record};
use crate::parallel::{in_parallel, shares};

/// Name of the manifest's file.
pub(super) const FILE: &str = "manifest.json";
const FORMAT: &str = "zeren-store";
/// The version of the format that is written.
pub(super) const VERSION: u64 = 2;
/// What the manifest of this version ends with, around the sum of all before it.
const TAIL: (&[u8], &[u8]) = (b"\n],\"sum\":\"", b"\"}\n");
/// Length of a sum in characters.
const SUM: usize = 8;

/// The documents of a store, by their IRIs.
#[derive(Clone, Debug, Default)]
pub(super) struct Manifest {
    pub(super) backend: String,
    documents: BTreeSet<ByName>,
    /// Documents whose graphs are damaged: they are not there, nor are they forgotten.
    lost: BTreeSet<ByName>,
    /// Changes that were begun on a database that commits apart from the manifest.
    pub(super) pending: Vec<Record>,
}

/// An entry in the order of its document's IRI.
#[derive(Clone, Debug)]
struct ByName(Entry);

impl Borrow<str> for ByName {
    fn borrow(&self) -> &str {
        &self.0.document
    }
}

impl Ord for ByName {
    fn cmp(&self, other: &Self) -> Ordering {
        self.0.document.cmp(&other.0.document)
    }
}

impl PartialOrd for ByName {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for ByName {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other).is_eq()
    }
}

impl Eq for ByName {}

/// The first line of the manifest, closed; of other versions, what they all have.
#[derive(Serialize, Deserialize)]
struct Preamble {
    format: String,
    version: u64,
    #[serde(default)]
    backend: String,
}

/// A manifest as its file has it.
pub(super) struct Written {
    pub(super) manifest: Manifest,
    pub(super) version: u64,
    /// The sum of the file, by which its journal names it.
    pub(super) sum: u32,
    /// Length of the file in bytes.
    pub(super) length: u64,
}

impl Manifest {
    pub(super) fn new(backend: &str) -> Self {
        Self { backend: backend.into(), ..Self::default() }
    }

    pub(super) fn path(dir: &Path) -> PathBuf {
        dir.join(FILE)
    }

    /// Reads the manifest of a store with its journal; none if there is no manifest.
    pub(super) fn read(dir: &Path) -> Result<Option<Self>, StoreError> {
        Ok(journal::read(dir)?.map(|(written, _)| written.manifest))
    }

    /// Reads the manifest's file, as it is without its journal; none if there is no such file.
    pub(super) fn read_alone(dir: &Path) -> Result<Option<Written>, StoreError> {
        let path = Self::path(dir);
        let text = match std::fs::read(&path) {
            Ok(text) => text,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(StoreError::Io { path, source: error }),
        };
        let (head, lines) = match text.iter().position(|byte| *byte == b'\n') {
            Some(end) => text.split_at(end),
            None => (&text[..], &[][..]),
        };
        let closed = [head, b"]}"].concat();
        let (preamble, in_lines) = match serde_json::from_slice(&closed) {
            Ok(preamble) => (preamble, true),
            Err(_) => (preamble(dir, &text)?, false),
        };
        let Preamble { format, version, backend } = preamble;
        if format != FORMAT {
            return Err(foreign(dir));
        }
        if version > VERSION {
            return Err(StoreError::NewerVersion { path, found: version, known: VERSION });
        }
        let length = text.len() as u64;
        if !in_lines {
            let manifest = first::parse(&path, &text)?;
            return Ok(Some(Written { manifest, version, sum: crc32fast::hash(&text), length }));
        }
        let (body, sum) = without_tail(lines).ok_or_else(|| StoreError::damaged(&path, "末尾残缺", "it is cut off"))?;
        let whole = text.get(..head.len() + body.len()).unwrap_or_default();
        if crc32fast::hash(whole) != sum {
            return Err(StoreError::damaged(&path, "内容与校验和不符", "the content does not match its check sum"));
        }
        let mut manifest = Self::new(&backend);
        let lines: Vec<&[u8]> = body.split(|byte| *byte == b'\n').filter(|line| !line.is_empty()).collect();
        let read = |lines: &&[&[u8]]| lines.iter().map(|line| entry(line)).collect::<Result<Vec<_>, _>>();
        let mut entries = Vec::with_capacity(lines.len());
        for part in in_parallel(&shares(&lines), read) {
            entries.extend(part.map_err(|error| unreadable(&path, &error))?);
        }
        // names from a file are joined to the store's folder
        if !entries.iter().all(|entry| entry.0.is_sound()) {
            return Err(StoreError::damaged(&path, "其中的摘要不成摘要", "a digest in it is none"));
        }
        manifest.documents = entries.into_iter().collect();
        Ok(Some(Written { manifest, version, sum, length }))
    }

    /// Writes the manifest so that a reader sees the former one or this one, whole. Its journal must be begun anew.
    pub(super) fn write(&self, dir: &Path) -> Result<(u32, u64), StoreError> {
        let path = Self::path(dir);
        let (text, sum) = self.text().map_err(|error| StoreError::io(&path)(error.into()))?;
        write_durably(&path, &text)?;
        Ok((sum, text.len() as u64))
    }

    /// The manifest's file, and its sum.
    pub(super) fn text(&self) -> Result<(Vec<u8>, u32), serde_json::Error> {
        let preamble = Preamble { format: FORMAT.into(), version: VERSION, backend: self.backend.clone() };
        let mut text = serde_json::to_vec(&preamble)?;
        text.pop();
        text.extend_from_slice(b",\"documents\":[");
        for (at, ByName(entry)) in self.documents.union(&self.lost).enumerate() {
            text.extend_from_slice(if at == 0 { b"\n" } else { b",\n" });
            serde_json::to_writer(&mut text, entry)?;
        }
        let sum = crc32fast::hash(&text);
        text.extend_from_slice(TAIL.0);
        text.extend_from_slice(format!("{sum:08x}").as_bytes());
        text.extend_from_slice(TAIL.1);
        Ok((text, sum))
    }

    /// The documents, in the order of their IRIs.
    pub(super) fn documents(&self) -> impl ExactSizeIterator<Item = &Entry> + Clone {
        self.documents.iter().map(|entry| &entry.0)
    }

    pub(super) fn get(&self, document: &str) -> Option<&Entry> {
        self.documents.get(document).map(|entry| &entry.0)
    }

    /// Whether there is a document, be its graph damaged or not.
    pub(super) fn knows(&self, document: &str) -> bool {
        self.documents.contains(document) || self.lost.contains(document)
    }

    /// Puts a document in its place.
    pub(super) fn set(&mut self, entry: Entry) {
        self.lost.remove(entry.document.as_str());
        self.documents.replace(ByName(entry));
    }

    pub(super) fn remove(&mut self, document: &str) {
        self.lost.remove(document);
        self.documents.remove(document);
    }

    /// Counts a document as absent whose graph is damaged, without forgetting it.
    pub(super) fn lose(&mut self, document: &str) {
        self.lost.extend(self.documents.take(document));
    }

    /// The documents that are counted as absent.
    pub(super) fn lost(&self) -> impl Iterator<Item = &Entry> {
        self.lost.iter().map(|entry| &entry.0)
    }

    /// Does what a record of the journal says.
    pub(super) fn apply(&mut self, record: Record) {
        if record.begun {
            self.pending.push(record);
            return;
        }
        self.pending.clear();
        for document in &record.removed {
            self.remove(document);
        }
        for entry in record.set {
            self.set(entry);
        }
    }

    /// The files of graphs that are in use: how their names begin, and their forms.
    pub(super) fn files(&self) -> FxHashSet<(&str, Form)> {
        let mut files = FxHashSet::with_capacity_and_hasher(self.documents.len() + self.lost.len(), FxBuildHasher);
        files.extend(self.documents().chain(self.lost()).filter_map(Entry::stem));
        files
    }
}

/// What all versions of the manifest have.
fn preamble(dir: &Path, text: &[u8]) -> Result<Preamble, StoreError> {
    serde_json::from_slice(text).map_err(|error| {
        // cut off or changed, but begun as ours; others have files of this name too
        if is_ours(text) { unreadable(&dir.join(FILE), &error) } else { foreign(dir) }
    })
}

/// The error of a manifest that does not say that it is one: of another program, unless a journal of ours is beside it.
fn foreign(dir: &Path) -> StoreError {
    if journal::is_beside(dir) {
        return StoreError::damaged(&dir.join(FILE), "开头已被改动", "its beginning was changed");
    }
    StoreError::NotAStore { path: dir.to_owned() }
}

pub(super) fn unreadable(path: &Path, error: &serde_json::Error) -> StoreError {
    let (line, column) = (error.line(), error.column());
    StoreError::damaged(path, format!("第 {line} 行第 {column} 列无法解读"), error.to_string())
}

/// The text before what the manifest ends with, and the sum there.
fn without_tail(text: &[u8]) -> Option<(&[u8], u32)> {
    let (rest, sum) = text.strip_suffix(TAIL.1)?.split_last_chunk::<SUM>()?;
    Some((rest.strip_suffix(TAIL.0)?, sum_of(sum)?))
}

/// Reads a sum, as it is written: of eight hexadecimal digits.
pub(super) fn sum_of(digits: &[u8]) -> Option<u32> {
    let sum = u32::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok()?;
    (format!("{sum:08x}").as_bytes() == digits).then_some(sum)
}

/// A line of the list.
fn entry(line: &[u8]) -> Result<ByName, serde_json::Error> {
    serde_json::from_slice(line.strip_suffix(b",").unwrap_or(line)).map(ByName)
}

/// Whether a text that is no whole manifest begins as one of ours does.
fn is_ours(text: &[u8]) -> bool {
    let text = String::from_utf8_lossy(text);
    let value = text.trim_start().strip_prefix('{').and_then(|rest| rest.trim_start().strip_prefix("\"format\""));
    let value = value.and_then(|rest| rest.trim_start().strip_prefix(':')).map(str::trim_start);
    value.and_then(|value| value.strip_prefix('"')).is_some_and(|value| value.starts_with("zeren-st"))
}
