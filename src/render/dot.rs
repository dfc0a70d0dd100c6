//! The owners diagram (责任关系图): who leads, carries and supports which task, as DOT.
//!
//! Departments stand left, tasks right, in the order of the documents, grouped by document and first
//! heading. Lines tell roles apart by stroke first and by colour second, so that a print in grey and
//! a colour-blind eye lose nothing; the colours are dark enough on white.

use std::collections::BTreeMap;

use graphviz_rust::dot_structures::{
    Attribute, Edge, EdgeTy, Graph, GraphAttributes, Id, Node as DotNode, NodeId, Stmt, Subgraph, Vertex,
};
use graphviz_rust::printer::{DotPrinter, PrinterContext};
use petgraph::Direction;
use petgraph::graph::NodeIndex;
use petgraph::visit::EdgeRef;

use super::{shorten, wrap};
use crate::diagnostic::Lang;
use crate::extract::Role;
use crate::network::{Department, Network, TaskNode};

/// Number of tasks up to which a diagram is legible on one page.
pub const LEGIBLE_TASKS: usize = 60;

const FONTS: &str = "Noto Sans CJK SC, Source Han Sans SC, Microsoft YaHei, PingFang SC, WenQuanYi Zen Hei, sans-serif";

/// Cells in a line of a label: a Chinese character takes two.
const LABEL_CELLS: usize = 28;

/// What a document is called in a diagram.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Caption {
    /// Title, or number where it has none.
    pub title: String,
    /// Number and date of issue, as far as known.
    pub detail: String,
}

/// Draws the owners diagram of a network.
///
/// `captions` names documents by IRI; one that is missing is called by the end of its IRI. The same
/// network gives the same bytes.
pub fn owners(network: &Network, captions: &BTreeMap<String, Caption>, lang: Lang) -> String {
    let mut tasks: Vec<(NodeIndex, &TaskNode)> = network.tasks().collect();
    tasks.sort_by(|(_, a), (_, b)| (&a.document, a.seq, &a.id).cmp(&(&b.document, b.seq, &b.id)));
    let mut documents: Vec<&str> = tasks.iter().map(|(_, task)| task.document.as_str()).collect();
    documents.dedup();

    let mut stmts = frame(&documents, captions);
    let bodies = network.departments().map(|(index, department)| body(network, index, department, lang));
    stmts.push(subgraph("bodies", [attribute("rank", "same").into()].into_iter().chain(bodies)));
    for (place, document) in documents.iter().enumerate() {
        let own: Vec<_> = tasks.iter().copied().filter(|(_, task)| task.document == *document).collect();
        let mut groups = headings(network, &own, place, lang);
        if documents.len() > 1 {
            let caption = caption(document, captions);
            let style = [
                attribute("label", &lines(&caption.title, 56, 2)),
                attribute("fontsize", "13"),
                attribute("style", "rounded"),
                attribute("color", "#555555"),
                attribute("margin", "14"),
            ];
            groups =
                vec![subgraph(&format!("cluster_document_{place}"), style.map(Stmt::from).into_iter().chain(groups))];
        }
        stmts.extend(groups);
    }
    stmts.extend(order(&tasks));
    stmts.extend(parties(network, &tasks));
    stmts.extend(legend(lang));
    let graph = Graph::DiGraph { id: Id::Plain("owners".to_owned()), strict: false, stmts };
    let mut text = graph.print(&mut PrinterContext::default());
    text.push('\n');
    text
}

/// Title and defaults of the whole.
fn frame(documents: &[&str], captions: &BTreeMap<String, Caption>) -> Vec<Stmt> {
    let title = match documents {
        [] => String::new(),
        [one] => {
            let Caption { title, detail } = caption(one, captions);
            [lines(&title, 72, 2), detail].join("\n")
        }
        [first, rest @ ..] => format!("{} (+{})", shorten(&caption(first, captions).title, 60), rest.len()),
    };
    let graph = [
        attribute("rankdir", "LR"),
        attribute("charset", "UTF-8"),
        attribute("fontname", FONTS),
        attribute("fontsize", "18"),
        attribute("label", title.trim_end()),
        attribute("labelloc", "t"),
        attribute("bgcolor", "white"),
        attribute("nodesep", "0.12"),
        attribute("ranksep", "3.2"),
        attribute("outputorder", "edgesfirst"),
        attribute("pad", "0.3"),
    ];
    let node = [
        attribute("fontname", FONTS),
        attribute("fontsize", "11"),
        attribute("margin", "0.12,0.05"),
        attribute("height", "0.3"),
        attribute("color", "#333333"),
        attribute("style", "filled"),
        attribute("fillcolor", "white"),
    ];
    let edge = [attribute("fontname", FONTS), attribute("fontsize", "10"), attribute("arrowsize", "0.6")];
    vec![
        GraphAttributes::Graph(graph.to_vec()).into(),
        GraphAttributes::Node(node.to_vec()).into(),
        GraphAttributes::Edge(edge.to_vec()).into(),
    ]
}

fn caption(document: &str, captions: &BTreeMap<String, Caption>) -> Caption {
    captions.get(document).cloned().unwrap_or_else(|| {
        let title = document.rsplit('/').next().unwrap_or(document).to_owned();
        Caption { title, detail: String::new() }
    })
}

/// A department, with the number of tasks that it leads and has a part in.
fn body(network: &Network, index: NodeIndex, department: &Department, lang: Lang) -> Stmt {
    let roles = || network.graph.edges_directed(index, Direction::Outgoing).map(|edge| edge.weight().role);
    let (led, all) = (roles().filter(|role| role.leads()).count(), roles().count());
    let count = match lang {
        Lang::Zh => format!("牵头 {led}，共 {all}"),
        Lang::En => format!("leads {led} of {all}"),
    };
    let (style, fill) =
        if department.collective { ("filled,dashed,rounded", "#f2f2f2") } else { ("filled,bold", "#e8eef6") };
    node(
        &name(index, "d"),
        [
            attribute("label", &format!("{}\n{count}", lines(&department.label, LABEL_CELLS, 3))),
            attribute("shape", "box"),
            attribute("style", style),
            attribute("fillcolor", fill),
            attribute("tooltip", &department.label),
        ],
    )
}

/// The tasks of one document in a cluster for each first heading.
fn headings(network: &Network, tasks: &[(NodeIndex, &TaskNode)], document: usize, lang: Lang) -> Vec<Stmt> {
    let mut groups: Vec<(Option<&String>, Vec<Stmt>)> = Vec::new();
    for &(index, task) in tasks {
        let heading = task.path.first();
        let stmt = task_node(network, index, task, lang);
        match groups.last_mut() {
            Some((last, stmts)) if *last == heading => stmts.push(stmt),
            _ => groups.push((heading, vec![stmt])),
        }
    }
    let cluster = |(place, (heading, stmts)): (usize, (Option<&String>, Vec<Stmt>))| {
        let Some(heading) = heading else { return stmts };
        let style = [
            attribute("label", &lines(heading, 44, 2)),
            attribute("labeljust", "l"),
            attribute("fontsize", "12"),
            attribute("style", "rounded"),
            attribute("color", "#aaaaaa"),
            attribute("margin", "10"),
        ];
        let id = format!("cluster_heading_{document}_{place}");
        vec![subgraph(&id, style.map(Stmt::from).into_iter().chain(stmts))]
    };
    groups.into_iter().enumerate().flat_map(cluster).collect()
}

/// A task: its number and first words, the whole text on hovering.
fn task_node(network: &Network, index: NodeIndex, task: &TaskNode, lang: Lang) -> Stmt {
    let owned = network.graph.edges_directed(index, Direction::Incoming).next().is_some();
    let words = lines(&format!("{} {}", task.label, task.text), LABEL_CELLS + 4, 2);
    let (style, colour, note) = if owned {
        ("filled,rounded", "#777777", "")
    } else {
        ("filled,rounded,dashed", "#b2182b", lang.pick("\n（没有写明责任单位）", "\n(no responsible body)"))
    };
    node(
        &name(index, "t"),
        [
            attribute("label", &format!("{}{note}", left(&words))),
            attribute("shape", "box"),
            attribute("style", style),
            attribute("color", colour),
            attribute("tooltip", &format!("{} {}", task.label, task.text)),
        ],
    )
}

/// Invisible lines that keep the tasks in the order of the document.
fn order(tasks: &[(NodeIndex, &TaskNode)]) -> Vec<Stmt> {
    let pairs = tasks.iter().zip(tasks.iter().skip(1));
    pairs
        .map(|((a, _), (b, _))| {
            edge(&name(*a, "t"), &name(*b, "t"), vec![attribute("style", "invis"), attribute("constraint", "false")])
        })
        .collect()
}

/// The lines from departments to tasks, the strongest role last, so that it lies on top.
fn parties(network: &Network, tasks: &[(NodeIndex, &TaskNode)]) -> Vec<Stmt> {
    let mut drawn: Vec<(Role, NodeIndex, NodeIndex)> = Vec::new();
    for (task, _) in tasks {
        let edges = network.graph.edges_directed(*task, Direction::Incoming);
        drawn.extend(edges.map(|edge| (edge.weight().role, edge.source(), *task)));
    }
    drawn.sort_by(|a, b| b.0.cmp(&a.0).then_with(|| (a.1, a.2).cmp(&(b.1, b.2))));
    drawn.dedup();
    let mut stmts: Vec<Stmt> =
        drawn.into_iter().map(|(role, from, to)| edge(&name(from, "d"), &name(to, "t"), stroke(role))).collect();
    // a task that nobody owns would otherwise stand among the departments
    if let Some((first, _)) = network.departments().next() {
        let orphan = |index: NodeIndex| network.graph.edges_directed(index, Direction::Incoming).next().is_none();
        let invisible = tasks.iter().filter(|(index, _)| orphan(*index));
        stmts.extend(invisible.map(|(index, _)| {
            edge(&name(first, "d"), &name(*index, "t"), vec![attribute("style", "invis"), attribute("weight", "0")])
        }));
    }
    stmts
}

/// How the line of a role is drawn.
fn stroke(role: Role) -> Vec<Attribute> {
    let (style, width, colour, weight) = match role {
        Role::Lead => ("solid", "2.4", "#08306b", "4"),
        Role::CoLead => ("solid", "1.3", "#08519c", "3"),
        Role::Responsible => ("dashed", "1.2", "#a6480a", "2"),
        Role::Supporting => ("dotted", "1.2", "#6b6b6b", "1"),
    };
    vec![
        attribute("style", style),
        attribute("penwidth", width),
        attribute("color", colour),
        attribute("weight", weight),
    ]
}

/// One sample line for each role.
fn legend(lang: Lang) -> Vec<Stmt> {
    let mut stmts: Vec<Stmt> = [
        attribute("label", lang.pick("图例", "legend")),
        attribute("labeljust", "l"),
        attribute("fontsize", "11"),
        attribute("style", "rounded"),
        attribute("color", "#aaaaaa"),
    ]
    .map(Stmt::from)
    .to_vec();
    for role in Role::ALL {
        let (from, to) = (format!("legend_{}_from", role as u8), format!("legend_{}_to", role as u8));
        let label = lang.pick(role.zh(), role.as_str());
        stmts.push(node(&from, [attribute("label", label), attribute("shape", "plaintext")]));
        stmts.push(node(&to, [attribute("label", ""), attribute("shape", "point"), attribute("color", "#777777")]));
        stmts.push(edge(&from, &to, stroke(role)));
    }
    vec![subgraph("cluster_legend", stmts)]
}

fn name(index: NodeIndex, prefix: &str) -> String {
    format!("{prefix}{}", index.index())
}

/// Text wrapped to lines of so many cells.
fn lines(text: &str, limit: usize, count: usize) -> String {
    wrap(text, limit, count).join("\n")
}

/// Text whose lines Graphviz sets flush left: `\l` ends a line so.
fn left(text: &str) -> String {
    text.to_owned()
}

fn node(id: &str, attributes: impl IntoIterator<Item = Attribute>) -> Stmt {
    DotNode::new(NodeId(Id::Plain(id.to_owned()), None), attributes.into_iter().collect()).into()
}

fn edge(from: &str, to: &str, attributes: Vec<Attribute>) -> Stmt {
    let vertex = |id: &str| Vertex::N(NodeId(Id::Plain(id.to_owned()), None));
    Edge { ty: EdgeTy::Pair(vertex(from), vertex(to)), attributes }.into()
}

fn subgraph(id: &str, stmts: impl IntoIterator<Item = Stmt>) -> Stmt {
    Subgraph { id: Id::Plain(id.to_owned()), stmts: stmts.into_iter().collect() }.into()
}

fn attribute(key: &str, value: &str) -> Attribute {
    Attribute(Id::Plain(key.to_owned()), Id::Escaped(quoted(value)))
}

/// A DOT string: the printer of `graphviz-rust` writes values as they are.
fn quoted(value: &str) -> String {
    let mut out = String::with_capacity(value.len() + 2);
    out.push('"');
    for char in value.chars() {
        match char {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            _ if char.is_control() => out.push(' '),
            _ => out.push(char),
        }
    }
    out.push('"');
    out
}

#[cfg(test)]
mod tests;
