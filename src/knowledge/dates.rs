//! The words of dates and time limits, from `data/vocabulary/dates.toml`.

use serde::Deserialize;

/// How dates and time limits are written: `dates.toml`.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Dates {
    /// 今年 …: years counted from the document's own.
    pub years: Vec<YearWord>,
    /// 次年 …: years counted from the last one printed.
    pub years_after: Vec<YearWord>,
    /// 去年 …: years gone by.
    pub past_years: Vec<String>,
    /// 年底 …: the end of the document's own year.
    pub year_end: Vec<String>,
    /// 年内 …: the course of the document's own year.
    pub within_year: Vec<String>,
    /// 全年 …: the same, in a time limit alone.
    pub whole_year: Vec<String>,
    /// 每 …: what makes those two something else.
    pub not_before_year: Vec<String>,
    /// 底 … behind a printed year.
    pub end_of_year: Vec<String>,
    /// 底 … behind a month.
    pub end_of_month: Vec<String>,
    /// 末 … behind a quarter.
    pub end_of_quarter: Vec<String>,
    /// 中旬 … behind a month.
    pub month_parts: Vec<MonthPart>,
    /// Halves and quarters.
    pub periods: Vec<Period>,
    /// Plans of five years.
    pub plans: Vec<Plan>,
    /// 末 … behind a plan.
    pub plan_end: Vec<String>,
    /// 期间 … behind a plan.
    pub plan_course: Vec<String>,
    /// Feasts of the solar calendar.
    pub feasts: Vec<Feast>,
    /// 春节 …
    pub spring_festival: Vec<String>,
    /// Its days, year by year.
    pub spring_festivals: Vec<String>,
    /// 到 … before a date.
    pub until: Vec<String>,
    /// 截至 … before a date, also of what has been reached so far.
    pub counted: Vec<String>,
    /// 达 … before 到.
    pub not_until: Vec<String>,
    /// 自 … before a date.
    pub since: Vec<String>,
    /// 在 … before a date.
    pub at: Vec<String>,
    /// 力争 … before a date.
    pub aims: Vec<String>,
    /// 较 … before a date.
    pub compared: Vec<String>,
    /// 前 … behind a date.
    pub before: Vec<String>,
    /// 前期 …: what begins with 前 and is something else.
    pub not_before: Vec<String>,
    /// 起 … behind a date.
    pub from: Vec<String>,
    /// 起草 …: what begins with 起 and is something else.
    pub not_from: Vec<String>,
    /// 内 … behind a date.
    pub during: Vec<String>,
    /// 内部 …: what begins with 内 and is something else.
    pub not_during: Vec<String>,
    /// 秋季学期 … between a date and 起.
    pub terms: Vec<String>,
    /// 以来 … behind a year that is part of a name.
    pub named: Vec<String>,
    /// 以来 … behind a date gone by.
    pub gone: Vec<String>,
    /// 达到 … behind a year that a goal is for.
    pub reaching: Vec<String>,
    /// 完成 … behind a date that a sentence is about.
    pub openings: Vec<String>,
    /// 印发 … behind the date of something done.
    pub attributes: Vec<String>,
    /// 个月 …
    pub durations: Vec<String>,
    /// 未 … behind 3年内 that speaks of what has been.
    pub not_within: Vec<String>,
    /// 压缩至 … before a time that is a measure.
    pub not_before_time: Vec<String>,
    /// 分钟 …: units of times that a service keeps to.
    pub service_times: Vec<String>,
    /// 半年 …
    pub lengths: Vec<String>,
    /// 左右 … behind a time.
    pub about: Vec<String>,
    /// 后 … behind an event.
    pub after: Vec<String>,
    /// 内 … behind a time.
    pub within: Vec<String>,
    /// 长期坚持 …
    pub ongoing: Vec<String>,
    /// The ones that are a sentence of their own.
    pub standing: Vec<String>,
    /// 每季度 …
    pub each: Vec<String>,
    /// 末 … behind 每季度.
    pub each_parts: Vec<String>,
    /// 完成时限 … before a time limit.
    pub labels: Vec<String>,
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
    /// The month that ends it.
    pub month: i8,
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
