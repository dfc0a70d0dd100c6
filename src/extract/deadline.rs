//! When a task is due: 2017年底前, 8月1日起, 到2020年, 印发后3个月内.

use super::model::{Deadline, DeadlineRelation};
use crate::date::Date;
use crate::knowledge::{Dates, Knowledge};
use crate::numeral;
use crate::span::{Span, Text, fold};

/// What is known when dates are read.
#[derive(Clone, Copy, Debug)]
pub(super) struct Context {
    /// The year that a date without one is taken to mean.
    pub(super) year: Option<i16>,
    /// Whether the words are a time limit, as in a column of time limits or a clause, and not prose.
    pub(super) limit: bool,
}

/// Finds the dates in a stretch of text, in order, none twice.
pub(super) fn find(text: &Text, span: Span, context: Context) -> Vec<Deadline> {
    let chars: Vec<char> = text.slice(span).chars().map(fold).collect();
    let mut reader =
        Reader { chars: &chars, words: &Knowledge::shipped().vocabulary.dates, context, year: None, out: Vec::new() };
    reader.run();
    let mut found: Vec<Deadline> = Vec::new();
    for (place, mut deadline) in reader.out {
        deadline.span = place.shifted(span.start);
        text.slice(deadline.span).clone_into(&mut deadline.text);
        if !found.iter().any(|known| {
            known.relation == deadline.relation && known.date == deadline.date && known.duration == deadline.duration
        }) {
            found.push(deadline);
        }
    }
    found
}

struct Reader<'c> {
    chars: &'c [char],
    words: &'static Dates,
    context: Context,
    /// The last year printed in this stretch, for dates that leave it out.
    year: Option<i16>,
    out: Vec<(Span, Deadline)>,
}

/// A date as printed: its parts, and where it ends.
#[derive(Clone, Copy, Debug, Default)]
struct Printed {
    year: Option<i16>,
    month: Option<i8>,
    day: Option<i8>,
    /// The date is the end of its period: 年底, 月底.
    end_of: bool,
    half: bool,
    /// The date is the course of the document's own year: 年内.
    within: bool,
    end: usize,
}

impl Reader<'_> {
    fn at(&self, index: usize) -> char {
        self.chars.get(index).copied().unwrap_or('\0')
    }

    fn starts(&self, index: usize, word: &str) -> bool {
        word.chars().enumerate().all(|(offset, char)| self.at(index + offset) == char)
    }

    /// Length of the longest of some words that stands at a place.
    fn first_of(&self, index: usize, words: &[String]) -> Option<usize> {
        words.iter().filter(|word| self.starts(index, word)).map(|word| word.chars().count()).max()
    }

    fn run(&mut self) {
        let mut index = 0;
        let mut depth = 0_usize;
        while index < self.chars.len() {
            match self.at(index) {
                '《' => depth += 1,
                '》' => depth = depth.saturating_sub(1),
                _ => {}
            }
            // titles hold years that are no dates
            let length = if depth == 0 {
                self.date(index).or_else(|| self.relative(index)).or_else(|| self.ongoing(index))
            } else {
                None
            };
            index += length.unwrap_or(1).max(1);
        }
    }

    fn number(&self, index: usize, most: usize) -> Option<(i64, usize)> {
        let arabic: String =
            self.chars.iter().skip(index).take_while(|char| char.is_ascii_digit()).take(most + 1).collect();
        if !arabic.is_empty() {
            return (arabic.len() <= most).then(|| arabic.parse().ok().map(|value| (value, arabic.len()))).flatten();
        }
        let han: String = self
            .chars
            .iter()
            .skip(index)
            .take_while(|char| numeral::is_numeral(**char) && !matches!(char, '万' | '亿'))
            .take(most + 1)
            .collect();
        let count = han.chars().count();
        let value = numeral::parse(&han)?;
        (count > 0 && count <= most.max(3)).then_some(())?;
        Some((i64::try_from(value).ok()?, count))
    }

    /// A date and the words around it; how many characters it takes.
    fn date(&mut self, index: usize) -> Option<usize> {
        let digit_before =
            index.checked_sub(1).is_some_and(|before| self.at(before).is_ascii_digit() || self.at(before) == '.');
        if digit_before {
            return None;
        }
        let printed = self.printed(index)?;
        let (relation, end) = self.listed(index, &printed).or_else(|| self.relation(index, &printed))?;
        let inferred = printed.year.is_none();
        let year = printed.year.or(self.year).or(self.context.year);
        self.year = printed.year.or(self.year);
        let year = year?;
        let date = match (printed.month, printed.day) {
            (Some(month), Some(day)) => Date::day(year, month, day),
            (Some(month), None) if printed.end_of => Date::last_of_month(year, month),
            (Some(month), None) => Date::month(year, month),
            (None, _) if printed.end_of => Date::last_of_year(year),
            (None, _) => Date::year(year),
        }?;
        let before = index - self.lead(index);
        self.out.push((
            Span::new(before, end),
            Deadline {
                relation,
                date: Some(date),
                duration: None,
                after: None,
                text: String::new(),
                inferred_year: inferred,
                confidence: if inferred { 0.92 } else { 0.96 },
                span: Span::default(),
                corrections: Vec::new(),
            },
        ));
        Some(end - index)
    }

    /// The parts of a date that stands at a place.
    fn printed(&self, index: usize) -> Option<Printed> {
        let mut printed = Printed { end: index, ..Printed::default() };
        if let Some(length) = self.first_of(index, &self.words.year_end) {
            return self.opens_year(index).then_some(Printed { end_of: true, end: index + length, ..printed });
        }
        if let Some(length) = self.first_of(index, &self.words.within_year) {
            let end = index + length;
            let named = self.first_of(end, &self.words.named).is_some();
            return (self.opens_year(index) && !named).then_some(Printed { within: true, end, ..printed });
        }
        if let Some((month, length)) = self.half(index) {
            return Some(Printed { month: Some(month), end_of: true, half: true, end: index + length, ..printed });
        }
        let (number, length) = self.number(index, 4)?;
        let mut next = index + length + self.blanks(index + length);
        if self.at(next) == '年' && (1990..2100).contains(&number) {
            printed.year = i16::try_from(number).ok();
            next += 1;
            printed.end = next;
            if let Some(length) = self.first_of(next, &self.words.end_of_year) {
                printed.end_of = true;
                printed.end = next + length;
                return Some(printed);
            }
            if let Some((month, length)) = self.half(next) {
                printed.month = Some(month);
                printed.end_of = true;
                printed.half = true;
                printed.end = next + length;
                return Some(printed);
            }
            next += self.blanks(next);
            let Some((month, length)) = self.number(next, 2) else { return Some(printed) };
            if self.at(next + length) != '月' {
                return Some(printed);
            }
            return self.month(printed, month, next + length + 1);
        }
        (self.at(next) == '月' && self.at(next + 1) != '份' || self.starts(next, "月份")).then_some(())?;
        self.month(printed, number, next + 1)
    }

    fn month(&self, mut printed: Printed, month: i64, mut next: usize) -> Option<Printed> {
        printed.month = i8::try_from(month).ok().filter(|month| (1..=12).contains(month));
        printed.month?;
        next += usize::from(self.at(next) == '份');
        printed.end = next;
        if let Some(length) = self.first_of(next, &self.words.end_of_month) {
            printed.end_of = true;
            printed.end = next + length;
        } else if let Some((day, length)) = self.number(next + self.blanks(next), 2) {
            let after = next + self.blanks(next) + length;
            if matches!(self.at(after), '日' | '号') {
                printed.day = i8::try_from(day).ok();
                printed.end = after + 1;
            }
        }
        Some(printed)
    }

    /// The month that ends a half or a quarter of a year, and the length of the words.
    fn half(&self, index: usize) -> Option<(i8, usize)> {
        let ordinal = usize::from(self.at(index) == '第');
        let period = self.words.periods.iter().find(|period| self.starts(index + ordinal, &period.name))?;
        let end = index + ordinal + period.name.chars().count();
        let last = self.first_of(end, &self.words.end_of_quarter).unwrap_or(0);
        Some((period.month, end + last - index))
    }

    /// Whether 年底 or 年内 at a place means the document's own year: nothing stands before it that changes that.
    fn opens_year(&self, index: usize) -> bool {
        let before = index.checked_sub(1).map_or('\0', |before| self.at(before));
        let changed = self.words.not_before_year.iter().any(|word| word.starts_with(before));
        !(before.is_ascii_digit() || numeral::is_numeral(before) || changed)
    }

    fn blanks(&self, index: usize) -> usize {
        self.chars.iter().skip(index).take_while(|char| **char == ' ').count()
    }

    /// Length of 到, 截至, 自 … right before a date.
    fn lead(&self, index: usize) -> usize {
        let words = self.words.until.iter().chain(&self.words.since).chain(&self.words.at);
        words.filter(|word| self.ends(index, word)).map(|word| word.chars().count()).max().unwrap_or(0)
    }

    /// Whether a word stands right before a place.
    fn ends(&self, index: usize, word: &str) -> bool {
        index.checked_sub(word.chars().count()).is_some_and(|start| self.starts(start, word))
    }

    /// 到2022年和2030年: the second date of a list is as the first.
    fn listed(&self, index: usize, printed: &Printed) -> Option<(DeadlineRelation, usize)> {
        let joined = index.checked_sub(1).is_some_and(|before| matches!(self.at(before), '和' | '、' | '与'));
        let (span, first) = self.out.last()?;
        (joined && span.end + 1 == index && printed.year.is_some()).then_some((first.relation, printed.end))
    }

    /// How the words around a date relate it to the task, and where they end; none for a date that is no time limit.
    fn relation(&self, index: usize, printed: &Printed) -> Option<(DeadlineRelation, usize)> {
        let end = printed.end;
        let led = |words: &[String]| words.iter().any(|word| self.ends(index, word));
        let year_only = printed.month.is_none();
        if year_only && !printed.end_of && self.first_of(end, &self.words.named).is_some() {
            return None;
        }
        // 2023—2025年, 2016年1-8月 name a period
        if matches!(self.at(end), '-' | '~') && !self.context.limit
            || index > 0 && matches!(self.at(index - 1), '-' | '~') && !self.context.limit
        {
            return None;
        }
        if let Some(length) = self.first_of(end, &self.words.before) {
            return Some((DeadlineRelation::Before, end + length));
        }
        if let Some(length) = self.first_of(end, &self.words.from) {
            return Some((DeadlineRelation::From, end + length));
        }
        if led(&self.words.since) {
            return Some((DeadlineRelation::From, end));
        }
        if printed.end_of && !printed.half || led(&self.words.until) {
            return Some((DeadlineRelation::By, end));
        }
        if printed.half {
            return (self.context.limit || self.opens_phrase(index)).then_some((DeadlineRelation::By, end));
        }
        if let Some(length) = self.first_of(end, &self.words.during) {
            return Some((DeadlineRelation::During, end + length));
        }
        if printed.within {
            return Some((DeadlineRelation::During, end));
        }
        if self.context.limit {
            return Some((DeadlineRelation::By, end));
        }
        // a bare year counts where it opens a phrase: 2019年,县域内就诊率达到90%
        let opens = self.opens_phrase(index) && !matches!(self.at(end), ')' | '的' | '重' | '》' | '\0' | '第');
        (opens && printed.day.is_none() && year_only).then_some((DeadlineRelation::During, end))
    }

    fn opens_phrase(&self, index: usize) -> bool {
        let lead = self.lead(index);
        let before = (index - lead).checked_sub(1).map_or('。', |before| self.at(before));
        matches!(before, '。' | ',' | ';' | '、' | ':' | '\n' | ' ')
    }

    /// 省相关文件印发后3个月内: a time after an event.
    fn relative(&mut self, index: usize) -> Option<usize> {
        let (_, length) = self.number(index, 3)?;
        let unit = self.first_of(index + length, &self.words.durations)?;
        let end = index + length + unit;
        let inside = self.first_of(end, &self.words.during)?;
        let before: String = self.chars.get(index.saturating_sub(40)..index).unwrap_or_default().iter().collect();
        let phrase = before.rsplit(['。', ';', '\n']).next().unwrap_or_default();
        let event = self.words.after.iter().find_map(|word| phrase.strip_suffix(word.as_str()))?;
        let event = event.rsplit([',', '、']).next().unwrap_or_default();
        let leads = self.words.at.iter().chain(&self.words.since);
        let event = leads.fold(event, |event, word| event.rsplit_once(word.as_str()).map_or(event, |(_, rest)| rest));
        let duration: String = self.chars.get(index..end)?.iter().collect();
        self.out.push((
            Span::new(index, end + inside),
            Deadline {
                relation: DeadlineRelation::Relative,
                date: None,
                duration: Some(duration),
                after: Some(event.to_owned()).filter(|event| !event.is_empty()),
                text: String::new(),
                inferred_year: false,
                confidence: 0.93,
                span: Span::default(),
                corrections: Vec::new(),
            },
        ));
        Some(end + inside - index)
    }

    /// 长期坚持 as a time limit.
    fn ongoing(&mut self, index: usize) -> Option<usize> {
        if !self.context.limit {
            return None;
        }
        let length = self.first_of(index, &self.words.ongoing)?;
        self.out.push((
            Span::new(index, index + length),
            Deadline {
                relation: DeadlineRelation::Ongoing,
                date: None,
                duration: None,
                after: None,
                text: String::new(),
                inferred_year: false,
                confidence: 0.95,
                span: Span::default(),
                corrections: Vec::new(),
            },
        ));
        Some(length)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(words: &str, limit: bool) -> Vec<String> {
        let text = Text::new(words);
        find(&text, text.span(), Context { year: Some(2017), limit })
            .iter()
            .map(|found| {
                let date = found.date.map(|date| date.to_string()).or(found.duration.clone()).unwrap_or_default();
                format!("{} {date}", found.relation.as_str())
            })
            .collect()
    }

    #[test]
    fn dates_in_prose() {
        for (words, expected) in [
            ("8月1日前全面推开", vec!["before 2017-08-01"]),
            ("到2022年和2030年，占比分别达到1%和3%", vec!["by 2022", "by 2030"]),
            ("10月底前,各区要制定方案", vec!["before 2017-10-31"]),
            ("9月1日起执行", vec!["from 2017-09-01"]),
            ("到2017年,率先完成;到2020年,建立制度", vec!["by 2017", "by 2020"]),
            ("2017年年底前覆盖", vec!["before 2017-12-31"]),
            ("到2023年底,累计达到450种", vec!["by 2023-12-31"]),
            ("2017年,平均增幅控制在7%以下", vec!["during 2017"]),
            ("力争年内占比达到75%", vec!["during 2017"]),
            ("各项任务于省相关文件印发后3个月内完成", vec!["relative 3个月"]),
            ("落实《目录(2018年版)》", vec![]),
            ("开展2019年度评价", vec![]),
            ("5年院校教育+3年规范化培训", vec![]),
            ("二〇二〇年底前完成", vec!["before 2020-12-31"]),
        ] {
            assert_eq!(read(words, false), expected, "{words}");
        }
    }

    #[test]
    fn limits_need_no_more_than_the_date() {
        assert_eq!(read("2024年6月", true), ["by 2024-06"]);
        assert_eq!(read("2024年12月底", true), ["by 2024-12-31"]);
        assert_eq!(read("持续推进", true), ["ongoing "]);
        assert_eq!(read("2021年三季度前", true), ["before 2021-09-30"]);
        assert_eq!(read("第二季度末", true), ["by 2017-06-30"]);
        assert_eq!(read("2021年上半年", true), ["by 2021-06-30"]);
        assert_eq!(read("2021年9月底前完成", true), ["before 2021-09-30"]);
    }
}
