//! A document's graph as a store keeps it, made ready apart from the store: on any thread, while others are written.

use std::borrow::Cow;

use oxigraph::model::{GraphName, Quad};

use super::entry::{Entry, Form};
use super::{Backend, SourceInfo, StoreError, digest};
use crate::graph::DocumentGraph;

/// About how much memory a statement takes, in bytes.
const STATEMENT: usize = 500;

/// How graphs are made ready for a store.
#[derive(Clone, Copy, Debug)]
pub struct Preparation {
    pub(super) backend: Backend,
    /// Whether the store looks at the statements again: one that is filled with files writes their text alone.
    pub(super) statements: bool,
}

/// A document's graph, ready to be stored.
#[derive(Clone, Debug)]
pub struct Prepared<'a> {
    pub(super) entry: Entry,
    /// The graph as sorted N-Quads.
    pub(super) nquads: String,
    pub(super) quads: Cow<'a, [Quad]>,
}

impl Preparation {
    /// Makes a graph ready that stays where it is.
    ///
    /// # Errors
    ///
    /// [`StoreError::ForeignGraph`] if a statement lies outside the document's graph.
    pub fn of<'a>(self, graph: &'a DocumentGraph, info: &SourceInfo) -> Result<Prepared<'a>, StoreError> {
        let own = |name: &GraphName| matches!(name, GraphName::NamedNode(name) if name.as_str() == graph.document);
        if !graph.quads.iter().all(|quad| own(&quad.graph_name)) {
            return Err(StoreError::ForeignGraph { document: graph.document.clone() });
        }
        let nquads = graph.to_nquads();
        let digest = digest(nquads.as_bytes());
        let entry = Entry {
            document: graph.document.clone(),
            source: info.source.clone(),
            title: info.title.clone(),
            digest,
            quads: graph.quads.len(),
            form: if self.backend == Backend::Files { Form::Zstd } else { Form::Database },
        };
        Ok(Prepared { entry, nquads, quads: Cow::Borrowed(&graph.quads) })
    }

    /// Makes a graph ready and lets go of it, but for what the store looks at again.
    ///
    /// # Errors
    ///
    /// As for [`Preparation::of`].
    pub fn taking(self, graph: DocumentGraph, info: &SourceInfo) -> Result<Prepared<'static>, StoreError> {
        let Prepared { entry, nquads, .. } = self.of(&graph, info)?;
        let quads = if self.statements { graph.quads } else { Vec::new() };
        Ok(Prepared { entry, nquads, quads: Cow::Owned(quads) })
    }
}

impl Prepared<'_> {
    /// IRI of the document.
    pub fn document(&self) -> &str {
        &self.entry.document
    }

    /// SHA-256 of the graph as sorted N-Quads, in hexadecimal.
    pub fn digest(&self) -> &str {
        &self.entry.digest
    }

    /// The graph as sorted N-Quads.
    pub fn nquads(&self) -> &str {
        &self.nquads
    }

    /// About how much memory it takes, in bytes.
    pub fn weight(&self) -> usize {
        self.nquads.len() + self.quads.len() * STATEMENT
    }
}
