//! Changes of a store's documents.

use std::collections::BTreeMap;
use std::path::Path;

use oxigraph::model::Quad;

use super::entry::Entry;
use super::journal::{self, Record};
use super::{Access, Backend, Preparation, Prepared, Store, StoreError, files, folder, index};
use crate::graph::DocumentGraph;
use crate::parallel::in_parallel;

/// What became of a document that was handed to the store.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    /// It was not there before.
    Added,
    /// Its graph was replaced.
    Updated,
    /// Its graph was the same already.
    Unchanged,
}

impl Status {
    /// The stable name of the status.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Added => "added",
            Self::Updated => "updated",
            Self::Unchanged => "unchanged",
        }
    }
}

/// What the manifest says of a document beside its graph.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SourceInfo {
    /// Name of the file that was read.
    pub source: String,
    /// Title of the document.
    pub title: Option<String>,
}

/// What is to become of the graph of one document.
pub(super) struct Change<'a> {
    pub(super) document: &'a str,
    /// None where the document is removed.
    #[cfg_attr(not(feature = "rocksdb"), expect(dead_code, reason = "the record holds the entries of files"))]
    pub(super) entry: Option<&'a Entry>,
    pub(super) quads: &'a [Quad],
}

impl Store {
    /// Puts a document's graph in the place of its former one.
    ///
    /// # Errors
    ///
    /// [`StoreError::ReadOnly`] unless opened for writing; [`StoreError::ForeignGraph`] if a
    /// statement lies outside the document's graph; else what file system and database refuse.
    /// The former graph then stays.
    pub fn replace(&mut self, graph: &DocumentGraph, info: &SourceInfo) -> Result<Status, StoreError> {
        // one document has one status
        Ok(self.replace_all([(graph, info)])?.first().copied().unwrap_or(Status::Unchanged))
    }

    /// Puts the graphs of many documents in the place of their former ones, in one
    /// step. Returns what became of each, in their order.
    ///
    /// Should the program end meanwhile, each document is as before or as after. A disk is waited for
    /// a few times a call, however many documents there are: hand over dozens at once.
    ///
    /// # Errors
    ///
    /// As for [`Store::replace`]; a statement outside its document's graph, or a file that cannot
    /// be written, leaves all documents as they were.
    pub fn replace_all<'a>(
        &mut self,
        documents: impl IntoIterator<Item = (&'a DocumentGraph, &'a SourceInfo)>,
    ) -> Result<Vec<Status>, StoreError> {
        self.change_all(documents, [])
    }

    /// Replaces graphs as [`Store::replace_all`] does, and removes others in the same step.
    ///
    /// # Errors
    ///
    /// As for [`Store::replace_all`].
    pub fn change_all<'a>(
        &mut self,
        documents: impl IntoIterator<Item = (&'a DocumentGraph, &'a SourceInfo)>,
        removed: impl IntoIterator<Item = &'a str>,
    ) -> Result<Vec<Status>, StoreError> {
        let preparation = self.preparation();
        let documents: Vec<(&DocumentGraph, &SourceInfo)> = documents.into_iter().collect();
        let prepared = in_parallel(&documents, |(graph, info)| preparation.of(graph, info));
        self.change_prepared(&prepared.into_iter().collect::<Result<Vec<_>, _>>()?, removed)
    }

    /// How graphs are made ready for [`Store::store_prepared`].
    pub fn preparation(&self) -> Preparation {
        let statements = self.backend != Backend::Files || self.access != Access::Fill;
        Preparation { backend: self.backend, statements }
    }

    /// Puts graphs that were made ready for this store in the place of their former ones, as [`Store::replace_all`] does.
    ///
    /// # Errors
    ///
    /// As for [`Store::replace_all`].
    pub fn store_prepared(&mut self, prepared: &[Prepared<'_>]) -> Result<Vec<Status>, StoreError> {
        self.change_prepared(prepared, [])
    }

    fn change_prepared<'a>(
        &mut self,
        prepared: &[Prepared<'_>],
        removed: impl IntoIterator<Item = &'a str>,
    ) -> Result<Vec<Status>, StoreError> {
        self.require_write()?;
        // what the documents that are handed over become; each may come more than once
        let mut after: BTreeMap<&str, Option<&Entry>> = BTreeMap::new();
        let mut changes = Vec::new();
        let mut files = Vec::new();
        let mut statuses = Vec::new();
        for document in removed {
            if self.manifest.knows(document) {
                after.insert(document, None);
                changes.push(Change { document, entry: None, quads: &[] });
            }
        }
        for Prepared { entry, nquads, quads } in prepared {
            let former = match after.get(entry.document.as_str()) {
                Some(former) => *former,
                None => self.manifest.get(&entry.document),
            };
            statuses.push(match former {
                None => Status::Added,
                Some(former) if former.digest != entry.digest => Status::Updated,
                Some(_) => Status::Unchanged,
            });
            if former == Some(entry) {
                continue;
            }
            files.extend(entry.file().map(|name| (name, nquads.as_bytes())));
            after.insert(&entry.document, Some(entry));
            changes.push(Change { document: &entry.document, entry: Some(entry), quads });
        }
        if let Some(writer) = self.writer.as_mut().filter(|_| !files.is_empty()) {
            writer.leavings.begin().map_err(StoreError::io(&self.dir))?;
        }
        files::write(&self.dir, &files)?;
        let mut record = Record::default();
        for (document, entry) in after {
            match entry {
                Some(entry) => record.set.push(entry.clone()),
                None => record.removed.push(document.to_owned()),
            }
        }
        self.change(record, &changes)?;
        Ok(statuses)
    }

    /// Deletes the index of the store in a folder: it is made anew when the store is settled, or goes without until then.
    ///
    /// # Errors
    ///
    /// [`StoreError::Locked`] while another program writes; else what the file system refuses.
    pub fn discard_index(dir: &Path) -> Result<(), StoreError> {
        let _lock = folder::lock(dir)?;
        index::discard(dir)
    }

    /// Removes a document; false if the store does not hold it.
    ///
    /// # Errors
    ///
    /// [`StoreError::ReadOnly`] unless opened for writing; else what file system and database
    /// refuse.
    pub fn remove(&mut self, document: &str) -> Result<bool, StoreError> {
        let held = self.manifest.knows(document);
        self.change_all([], [document])?;
        Ok(held)
    }

    fn change(&mut self, record: Record, changes: &[Change<'_>]) -> Result<(), StoreError> {
        if changes.is_empty() {
            return Ok(());
        }
        for change in changes {
            let former = || self.manifest.get(change.document).cloned();
            self.former.entry(change.document.to_owned()).or_insert_with(former);
        }
        if self.backend == Backend::Files {
            // the manifest decides, memory follows
            self.note(record)?;
            if self.access == Access::Fill {
                return Ok(());
            }
            let graphs: Vec<_> = changes.iter().map(|change| (change.document, change.quads)).collect();
            return self.graphs.replace(&graphs);
        }
        #[cfg(feature = "rocksdb")]
        self.commit(record, changes)?;
        Ok(())
    }

    /// Writes a change of the manifest to its journal, which is folded into it when it has grown long.
    pub(super) fn note(&mut self, record: Record) -> Result<(), StoreError> {
        let Some(writer) = &mut self.writer else { return self.require_write() };
        if writer.is_behind {
            writer.journal = journal::fold(&self.dir, &self.manifest)?;
            writer.is_behind = false;
        }
        writer.journal.add(&record)?;
        let replaced = record.set.iter().map(|entry| &entry.document).chain(&record.removed);
        writer.leavings.end(replaced.filter_map(|document| self.manifest.listed(document)?.file()));
        self.manifest.apply(record);
        if writer.journal.is_long() && self.manifest.pending.is_empty() {
            match journal::fold(&self.dir, &self.manifest) {
                Ok(journal) => writer.journal = journal,
                // what was noted lasts; the next change tries again
                Err(_) => writer.is_behind = true,
            }
        }
        Ok(())
    }
}
