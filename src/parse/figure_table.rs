//! Tables of figures outside of tasks: an indicator a row, its values by year beside it.

use super::column::{self, Column, names_indicators};
use super::task_table::TaskTable;
use crate::read::Table;
use crate::span::{Span, Text};

/// In how many of the first rows the names of the columns are looked for.
const HEADER_WITHIN: usize = 3;
/// The longest name of a column in characters.
const LONGEST_NAME: usize = 16;

/// Reads a table whose rows name indicators and whose columns hold figures; nothing for any other.
pub(super) fn read(text: &Text, table: &Table, section: Option<usize>) -> Option<TaskTable> {
    let (rows, width) = (table.rows.len(), table.width());
    if width < 2 || rows < 2 {
        return None;
    }
    let words = |row: usize, column: usize| table.text(text, row, column);
    let is_header = |row: &usize| {
        let short = (0..width).all(|column| words(*row, column).chars().count() <= LONGEST_NAME);
        short && (0..width).any(|column| names_indicators(words(*row, column)))
    };
    let header = (0..rows.min(HEADER_WITHIN)).find(is_header)?;
    let name = (0..width).rfind(|column| names_indicators(words(header, *column)))?;
    let below = header + 1..rows;
    let figures = |column: &usize| {
        let filled = below.clone().filter(|row| !words(*row, *column).is_empty()).count();
        let figures =
            below.clone().filter(|row| words(*row, *column).contains(|char: char| char.is_ascii_digit())).count();
        let sequence = column::kind(words(header, *column)) == Some(Column::Sequence);
        *column > name && !sequence && filled > 0 && figures * 2 > filled
    };
    let held: Vec<usize> = (0..width).filter(figures).collect();
    if held.is_empty() {
        return None;
    }
    let kind = |column: usize| match column {
        _ if column == name => Some(Column::Theme),
        _ if held.contains(&column) => Some(Column::Indicator),
        _ => None,
    };
    Some(TaskTable {
        columns: (0..width).map(kind).collect(),
        names: (0..width).map(|column| table.cell(header, column).map(|cell| cell.span)).collect(),
        rows: below.collect(),
        borrowed: Vec::new(),
        holder: None,
        matrix: None,
        section,
        span: table.cells.iter().map(|cell| cell.span).reduce(Span::to)?,
        table: table.clone(),
    })
}
