//! Two dates that bound a time: 2023年8月—12月, 2021—2025年, 从3月到5月.

use super::printed::{Grammar, Printed, Year};

/// A time from one date to another, and the place behind it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Range {
    pub(super) first: Printed,
    pub(super) last: Printed,
}

/// The range that stands at a place, where a date may stand too.
pub(super) fn at(grammar: &Grammar, index: usize, first: Option<Printed>) -> Option<Range> {
    let cursor = grammar.cursor;
    if let Some(first) = first
        && let Some(last) = second(grammar, first.end, first)
    {
        return Some(Range { first, last });
    }
    // the unit of the first stands behind the second: 2021-2025年, 2023年8-12月
    let year = first.filter(Printed::is_year).map_or(Printed::default(), |first| Printed { end: 0, ..first });
    let start = first.filter(Printed::is_year).map_or(index, |first| first.end + cursor.blanks(first.end));
    let (number, length) = cursor.number(start, 4)?;
    let dash = grammar.dash(start + length);
    if dash == 0 {
        return None;
    }
    let last = grammar.printed(start + length + dash)?;
    if (1..=12).contains(&number) && last.month.is_some() && last.day.is_none() {
        let month = i8::try_from(number).ok();
        let year = if year.year == Year::Missing { last.year } else { year.year };
        let first = Printed { year, month, end: start + length, ..Printed::default() };
        return Some(Range { first, last: with_year(last, first) });
    }
    let years = start == index && length == 4 && (1990..2100).contains(&number);
    if years && matches!(last.year, Year::Figures(_)) && !grammar_is_month_of(grammar, start) {
        let year = Year::Figures(i16::try_from(number).ok()?);
        return Some(Range { first: Printed { year, end: start + length, ..Printed::default() }, last });
    }
    None
}

/// Whether the digits at a place are part of a numeric date.
fn grammar_is_month_of(grammar: &Grammar, start: usize) -> bool {
    grammar.cursor.digits(start) > 4
}

fn second(grammar: &Grammar, end: usize, first: Printed) -> Option<Printed> {
    let dash = grammar.dash(end);
    if dash == 0 {
        return None;
    }
    let last = grammar.printed(end + dash).filter(|last| last.end > end + dash)?;
    Some(with_year(last, first))
}

/// The last date of a range in the year of the first where it names none.
fn with_year(last: Printed, first: Printed) -> Printed {
    if last.year == Year::Missing { Printed { year: first.year, ..last } } else { last }
}
