//! The tables of a ledger that comes back: wherever their columns and rows are by now.

use std::collections::BTreeMap;

use super::{CARRIER, Column};
use crate::date::Date;
use crate::read::Grid;

/// The rows of a sheet in which headings are looked for.
const HEAD: usize = 20;

/// A table found by its headings.
#[derive(Debug, Default)]
pub(super) struct Table {
    /// The name of its sheet, and what stands above its headings.
    pub(super) titles: Vec<String>,
    /// Whether it is the list of a body.
    pub(super) of_body: bool,
    /// The columns that it has.
    pub(super) columns: Vec<Column>,
    /// Its rows.
    pub(super) rows: Vec<TableRow>,
}

/// A row of a table.
#[derive(Clone, Debug, Default)]
pub(super) struct TableRow {
    /// The sheet and the number of the row, as a person counts: `56号!A5`.
    pub(super) place: String,
    /// The words by column, without blanks around them.
    pub(super) cells: BTreeMap<Column, String>,
}

impl TableRow {
    /// The words of a cell; empty if it has none.
    pub(super) fn cell(&self, column: Column) -> &str {
        self.cells.get(&column).map_or("", String::as_str)
    }
}

/// Finds the tables of a ledger. Sheets without headings of a ledger, such as those that a person added, have none.
pub(super) fn tables(grid: &Grid) -> Vec<Table> {
    let sheets = grid.sheets.iter().filter(|sheet| sheet.name != CARRIER);
    sheets.filter_map(|sheet| table(&sheet.name, &sheet.rows)).collect()
}

fn table(name: &str, rows: &[Vec<String>]) -> Option<Table> {
    let named = |row: &Vec<String>| -> BTreeMap<Column, usize> {
        let columns = row.iter().enumerate().filter_map(|(at, words)| Some((Column::parse(words)?, at)));
        // of a heading that stands twice the first counts
        columns.rev().collect()
    };
    let (header, columns) = rows.iter().take(HEAD).enumerate().find_map(|(at, row)| {
        let columns = named(row);
        (columns.len() >= 3 && columns.contains_key(&Column::Task)).then_some((at, columns))
    })?;
    let above = rows.iter().take(header).flatten().map(|words| plain(words)).filter(|words| !words.is_empty());
    let mut table = Table {
        titles: above.chain([name.to_owned()]).collect(),
        of_body: columns.contains_key(&Column::Role),
        columns: columns.keys().copied().collect(),
        rows: Vec::new(),
    };
    for (number, row) in rows.iter().enumerate().skip(header + 1) {
        let words = |at: &usize| row.get(*at).map(|words| plain(words)).unwrap_or_default();
        // days as ISO 8601, however a spreadsheet shows them
        let words = |(column, at): (&Column, &usize)| match (column, words(at)) {
            (Column::Due | Column::Updated, words) => (*column, day(&words).map_or(words, |day| day.to_string())),
            (_, words) => (*column, words),
        };
        let cells: BTreeMap<Column, String> = columns.iter().map(words).collect();
        let said = [Column::Id, Column::Task, Column::Progress, Column::Status];
        // headings that stand again, on a page that was pasted, are no row
        let repeats = cells.get(&Column::Task).is_some_and(|words| Column::parse(words) == Some(Column::Task));
        if !repeats && said.iter().any(|column| cells.get(column).is_some_and(|words| !words.is_empty())) {
            table.rows.push(TableRow { place: format!("{name}!A{}", number + 1), cells });
        }
    }
    Some(table)
}

/// A day as people write it: 2026-11-22, 2026/11/22, 2026.11.22, 2026年11月22日.
pub(super) fn day(words: &str) -> Option<Date> {
    let parts: Vec<&str> =
        words.split(|char: char| !char.is_ascii_digit()).filter(|part| !part.is_empty()).take(3).collect();
    Date::parse_iso(&parts.join("-"))
}

/// Words as spreadsheets may keep them: breaks of lines alike, no blanks around lines.
pub(super) fn plain(words: &str) -> String {
    let words = words.replace("\r\n", "\n").replace('\r', "\n");
    let lines: Vec<&str> = words.trim().lines().map(str::trim).collect();
    lines.join("\n")
}
