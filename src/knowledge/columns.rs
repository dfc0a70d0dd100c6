//! The names of columns, from `data/vocabulary/columns.toml`.

use serde::Deserialize;

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
