//! The index of the files of graphs: what answers queries without reading the files.
//!
//! It lies beside the graphs as a folder of segments: each has a dictionary of terms, numbered, and statements as rows of
//! four numbers in four orders, all in blocks that are read when they are needed. What changes becomes a new segment
//! above the others; segments are merged as they become many, so that each statement is written a number of times that
//! grows as the logarithm of their number. The index is made from the graphs and can be made again from them at any
//! time. What it has not is read into memory beside it, as long as that is little.

mod batch;
mod block;
mod coverage;
mod cursor;
mod dataset;
mod documents;
mod folder;
mod kept;
mod merge;
mod names;
mod order;
mod output;
mod overlay;
mod scan;
mod segment;
mod settle;
mod stack;
mod tally;
// stores on disk have no index where their graphs are in the database
#[cfg(test)]
#[cfg(not(feature = "rocksdb"))]
mod tests;
mod tree;
mod writer;

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use oxigraph::model::Quad;

use super::StoreError;
pub(super) use coverage::Coverage;
use folder::Folder;
pub(crate) use names::NAMING;
use order::Row;
use overlay::Overlay;
pub(super) use settle::{Extent, Sizes, settle};
pub(super) use stack::Opened;
use stack::Stack;
pub(crate) use tally::Tally;

/// Opens the index in a store's folder, so that it need not be read again.
pub(super) fn open(dir: &Path) -> Opened {
    let opened = Opened::default();
    // what cannot be read is told by whoever needs it
    let _ = Folder::of(dir).open(&opened);
    opened
}

/// Deletes the index of a store's folder: it is made again when the store is settled.
pub(super) fn discard(dir: &Path) -> Result<(), StoreError> {
    Folder::of(dir).discard()
}

/// Reads all of the index in a store's folder, to see whether it is whole.
pub(super) fn check(dir: &Path) -> Result<(), StoreError> {
    Folder::of(dir).check()
}

/// The graphs of a store, as its index and the documents beside it say.
#[derive(Clone, Debug, Default)]
pub(crate) struct Index(Arc<Inner>);

#[derive(Debug, Default)]
struct Inner {
    stack: Arc<Stack>,
    overlay: Overlay,
    /// The graphs that have statements, by number.
    graphs: Vec<u32>,
}

/// A document's graph as N-Quads name it.
fn named(document: &str) -> String {
    format!("<{document}>")
}

impl Index {
    fn new(stack: Stack, overlay: Overlay, graphs: Vec<u32>) -> Self {
        Self(Arc::new(Inner { stack: Arc::new(stack), overlay, graphs }))
    }

    /// The index with statements read as others.
    pub(super) fn exchanged(&self, changes: &[(Quad, Quad)]) -> Result<Self, StoreError> {
        let stack = Arc::clone(&self.0.stack);
        let mut overlay = self.0.overlay.clone();
        let mut rows = Vec::with_capacity(changes.len());
        for pair in changes {
            rows.push((row(&mut overlay, &stack, &pair.0)?, row(&mut overlay, &stack, &pair.1)?));
        }
        overlay.exchange(rows);
        Ok(Self(Arc::new(Inner { stack, overlay, graphs: self.0.graphs.clone() })))
    }

    /// The index with graphs as they are given here.
    pub(crate) fn replaced(&self, changes: &[(&str, &[Quad])]) -> Result<Self, StoreError> {
        let stack = Arc::clone(&self.0.stack);
        let mut overlay = self.0.overlay.clone();
        let mut graphs = self.0.graphs.clone();
        // of a document that comes twice, the last counts
        let mut last: BTreeMap<u32, &[Quad]> = BTreeMap::new();
        for (document, quads) in changes {
            last.insert(overlay.add(&stack, &named(document))?, quads);
        }
        let mut rows = Vec::new();
        for quad in last.values().copied().flatten() {
            rows.push(row(&mut overlay, &stack, quad)?);
        }
        let replaced = last.keys().copied().collect();
        overlay.replace(&replaced, &rows);
        graphs.retain(|graph| !replaced.contains(graph));
        graphs.extend(last.iter().filter(|(_, quads)| !quads.is_empty()).map(|(graph, _)| *graph));
        graphs.sort_unstable();
        Ok(Self(Arc::new(Inner { stack, overlay, graphs })))
    }

    /// The names of the graphs that have statements.
    pub(crate) fn graph_names(&self) -> Result<Vec<String>, StoreError> {
        let name = |token: &str| token.trim_start_matches('<').trim_end_matches('>').to_owned();
        self.0.graphs.iter().map(|graph| self.0.token(*graph, name)).collect()
    }
}

/// A statement by the numbers of its terms, which are added where they are new.
fn row(overlay: &mut Overlay, stack: &Stack, quad: &Quad) -> Result<Row, StoreError> {
    let terms =
        [quad.subject.to_string(), quad.predicate.to_string(), quad.object.to_string(), quad.graph_name.to_string()];
    let mut numbers = Row::default();
    for (place, term) in numbers.iter_mut().zip(terms) {
        *place = overlay.add(stack, &term)?;
    }
    Ok(numbers)
}
