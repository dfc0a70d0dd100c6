//! Statements by which other servers are filled, and the look at what arrived.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use oxigraph::model::{NamedNodeRef, Quad};

use super::project::select_among;
use super::{QueryError, Source};

const SIZES: &str = "SELECT ?g (COUNT(*) AS ?n) WHERE { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g";
/// How many graphs are asked for at once.
const TOGETHER: usize = 100;

/// The update that removes a graph, whether it is there or not.
pub fn drop_graph(graph: &str) -> String {
    format!("DROP SILENT GRAPH {}", NamedNodeRef::new_unchecked(graph))
}

/// The update that removes the statements of a graph, for servers that cannot remove graphs.
pub fn delete_graph(graph: &str) -> String {
    format!("DELETE WHERE {{ GRAPH {} {{ ?s ?p ?o }} }}", NamedNodeRef::new_unchecked(graph))
}

/// The update that empties the default graph.
pub const DROP_DEFAULT: &str = "DROP SILENT DEFAULT";

/// The update that adds statements to a graph, or to the default graph.
pub fn insert<'a>(graph: Option<&str>, quads: impl IntoIterator<Item = &'a Quad>) -> String {
    let mut text = String::from("INSERT DATA {\n");
    if let Some(graph) = graph {
        let _ = writeln!(text, "GRAPH {} {{", NamedNodeRef::new_unchecked(graph));
    }
    for quad in quads {
        let _ = writeln!(text, "{} {} {} .", quad.subject, quad.predicate, quad.object);
    }
    text += if graph.is_some() { "}\n}" } else { "}" };
    text
}

/// The number of statements of each of some graphs; those that are not there are left out.
///
/// # Errors
///
/// [`QueryError`], if the source cannot be asked.
pub fn sizes<S: Source + ?Sized>(source: &S, graphs: &[&str]) -> Result<BTreeMap<String, usize>, QueryError> {
    let mut sizes = BTreeMap::new();
    for some in graphs.chunks(TOGETHER) {
        let some: BTreeSet<&str> = some.iter().copied().collect();
        for row in select_among(source, SIZES, "g", Some(&some))? {
            let size = row.number("n").unwrap_or_default();
            if size > 0 {
                sizes.insert(row.text("g"), size);
            }
        }
    }
    Ok(sizes)
}
