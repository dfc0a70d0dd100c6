//! What a document says, before any name is resolved.

use crate::date::Date;
use crate::diagnostic::Finding;
use crate::parse::Head;
use crate::span::Span;

use super::confidence::Doubt;
use super::correction::Correction;

/// All that one document states.
#[derive(Clone, Debug)]
pub struct Extraction {
    /// File name of the source.
    pub source: String,
    /// What tells the document from all others.
    pub key: String,
    /// What the document says of itself.
    pub head: Head,
    /// Rules that govern more than the item they stand in.
    pub conventions: Vec<Convention>,
    /// The tasks, in document order.
    pub tasks: Vec<Task>,
    /// The corrections that were applied, in the order of their file.
    pub corrections: Vec<Correction>,
    /// What is odd about the document as a whole.
    pub findings: Vec<Finding>,
}

/// A rule of the document on roles or deadlines.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Convention {
    /// Which rule it is.
    pub rule: Rule,
    /// Where it is stated.
    pub span: Span,
    /// The characters that it governs.
    pub scope: Span,
    /// Label of the first task that it governs.
    pub from: Option<String>,
    /// Label of the last task that it governs.
    pub to: Option<String>,
    /// For [`Rule::AlsoFallsTo`], the bodies that it adds, as printed.
    pub bodies: Vec<(String, Span)>,
    /// Numbers of the tasks that it governs.
    pub tasks: Vec<usize>,
}

/// The rules that documents state for more than one task.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Rule {
    /// The body listed first leads (列第一位的为牵头单位).
    FirstListedLeads,
    /// A mark such as ▲ before a name says that it leads.
    MarkedLeads,
    /// Only leads are listed (仅列牵头部门).
    OnlyLeadsListed,
    /// Further bodies have a part in every task and are not listed again (以下不再列出).
    AlsoFallsTo,
    /// One deadline for every task in scope.
    CommonDeadline,
    /// Who does not lead supports (其他为配合单位).
    OthersSupport,
    /// Where nobody leads, who is responsible leads (无牵头单位的,责任单位即为牵头单位).
    ResponsibleLeads,
}

impl Rule {
    /// All rules.
    pub const ALL: [Self; 7] = [
        Self::FirstListedLeads,
        Self::MarkedLeads,
        Self::OnlyLeadsListed,
        Self::AlsoFallsTo,
        Self::CommonDeadline,
        Self::OthersSupport,
        Self::ResponsibleLeads,
    ];

    /// The stable name of the rule.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::FirstListedLeads => "first-listed-leads",
            Self::MarkedLeads => "marked-leads",
            Self::OnlyLeadsListed => "only-leads-listed",
            Self::AlsoFallsTo => "also-falls-to",
            Self::CommonDeadline => "common-deadline",
            Self::OthersSupport => "others-support",
            Self::ResponsibleLeads => "responsible-leads",
        }
    }
}

/// What a party has to do with a task.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Role {
    /// Leads alone (牵头).
    Lead,
    /// Leads beside others (共同牵头).
    CoLead,
    /// Is responsible without leading (负责, 责任单位).
    Responsible,
    /// Supports (配合, 参与, 协助).
    Supporting,
}

impl Role {
    /// All roles, the strongest first.
    pub const ALL: [Self; 4] = [Self::Lead, Self::CoLead, Self::Responsible, Self::Supporting];

    /// The stable name of the role.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Lead => "lead",
            Self::CoLead => "co-lead",
            Self::Responsible => "responsible",
            Self::Supporting => "supporting",
        }
    }

    /// The Chinese name of the role.
    pub fn zh(self) -> &'static str {
        match self {
            Self::Lead => "牵头",
            Self::CoLead => "共同牵头",
            Self::Responsible => "负责",
            Self::Supporting => "配合",
        }
    }

    /// Reads the stable or the Chinese name.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.as_str() == text || role.zh() == text)
    }

    /// Whether the party leads, alone or beside others.
    pub fn leads(self) -> bool {
        matches!(self, Self::Lead | Self::CoLead)
    }
}

/// How a task's responsibility statement is made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Mode {
    /// One body alone is responsible.
    Sole,
    /// Several bodies, all of them leads, because only leads are listed.
    LeadList,
    /// The first of the list leads by a rule of the document.
    FirstListed,
    /// A mark says who leads.
    Marked,
    /// The roles are written out (甲牵头、乙配合).
    Explicit,
    /// The columns of a table give the roles.
    Column,
    /// Responsible together (共同负责).
    Joint,
    /// Each responsible for a part (分别负责).
    Respective,
    /// Responsible by duty (按职责分工负责).
    ByDuty,
    /// Several bodies, and nothing says who leads.
    PlainList,
    /// The document lists what each body does.
    DutyList,
}

impl Mode {
    /// All modes.
    pub const ALL: [Self; 11] = [
        Self::Sole,
        Self::LeadList,
        Self::FirstListed,
        Self::Marked,
        Self::Explicit,
        Self::Column,
        Self::Joint,
        Self::Respective,
        Self::ByDuty,
        Self::PlainList,
        Self::DutyList,
    ];

    /// The stable name of the mode.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Sole => "sole",
            Self::LeadList => "lead-list",
            Self::FirstListed => "first-listed",
            Self::Marked => "marked",
            Self::Explicit => "explicit",
            Self::Column => "column",
            Self::Joint => "joint",
            Self::Respective => "respective",
            Self::ByDuty => "by-duty",
            Self::PlainList => "plain-list",
            Self::DutyList => "duty-list",
        }
    }

    /// Reads the stable name.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|mode| mode.as_str() == text)
    }
}

/// Why a party has its role.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Basis {
    /// The verb or label of the clause says so (牵头, 配合).
    Stated,
    /// It is the only body of a clause with 负责.
    SoleResponsible,
    /// It is listed with 负责 or as 责任单位, and nothing says that it leads.
    Listed,
    /// A column of a table says so.
    Column,
    /// A rule of the document says so.
    Convention(Rule),
    /// A person corrected what was read.
    Correction,
}

impl Basis {
    /// The stable name of the basis; of a rule, the rule's name.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Stated => "stated",
            Self::SoleResponsible => "sole-responsible",
            Self::Listed => "listed",
            Self::Column => "column",
            Self::Convention(rule) => rule.as_str(),
            Self::Correction => "correction",
        }
    }
}

/// What is to be done, and by whom.
#[derive(Clone, Debug)]
pub struct Task {
    /// Number in the document, from 1.
    pub seq: usize,
    /// The printed number, with that of its parents where it repeats, `#k` where it is shared.
    pub label: String,
    /// The headings above, outermost first.
    pub path: Vec<String>,
    /// The heading of the task itself, where it has one.
    pub title: Option<String>,
    /// The task's own words, without number and clause, lines joined.
    pub text: String,
    /// Place of the task, clause included.
    pub span: Span,
    /// The responsibility clause as printed, without its brackets; of a table, its cells.
    pub clause: Option<String>,
    /// Place of the clause; of a table, that of its first cell.
    pub clause_span: Option<Span>,
    /// How the statement is made.
    pub mode: Mode,
    /// Whether the list of parties is left open (等).
    pub open: bool,
    /// Whether the statement stands at an earlier task and covers this one.
    pub inherited: bool,
    /// The parties, in the order of listing.
    pub responsibilities: Vec<Responsibility>,
    /// Quantities to be reached.
    pub indicators: Vec<Indicator>,
    /// Dates by which or from which something is due.
    pub deadlines: Vec<Deadline>,
    /// Documents named.
    pub citations: Vec<Citation>,
    /// What is odd about the task.
    pub findings: Vec<Finding>,
    /// Corrections of the task itself: indices into [`Extraction::corrections`].
    pub corrections: Vec<usize>,
}

/// One party to a task.
#[derive(Clone, Debug, PartialEq)]
pub struct Responsibility {
    /// The name as printed, an elided prefix restored and slips repaired.
    pub name: String,
    /// What the party has to do with the task.
    pub role: Role,
    /// Place in the order of listing, from 1.
    pub rank: usize,
    /// Why it has this role.
    pub basis: Basis,
    /// How sure the decision is, from 0 to 1.
    pub confidence: f64,
    /// The reasons to doubt it.
    pub doubts: Vec<Doubt>,
    /// Place of the printed name.
    pub span: Span,
    /// The cell of a workbook that it stands in: `Sheet1!C5`.
    pub cell: Option<String>,
    /// The full name of the body, where a person said which one it is.
    pub body: Option<String>,
    /// Corrections of it: indices into [`Extraction::corrections`].
    pub corrections: Vec<usize>,
}

/// How a figure is to be met.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Comparator {
    /// Exactly, or reaching the value.
    Equal,
    /// About.
    About,
    /// At least.
    AtLeast,
    /// At most.
    AtMost,
    /// Less than.
    Below,
    /// More than.
    Above,
    /// Increase by.
    Increase,
    /// Decrease by.
    Decrease,
    /// Between two values.
    Range,
}

impl Comparator {
    /// All comparators.
    pub const ALL: [Self; 9] = [
        Self::Equal,
        Self::About,
        Self::AtLeast,
        Self::AtMost,
        Self::Below,
        Self::Above,
        Self::Increase,
        Self::Decrease,
        Self::Range,
    ];

    /// The sign, as in machine-readable output.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Equal => "=",
            Self::About => "≈",
            Self::AtLeast => ">=",
            Self::AtMost => "<=",
            Self::Below => "<",
            Self::Above => ">",
            Self::Increase => "+",
            Self::Decrease => "-",
            Self::Range => "range",
        }
    }

    /// The name of the comparator in an IRI.
    pub fn slug(self) -> &'static str {
        match self {
            Self::Equal => "equal",
            Self::About => "about",
            Self::AtLeast => "at-least",
            Self::AtMost => "at-most",
            Self::Below => "below",
            Self::Above => "above",
            Self::Increase => "increase",
            Self::Decrease => "decrease",
            Self::Range => "range",
        }
    }
}

/// What speaks for a figure being one to be reached.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Evidence {
    /// A word of comparison before it (不少于, 达到).
    Comparator,
    /// A word of comparison behind it (以上, 左右).
    Bound,
    /// A word of change before it (提高, 下降).
    Change,
    /// A verb whose object is delivered in numbers (建设, 培训).
    Delivery,
    /// The unit, which is one of shares or rates (%).
    Unit,
    /// It is listed with a figure that is to be reached.
    List,
    /// How often something is done (每年一次).
    Frequency,
    /// It closes a phrase that names a thing (公益性岗位2000个).
    Count,
    /// A word of universal cover (全覆盖).
    Universal,
    /// The column of a table that it stands in.
    Table,
    /// A person corrected what was read.
    Correction,
}

impl Evidence {
    /// All kinds of evidence.
    pub const ALL: [Self; 11] = [
        Self::Comparator,
        Self::Bound,
        Self::Change,
        Self::Delivery,
        Self::Unit,
        Self::List,
        Self::Frequency,
        Self::Count,
        Self::Universal,
        Self::Table,
        Self::Correction,
    ];

    /// The stable name of the evidence.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Comparator => "comparator",
            Self::Bound => "bound",
            Self::Change => "change",
            Self::Delivery => "delivery",
            Self::Unit => "unit",
            Self::List => "list",
            Self::Frequency => "frequency",
            Self::Count => "count",
            Self::Universal => "universal",
            Self::Table => "table",
            Self::Correction => "correction",
        }
    }
}

/// Whether an indicator binds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Binding {
    /// Must be met (约束性).
    Binding,
    /// Is expected to be met (预期性).
    Expected,
    /// Is recommended (倡导性).
    Advocated,
}

impl Binding {
    /// All kinds.
    pub const ALL: [Self; 3] = [Self::Binding, Self::Expected, Self::Advocated];

    /// The stable name of the kind.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Binding => "binding",
            Self::Expected => "expected",
            Self::Advocated => "advocated",
        }
    }
}

/// A quantity to be reached, held or delivered.
#[derive(Clone, Debug, PartialEq)]
pub struct Indicator {
    /// The thing measured.
    pub name: String,
    /// How the figure is to be met.
    pub comparator: Comparator,
    /// The figure, or the lower end of a range.
    pub value: f64,
    /// The upper end of a range.
    pub value_max: Option<f64>,
    /// The unit as printed.
    pub unit: String,
    /// The figure that a change starts from.
    pub baseline: Option<f64>,
    /// When the figure is due.
    pub by: Option<Date>,
    /// Whether it is universal cover without a number.
    pub soft: bool,
    /// Whether it binds, where said.
    pub binding: Option<Binding>,
    /// For whom or what the figure is (全市, 每个乡镇), where said.
    pub scope: Option<String>,
    /// What speaks for it being a figure to be reached.
    pub basis: Evidence,
    /// How sure the decision is, from 0 to 1.
    pub confidence: f64,
    /// Place of the figure.
    pub span: Span,
    /// Corrections of it: indices into [`Extraction::corrections`].
    pub corrections: Vec<usize>,
}

/// How a date governs a task.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum DeadlineRelation {
    /// Up to and with the date.
    By,
    /// Before the end of a period (年底前).
    Before,
    /// From the date on.
    From,
    /// Within the period.
    During,
    /// Some time after an event.
    Relative,
    /// Without end.
    Ongoing,
}

impl DeadlineRelation {
    /// All relations.
    pub const ALL: [Self; 6] = [Self::By, Self::Before, Self::From, Self::During, Self::Relative, Self::Ongoing];

    /// The stable name of the relation.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::By => "by",
            Self::Before => "before",
            Self::From => "from",
            Self::During => "during",
            Self::Relative => "relative",
            Self::Ongoing => "ongoing",
        }
    }
}

/// The evidence that a date is a time limit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum DeadlineBasis {
    /// 前 behind the date.
    Before,
    /// 到, 截至 or 不迟于 before it.
    Until,
    /// 起 behind it.
    From,
    /// 自 or 从 before it, and no 起.
    Since,
    /// The date is the end of a period: 年底, 月底.
    PeriodEnd,
    /// 内 or 期间 behind it.
    Within,
    /// It opens its phrase, or an aim stands before it: 2025年,覆盖率达到90%.
    Opening,
    /// Two dates with a dash between them.
    Range,
    /// A time after an event.
    Event,
    /// It comes again: 每季度末.
    Recurrence,
    /// Words for what has no end: 长期坚持.
    Standing,
    /// A label before it: 完成时限:.
    Label,
    /// It stands in a responsibility clause.
    Clause,
    /// It stands in a column of time limits.
    Column,
    /// The document sets it for several tasks at once.
    Document,
    /// A person corrected what was read.
    Correction,
}

impl DeadlineBasis {
    /// All bases.
    pub const ALL: [Self; 16] = [
        Self::Before,
        Self::Until,
        Self::From,
        Self::Since,
        Self::PeriodEnd,
        Self::Within,
        Self::Opening,
        Self::Range,
        Self::Event,
        Self::Recurrence,
        Self::Standing,
        Self::Label,
        Self::Clause,
        Self::Column,
        Self::Document,
        Self::Correction,
    ];

    /// The stable name of the basis.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Before => "before-word",
            Self::Until => "until-word",
            Self::From => "from-word",
            Self::Since => "since-word",
            Self::PeriodEnd => "period-end",
            Self::Within => "within-word",
            Self::Opening => "opens-phrase",
            Self::Range => "range",
            Self::Event => "after-event",
            Self::Recurrence => "recurrence",
            Self::Standing => "standing",
            Self::Label => "label",
            Self::Clause => "clause",
            Self::Column => "column",
            Self::Document => "document-wide",
            Self::Correction => "correction",
        }
    }
}

/// When a task, or a part of it, is due.
#[derive(Clone, Debug, PartialEq)]
pub struct Deadline {
    /// How the date governs the task.
    pub relation: DeadlineRelation,
    /// The date, unless relative or ongoing.
    pub date: Option<Date>,
    /// Of a time from one date to another, the first.
    pub start: Option<Date>,
    /// For a relative one, the time allowed, as printed (3个月).
    pub duration: Option<String>,
    /// For a relative one, the event that starts it.
    pub after: Option<String>,
    /// For what is due again and again, how often, as printed (每季度末).
    pub recurrence: Option<String>,
    /// The words of the document.
    pub text: String,
    /// Whether the year is not printed but taken from the document's own, or from what stands before.
    pub inferred_year: bool,
    /// The evidence that it is a time limit.
    pub basis: DeadlineBasis,
    /// How sure the decision is, from 0 to 1.
    pub confidence: f64,
    /// Place of the words.
    pub span: Span,
    /// Corrections of it: indices into [`Extraction::corrections`].
    pub corrections: Vec<usize>,
}

impl Deadline {
    /// Whether it only says that something comes again, and names no date: 每季度.
    pub fn only_recurs(&self) -> bool {
        self.recurrence.is_some() && self.date.is_none()
    }

    /// Whether another deadline says nothing new beside this one.
    pub fn says_as_much(&self, other: &Self) -> bool {
        self.relation == other.relation
            && self.date == other.date
            && self.start == other.start
            && self.duration == other.duration
            && self.recurrence == other.recurrence
    }
}

pub use crate::parse::{Citation, CitationRelation};
