//! Notices whole, as the comparison of documents needs them: tasks with words, parties, figures and dates at their places.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::date::Date;
use crate::extract::{Comparator, DeadlineRelation, Role};
use crate::network::Department;
use crate::parse::CitationRelation;
use crate::resolve::Place;
use crate::span::Span;

/// A document and its tasks.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Notice {
    /// IRI.
    pub id: String,
    /// Title; empty if it is not known.
    pub title: String,
    /// Number; empty if it has none.
    pub number: String,
    /// Name of the file that was read; empty for a document that is not held.
    pub source: String,
    /// When it was issued, else the year that it is about.
    pub date: Option<Date>,
    /// The place that it speaks for.
    pub place: Option<Place>,
    /// Its tasks, in their order.
    pub tasks: Vec<Mandate>,
}

/// A task.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Mandate {
    /// IRI.
    pub id: String,
    /// The printed number.
    pub label: String,
    /// Its title: printed apart, its short first sentence, or the heading that is its alone; else empty.
    pub title: String,
    /// Its own words.
    pub text: String,
    /// The headings above, outermost first.
    pub path: Vec<String>,
    /// Where it stands, in characters of the text.
    pub span: Option<Span>,
    /// Who has a part in it: the strongest role of each, in the order of role and listing.
    pub parties: Vec<Holder>,
    /// Quantities to be reached.
    pub indicators: Vec<Quantity>,
    /// Dates that govern it.
    pub deadlines: Vec<Limit>,
    /// IRIs of the documents that it cites.
    pub citations: Vec<String>,
}

/// A body with a part in a task.
#[derive(Clone, Debug, PartialEq)]
pub struct Holder {
    /// The body; holders share it.
    pub body: Arc<Department>,
    /// Its name as printed.
    pub printed: String,
    /// Its role.
    pub role: Role,
    /// Where it is named.
    pub span: Option<Span>,
}

/// A quantity to be reached.
#[derive(Clone, Debug, PartialEq)]
pub struct Quantity {
    /// What is measured.
    pub name: String,
    /// How the figure is to be met.
    pub comparator: Comparator,
    /// The figure.
    pub value: f64,
    /// The other end of a range.
    pub value_max: Option<f64>,
    /// Its unit, as printed.
    pub unit: String,
    /// When it is due.
    pub by: Option<Date>,
    /// Whether it is universal cover without a figure.
    pub soft: bool,
    /// The printed words; empty if they are not kept.
    pub words: String,
    /// What speaks for it; empty if that is not kept.
    pub evidence: String,
    /// How sure it is, from 0 to 1.
    pub confidence: f64,
    /// Where it stands.
    pub span: Option<Span>,
}

/// A date that governs a task.
#[derive(Clone, Debug, PartialEq)]
pub struct Limit {
    /// How it governs.
    pub relation: DeadlineRelation,
    /// The date, unless it is counted from an event or without end.
    pub date: Option<Date>,
    /// The time after an event.
    pub duration: String,
    /// The printed words.
    pub words: String,
    /// Where it stands.
    pub span: Option<Span>,
}

/// A relation between two documents.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Reference {
    /// IRI of the document that names the other.
    pub from: String,
    /// IRI of the document named.
    pub to: String,
    /// How the two relate.
    pub relation: CitationRelation,
    /// The words that say so; empty if they are not kept.
    pub words: String,
    /// Where they stand, in characters of the text.
    pub span: Option<Span>,
}

/// What is known of a document that is cited and not held.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Stub {
    /// IRI.
    pub id: String,
    /// Number.
    pub number: String,
    /// Title.
    pub title: String,
    /// The body that the number names.
    pub issuer: String,
    /// The year in the number.
    pub year: String,
}

/// How the documents of a store relate.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct References {
    /// Documents that name others, each relation once.
    pub edges: Vec<Reference>,
    /// What is named and not held, by IRI.
    pub stubs: BTreeMap<String, Stub>,
}

/// What a person said of a task and one above it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verdict {
    /// IRI of the task below.
    pub child: String,
    /// Number or title of the document above and the printed number of the task there, as the person wrote them.
    pub parent: String,
    /// Whether the two belong together.
    pub holds: bool,
    /// Who said so.
    pub by: String,
    /// Why.
    pub why: String,
}

impl Mandate {
    /// The bodies that lead.
    pub fn leads(&self) -> impl Iterator<Item = &Holder> {
        self.parties.iter().filter(|party| matches!(party.role, Role::Lead | Role::CoLead))
    }
}

impl Limit {
    /// The last day that is in time; none where the words tell no day.
    pub fn last_day(&self) -> Option<Date> {
        self.relation.last_day(self.date?)
    }
}

/// The longest first sentence that is taken for a title, in characters.
const LONGEST_TITLE: usize = 24;

impl Notice {
    /// Gives the tasks without a title of their own the one that they show otherwise.
    #[must_use]
    pub fn entitled(mut self) -> Self {
        let mut headings: BTreeMap<Vec<String>, usize> = BTreeMap::new();
        for task in &self.tasks {
            *headings.entry(task.path.clone()).or_default() += 1;
        }
        let several = self.tasks.len() > 1;
        for task in self.tasks.iter_mut().filter(|task| task.title.is_empty()) {
            let first = task.text.split(['。', '\n']).next().unwrap_or_default().trim();
            let short = (2..=LONGEST_TITLE).contains(&first.chars().count()) && first.len() < task.text.trim().len();
            let alone = headings.get(&task.path) == Some(&1);
            task.title = match task.path.last() {
                _ if short && !first.contains(['，', ',', '；']) => first.to_owned(),
                Some(heading) if alone && several => heading.clone(),
                _ => String::new(),
            };
        }
        self
    }

    /// What people call the document: its number, else its title, else its file.
    pub fn name(&self) -> &str {
        [&self.number, &self.title, &self.source].into_iter().find(|name| !name.is_empty()).map_or("", |name| name)
    }

    /// Its title, or what it is called where it has none.
    pub fn titled(&self) -> &str {
        if self.title.is_empty() { self.name() } else { &self.title }
    }
}
