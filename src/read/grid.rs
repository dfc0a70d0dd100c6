//! Workbooks cell by cell, also what is hidden: for ledgers that come back, whose cells are known by their headings.

use std::io::Cursor;

use calamine::{Data, Reader, Sheets, open_workbook_auto_from_rs};
use roxmltree::Document;

use super::container::Container;
use super::error::ReadError;
use super::guard::guarded;
use super::{encoding, workbook};
use crate::date::Date;

/// The name of the sheet by which a ledger that zeren wrote is known; it carries what reading it back needs.
pub const LEDGER_SHEET: &str = "zeren";

/// The first cell of that sheet.
pub const LEDGER_MARK: &str = "zeren-ledger";

/// A workbook, cell by cell.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Grid {
    /// Its sheets, in order.
    pub sheets: Vec<GridSheet>,
    /// Who saved it last; empty if it does not say.
    pub saved_by: String,
    /// When it was saved last.
    pub saved_on: Option<Date>,
}

/// A sheet, cell by cell.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct GridSheet {
    /// Its name.
    pub name: String,
    /// Its rows from the first of the sheet, each from the first column; dates as ISO 8601.
    pub rows: Vec<Vec<String>>,
}

/// Reads a workbook (XLSX or ODS) if it is a ledger that zeren wrote; none for other files.
///
/// # Errors
///
/// When it is one and cannot be read.
pub fn read_grid(bytes: &[u8]) -> Result<Option<Grid>, ReadError> {
    if !bytes.starts_with(b"PK\x03\x04") {
        return Ok(None);
    }
    guarded(|| read(bytes), |words| ReadError::Archive(words.to_owned()))
}

/// Reads separated values whose headings have a word, as one sheet; none for others.
pub fn read_grid_csv(name: &str, bytes: &[u8], heading: &str) -> Option<Grid> {
    let text = encoding::decode(bytes).ok()?.text;
    let text = text.strip_prefix('\u{feff}').unwrap_or(&text);
    if !text.lines().next()?.contains(heading) {
        return None;
    }
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(workbook::delimiter(text))
        .from_reader(text.as_bytes());
    let words = |cell: &str| bare(cell).to_owned();
    let rows = reader.records().filter_map(Result::ok).map(|row| row.iter().map(words).collect()).collect();
    Some(Grid { sheets: vec![GridSheet { name: name.to_owned(), rows }], ..Grid::default() })
}

/// A cell of separated values without the apostrophe that keeps spreadsheets from taking it for a formula.
pub fn bare(cell: &str) -> &str {
    cell.strip_prefix('\'').unwrap_or(cell)
}

/// Whether a workbook is a ledger that zeren wrote.
pub(super) fn is_ledger(container: &mut Container<'_>) -> bool {
    let sheet = format!("name=\"{LEDGER_SHEET}\"");
    let mut holds = |part: &str, words: &str| container.text(part).is_ok_and(|text| text.contains(words));
    // a workbook may keep words in the sheets themselves, which are many
    holds("xl/workbook.xml", &sheet) && holds("xl/sharedStrings.xml", LEDGER_MARK)
        || holds("content.xml", &sheet) && holds("content.xml", LEDGER_MARK)
}

fn read(bytes: &[u8]) -> Result<Option<Grid>, ReadError> {
    // other workbooks, which may be huge, are not unpacked
    let Ok(mut container) = Container::open(bytes) else { return Ok(None) };
    if !is_ledger(&mut container) {
        return Ok(None);
    }
    let mut book =
        open_workbook_auto_from_rs(Cursor::new(bytes)).map_err(|error| ReadError::Archive(error.to_string()))?;
    let names = book.sheet_names();
    if !matches!(book, Sheets::Xlsx(_) | Sheets::Ods(_)) || !names.iter().any(|name| name == LEDGER_SHEET) {
        return Ok(None);
    }
    let mut grid = Grid::default();
    for name in names {
        let range = book.worksheet_range(&name).map_err(|error| ReadError::Archive(error.to_string()))?;
        let (top, left) = range.start().map_or((0, 0), |(row, column)| (row as usize, column as usize));
        let mut rows: Vec<Vec<String>> = vec![Vec::new(); top];
        for row in range.rows() {
            let mut cells = vec![String::new(); left];
            cells.extend(row.iter().map(words));
            rows.push(cells);
        }
        grid.sheets.push(GridSheet { name, rows });
    }
    (grid.saved_by, grid.saved_on) = saved(&mut container);
    Ok(Some(grid))
}

/// The words of a cell; a day as ISO 8601.
fn words(cell: &Data) -> String {
    match cell {
        Data::String(words) => words.clone(),
        Data::DateTime(date) if !date.is_duration() => {
            let (year, month, day, ..) = date.to_ymd_hms_milli();
            format!("{year:04}-{month:02}-{day:02}")
        }
        Data::DateTimeIso(date) => date.get(..10).unwrap_or(date).to_owned(),
        Data::Empty | Data::Error(_) => String::new(),
        other => other.to_string(),
    }
}

/// Who saved a workbook last, and when: by the Open Packaging Conventions, or by OpenDocument.
fn saved(container: &mut Container<'_>) -> (String, Option<Date>) {
    let part = ["docProps/core.xml", "meta.xml"].into_iter().find(|part| container.has(part));
    let content = part.and_then(|part| container.text(part).ok()).unwrap_or_default();
    let Ok(content) = Document::parse(&content) else { return (String::new(), None) };
    let find = |names: &[&str]| {
        names.iter().find_map(|name| {
            let node = content.descendants().find(|node| node.is_element() && node.tag_name().name() == *name);
            node.and_then(|node| node.text()).map(|words| words.trim().to_owned())
        })
    };
    // in OpenDocument `creator` is who saved last
    let by = find(&["lastModifiedBy"]).or_else(|| find(&["creator"]).filter(|_| part == Some("meta.xml")));
    let on = find(&["modified", "date"]).and_then(|date| Date::parse_iso(date.get(..10)?));
    (by.unwrap_or_default(), on)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn other_files_are_no_grids() {
        assert_eq!(read_grid(b"PK\x03\x04 broken").unwrap(), None);
        assert_eq!(read_grid("一、任务".as_bytes()).unwrap(), None);
    }

    #[test]
    fn values_are_read_as_they_were_before_they_were_made_inert() {
        let grid = read_grid_csv("a.csv", "\u{feff}序号,任务,任务标识\n1,'=1+1\n2\n".as_bytes(), "任务标识").unwrap();
        assert_eq!(grid.sheets[0].rows[1], ["1", "=1+1"]);
        assert_eq!(grid.sheets[0].rows[2], ["2"]);
        assert_eq!(read_grid_csv("a.csv", "序号,任务\n1,甲\n".as_bytes(), "任务标识"), None);
    }
}
