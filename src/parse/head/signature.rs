//! Who signs a document, and when.

use super::bodies;
use crate::date::Date;
use crate::knowledge::{Knowledge, PLACE_KINDS};
use crate::parse::{Column, column_kind, date};
use crate::span::{Span, Text, is_blank};

/// What signs a document.
#[derive(Debug, Default)]
pub(super) struct Signature {
    /// The bodies.
    pub(super) names: Vec<String>,
    /// The date below or beside them; without names, that of the first line that is a date.
    pub(super) date: Option<Date>,
    /// The date of the imprint: 某办公室 2020年3月1日印发.
    pub(super) printed: Option<Date>,
    /// A month that stands alone: 2021年3月.
    pub(super) month: Option<Date>,
}

/// Reads the bodies and the date that sign a document: short lines right above a line that is a date, or on it.
pub(super) fn read(text: &Text, lines: &[Span]) -> Signature {
    let mut signature = Signature::default();
    for (index, line) in lines.iter().enumerate().filter(|(_, line)| line.len() <= 80) {
        let words = text.slice(*line);
        if !words.contains('年') && !words.contains('月') {
            continue;
        }
        // the cells of a line above a table, and a date in brackets below a title
        let mut parts = words.split('\t').map(|part| part.trim_matches(['(', ')', '（', '）', ' ', '\u{3000}']));
        let month = if signature.month.is_none() { parts.clone().find_map(date::whole_month) } else { None };
        let dated = date::whole_line(words).or_else(|| parts.find_map(date::whole_line));
        // 完成时限, and 2023年12月 on the next line
        let label = index.checked_sub(1).and_then(|above| lines.get(above)).map(|above| text.slice(*above));
        let is_due = |label: &str| column_kind(label) == Some(Column::Deadline);
        if (month.is_some() || dated.is_some()) && label.is_some_and(is_due) {
            continue;
        }
        signature.month = signature.month.or(month);
        if let Some(date) = dated {
            let names = above(text, lines, index);
            if !names.is_empty() {
                return Signature { names, date: Some(date), ..signature };
            }
            signature.date = signature.date.or(Some(date));
        } else if let Some((name, date, printed)) = beside(words) {
            if printed {
                signature.printed = signature.printed.or(Some(date));
            } else {
                return Signature { names: bodies::split(name), date: Some(date), ..signature };
            }
        }
    }
    signature
}

/// The names on the lines right above a date.
fn above(text: &Text, lines: &[Span], index: usize) -> Vec<String> {
    let above = lines.iter().take(index).rev().map(|line| text.slice(*line)).take(12);
    let mut names: Vec<Vec<String>> = above.take_while(|words| bodies::is_issuer(words)).map(bodies::split).collect();
    names.reverse();
    names.into_iter().flatten().collect()
}

/// The most bodies that sign together, each on a line.
const MOST_NAMES: usize = 6;

/// Whether what signs a document begins at a line: bodies whose names say whose they are, and a date below or beside.
pub(in crate::parse) fn begins(text: &Text, lines: &[Span], at: usize) -> bool {
    let filled = lines.iter().skip(at).map(|line| text.slice(text.trim(*line))).filter(|words| !words.is_empty());
    let mut filled = filled.take(MOST_NAMES + 1).peekable();
    if filled.peek().and_then(|first| beside(first)).is_some_and(|(name, ..)| is_full(name)) {
        return true;
    }
    let mut names = 0;
    while filled.next_if(|words| bodies::is_issuer(words) && is_full(words)).is_some() {
        names += 1;
    }
    names > 0 && filled.next().is_some_and(|words| date::whole_line(words).is_some())
}

/// Whether a name begins with that of a place, and not only with its level: 云川市财政局, but not 市财政局.
fn is_full(name: &str) -> bool {
    let one = !name.contains('、') && !name.contains(is_blank) && !name.starts_with("自治区");
    one && name.chars().skip(2).take(LONGEST_PLACE).any(|char| PLACE_KINDS.contains(&char))
}

/// How far into a name the end of its place stands at most, in characters.
const LONGEST_PLACE: usize = 8;

/// A name and a date on one line; whether the line is an imprint.
fn beside(words: &str) -> Option<(&str, Date, bool)> {
    let imprint = &Knowledge::shipped().vocabulary.head.imprint;
    let bare = imprint.iter().find_map(|word| words.strip_suffix(word.as_str()));
    let dated = bare.unwrap_or(words).trim_end();
    let (at, blank) = dated
        .char_indices()
        .rev()
        .find(|(at, char)| is_blank(*char) && dated.get(*at..).is_some_and(|rest| rest.contains('年')))?;
    let date = date::whole_line(dated.get(at + blank.len_utf8()..)?)?;
    // 填报单位：某局　2024年5月8日
    let name = dated.get(..at)?.rsplit(['：', ':']).next()?.trim();
    bodies::is_issuer(name).then_some((name, date, bare.is_some()))
}
