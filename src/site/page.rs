//! Which pages there are.

/// A page, by what it shows; documents, departments and tasks by their IRIs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Page<'a> {
    /// What matters at a glance; printed, the summary for a meeting.
    Overview,
    /// All documents.
    Documents,
    /// One document: its text with every claim marked.
    Document(&'a str),
    /// One task.
    Task(&'a str),
    /// All departments, by load.
    Departments,
    /// One department.
    Department(&'a str),
    /// Who works with whom.
    Coordination,
    /// What is due when.
    Due,
    /// What documents leave unsaid.
    Gaps,
    /// What is odd about documents, and which claims are doubtful.
    Findings,
    /// How documents descend from each other.
    Lineage,
    /// A document above and one below, side by side.
    Inheritance(&'a str, &'a str),
    /// Files to take along.
    Data,
    /// Finding words.
    Search,
}

/// What is no page of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum File<'a> {
    /// A part of the pages: style, script.
    Asset(&'a str),
    /// A picture.
    Picture(Picture<'a>),
    /// Data of the whole, by the name of the file.
    Data(&'a str),
    /// The graph of a document, by its IRI.
    Graph(&'a str),
}

/// A picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Picture<'a> {
    /// The load of the departments, as bars.
    Load,
    /// Who works with whom.
    Coordination,
    /// Who owns what in a document.
    Owners(&'a str),
}

/// A picture that Graphviz lays out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Drawing<'a> {
    /// Who works with whom.
    Coordination,
    /// Who owns what in a document.
    Owners(&'a str),
    /// What a department does, with whom.
    Body(&'a str),
    /// The tasks of a document above beside those of one below.
    Inheritance(&'a str, &'a str),
    /// From which documents one descends and which descend from it; all documents, where none is named.
    Lineage(&'a str),
    /// A task with all around it.
    Task(&'a str),
    /// A department through the reforms.
    Reform(&'a str),
}

impl<'a> Drawing<'a> {
    /// The picture of a kind, by its name, and of what it is about.
    pub fn read(kind: &str, about: &'a str, with: &'a str) -> Option<Self> {
        match kind {
            "coordination" => Some(Self::Coordination),
            "owners" => Some(Self::Owners(about)),
            "body" => Some(Self::Body(about)),
            "inherit" => Some(Self::Inheritance(about, with)),
            "lineage" => Some(Self::Lineage(about)),
            "task" => Some(Self::Task(about)),
            "reform" => Some(Self::Reform(about)),
            _ => None,
        }
    }

    /// The name of its kind and what it is about.
    pub(super) fn parts(self) -> (&'static str, &'a str, &'a str) {
        match self {
            Self::Coordination => ("coordination", "", ""),
            Self::Owners(about) => ("owners", about, ""),
            Self::Body(about) => ("body", about, ""),
            Self::Inheritance(about, with) => ("inherit", about, with),
            Self::Lineage(about) => ("lineage", about, ""),
            Self::Task(about) => ("task", about, ""),
            Self::Reform(about) => ("reform", about, ""),
        }
    }
}

impl Page<'_> {
    /// The pages that every other leads to, in their order.
    pub const MAIN: [Page<'static>; 9] = [
        Page::Overview,
        Page::Documents,
        Page::Departments,
        Page::Coordination,
        Page::Due,
        Page::Gaps,
        Page::Findings,
        Page::Lineage,
        Page::Data,
    ];

    /// The page among [`Page::MAIN`] that it belongs to.
    #[must_use]
    pub fn main(self) -> Page<'static> {
        match self {
            Page::Overview | Page::Search => Page::Overview,
            Page::Documents | Page::Document(_) | Page::Task(_) => Page::Documents,
            Page::Departments | Page::Department(_) => Page::Departments,
            Page::Coordination => Page::Coordination,
            Page::Due => Page::Due,
            Page::Gaps => Page::Gaps,
            Page::Findings => Page::Findings,
            Page::Lineage | Page::Inheritance(..) => Page::Lineage,
            Page::Data => Page::Data,
        }
    }
}
