//! Queries that can be ended, and that give way to others: whoever answers many at once decides who goes on.

use std::panic::{self, AssertUnwindSafe};
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use oxigraph::model::Term;
use oxigraph::sparql::CancellationToken;
use spareval::{ExpressionTerm, InternalQuad, QueryableDataset};
use thiserror::Error;

use super::StoreError;
use super::index::Index;

/// How many times a query asks the graphs for something before it asks whether it may go on.
const OFTEN: u32 = 256;

/// Is asked again and again by a query that is under way.
pub trait Pace: Send + Sync {
    /// Returns when the query may go on; whoever wants to hold it lets it wait here.
    fn step(&self);
}

/// Why graphs do not answer.
#[derive(Debug, Error)]
pub(crate) enum Unanswered {
    /// The query was ended.
    #[error("the query was ended")]
    Ended,
    /// They cannot be read.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Leaves a computation that takes no error and yet has to end, as sorting: a query that compared on without values would
/// break the order that sorting relies on, and one that compared on with them would go on for minutes.
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
    token: CancellationToken,
    steps: Steps,
}

/// Counts what is asked for.
#[derive(Clone)]
struct Steps {
    pace: Option<Arc<dyn Pace>>,
    count: Arc<AtomicU32>,
}

impl Steps {
    fn one(&self) {
        if let Some(pace) = &self.pace
            && self.count.fetch_add(1, Ordering::Relaxed) % OFTEN == OFTEN - 1
        {
            pace.step();
        }
    }
}

impl Paced {
    pub(crate) fn new(index: Index, token: CancellationToken, pace: Option<Arc<dyn Pace>>) -> Self {
        Self { index, token, steps: Steps { pace, count: Arc::default() } }
    }
}

type Node = <Index as QueryableDataset<'static>>::InternalTerm;

impl QueryableDataset<'static> for Paced {
    type InternalTerm = Node;
    type Error = Unanswered;

    fn internal_quads_for_pattern(
        &self,
        subject: Option<&Node>,
        predicate: Option<&Node>,
        object: Option<&Node>,
        graph_name: Option<Option<&Node>>,
    ) -> impl Iterator<Item = Result<InternalQuad<Node>, Unanswered>> + use<> {
        self.steps.one();
        let steps = self.steps.clone();
        let quads = self.index.internal_quads_for_pattern(subject, predicate, object, graph_name);
        quads.map(move |quad| {
            steps.one();
            Ok(quad?)
        })
    }

    fn internal_named_graphs(&self) -> impl Iterator<Item = Result<Node, Unanswered>> + use<> {
        self.index.internal_named_graphs().map(|name| Ok(name?))
    }

    fn contains_internal_graph_name(&self, graph_name: &Node) -> Result<bool, Unanswered> {
        Ok(self.index.contains_internal_graph_name(graph_name)?)
    }

    fn internalize_term(&self, term: Term) -> Result<Node, Unanswered> {
        Ok(self.index.internalize_term(term)?)
    }

    /// What sorts and compares asks for values here.
    fn externalize_term(&self, term: Node) -> Result<Term, Unanswered> {
        self.steps.one();
        if self.token.is_cancelled() {
            panic::resume_unwind(Box::new(Ended));
        }
        Ok(self.index.externalize_term(term)?)
    }

    /// A value that was worked out: the engine itself does not look here whether it is to end.
    fn internalize_expression_term(&self, term: ExpressionTerm) -> Result<Node, Unanswered> {
        self.steps.one();
        if self.token.is_cancelled() {
            return Err(Unanswered::Ended);
        }
        self.internalize_term(term.into())
    }
}
