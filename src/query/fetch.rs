//! Whole graphs of a source.

use std::collections::BTreeSet;

use oxigraph::model::{GraphName, NamedNode, Quad, Term};

use super::project::select;
use super::{Answer, Limits, Query, QueryError, Rows, Source};
use crate::graph::DocumentGraph;

const GRAPHS: &str = "
SELECT DISTINCT ?g { GRAPH ?g { ?g a ?class } VALUES ?class { z:Document z:Ledger void:Dataset } }";

/// Rows, and no graph: of rows a server says if it keeps some back.
const STATEMENTS: &str = "SELECT ?s ?p ?o WHERE { GRAPH ?g { ?s ?p ?o } }";

const SPEAKING: &str = "SELECT DISTINCT ?g { GRAPH ?g { ?thing ?p ?o } }";

/// The names of the graphs of documents, and of that which describes the whole, in order. Other graphs of a server are
/// not ours.
///
/// # Errors
///
/// [`QueryError`], if the source cannot be asked.
pub fn graph_names<S: Source + ?Sized>(source: &S) -> Result<Vec<String>, QueryError> {
    let names: BTreeSet<String> = select(source, GRAPHS)?.map(|row| row.text("g")).collect();
    Ok(names.into_iter().collect())
}

/// One graph; without a statement if the source does not have it.
///
/// # Errors
///
/// [`QueryError`], if the name is no IRI or the source cannot be asked.
pub fn graph<S: Source + ?Sized>(source: &S, name: &str) -> Result<DocumentGraph, QueryError> {
    let mut query = Query::parse(STATEMENTS)?;
    query.bind("g", &iri(name)?)?;
    let Answer::Rows(Rows { rows, .. }) = query.run(source, &Limits::default())? else {
        return Err(QueryError::Evaluation { reason: "not rows".to_owned() });
    };
    let graph = GraphName::from(NamedNode::new_unchecked(name));
    let quads = rows.into_iter().filter_map(|row| statement(row.try_into().ok()?, graph.clone()));
    Ok(DocumentGraph::from_quads(name, quads))
}

/// The statement of subject, predicate and object, if such terms can be these.
pub(super) fn statement([subject, predicate, object]: [Option<Term>; 3], graph_name: GraphName) -> Option<Quad> {
    let subject = match subject? {
        Term::NamedNode(node) => node.into(),
        Term::BlankNode(node) => node.into(),
        Term::Literal(_) => return None,
    };
    let Term::NamedNode(predicate) = predicate? else { return None };
    Some(Quad { subject, predicate, object: object?, graph_name })
}

/// The names of the graphs that speak of a thing, in order.
pub(super) fn graphs_of<S: Source + ?Sized>(source: &S, thing: &Term) -> Result<Vec<NamedNode>, QueryError> {
    if !matches!(thing, Term::NamedNode(_)) {
        return Ok(Vec::new());
    }
    let mut query = Query::parse(SPEAKING)?;
    query.bind("thing", thing)?;
    let Answer::Rows(rows) = query.run(source, &Limits::default())? else { return Ok(Vec::new()) };
    let names = rows.rows.into_iter().flatten().flatten().filter_map(|term| match term {
        Term::NamedNode(name) => Some(name),
        _ => None,
    });
    let mut names: Vec<NamedNode> = names.collect();
    names.sort();
    Ok(names)
}

fn iri(name: &str) -> Result<Term, QueryError> {
    let bad = |_| QueryError::BadValue { name: "graph".to_owned(), value: name.to_owned(), expected: "iri" };
    Ok(NamedNode::new(name).map_err(bad)?.into())
}
