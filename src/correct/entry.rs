//! Corrections as their file states them.

use super::addition::Addition;
use crate::date::Date;
use crate::extract::{Comparator, DeadlineRelation, Role};

/// What a file of corrections says.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Corrections {
    /// Name of the file, for findings.
    pub name: String,
    /// Number or title of the document that they were made for, where the file says so.
    pub document: Option<String>,
    /// The corrections, in order.
    pub entries: Vec<Entry>,
    /// The tasks that were missed, in order.
    pub additions: Vec<Addition>,
}

/// One correction: the address of a claim, and what a person decided about it.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    /// The line that it begins on, from 1.
    pub line: usize,
    /// Printed number of the task.
    pub task: Option<String>,
    /// Words that the task begins with, or at least holds.
    pub anchor: Option<String>,
    /// Which claim of the task or the document it is.
    pub subject: Subject,
    /// Which of several that are addressed alike, from 1.
    pub nth: Option<usize>,
    /// What was read when the correction was made.
    pub was: Option<String>,
    /// What the person decided.
    pub verdict: Verdict,
    /// Why.
    pub why: String,
    /// Who decided.
    pub by: String,
    /// When; nothing only where nothing is decided.
    pub on: Option<Date>,
}

/// What a correction speaks of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Subject {
    /// A field of the document's head.
    Head(HeadField),
    /// The task itself.
    Task,
    /// A party, by its printed name.
    Party(String),
    /// A quantity, by the words of its figure.
    Indicator(String),
    /// A date, by its words.
    Deadline(String),
    /// A task of a document above: the number or title of that and the printed number there.
    Mandate(String),
}

/// The fields of the head that can be corrected.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HeadField {
    /// Title.
    Title,
    /// Document number.
    Number,
    /// Kind of document.
    Kind,
    /// Issuing bodies, 、 between them.
    Issuer,
    /// Date of issue.
    Issued,
    /// The place that the document speaks for.
    Jurisdiction,
}

impl HeadField {
    /// All fields.
    pub const ALL: [Self; 6] = [Self::Title, Self::Number, Self::Kind, Self::Issuer, Self::Issued, Self::Jurisdiction];

    /// The name of the field in a file of corrections.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Title => "title",
            Self::Number => "number",
            Self::Kind => "kind",
            Self::Issuer => "issuer",
            Self::Issued => "issued",
            Self::Jurisdiction => "jurisdiction",
        }
    }
}

/// What a person decided about a claim.
#[derive(Clone, Debug, PartialEq)]
pub enum Verdict {
    /// Nothing yet.
    Undecided,
    /// It is right as it is.
    Confirm,
    /// There is no such thing.
    Remove,
    /// It is something else.
    Change(Change),
    /// It is missing.
    Add(Change),
}

/// What should hold; fields that are left out stay as they are.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Change {
    /// For a field of the head, its value.
    pub head: Option<String>,
    /// Role of a party.
    pub role: Option<Role>,
    /// Name of a party as it should be read, or name of a quantity.
    pub name: Option<String>,
    /// Full name of the body that a printed name means.
    pub organisation: Option<String>,
    /// Words of a task.
    pub text: Option<String>,
    /// Printed number of a task.
    pub label: Option<String>,
    /// Figure of a quantity.
    pub value: Option<f64>,
    /// Upper end of a quantity that is a range.
    pub value_max: Option<f64>,
    /// Unit of a quantity.
    pub unit: Option<String>,
    /// How a quantity is to be met.
    pub comparator: Option<Comparator>,
    /// When a quantity is due.
    pub by: Option<Date>,
    /// Date of a deadline.
    pub date: Option<Date>,
    /// How a deadline governs the task.
    pub relation: Option<DeadlineRelation>,
    /// Time allowed by a relative deadline.
    pub duration: Option<String>,
    /// Event that starts a relative deadline.
    pub after: Option<String>,
}
