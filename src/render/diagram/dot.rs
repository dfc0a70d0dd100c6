//! Statements of DOT, escaped: the printer of `graphviz-rust` writes values as they are.

use graphviz_rust::dot_structures::{Attribute, Edge, EdgeTy, Graph, Id, Node, NodeId, Stmt, Subgraph, Vertex};
use graphviz_rust::printer::{DotPrinter, PrinterContext};

use crate::render::{balance, escape};

/// Stands in a label for the end of a line that is set flush left, until it is quoted.
const LEFT: char = '\u{2}';

/// The text of a picture.
pub(super) fn picture(id: &str, stmts: Vec<Stmt>) -> String {
    let graph = Graph::DiGraph { id: Id::Plain(id.to_owned()), strict: false, stmts };
    let mut text = graph.print(&mut PrinterContext::default());
    text.push('\n');
    text
}

pub(super) fn node(id: &str, attributes: impl IntoIterator<Item = Attribute>) -> Stmt {
    Node::new(NodeId(Id::Plain(id.to_owned()), None), attributes.into_iter().collect()).into()
}

pub(super) fn edge(from: &str, to: &str, attributes: impl IntoIterator<Item = Attribute>) -> Stmt {
    let vertex = |id: &str| Vertex::N(NodeId(Id::Plain(id.to_owned()), None));
    Edge { ty: EdgeTy::Pair(vertex(from), vertex(to)), attributes: attributes.into_iter().collect() }.into()
}

/// A line that only places what it joins.
pub(super) fn invisible(from: &str, to: &str, weight: &str) -> Stmt {
    edge(from, to, [attribute("style", "invis"), attribute("weight", weight)])
}

/// Lines that keep things of one rank in their order.
pub(super) fn chain<'a>(ids: impl Iterator<Item = &'a str>) -> Vec<Stmt> {
    let ids: Vec<&str> = ids.collect();
    ids.windows(2)
        .filter_map(|pair| match pair {
            [a, b] => Some(invisible(a, b, "1")),
            _ => None,
        })
        .collect()
}

pub(super) fn subgraph(id: &str, stmts: impl IntoIterator<Item = Stmt>) -> Stmt {
    Subgraph { id: Id::Plain(id.to_owned()), stmts: stmts.into_iter().collect() }.into()
}

/// A frame with a label at its top left around what it holds.
pub(super) fn cluster(
    id: &str,
    label: &str,
    tooltip: &str,
    look: [(&str, &str); 3],
    inner: impl IntoIterator<Item = Stmt>,
) -> Stmt {
    let fixed = [("label", &*left(label)), ("labeljust", "l"), ("style", "filled"), ("tooltip", tooltip)];
    let attributes = fixed.into_iter().chain(look).map(|(key, value)| attribute(key, value).into());
    subgraph(id, attributes.chain(inner))
}

pub(super) fn attribute(key: &str, value: &str) -> Attribute {
    Attribute(Id::Plain(key.to_owned()), Id::Escaped(quoted(value)))
}

/// A label in the markup of Graphviz; the words in it are escaped as in HTML.
pub(super) fn markup(key: &str, value: &str) -> Attribute {
    Attribute(Id::Plain(key.to_owned()), Id::Html(format!("<{value}>")))
}

/// A label of a line that hides what it lies on.
pub(super) fn tag(text: &str) -> Attribute {
    let rows: Vec<String> = text.split('\n').map(|line| format!("<tr><td>{}</td></tr>", escape(line))).collect();
    let rows = rows.concat();
    markup(
        "label",
        &format!(
            "<table border=\"0\" cellborder=\"0\" cellspacing=\"0\" cellpadding=\"0\" bgcolor=\"#ffffff\">{rows}</table>"
        ),
    )
}

/// Text wrapped to lines of at most so many cells.
pub(super) fn lines(text: &str, limit: usize, count: usize) -> String {
    balance(text, limit, count).join("\n")
}

/// Text whose lines Graphviz sets flush left.
pub(super) fn left(text: &str) -> String {
    text.split('\n').flat_map(|line| line.chars().chain([LEFT])).collect()
}

/// A DOT string.
fn quoted(value: &str) -> String {
    let mut out = String::with_capacity(value.len() + 2);
    out.push('"');
    for char in value.chars() {
        match char {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            // Graphviz would take `&lt;` for a character entity
            '&' => out.push_str("&amp;"),
            LEFT => out.push_str("\\l"),
            _ if char.is_control() => out.push(' '),
            _ => out.push(char),
        }
    }
    out.push('"');
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotes_backslashes_and_line_feeds_are_escaped() {
        assert_eq!(quoted("a\"b\\c\nd\u{1}e&lt;"), r#""a\"b\\c\nd e&amp;lt;""#);
        assert_eq!(quoted(&left("一\n二")), r#""一\l二\l""#);
    }
}
