//! The index of the files of graphs: what answers queries without reading the files.
//!
//! It lies beside the graphs as one file: a dictionary of the terms, sorted and numbered, and the statements as rows of
//! four numbers in four orders, all in blocks that are read when they are needed. It is made from the graphs and can be
//! made again from them at any time. Documents that changed after it was written are read into memory and shown in the
//! place of what it says of them; when these become many, it is written anew.

mod batch;
mod block;
mod dataset;
mod merge;
mod order;
mod overlay;
mod scan;
mod segment;
mod tally;
#[cfg(test)]
mod tests;
mod writer;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::UNIX_EPOCH;

use oxigraph::model::Quad;
use tempfile::NamedTempFile;

use super::StoreError;
use super::entry::Entry;
use super::manifest::Manifest;
use crate::parallel::in_parallel;
use merge::Part;
use order::Row;
use overlay::Overlay;
use segment::Segment;
pub(crate) use tally::Tally;
use writer::Covered;

/// Name of the index's file below the store's folder.
const FILE: &str = "index";
/// Which part of the index the statements beside it may be, if that is more than [`Sizes::beside`].
const PART: usize = 32;

/// How many files are read at a time.
const AT_ONCE: usize = 16;

/// How much is done in memory.
#[derive(Clone, Copy, Debug)]
pub(super) struct Sizes {
    /// How many statements may be read into memory beside the index before it is written anew.
    pub(super) beside: usize,
    /// How many bytes of N-Quads are sorted together.
    pub(super) together: usize,
}

impl Sizes {
    pub(super) const USUAL: Self = Self { beside: 20_000, together: 256 << 20 };
}

/// The graphs of a store, as its index and the documents beside it say.
#[derive(Clone, Debug, Default)]
pub(crate) struct Index(Arc<Inner>);

#[derive(Debug, Default)]
struct Inner {
    base: Option<Arc<Segment>>,
    overlay: Overlay,
    /// The graphs that have statements, by number.
    graphs: Vec<u32>,
}

/// Which documents the index in the file holds as they are.
pub(super) struct Coverage<'a> {
    base: Option<Segment>,
    /// Documents that the file has not, or not as they are.
    pub(super) uncovered: Vec<&'a Entry>,
    /// Documents that the file has, but whose graph was touched since.
    pub(super) touched: Vec<&'a Entry>,
    /// Graphs of the file that the store has no more, or not so.
    obsolete: Vec<String>,
}

impl<'a> Coverage<'a> {
    /// Compares the index in a store's folder with its manifest. An index that cannot be read covers nothing.
    pub(super) fn of(dir: &Path, manifest: &'a Manifest) -> Result<Self, StoreError> {
        let base = Segment::open(&dir.join(FILE))?;
        let (mut uncovered, mut touched) = (Vec::new(), Vec::new());
        let held = base.as_ref().map_or(&[][..], |base| &base.directory.documents);
        let mut held: BTreeMap<&str, &Covered> = held.iter().map(|held| (held.document.as_str(), held)).collect();
        for entry in manifest.documents() {
            match held.get(entry.document.as_str()) {
                Some(known) if known.digest == entry.digest && known.quads == entry.quads => {
                    let stamp = entry.file().and_then(|file| stamp(&dir.join(file)));
                    if stamp.is_none() || stamp != known.stamp {
                        touched.push(entry);
                    }
                    held.remove(entry.document.as_str());
                }
                _ => uncovered.push(entry),
            }
        }
        let obsolete = held.into_keys().map(str::to_owned).collect();
        Ok(Self { base, uncovered, touched, obsolete })
    }

    /// Takes a document's graph for one that the store has no more.
    pub(super) fn leave_out(&mut self, document: &str) {
        self.obsolete.push(document.to_owned());
    }

    /// Whether there is so much beside the index that it should be written anew.
    fn is_old(&self, sizes: Sizes) -> bool {
        let Some(base) = &self.base else { return !self.uncovered.is_empty() };
        let held: usize = base.directory.documents.iter().map(|document| document.quads).sum();
        let beside: usize = self.uncovered.iter().map(|entry| entry.quads).sum();
        beside > sizes.beside.max(held / PART) || self.obsolete.len() > base.directory.documents.len() / 2
    }

    /// The graphs, with the texts of the documents that the file has not.
    pub(super) fn open(self, texts: &[String]) -> Result<Index, StoreError> {
        let base = self.base.map(Arc::new);
        let mut overlay = Overlay::new(base.as_deref(), texts)?;
        let mut graphs = Vec::new();
        let held = base.as_ref().map_or(&[][..], |base| &base.directory.documents);
        for document in held.iter().filter(|document| document.quads > 0) {
            graphs.extend(overlay.number(base.as_deref(), &named(&document.document))?);
        }
        for document in &self.obsolete {
            if let Some(number) = overlay.number(base.as_deref(), &named(document))? {
                overlay.graphs.insert(number);
                graphs.retain(|graph| *graph != number);
            }
        }
        for entry in self.uncovered.iter().filter(|entry| entry.quads > 0) {
            // without a number where its text was not given
            graphs.extend(overlay.number(base.as_deref(), &named(&entry.document))?);
        }
        graphs.sort_unstable();
        graphs.dedup();
        Ok(Index(Arc::new(Inner { base, overlay, graphs })))
    }
}

/// A document's graph as N-Quads name it.
fn named(document: &str) -> String {
    format!("<{document}>")
}

/// Length of a file, and when it was changed.
fn stamp(path: &Path) -> Option<(u64, u64, u32)> {
    let file = fs::metadata(path).ok()?;
    let changed = file.modified().ok()?.duration_since(UNIX_EPOCH).ok()?;
    Some((file.len(), changed.as_secs(), changed.subsec_nanos()))
}

/// Writes the index of a store's folder anew, if there is none or too much has changed since.
///
/// `read` gives the N-Quads of a document. Whoever calls holds the lock of the store.
pub(super) fn refresh(
    dir: &Path,
    manifest: &Manifest,
    sizes: Sizes,
    read: impl Fn(&Entry) -> Result<String, StoreError> + Sync,
) -> Result<(), StoreError> {
    let coverage = Coverage::of(dir, manifest)?;
    if !coverage.is_old(sizes) {
        return Ok(());
    }
    let path = dir.join(FILE);
    let written = match write(&path, dir, coverage, sizes, &read) {
        // what cannot be merged is made from the graphs
        Err(StoreError::DamagedIndex { .. }) => {
            fs::remove_file(&path).map_err(StoreError::io(&path))?;
            write(&path, dir, Coverage::of(dir, manifest)?, sizes, &read)?
        }
        other => other?,
    };
    put(&path, written)
}

fn write(
    path: &Path,
    dir: &Path,
    coverage: Coverage<'_>,
    sizes: Sizes,
    read: &(impl Fn(&Entry) -> Result<String, StoreError> + Sync),
) -> Result<NamedTempFile, StoreError> {
    let mut parts = Vec::new();
    let mut documents = Vec::new();
    if let Some(segment) = coverage.base {
        let mut left_out = std::collections::HashSet::default();
        for document in &coverage.obsolete {
            left_out.extend(segment.number(&named(document))?);
        }
        let kept = |held: &&Covered| !coverage.obsolete.contains(&held.document);
        documents.extend(segment.directory.documents.iter().filter(kept).cloned());
        parts.push(Part { segment, left_out });
    }
    let mut waiting = Vec::new();
    let mut bytes = 0;
    let mut entries = coverage.uncovered.chunks(AT_ONCE).peekable();
    while let Some(group) = entries.next() {
        let covered = in_parallel(group, |entry| {
            let text = read(entry)?;
            let stamp = entry.file().and_then(|file| stamp(&dir.join(file)));
            let (document, digest) = (entry.document.clone(), entry.digest.clone());
            Ok((Covered { document, digest, stamp, quads: entry.quads }, text))
        });
        for one in covered {
            let one: (Covered, String) = one?;
            bytes += one.1.len();
            waiting.push(one);
        }
        if bytes < sizes.together && entries.peek().is_some() {
            continue;
        }
        bytes = 0;
        let file = batch::write(path, &waiting)?;
        documents.extend(waiting.drain(..).map(|(covered, _)| covered));
        if parts.is_empty() && entries.peek().is_none() {
            return Ok(file);
        }
        // the file is gone from the folder, and from the disk once it is closed
        let file = file.into_file();
        let segment = Segment::of(path, file)?.ok_or_else(|| StoreError::DamagedIndex { path: path.to_owned() })?;
        parts.push(Part { segment, left_out: std::collections::HashSet::default() });
    }
    merge::merge(path, &parts, documents)
}

/// Deletes the index of a store's folder: it is made again when the store is settled.
pub(super) fn discard(dir: &Path) -> Result<(), StoreError> {
    let path = dir.join(FILE);
    match fs::remove_file(&path) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(StoreError::io(&path)(error)),
        _ => Ok(()),
    }
}

/// Puts a written index into its place.
fn put(path: &PathBuf, file: NamedTempFile) -> Result<(), StoreError> {
    file.as_file().sync_all().map_err(StoreError::io(path))?;
    super::durable::share(file.as_file()).map_err(StoreError::io(path))?;
    file.persist(path).map_err(|error| StoreError::io(path)(error.error))?;
    Ok(())
}

impl Index {
    /// The index with statements read as others.
    pub(super) fn exchanged(&self, changes: &[(Quad, Quad)]) -> Result<Self, StoreError> {
        let base = self.0.base.clone();
        let mut overlay = self.0.overlay.clone();
        let mut rows = Vec::with_capacity(changes.len());
        for pair in changes {
            rows.push((row(&mut overlay, base.as_deref(), &pair.0)?, row(&mut overlay, base.as_deref(), &pair.1)?));
        }
        overlay.exchange(rows);
        Ok(Self(Arc::new(Inner { base, overlay, graphs: self.0.graphs.clone() })))
    }

    /// The index with graphs as they are given here.
    pub(crate) fn replaced(&self, changes: &[(&str, &[Quad])]) -> Result<Self, StoreError> {
        let base = self.0.base.clone();
        let mut overlay = self.0.overlay.clone();
        let mut graphs = self.0.graphs.clone();
        for (document, quads) in changes {
            let number = overlay.add(base.as_deref(), &named(document))?;
            let mut rows = Vec::with_capacity(quads.len());
            for quad in *quads {
                rows.push(row(&mut overlay, base.as_deref(), quad)?);
            }
            overlay.replace(number, &rows);
            graphs.retain(|graph| *graph != number);
            if !rows.is_empty() {
                graphs.push(number);
            }
        }
        graphs.sort_unstable();
        Ok(Self(Arc::new(Inner { base, overlay, graphs })))
    }

    /// The names of the graphs that have statements.
    pub(crate) fn graph_names(&self) -> Result<Vec<String>, StoreError> {
        let name = |token: &str| token.trim_start_matches('<').trim_end_matches('>').to_owned();
        self.0.graphs.iter().map(|graph| self.0.token(*graph, name)).collect()
    }
}

/// A statement by the numbers of its terms, which are added where they are new.
fn row(overlay: &mut Overlay, base: Option<&Segment>, quad: &Quad) -> Result<Row, StoreError> {
    let terms =
        [quad.subject.to_string(), quad.predicate.to_string(), quad.object.to_string(), quad.graph_name.to_string()];
    let mut numbers = Row::default();
    for (place, term) in numbers.iter_mut().zip(terms) {
        *place = overlay.add(base, &term)?;
    }
    Ok(numbers)
}
