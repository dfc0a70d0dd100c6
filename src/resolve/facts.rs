//! Facts: what a document states, with every party resolved to an organisation.

use crate::diagnostic::Finding;
use crate::extract::{Convention, Correction, Goal, Task};
use crate::knowledge::Level;
use crate::parse::Head;

/// The facts of one document.
#[derive(Clone, Debug)]
pub struct Facts {
    /// IRI of the document.
    pub id: String,
    /// File name of the source.
    pub source: String,
    /// What the document says of itself.
    pub head: Head,
    /// The place that the document speaks for.
    pub place: Option<Place>,
    /// The document numbers that it bears or names, each once.
    pub numbers: Vec<DocumentNumber>,
    /// The bodies that issued it: indices into [`Facts::organisations`].
    pub issuers: Vec<usize>,
    /// Rules that govern more than the item they stand in.
    pub conventions: Vec<Convention>,
    /// The tasks, in document order.
    pub tasks: Vec<TaskFacts>,
    /// What the document wants to reach as a whole, outside of tasks, in document order.
    pub goals: Vec<Goal>,
    /// The bodies named, each once, in the order of first appearance.
    pub organisations: Vec<Organisation>,
    /// The corrections that were applied, in the order of their file.
    pub corrections: Vec<Correction>,
    /// What is odd about the document as a whole.
    pub findings: Vec<Finding>,
}

/// A document number and what it says.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct DocumentNumber {
    /// The number as printed without blanks.
    pub number: String,
    /// The characters that stand for the issuer.
    pub prefix: Option<String>,
    /// Its year.
    pub year: Option<i16>,
    /// The running number.
    pub serial: Option<u32>,
    /// Full name of the body that the prefix stands for, where known.
    pub issuer: Option<String>,
    /// The place of that body.
    pub place: Option<Place>,
    /// How sure the body is, from 0 to 1.
    pub confidence: f64,
}

/// A task with its IRI and its parties resolved.
#[derive(Clone, Debug)]
pub struct TaskFacts {
    /// IRI of the task.
    pub id: String,
    /// The task.
    pub task: Task,
    /// For each of [`Task::responsibilities`], the index into [`Facts::organisations`].
    pub parties: Vec<usize>,
}

/// A jurisdiction (行政区划).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// IRI of the place.
    pub id: String,
    /// Full name.
    pub name: String,
    /// Level of government.
    pub level: Level,
    /// GB/T 2260 code, where the registry has the place.
    pub code: Option<String>,
    /// The places around it, the nearest first, the state left out.
    pub within: Vec<Place>,
}

/// What kind of party a name means.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum BodyKind {
    /// One department, office or institution.
    Department,
    /// Several bodies under one name (各县(市、区)政府).
    Collective,
    /// No particular body (各有关部门).
    Generic,
}

impl BodyKind {
    /// The stable name of the kind.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Department => "department",
            Self::Collective => "collective",
            Self::Generic => "generic",
        }
    }
}

/// What told which body a printed name means.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum MatchBasis {
    /// The name holds its place: 湖北省财政厅.
    NamedPlace,
    /// The prefix says which of the places around: 市财政局.
    Prefix,
    /// The document's own place has such a body.
    Seat,
    /// Only the state has such a body.
    State,
    /// Formed from the printed name; the registry has no such body.
    Formed,
    /// A person said so.
    Person,
    /// By a reform, from a body that is known.
    Reform,
}

impl MatchBasis {
    /// The stable name of the basis.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::NamedPlace => "named-place",
            Self::Prefix => "prefix",
            Self::Seat => "seat",
            Self::State => "state",
            Self::Formed => "formed",
            Self::Person => "person",
            Self::Reform => "reform",
        }
    }
}

/// One body, as the registry has it or as its printed name forms it.
#[derive(Clone, Debug, PartialEq)]
pub struct Organisation {
    /// IRI of the body.
    pub id: String,
    /// Full name.
    pub name: String,
    /// What kind of party it is.
    pub kind: BodyKind,
    /// The function by which bodies of different levels and years correspond, where known.
    pub function: Option<String>,
    /// The place that it belongs to.
    pub place: Option<Place>,
    /// The names under which this document prints it, each once.
    pub printed: Vec<String>,
    /// Key of the kind of body in the registry; otherwise the body is formed from its printed name.
    pub key: Option<String>,
    /// What told the body.
    pub basis: MatchBasis,
    /// How sure the resolution is, from 0 to 1.
    pub confidence: f64,
}

impl Organisation {
    /// Whether the registry knows the body.
    pub fn is_registered(&self) -> bool {
        self.key.is_some()
    }
}
