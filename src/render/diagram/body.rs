//! One body: what it leads, shares and supports, with whom, by when.
//!
//! The body stands left, its tasks in the middle, a cluster for each role, the bodies that share them right.

use std::collections::{BTreeMap, BTreeSet};

use graphviz_rust::dot_structures::Stmt;
use petgraph::Direction;
use petgraph::graph::NodeIndex;
use petgraph::visit::EdgeRef;

use super::columns::{self, Beside};
use super::dot::{attribute, cluster, edge, left, lines, node};
use super::frame::{Captions, Frame, Sample, caption, source};
use super::look::{self, BODY, COLLECTIVE, SUBJECT, TASK};
use super::owners::{self, BODY_CELLS, BODY_WIDTH, TASK_CELLS, TASK_WIDTH, name};
use super::page::{CLUSTER, Cut, NoPage, Paper, Unit, height, pages};
use super::{Options, Picture};
use crate::diagnostic::Lang;
use crate::extract::Role;
use crate::network::{Department, Network, Node, TaskNode};
use crate::notice::{Mandate, Notice};
use crate::render::inherit::words;
use crate::render::shorten;

/// Distance of the columns in inches.
const APART: &str = "2.6";

/// Dates that a task's label holds.
const DATES: usize = 3;

/// A task of the body.
struct Own<'a> {
    index: NodeIndex,
    task: &'a TaskNode,
    role: Role,
    label: String,
}

/// Draws a body of a network and its tasks, with the figures and dates that the notices have of them.
///
/// # Errors
///
/// [`NoPage`] where the page asked for is not there.
pub fn body(
    network: &Network,
    body: &Department,
    notices: &[Notice],
    captions: &Captions,
    options: &Options<'_>,
) -> Result<Picture, NoPage> {
    let lang = options.lang;
    let known: BTreeMap<&str, &Mandate> =
        notices.iter().flat_map(|notice| &notice.tasks).map(|task| (task.id.as_str(), task)).collect();
    let seat = network.departments().find(|(_, department)| department.id == body.id).map(|(index, _)| index);
    let mut tasks = seat.map(|seat| own(network, seat, &known, captions, lang)).unwrap_or_default();
    tasks.sort_by(|a, b| {
        (a.role, &a.task.document, a.task.seq, a.index).cmp(&(b.role, &b.task.document, b.task.seq, b.index))
    });
    let parts = pages(&tasks, Paper::Portrait.height(), |page: &mut Tall, own| page.add(network, seat, own));
    let cut = Cut::of(&parts, tasks.len(), options.sheet, Unit::Tasks)?;
    let shown = tasks.get(cut.shown.clone()).unwrap_or_default();
    let count = |role: Role| tasks.iter().filter(|own| own.role == role).count();
    let counts: Vec<String> = Role::ALL
        .into_iter()
        .filter(|role| count(*role) > 0)
        .map(|role| format!("{} {}", look::role_word(role, lang), count(role)))
        .collect();
    let ids: Vec<String> = shown.iter().map(|own| name(own.index, "t")).collect();
    let subject = node(
        "subject",
        [
            attribute("label", &format!("{}\n{}", lines(&body.label, 20, 4), counts.join("\n"))),
            attribute("fontsize", "13"),
            attribute("tooltip", &body.label),
        ]
        .into_iter()
        .chain(SUBJECT.attributes())
        .chain(options.link(&body.id)),
    );
    let middle = Beside { place: shown.len() / 2, id: "subject".to_owned(), stmt: subject };
    let mut stmts = columns::left(&ids, vec![middle]);
    stmts.extend(clusters(shown, options));
    stmts.extend(columns::right(&ids, partners(network, seat, shown, options)));
    stmts.extend(shown.iter().map(|own| spoke(own, body, lang)));
    stmts.extend(shares(network, seat, shown, lang));

    let mut documents: Vec<&str> = tasks.iter().map(|own| own.task.document.as_str()).collect();
    documents.sort_unstable();
    documents.dedup();
    let frame = Frame {
        kind: "body",
        title: body.label.clone(),
        details: vec![
            match lang {
                Lang::Zh => format!("任务 {} 项：{}", tasks.len(), counts.join("，")),
                Lang::En => format!("tasks {}: {}", tasks.len(), counts.join(", ")),
            },
            source(documents, captions, lang),
        ],
        legend: legend(network, shown, lang),
        cut,
        paper: Paper::Portrait,
        layout: &[("rankdir", "LR"), ("nodesep", "0.1"), ("ranksep", APART), ("splines", "line")],
    };
    Ok(frame.around(stmts, options))
}

/// The tasks of the body with their labels.
fn own<'a>(
    network: &'a Network,
    seat: NodeIndex,
    known: &BTreeMap<&str, &Mandate>,
    captions: &Captions,
    lang: Lang,
) -> Vec<Own<'a>> {
    let mut found: BTreeMap<NodeIndex, Role> = BTreeMap::new();
    for edge in network.graph.edges(seat) {
        let role = found.entry(edge.target()).or_insert(edge.weight().role);
        *role = (*role).min(edge.weight().role);
    }
    let documents: BTreeSet<&str> = found
        .keys()
        .filter_map(|index| match &network.graph[*index] {
            Node::Task(task) => Some(task.document.as_str()),
            Node::Department(_) => None,
        })
        .collect();
    let task = |(index, role): (NodeIndex, Role)| {
        let Node::Task(task) = &network.graph[index] else { return None };
        let mut label = lines(format!("{} {}", task.label, task.text).trim(), TASK_CELLS, 2);
        let mandate = known.get(task.id.as_str());
        for words in mandate.map(|mandate| terms(mandate, lang)).into_iter().flatten() {
            label = format!("{label}\n{}", shorten(&words, TASK_CELLS));
        }
        if documents.len() > 1 {
            let about = caption(captions, &task.document);
            let from = if about.detail.is_empty() { about.title } else { about.detail };
            label = format!("{label}\n{}", shorten(&format!("《{from}》"), TASK_CELLS));
        }
        Some(Own { index, task, role, label })
    };
    found.into_iter().filter_map(task).collect()
}

/// The dates of a task, and how many figures it has.
fn terms(task: &Mandate, lang: Lang) -> Option<String> {
    let mut dates: Vec<String> = Vec::new();
    for limit in &task.deadlines {
        let date = words::limit(limit);
        let date = if date.is_empty() { limit.words.clone() } else { date };
        if !date.is_empty() && !dates.contains(&date) {
            dates.push(date);
        }
    }
    let more = dates.len() > DATES;
    dates.truncate(DATES);
    let mut parts = Vec::new();
    if !dates.is_empty() {
        let dates = format!("{}{}", dates.join(lang.pick("、", ", ")), if more { "…" } else { "" });
        parts.push(format!("{}{dates}", lang.pick("时限 ", "due ")));
    }
    match (task.indicators.len(), lang) {
        (0, _) => {}
        (count, Lang::Zh) => parts.push(format!("指标 {count} 项")),
        (1, Lang::En) => parts.push("1 figure".to_owned()),
        (count, Lang::En) => parts.push(format!("{count} figures")),
    }
    (!parts.is_empty()).then(|| parts.join(lang.pick("，", ", ")))
}

/// The bodies that share some tasks with it, with the places of those.
fn sharing(network: &Network, seat: Option<NodeIndex>, tasks: &[Own<'_>]) -> BTreeMap<NodeIndex, Vec<usize>> {
    let mut found: BTreeMap<NodeIndex, Vec<usize>> = BTreeMap::new();
    for (place, own) in tasks.iter().enumerate() {
        for other in network.graph.neighbors_directed(own.index, Direction::Incoming) {
            if Some(other) != seat {
                found.entry(other).or_default().push(place);
            }
        }
    }
    found
}

/// The heights of the middle and the right column of a page, in points.
#[derive(Default)]
struct Tall {
    middle: f64,
    right: f64,
    bodies: BTreeSet<NodeIndex>,
    last: Option<Role>,
}

impl Tall {
    /// Adds a task and the bodies that share it; the height of the higher column.
    fn add(&mut self, network: &Network, seat: Option<NodeIndex>, own: &Own<'_>) -> f64 {
        if self.last.replace(own.role) != Some(own.role) {
            self.middle += CLUSTER;
        }
        self.middle += height(&own.label);
        for other in network.graph.neighbors_directed(own.index, Direction::Incoming) {
            if Some(other) != seat && self.bodies.insert(other) {
                self.right += height(&partner_label(network, other));
            }
        }
        self.middle.max(self.right)
    }
}

/// The middle column: tasks in a cluster for each role.
fn clusters(tasks: &[Own<'_>], options: &Options<'_>) -> Vec<Stmt> {
    let clusters = tasks.chunk_by(|a, b| a.role == b.role).enumerate().map(|(number, group)| {
        let word = group.first().map_or("", |own| look::role_word(own.role, options.lang));
        let nodes = group.iter().map(|own| {
            let attributes = [
                attribute("label", &left(&own.label)),
                attribute("width", TASK_WIDTH),
                attribute("tooltip", &format!("{} {}", own.task.label, own.task.text)),
            ];
            node(
                &name(own.index, "t"),
                attributes.into_iter().chain(TASK.attributes()).chain(options.link(&own.task.id)),
            )
        });
        cluster(&format!("cluster_r{number}"), word, word, look::SECTION, nodes)
    });
    clusters.collect()
}

/// The right column: the bodies that share the tasks.
fn partners(network: &Network, seat: Option<NodeIndex>, tasks: &[Own<'_>], options: &Options<'_>) -> Vec<Beside> {
    let tied = sharing(network, seat, tasks).into_iter().map(|(index, places)| (places, index)).collect();
    let groups = vec![""; tasks.len()];
    let thing = |(place, index): (usize, NodeIndex)| {
        let Node::Department(department) = &network.graph[index] else { return None };
        let look = if department.collective { COLLECTIVE } else { BODY };
        let id = name(index, "d");
        let own = [
            attribute("label", &partner_label(network, index)),
            attribute("width", BODY_WIDTH),
            attribute("tooltip", &department.label),
        ];
        let stmt = node(&id, own.into_iter().chain(look.attributes()).chain(options.link(&department.id)));
        Some(Beside { place, id, stmt })
    };
    columns::spread(tied, &groups).into_iter().filter_map(thing).collect()
}

fn partner_label(network: &Network, index: NodeIndex) -> String {
    match &network.graph[index] {
        Node::Department(department) => lines(&department.label, BODY_CELLS, 3),
        Node::Task(_) => String::new(),
    }
}

/// The line from the body to a task.
fn spoke(own: &Own<'_>, body: &Department, lang: Lang) -> Stmt {
    let words = format!("{} {} {}", body.label, look::role_word(own.role, lang), own.task.label);
    let place = [("tailport", "e"), ("headport", "w"), ("constraint", "false"), ("tooltip", words.as_str())];
    let place = place.map(|(key, value)| attribute(key, value));
    edge("subject", &name(own.index, "t"), look::role(own.role).attributes().chain(place))
}

/// The lines from the other bodies to the tasks, drawn from right to left.
fn shares(network: &Network, seat: Option<NodeIndex>, tasks: &[Own<'_>], lang: Lang) -> Vec<Stmt> {
    let mut drawn: Vec<(Role, NodeIndex, NodeIndex)> = Vec::new();
    for own in tasks {
        let edges = network.graph.edges_directed(own.index, Direction::Incoming);
        let others = edges.filter(|edge| Some(edge.source()) != seat);
        drawn.extend(others.map(|edge| (edge.weight().role, edge.source(), own.index)));
    }
    drawn.sort_by(|a, b| b.0.cmp(&a.0).then_with(|| (a.1, a.2).cmp(&(b.1, b.2))));
    drawn.dedup();
    let ends = |(role, from, to)| owners::part(network, role, (from, to), ["w", "e"], lang);
    drawn.into_iter().map(ends).collect()
}

fn legend(network: &Network, tasks: &[Own<'_>], lang: Lang) -> Vec<Sample> {
    let parties = tasks.iter().flat_map(|own| network.graph.edges_directed(own.index, Direction::Incoming));
    let mut legend = owners::roles(parties.map(|edge| edge.weight().role), lang);
    legend.push(Sample::Thing(SUBJECT, lang.pick("本部门", "this department")));
    legend.push(Sample::Thing(BODY, lang.pick("共事部门", "shares tasks")));
    legend.push(Sample::Thing(TASK, lang.pick("任务", "task")));
    legend
}
