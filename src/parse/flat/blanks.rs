//! Tables with nothing but blanks between their cells.

use super::filled::Filled;
use super::{FlatTable, is_sound, signs};
use crate::parse::align::{self, Edge, Piece};
use crate::parse::column;
use crate::span::{Span, Text, is_blank};

/// Cells between blanks, one row a line or more; blanks may stand within names too.
pub(super) fn between_blanks(text: &Text, lines: &[Span], first: usize) -> Option<FlatTable> {
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
        let ends = crate::parse::outline::ends_table(text.slice(place)) || signs(text, lines, at, &columns);
        if ends || at > first + 1 && header_of_blanks(text, place) {
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
