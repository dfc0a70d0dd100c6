//! Counts what a store holds.

use oxigraph::model::vocab::rdf;
use oxigraph::model::{GraphNameRef, Term};

use super::QueryError;
use crate::graph::Holdings;
use crate::iri;
use crate::store::Store;

/// Counts the statements of all documents, in one pass; what describes the dataset itself is left out.
///
/// # Errors
///
/// [`QueryError::Evaluation`], if the store cannot be read.
pub fn holdings(store: &Store) -> Result<Holdings, QueryError> {
    let own = format!("<{}", iri::dataset());
    let (document, jurisdiction, year) = (iri::term("Document"), iri::term("jurisdiction"), iri::term("year"));
    let mut holdings = Holdings::default();
    let mut speaks = Vec::new();
    let mut documents = std::collections::HashSet::new();
    for quad in store.graphs().quads_for_pattern(None, None, None, Some(GraphNameRef::DefaultGraph)) {
        let quad = quad.map_err(|error| QueryError::Evaluation { reason: error.to_string() })?;
        let subject = quad.subject.to_string();
        if subject.starts_with(&own) {
            continue;
        }
        holdings.triples += 1;
        count(&mut holdings.properties, quad.predicate.as_str());
        if quad.predicate == rdf::TYPE
            && let Term::NamedNode(class) = &quad.object
        {
            count(&mut holdings.classes, class.as_str());
            if class.as_str() == document {
                documents.insert(subject);
            }
        } else if quad.predicate.as_str() == jurisdiction || quad.predicate.as_str() == year {
            speaks.push((subject, quad.object));
        }
    }
    holdings.documents = documents.len();
    for (_, value) in speaks.into_iter().filter(|(subject, _)| documents.contains(subject)) {
        if let Term::NamedNode(place) = &value {
            holdings.places.insert(place.as_str().to_owned());
        }
        if let Term::Literal(text) = &value
            && let Ok(year) = text.value().parse()
        {
            let (first, last) = holdings.years.unwrap_or((year, year));
            holdings.years = Some((first.min(year), last.max(year)));
        }
    }
    Ok(holdings)
}

fn count(counts: &mut std::collections::BTreeMap<String, usize>, name: &str) {
    if let Some(count) = counts.get_mut(name) {
        *count += 1;
    } else {
        counts.insert(name.to_owned(), 1);
    }
}
