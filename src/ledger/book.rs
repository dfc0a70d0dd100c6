//! A ledger as it is handed out: a section a document, a list a body.

use std::borrow::Cow;
use std::collections::BTreeMap;

use petgraph::Direction;
use petgraph::visit::EdgeRef;

use super::{Column, Entry, Status};
use crate::date::Date;
use crate::extract::{Comparator, Role};
use crate::iri;
use crate::network::{Network, Node};
use crate::notice::{Holder, Limit, Mandate, Notice, Quantity};

/// A ledger.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Book {
    /// The documents, in the order asked for.
    pub sections: Vec<Section>,
    /// The bodies with a part in some row: those that lead most first.
    pub bodies: Vec<Body>,
}

/// The rows of one document.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Section {
    /// IRI of the document.
    pub id: String,
    /// Title; empty if it is not known.
    pub title: String,
    /// Number; empty if it has none.
    pub number: String,
    /// When it was issued, else the year that it is about.
    pub date: Option<Date>,
    /// Name of the place that it speaks for.
    pub place: String,
    /// Name of the file that was read.
    pub source: String,
    /// The tasks, then what people added.
    pub rows: Vec<Row>,
}

/// One task.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Row {
    /// IRI of the task, or of the entry that added the row.
    pub id: String,
    /// The headings above: the outermost, and those below it.
    pub path: [String; 2],
    /// The words of every other cell that has some.
    pub cells: BTreeMap<Column, String>,
    /// The last day by which it must be done.
    pub due: Option<Date>,
    /// How far it has come.
    pub status: Option<Status>,
}

/// The tasks of one body.
#[derive(Clone, Debug, PartialEq)]
pub struct Body {
    /// IRI.
    pub id: String,
    /// Name.
    pub label: String,
    /// Its parts, in the order of documents and rows.
    pub parts: Vec<Part>,
}

/// The part of a body in a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// Index of the section.
    pub section: usize,
    /// Index of the row in it.
    pub row: usize,
    /// Its role.
    pub role: Role,
    /// Its name as the document prints it; empty where only people named it.
    pub name: String,
}

/// A graph that the ledger carries, so that whoever reads it back has what it was made from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kept {
    /// IRI of the graph.
    pub id: String,
    /// Sorted N-Quads.
    pub nquads: String,
}

impl Section {
    /// What the document is called: its number, else its title, else its file.
    pub fn name(&self) -> &str {
        [&self.number, &self.title, &self.source].into_iter().find(|name| !name.is_empty()).map_or("", |name| name)
    }

    /// Its title, or what it is called where it has none.
    pub fn titled(&self) -> &str {
        if self.title.is_empty() { self.name() } else { &self.title }
    }
}

impl Row {
    /// The words of a cell, of the due date, too; empty if it has none.
    pub fn words(&self, column: Column) -> Cow<'_, str> {
        match self.due.filter(|_| column == Column::Due) {
            Some(due) => Cow::Owned(due.to_string()),
            None => Cow::Borrowed(self.cell(column)),
        }
    }

    /// The words of a cell but the due date; empty if it has none.
    pub fn cell(&self, column: Column) -> &str {
        match column {
            Column::Id => &self.id,
            Column::Heading => &self.path[0],
            Column::Subheading => &self.path[1],
            Column::Status => self.status.map_or("", Status::zh),
            _ => self.cells.get(&column).map_or("", String::as_str),
        }
    }
}

impl Book {
    /// Composes the ledger of some notices. `network` says who has which part today, also in rows that people added; of a task
    /// that it lacks there is no row. `entries` are what people wrote, the earliest first; `bodies`, if given, are those that get
    /// a list, and rows of nobody are left out.
    pub fn new(notices: &[Notice], network: &Network, entries: &[Entry], bodies: Option<&[String]>) -> Self {
        let mut of_task: BTreeMap<&str, Vec<&Entry>> = BTreeMap::new();
        let mut added: BTreeMap<&str, Vec<&Entry>> = BTreeMap::new();
        for entry in entries {
            match &entry.task {
                Some(task) => of_task.entry(task).or_default().push(entry),
                None => added.entry(&entry.document).or_default().push(entry),
            }
        }
        let written = |id: &str| of_task.get(id).map(Vec::as_slice).unwrap_or_default();
        let nodes: BTreeMap<&str, _> = network.tasks().map(|(node, task)| (task.id.as_str(), node)).collect();
        let mut book = Self::default();
        let mut lists: BTreeMap<String, Body> = BTreeMap::new();
        for notice in notices {
            let mut section = Section {
                id: notice.id.clone(),
                title: notice.title.clone(),
                number: notice.number.clone(),
                date: notice.date,
                place: notice.place.as_ref().map(|place| place.name.clone()).unwrap_or_default(),
                source: notice.source.clone(),
                rows: Vec::new(),
            };
            let tasks = notice.tasks.iter().filter(|task| nodes.contains_key(task.id.as_str()));
            section.rows.extend(tasks.map(|task| row(task, written(&task.id))));
            let holders: BTreeMap<&str, &[Holder]> =
                notice.tasks.iter().map(|task| (task.id.as_str(), task.parties.as_slice())).collect();
            let added = added.get(notice.id.as_str()).into_iter().flatten();
            // rows of nobody's asking belong to the whole document
            let added = added.filter(|entry| bodies.is_none() || nodes.contains_key(entry.id.as_str()));
            section.rows.extend(added.map(|entry| added_row(entry, written(&entry.id))));
            for (number, row) in section.rows.iter().enumerate() {
                let edges =
                    nodes.get(row.id.as_str()).map(|node| network.graph.edges_directed(*node, Direction::Incoming));
                for edge in edges.into_iter().flatten() {
                    let Node::Department(body) = &network.graph[edge.source()] else { continue };
                    if bodies.is_some_and(|wanted| !wanted.contains(&body.id)) {
                        continue;
                    }
                    let list = Body { id: body.id.clone(), label: body.label.clone(), parts: Vec::new() };
                    let list = lists.entry(body.id.clone()).or_insert(list);
                    let holders = holders.get(row.id.as_str()).copied().unwrap_or_default();
                    let printed = holders.iter().find(|holder| holder.body.id == body.id);
                    list.parts.push(Part {
                        section: book.sections.len(),
                        row: number,
                        role: edge.weight().role,
                        name: printed.map(|holder| holder.printed.clone()).unwrap_or_default(),
                    });
                }
            }
            if !section.rows.is_empty() {
                book.sections.push(section);
            }
        }
        book.bodies = lists.into_values().collect();
        let led = |body: &Body| body.parts.iter().filter(|part| part.role.leads()).count();
        book.bodies
            .sort_by(|a, b| (led(b), b.parts.len()).cmp(&(led(a), a.parts.len())).then_with(|| a.label.cmp(&b.label)));
        book
    }

    /// By section and row, the first body with a list that leads.
    pub fn first_leads(&self) -> BTreeMap<(usize, usize), usize> {
        let mut leads = BTreeMap::new();
        for (index, body) in self.bodies.iter().enumerate() {
            for part in body.parts.iter().filter(|part| part.role.leads()) {
                leads.entry((part.section, part.row)).or_insert(index);
            }
        }
        leads
    }
}

fn row(task: &Mandate, written: &[&Entry]) -> Row {
    let named = |roles: &[Role]| {
        let holders = task.parties.iter().filter(|holder| roles.contains(&holder.role));
        holders.map(|holder: &Holder| holder.printed.as_str()).collect::<Vec<_>>().join("、")
    };
    let words = match task.title.as_str() {
        // a title that is a heading, or the words' beginning, is shown already
        title if title.is_empty() || task.text.starts_with(title) || task.path.iter().any(|line| line == title) => {
            task.text.clone()
        }
        title => format!("{title}\n{}", task.text),
    };
    let (first, rest) =
        task.path.split_first().map_or(("", String::new()), |(first, rest)| (first.as_str(), rest.join(" / ")));
    let mut row = Row {
        id: task.id.clone(),
        path: [first.to_owned(), rest],
        due: task.deadlines.iter().filter_map(Limit::last_day).max(),
        ..Row::default()
    };
    row.set(Column::Label, task.label.clone());
    row.set(Column::Task, words);
    for column in [Column::Leads, Column::Responsible, Column::Supporting] {
        row.set(column, named(column.roles()));
    }
    row.set(Column::Figures, once(task.indicators.iter().map(figure)).join("；"));
    row.set(Column::Deadline, once(task.deadlines.iter().map(|limit| limit.words.clone())).join("；"));
    row.set(Column::Basis, once(task.citations.iter().map(|id| iri::words(id))).join("、"));
    for entry in written {
        row.write(entry);
    }
    row
}

/// A row that a person added, and what was written about it since.
fn added_row(entry: &Entry, written: &[&Entry]) -> Row {
    let mut row = Row { id: entry.id.clone(), due: entry.due, ..Row::default() };
    for edit in &entry.edits {
        row.set(edit.column, edit.becomes.clone());
    }
    row.set(Column::Changes, with_signature("台账新增", entry));
    row.state(entry);
    for entry in written {
        row.write(entry);
    }
    row
}

impl Row {
    /// Puts words into a cell; none empty it. The due date is set apart.
    fn set(&mut self, column: Column, words: String) {
        match column {
            Column::Heading => self.path[0] = words,
            Column::Subheading => self.path[1] = words,
            Column::Status => self.status = Status::parse(&words),
            Column::Due => {}
            _ if words.is_empty() => {
                self.cells.remove(&column);
            }
            _ => {
                self.cells.insert(column, words);
            }
        }
    }

    /// Puts in what a person wrote; what was printed stays in the column of changes.
    fn write(&mut self, entry: &Entry) {
        for edit in &entry.edits {
            let was = if edit.was.is_empty() { "空" } else { &edit.was };
            let change = with_signature(&format!("{}原为“{was}”", edit.column.zh()), entry);
            let changes = [self.cell(Column::Changes), &change].join("\n");
            self.set(Column::Changes, changes.trim().to_owned());
            self.set(edit.column, edit.becomes.clone());
            if [Column::Deadline, Column::Due].contains(&edit.column) {
                self.due = entry.due;
            }
        }
        self.state(entry);
    }

    fn state(&mut self, entry: &Entry) {
        if entry.status.is_none() && entry.progress.is_empty() {
            return;
        }
        self.status = entry.status.or(self.status);
        if !entry.progress.is_empty() {
            self.set(Column::Progress, entry.progress.clone());
        }
        self.set(Column::Updated, entry.on.map(|on| on.to_string()).unwrap_or_default());
        self.set(Column::By, entry.by.clone());
    }
}

fn with_signature(words: &str, entry: &Entry) -> String {
    match entry.signed() {
        signed if signed.is_empty() => words.to_owned(),
        signed => format!("{words}（{signed}）"),
    }
}

/// A quantity in words: as printed, else as it was understood.
fn figure(quantity: &Quantity) -> String {
    if !quantity.words.is_empty() {
        // 不低于80%: the words of the figure alone do not say that it is the least
        let is_bare = |char: char| char.is_numeric() || ".．,，%％‰".contains(char) || quantity.unit.contains(char);
        let sign = if quantity.words.chars().all(is_bare) { sign(quantity.comparator) } else { "" };
        let named = quantity.name.is_empty() || quantity.words.contains(&quantity.name);
        let name = if named { String::new() } else { format!("{}：", quantity.name) };
        return format!("{name}{sign}{}", quantity.words);
    }
    let end = quantity.value_max.map(|max| format!("–{max}")).unwrap_or_default();
    format!("{}{}{}{end}{}", quantity.name, sign(quantity.comparator), quantity.value, quantity.unit)
}

/// The sign of how a figure is to be met; none where it is to be met as it is.
fn sign(comparator: Comparator) -> &'static str {
    match comparator {
        Comparator::Equal | Comparator::Range => "",
        Comparator::About => "≈",
        Comparator::AtLeast => "≥",
        Comparator::AtMost => "≤",
        other => other.as_str(),
    }
}

/// Each of some words once, in their order.
fn once(words: impl Iterator<Item = String>) -> Vec<String> {
    let mut seen = Vec::new();
    for words in words.filter(|words| !words.is_empty()) {
        if !seen.contains(&words) {
            seen.push(words);
        }
    }
    seen
}
