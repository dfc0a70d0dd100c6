//! Ledgers: workbooks (XLSX, XLS, ODS) with merged cells and several sheets, and comma- or tab-separated values.

use std::io::Cursor;

use calamine::{Data, Dimensions, Ods, Range, Reader, Xls, Xlsx, open_workbook_from_rs};

use super::error::{Container, ReadError};
use super::table::{Cell, Table};
use super::writer::Writer;
use super::{Format, Source};
use crate::diagnostic::{Code, Finding};

/// A sheet: its name, its cells, and its merged ranges, if the format tells them.
type Sheet = (String, Range<Data>, Option<Vec<Dimensions>>);

/// Reads a workbook whose form its first bytes and parts tell.
pub(super) fn read_workbook(name: &str, bytes: &[u8], form: Format) -> Result<Source, ReadError> {
    let mut out = Writer::default();
    for (sheet, range, merged) in sheets(bytes, form)? {
        write_sheet(&mut out, &sheet, &range, merged.as_deref());
    }
    Ok(out.into_source(name, form))
}

fn sheets(bytes: &[u8], form: Format) -> Result<Vec<Sheet>, ReadError> {
    let archive = |error: &dyn std::fmt::Display| ReadError::Archive(error.to_string());
    let data = Cursor::new(bytes);
    let mut sheets = Vec::new();
    match form {
        Format::Xlsx => {
            let mut book: Xlsx<_> =
                open_workbook_from_rs(data).map_err(|error: calamine::XlsxError| archive(&error))?;
            for name in book.sheet_names() {
                let range = book.worksheet_range(&name).map_err(|error| archive(&error))?;
                let merged = book.merge_cells_by_sheet_name(&name).unwrap_or_default();
                sheets.push((name, range, Some(merged)));
            }
        }
        Format::Xls => {
            // DOC and WPS have the same container
            let mut book: Xls<_> =
                open_workbook_from_rs(data).map_err(|_: calamine::XlsError| ReadError::Container(Container::Ole))?;
            for name in book.sheet_names() {
                let range = book.worksheet_range(&name).map_err(|error| archive(&error))?;
                let merged = book.merge_cells_by_sheet_name(&name).unwrap_or_default();
                sheets.push((name, range, Some(merged)));
            }
        }
        _ => {
            let mut book: Ods<_> = open_workbook_from_rs(data).map_err(|error: calamine::OdsError| archive(&error))?;
            for name in book.sheet_names() {
                let range = book.worksheet_range(&name).map_err(|error| archive(&error))?;
                sheets.push((name, range, None));
            }
        }
    }
    Ok(sheets)
}

/// The most cells of a sheet that are read; what lies beyond is formatting without content.
const MOST_CELLS: usize = 4_000_000;

fn write_sheet(out: &mut Writer, sheet: &str, range: &Range<Data>, merged: Option<&[Dimensions]>) {
    let Some((top, left)) = range.start() else { return };
    let (height, width) = range.get_size();
    if height.saturating_mul(width) > MOST_CELLS {
        return;
    }
    let at = |row: u32, column: u32| Some((row.checked_sub(top)? as usize, column.checked_sub(left)? as usize));
    let mut table = Table { merges_known: merged.is_some(), ..Table::default() };
    let covered: Vec<((usize, usize), (usize, usize))> = merged
        .unwrap_or_default()
        .iter()
        .filter_map(|range| Some((at(range.start.0, range.start.1)?, at(range.end.0, range.end.1)?)))
        .collect();
    for row in 0..height {
        let mut first = true;
        for column in 0..width {
            // a merged cell stands where it begins
            let taken = table.rows.get(row).and_then(|slots| slots.get(column).copied().flatten()).is_some();
            if taken {
                continue;
            }
            let words = range.get((row, column)).map(shown).unwrap_or_default();
            let span = out.cell(&words, first);
            first = false;
            if !span.is_empty() {
                out.name(span, format!("{sheet}!{}{}", letters(left as usize + column), top as usize + row + 1));
            }
            let (rows, columns) = covered
                .iter()
                .find(|(start, _)| *start == (row, column))
                .map_or((1, 1), |(start, end)| (end.0 - start.0 + 1, end.1 - start.1 + 1));
            table.put(Cell { span, row, column }, rows.min(height - row), columns.min(width - column));
        }
        out.end_line();
    }
    table.rows.truncate(height);
    out.table(table);
}

/// A cell as an office would see it: whole numbers without a point, dates as words.
fn shown(value: &Data) -> String {
    match value {
        Data::String(words) => words.clone(),
        Data::Float(number) => number.to_string(),
        Data::Int(number) => number.to_string(),
        Data::Bool(yes) => (if *yes { "是" } else { "否" }).to_owned(),
        Data::DateTime(date) if !date.is_duration() => {
            let (year, month, day, ..) = date.to_ymd_hms_milli();
            format!("{year}年{month}月{day}日")
        }
        Data::DateTimeIso(date) => match date.get(..10).map(|date| date.split('-').collect::<Vec<_>>()).as_deref() {
            Some([year, month, day]) => {
                format!("{year}年{}月{}日", month.trim_start_matches('0'), day.trim_start_matches('0'))
            }
            _ => date.clone(),
        },
        Data::Empty | Data::Error(_) => String::new(),
        other => other.to_string(),
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

/// Reads separated values; the text has a line a row, its cells separated by tabs.
pub(super) fn read_csv(name: &str, content: &str) -> Source {
    let content = content.strip_prefix('\u{feff}').unwrap_or(content);
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(delimiter(content))
        .from_reader(content.as_bytes());
    let mut out = Writer::default();
    let mut table = Table { merges_known: false, ..Table::default() };
    let mut findings = Vec::new();
    for (row, record) in reader.records().enumerate() {
        let record = match record {
            Ok(record) => record,
            Err(error) => {
                findings.push(Finding::new(
                    Code::RaggedRow,
                    None,
                    format!("第 {} 行无法读取：{error}", row + 1),
                    format!("row {} cannot be read: {error}", row + 1),
                ));
                continue;
            }
        };
        for (column, value) in record.iter().enumerate() {
            // a leading apostrophe keeps spreadsheets from reading a cell as a formula
            let value = value.strip_prefix('\'').unwrap_or(value);
            let span = out.cell(value, column == 0);
            table.put(Cell { span, row, column }, 1, 1);
        }
        out.end_line();
    }
    out.table(table);
    let mut source = out.into_source(name, Format::Csv);
    source.findings = findings;
    source
}

/// The separator that occurs most in the first lines outside of quotes.
fn delimiter(content: &str) -> u8 {
    let mut counts = [(b',', 0_usize), (b'\t', 0), (b';', 0)];
    let mut quoted = false;
    for byte in content.bytes().take(8192) {
        match byte {
            b'"' => quoted = !quoted,
            _ if quoted => {}
            _ => {
                if let Some((_, count)) = counts.iter_mut().find(|(separator, _)| *separator == byte) {
                    *count += 1;
                }
            }
        }
    }
    counts.iter().rev().max_by_key(|(_, count)| *count).map_or(b',', |(separator, _)| *separator)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::Block;

    #[test]
    fn quoted_cells_keep_lines_and_commas() {
        let source = read_csv("a.csv", "序号,任务,牵头部门\n1,\"完善制度,\n健全机制\",'=财政局\n");
        let Some(Block::Table(table)) = source.blocks.first() else { panic!("no table") };
        assert_eq!(table.text(&source.text, 1, 1), "完善制度,\n健全机制");
        assert_eq!(table.text(&source.text, 1, 2), "=财政局");
        assert_eq!(table.text(&source.text, 9, 9), "");
    }

    #[test]
    fn columns_have_letters() {
        assert_eq!([0, 25, 26, 701, 702].map(letters), ["A", "Z", "AA", "ZZ", "AAA"].map(str::to_owned));
    }

    #[test]
    fn tabs_and_semicolons_separate_too() {
        let source = read_csv("a.csv", "序号;任务;牵头部门\n1;完善;财政局\n");
        let Some(Block::Table(table)) = source.blocks.first() else { panic!("no table") };
        assert_eq!(table.text(&source.text, 1, 2), "财政局");
    }
}
