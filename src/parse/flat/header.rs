//! The header of a table that has one cell a line: where its names end, and where it is repeated.

use super::closed_line;
use crate::parse::column::{self, Column};
use crate::parse::{fit, head};
use crate::span::{Span, Text, is_blank};

/// How many lines a header may take up that has one name a line.
const HEADER_LINES: usize = 14;
/// The longest name of a column that no list holds, in characters.
const LONGEST_NAME: usize = 14;
/// The longest line in characters that may name a column, its bar included.
pub(super) const LONGEST_NAMED_LINE: usize = LONGEST_NAME + 11;

/// The names of columns, one a line, and the line behind them. A name may be broken into two.
pub(super) fn names(text: &Text, lines: &[Span], first: usize, barred: bool) -> Option<(Vec<Span>, usize)> {
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
        if place.len() >= LONGEST_NAMED_LINE {
            break;
        }
        let words = text.slice(place);
        let broken = names.last().map(|last: &Span| last.to(place)).filter(|whole| {
            let halves = is_half(text, names.last().copied().unwrap_or_default(), *whole);
            !barred
                && place.len() <= 4
                && whole.len() <= LONGEST_NAME
                && (column::is_listed(text.slice(*whole)) || halves)
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
        let goes_on = || {
            let next = closed_line(text, lines, at).filter(|(next, ..)| next.len() <= 4);
            next.is_some_and(|(next, ..)| !barred && is_half(text, place, place.to(next)))
        };
        if !is_name && (!short || names.is_empty() || fit::bodies(words) == fit::Bodies::Surely && !goes_on())
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

/// Whether a line that names no column does so with the next: 市政府, and 分管领导 below it.
fn is_half(text: &Text, first: Span, whole: Span) -> bool {
    first.len() <= 4
        && column::kind(text.slice(first)).is_none()
        && column::kind(text.slice(whole)) == Some(Column::Note)
}

/// Whether what stands at a line belongs to no table before it: an annex, another header, who signs the document.
pub(super) fn ends_table(
    text: &Text,
    lines: &[Span],
    at: usize,
    header: &[Span],
    columns: &[Option<Column>],
    barred: bool,
) -> bool {
    let Some(&line) = lines.get(at) else { return true };
    let words = text.slice(text.trim(line));
    if crate::parse::outline::ends_table(words) || signs(text, lines, at, columns) {
        return true;
    }
    let name = words.trim_end_matches(['|', ' ']);
    column::is_listed(name)
        && names(text, lines, at, barred).is_some_and(|(names, _)| {
            !is_same(text, &names, header) && column::header(names.iter().map(|name| text.slice(*name))).is_some()
        })
}

/// Whether what signs the document begins at a line; a body and a date may be cells where a column holds dates.
pub(super) fn signs(text: &Text, lines: &[Span], at: usize, columns: &[Option<Column>]) -> bool {
    !columns.iter().flatten().any(|column| matches!(column, Column::Deadline | Column::Start))
        && head::begins_signature(text, lines, at)
}

/// The line behind a header that is printed again.
pub(super) fn repeated(text: &Text, lines: &[Span], at: usize, header: &[Span], barred: bool) -> Option<usize> {
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
