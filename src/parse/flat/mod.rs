//! Tables whose borders were lost: rows of cells between tabs or bars, cells on lines of their own, with or without a
//! tab or a bar, cells between blanks.

mod blanks;
mod filled;
mod header;

use self::blanks::between_blanks;
use self::filled::Filled;
use self::header::{LONGEST_NAMED_LINE, ends_table, names, repeated, signs};
use super::align::{self, Edge, Piece, Row};
use super::column::{self, Column};
use super::fit;
use super::head;
use crate::read::{Cell, Table};
use crate::span::{Span, Text, is_blank};

/// A table found in lines, and the lines that it takes up: first, and behind the last.
pub(super) struct FlatTable {
    pub(super) table: Table,
    pub(super) first: usize,
    pub(super) end: usize,
    /// Rows whose cells do not fit the header, by place.
    pub(super) ragged: Vec<Span>,
    /// What the columns hold, where that was found out and not by their names alone.
    pub(super) columns: Option<Vec<Option<Column>>>,
    /// Rows that took cells from the row above by a guess: they have fewer cells than the table has columns.
    pub(super) borrowed: Vec<usize>,
}

/// How many columns a table has at most that has one cell a line.
const MOST_COLUMNS: usize = 40;
/// How many lines without a bar end a table of bars.
const LINES_WITHOUT_BAR: usize = 6;
/// How many lines one row of a table of bars may take up.
const LINES_OF_ROW: usize = 60;

/// Reads the table whose header begins at a line.
pub(super) fn read(text: &Text, lines: &[Span], first: usize) -> Option<FlatTable> {
    let line = *lines.get(first)?;
    let words = text.trim(line);
    if words.is_empty() || words.len() > 300 {
        return None;
    }
    let marked = text.folded(line).iter().any(|char| matches!(char, '\t' | '|'));
    let separated = marked && text.slice(line).contains(['\t', '|']);
    let blanks = !separated && text.folded(words).iter().any(|char| is_blank(*char));
    let by_mark = || cell_lines(text, lines, first).or_else(|| row_lines(text, lines, first));
    if separated && let Some(table) = by_mark() {
        return Some(table);
    }
    loose_lines(text, lines, first).or_else(|| if blanks { between_blanks(text, lines, first) } else { None })
}

fn begins_cell(text: &Text, line: Span) -> bool {
    text.slice(line).starts_with('\t')
}

fn is_empty(text: &Text, line: Span) -> bool {
    text.trim(line).is_empty()
}

/// One cell a line, behind a tab; a line without a tab goes on with the cell before it.
fn cell_lines(text: &Text, lines: &[Span], first: usize) -> Option<FlatTable> {
    let names: Vec<Span> = lines
        .iter()
        .skip(first)
        .take_while(|line| begins_cell(text, **line) && !text.slice(**line).trim_start().contains('\t'))
        .take(MOST_COLUMNS)
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
            if row_is_full && crate::parse::outline::opens_section(text.slice(text.trim(line))) {
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
    (count > width).then_some(FlatTable { table, first, end: at, ragged, columns: None, borrowed: Vec::new() })
}

/// One row a line, cells between tabs or bars.
fn row_lines(text: &Text, lines: &[Span], first: usize) -> Option<FlatTable> {
    let line = *lines.get(first)?;
    let separator = ['|', '\t'].into_iter().find(|char| text.slice(line).trim().contains(*char))?;
    let header = without_empty_end(text, cells(text, line, separator));
    let columns = column::header(header.iter().map(|cell| text.slice(*cell)))?;
    let width = header.len();
    let closed = separator == '|' && text.slice(text.trim(line)).ends_with('|');
    let opened = text.slice(text.trim(line)).starts_with('|');
    // written by hand, with a rule below the header: then an empty cell is written too
    let is_rule = |line: Span| {
        let words = text.slice(line);
        words.contains('-') && words.chars().all(|char| matches!(char, '|' | '-' | ':' | ' ' | '\t' | '+'))
    };
    let ruled = lines.get(first + 1).is_some_and(|line| is_rule(*line));
    let mut grid = Filled::new(text, &columns, &header);
    let mut at = first + 1;
    while let Some(&line) = lines.get(at) {
        if is_empty(text, line) {
            let next = lines.iter().skip(at + 1).find(|next| !is_empty(text, **next));
            if next.is_none_or(|next| !text.slice(*next).contains(separator)) {
                break;
            }
            at += 1;
            continue;
        }
        if !text.slice(line).contains(separator) || head::begins_metadata(text, line, separator) {
            break;
        }
        if is_rule(line) {
            at += 1;
            continue;
        }
        let (row, end) = whole_row(text, lines, at, separator, closed, width);
        at = end;
        let mut cells = cells(text, row, separator);
        // the first cell is merged into the one above
        if separator == '|' && !opened && text.slice(text.trim(row)).starts_with('|') {
            cells.insert(0, Span::new(row.start, row.start));
        }
        let filled = cells.iter().filter(|cell| !cell.is_empty()).count();
        if filled == 0 {
            continue;
        }
        let shifted = closed && !ruled && is_padded(&cells);
        if cells.len() == width && !shifted {
            grid.cells(&cells.iter().map(|cell| Some(*cell).filter(|cell| !cell.is_empty())).collect::<Vec<_>>());
        } else if filled == 1 && cells.len() <= 2 && separator == '\t' {
            break;
        } else {
            grid.shifted(row, &cells);
        }
    }
    grid.finish(first, at)
}

/// Whether empty cells stand at the end of a row and nowhere else: scrapers drop those that others cover and fill up.
fn is_padded(cells: &[Span]) -> bool {
    let empty = cells.iter().rev().take_while(|cell| cell.is_empty()).count();
    empty > 0 && cells.iter().rev().skip(empty).all(|cell| !cell.is_empty())
}

fn without_empty_end(text: &Text, mut cells: Vec<Span>) -> Vec<Span> {
    while cells.last().is_some_and(|cell| text.trim(*cell).is_empty()) {
        cells.pop();
    }
    cells
}

/// The lines of one row, as one place, and the line behind them: a cell may hold line breaks.
fn whole_row(text: &Text, lines: &[Span], at: usize, separator: char, closed: bool, width: usize) -> (Span, usize) {
    let mut row = lines.get(at).copied().unwrap_or_default();
    let mut end = at + 1;
    while end < at + LINES_OF_ROW {
        let words = text.slice(text.trim(row));
        let done = if closed { words.ends_with(separator) } else { cells(text, row, separator).len() >= width };
        let Some(&next) = lines.get(end).filter(|_| !done) else { break };
        let next_words = text.slice(next);
        let begins = next_words.split(separator).next().is_some_and(|cell| fit::is_number(cell.trim_matches(is_blank)));
        let more = next_words.matches(separator).count();
        let joined = cells(text, row.to(next), separator).len();
        if is_empty(text, next) || !closed && (more == 0 && end > at + 8 || begins && more > 0 || joined > width) {
            break;
        }
        if more == 0 && !closed && !lines.iter().skip(end).take(8).any(|line| text.slice(*line).contains(separator)) {
            break;
        }
        row = row.to(next);
        end += 1;
    }
    (row, end)
}

/// One cell a line: behind each a bar, or nothing; the bar may stand on a line of its own.
fn loose_lines(text: &Text, lines: &[Span], first: usize) -> Option<FlatTable> {
    if text.trim(*lines.get(first)?).len() > LONGEST_NAMED_LINE {
        return None;
    }
    let barred = closed_line(text, lines, first)?.1;
    let (mut header, begin) = names(text, lines, first, barred)?;
    let mut columns = column::header(header.iter().map(|name| text.slice(*name)))?;
    let mut pieces: Vec<Piece> = Vec::new();
    let (mut at, mut without_bar, mut glued) = (begin, 0, false);
    while let Some((place, closed, behind)) = closed_line(text, lines, at) {
        if ends_table(text, lines, at, &header, &columns, barred) {
            break;
        }
        if let Some(behind) = repeated(text, lines, at, &header, barred) {
            at = behind;
            continue;
        }
        at = behind;
        if !barred {
            pieces.push(Piece { span: place, edge: Edge::Line });
            continue;
        }
        without_bar = if closed { 0 } else { without_bar + 1 };
        if without_bar > LINES_WITHOUT_BAR {
            break;
        }
        for (index, cell) in cells(text, place, '|').into_iter().enumerate() {
            let cell = text.trim(cell);
            match pieces.last_mut().filter(|_| glued && index == 0) {
                Some(last) => last.span = last.span.to(cell),
                None if cell.is_empty() => {}
                None => pieces.push(Piece { span: cell, edge: Edge::Loose }),
            }
        }
        glued = !closed;
    }
    if let Some(numbers) = align::unnamed_numbers(text, &pieces, &columns) {
        columns.insert(numbers, Some(Column::Sequence));
        let place = header.get(numbers).or(header.last()).copied().unwrap_or_default();
        header.insert(numbers, Span::new(place.start, place.start));
    }
    let (rows, used) = align::align(text, &pieces, &columns);
    let last = pieces.get(used.checked_sub(1)?)?.span;
    let mut grid = Filled::new(text, &columns, &header);
    grid.rows(&rows);
    let end = begin + lines.iter().skip(begin).take_while(|line| line.start < last.end).count();
    let end =
        closed_line(text, lines, end).filter(|(place, ..)| text.slice(*place) == "|").map_or(end, |found| found.2);
    let mut found = grid.finish(first, end).filter(|table| is_sound(&rows, &columns, table))?;
    found.columns = Some(columns);
    Some(found)
}

/// The words of the next line that has some, whether a bar closes them, and the line behind.
fn closed_line(text: &Text, lines: &[Span], at: usize) -> Option<(Span, bool, usize)> {
    let filled = |from: usize| lines.iter().enumerate().skip(from).find(|(_, line)| !is_empty(text, **line));
    let (at, line) = filled(at)?;
    let place = text.trim(*line);
    if text.slice(place).ends_with('|') {
        return Some((place, true, at + 1));
    }
    Some(match filled(at + 1).filter(|(_, next)| text.slice(text.trim(**next)) == "|") {
        Some((bar, _)) => (place, true, bar + 1),
        None => (place, false, at + 1),
    })
}

/// Whether rows that were found by what fits are enough to believe in: most have bodies, and what these are to do.
fn is_sound(rows: &[Row], columns: &[Option<Column>], table: &FlatTable) -> bool {
    let has = |cells: &[Option<Span>], test: fn(Column) -> bool| {
        cells.iter().zip(columns).any(|(cell, column)| cell.is_some() && column.is_some_and(test))
    };
    let cells =
        || rows.iter().filter_map(|row| if let Row::Cells(cells) = row { Some(cells.as_slice()) } else { None });
    let parties = cells().filter(|cells| has(cells, |column| matches!(column, Column::Party(_) | Column::Department)));
    let words = cells().filter(|cells| {
        has(cells, |column| matches!(column, Column::Task | Column::Measure | Column::Duty | Column::Theme))
    });
    let all = cells().count();
    table.table.rows.len() > 1 && parties.count() * 3 >= all && words.count() * 2 >= all
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
        assert_eq!(table("序号 |\n重点任务 |\n牵头部门 |\n1 |\n甲 |\n卫健局 |\n"), expected);
    }

    #[test]
    fn rows_that_lack_cells_are_put_where_they_fit() {
        assert_eq!(
            table(
                "序号 | 重点任务 | 具体举措 | 牵头单位 | 完成时限 |\n1 | 医改 | 推进药品集中采购工作。 | 市医保局 | 2024年底 |\n\
                 2 | 完善分级诊疗制度，建设医联体。 | 市卫生健康委\n市财政局 | 持续推进 | |\n"
            )[2],
            ["2", "", "完善分级诊疗制度，建设医联体。", "市卫生健康委\n市财政局", "持续推进"]
        );
    }

    #[test]
    fn cells_between_blanks() {
        assert_eq!(
            table(
                "序号 重点任务 牵头  领导 牵头   单位 配合单位\n1 健全财政管理制度。 张 山 县卫健委 各乡镇\n县开发区\n2 新增阅览室4个以上。 李思 县财政局 有关乡镇\n"
            ),
            [
                ["序号", "重点任务", "牵头  领导", "牵头   单位", "配合单位"],
                ["1", "健全财政管理制度。", "张 山", "县卫健委", "各乡镇\n县开发区"],
                ["2", "新增阅览室4个以上。", "李思", "县财政局", "有关乡镇"],
            ]
        );
    }
}
