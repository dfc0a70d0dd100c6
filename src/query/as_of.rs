//! A store as of a day, for any query.

use std::collections::BTreeMap;

use oxigraph::model::{NamedNode, NamedNodeRef, NamedOrBlankNode, Quad, Term};
use petgraph::graph::NodeIndex;

use super::follow::follow;
use super::project::appearances;
use super::{Answer, Limits, Query, QueryError, Source, documents, slice};
use crate::date::Date;
use crate::iri;
use crate::network::{Followed, Succession};
use crate::store::{Graphs, Store, StoreError};

/// What leads from a body to the tasks that it has a part in.
pub(super) const PARTS: [&str; 4] = ["leads", "coLeads", "isResponsibleFor", "supports"];
/// What leads from a part in a task to the body that has it.
pub(super) const ORGANISATION: &str = "organisation";

/// Puts the bodies that do the work on a day in the place of those that documents name, in the open store and not on
/// disk: whatever asks who has a part in a task is then told the body of that day.
///
/// Printed names, issuers and the reforms themselves stay as they are.
///
/// # Errors
///
/// [`QueryError::Store`], if the store cannot be read, or lets nothing be changed in memory.
pub fn as_of(store: &mut Store, day: Date) -> Result<Succession, QueryError> {
    let (succession, heirs) = heirs(store, day)?;
    let mut exchanged = Vec::new();
    for (from, to) in &heirs {
        exchanged.extend(changes(store.graphs(), from, to)?);
    }
    store.graphs_mut().exchange(&exchanged)?;
    Ok(succession)
}

/// What was followed, and by IRI which body does the work of which.
fn heirs<S: Source + ?Sized>(source: &S, day: Date) -> Result<(Succession, BTreeMap<String, String>), QueryError> {
    let network = appearances(source, &documents(source)?)?;
    let ids: BTreeMap<NodeIndex, &str> = network.departments().map(|(node, body)| (node, body.id.as_str())).collect();
    let mut followed: Vec<Followed> = Vec::new();
    let mut heirs = BTreeMap::new();
    for heir in network.heirs(day) {
        let (Some(step), Some(from)) = (heir.followed, ids.get(&heir.node)) else { continue };
        heirs.insert((*from).to_owned(), heir.body.id);
        followed.push(step);
    }
    Ok((Succession { day, followed }, heirs))
}

/// The most bodies of which a query can say what became of them.
const MOST_SAID: usize = 400;

/// Two pairs of bodies, each told as a query as of a day tells who has a part in what, joined: four rows. There are
/// engines that find fewer.
const TRIAL: &str = "
SELECT ?a ?b WHERE {
  { SELECT DISTINCT ?a ?t WHERE {
    { { SELECT DISTINCT ?a ?t WHERE { VALUES (?a ?t) { (z:1 z:t) (z:2 z:t) } } } FILTER(!(?a IN (z:1))) }
    UNION
    { VALUES (?c ?a) { (z:1 z:3) } { SELECT DISTINCT ?c ?t WHERE { VALUES (?c ?t) { (z:1 z:t) (z:2 z:t) } } } }
  } }
  { SELECT DISTINCT ?b ?t WHERE {
    { { SELECT DISTINCT ?b ?t WHERE { VALUES (?b ?t) { (z:1 z:t) (z:2 z:t) } } } FILTER(!(?b IN (z:1))) }
    UNION
    { VALUES (?d ?b) { (z:1 z:3) } { SELECT DISTINCT ?d ?t WHERE { VALUES (?d ?t) { (z:1 z:t) (z:2 z:t) } } } }
  } }
}";

/// A source that answers as of a day and is itself not changed: its queries are.
///
/// A source that does not understand such queries, or of which too many bodies went on, is asked for the statements that
/// they can see, and they are evaluated here.
pub struct AsOf<S> {
    source: S,
    heirs: BTreeMap<String, String>,
    /// Whether the source answers queries that say what became of bodies.
    understands: bool,
}

impl<S: Source> AsOf<S> {
    /// The source as of a day, with what was followed. It is asked which bodies it names, and when.
    ///
    /// # Errors
    ///
    /// [`QueryError`], if the source cannot be asked.
    pub fn new(source: S, day: Date) -> Result<(Self, Succession), QueryError> {
        let (succession, heirs) = heirs(&source, day)?;
        let understands = heirs.is_empty() || heirs.len() <= MOST_SAID && understands(&source)?;
        Ok((Self { source, heirs, understands }, succession))
    }

    /// A statement as it reads on the day.
    fn exchanged(&self, mut quad: Quad) -> Quad {
        let heir = |name: &str| self.heirs.get(name).map(NamedNode::new_unchecked);
        let Some(property) = quad.predicate.as_str().strip_prefix(iri::ONTOLOGY) else { return quad };
        if PARTS.contains(&property)
            && let NamedOrBlankNode::NamedNode(body) = &quad.subject
            && let Some(heir) = heir(body.as_str())
        {
            quad.subject = heir.into();
        } else if property == ORGANISATION
            && let Term::NamedNode(body) = &quad.object
            && let Some(heir) = heir(body.as_str())
        {
            quad.object = heir.into();
        }
        quad
    }
}

impl<S: Source> Source for AsOf<S> {
    fn answer(&self, query: &Query, limits: &Limits) -> Result<Answer, QueryError> {
        if self.understands
            && let Some(algebra) = follow(&query.algebra, &self.heirs)
        {
            return self.source.answer(&Query { algebra }, limits);
        }
        let changed: Vec<String> = PARTS.into_iter().chain([ORGANISATION]).map(iri::term).collect();
        let part = slice::fetch_changed(&self.source, query, &changed, |quad| self.exchanged(quad))?;
        part.ok_or(QueryError::AnyProperty)?.answer(query, limits)
    }
}

/// Whether a source joins what it is told in alternatives as SPARQL has it.
fn understands<S: Source>(source: &S) -> Result<bool, QueryError> {
    match source.answer(&Query::parse(TRIAL)?, &Limits::default()) {
        Ok(Answer::Rows(rows)) => Ok(rows.rows.len() == 4),
        // what it refuses it does not understand; that it does not answer is another matter
        Ok(_) => Ok(false),
        #[cfg(feature = "client")]
        Err(QueryError::Remote(crate::remote::RemoteError::Refused { .. })) => Ok(false),
        Err(error) => Err(error),
    }
}

/// The statements that name a body in a part, and as they read when another is named in its place.
fn changes(graphs: &Graphs, from: &str, to: &str) -> Result<Vec<(Quad, Quad)>, StoreError> {
    let (from, to) = (NamedNodeRef::new_unchecked(from), NamedNode::new_unchecked(to));
    let mut changes = Vec::new();
    for part in PARTS.map(iri::term) {
        let part = NamedNodeRef::new_unchecked(&part);
        for quad in graphs.quads_for_pattern(Some(from.into()), Some(part), None, None) {
            let quad = quad?;
            changes.push((quad.clone(), Quad { subject: to.clone().into(), ..quad }));
        }
    }
    let organisation = iri::term(ORGANISATION);
    let organisation = NamedNodeRef::new_unchecked(&organisation);
    for quad in graphs.quads_for_pattern(None, Some(organisation), Some(from.into()), None) {
        let quad = quad?;
        changes.push((quad.clone(), Quad { object: to.clone().into(), ..quad }));
    }
    Ok(changes)
}

#[cfg(test)]
mod tests {
    use oxigraph::store::Store as Oxigraph;

    use super::*;
    use oxigraph::model::GraphName;

    /// A bureau of 2012 and the commission that does its work, each with tasks.
    fn graphs() -> Oxigraph {
        let store = Oxigraph::new().unwrap();
        let name = |local: &str| NamedNode::new_unchecked(format!("http://a.example/{local}"));
        for line in ["old leads t", "new supports t", "new leads u", "old label n", "p organisation old"] {
            let mut words = line.split(' ');
            let (s, p, o) = (words.next().unwrap(), words.next().unwrap(), words.next().unwrap());
            let property = NamedNode::new_unchecked(iri::term(p));
            let quad = Quad::new(name(s), property, name(o), name("g"));
            store.extend([quad.clone(), Quad { graph_name: GraphName::DefaultGraph, ..quad }]).unwrap();
        }
        store
    }

    #[test]
    fn a_changed_query_finds_what_changed_statements_would() {
        let name = |local: &str| format!("http://a.example/{local}");
        let heirs = BTreeMap::from([(name("old"), name("new"))]);
        let mut store = Graphs::from(graphs());
        let as_of = AsOf { source: graphs(), heirs: heirs.clone(), understands: true };
        let apart = AsOf { source: graphs(), heirs, understands: false };
        assert!(understands(&store).unwrap());
        let exchanged = changes(&store, &name("old"), &name("new")).unwrap();
        store.exchange(&exchanged).unwrap();
        for text in [
            "SELECT ?b ?t { ?b z:leads ?t }",
            "SELECT DISTINCT ?b ?t { ?b z:leads|z:supports ?t }",
            "SELECT ?b (COUNT(?t) AS ?n) { ?b z:leads ?t } GROUP BY ?b",
            "SELECT ?t { <http://a.example/new> z:leads ?t }",
            "SELECT ?t { <http://a.example/old> z:leads ?t }",
            "SELECT ?o ?l { ?p z:organisation ?o OPTIONAL { ?o z:label ?l } }",
            "SELECT ?p ?t { ?p z:organisation/z:leads ?t }",
            "SELECT ?t { [] z:leads ?t MINUS { ?b z:supports ?t } }",
            "SELECT ?b { ?b z:leads ?t FILTER NOT EXISTS { ?b z:supports ?t } }",
            "ASK { ?b z:label ?n . ?b z:leads ?t }",
        ] {
            let query = Query::parse(text).unwrap();
            let expected = query.run(&store, &Limits::default()).unwrap();
            assert_eq!(query.run(&as_of, &Limits::default()).unwrap(), expected, "{text}");
            assert_eq!(query.run(&apart, &Limits::default()).unwrap(), expected, "{text}");
            let printed = follow(&query.algebra, &as_of.heirs).unwrap().to_string();
            assert!(Query::parse(&printed).is_ok(), "{printed}");
        }
        let query = Query::parse("SELECT ?s ?o { ?s (z:leads/^z:leads)+ ?o }").unwrap();
        assert_eq!(query.run(&as_of, &Limits::default()).unwrap(), query.run(&store, &Limits::default()).unwrap());
        for refused in ["SELECT ?p { ?s ?p ?o }", "DESCRIBE <http://a.example/new>"] {
            let query = Query::parse(refused).unwrap();
            assert!(matches!(query.run(&as_of, &Limits::default()), Err(QueryError::AnyProperty)), "{refused}");
        }
    }
}
