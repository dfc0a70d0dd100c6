//! The owners diagram (责任关系图): who leads, carries and supports which task, as DOT.
//!
//! Departments stand left, tasks right, in the order of the documents, in a cluster for each first
//! heading and, where several documents are shown, for each document. Lines tell roles apart by
//! stroke first and by colour second, so that a print in grey and a colour-blind eye lose nothing;
//! the colours are dark enough on white.
//!
//! `dot` sorts clusters so that few lines cross, and heeds no order that is asked of nodes in
//! different clusters. So the lines that are seen have no say (`constraint=false`), and invisible
//! ones that do not cross when all is in order decide: one to each task from a point in the left
//! column, where a chain holds points and departments.

use std::collections::BTreeMap;

use graphviz_rust::dot_structures::{
    Attribute, Edge, EdgeTy, Graph, GraphAttributes, Id, Node as DotNode, NodeId, Stmt, Subgraph, Vertex,
};
use graphviz_rust::printer::{DotPrinter, PrinterContext};
use petgraph::Direction;
use petgraph::graph::NodeIndex;
use petgraph::visit::EdgeRef;

use super::{balance, shorten};
use crate::diagnostic::Lang;
use crate::extract::Role;
use crate::network::{Department, Network, Node, TaskNode};

/// Number of tasks up to which a diagram is legible on one page.
pub const LEGIBLE_TASKS: usize = 60;

/// Stands in a label for the end of a line that is set flush left, until it is quoted.
const LEFT: char = '\u{2}';

pub(super) const FONTS: &str =
    "Noto Sans CJK SC, Source Han Sans SC, Microsoft YaHei, PingFang SC, WenQuanYi Zen Hei, sans-serif";

/// Cells in a line of a department's label: a Chinese character takes two.
const BODY_CELLS: usize = 28;

/// Cells in a line of a task's label.
const TASK_CELLS: usize = 40;

/// Widths of the two columns of boxes in inches, enough for the cells at their size of type.
const BODY_WIDTH: &str = "2.5";
const TASK_WIDTH: &str = "3.7";
const LEGEND_WIDTH: &str = "1.2";

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
    stmts.extend(legend(&tasks, lang));
    stmts.extend(bodies(network, &tasks, lang));
    stmts.extend(column(network, &tasks, captions, lang));
    stmts.extend(parties(network, &tasks, lang));
    picture("owners", stmts)
}

/// The text of a picture.
pub(super) fn picture(id: &str, stmts: Vec<Stmt>) -> String {
    let graph = Graph::DiGraph { id: Id::Plain(id.to_owned()), strict: false, stmts };
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
        attribute("nodesep", "0.1"),
        attribute("ranksep", "4.5"),
        attribute("splines", "line"),
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

/// The left column: departments in the order that [`beside`] gives, between a point for each task.
fn bodies(network: &Network, tasks: &[(NodeIndex, &TaskNode)], lang: Lang) -> Vec<Stmt> {
    // the place of the task beside it, its name, how strongly it is drawn to that task, the node
    let mut column: Vec<(usize, String, &str, Stmt)> = Vec::new();
    for (place, (task, _)) in tasks.iter().enumerate() {
        let id = name(*task, "p");
        let point = point(&id);
        column.push((place, id, "0", point));
    }
    for (place, index, department) in beside(network, tasks) {
        column.push((place, name(index, "d"), "1", body(network, index, department, lang)));
    }
    column.sort_by_key(|(place, ..)| *place);

    let chain: Vec<Stmt> = column.iter().zip(column.iter().skip(1)).map(|(a, b)| invisible(&a.1, &b.1, "1")).collect();
    let thread = |(place, id, weight, _): &(usize, String, &str, Stmt)| {
        tasks.get(*place).map(|(task, _)| invisible(id, &name(*task, "t"), weight))
    };
    let threads: Vec<Stmt> = column.iter().filter_map(thread).collect();
    let nodes = column.into_iter().map(|(.., stmt)| stmt);
    let same = [attribute("rank", "same").into()].into_iter().chain(nodes).chain(chain);
    [subgraph("bodies", same)].into_iter().chain(threads).collect()
}

/// Departments by the mean place of their tasks, which keeps lines short and crossings few, each with
/// the place of the task to stand beside: spread evenly over the document that the mean lies in.
fn beside<'a>(network: &'a Network, tasks: &[(NodeIndex, &TaskNode)]) -> Vec<(usize, NodeIndex, &'a Department)> {
    let places: BTreeMap<NodeIndex, usize> =
        tasks.iter().enumerate().map(|(place, (task, _))| (*task, place)).collect();
    let mut ordered: Vec<(usize, NodeIndex, &Department)> = network
        .departments()
        .map(|(index, department)| {
            let own = network.graph.neighbors(index).filter_map(|task| places.get(&task));
            let (sum, count) = own.fold((0, 0), |(sum, count), place| (sum + place, count + 1));
            // in thousandths of a task, so that the order does not hang on rounding
            (sum * 1000 / count.max(1), index, department)
        })
        .collect();
    ordered.sort_by_key(|(mean, index, _)| (*mean, *index));
    let document = |mean: usize| tasks.get(mean / 1000).map(|(_, task)| task.document.as_str());
    let mut spread = Vec::with_capacity(ordered.len());
    for group in ordered.chunk_by(|a, b| document(a.0) == document(b.0)) {
        let own = |(_, task): &(NodeIndex, &TaskNode)| {
            group.first().is_some_and(|first| document(first.0) == Some(&task.document))
        };
        let start = tasks.iter().position(own).unwrap_or_default();
        let length = tasks.iter().filter(|task| own(task)).count();
        let place = |rank: usize| start + (2 * rank + 1) * length / (2 * group.len());
        spread
            .extend(group.iter().enumerate().map(|(rank, (_, index, department))| (place(rank), *index, *department)));
    }
    spread
}

/// A place in the left column that shows nothing.
fn point(id: &str) -> Stmt {
    let size = [("label", ""), ("shape", "point"), ("style", "invis"), ("width", "0.01"), ("height", "0.01")];
    node(id, size.map(|(key, value)| attribute(key, value)))
}

/// A line that only places what it joins.
fn invisible(from: &str, to: &str, weight: &str) -> Stmt {
    edge(from, to, vec![attribute("style", "invis"), attribute("weight", weight)])
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
            attribute("label", &format!("{}\n{count}", lines(&department.label, BODY_CELLS, 3))),
            attribute("shape", "box"),
            attribute("width", BODY_WIDTH),
            attribute("style", style),
            attribute("fillcolor", fill),
            attribute("tooltip", &department.label),
        ],
    )
}

/// The right column: tasks in clusters by heading, these in clusters by document where there are
/// several.
fn column(
    network: &Network,
    tasks: &[(NodeIndex, &TaskNode)],
    captions: &BTreeMap<String, Caption>,
    lang: Lang,
) -> Vec<Stmt> {
    let parts: Vec<_> = tasks.chunk_by(|(_, a), (_, b)| a.document == b.document).collect();
    let mut stmts = Vec::new();
    for part in &parts {
        let sections = sections(network, part, lang);
        match part {
            [(index, task), ..] if parts.len() > 1 => {
                let Caption { title, detail } = caption(&task.document, captions);
                let label = format!("{}\n{}", lines(&title, TASK_CELLS - 4, 2), shorten(&detail, TASK_CELLS - 4));
                let look = [("color", "#3b4a5a"), ("fillcolor", "#dbe2ea"), ("fontsize", "13")];
                stmts.push(cluster(&name(*index, "cluster_d"), label.trim_end(), &title, look, sections));
            }
            _ => stmts.extend(sections),
        }
    }
    stmts
}

/// The tasks of a document. Neighbours share a cluster: a heading that comes back heads another one.
fn sections(network: &Network, tasks: &[(NodeIndex, &TaskNode)], lang: Lang) -> Vec<Stmt> {
    let mut stmts = Vec::new();
    for section in tasks.chunk_by(|(_, a), (_, b)| a.path.first() == b.path.first()) {
        let nodes = section.iter().map(|(index, task)| task_node(network, *index, task, lang));
        match section.first().and_then(|(index, task)| Some((*index, task.path.first()?))) {
            Some((index, heading)) => {
                let label = lines(heading, TASK_CELLS - 4, 2);
                let look = [("color", "#aab6c2"), ("fillcolor", "#f4f6f8"), ("fontsize", "12")];
                stmts.push(cluster(&name(index, "cluster_h"), &label, heading, look, nodes));
            }
            None => stmts.extend(nodes),
        }
    }
    stmts
}

/// A frame with a label at its top left around what it holds.
fn cluster(
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

/// A task: its number and first words, the whole text on hovering.
fn task_node(network: &Network, index: NodeIndex, task: &TaskNode, lang: Lang) -> Stmt {
    let owned = network.graph.edges_directed(index, Direction::Incoming).next().is_some();
    let words = lines(&format!("{} {}", task.label, task.text), TASK_CELLS, 2);
    let (style, colour, note) = if owned {
        ("filled,rounded", "#777777", "")
    } else {
        ("filled,rounded,dashed", "#b2182b", lang.pick("\n（没有写明责任单位）", "\n(no responsible body)"))
    };
    node(
        &name(index, "t"),
        [
            attribute("label", &left(&format!("{words}{note}"))),
            attribute("shape", "box"),
            attribute("width", TASK_WIDTH),
            attribute("style", style),
            attribute("color", colour),
            attribute("tooltip", &format!("{} {}", task.label, task.text)),
        ],
    )
}

/// The lines from departments to tasks, the strongest role last, so that it lies on top.
fn parties(network: &Network, tasks: &[(NodeIndex, &TaskNode)], lang: Lang) -> Vec<Stmt> {
    let mut drawn: Vec<(Role, NodeIndex, NodeIndex)> = Vec::new();
    for (task, _) in tasks {
        let edges = network.graph.edges_directed(*task, Direction::Incoming);
        drawn.extend(edges.map(|edge| (edge.weight().role, edge.source(), *task)));
    }
    drawn.sort_by(|a, b| b.0.cmp(&a.0).then_with(|| (a.1, a.2).cmp(&(b.1, b.2))));
    drawn.dedup();
    let label = |index: NodeIndex| match &network.graph[index] {
        Node::Department(department) => department.label.as_str(),
        Node::Task(task) => task.label.as_str(),
    };
    let line = |(role, from, to): (Role, NodeIndex, NodeIndex)| {
        let words = format!("{} {} {}", label(from), lang.pick(role.zh(), role.as_str()), label(to));
        let place = [("tailport", "e"), ("headport", "w"), ("constraint", "false"), ("tooltip", words.as_str())];
        let style = stroke(role).into_iter().chain(place).map(|(key, value)| attribute(key, value)).collect();
        edge(&name(from, "d"), &name(to, "t"), style)
    };
    drawn.into_iter().map(line).collect()
}

/// How the line of a role is drawn.
fn stroke(role: Role) -> [(&'static str, &'static str); 3] {
    let (style, width, colour) = match role {
        Role::Lead => ("solid", "2.4", "#08306b"),
        Role::CoLead => ("solid", "1.3", "#08519c"),
        Role::Responsible => ("dashed", "1.2", "#a6480a"),
        Role::Supporting => ("dotted", "1.2", "#6b6b6b"),
    };
    [("style", style), ("penwidth", width), ("color", colour)]
}

/// The name of each role above its stroke, at the head of the left column.
fn legend(tasks: &[(NodeIndex, &TaskNode)], lang: Lang) -> Vec<Stmt> {
    let look = [
        ("label", lang.pick("图例", "legend")),
        ("labeljust", "l"),
        ("fontsize", "11"),
        ("style", "rounded"),
        ("color", "#aaaaaa"),
    ];
    let id = |role: Role| format!("legend{}", role as u8);
    let sample = |role: Role| {
        let label = lang.pick(role.zh(), role.as_str());
        let shape = [("label", label), ("shape", "underline"), ("width", LEGEND_WIDTH), ("fillcolor", "none")];
        node(&id(role), shape.into_iter().chain(stroke(role)).map(|(key, value)| attribute(key, value)))
    };
    // lines that have a say would turn the order over inside a cluster
    let chain = Role::ALL
        .iter()
        .zip(Role::ALL.iter().skip(1))
        .map(|(a, b)| edge(&id(*a), &id(*b), vec![attribute("style", "invis"), attribute("constraint", "false")]));
    let frame = look.map(|(key, value)| attribute(key, value).into()).into_iter();
    let frame = subgraph("cluster_legend", frame.chain(Role::ALL.map(sample)).chain(chain));
    let threads = tasks.first().map(|(first, _)| Role::ALL.map(|role| invisible(&id(role), &name(*first, "t"), "0")));
    [frame].into_iter().chain(threads.into_iter().flatten()).collect()
}

fn name(index: NodeIndex, prefix: &str) -> String {
    format!("{prefix}{}", index.index())
}

/// Text wrapped to lines of at most so many cells.
fn lines(text: &str, limit: usize, count: usize) -> String {
    balance(text, limit, count).join("\n")
}

/// Text whose lines Graphviz sets flush left.
fn left(text: &str) -> String {
    text.split('\n').flat_map(|line| line.chars().chain([LEFT])).collect()
}

pub(super) fn node(id: &str, attributes: impl IntoIterator<Item = Attribute>) -> Stmt {
    DotNode::new(NodeId(Id::Plain(id.to_owned()), None), attributes.into_iter().collect()).into()
}

pub(super) fn edge(from: &str, to: &str, attributes: Vec<Attribute>) -> Stmt {
    let vertex = |id: &str| Vertex::N(NodeId(Id::Plain(id.to_owned()), None));
    Edge { ty: EdgeTy::Pair(vertex(from), vertex(to)), attributes }.into()
}

fn subgraph(id: &str, stmts: impl IntoIterator<Item = Stmt>) -> Stmt {
    Subgraph { id: Id::Plain(id.to_owned()), stmts: stmts.into_iter().collect() }.into()
}

pub(super) fn attribute(key: &str, value: &str) -> Attribute {
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
mod tests;
