//! Updates worked out beside the index of a store.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use oxigraph::model::{BlankNode, GraphName, NamedNode, NamedOrBlankNode, Quad, Term};
use oxigraph::sparql::{CancellationToken, QueryEvaluationError};
use spareval::{DeleteInsertQuad, QueryEvaluator};
use spargebra::GraphUpdateOperation;
use spargebra::algebra::GraphTarget;
use spargebra::term::{GroundQuad, Quad as Written};

use crate::graph::DocumentGraph;
use crate::query::QueryError;
use crate::query::products::interruptible_in;
use crate::store::{Index, Paced, Store, unless_ended};

/// The graphs of a store as one operation after another changes them.
pub(super) struct Draft {
    index: Index,
    /// The graphs that were changed, as they are now.
    changed: BTreeMap<String, BTreeSet<Statement>>,
    /// Graphs that were created and are still empty: elsewhere an empty graph is none.
    created: BTreeSet<String>,
}

/// A statement, sorted as N-Quads.
#[derive(Clone, PartialEq, Eq)]
struct Statement(String, Quad);

impl PartialOrd for Statement {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Statement {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.0.cmp(&other.0)
    }
}

impl From<Quad> for Statement {
    fn from(quad: Quad) -> Self {
        Self(quad.to_string(), quad)
    }
}

impl Draft {
    pub(super) fn new(index: &Index) -> Self {
        Self { index: index.clone(), changed: BTreeMap::new(), created: BTreeSet::new() }
    }

    /// Applies an operation of an update, which writes to named graphs alone.
    pub(super) fn apply(
        &mut self,
        operation: &GraphUpdateOperation,
        update: &spargebra::Update,
        cancellation: Option<&CancellationToken>,
    ) -> Result<(), QueryError> {
        match operation {
            GraphUpdateOperation::InsertData { data } => {
                let mut nodes = HashMap::new();
                let quads = data.iter().map(|quad| DeleteInsertQuad::Insert(with_own_nodes(quad, &mut nodes)));
                self.change(quads.collect())
            }
            GraphUpdateOperation::DeleteData { data } => {
                self.change(data.iter().map(|quad| DeleteInsertQuad::Delete(whole(quad))).collect())
            }
            GraphUpdateOperation::DeleteInsert { delete, insert, using, pattern } => {
                let token = cancellation.cloned().unwrap_or_default();
                let evaluator = QueryEvaluator::new().with_cancellation_token(token.clone());
                let mut pattern = pattern.clone();
                interruptible_in(&mut pattern);
                let prepared = evaluator.prepare_delete_insert(
                    delete.clone(),
                    insert.clone(),
                    update.base_iri.clone(),
                    using.clone(),
                    &pattern,
                );
                let index = Paced::new(self.index.clone(), token, None);
                let changes = unless_ended(|| prepared.execute(index).and_then(Iterator::collect).map_err(failed));
                self.change(changes.unwrap_or(Err(QueryError::Limit))?)
            }
            GraphUpdateOperation::Create { graph, silent } => {
                if self.has(graph)? {
                    return if *silent { Ok(()) } else { Err(refused(&format!("graph {graph} already exists"))) };
                }
                self.created.insert(graph.as_str().to_owned());
                Ok(())
            }
            GraphUpdateOperation::Clear { graph: GraphTarget::NamedNode(graph), silent }
            | GraphUpdateOperation::Drop { graph: GraphTarget::NamedNode(graph), silent } => {
                if !silent && !self.has(graph)? {
                    return Err(refused(&format!("graph {graph} does not exist")));
                }
                self.empty([graph.as_str().to_owned()])
            }
            GraphUpdateOperation::Clear { graph: GraphTarget::NamedGraphs | GraphTarget::AllGraphs, .. }
            | GraphUpdateOperation::Drop { graph: GraphTarget::NamedGraphs | GraphTarget::AllGraphs, .. } => {
                let names = self.index.graph_names()?;
                self.empty(names)
            }
            // what loads or writes to the default graph was refused when it was read
            _ => Ok(()),
        }
    }

    /// Removes statements, then adds others.
    fn change(&mut self, changes: Vec<DeleteInsertQuad>) -> Result<(), QueryError> {
        let mut touched = BTreeSet::new();
        let (mut removed, mut added) = (Vec::new(), Vec::new());
        for change in changes {
            let (quad, list) = match change {
                DeleteInsertQuad::Delete(quad) => (quad, &mut removed),
                DeleteInsertQuad::Insert(quad) => (quad, &mut added),
            };
            let GraphName::NamedNode(name) = &quad.graph_name else { return Err(QueryError::DefaultGraph) };
            touched.insert(name.as_str().to_owned());
            list.push((name.as_str().to_owned(), Statement::from(quad)));
        }
        for name in &touched {
            self.read(name)?;
        }
        for (name, statement) in removed {
            if let Some(graph) = self.changed.get_mut(&name) {
                graph.remove(&statement);
            }
        }
        for (name, statement) in added {
            self.changed.entry(name).or_default().insert(statement);
        }
        self.show(&touched)
    }

    fn empty(&mut self, names: impl IntoIterator<Item = String>) -> Result<(), QueryError> {
        let names: BTreeSet<String> = names.into_iter().collect();
        for name in &names {
            self.created.remove(name);
            self.changed.insert(name.clone(), BTreeSet::new());
        }
        self.show(&names)
    }

    /// Reads a graph that has not been changed so far.
    fn read(&mut self, name: &str) -> Result<(), QueryError> {
        if !self.changed.contains_key(name) {
            let node = NamedNode::new_unchecked(name);
            let quads = self.index.quads(None, None, None, Some(node.as_ref().into()));
            let graph = quads.map(|quad| quad.map(Statement::from)).collect::<Result<_, _>>()?;
            self.changed.insert(name.to_owned(), graph);
        }
        Ok(())
    }

    /// Shows the graphs to later operations as they are now.
    fn show(&mut self, names: &BTreeSet<String>) -> Result<(), QueryError> {
        let graphs: Vec<(&str, Vec<Quad>)> = names
            .iter()
            .filter_map(|name| {
                let graph = self.changed.get(name)?;
                Some((name.as_str(), graph.iter().map(|statement| statement.1.clone()).collect()))
            })
            .collect();
        let graphs: Vec<(&str, &[Quad])> = graphs.iter().map(|(name, quads)| (*name, quads.as_slice())).collect();
        self.index = self.index.replaced(&graphs)?;
        Ok(())
    }

    fn has(&self, name: &NamedNode) -> Result<bool, QueryError> {
        let mut quads = self.index.quads(None, None, None, Some(name.as_ref().into()));
        Ok(self.created.contains(name.as_str()) || quads.next().transpose()?.is_some())
    }

    /// The graphs that are not as the store has them.
    pub(super) fn changed(self, store: &Store) -> Result<Vec<DocumentGraph>, QueryError> {
        let mut changed = Vec::new();
        for (name, graph) in self.changed {
            let after = DocumentGraph::from_quads(&name, graph.into_iter().map(|statement| statement.1));
            if after != store.graph(&name)? {
                changed.push(after);
            }
        }
        Ok(changed)
    }
}

/// A statement of an update, whose blank nodes are none of the store's.
fn with_own_nodes(quad: &Written, nodes: &mut HashMap<BlankNode, BlankNode>) -> Quad {
    let mut own = |node: &BlankNode| nodes.entry(node.clone()).or_default().clone();
    let Written { subject, predicate, object, graph_name } = quad.clone();
    let mut quad = Quad { subject, predicate, object, graph_name: named(graph_name) };
    if let NamedOrBlankNode::BlankNode(node) = &mut quad.subject {
        *node = own(node);
    }
    if let Term::BlankNode(node) = &mut quad.object {
        *node = own(node);
    }
    quad
}

fn whole(quad: &GroundQuad) -> Quad {
    let GroundQuad { subject, predicate, object, graph_name } = quad.clone();
    Quad { subject: subject.into(), predicate, object: object.into(), graph_name: named(graph_name) }
}

fn named(graph: spargebra::term::GraphName) -> GraphName {
    match graph {
        spargebra::term::GraphName::NamedNode(name) => name.into(),
        spargebra::term::GraphName::DefaultGraph => GraphName::DefaultGraph,
    }
}

fn refused(reason: &str) -> QueryError {
    QueryError::Evaluation { reason: reason.to_owned() }
}

fn failed(error: QueryEvaluationError) -> QueryError {
    match error {
        QueryEvaluationError::Cancelled => QueryError::Limit,
        error => refused(&error.to_string()),
    }
}
