//! Ledgers: workbooks with merged cells and several sheets, and comma- or tab-separated values.

use std::io::Cursor;

use calamine::{Data, Reader, Xls, open_workbook_from_rs};

use super::container::Container as Zip;
use super::error::{Container, ReadError};
use super::guard::guarded;
use super::sheet::{self, Sheet};
use super::table::{Cell, Table};
use super::writer::Writer;
use super::{Format, Source, grid, ods, xlsx};
use crate::diagnostic::{Code, Finding};

/// Reads a workbook in a zip container: XLSX or ODS.
pub(super) fn read_zipped(name: &str, container: &mut Zip, form: Format) -> Result<Source, ReadError> {
    if grid::is_ledger(container) {
        return Err(ReadError::Ledger);
    }
    let sheets = if form == Format::Ods { ods::sheets(container)? } else { xlsx::sheets(container)? };
    Ok(write(name, form, &sheets))
}

/// Reads a workbook of the old Office.
pub(super) fn read_xls(name: &str, bytes: &[u8]) -> Result<Source, ReadError> {
    let sheets = guarded(|| xls_sheets(bytes), |words| ReadError::Archive(words.to_owned()))?;
    Ok(write(name, Format::Xls, &sheets))
}

fn xls_sheets(bytes: &[u8]) -> Result<Vec<Sheet>, ReadError> {
    let mut book: Xls<_> =
        open_workbook_from_rs(Cursor::new(bytes)).map_err(|error: calamine::XlsError| match error {
            calamine::XlsError::Password => ReadError::Encrypted,
            _ => ReadError::Container(Container::Ole),
        })?;
    let names = book.sheet_names();
    let mark = names.iter().find(|name| *name == grid::LEDGER_SHEET).and_then(|name| book.worksheet_range(name).ok());
    if mark.is_some_and(|range| range.get_value((0, 0)).is_some_and(|cell| shown(cell) == grid::LEDGER_MARK)) {
        return Err(ReadError::OldLedger);
    }
    let mut sheets = Vec::new();
    for name in names {
        let range = book.worksheet_range(&name).map_err(|error| ReadError::Archive(error.to_string()))?;
        let (top, left) = range.start().map_or((0, 0), |(row, column)| (row as usize, column as usize));
        let mut sheet = Sheet::new(&name);
        for (row, column, value) in range.used_cells() {
            sheet.put(top + row, left + column, shown(value));
        }
        for merged in book.merge_cells_by_sheet_name(&name).unwrap_or_default() {
            let place = |(row, column): (u32, u32)| (row as usize, column as usize);
            sheet.merge(place(merged.start), place(merged.end));
        }
        sheets.push(sheet);
    }
    Ok(sheets)
}

fn write(name: &str, form: Format, sheets: &[Sheet]) -> Source {
    let mut out = Writer::default();
    let findings: Vec<Finding> = sheets.iter().flat_map(|sheet| sheet.write(&mut out)).collect();
    let mut source = out.into_source(name, form);
    source.findings = findings;
    source
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
        Data::DateTimeIso(date) => sheet::iso_date(date),
        Data::Empty | Data::Error(_) => String::new(),
        other => other.to_string(),
    }
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
            let value = grid::bare(value);
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
pub(super) fn delimiter(content: &str) -> u8 {
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
    fn tabs_and_semicolons_separate_too() {
        let source = read_csv("a.csv", "序号;任务;牵头部门\n1;完善;财政局\n");
        let Some(Block::Table(table)) = source.blocks.first() else { panic!("no table") };
        assert_eq!(table.text(&source.text, 1, 2), "财政局");
    }
}
