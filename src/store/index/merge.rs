//! Segments that follow one another become one, in one pass through each.
//!
//! Numbers of terms stay as they are. What is held in memory is a block of each segment.

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::collections::binary_heap::PeekMut;
use std::path::Path;

use tempfile::NamedTempFile;

use super::cursor::Cursor;
use super::documents::Documents;
use super::order::Order;
use super::segment::Segment;
use super::stack::Layer;
use super::writer::Writer;
use crate::store::StoreError;

/// Writes the segment of some that follow one another, the last of which is the highest of the stack, to stand at `path`.
/// Returns it with what it holds.
///
/// Statements that are hidden are left out; their terms stay in the dictionary, where nothing leads to them.
pub(super) fn merge(path: &Path, layers: &[Layer]) -> Result<(NamedTempFile, Documents), StoreError> {
    let first = layers.first().map_or(0, |layer| layer.segment.contents.first);
    let mut writer = Writer::new(path, first)?;
    for Layer { segment, .. } in layers {
        for place in 0..segment.contents.dictionary.blocks {
            let terms = segment.terms(place)?;
            for term in (0..terms.len()).filter_map(|within| terms.get(within)) {
                writer.term(term)?;
            }
        }
    }
    let lookups = layers.iter().map(|layer| (&*layer.segment, layer.segment.all_lookups())).collect();
    each_sorted(lookups, |_, _| true, |lookup| writer.lookup(lookup))?;
    for order in Order::ALL {
        let rows = layers.iter().map(|layer| (&*layer.segment, layer.segment.all_rows(order))).collect();
        let shown = |place: usize, row| {
            let [.., graph] = order.statement(row);
            layers.get(place).is_some_and(|layer| layer.shows(graph))
        };
        each_sorted(rows, shown, |row| writer.row(order, row))?;
    }
    let documents = joined(layers, first);
    Ok((writer.finish(&documents)?, documents))
}

/// Hands over the rows of all segments that are shown, the lowest first.
fn each_sorted<const W: usize>(
    mut cursors: Vec<(&Segment, Cursor<W>)>,
    shown: impl Fn(usize, [u32; W]) -> bool,
    mut take: impl FnMut([u32; W]) -> Result<(), StoreError>,
) -> Result<(), StoreError> {
    let advance = |place: usize, (segment, cursor): &mut (&Segment, Cursor<W>)| -> Result<_, StoreError> {
        while let Some(row) = cursor.row(segment)? {
            cursor.step();
            if shown(place, row) {
                return Ok(Some(row));
            }
        }
        Ok(None)
    };
    let mut next = BinaryHeap::new();
    for (place, cursor) in cursors.iter_mut().enumerate() {
        next.extend(advance(place, cursor)?.map(|row| Reverse((row, place))));
    }
    while let Some(mut lowest) = next.peek_mut() {
        let Reverse((row, place)) = *lowest;
        take(row)?;
        match cursors.get_mut(place).map(|cursor| advance(place, cursor)).transpose()?.flatten() {
            Some(row) => *lowest = Reverse((row, place)),
            None => {
                PeekMut::pop(lowest);
            }
        }
    }
    Ok(())
}

/// The graphs of all, and those that segments below may have and that are no more.
fn joined(layers: &[Layer], first: u32) -> Documents {
    let held: Vec<_> = layers.iter().flat_map(Layer::shown).cloned().collect();
    let mut shown: Vec<u32> = held.iter().map(|covered| covered.graph).collect();
    shown.sort_unstable();
    let mut gone: Vec<u32> = layers.iter().flat_map(|layer| layer.documents.hide()).collect();
    gone.retain(|graph| *graph < first && shown.binary_search(graph).is_err());
    gone.sort_unstable();
    gone.dedup();
    Documents { held, gone }
}
