//! Dates that the calendar does not have, and periods that end before they begin.

use crate::date::Date;
use crate::diagnostic::{Code, Finding, Severity};
use crate::lint::figure::{self, longest};
use crate::lint::notice::Notice;
use crate::lint::rule::rule;
use crate::numeral::{self, is_numeral};
use crate::span::Span;

rule! {
    /// # 日期不存在
    /// # a date that the calendar does not have
    ///
    /// ## 查什么
    /// 2月30日、6月31日、13月底一类的日期，包括用汉字写的（二月三十日）。
    /// ## What it finds
    /// The 30th of February, the 31st of June, a thirteenth month, in figures or in Chinese numerals.
    /// ## 为什么
    /// 时限落在不存在的日子，无法执行。
    /// ## Why it matters
    /// A limit on a day that does not come binds nobody.
    /// ## Wrong
    /// ```text
    /// 林河县2023年重点工作任务
    /// 一、主要任务
    /// （一）推进医共体建设，2023年6月31日前完成。（县卫生健康局负责）
    /// （二）落实补助资金。（县财政局负责）
    /// ```
    /// ## Right
    /// ```text
    /// 林河县2023年重点工作任务
    /// 一、主要任务
    /// （一）推进医共体建设，2023年6月30日前完成。（县卫生健康局负责）
    /// （二）为18月龄儿童接种疫苗。（县疾控中心负责）
    /// ```
    NO_SUCH_DATE: NoSuchDate, Some(check_calendar)
}

rule! {
    /// # 起止时间颠倒
    /// # a period that ends before it begins
    ///
    /// ## 查什么
    /// “2023年10月至2023年3月”一类，止期早于起期。
    /// ## What it finds
    /// A period whose end is printed with an earlier date than its beginning.
    /// ## 为什么
    /// 跨年的时限漏改年份，是最常见的差错。
    /// ## Why it matters
    /// The year of the end was not moved on.
    /// ## Wrong
    /// ```text
    /// 林河县2023年重点工作任务
    /// 一、主要任务
    /// （一）开展专项整治（2023年10月至2023年3月）。（县卫生健康局负责）
    /// （二）落实补助资金。（县财政局负责）
    /// ```
    /// ## Right
    /// ```text
    /// 林河县2023年重点工作任务
    /// 一、主要任务
    /// （一）开展专项整治（2023年10月至2024年3月）。（县卫生健康局负责）
    /// （二）落实补助资金。（县财政局负责）
    /// ```
    REVERSED_DATES: ReversedDates, Some(check_order)
}

fn check_calendar(notice: &Notice<'_>, findings: &mut Vec<Finding>) {
    for &passage in &notice.passages {
        findings.extend(check_han(notice, passage));
        let chars = notice.folded(passage);
        for at in (0..chars.len()).filter(|at| figure::begins(chars, *at)) {
            let Some((month, behind)) = number(chars, at, '月') else { continue };
            let rest = chars.get(behind..).unwrap_or_default();
            let year = year_before(chars, at);
            let day = number(chars, behind, '日');
            let of_calendar =
                day.is_some() || year.is_some() || longest(rest, &Notice::words().dates.of_month).is_some();
            let end = day.map_or(behind, |(_, end)| end);
            let wrong = match day {
                // without a year, one with a 29th of February
                Some((day, _)) => Date::day(year.unwrap_or(2024), clamp(month), clamp(day)).is_none(),
                None => of_calendar && !(1..=12).contains(&month),
            };
            // 6-18月龄, 3~13月 count months
            let counted =
                at > 0 && chars.get(at - 1).is_some_and(|char| matches!(char, '-' | '~' | '/' | '至')) && day.is_none();
            if wrong && !counted {
                let start = if year.is_some() { at - 5 } else { at };
                let place = Span::new(passage.start + start, passage.start + end);
                let printed = notice.text.slice(place);
                findings.push(no_such(place, printed));
            }
        }
    }
}

/// Dates in Chinese numerals that the calendar does not have: 二月三十日.
fn check_han(notice: &Notice<'_>, passage: Span) -> Vec<Finding> {
    let chars = notice.folded(passage);
    let mut found = Vec::new();
    for at in chars.iter().enumerate().filter(|(_, char)| **char == '月').map(|(at, _)| at) {
        let start = at - chars.get(..at).unwrap_or_default().iter().rev().take_while(|char| is_numeral(**char)).count();
        let length = chars.get(at + 1..).unwrap_or_default().iter().take_while(|char| is_numeral(**char)).count();
        let end = at + 1 + length;
        let value = |from: usize, to: usize| {
            numeral::parse(&chars.get(from..to).unwrap_or_default().iter().collect::<String>())
        };
        let (Some(month), Some(day)) = (value(start, at), value(at + 1, end)) else { continue };
        let small = |number: u64| u32::try_from(number).map_or(i8::MAX, clamp);
        let dated = chars.get(end) == Some(&'日') && Date::day(2024, small(month), small(day)).is_none();
        if dated {
            let place = Span::new(passage.start + start, passage.start + end + 1);
            found.push(no_such(place, notice.text.slice(place)));
        }
    }
    found
}

fn no_such(place: Span, printed: &str) -> Finding {
    Finding::new(
        Code::NoSuchDate,
        place,
        format!("没有 `{printed}` 这一天"),
        format!("the calendar has no `{printed}`"),
    )
    .with_hint("请核对日期", "look at the date")
}

fn clamp(number: u32) -> i8 {
    i8::try_from(number).unwrap_or(i8::MAX)
}

/// One or two digits before a word: the number, and where the word ends.
fn number(chars: &[char], at: usize, word: char) -> Option<(u32, usize)> {
    let digits: String = chars.get(at..)?.iter().take_while(|char| char.is_ascii_digit()).collect();
    let end = at + digits.len();
    if digits.is_empty() || digits.len() > 2 || chars.get(end) != Some(&word) {
        return None;
    }
    Some((digits.parse().ok()?, end + 1))
}

/// The year that is printed right before a place.
fn year_before(chars: &[char], at: usize) -> Option<i16> {
    let before: String = chars.get(at.checked_sub(5)?..at)?.iter().collect();
    before.strip_suffix('年')?.parse().ok().filter(|year| (1900..2200).contains(year))
}

fn check_order(notice: &Notice<'_>, findings: &mut Vec<Finding>) {
    for &passage in &notice.passages {
        let chars = notice.folded(passage);
        for at in (0..chars.len()).filter(|at| figure::begins(chars, *at)) {
            let Some((from, behind)) = dated(chars, at) else { continue };
            let dashes = chars
                .get(behind..)
                .unwrap_or_default()
                .iter()
                .take_while(|char| matches!(char, '-' | '~' | '至' | '到' | ' '))
                .count();
            let second = behind + dashes;
            let own = dated(chars, second);
            let Some((to, end)) = own.or_else(|| same_year(chars, second, from)).filter(|_| dashes > 0) else {
                continue;
            };
            if to < from && to.month.is_some() == from.month.is_some() {
                let place = Span::new(passage.start + at, passage.start + end);
                let finding =
                    Finding::new(Code::ReversedDates, place, "止期早于起期", "this period ends before it begins");
                // 11月至3月 may mean the next year
                findings.push(if own.is_some() {
                    finding.with_hint("请核对年份", "look at the years")
                } else {
                    let hint =
                        ("请核对月份；如指次年，请写“次年”", "look at the months; if the next year is meant, say 次年");
                    finding.with_severity(Severity::Warning).with_hint(hint.0, hint.1)
                });
            }
        }
    }
}

/// A date without its year, which is that of another: 2025年9月至6月.
fn same_year(chars: &[char], at: usize, other: Date) -> Option<(Date, usize)> {
    other.month?;
    let (month, behind) = number(chars, at, '月')?;
    match number(chars, behind, '日').filter(|_| other.day.is_some()) {
        Some((day, end)) => Date::day(other.year, clamp(month), clamp(day)).map(|date| (date, end)),
        None => Date::month(other.year, clamp(month)).map(|date| (date, behind)),
    }
}

/// A date with its year, of the precision that is printed, and where it ends.
fn dated(chars: &[char], at: usize) -> Option<(Date, usize)> {
    let digits: String = chars.get(at..at + 4)?.iter().collect();
    let year: i16 = digits.parse().ok()?;
    if chars.get(at + 4) != Some(&'年') {
        return None;
    }
    let Some((month, behind)) = number(chars, at + 5, '月') else {
        return Date::year(year).map(|date| (date, at + 5));
    };
    match number(chars, behind, '日') {
        Some((day, end)) => Date::day(year, clamp(month), clamp(day)).map(|date| (date, end)),
        None => Date::month(year, clamp(month)).map(|date| (date, behind)),
    }
}
