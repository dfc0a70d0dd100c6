//! One sheet of a workbook: the cells that hold words, and the merged ranges.

use std::collections::BTreeMap;

use super::table::{Cell, Table};
use super::writer::Writer;
use crate::diagnostic::{Code, Finding};

/// The most cells of a sheet that are read, and the most columns; what lies beyond is formatting or a mistake.
const MOST_CELLS: usize = 2_000_000;
const MOST_COLUMNS: usize = 256;

/// A place in a sheet: row and column, from 0.
type Place = (usize, usize);

/// A sheet.
#[derive(Debug)]
pub(super) struct Sheet {
    name: String,
    rows: BTreeMap<usize, BTreeMap<usize, String>>,
    merged: Vec<(Place, Place)>,
    cells: usize,
    left_out: bool,
    /// Whether rows or columns that are not shown hold words.
    hidden: bool,
}

impl Sheet {
    /// A sheet without cells.
    pub(super) fn new(name: &str) -> Self {
        Self {
            name: name.to_owned(),
            rows: BTreeMap::new(),
            merged: Vec::new(),
            cells: 0,
            left_out: false,
            hidden: false,
        }
    }

    /// Puts words into a cell; a cell of blanks holds none.
    pub(super) fn put(&mut self, row: usize, column: usize, words: String) {
        if words.trim().is_empty() {
            return;
        }
        if column >= MOST_COLUMNS || self.cells >= MOST_CELLS {
            self.left_out = true;
            return;
        }
        self.cells += 1;
        self.rows.entry(row).or_default().insert(column, words);
    }

    /// Takes note of a cell in a row or column that is not shown; its words are left out.
    pub(super) fn hide(&mut self, words: &str) {
        self.hidden |= !words.trim().is_empty();
    }

    /// Merges the cells from one place to another.
    pub(super) fn merge(&mut self, from: Place, to: Place) {
        if from <= to && from.1 <= to.1 && self.merged.len() < MOST_CELLS {
            self.merged.push((from, to));
        }
    }

    /// Writes the sheet as a table; what was left out is a finding.
    pub(super) fn write(&self, out: &mut Writer) -> Vec<Finding> {
        let left = self.rows.values().filter_map(|row| row.keys().next()).min().copied();
        let right = self.rows.values().filter_map(|row| row.keys().next_back()).max().copied();
        if let (Some(left), Some(right)) = (left, right) {
            self.write_cells(out, left, right);
        }
        let too_large = self.left_out.then(|| {
            let finding = Finding::new(
                Code::UnreadTable,
                None,
                format!("工作表 `{}` 过大，只读取了其中一部分", self.name),
                format!("sheet `{}` is too large and was read in part", self.name),
            );
            finding.with_hint("请删去多余的行列后另存", "delete what it does not need and save it again")
        });
        let hidden = self.hidden.then(|| {
            let finding = Finding::new(
                Code::UnreadTable,
                None,
                format!("工作表 `{}` 有隐藏的行或列，未读取", self.name),
                format!("sheet `{}` has hidden rows or columns, which were not read", self.name),
            );
            finding.with_hint("如需读取，请取消隐藏后另存", "show them and save it again if they are to be read")
        });
        too_large.into_iter().chain(hidden).collect()
    }

    /// Writes the cells between two columns.
    fn write_cells(&self, out: &mut Writer, left: usize, right: usize) {
        // rows without words are left out; below, rows are counted without them
        let printed: Vec<usize> = self.rows.keys().copied().collect();
        let mut starts: BTreeMap<Place, Place> = BTreeMap::new();
        let mut tall = false;
        for &(from, to) in &self.merged {
            let rows = printed.partition_point(|row| *row < from.0)..printed.partition_point(|row| *row <= to.0);
            if rows.is_empty() || to.1 < left || from.1 > right {
                continue;
            }
            tall |= rows.len() > 1;
            starts.insert((rows.start, from.1.max(left)), (rows.len(), to.1.min(right) + 1 - from.1.max(left)));
        }
        // a ledger that merges no cells leaves those empty that are part of the one above
        let mut table = Table { merges_known: tall, ..Table::default() };
        for (row, (number, words)) in self.rows.iter().enumerate() {
            let mut first = true;
            for column in left..=right {
                let covered =
                    table.rows.get(row).and_then(|slots| slots.get(column - left).copied().flatten()).is_some();
                if covered {
                    continue;
                }
                let span = out.cell(words.get(&column).map_or("", |words| words.trim_matches('\u{feff}')), first);
                first = false;
                if !span.is_empty() {
                    out.name(span, format!("{}!{}{}", self.name, letters(column), number + 1));
                }
                let (rows, columns) = starts.get(&(row, column)).copied().unwrap_or((1, 1));
                table.put(Cell { span, row, column: column - left }, rows, columns);
            }
            out.end_line();
        }
        table.rows.truncate(self.rows.len());
        out.table(table);
    }
}

/// The letters of a column, from 0: A, B … Z, AA.
fn letters(column: usize) -> String {
    let mut left = column + 1;
    let mut letters = Vec::new();
    while left > 0 {
        let offset = u8::try_from((left - 1) % 26).unwrap_or(0);
        letters.push(char::from(b'A' + offset));
        left = (left - 1) / 26;
    }
    letters.iter().rev().collect()
}

/// How much of a date a cell shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shown {
    Day,
    Month,
    Year,
}

/// A day that a workbook counts, as words: 45473 is 2024年6月30日. Days count from 1900, or from 1904.
pub(super) fn date(number: f64, late: bool, shown: Shown) -> String {
    #[expect(clippy::cast_possible_truncation, reason = "whole days within a few thousand years")]
    let days = number.floor() as i64 + if late { 1462 } else { 0 };
    // the day before 1 March 1900 is counted and never was
    let days = if days < 60 { days + 1 } else { days };
    // Howard Hinnant, "chrono-compatible low-level date algorithms", with 1899-12-30 as the day 0
    let shifted = days + 693_899;
    let era = shifted.div_euclid(146_097);
    let of_era = shifted.rem_euclid(146_097);
    let year_of_era = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted_month = (5 * of_year + 2) / 153;
    let day = of_year - (153 * shifted_month + 2) / 5 + 1;
    let month = if shifted_month < 10 { shifted_month + 3 } else { shifted_month - 9 };
    let year = year_of_era + era * 400 + i64::from(month <= 2);
    match shown {
        Shown::Day => format!("{year}年{month}月{day}日"),
        Shown::Month => format!("{year}年{month}月"),
        Shown::Year => format!("{year}年"),
    }
}

/// A date of ISO 8601 as words: 2024-06-30T00:00:00 is 2024年6月30日.
pub(super) fn iso_date(date: &str) -> String {
    let parts: Vec<&str> = date.get(..10).unwrap_or_default().split('-').collect();
    match parts.as_slice() {
        [year, month, day] => format!("{year}年{}月{}日", month.trim_start_matches('0'), day.trim_start_matches('0')),
        _ => date.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_have_letters() {
        assert_eq!([0, 25, 26, 701, 702].map(letters), ["A", "Z", "AA", "ZZ", "AAA"].map(str::to_owned));
    }

    #[test]
    fn days_are_counted_as_workbooks_do() {
        assert_eq!(date(45_473.0, false, Shown::Day), "2024年6月30日");
        assert_eq!(date(60.0 + 1.0, false, Shown::Day), "1900年3月1日");
        assert_eq!(date(44_011.75, true, Shown::Day), "2024年6月30日");
        assert_eq!(iso_date("2024-06-30T00:00:00"), "2024年6月30日");
    }

    #[test]
    fn cells_far_out_cost_nothing() {
        let mut sheet = Sheet::new("表");
        sheet.put(0, 0, "甲".to_owned());
        sheet.put(1_048_575, 16_383, "乙".to_owned());
        sheet.put(1_048_575, 1, "丙".to_owned());
        let mut out = Writer::default();
        assert_eq!(sheet.write(&mut out).len(), 1);
        assert_eq!(out.into_text(), "甲\t\n\t丙\n");
    }
}
