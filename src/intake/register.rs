//! The register of a store's folder: what was read, and what came of it, one line a file.
//!
//! A line is a check sum and a JSON array of the file's path and its [`Record`]; the first tells what made them. Lines are
//! only added, and the last one of a path counts; a line that was cut off, or changed, counts for nothing.

use std::fs::{self, File};
use std::io::{self, Write as _};
use std::path::{self, Path, PathBuf};

use rustc_hash::{FxBuildHasher, FxHashMap};
use serde_json::Value;

use super::record::Record;
use crate::knowledge::Knowledge;
use crate::parallel::{in_parallel, shares};
use crate::store::digest;

/// Name of the register's file below the store's folder.
const FILE: &str = "inputs";
/// How many lines may be out of date, beyond as many as are not.
const SLACK: usize = 1000;

/// What was read before.
#[derive(Debug, Default)]
pub struct Register {
    records: FxHashMap<String, Record>,
    lines: usize,
}

impl Register {
    /// The register in a store's folder, with the journal that continues it; empty where there is none, or of another
    /// version of the program, or of other tables.
    pub fn open(dir: &Path) -> (Self, Journal) {
        let path = dir.join(FILE);
        let made_by = made_by();
        let text = fs::read_to_string(&path).unwrap_or_default();
        let (head, body) = text.split_once('\n').unwrap_or_default();
        let known = content(head) == Some(made_by.as_str());
        // what was cut off is ended
        let whole = text.ends_with('\n');
        let journal = Journal { path, made_by, waiting: if whole { String::new() } else { "\n".into() }, begun: known };
        if !known {
            return (Self::default(), Journal { waiting: String::new(), ..journal });
        }
        let lines: Vec<&str> = body.lines().collect();
        let read = |lines: &&[&str]| -> Vec<(String, Record)> {
            lines.iter().filter_map(|line| serde_json::from_str(content(line)?).ok()).collect()
        };
        let mut records = FxHashMap::with_capacity_and_hasher(lines.len(), FxBuildHasher);
        records.extend(in_parallel(&shares(&lines), read).into_iter().flatten());
        (Self { records, lines: lines.len() }, journal)
    }

    /// What is known of a file.
    pub fn get(&self, path: &Path) -> Option<&Record> {
        self.records.get(&key(path)?)
    }
}

/// Continues a register.
#[derive(Debug)]
pub struct Journal {
    path: PathBuf,
    made_by: String,
    waiting: String,
    /// Whether the file is there and of this version.
    begun: bool,
}

impl Journal {
    /// Notes what came of a file, once it is in the store. Nothing is noted of a path that is no text.
    pub fn note(&mut self, path: &Path, record: &Record) {
        if let Some(text) = key(path).and_then(|key| serde_json::to_string(&(key, record)).ok()) {
            line(&mut self.waiting, &text);
        }
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
        let mut file = if self.begun {
            File::options().append(true).open(&self.path)?
        } else {
            let mut head = String::new();
            line(&mut head, &self.made_by);
            self.waiting.insert_str(0, &head);
            File::create(&self.path)?
        };
        file.write_all(self.waiting.as_bytes())?;
        file.sync_data()?;
        self.begun = true;
        self.waiting.clear();
        Ok(())
    }

    /// Writes the register anew, if much of it is out of date: without former lines, and without files that are gone.
    ///
    /// # Errors
    ///
    /// What the file system refuses.
    pub fn tidy(mut self) -> io::Result<()> {
        self.save()?;
        let dir = self.path.parent().unwrap_or(Path::new("."));
        // most builds add few lines, or the first
        let (register, _) = Register::open(dir);
        if register.lines <= 2 * register.records.len() + SLACK {
            return Ok(());
        }
        let mut records: Vec<_> = register.records.into_iter().collect();
        records.retain(|(path, _)| Path::new(path).exists());
        records.sort_unstable_by(|a, b| a.0.cmp(&b.0));
        let mut text = String::new();
        line(&mut text, &self.made_by);
        for record in records {
            line(&mut text, &serde_json::to_string(&record)?);
        }
        let mut file = tempfile::Builder::new().prefix(".new-").tempfile_in(dir)?;
        file.write_all(text.as_bytes())?;
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
    Value::from(vec!["zeren-inputs", env!("CARGO_PKG_VERSION"), env!("ZEREN_SOURCES"), &digest(&tables)]).to_string()
}

/// A path as it is noted: not by the folder that one happens to be in.
fn key(path: &Path) -> Option<String> {
    path::absolute(path).ok()?.into_os_string().into_string().ok()
}

fn line(out: &mut String, content: &str) {
    use std::fmt::Write as _;

    let _ = writeln!(out, "{:08x} {content}", crc32fast::hash(content.as_bytes()));
}

/// What a line says; none of one that is not as it was written.
fn content(line: &str) -> Option<&str> {
    let (sum, content) = line.split_once(' ')?;
    (u32::from_str_radix(sum, 16).ok()? == crc32fast::hash(content.as_bytes())).then_some(content)
}
