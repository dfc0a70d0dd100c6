//! Counts what a store holds.

use std::collections::BTreeMap;
use std::hash::{BuildHasher, BuildHasherDefault, DefaultHasher};

use oxigraph::model::vocab::rdf;
use rustc_hash::{FxBuildHasher, FxHashSet};

use super::QueryError;
use crate::graph::{DocumentGraph, Holdings, nquads_parts};
use crate::iri;
use crate::store::{SourceInfo, Store};

/// Puts a description of what a store holds beside its documents.
///
/// # Errors
///
/// [`QueryError::Store`], if the store cannot be read or written.
pub fn describe(store: &mut Store) -> Result<(), QueryError> {
    let graph = DocumentGraph::of_holdings(&holdings(store)?);
    store.replace(&graph, &SourceInfo { source: "zeren".to_owned(), title: None })?;
    Ok(())
}

/// Counts the statements of all documents, in one pass over their lines; what describes the dataset itself is left out.
///
/// Nothing but a mark of 16 bytes a statement is held in memory: documents repeat what they say of bodies and places, and
/// each statement counts once.
///
/// # Errors
///
/// [`QueryError::Store`], if the store cannot be read.
pub fn holdings(store: &Store) -> Result<Holdings, QueryError> {
    let own = format!("<{}", iri::dataset());
    let class = format!("<{}>", rdf::TYPE.as_str());
    let [document, jurisdiction, year] =
        ["Document", "jurisdiction", "year"].map(|name| format!("<{}>", iri::term(name)));
    let mut holdings = Holdings::default();
    let mut speaks: Vec<(String, String)> = Vec::new();
    let mut documents = std::collections::BTreeSet::new();
    let mut known: FxHashSet<(u64, u64)> = FxHashSet::default();
    store.each_graph(|lines| {
        for line in lines.lines() {
            let Some([subject, predicate, object, _]) = nquads_parts(line) else { continue };
            if subject.starts_with(&own) || !known.insert(mark([subject, predicate, object])) {
                continue;
            }
            holdings.triples += 1;
            count(&mut holdings.properties, inner(predicate));
            if predicate == class {
                count(&mut holdings.classes, inner(object));
                if object == document {
                    documents.insert(subject.to_owned());
                }
            } else if predicate == jurisdiction || predicate == year {
                speaks.push((subject.to_owned(), object.to_owned()));
            }
        }
    })?;
    holdings.documents = documents.len();
    for (_, value) in speaks.into_iter().filter(|(subject, _)| documents.contains(subject)) {
        if value.starts_with('<') {
            holdings.places.insert(inner(&value).to_owned());
        } else if let Some(Ok(year)) = value.split('"').nth(1).map(str::parse) {
            let (first, last) = holdings.years.unwrap_or((year, year));
            holdings.years = Some((first.min(year), last.max(year)));
        }
    }
    Ok(holdings)
}

/// Two marks of different kinds: among millions of statements no two share both.
fn mark(statement: [&str; 3]) -> (u64, u64) {
    (FxBuildHasher.hash_one(statement), BuildHasherDefault::<DefaultHasher>::default().hash_one(statement))
}

/// An IRI without its brackets.
fn inner(node: &str) -> &str {
    node.trim_start_matches('<').trim_end_matches('>')
}

fn count(counts: &mut BTreeMap<String, usize>, name: &str) {
    if let Some(count) = counts.get_mut(name) {
        *count += 1;
    } else {
        counts.insert(name.to_owned(), 1);
    }
}
