//! OpenDocument workbooks: cells as shown, merged ranges, several sheets.

use roxmltree::{Document, Node};

use super::container::Container;
use super::docx::attribute;
use super::error::ReadError;
use super::sheet::Sheet;

/// The most times that a row or cell with words is taken to be repeated; more is formatting.
const MOST_REPEATED: usize = 64;

/// Reads the sheets of a workbook.
pub(super) fn sheets(container: &mut Container) -> Result<Vec<Sheet>, ReadError> {
    if container.text("META-INF/manifest.xml").is_ok_and(|manifest| manifest.contains("encryption-data")) {
        return Err(ReadError::Encrypted);
    }
    let content = container.text("content.xml")?;
    let content = Document::parse(&content).map_err(ReadError::Xml)?;
    let tables = content.descendants().filter(|node| is(*node, "table"));
    // a table within a cell is none of the sheets
    let outer = tables.filter(|table| table.parent().is_some_and(|parent| is(parent, "spreadsheet")));
    Ok(outer.map(read).collect())
}

fn read(table: Node<'_, '_>) -> Sheet {
    let mut sheet = Sheet::new(attribute(table, "name").unwrap_or_default());
    let mut at = 0_usize;
    let hidden = hidden_columns(table);
    let mut open: Vec<Node<'_, '_>> = vec![table];
    while let Some(node) = open.pop() {
        if is(node, "table-row") {
            let times = repeated(node, "number-rows-repeated");
            let filled = row(&mut sheet, node, at, &hidden);
            for again in 1..if filled { times.min(MOST_REPEATED) } else { 1 } {
                row(&mut sheet, node, at + again, &hidden);
            }
            at = at.saturating_add(times);
        } else if node == table
            || is(node, "table-rows")
            || is(node, "table-header-rows")
            || is(node, "table-row-group")
        {
            open.extend(node.children().filter(Node::is_element).rev());
        }
    }
    sheet
}

/// The columns that are not shown: first, and behind the last.
fn hidden_columns(table: Node<'_, '_>) -> Vec<(usize, usize)> {
    let mut hidden = Vec::new();
    let mut at = 0_usize;
    for column in table.descendants().filter(|node| is(*node, "table-column")) {
        let end = at.saturating_add(repeated(column, "number-columns-repeated"));
        if is_collapsed(column) {
            hidden.push((at, end));
        }
        at = end;
    }
    hidden
}

/// Whether a row or column is hidden, and not only by a filter.
fn is_collapsed(node: Node<'_, '_>) -> bool {
    attribute(node, "visibility") == Some("collapse")
}

/// Reads a row; whether any cell has words.
fn row(sheet: &mut Sheet, row: Node<'_, '_>, at: usize, hidden: &[(usize, usize)]) -> bool {
    let mut column = 0_usize;
    let mut filled = false;
    for cell in row.children().filter(|cell| is(*cell, "table-cell") || is(*cell, "covered-table-cell")) {
        let times = repeated(cell, "number-columns-repeated");
        let words = if is(cell, "table-cell") { value(cell) } else { String::new() };
        if !words.is_empty() {
            filled = true;
            for again in 0..times.min(MOST_REPEATED) {
                let place = column.saturating_add(again);
                if is_collapsed(row) || hidden.iter().any(|(from, to)| (*from..*to).contains(&place)) {
                    sheet.hide(&words);
                } else {
                    sheet.put(at, place, words.clone());
                }
            }
        }
        let (rows, columns) = (repeated(cell, "number-rows-spanned"), repeated(cell, "number-columns-spanned"));
        if rows > 1 || columns > 1 {
            sheet.merge((at, column), (at.saturating_add(rows - 1), column.saturating_add(columns - 1)));
        }
        column = column.saturating_add(times);
    }
    filled
}

/// What a cell shows, its paragraphs on lines of their own; dates as words.
fn value(cell: Node<'_, '_>) -> String {
    if attribute(cell, "value-type") == Some("date")
        && let Some(date) = attribute(cell, "date-value")
    {
        return super::sheet::iso_date(date);
    }
    let lines = cell.children().filter(|line| is(*line, "p") || is(*line, "h")).map(|line| {
        let mut words = String::new();
        for node in line.descendants() {
            if is(node, "s") {
                let blanks = attribute(node, "c").and_then(|count| count.parse::<usize>().ok()).unwrap_or(1);
                words.extend(std::iter::repeat_n(' ', blanks.min(MOST_REPEATED)));
            } else if is(node, "line-break") {
                words.push('\n');
            } else if node.is_text() {
                let note = node.ancestors().take_while(|above| *above != line).any(|above| is(above, "annotation"));
                words.push_str(node.text().filter(|_| !note).unwrap_or_default());
            }
        }
        words
    });
    lines.collect::<Vec<_>>().join("\n")
}

fn repeated(node: Node<'_, '_>, name: &str) -> usize {
    attribute(node, name).and_then(|count| count.parse::<usize>().ok()).unwrap_or(1).max(1)
}

fn is(node: Node<'_, '_>, name: &str) -> bool {
    node.is_element() && node.tag_name().name() == name
}
