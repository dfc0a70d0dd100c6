//! The column of separated values that tells what was handed out, so that they can be told from what others wrote meanwhile.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use sha2::{Digest as _, Sha256};

use super::rows::columns;
use super::tables::{plain, tables};
use super::{Column, Row};
use crate::read::Grid;

/// Characters for the ledger.
const KEY: usize = 8;

/// Characters for each cell.
const CELL: usize = 4;

/// What a row of separated values was when it was handed out.
pub(super) struct Trace<'a> {
    key: &'a str,
    cells: &'a str,
}

impl Row {
    /// What tells later which cells of the row were changed, as letters that no spreadsheet takes for a number. `key` tells the
    /// ledger from others that are handed out.
    pub fn trace(&self, key: &str) -> String {
        columns().fold(format!("x{key}"), |trace, column| trace + &mark(&self.words(column)))
    }
}

impl<'a> Trace<'a> {
    /// Reads the cell of a row; none of what is no trace, or one of other columns.
    pub(super) fn parse(words: &'a str) -> Option<Self> {
        let (key, cells) = words.strip_prefix('x')?.split_at_checked(KEY)?;
        (cells.is_ascii() && cells.len() == CELL * columns().count()).then_some(Self { key, cells })
    }

    /// Whether a cell says what it said.
    pub(super) fn is_as_handed_out(&self, column: Column, words: &str) -> bool {
        let at = columns().position(|known| known == column);
        at.and_then(|at| self.cells.get(at * CELL..(at + 1) * CELL)).is_some_and(|known| known == mark(words))
    }
}

/// What tells the ledger that separated values are from others that were handed out; none if they do not tell.
pub fn handed_out(grid: &Grid) -> Option<String> {
    let tables = tables(grid);
    let mut rows = tables.iter().flat_map(|table| &table.rows);
    rows.find_map(|row| Trace::parse(row.cell(Column::Trace)).map(|trace| trace.key.to_owned()))
}

/// A few characters made of the words of a cell.
fn mark(words: &str) -> String {
    let mut mark = URL_SAFE_NO_PAD.encode(Sha256::digest(plain(words).as_bytes()));
    mark.truncate(CELL);
    mark
}
