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
        let (nquads, quads) = (graph.to_nquads(), Cow::Borrowed(graph.quads.as_slice()));
        Ok(self.whole(&graph.document, info.clone(), nquads, graph.quads.len(), quads))
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

    /// Whether the store looks at the statements again, beside their text.
    pub fn needs_statements(self) -> bool {
        self.statements
    }

    /// Makes a graph ready that is there as sorted N-Quads, with the number of its statements; these themselves only where
    /// the store looks at them again.
    pub(crate) fn of_sorted(
        self,
        document: &str,
        info: SourceInfo,
        nquads: String,
        statements: usize,
        quads: Vec<Quad>,
    ) -> Prepared<'static> {
        self.whole(document, info, nquads, statements, Cow::Owned(quads))
    }

    fn whole<'a>(
        self,
        document: &str,
        info: SourceInfo,
        nquads: String,
        statements: usize,
        quads: Cow<'a, [Quad]>,
    ) -> Prepared<'a> {
        let SourceInfo { source, title } = info;
        let (document, digest) = (document.to_owned(), digest(nquads.as_bytes()));
        let form = if self.backend == Backend::Files { Form::Zstd } else { Form::Database };
        Prepared { entry: Entry { document, source, title, digest, quads: statements, form }, nquads, quads }
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

    /// Number of its statements.
    pub fn statements(&self) -> usize {
        self.entry.quads
    }

    /// About how much memory it takes, in bytes.
    pub fn weight(&self) -> usize {
        self.nquads.len() + self.quads.len() * STATEMENT
    }
}
