//! The graphs of a store, whatever keeps them: each document's own, and the default graph as the union of all.

use std::collections::BTreeMap;
use std::sync::Arc;

use oxigraph::model::{GraphName, GraphNameRef, NamedNodeRef, NamedOrBlankNodeRef, Quad, Term, TermRef};
use oxigraph::sparql::{CancellationToken, QueryEvaluationError, QueryExplanation, QueryResults, SparqlEvaluator};
use oxigraph::store::{StorageError, Store as Oxigraph};
use spareval::QueryEvaluator;

use super::StoreError;
use super::index::{Index, Tally};
use super::pace::{Pace, Paced};
use crate::graph::DocumentGraph;

/// The graphs of a store. A copy shows what this one does.
#[derive(Clone)]
pub struct Graphs(Kept);

#[derive(Clone)]
enum Kept {
    /// In oxigraph's database, in memory or on disk; the union is stored too.
    Database(Oxigraph),
    /// In an index beside the files.
    Index(Index),
}

/// oxigraph's database says nothing of itself.
impl std::fmt::Debug for Graphs {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Graphs")
    }
}

/// A database whose default graph is the union of the others.
impl From<Oxigraph> for Graphs {
    fn from(database: Oxigraph) -> Self {
        Self(Kept::Database(database))
    }
}

impl From<Index> for Graphs {
    fn from(index: Index) -> Self {
        Self(Kept::Index(index))
    }
}

/// The graph of one document, in memory alone.
impl TryFrom<&DocumentGraph> for Graphs {
    type Error = StoreError;

    fn try_from(graph: &DocumentGraph) -> Result<Self, StoreError> {
        let fill = || -> Result<Oxigraph, StorageError> {
            let database = Oxigraph::new()?;
            let union = graph.quads.iter().map(|quad| Quad { graph_name: GraphName::DefaultGraph, ..quad.clone() });
            database.extend(graph.quads.iter().cloned().chain(union))?;
            Ok(database)
        };
        fill().map(Self::from).map_err(StoreError::in_memory)
    }
}

type Quads<'a> = Box<dyn Iterator<Item = Result<Quad, StoreError>> + 'a>;

impl Graphs {
    /// Evaluates a query, which can be ended, and goes on as the pace allows; a database has no pace.
    ///
    /// # Errors
    ///
    /// What the engine refuses.
    pub(crate) fn evaluate(
        &self,
        query: spargebra::Query,
        cancellation: Option<&CancellationToken>,
        pace: Option<&Arc<dyn Pace>>,
    ) -> Result<QueryResults<'_>, QueryEvaluationError> {
        match &self.0 {
            Kept::Database(database) => {
                let mut evaluator = SparqlEvaluator::new();
                if let Some(token) = cancellation {
                    evaluator = evaluator.with_cancellation_token(token.clone());
                }
                evaluator.for_query(query).on_store(database).execute()
            }
            Kept::Index(index) => {
                let token = cancellation.cloned().unwrap_or_default();
                let evaluator = QueryEvaluator::new().with_cancellation_token(token.clone());
                evaluator.prepare(&query).execute(Paced::new(index.clone(), token, pace.cloned()))
            }
        }
    }

    /// Evaluates a query and tells how; rows are counted as they are taken.
    pub(crate) fn explain(
        &self,
        query: spargebra::Query,
    ) -> (Result<QueryResults<'_>, QueryEvaluationError>, QueryExplanation) {
        match &self.0 {
            Kept::Database(database) => {
                SparqlEvaluator::new().for_query(query).on_store(database).compute_statistics().explain()
            }
            Kept::Index(index) => QueryEvaluator::new().compute_statistics().prepare(&query).explain(index.clone()),
        }
    }

    /// The statements that fit a pattern. Of the default graph, each comes once; without a graph, each comes from every
    /// graph that makes it, and perhaps from the default graph too. An error is the last that comes.
    pub fn quads_for_pattern<'a>(
        &'a self,
        subject: Option<NamedOrBlankNodeRef<'_>>,
        predicate: Option<NamedNodeRef<'_>>,
        object: Option<TermRef<'_>>,
        graph: Option<GraphNameRef<'_>>,
    ) -> Quads<'a> {
        match &self.0 {
            Kept::Database(database) => {
                let quads = database.quads_for_pattern(subject, predicate, object, graph);
                Box::new(quads.map(|quad| quad.map_err(StoreError::in_memory)))
            }
            Kept::Index(index) => Box::new(index.quads(subject, predicate, object, graph)),
        }
    }

    /// Whether there is no statement.
    ///
    /// # Errors
    ///
    /// [`StoreError`], if the index cannot be read.
    pub fn is_empty(&self) -> Result<bool, StoreError> {
        Ok(self.quads_for_pattern(None, None, None, None).next().transpose()?.is_none())
    }

    /// Counts the statements of all graphs but one, each once, and those of one property by their value.
    pub(crate) fn tally(&self, but: &str, property: &str) -> Result<Tally, StoreError> {
        match &self.0 {
            Kept::Index(index) => index.tally(but, property),
            Kept::Database(_) => {
                let (mut properties, mut values) = (BTreeMap::<_, usize>::new(), BTreeMap::<_, usize>::new());
                let mut tally = Tally::default();
                for quad in self.quads_for_pattern(None, None, None, Some(GraphNameRef::DefaultGraph)) {
                    let quad = quad?;
                    let (subject, object) = (quad.subject.as_ref(), quad.object.as_ref());
                    let mut places =
                        self.quads_for_pattern(Some(subject), Some(quad.predicate.as_ref()), Some(object), None);
                    let counts =
                        |graph: &GraphName| matches!(graph, GraphName::NamedNode(name) if name.as_str() != but);
                    if !places.any(|place| place.is_ok_and(|place| counts(&place.graph_name))) {
                        continue;
                    }
                    tally.statements += 1;
                    if quad.predicate.as_str() == property
                        && let Term::NamedNode(value) = &quad.object
                    {
                        *values.entry(value.as_str().to_owned()).or_default() += 1;
                    }
                    *properties.entry(quad.predicate.into_string()).or_default() += 1;
                }
                let (properties, values) = (properties.into_iter().collect(), values.into_iter().collect());
                Ok(Tally { properties, values, ..tally })
            }
        }
    }

    /// Puts statements in the place of others, here and not on disk: of a database in a copy, held in memory.
    pub(crate) fn exchange(&mut self, changes: &[(Quad, Quad)]) -> Result<(), StoreError> {
        match &mut self.0 {
            Kept::Database(database) => {
                let exchange = || -> Result<Oxigraph, StorageError> {
                    let copy = Oxigraph::new()?;
                    let mut loader = copy.bulk_loader();
                    loader.load_ok_quads::<_, StorageError>(database.iter())?;
                    loader.commit()?;
                    for (old, new) in changes {
                        copy.remove(old)?;
                        copy.insert(new)?;
                    }
                    Ok(copy)
                };
                *database = exchange().map_err(StoreError::in_memory)?;
                Ok(())
            }
            Kept::Index(index) => {
                *index = index.exchanged(changes)?;
                Ok(())
            }
        }
    }

    /// Puts graphs in the place of their former ones, where they are in an index.
    pub(super) fn replace(&mut self, changes: &[(&str, &[Quad])]) -> Result<(), StoreError> {
        if let Kept::Index(index) = &mut self.0 {
            *index = index.replaced(changes)?;
        }
        Ok(())
    }

    /// What hold a text of all that things are called, and perhaps some more, as far as an index can tell it.
    pub(crate) fn named(&self, text: &str) -> Option<Vec<Term>> {
        self.index()?.named(text)
    }

    /// What has a name that holds a text, and perhaps some more, as far as an index can tell it.
    pub(crate) fn bearers(&self, text: &str) -> Option<Vec<Term>> {
        self.index()?.bearers(text)
    }

    /// The index, where there is one.
    pub(crate) fn index(&self) -> Option<&Index> {
        match &self.0 {
            Kept::Database(_) => None,
            Kept::Index(index) => Some(index),
        }
    }

    /// The database, where there is one.
    #[cfg(feature = "rocksdb")]
    pub(crate) fn database(&self) -> Option<&Oxigraph> {
        match &self.0 {
            Kept::Database(database) => Some(database),
            Kept::Index(_) => None,
        }
    }
}
