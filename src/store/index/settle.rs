//! Brings an index to what its store holds: new segments for what is new, merged as they become many.

use std::path::Path;

use super::batch::{self, Graph};
use super::coverage::Coverage;
use super::documents::{Covered, Stamp};
use super::folder::{Folder, put};
use super::merge::merge;
use super::named;
use super::names;
use super::stack::{Opened, Stack};
use crate::parallel::in_parallel;
use crate::store::{Entry, StoreError};

/// How many files are read at a time.
const AT_ONCE: usize = 16;
/// Segments are merged where those above one hold so many times what it holds.
const FEW: u64 = 3;
/// The same while more is to come.
const MANY: u64 = 31;
/// The index is made anew where it holds more than so many times what the store has of it.
const STALE: u64 = 4;

/// How much is done in memory.
#[derive(Clone, Copy, Debug)]
pub(in crate::store) struct Sizes {
    /// How many bytes of N-Quads become a segment together.
    pub(in crate::store) together: usize,
}

impl Sizes {
    pub(in crate::store) const USUAL: Self = Self { together: 256 << 20 };
}

/// Whether more documents will follow soon.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::store) enum Extent {
    /// What was changed so far becomes part of the index, in more segments than are good to read.
    SoFar,
    /// The index becomes quick to read.
    Whole,
}

/// Brings the index in a store's folder to what the manifest lists.
///
/// `read` gives the N-Quads of a document. Whoever calls holds the lock of the store. Work is in proportion to what is
/// new, times the logarithm of what there is; each segment counts once it lasts, so that what breaks off goes on there.
pub(in crate::store) fn settle<'a>(
    dir: &Path,
    documents: impl ExactSizeIterator<Item = &'a Entry> + Clone,
    opened: &Opened,
    sizes: Sizes,
    extent: Extent,
    read: impl Fn(&Entry) -> Result<String, StoreError> + Sync,
) -> Result<(), StoreError> {
    let coverage = Coverage::of(dir, documents.clone(), opened)?;
    match grow(dir, coverage, sizes, extent, &read) {
        // what cannot be merged is made from the graphs
        Err(StoreError::DamagedIndex { .. }) => {
            Folder::of(dir).make()?;
            Folder::of(dir).publish(&Stack::default())?;
            grow(dir, Coverage::of(dir, documents, opened)?, sizes, extent, &read)
        }
        other => other,
    }
}

fn grow(
    dir: &Path,
    coverage: Coverage<'_>,
    sizes: Sizes,
    extent: Extent,
    read: &(impl Fn(&Entry) -> Result<String, StoreError> + Sync),
) -> Result<(), StoreError> {
    let folder = Folder::of(dir);
    let held = coverage.held() as u64;
    let Coverage { mut stack, mut uncovered, mut obsolete, covered, .. } = coverage;
    if stack.rows() / STALE > held {
        // merging would keep terms that nothing leads to
        uncovered.extend(covered.into_iter().map(|(entry, ..)| entry));
        stack = Stack { last: stack.last, ..Stack::default() };
        obsolete.clear();
    }
    if uncovered.is_empty() && obsolete.is_empty() {
        if extent == Extent::Whole {
            tidy(&folder, &mut stack, FEW)?;
            names::complete(&stack);
        }
        return folder.tidy(&stack);
    }
    folder.make()?;
    let mut waiting = Vec::new();
    let mut bytes = 0;
    let mut groups = uncovered.chunks(AT_ONCE).peekable();
    while !obsolete.is_empty() || groups.peek().is_some() {
        for graph in in_parallel(groups.next().unwrap_or_default(), |entry| graph(dir, entry, read)) {
            let graph = graph?;
            bytes += graph.text.len();
            waiting.push(graph);
        }
        if bytes < sizes.together && groups.peek().is_some() {
            continue;
        }
        bytes = 0;
        let place = folder.next(&stack);
        let (file, documents) =
            batch::write(&place.1, &stack, std::mem::take(&mut waiting), std::mem::take(&mut obsolete))?;
        put(&mut stack, place, file, documents)?;
        if extent == Extent::Whole && groups.peek().is_none() && lowest_to_merge(&stack, FEW).is_some() {
            // merged at once, it counts a moment later, and the disk is waited for once
            break;
        }
        folder.publish(&stack)?;
        tidy(&folder, &mut stack, MANY)?;
    }
    if extent == Extent::Whole {
        tidy(&folder, &mut stack, FEW)?;
        names::complete(&stack);
    }
    Ok(())
}

/// A document as it is read.
fn graph(dir: &Path, entry: &Entry, read: impl Fn(&Entry) -> Result<String, StoreError>) -> Result<Graph, StoreError> {
    // before it is read: what changes meanwhile is seen as changed
    let stamp = entry.file().and_then(|file| Stamp::of(&dir.join(file)));
    let (document, digest) = (entry.document.clone(), entry.digest.clone());
    let covered = Covered { document, graph: 0, digest, stamp, quads: entry.quads };
    Ok(Graph { covered, name: named(&entry.document), text: read(entry)? })
}

/// Merges the highest segments as long as one of them is below `times` what it holds.
fn tidy(folder: &Folder, stack: &mut Stack, times: u64) -> Result<(), StoreError> {
    while let Some(from) = lowest_to_merge(stack, times) {
        let place = folder.next(stack);
        let (file, documents) = merge(&place.1, stack.layers.get(from..).unwrap_or_default())?;
        stack.layers.truncate(from);
        put(stack, place, file, documents)?;
        folder.publish(stack)?;
    }
    Ok(())
}

/// The lowest segment that those above it hold so many times as much as.
fn lowest_to_merge(stack: &Stack, times: u64) -> Option<usize> {
    // a segment without a statement takes graphs away, or has a name
    let size = |place: usize| stack.layers.get(place).map_or(0, |layer| layer.segment.contents.rows.max(1));
    let above = |place: usize| (place + 1..stack.layers.len()).map(size).sum::<u64>();
    (0..stack.layers.len()).find(|place| place + 1 < stack.layers.len() && above(*place) >= times * size(*place))
}
