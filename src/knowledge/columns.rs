//! The names of columns, from `data/vocabulary/columns.toml`.

use std::collections::HashSet;
use std::sync::LazyLock;

use serde::Deserialize;

use super::Knowledge;
use crate::span::{fold, is_blank};

/// Names of columns: `columns.toml`.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Columns {
    /// 序号 …
    pub sequence: Vec<String>,
    /// 任务编号 …
    pub label: Vec<String>,
    /// 主要工作 …
    pub theme: Vec<String>,
    /// 重点任务 …
    pub task: Vec<String>,
    /// 具体工作 …
    pub measure: Vec<String>,
    /// 职责 …
    pub duty: Vec<String>,
    /// 部门 …
    pub department: Vec<String>,
    /// 完成时限 …
    pub deadline: Vec<String>,
    /// 开工时间 …
    pub start: Vec<String>,
    /// 指标 …
    pub indicator: Vec<String>,
    /// 任务来源 …
    pub source: Vec<String>,
    /// 方式 …
    pub mode: Vec<String>,
    /// 开放 …
    pub open: Vec<String>,
    /// 备注 …
    pub note: Vec<String>,
    /// How names that no list holds are built.
    pub parts: ColumnParts,
}

/// What the names of columns are built from, for those that no list holds: `columns.toml`.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct ColumnParts {
    /// What may stand before a name and says no more: 市直, 年度 …
    pub before: Vec<String>,
    /// Names never begin so: what does is a body or a sentence.
    pub never: Vec<String>,
    /// Columns of persons hold one of these.
    pub person: Vec<String>,
    /// Columns of bodies hold one of these.
    pub body: Vec<String>,
    /// A table with one of these says whom to call, not what to do.
    pub contact: Vec<String>,
    /// Bodies that lead.
    pub lead: Vec<String>,
    /// Bodies that lead whoever stands beside them.
    pub first: Vec<String>,
    /// Bodies that lead, unless such as are called so stand beside them.
    pub second: Vec<String>,
    /// Bodies that support.
    pub supporting: Vec<String>,
    /// Bodies that are responsible.
    pub responsible: Vec<String>,
    /// Bodies that do something else: check, report.
    pub other: Vec<String>,
    /// Last characters of names of headings.
    pub theme: Vec<String>,
    /// Last characters of names of tasks.
    pub task: Vec<String>,
    /// Last characters of names of measures.
    pub measure: Vec<String>,
    /// Last characters of names of dates.
    pub deadline: Vec<String>,
    /// Last characters of names of quantities.
    pub indicator: Vec<String>,
    /// What is to be done together with the goal: 内容 … 目标.
    pub both: Vec<(String, String)>,
    /// Last characters of names of sources.
    pub source: Vec<String>,
    /// Last characters of names of anything else.
    pub note: Vec<String>,
    /// What columns hold that tell how far things have come.
    pub progress: Vec<String>,
    /// Parts of a year: columns of what is reached by then.
    pub period: Vec<String>,
    /// What stands for the cell above: 同上 …
    pub ditto: Vec<String>,
    /// What dates and terms hold: 底前, 全年 …
    pub dated: Vec<String>,
}

/// Whether the lists hold a name of a column, blanks and signs at its end left out.
pub fn is_column_name(name: &str) -> bool {
    static NAMES: LazyLock<HashSet<&'static str>> = LazyLock::new(|| {
        let vocabulary = &Knowledge::shipped().vocabulary;
        let (columns, labels) = (&vocabulary.columns, &vocabulary.clause.labels);
        let lists = [
            &columns.sequence,
            &columns.label,
            &columns.theme,
            &columns.task,
            &columns.measure,
            &columns.duty,
            &columns.department,
            &columns.deadline,
            &columns.start,
            &columns.indicator,
            &columns.source,
            &columns.note,
            &labels.lead,
            &labels.co_lead,
            &labels.responsible,
            &labels.supporting,
        ];
        lists.into_iter().flatten().map(String::as_str).collect()
    });
    let plain: String = name.chars().filter(|char| !is_blank(*char)).map(fold).collect();
    let plain = plain.trim_end_matches([':', '*']).split('(').next().unwrap_or_default();
    let of_year = plain.trim_start_matches(|char: char| char.is_ascii_digit() || matches!(char, '年' | '度' | '-'));
    let parts = &Knowledge::shipped().vocabulary.columns.parts;
    let before = || parts.before.iter().filter_map(|word| of_year.strip_prefix(word.as_str()));
    NAMES.contains(plain) || NAMES.contains(of_year) || before().any(|rest| NAMES.contains(rest))
}
