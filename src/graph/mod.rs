//! Facts to RDF: what one document states, as one named graph.
//!
//! The mapping is pure and total. Every node has an IRI from [`crate::iri`], there are no blank
//! nodes, and the same facts give the same bytes. The terms are those of the ontology
//! (`ontology/zeren.ttl`), which a test holds against the graph in both directions.

mod correction;
mod dataset;
mod document;
mod ledger;
mod ontology;
mod organisation;
mod reading;
mod reform;
mod serialise;
mod task;
mod vocabulary;
mod writer;

pub use dataset::Holdings;
pub use ontology::{Ontology, Term, TermKind, short_iri};
pub(crate) use serialise::entity_tag;
pub(crate) use serialise::nquads_parts;
pub use serialise::{Format, UnknownFormat, write_quads};
pub use vocabulary::{ONTOLOGY_TURTLE, PREFIXES, SHAPES_TURTLE};

use std::fmt::Write as _;

use oxigraph::model::{GraphName, NamedNode, Quad};

use crate::diagnostic::Finding;
use crate::pipeline::Checked;
use crate::resolve::Facts;
use crate::span::Text;
use writer::Writer;

/// The graph of one document, named by the document's IRI.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DocumentGraph {
    /// IRI of the document and of the graph.
    pub document: String,
    /// The statements, sorted as N-Quads, each once.
    pub quads: Vec<Quad>,
}

impl DocumentGraph {
    /// Maps the facts of a document, without the text that they were read from: places are told by offsets alone.
    pub fn new(facts: &Facts) -> Self {
        let findings = facts.tasks.iter().flat_map(|entry| &entry.task.findings);
        let findings: Vec<Finding> = facts.findings.iter().chain(findings).cloned().collect();
        Self::mapped(facts, &Text::default(), &findings)
    }

    /// Maps a document that was checked: what it states, in its words, and what is odd about it.
    pub fn of(checked: &Checked) -> Self {
        Self::mapped(&checked.facts, &checked.text, &checked.findings)
    }

    fn mapped(facts: &Facts, text: &Text, findings: &[Finding]) -> Self {
        let mut writer = Writer::new(&facts.id, text);
        document::write(facts, &mut writer);
        organisation::write(facts, &mut writer);
        reform::write(facts, &mut writer);
        task::write(facts, &mut writer);
        correction::write(facts, &mut writer);
        reading::write(facts, &mut writer);
        reading::write_findings(facts, findings, &mut writer);
        Self { document: facts.id.clone(), quads: writer.finish() }
    }

    /// Makes a graph of statements in any order; the name of each becomes that of the document.
    pub fn from_quads(document: impl Into<String>, quads: impl IntoIterator<Item = Quad>) -> Self {
        let document = document.into();
        let name = GraphName::NamedNode(NamedNode::new_unchecked(&document));
        let mut quads: Vec<Quad> = quads.into_iter().collect();
        let mut text = String::new();
        let mut lengths = Vec::with_capacity(quads.len());
        for quad in &mut quads {
            if quad.graph_name != name {
                quad.graph_name.clone_from(&name);
            }
            let start = text.len();
            let _ = write!(text, "{quad}");
            lengths.push(text.len() - start);
        }
        let mut rest = text.as_str();
        let line = |length: &usize| {
            let (line, after) = rest.split_at_checked(*length).unwrap_or((rest, ""));
            rest = after;
            line
        };
        let lines: Vec<&str> = lengths.iter().map(line).collect();
        // so are most that are read: the project writes them in this order
        if lines.is_sorted_by(|a, b| a < b) {
            return Self { document, quads };
        }
        let mut lines: Vec<(&str, Quad)> = lines.into_iter().zip(quads).collect();
        lines.sort_unstable_by(|a, b| a.0.cmp(b.0));
        lines.dedup_by(|a, b| a.0 == b.0);
        Self { document, quads: lines.into_iter().map(|(_, quad)| quad).collect() }
    }

    /// The graph as sorted N-Quads, one statement a line.
    pub fn to_nquads(&self) -> String {
        let mut text = String::new();
        for quad in &self.quads {
            let _ = writeln!(text, "{quad} .");
        }
        text
    }
}

#[cfg(test)]
mod tests;
