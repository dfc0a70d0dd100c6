//! When something is due that comes again.

use crate::date::Date;
use crate::knowledge::{Dates, Knowledge};
use crate::numeral;
use crate::span::fold_str;

/// How something comes again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Recurrence {
    /// Every day.
    Daily,
    /// On a day of the week, from 1 for Monday to 7.
    Weekly(i8),
    /// On days of a month, every so many months.
    Monthly {
        /// Months until it comes again.
        months: i32,
        /// One of the months in which it comes, counted from that before the common era.
        from: i32,
        /// The days of that month, in order.
        days: Vec<Day>,
    },
}

/// A day of a month.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Day {
    /// This one; the last of a month that does not have it.
    Of(i8),
    /// The last.
    Last,
}

impl Recurrence {
    /// How something comes again that is due as the words say (每季度末, 每月5日前); none where they do not tell the day (定期,
    /// 每学期).
    ///
    /// `printed` is the date beside the words (每年12月底前), `since` that of the document, from which periods of several years
    /// count. Without a day the last one of a period counts, without a weekday Sunday.
    pub(super) fn of(words: &str, printed: Option<Date>, since: Date) -> Option<Self> {
        let vocabulary = &Knowledge::shipped().vocabulary.dates;
        let folded: Vec<char> = fold_str(words).chars().collect();
        let found = (0..folded.len()).find_map(|place| {
            let (length, cycle) = vocabulary.cycles.longest_at(&folded, place)?;
            Some((place + length, cycle))
        });
        let (behind, cycle) = found?;
        let rest = folded.get(behind..).unwrap_or_default();
        if cycle.months == 0 {
            let weekday = vocabulary.weekdays.longest_at(rest, 0).map_or(7, |(_, weekday)| weekday.day);
            return Some(if cycle.days == 1 { Self::Daily } else { Self::Weekly(weekday) });
        }
        let months = i32::from(cycle.months);
        let (month, day) = match printed.and_then(|date| Some((date.month?, date.day))) {
            Some((month, day)) if months == 12 => (i32::from(month), day.map_or(Day::Last, Day::Of)),
            _ => (month_within(rest, months, vocabulary), day_within(rest, vocabulary)?),
        };
        let days = match cycle.parts.as_slice() {
            [] => vec![day],
            parts => parts.iter().map(|&day| if day == 0 { Day::Last } else { Day::Of(day) }).collect(),
        };
        let first = if months > 12 { i32::from(since.year) * 12 } else { 0 };
        Some(Self::Monthly { months, from: first + month - 1, days })
    }

    /// The first day, not before `on`, on which it is due.
    pub fn next(&self, on: Date) -> Option<Date> {
        let on = on.last_day();
        let (months, from, days) = match self {
            Self::Daily => return Some(on),
            Self::Weekly(weekday) => return on.next_weekday(*weekday),
            Self::Monthly { months, from, days } => (*months, *from, days),
        };
        let now = i32::from(on.year) * 12 + i32::from(on.month?) - 1;
        let this = now + (from - now).rem_euclid(months);
        [this, this + months].into_iter().find_map(|index| {
            let year = i16::try_from(index.div_euclid(12)).ok()?;
            let month = i8::try_from(index.rem_euclid(12) + 1).ok()?;
            let last = Date::last_of_month(year, month)?;
            let due = days.iter().map(|day| match day {
                Day::Of(day) => Date::day(year, month, *day).unwrap_or(last),
                Day::Last => last,
            });
            due.into_iter().find(|due| *due >= on)
        })
    }
}

/// The month of a period that words mean, from 1; the last where they mean none.
fn month_within(rest: &[char], months: i32, vocabulary: &Dates) -> i32 {
    let named = (0..rest.len()).find_map(|place| {
        let whole = || vocabulary.periods.longest_at(rest, place).filter(|_| months == 12);
        vocabulary.cycle_months.longest_at(rest, place).or_else(whole)
    });
    let counted = numbers(rest).find(|(_, behind)| {
        let month = matches!(behind, ['个', '月', ..]);
        month || months == 12 && matches!(behind, ['月', ..])
    });
    let month = match (named, counted) {
        (Some((_, period)), _) => i32::from(period.month),
        (None, Some((month, _))) => i32::from(month),
        (None, None) => 0,
    };
    if (1..=months).contains(&month) { month } else { months }
}

/// The day of a month that words mean, the last where they name none; none for a part without a known end (初).
fn day_within(rest: &[char], vocabulary: &Dates) -> Option<Day> {
    if let Some((day, _)) = numbers(rest).find(|(_, behind)| matches!(behind, ['日' | '号', ..])) {
        return Some(Day::Of(day));
    }
    let part = (0..rest.len()).find_map(|place| vocabulary.month_parts.longest_at(rest, place));
    match part.map(|(_, part)| part.day) {
        Some(day) if day < 0 => None,
        Some(day) if day > 0 => Some(Day::Of(day)),
        _ => Some(Day::Last),
    }
}

/// The small numbers in words, each with what stands behind it.
fn numbers(rest: &[char]) -> impl Iterator<Item = (i8, &[char])> {
    let is_number = |char: &char| char.is_ascii_digit() || numeral::is_numeral(*char);
    let begins = move |&place: &usize| {
        rest.get(place).is_some_and(is_number)
            && !place.checked_sub(1).and_then(|before| rest.get(before)).is_some_and(is_number)
    };
    (0..rest.len()).filter(begins).filter_map(move |place| {
        let tail = rest.get(place..)?;
        let length = tail.iter().take_while(|char| is_number(char)).count();
        let value: String = tail.get(..length)?.iter().collect();
        let value = value.parse().ok().or_else(|| i8::try_from(numeral::parse(&value)?).ok())?;
        Some((value, tail.get(length..)?))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Date {
        Date::parse_iso(text).unwrap()
    }

    fn next(words: &str, printed: Option<Date>, since: Option<Date>, on: Date) -> Option<Date> {
        Recurrence::of(words, printed, since.unwrap_or(on))?.next(on)
    }

    #[test]
    fn the_next_day_is_counted_from_the_words() {
        let on = day("2026-05-20");
        for (words, expected) in [
            ("每月", "2026-05-31"),
            ("每月5日前", "2026-06-05"),
            ("每月20日前", "2026-05-20"),
            ("每月底", "2026-05-31"),
            ("每月二十五日前", "2026-05-25"),
            ("每季度末", "2026-06-30"),
            ("按季度", "2026-06-30"),
            ("每季度首月10日前", "2026-07-10"),
            ("每季度末月中旬", "2026-06-20"),
            ("每半年", "2026-06-30"),
            ("每年12月底前", "2026-12-31"),
            ("每年3月底前", "2027-03-31"),
            ("每年上半年", "2026-06-30"),
            ("每年", "2026-12-31"),
            ("每两年", "2027-12-31"),
            ("每周", "2026-05-24"),
            ("每天", "2026-05-20"),
            ("每周五前", "2026-05-22"),
            ("每周一", "2026-05-25"),
            ("每半月", "2026-05-31"),
            ("每旬", "2026-05-20"),
            ("每年三季度", "2026-09-30"),
            ("每年下半年", "2026-12-31"),
            ("每年10月", "2026-10-31"),
        ] {
            let found = next(words, None, Some(day("2024-02-01")), on);
            assert_eq!(found, Some(day(expected)), "{words}");
        }
        for words in ["定期", "每学期", "每月初", "每届"] {
            assert_eq!(next(words, None, None, on), None, "{words}");
        }
    }

    #[test]
    fn a_printed_date_of_every_year_comes_again() {
        assert_eq!(next("每年6月底前", Some(day("2020-06-30")), None, day("2026-07-01")), Some(day("2027-06-30")));
        assert_eq!(next("每年2月", Some(day("2020-02-29")), None, day("2026-01-01")), Some(day("2026-02-28")));
    }
}
