//! What the index in the file does not say: graphs that came after it, and statements that are read as others.

use std::collections::HashMap;
use std::sync::Arc;

use rustc_hash::{FxBuildHasher, FxHashSet};

use super::batch::{Numbered, sorted};
use super::order::{Order, Row, Search};
use super::segment::Segment;
use crate::parallel::in_parallel;
use crate::store::StoreError;

/// What is held in memory beside the index in the file.
#[derive(Clone, Debug, Default)]
pub(super) struct Overlay {
    /// Terms that the file has not; their numbers follow those of the file.
    terms: Vec<Arc<str>>,
    numbers: HashMap<Arc<str>, u32, FxBuildHasher>,
    /// Rows of every order, sorted.
    rows: [Vec<Row>; 4],
    /// Graphs that are not read in the file.
    pub(super) graphs: FxHashSet<u32>,
    /// Statements that are not read, in the file or here.
    statements: FxHashSet<Row>,
}

impl Overlay {
    /// Graphs that the file has not, or not as they are now.
    pub(super) fn new(base: Option<&Segment>, texts: &[String]) -> Result<Self, StoreError> {
        let numbered = Numbered::of(texts.iter().map(String::as_str));
        let mut overlay = Self::default();
        let mut numbers = Vec::with_capacity(numbered.terms.len());
        for term in &numbered.terms {
            numbers.push(overlay.add(base, term)?);
        }
        let orders = in_parallel(&Order::ALL, |order| sorted(*order, &[(&numbered.rows, &numbers)]));
        for (place, rows) in overlay.rows.iter_mut().zip(orders) {
            *place = rows;
        }
        Ok(overlay)
    }

    /// The number of a term, which is added if it is new.
    pub(super) fn add(&mut self, base: Option<&Segment>, term: &str) -> Result<u32, StoreError> {
        if let Some(number) = self.number(base, term)? {
            return Ok(number);
        }
        let first = base.map_or(0, |base| base.directory.terms);
        // what is held in memory is little
        let number = first.saturating_add(u32::try_from(self.terms.len()).unwrap_or(u32::MAX));
        let term: Arc<str> = term.into();
        self.terms.push(Arc::clone(&term));
        self.numbers.insert(term, number);
        Ok(number)
    }

    /// The number of a term, here or in the file.
    pub(super) fn number(&self, base: Option<&Segment>, term: &str) -> Result<Option<u32>, StoreError> {
        if let Some(number) = self.numbers.get(term) {
            return Ok(Some(*number));
        }
        base.map_or(Ok(None), |base| base.number(term))
    }

    /// A term by how far it is behind those of the file.
    pub(super) fn term(&self, place: u32) -> Option<&str> {
        self.terms.get(place as usize).map(|term| &**term)
    }

    /// Has a graph say these statements alone, given as subject, predicate, object and graph.
    pub(super) fn replace(&mut self, graph: u32, statements: &[Row]) {
        self.graphs.insert(graph);
        self.statements.retain(|statement| statement[3] != graph);
        for (order, rows) in Order::ALL.into_iter().zip(&mut self.rows) {
            rows.retain(|row| order.statement(*row)[3] != graph);
            rows.extend(statements.iter().map(|row| order.arrange(*row)));
            rows.sort_unstable();
            rows.dedup();
        }
    }

    /// Reads statements as others, given as subject, predicate, object and graph.
    pub(super) fn exchange(&mut self, changes: impl IntoIterator<Item = (Row, Row)>) {
        let (old, new): (Vec<Row>, Vec<Row>) = changes.into_iter().unzip();
        self.statements.extend(old);
        for (order, rows) in Order::ALL.into_iter().zip(&mut self.rows) {
            rows.extend(new.iter().map(|row| order.arrange(*row)));
            rows.sort_unstable();
            rows.dedup();
        }
        for row in new {
            self.statements.remove(&row);
        }
    }

    /// Whether a statement is read, given as subject, predicate, object and graph.
    pub(super) fn shows(&self, statement: Row) -> bool {
        self.statements.is_empty() || !self.statements.contains(&statement)
    }

    /// The rows of an order.
    pub(super) fn rows(&self, order: Order) -> &[Row] {
        self.rows.get(order.place()).map_or(&[], Vec::as_slice)
    }

    /// Where the rows of a search begin.
    pub(super) fn start(&self, search: &Search) -> usize {
        self.rows(search.order).partition_point(|row| *row < search.start)
    }
}
