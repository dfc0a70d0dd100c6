//! The manifest: which documents a store holds, and in which state.
//!
//! It is kept as `manifest.json`, one document a line, and a journal of what changed since that was
//! written.

use std::borrow::Borrow;
use std::cmp::Ordering;
use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::{self, BufRead as _, BufReader};
use std::ops::Range;
use std::path::{Path, PathBuf};

use crc32fast::Hasher;
use serde::{Deserialize, Serialize};

use super::StoreError;
use super::durable::write_durably;
use super::entry::Entry;
use super::first;
use super::journal::{self, Record};
use super::stretch::{Stretch, read_at};
use crate::parallel::{in_parallel, threads};

/// Name of the manifest's file.
pub(super) const FILE: &str = "manifest.json";
const FORMAT: &str = "zeren-store";
/// The version of the format that is written.
pub(super) const VERSION: u64 = 2;
/// What the manifest of this version ends with, around the sum of all before it.
const TAIL: (&[u8], &[u8]) = (b"\n],\"sum\":\"", b"\"}\n");
/// Length of what it ends with, in bytes: with the eight digits of the sum.
const ENDING: usize = TAIL.0.len() + 8 + TAIL.1.len();
/// How long its first line may be, in bytes.
const LONGEST: u64 = 1 << 12;
/// How many bytes of it are read at a time.
const BUFFER: usize = 1 << 16;

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
        let failed = |error| StoreError::io(&path)(error);
        let file = match File::open(&path) {
            Ok(file) => file,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(failed(error)),
        };
        let length = file.metadata().map_err(failed)?.len();
        let mut head = Vec::new();
        let beginning = Stretch::new(&file, 0..length.min(LONGEST));
        BufReader::new(beginning).read_until(b'\n', &mut head).map_err(failed)?;
        let closed = head.pop_if(|byte| *byte == b'\n').map(|_| [&head, &b"]}"[..]].concat());
        let in_lines = closed.and_then(|closed| serde_json::from_slice(&closed).ok());
        let Some(preamble) = in_lines else { return Self::read_whole(dir).map(Some) };
        let Preamble { version, backend, .. } = known(dir, preamble)?;
        let cut_off = || StoreError::damaged(&path, "末尾残缺", "it is cut off");
        let start = head.len() as u64;
        let end = length.checked_sub(ENDING as u64).filter(|end| *end >= start).ok_or_else(cut_off)?;
        let ending = read_at(&file, end, ENDING).map_err(failed)?;
        let sum = sum_in(&ending).ok_or_else(cut_off)?;
        let mut whole = Hasher::new();
        whole.update(&head);
        let mut entries = Ok(Vec::new());
        let part = (end - start).div_ceil(threads() as u64).max(1);
        let places: Vec<u64> = (start..end).step_by(usize::try_from(part).unwrap_or(usize::MAX)).collect();
        for read in in_parallel(&places, |place| lines(&path, &file, start..end, *place..end.min(place + part))) {
            let (lines, sum) = read.map_err(failed)?;
            whole.combine(&sum);
            entries = entries.and_then(|mut entries| {
                entries.append(&mut lines?);
                Ok(entries)
            });
        }
        if whole.finalize() != sum {
            return Err(StoreError::damaged(&path, "内容与校验和不符", "the content does not match its check sum"));
        }
        let manifest = Self { documents: entries?.into_iter().collect(), ..Self::new(&backend) };
        Ok(Some(Written { manifest, version, sum, length }))
    }

    /// Reads a manifest that is not in lines: of an earlier version, or none.
    fn read_whole(dir: &Path) -> Result<Written, StoreError> {
        let path = Self::path(dir);
        let text = fs::read(&path).map_err(StoreError::io(&path))?;
        let Preamble { version, .. } = known(dir, preamble(dir, &text)?)?;
        let manifest = first::parse(&path, &text)?;
        Ok(Written { manifest, version, sum: crc32fast::hash(&text), length: text.len() as u64 })
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
        self.listed(document).is_some()
    }

    /// The entry of a document, be its graph damaged or not.
    pub(super) fn listed(&self, document: &str) -> Option<&Entry> {
        self.documents.get(document).or_else(|| self.lost.get(document)).map(|entry| &entry.0)
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
}

/// The preamble of a manifest that can be read.
fn known(dir: &Path, preamble: Preamble) -> Result<Preamble, StoreError> {
    if preamble.format != FORMAT {
        return Err(foreign(dir));
    }
    if preamble.version > VERSION {
        return Err(StoreError::NewerVersion { path: Manifest::path(dir), found: preamble.version, known: VERSION });
    }
    Ok(preamble)
}

/// The documents of those lines that begin in a part of the body of a manifest, and the sum of these lines.
fn lines(
    path: &Path,
    file: &File,
    body: Range<u64>,
    part: Range<u64>,
) -> io::Result<(Result<Vec<ByName>, StoreError>, Hasher)> {
    let (mut sum, mut entries, mut line) = (Hasher::new(), Ok(Vec::new()), Vec::new());
    // a line that begins before is of the part before
    let mut at = part.start.saturating_sub(1).max(body.start);
    let mut rest = BufReader::with_capacity(BUFFER, Stretch::new(file, at..body.end));
    if at < part.start {
        at += rest.skip_until(b'\n')? as u64;
    }
    while at < part.end {
        line.clear();
        at += match rest.read_until(b'\n', &mut line)? {
            0 => return Err(io::ErrorKind::UnexpectedEof.into()),
            length => length as u64,
        };
        sum.update(&line);
        if line != b"\n" {
            entries = entries.and_then(|mut entries| {
                entries.push(entry(path, &line)?);
                Ok(entries)
            });
        }
    }
    Ok((entries, sum))
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

/// The sum in what a manifest ends with.
fn sum_in(ending: &[u8]) -> Option<u32> {
    sum_of(ending.strip_prefix(TAIL.0)?.strip_suffix(TAIL.1)?)
}

/// Reads a sum, as it is written: of eight hexadecimal digits.
pub(super) fn sum_of(digits: &[u8]) -> Option<u32> {
    let sum = u32::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok()?;
    (format!("{sum:08x}").as_bytes() == digits).then_some(sum)
}

/// A line of the list.
fn entry(path: &Path, line: &[u8]) -> Result<ByName, StoreError> {
    let line = line.strip_suffix(b"\n").unwrap_or(line);
    let line = line.strip_suffix(b",").unwrap_or(line);
    let entry: Entry = serde_json::from_slice(line).map_err(|error| unreadable(path, &error))?;
    // names from a file are joined to the store's folder
    if !entry.is_sound() {
        return Err(StoreError::damaged(path, "其中的摘要不成摘要", "a digest in it is none"));
    }
    Ok(ByName(entry))
}

/// Whether a text that is no whole manifest begins as one of ours does.
fn is_ours(text: &[u8]) -> bool {
    let text = String::from_utf8_lossy(text);
    let value = text.trim_start().strip_prefix('{').and_then(|rest| rest.trim_start().strip_prefix("\"format\""));
    let value = value.and_then(|rest| rest.trim_start().strip_prefix(':')).map(str::trim_start);
    value.and_then(|value| value.strip_prefix('"')).is_some_and(|value| value.starts_with("zeren-st"))
}

#[cfg(test)]
mod tests {
    use super::super::entry::Form;
    use super::*;

    #[test]
    fn a_manifest_is_the_same_wherever_it_is_parted() {
        let dir = tempfile::tempdir().unwrap();
        let mut manifest = Manifest::new("files");
        for (number, title) in
            [None, Some("关于印发\n任务的通知".to_owned()), Some(String::new())].into_iter().enumerate()
        {
            let digest = format!("{number:064x}");
            let (document, source) = (format!("http://a.example/责{number}"), format!("{number}.txt"));
            manifest.set(Entry { document, source, title, digest, quads: number, form: Form::Zstd });
        }
        let (sum, length) = manifest.write(dir.path()).unwrap();
        let written = Manifest::read_alone(dir.path()).unwrap().unwrap();
        assert_eq!((written.sum, written.length, written.version), (sum, length, VERSION));
        let entries: Vec<Entry> = manifest.documents().cloned().collect();
        assert!(written.manifest.documents().eq(&entries));

        let path = Manifest::path(dir.path());
        let text = fs::read(&path).unwrap();
        let start = text.iter().position(|byte| *byte == b'\n').unwrap();
        let body = start as u64..length - ENDING as u64;
        let file = File::open(&path).unwrap();
        for cut in body.clone() {
            let [one, other] = [body.start..cut, cut..body.end].map(|part| lines(&path, &file, body.clone(), part));
            let ((mut all, mut whole), (others, sum)) = (one.unwrap(), other.unwrap());
            all.as_mut().unwrap().extend(others.unwrap());
            whole.combine(&sum);
            assert!(all.unwrap().iter().map(|entry| &entry.0).eq(&entries), "cut at {cut}");
            assert_eq!(whole.finalize(), crc32fast::hash(&text[start..text.len() - ENDING]), "cut at {cut}");
        }
    }
}
