//! Workbooks cell by cell, also what is hidden: for ledgers that come back, whose cells are known by their headings.

use std::io::Cursor;

use calamine::{Data, Reader, Sheets, open_workbook_auto_from_rs};
use roxmltree::Document;

use super::container::Container;
use super::error::ReadError;
use super::guard::guarded;
use crate::date::Date;

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

/// Reads a workbook (XLSX or ODS) if it has a sheet of a name; none for other files.
///
/// # Errors
///
/// When it has such a sheet and cannot be read.
pub fn read_grid(bytes: &[u8], with_sheet: &str) -> Result<Option<Grid>, ReadError> {
    if !bytes.starts_with(b"PK\x03\x04") {
        return Ok(None);
    }
    guarded(|| read(bytes, with_sheet), |words| ReadError::Archive(words.to_owned()))
}

/// Reads separated values of a ledger as the one sheet of a grid.
pub fn read_grid_csv(name: &str, content: &str) -> Grid {
    let content = content.strip_prefix('\u{feff}').unwrap_or(content);
    let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(content.as_bytes());
    // a leading apostrophe keeps spreadsheets from reading a cell as a formula
    let bare = |cell: &str| cell.strip_prefix('\'').unwrap_or(cell).to_owned();
    let rows = reader.records().filter_map(Result::ok).map(|row| row.iter().map(bare).collect()).collect();
    Grid { sheets: vec![GridSheet { name: name.to_owned(), rows }], ..Grid::default() }
}

fn read(bytes: &[u8], with_sheet: &str) -> Result<Option<Grid>, ReadError> {
    // other workbooks, which may be huge, are not unpacked
    let Ok(mut container) = Container::open(bytes) else { return Ok(None) };
    let list = ["xl/workbook.xml", "content.xml"].into_iter().find_map(|part| container.text(part).ok());
    if !list.is_some_and(|list| list.contains(&format!("name=\"{with_sheet}\""))) {
        return Ok(None);
    }
    let mut book =
        open_workbook_auto_from_rs(Cursor::new(bytes)).map_err(|error| ReadError::Archive(error.to_string()))?;
    let names = book.sheet_names();
    if !matches!(book, Sheets::Xlsx(_) | Sheets::Ods(_)) || !names.iter().any(|name| name == with_sheet) {
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
        assert_eq!(read_grid(b"PK\x03\x04 broken", "zeren").unwrap(), None);
        assert_eq!(read_grid("一、任务".as_bytes(), "zeren").unwrap(), None);
    }

    #[test]
    fn cells_made_inert_are_read_as_they_were() {
        let grid = read_grid_csv("a.csv", "\u{feff}序号,任务\n1,'=1+1\n2\n");
        assert_eq!(grid.sheets[0].rows[1], ["1", "=1+1"]);
        assert_eq!(grid.sheets[0].rows[2], ["2"]);
    }
}
