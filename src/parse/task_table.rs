//! Tables of tasks: which column holds what, and the rows below the header.

use super::column::{self, Column};
use crate::read::Table;
use crate::span::{Span, Text};

/// A table whose columns are known.
#[derive(Clone, Debug)]
pub struct TaskTable {
    /// What each column holds.
    pub columns: Vec<Option<Column>>,
    /// The names of the columns, by place.
    pub names: Vec<Option<Span>>,
    /// The grid.
    pub table: Table,
    /// The rows that hold tasks or headings, from 0; header rows are left out.
    pub rows: Vec<usize>,
    /// The item of the outline that the table stands in.
    pub section: Option<usize>,
    /// Place of the whole table.
    pub span: Span,
}

/// What stands above the header of a table.
#[derive(Debug, Default)]
pub(super) struct Above {
    /// Cells that stand alone in their row.
    pub(super) lines: Vec<Span>,
    /// A name and its values.
    pub(super) pairs: Vec<(Span, Vec<Span>)>,
}

/// In how many of the first rows a header is looked for.
const HEADER_WITHIN: usize = 40;

impl TaskTable {
    /// Finds the header; a table without one is given back.
    pub(super) fn read(text: &Text, table: Table, section: Option<usize>) -> Result<(Self, Above), Table> {
        let width = table.width();
        let header_at = |row: usize| column::header((0..width).map(|column| table.text(text, row, column)));
        let Some((first, mut columns)) =
            (0..table.rows.len().min(HEADER_WITHIN)).find_map(|row| header_at(row).map(|columns| (row, columns)))
        else {
            return Err(table);
        };
        let mut above = Above::default();
        for row in 0..first {
            let mut cells: Vec<Span> = Vec::new();
            for column in 0..width {
                if let Some(cell) = table.cell(row, column) {
                    let span = text.trim(cell.span);
                    if !span.is_empty() && !cells.contains(&span) {
                        cells.push(span);
                    }
                }
            }
            match cells.as_slice() {
                [line] => above.lines.push(*line),
                [key, values @ ..] => above.pairs.push((*key, values.to_vec())),
                [] => {}
            }
        }
        // a second header row says more of the columns that the first one spans
        let mut body = first + 1;
        while let Some(below) = second_header(text, &table, body, width) {
            for (column, below) in columns.iter_mut().zip(below) {
                *column = below.or(*column);
            }
            body += 1;
        }
        let names = (0..width)
            .map(|column| table.cell(body - 1, column).or_else(|| table.cell(first, column)).map(|cell| cell.span))
            .collect();
        let rows = (body..table.rows.len())
            .filter(|row| {
                let empty = (0..width).all(|column| table.text(text, *row, column).is_empty());
                !empty && header_at(*row).is_none()
            })
            .collect();
        let span = table
            .cells
            .iter()
            .fold(None, |span: Option<Span>, cell| Some(span.map_or(cell.span, |span| span.to(cell.span))));
        let span = span.unwrap_or_default();
        Ok((Self { columns, names, table, rows, section, span }, above))
    }

    /// The columns of a kind, from left to right.
    pub fn columns_of(&self, test: impl Fn(Column) -> bool) -> impl Iterator<Item = usize> {
        self.columns.iter().enumerate().filter(move |(_, column)| column.is_some_and(&test)).map(|(index, _)| index)
    }
}

/// The columns of a row right below a header, if every cell of it names a column and one names parties.
fn second_header(text: &Text, table: &Table, row: usize, width: usize) -> Option<Vec<Option<Column>>> {
    let mut columns = Vec::new();
    for column in 0..width {
        let words = table.text(text, row, column);
        let kind = column::kind(words);
        if kind.is_none() && !words.is_empty() {
            return None;
        }
        columns.push(kind);
    }
    columns.iter().flatten().any(|column| matches!(column, Column::Party(_))).then_some(columns)
}
