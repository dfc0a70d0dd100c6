//! Several indexes become one, in one pass through each.

use std::cmp::Reverse;
use std::collections::{BinaryHeap, HashSet};
use std::path::Path;

use rustc_hash::FxBuildHasher;
use tempfile::NamedTempFile;

use super::block::Terms;
use super::order::{Order, Row};
use super::segment::Segment;
use super::writer::{Covered, Writer};
use crate::store::StoreError;

/// An index, and the graphs of it that are left out, by number.
pub(super) struct Part {
    pub(super) segment: Segment,
    pub(super) left_out: HashSet<u32, FxBuildHasher>,
}

/// Writes the index of all parts, to stand at `path`.
///
/// Terms of graphs that are left out stay in the dictionary: nothing leads to them.
pub(super) fn merge(path: &Path, parts: &[Part], documents: Vec<Covered>) -> Result<NamedTempFile, StoreError> {
    let mut writer = Writer::new(path)?;
    let numbers = merge_terms(&mut writer, parts)?;
    writer.begin_rows()?;
    for order in Order::ALL {
        merge_rows(&mut writer, parts, &numbers, order)?;
        writer.end_rows(order)?;
    }
    writer.finish(documents)
}

/// Writes the terms of all parts, each once. Returns, for each part, the new numbers of its terms.
fn merge_terms(writer: &mut Writer, parts: &[Part]) -> Result<Vec<Vec<u32>>, StoreError> {
    let mut cursors: Vec<TermCursor<'_>> = parts.iter().map(|part| TermCursor::new(&part.segment)).collect();
    let mut numbers: Vec<Vec<u32>> =
        parts.iter().map(|part| Vec::with_capacity(part.segment.directory.terms as usize)).collect();
    let mut next = BinaryHeap::new();
    for (place, cursor) in cursors.iter_mut().enumerate() {
        next.extend(cursor.next()?.map(|term| Reverse((term, place))));
    }
    let mut last: Option<Box<str>> = None;
    let mut count = 0_u32;
    while let Some(Reverse((term, place))) = next.pop() {
        if last.as_deref() != Some(&*term) {
            writer.term(&term)?;
            count += 1;
            last = Some(term);
        }
        if let Some(numbers) = numbers.get_mut(place) {
            numbers.push(count - 1);
        }
        if let Some(cursor) = cursors.get_mut(place) {
            next.extend(cursor.next()?.map(|term| Reverse((term, place))));
        }
    }
    Ok(numbers)
}

/// Writes the rows of an order of all parts. New numbers rise as the old ones do, so that the order of rows stays.
fn merge_rows(writer: &mut Writer, parts: &[Part], numbers: &[Vec<u32>], order: Order) -> Result<(), StoreError> {
    let mut cursors: Vec<RowCursor<'_>> = parts
        .iter()
        .zip(numbers)
        .map(|(part, numbers)| RowCursor { part, numbers, order, block: Vec::new().into_iter(), place: 0 })
        .collect();
    let mut next = BinaryHeap::new();
    for (place, cursor) in cursors.iter_mut().enumerate() {
        next.extend(cursor.next()?.map(|row| Reverse((row, place))));
    }
    while let Some(mut first) = next.peek_mut() {
        let Reverse((row, place)) = *first;
        writer.row(order, row)?;
        match cursors.get_mut(place).map(RowCursor::next).transpose()?.flatten() {
            Some(row) => *first = Reverse((row, place)),
            None => {
                std::collections::binary_heap::PeekMut::pop(first);
            }
        }
    }
    Ok(())
}

/// The terms of an index, one after another.
struct TermCursor<'a> {
    segment: &'a Segment,
    block: Terms,
    /// The next block, and the next term within the one at hand.
    place: usize,
    within: usize,
}

impl<'a> TermCursor<'a> {
    fn new(segment: &'a Segment) -> Self {
        Self { segment, block: Terms::default(), place: 0, within: 0 }
    }

    fn next(&mut self) -> Result<Option<Box<str>>, StoreError> {
        while self.within == self.block.len() {
            if self.place == self.segment.directory.dictionary.blocks.len() {
                return Ok(None);
            }
            self.block = self.segment.read_terms(self.place)?;
            self.place += 1;
            self.within = 0;
        }
        self.within += 1;
        Ok(self.block.get(self.within - 1).map(Box::from))
    }
}

/// The rows of an index that are not left out, one after another, with their new numbers.
struct RowCursor<'a> {
    part: &'a Part,
    numbers: &'a [u32],
    order: Order,
    block: std::vec::IntoIter<Row>,
    place: usize,
}

impl RowCursor<'_> {
    fn next(&mut self) -> Result<Option<Row>, StoreError> {
        loop {
            for row in self.block.by_ref() {
                let [.., graph] = self.order.statement(row);
                if !self.part.left_out.contains(&graph) {
                    return Ok(Some(row.map(|term| self.numbers.get(term as usize).copied().unwrap_or_default())));
                }
            }
            let rows = self.part.segment.read_rows(self.order, self.place)?;
            if rows.is_empty() {
                return Ok(None);
            }
            self.place += 1;
            self.block = rows.into_iter();
        }
    }
}
