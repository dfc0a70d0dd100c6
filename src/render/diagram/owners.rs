//! The owners diagram (责任关系图): who leads, carries and supports which task.
//!
//! Departments stand left, tasks right, in the order of the documents, in a cluster for each first heading and, where
//! several documents are shown, for each document.

use std::collections::BTreeSet;

use graphviz_rust::dot_structures::Stmt;
use petgraph::Direction;
use petgraph::graph::NodeIndex;
use petgraph::visit::EdgeRef;

use super::columns::{self, Beside};
use super::dot::{attribute, cluster, edge, left, lines, node};
use super::frame::{Captions, Frame, Sample, caption, source};
use super::look::{self, BODY, COLLECTIVE, LACKING, TASK};
use super::page::{Cut, NoPage, Paper, Unit, height, pages};
use super::{Options, Picture};
use crate::diagnostic::Lang;
use crate::extract::Role;
use crate::network::{Department, Network, Node, TaskNode};
use crate::render::shorten;

/// Cells in a line of a department's label: a Chinese character takes two.
pub(super) const BODY_CELLS: usize = 28;

/// Cells in a line of a task's label.
pub(super) const TASK_CELLS: usize = 64;

/// Widths of the two columns of boxes in inches, enough for the cells at their size of type.
pub(super) const BODY_WIDTH: &str = "2.5";
pub(super) const TASK_WIDTH: &str = "5.7";

/// Distance of the columns in inches.
const APART: &str = "5";

/// Height that the label and the margin of a cluster add, in points.
const CLUSTER: f64 = 42.0;

/// A task with its node.
pub(super) type Numbered<'a> = (NodeIndex, &'a TaskNode);

/// Draws the owners diagram of a network.
///
/// # Errors
///
/// [`NoPage`] where the page asked for is not there.
pub fn owners(network: &Network, captions: &Captions, options: &Options<'_>) -> Result<Picture, NoPage> {
    let lang = options.lang;
    let mut tasks: Vec<Numbered<'_>> = network.tasks().collect();
    tasks.sort_by(|(_, a), (_, b)| (&a.document, a.seq, &a.id).cmp(&(&b.document, b.seq, &b.id)));
    let parts = pages(&tasks, Paper::Portrait.height(), |part| tall(network, part, lang));
    let cut = Cut::of(&parts, tasks.len(), options.sheet, Unit::Tasks)?;
    let shown = tasks.get(cut.shown.clone()).unwrap_or_default();
    let mut documents: Vec<&str> = shown.iter().map(|(_, task)| task.document.as_str()).collect();
    documents.dedup();

    let mut stmts = bodies(network, shown, options);
    stmts.extend(column(network, shown, captions, options));
    stmts.extend(parties(network, shown, lang));
    let title = match documents.as_slice() {
        [] => String::new(),
        [one] => caption(captions, one).title,
        [first, rest @ ..] => format!("{} (+{})", shorten(&caption(captions, first).title, 60), rest.len()),
    };
    let frame = Frame {
        kind: "owners",
        title,
        details: vec![source(documents.iter().copied(), captions, lang)],
        legend: legend(network, shown, lang),
        cut,
        paper: Paper::Portrait,
        layout: &[("rankdir", "LR"), ("nodesep", "0.1"), ("ranksep", APART), ("splines", "line")],
    };
    Ok(frame.around(stmts, options))
}

/// The height that some tasks, or the departments with a part in them, take, in points.
fn tall(network: &Network, tasks: &[Numbered<'_>], lang: Lang) -> f64 {
    let right: f64 = tasks.iter().map(|(index, task)| height(&task_label(network, *index, task, lang))).sum();
    let heads = tasks.chunk_by(|(_, a), (_, b)| a.document == b.document && a.path.first() == b.path.first()).count();
    let documents = tasks.chunk_by(|(_, a), (_, b)| a.document == b.document).count();
    let bodies: BTreeSet<NodeIndex> =
        tasks.iter().flat_map(|(task, _)| network.graph.neighbors_directed(*task, Direction::Incoming)).collect();
    let label = |index: &NodeIndex| match &network.graph[*index] {
        Node::Department(department) => height(&body_label(network, *index, department, lang)),
        Node::Task(_) => 0.0,
    };
    let left: f64 = bodies.iter().map(label).sum::<f64>() + 8.0 * count(tasks.len());
    let clusters = heads + if documents > 1 { documents } else { 0 };
    left.max(right + CLUSTER * count(clusters))
}

fn count(number: usize) -> f64 {
    f64::from(u32::try_from(number).unwrap_or(u32::MAX))
}

/// The roles and looks that a picture shows.
fn legend(network: &Network, tasks: &[Numbered<'_>], lang: Lang) -> Vec<Sample> {
    let parties = || tasks.iter().flat_map(|(task, _)| network.graph.edges_directed(*task, Direction::Incoming));
    let collective = |department: &Department| department.collective;
    let any = |is: &dyn Fn(&Department) -> bool| {
        parties().any(|edge| matches!(&network.graph[edge.source()], Node::Department(department) if is(department)))
    };
    let mut legend: Vec<Sample> = roles(parties().map(|edge| edge.weight().role), lang);
    legend.push(Sample::Thing(BODY, lang.pick("部门", "department")));
    if any(&collective) {
        legend.push(Sample::Thing(COLLECTIVE, lang.pick("统称或泛指", "several or any bodies")));
    }
    legend.push(Sample::Thing(TASK, lang.pick("任务", "task")));
    if tasks.iter().any(|(task, _)| !is_owned(network, *task)) {
        legend.push(Sample::Thing(LACKING, lang.pick("没有写明责任单位", "no responsible body")));
    }
    legend
}

/// The samples of the roles that occur.
pub(super) fn roles(all: impl Iterator<Item = Role>, lang: Lang) -> Vec<Sample> {
    let all: BTreeSet<Role> = all.collect();
    all.into_iter().map(|role| Sample::Line(look::role(role), look::role_word(role, lang))).collect()
}

/// The left column: departments by the mean place of their tasks.
fn bodies(network: &Network, tasks: &[Numbered<'_>], options: &Options<'_>) -> Vec<Stmt> {
    let groups: Vec<&str> = tasks.iter().map(|(_, task)| task.document.as_str()).collect();
    let mut tied: Vec<(Vec<usize>, NodeIndex)> = Vec::new();
    for (index, _) in network.departments() {
        let own = |(place, (task, _)): (usize, &Numbered<'_>)| {
            network.graph.find_edge(index, *task).is_some().then_some(place)
        };
        let own: Vec<usize> = tasks.iter().enumerate().filter_map(own).collect();
        if !own.is_empty() {
            tied.push((own, index));
        }
    }
    let things = columns::spread(tied, &groups).into_iter().filter_map(|(place, index)| {
        let Node::Department(department) = &network.graph[index] else { return None };
        Some(Beside { place, id: name(index, "d"), stmt: body(network, index, department, options) })
    });
    let ids: Vec<String> = tasks.iter().map(|(task, _)| name(*task, "t")).collect();
    columns::left(&ids, things.collect())
}

/// A department, with the number of tasks that it leads and has a part in.
pub(super) fn body(network: &Network, index: NodeIndex, department: &Department, options: &Options<'_>) -> Stmt {
    let look = if department.collective { COLLECTIVE } else { BODY };
    let label = body_label(network, index, department, options.lang);
    let own = [
        attribute("label", &label),
        attribute("width", BODY_WIDTH),
        attribute("tooltip", &format!("{}\n{}", department.label, counted(network, index, options.lang))),
    ];
    node(&name(index, "d"), own.into_iter().chain(look.attributes()).chain(options.link(&department.id)))
}

fn body_label(network: &Network, index: NodeIndex, department: &Department, lang: Lang) -> String {
    format!("{}\n{}", lines(&department.label, BODY_CELLS, 3), counted(network, index, lang))
}

fn counted(network: &Network, index: NodeIndex, lang: Lang) -> String {
    let roles = || network.graph.edges_directed(index, Direction::Outgoing).map(|edge| edge.weight().role);
    let (led, all) = (roles().filter(|role| role.leads()).count(), roles().count());
    match lang {
        Lang::Zh => format!("牵头 {led}，共 {all}"),
        Lang::En => format!("leads {led} of {all}"),
    }
}

/// The right column: tasks in clusters by heading, these in clusters by document where there are several.
fn column(network: &Network, tasks: &[Numbered<'_>], captions: &Captions, options: &Options<'_>) -> Vec<Stmt> {
    let parts: Vec<_> = tasks.chunk_by(|(_, a), (_, b)| a.document == b.document).collect();
    let mut stmts = Vec::new();
    for part in &parts {
        let sections = sections(network, part, options);
        match part {
            [(index, task), ..] if parts.len() > 1 => {
                let about = caption(captions, &task.document);
                let detail = shorten(&about.detail, TASK_CELLS - 4);
                let label = format!("{}\n{detail}", lines(&about.title, TASK_CELLS - 4, 2));
                let look = [("color", "#3b4a5a"), ("fillcolor", "#dbe2ea"), ("fontsize", "13")];
                stmts.push(cluster(&name(*index, "cluster_d"), label.trim_end(), &about.title, look, sections));
            }
            _ => stmts.extend(sections),
        }
    }
    stmts
}

/// The tasks of a document. Neighbours share a cluster: a heading that comes back heads another one.
fn sections(network: &Network, tasks: &[Numbered<'_>], options: &Options<'_>) -> Vec<Stmt> {
    let mut stmts = Vec::new();
    for section in tasks.chunk_by(|(_, a), (_, b)| a.path.first() == b.path.first()) {
        let nodes = section.iter().map(|(index, task)| task_node(network, *index, task, options));
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

fn is_owned(network: &Network, task: NodeIndex) -> bool {
    network.graph.edges_directed(task, Direction::Incoming).next().is_some()
}

/// A task: its number and first words, the whole text on hovering.
fn task_node(network: &Network, index: NodeIndex, task: &TaskNode, options: &Options<'_>) -> Stmt {
    let look = if is_owned(network, index) { TASK } else { LACKING };
    let own = [
        attribute("label", &left(&task_label(network, index, task, options.lang))),
        attribute("width", TASK_WIDTH),
        attribute("tooltip", &format!("{} {}", task.label, task.text)),
    ];
    node(&name(index, "t"), own.into_iter().chain(look.attributes()).chain(options.link(&task.id)))
}

fn task_label(network: &Network, index: NodeIndex, task: &TaskNode, lang: Lang) -> String {
    let words = lines(format!("{} {}", task.label, task.text).trim(), TASK_CELLS, 2);
    if is_owned(network, index) {
        return words;
    }
    format!("{words}\n{}", lang.pick("（没有写明责任单位）", "(no responsible body)"))
}

/// The lines from departments to tasks, the strongest role last, so that it lies on top.
fn parties(network: &Network, tasks: &[Numbered<'_>], lang: Lang) -> Vec<Stmt> {
    let mut drawn: Vec<(Role, NodeIndex, NodeIndex)> = Vec::new();
    for (task, _) in tasks {
        let edges = network.graph.edges_directed(*task, Direction::Incoming);
        drawn.extend(edges.map(|edge| (edge.weight().role, edge.source(), *task)));
    }
    drawn.sort_by(|a, b| b.0.cmp(&a.0).then_with(|| (a.1, a.2).cmp(&(b.1, b.2))));
    drawn.dedup();
    let ends = |(role, from, to)| part(network, role, (from, to), ["e", "w"], lang);
    drawn.into_iter().map(ends).collect()
}

/// The line of a part in a task, between the sides of the two boxes.
pub(super) fn part(
    network: &Network,
    role: Role,
    (body, task): (NodeIndex, NodeIndex),
    [tail, head]: [&str; 2],
    lang: Lang,
) -> Stmt {
    let label = |index: NodeIndex| match &network.graph[index] {
        Node::Department(department) => department.label.as_str(),
        Node::Task(task) => task.label.as_str(),
    };
    let words = format!("{} {} {}", label(body), look::role_word(role, lang), label(task));
    let place = [("tailport", tail), ("headport", head), ("constraint", "false"), ("tooltip", words.as_str())];
    let place = place.map(|(key, value)| attribute(key, value));
    edge(&name(body, "d"), &name(task, "t"), look::role(role).attributes().chain(place))
}

pub(super) fn name(index: NodeIndex, prefix: &str) -> String {
    format!("{prefix}{}", index.index())
}
