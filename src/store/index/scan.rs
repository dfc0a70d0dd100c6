//! The statements that fit a pattern, from the segments of the index and from what is beside them.
//!
//! Each segment is gone through in the order of the search, past whatever does not fit; of a statement that all
//! documents make, and that is wanted of one or once, the others' rows are not read.

use std::sync::Arc;

use super::Inner;
use super::cursor::Cursor;
use super::order::{Row, Search, Step};
use crate::store::StoreError;

/// Statements as subject, predicate, object and graph, in the order of a search.
pub(super) struct Scan {
    index: Arc<Inner>,
    search: Search,
    /// Whether each statement is wanted once, whatever graphs make it.
    once: bool,
    sources: Vec<Source>,
    last: Option<Row>,
}

/// Rows of one place, and the first of them that was not handed out; none once there is none.
struct Source {
    rows: Rows,
    waiting: Option<Row>,
}

enum Rows {
    /// Of a segment, by its place in the stack.
    Segment(usize, Cursor<4>),
    /// In memory, from a place on.
    Memory(usize),
}

impl Scan {
    pub(super) fn new(index: &Arc<Inner>, pattern: [Option<u32>; 4], once: bool) -> Result<Self, StoreError> {
        let search = Search::of(pattern);
        let start = search.start();
        let layers = index.stack.layers.iter().enumerate();
        // a segment names terms of its own and of those below
        let concerned = layers.filter(|(_, layer)| search.highest().is_none_or(|term| term < layer.segment.end()));
        let of_segments = concerned.map(|(place, layer)| Rows::Segment(place, layer.segment.rows(search.order)));
        let in_memory = (!index.overlay.rows(search.order).is_empty()).then_some(Rows::Memory(0));
        let sources = of_segments.chain(in_memory).map(|rows| Source { rows, waiting: None }).collect();
        let mut scan = Self { index: Arc::clone(index), search, once, sources, last: None };
        for source in &mut scan.sources {
            source.seek(&scan.index, &scan.search, &start)?;
        }
        scan.sources.retain(|source| source.waiting.is_some());
        Ok(scan)
    }

    /// The next row of any source.
    fn lowest(&mut self) -> Result<Option<Row>, StoreError> {
        let Some(last) = self.last else { return Ok(self.first()) };
        for source in &mut self.sources {
            let Some(waiting) = source.waiting else { continue };
            if !self.once {
                if waiting == last {
                    source.next(&self.index, &self.search)?;
                }
                continue;
            }
            // the other graphs of a statement are passed, however many make it
            match self.search.beyond(&last, 3) {
                Step::Seek(target) if waiting < target => source.seek(&self.index, &self.search, &target)?,
                Step::Seek(_) => {}
                Step::Take | Step::End => source.waiting = None,
            }
        }
        Ok(self.first())
    }

    fn first(&self) -> Option<Row> {
        self.sources.iter().filter_map(|source| source.waiting).min()
    }
}

impl Source {
    /// Goes to the first row from a target on that fits and is shown.
    fn seek(&mut self, index: &Inner, search: &Search, target: &Row) -> Result<(), StoreError> {
        self.rows.seek(index, search, target)?;
        self.settle(index, search)
    }

    /// Goes to the next row that fits and is shown.
    fn next(&mut self, index: &Inner, search: &Search) -> Result<(), StoreError> {
        self.rows.step();
        self.settle(index, search)
    }

    fn settle(&mut self, index: &Inner, search: &Search) -> Result<(), StoreError> {
        self.waiting = None;
        while let Some(row) = self.rows.row(index, search)? {
            match search.step(&row) {
                Step::Take if self.rows.shows(index, search.order.statement(row)) => {
                    self.waiting = Some(row);
                    break;
                }
                Step::Take => self.rows.step(),
                Step::Seek(target) => self.rows.seek(index, search, &target)?,
                Step::End => break,
            }
        }
        Ok(())
    }
}

impl Rows {
    fn row(&mut self, index: &Inner, search: &Search) -> Result<Option<Row>, StoreError> {
        match self {
            Self::Segment(place, cursor) => {
                index.stack.layers.get(*place).map_or(Ok(None), |layer| cursor.row(&layer.segment))
            }
            Self::Memory(place) => Ok(index.overlay.rows(search.order).get(*place).copied()),
        }
    }

    fn step(&mut self) {
        match self {
            Self::Segment(_, cursor) => cursor.step(),
            Self::Memory(place) => *place += 1,
        }
    }

    fn seek(&mut self, index: &Inner, search: &Search, target: &Row) -> Result<(), StoreError> {
        match self {
            Self::Segment(place, cursor) => {
                index.stack.layers.get(*place).map_or(Ok(()), |layer| cursor.seek(&layer.segment, target))
            }
            Self::Memory(place) => {
                let ahead = index.overlay.rows(search.order).get(*place..).unwrap_or_default();
                *place += ahead.partition_point(|row| row < target);
                Ok(())
            }
        }
    }

    fn shows(&self, index: &Inner, statement: Row) -> bool {
        let of_file = |place: &usize| {
            let shown = index.stack.layers.get(*place).is_some_and(|layer| layer.shows(statement[3]));
            shown && !index.overlay.graphs.contains(&statement[3])
        };
        index.overlay.shows(statement)
            && match self {
                Self::Segment(place, _) => of_file(place),
                Self::Memory(_) => true,
            }
    }
}

impl Iterator for Scan {
    type Item = Result<Row, StoreError>;

    fn next(&mut self) -> Option<Self::Item> {
        match self.lowest() {
            Ok(row) => {
                self.last = Some(row?);
                row.map(|row| Ok(self.search.order.statement(row)))
            }
            Err(error) => {
                // an error is the last that comes
                self.sources.clear();
                Some(Err(error))
            }
        }
    }
}
