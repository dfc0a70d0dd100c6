//! What the index in files does not say: graphs that came after it, and statements that are read as others.

use std::collections::HashMap;
use std::sync::Arc;

use rustc_hash::{FxBuildHasher, FxHashSet};

use super::batch::{Numbered, sorted};
use super::order::{Order, Row};
use super::stack::Stack;
use crate::parallel::in_parallel;
use crate::store::StoreError;

/// What is held in memory beside the index in files.
#[derive(Clone, Debug, Default)]
pub(super) struct Overlay {
    /// Terms that no file has; their numbers follow those of the files.
    terms: Vec<Arc<str>>,
    numbers: HashMap<Arc<str>, u32, FxBuildHasher>,
    /// Rows of every order, sorted.
    rows: [Vec<Row>; 4],
    /// Graphs that are not read in files.
    pub(super) graphs: FxHashSet<u32>,
    /// Statements that are not read, in files or here.
    statements: FxHashSet<Row>,
}

impl Overlay {
    /// Graphs that no file has, or not as they are now.
    pub(super) fn new(stack: &Stack, texts: &[String]) -> Result<Self, StoreError> {
        let numbered = Numbered::of(texts.iter().map(String::as_str));
        let mut overlay = Self::default();
        let mut numbers = Vec::with_capacity(numbered.terms.len());
        for (term, known) in numbered.terms.iter().zip(stack.numbers(&numbered.terms)?) {
            numbers.push(known.unwrap_or_else(|| overlay.append(stack, term)));
        }
        let orders = in_parallel(&Order::ALL, |order| sorted(*order, &[(&numbered.rows, &numbers)]));
        for (place, rows) in overlay.rows.iter_mut().zip(orders) {
            *place = rows;
        }
        Ok(overlay)
    }

    /// The number of a term, which is added if it is new.
    pub(super) fn add(&mut self, stack: &Stack, term: &str) -> Result<u32, StoreError> {
        match self.number(stack, term)? {
            Some(number) => Ok(number),
            None => Ok(self.append(stack, term)),
        }
    }

    fn append(&mut self, stack: &Stack, term: &str) -> u32 {
        // what is held in memory is little
        let number = stack.terms().saturating_add(u32::try_from(self.terms.len()).unwrap_or(u32::MAX));
        let term: Arc<str> = term.into();
        self.terms.push(Arc::clone(&term));
        self.numbers.insert(term, number);
        number
    }

    /// The number of a term, here or in a file.
    pub(super) fn number(&self, stack: &Stack, term: &str) -> Result<Option<u32>, StoreError> {
        if let Some(number) = self.numbers.get(term) {
            return Ok(Some(*number));
        }
        stack.number(term)
    }

    /// A term by how far it is behind those of the files.
    pub(super) fn term(&self, place: u32) -> Option<&str> {
        self.terms.get(place as usize).map(|term| &**term)
    }

    /// Has graphs say these statements alone, given as subject, predicate, object and graph.
    pub(super) fn replace(&mut self, graphs: &FxHashSet<u32>, statements: &[Row]) {
        self.graphs.extend(graphs);
        self.statements.retain(|statement| !graphs.contains(&statement[3]));
        for (order, rows) in Order::ALL.into_iter().zip(&mut self.rows) {
            rows.retain(|row| !graphs.contains(&order.statement(*row)[3]));
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
}
