//! The words of dates and time limits, from `data/vocabulary/dates.toml`.

use serde::Deserialize;

use super::words::{Named, WordList, WordTable};

/// How dates and time limits are written: `dates.toml`.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Dates {
    /// 今年 …: years counted from the document's own.
    pub years: WordTable<YearWord>,
    /// 次年 …: years counted from the last one printed.
    pub years_after: WordTable<YearWord>,
    /// 去年 …: years gone by.
    pub past_years: WordList,
    /// 年底 …: the end of the document's own year.
    pub year_end: WordList,
    /// 年内 …: the course of the document's own year.
    pub within_year: WordList,
    /// 全年 …: the same, in a time limit alone.
    pub whole_year: WordList,
    /// 每 …: what makes those two something else.
    pub not_before_year: WordList,
    /// 底 … behind a printed year.
    pub end_of_year: WordList,
    /// 底 … behind a month.
    pub end_of_month: WordList,
    /// 末 … behind a quarter.
    pub end_of_quarter: WordList,
    /// 中旬 … behind a month.
    pub month_parts: WordTable<MonthPart>,
    /// Halves and quarters.
    pub periods: WordTable<Period>,
    /// Plans of five years.
    pub plans: WordTable<Plan>,
    /// 末 … behind a plan.
    pub plan_end: WordList,
    /// 期间 … behind a plan.
    pub plan_course: WordList,
    /// Feasts of the solar calendar.
    pub feasts: WordTable<Feast>,
    /// 春节 …
    pub spring_festival: WordList,
    /// Its days, year by year.
    pub spring_festivals: WordList,
    /// 到 … before a date.
    pub until: WordList,
    /// 截至 … before a date, also of what has been reached so far.
    pub counted: WordList,
    /// 达 … before 到.
    pub not_until: WordList,
    /// 自 … before a date.
    pub since: WordList,
    /// 在 … before a date.
    pub at: WordList,
    /// 力争 … before a date.
    pub aims: WordList,
    /// 较 … before a date.
    pub compared: WordList,
    /// 前 … behind a date.
    pub before: WordList,
    /// 前期 …: what begins with 前 and is something else.
    pub not_before: WordList,
    /// 起 … behind a date.
    pub from: WordList,
    /// 起草 …: what begins with 起 and is something else.
    pub not_from: WordList,
    /// 内 … behind a date.
    pub during: WordList,
    /// 内部 …: what begins with 内 and is something else.
    pub not_during: WordList,
    /// 秋季学期 … between a date and 起.
    pub terms: WordList,
    /// 以来 … behind a year that is part of a name.
    pub named: WordList,
    /// 已 … behind 前: what was so by then.
    pub done: WordList,
    /// 以来 … behind a date gone by.
    pub gone: WordList,
    /// 达到 … behind a year that a goal is for.
    pub reaching: WordList,
    /// 完成 … behind a date that a sentence is about.
    pub openings: WordList,
    /// 印发 … behind the date of something done.
    pub attributes: WordList,
    /// 个月 …
    pub durations: WordList,
    /// 用 … before a time that something takes.
    pub taking: WordList,
    /// 时间 … behind it.
    pub taken: WordList,
    /// 未 … behind 3年内 that speaks of what has been.
    pub not_within: WordList,
    /// 压缩至 … before a time that is a measure.
    pub not_before_time: WordList,
    /// 半年 …
    pub lengths: WordList,
    /// 左右 … behind a time.
    pub about: WordList,
    /// 后 … behind an event.
    pub after: WordList,
    /// 内 … behind a time.
    pub within: WordList,
    /// 长期坚持 …
    pub ongoing: WordList,
    /// The ones that are a sentence of their own.
    pub standing: WordList,
    /// 每季度 …
    pub each: WordList,
    /// 末 … behind 每季度.
    pub each_parts: WordList,
    /// 一次 … behind it, which is no date.
    pub each_times: WordList,
    /// 通报 … behind it: what is done with reports.
    pub each_acts: WordList,
    /// 至少 … before that, which makes it a number of times.
    pub each_least: WordList,
    /// 五 … behind 每周.
    pub weekdays: WordTable<Weekday>,
    /// 每季度 …: how long it is until it comes again.
    pub cycles: WordTable<Cycle>,
    /// 首月 … behind it.
    pub cycle_months: WordTable<Period>,
    /// 完成时限 … before a time limit.
    pub labels: WordList,
}

/// A word for a year.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct YearWord {
    /// 明年 …
    pub name: String,
    /// How many years later.
    pub offset: i16,
}

/// A part of a month.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MonthPart {
    /// 中旬 …
    pub name: String,
    /// The day that ends it; 0 for the month's last, -1 for none.
    pub day: i8,
}

/// A part of a year.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Period {
    /// 上半年 …
    pub name: String,
    /// The month that ends it; 0 for the last.
    pub month: i8,
}

/// What comes again.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Cycle {
    /// 每季度 …
    pub name: String,
    /// Months until it comes again; 0 for less than a month.
    #[serde(default)]
    pub months: i16,
    /// Days until it comes again; 0 for months.
    #[serde(default)]
    pub days: i16,
    /// The days of the month on which it comes, where there are several; 0 for the last.
    #[serde(default)]
    pub parts: Vec<i8>,
}

/// A day of the week.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Weekday {
    /// 五 …
    pub name: String,
    /// From 1 for Monday to 7.
    pub day: i8,
}

/// A plan of five years.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Plan {
    /// 十四五 …
    pub name: String,
    /// Its first year.
    pub first: i16,
    /// Its last year.
    pub last: i16,
}

/// A feast of the solar calendar.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Feast {
    /// 元旦 …
    pub name: String,
    /// Its month.
    pub month: i8,
    /// Its day.
    pub day: i8,
}

macro_rules! named { ($($entry:ty),+) => { $(
    impl Named for $entry {
        fn name(&self) -> &str {
            &self.name
        }
    }
)+ }; }
named!(YearWord, MonthPart, Period, Plan, Feast, Cycle, Weekday);
