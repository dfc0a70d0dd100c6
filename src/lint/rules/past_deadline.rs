//! Time limits that were over when the document was issued, and time limits outside its period.

use std::collections::BTreeSet;

use crate::date::Date;
use crate::diagnostic::{Code, Finding, Severity};
use crate::extract::{Deadline, DeadlineRelation, Task};
use crate::lint::notice::Notice;
use crate::lint::rule::rule;

rule! {
    /// # 时限早于成文日期
    /// # a time limit that was over when the document was issued
    ///
    /// ## 查什么
    /// 任务的完成时限在成文日期之前。
    /// ## What it finds
    /// A task that is due before the date of the document.
    /// ## 为什么
    /// 文件一发出任务就已逾期：不是年份写错，就是文件压得太久。
    /// ## Why it matters
    /// The task is overdue as the document goes out: the year is wrong, or the draft waited too long.
    /// ## Wrong
    /// ```text
    /// 林河县人民政府办公室关于印发2023年重点工作任务的通知
    /// 一、主要任务
    /// （一）2022年6月底前，完成医共体信息平台建设。（县卫生健康局负责）
    /// （二）落实补助资金。（县财政局负责）
    /// 林河县人民政府办公室
    /// 2023年3月6日
    /// ```
    /// ## Right
    /// ```text
    /// 林河县人民政府办公室关于印发2023年重点工作任务的通知
    /// 一、主要任务
    /// （一）2023年6月底前，完成医共体信息平台建设。（县卫生健康局负责）
    /// （二）落实补助资金。（县财政局负责）
    /// 林河县人民政府办公室
    /// 2023年3月6日
    /// ```
    PAST_DEADLINE: PastDeadline, Some(check_past)
}

rule! {
    /// # 时限超出文件所管的年份
    /// # a time limit outside the period of the title
    ///
    /// ## 查什么
    /// 标题写明年份或起止年（2023年、2021—2025年、“十四五”），任务的时限却落在外面。
    /// 远景目标（到2035年）不算；年度文件里跨年的任务只作提示。
    /// ## What it finds
    /// A time limit outside the years that the title names. Long-term aims (到2035年) are left alone; in a document
    /// of one year, a later limit is a note.
    /// ## 为什么
    /// 不是年份写错，就是这项任务不该放在这份文件里考核。
    /// ## Why it matters
    /// Either the year is wrong, or the task is not this document's to account for.
    /// ## Wrong
    /// ```text
    /// 林河县医药卫生体制改革实施方案（2021—2023年）
    /// 一、主要任务
    /// （一）2024年6月底前，完成医共体信息平台建设。（县卫生健康局负责）
    /// （二）落实补助资金。（县财政局负责）
    /// ```
    /// ## Right
    /// ```text
    /// 林河县医药卫生体制改革实施方案（2021—2023年）
    /// 一、主要任务
    /// （一）2023年6月底前，完成医共体信息平台建设。（县卫生健康局负责）
    /// （二）落实补助资金。（县财政局负责）
    /// ```
    BEYOND_PERIOD: BeyondPeriod, Some(check_period)
}

fn check_past(notice: &Notice<'_>, findings: &mut Vec<Finding>) {
    let Some(issued) = notice.issued() else { return };
    let mut seen = BTreeSet::new();
    for (task, deadline) in due(notice) {
        let Some(date) = deadline.date.and_then(last_day) else { continue };
        let about_past = notice.text.slice(task.span).contains("已完成");
        if date >= first_day(issued) || about_past || !seen.insert(deadline.span) {
            continue;
        }
        let finding = Finding::new(
            Code::PastDeadline,
            deadline.span,
            format!("`{}` 早于成文日期 {issued}", deadline.text),
            format!("`{}` is before the date of the document, {issued}", deadline.text),
        );
        let finding = if deadline.inferred_year {
            finding.with_hint("没有写年份：如指明年，请写明", "the year is not printed: say so if next year is meant")
        } else {
            finding.with_hint("请核对年份", "look at the year")
        };
        findings.push(finding);
    }
}

fn check_period(notice: &Notice<'_>, findings: &mut Vec<Finding>) {
    let Some((from, to)) = notice.facts.head.title.as_deref().and_then(period) else { return };
    let mut seen = BTreeSet::new();
    for (_, deadline) in due(notice) {
        let Some(date) = deadline.date else { continue };
        let vision = date.year > to && date.year % 5 == 0 && date.month.is_none_or(|month| month == 12);
        // a stretch of time may run on into the next year
        let stretch = deadline.text.contains(['至', '-', '—', '－', '～']);
        let definite = date.month.is_some() && !deadline.inferred_year && !stretch;
        let past = notice.issued().is_some_and(|issued| date.year < issued.year);
        if (from..=to).contains(&date.year) || vision || !definite || past || !seen.insert(deadline.span) {
            continue;
        }
        let years = if from == to { format!("{from}") } else { format!("{from}—{to}") };
        let finding = Finding::new(
            Code::BeyondPeriod,
            deadline.span,
            format!("`{}` 不在标题所说的 {years} 年之内", deadline.text),
            format!("`{}` lies outside {years}, the years of the title", deadline.text),
        )
        .with_hint("请核对年份", "look at the year");
        let ahead = from == to && date.year > to;
        findings.push(if ahead { finding.with_severity(Severity::Note) } else { finding });
    }
}

/// The time limits by which something is due.
fn due<'d>(notice: &Notice<'d>) -> impl Iterator<Item = (&'d Task, &'d Deadline)> {
    // 每年3月底前 comes again
    let limit = |deadline: &&Deadline| {
        matches!(deadline.relation, DeadlineRelation::By | DeadlineRelation::Before) && !deadline.text.contains('每')
    };
    notice.tasks().flat_map(move |task| task.deadlines.iter().filter(limit).map(move |deadline| (task, deadline)))
}

/// The years that a title names.
pub(super) fn period(title: &str) -> Option<(i16, i16)> {
    let chars: Vec<char> = title.chars().map(crate::span::fold).collect();
    let year = |at: usize| -> Option<i16> {
        let begins = at == 0 || !chars.get(at - 1).is_some_and(char::is_ascii_digit);
        let digits: String = chars.get(at..at + 4)?.iter().collect();
        let year: i16 = digits.parse().ok()?;
        (begins && (1980..2100).contains(&year) && !chars.get(at + 4).is_some_and(char::is_ascii_digit)).then_some(year)
    };
    for at in 0..chars.len() {
        let Some(from) = year(at) else { continue };
        let mut next = at + 4;
        next += usize::from(chars.get(next) == Some(&'年'));
        let dashes = chars.iter().skip(next).take_while(|char| matches!(char, '-' | '~' | '至' | '到')).count();
        if dashes > 0
            && let Some(to) = year(next + dashes).filter(|to| *to > from)
        {
            return Some((from, to));
        }
        if chars.get(at + 4) == Some(&'年') && !chars.get(at + 5).is_some_and(char::is_ascii_digit) {
            return Some((from, from));
        }
    }
    let plans = &Notice::words().dates.plans;
    plans.iter().find(|plan| title.contains(plan.name.as_str())).map(|plan| (plan.from, plan.to))
}

fn last_day(date: Date) -> Option<Date> {
    match (date.month, date.day) {
        (None, _) => Date::last_of_year(date.year),
        (Some(month), None) => Date::last_of_month(date.year, month),
        _ => Some(date),
    }
}

fn first_day(date: Date) -> Date {
    let day = date.month.and_then(|month| Date::day(date.year, month, date.day.unwrap_or(1)));
    day.unwrap_or(date)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_name_their_years() {
        assert_eq!(period("林河县实施方案（2021—2025年）"), Some((2021, 2025)));
        assert_eq!(period("健康行动（2019-2030年）"), Some((2019, 2030)));
        assert_eq!(period("深化改革2023年下半年重点工作任务"), Some((2023, 2023)));
        assert_eq!(period("“十四五”医改规划"), Some((2021, 2025)));
        assert_eq!(period("关于国办发〔2017〕36号文件的意见"), None);
    }
}
