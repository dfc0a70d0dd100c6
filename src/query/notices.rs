//! Reads documents whole, and how they relate, for the comparison of documents.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use petgraph::Direction;
use petgraph::graph::NodeIndex;
use petgraph::visit::EdgeRef;

use super::project::{Row, TOGETHER, places, project_some, select, select_among};
use super::{Detail, QueryError, Source, StoredDocument};
use crate::date::Date;
use crate::extract::{Act, Comparator, DeadlineRelation};
use crate::iri;
use crate::network::{Department, Network, Node};
use crate::notice::{Holder, Limit, Mandate, Notice, Quantity, Reference, References, Stub, Verdict};
use crate::parse::CitationRelation;
use crate::resolve::Place;
use crate::span::Span;

const PLACES_OF: &str = "SELECT ?doc ?place WHERE { ?doc a z:Document ; z:jurisdiction ?place }";

const TASKS: &str = "
SELECT ?t ?title ?at WHERE {
  ?t z:inDocument ?doc ; a z:Task .
  OPTIONAL { ?t dcterms:title ?title }
  OPTIONAL { ?t z:at ?at }
}";

const NAMES: &str = "
SELECT ?t ?body ?name ?at WHERE {
  ?t z:inDocument ?doc ; z:hasResponsibility ?part .
  ?part z:organisation ?body ; z:printedName ?name .
  OPTIONAL { ?part z:at ?at }
}";

const INDICATORS: &str = "
SELECT ?t ?i ?name ?comparator ?value ?max ?unit ?by ?soft ?at ?words ?evidence ?confidence WHERE {
  ?t z:inDocument ?doc ; z:hasIndicator ?i .
  ?i rdfs:label ?name ; z:comparator ?comparator ; z:value ?value ; z:unit ?unit .
  OPTIONAL { ?i z:evidence ?evidence }
  OPTIONAL { ?i z:confidence ?confidence }
  OPTIONAL { ?i z:valueMax ?max }
  OPTIONAL { ?i z:by ?by }
  OPTIONAL { ?i z:soft ?soft }
  OPTIONAL { ?i z:at ?at . OPTIONAL { ?at oa:hasSelector/oa:exact ?words } }
}";

const DEADLINES: &str = "
SELECT ?t ?d ?relation ?date ?duration ?words ?at WHERE {
  ?t z:inDocument ?doc ; z:hasDeadline ?d .
  ?d z:deadlineRelation ?relation ; z:words ?words .
  OPTIONAL { ?d z:date ?date }
  OPTIONAL { ?d z:duration ?duration }
  OPTIONAL { ?d z:at ?at }
}";

const CITATIONS: &str = "
SELECT ?t ?cited WHERE { ?t z:inDocument ?doc ; z:hasCitation/z:cited ?cited }";

const REFERENCES: &str = "
SELECT ?doc ?relation ?cited ?at ?words WHERE {
  ?doc a z:Document ; z:hasCitation ?citation .
  ?citation z:cited ?cited ; z:citationRelation ?relation .
  OPTIONAL { ?citation z:at ?at . OPTIONAL { ?at oa:hasSelector/oa:exact ?words } }
}";

const STUBS: &str = "
SELECT ?cited (MIN(?numbers) AS ?number) (MIN(?titles) AS ?title) (MIN(?issuers) AS ?issuer) (MIN(?years) AS ?year)
WHERE {
  ?cited a z:CitedDocument .
  OPTIONAL { ?cited z:number ?numbers }
  OPTIONAL { ?cited dcterms:title ?titles }
  OPTIONAL { ?cited z:numberIssuer ?issuers }
  OPTIONAL { ?cited z:year ?years }
}
GROUP BY ?cited";

const VERDICTS: &str = "
SELECT ?doc ?t ?subject ?act ?by ?why WHERE {
  ?t z:inDocument ?doc ; z:correctedBy ?correction .
  ?correction z:claimKind z:claim-mandate ; z:act ?act ; z:subject ?subject ; z:reason ?why .
  OPTIONAL { ?correction prov:wasAssociatedWith/rdfs:label ?by }
}";

/// Reads some of the stored documents whole, in the order asked for.
///
/// # Errors
///
/// [`QueryError::Evaluation`], if the store cannot be read.
pub fn notices<S: Source + ?Sized>(
    source: &S,
    stored: &[StoredDocument],
    wanted: &[String],
) -> Result<Vec<Notice>, QueryError> {
    if wanted.is_empty() {
        return Ok(Vec::new());
    }
    let places = places(source)?;
    let outlines = outlines_at(source, stored, &places)?;
    let mut notices = Vec::with_capacity(wanted.len());
    // rows and network are many times as large as what is kept of them: a part of the documents is asked for at a time
    for part in wanted.chunks(TOGETHER) {
        let some = part.iter().map(String::as_str).collect();
        let network = project_some(source, stored, some, Detail::Words, &places)?;
        notices.extend(notices_in(source, &outlines, part, &network)?);
    }
    Ok(notices)
}

/// Reads documents whole as [`notices`] does, for those who have projected them and read the [`outlines`] of all already.
///
/// # Errors
///
/// As for [`notices`].
pub fn notices_in<S: Source + ?Sized>(
    source: &S,
    outlines: &[Notice],
    wanted: &[String],
    network: &Network,
) -> Result<Vec<Notice>, QueryError> {
    if wanted.is_empty() {
        return Ok(Vec::new());
    }
    let all: BTreeSet<&str> = wanted.iter().map(String::as_str).collect();
    let some = (all.len() < outlines.len()).then_some(&all);

    let mut titles: BTreeMap<String, (String, Option<Span>)> = BTreeMap::new();
    for row in select_among(source, TASKS, "doc", some)? {
        titles.insert(row.text("t"), (row.text("title"), row.span("at")));
    }
    let mut names: BTreeMap<(String, String), (Option<Span>, String)> = BTreeMap::new();
    for row in select_among(source, NAMES, "doc", some)? {
        let found = (row.span("at"), row.text("name"));
        let known = names.entry((row.text("t"), row.text("body"))).or_insert_with(|| found.clone());
        if found < *known {
            *known = found;
        }
    }
    let mut indicators = by_task(select_among(source, INDICATORS, "doc", some)?, "i", quantity);
    let mut deadlines = by_task(select_among(source, DEADLINES, "doc", some)?, "d", limit);
    let mut citations: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for row in select_among(source, CITATIONS, "doc", some)? {
        citations.entry(row.text("t")).or_default().insert(row.text("cited"));
    }

    let mut bodies: BTreeMap<NodeIndex, Arc<Department>> = BTreeMap::new();
    let mut tasks: BTreeMap<String, Vec<Mandate>> = BTreeMap::new();
    for (node, task) in network.tasks().filter(|(_, task)| all.contains(task.document.as_str())) {
        let mut parties: Vec<(usize, Holder)> = Vec::new();
        for edge in network.graph.edges_directed(node, Direction::Incoming) {
            let Node::Department(body) = &network.graph[edge.source()] else { continue };
            let (at, printed) = names.remove(&(task.id.clone(), body.id.clone())).unwrap_or_default();
            let printed = if printed.is_empty() { body.label.clone() } else { printed };
            let party = edge.weight();
            let body = Arc::clone(bodies.entry(edge.source()).or_insert_with(|| Arc::new(body.clone())));
            parties.push((party.rank, Holder { body, printed, role: party.role, span: at }));
        }
        parties.sort_by(|(a_rank, a), (b_rank, b)| (a.role, a_rank, &a.body.id).cmp(&(b.role, b_rank, &b.body.id)));
        let (title, at) = titles.remove(&task.id).unwrap_or_default();
        tasks.entry(task.document.clone()).or_default().push(Mandate {
            id: task.id.clone(),
            label: task.label.clone(),
            title,
            text: task.text.clone(),
            path: task.path.clone(),
            span: at,
            parties: parties.into_iter().map(|(_, party)| party).collect(),
            indicators: indicators.remove(&task.id).unwrap_or_default(),
            deadlines: deadlines.remove(&task.id).unwrap_or_default(),
            citations: citations.remove(&task.id).unwrap_or_default().into_iter().collect(),
        });
    }
    let find = |id: &String| outlines.iter().find(|notice| notice.id == *id).cloned();
    Ok(wanted
        .iter()
        .filter_map(|id| Some(Notice { tasks: tasks.remove(id).unwrap_or_default(), ..find(id)? }.entitled()))
        .collect())
}

/// The stored documents without their tasks.
///
/// # Errors
///
/// [`QueryError::Evaluation`], if the store cannot be read.
pub fn outlines<S: Source + ?Sized>(source: &S, stored: &[StoredDocument]) -> Result<Vec<Notice>, QueryError> {
    outlines_at(source, stored, &places(source)?)
}

fn outlines_at<S: Source + ?Sized>(
    source: &S,
    stored: &[StoredDocument],
    known: &BTreeMap<String, Place>,
) -> Result<Vec<Notice>, QueryError> {
    let mut of = BTreeMap::new();
    for row in select(source, PLACES_OF)? {
        if let Some(place) = known.get(&row.text("place")) {
            of.insert(row.text("doc"), place.clone());
        }
    }
    let outline = |document: &StoredDocument| Notice {
        id: document.id.clone(),
        title: document.title.clone(),
        number: document.number.clone(),
        source: document.source.clone(),
        date: document.date,
        place: of.get(&document.id).cloned(),
        tasks: Vec::new(),
    };
    Ok(stored.iter().map(outline).collect())
}

/// How the stored documents name others.
///
/// # Errors
///
/// [`QueryError::Evaluation`], if the store cannot be read.
pub fn references<S: Source + ?Sized>(source: &S, stored: &[StoredDocument]) -> Result<References, QueryError> {
    let mut edges = BTreeMap::new();
    for row in select(source, REFERENCES)? {
        let slug = row.text("relation");
        let relation = slug
            .strip_prefix(&iri::concept("citation", ""))
            .and_then(|slug| CitationRelation::ALL.into_iter().find(|known| known.as_str() == slug));
        if let Some(relation) = relation {
            let (from, to, span) = (row.text("doc"), row.text("cited"), row.span("at"));
            edges.insert((from, to, relation, span), row.text("words"));
        }
    }
    let reference = |((from, to, relation, span), words)| Reference { from, to, relation, words, span };
    let mut edges: Vec<Reference> = edges.into_iter().map(reference).collect();
    // of each relation the first place
    edges.dedup_by(|a, b| (&a.from, &a.to, a.relation) == (&b.from, &b.to, b.relation));
    let held: BTreeSet<&str> = stored.iter().map(|document| document.id.as_str()).collect();
    let named: BTreeSet<String> = edges.iter().map(|edge| edge.to.clone()).collect();
    let mut stubs = BTreeMap::new();
    for row in select(source, STUBS)? {
        let id = row.text("cited");
        if named.contains(&id) && !held.contains(id.as_str()) {
            let (number, title) = (row.text("number"), row.text("title"));
            let stub = Stub { id: id.clone(), number, title, issuer: row.text("issuer"), year: row.text("year") };
            stubs.insert(id, stub);
        }
    }
    Ok(References { edges, stubs })
}

/// What the tasks have of a thing, in the order of the text.
fn by_task<T>(rows: impl Iterator<Item = Row>, id: &str, read: impl Fn(&Row) -> Option<T>) -> BTreeMap<String, Vec<T>> {
    let mut found: BTreeMap<(String, Option<Span>, String), T> = BTreeMap::new();
    for row in rows {
        if let Some(thing) = read(&row) {
            found.insert((row.text("t"), row.span("at"), row.text(id)), thing);
        }
    }
    let mut sorted: BTreeMap<String, Vec<T>> = BTreeMap::new();
    for ((task, ..), thing) in found {
        sorted.entry(task).or_default().push(thing);
    }
    sorted
}

fn quantity(row: &Row) -> Option<Quantity> {
    let comparator = row.text("comparator");
    let slug = comparator.strip_prefix(&iri::concept("comparator", ""))?;
    Some(Quantity {
        name: row.text("name"),
        comparator: Comparator::ALL.into_iter().find(|known| known.slug() == slug)?,
        value: row.number("value")?,
        value_max: row.number("max"),
        unit: row.text("unit"),
        by: Date::parse_iso(&row.text("by")),
        soft: row.text("soft") == "true",
        words: row.text("words"),
        evidence: row.text("evidence"),
        confidence: row.number("confidence").unwrap_or(1.0),
        span: row.span("at"),
    })
}

fn limit(row: &Row) -> Option<Limit> {
    let relation = row.text("relation");
    let slug = relation.strip_prefix(&iri::concept("deadline", ""))?;
    Some(Limit {
        relation: DeadlineRelation::ALL.into_iter().find(|known| known.as_str() == slug)?,
        date: Date::parse_iso(&row.text("date")),
        duration: row.text("duration"),
        words: row.text("words"),
        span: row.span("at"),
    })
}

/// What people said of tasks of some documents and those above them.
///
/// # Errors
///
/// [`QueryError::Evaluation`], if the store cannot be read.
pub fn verdicts<S: Source + ?Sized>(source: &S, wanted: &[String]) -> Result<Vec<Verdict>, QueryError> {
    let wanted: BTreeSet<&str> = wanted.iter().map(String::as_str).collect();
    let mut found = BTreeMap::new();
    // there are fewer corrections than tasks of many documents
    let among = (wanted.len() <= TOGETHER).then_some(&wanted);
    let rows = select_among(source, VERDICTS, "doc", among)?;
    for row in rows.filter(|row| wanted.contains(row.text("doc").as_str())) {
        let verdict = Verdict {
            child: row.text("t"),
            parent: row.text("subject"),
            holds: row.text("act") == iri::concept("act", Act::Confirmed.as_str()),
            by: row.text("by"),
            why: row.text("why"),
        };
        found.insert((row.text("doc"), row.text("t"), row.text("subject")), verdict);
    }
    Ok(found.into_values().collect())
}
