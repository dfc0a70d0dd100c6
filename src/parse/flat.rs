//! Tables whose borders were lost: cells on lines of their own that begin with a tab, or rows of cells
//! between tabs or bars.

use super::column;
use crate::read::{Cell, Table};
use crate::span::{Span, Text};

/// A table found in lines, and the lines that it takes up: first, and behind the last.
pub(super) struct FlatTable {
    pub(super) table: Table,
    pub(super) first: usize,
    pub(super) end: usize,
    /// Rows whose cells do not fit the header, by place.
    pub(super) ragged: Vec<Span>,
}

/// Reads the table whose header begins at a line.
pub(super) fn read(text: &Text, lines: &[Span], first: usize) -> Option<FlatTable> {
    cell_lines(text, lines, first).or_else(|| row_lines(text, lines, first))
}

fn begins_cell(text: &Text, line: Span) -> bool {
    text.slice(line).starts_with('\t')
}

fn is_empty(text: &Text, line: Span) -> bool {
    text.trim(line).is_empty()
}

/// One cell a line; a line without a tab goes on with the cell before it.
fn cell_lines(text: &Text, lines: &[Span], first: usize) -> Option<FlatTable> {
    let names: Vec<Span> = lines
        .iter()
        .skip(first)
        .take_while(|line| begins_cell(text, **line) && !text.slice(**line).trim_start().contains('\t'))
        .copied()
        .collect();
    // an empty line ends the header; without one, as many lines as name columns do
    let known = names.iter().take_while(|line| column::kind(text.slice(**line)).is_some()).count();
    let width = if names.len() <= 12 && known + 1 >= names.len() { names.len() } else { known };
    column::header(names.iter().take(width).map(|line| text.slice(text.trim(*line))))?;
    let mut table = Table::default();
    let (mut count, mut at) = (0, first);
    let mut open: Option<Span> = None;
    let close = |open: &mut Option<Span>, table: &mut Table, count: &mut usize| {
        if let Some(span) = open.take() {
            table.put(Cell { span: text.trim(span), row: *count / width, column: *count % width }, 1, 1);
            *count += 1;
        }
    };
    while let Some(&line) = lines.get(at) {
        if begins_cell(text, line) {
            close(&mut open, &mut table, &mut count);
            open = Some(line);
        } else if !is_empty(text, line) {
            let row_is_full = count % width + 1 == width;
            if row_is_full && super::outline::opens_section(text.slice(text.trim(line))) {
                break;
            }
            open = open.map(|cell| cell.to(line));
        }
        at += 1;
    }
    close(&mut open, &mut table, &mut count);
    let mut ragged = Vec::new();
    if count % width != 0 {
        ragged.extend(table.cells.last().map(|cell| cell.span));
    }
    (count > width).then_some(FlatTable { table, first, end: at, ragged })
}

/// One row a line, cells between tabs or bars.
fn row_lines(text: &Text, lines: &[Span], first: usize) -> Option<FlatTable> {
    let line = *lines.get(first)?;
    let separator = ['|', '\t'].into_iter().find(|char| text.slice(line).trim().matches(*char).count() >= 2)?;
    let header = cells(text, line, separator);
    column::header(header.iter().map(|cell| text.slice(*cell)))?;
    let mut table = Table::default();
    let mut ragged = Vec::new();
    let (mut row, mut at) = (0, first);
    while let Some(&line) = lines.get(at) {
        let words = text.slice(line);
        if is_empty(text, line)
            && lines.get(at + 1).is_none_or(|next| is_empty(text, *next) || !text.slice(*next).contains(separator))
        {
            break;
        }
        let is_rule = words.chars().all(|char| matches!(char, '|' | '-' | ':' | ' ' | '\t' | '+'));
        if !is_rule {
            let cells = cells(text, line, separator);
            if cells.len() < 2 {
                break;
            }
            if cells.len() != header.len() {
                ragged.push(line);
            }
            for (column, &span) in cells.iter().enumerate() {
                table.put(Cell { span, row, column }, 1, 1);
            }
            row += 1;
        }
        at += 1;
    }
    (row > 1).then_some(FlatTable { table, first, end: at, ragged })
}

fn cells(text: &Text, line: Span, separator: char) -> Vec<Span> {
    let line = if separator == '|' { text.trim(line) } else { line };
    let mut cells = Vec::new();
    let mut start = line.start;
    let words = text.slice(line);
    let (mut opens, mut last) = (true, ' ');
    for (offset, char) in words.chars().enumerate() {
        if char == separator {
            // a bar at the very beginning opens the row
            if !(opens && separator == '|') {
                cells.push(text.trim(Span::new(start, line.start + offset)));
            }
            start = line.start + offset + 1;
        }
        opens = false;
        last = char;
    }
    if !(last == separator && separator == '|') {
        cells.push(text.trim(Span::new(start, line.end)));
    }
    cells
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(words: &str) -> Vec<Vec<String>> {
        let text = Text::new(words);
        let lines: Vec<Span> = text.lines().collect();
        let flat = read(&text, &lines, 0).unwrap();
        assert_eq!(flat.ragged, []);
        let width = flat.table.width();
        (0..flat.table.rows.len())
            .map(|row| (0..width).map(|column| flat.table.text(&text, row, column).to_owned()).collect())
            .collect()
    }

    #[test]
    fn cells_on_lines_of_their_own() {
        assert_eq!(
            table("\t序号\n\t重点任务\n\t牵头部门\n\n\t1\n\t甲\n\n\t卫健局\n\n医保局\n\n\t\n\t乙\n\t\n"),
            [["序号", "重点任务", "牵头部门"], ["1", "甲", "卫健局\n\n医保局"], ["", "乙", ""]]
        );
    }

    #[test]
    fn rows_between_tabs_and_bars() {
        let expected = [["序号", "重点任务", "牵头部门"], ["1", "甲", "卫健局"]];
        assert_eq!(table("序号\t重点任务\t牵头部门\n1\t甲\t卫健局\n"), expected);
        assert_eq!(table("| 序号 | 重点任务 | 牵头部门 |\n|---|---|---|\n| 1 | 甲 | 卫健局 |\n\n正文"), expected);
    }
}
