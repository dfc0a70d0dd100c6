//! Updates of a store: SPARQL 1.1 Update on the named graphs.
//!
//! The default graph is the union of all documents and follows them: it can be read, not written.
//! An update is worked out on the side, then the graphs that it changed are replaced, all or none.

#[cfg(feature = "rocksdb")]
mod database;
mod draft;

use oxigraph::sparql::CancellationToken;
use spargebra::GraphUpdateOperation;
use spargebra::algebra::GraphTarget;
use spargebra::term::GraphNamePattern;

use super::{QueryError, bind, prepare};
use crate::graph::DocumentGraph;
use crate::store::{SourceInfo, Store, StoreError};
use draft::Draft;

/// An update that was read and may be run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Update {
    algebra: spargebra::Update,
}

impl Update {
    /// Reads an update. The project's prefixes are known without declaration.
    ///
    /// # Errors
    ///
    /// [`QueryError::Syntax`] with the place in `text`, [`QueryError::Service`] and
    /// [`QueryError::Load`] for what asks another server, [`QueryError::DefaultGraph`] for what
    /// writes to the union of all documents.
    pub fn parse(text: &str) -> Result<Self, QueryError> {
        let mut update = Self { algebra: prepare::parse_update(text)? };
        for operation in &mut update.algebra.operations {
            check(operation)?;
        }
        Ok(update)
    }

    /// Chooses the graphs that patterns are matched with, as `USING` and `USING NAMED` do.
    ///
    /// # Errors
    ///
    /// [`QueryError::TwoDatasets`], if the update chooses graphs itself; [`QueryError::BadValue`]
    /// for what is no IRI.
    pub fn using(&mut self, default: &[String], named: &[String]) -> Result<(), QueryError> {
        let chosen = prepare::dataset(default, named)?;
        for operation in &mut self.algebra.operations {
            if let GraphUpdateOperation::DeleteInsert { using, .. } = operation {
                if using.is_some() {
                    return Err(QueryError::TwoDatasets);
                }
                *using = Some(chosen.clone());
            }
        }
        Ok(())
    }

    /// Runs the update. Returns the IRIs of the graphs that it changed.
    ///
    /// # Errors
    ///
    /// [`QueryError::Limit`], if it was cancelled; else what engine and store refuse. The store is
    /// then as before.
    pub fn run(
        &self,
        store: &mut Store,
        cancellation: Option<&CancellationToken>,
        describe: impl Fn(&DocumentGraph) -> SourceInfo,
    ) -> Result<Vec<String>, QueryError> {
        let changed = self.work_out(store, cancellation)?;
        let described: Vec<_> = changed.iter().map(|graph| (graph, describe(graph))).collect();
        let (gone, left): (Vec<_>, Vec<_>) = described.iter().partition(|(graph, _)| graph.quads.is_empty());
        store.change_all(
            left.into_iter().map(|(graph, info)| (*graph, info)),
            gone.into_iter().map(|(graph, _)| graph.document.as_str()),
        )?;
        Ok(changed.into_iter().map(|graph| graph.document).collect())
    }

    /// The graphs that the update changes, as they will be.
    fn work_out(
        &self,
        store: &Store,
        cancellation: Option<&CancellationToken>,
    ) -> Result<Vec<DocumentGraph>, QueryError> {
        #[cfg(feature = "rocksdb")]
        if let Some(database) = store.graphs().database() {
            return self.work_out_in(database, store, cancellation);
        }
        let read_only = || StoreError::ReadOnly { path: store.dir().to_owned() };
        let mut draft = Draft::new(store.graphs().index().ok_or_else(read_only)?);
        for operation in &self.algebra.operations {
            draft.apply(operation, &self.algebra, cancellation)?;
        }
        draft.changed(store)
    }
}

/// Refuses what asks other servers and what writes to the default graph.
fn check(operation: &mut GraphUpdateOperation) -> Result<(), QueryError> {
    let written = |default: bool| if default { Err(QueryError::DefaultGraph) } else { Ok(()) };
    match operation {
        GraphUpdateOperation::Load { .. } => Err(QueryError::Load),
        GraphUpdateOperation::InsertData { data } => {
            written(data.iter().any(|quad| quad.graph_name == spargebra::term::GraphName::DefaultGraph))
        }
        GraphUpdateOperation::DeleteData { data } => {
            written(data.iter().any(|quad| quad.graph_name == spargebra::term::GraphName::DefaultGraph))
        }
        GraphUpdateOperation::DeleteInsert { delete, insert, pattern, .. } => {
            bind::refuse_service_in(pattern)?;
            let mut graphs =
                delete.iter().map(|quad| &quad.graph_name).chain(insert.iter().map(|quad| &quad.graph_name));
            written(graphs.any(|graph| *graph == GraphNamePattern::DefaultGraph))
        }
        GraphUpdateOperation::Clear { graph: GraphTarget::DefaultGraph, silent }
        | GraphUpdateOperation::Drop { graph: GraphTarget::DefaultGraph, silent } => written(!*silent),
        // the union of nothing is empty
        GraphUpdateOperation::Clear { .. }
        | GraphUpdateOperation::Drop { .. }
        | GraphUpdateOperation::Create { .. } => Ok(()),
    }
}
