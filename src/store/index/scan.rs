//! The statements that fit a pattern, from the index in the file and from what is beside it.

use std::sync::Arc;

use super::Inner;
use super::order::{Row, Search};
use crate::store::StoreError;

/// Statements as subject, predicate, object and graph, in the order of a search.
pub(super) struct Scan {
    index: Arc<Inner>,
    search: Search,
    pattern: [Option<u32>; 4],
    /// Whether each statement is wanted once, whatever graphs make it.
    once: bool,
    /// The block at hand, and the next block.
    block: Arc<Vec<Row>>,
    within: usize,
    place: usize,
    /// The next row of the file, once it was looked for; then whether there is none.
    waiting: Option<Row>,
    ended: bool,
    /// The next row in memory.
    beside: usize,
    last: Option<Row>,
}

impl Scan {
    pub(super) fn new(index: &Arc<Inner>, pattern: [Option<u32>; 4], once: bool) -> Result<Self, StoreError> {
        let search = Search::of(pattern);
        let mut scan = Self {
            index: Arc::clone(index),
            search,
            pattern,
            once,
            block: Arc::default(),
            within: 0,
            place: 0,
            waiting: None,
            ended: index.base.is_none(),
            beside: index.overlay.start(&search),
            last: None,
        };
        if let Some(base) = &index.base {
            scan.place = base.block_of(search.order, &search.start);
            scan.block = base.rows(search.order, scan.place)?;
            scan.within = scan.block.partition_point(|row| *row < search.start);
            scan.place += 1;
        }
        Ok(scan)
    }

    /// Goes past the rows of the file that say what this one says in other graphs: a body that all documents name has as
    /// many rows as there are documents.
    fn pass(&mut self, [first, second, third, _]: Row) -> Result<(), StoreError> {
        let last = [first, second, third, u32::MAX];
        let ahead = self.block.get(self.within..).unwrap_or_default();
        // most statements are of one document
        let mut far = 1;
        while ahead.get(far - 1).is_some_and(|row| *row <= last) {
            far *= 2;
        }
        let ahead = ahead.get(..far - 1).unwrap_or(ahead);
        self.within += ahead.partition_point(|row| *row <= last);
        if self.within < self.block.len() {
            return Ok(());
        }
        let Some(base) = &self.index.base else { return Ok(()) };
        let place = base.block_of(self.search.order, &last);
        if place >= self.place {
            self.block = base.rows(self.search.order, place)?;
            self.within = self.block.partition_point(|row| *row <= last);
            self.place = place + 1;
        }
        Ok(())
    }

    fn begins_so(&self, row: &Row) -> bool {
        row.iter().zip(self.search.start).take(self.search.fixed).all(|(term, wanted)| *term == wanted)
    }

    /// The next row of the file that is shown.
    fn of_file(&mut self) -> Result<Option<Row>, StoreError> {
        if self.waiting.is_some() || self.ended {
            return Ok(self.waiting);
        }
        loop {
            let Some(row) = self.block.get(self.within).copied() else {
                let Some(base) = &self.index.base else { break };
                self.block = base.rows(self.search.order, self.place)?;
                self.within = 0;
                self.place += 1;
                if self.block.is_empty() {
                    break;
                }
                continue;
            };
            if !self.begins_so(&row) {
                break;
            }
            self.within += 1;
            let statement = self.search.order.statement(row);
            if !self.index.overlay.graphs.contains(&statement[3]) && self.index.overlay.shows(statement) {
                self.waiting = Some(row);
                return Ok(self.waiting);
            }
        }
        self.ended = true;
        Ok(None)
    }

    /// The next row in memory that is shown.
    fn of_memory(&mut self) -> Option<Row> {
        loop {
            let row = *self.index.overlay.rows(self.search.order).get(self.beside)?;
            if !self.begins_so(&row) {
                return None;
            }
            if self.index.overlay.shows(self.search.order.statement(row)) {
                return Some(row);
            }
            self.beside += 1;
        }
    }

    fn step(&mut self) -> Result<Option<Row>, StoreError> {
        let file = self.of_file()?;
        let memory = self.of_memory();
        let row = match (file, memory) {
            (None, None) => return Ok(None),
            (Some(file), Some(memory)) => file.min(memory),
            (Some(row), None) | (None, Some(row)) => row,
        };
        if file == Some(row) {
            self.waiting = None;
        }
        if memory == Some(row) {
            self.beside += 1;
        }
        Ok(Some(row))
    }
}

impl Iterator for Scan {
    type Item = Result<Row, StoreError>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            let passed = match self.last.filter(|_| self.waiting.is_none() && !self.ended) {
                Some(row) => self.pass(row),
                None => Ok(()),
            };
            let row = match passed.and_then(|()| self.step()) {
                Ok(row) => row?,
                Err(error) => {
                    self.ended = true;
                    self.beside = usize::MAX;
                    return Some(Err(error));
                }
            };
            let statement = self.search.order.statement(row);
            if statement.iter().zip(self.pattern).any(|(term, wanted)| wanted.is_some_and(|wanted| wanted != *term)) {
                continue;
            }
            if self.once {
                // graphs come last in the orders that are searched without one
                let [first, second, third, _] = row;
                let triple = Some([first, second, third, 0]);
                if self.last == triple {
                    continue;
                }
                self.last = triple;
            }
            return Some(Ok(statement));
        }
    }
}
