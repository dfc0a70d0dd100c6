//! The register of a store's folder: what was read, and what came of it.
//!
//! A line that tells what made it, then records: each a length, a check sum, the file's path and its [`Record`]. Records
//! are only added, and the last one of a path counts; one that was changed counts for nothing, and neither does what
//! follows one that was cut off. A record is read when it is asked for.

use std::env;
use std::fs::{self, File};
use std::hash::BuildHasher as _;
use std::io::{self, Seek as _, SeekFrom, Write as _};
use std::path::{self, Path, PathBuf};

use rustc_hash::{FxBuildHasher, FxHashMap};
use serde_json::Value;

use super::record::Record;
use super::stamp::Stamp;
use crate::knowledge::Knowledge;
use crate::packed::{put_text, take_bytes, take_text};
use crate::store::digest;

/// Name of the register's file below the store's folder.
const FILE: &str = "inputs";
/// How many records may be out of date, beyond as many as are not.
const SLACK: usize = 1000;
/// Length in bytes of what stands before a record: its length and its check sum.
const BEFORE: usize = 8;

/// What was read before.
#[derive(Debug, Default)]
pub struct Register {
    bytes: Vec<u8>,
    /// Where the last record of a path begins, by a sum of the path: of two paths with one sum, one is not known.
    places: FxHashMap<u64, usize>,
    here: Here,
    /// The file as it was before it was read.
    stamp: Option<Stamp>,
}

impl Register {
    /// The register in a store's folder, with the journal that continues it; empty where there is none, or of another
    /// version of the program, or of other tables.
    pub fn open(dir: &Path) -> (Self, Journal) {
        let path = dir.join(FILE);
        let head = head(&made_by());
        let here = Here::new();
        let stamp = Stamp::of(&path).ok().flatten();
        let bytes = fs::read(&path).unwrap_or_default();
        let mut journal =
            Journal { path, head, here: here.clone(), waiting: Vec::new(), end: None, records: 0, paths: 0 };
        if !bytes.starts_with(journal.head.as_bytes()) {
            return (Self { here, stamp, ..Self::default() }, journal);
        }
        let mut places = FxHashMap::default();
        let mut end = journal.head.len();
        while let Some((_, content)) = record(&bytes, end) {
            let mut rest = content;
            if let Some(path) = take_bytes(&mut rest) {
                places.insert(sum(path), end);
            }
            end += BEFORE + content.len();
            journal.records += 1;
        }
        journal.end = Some(end as u64);
        journal.paths = places.len();
        (Self { bytes, places, here, stamp }, journal)
    }

    /// The register in a store's folder where it was opened before the store was: again, if somebody wrote to it meanwhile.
    pub fn reopened((early, journal): (Self, Journal), dir: &Path) -> (Self, Journal) {
        let is_current = journal.path == dir.join(FILE) && Stamp::of(&journal.path).ok().flatten() == early.stamp;
        if is_current { (early, journal) } else { Self::open(dir) }
    }

    /// What is known of a file.
    pub fn get(&self, path: &Path) -> Option<Record<'_>> {
        let key = self.here.key(path)?;
        let (sum, mut content) = record(&self.bytes, *self.places.get(&sum(key.as_bytes()))?)?;
        if crc32fast::hash(content) != sum || take_bytes(&mut content)? != key.as_bytes() {
            return None;
        }
        Record::decode(content)
    }
}

/// The check sum of a record, and what it is of, by where it begins.
fn record(bytes: &[u8], place: usize) -> Option<(u32, &[u8])> {
    let (length, rest) = bytes.get(place..)?.split_first_chunk()?;
    let (sum, rest) = rest.split_first_chunk()?;
    Some((u32::from_le_bytes(*sum), rest.get(..u32::from_le_bytes(*length) as usize)?))
}

/// Continues a register.
#[derive(Debug)]
pub struct Journal {
    path: PathBuf,
    head: String,
    here: Here,
    waiting: Vec<u8>,
    /// Where the last whole record ends, in bytes; none where there is no register of this version.
    end: Option<u64>,
    records: usize,
    /// How many paths there were when it was opened.
    paths: usize,
}

impl Journal {
    /// Notes what came of a file, once it is in the store. Nothing is noted of a path that is no text.
    pub fn note(&mut self, path: &Path, record: &Record<'_>) {
        let Some(key) = self.here.key(path) else { return };
        let mut content = Vec::new();
        put_text(&mut content, &key);
        if record.encode(&mut content).is_some() {
            self.append(&content);
        }
    }

    fn append(&mut self, content: &[u8]) {
        let Ok(length) = u32::try_from(content.len()) else { return };
        self.waiting.extend(length.to_le_bytes());
        self.waiting.extend(crc32fast::hash(content).to_le_bytes());
        self.waiting.extend(content);
        self.records += 1;
    }

    /// Writes what was noted, so that it lasts.
    ///
    /// # Errors
    ///
    /// What the file system refuses.
    pub fn save(&mut self) -> io::Result<()> {
        if self.waiting.is_empty() {
            return Ok(());
        }
        let (mut file, end) = if let Some(end) = self.end {
            let mut file = File::options().write(true).open(&self.path)?;
            // but for what was cut off
            file.set_len(end)?;
            file.seek(SeekFrom::Start(end))?;
            (file, end)
        } else {
            self.waiting.splice(0..0, self.head.bytes());
            (File::create(&self.path)?, 0)
        };
        file.write_all(&self.waiting)?;
        file.sync_data()?;
        self.end = Some(end + self.waiting.len() as u64);
        self.waiting.clear();
        Ok(())
    }

    /// Writes the register anew, if much of it is out of date: without former records, and without files that are gone.
    ///
    /// # Errors
    ///
    /// What the file system refuses.
    pub fn tidy(mut self) -> io::Result<()> {
        self.save()?;
        // most builds add few records, or the first
        if self.records <= 2 * self.paths + SLACK {
            return Ok(());
        }
        let dir = &self.path.parent().unwrap_or(Path::new(".")).to_owned();
        let (register, journal) = Register::open(dir);
        if journal.records <= 2 * journal.paths + SLACK {
            return Ok(());
        }
        let whole = |place: &usize| {
            let (sum, content) = record(&register.bytes, *place)?;
            let mut rest = content;
            let path = take_text(&mut rest).filter(|_| crc32fast::hash(content) == sum)?;
            Path::new(path).exists().then_some((path, content))
        };
        let mut records: Vec<(&str, &[u8])> = register.places.values().filter_map(whole).collect();
        records.sort_unstable();
        self.waiting.extend(self.head.bytes());
        for (_, content) in records {
            self.append(content);
        }
        let mut file = tempfile::Builder::new().prefix(".new-").tempfile_in(dir)?;
        file.write_all(&self.waiting)?;
        file.as_file().sync_data()?;
        file.persist(&self.path).map_err(|error| error.error)?;
        Ok(())
    }
}

/// What decides what comes of a document beside its bytes: the program, and the rows of a user's own tables.
fn made_by() -> String {
    let mut tables = Vec::new();
    for (name, content) in Knowledge::of_user() {
        tables.extend_from_slice(name.as_bytes());
        tables.extend_from_slice(&(content.len() as u64).to_le_bytes());
        tables.extend_from_slice(&content);
    }
    Value::from(vec!["zeren-inputs 2", env!("CARGO_PKG_VERSION"), env!("ZEREN_SOURCES"), &digest(&tables)]).to_string()
}

/// The first line.
fn head(made_by: &str) -> String {
    format!("{:08x} {made_by}\n", crc32fast::hash(made_by.as_bytes()))
}

fn sum(path: &[u8]) -> u64 {
    FxBuildHasher.hash_one(path)
}

/// The folder that one happens to be in, which is asked for once.
#[derive(Clone, Debug, Default)]
struct Here(Option<String>);

impl Here {
    fn new() -> Self {
        Self(env::current_dir().ok().and_then(|folder| folder.into_os_string().into_string().ok()))
    }

    /// A path as it is noted: not by the folder that one happens to be in.
    fn key(&self, path: &Path) -> Option<String> {
        // most are plain already
        if cfg!(unix)
            && let (Some(here), Some(text)) = (&self.0, path.to_str())
            && here.len() > 1
        {
            let mut parts = text.strip_prefix('/').unwrap_or(text).split('/');
            if parts.all(|part| !part.is_empty() && part != ".") {
                return Some(if path.is_absolute() { text.to_owned() } else { [here, "/", text].concat() });
            }
        }
        path::absolute(path).ok()?.into_os_string().into_string().ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_plain_path_is_noted_as_any_other_is() {
        let here = Here::new();
        for path in
            ["a.txt", "责任/a b.txt", "/a/b", "../c", "a/../b", "./a", "a//b", "a/./b", "/", "/a/", "a/", ".a/..b"]
        {
            let absolute = path::absolute(path).unwrap().into_os_string().into_string().unwrap();
            assert_eq!(here.key(Path::new(path)).unwrap(), absolute, "{path}");
        }
        assert_eq!(here.key(Path::new("")), None);
    }
}
