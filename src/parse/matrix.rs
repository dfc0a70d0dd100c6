//! Tables with a column for each body and marks in their cells: ▲ for who leads, △ for who supports.

use std::sync::LazyLock;

use super::column::{self, Column, PartyColumn};
use super::fit::{self, Bodies};
use crate::knowledge::{CharSet, ColumnParts, Knowledge};
use crate::read::Table;
use crate::span::{Span, Text, fold, is_blank};

/// In how many of the first rows the names of the bodies are looked for.
const HEADER_WITHIN: usize = 6;
/// The longest cell in characters that says what a body does: 共同牵头.
const LONGEST_SIGN: usize = 4;
/// How far from a mark, in characters, a legend says what it means.
const NEAR: usize = 8;
/// How many marks outside of the table are looked at for a legend.
const MOST_MARKS: usize = 2000;

/// The bodies that columns are named after, and what the signs below them mean.
#[derive(Clone, Debug)]
pub struct Matrix {
    /// Columns with the places of their names.
    pub bodies: Vec<(usize, Span)>,
    /// What each sign means.
    meanings: Vec<(String, PartyColumn)>,
}

impl Matrix {
    /// All parts that bodies may have.
    pub fn parts(&self) -> impl Iterator<Item = PartyColumn> {
        self.meanings.iter().map(|(_, part)| *part)
    }

    /// What a cell says that the body of its column does.
    pub fn part(&self, cell: &str) -> Option<PartyColumn> {
        let sign = plain(cell);
        self.meanings.iter().find(|(known, _)| *known == sign).map(|(_, part)| *part)
    }
}

/// The header row of a matrix, what its other columns hold, and what its signs mean; nothing where a sign is not
/// explained.
pub(super) fn read(text: &Text, table: &Table) -> Option<(usize, Vec<Option<Column>>, Matrix)> {
    let (rows, width) = (table.rows.len(), table.width());
    // most tables hold no cell that is nothing but a mark or 牵头
    if width < 3 || rows < 2 || !table.cells.iter().any(|cell| may_be_sign(text, cell.span)) {
        return None;
    }
    let words = |row: usize, column: usize| table.text(text, row, column);
    let first = (0..rows.min(HEADER_WITHIN))
        .find(|row| (0..width).filter(|column| fit::bodies(words(*row, *column)) == Bodies::Surely).count() >= 2)?;
    let signs = |column: usize| (first + 1..rows).map(move |row| words(row, column)).filter(|sign| !sign.is_empty());
    let is_sign = |sign: &str| is_mark(sign) || sign.chars().count() <= LONGEST_SIGN && word(sign).is_some();
    let bodies: Vec<(usize, Span)> = (0..width)
        .filter(|column| fit::bodies(words(first, *column)) != Bodies::No)
        .filter(|column| signs(*column).all(is_sign))
        .filter_map(|column| Some((column, text.trim(table.cell(first, column)?.span))))
        .collect();
    let marked = bodies.iter().filter(|(column, _)| signs(*column).next().is_some()).count();
    if bodies.len() < 2 || marked < 2 {
        return None;
    }
    let mut printed: Vec<String> = bodies.iter().flat_map(|(column, _)| signs(*column)).map(plain).collect();
    printed.sort();
    printed.dedup();
    let span = table.cells.iter().map(|cell| cell.span).reduce(Span::to)?;
    let header = (0..first).filter_map(|row| column::kind(words(row, bodies.first()?.0)));
    let above =
        header.filter_map(|column| if let Column::Party(party) = column { Some(party) } else { None }).next_back();
    let meanings = meanings(text, span, &printed, above)?;
    let mut columns: Vec<Option<Column>> = (0..width)
        .map(|column| {
            let of_body = bodies.iter().any(|(body, _)| *body == column);
            let kind = column::kind(words(first, column)).filter(|kind| !matches!(kind, Column::Party(_)));
            kind.filter(|_| !of_body)
        })
        .collect();
    let is_words = |column: &Option<Column>| matches!(column, Some(Column::Task | Column::Measure | Column::Theme));
    if !columns.iter().any(is_words) {
        let length = |column: &usize| signs(*column).map(|words| words.chars().count()).sum::<usize>();
        let free = (0..width).filter(|column| !bodies.iter().any(|(body, _)| body == column));
        let longest = free.filter(|column| length(column) > 0).max_by_key(length)?;
        *columns.get_mut(longest)? = Some(Column::Task);
    }
    Some((first, columns, Matrix { bodies, meanings }))
}

/// What each sign means: by its own words, by a legend, or, of a sole mark, by the name above the bodies.
fn meanings(
    text: &Text,
    table: Span,
    printed: &[String],
    above: Option<PartyColumn>,
) -> Option<Vec<(String, PartyColumn)>> {
    let sole = printed.iter().filter(|sign| is_mark(sign)).count() == 1;
    let meaning = |sign: &String| {
        let part = match (is_mark(sign), sign.chars().next()) {
            (true, Some(mark)) => legend(text, table, mark).or_else(|| above.filter(|_| sole)),
            _ => word(sign),
        };
        Some((sign.clone(), part?))
    };
    printed.iter().map(meaning).collect()
}

/// What a legend says of a mark: ▲为牵头单位, ▲:牵头, 牵头(▲).
fn legend(text: &Text, table: Span, mark: char) -> Option<PartyColumn> {
    let chars = text.folded(text.span());
    let places = chars.iter().enumerate().filter(|(_, char)| **char == mark).map(|(at, _)| at);
    let mut before = None;
    for at in places.take(MOST_MARKS) {
        let stops = |char: char| matches!(char, '。' | ';' | '\n' | '\t') || marks().contains(char);
        let behind: String = chars.iter().skip(at + 1).take(NEAR).take_while(|char| !stops(**char)).collect();
        let part = role(behind.trim_start_matches(|char: char| !char.is_alphanumeric()), true);
        if part.is_some() {
            return part;
        }
        if !table.contains(Span::new(at, at + 1)) {
            let start = at.saturating_sub(NEAR);
            let front = chars.get(start..at).unwrap_or_default();
            let from = front.iter().rposition(|char| stops(*char) || *char == ',').map_or(0, |stop| stop + 1);
            let front: String = front.get(from..).unwrap_or_default().iter().collect();
            before = before.or_else(|| role(&front, false));
        }
    }
    before
}

/// The part that words say a body has: at their beginning behind 为 or 表示, or anywhere.
fn role(words: &str, begins: bool) -> Option<PartyColumn> {
    let parts: &ColumnParts = &Knowledge::shipped().vocabulary.columns.parts;
    let links = ["为", "表示", "代表", "是", "系", "指", "即", "标注的为", "的为"];
    let words = links.iter().find_map(|link| words.strip_prefix(link)).filter(|_| begins).unwrap_or(words);
    let holds = |list: &[String]| {
        list.iter().any(|word| if begins { words.starts_with(word.as_str()) } else { words.contains(word.as_str()) })
    };
    match () {
        () if words.starts_with("共同牵头") => Some(PartyColumn::CoLead),
        () if holds(&parts.lead) => Some(PartyColumn::Lead),
        () if holds(&parts.supporting) => Some(PartyColumn::Supporting),
        () if holds(&parts.responsible) => Some(PartyColumn::Responsible),
        () => None,
    }
}

/// The part that a cell says in words: 牵头, 配合.
fn word(cell: &str) -> Option<PartyColumn> {
    role(&plain(cell), true)
}

/// Whether a cell is short and begins as signs do.
fn may_be_sign(text: &Text, cell: Span) -> bool {
    static FIRSTS: LazyLock<CharSet> = LazyLock::new(|| {
        let parts = &Knowledge::shipped().vocabulary.columns.parts;
        let words = parts.lead.iter().chain(&parts.supporting).chain(&parts.responsible);
        words.filter_map(|word| word.chars().next()).collect()
    });
    let first = || text.slice(cell).chars().find(|char| !is_blank(*char)).map(fold);
    cell.len() <= LONGEST_SIGN && first().is_some_and(|char| marks().contains(char) || FIRSTS.contains(char))
}

/// Whether a cell is nothing but a mark.
fn is_mark(cell: &str) -> bool {
    let mut chars = cell.chars().filter(|char| !is_blank(*char)).map(fold);
    chars.next().is_some_and(|char| marks().contains(char)) && chars.next().is_none()
}

/// The marks of statements, and ticks.
fn marks() -> &'static CharSet {
    static MARKS: LazyLock<CharSet> = LazyLock::new(|| {
        let words = &Knowledge::shipped().vocabulary.clause.marks.words;
        words.iter().flat_map(|word| word.chars()).chain(['✓', '✔', '√', '☑']).map(fold).collect()
    });
    &MARKS
}

fn plain(cell: &str) -> String {
    cell.chars().filter(|char| !is_blank(*char)).map(fold).collect()
}
