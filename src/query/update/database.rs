//! Updates worked out in oxigraph's database.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use oxigraph::model::{GraphName, NamedNodeRef, NamedOrBlankNode, Quad};
use oxigraph::sparql::{CancellationToken, SparqlEvaluator};
use oxigraph::store::{StorageError, Store as Oxigraph, Transaction};
use spargebra::GraphUpdateOperation;
use spargebra::algebra::GraphTarget;
use spargebra::term::GraphNamePattern;

use super::Update;
use crate::graph::DocumentGraph;
use crate::query::QueryError;
use crate::store::Store;

/// Which graphs an update touches.
enum Touched {
    /// These.
    Named(BTreeSet<String>),
    /// Perhaps any.
    Any,
}

impl Update {
    /// The graphs that the update changes, as they will be, worked out in a transaction that is not committed.
    pub(super) fn work_out_in(
        &self,
        database: &Oxigraph,
        store: &Store,
        cancellation: Option<&CancellationToken>,
    ) -> Result<Vec<DocumentGraph>, QueryError> {
        let mut transaction = database.start_transaction().map_err(|error| failed(&error))?;
        let mut changed = BTreeSet::new();
        for operation in &self.algebra.operations {
            let touched = match touched(operation) {
                Touched::Named(names) => names,
                Touched::Any => names(&transaction)?,
            };
            let before = graphs(&transaction, &touched)?;
            let mut evaluator = SparqlEvaluator::new();
            if let Some(token) = cancellation {
                evaluator = evaluator.with_cancellation_token(token.clone());
            }
            let base_iri = self.algebra.base_iri.clone();
            let one = spargebra::Update { base_iri, operations: vec![operation.clone()] };
            evaluator.for_update(one).on_transaction(&mut transaction).execute().map_err(|error| {
                if cancellation.is_some_and(CancellationToken::is_cancelled) {
                    return QueryError::Limit;
                }
                QueryError::Evaluation { reason: error.to_string() }
            })?;
            let mut touched = touched;
            if matches!(operation, GraphUpdateOperation::DeleteInsert { .. }) {
                touched.extend(names(&transaction)?);
            }
            let after = graphs(&transaction, &touched)?;
            follow(&mut transaction, &before, &after);
            changed.extend(after.keys().filter(|name| before.get(*name) != after.get(*name)).cloned());
        }
        let mut result = Vec::new();
        for (name, quads) in graphs(&transaction, &changed)? {
            let after = DocumentGraph::from_quads(&name, quads);
            if after != store.graph(&name)? {
                result.push(after);
            }
        }
        // dropped without commit: what counts is what the store replaces
        Ok(result)
    }
}

/// Has the default graph, the union of the others, follow a change of these.
fn follow(
    transaction: &mut Transaction<'_>,
    before: &BTreeMap<String, Vec<Quad>>,
    after: &BTreeMap<String, Vec<Quad>>,
) {
    let none = Vec::new();
    for (name, quads) in after {
        let former: HashSet<&Quad> = before.get(name).unwrap_or(&none).iter().collect();
        let now: HashSet<&Quad> = quads.iter().collect();
        let in_union = |quad: &Quad| Quad { graph_name: GraphName::DefaultGraph, ..quad.clone() };
        for quad in quads.iter().filter(|quad| !former.contains(quad)) {
            transaction.insert(&in_union(quad));
        }
        for quad in before.get(name).unwrap_or(&none).iter().filter(|quad| !now.contains(quad)) {
            let (subject, predicate, object) = (quad.subject.as_ref(), quad.predicate.as_ref(), quad.object.as_ref());
            let elsewhere = transaction
                .quads_for_pattern(Some(subject), Some(predicate), Some(object), None)
                .any(|place| place.is_ok_and(|place| place.graph_name != GraphName::DefaultGraph));
            if !elsewhere {
                transaction.remove(&in_union(quad));
            }
        }
    }
}

/// The names of all graphs.
fn names(transaction: &Transaction<'_>) -> Result<BTreeSet<String>, QueryError> {
    let mut names = BTreeSet::new();
    for name in transaction.named_graphs() {
        match name.map_err(|error| failed(&error))? {
            NamedOrBlankNode::NamedNode(name) => names.insert(name.into_string()),
            NamedOrBlankNode::BlankNode(_) => return Err(QueryError::DefaultGraph),
        };
    }
    Ok(names)
}

fn graphs(transaction: &Transaction<'_>, names: &BTreeSet<String>) -> Result<BTreeMap<String, Vec<Quad>>, QueryError> {
    let mut graphs = BTreeMap::new();
    for name in names {
        let node = NamedNodeRef::new_unchecked(name);
        let quads = transaction.quads_for_pattern(None, None, None, Some(node.into()));
        graphs.insert(name.clone(), quads.collect::<Result<_, _>>().map_err(|error| failed(&error))?);
    }
    Ok(graphs)
}

fn failed(error: &StorageError) -> QueryError {
    QueryError::Evaluation { reason: error.to_string() }
}

/// The graphs that an operation may change, as far as it names them.
fn touched(operation: &GraphUpdateOperation) -> Touched {
    let mut names = BTreeSet::new();
    let mut add = |name: &GraphNamePattern| match name {
        GraphNamePattern::NamedNode(name) => {
            names.insert(name.as_str().to_owned());
            true
        }
        _ => false,
    };
    let all_named = match operation {
        GraphUpdateOperation::InsertData { data } => {
            data.iter().all(|quad| add(&GraphNamePattern::from(quad.graph_name.clone())))
        }
        GraphUpdateOperation::DeleteData { data } => {
            data.iter().all(|quad| add(&GraphNamePattern::from(quad.graph_name.clone())))
        }
        GraphUpdateOperation::DeleteInsert { delete, insert, .. } => {
            let delete = delete.iter().map(|quad| &quad.graph_name);
            delete.chain(insert.iter().map(|quad| &quad.graph_name)).all(add)
        }
        GraphUpdateOperation::Clear { graph: GraphTarget::NamedNode(name), .. }
        | GraphUpdateOperation::Drop { graph: GraphTarget::NamedNode(name), .. } => {
            add(&GraphNamePattern::NamedNode(name.clone()))
        }
        // an empty graph is none
        GraphUpdateOperation::Create { .. } => true,
        _ => false,
    };
    if all_named { Touched::Named(names) } else { Touched::Any }
}
