//! Workbooks and values between commas.

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, FormatAlign, Workbook};

use super::super::SynthError;
use super::super::layout::{Block, Cell, Page};

/// The rows of a page: a line is one cell.
fn rows(page: &Page) -> Vec<Vec<Cell>> {
    let mut rows = Vec::new();
    for block in &page.blocks {
        match block {
            Block::Title(words) | Block::Centre(words) | Block::Line(words) | Block::Right(words) => {
                rows.push(vec![Cell::one(words.as_str())]);
            }
            Block::Table(table) => rows.extend(table.iter().cloned()),
        }
    }
    rows
}

/// Values between commas; covered cells are empty, short rows are filled up.
pub(super) fn csv(page: &Page) -> String {
    let rows = rows(page);
    let width = rows.iter().map(Vec::len).max().unwrap_or(0);
    let mut out = String::new();
    for row in rows {
        for index in 0..width {
            if index > 0 {
                out.push(',');
            }
            let Some(Cell::Words(words, ..)) = row.get(index) else { continue };
            if words.contains([',', '"', '\n', '\r']) {
                out.push('"');
                out.push_str(&words.replace('"', "\"\""));
                out.push('"');
            } else {
                out.push_str(words);
            }
        }
        out.push_str("\r\n");
    }
    out
}

/// A workbook of one sheet, whose merged cells are merged.
pub(super) fn xlsx(page: &Page) -> Result<Vec<u8>, SynthError> {
    let rows = rows(page);
    let mut workbook = Workbook::new();
    // a day of its own, so that the same page gives the same bytes
    let made = ExcelDateTime::from_ymd(2000, 1, 1)?;
    workbook.set_properties(&DocProperties::new().set_creation_datetime(&made));
    let sheet = workbook.add_worksheet();
    let plain = Format::new().set_align(FormatAlign::VerticalCenter).set_text_wrap();
    let short = |value: usize| u16::try_from(value).unwrap_or(u16::MAX);
    let long = |value: usize| u32::try_from(value).unwrap_or(u32::MAX);
    for (at, row) in rows.iter().enumerate() {
        for (column, cell) in row.iter().enumerate() {
            let Cell::Words(words, tall, wide) = cell else { continue };
            if *tall > 1 || *wide > 1 {
                let (last_row, last_column) = (long(at + tall - 1), short(column + wide - 1));
                sheet.merge_range(long(at), short(column), last_row, last_column, words, &plain)?;
            } else {
                sheet.write_string_with_format(long(at), short(column), words, &plain)?;
            }
        }
    }
    Ok(workbook.save_to_buffer()?)
}
