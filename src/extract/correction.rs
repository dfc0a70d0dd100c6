//! What a person decided about a claim, kept beside it.

use crate::date::Date;
use crate::span::Span;

/// What a person did to a claim.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Act {
    /// Said that it is something else.
    Changed,
    /// Said what the extraction had missed.
    Added,
    /// Said that there is no such thing.
    Removed,
    /// Said that it is right as it is.
    Confirmed,
}

impl Act {
    /// All acts.
    pub const ALL: [Self; 4] = [Self::Changed, Self::Added, Self::Removed, Self::Confirmed];

    /// The stable name of the act.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Changed => "changed",
            Self::Added => "added",
            Self::Removed => "removed",
            Self::Confirmed => "confirmed",
        }
    }

    /// The Chinese name of the act.
    pub fn zh(self) -> &'static str {
        match self {
            Self::Changed => "更正",
            Self::Added => "补充",
            Self::Removed => "删除",
            Self::Confirmed => "确认",
        }
    }
}

/// What kind of thing a claim says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ClaimKind {
    /// Something that the document says of itself.
    Head,
    /// That something is to be done.
    Task,
    /// That a body has a part in a task.
    Responsibility,
    /// That a quantity is to be reached.
    Indicator,
    /// That something is due at a time.
    Deadline,
    /// That a task carries out one of a document above.
    Mandate,
}

impl ClaimKind {
    /// All kinds.
    pub const ALL: [Self; 6] =
        [Self::Head, Self::Task, Self::Responsibility, Self::Indicator, Self::Deadline, Self::Mandate];

    /// The stable name of the kind.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Head => "head",
            Self::Task => "task",
            Self::Responsibility => "responsibility",
            Self::Indicator => "indicator",
            Self::Deadline => "deadline",
            Self::Mandate => "mandate",
        }
    }

    /// The Chinese name of the kind.
    pub fn zh(self) -> &'static str {
        match self {
            Self::Head => "文件信息",
            Self::Task => "任务",
            Self::Responsibility => "责任",
            Self::Indicator => "指标",
            Self::Deadline => "时限",
            Self::Mandate => "上级任务",
        }
    }
}

/// A correction that was applied; claims that it made or changed name it by its index.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Correction {
    /// What the person did.
    pub act: Act,
    /// What kind of claim it concerns.
    pub claim: ClaimKind,
    /// Label of the task, unless the claim is one about the document.
    pub task: Option<String>,
    /// The claim as it is addressed: the printed name, the words of the figure or date, the field of the head.
    pub subject: String,
    /// What was read before, in words; nothing where nothing was.
    pub was: Option<String>,
    /// What holds now, in words; nothing where it was removed.
    pub becomes: Option<String>,
    /// Why, in the person's words.
    pub why: String,
    /// Who said so.
    pub by: String,
    /// When.
    pub on: Date,
    /// Place of the words that the claim was read from.
    pub span: Option<Span>,
}
