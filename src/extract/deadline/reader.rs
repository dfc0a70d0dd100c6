//! Goes through a stretch of text and tells dates that limit from those that do not.

use std::sync::LazyLock;

use super::cursor::Cursor;
use super::printed::{Form, Grammar, Printed, Year};
use super::relation::{self, Said};
use super::{Context, Setting, range, recurring, relative};
use crate::date::Date;
use crate::extract::model::{Deadline, DeadlineBasis, DeadlineRelation};
use crate::knowledge::{CharSet, Knowledge, WordTable};
use crate::numeral;
use crate::span::Span;

/// The words that a date or a time limit may begin with.
static WORDS: LazyLock<WordTable<()>> = LazyLock::new(|| {
    let words = &Knowledge::shipped().vocabulary.dates;
    let lists = [
        &words.year_end,
        &words.within_year,
        &words.whole_year,
        &words.past_years,
        &words.spring_festival,
        &words.lengths,
        &words.ongoing,
        &words.standing,
        &words.each,
        &words.labels,
    ];
    let named = words.years.words().chain(words.years_after.words()).chain(words.periods.words());
    let named = named.chain(words.plans.words()).chain(words.feasts.words());
    WordTable::of(lists.into_iter().flatten().cloned().chain(named))
});

/// The characters that a date or a time limit may begin with.
static STARTS: LazyLock<CharSet> = LazyLock::new(|| {
    let signs = "第\"《》。;\n0123456789".chars().chain(numeral::NUMERALS.chars());
    [WORDS.firsts(), &signs.collect()].into_iter().collect()
});

/// The characters that stand behind the number of a date or of a length of time.
static BEHIND_NUMBERS: LazyLock<CharSet> = LazyLock::new(|| {
    let words = &Knowledge::shipped().vocabulary.dates;
    [words.durations.firsts(), &"年月-/.~至到".chars().collect()].into_iter().collect()
});

/// Whether a date or a time limit may begin with a character: most characters begin none.
pub(in crate::extract) fn may_begin(char: char) -> bool {
    STARTS.contains(char)
}

/// Whether a date may stand at a place whose character may begin one: most numbers count or measure something.
fn may_stand(cursor: Cursor<'_>, index: usize, limit: bool) -> bool {
    let is_numeral = |char: char| char.is_ascii_digit() || numeral::is_numeral(char) || char == '○';
    let char = cursor.at(index);
    let is_word = |index: usize| cursor.named(index, &WORDS).is_some();
    let length = (0..LONGEST_NUMBER).take_while(|ahead| is_numeral(cursor.at(index + ahead))).count();
    if length == 0 {
        return is_word(index) || matches!(char, '第' | '"') && is_word(index + 1);
    }
    let behind = index + length;
    // 五一 and 十四五 are words; a bare year is a time limit in a cell
    BEHIND_NUMBERS.contains(cursor.at(behind + cursor.blanks(behind)))
        || length > 1 && is_word(index)
        || limit && length == 4 && char.is_ascii_digit()
}

/// More characters than the number of any date has.
const LONGEST_NUMBER: usize = 6;

/// Goes through a stretch of text from date to date.
pub(super) struct Reader<'c> {
    grammar: Grammar<'c>,
    context: Context,
    /// Where the words behind a label such as 完成时限: end.
    limit_end: usize,
    /// The last year printed in this sentence, for dates that leave it out.
    year: Option<i16>,
    /// What was said of the last date, and where it ended.
    last: Option<(Said, usize)>,
    out: Vec<Deadline>,
}

impl<'c> Reader<'c> {
    pub(super) fn new(grammar: Grammar<'c>, context: Context) -> Self {
        Self { grammar, context, limit_end: 0, year: None, last: None, out: Vec::new() }
    }

    /// Every date, in order, with places in the stretch.
    pub(super) fn read(mut self) -> Vec<Deadline> {
        let cursor = self.grammar.cursor;
        let in_limit = self.grammar.limit;
        let mut index = 0;
        let mut depth = 0_usize;
        while index < cursor.len() {
            let char = cursor.at(index);
            if !may_begin(char) {
                index += 1;
                continue;
            }
            match char {
                '《' => depth += 1,
                '》' => depth = depth.saturating_sub(1),
                '。' | '\n' => self.year = None,
                _ => {}
            }
            // titles hold years that are no dates
            if depth > 0 {
                index += 1;
                continue;
            }
            self.grammar.limit = in_limit || index < self.limit_end;
            if !may_stand(cursor, index, self.grammar.limit) {
                index += 1;
                continue;
            }
            index += self.step(index).unwrap_or(1).max(1);
        }
        self.out
    }

    /// What stands at a place; how many characters it takes.
    fn step(&mut self, index: usize) -> Option<usize> {
        self.label(index)
            .or_else(|| self.past(index))
            .or_else(|| self.recurring(index))
            .or_else(|| self.dated(index))
            .or_else(|| self.relative(index))
            .or_else(|| self.ongoing(index))
    }

    /// 完成时限: within a text: what follows in its sentence is a time limit.
    fn label(&mut self, index: usize) -> Option<usize> {
        let cursor = self.grammar.cursor;
        let end = index + cursor.first_of(index, &self.grammar.words.labels)?;
        let colon = end + cursor.blanks(end);
        (cursor.at(colon) == ':').then_some(())?;
        // a label within the words of another: they end where those do
        if colon >= self.limit_end {
            let stop = (colon..cursor.len()).find(|at| matches!(cursor.at(*at), '。' | ';' | '\n' | '\t'));
            self.limit_end = stop.unwrap_or(cursor.len());
        }
        Some(colon + 1 - index)
    }

    /// 去年底 and the like are passed over whole.
    fn past(&mut self, index: usize) -> Option<usize> {
        let cursor = self.grammar.cursor;
        let length = cursor.first_of(index, &self.grammar.words.past_years)?;
        let end = index + length;
        let rest = cursor.first_of(end, &self.grammar.words.end_of_year);
        Some(
            rest.map_or_else(|| self.grammar.printed(end).map_or(end, |printed| printed.end), |more| end + more)
                - index,
        )
    }

    /// Where a date's year comes from, and whether it was inferred; and how sure that is.
    fn year_of(&self, printed: &Printed, months_behind: bool) -> Option<(i16, bool, f64)> {
        Some(match printed.year {
            Year::Figures(year) => (year, false, 1.0),
            Year::Plan(year) => (year, true, 0.98),
            Year::Word(offset) => (self.context.year? + offset, true, if self.context.guessed { 0.85 } else { 0.98 }),
            Year::After(offset) => {
                (self.year.or(self.context.year)? + offset, true, if self.year.is_some() { 0.97 } else { 0.9 })
            }
            Year::Missing => return self.missing_year(printed, months_behind),
        })
    }

    /// The year of a date that names none: that of the date before it in its sentence, else the document's own.
    fn missing_year(&self, printed: &Printed, months_behind: bool) -> Option<(i16, bool, f64)> {
        if let Some(year) = self.year {
            return Some((year, true, 0.97));
        }
        let year = self.context.year?;
        if self.context.guessed {
            return Some((year, true, 0.85));
        }
        let issued = self.context.issued.filter(|issued| issued.year == year);
        let month = issued.and_then(|issued| issued.month);
        let behind = months_behind && printed.month.zip(month).is_some_and(|(due, month)| due < month);
        // a document of the last weeks of a year speaks of the next
        let late = month.is_some_and(|month| month >= 11);
        Some(match (behind, late) {
            (true, true) => (year + 1, true, 0.85),
            (true, false) => (year, true, 0.93),
            _ => (year, true, 0.97),
        })
    }

    /// A range of dates, or one date; how many characters it takes.
    fn dated(&mut self, index: usize) -> Option<usize> {
        let before = self.grammar.cursor.before(index);
        if before.is_ascii_digit() || before == '.' {
            return None;
        }
        let printed = self.grammar.printed(index);
        self.range(index, printed).or_else(|| self.date(index, printed?))
    }

    /// A date and the words around it; how many characters it takes.
    fn date(&mut self, index: usize, printed: Printed) -> Option<usize> {
        let cursor = self.grammar.cursor;
        let joined =
            self.last.filter(|(_, end)| end + 1 == index && matches!(cursor.before(index), '和' | '、' | '与' | '及'));
        let said = relation::around(&self.grammar, index, &printed, joined.map(|(said, _)| said));
        let Some(said) = said else {
            // the year of a date that is no limit still holds for those behind it
            if let Year::Figures(year) = printed.year {
                self.year = Some(year);
            }
            return Some(printed.end - index);
        };
        let (mut year, inferred, sure) = self.year_of(&printed, true)?;
        let words = self.grammar.words;
        let mut date = printed.date(year, words)?;
        // the next new year, not the one gone by
        if printed.lunar && inferred && self.context.issued.is_some_and(|issued| date < issued) {
            year += 1;
            date = printed.date(year, words)?;
        }
        if said.relation == DeadlineRelation::From {
            date = printed.first(year).unwrap_or(date);
        }
        if !matches!(printed.year, Year::Missing) {
            self.year = Some(year);
        }
        let before = index - relation::lead(&self.grammar, index);
        let Some(ahead) = self.ahead(date, &said, index, &printed) else { return Some(printed.end - index) };
        self.last = Some((said, said.end));
        let again = (said.relation == DeadlineRelation::From).then(|| self.recurrence_behind(said.end)).flatten();
        let recurrence = again.as_ref().map(|(words, _)| words.clone());
        self.others(before, &said);
        self.other_months(before, &printed, year, &said);
        // a feast, a quarter that begins: careful readers differ
        let open = printed.form == Form::Feast
            || said.relation == DeadlineRelation::From && printed.form == Form::Period
            || cursor.first_of(printed.end, &words.terms).is_some();
        let confidence = said.confidence * sure * ahead * if open { 0.9 } else { 1.0 };
        let found = deadline(said.relation, said.basis, confidence, Span::new(before, said.end));
        self.push(Deadline { date: Some(date), recurrence, inferred_year: inferred, ..found });
        // 年内持续推进 ends with the year
        let standing = self.grammar.limit && printed.form == Form::Course;
        let ongoing = cursor.first_of(said.end, &self.grammar.words.ongoing).filter(|_| standing).unwrap_or(0);
        Some(again.map_or(said.end + ongoing, |(_, end)| end) - index)
    }

    /// How sure a date is by when it lies: none for one gone by that no strict words set.
    fn ahead(&self, date: Date, said: &Said, index: usize, printed: &Printed) -> Option<f64> {
        let last = date.last_day();
        let past = match self.context.issued {
            Some(issued) => last < issued,
            None => self.context.year.is_some_and(|year| date.year < year) && !self.context.guessed,
        };
        if !past || said.relation == DeadlineRelation::From {
            return Some(1.0);
        }
        let year = self.context.year.unwrap_or(date.year);
        let cursor = self.grammar.cursor;
        let attribute = (said.end..said.end + 14).take_while(|at| !cursor.closes(*at)).any(|at| cursor.at(at) == '的');
        let set = self.grammar.limit || said.strict && !attribute && year - date.year <= 2;
        let own_year = matches!(printed.year, Year::Missing | Year::Word(_)) && index > 0;
        // a column that is filled in the course of its year holds what is done already
        let current = self.grammar.limit && date.year == year;
        (set || own_year).then_some(if current { 0.95 } else { 0.7 })
    }

    /// 2023、2024、2025年底前: the years before one that has words around it.
    fn others(&mut self, index: usize, said: &Said) {
        let cursor = self.grammar.cursor;
        let mut at = index;
        let mut years: Vec<(i16, usize)> = Vec::new();
        while matches!(cursor.before(at), '、' | '和')
            && let Some(start) = at.checked_sub(5)
            && cursor.digits(start) == 4
            && !cursor.before(start).is_ascii_digit()
            && let Ok(year) = cursor.words(start, start + 4).parse::<i16>()
            && (1990..2100).contains(&year)
        {
            years.push((year, start));
            at = start;
        }
        for (year, start) in years.into_iter().rev() {
            let date = if said.basis == DeadlineBasis::Before { Date::last_of_year(year) } else { Date::year(year) };
            let found = deadline(said.relation, said.basis, said.confidence * 0.9, Span::new(start, start + 4));
            self.push(Deadline { date, ..found });
        }
    }

    /// 3、6、9、12月底前: the months before one that has words around it.
    fn other_months(&mut self, index: usize, printed: &Printed, year: i16, said: &Said) {
        let cursor = self.grammar.cursor;
        let mut at = index;
        let mut months: Vec<(i8, usize)> = Vec::new();
        while printed.month.is_some()
            && printed.day.is_none()
            && printed.form != Form::Period
            && matches!(cursor.before(at), '、' | '和')
            && let Some(start) = (1..=2).rev().filter_map(|length| at.checked_sub(length + 1)).find(|start| {
                cursor.digits(*start) == at - 1 - start && !matches!(cursor.before(*start), '0'..='9' | '.')
            })
            && let Ok(month) = cursor.words(start, at - 1).parse::<i8>()
            && (1..=12).contains(&month)
        {
            months.push((month, start));
            at = start;
        }
        for (month, start) in months.into_iter().rev() {
            let date = Printed { month: Some(month), ..*printed }.date(year, self.grammar.words);
            let place = Span::new(start, start + cursor.digits(start));
            let found = deadline(said.relation, said.basis, said.confidence * 0.95, place);
            self.push(Deadline { date, inferred_year: true, ..found });
        }
    }

    /// 每月 behind a date from which something is due, and where it ends.
    fn recurrence_behind(&self, end: usize) -> Option<(String, usize)> {
        let cursor = self.grammar.cursor;
        let start = end + usize::from(cursor.at(end) == ',');
        let recurring = recurring::at(cursor, start, self.grammar.words)?;
        (cursor.at(start) == '每').then(|| (cursor.words(start, recurring.end), recurring.end))
    }

    /// 2023年8月—12月: due by its end.
    fn range(&mut self, index: usize, first: Option<Printed>) -> Option<usize> {
        let cursor = self.grammar.cursor;
        let words = self.grammar.words;
        if matches!(cursor.before(index), '-' | '~') {
            return None;
        }
        let range = range::at(&self.grammar, index, first)?;
        let (first, ..) = self.year_of(&range.first, false)?;
        let (last, inferred, sure) = self.year_of(&range.last, false)?;
        let (start, date) = (range.first.date(first, words), range.last.date(last, words)?);
        if matches!(range.last.year, Year::Figures(_)) {
            self.year = Some(last);
        }
        let end = range.last.end + cursor.first_of(range.last.end, &words.during).unwrap_or(0);
        let governs = self.range_governs(index, range.last.end);
        let ordered = start.is_some_and(|start| start.last_day() <= date.last_day());
        let said = Said {
            relation: DeadlineRelation::By,
            basis: DeadlineBasis::Range,
            confidence: if self.grammar.limit { 0.95 } else { 0.93 },
            strict: false,
            end,
        };
        let ahead = self.ahead(date, &said, index, &range.last);
        let (true, true, Some(ahead)) = (governs, ordered, ahead) else { return Some(range.last.end - index) };
        let before = index - relation::lead(&self.grammar, index);
        let found = deadline(said.relation, said.basis, said.confidence * sure * ahead, Span::new(before, end));
        self.push(Deadline { date: Some(date), start, inferred_year: inferred, ..found });
        Some(end - index)
    }

    /// Whether a range is a time limit, by the words around it.
    fn range_governs(&self, index: usize, end: usize) -> bool {
        let cursor = self.grammar.cursor;
        let words = self.grammar.words;
        let lists = [&words.since, &words.at, &words.aims];
        let led = lists.into_iter().any(|list| cursor.last_of(index, list).is_some());
        let goes_on = cursor.at(end) == ',' || cursor.first_of(end, &words.openings).is_some();
        let gone = cursor.first_of(end, &words.gone).is_some();
        let named = cursor.first_of(end, &words.named).is_some() || cursor.at(end) == '的';
        let ends = matches!(cursor.at(end), '\0' | '。' | ';' | ')' | '》' | '"' | '%' | '/');
        self.grammar.limit
            || cursor.first_of(end, &words.during).is_some()
            || (led || cursor.opens(index)) && (goes_on || !ends && !named) && !gone
    }

    /// 省相关文件印发后3个月内.
    fn relative(&mut self, index: usize) -> Option<usize> {
        let found = relative::at(&self.grammar, index)?;
        let confidence = if found.after.is_some() { 0.94 } else { 0.91 };
        let span = Span::new(found.start, found.end);
        let relative = deadline(DeadlineRelation::Relative, DeadlineBasis::Event, confidence, span);
        self.push(Deadline { duration: Some(found.duration), after: found.after, ..relative });
        Some(found.end - index)
    }

    /// 每季度末: due again and again, so without end.
    fn recurring(&mut self, index: usize) -> Option<usize> {
        let cursor = self.grammar.cursor;
        let found = recurring::at(cursor, index, self.grammar.words)?;
        let each = cursor.at(index) == '每';
        // 年度报告 and 定期公布 name things and habits
        let reported = found.reported && matches!(cursor.at(index), '每' | '按' | '逐');
        if !each && !self.grammar.limit && !reported {
            return None;
        }
        let alone =
            cursor.opens(index) && (cursor.closes(found.end) || each && self.context.setting == Setting::Column);
        if let Some(yearly) = found.yearly.filter(|_| each)
            && let Some(length) = self.every_year(index, yearly)
        {
            return Some(length);
        }
        if found.due && (each || self.grammar.limit) || self.grammar.limit && alone {
            let words = cursor.words(index, found.end);
            self.push_standing(Span::new(index, found.end), Some(words), if self.grammar.limit { 0.88 } else { 0.8 });
        } else if reported {
            self.push_standing(Span::new(index, found.end), Some(cursor.words(index, found.end)), 0.75);
        } else if !each {
            return None;
        }
        Some(found.end - index)
    }

    /// 每年3月底前: first due in the document's own year; 每年6月、12月底前 are two.
    fn every_year(&mut self, index: usize, start: usize) -> Option<usize> {
        let (cursor, words) = (self.grammar.cursor, self.grammar.words);
        let first = self.grammar.printed(start);
        if let Some(range) = range::at(&self.grammar, start, first)
            .filter(|range| range.last.month.is_some() && cursor.at(range.last.end) != '的')
        {
            return self.every_course(index, &range);
        }
        let named = |printed: &Printed| printed.month.is_some() && matches!(printed.year, Year::Missing);
        let mut dates = vec![(start, first.filter(named)?)];
        while let Some((_, last)) =
            dates.last().filter(|(_, last)| matches!(cursor.at(last.end), '、' | '和' | '与' | '及'))
            && let Some(next) = self.grammar.printed(last.end + 1).filter(named)
        {
            dates.push((last.end + 1, next));
        }
        let (place, last) = *dates.last()?;
        // words that only open a sentence do not say when it is due
        let said = relation::around(&self.grammar, place, &last, None);
        let said = said.filter(|said| said.basis != DeadlineBasis::Opening);
        if said.is_none() && (cursor.at(last.end) == '的' || last.form == Form::Feast) {
            return None;
        }
        let year = self.context.year.filter(|_| said.is_some());
        let end = said.map_or(last.end, |said| said.end);
        for (nth, (place, printed)) in dates.iter().enumerate() {
            let stop = if nth + 1 == dates.len() { end } else { printed.end };
            let recurrence = Some(cursor.words(index, start) + &cursor.words(*place, stop));
            let span = Span::new(if nth == 0 { index } else { *place }, stop);
            // 6月、12月底: of both the end
            let whole = if printed.day.is_none() { Printed { month: printed.month, ..last } } else { *printed };
            match (said, year.and_then(|year| whole.date(year, words))) {
                (Some(said), Some(date)) => {
                    let found = deadline(said.relation, DeadlineBasis::Recurrence, 0.9, span);
                    self.push(Deadline { date: Some(date), inferred_year: true, recurrence, ..found });
                }
                _ => self.push_standing(span, recurrence, if self.grammar.limit { 0.88 } else { 0.8 }),
            }
        }
        Some(end - index)
    }

    /// 每年4—6月: due by its end, first in the document's own year.
    fn every_course(&mut self, index: usize, range: &range::Range) -> Option<usize> {
        let year = self.context.year?;
        let (start, date) = (range.first.date(year, self.grammar.words), range.last.date(year, self.grammar.words)?);
        let end =
            range.last.end + self.grammar.cursor.first_of(range.last.end, &self.grammar.words.during).unwrap_or(0);
        let recurrence = Some(self.grammar.cursor.words(index, end));
        let found = deadline(DeadlineRelation::By, DeadlineBasis::Recurrence, 0.88, Span::new(index, end));
        self.push(Deadline { date: Some(date), start, inferred_year: true, recurrence, ..found });
        Some(end - index)
    }

    /// 长期坚持 as a time limit.
    fn ongoing(&mut self, index: usize) -> Option<usize> {
        let cursor = self.grammar.cursor;
        let words = self.grammar.words;
        let length = cursor.first_of(index, if self.grammar.limit { &words.ongoing } else { &words.standing })?;
        let end = index + length;
        let whole = match self.context.setting {
            _ if self.grammar.limit && self.context.setting == Setting::Column => true,
            Setting::Clause => (cursor.opens(index) || cursor.before(index) == '内') && cursor.closes(end),
            // a sentence of its own
            _ => {
                let ends = matches!(cursor.at(end), '\0' | '。' | ';' | '\n');
                let begins =
                    matches!(cursor.before(index), '。' | ';' | '\n') || self.grammar.limit && cursor.opens(index);
                begins && ends
            }
        };
        if !whole {
            return None;
        }
        let whole_year = cursor.words(index, end).contains("全年");
        self.push_standing(Span::new(index, end), None, if whole_year { 0.88 } else { 0.95 });
        Some(length)
    }

    fn push_standing(&mut self, span: Span, recurrence: Option<String>, confidence: f64) {
        let basis = if recurrence.is_some() { DeadlineBasis::Recurrence } else { DeadlineBasis::Standing };
        self.push(Deadline { recurrence, ..deadline(DeadlineRelation::Ongoing, basis, confidence, span) });
    }

    fn push(&mut self, mut deadline: Deadline) {
        if let Some(basis) = self.context.setting.basis() {
            deadline.basis = basis;
        } else if self.grammar.limit {
            deadline.basis = DeadlineBasis::Label;
        }
        deadline.confidence = (deadline.confidence * 100.0).round() / 100.0;
        self.out.push(deadline);
    }
}

/// A deadline of which no more is known than these.
fn deadline(relation: DeadlineRelation, basis: DeadlineBasis, confidence: f64, span: Span) -> Deadline {
    Deadline {
        relation,
        date: None,
        start: None,
        duration: None,
        after: None,
        recurrence: None,
        text: String::new(),
        inferred_year: false,
        basis,
        confidence,
        span,
        corrections: Vec::new(),
    }
}
