//! Counts that are kept beside a store, with the state that they were counted of.

use std::fs;
use std::path::Path;

use serde::{Deserialize, Serialize};

use crate::graph::Holdings;
use crate::hexadecimal;
use crate::iri;
use crate::store::{Entry, Store, write_whole};

/// Name of the file below the store's folder. It may be lost at any time: then all is counted anew.
const FILE: &str = "holdings";

#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Kept {
    /// The state of the store that was counted.
    pub(super) state: String,
    /// SHA-256 of the description that was made of it.
    pub(super) description: String,
    pub(super) holdings: Holdings,
}

impl Kept {
    /// The counts in a store's folder; none of a file that is not as it was written.
    pub(super) fn read(dir: &Path) -> Option<Self> {
        let text = fs::read_to_string(dir.join(FILE)).ok()?;
        let (sum, text) = text.split_once(' ')?;
        let is_whole = u32::from_str_radix(sum, 16).ok()? == crc32fast::hash(text.as_bytes());
        is_whole.then(|| serde_json::from_str(text).ok()).flatten()
    }

    /// Keeps the counts. That they cannot be kept harms nothing: it takes longer the next time.
    pub(super) fn write(&self, dir: &Path) {
        let Ok(text) = serde_json::to_string(self) else { return };
        let text = format!("{:08x} {text}", crc32fast::hash(text.as_bytes()));
        let _ = write_whole(&dir.join(FILE), text.as_bytes());
    }
}

/// What tells one state of a store from another: the sum of the digests of its documents, but for its own description.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct State(u128);

impl State {
    /// The state of a store as it is.
    pub(super) fn of(store: &Store) -> Self {
        let dataset = iri::dataset();
        let own = |entry: &&Entry| entry.document != dataset;
        Self(store.documents().filter(own).fold(0, |sum, entry| sum.wrapping_add(mark(entry))))
    }

    /// The state of a store when it was opened, by the one in which it is.
    pub(super) fn before(self, store: &Store) -> Self {
        let dataset = iri::dataset();
        let Self(mut sum) = self;
        for (document, before) in store.former().iter().filter(|(document, _)| **document != dataset) {
            sum = sum.wrapping_sub(store.document(document).map_or(0, mark));
            sum = sum.wrapping_add(before.as_ref().map_or(0, mark));
        }
        Self(sum)
    }

    /// As it is kept.
    pub(super) fn name(self) -> String {
        format!("{:032x}", self.0)
    }
}

fn mark(entry: &Entry) -> u128 {
    // a digest has twice as many digits as a number of this size
    hexadecimal::number(&entry.digest).unwrap_or_default()
}
