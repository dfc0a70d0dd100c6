//! Counts what a store holds: whole where nothing is known, else by what changed.

mod change;
mod kept;
#[cfg(test)]
mod tests;

use std::collections::BTreeSet;

use oxigraph::model::vocab::rdf;
use oxigraph::model::{GraphNameRef, NamedNodeRef, Quad, Term};

use super::QueryError;
use crate::graph::{DocumentGraph, Holdings};
use crate::iri;
use crate::store::{Graphs, SourceInfo, Store, StoreError};
use kept::{Kept, State};

/// How many statements may be read beside the index to count what changed.
const FEW: usize = 100_000;

/// Puts a description of what a store holds beside its documents, and settles the store.
///
/// The counts are kept beside the store with what they were counted of: the next time they follow from what changed.
///
/// # Errors
///
/// [`QueryError::Store`], if the store cannot be read or written.
pub fn describe(store: &mut Store) -> Result<(), QueryError> {
    let id = iri::dataset();
    let at = State::of(store);
    let state = at.name();
    let kept = Kept::read(store.dir());
    let description = |kept: &Kept| store.document(&id).is_some_and(|entry| entry.digest == kept.description);
    if kept.as_ref().is_some_and(|kept| kept.state == state && description(kept)) {
        store.settle()?;
        return Ok(());
    }
    let holdings = match kept {
        Some(kept) if kept.state == state => kept.holdings,
        kept => {
            // little is read beside the index
            if change::weight(store) > FEW {
                store.settle()?;
            }
            let graphs = store.shown()?;
            let former = kept.filter(|kept| kept.state == at.before(store).name());
            let counted = former.map(|kept| change::counted(kept.holdings, store, &graphs)).transpose()?.flatten();
            counted.map_or_else(|| all(&graphs), Ok)?
        }
    };
    let graph = DocumentGraph::of_holdings(&holdings);
    store.replace(&graph, &SourceInfo { source: "zeren".to_owned(), title: None })?;
    let description = store.document(&id).map(|entry| entry.digest.clone()).unwrap_or_default();
    Kept { state, description, holdings }.write(store.dir());
    store.settle()?;
    Ok(())
}

/// What a store holds, as far as it was counted since it last changed.
pub(super) fn known_holdings(store: &Store) -> Option<Holdings> {
    Kept::read(store.dir()).filter(|kept| kept.state == State::of(store).name()).map(|kept| kept.holdings)
}

/// Counts the statements of all documents; what describes the dataset itself is left out.
///
/// # Errors
///
/// [`QueryError::Store`], if the store cannot be read.
pub fn holdings(store: &Store) -> Result<Holdings, QueryError> {
    all(&store.shown()?)
}

fn all(graphs: &Graphs) -> Result<Holdings, QueryError> {
    let tally = graphs.tally(&iri::dataset(), rdf::TYPE.as_str())?;
    let documents = of_class(graphs)?;
    let mut places = BTreeSet::new();
    for quad in of_property(graphs, "jurisdiction") {
        let quad = quad?;
        if let Term::NamedNode(place) = &quad.object
            && documents.contains(&quad.subject.to_string())
        {
            places.insert(place.as_str().to_owned());
        }
    }
    Ok(Holdings {
        documents: documents.len(),
        triples: tally.statements,
        classes: tally.values.into_iter().collect(),
        properties: tally.properties.into_iter().collect(),
        places,
        years: years(graphs, &documents)?,
    })
}

/// The documents, as N-Quads name them.
fn of_class(graphs: &Graphs) -> Result<BTreeSet<String>, StoreError> {
    let class = iri::term("Document");
    let class = NamedNodeRef::new_unchecked(&class).into();
    let found = graphs.quads_for_pattern(None, Some(rdf::TYPE), Some(class), Some(GraphNameRef::DefaultGraph));
    found.map(|quad| Ok(quad?.subject.to_string())).collect()
}

fn of_property<'a>(graphs: &'a Graphs, name: &str) -> impl Iterator<Item = Result<Quad, StoreError>> + use<'a> {
    let property = iri::term(name);
    let property = NamedNodeRef::new_unchecked(&property);
    graphs.quads_for_pattern(None, Some(property), None, Some(GraphNameRef::DefaultGraph))
}

/// The first and the last year of some documents.
fn years(graphs: &Graphs, documents: &BTreeSet<String>) -> Result<Option<(i64, i64)>, StoreError> {
    let mut years = None;
    for quad in of_property(graphs, "year") {
        let quad = quad?;
        if let Term::Literal(year) = &quad.object
            && let Ok(year) = year.value().parse()
            && documents.contains(&quad.subject.to_string())
        {
            years = Some(spanned(years, year));
        }
    }
    Ok(years)
}

/// The first and the last year, of one more.
fn spanned(years: Option<(i64, i64)>, year: i64) -> (i64, i64) {
    let (first, last) = years.unwrap_or((year, year));
    (first.min(year), last.max(year))
}
