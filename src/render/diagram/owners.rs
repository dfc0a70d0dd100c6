//! The owners diagram (责任关系图): who leads, carries and supports which task.
//!
//! Departments stand left, tasks right, in the order of the documents, in a cluster for each first heading and, where
//! several documents are shown, for each document. Where lines would hide each other it is a table (`matrix`).

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use graphviz_rust::dot_structures::Stmt;
use petgraph::Direction;
use petgraph::graph::NodeIndex;
use petgraph::visit::EdgeRef;

use super::columns::{self, Beside};
use super::dot::{attribute, cluster, edge, left, lines, node};
use super::frame::{Captions, Frame, Sample, caption, source};
use super::look::{self, BODY, COLLECTIVE, LACKING, TASK};
use super::page::{CLUSTER, Cut, NoPage, Paper, Unit, height, pages};
use super::{Options, Picture, matrix};
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

/// How Graphviz lays out departments, tasks and lines.
const LAYOUT: &[(&str, &str)] = &[("rankdir", "LR"), ("nodesep", "0.1"), ("ranksep", APART), ("splines", "line")];

/// A task with its node.
pub(super) type Numbered<'a> = (NodeIndex, &'a TaskNode);

/// Draws the owners diagram of a network.
///
/// # Errors
///
/// [`NoPage`] where the page asked for is not there.
pub fn owners(network: &Network, captions: &Captions, options: &Options<'_>) -> Result<Picture, NoPage> {
    drawn(network, captions, options, matrix::is_crowded)
}

/// Draws it as a table where a page of it is crowded.
pub(super) fn drawn(
    network: &Network,
    captions: &Captions,
    options: &Options<'_>,
    is_crowded: fn(&Network, &[Numbered<'_>]) -> bool,
) -> Result<Picture, NoPage> {
    let lang = options.lang;
    let mut tasks: Vec<Numbered<'_>> = network.tasks().collect();
    tasks.sort_by(|(_, a), (_, b)| (&a.document, a.seq, &a.id).cmp(&(&b.document, b.seq, &b.id)));
    let most = Paper::Portrait.height();
    let mut parts = pages(&tasks, most, |page: &mut Tall<'_>, task| page.add(network, task, lang));
    let of = |part: &Range<usize>| tasks.get(part.clone()).unwrap_or_default();
    let crowded = parts.iter().any(|part| is_crowded(network, of(part)));
    if crowded {
        parts = pages(&tasks, most, |page: &mut matrix::Tall<'_>, task| page.add(network, task, lang));
    }
    let cut = Cut::of(&parts, tasks.len(), options.sheet, Unit::Tasks)?;
    let shown = of(&cut.shown);
    let mut documents: Vec<&str> = shown.iter().map(|(_, task)| task.document.as_str()).collect();
    documents.dedup();

    let (stmts, legend) = if crowded {
        (matrix::table(network, shown, captions, options), matrix::legend(network, shown, lang))
    } else {
        (joined(network, shown, captions, options), legend(network, shown, lang))
    };
    let title = match documents.as_slice() {
        [] => String::new(),
        [one] => caption(captions, one).title,
        [first, rest @ ..] => format!("{} (+{})", shorten(&caption(captions, first).title, 60), rest.len()),
    };
    let frame = Frame {
        kind: "owners",
        title,
        details: vec![source(documents.iter().copied(), captions, lang)],
        legend,
        cut,
        paper: Paper::Portrait,
        // a table has its places
        layout: if crowded { &[("layout", "nop")] } else { LAYOUT },
    };
    Ok(frame.around(stmts, options))
}

/// Departments and tasks with a line for each part.
fn joined(network: &Network, shown: &[Numbered<'_>], captions: &Captions, options: &Options<'_>) -> Vec<Stmt> {
    let mut stmts = bodies(network, shown, options);
    stmts.extend(column(network, shown, captions, options));
    stmts.extend(parties(network, shown, options.lang));
    stmts
}

/// The heights of the two columns of a page, in points.
#[derive(Default)]
struct Tall<'a> {
    left: f64,
    right: f64,
    bodies: BTreeSet<NodeIndex>,
    documents: usize,
    last: Option<&'a TaskNode>,
}

impl<'a> Tall<'a> {
    /// Adds a task and the departments with a part in it; the height of the higher column.
    fn add(&mut self, network: &Network, (index, task): &Numbered<'a>, lang: Lang) -> f64 {
        let same = self.last.is_some_and(|last| last.document == task.document);
        self.documents += usize::from(!same);
        if !self.last.is_some_and(|last| same && last.path.first() == task.path.first()) {
            self.right += CLUSTER;
        }
        self.last = Some(task);
        self.right += height(&task_label(network, *index, task, lang));
        self.left += 8.0;
        for body in network.graph.neighbors_directed(*index, Direction::Incoming) {
            if let Node::Department(department) = &network.graph[body]
                && self.bodies.insert(body)
            {
                self.left += height(&body_label(department, ""));
            }
        }
        // one cluster more for each document where there are several
        let documents =
            if self.documents > 1 { f64::from(u32::try_from(self.documents).unwrap_or(u32::MAX)) } else { 0.0 };
        self.left.max(self.right + CLUSTER * documents)
    }
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
    legend.extend(lacking(network, tasks, lang));
    legend
}

/// The sample of tasks that nobody is named for, where there are some.
pub(super) fn lacking(network: &Network, tasks: &[Numbered<'_>], lang: Lang) -> Option<Sample> {
    let lacks = tasks.iter().any(|(task, _)| !is_owned(network, *task));
    lacks.then_some(Sample::Thing(LACKING, lang.pick("没有写明责任单位", "no responsible body")))
}

/// The samples of the roles that occur.
pub(super) fn roles(all: impl Iterator<Item = Role>, lang: Lang) -> Vec<Sample> {
    let all: BTreeSet<Role> = all.collect();
    all.into_iter().map(|role| Sample::Line(look::role(role), look::role_word(role, lang))).collect()
}

/// The left column: departments by the mean place of their tasks.
fn bodies(network: &Network, tasks: &[Numbered<'_>], options: &Options<'_>) -> Vec<Stmt> {
    let groups: Vec<&str> = tasks.iter().map(|(_, task)| task.document.as_str()).collect();
    let mut places: BTreeMap<NodeIndex, Vec<usize>> = BTreeMap::new();
    for (place, (task, _)) in tasks.iter().enumerate() {
        for body in network.graph.neighbors_directed(*task, Direction::Incoming) {
            let own = places.entry(body).or_default();
            if own.last() != Some(&place) {
                own.push(place);
            }
        }
    }
    let tied = places.into_iter().map(|(index, own)| (own, index)).collect();
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
    let label = body_label(department, &counted(network, index, options.lang));
    let own = [
        attribute("label", &label),
        attribute("width", BODY_WIDTH),
        attribute("tooltip", &format!("{}\n{}", department.label, counted(network, index, options.lang))),
    ];
    node(&name(index, "d"), own.into_iter().chain(look.attributes()).chain(options.link(&department.id)))
}

fn body_label(department: &Department, counted: &str) -> String {
    format!("{}\n{counted}", lines(&department.label, BODY_CELLS, 3))
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
                let id = name(*index, "cluster_d");
                stmts.push(cluster(&id, label.trim_end(), &about.title, look::WHOLE, sections));
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
                stmts.push(cluster(&name(index, "cluster_h"), &label, heading, look::SECTION, nodes));
            }
            None => stmts.extend(nodes),
        }
    }
    stmts
}

pub(super) fn is_owned(network: &Network, task: NodeIndex) -> bool {
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

pub(super) fn task_label(network: &Network, index: NodeIndex, task: &TaskNode, lang: Lang) -> String {
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
