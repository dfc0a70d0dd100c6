//! How a query is evaluated: the steps of the engine, with the rows that each gave.

use oxigraph::sparql::QueryResults;
use serde::Deserialize;

use super::{Query, QueryError};
use crate::store::Store;

/// One step of an evaluation and those that it draws from.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
pub struct Step {
    /// What the engine does.
    pub name: String,
    /// Rows that it gave, where the engine counted them.
    #[serde(rename = "number of results")]
    pub rows: Option<u64>,
    /// The steps that it draws from.
    #[serde(default)]
    pub children: Vec<Step>,
}

#[derive(Deserialize)]
struct Explanation {
    plan: Step,
}

impl Query {
    /// Runs the query and tells how it was evaluated.
    ///
    /// # Errors
    ///
    /// [`QueryError::Evaluation`] for what the engine refuses.
    pub fn explain(&self, store: &Store) -> Result<Step, QueryError> {
        let failure = |error: &dyn std::fmt::Display| QueryError::Evaluation { reason: error.to_string() };
        let (results, explanation) = store.graphs().explain(self.prepared(store.graphs()));
        // rows are counted as they are taken
        match results.map_err(|error| failure(&error))? {
            QueryResults::Boolean(_) => {}
            QueryResults::Solutions(mut solutions) => {
                solutions.try_for_each(|row| row.map(drop)).map_err(|error| failure(&error))?;
            }
            QueryResults::Graph(mut triples) => {
                triples.try_for_each(|row| row.map(drop)).map_err(|error| failure(&error))?;
            }
        }
        let mut json = Vec::new();
        explanation.write_in_json(&mut json).map_err(|error| failure(&error))?;
        let explanation: Explanation = serde_json::from_slice(&json).map_err(|error| failure(&error))?;
        Ok(explanation.plan)
    }
}
