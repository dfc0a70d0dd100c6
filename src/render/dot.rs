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

use super::{balance, shorten};
use crate::diagnostic::Lang;
use crate::extract::Role;
use crate::network::{Department, Network, Node, TaskNode};

/// Number of tasks up to which a diagram is legible on one page.
pub const LEGIBLE_TASKS: usize = 60;

/// Stands in a label for the end of a line that is set flush left, until it is quoted.
const LEFT: char = '\u{2}';

const FONTS: &str = "Noto Sans CJK SC, Source Han Sans SC, Microsoft YaHei, PingFang SC, WenQuanYi Zen Hei, sans-serif";

/// Cells in a line of a department's label: a Chinese character takes two.
const BODY_CELLS: usize = 28;

/// Cells in a line of a task's label.
const TASK_CELLS: usize = 40;

/// Widths of the two columns of boxes in inches, enough for the cells at their size of type.
const BODY_WIDTH: &str = "2.5";
const TASK_WIDTH: &str = "3.7";

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
    stmts.push(bodies(network, &tasks, lang));
    stmts.extend(column(network, &tasks, &documents, captions, lang));
    stmts.extend(parties(network, &tasks, lang));
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

/// The left column: departments by the mean place of their tasks, which keeps lines short and
/// crossings few, spread over the height of the right column by invisible spacers.
fn bodies(network: &Network, tasks: &[(NodeIndex, &TaskNode)], lang: Lang) -> Stmt {
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
    ordered.sort_by_key(|(place, index, _)| (*place, *index));
    let spare = (tasks.len() * 45).saturating_sub(ordered.len() * 55) / (ordered.len() + 1);
    let mut stmts: Vec<Stmt> = vec![attribute("rank", "same").into()];
    let mut last: Option<String> = None;
    for (_, index, department) in ordered {
        let id = name(index, "d");
        stmts.push(body(network, index, department, lang));
        if let Some(last) = last {
            let gap = format!("gap{}", index.index());
            let height = format!("{}.{:02}", spare / 100, spare % 100);
            let size = [("label", ""), ("style", "invis"), ("width", "0.1"), ("height", height.as_str())];
            stmts.push(node(&gap, size.map(|(key, value)| attribute(key, value))));
            stmts.push(edge(&last, &gap, vec![attribute("style", "invis")]));
            stmts.push(edge(&gap, &id, vec![attribute("style", "invis")]));
        }
        last = Some(id);
    }
    subgraph("bodies", stmts)
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

/// The right column, from top to bottom: documents where there are several, headings, tasks.
///
/// A chain of invisible lines keeps the order. Clusters would not: `dot` sorts them anew.
fn column(
    network: &Network,
    tasks: &[(NodeIndex, &TaskNode)],
    documents: &[&str],
    captions: &BTreeMap<String, Caption>,
    lang: Lang,
) -> Vec<Stmt> {
    let mut nodes: Vec<(String, Stmt)> = Vec::new();
    let mut above: Option<(&str, Option<&String>)> = None;
    for &(index, task) in tasks {
        let place = (task.document.as_str(), task.path.first());
        if documents.len() > 1 && above.is_none_or(|(document, _)| document != place.0) {
            let id = format!("document{}", nodes.len());
            let Caption { title, detail } = caption(place.0, captions);
            let label = format!("{}\n{}", lines(&title, TASK_CELLS - 4, 2), shorten(&detail, TASK_CELLS - 4));
            nodes.push((id.clone(), bar(&id, &label, "#3b4a5a", "white")));
        }
        if let Some(heading) = place.1.filter(|_| above != Some(place)) {
            let id = format!("heading{}", nodes.len());
            nodes.push((id.clone(), bar(&id, &lines(heading, TASK_CELLS - 4, 2), "#d9dfe6", "black")));
        }
        above = Some(place);
        nodes.push((name(index, "t"), task_node(network, index, task, lang)));
    }
    let ids: Vec<String> = nodes.iter().map(|(id, _)| id.clone()).collect();
    let chain = ids.iter().zip(ids.iter().skip(1)).map(|(a, b)| edge(a, b, vec![attribute("style", "invis")]));
    let stmts = nodes.into_iter().map(|(_, stmt)| stmt).chain(chain);
    vec![subgraph("tasks", [attribute("rank", "same").into()].into_iter().chain(stmts))]
}

/// A line of the right column that heads what follows.
fn bar(id: &str, label: &str, fill: &str, colour: &str) -> Stmt {
    let label = left(label.trim_end());
    node(
        id,
        [
            ("label", label.as_str()),
            ("shape", "box"),
            ("style", "filled"),
            ("color", fill),
            ("fillcolor", fill),
            ("fontcolor", colour),
            ("fontsize", "12"),
            ("width", TASK_WIDTH),
        ]
        .map(|(key, value)| attribute(key, value)),
    )
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
        let style = stroke(role).into_iter().chain([attribute("tooltip", &words)]).collect();
        edge(&name(from, "d"), &name(to, "t"), style)
    };
    let mut stmts: Vec<Stmt> = drawn.into_iter().map(line).collect();
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
        attribute("tailport", "e"),
        attribute("headport", "w"),
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
        stmts.push(node(
            &to,
            [
                attribute("label", ""),
                attribute("shape", "point"),
                attribute("width", "0.04"),
                attribute("height", "0.04"),
            ],
        ));
        stmts.push(edge(&from, &to, stroke(role)));
    }
    vec![subgraph("cluster_legend", stmts)]
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
