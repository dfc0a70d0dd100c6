//! How much there is, by the terms of VoID.

use oxigraph::model::Term;
use oxigraph::model::vocab::rdf;

use super::holdings::known_holdings;
use super::{Answer, Limits, Query, QueryError, Rows, Source};
use crate::graph::Holdings;
use crate::iri;
use crate::store::Store;

const ALL: &str = "
SELECT (COUNT(*) AS ?triples) (COUNT(DISTINCT ?p) AS ?properties) WHERE { ?s ?p ?o }";

const CLASSES: &str = "SELECT ?class (COUNT(DISTINCT ?x) AS ?entities) WHERE { ?x a ?class } GROUP BY ?class";

/// Counts over the union of all documents: the local names of VoID's properties, and `class IRI`
/// with the number of its members.
///
/// # Errors
///
/// [`QueryError`], if the source cannot be asked or takes too long.
pub fn counts<S: Source + ?Sized>(source: &S, limits: &Limits) -> Result<Vec<(String, usize)>, QueryError> {
    let rows = |text: &str| match Query::parse(text)?.run(source, limits)? {
        Answer::Rows(rows) => Ok(rows),
        _ => Err(QueryError::Evaluation { reason: "not a SELECT".to_owned() }),
    };
    let number = |term: &Option<Term>| match term {
        Some(Term::Literal(literal)) => literal.value().parse().unwrap_or_default(),
        _ => 0,
    };
    let Rows { variables, rows: all } = rows(ALL)?;
    let cells = variables.iter().zip(all.first().into_iter().flatten());
    let mut counts: Vec<(String, usize)> =
        cells.map(|(variable, term)| (variable.as_str().to_owned(), number(term))).collect();
    let classes = rows(CLASSES)?.rows;
    counts.push(("classes".to_owned(), classes.len()));
    for row in classes {
        if let [Some(Term::NamedNode(class)), count] = row.as_slice() {
            counts.push((format!("class {}", class.as_str()), number(count)));
        }
    }
    Ok(counts)
}

/// The same of what was counted before, where the store has not changed since; none else.
pub fn known_counts(store: &Store) -> Option<Vec<(String, usize)>> {
    let Holdings { mut triples, mut classes, mut properties, .. } = known_holdings(store)?;
    // what the store says of itself was not counted
    for quad in store.graph(&iri::dataset()).ok()?.quads {
        triples += 1;
        if quad.predicate.as_ref() == rdf::TYPE
            && let Term::NamedNode(class) = &quad.object
        {
            *classes.entry(class.as_str().to_owned()).or_default() += 1;
        }
        *properties.entry(quad.predicate.into_string()).or_default() += 1;
    }
    let all = [("triples", triples), ("properties", properties.len()), ("classes", classes.len())];
    let all = all.into_iter().map(|(name, count)| (name.to_owned(), count));
    Some(all.chain(classes.into_iter().map(|(class, count)| (format!("class {class}"), count))).collect())
}
