//! Projects the store to the network that analyses and diagrams work on.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use oxigraph::model::{Term, Variable};
use petgraph::graph::NodeIndex;

use super::{Answer, Limits, Query, QueryError, Rows, Source, StoredDocument, documents};
use crate::date::Date;
use crate::extract::{Mode, Role};
use crate::iri;
use crate::knowledge::Level;
use crate::network::{Department, Network, Node, Party, TaskNode};
use crate::resolve::{BodyKind, Place};
use crate::span::Span;

/// How many documents are asked for at a time.
pub(super) const TOGETHER: usize = 128;

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

/// What of the tasks an analysis needs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Detail {
    /// Who has which part, and how many figures and dates there are.
    Figures,
    /// The words of the tasks and the headings above them too.
    Words,
}

const SECTIONS: &str = "
SELECT ?section ?heading ?parent WHERE {
  ?doc z:hasSection ?section . ?section rdfs:label ?heading .
  OPTIONAL { ?section z:inSection ?parent }
}";

const TASKS: &str = "
SELECT ?doc ?seq ?t ?mode ?label ?text ?section (COUNT(DISTINCT ?indicator) AS ?indicators)
  (COUNT(DISTINCT ?deadline) AS ?deadlines)
WHERE {
  ?t z:inDocument ?doc ; a z:Task ; z:sequence ?seq ; z:printedLabel ?label ; z:text ?text .
  OPTIONAL { ?t z:mode ?mode }
  OPTIONAL { ?t z:inSection ?section }
  OPTIONAL { ?t z:hasIndicator ?indicator }
  OPTIONAL { ?t z:hasDeadline ?deadline }
}
GROUP BY ?doc ?seq ?t ?mode ?label ?text ?section";

const TASKS_WITHOUT_WORDS: &str = "
SELECT ?doc ?seq ?t ?mode (COUNT(DISTINCT ?indicator) AS ?indicators) (COUNT(DISTINCT ?deadline) AS ?deadlines) WHERE {
  ?t z:inDocument ?doc ; a z:Task ; z:sequence ?seq .
  OPTIONAL { ?t z:mode ?mode }
  OPTIONAL { ?t z:hasIndicator ?indicator }
  OPTIONAL { ?t z:hasDeadline ?deadline }
}
GROUP BY ?doc ?seq ?t ?mode";

const PARTIES: &str = "
SELECT ?t ?body ?role ?rank ?confidence WHERE {
  ?t z:inDocument ?doc ; z:hasResponsibility ?part .
  ?part z:organisation ?body ; z:role ?role ; z:rank ?rank ; z:confidence ?confidence .
}";

const APPEARANCES: &str = "
SELECT DISTINCT ?body ?doc WHERE { ?t z:inDocument ?doc ; z:hasResponsibility ?part . ?part z:organisation ?body }";

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
pub fn project<S: Source + ?Sized>(source: &S, filter: &Filter) -> Result<Network, QueryError> {
    project_documents(source, &documents(source)?, filter, Detail::Words)
}

/// Projects as [`project`] does, for those who know the stored documents already or need no words:
/// another server is asked for no more than that.
///
/// # Errors
///
/// As for [`project`].
pub fn project_documents<S: Source + ?Sized>(
    source: &S,
    stored: &[StoredDocument],
    filter: &Filter,
    detail: Detail,
) -> Result<Network, QueryError> {
    let passing = stored.iter().filter(|document| document.passes(filter)).map(|document| document.id.as_str());
    let some: BTreeSet<&str> = passing.collect();
    if some.is_empty() && !stored.is_empty() {
        return Ok(Network::default());
    }
    project_some(source, stored, some, detail, &places(source)?)
}

/// Projects some of the stored documents, with the places that the store has.
pub(super) fn project_some<S: Source + ?Sized>(
    source: &S,
    stored: &[StoredDocument],
    some: BTreeSet<&str>,
    detail: Detail,
    places: &BTreeMap<String, Place>,
) -> Result<Network, QueryError> {
    let dates = stored.iter().filter_map(|document| Some((document.id.as_str(), document.date?))).collect();
    let is_all = some.len() == stored.len();
    let scope = Scope { source, documents: (!is_all || some.len() > TOGETHER).then_some(some), is_all, dates };
    let mut network = Network::default();
    if scope.documents.as_ref().is_some_and(BTreeSet::is_empty) {
        return Ok(network);
    }
    let tasks = scope.tasks(detail)?;
    let parties = scope.parties(&tasks)?;
    let mut nodes = BTreeMap::new();
    let involved: BTreeSet<&str> = parties.keys().map(|(body, _)| body.as_str()).collect();
    for body in scope.bodies(&involved, places)?.into_values() {
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

/// Which document names which body, as a network in which each document is one task.
pub(super) fn appearances<S: Source + ?Sized>(source: &S, stored: &[StoredDocument]) -> Result<Network, QueryError> {
    let dates = stored.iter().filter_map(|document| Some((document.id.as_str(), document.date?))).collect();
    let scope = Scope { source, documents: None, is_all: true, dates };
    let named: BTreeSet<(String, String)> =
        select(source, APPEARANCES)?.map(|row| (row.text("body"), row.text("doc"))).collect();
    let involved: BTreeSet<&str> = named.iter().map(|(body, _)| body.as_str()).collect();
    let mut network = Network::default();
    let bodies = scope.bodies(&involved, &places(source)?)?.into_values();
    let bodies: BTreeMap<String, NodeIndex> =
        bodies.map(|body| (body.id.clone(), network.graph.add_node(Node::Department(body)))).collect();
    let mut documents: BTreeMap<&str, NodeIndex> = BTreeMap::new();
    for (body, document) in &named {
        let Some(&from) = bodies.get(body) else { continue };
        let to = *documents.entry(document).or_insert_with(|| {
            let date = scope.dates.get(document.as_str()).copied();
            network.graph.add_node(Node::Task(TaskNode { id: document.clone(), date, ..TaskNode::default() }))
        });
        network.graph.add_edge(from, to, Party { role: Role::Responsible, rank: 1, confidence: 1.0 });
    }
    Ok(network)
}

/// The source, and the documents in question unless those are all and few.
struct Scope<'a, S: ?Sized> {
    source: &'a S,
    documents: Option<BTreeSet<&'a str>>,
    /// Whether no document is left out.
    is_all: bool,
    /// When the documents were issued, as far as that is known.
    dates: BTreeMap<&'a str, Date>,
}

impl<S: Source + ?Sized> Scope<'_, S> {
    /// Hands over the rows of a query that has the document as `?doc`. Rows take many times the memory of what is kept of
    /// them: those of some documents are there at a time.
    fn each(&self, text: &str, mut see: impl FnMut(Row)) -> Result<(), QueryError> {
        let Some(documents) = &self.documents else {
            select(self.source, text)?.for_each(see);
            return Ok(());
        };
        let documents: Vec<&str> = documents.iter().copied().collect();
        for part in documents.chunks(TOGETHER) {
            select_among(self.source, text, "doc", Some(&part.iter().copied().collect()))?.for_each(&mut see);
        }
        Ok(())
    }

    fn tasks(&self, detail: Detail) -> Result<Vec<TaskNode>, QueryError> {
        let (text, sections) = match detail {
            Detail::Words => (TASKS, self.sections()?),
            Detail::Figures => (TASKS_WITHOUT_WORDS, BTreeMap::new()),
        };
        let mut tasks = Vec::new();
        self.each(text, |row| {
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
                date: self.dates.get(row.text("doc").as_str()).copied(),
                document: row.text("doc"),
                seq: row.number("seq").unwrap_or_default(),
                mode: row.text("mode").strip_prefix(&iri::concept("mode", "")).and_then(Mode::parse),
                indicators: row.number("indicators").unwrap_or_default(),
                deadlines: row.number("deadlines").unwrap_or_default(),
            });
        })?;
        tasks.sort_by(|a, b| (&a.document, a.seq, &a.id).cmp(&(&b.document, b.seq, &b.id)));
        Ok(tasks)
    }

    /// Heading of every section, and the section above it.
    fn sections(&self) -> Result<BTreeMap<String, (String, String)>, QueryError> {
        let mut sections = BTreeMap::new();
        self.each(SECTIONS, |row| {
            sections.insert(row.text("section"), (row.text("heading"), row.text("parent")));
        })?;
        Ok(sections)
    }

    /// The parties by body and task.
    fn parties(&self, tasks: &[TaskNode]) -> Result<BTreeMap<(String, String), Party>, QueryError> {
        let known: BTreeSet<&str> = tasks.iter().map(|task| task.id.as_str()).collect();
        let mut parties: BTreeMap<(String, String), Party> = BTreeMap::new();
        self.each(PARTIES, |row| {
            let role = row.text("role");
            let Some(role) = role.strip_prefix(&iri::concept("role", "")).and_then(Role::parse) else { return };
            if !known.contains(row.text("t").as_str()) {
                return;
            }
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
        })?;
        Ok(parties)
    }

    /// The bodies that have a part in some task.
    fn bodies(
        &self,
        involved: &BTreeSet<&str>,
        places: &BTreeMap<String, Place>,
    ) -> Result<BTreeMap<String, Department>, QueryError> {
        let department = iri::concept("kind", BodyKind::Department.as_str());
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
        let wanted = (!self.is_all).then_some(involved);
        let rows = select_among(self.source, BODIES, "body", wanted)?;
        Ok(rows.map(body).filter(|(id, _)| involved.contains(id.as_str())).collect())
    }
}

/// Some bodies by their IRIs.
pub(super) fn departments<S: Source + ?Sized>(
    source: &S,
    wanted: &BTreeSet<&str>,
) -> Result<BTreeMap<String, Department>, QueryError> {
    if wanted.is_empty() {
        return Ok(BTreeMap::new());
    }
    let places = places(source)?;
    Scope { source, documents: Some(BTreeSet::new()), is_all: false, dates: BTreeMap::new() }.bodies(wanted, &places)
}

/// The places by their IRIs, each with those around it.
pub(super) fn places<S: Source + ?Sized>(source: &S) -> Result<BTreeMap<String, Place>, QueryError> {
    let mut outer = BTreeMap::new();
    let mut bare = BTreeMap::new();
    for row in select(source, PLACES)? {
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
    variables: Rc<[Variable]>,
    cells: Vec<Option<Term>>,
}

impl Row {
    /// The IRI or the value of the literal; empty if nothing is bound.
    pub(super) fn text(&self, name: &str) -> String {
        let place = self.variables.iter().position(|variable| variable.as_str() == name);
        match place.and_then(|place| self.cells.get(place)) {
            Some(Some(Term::NamedNode(node))) => node.as_str().to_owned(),
            Some(Some(Term::Literal(literal))) => literal.value().to_owned(),
            _ => String::new(),
        }
    }

    /// The stretch of text whose IRI is bound.
    pub(super) fn span(&self, name: &str) -> Option<Span> {
        iri::span_of(&self.text(name))
    }

    pub(super) fn number<T: std::str::FromStr>(&self, name: &str) -> Option<T> {
        self.text(name).parse().ok()
    }
}

pub(super) fn select<S: Source + ?Sized>(source: &S, text: &str) -> Result<impl Iterator<Item = Row>, QueryError> {
    select_among(source, text, "", None)
}

/// The rows in which a variable is one of some IRIs, or all rows.
pub(super) fn select_among<S: Source + ?Sized>(
    source: &S,
    text: &str,
    variable: &str,
    iris: Option<&BTreeSet<&str>>,
) -> Result<impl Iterator<Item = Row>, QueryError> {
    let mut query = Query::parse(text)?;
    if let Some(iris) = iris {
        query.choose(variable, iris.iter().copied());
    }
    let Answer::Rows(Rows { variables, rows }) = query.run(source, &Limits::default())? else {
        return Err(QueryError::Evaluation { reason: "not a SELECT".to_owned() });
    };
    let variables: Rc<[Variable]> = variables.into();
    Ok(rows.into_iter().map(move |cells| Row { variables: Rc::clone(&variables), cells }))
}
