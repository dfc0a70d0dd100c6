//! Projects the store to the network that analyses and diagrams work on.

use std::collections::{BTreeMap, BTreeSet};

use oxigraph::model::{Term, Variable};

use super::{Answer, Limits, Query, QueryError, Rows, documents};
use crate::date::Date;
use crate::extract::Role;
use crate::iri;
use crate::knowledge::Level;
use crate::network::{Department, Network, Node, Party, TaskNode};
use crate::resolve::{BodyKind, Place};
use crate::store::Store;

/// Which documents count. An empty list sets no bound; each list that is not empty must be met.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// IRI of a document, or a part of its number, title or file name.
    pub documents: Vec<String>,
    /// Place that a document speaks for, or one around it: its name, with or without its last character (市), or its code.
    pub jurisdictions: Vec<String>,
    /// Year that a document is about or from.
    pub years: Vec<i16>,
}

const SECTIONS: &str = "
SELECT ?section ?heading ?parent WHERE {
  ?section a z:Section ; rdfs:label ?heading .
  OPTIONAL { ?section z:inSection ?parent }
}";

const TASKS: &str = "
SELECT ?doc ?seq ?t ?label ?text ?section (COUNT(DISTINCT ?indicator) AS ?indicators)
  (COUNT(DISTINCT ?deadline) AS ?deadlines)
WHERE {
  ?t z:inDocument ?doc ; a z:Task ; z:sequence ?seq ; z:printedLabel ?label ; z:text ?text .
  OPTIONAL { ?t z:inSection ?section }
  OPTIONAL { ?t z:hasIndicator ?indicator }
  OPTIONAL { ?t z:hasDeadline ?deadline }
}
GROUP BY ?doc ?seq ?t ?label ?text ?section
ORDER BY ?doc ?seq ?t";

const PARTIES: &str = "
SELECT ?t ?body ?role ?rank ?confidence WHERE {
  ?t z:hasResponsibility ?part .
  ?part z:organisation ?body ; z:role ?role ; z:rank ?rank ; z:confidence ?confidence .
}";

const BODIES: &str = "
SELECT ?body (MIN(?name) AS ?label) (MIN(?kinds) AS ?kind) (MIN(?functions) AS ?function) (MIN(?keys) AS ?key)
  (MIN(?places) AS ?place)
WHERE {
  ?body a z:Organisation ; rdfs:label ?name .
  OPTIONAL { ?body z:kind ?class . BIND(STR(?class) AS ?kinds) }
  OPTIONAL { ?body z:function/skos:notation ?functions }
  OPTIONAL { ?body org:classification/skos:notation ?keys }
  OPTIONAL { ?body z:jurisdiction ?where . BIND(STR(?where) AS ?places) }
}
GROUP BY ?body";

const PLACES: &str = "
SELECT ?place ?name ?level ?code ?outer WHERE {
  ?place a z:Place ; rdfs:label ?name ; z:level ?level .
  OPTIONAL { ?place z:code ?code }
  OPTIONAL { ?place z:within ?outer }
}";

/// Projects the documents that the filter lets pass. Departments come first, in the order of
/// their IRIs, then tasks, by document and place in it. A body that a task names twice has one
/// edge to it, of its strongest role.
///
/// # Errors
///
/// [`QueryError::Evaluation`], if the store cannot be read.
pub fn project(store: &Store, filter: &Filter) -> Result<Network, QueryError> {
    let passing = documents(store)?.into_iter().filter(|document| document.passes(filter));
    let documents: BTreeMap<String, Option<Date>> = passing.map(|document| (document.id, document.date)).collect();
    let tasks = tasks(store, &documents)?;
    let parties = parties(store, &tasks)?;
    let mut network = Network::default();
    let mut nodes = BTreeMap::new();
    let involved: BTreeSet<&str> = parties.keys().map(|(body, _)| body.as_str()).collect();
    for body in bodies(store)?.into_values().filter(|body| involved.contains(body.id.as_str())) {
        let id = body.id.clone();
        nodes.insert(id, network.graph.add_node(Node::Department(body)));
    }
    for task in tasks {
        let id = task.id.clone();
        nodes.insert(id, network.graph.add_node(Node::Task(task)));
    }
    for ((body, task), party) in parties {
        if let (Some(&from), Some(&to)) = (nodes.get(&body), nodes.get(&task)) {
            network.graph.add_edge(from, to, party);
        }
    }
    Ok(network)
}

fn tasks(store: &Store, documents: &BTreeMap<String, Option<Date>>) -> Result<Vec<TaskNode>, QueryError> {
    let sections: BTreeMap<String, (String, String)> =
        select(store, SECTIONS)?.map(|row| (row.text("section"), (row.text("heading"), row.text("parent")))).collect();
    let mut tasks = Vec::new();
    for row in select(store, TASKS)?.filter(|row| documents.contains_key(&row.text("doc"))) {
        let mut path = Vec::new();
        let mut above = row.text("section");
        while let Some((heading, parent)) = sections.get(&above) {
            path.insert(0, heading.clone());
            // a damaged graph may go round in circles
            if path.len() > sections.len() {
                break;
            }
            above.clone_from(parent);
        }
        tasks.push(TaskNode {
            id: row.text("t"),
            label: row.text("label"),
            text: row.text("text"),
            path,
            date: documents.get(&row.text("doc")).copied().flatten(),
            document: row.text("doc"),
            seq: row.number("seq").unwrap_or_default(),
            indicators: row.number("indicators").unwrap_or_default(),
            deadlines: row.number("deadlines").unwrap_or_default(),
        });
    }
    Ok(tasks)
}

/// The parties by body and task.
fn parties(store: &Store, tasks: &[TaskNode]) -> Result<BTreeMap<(String, String), Party>, QueryError> {
    let known: BTreeSet<&str> = tasks.iter().map(|task| task.id.as_str()).collect();
    let mut parties: BTreeMap<(String, String), Party> = BTreeMap::new();
    for row in select(store, PARTIES)?.filter(|row| known.contains(row.text("t").as_str())) {
        let role = row.text("role");
        let Some(role) = role.strip_prefix(&iri::concept("role", "")).and_then(Role::parse) else { continue };
        let party = Party {
            role,
            rank: row.number("rank").unwrap_or_default(),
            confidence: row.number("confidence").unwrap_or_default(),
        };
        let stronger = |other: &Party| (party.role, party.rank) < (other.role, other.rank);
        let place = parties.entry((row.text("body"), row.text("t"))).or_insert(party);
        if stronger(place) {
            *place = party;
        }
    }
    Ok(parties)
}

fn bodies(store: &Store) -> Result<BTreeMap<String, Department>, QueryError> {
    let department = iri::concept("kind", BodyKind::Department.as_str());
    let places = places(store)?;
    let given = |text: String| (!text.is_empty()).then_some(text);
    let body = |row: Row| {
        let (id, kind) = (row.text("body"), row.text("kind"));
        let body = Department {
            id: id.clone(),
            label: row.text("label"),
            collective: kind != department,
            function: given(row.text("function")),
            key: given(row.text("key")),
            place: places.get(&row.text("place")).cloned(),
        };
        (id, body)
    };
    Ok(select(store, BODIES)?.map(body).collect())
}

/// The places by their IRIs, each with those around it.
fn places(store: &Store) -> Result<BTreeMap<String, Place>, QueryError> {
    let mut outer = BTreeMap::new();
    let mut bare = BTreeMap::new();
    for row in select(store, PLACES)? {
        let (id, level) = (row.text("place"), row.text("level"));
        let Some(level) = level.strip_prefix(&iri::concept("level", "")).and_then(Level::parse) else { continue };
        let code = Some(row.text("code")).filter(|code| !code.is_empty());
        outer.insert(id.clone(), row.text("outer"));
        bare.insert(id.clone(), Place { id, name: row.text("name"), level, code, within: Vec::new() });
    }
    let chain = |id: &String| {
        let mut within: Vec<Place> = Vec::new();
        let mut next = outer.get(id);
        while let Some(place) = next.and_then(|id| bare.get(id)) {
            // a damaged graph may go round in circles
            if within.iter().any(|known| known.id == place.id) {
                break;
            }
            within.push(place.clone());
            next = outer.get(&place.id);
        }
        within
    };
    Ok(bare.iter().map(|(id, place)| (id.clone(), Place { within: chain(id), ..place.clone() })).collect())
}

/// One row, read by the names of its columns.
pub(super) struct Row {
    cells: Vec<(Variable, Option<Term>)>,
}

impl Row {
    /// The IRI or the value of the literal; empty if nothing is bound.
    pub(super) fn text(&self, name: &str) -> String {
        match self.cells.iter().find(|(variable, _)| variable.as_str() == name) {
            Some((_, Some(Term::NamedNode(node)))) => node.as_str().to_owned(),
            Some((_, Some(Term::Literal(literal)))) => literal.value().to_owned(),
            _ => String::new(),
        }
    }

    pub(super) fn number<T: std::str::FromStr>(&self, name: &str) -> Option<T> {
        self.text(name).parse().ok()
    }
}

pub(super) fn select(store: &Store, text: &str) -> Result<impl Iterator<Item = Row>, QueryError> {
    let Answer::Rows(Rows { variables, rows }) = Query::parse(text)?.run(store, &Limits::default())? else {
        return Err(QueryError::Evaluation { reason: "not a SELECT".to_owned() });
    };
    Ok(rows.into_iter().map(move |row| Row { cells: variables.iter().cloned().zip(row).collect() }))
}
