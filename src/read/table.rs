//! Tables whose cells are known.

use std::ops::Range;

use crate::span::{Span, Text};

/// A grid of cells. A merged cell stands in every position that it covers.
#[derive(Clone, Debug, Default)]
pub struct Table {
    /// The cells, each once.
    pub cells: Vec<Cell>,
    /// For every row and column, the index of the cell there, if any.
    pub rows: Vec<Vec<Option<usize>>>,
    /// Whether merged cells are known as such; otherwise an empty cell may be part of the one above.
    pub merges_known: bool,
}

/// A cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cell {
    /// Place of its text.
    pub span: Span,
    /// First row, from 0.
    pub row: usize,
    /// First column, from 0.
    pub column: usize,
}

impl Table {
    /// Number of columns of the widest row.
    pub fn width(&self) -> usize {
        self.rows.iter().map(Vec::len).max().unwrap_or(0)
    }

    /// The cell at a position.
    pub fn cell(&self, row: usize, column: usize) -> Option<&Cell> {
        self.rows.get(row)?.get(column).copied().flatten().and_then(|index| self.cells.get(index))
    }

    /// The text of the cell at a position, trimmed; empty where there is none.
    pub fn text<'t>(&self, text: &'t Text, row: usize, column: usize) -> &'t str {
        self.cell(row, column).map_or("", |cell| text.slice(text.trim(cell.span)))
    }

    /// Puts a cell over `rows` × `columns` positions, each at least one, and returns its index.
    pub fn put(&mut self, cell: Cell, rows: usize, columns: usize) -> usize {
        let index = self.cells.len();
        self.cells.push(cell);
        for row in cell.row..cell.row + rows.max(1) {
            while self.rows.len() <= row {
                self.rows.push(Vec::new());
            }
            if let Some(slots) = self.rows.get_mut(row) {
                while slots.len() < cell.column + columns.max(1) {
                    slots.push(None);
                }
                for slot in slots.iter_mut().skip(cell.column).take(columns.max(1)) {
                    slot.get_or_insert(index);
                }
            }
        }
        index
    }

    /// Lets a cell cover positions of a further row too.
    pub fn extend(&mut self, cell: usize, row: usize, column: usize, columns: usize) {
        while self.rows.len() <= row {
            self.rows.push(Vec::new());
        }
        if let Some(slots) = self.rows.get_mut(row) {
            while slots.len() < column + columns {
                slots.push(None);
            }
            slots.iter_mut().skip(column).take(columns).for_each(|slot| *slot = Some(cell));
        }
    }

    /// The rows of a stretch as a table of their own.
    #[must_use]
    pub fn part(&self, rows: Range<usize>) -> Self {
        let mut copies = vec![None; self.cells.len()];
        let mut part = Self { merges_known: self.merges_known, ..Self::default() };
        for slots in self.rows.iter().skip(rows.start).take(rows.len()) {
            let row = slots.iter().map(|slot| {
                let (from, copy) = ((*slot)?, copies.get_mut((*slot)?)?);
                if copy.is_none() {
                    let cell = self.cells.get(from)?;
                    part.cells.push(Cell { row: cell.row.saturating_sub(rows.start), ..*cell });
                    *copy = Some(part.cells.len() - 1);
                }
                *copy
            });
            let row = row.collect();
            part.rows.push(row);
        }
        part
    }

    /// The first free column of a row.
    pub fn free_column(&self, row: usize) -> usize {
        self.rows.get(row).map_or(0, |slots| slots.iter().position(Option::is_none).unwrap_or(slots.len()))
    }
}
