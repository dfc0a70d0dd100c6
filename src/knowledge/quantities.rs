//! The words of figures and their units, from `data/vocabulary/quantities.toml`.

use serde::Deserialize;

/// Figures and their units: `quantities.toml`.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Quantities {
    /// Units.
    pub units: Units,
    /// Words before a figure.
    pub before: BeforeFigure,
    /// Words after a figure.
    pub after: AfterFigure,
    /// Universal cover without a number.
    pub soft: UniversalCover,
    /// Whom a bare 万 counts.
    pub people: PeopleWords,
    /// Columns of figures.
    pub columns: FigureColumns,
    /// Whether an indicator binds.
    pub binding: BindingWords,
}

/// Units of figures.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Units {
    /// What multiplies a unit: 万 …
    pub scales: Vec<String>,
    /// 人·年 …: whom and how often money or a size is counted for.
    pub each: Vec<String>,
    /// What rounds a figure before its unit: 余 …
    pub odd: Vec<String>,
    /// Shares and rates: % …
    pub rate: Vec<String>,
    /// Money: 元 …
    pub money: Vec<String>,
    /// Sizes: 公里 …
    pub measure: Vec<String>,
    /// Things counted: 个 …
    pub count: Vec<String>,
    /// Of those, the ones that more often count kinds of things: 类 …
    pub kind: Vec<String>,
    /// Lengths of time: 小时 …
    pub time: Vec<String>,
    /// Of those, the ones in which an authority does its part: 个工作日 …
    pub service: Vec<String>,
    /// Of the lengths of time, the ones that tell an age: 岁 …
    pub age: Vec<String>,
    /// Of the things counted, the ones that are times something is done: 次 …
    pub occasion: Vec<String>,
}

/// Words before a figure that say how it is meant.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct BeforeFigure {
    /// 不少于 …
    pub at_least: Vec<String>,
    /// 超过 …
    pub above: Vec<String>,
    /// 不超过 …
    pub at_most: Vec<String>,
    /// 低于 …
    pub below: Vec<String>,
    /// 达到 …
    pub equal: Vec<String>,
    /// 约 …
    pub about: Vec<String>,
    /// 提高 …
    pub increase: Vec<String>,
    /// 降低 …
    pub decrease: Vec<String>,
    /// 培养 …
    pub deliver: Vec<String>,
    /// 做好 …: verbs behind which a number of kinds of things only names them.
    pub ongoing: Vec<String>,
    /// 给予 …
    pub giving: Vec<String>,
    /// 给予 … as the first word of a clause: what is given in a case told before.
    pub rewards: Vec<String>,
    /// 承担 …: what closes the name of a thing.
    pub doing: Vec<String>,
    /// 进行 …: verbs by which a number of things is worked on.
    pub working: Vec<String>,
    /// 已建成 …: what has been done.
    pub past: Vec<String>,
    /// 对 …: what opens a condition.
    pub case: Vec<String>,
    /// 增速 …: what carries a figure of the thing that it belongs to.
    pub carrier: Vec<String>,
    /// 补助 …: what a share or a sum is given as.
    pub granted: Vec<String>,
    /// 总投资 …: what a thing comes to, which only tells which thing is meant.
    pub attribute: Vec<String>,
    /// 项目 …: what is told apart by a bound.
    pub rated: Vec<String>,
    /// 第 …
    pub not_before: Vec<String>,
    /// Small words between a verb and its figure: 每人每年 …
    pub filler: Vec<String>,
    /// Words that begin as openers do and are part of what a phrase names: 使用 …
    pub whole: Vec<String>,
    /// Words that open a phrase and are no part of what it names: 力争 …
    pub openers: Vec<String>,
    /// Words that close a phrase and are no part of what it names: 分别 …
    pub closers: Vec<String>,
    /// 全市 …: whom or what a figure is for.
    pub scopes: Vec<String>,
    /// 年 … behind 每: how often.
    pub periods: Vec<String>,
    /// 上年 … behind 较 and 比: what a figure is compared with.
    pub compared: Vec<String>,
}

/// Words after a figure that say how it is meant.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct AfterFigure {
    /// 以上 …
    pub at_least: Vec<String>,
    /// 以下 …
    pub at_most: Vec<String>,
    /// 左右 …
    pub about: Vec<String>,
    /// 级 …
    pub not_after: Vec<String>,
    /// 培训 … beside 三期: what is held in so many rounds.
    pub courses: Vec<String>,
    /// 个重点 … behind a Chinese numeral.
    pub slogan: Vec<String>,
    /// 部门 …: bodies whose number only tells who works together.
    pub bodies: Vec<String>,
    /// 圈 …: what a length of time or a distance names.
    pub circle: Vec<String>,
    /// 由 … before the figure that a change starts from.
    pub baseline: Vec<String>,
    /// 目前的 … before such a figure.
    pub basis: Vec<String>,
    /// 且 … between the parts of a condition.
    pub joint: Vec<String>,
}

/// Universal cover without a number.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct UniversalCover {
    /// 全覆盖 … behind what is covered.
    pub behind: Vec<String>,
    /// 所有 … before what is covered.
    pub ahead: Vec<String>,
    /// 所有制 …: words that only look so.
    pub not_soft: Vec<String>,
}

/// Columns of figures.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FigureColumns {
    /// 现状 …: how things stand.
    pub standing: Vec<String>,
    /// 计量单位 …
    pub unit: Vec<String>,
}

/// Whom a bare 万 counts.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PeopleWords {
    /// 人口 …
    pub people: Vec<String>,
}

/// Whether an indicator binds.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BindingWords {
    /// 约束性 …
    pub binding: Vec<String>,
    /// 预期性 …
    pub expected: Vec<String>,
    /// 倡导性 …
    pub advocated: Vec<String>,
}
