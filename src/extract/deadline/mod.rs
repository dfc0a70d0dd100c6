//! When a task is due: 2017年底前, 8月1日起, 到2020年, 印发后3个月内, 每季度末.
//!
//! `printed` reads the parts of a date, `relation` the words around it, `range` two dates with a dash between them,
//! `relative` a time after an event, `recurring` what comes again.

mod cursor;
mod printed;
mod range;
mod reader;
mod recurring;
mod relation;
mod relative;
#[cfg(test)]
mod tests;

use std::borrow::Cow;

use super::model::{Deadline, DeadlineBasis};
use crate::date::Date;
use crate::knowledge::Knowledge;
use crate::span::{Span, Text};
use cursor::Cursor;
use printed::Grammar;
use reader::Reader;
pub(super) use reader::may_begin;

/// What is known when dates are read.
#[derive(Clone, Copy, Debug)]
pub(super) struct Context {
    /// The year that a date without one is taken to mean.
    pub(super) year: Option<i16>,
    /// Whether that year is only a likely one: that of a document that this one rests on.
    pub(super) guessed: bool,
    /// When the document was issued, where known.
    pub(super) issued: Option<Date>,
    /// Where the words stand.
    pub(super) setting: Setting,
}

/// Where the words of a time limit stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Setting {
    /// In the words of a task, which hold other dates too.
    Prose,
    /// Within a responsibility clause.
    Clause,
    /// In a column of time limits.
    Column,
    /// In a sentence that sets one time limit for several tasks.
    Document,
}

impl Setting {
    /// The basis of a time limit that stands there, unless the words around it are the evidence.
    fn basis(self) -> Option<DeadlineBasis> {
        match self {
            Self::Prose => None,
            Self::Clause => Some(DeadlineBasis::Clause),
            Self::Column => Some(DeadlineBasis::Column),
            Self::Document => Some(DeadlineBasis::Document),
        }
    }
}

/// Finds the dates in a stretch of text, in order, none twice.
pub(super) fn find(text: &Text, span: Span, context: Context) -> Vec<Deadline> {
    let mut found: Vec<Deadline> = Vec::new();
    for deadline in all(text, span, context) {
        if !found.iter().any(|known| known.says_as_much(&deadline)) {
            found.push(deadline);
        }
    }
    found
}

/// The places of dates without a year, which say nothing where no year is known.
pub(super) fn without_year(text: &Text, span: Span, context: Context) -> Vec<Span> {
    /// Any year will do.
    const ANY: i16 = 2000;
    let dated = |year| all(text, span, Context { year, ..context }).into_iter().filter(|found| found.date.is_some());
    let known: Vec<Span> = dated(None).map(|found| found.span).collect();
    dated(Some(ANY)).map(|found| found.span).filter(|span| !known.contains(span)).collect()
}

/// Folded text with blanks for the line breaks within dates: 2024年⏎12月底前 in a narrow cell, 2024年12⏎月.
fn whole_dates(chars: &[char]) -> Cow<'_, [char]> {
    let is_break = |at: usize| {
        let Some((before, ['\n', behind @ ..])) = chars.split_at_checked(at) else { return false };
        let digits = behind.iter().take_while(|char| char.is_ascii_digit()).count();
        match (before.last(), behind.first(), behind.get(digits)) {
            (Some('年'), Some('0'..='9'), Some('月'))
            | (Some('月'), Some('0'..='9'), Some('日'))
            | (Some('年' | '月'), Some('底' | '末' | '初' | '中' | '上' | '下'), _)
            | (Some('年' | '月' | '日' | '底' | '末'), Some('前'), _) => true,
            (Some(last), Some('年' | '月' | '日'), _) => last.is_ascii_digit(),
            _ => false,
        }
    };
    if !chars.contains(&'\n') || !(0..chars.len()).any(is_break) {
        return Cow::Borrowed(chars);
    }
    let joined = |(at, char): (usize, &char)| if is_break(at) { ' ' } else { *char };
    Cow::Owned(chars.iter().enumerate().map(joined).collect())
}

/// Finds every date in a stretch of text, in order.
pub(super) fn all(text: &Text, span: Span, context: Context) -> Vec<Deadline> {
    let words = &Knowledge::shipped().vocabulary.dates;
    let limit = matches!(context.setting, Setting::Clause | Setting::Column);
    let chars = whole_dates(text.folded(span));
    let grammar = Grammar { cursor: Cursor::new(&chars), words, limit };
    let mut found = Reader::new(grammar, context).read();
    for deadline in &mut found {
        deadline.span = deadline.span.shifted(span.start);
        text.slice(deadline.span).clone_into(&mut deadline.text);
    }
    found
}
