//! The store: the graphs of all documents, and SPARQL on them.
//!
//! A store is a folder with a `manifest.json` that says which documents it holds. Of its two
//! backends the default one keeps every graph as a file of sorted N-Quads and answers from an
//! index of them; the other, of the feature `rocksdb`, is oxigraph's database on disk. Whatever
//! ends a program that writes, each document is afterwards as before or as after its replacement.

mod access;
#[cfg(feature = "rocksdb")]
mod disk;
mod error;
mod files;
mod folder;
mod graphs;
mod index;
mod manifest;
mod prepared;

pub use access::{Access, Backend};
pub use error::StoreError;
pub use graphs::Graphs;
pub(crate) use index::Index;
pub use manifest::Entry;
pub use prepared::{Preparation, Prepared};

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use oxigraph::model::{NamedNodeRef, Quad};
use sha2::{Digest as _, Sha256};

use crate::graph::DocumentGraph;
use crate::parallel::in_parallel;
use manifest::Manifest;

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

/// An open store.
#[derive(Debug)]
pub struct Store {
    dir: PathBuf,
    access: Access,
    backend: Backend,
    manifest: Manifest,
    graphs: Graphs,
    damaged: Vec<StoreError>,
    /// When the manifest was written that was read, and its length.
    written: Option<(SystemTime, u64)>,
    /// Held as long as the store is open for writing.
    _lock: Option<File>,
}

/// What is to become of one document.
struct Change<'a> {
    document: &'a str,
    /// None where the document is removed.
    #[cfg_attr(not(feature = "rocksdb"), expect(dead_code, reason = "the manifest holds the entries of files"))]
    entry: Option<Entry>,
    quads: &'a [Quad],
}

impl Store {
    /// Opens the store in a folder; for writing, a missing or empty folder becomes a store, and
    /// documents whose graphs are damaged count as absent: [`Store::damaged`] names them.
    ///
    /// # Errors
    ///
    /// [`StoreError`], when there is no store to read, it is locked, newer, of another kind or
    /// damaged, or the file system refuses.
    pub fn open(dir: impl AsRef<Path>, access: Access) -> Result<Self, StoreError> {
        Self::open_as(dir, access, Backend::DEFAULT)
    }

    /// Opens the store in a folder as [`Store::open`] does; `backend` is that of a new store.
    ///
    /// # Errors
    ///
    /// As for [`Store::open`].
    pub fn open_as(dir: impl AsRef<Path>, access: Access, backend: Backend) -> Result<Self, StoreError> {
        let dir = dir.as_ref().to_owned();
        match access {
            Access::ReadOnly => Self::open_to_read(dir),
            Access::Write | Access::Fill => Self::open_to_write(dir, access, backend),
        }
    }

    fn open_to_read(dir: PathBuf) -> Result<Self, StoreError> {
        // looked at before the manifest is read: a later change shows
        let written = Manifest::stamp(&dir);
        let store = Self::open_as_it_is(dir)?;
        Ok(Self { written, ..store })
    }

    fn open_as_it_is(dir: PathBuf) -> Result<Self, StoreError> {
        if !dir.try_exists().map_err(StoreError::io(&dir))? {
            return Err(StoreError::Missing { path: dir });
        }
        if !dir.is_dir() {
            return Err(StoreError::NotAStore { path: dir });
        }
        let mut manifest = Manifest::read(&dir)?.ok_or_else(|| StoreError::NotAStore { path: dir.clone() })?;
        loop {
            match Self::assemble(dir.clone(), Access::ReadOnly, manifest.clone(), None) {
                // a writer may have come between the manifest and its files
                Err(error @ StoreError::Damaged { .. }) => match Manifest::read(&dir)? {
                    Some(newer) if newer != manifest => manifest = newer,
                    _ => return Err(error),
                },
                other => return other,
            }
        }
    }

    fn open_to_write(dir: PathBuf, access: Access, backend: Backend) -> Result<Self, StoreError> {
        if !Manifest::path(&dir).exists() && !folder::is_vacant(&dir)? {
            return Err(StoreError::NotAStore { path: dir });
        }
        fs::create_dir_all(&dir).map_err(StoreError::io(&dir))?;
        let lock = folder::lock(&dir)?;
        let manifest = if let Some(manifest) = Manifest::read(&dir)? {
            manifest
        } else {
            let manifest = Manifest::new(backend.as_str());
            manifest.write(&dir)?;
            manifest
        };
        // a damaged graph's file stays until another takes its place
        let listed = manifest.clone();
        let store = Self::assemble(dir, access, manifest, Some(lock))?;
        files::collect(&store.dir, &listed)?;
        Ok(store)
    }

    fn assemble(dir: PathBuf, access: Access, mut manifest: Manifest, lock: Option<File>) -> Result<Self, StoreError> {
        let backend = Backend::parse(&manifest.backend)
            .ok_or_else(|| StoreError::OtherBackend { path: dir.clone(), backend: manifest.backend.clone() })?;
        let (graphs, mut damaged) = match backend {
            Backend::Files if access == Access::Fill => files::check(&dir, &manifest)?,
            Backend::Files => files::open(&dir, &manifest)?,
            #[cfg(feature = "rocksdb")]
            Backend::RocksDb => {
                let graphs = disk::open(&dir, access)?;
                if access != Access::ReadOnly {
                    disk::settle(&dir, &graphs, &mut manifest)?;
                }
                (graphs.into(), Vec::new())
            }
        };
        if access == Access::ReadOnly && !damaged.is_empty() {
            return Err(damaged.swap_remove(0));
        }
        for error in &damaged {
            if let StoreError::Damaged { document: Some(entry), .. } = error {
                manifest.set(&entry.document, None);
            }
        }
        Ok(Self { dir, access, backend, manifest, graphs, damaged, written: None, _lock: lock })
    }

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

    /// Puts the graphs of many documents in the place of their former ones, writing the manifest
    /// once for all. Returns what became of each, in their order.
    ///
    /// Should the program end meanwhile, each document is as before or as after. A call takes time
    /// by the documents of the store as well as by those handed over: hand over dozens at once.
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
        let mut after = self.manifest.clone();
        let mut changes = Vec::new();
        let mut files = Vec::new();
        let mut statuses = Vec::new();
        for document in removed {
            if after.get(document).is_some() {
                after.set(document, None);
                changes.push(Change { document, entry: None, quads: &[] });
            }
        }
        for Prepared { entry, nquads, quads } in prepared {
            let former = after.get(&entry.document);
            statuses.push(match former {
                None => Status::Added,
                Some(former) if former.digest != entry.digest => Status::Updated,
                Some(_) => Status::Unchanged,
            });
            if former == Some(entry) {
                continue;
            }
            files.extend(entry.file.as_deref().map(|name| (name, nquads.as_str())));
            after.set(&entry.document, Some(entry.clone()));
            changes.push(Change { document: &entry.document, entry: Some(entry.clone()), quads });
        }
        files::write(&self.dir, &files)?;
        self.change(after, &changes)?;
        Ok(statuses)
    }

    /// Removes a document; false if the store does not hold it.
    ///
    /// # Errors
    ///
    /// [`StoreError::ReadOnly`] unless opened for writing; else what file system and database
    /// refuse.
    pub fn remove(&mut self, document: &str) -> Result<bool, StoreError> {
        let held = self.manifest.get(document).is_some();
        self.change_all([], [document])?;
        Ok(held)
    }

    fn change(&mut self, after: Manifest, changes: &[Change<'_>]) -> Result<(), StoreError> {
        if changes.is_empty() {
            return Ok(());
        }
        if self.backend == Backend::Files {
            // the manifest decides, memory follows
            after.write(&self.dir)?;
            self.manifest = after;
            if self.access == Access::Fill {
                return Ok(());
            }
            let graphs: Vec<_> = changes.iter().map(|change| (change.document, change.quads)).collect();
            return self.graphs.replace(&graphs);
        }
        #[cfg(feature = "rocksdb")]
        self.commit(after, changes)?;
        Ok(())
    }

    fn require_write(&self) -> Result<(), StoreError> {
        match self.access {
            Access::Write | Access::Fill => Ok(()),
            Access::ReadOnly => Err(StoreError::ReadOnly { path: self.dir.clone() }),
        }
    }

    /// The documents of the store, in the order of their IRIs.
    pub fn documents(&self) -> &[Entry] {
        &self.manifest.documents
    }

    /// The entry of one document.
    pub fn document(&self, iri: &str) -> Option<&Entry> {
        self.manifest.get(iri)
    }

    /// Whether the folder still holds what is open here: no other program has changed it since.
    pub fn is_current(&self) -> bool {
        self.written.is_some() && self.written == Manifest::stamp(&self.dir)
    }

    /// Number of statements.
    pub fn len(&self) -> usize {
        self.manifest.documents.iter().map(|entry| entry.quads).sum()
    }

    /// Whether the store holds no document.
    pub fn is_empty(&self) -> bool {
        self.manifest.documents.is_empty()
    }

    /// What was damaged when the store was opened for writing, one error a document; these
    /// documents count as absent until they are put into the store again.
    pub fn damaged(&self) -> &[StoreError] {
        &self.damaged
    }

    /// The folder of the store.
    pub fn dir(&self) -> &Path {
        &self.dir
    }

    /// Where the store keeps its graphs.
    pub fn backend(&self) -> Backend {
        self.backend
    }

    /// All statements, by document, and within one in the order of its sorted N-Quads.
    ///
    /// # Errors
    ///
    /// [`StoreError::Database`], if the database cannot be read.
    pub fn quads(&self) -> Result<Vec<Quad>, StoreError> {
        let mut all = Vec::with_capacity(self.len());
        for entry in self.documents() {
            all.extend(self.graph(&entry.document)?.quads);
        }
        Ok(all)
    }

    /// The graph of one document; without a statement if the store does not hold it.
    ///
    /// # Errors
    ///
    /// [`StoreError::Database`], if the database cannot be read.
    pub fn graph(&self, document: &str) -> Result<DocumentGraph, StoreError> {
        if self.backend == Backend::Files && self.access != Access::Write {
            let quads = self.document(document).map(|entry| files::read(&self.dir, entry)).transpose()?;
            return Ok(DocumentGraph { document: document.to_owned(), quads: quads.unwrap_or_default() });
        }
        let name = NamedNodeRef::new_unchecked(document);
        let quads = self.graphs().quads_for_pattern(None, None, None, Some(name.into()));
        Ok(DocumentGraph::from_quads(document, quads.collect::<Result<Vec<Quad>, _>>()?))
    }

    /// Hands over each graph as sorted N-Quads, one after another.
    ///
    /// # Errors
    ///
    /// [`StoreError`], if a graph is damaged or cannot be read.
    pub fn each_graph(&self, mut take: impl FnMut(&str)) -> Result<(), StoreError> {
        for entry in self.documents() {
            if self.backend == Backend::Files {
                take(&String::from_utf8_lossy(&files::content(&self.dir, entry)?.1));
            } else {
                take(&self.graph(&entry.document)?.to_nquads());
            }
        }
        Ok(())
    }

    /// Makes what was changed quick to open: where graphs are files, writes their index anew if there is none or much
    /// has changed since. Without it the next one to read reads the changed files.
    ///
    /// # Errors
    ///
    /// [`StoreError::ReadOnly`] unless opened for writing; else what the file system refuses, or a damaged graph. What
    /// was changed lasts all the same.
    pub fn settle(&self) -> Result<(), StoreError> {
        self.require_write()?;
        if self.backend == Backend::Files {
            files::settle(&self.dir, &self.manifest)?;
        }
        Ok(())
    }

    /// The graphs, to be read. Each document has its named graph, and the default graph is the union of all, each
    /// statement once. Of a store that is open to be filled, nothing may be there.
    pub fn graphs(&self) -> &Graphs {
        &self.graphs
    }

    /// The graphs, to be shown otherwise than they are on disk.
    pub(crate) fn graphs_mut(&mut self) -> &mut Graphs {
        &mut self.graphs
    }
}

/// SHA-256 in hexadecimal.
pub(crate) fn digest(content: &[u8]) -> String {
    use std::fmt::Write as _;

    let mut text = String::with_capacity(64);
    for byte in Sha256::digest(content) {
        let _ = write!(text, "{byte:02x}");
    }
    text
}
