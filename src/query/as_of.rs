//! A store as of a day, for any query.

use std::collections::BTreeMap;

use oxigraph::model::{NamedNode, NamedNodeRef, Quad};
use petgraph::graph::NodeIndex;

use super::follow::follow;
use super::project::appearances;
use super::{Answer, Limits, Query, QueryError, Source, documents};
use crate::date::Date;
use crate::iri;
use crate::network::{Followed, Succession};
use crate::store::{Graphs, Store, StoreError};

/// What leads from a body to the tasks that it has a part in; back leads `organisation`.
pub(super) const PARTS: [&str; 4] = ["leads", "coLeads", "isResponsibleFor", "supports"];

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

/// A source that answers as of a day and is itself not changed: its queries are.
pub struct AsOf<S> {
    source: S,
    heirs: BTreeMap<String, String>,
}

impl<S: Source> AsOf<S> {
    /// The source as of a day, with what was followed. It is asked which bodies it names, and when.
    ///
    /// # Errors
    ///
    /// [`QueryError`], if the source cannot be asked.
    pub fn new(source: S, day: Date) -> Result<(Self, Succession), QueryError> {
        let (succession, heirs) = heirs(&source, day)?;
        Ok((Self { source, heirs }, succession))
    }
}

impl<S: Source> Source for AsOf<S> {
    fn answer(&self, query: &Query, limits: &Limits) -> Result<Answer, QueryError> {
        let algebra = follow(&query.algebra, &self.heirs).ok_or(QueryError::AnyProperty)?;
        self.source.answer(&Query { algebra }, limits)
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
    let organisation = iri::term("organisation");
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
            store.insert(&Quad::new(name(s), property, name(o), GraphName::DefaultGraph)).unwrap();
        }
        store
    }

    #[test]
    fn a_changed_query_finds_what_changed_statements_would() {
        let name = |local: &str| format!("http://a.example/{local}");
        let heirs = BTreeMap::from([(name("old"), name("new"))]);
        let mut store = Graphs::from(graphs());
        let as_of = AsOf { source: graphs(), heirs };
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
            let printed = follow(&query.algebra, &as_of.heirs).unwrap().to_string();
            assert!(Query::parse(&printed).is_ok(), "{printed}");
        }
        for refused in ["SELECT ?p { ?s ?p ?o }", "SELECT ?s { ?s (z:leads/^z:leads)* ?o }"] {
            let query = Query::parse(refused).unwrap();
            assert!(matches!(query.run(&as_of, &Limits::default()), Err(QueryError::AnyProperty)), "{refused}");
        }
    }
}
