//! RDF from files and requests to graphs of the store.
//!
//! A graph is a document's if it says so of its own name (`<g> a z:Document`); others are foreign,
//! and whoever loads decides whether to keep them. Statements outside named graphs belong to the
//! one document that they are about, or to the graph that is asked for.
//!
//! A file is read once, whatever its length, into a [`Spool`]: parts of it are parsed side by side, and each graph gathers
//! its statements, which may stand anywhere. When all of it was read and found right, [`store`] puts one graph after another
//! into the store. The longest graph has to fit into memory some times; the file has not.

mod error;
mod own;
mod parse;
mod spool;
mod storing;
mod stray;

use std::collections::BTreeMap;

use oxigraph::io::RdfParser;
use oxigraph::model::vocab::rdf;
use oxigraph::model::{BlankNode, NamedOrBlankNode, Quad, Term};

use crate::graph::{DocumentGraph, Format};
use crate::iri;
use crate::store::SourceInfo;

pub use error::LoadError;
pub use spool::{Graph, Spool};
pub use storing::{Stored, store};

/// The title of a document.
const TITLE: &str = "http://purl.org/dc/terms/title";

/// Reads statements for one graph, whatever graphs the text itself may name.
///
/// # Errors
///
/// [`LoadError::Syntax`], if the text cannot be read.
pub fn triples(content: &[u8], format: Format, name: &str) -> Result<Vec<Quad>, LoadError> {
    let parser = RdfParser::from_format(format.to_oxigraph()).for_slice(content);
    let mut quads: Vec<Quad> = parser.collect::<Result<_, _>>().map_err(|error| LoadError::syntax(&error, 0))?;
    name_blank_nodes(name, &mut quads);
    Ok(quads)
}

/// What the store notes of a graph, by what the graph says of its own name.
pub fn describe(graph: &DocumentGraph) -> SourceInfo {
    let own = |property: &str| {
        let about = graph.quads.iter().filter(|quad| is(&quad.subject, &graph.document));
        about.filter(|quad| quad.predicate.as_str() == property).find_map(|quad| match &quad.object {
            Term::Literal(literal) => Some(literal.value().to_owned()),
            _ => None,
        })
    };
    SourceInfo { source: own(&iri::term("source")).unwrap_or_default(), title: own(TITLE) }
}

fn is(subject: &NamedOrBlankNode, name: &str) -> bool {
    matches!(subject, NamedOrBlankNode::NamedNode(node) if node.as_str() == name)
}

fn is_document(quad: &Quad) -> bool {
    quad.predicate.as_ref() == rdf::TYPE
        && matches!(&quad.object, Term::NamedNode(class) if class.as_str() == iri::term("Document"))
}

/// Names blank nodes by the graph and the order of their first mention, so that the same text
/// gives the same graph, and two graphs have none in common.
fn name_blank_nodes(graph: &str, quads: &mut [Quad]) {
    let mut names: BTreeMap<String, BlankNode> = BTreeMap::new();
    let mut prefix = None;
    let mut name = |node: &mut BlankNode| {
        let prefix =
            prefix.get_or_insert_with(|| crate::store::digest(graph.as_bytes()).chars().take(12).collect::<String>());
        let number = names.len() + 1;
        let fresh = || BlankNode::new_unchecked(format!("g{prefix}b{number}"));
        *node = names.entry(node.as_str().to_owned()).or_insert_with(fresh).clone();
    };
    for quad in quads {
        if let NamedOrBlankNode::BlankNode(node) = &mut quad.subject {
            name(node);
        }
        if let Term::BlankNode(node) = &mut quad.object {
            name(node);
        }
    }
}

#[cfg(test)]
mod tests;
