//! A document as it is built: head, outline, tables.

use crate::date::Date;
use crate::knowledge::{Knowledge, Level};
use crate::span::Span;

/// What a document says of itself.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Head {
    /// Title.
    pub title: Option<String>,
    /// Document number (发文字号), brackets as printed, blanks removed.
    pub number: Option<String>,
    /// Kind of document: 通知, 意见, 方案 …
    pub kind: Option<String>,
    /// Issuing bodies as printed.
    pub issuers: Vec<String>,
    /// The bodies that sign it, as printed.
    pub signed: Vec<String>,
    /// Date of issue.
    pub issued: Option<Date>,
    /// The year that the document is about or from.
    pub year: Option<i16>,
    /// The place that a ledger's head names.
    pub jurisdiction: Option<String>,
    /// The documents on whose authority it is issued.
    pub based_on: Vec<Citation>,
    /// Who put the page up: a hint at the place.
    pub publishers: Vec<String>,
    /// Full names of places in the document, the most often named first.
    pub mentioned: Vec<String>,
    /// The level that it calls its own: 我市.
    pub own_level: Option<Level>,
}

impl Head {
    /// The year that a date without one means: that of the title where it is the year of issue or the next, since a
    /// plan of work is often issued in the last weeks before its year; else the document's own.
    pub fn task_year(&self) -> Option<i16> {
        let titled = self.title.as_deref().and_then(super::head::year_in);
        match (self.year, titled) {
            (Some(year), Some(titled)) if titled == year + 1 => Some(titled),
            (None, titled) => titled,
            (year, _) => year,
        }
    }

    /// The year that a document is about, else the first one of the five-year plan that its title names.
    pub fn own_year(&self) -> Option<i16> {
        let planned = || {
            let title: Vec<char> = self.title.as_ref()?.chars().collect();
            let plans = &Knowledge::shipped().vocabulary.dates.plans;
            plans.find_iter(&title).next().map(|(_, _, plan)| plan.first)
        };
        self.task_year().or_else(planned)
    }

    /// The year that a document without one is likely to be from: that of the latest document that it rests on.
    pub fn likely_year(&self) -> Option<i16> {
        self.based_on.iter().filter_map(|cited| super::citation::year_of(cited.number.as_deref()?)).max()
    }
}

/// How one document relates to another that it names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum CitationRelation {
    /// Issued on its authority (根据, 按照).
    BasedOn,
    /// Carries it out (贯彻落实).
    Implements,
    /// Passes it on (转发).
    Forwards,
    /// Names it.
    Cites,
    /// Changes it (修订).
    Amends,
    /// Takes its place (同时废止).
    Replaces,
}

impl CitationRelation {
    /// All relations.
    pub const ALL: [Self; 6] =
        [Self::BasedOn, Self::Implements, Self::Forwards, Self::Cites, Self::Amends, Self::Replaces];

    /// The stable name of the relation.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::BasedOn => "based-on",
            Self::Implements => "implements",
            Self::Forwards => "forwards",
            Self::Cites => "cites",
            Self::Amends => "amends",
            Self::Replaces => "replaces",
        }
    }
}

/// A document that another names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Citation {
    /// Its document number, as printed without blanks.
    pub number: Option<String>,
    /// Its title, without 《》.
    pub title: Option<String>,
    /// How the two relate.
    pub relation: CitationRelation,
    /// Of a short name (《意见》), the document that it stands for.
    pub stands_for: Option<Named>,
    /// Place of the words.
    pub span: Span,
}

/// A document by its number, its title or both.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Named {
    /// Its document number, as printed without blanks.
    pub number: Option<String>,
    /// Its title, without 《》.
    pub title: Option<String>,
}

impl Named {
    /// Whether a citation is of this document.
    pub fn is(&self, citation: &Citation) -> bool {
        match (&self.number, &citation.number) {
            (Some(own), Some(cited)) => own == cited,
            _ => self.title.is_some() && self.title == citation.title,
        }
    }
}

/// A rule that a ledger states in its head, with the tasks that it governs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LedgerRule {
    /// Place of its words.
    pub span: Span,
    /// Label of the first task that it governs, if said.
    pub from: Option<String>,
    /// Label of the last task that it governs, if said.
    pub to: Option<String>,
}
