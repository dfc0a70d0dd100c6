//! The rows of a table without borders, filled one by one.

use super::FlatTable;
use crate::parse::align::{self, Edge, Piece, Row};
use crate::parse::column::Column;
use crate::parse::label;
use crate::read::{Cell, Table};
use crate::span::{Span, Text};

/// A table that is filled row by row.
pub(super) struct Filled<'t> {
    text: &'t Text,
    columns: &'t [Option<Column>],
    table: Table,
    row: usize,
    ragged: Vec<Span>,
    borrowed: Vec<usize>,
}

impl<'t> Filled<'t> {
    pub(super) fn new(text: &'t Text, columns: &'t [Option<Column>], header: &[Span]) -> Self {
        let mut table = Table::default();
        for (column, &span) in header.iter().enumerate() {
            table.put(Cell { span, row: 0, column }, 1, 1);
        }
        Self { text, columns, table, row: 1, ragged: Vec::new(), borrowed: Vec::new() }
    }

    /// Adds a row whose cells stand in their columns.
    pub(super) fn cells(&mut self, cells: &[Option<Span>]) {
        for (column, span) in cells.iter().enumerate() {
            if let Some(span) = *span {
                self.table.put(Cell { span: self.text.trim(span), row: self.row, column }, 1, 1);
            }
        }
        self.row += 1;
    }

    /// Adds a row that lacks cells: those that it has are put where they fit.
    pub(super) fn shifted(&mut self, row: Span, cells: &[Span]) {
        let full: Vec<Span> = cells.iter().copied().filter(|cell| !cell.is_empty()).collect();
        let too_many = full.len() > self.columns.len();
        let edge = |at: usize| match at {
            0 => Edge::Row,
            _ if too_many => Edge::Line,
            _ => Edge::Cell,
        };
        let pieces: Vec<Piece> =
            full.iter().enumerate().map(|(at, span)| Piece { span: *span, edge: edge(at) }).collect();
        let (rows, used) = align::align(self.text, &pieces, self.columns);
        match rows.as_slice() {
            [Row::Cells(cells)] if used == pieces.len() => {
                let mut cells = cells.clone();
                self.below_numbers(&mut cells);
                self.rows(&[Row::Cells(cells)]);
            }
            [only] if used == pieces.len() => self.rows(std::slice::from_ref(only)),
            _ => {
                self.ragged.push(row);
                let count = self.columns.len();
                self.cells(&cells.iter().take(count).map(|cell| Some(*cell)).collect::<Vec<_>>());
            }
        }
    }

    /// Puts a number below those of its kind: 15.… below 14.…, not below 四、… beside it.
    fn below_numbers(&self, cells: &mut [Option<Span>]) {
        let style = |place: Span| label::read(self.text.folded(place)).map(|label| label.style);
        let above = |column: usize| self.table.rows.last()?.get(column).copied().flatten();
        let style_above = |column: usize| style(self.table.cells.get(above(column)?)?.span);
        for column in 1..cells.len() {
            let Some(place) = cells.get(column - 1).copied().flatten() else { continue };
            let style = style(place);
            let free = cells.iter().skip(column).position(Option::is_none).map(|free| column + free);
            if style.is_some()
                && style_above(column) == style
                && style_above(column - 1) != style
                && let Some(cells) = free.and_then(|free| cells.get_mut(column - 1..=free))
            {
                cells.rotate_right(1);
            }
        }
    }

    /// Adds rows as they were found. A row without bodies has those of the row above: the cell was one over both.
    pub(super) fn rows(&mut self, rows: &[Row]) {
        for row in rows {
            match row {
                Row::Heading(span) => {
                    let cell = Cell { span: *span, row: self.row, column: 0 };
                    self.table.put(cell, 1, self.columns.len());
                    self.row += 1;
                }
                Row::Cells(cells) => {
                    let empty = |column: usize| cells.get(column).copied().flatten().is_none();
                    let of = |test: fn(Column) -> bool| -> Vec<usize> {
                        let columns = self.columns.iter().enumerate();
                        columns.filter(|(_, column)| column.is_some_and(test)).map(|(index, _)| index).collect()
                    };
                    let parties = of(|column| matches!(column, Column::Party(_) | Column::Department));
                    let words = of(|column| matches!(column, Column::Task | Column::Measure | Column::Duty));
                    let dates = of(|column| column == Column::Deadline);
                    let covered = !parties.is_empty()
                        && parties.iter().all(|column| empty(*column))
                        && !words.iter().all(|column| empty(*column));
                    self.cells(cells);
                    if covered {
                        let row = self.row - 1;
                        let dates = dates.iter().filter(|column| cells.get(**column).copied().flatten().is_none());
                        let mut any = false;
                        for &column in parties.iter().chain(dates) {
                            any |= self.cover(row, column);
                        }
                        if any {
                            self.borrowed.push(row);
                        }
                    }
                }
            }
        }
    }

    /// Lets the cell above cover a position too.
    fn cover(&mut self, row: usize, column: usize) -> bool {
        let above = row.checked_sub(1).filter(|above| *above > 0);
        let cell = above.and_then(|above| self.table.rows.get(above)?.get(column).copied().flatten());
        let wide = cell.is_some_and(|cell| {
            self.table.rows.get(row - 1).is_some_and(|row| row.iter().all(|slot| *slot == Some(cell)))
        });
        let Some(cell) = cell.filter(|_| !wide) else { return false };
        self.table.extend(cell, row, column, 1);
        true
    }

    pub(super) fn finish(self, first: usize, end: usize) -> Option<FlatTable> {
        let Self { table, row, ragged, borrowed, .. } = self;
        (row > 1).then_some(FlatTable { table, first, end, ragged, columns: None, borrowed })
    }
}
