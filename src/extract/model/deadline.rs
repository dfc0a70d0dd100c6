//! Dates that govern a task, as a document states them.

use crate::date::Date;
use crate::span::Span;

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

    /// The relation in Chinese.
    pub fn zh(self) -> &'static str {
        match self {
            Self::By => "到",
            Self::Before => "早于",
            Self::From => "自",
            Self::During => "期间",
            Self::Relative => "某事之后",
            Self::Ongoing => "长期",
        }
    }

    /// The last day that is in time under a date: before a whole year, the last day of the year before; none of a date that
    /// only begins something.
    pub fn last_day(self, date: Date) -> Option<Date> {
        match (self, date.month) {
            (Self::From, _) => None,
            (Self::Before, None) => Date::last_of_year(date.year - 1),
            _ => Some(date.last_day()),
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

    /// The basis in Chinese.
    pub fn zh(self) -> &'static str {
        match self {
            Self::Before => "后有“前”",
            Self::Until => "前有“到”“截至”一类词",
            Self::From => "后有“起”",
            Self::Since => "前有“自”“从”",
            Self::PeriodEnd => "年底、月底",
            Self::Within => "后有“内”“期间”",
            Self::Opening => "在句首，后面是目标",
            Self::Range => "两个日期之间",
            Self::Event => "某事之后的时间",
            Self::Recurrence => "定期",
            Self::Standing => "长期",
            Self::Label => "前有“完成时限”一类标签",
            Self::Clause => "在责任条款中",
            Self::Column => "在时限栏中",
            Self::Document => "全文统一规定",
            Self::Correction => "人工更正",
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
    /// Corrections of it: indices into [`Extraction::corrections`](super::Extraction::corrections).
    pub corrections: Vec<usize>,
}

impl Deadline {
    /// A limit that a person set by these words; the day is still to be filled in.
    pub fn corrected(words: &str, span: Span) -> Self {
        Self {
            relation: DeadlineRelation::By,
            date: None,
            start: None,
            duration: None,
            after: None,
            recurrence: None,
            text: words.to_owned(),
            inferred_year: false,
            basis: DeadlineBasis::Correction,
            confidence: 1.0,
            span,
            corrections: Vec::new(),
        }
    }

    /// Whether it only says that something comes again, and names no date: 每季度.
    pub fn only_recurs(&self) -> bool {
        self.recurrence.is_some() && self.date.is_none()
    }

    /// Whether another deadline says nothing new beside this one: 6月底前 in the text and 6月底 in a column.
    pub fn says_as_much(&self, other: &Self) -> bool {
        let ends = |relation| matches!(relation, DeadlineRelation::By | DeadlineRelation::During);
        // 2020年前 is before the year, 2020年底前 with it
        let whole = |deadline: &Self| {
            let year = deadline.date.is_some_and(|date| date.month.is_none());
            ends(deadline.relation) || deadline.relation == DeadlineRelation::Before && !year
        };
        let alike = self.relation == other.relation || self.date.is_some() && whole(self) && whole(other);
        alike
            && self.date == other.date
            && (other.start.is_none() || self.start == other.start)
            && self.duration == other.duration
            && self.recurrence == other.recurrence
    }
}
