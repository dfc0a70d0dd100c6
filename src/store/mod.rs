//! The store: the graphs of all documents, and SPARQL on them.
//!
//! A store is a folder with a `manifest.json` that says which documents it holds, and a `manifest.log` of what changed
//! since. Of its two backends the default one keeps every graph as a compressed file of sorted N-Quads and answers from
//! an index of them; the other, of the feature `rocksdb`, is oxigraph's database on disk. Whatever ends a program that
//! writes, each document is afterwards as before or as after its replacement.

mod access;
mod change;
#[cfg(feature = "rocksdb")]
mod disk;
mod durable;
mod entry;
mod error;
mod files;
mod first;
mod folder;
mod graphs;
mod index;
mod journal;
mod leavings;
mod manifest;
mod pace;
mod prepared;
mod stretch;
mod verify;

pub use access::{Access, Backend};
pub use change::{SourceInfo, Status};
pub(crate) use durable::write_whole;
pub use entry::{Entry, Form};
pub use error::StoreError;
pub use graphs::Graphs;
use index::{Extent, Opened};
pub(crate) use index::{Index, NAMING};
pub use pace::Pace;
pub(crate) use pace::{Paced, unless_ended};
pub use prepared::{Preparation, Prepared};
pub use verify::{IndexState, Verification, verify};

use std::collections::BTreeMap;
use std::fs;
use std::mem;
use std::path::{Path, PathBuf};

use oxigraph::model::{NamedNodeRef, Quad};
use sha2::{Digest as _, Sha256};

use crate::{hexadecimal, parallel};

use crate::graph::DocumentGraph;
use journal::{Journal, Stamp};
use leavings::Leavings;
use manifest::Manifest;

/// An open store.
#[derive(Debug)]
pub struct Store {
    dir: PathBuf,
    access: Access,
    backend: Backend,
    manifest: Manifest,
    graphs: Graphs,
    damaged: Vec<StoreError>,
    /// The documents that were changed since the store was opened, with what they were then.
    former: BTreeMap<String, Option<Entry>>,
    /// The state of the manifest that was read.
    stamp: Option<Stamp>,
    /// What is open of the index.
    opened: Opened,
    writer: Option<Box<Writer>>,
}

/// What a store that is open for writing has.
#[derive(Debug)]
struct Writer {
    journal: Journal,
    /// Whether the journal is behind what is in memory, or of a former manifest: the manifest is to be written whole.
    is_behind: bool,
    leavings: Leavings,
}

impl Writer {
    /// Deletes what earlier writers left.
    fn collect(&mut self, dir: &Path, manifest: &Manifest) -> Result<(), StoreError> {
        files::collect(dir, manifest, self.leavings.known(&self.journal.state()).as_deref())?;
        self.leavings.end([]);
        Ok(())
    }
}

impl Drop for Writer {
    fn drop(&mut self) {
        self.leavings.note(&self.journal.state());
    }
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

    /// Whether a folder is a store, or was one: it need not be whole.
    pub fn is_at(dir: &Path) -> bool {
        Manifest::path(dir).exists()
    }

    fn open_to_read(dir: PathBuf) -> Result<Self, StoreError> {
        if !dir.try_exists().map_err(StoreError::io(&dir))? {
            return Err(StoreError::Missing { path: dir });
        }
        if !dir.is_dir() {
            return Err(StoreError::NotAStore { path: dir });
        }
        loop {
            // looked at before the manifest is read: a later change shows
            let stamp = journal::stamp(&dir);
            let (opened, manifest) = parallel::both(|| index::open(&dir), || Manifest::read(&dir));
            let manifest = manifest?.ok_or_else(|| StoreError::NotAStore { path: dir.clone() })?;
            match Self::assemble(dir.clone(), Access::ReadOnly, manifest, None, opened) {
                // a writer may have come between the manifest and its files
                Err(StoreError::Damaged { .. } | StoreError::Unindexed { .. }) if journal::stamp(&dir) != stamp => {}
                other => return Ok(Self { stamp: Some(stamp), ..other? }),
            }
        }
    }

    fn open_to_write(dir: PathBuf, access: Access, backend: Backend) -> Result<Self, StoreError> {
        if !Self::is_at(&dir) && !folder::is_vacant(&dir)? {
            return Err(StoreError::NotAStore { path: dir });
        }
        fs::create_dir_all(&dir).map_err(StoreError::io(&dir))?;
        let mut leavings = Leavings::of(folder::lock(&dir)?);
        let (opened, read) = parallel::both(|| index::open(&dir), || journal::open(&dir, backend.as_str()));
        let (mut manifest, mut journal) = read?;
        first::compress(&dir, &mut manifest, &mut journal, &mut leavings)?;
        let writer = Writer { journal, is_behind: false, leavings };
        Self::assemble(dir, access, manifest, Some(Box::new(writer)), opened)
    }

    fn assemble(
        dir: PathBuf,
        access: Access,
        mut manifest: Manifest,
        mut writer: Option<Box<Writer>>,
        opened: Opened,
    ) -> Result<Self, StoreError> {
        let backend = Backend::parse(&manifest.backend)
            .ok_or_else(|| StoreError::OtherBackend { path: dir.clone(), backend: manifest.backend.clone() })?;
        let (graphs, mut damaged) = match backend {
            Backend::Files if access == Access::ReadOnly => files::open(&dir, &manifest, access, &opened)?,
            Backend::Files => {
                let look = || match access {
                    Access::Fill => files::check(&dir, &manifest, &opened),
                    _ => files::open(&dir, &manifest, access, &opened),
                };
                // each may look at all files
                let collect = || writer.as_mut().map_or(Ok(()), |writer| writer.collect(&dir, &manifest));
                let (collected, looked) = parallel::both(collect, look);
                collected?;
                looked?
            }
            #[cfg(feature = "rocksdb")]
            Backend::RocksDb => {
                let graphs = disk::open(&dir, access)?;
                if let Some(writer) = &mut writer {
                    writer.collect(&dir, &manifest)?;
                    disk::settle(&dir, &graphs, &mut manifest, &mut writer.journal)?;
                }
                (graphs.into(), Vec::new())
            }
        };
        if access == Access::ReadOnly && !damaged.is_empty() {
            return Err(damaged.swap_remove(0));
        }
        for error in &damaged {
            if let StoreError::Damaged { document: Some(entry), .. } = error {
                manifest.lose(&entry.document);
            }
        }
        Ok(Self {
            dir,
            access,
            backend,
            manifest,
            graphs,
            damaged,
            former: BTreeMap::new(),
            stamp: None,
            // who only reads opens no segment again
            opened: if access == Access::ReadOnly { Opened::default() } else { opened },
            writer,
        })
    }

    /// Ends writing, where the program ends too: what is in memory is left to the system, which takes it back at once.
    pub fn leave(mut self) {
        self.writer = None;
        // a database has more to close than memory
        if self.backend == Backend::Files {
            mem::forget(self);
        }
    }

    fn require_write(&self) -> Result<(), StoreError> {
        match self.access {
            Access::Write | Access::Fill => Ok(()),
            Access::ReadOnly => Err(StoreError::ReadOnly { path: self.dir.clone() }),
        }
    }

    /// The documents of the store, in the order of their IRIs.
    pub fn documents(&self) -> impl ExactSizeIterator<Item = &Entry> + Clone {
        self.manifest.documents()
    }

    /// The entry of one document.
    pub fn document(&self, iri: &str) -> Option<&Entry> {
        self.manifest.get(iri)
    }

    /// Whether the folder still holds what is open here: no other program has changed it since.
    pub fn is_current(&self) -> bool {
        self.stamp.is_some_and(|stamp| stamp == journal::stamp(&self.dir))
    }

    /// Number of statements.
    pub fn len(&self) -> usize {
        self.documents().map(|entry| entry.quads).sum()
    }

    /// Whether the store holds no document.
    pub fn is_empty(&self) -> bool {
        self.documents().len() == 0
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

    /// The documents that were changed since the store was opened, with what they were then; none where they were not.
    pub(crate) fn former(&self) -> &BTreeMap<String, Option<Entry>> {
        &self.former
    }

    /// The graph of an entry as sorted N-Quads, also of one that was changed since the store was opened: the files of those
    /// stay. None of a former one in a database.
    ///
    /// # Errors
    ///
    /// [`StoreError`], if a graph is damaged or cannot be read.
    pub(crate) fn nquads(&self, entry: &Entry) -> Result<Option<String>, StoreError> {
        if self.backend == Backend::Files {
            return Ok(Some(String::from_utf8_lossy(&files::content(&self.dir, entry)?.1).into_owned()));
        }
        let is_current = self.document(&entry.document) == Some(entry);
        is_current.then(|| Ok(self.graph(&entry.document)?.to_nquads())).transpose()
    }

    /// The graphs as they are now, also of a store that is open to be filled.
    ///
    /// # Errors
    ///
    /// [`StoreError`], if a graph is damaged or cannot be read.
    pub(crate) fn shown(&self) -> Result<Graphs, StoreError> {
        if self.backend == Backend::Files && self.access == Access::Fill {
            let open = || files::open(&self.dir, &self.manifest, Access::ReadOnly, &self.opened);
            let (graphs, mut damaged) = match open() {
                // an earlier program ended before the index followed
                Err(StoreError::Unindexed { .. }) => {
                    self.settle_as(Extent::SoFar)?;
                    open()
                }
                other => other,
            }?;
            return if damaged.is_empty() { Ok(graphs) } else { Err(damaged.swap_remove(0)) };
        }
        Ok(self.graphs.clone())
    }

    /// Makes what was changed quick to open: where graphs are files, brings their index to what was changed; a database
    /// moves it from its log to files whose blocks have check sums. Without it the next one to read reads the changed
    /// files, or is refused where they are many. It takes time by what was changed.
    ///
    /// # Errors
    ///
    /// [`StoreError::ReadOnly`] unless opened for writing; else what the file system refuses, or a damaged graph. What
    /// was changed lasts all the same.
    pub fn settle(&self) -> Result<(), StoreError> {
        self.settle_as(Extent::Whole)
    }

    /// Brings the index to what was changed so far as [`Store::settle`] does, where much is to follow: should the program
    /// end, so much of the index is done. It is not quick to read until it is settled.
    ///
    /// # Errors
    ///
    /// As for [`Store::settle`].
    pub fn settle_so_far(&self) -> Result<(), StoreError> {
        self.settle_as(Extent::SoFar)
    }

    fn settle_as(&self, extent: Extent) -> Result<(), StoreError> {
        self.require_write()?;
        match self.backend {
            Backend::Files => files::settle(&self.dir, &self.manifest, &self.opened, extent),
            #[cfg(feature = "rocksdb")]
            Backend::RocksDb => disk::flush(&self.dir, self.graphs.database()),
        }
    }

    /// Reads all of the index, where there is one, to see whether it is whole.
    ///
    /// # Errors
    ///
    /// [`StoreError::DamagedIndex`], if it is not; else what the file system refuses.
    pub fn check_index(&self) -> Result<(), StoreError> {
        match self.backend {
            Backend::Files => index::check(&self.dir),
            #[cfg(feature = "rocksdb")]
            Backend::RocksDb => Ok(()),
        }
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
    hexadecimal::digits(&Sha256::digest(content))
}
