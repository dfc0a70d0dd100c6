//! What the checks of a draft look for: `data/vocabulary/drafting.toml`.

use serde::Deserialize;

/// Words of the checks.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Drafting {
    /// Around figures.
    pub figures: DraftFigures,
    /// Around dates.
    pub dates: DraftDates,
    /// Around cited documents.
    pub citations: DraftCitations,
    /// Slips of writing.
    pub writing: DraftWriting,
    /// Sections of a document.
    pub sections: DraftSections,
}

/// Words around figures.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct DraftFigures {
    /// 由, 从
    pub from: Vec<String>,
    /// 提高到 …
    pub rise: Vec<String>,
    /// 降到 …
    pub fall: Vec<String>,
    /// 调整为 …
    pub set: Vec<String>,
    /// 不低于 …
    pub reach: Vec<String>,
    /// 率, 比重 …
    pub shares: Vec<String>,
    /// 汇率 …
    pub no_shares: Vec<String>,
    /// 覆盖率 …
    pub whole: Vec<String>,
    /// 目前 …
    pub past: Vec<String>,
    /// 同比增长 …
    pub growth: Vec<String>,
    /// 床位使用率 …
    pub above_whole: Vec<String>,
    /// Bounds that stand before a figure and behind it.
    pub bounds: Bounds,
}

/// Words that bound a figure: of one meaning, one is enough.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Bounds {
    /// 不低于 …
    pub least: Vec<String>,
    /// 以上 …
    pub above: Vec<String>,
    /// 不超过 …
    pub most: Vec<String>,
    /// 以下 …
    pub below: Vec<String>,
    /// 约 …
    pub about: Vec<String>,
    /// 左右 …
    pub near: Vec<String>,
}

/// Words around dates.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct DraftDates {
    /// Five-year plans.
    pub plans: Vec<Plan>,
    /// 底, 份 …
    pub of_month: Vec<String>,
    /// 工作要点 …
    pub yearly: Vec<String>,
}

/// A plan that is named in place of its years.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Plan {
    /// 十四五
    pub name: String,
    /// First year.
    pub from: i16,
    /// Last year.
    pub to: i16,
}

/// Words around cited documents.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct DraftCitations {
    /// 通知 …
    pub numbered: Vec<String>,
    /// 条例 …
    pub known: Vec<String>,
    /// Issuers of the state and their signs.
    pub offices: Vec<Office>,
    /// Local governments.
    pub government: Office,
    /// Offices of local governments.
    pub government_office: GovernmentOffice,
}

/// An issuer and the signs of its numbers.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Office {
    /// The words before 关于, or their end.
    pub issuer: String,
    /// What its numbers begin with, behind the place.
    pub signs: Vec<String>,
}

/// The office of a government, which is named 厅 or 室.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GovernmentOffice {
    /// The last words of the issuer.
    pub issuer: Vec<String>,
    /// What its numbers begin with, behind the place.
    pub signs: Vec<String>,
}

/// Slips of writing.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DraftWriting {
    /// Separators of which one is enough.
    pub separators: Vec<String>,
    /// Words that are not written twice in a row.
    pub once: Vec<String>,
    /// What may stand double all the same.
    pub twice: Vec<String>,
    /// What somebody was to fill in.
    pub placeholders: Vec<String>,
    /// Words that are often miswritten, and how they are written.
    pub miswritten: Vec<Miswritten>,
    /// Words that end as another begins: 试点点位.
    pub overlapping: Vec<String>,
}

/// A word that is often miswritten.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Miswritten {
    /// 布署
    pub wrong: String,
    /// 部署
    pub right: String,
    /// Words that hold it and are right.
    #[serde(default)]
    pub not: Vec<String>,
}

/// Sections of a document.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct DraftSections {
    /// 合计 …
    pub totals: Vec<String>,
    /// 保障措施 …
    pub without_parties: Vec<String>,
}
