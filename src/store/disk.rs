//! The backend of the feature `rocksdb`: oxigraph's own database on disk.

use std::path::Path;
use std::thread;
use std::time::Duration;

use oxigraph::model::{GraphName, NamedNodeRef, Quad};
use oxigraph::store::{StorageError, Store as Oxigraph, Transaction};

use super::change::Change;
use super::entry::Entry;
use super::journal::{Journal, Record};
use super::manifest::Manifest;
use super::{Access, Store, StoreError, digest};

/// How often a database that cannot be opened beside its writer is looked at again.
const LOOKS: usize = 10;
/// The pause between two looks.
const PAUSE: Duration = Duration::from_millis(30);
/// Name of the database's folder below the store's.
const DATABASE: &str = "rocksdb";

pub(super) fn open(dir: &Path, access: Access) -> Result<Oxigraph, StoreError> {
    let path = dir.join(DATABASE);
    match access {
        Access::Write | Access::Fill => Oxigraph::open(&path),
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
pub(super) fn settle(
    dir: &Path,
    store: &Oxigraph,
    manifest: &mut Manifest,
    journal: &mut Journal,
) -> Result<(), StoreError> {
    if manifest.pending.is_empty() {
        return Ok(());
    }
    let mut done = Record::default();
    for begun in std::mem::take(&mut manifest.pending) {
        for entry in begun.set {
            if digest_of(dir, store, &entry.document)? == Some(entry.digest.clone()) {
                done.set.push(entry);
            }
        }
        for document in begun.removed {
            if digest_of(dir, store, &document)?.is_none() {
                done.removed.push(document);
            }
        }
    }
    journal.add(&done)?;
    manifest.apply(done);
    Ok(())
}

/// Moves what was written from the log of the database, whose end may be lost unnoticed, to its tables.
pub(super) fn flush(dir: &Path, database: Option<&Oxigraph>) -> Result<(), StoreError> {
    database.map_or(Ok(()), Oxigraph::flush).map_err(StoreError::database(dir))
}

/// The digest of a graph as the database has it; none of an empty one.
fn digest_of(dir: &Path, store: &Oxigraph, document: &str) -> Result<Option<String>, StoreError> {
    let mut lines = Vec::new();
    let graph = NamedNodeRef::new_unchecked(document);
    for quad in store.quads_for_pattern(None, None, None, Some(graph.into())) {
        lines.push(format!("{} .\n", quad.map_err(StoreError::database(dir))?));
    }
    lines.sort();
    Ok((!lines.is_empty()).then(|| digest(lines.concat().as_bytes())))
}

/// Checks a graph of the database against its entry.
pub(super) fn check(dir: &Path, database: &Oxigraph, entry: &Entry) -> Result<(), StoreError> {
    if digest_of(dir, database, &entry.document)?.as_deref() == Some(&*entry.digest) || entry.quads == 0 {
        return Ok(());
    }
    Err(StoreError::damaged(&dir.join(DATABASE), "图的内容与摘要不符", "the graph does not match its digest"))
}

impl Store {
    /// Changes the database and the manifest.
    pub(super) fn commit(&mut self, record: Record, changes: &[Change<'_>]) -> Result<(), StoreError> {
        // the database decides; should the program end before the manifest follows, the next
        // writer sees what was under way
        self.note(Record { begun: true, ..record })?;
        let mut done = Record::default();
        let mut written = Ok(());
        for change in changes {
            written = self.write_graphs(std::slice::from_ref(change));
            if written.is_err() {
                break;
            }
            match change.entry {
                Some(entry) => done.set.push(entry.clone()),
                None => done.removed.push(change.document.to_owned()),
            }
        }
        let noted = self.note(done.clone());
        if noted.is_err() {
            // the manifest in memory is that of the database
            self.manifest.apply(done);
            self.writer.iter_mut().for_each(|writer| writer.is_behind = true);
        }
        written.and(noted)
    }

    /// Replaces graphs in one transaction.
    fn write_graphs(&self, changes: &[Change<'_>]) -> Result<(), StoreError> {
        let failed = || StoreError::database(&self.dir);
        let Some(database) = self.graphs.database() else { return self.require_write() };
        let mut transaction = database.start_transaction().map_err(failed())?;
        for change in changes {
            let name = NamedNodeRef::new_unchecked(change.document);
            for quad in only_in(&transaction, name).map_err(failed())? {
                transaction.remove(&in_union(&quad));
            }
            transaction.remove_named_graph(name).map_err(failed())?;
            for quad in change.quads {
                transaction.insert(&in_union(quad));
                transaction.insert(quad);
            }
        }
        transaction.commit().map_err(failed())
    }
}

/// The statements of a graph that no other document makes.
fn only_in(transaction: &Transaction<'_>, name: NamedNodeRef<'_>) -> Result<Vec<Quad>, StorageError> {
    let mut only = Vec::new();
    for quad in transaction.quads_for_pattern(None, None, None, Some(name.into())) {
        let quad = quad?;
        let (subject, predicate, object) = (quad.subject.as_ref(), quad.predicate.as_ref(), quad.object.as_ref());
        // one of the statement's places is the union
        let places = transaction.quads_for_pattern(Some(subject), Some(predicate), Some(object), None).take(3).count();
        if places <= 2 {
            only.push(quad);
        }
    }
    Ok(only)
}

/// The statement in the default graph, which holds the union of all documents.
///
/// The engine can answer from the union of named graphs, but then it finds a statement as often
/// as there are graphs that make it, and what is counted comes out too high.
fn in_union(quad: &Quad) -> Quad {
    Quad { graph_name: GraphName::DefaultGraph, ..quad.clone() }
}
