//! Whole graphs of a source.

use std::collections::BTreeSet;

use oxigraph::model::{NamedNode, Term};

use super::project::select;
use super::{Answer, Limits, Query, QueryError, Source};
use crate::graph::DocumentGraph;

const GRAPHS: &str = "
SELECT DISTINCT ?g { GRAPH ?g { ?g a ?class } VALUES ?class { z:Document z:Ledger void:Dataset } }";

const STATEMENTS: &str = "CONSTRUCT { ?s ?p ?o } WHERE { GRAPH ?g { ?s ?p ?o } }";

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
    match query.run(source, &Limits::default())? {
        Answer::Graph(quads) => Ok(DocumentGraph::from_quads(name, quads)),
        _ => Err(QueryError::Evaluation { reason: "not a graph".to_owned() }),
    }
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
