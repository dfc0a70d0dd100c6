//! The words behind responsibilities: where a document says that a body has a part in a task.

use std::collections::{BTreeMap, BTreeSet};

use super::project::{Row, select_among};
use super::{QueryError, Source};
use crate::extract::Role;
use crate::iri;
use crate::network::{Network, Succession};
use crate::span::Span;

const CLAIMS: &str = "
SELECT ?t ?part ?doc ?source ?label ?clause ?body ?full ?name ?role ?basis ?confidence ?cell ?at WHERE {
  ?t z:inDocument ?doc ; z:printedLabel ?label ; z:hasResponsibility ?part .
  ?doc z:source ?source .
  ?part z:organisation ?body ; z:printedName ?name ; z:role ?role ; z:basis ?basis ; z:confidence ?confidence .
  ?body rdfs:label ?full .
  OPTIONAL { ?t z:clause ?clause }
  OPTIONAL { ?part z:cell ?cell }
  OPTIONAL { ?part z:at ?at }
}";

/// The most tasks that a query names; of more all are asked for.
const MOST_NAMED: usize = 500;

/// A responsibility as a document states it.
#[derive(Clone, Debug, PartialEq)]
pub struct Claim {
    /// IRI of the responsibility.
    pub id: String,
    /// IRI of the task.
    pub task: String,
    /// IRI of the document.
    pub document: String,
    /// Name of the file that was read.
    pub source: String,
    /// The printed number of the task.
    pub label: String,
    /// The statement that names who is responsible; empty where a table says so.
    pub clause: String,
    /// IRI of the body.
    pub body: String,
    /// Full name of the body.
    pub full: String,
    /// The name as printed.
    pub name: String,
    /// The role.
    pub role: Role,
    /// What the role rests on.
    pub basis: String,
    /// How sure it is, from 0 to 1.
    pub confidence: f64,
    /// The cell of a workbook.
    pub cell: Option<String>,
    /// Where the name stands, in characters; none of what a person added.
    pub span: Option<Span>,
}

/// The responsibilities of some tasks.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Claims {
    by_task: BTreeMap<String, Vec<Claim>>,
    succession: Option<Succession>,
    /// Who took over from whom, by IRIs, where that is supposed.
    heirs: BTreeMap<String, String>,
}

impl Claims {
    /// The responsibilities in a task, by the order of the text.
    pub fn in_task(&self, task: &str) -> &[Claim] {
        self.by_task.get(task).map(Vec::as_slice).unwrap_or_default()
    }

    /// All responsibilities, by task.
    pub fn all(&self) -> impl Iterator<Item = &Claim> {
        self.by_task.values().flatten()
    }

    /// Adds the responsibilities of other tasks of the same network.
    pub fn extend(&mut self, other: Self) {
        self.by_task.extend(other.by_task);
        self.succession = other.succession.or(self.succession.take());
    }

    /// IRI of the body that stands for that of a responsibility: as of a day the one that does its work then.
    pub fn body(&self, claim: &Claim) -> String {
        let followed = self.succession.iter().flat_map(|succession| &succession.followed);
        let heir = followed.filter(|one| one.from == claim.full).map(|one| iri::organisation(&one.to)).next();
        heir.unwrap_or_else(|| claim.body.clone())
    }

    /// The responsibilities of some bodies in a task, by the order of the text. A body as of a day stands for those before it.
    pub fn of(&self, task: &str, bodies: &[&str]) -> Vec<&Claim> {
        self.in_task(task).iter().filter(|claim| bodies.iter().any(|&body| self.is(claim, body))).collect()
    }

    /// The responsibilities of those that lead a task.
    pub fn leads(&self, task: &str) -> Vec<&Claim> {
        self.by_task.get(task).into_iter().flatten().filter(|claim| claim.role.leads()).collect()
    }

    /// The claims as they would be if one body had taken over all tasks of others: it stands for these.
    #[must_use]
    pub fn taken_over(mut self, from: &[String], to: &str) -> Self {
        for heir in self.heirs.values_mut().filter(|heir| from.contains(heir)) {
            to.clone_into(heir);
        }
        self.heirs.extend(from.iter().map(|body| (body.clone(), to.to_owned())));
        self
    }

    fn is(&self, claim: &Claim, body: &str) -> bool {
        let mut followed = self.succession.iter().flat_map(|succession| &succession.followed);
        let today = followed.find(|one| one.from == claim.full).map(|one| iri::organisation(&one.to));
        let held = |id: &str| id == body || self.heirs.get(id).is_some_and(|heir| heir == body);
        held(&claim.body) || today.is_some_and(|today| held(&today))
    }
}

/// The responsibilities of tasks of a network, by their IRIs.
///
/// # Errors
///
/// [`QueryError::Evaluation`], if the store cannot be read.
pub fn claims<S: Source + ?Sized>(source: &S, network: &Network, tasks: &BTreeSet<&str>) -> Result<Claims, QueryError> {
    if tasks.is_empty() {
        return Ok(Claims::default());
    }
    let named = (tasks.len() <= MOST_NAMED).then_some(tasks);
    let rows = select_among(source, CLAIMS, "t", named)?;
    Ok(read(rows.filter(|row| tasks.contains(row.text("t").as_str())), network))
}

/// The responsibilities in some documents of a network, by their IRIs.
///
/// # Errors
///
/// As for [`claims`].
pub fn claims_in<S: Source + ?Sized>(
    source: &S,
    network: &Network,
    documents: &BTreeSet<&str>,
) -> Result<Claims, QueryError> {
    Ok(read(select_among(source, CLAIMS, "doc", Some(documents))?, network))
}

fn read(rows: impl Iterator<Item = Row>, network: &Network) -> Claims {
    let mut by_task: BTreeMap<String, Vec<Claim>> = BTreeMap::new();
    for row in rows {
        let Some(role) = row.text("role").strip_prefix(&iri::concept("role", "")).and_then(Role::parse) else {
            continue;
        };
        let basis = row.text("basis");
        let claim = Claim {
            id: row.text("part"),
            task: row.text("t"),
            document: row.text("doc"),
            source: row.text("source"),
            label: row.text("label"),
            clause: row.text("clause"),
            body: row.text("body"),
            full: row.text("full"),
            name: row.text("name"),
            role,
            basis: basis.strip_prefix(&iri::concept("basis", "")).unwrap_or(&basis).to_owned(),
            confidence: row.number("confidence").unwrap_or_default(),
            cell: Some(row.text("cell")).filter(|cell| !cell.is_empty()),
            span: row.span("at"),
        };
        by_task.entry(claim.task.clone()).or_default().push(claim);
    }
    for claims in by_task.values_mut() {
        claims.sort_by(|a, b| (a.span.map(|span| span.start), &a.id).cmp(&(b.span.map(|span| span.start), &b.id)));
        claims.dedup_by(|a, b| a.id == b.id);
    }
    Claims { by_task, succession: network.succession.clone(), heirs: BTreeMap::new() }
}
