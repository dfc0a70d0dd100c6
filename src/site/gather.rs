//! Reads from a source all that the pages show.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;

use petgraph::graph::NodeIndex;

use super::gaps;
use super::page::Page;
use super::pairs::{self, Pair};
use super::progress::{self, Progress};
use crate::analysis::due::{self, Due, due};
use crate::analysis::explore::Scene;
use crate::analysis::overlap::{Overlap, overlap};
use crate::analysis::{Line, Lineage, Options, Weights, Workload, workload};
use crate::date::Date;
use crate::extract::Deadline;
use crate::network::{Department, Network, Node};
use crate::notice::{Mandate, Notice};
use crate::query::{self, Claims, QueryError, Reading, Source, StoredDocument};
use crate::render::graphviz;

/// How many documents are read at a time.
const TOGETHER: usize = 50;

/// All that the pages show, read once.
#[derive(Debug)]
pub struct Site {
    on: Date,
    entries: Vec<Entry>,
    /// Where every document and task stands in `entries`.
    places: BTreeMap<String, (usize, Option<usize>)>,
    /// The nodes of the departments.
    bodies: BTreeMap<String, NodeIndex>,
    pub(super) network: Network,
    pub(super) claims: Claims,
    pub(super) deadlines: BTreeMap<String, Vec<Deadline>>,
    pub(super) workload: Workload,
    pub(super) overlap: Overlap,
    pub(super) due: Due,
    /// How far tasks have come, by their IRIs.
    pub(super) progress: BTreeMap<String, Progress>,
    pub(super) lineage: Lineage,
    pub(super) pairs: Vec<Pair>,
    pub(super) kin: pairs::Index,
    /// What documents leave unsaid.
    pub(super) unsaid: gaps::Places,
    /// Where every body stands in the ranking, those apart from it behind it.
    ranks: BTreeMap<String, usize>,
    /// The pairs of departments that every department stands in, by their places.
    pub(super) partners: BTreeMap<String, Vec<usize>>,
    pub(super) names: BTreeMap<String, Vec<(String, usize)>>,
    /// The words by which all that can be found is found, once somebody looks for some.
    pub(super) words: OnceLock<Vec<Box<str>>>,
    /// The network as it is seen where nothing else is asked for.
    pub(super) usual: OnceLock<Scene>,
    /// Whether there is a program that lays pictures out.
    pub(super) graphviz: bool,
}

/// A document.
#[derive(Debug)]
pub struct Entry {
    /// What is known of it.
    pub document: StoredDocument,
    /// Its tasks.
    pub notice: Notice,
    /// How it was read.
    pub reading: Reading,
}

impl Site {
    /// Reads what is said of the documents in question, as of a day.
    ///
    /// # Errors
    ///
    /// [`QueryError`], if the source cannot be asked.
    pub fn gather<S: Source + ?Sized>(
        source: &S,
        stored: Vec<StoredDocument>,
        network: Network,
        on: Date,
    ) -> Result<Self, QueryError> {
        let wanted: Vec<String> = stored.iter().map(|document| document.id.clone()).collect();
        let chosen: BTreeSet<&str> = wanted.iter().map(String::as_str).collect();
        let outlines = query::outlines(source, &stored)?;
        // rows are many times as large as what is kept of them: a part of the documents is asked for at a time
        let mut notices = Vec::new();
        let mut readings = BTreeMap::new();
        let mut claims = Claims::default();
        for part in wanted.chunks(TOGETHER) {
            notices.extend(query::notices_in(source, &outlines, part, &network)?);
            let part = part.iter().map(String::as_str).collect();
            claims.extend(query::claims_in(source, &network, &part)?);
            readings.extend(query::readings(source, &part)?);
        }
        let deadlines = query::deadlines(source, &network)?;
        let names = query::printed_names(source)?;

        let mut lineage = Lineage::of(&outlines, &query::references(source, &stored)?);
        let held = |id: &String| chosen.contains(id.as_str()) || lineage.stubs.contains_key(id);
        let lines: Vec<_> =
            lineage.lines.iter().filter(|line| held(&line.parent) && held(&line.child)).cloned().collect();
        lineage.lines = lines;
        let verdicts = query::verdicts(source, &wanted)?;

        let options = Options { weights: Weights::default(), collective: false, first_leads: false, doubtful: None };
        let workload = workload(&network, options);
        let overlap = overlap(&network, false);
        let written = query::written(source)?;
        let due = due(&network, &deadlines, &written.statuses(on), on, &due::Options::default());
        let progress = progress::last(&written.entries, on);

        let mut documents: BTreeMap<String, StoredDocument> =
            stored.into_iter().map(|document| (document.id.clone(), document)).collect();
        let entry = |notice: Notice| {
            let document = documents.remove(&notice.id)?;
            let reading = readings.remove(&notice.id).unwrap_or_default();
            Some(Entry { document, notice, reading })
        };
        let entries: Vec<Entry> = notices.into_iter().filter_map(entry).collect();
        let (pairs, kin) = pairs::compare(&entries, &lineage.lines, &verdicts);
        let mut partners: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for (index, pair) in overlap.pairs.iter().enumerate() {
            partners.entry(pair.a.0.clone()).or_default().push(index);
            partners.entry(pair.b.0.clone()).or_default().push(index);
        }
        let mut places = BTreeMap::new();
        for (index, entry) in entries.iter().enumerate() {
            places.insert(entry.document.id.clone(), (index, None));
            for (task, mandate) in entry.notice.tasks.iter().enumerate() {
                places.insert(mandate.id.clone(), (index, Some(task)));
            }
        }
        let unsaid = gaps::Places::of(&entries, &deadlines);
        let lines = workload.departments.iter().chain(&workload.apart);
        let ranks = lines.zip(0..).map(|(line, rank)| (line.organisation.clone(), rank)).collect();
        let bodies = network.departments().map(|(node, body)| (body.id.clone(), node)).collect();
        Ok(Self {
            on,
            entries,
            places,
            bodies,
            network,
            claims,
            deadlines,
            workload,
            overlap,
            due,
            progress,
            lineage,
            pairs,
            kin,
            unsaid,
            ranks,
            partners,
            names,
            words: OnceLock::new(),
            usual: OnceLock::new(),
            graphviz: graphviz::is_installed(),
        })
    }

    /// Reads what the first to search and to explore would wait for.
    pub fn prepare(&self) {
        self.words();
        self.usual();
    }

    /// The day from which past and coming are told.
    pub fn on(&self) -> Date {
        self.on
    }

    /// The documents, in the order of their IRIs.
    pub fn documents(&self) -> &[Entry] {
        &self.entries
    }

    /// A document by its IRI.
    pub fn document(&self, id: &str) -> Option<&Entry> {
        self.entries.get(self.place(id)?)
    }

    /// Where a document stands among all.
    pub(super) fn place(&self, id: &str) -> Option<usize> {
        self.places.get(id).filter(|(_, task)| task.is_none()).map(|(index, _)| *index)
    }

    /// A task with its document, by its IRI.
    pub fn task(&self, id: &str) -> Option<(&Entry, usize, &Mandate)> {
        let &(index, task) = self.places.get(id)?;
        let entry = self.entries.get(index)?;
        Some((entry, task?, entry.notice.tasks.get(task?)?))
    }

    /// A department by its IRI.
    pub fn department(&self, id: &str) -> Option<&Department> {
        self.department_node(id).map(|(_, body)| body)
    }

    /// The load of a body, with its place in the ranking if it stands there.
    pub(super) fn load(&self, id: &str) -> Option<(Option<usize>, &Line)> {
        let &rank = self.ranks.get(id)?;
        let ranked = &self.workload.departments;
        let apart = || self.workload.apart.get(rank - ranked.len()).map(|line| (None, line));
        ranked.get(rank).map(|line| (Some(rank), line)).or_else(apart)
    }

    /// A department with its node.
    pub(super) fn department_node(&self, id: &str) -> Option<(NodeIndex, &Department)> {
        let &node = self.bodies.get(id)?;
        match &self.network.graph[node] {
            Node::Department(body) => Some((node, body)),
            Node::Task(_) => None,
        }
    }

    /// All pages, those that others lead to first.
    pub fn pages(&self) -> impl Iterator<Item = Page<'_>> {
        let tasks = self.entries.iter().flat_map(|entry| &entry.notice.tasks);
        let documents = self.entries.iter().map(|entry| Page::Document(&entry.document.id));
        let ends = self.pairs.iter().filter_map(|pair| self.ends(pair));
        let pairs = ends.map(|(parent, child)| Page::Inheritance(&parent.document.id, &child.document.id));
        Page::MAIN
            .into_iter()
            .chain([Page::Search])
            .chain(documents)
            .chain(self.network.departments().map(|(_, body)| Page::Department(&body.id)))
            .chain(pairs)
            .chain(tasks.map(|task| Page::Task(&task.id)))
    }
}
