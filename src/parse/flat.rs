//! Tables whose borders were lost: rows of cells between tabs or bars, cells on lines of their own, with or without a
//! tab or a bar, cells between blanks.

use super::align::{self, Edge, Piece, Row};
use super::column::{self, Column};
use super::fit;
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

/// How many lines a header may take up that has one name a line.
const HEADER_LINES: usize = 14;
/// How many columns a table has at most that has one cell a line.
const MOST_COLUMNS: usize = 40;
/// The longest name of a column that no list holds, in characters.
const LONGEST_NAME: usize = 14;
/// How many lines without a bar end a table of bars.
const LINES_WITHOUT_BAR: usize = 6;
/// How many lines one row of a table of bars may take up.
const LINES_OF_ROW: usize = 60;

/// Reads the table whose header begins at a line.
pub(super) fn read(text: &Text, lines: &[Span], first: usize) -> Option<FlatTable> {
    let words = text.slice(text.trim(*lines.get(first)?));
    if words.is_empty() || words.chars().count() > 300 {
        return None;
    }
    let separated = text.slice(*lines.get(first)?).contains(['\t', '|']);
    let by_mark = || cell_lines(text, lines, first).or_else(|| row_lines(text, lines, first));
    if separated && let Some(table) = by_mark() {
        return Some(table);
    }
    loose_lines(text, lines, first).or_else(|| {
        let blanks = words.chars().any(is_blank) && !separated;
        if blanks { between_blanks(text, lines, first) } else { None }
    })
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
        if !text.slice(line).contains(separator) {
            break;
        }
        if is_rule(line) {
            at += 1;
            continue;
        }
        let (row, end) = whole_row(text, lines, at, separator, closed, width);
        at = end;
        let cells = cells(text, row, separator);
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
    let barred = closed_line(text, lines, first)?.1;
    let (mut header, begin) = names(text, lines, first, barred)?;
    let mut columns = column::header(header.iter().map(|name| text.slice(*name)))?;
    let mut pieces: Vec<Piece> = Vec::new();
    let (mut at, mut without_bar, mut glued) = (begin, 0, false);
    while let Some((place, closed, behind)) = closed_line(text, lines, at) {
        if ends_table(text, lines, at, &header, barred) {
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

/// The names of columns, one a line, and the line behind them. A name may be broken into two.
fn names(text: &Text, lines: &[Span], first: usize, barred: bool) -> Option<(Vec<Span>, usize)> {
    let mut names: Vec<Span> = Vec::new();
    let mut known = 0;
    let mut behind = first;
    let mut at = first;
    while let Some((mut place, closed, next)) = closed_line(text, lines, at) {
        at = next;
        if barred != closed {
            break;
        }
        if text.slice(place).ends_with('|') {
            place = text.trim(Span::new(place.start, place.end - 1));
        }
        if place.len() > LONGEST_NAME + 10 {
            break;
        }
        let words = text.slice(place);
        let broken = names.last().map(|last: &Span| last.to(place)).filter(|whole| {
            !barred && place.len() <= 4 && column::is_listed(text.slice(*whole)) && whole.len() <= LONGEST_NAME
        });
        if let Some(whole) = broken {
            names.pop();
            names.push(whole);
            known = names.len();
            behind = at;
            continue;
        }
        let is_name = column::kind(words).is_some();
        let short = place.len() <= LONGEST_NAME && !words.contains(['。', '，', '|', '、']) && !fit::is_number(words);
        if !is_name && (!short || names.is_empty() || fit::bodies(words) == fit::Bodies::Surely)
            || names.len() >= HEADER_LINES
        {
            break;
        }
        // a table without numbers begins with words that may read like a name
        let twice = names.iter().any(|name| text.slice(*name) == words);
        if twice {
            break;
        }
        names.push(place);
        if is_name {
            known = names.len();
            behind = at;
        }
    }
    names.truncate(known);
    let listed = names.iter().filter(|name| column::is_listed(text.slice(**name))).count();
    (names.len() >= 3 && listed >= 2 || barred && names.len() >= 2).then_some((names, behind))
}

/// Whether what stands at a line belongs to no table before it: an annex, another header.
fn ends_table(text: &Text, lines: &[Span], at: usize, header: &[Span], barred: bool) -> bool {
    let Some(&line) = lines.get(at) else { return true };
    let words = text.slice(text.trim(line));
    if super::outline::ends_table(words) {
        return true;
    }
    let name = words.trim_end_matches(['|', ' ']);
    column::is_listed(name)
        && names(text, lines, at, barred).is_some_and(|(names, _)| {
            !is_same(text, &names, header) && column::header(names.iter().map(|name| text.slice(*name))).is_some()
        })
}

/// The line behind a header that is printed again.
fn repeated(text: &Text, lines: &[Span], at: usize, header: &[Span], barred: bool) -> Option<usize> {
    let first = text.slice(*header.first()?);
    let line = text.slice(text.trim(*lines.get(at)?));
    if line.trim_end_matches(['|', ' ']) != first {
        return None;
    }
    names(text, lines, at, barred).filter(|(names, _)| is_same(text, names, header)).map(|(_, behind)| behind)
}

fn is_same(text: &Text, one: &[Span], other: &[Span]) -> bool {
    let words = |span: &Span| text.slice(*span).chars().filter(|char| !is_blank(*char)).collect::<String>();
    one.len() == other.len() && one.iter().zip(other).all(|(one, other)| words(one) == words(other))
}

/// Cells between blanks, one row a line or more; blanks may stand within names too.
fn between_blanks(text: &Text, lines: &[Span], first: usize) -> Option<FlatTable> {
    let line = text.trim(*lines.get(first)?);
    let tokens = tokens(text, line);
    if tokens.len() < 3 {
        return None;
    }
    let header = joined_names(text, &tokens);
    // most lines with blanks are prose: their first words name no column
    column::kind(text.slice(*header.first()?))?;
    let columns = column::header(header.iter().map(|name| text.slice(*name)))?;
    let listed = header.iter().filter(|name| column::is_listed(text.slice(**name))).count();
    if header.len() < 3 || listed < 2 {
        return None;
    }
    let mut pieces: Vec<Piece> = Vec::new();
    for (at, &line) in lines.iter().enumerate().skip(first + 1) {
        let place = text.trim(line);
        if place.is_empty() {
            continue;
        }
        if super::outline::ends_table(text.slice(place)) || at > first + 1 && header_of_blanks(text, place) {
            break;
        }
        let edge = |at: usize| if at == 0 { Edge::Wrap } else { Edge::Blank };
        let tokens = self::tokens(text, place).into_iter().enumerate();
        pieces.extend(tokens.map(|(at, span)| Piece { span, edge: edge(at) }));
    }
    let (rows, used) = align::align(text, &pieces, &columns);
    let last = pieces.get(used.checked_sub(1)?)?.span;
    let mut grid = Filled::new(text, &columns, &header);
    grid.rows(&rows);
    let end = first + 1 + lines.iter().skip(first + 1).take_while(|line| line.start <= last.start).count();
    grid.finish(first, end).filter(|table| is_sound(&rows, &columns, table))
}

fn header_of_blanks(text: &Text, line: Span) -> bool {
    let tokens = tokens(text, line);
    tokens.len() >= 3 && column::header(joined_names(text, &tokens).iter().map(|name| text.slice(*name))).is_some()
}

/// The words of a line between blanks.
fn tokens(text: &Text, line: Span) -> Vec<Span> {
    let mut tokens = Vec::new();
    let mut start = line.start;
    for (offset, char) in text.slice(line).chars().enumerate() {
        let at = line.start + offset;
        if is_blank(char) {
            if at > start {
                tokens.push(Span::new(start, at));
            }
            start = at + 1;
        }
    }
    if line.end > start {
        tokens.push(Span::new(start, line.end));
    }
    tokens
}

/// Names of columns from words between blanks: 牵头  领导 is one name.
fn joined_names(text: &Text, tokens: &[Span]) -> Vec<Span> {
    let mut names: Vec<Span> = Vec::new();
    let mut at = 0;
    while let Some(&token) = tokens.get(at) {
        let next = tokens.get(at + 1).map(|next| token.to(*next));
        let whole = next.filter(|whole| {
            let second = tokens.get(at + 1).copied().unwrap_or_default();
            let halves = token.len() <= 4 && second.len() <= 5 && !column::is_own_name(text.slice(token));
            let words = text.slice(*whole);
            whole.len() <= 24 && (column::is_listed(words) || halves && column::kind(words).is_some())
        });
        at += if whole.is_some() { 2 } else { 1 };
        names.push(whole.unwrap_or(token));
    }
    names
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

/// A table that is filled row by row.
struct Filled<'t> {
    text: &'t Text,
    columns: &'t [Option<Column>],
    table: Table,
    row: usize,
    ragged: Vec<Span>,
    borrowed: Vec<usize>,
}

impl<'t> Filled<'t> {
    fn new(text: &'t Text, columns: &'t [Option<Column>], header: &[Span]) -> Self {
        let mut table = Table::default();
        for (column, &span) in header.iter().enumerate() {
            table.put(Cell { span, row: 0, column }, 1, 1);
        }
        Self { text, columns, table, row: 1, ragged: Vec::new(), borrowed: Vec::new() }
    }

    /// Adds a row whose cells stand in their columns.
    fn cells(&mut self, cells: &[Option<Span>]) {
        for (column, span) in cells.iter().enumerate() {
            if let Some(span) = *span {
                self.table.put(Cell { span: self.text.trim(span), row: self.row, column }, 1, 1);
            }
        }
        self.row += 1;
    }

    /// Adds a row that lacks cells: those that it has are put where they fit.
    fn shifted(&mut self, row: Span, cells: &[Span]) {
        let full: Vec<Span> = cells.iter().copied().filter(|cell| !cell.is_empty()).collect();
        let too_many = full.len() > self.columns.len();
        let edge = |at: usize| match at {
            0 => Edge::Row,
            _ if too_many => Edge::Line,
            _ => Edge::Cell,
        };
        let pieces: Vec<Piece> =
            full.iter().enumerate().map(|(at, span)| Piece { span: *span, edge: edge(at) }).collect();
        let (rows, used) = align::align(self.text, &pieces, self.columns);
        match rows.as_slice() {
            [only] if used == pieces.len() => self.rows(std::slice::from_ref(only)),
            _ => {
                self.ragged.push(row);
                let count = self.columns.len();
                self.cells(&cells.iter().take(count).map(|cell| Some(*cell)).collect::<Vec<_>>());
            }
        }
    }

    /// Adds rows as they were found. A row without bodies has those of the row above: the cell was one over both.
    fn rows(&mut self, rows: &[Row]) {
        for row in rows {
            match row {
                Row::Heading(span) => {
                    let cell = Cell { span: *span, row: self.row, column: 0 };
                    self.table.put(cell, 1, self.columns.len());
                    self.row += 1;
                }
                Row::Cells(cells) => {
                    let empty = |column: usize| cells.get(column).copied().flatten().is_none();
                    let of = |test: fn(Column) -> bool| -> Vec<usize> {
                        let columns = self.columns.iter().enumerate();
                        columns.filter(|(_, column)| column.is_some_and(test)).map(|(index, _)| index).collect()
                    };
                    let parties = of(|column| matches!(column, Column::Party(_) | Column::Department));
                    let words = of(|column| matches!(column, Column::Task | Column::Measure | Column::Duty));
                    let dates = of(|column| column == Column::Deadline);
                    let covered = !parties.is_empty()
                        && parties.iter().all(|column| empty(*column))
                        && !words.iter().all(|column| empty(*column));
                    self.cells(cells);
                    if covered {
                        let row = self.row - 1;
                        let dates = dates.iter().filter(|column| cells.get(**column).copied().flatten().is_none());
                        let mut any = false;
                        for &column in parties.iter().chain(dates) {
                            any |= self.cover(row, column);
                        }
                        if any {
                            self.borrowed.push(row);
                        }
                    }
                }
            }
        }
    }

    /// Lets the cell above cover a position too.
    fn cover(&mut self, row: usize, column: usize) -> bool {
        let above = row.checked_sub(1).filter(|above| *above > 0);
        let cell = above.and_then(|above| self.table.rows.get(above)?.get(column).copied().flatten());
        let wide = cell.is_some_and(|cell| {
            self.table.rows.get(row - 1).is_some_and(|row| row.iter().all(|slot| *slot == Some(cell)))
        });
        let Some(cell) = cell.filter(|_| !wide) else { return false };
        self.table.extend(cell, row, column, 1);
        true
    }

    fn finish(self, first: usize, end: usize) -> Option<FlatTable> {
        let Self { table, row, ragged, borrowed, .. } = self;
        (row > 1).then_some(FlatTable { table, first, end, ragged, columns: None, borrowed })
    }
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
