//! The segments of an index, one above another.
//!
//! A segment names terms by numbers that go on where those of the segments below end, and has only such terms as they
//! have not. So a number means the same in every segment, and segments are joined without writing new numbers. Of a
//! graph the highest segment that has it counts; what those below say of it is hidden.

use std::sync::{Arc, Mutex, PoisonError};

use rustc_hash::FxHashSet;

use super::documents::{Covered, Documents};
use super::segment::Segment;
use super::writer::lookup;
use crate::parallel::in_parallel;
use crate::store::StoreError;

/// A segment, and what is not to be read in it.
#[derive(Clone, Debug)]
pub(super) struct Layer {
    /// Number of its file.
    pub(super) name: u32,
    pub(super) segment: Arc<Segment>,
    pub(super) documents: Arc<Documents>,
    /// Graphs that segments above have, or took away.
    hidden: FxHashSet<u32>,
}

impl Layer {
    /// Whether the statements of a graph are to be read here.
    pub(super) fn shows(&self, graph: u32) -> bool {
        self.hidden.is_empty() || !self.hidden.contains(&graph)
    }

    /// The graphs that are to be read here.
    pub(super) fn shown(&self) -> impl Iterator<Item = &Covered> {
        self.documents.held.iter().filter(|covered| self.shows(covered.graph))
    }
}

/// The segments of an index, the oldest first.
#[derive(Clone, Debug, Default)]
pub(super) struct Stack {
    pub(super) layers: Vec<Layer>,
    /// The highest number that a file has had.
    pub(super) last: u32,
}

impl Stack {
    /// Puts a segment above the others.
    pub(super) fn push(&mut self, name: u32, segment: Arc<Segment>, documents: Arc<Documents>) {
        let first = segment.contents.first;
        self.last = self.last.max(name);
        let hide: Vec<u32> = documents.hide().filter(|graph| *graph < first).collect();
        for layer in &mut self.layers {
            layer.hidden.extend(&hide);
        }
        self.layers.push(Layer { name, segment, documents, hidden: FxHashSet::default() });
    }

    /// How many terms there are; the number of the next.
    pub(super) fn terms(&self) -> u32 {
        self.layers.last().map_or(0, |layer| layer.segment.end())
    }

    /// How many statements are written, hidden ones too.
    pub(super) fn rows(&self) -> u64 {
        self.layers.iter().map(|layer| layer.segment.contents.rows).sum()
    }

    /// The number of a term.
    pub(super) fn number(&self, term: &str) -> Result<Option<u32>, StoreError> {
        let lookup = lookup(term);
        for layer in &self.layers {
            let number = layer.segment.number(lookup, term)?;
            if number.is_some() {
                return Ok(number);
            }
        }
        Ok(None)
    }

    /// The numbers of many terms, in one pass through each segment.
    pub(super) fn numbers(&self, terms: &[&str]) -> Result<Vec<Option<u32>>, StoreError> {
        let mut numbers = vec![None; terms.len()];
        if self.layers.is_empty() {
            return Ok(numbers);
        }
        let mut sorted: Vec<(u32, usize)> = terms.iter().map(|term| lookup(term)).zip(0..).collect();
        sorted.sort_unstable();
        let found = in_parallel(&self.layers, |Layer { segment, .. }| {
            let mut found = Vec::new();
            let mut cursor = segment.all_lookups();
            for (lookup, place) in &sorted {
                cursor.seek(segment, &[*lookup, 0])?;
                let Some([near, _]) = cursor.row(segment)? else { break };
                if near == *lookup
                    && let Some(term) = terms.get(*place)
                    // another term may be found by the same
                    && let Some(number) = segment.number_at(&mut cursor.clone(), *lookup, term)?
                {
                    found.push((*place, number));
                }
            }
            Ok(found)
        });
        for found in found {
            let found: Vec<(usize, u32)> = found?;
            for (place, number) in found {
                if let Some(place) = numbers.get_mut(place) {
                    *place = Some(number);
                }
            }
        }
        Ok(numbers)
    }

    /// The segment that has a term, by its number.
    pub(super) fn segment_of(&self, number: u32) -> Option<&Segment> {
        let place = self.layers.partition_point(|layer| layer.segment.end() <= number);
        self.layers.get(place).map(|layer| &*layer.segment)
    }
}

/// The segments that one program has open, which it need not open and read again: their files never change.
#[derive(Debug, Default)]
pub(in crate::store) struct Opened(Mutex<Stack>);

impl Opened {
    /// A segment by its name and the state of its file, with the graphs that it holds.
    pub(super) fn get(&self, name: u32, state: (u64, u32)) -> Option<(Arc<Segment>, Arc<Documents>)> {
        let stack = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let layer = stack.layers.iter().find(|layer| layer.name == name && layer.segment.state == state)?;
        Some((Arc::clone(&layer.segment), Arc::clone(&layer.documents)))
    }

    /// Keeps the segments of a stack, and lets go of others.
    pub(super) fn keep(&self, stack: &Stack) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = stack.clone();
    }
}
