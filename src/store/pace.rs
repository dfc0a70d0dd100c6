//! Queries that can be ended, and that give way to others: whoever answers many at once decides who goes on.

use std::cell::Cell;
use std::panic::{self, AssertUnwindSafe};
use std::rc::Rc;
use std::sync::Arc;

use oxigraph::model::Term;
use oxigraph::sparql::CancellationToken;
use spareval::{ExpressionTerm, InternalQuad, QueryableDataset};

use super::StoreError;
use super::index::Index;

/// How many times a query asks the graphs for something before it asks whether it may go on.
const OFTEN: u32 = 256;

/// Is asked again and again by a query that is under way.
pub trait Pace: Send + Sync {
    /// Returns when the query may go on; whoever wants to hold it lets it wait here.
    fn step(&self);
}

/// Leaves a query that was ended, from wherever it is. The engine itself looks for that at each statement, but goes on:
/// whatever sorts, groups or follows paths collects an error for every statement that is left, and sorts what it has.
struct Ended;

/// Does what a query asks for on a [`Paced`] index; none if the query was ended.
pub(crate) fn unless_ended<T>(work: impl FnOnce() -> T) -> Option<T> {
    // whatever was half done belongs to the query alone, and goes with it
    match panic::catch_unwind(AssertUnwindSafe(work)) {
        Ok(done) => Some(done),
        Err(reason) if reason.is::<Ended>() => None,
        Err(reason) => panic::resume_unwind(reason),
    }
}

/// An index that is asked at a pace, within [`unless_ended`].
pub(crate) struct Paced {
    index: Index,
    steps: Steps,
}

/// Counts what is asked for.
#[derive(Clone)]
struct Steps {
    token: CancellationToken,
    pace: Option<Arc<dyn Pace>>,
    count: Rc<Cell<u32>>,
}

impl Steps {
    fn one(&self) {
        self.count.set(self.count.get() + 1);
        if self.count.get() == OFTEN {
            self.count.set(0);
            if let Some(pace) = &self.pace {
                pace.step();
            }
            if self.token.is_cancelled() {
                panic::resume_unwind(Box::new(Ended));
            }
        }
    }
}

impl Paced {
    pub(crate) fn new(index: Index, token: CancellationToken, pace: Option<Arc<dyn Pace>>) -> Self {
        Self { index, steps: Steps { token, pace, count: Rc::default() } }
    }
}

type Node = <Index as QueryableDataset<'static>>::InternalTerm;

impl QueryableDataset<'static> for Paced {
    type InternalTerm = Node;
    type Error = StoreError;

    fn internal_quads_for_pattern(
        &self,
        subject: Option<&Node>,
        predicate: Option<&Node>,
        object: Option<&Node>,
        graph_name: Option<Option<&Node>>,
    ) -> impl Iterator<Item = Result<InternalQuad<Node>, StoreError>> + use<> {
        self.steps.one();
        let steps = self.steps.clone();
        self.index.internal_quads_for_pattern(subject, predicate, object, graph_name).inspect(move |_| steps.one())
    }

    fn internal_named_graphs(&self) -> impl Iterator<Item = Result<Node, StoreError>> + use<> {
        self.index.internal_named_graphs()
    }

    fn contains_internal_graph_name(&self, graph_name: &Node) -> Result<bool, StoreError> {
        self.index.contains_internal_graph_name(graph_name)
    }

    fn internalize_term(&self, term: Term) -> Result<Node, StoreError> {
        self.index.internalize_term(term)
    }

    fn externalize_term(&self, term: Node) -> Result<Term, StoreError> {
        self.steps.one();
        self.index.externalize_term(term)
    }

    fn internalize_expression_term(&self, term: ExpressionTerm) -> Result<Node, StoreError> {
        self.steps.one();
        self.index.internalize_expression_term(term)
    }
}
