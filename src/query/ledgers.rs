//! What people wrote into ledgers that were read back.

use std::collections::{BTreeMap, BTreeSet};

use super::project::{departments, select};
use super::{QueryError, Source};
use crate::date::Date;
use crate::extract::{Deadline, Role};
use crate::iri;
use crate::ledger::{Column, Edit, Entry, Status};
use crate::network::{Party, Reassignment, TaskNode};
use crate::span::Span;

const LEDGERS: &str =
    "SELECT ?ledger ?from WHERE { ?ledger a z:Ledger . OPTIONAL { ?ledger prov:wasDerivedFrom ?from } }";

const ENTRIES: &str = "
SELECT ?entry ?ledger ?doc ?task ?status ?progress ?on ?due ?row ?by WHERE {
  ?entry a z:LedgerEntry ; z:inLedger ?ledger ; z:entryDocument ?doc ; z:row ?row .
  OPTIONAL { ?entry z:entryTask ?task }
  OPTIONAL { ?entry z:status ?status }
  OPTIONAL { ?entry z:progress ?progress }
  OPTIONAL { ?entry z:recordedOn ?on }
  OPTIONAL { ?entry z:newDueDate ?due }
  OPTIONAL { ?entry prov:wasAttributedTo/rdfs:label ?by }
}";

const EDITS: &str = "
SELECT ?entry ?edit ?column ?was ?becomes WHERE {
  ?entry z:hasEdit ?edit . ?edit z:column ?column ; z:formerWords ?was ; z:presentWords ?becomes .
}";

const PARTIES: &str = "
SELECT ?entry ?party ?body ?role ?rank WHERE {
  ?entry z:hasParty ?party . ?party z:party ?body ; z:partyRole ?role ; z:partyRank ?rank .
}";

/// What people wrote into ledgers, and who leads, carries and supports since.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Written {
    /// What they wrote, the earliest first. The bodies named are told by `reassignments`.
    pub entries: Vec<Entry>,
    /// The parts that they changed, the earliest first.
    pub reassignments: Vec<Reassignment>,
    /// The ledgers that speak of each document, by the IRIs of both.
    pub ledgers: BTreeMap<String, BTreeSet<String>>,
}

impl Written {
    /// The rows that people added, as tasks of their documents.
    pub fn added(&self) -> Vec<TaskNode> {
        let added = self.entries.iter().filter(|entry| entry.task.is_none());
        let words = |entry: &Entry, column| entry.becomes(column).unwrap_or_default().to_owned();
        let node = |entry: &Entry| TaskNode {
            id: entry.id.clone(),
            label: words(entry, Column::Label),
            text: words(entry, Column::Task),
            document: entry.document.clone(),
            ..TaskNode::default()
        };
        added.map(node).collect()
    }

    /// How far tasks have come by the end of a day, by their IRIs; those of rows that people added by that of the entry. What was
    /// said last counts, and an entry without a status says nothing of it.
    pub fn statuses(&self, on: Date) -> BTreeMap<String, Status> {
        let own = |entry: &Entry| Some((entry.task.as_ref().unwrap_or(&entry.id).clone(), entry.status?));
        self.entries.iter().filter(|entry| entry.is_by(on)).filter_map(own).collect()
    }

    /// The deadlines of tasks that people changed, as they are now: those that are printed no longer count.
    pub fn deadlines(&self) -> BTreeMap<String, Vec<Deadline>> {
        let mut found = BTreeMap::new();
        for entry in &self.entries {
            let words = [Column::Due, Column::Deadline].into_iter().find_map(|column| entry.becomes(column));
            let Some(words) = words else { continue };
            // a row that was added stands for a task
            let task = entry.task.as_ref().unwrap_or(&entry.id);
            let now = entry.due.map(|due| Deadline { date: Some(due), ..Deadline::corrected(words, Span::new(0, 0)) });
            found.insert(task.clone(), now.into_iter().collect());
        }
        found
    }
}

/// Reads what people wrote into ledgers.
///
/// # Errors
///
/// [`QueryError::Evaluation`], if the store cannot be read.
pub fn written<S: Source + ?Sized>(source: &S) -> Result<Written, QueryError> {
    let mut generations: BTreeMap<String, usize> = BTreeMap::new();
    for row in select(source, LEDGERS)? {
        *generations.entry(row.text("ledger")).or_default() += usize::from(iri::is_ledger(&row.text("from")));
    }
    let mut written = Written::default();
    if generations.is_empty() {
        return Ok(written);
    }
    let mut edits: BTreeMap<String, BTreeMap<Column, Edit>> = BTreeMap::new();
    for row in select(source, EDITS)? {
        let Some(column) = Column::parse(&row.text("column")) else { continue };
        let edit = Edit { column, was: row.text("was"), becomes: row.text("becomes") };
        edits.entry(row.text("entry")).or_default().insert(column, edit);
    }
    for row in select(source, ENTRIES)? {
        let (ledger, document, id) = (row.text("ledger"), row.text("doc"), row.text("entry"));
        let status = row.text("status");
        let status = status.strip_prefix(&iri::concept("status", "")).and_then(Status::parse);
        written.ledgers.entry(document.clone()).or_default().insert(ledger.clone());
        written.entries.push(Entry {
            generation: generations.get(&ledger).copied().unwrap_or_default(),
            document,
            task: Some(row.text("task")).filter(|task| !task.is_empty()),
            status,
            progress: row.text("progress"),
            on: Date::parse_iso(&row.text("on")),
            by: row.text("by"),
            cell: row.text("row"),
            edits: edits.remove(&id).unwrap_or_default().into_values().collect(),
            parties: Vec::new(),
            due: Date::parse_iso(&row.text("due")),
            id,
        });
    }
    written.entries.sort_by(|a, b| (a.generation, a.on, &a.id).cmp(&(b.generation, b.on, &b.id)));
    written.reassignments = reassignments(source, &written.entries)?;
    Ok(written)
}

fn reassignments<S: Source + ?Sized>(source: &S, entries: &[Entry]) -> Result<Vec<Reassignment>, QueryError> {
    let mut named: BTreeMap<String, Vec<(String, Party)>> = BTreeMap::new();
    let mut involved = BTreeSet::new();
    for row in select(source, PARTIES)? {
        let role = row.text("role");
        let Some(role) = role.strip_prefix(&iri::concept("role", "")).and_then(Role::parse) else { continue };
        let party = Party { role, rank: row.number("rank").unwrap_or_default(), confidence: 1.0 };
        involved.insert(row.text("body"));
        named.entry(row.text("entry")).or_default().push((row.text("body"), party));
    }
    let involved: BTreeSet<&str> = involved.iter().map(String::as_str).collect();
    let bodies = departments(source, &involved)?;
    let mut found = Vec::new();
    for entry in entries {
        let roles: Vec<Role> = entry.edits.iter().flat_map(|edit| edit.column.roles()).copied().collect();
        if roles.is_empty() {
            continue;
        }
        // a row that was added stands for a task
        let task = entry.task.clone().unwrap_or_else(|| entry.id.clone());
        let parties = named.remove(&entry.id).unwrap_or_default().into_iter();
        let parties = parties.filter_map(|(id, party)| Some((bodies.get(&id)?.clone(), party))).collect();
        found.push(Reassignment { task, roles, parties });
    }
    Ok(found)
}
