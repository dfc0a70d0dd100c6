//! What answers queries: a store, or another server.

use oxigraph::store::Store as Oxigraph;

use super::{Answer, Limits, Query, QueryError};
use crate::store::{Graphs, Store};

/// What answers queries.
pub trait Source {
    /// Answers a query.
    ///
    /// # Errors
    ///
    /// [`QueryError::Limit`] when a limit is reached, else what the source refuses.
    fn answer(&self, query: &Query, limits: &Limits) -> Result<Answer, QueryError>;
}

impl Source for Store {
    fn answer(&self, query: &Query, limits: &Limits) -> Result<Answer, QueryError> {
        self.graphs().answer(query, limits)
    }
}

impl<S: Source + ?Sized> Source for Box<S> {
    fn answer(&self, query: &Query, limits: &Limits) -> Result<Answer, QueryError> {
        (**self).answer(query, limits)
    }
}

/// The graphs of a store, which may be handed to another thread.
impl Source for Graphs {
    fn answer(&self, query: &Query, limits: &Limits) -> Result<Answer, QueryError> {
        query.evaluate(self, limits)
    }
}

/// A database whose default graph is the union of the others.
impl Source for Oxigraph {
    fn answer(&self, query: &Query, limits: &Limits) -> Result<Answer, QueryError> {
        query.evaluate(&self.clone().into(), limits)
    }
}
