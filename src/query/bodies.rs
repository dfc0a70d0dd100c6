//! The bodies of the store and the names that documents print for them.

use std::collections::BTreeMap;

use super::project::select;
use super::{QueryError, Source};

const PRINTED: &str = "
SELECT ?body ?name (COUNT(DISTINCT ?part) AS ?times) WHERE {
  ?part z:organisation ?body ; z:printedName ?name .
}
GROUP BY ?body ?name
ORDER BY ?body DESC(?times) ?name";

/// The names that documents print for each body, with how often they give it a part under each, the most frequent first.
///
/// # Errors
///
/// [`QueryError::Evaluation`], if the store cannot be read.
pub fn printed_names<S: Source + ?Sized>(source: &S) -> Result<BTreeMap<String, Vec<(String, usize)>>, QueryError> {
    let mut names: BTreeMap<String, Vec<(String, usize)>> = BTreeMap::new();
    for row in select(source, PRINTED)? {
        let times = row.number("times").unwrap_or_default();
        names.entry(row.text("body")).or_default().push((row.text("name"), times));
    }
    Ok(names)
}
