//! A date as printed: its parts, and where it ends.

use super::cursor::Cursor;
use crate::date::Date;
use crate::knowledge::Dates;
use crate::numeral;

/// How the year of a date is given.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Year {
    /// It is not given.
    #[default]
    Missing,
    /// In figures.
    Figures(i16),
    /// By a word that counts from the document's own: 明年.
    Word(i16),
    /// By a word that counts from the last one printed: 次年.
    After(i16),
    /// By a plan that it ends: “十四五”末.
    Plan(i16),
}

/// What kind of time a date names.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Form {
    /// A year, a month or a day.
    #[default]
    Plain,
    /// The end of a year or a month: 年底, 月底.
    End,
    /// Half a year or a quarter.
    Period,
    /// The course of a year: 年内.
    Course,
    /// The course of a plan: “十四五”期间.
    Plan,
    /// A feast: 国庆节.
    Feast,
}

/// A date as printed: its parts, and the place behind it.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Printed {
    pub(super) year: Year,
    pub(super) month: Option<i8>,
    pub(super) day: Option<i8>,
    /// The day is the last of its month.
    pub(super) last_day: bool,
    pub(super) form: Form,
    /// A quarter of a year, not a half.
    pub(super) quarter: bool,
    /// The lunar new year.
    pub(super) lunar: bool,
    pub(super) end: usize,
}

impl Printed {
    /// The date in a year.
    pub(super) fn date(&self, year: i16, words: &Dates) -> Option<Date> {
        if self.lunar {
            let feasts = words.spring_festivals.iter().filter_map(|day| Date::parse_iso(day));
            return feasts.into_iter().find(|date| date.year == year);
        }
        match (self.month, self.day) {
            (Some(month), Some(day)) => Date::day(year, month, day),
            (Some(month), None) if self.last_day => Date::last_of_month(year, month),
            (Some(month), None) => Date::month(year, month),
            (None, _) if self.form == Form::End => Date::last_of_year(year),
            (None, _) => Date::year(year),
        }
    }

    /// Of a quarter or a half of a year, its first month: 一季度起.
    pub(super) fn first(&self, year: i16) -> Option<Date> {
        let last = self.month.filter(|_| self.form == Form::Period)?;
        let months = if matches!(last, 3 | 9) || self.quarter { 2 } else { 5 };
        Date::month(year, last - months)
    }

    /// Whether it names a year and nothing within it.
    pub(super) fn is_year(&self) -> bool {
        self.month.is_none() && matches!(self.form, Form::Plain)
    }
}

/// Reads dates in a stretch of text.
#[derive(Clone, Copy, Debug)]
pub(super) struct Grammar<'c> {
    pub(super) cursor: Cursor<'c>,
    pub(super) words: &'static Dates,
    /// Whether the words are a time limit, where shorter forms are dates too: 2023.10, 2025.
    pub(super) limit: bool,
}

impl Grammar<'_> {
    /// The date that stands at a place.
    pub(super) fn printed(&self, index: usize) -> Option<Printed> {
        self.year_end(index)
            .or_else(|| self.numeric(index))
            .or_else(|| self.with_year(index))
            .or_else(|| self.plan(index))
            .or_else(|| self.within(index, Printed { end: index, ..Printed::default() }))
    }

    /// 年底 and 年内 of the document's own year.
    fn year_end(&self, index: usize) -> Option<Printed> {
        let cursor = self.cursor;
        let (form, length) = match cursor.first_of(index, &self.words.year_end) {
            Some(length) => (Form::End, length),
            None => (
                Form::Course,
                cursor.first_of(index, &self.words.within_year).or_else(|| {
                    let whole = cursor.first_of(index, &self.words.whole_year)?;
                    (self.limit && cursor.opens(index) && cursor.closes(index + whole)).then_some(whole)
                })?,
            ),
        };
        let before = cursor.before(index);
        let changed = self.words.not_before_year.iter().any(|word| word.starts_with(before));
        let own = !(before.is_ascii_digit() || numeral::is_numeral(before) || changed);
        let end = index + length;
        let named = cursor.first_of(end, &self.words.named).is_some();
        (own && !named).then_some(Printed { form, end, ..Printed::default() })
    }

    /// 2023-10-31, 2023/10/31, 2023.10.31; in a time limit also 2023.10, and 2025 alone.
    fn numeric(&self, index: usize) -> Option<Printed> {
        let cursor = self.cursor;
        if cursor.digits(index) != 4 {
            return None;
        }
        let year: i16 = cursor.words(index, index + 4).parse().ok().filter(|year| (1990..2100).contains(year))?;
        let separator = cursor.at(index + 4);
        let (month, after) = if matches!(separator, '-' | '/' | '.') {
            let digits = cursor.digits(index + 5);
            let month: Option<i8> = cursor.words(index + 5, index + 5 + digits).parse().ok();
            (month.filter(|month| digits <= 2 && (1..=12).contains(month)), index + 5 + digits)
        } else {
            (None, index + 4)
        };
        let Some(month) = month else {
            // a bare year fills its cell or phrase
            let alone = self.limit && cursor.opens(index) && (cursor.closes(index + 4) || self.dash(index + 4) > 0);
            return alone.then_some(Printed { year: Year::Figures(year), end: index + 4, ..Printed::default() });
        };
        let mut printed = Printed { year: Year::Figures(year), month: Some(month), end: after, ..Printed::default() };
        let digits = cursor.digits(after + 1);
        if cursor.at(after) == separator && (1..=2).contains(&digits) {
            printed.day = cursor.words(after + 1, after + 1 + digits).parse().ok();
            printed.end = after + 1 + digits;
            printed.end += usize::from(matches!(cursor.at(printed.end), '日' | '号'));
            // the time of day that a workbook adds
            if cursor.starts(printed.end, " 00:00:00") {
                printed.end += 9;
            }
            return Some(printed);
        }
        // 10.5% and 2019-12 within prose are no dates
        (self.limit && !cursor.at(after).is_ascii_digit() && !matches!(cursor.at(after), '%' | '-' | '/' | '.'))
            .then_some(printed)
    }

    /// A year in figures or by a word, and what stands behind it.
    fn with_year(&self, index: usize) -> Option<Printed> {
        let cursor = self.cursor;
        let mut printed = Printed { end: index, ..Printed::default() };
        if let Some((length, word)) = cursor.named(index, &self.words.years) {
            printed.year = Year::Word(word.offset);
            printed.end = index + length;
        } else if let Some((length, word)) = cursor.named(index, &self.words.years_after) {
            printed.year = Year::After(word.offset);
            printed.end = index + length;
        } else {
            let (number, length) = cursor.number(index, 4)?;
            let mark = index + length + cursor.blanks(index + length);
            (cursor.at(mark) == '年' && (1990..2100).contains(&number)).then_some(())?;
            printed.year = Year::Figures(i16::try_from(number).ok()?);
            printed.end = mark + 1;
        }
        if let Some(length) = cursor.first_of(printed.end, &self.words.end_of_year) {
            return Some(Printed { form: Form::End, end: printed.end + length, ..printed });
        }
        if cursor.at(printed.end) == '内' && !matches!(printed.year, Year::Figures(_)) {
            return Some(Printed { form: Form::Course, end: printed.end + 1, ..printed });
        }
        // 度 of 2023年度上半年
        let behind = printed.end + usize::from(cursor.at(printed.end) == '度');
        self.within(behind + cursor.blanks(behind), printed).or(Some(printed))
    }

    /// What may stand behind a year, or without one: a half, a quarter, a month, a feast.
    fn within(&self, index: usize, year: Printed) -> Option<Printed> {
        self.period(index, year).or_else(|| self.month(index, year)).or_else(|| self.feast(index, year))
    }

    fn period(&self, index: usize, year: Printed) -> Option<Printed> {
        let cursor = self.cursor;
        let start = index + usize::from(cursor.at(index) == '第');
        let (length, period) = cursor.named(start, &self.words.periods)?;
        let end = start + length;
        let end = end + cursor.first_of(end, &self.words.end_of_quarter).unwrap_or(0);
        let quarter = period.name.contains('季');
        Some(Printed { month: Some(period.month), last_day: true, quarter, form: Form::Period, end, ..year })
    }

    fn month(&self, index: usize, year: Printed) -> Option<Printed> {
        let cursor = self.cursor;
        let (month, length) = cursor.number(index, 2)?;
        let mark = index + length + cursor.blanks(index + length);
        (cursor.at(mark) == '月').then_some(())?;
        let month = i8::try_from(month).ok().filter(|month| (1..=12).contains(month))?;
        let mut end = mark + 1;
        end += usize::from(cursor.at(end) == '份');
        let printed = Printed { month: Some(month), end, ..year };
        if let Some(length) = cursor.first_of(end, &self.words.end_of_month) {
            return Some(Printed { last_day: true, form: Form::End, end: end + length, ..printed });
        }
        if let Some((length, part)) = cursor.named(end, &self.words.month_parts) {
            let end = end + length;
            return Some(match part.day {
                0 => Printed { last_day: true, end, ..printed },
                day if day > 0 => Printed { day: Some(day), end, ..printed },
                _ => Printed { end, ..printed },
            });
        }
        let start = end + cursor.blanks(end);
        if let Some((day, length)) = cursor.number(start, 2) {
            let mark = start + length + cursor.blanks(start + length);
            if matches!(cursor.at(mark), '日' | '号') {
                return Some(Printed { day: i8::try_from(day).ok(), end: mark + 1, ..printed });
            }
        }
        Some(printed)
    }

    /// A feast that something is due before: 国庆节前, 春节前.
    fn feast(&self, index: usize, year: Printed) -> Option<Printed> {
        let cursor = self.cursor;
        let quoted = usize::from(cursor.at(index) == '"');
        let start = index + quoted;
        let close = |end: usize| end + usize::from(quoted == 1 && cursor.at(end) == '"');
        if let Some((length, feast)) = cursor.named(start, &self.words.feasts) {
            let end = close(start + length);
            let (month, day) = (Some(feast.month), Some(feast.day));
            let due = cursor.first_of(end, &self.words.before).is_some();
            return due.then_some(Printed { month, day, form: Form::Feast, end, ..year });
        }
        let end = close(start + cursor.first_of(start, &self.words.spring_festival)?);
        let due = cursor.first_of(end, &self.words.before).is_some();
        due.then_some(Printed { lunar: true, form: Form::Feast, end, ..year })
    }

    /// “十四五”末 and “十四五”期间.
    fn plan(&self, index: usize) -> Option<Printed> {
        let cursor = self.cursor;
        let quoted = usize::from(cursor.at(index) == '"');
        let (length, plan) = cursor.named(index + quoted, &self.words.plans)?;
        let end = index + quoted + length;
        let end = end + usize::from(quoted == 1 && cursor.at(end) == '"');
        let year = Year::Plan(plan.last);
        if let Some(length) = cursor.first_of(end, &self.words.plan_end) {
            return Some(Printed { year, end: end + length, ..Printed::default() });
        }
        let length = cursor.first_of(end, &self.words.plan_course)?;
        self.limit.then_some(Printed { year, form: Form::Plan, end: end + length, ..Printed::default() })
    }

    /// Length of a dash or of 至 and 到 between the ends of a range, blanks included.
    pub(super) fn dash(&self, index: usize) -> usize {
        let cursor = self.cursor;
        let start = index + cursor.blanks(index);
        let mut end = start;
        while matches!(cursor.at(end), '-' | '~') {
            end += 1;
        }
        if end == start && matches!(cursor.at(start), '至' | '到') {
            end += 1;
        }
        if end == start { 0 } else { end + cursor.blanks(end) - index }
    }
}
