//! What a document says, before any name is resolved.

mod deadline;
mod indicator;

pub use deadline::{Deadline, DeadlineBasis, DeadlineRelation};
pub use indicator::{Binding, Comparator, Evidence, Indicator};

pub use crate::parse::{Citation, CitationRelation};

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
    /// What it wants to reach as a whole, outside of tasks, in document order.
    pub goals: Vec<Goal>,
    /// The corrections that were applied, in the order of their file.
    pub corrections: Vec<Correction>,
    /// What is odd about the document as a whole.
    pub findings: Vec<Finding>,
}

/// A quantity that a document wants to reach as a whole: under a heading such as 主要目标, or in a table of indicators.
#[derive(Clone, Debug, PartialEq)]
pub struct Goal {
    /// The headings above, outermost first.
    pub path: Vec<String>,
    /// The quantity.
    pub indicator: Indicator,
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
    /// The bodies before a sign lead (分号前为牵头单位).
    SeparatedLeads,
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
    pub const ALL: [Self; 8] = [
        Self::FirstListedLeads,
        Self::MarkedLeads,
        Self::SeparatedLeads,
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
            Self::SeparatedLeads => "separated-leads",
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
