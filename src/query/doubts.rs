//! In which documents there is something that a person should look at.

use std::collections::BTreeMap;

use super::project::{Row, select};
use super::{QueryError, Source};

/// Less sure than this is what a review shows unless it is asked for other things ([`crate::review::BELOW`]).
const DOUBTFUL: &str = "
SELECT ?doc (COUNT(?part) AS ?count) (MIN(?confidence) AS ?least) {
  GRAPH ?doc { ?part z:confidence ?confidence }
  FILTER(?confidence < 0.9)
  FILTER NOT EXISTS { ?doc z:hasGoal ?part }
}
GROUP BY ?doc";

const ODD: &str = "
SELECT ?doc (COUNT(?finding) AS ?count) {
  GRAPH ?doc { ?finding z:severity ?severity }
  VALUES ?severity { z:severity-warning z:severity-error }
}
GROUP BY ?doc";

/// What there is to look at in a document.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Doubtful {
    /// Decisions that are not sure.
    pub claims: usize,
    /// The confidence of the least sure of them.
    pub least: Option<f64>,
    /// Findings that a person should look at.
    pub findings: usize,
}

/// What there is to look at, by the IRIs of the documents; those with nothing are left out.
///
/// # Errors
///
/// [`QueryError`], if the source cannot be asked.
pub fn doubtful<S: Source + ?Sized>(source: &S) -> Result<BTreeMap<String, Doubtful>, QueryError> {
    let mut found: BTreeMap<String, Doubtful> = BTreeMap::new();
    let count = |row: &Row| row.number("count").unwrap_or_default();
    for row in select(source, DOUBTFUL)?.filter(|row| count(row) > 0) {
        let entry = found.entry(row.text("doc")).or_default();
        (entry.claims, entry.least) = (count(&row), row.number("least"));
    }
    for row in select(source, ODD)?.filter(|row| count(row) > 0) {
        found.entry(row.text("doc")).or_default().findings = count(&row);
    }
    Ok(found)
}
