//! The words of notices, from `data/vocabulary`.

use rustc_hash::FxHashMap;
use serde::Deserialize;

use super::alignment::Alignment;
use super::columns::Columns;
use super::dates::Dates;
use super::drafting::Drafting;
use super::quantities::Quantities;
use super::table::Tables;
use super::words::WordList;

/// All word lists.
#[derive(Debug, Default)]
pub struct Vocabulary {
    /// Words of responsibility statements.
    pub clause: Clause,
    /// How names of parties are recognised.
    pub parties: Parties,
    /// Names of columns.
    pub columns: Columns,
    /// Rules for more than one task.
    pub conventions: Conventions,
    /// Head and surroundings of a document.
    pub head: Head,
    /// Figures and their units.
    pub quantities: Quantities,
    /// Dates and time limits.
    pub dates: Dates,
    /// How sure decisions are.
    pub confidence: Confidence,
    /// What the checks of a draft look for.
    pub drafting: Drafting,
    /// How a task above is recognised below.
    pub alignment: Alignment,
}

impl Vocabulary {
    pub(super) fn load(tables: &mut Tables) -> Self {
        Self {
            clause: tables.vocabulary("clause.toml", include_str!("../../data/vocabulary/clause.toml")),
            parties: tables.vocabulary("parties.toml", include_str!("../../data/vocabulary/parties.toml")),
            columns: tables.vocabulary("columns.toml", include_str!("../../data/vocabulary/columns.toml")),
            conventions: tables.vocabulary("conventions.toml", include_str!("../../data/vocabulary/conventions.toml")),
            head: tables.vocabulary("head.toml", include_str!("../../data/vocabulary/head.toml")),
            quantities: tables.vocabulary("quantities.toml", include_str!("../../data/vocabulary/quantities.toml")),
            dates: tables.vocabulary("dates.toml", include_str!("../../data/vocabulary/dates.toml")),
            confidence: tables.vocabulary("confidence.toml", include_str!("../../data/vocabulary/confidence.toml")),
            drafting: tables.vocabulary("drafting.toml", include_str!("../../data/vocabulary/drafting.toml")),
            alignment: tables.vocabulary("alignment.toml", include_str!("../../data/vocabulary/alignment.toml")),
        }
    }
}

/// How sure decisions are: `confidence.toml`.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Confidence {
    /// How sure a decision is that nothing speaks against, by its basis.
    pub basis: FxHashMap<String, f64>,
    /// Words of what is no task.
    #[serde(rename = "no-task")]
    pub no_task: NoTask,
    /// The reasons to doubt.
    pub doubt: Vec<DoubtWords>,
}

/// Words that stand at the edges of documents, not in tasks.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NoTask {
    /// What no task begins with.
    pub begins: WordList,
    /// What no task holds.
    pub holds: Vec<String>,
}

/// A reason to doubt.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DoubtWords {
    /// Its stable name.
    pub name: String,
    /// What it leaves of the confidence, from 0 to 1.
    pub factor: f64,
    /// Why there is doubt, in Chinese.
    pub zh: String,
    /// Why there is doubt, in English.
    pub en: String,
}

/// A bare list of words.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Words {
    /// The words.
    pub words: Vec<String>,
}

/// Words of responsibility statements: `clause.toml`.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Clause {
    /// Verbs behind a list of bodies, by role.
    pub verbs: Verbs,
    /// Labels before a list, by role.
    pub labels: Roles,
    /// How bodies share the work.
    pub manners: Manners,
    /// What leaves a list open.
    pub open: Words,
    /// Marks before or behind a name.
    pub marks: Words,
    /// Words that hold one of the others and mean something else.
    pub plain: Words,
    /// What may stand before the first body.
    pub lead_in: Words,
    /// Sentences that tell bodies what to do.
    pub instructions: Instructions,
    /// Labels before words that name no body: 责任人, 联系电话.
    pub asides: Words,
    /// What may stand before and behind the words of a label.
    pub label_parts: LabelParts,
    /// Kinds of sections that are told by their headings.
    pub sections: Sections,
}

/// What may stand around the words of a label.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LabelParts {
    /// 主要, 市级 …
    pub prefixes: WordList,
    /// 及责任人 …
    pub tails: WordList,
}

/// Words in the headings of sections.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Sections {
    /// Sections whose sentences name bodies without giving them tasks.
    pub safeguards: Vec<String>,
    /// Sections that say body by body what each has to do.
    pub duties: Vec<String>,
    /// Sections that say what is to be reached as a whole.
    pub goals: Vec<String>,
    /// What stands before the bodies in minutes: 会议明确,由….
    pub minutes: Vec<String>,
    /// What a heading says behind the bodies that lead the items below it.
    pub tasks: Vec<String>,
    /// Labels before what a body has to do: 职责.
    pub duty_labels: Vec<String>,
    /// How a line of such a section goes on behind the body.
    pub duty_verbs: Vec<String>,
}

/// Words by role.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Roles {
    /// 牵头单位 …
    pub lead: Vec<String>,
    /// 共同牵头单位 …
    pub co_lead: Vec<String>,
    /// 责任单位 …
    pub responsible: Vec<String>,
    /// 配合单位 …
    pub supporting: Vec<String>,
    /// 成员单位 …: who takes part, where another label before says who leads.
    pub member: WordList,
}

/// Verbs by role.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Verbs {
    /// 牵头 …
    pub lead: Vec<String>,
    /// 共同牵头 …
    pub co_lead: Vec<String>,
    /// 负责 …
    pub responsible: Vec<String>,
    /// 配合 …
    pub supporting: Vec<String>,
    /// 会同: what stands before it leads.
    pub together: Vec<String>,
    /// Those of them that an object may follow: 负责资金保障.
    pub with_object: Vec<String>,
}

/// Sentences that tell bodies what to do.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Instructions {
    /// Words in the titles of minutes.
    pub minutes: Vec<String>,
    /// Words in the titles of notices that give instructions.
    pub notices: Vec<String>,
    /// What stands before the bodies: 责成.
    pub openers: WordList,
    /// What stands behind them in minutes without such an opener: 要.
    pub modals: Vec<String>,
    /// How else a sentence goes on behind the bodies: 抓紧.
    pub onward: Vec<String>,
    /// What tells that work was done: 制定了.
    pub past: WordList,
}

/// Words for how bodies share the work.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Manners {
    /// 按职责分工 …
    pub by_duty: Vec<String>,
    /// 分别 …
    pub respective: Vec<String>,
    /// 共同 …
    pub joint: Vec<String>,
}

/// How names of parties are recognised: `parties.toml`.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Parties {
    /// Last characters of names of bodies.
    pub suffixes: WordList,
    /// Words for the persons who answer for bodies.
    pub heads: Vec<String>,
    /// What kinds of bodies are called, which lists leave out: 局 …
    pub kinds: Vec<String>,
    /// What is said instead of the kind: 部门 …
    pub departments: WordList,
    /// One name for several bodies.
    pub collective: Collective,
    /// Placeholders.
    pub generic: Generic,
    /// What is no level prefix.
    pub prefixes: Prefixes,
    /// Slips.
    pub slips: Slips,
    /// What no name of a body holds or is.
    pub strange: Strange,
    /// Bodies of the state whose branches are named after them: 国网, 中国移动.
    pub branches: WordList,
    /// Last characters of names of branches.
    pub branch_endings: WordList,
    /// Last characters of names of offices within bodies, which may stand alone in brackets.
    pub offices: WordList,
    /// Last characters of names that end as those of offices do and are none: 内科 …
    pub not_offices: WordList,
    /// Last characters of bodies with names of their own, which no place is put before: 之江实验室.
    pub named: WordList,
    /// How names of governments and their branches are shortened, and in full.
    pub governing: Vec<Shortened>,
    /// Last characters of names of places.
    pub place_endings: String,
    /// What persons are, before or behind whose names it stands: 副市长.
    pub posts: WordList,
    /// First characters of names of persons.
    pub surnames: String,
    /// Words of one character for acting with another: 会 …
    pub consulting: String,
}

/// What no name of a body holds or is.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Strange {
    /// What none holds.
    pub words: Vec<String>,
    /// With what words begin that say how: 持续 …
    pub hows: WordList,
    /// What is none.
    pub names: Vec<String>,
}

/// Parts of collective names.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Collective {
    /// What they begin with.
    pub starts: WordList,
    /// The kinds of places that they are made of.
    pub units: WordList,
    /// What they end with.
    pub ends: WordList,
    /// How a set of kinds of places is written.
    pub canonical: Vec<Canonical>,
}

/// A word that is written short, and in full.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Shortened {
    /// Short: 管委会.
    pub short: String,
    /// In full: 管理委员会.
    pub full: String,
}

/// One way to write a set of kinds of places.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Canonical {
    /// The kinds, in the order of their characters.
    pub units: String,
    /// How they are written.
    pub name: String,
}

/// Parts of placeholders.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Generic {
    /// What they are made of.
    pub modifiers: WordList,
    /// What they end with.
    pub heads: WordList,
    /// Modifiers of which one must be there.
    pub needs: Vec<String>,
    /// Names that are made so and stand for all parts of one body.
    pub not: Vec<String>,
}

/// What is no level prefix of a printed name.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Prefixes {
    /// Words that merely begin with one: 市场 …
    pub not: WordList,
}

/// What a slip may have dropped.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Slips {
    /// 局, 委 …
    pub endings: Vec<String>,
}

/// Rules for more than one task: `conventions.toml`.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Conventions {
    /// How each rule is worded.
    pub rule: Vec<ConventionRule>,
    /// How its scope is worded.
    pub scope: Scope,
    /// What hints at a rule that none of these wordings fits.
    pub hint: Hint,
}

/// What hints at a rule on who leads.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Hint {
    /// How a lead may be told from the others.
    pub signs: Vec<String>,
    /// Words for the lead.
    pub leads: Vec<String>,
    /// What stands before these where words state a rule.
    pub states: Vec<String>,
}

/// How one rule is worded.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct ConventionRule {
    /// Stable name of the rule.
    pub name: String,
    /// A sentence states the rule when it holds a word of every group.
    pub all: Vec<Vec<String>>,
    /// And none of these.
    pub none: Vec<String>,
    /// Whether only a short sentence, a legend, states it.
    #[serde(default)]
    pub short: bool,
    /// Whether it must stand within a responsibility clause.
    #[serde(default)]
    pub in_clause: bool,
}

/// A sign with the words that name it.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Separator {
    /// How a rule calls it: 逗号.
    pub words: Vec<String>,
    /// The sign, half-width.
    pub sign: char,
}

/// How a rule's scope is worded.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Scope {
    /// Words of a legend that say that bold print is the mark: 加粗 …
    pub bold: Vec<String>,
    /// Signs that part the leads from the others, by their names.
    pub separators: Vec<Separator>,
    /// From here on.
    pub forward: Vec<String>,
    /// Before the bodies that a rule adds: 均含 …
    pub leads: Vec<String>,
    /// What stands before.
    pub backward: WordList,
    /// What says nothing itself: 未注明时限的.
    pub rest: Vec<String>,
}

/// Head and surroundings of a document: `head.toml`.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Head {
    /// Kinds of documents.
    pub kinds: Vec<String>,
    /// 关于印发 … in a title.
    pub issues: Vec<String>,
    /// 关于 … behind the issuers in a title.
    pub abouts: Vec<String>,
    /// 中共 … before a place.
    pub lead_ins: Vec<String>,
    /// 推进 …: what no name of a place holds that the registry lacks.
    pub not_in_places: Vec<String>,
    /// 社区 …: what is no name of a place by itself.
    pub no_places: Vec<String>,
    /// 域 …: what stands behind 县 where it ends no name.
    pub kinds_of_places: WordList,
    /// 关于我们 …: links of a page.
    pub links: Vec<String>,
    /// 附 …: what begins a line that is no title.
    pub not_titles: Vec<String>,
    /// 部门 … behind the number of issuers that a title leaves out.
    pub rests: Vec<String>,
    /// 文件 … at the end of a letterhead.
    pub letterhead: Vec<String>,
    /// 印发 … at the end of an imprint.
    pub imprint: Vec<String>,
    /// 重点工作 … behind a year: what a document plans for it.
    pub planned: Vec<String>,
    /// Labels of a metadata block.
    pub metadata: Metadata,
    /// Page chrome.
    pub chrome: Chrome,
    /// What an error page says.
    pub error_page: Vec<String>,
    /// Words before a cited document.
    pub citations: Citations,
}

/// Labels of a metadata block.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Metadata {
    /// 标题 …
    pub title: Vec<String>,
    /// 发文字号 …
    pub number: Vec<String>,
    /// 发文机关 …
    pub issuer: Vec<String>,
    /// 成文日期 …
    pub issued: Vec<String>,
    /// 发布日期 …
    pub published: Vec<String>,
    /// 来源 …
    pub publisher: Vec<String>,
    /// 行政区划 …
    pub jurisdiction: Vec<String>,
    /// 上级文件 …
    pub parent: Vec<String>,
    /// 规则 …
    pub rule: Vec<String>,
    /// 文种 …
    pub kind: Vec<String>,
    /// Labels without use here.
    pub other: Vec<String>,
}

/// Lines of page chrome.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Chrome {
    /// What they begin with.
    pub starts: Vec<String>,
    /// What they hold.
    pub holds: Vec<String>,
    /// Lines that end the document.
    pub ends: Vec<String>,
    /// What lines begin with that say to whom copies go.
    pub copies: Vec<String>,
}

/// Words before a cited document.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Citations {
    /// 根据 …
    pub based_on: Vec<String>,
    /// 贯彻落实 …
    pub implements: Vec<String>,
    /// 转发 …
    pub forwards: Vec<String>,
    /// 修订 …
    pub amends: Vec<String>,
    /// 废止 …
    pub replaces: Vec<String>,
    /// 详见 … before a number.
    pub before: Vec<String>,
    /// 发 …: last characters of prefixes of numbers.
    pub signs: Vec<String>,
    /// 以下简称 …
    pub short: Vec<String>,
    /// 制定本 …: what says that a document is made.
    pub enacts: Vec<String>,
    /// 许可证 …: papers that are no documents to carry out.
    pub papers: Vec<String>,
}
