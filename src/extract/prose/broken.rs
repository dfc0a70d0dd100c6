//! Clauses that are broken over lines: the lines are put together.

use crate::extract::clause::{self, Frame};
use crate::extract::model::Role;
use crate::extract::party::Likeness;
use crate::extract::token;
use crate::numeral::is_numeral;
use crate::span::{Span, Text};

/// The paragraphs of an item; a clause that was broken over lines is one paragraph.
pub(super) fn paragraphs(text: &Text, lines: &[Span]) -> Vec<Span> {
    let mut joined: Vec<Span> = Vec::new();
    let mut at = 0;
    while let Some(&line) = lines.get(at) {
        let rest = lines.get(at..).unwrap_or_default();
        match joined.last_mut() {
            Some(last) if let Some(length @ 1..) = open_bracket(text, *last, rest) => {
                *last = rest.get(length - 1).map_or(*last, |line| last.to(*line));
                at += length;
                continue;
            }
            Some(last) if !is_signature(text, rest) && goes_on(text, *last, line) => *last = last.to(line),
            _ => joined.push(line),
        }
        at += 1;
    }
    joined
}

/// Whether lines begin with who signs the document, a date below, or with that date alone.
fn is_signature(text: &Text, lines: &[Span]) -> bool {
    let mut words = lines.iter().map(|line| text.folded(text.trim(*line))).filter(|words| !words.is_empty());
    match (words.next(), words.next(), words.next()) {
        (Some(first), None, _) => is_date(first),
        (_, Some(second), None) => is_date(second),
        _ => false,
    }
}

/// Whether words are a date and nothing else: 2021年9月30日, 二〇二一年九月三十日.
fn is_date(words: &[char]) -> bool {
    let part =
        |char: &char| char.is_ascii_digit() || is_numeral(*char) || matches!(char, '年' | '月' | '日' | '○' | ' ');
    words.contains(&'年') && words.contains(&'月') && words.last() == Some(&'日') && words.iter().all(part)
}

/// The most lines that a clause in brackets is broken over.
const MOST_LINES: usize = 5;
/// The longest clause in characters that is put together from lines.
const LONGEST_BROKEN: usize = 300;

/// How many of the next lines a clause takes whose bracket is open at the end of a paragraph.
fn open_bracket(text: &Text, paragraph: Span, next: &[Span]) -> Option<usize> {
    let is_bracket = |char: &char| matches!(char, '(' | ')');
    let tail = Span::new(paragraph.start.max(paragraph.end.saturating_sub(LONGEST_BROKEN)), paragraph.end);
    let chars = text.folded(tail);
    let open = chars.iter().rposition(is_bracket).filter(|at| chars.get(*at) == Some(&'('))?;
    // (甲局 and 、乙局) on the next line
    let begins = next.first().and_then(|line| text.folded(text.trim(*line)).first());
    let is_list = begins == Some(&'、') || chars.iter().rev().find(|char| !char.is_whitespace()) == Some(&'、');
    for (index, line) in next.iter().enumerate().take(MOST_LINES) {
        let chars = text.folded(*line);
        let Some(close) = chars.iter().position(is_bracket) else { continue };
        let whole = Span::new(tail.start + open, line.start + close);
        let is_clause = chars.get(close) == Some(&')')
            && whole.len() <= LONGEST_BROKEN
            && (is_list || token::has_role_word(text.folded(whole)));
        return is_clause.then_some(index + 1);
    }
    None
}

/// The longest tail of a paragraph in characters in which an open clause is looked for.
const LONGEST_TAIL: usize = 400;

/// Whether a clause that is open at the end of a paragraph goes on in the next.
fn goes_on(text: &Text, paragraph: Span, next: Span) -> bool {
    let tail = Span::new(paragraph.start.max(paragraph.end.saturating_sub(LONGEST_TAIL)), paragraph.end);
    let tail = text.folded(tail);
    let blanks = tail.iter().rev().take_while(|char| char.is_whitespace()).count();
    let tail = tail.get(..tail.len() - blanks).unwrap_or_default();
    match token::bare_label(tail) {
        Some(token::Token::Label(_)) => return is_bare_list(text, next),
        Some(_) => return clause::is_only_due(text, text.trim(next)),
        None => {}
    }
    if tail.last() != Some(&'、') && !token::has_role_word(tail) {
        return false;
    }
    let following = text.folded(Span::new(next.start, next.end.min(next.start + LONGEST_TAIL)));
    let Some(label) = token::last_label(tail) else { return false };
    let list = tail.get(label..).unwrap_or_default();
    let unfinished = list.iter().all(|char| char.is_whitespace()) || matches!(list.last(), Some('、' | ','));
    !list.contains(&'。')
        && token::last_label(following).is_none()
        && if unfinished {
            following.len() <= LONGEST_LIST
        } else {
            let whole =
                Span::new(paragraph.start + (label + paragraph.len()).saturating_sub(tail.len() + blanks), next.end);
            is_bare_list(text, next) || is_broken_list(text, whole, next)
        }
}

/// Whether a list of bodies is broken within a name: 市自然资源和规, and 划局 on the next line.
fn is_broken_list(text: &Text, whole: Span, next: Span) -> bool {
    let list = clause::parse(text, whole, Frame::Cell(Role::Responsible), &[]);
    let ends = text.folded(next).iter().any(|char| matches!(char, '。' | ';' | ':'));
    next.len() <= LONGEST_REST
        && !ends
        && list.is_some_and(|list| {
            list.unread.is_empty() && list.parties().all(|party| party.likeness != Likeness::Unknown)
        })
}

/// The longest line in characters that goes on with a name.
const LONGEST_REST: usize = 60;

/// The longest line in characters that goes on with a list of bodies.
const LONGEST_LIST: usize = 200;

fn is_bare_list(text: &Text, line: Span) -> bool {
    line.len() <= LONGEST_LIST && clause::parse(text, line, Frame::Bare, &[]).is_some()
}
