//! The index as the SPARQL engine asks it. The default graph is the union of all documents, each statement once.

use std::str::FromStr;
use std::sync::Arc;

use oxigraph::model::{
    GraphName, GraphNameRef, Literal, NamedNode, NamedNodeRef, NamedOrBlankNode, NamedOrBlankNodeRef, Quad, Term,
    TermRef,
};
use spareval::{InternalQuad, QueryableDataset};

use super::order::Row;
use super::scan::Scan;
use super::{Index, Inner};
use crate::store::StoreError;

/// A term as the engine handles it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Node {
    /// One of the index, by number.
    Known(u32),
    /// One that the index has not.
    Other(Arc<Term>),
}

impl Inner {
    /// A term by its number, handed over as N-Quads write it.
    pub(super) fn token<R>(&self, number: u32, take: impl FnOnce(&str) -> R) -> Result<R, StoreError> {
        match self.stack.segment_of(number) {
            Some(segment) => segment.term(number, take),
            // numbers are given to terms only
            None => Ok(take(self.overlay.term(number - self.stack.terms()).unwrap_or_default())),
        }
    }

    pub(super) fn number(&self, token: &str) -> Result<Option<u32>, StoreError> {
        self.overlay.number(&self.stack, token)
    }

    fn term(&self, number: u32) -> Result<Term, StoreError> {
        self.token(number, read)
    }
}

/// A term of N-Quads as the project writes it.
pub(super) fn read(token: &str) -> Term {
    if let Some(iri) = token.strip_prefix('<').and_then(|token| token.strip_suffix('>')) {
        return NamedNode::new_unchecked(iri).into();
    }
    if let Some((value, kind)) = token.strip_prefix('"').and_then(|token| token.rsplit_once('"'))
        && !value.contains('\\')
    {
        if kind.is_empty() {
            return Literal::new_simple_literal(value).into();
        }
        if let Some(iri) = kind.strip_prefix("^^<").and_then(|kind| kind.strip_suffix('>')) {
            return Literal::new_typed_literal(value, NamedNode::new_unchecked(iri)).into();
        }
        if let Some(language) = kind.strip_prefix('@') {
            return Literal::new_language_tagged_literal_unchecked(value, language).into();
        }
    }
    // the files are those that their digests were made of: there is nothing else in them
    Term::from_str(token).unwrap_or_else(|_| Literal::new_simple_literal(token).into())
}

impl Index {
    /// Begins a scan; none for a term that the index has not.
    fn scan(&self, terms: &[Option<String>; 4], once: bool) -> Result<Option<Scan>, StoreError> {
        let mut pattern = [None; 4];
        for (place, term) in pattern.iter_mut().zip(terms) {
            let Some(term) = term else { continue };
            *place = self.0.number(term)?;
            if place.is_none() {
                return Ok(None);
            }
        }
        Scan::new(&self.0, pattern, once).map(Some)
    }

    /// The statements that fit a pattern; without a graph those of all, once for each graph that makes them.
    pub(crate) fn quads(
        &self,
        subject: Option<NamedOrBlankNodeRef<'_>>,
        predicate: Option<NamedNodeRef<'_>>,
        object: Option<TermRef<'_>>,
        graph: Option<GraphNameRef<'_>>,
    ) -> impl Iterator<Item = Result<Quad, StoreError>> + use<> {
        let terms = [
            subject.map(|subject| subject.to_string()),
            predicate.map(|predicate| predicate.to_string()),
            object.map(|object| object.to_string()),
            graph.filter(|graph| !graph.is_default_graph()).map(|graph| graph.to_string()),
        ];
        let once = graph.is_some_and(|graph| graph.is_default_graph());
        let inner = Arc::clone(&self.0);
        rows(self.scan(&terms, once)).map(move |row| inner.quad(row?, once))
    }
}

/// The rows of a scan that could be begun, or why it could not; of none there are none.
fn rows(scan: Result<Option<Scan>, StoreError>) -> impl Iterator<Item = Result<Row, StoreError>> {
    let (scan, error) = match scan {
        Ok(scan) => (scan, None),
        Err(error) => (None, Some(Err(error))),
    };
    scan.into_iter().flatten().chain(error)
}

impl Inner {
    fn quad(&self, [subject, predicate, object, graph]: Row, once: bool) -> Result<Quad, StoreError> {
        let node = |term| match term {
            Term::BlankNode(node) => NamedOrBlankNode::from(node),
            Term::NamedNode(node) => node.into(),
            Term::Literal(_) => NamedNode::new_unchecked("").into(),
        };
        let named = |term| match term {
            Term::NamedNode(node) => node,
            _ => NamedNode::new_unchecked(""),
        };
        Ok(Quad {
            subject: node(self.term(subject)?),
            predicate: named(self.term(predicate)?),
            object: self.term(object)?,
            graph_name: if once { GraphName::DefaultGraph } else { named(self.term(graph)?).into() },
        })
    }
}

impl QueryableDataset<'static> for Index {
    type InternalTerm = Node;
    type Error = StoreError;

    fn internal_quads_for_pattern(
        &self,
        subject: Option<&Node>,
        predicate: Option<&Node>,
        object: Option<&Node>,
        graph_name: Option<Option<&Node>>,
    ) -> impl Iterator<Item = Result<InternalQuad<Node>, StoreError>> + use<> {
        let once = graph_name == Some(None);
        let mut pattern = [None; 4];
        let mut known = true;
        for (place, node) in pattern.iter_mut().zip([subject, predicate, object, graph_name.flatten()]) {
            match node {
                Some(Node::Known(number)) => *place = Some(*number),
                Some(Node::Other(_)) => known = false,
                None => {}
            }
        }
        rows(known.then(|| Scan::new(&self.0, pattern, once)).transpose()).map(move |row| {
            let [subject, predicate, object, graph] = row?.map(Node::Known);
            Ok(InternalQuad { subject, predicate, object, graph_name: (!once).then_some(graph) })
        })
    }

    fn internal_named_graphs(&self) -> impl Iterator<Item = Result<Node, StoreError>> + use<> {
        let inner = Arc::clone(&self.0);
        (0..inner.graphs.len()).filter_map(move |place| Some(Ok(Node::Known(*inner.graphs.get(place)?))))
    }

    fn contains_internal_graph_name(&self, graph_name: &Node) -> Result<bool, StoreError> {
        Ok(matches!(graph_name, Node::Known(number) if self.0.graphs.binary_search(number).is_ok()))
    }

    fn internalize_term(&self, term: Term) -> Result<Node, StoreError> {
        Ok(self.0.number(&term.to_string())?.map_or_else(|| Node::Other(Arc::new(term)), Node::Known))
    }

    fn externalize_term(&self, term: Node) -> Result<Term, StoreError> {
        match term {
            Node::Known(number) => self.0.term(number),
            Node::Other(term) => Ok(Arc::unwrap_or_clone(term)),
        }
    }
}
