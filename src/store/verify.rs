//! Checks a store as it lies on disk, without believing any part of it.

use std::path::Path;

use super::entry::{Entry, Form};
use super::index::{self, Coverage, Opened};
use super::manifest::Manifest;
use super::{Backend, StoreError, files, journal};
use crate::parallel::in_parallel;

/// What a check of a store found.
#[derive(Debug, Default)]
pub struct Verification {
    /// Number of documents that the manifest lists.
    pub documents: usize,
    /// Number of statements that it lists.
    pub quads: usize,
    /// Length in bytes of the N-Quads that are as their digests say.
    pub bytes: u64,
    /// The state of the index.
    pub index: IndexState,
    /// Number of files that writers left behind; the next one deletes them.
    pub leftovers: usize,
    /// What is damaged, or cannot be read.
    pub faults: Vec<StoreError>,
}

/// The state of an index.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum IndexState {
    /// There is none, or none was looked at.
    #[default]
    Missing,
    /// It is whole; so many documents are read beside it, as they changed since.
    Whole {
        /// How many.
        behind: usize,
    },
    /// It is damaged.
    Damaged,
}

/// Checks the store in a folder against its digests and sums: manifest, journal, every graph and the index. `progress` is
/// called with every document whose graph was checked. Memory is bounded, and nothing is written.
///
/// # Errors
///
/// [`StoreError`], when there is no store of a version and kind that this program knows, or it changes without end.
/// What is damaged is no error, but one of [`Verification::faults`].
pub fn verify(dir: &Path, progress: &(dyn Fn(&Entry) + Sync)) -> Result<Verification, StoreError> {
    if !dir.try_exists().map_err(StoreError::io(dir))? {
        return Err(StoreError::Missing { path: dir.to_owned() });
    }
    let mut verification = Verification::default();
    let stamp = journal::stamp(dir);
    let manifest = match Manifest::read(dir) {
        Ok(Some(manifest)) => manifest,
        Ok(None) => return Err(StoreError::NotAStore { path: dir.to_owned() }),
        // what it listed is not known
        Err(error @ StoreError::Damaged { .. }) => {
            verification.faults.push(error);
            return Ok(verification);
        }
        Err(error) => return Err(error),
    };
    if Backend::parse(&manifest.backend).is_none() {
        return Err(StoreError::OtherBackend { path: dir.to_owned(), backend: manifest.backend });
    }
    let entries: Vec<&Entry> = manifest.documents().collect();
    verification.documents = entries.len();
    verification.quads = entries.iter().map(|entry| entry.quads).sum();
    #[cfg(feature = "rocksdb")]
    let database = if manifest.backend == Backend::RocksDb.as_str() {
        Some(super::disk::open(dir, super::Access::ReadOnly)?)
    } else {
        None
    };
    let checked = in_parallel(&entries, |entry| {
        let checked = match entry.form {
            Form::Plain | Form::Zstd => files::check_one(dir, entry),
            Form::Database => {
                #[cfg(feature = "rocksdb")]
                database.as_ref().map_or(Ok(()), |database| super::disk::check(dir, database, entry))?;
                Ok(0)
            }
        };
        progress(entry);
        checked
    });
    // what a writer replaced meanwhile may be gone
    let now = if journal::stamp(dir) == stamp { None } else { Manifest::read(dir)? };
    for (entry, checked) in entries.iter().zip(checked) {
        let is_there = now.as_ref().is_none_or(|now| now.get(&entry.document) == Some(entry));
        match checked {
            Ok(bytes) => verification.bytes += bytes,
            Err(error) if is_there => verification.faults.push(error.of_document(entry)),
            Err(_) => {}
        }
    }
    let manifest = now.unwrap_or(manifest);
    if manifest.backend == Backend::Files.as_str() {
        let checked = index::check(dir).and_then(|()| Coverage::of(dir, manifest.documents(), &Opened::default()));
        verification.index = match checked.map(|coverage| coverage.uncovered.len()) {
            Ok(behind) if behind == manifest.documents().len() => IndexState::Missing,
            Ok(behind) => IndexState::Whole { behind },
            Err(error) => {
                verification.faults.push(error);
                IndexState::Damaged
            }
        };
    }
    verification.leftovers = files::leftovers(dir, &manifest, None)?.len();
    Ok(verification)
}
