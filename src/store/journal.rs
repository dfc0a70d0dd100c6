//! The journal of a store: what changed since its manifest was written, one record a line.
//!
//! Its first line names the manifest by its sum, and says how far the journal was known to last. What stands behind that
//! may be broken off, as a kill or a loss of power leaves it, and then never was; all else that is wrong is damage. A
//! journal of another manifest is one that was folded into the present one, and no longer counts.

use std::fs::{self, File};
use std::io::{self, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use serde::{Deserialize, Serialize};

use super::StoreError;
use super::durable::write_durably;
use super::entry::Entry;
use super::manifest::{self, Manifest, VERSION, Written, sum_of};

/// Name of the journal's file.
const FILE: &str = "manifest.log";
const FORMAT: &str = "zeren-log";
/// The least length in bytes at which a journal is folded into its manifest.
const LEAST: u64 = 64 << 10;
/// Which part of its manifest a journal may be before it is folded into it.
const PART: u64 = 4;

/// One change of the documents: all of it or nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Record {
    /// Whether it was but begun, on a database that commits apart from the manifest.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub(super) begun: bool,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) set: Vec<Entry>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) removed: Vec<String>,
}

/// What the first line says, beside the sum of it.
#[derive(Deserialize)]
struct Head {
    version: u64,
    /// The sum of the manifest.
    of: String,
    /// Where the part ends that was known to last, in bytes.
    end: String,
}

/// A journal as its file has it.
pub(super) struct Read {
    of: u32,
    records: Vec<Record>,
    /// Where the last whole record ends, in bytes.
    end: u64,
}

/// A journal that is written to.
#[derive(Debug)]
pub(super) struct Journal {
    path: PathBuf,
    file: File,
    /// The sum of the manifest.
    of: u32,
    /// Where the next record begins, in bytes.
    end: u64,
    /// Length of the manifest in bytes.
    manifest: u64,
}

/// When the files of the manifest were written, and their lengths.
pub(super) type Stamp = [Option<(SystemTime, u64)>; 2];

/// The stamp of a store's folder.
pub(super) fn stamp(dir: &Path) -> Stamp {
    [manifest::FILE, FILE].map(|name| {
        let file = fs::metadata(dir.join(name)).ok()?;
        Some((file.modified().ok()?, file.len()))
    })
}

/// Whether a file of this name is left where a new store was broken off before its manifest.
pub(super) fn may_stand_alone(name: &str) -> bool {
    name == FILE
}

/// Whether a folder has a journal.
pub(super) fn is_beside(dir: &Path) -> bool {
    fs::read(dir.join(FILE)).is_ok_and(|text| text.starts_with(format!("{{\"format\":\"{FORMAT}\"").as_bytes()))
}

/// Reads the manifest of a store with its journal, if it has one; none if there is no manifest.
pub(super) fn read(dir: &Path) -> Result<Option<(Written, Option<Read>)>, StoreError> {
    loop {
        let [before, _] = stamp(dir);
        let Some(mut written) = Manifest::read_alone(dir)? else { return Ok(None) };
        if written.version < VERSION {
            return Ok(Some((written, None)));
        }
        let journal = Read::from(&dir.join(FILE));
        let fits = matches!(&journal, Ok(journal) if journal.of == written.sum);
        if !fits && stamp(dir)[0] != before {
            // a writer folded the journal meanwhile
            continue;
        }
        let journal = journal?;
        if !fits {
            return Ok(Some((written, None)));
        }
        let Read { of, records, end } = journal;
        for record in records {
            written.manifest.apply(record);
        }
        return Ok(Some((written, Some(Read { of, records: Vec::new(), end }))));
    }
}

/// Opens the manifest of a store and its journal, to be written; a new store has none yet. What is broken off is cut.
pub(super) fn open(dir: &Path, backend: &str) -> Result<(Manifest, Journal), StoreError> {
    let Some((written, journal)) = read(dir)? else {
        let manifest = Manifest::new(backend);
        let (_, sum) = manifest.text().map_err(|error| StoreError::io(dir)(error.into()))?;
        // the manifest is there last: without it there is no store
        Journal::begin(dir, sum, 0)?;
        let journal = fold(dir, &manifest)?;
        return Ok((manifest, journal));
    };
    match journal {
        Some(read) => Ok((written.manifest, Journal::resume(dir, &read, written.length)?)),
        None if written.version < VERSION => fold_first(dir, written.manifest),
        // folded, but not begun anew
        None => Ok((written.manifest, Journal::begin(dir, written.sum, written.length)?)),
    }
}

/// Writes a manifest whole, and begins its journal. Nothing may be pending.
pub(super) fn fold(dir: &Path, manifest: &Manifest) -> Result<Journal, StoreError> {
    let (sum, length) = manifest.write(dir)?;
    Journal::begin(dir, sum, length)
}

/// Writes a manifest of the first version as one of the present version.
fn fold_first(dir: &Path, manifest: Manifest) -> Result<(Manifest, Journal), StoreError> {
    let (_, sum) = manifest.text().map_err(|error| StoreError::io(dir)(error.into()))?;
    // what it had begun must not be lost with it
    let mut journal = Journal::begin(dir, sum, 0)?;
    for pending in &manifest.pending {
        journal.add(pending)?;
    }
    journal.manifest = manifest.write(dir)?.1;
    Ok((manifest, journal))
}

impl Journal {
    /// Begins the journal of a manifest, given by its sum and length, in the place of a former one.
    fn begin(dir: &Path, of: u32, manifest: u64) -> Result<Self, StoreError> {
        let path = dir.join(FILE);
        let head = head(of, 0);
        let end = head.len() as u64;
        write_durably(&path, &head)?;
        let file = File::options().write(true).open(&path).map_err(StoreError::io(&path))?;
        let mut journal = Self { path, file, of, end, manifest };
        journal.mark();
        Ok(journal)
    }

    fn resume(dir: &Path, read: &Read, manifest: u64) -> Result<Self, StoreError> {
        let path = dir.join(FILE);
        let file = File::options().write(true).open(&path).map_err(StoreError::io(&path))?;
        let mut journal = Self { path, file, of: read.of, end: read.end, manifest };
        let length = journal.file.metadata().map_err(StoreError::io(&journal.path))?.len();
        if length != journal.end {
            journal.cut().map_err(StoreError::io(&journal.path))?;
        }
        journal.mark();
        Ok(journal)
    }

    /// Adds a record; once this returns, it lasts.
    pub(super) fn add(&mut self, record: &Record) -> Result<(), StoreError> {
        let text = line(record).map_err(|error| StoreError::io(&self.path)(error.into()))?;
        let added = self.file.seek(SeekFrom::Start(self.end)).and_then(|_| self.file.write_all(&text));
        if let Err(error) = added.and_then(|()| self.file.sync_data()) {
            // what cannot be cut is written over, or cut by the next writer
            let _ = self.cut();
            return Err(StoreError::io(&self.path)(error));
        }
        self.end += text.len() as u64;
        self.mark();
        Ok(())
    }

    /// Its state, which no other of its store's journals has, nor had this one before its last record.
    pub(super) fn state(&self) -> String {
        format!("{:08x} {}", self.of, self.end)
    }

    /// Whether it has grown so long that it should be folded into its manifest.
    pub(super) fn is_long(&self) -> bool {
        self.end > LEAST.max(self.manifest / PART)
    }

    /// Notes how far the journal lasts, so that one which is cut off later is known by it. The records count without.
    fn mark(&mut self) {
        let head = head(self.of, self.end);
        let _ = self.file.seek(SeekFrom::Start(0)).and_then(|_| self.file.write_all(&head));
    }

    fn cut(&mut self) -> io::Result<()> {
        self.file.set_len(self.end)
    }
}

/// The first line; its length is always the same.
fn head(of: u32, end: u64) -> Vec<u8> {
    let fields = format!("{{\"format\":\"{FORMAT}\",\"version\":{VERSION},\"of\":\"{of:08x}\",\"end\":\"{end:020}\"");
    format!("{fields},\"sum\":\"{:08x}\"}}\n", crc32fast::hash(fields.as_bytes())).into_bytes()
}

/// A record as a line, which begins with the sum of what follows it.
fn line(record: &Record) -> Result<Vec<u8>, serde_json::Error> {
    let fields = serde_json::to_vec(record)?;
    let fields = fields.get(1..).unwrap_or_default();
    Ok([format!("{{\"sum\":\"{:08x}\",", crc32fast::hash(fields)).as_bytes(), fields, b"\n"].concat())
}

/// A record from its line without the line's end; none if it is not whole.
fn record(line: &[u8]) -> Option<Record> {
    let (sum, fields) = line.strip_prefix(b"{\"sum\":\"")?.split_first_chunk::<8>()?;
    let fields = fields.strip_prefix(b"\",")?;
    let whole = sum_of(sum) == Some(crc32fast::hash(fields));
    let record: Record = whole.then(|| serde_json::from_slice(&[b"{", fields].concat()).ok()).flatten()?;
    record.set.iter().all(Entry::is_sound).then_some(record)
}

impl Read {
    fn from(path: &Path) -> Result<Self, StoreError> {
        let text = match fs::read(path) {
            Ok(text) => text,
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                return Err(StoreError::absent(path));
            }
            Err(source) => return Err(StoreError::Io { path: path.to_owned(), source }),
        };
        let damaged = || StoreError::damaged(path, "首行与校验和不符", "its first line does not match its check sum");
        let first = text.split_inclusive(|byte| *byte == b'\n').next().unwrap_or_default();
        let Head { version, of, end: known } = serde_json::from_slice(first).map_err(|_| damaged())?;
        if version > VERSION {
            return Err(StoreError::NewerVersion { path: path.to_owned(), found: version, known: VERSION });
        }
        let (Some(of), Ok(known)) = (sum_of(of.as_bytes()), known.parse::<u64>()) else { return Err(damaged()) };
        if first != head(of, known) {
            return Err(damaged());
        }
        if (text.len() as u64) < known {
            return Err(StoreError::damaged(path, "末尾残缺", "it is cut off"));
        }
        let mut read = Self { of, records: Vec::new(), end: first.len() as u64 };
        let rest = text.get(first.len()..).unwrap_or_default();
        for (number, line) in rest.split_inclusive(|byte| *byte == b'\n').enumerate() {
            match line.strip_suffix(b"\n").and_then(record) {
                Some(record) => read.records.push(record),
                // the last line, and it was never known to last
                None if read.end >= known && read.end + line.len() as u64 == text.len() as u64 => break,
                None => {
                    let number = number + 2;
                    let zh = format!("第 {number} 行与校验和不符");
                    return Err(StoreError::damaged(path, zh, format!("line {number} does not match its check sum")));
                }
            }
            read.end += line.len() as u64;
        }
        Ok(read)
    }
}
