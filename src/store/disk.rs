//! The backend of the feature `rocksdb`: oxigraph's own database on disk.

use std::path::Path;
use std::thread;
use std::time::Duration;

use oxigraph::model::NamedNodeRef;
use oxigraph::store::{StorageError, Store as Oxigraph};

use super::manifest::{Manifest, Pending};
use super::{Access, StoreError, digest};

/// How often a database that cannot be opened beside its writer is looked at again.
const LOOKS: usize = 10;
/// The pause between two looks.
const PAUSE: Duration = Duration::from_millis(30);
/// Name of the database's folder below the store's.
const DATABASE: &str = "rocksdb";

pub(super) fn open(dir: &Path, access: Access) -> Result<Oxigraph, StoreError> {
    let path = dir.join(DATABASE);
    match access {
        Access::Write => Oxigraph::open(&path),
        // a store to which nothing was written has no database yet
        Access::ReadOnly if !path.exists() => Oxigraph::new(),
        Access::ReadOnly => open_beside_writer(&path),
    }
    .map_err(StoreError::database(&path))
}

/// Opens a database that a writer may be working on: files that it replaces while they are listed are missing once,
/// and listed anew at the next look.
fn open_beside_writer(path: &Path) -> Result<Oxigraph, StorageError> {
    let mut opened = Oxigraph::open_read_only(path);
    for _ in 0..LOOKS {
        if opened.is_ok() {
            break;
        }
        thread::sleep(PAUSE);
        opened = Oxigraph::open_read_only(path);
    }
    opened
}

/// Settles changes that were broken off between the database and the manifest.
///
/// The database's transactions are what counts: where a graph is as its change wanted it, the
/// manifest follows, else it stays as it was.
pub(super) fn settle(dir: &Path, store: &Oxigraph, manifest: &mut Manifest) -> Result<(), StoreError> {
    if manifest.pending.is_empty() {
        return Ok(());
    }
    for pending in std::mem::take(&mut manifest.pending) {
        if is_done(dir, store, &pending)? {
            manifest.set(&pending.document, pending.entry);
        }
    }
    manifest.write(dir)
}

fn is_done(dir: &Path, store: &Oxigraph, pending: &Pending) -> Result<bool, StoreError> {
    let mut lines = Vec::new();
    let graph = NamedNodeRef::new_unchecked(&pending.document);
    for quad in store.quads_for_pattern(None, None, None, Some(graph.into())) {
        lines.push(format!("{} .\n", quad.map_err(StoreError::database(dir))?));
    }
    lines.sort();
    Ok(match &pending.entry {
        Some(entry) => entry.digest == digest(lines.concat().as_bytes()),
        None => lines.is_empty(),
    })
}
