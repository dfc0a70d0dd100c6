//! Tables of tasks: which column holds what, and the rows below the header.

use super::column::{self, Column};
use super::fit::{self, Bodies};
use super::label;
use super::matrix::{self, Matrix};
use crate::read::Table;
use crate::span::{Span, Text};

/// A table whose columns are known.
#[derive(Clone, Debug)]
pub struct TaskTable {
    /// What each column holds.
    pub columns: Vec<Option<Column>>,
    /// The names of the columns, by place.
    pub names: Vec<Option<Span>>,
    /// The grid.
    pub table: Table,
    /// The rows that hold tasks or headings, from 0; header rows are left out.
    pub rows: Vec<usize>,
    /// Rows that have the bodies of the row above by a guess, where the borders of the table were lost.
    pub borrowed: Vec<usize>,
    /// The bodies that columns are named after, in a table of marks.
    pub matrix: Option<Matrix>,
    /// What says above the header whose tasks they all are, where no column is for bodies.
    pub holder: Option<Span>,
    /// The item of the outline that the table stands in.
    pub section: Option<usize>,
    /// Place of the whole table.
    pub span: Span,
}

/// What stands above the header of a table.
#[derive(Debug, Default)]
pub(super) struct Above {
    /// Cells that stand alone in their row.
    pub(super) lines: Vec<Span>,
    /// A name and its values.
    pub(super) pairs: Vec<(Span, Vec<Span>)>,
}

/// In how many of the first rows a header is looked for.
const HEADER_WITHIN: usize = 40;
/// In how many of the first rows a header is looked for that calls nothing a task.
const UNNAMED_WITHIN: usize = 6;
/// How long, in characters, words must be on the average to say what is to be done.
const SHORTEST_TASK: usize = 6;
/// How long goals must be on the average to be more than figures.
const SHORTEST_GOAL: usize = 14;

impl TaskTable {
    /// Finds the header; a table without one is given back. `line`: the one right above the table.
    pub(super) fn read(
        text: &Text,
        mut table: Table,
        section: Option<usize>,
        line: Option<Span>,
    ) -> Result<(Self, Above), Table> {
        let width = table.width();
        if let Some((first, columns, matrix)) = matrix::read(text, &table) {
            let above = above(text, &table, first, width);
            let names = (0..width).map(|column| table.cell(first, column).map(|cell| cell.span)).collect();
            let rows = (first + 1..table.rows.len()).collect();
            let span = span(&table);
            let matrix = Some(matrix);
            let borrowed = Vec::new();
            return Ok((Self { columns, names, table, rows, borrowed, matrix, holder: None, section, span }, above));
        }
        let plain = plain_header(text, &table, width);
        // 责任单位：甲局 below a header is none
        let is_above = |first: usize| plain.as_ref().is_none_or(|(plain, _)| first <= *plain);
        let of_bodies = header(text, &table, width).filter(|(first, _)| is_above(*first));
        let has_bodies = of_bodies.is_some();
        let Some((first, mut columns)) = of_bodies.or(plain) else { return Err(table) };
        let above = above(text, &table, first, width);
        let holder = above.lines.last().copied().or(line).filter(|line| !has_bodies && is_holder(text, *line, false));
        if !has_bodies && holder.is_none() && !names_bodies(text, &table, first, &columns) {
            return Err(table);
        }
        // a second header row says more of the columns that the first one spans
        let mut body = first + 1;
        while let Some(below) = has_bodies.then(|| second_header(text, &table, body, width)).flatten() {
            for (column, below) in columns.iter_mut().zip(below) {
                // 牵头单位及责任人 over 单位 and 责任人
                let is_body = matches!(column, Some(Column::Party(_))) && below == Some(Column::Department);
                *column = if is_body { *column } else { below.or(*column) };
            }
            body += 1;
        }
        let names = (0..width)
            .map(|column| table.cell(body - 1, column).or_else(|| table.cell(first, column)).map(|cell| cell.span))
            .collect();
        let rows = (body..table.rows.len())
            .filter(|row| {
                let empty = (0..width).all(|column| table.text(text, *row, column).is_empty());
                let repeats = has_bodies && is_header(text, &table, *row, width);
                !empty && !repeats && !is_same(text, &table, *row, first, width)
            })
            .collect();
        resolve_dittos(text, &mut table, body);
        let span = span(&table);
        let borrowed = Vec::new();
        Ok((Self { columns, names, table, rows, borrowed, matrix: None, holder, section, span }, above))
    }

    /// Reads a table without a header as the rest of the one before it; a table that is not is given back.
    pub(super) fn go_on(&self, text: &Text, mut table: Table) -> Result<Self, Table> {
        let is_party = |column: &Option<Column>| matches!(column, Some(Column::Party(_)));
        let parties: Vec<usize> =
            self.columns.iter().enumerate().filter(|(_, column)| is_party(column)).map(|(index, _)| index).collect();
        let words = |row: usize, column: usize| table.text(text, row, column);
        let all = table.rows.len();
        let bodies = |row: &usize| parties.iter().any(|column| fit::bodies(words(*row, *column)) > Bodies::No);
        let numbers = self.columns.iter().position(|column| *column == Some(Column::Sequence));
        let numbered = |row: &usize| {
            numbers.is_none_or(|column| words(*row, column).is_empty() || fit::is_number(words(*row, column)))
        };
        let fits = all > 0
            && !parties.is_empty()
            && table.width() == self.columns.len()
            && (0..all).filter(bodies).count() * 3 >= all * 2
            && (0..all).filter(numbered).count() * 3 >= all * 2;
        if !fits {
            return Err(table);
        }
        resolve_dittos(text, &mut table, 0);
        let span = span(&table);
        let rows = (0..table.rows.len()).collect();
        let (columns, names) = (self.columns.clone(), self.names.clone());
        let borrowed = Vec::new();
        Ok(Self { columns, names, table, rows, borrowed, matrix: None, holder: None, section: self.section, span })
    }

    /// The columns of a kind, from left to right.
    pub fn columns_of(&self, test: impl Fn(Column) -> bool) -> impl Iterator<Item = usize> {
        self.columns.iter().enumerate().filter(move |(_, column)| column.is_some_and(&test)).map(|(index, _)| index)
    }
}

/// The header of a table: its row and what its columns hold.
fn header(text: &Text, table: &Table, width: usize) -> Option<(usize, Vec<Option<Column>>)> {
    let rows = table.rows.len().min(HEADER_WITHIN);
    let read = |row: usize| column::header((0..width).map(|column| table.text(text, row, column)));
    let found = (0..rows).find_map(|row| read(row).map(|columns| (row, columns)));
    if let Some((row, mut columns)) = found {
        name_the_longest(text, table, row, &mut columns);
        return Some((row, columns));
    }
    // where bodies have a column and nothing is called a task, the longest words say what is to be done
    (0..rows.min(UNNAMED_WITHIN)).find_map(|row| {
        let names: Vec<&str> = (0..width).map(|column| table.text(text, row, column)).collect();
        let mut columns = column::parties(&names)?;
        let mean = |column: usize| mean_length(text, table, row, column);
        let free = |column: &usize| matches!(columns.get(*column), Some(None | Some(Column::Indicator)));
        let tasks = (0..width).filter(free).max_by_key(|column| (mean(*column), std::cmp::Reverse(*column)))?;
        if mean(tasks) < SHORTEST_TASK {
            return None;
        }
        *columns.get_mut(tasks)? = Some(Column::Task);
        Some((row, columns))
    })
}

/// The header of a table of which no column is for bodies.
fn plain_header(text: &Text, table: &Table, width: usize) -> Option<(usize, Vec<Option<Column>>)> {
    let read = |row: usize| column::plain_header((0..width).map(|column| table.text(text, row, column)));
    let (row, mut columns) = (0..table.rows.len().min(UNNAMED_WITHIN)).find_map(|row| Some((row, read(row)?)))?;
    name_the_longest(text, table, row, &mut columns);
    Some((row, columns))
}

/// Whether a line says whose tasks stand below it: 责任单位：市教育局; of rows also 一、市教育局（2项）.
pub(crate) fn is_holder(text: &Text, line: Span, in_row: bool) -> bool {
    let words = text.slice(line).trim();
    if let Some((label, names)) = words.split_once(['：', ':']) {
        return matches!(column::kind(label), Some(Column::Party(_))) && fit::bodies(names.trim()) > Bodies::No;
    }
    let bare = holder_name(text, line);
    in_row && fit::bodies(text.slice(bare)) == Bodies::Surely
}

/// The name in a row that says whose tasks stand below it, without its number and what stands in brackets behind it.
pub(crate) fn holder_name(text: &Text, line: Span) -> Span {
    let line = text.trim(line);
    let start = line.start + label::read(text.folded(line)).map_or(0, |label| label.length);
    let bracket = text.folded(Span::new(start, line.end)).iter().position(|char| *char == '(');
    text.trim(Span::new(start, bracket.map_or(line.end, |at| start + at)))
}

/// Whether rows of a table without columns of bodies name them: in rows of their own, or in brackets behind what is to
/// be done.
fn names_bodies(text: &Text, table: &Table, header: usize, columns: &[Option<Column>]) -> bool {
    let below = header + 1..table.rows.len();
    let alone = |row: usize| {
        let mut cells: Vec<Span> =
            (0..columns.len()).filter_map(|column| Some(table.cell(row, column)?.span)).collect();
        cells.retain(|cell| !text.trim(*cell).is_empty());
        cells.dedup();
        matches!(cells.as_slice(), [only] if is_holder(text, *only, true))
    };
    let in_brackets = |row: usize| {
        let tasks =
            columns.iter().enumerate().filter(|(_, column)| matches!(column, Some(Column::Task | Column::Measure)));
        tasks
            .filter_map(|(column, _)| table.cell(row, column))
            .any(|cell| has_bodies_in_brackets(text.slice(cell.span)))
    };
    below.clone().any(alone) || below.clone().filter(|row| in_brackets(*row)).count() * 2 > below.len()
}

/// Whether brackets in words hold bodies: 新增床位50张。（市卫生健康委牵头）.
fn has_bodies_in_brackets(words: &str) -> bool {
    let opens = words.match_indices(['（', '(']);
    opens.filter_map(|(at, open)| words.get(at + open.len()..)).any(|rest| {
        let close = rest.find(['）', ')']);
        close.and_then(|close| rest.get(..close)).is_some_and(|inner| fit::bodies(inner) == Bodies::Surely)
    })
}

/// How long the words of a column are on the average, in characters.
fn mean_length(text: &Text, table: &Table, header: usize, column: usize) -> usize {
    let below = header + 1..table.rows.len();
    let count = below.len().max(1);
    below.map(|row| table.text(text, row, column).chars().count()).sum::<usize>() / count
}

/// Where no column is called one of tasks, or a column before those of bodies has a name that nobody knows, the longest
/// words say what is to be done.
fn name_the_longest(text: &Text, table: &Table, header: usize, columns: &mut [Option<Column>]) {
    let is_words = |column: &Option<Column>| matches!(column, Some(Column::Task | Column::Measure | Column::Duty));
    let parties = columns.iter().position(|column| matches!(column, Some(Column::Party(_)))).unwrap_or(columns.len());
    let tasks = columns.iter().any(is_words);
    let goal = if tasks { Column::Measure } else { Column::Task };
    let measured = columns.iter().any(|column| matches!(column, Some(Column::Measure | Column::Duty)));
    let named = columns.iter().enumerate().filter(|(_, column)| is_words(column) || **column == Some(Column::Theme));
    let known = named.map(|(index, _)| mean_length(text, table, header, index)).max().unwrap_or_default();
    let mean = |column: usize| mean_length(text, table, header, column);
    // beside tasks of a few words, goals of many are the work itself
    let free = |at: usize| match columns.get(at) {
        Some(None) => true,
        Some(Some(Column::Indicator)) => !tasks || !measured && mean(at) >= SHORTEST_GOAL.max(2 * known),
        _ => false,
    };
    let longest = (0..parties).filter(|column| free(*column)).max_by_key(|column| mean(*column));
    // what is called a task is one, unless what nobody knows says more
    if let Some(longest) = longest.filter(|column| mean(*column) >= SHORTEST_TASK.max(known))
        && let Some(column) = columns.get_mut(longest)
    {
        *column = Some(goal);
    }
}

/// Whether a row has the words of another, blanks apart.
fn is_same(text: &Text, table: &Table, row: usize, other: usize, width: usize) -> bool {
    let chars = |row: usize, column: usize| table.text(text, row, column).chars().filter(|char| !char.is_whitespace());
    (0..width).all(|column| chars(row, column).eq(chars(other, column)))
}

/// A table cut in parts where a row below its header names other columns than the header does.
pub(super) fn parts(text: &Text, mut table: Table) -> Vec<Table> {
    let width = table.width();
    let mut parts = Vec::new();
    while let Some((first, _)) = header(text, &table, width) {
        let named = |row: usize| column::header((0..width).map(|column| table.text(text, row, column)));
        let Some(columns) = named(first) else { break };
        let is_other =
            |row: &usize| is_header(text, &table, *row, width) && named(*row).is_some_and(|other| other != columns);
        // names on two lines are one header
        let Some(row) = (first + 2..table.rows.len()).find(is_other) else { break };
        parts.push(table.part(0..row));
        table = table.part(row..table.rows.len());
    }
    parts.push(table);
    parts
}

/// Whether a row below a header is another one: the lists name its columns.
fn is_header(text: &Text, table: &Table, row: usize, width: usize) -> bool {
    let words = |column: usize| table.text(text, row, column);
    let filled = (0..width).filter(|column| !words(*column).is_empty()).count();
    let listed = (0..width).filter(|column| column::is_listed(words(*column))).count();
    listed * 3 >= filled * 2 && column::header((0..width).map(words)).is_some()
}

/// What stands above a header.
fn above(text: &Text, table: &Table, first: usize, width: usize) -> Above {
    let mut above = Above::default();
    let in_header = |index: usize| table.rows.get(first).is_some_and(|row| row.contains(&Some(index)));
    for row in 0..first {
        let mut cells: Vec<Span> = Vec::new();
        for column in 0..width {
            let slot = table.rows.get(row).and_then(|slots| slots.get(column).copied().flatten());
            if let Some(cell) = slot.filter(|index| !in_header(*index)).and_then(|index| table.cells.get(index)) {
                let span = text.trim(cell.span);
                if !span.is_empty() && !cells.contains(&span) {
                    cells.push(span);
                }
            }
        }
        match cells.as_slice() {
            [line] => above.lines.push(*line),
            [key, values @ ..] => above.pairs.push((*key, values.to_vec())),
            [] => {}
        }
    }
    above
}

/// Lets the cell above stand for those that say no more than 同上.
fn resolve_dittos(text: &Text, table: &mut Table, body: usize) {
    for row in body + 1..table.rows.len() {
        let width = table.rows.get(row).map_or(0, Vec::len);
        for column in 0..width {
            if column::is_ditto(table.text(text, row, column)) {
                let above = table.rows.get(row - 1).and_then(|slots| slots.get(column).copied().flatten());
                if let Some(slot) = table.rows.get_mut(row).and_then(|slots| slots.get_mut(column)) {
                    *slot = above;
                }
            }
        }
    }
}

fn span(table: &Table) -> Span {
    table.cells.iter().map(|cell| cell.span).reduce(Span::to).unwrap_or_default()
}

/// The longest name of a column in a second header row, in characters.
const LONGEST_NAME: usize = 15;

/// The columns of a row right below a header: every cell of it names a column and one names parties, or cells of the
/// header reach down into it.
fn second_header(text: &Text, table: &Table, row: usize, width: usize) -> Option<Vec<Option<Column>>> {
    let reaches = (0..width).any(|column| table.cell(row, column).is_some_and(|cell| cell.row < row));
    let own = |column: usize| table.cell(row, column).is_some_and(|cell| cell.row == row);
    let mut columns = Vec::new();
    for column in 0..width {
        let words = table.text(text, row, column);
        let kind = column::kind(words).filter(|_| own(column) || !reaches);
        let fits =
            kind.is_some() || words.is_empty() || reaches && (!own(column) || words.chars().count() <= LONGEST_NAME);
        if !fits {
            return None;
        }
        columns.push(kind);
    }
    let parties = columns.iter().flatten().any(|column| matches!(column, Column::Party(_)));
    // a row of data below a merged cell has bodies in it, or a number
    let data = (0..width).filter(|column| own(*column)).any(|column| {
        let words = table.text(text, row, column);
        fit::bodies(words) == Bodies::Surely || fit::is_number(words) && !words.is_empty()
    });
    (parties || reaches && !data && columns.iter().any(Option::is_some)).then_some(columns)
}
