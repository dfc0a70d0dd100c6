//! The owners diagram as a table (责任矩阵), where lines would hide each other: a row for each task, a column for each
//! department, and a mark where they meet.

use std::collections::{BTreeMap, BTreeSet};

use graphviz_rust::dot_structures::{Attribute, Stmt};
use petgraph::Direction;
use petgraph::graph::NodeIndex;
use petgraph::visit::EdgeRef;

use super::dot::{attribute, left, lines, node};
use super::frame::{Captions, Sample, caption};
use super::look::{self, BODY, COLLECTIVE, LACKING, Look};
use super::owners::{Numbered, TASK_CELLS, is_owned, lacking, name, task_label};
use super::{Options, page};
use crate::diagnostic::Lang;
use crate::extract::Role;
use crate::network::{Department, Network, Node, TaskNode};
use crate::render::wrap_within;

/// Lines of a page from which on they hide each other, if they come from more than [`FEW`] departments.
const MANY: usize = 44;
const FEW: usize = 2;

/// Departments that stand beside each other on a page.
const COLUMNS: usize = 24;

/// Widths of the column of tasks and of one of a department, in points.
const WIDE: f64 = 416.0;
const NARROW: f64 = 34.0;

/// Width of the words before a row of figures, in points.
const WORD: f64 = 84.0;

/// Cells in a line of a department's name: two Chinese characters.
const CELLS: usize = 4;

/// Lines of the longest name that is not cut.
const LONGEST: usize = 13;

/// The colour of the lines of the table.
const RULE: &str = "#c3ccd5";

/// The cell of a task.
const ROW: Look = Look { shape: "box", style: "filled", line: RULE, fill: "white" };

/// Heights of a line, of what a box adds to its lines, of a row of figures, in points.
const LINE: f64 = 13.4;
const AROUND: f64 = 9.0;
const FIGURES: f64 = 18.0;

/// Whether lines between these departments and tasks would hide each other.
pub(super) fn is_crowded(network: &Network, tasks: &[Numbered<'_>]) -> bool {
    let mut bodies = BTreeSet::new();
    let mut drawn = 0;
    for (task, _) in tasks {
        for edge in network.graph.edges_directed(*task, Direction::Incoming) {
            bodies.insert(edge.source());
            drawn += 1;
        }
    }
    drawn > MANY && bodies.len() > FEW
}

/// The height of a page, in points.
#[derive(Default)]
pub(super) struct Tall<'a> {
    rows: f64,
    head: usize,
    bodies: BTreeSet<NodeIndex>,
    last: Option<&'a TaskNode>,
}

impl<'a> Tall<'a> {
    /// Adds a task with the departments that have a part in it. A page that is too wide is too high.
    pub(super) fn add(&mut self, network: &Network, (index, task): &Numbered<'a>, lang: Lang) -> f64 {
        let same = self.last.is_some_and(|last| last.document == task.document);
        if !same {
            self.rows += height(2);
        }
        if !self.last.is_some_and(|last| same && last.path.first() == task.path.first()) {
            self.rows += height(1);
        }
        self.last = Some(task);
        self.rows += height(task_label(network, *index, task, lang).split('\n').count());
        for body in network.graph.neighbors_directed(*index, Direction::Incoming) {
            if let Node::Department(department) = &network.graph[body]
                && self.bodies.insert(body)
            {
                self.head = self.head.max(printed(department).split('\n').count());
            }
        }
        if self.bodies.len() > COLUMNS { f64::INFINITY } else { self.rows + height(self.head) + 2.0 * FIGURES }
    }
}

/// The samples of the roles that occur and of the rest.
pub(super) fn legend(network: &Network, tasks: &[Numbered<'_>], lang: Lang) -> Vec<Sample> {
    let parties = tasks.iter().flat_map(|(task, _)| network.graph.edges_directed(*task, Direction::Incoming));
    let roles: BTreeSet<Role> = parties.map(|edge| edge.weight().role).collect();
    let fields = roles.into_iter().map(|role| Sample::Field(look::field(role), look::role_word(role, lang)));
    fields.chain(lacking(network, tasks, lang)).collect()
}

/// The table of some tasks.
pub(super) fn table(
    network: &Network,
    tasks: &[Numbered<'_>],
    captions: &Captions,
    options: &Options<'_>,
) -> Vec<Stmt> {
    let bodies = columns(network, tasks);
    let across = NARROW * page::exact(bodies.len());
    let mut stmts = head(network, &bodies, options);
    let mut top = stmts.height;
    let bands = bands(network, tasks, captions, options);
    let all: f64 = bands.iter().map(|band| band.height).sum();
    for (column, (index, department)) in bodies.iter().enumerate() {
        let place = [WIDE + NARROW * page::exact(column), top, NARROW, all];
        stmts.add(
            &name(*index, "c"),
            place,
            plain(if column % 2 == 0 { "white" } else { "#f4f6f8" }, &department.label),
        );
    }
    for band in bands {
        let place = [0.0, top, if band.task.is_some() { WIDE } else { WIDE + across }, band.height];
        stmts.add(&band.id, place, band.attributes);
        top += band.height;
        let Some(task) = band.task else { continue };
        // a thin line below the marks of the row
        stmts.add(&name(task, "r"), [WIDE, top - 0.25, across, 0.5], plain(RULE, " "));
        for (column, (index, department)) in bodies.iter().enumerate() {
            let own = network.graph.edges_connecting(*index, task).map(|edge| edge.weight().role).min();
            let (Some(role), Node::Task(known)) = (own, &network.graph[task]) else { continue };
            let place =
                [WIDE + NARROW * page::exact(column) + 1.0, top - band.height + 1.0, NARROW - 2.0, band.height - 2.0];
            let words = format!("{} {} {}", department.label, look::role_word(role, options.lang), known.label);
            let id = format!("{}_{}", name(*index, "m"), task.index());
            let link = options.link(&known.id);
            stmts.add(&id, place, look::field(role).attributes().chain([attribute("tooltip", &words)]).chain(link));
        }
    }
    stmts.all
}

/// A field without words.
fn plain(colour: &str, tooltip: &str) -> [Attribute; 5] {
    [("label", ""), ("shape", "box"), ("color", RULE), ("fillcolor", colour), ("tooltip", tooltip)]
        .map(|(key, value)| attribute(key, value))
}

/// Departments from left to right: those that lead most first, bodies in general last.
fn columns<'n>(network: &'n Network, tasks: &[Numbered<'_>]) -> Vec<(NodeIndex, &'n Department)> {
    let mut parts: BTreeMap<NodeIndex, [usize; 2]> = BTreeMap::new();
    for (task, _) in tasks {
        for edge in network.graph.edges_directed(*task, Direction::Incoming) {
            let [leads, all] = parts.entry(edge.source()).or_default();
            *leads += usize::from(edge.weight().role.leads());
            *all += 1;
        }
    }
    let known = |(index, [leads, all]): (NodeIndex, [usize; 2])| match &network.graph[index] {
        Node::Department(department) => {
            Some(((department.collective, usize::MAX - leads, usize::MAX - all, index), department))
        }
        Node::Task(_) => None,
    };
    let mut columns: Vec<_> = parts.into_iter().filter_map(known).collect();
    columns.sort_by_key(|(order, _)| *order);
    columns.into_iter().map(|((.., index), department)| (index, department)).collect()
}

/// The names of departments, and how many tasks each leads and has a part in, in all.
fn head(network: &Network, bodies: &[(NodeIndex, &Department)], options: &Options<'_>) -> Placed {
    let lang = options.lang;
    let most = bodies.iter().map(|(_, department)| printed(department).split('\n').count()).max().unwrap_or(1);
    let high = height(most);
    let mut stmts = Placed { all: Vec::new(), height: high + 2.0 * FIGURES };
    let words = [lang.pick("牵头任务数", "tasks led"), lang.pick("全部任务数", "all tasks")];
    for (row, word) in words.iter().enumerate() {
        let place = [WIDE - WORD, high + FIGURES * page::exact(row), WORD, FIGURES];
        let own = [("label", *word), ("shape", "plaintext"), ("tooltip", *word)];
        stmts.add(&format!("f{row}"), place, own.map(|(key, value)| attribute(key, value)));
    }
    for (column, (index, department)) in bodies.iter().enumerate() {
        let from = WIDE + NARROW * page::exact(column);
        let look = if department.collective { COLLECTIVE } else { BODY };
        let own = [attribute("label", &printed(department)), attribute("tooltip", &department.label)];
        let own = own.into_iter().chain(look.attributes()).chain(options.link(&department.id));
        stmts.add(&name(*index, "d"), [from + 1.0, 0.0, NARROW - 2.0, high], own);
        let roles = || network.graph.edges_directed(*index, Direction::Outgoing).map(|edge| edge.weight().role);
        let figures = [roles().filter(|role| role.leads()).count(), roles().count()];
        for (row, figure) in figures.iter().enumerate() {
            let place = [from, high + FIGURES * page::exact(row), NARROW, FIGURES];
            let figure = figure.to_string();
            let own = [("label", &*figure), ("shape", "plaintext"), ("tooltip", &department.label)];
            stmts.add(&format!("f{row}_{}", index.index()), place, own.map(|(key, value)| attribute(key, value)));
        }
    }
    stmts
}

/// A row of the table.
struct Band {
    id: String,
    height: f64,
    attributes: Vec<Attribute>,
    /// The task; none for a heading.
    task: Option<NodeIndex>,
}

/// Documents, where there are several, their headings and their tasks.
fn bands(network: &Network, tasks: &[Numbered<'_>], captions: &Captions, options: &Options<'_>) -> Vec<Band> {
    let several = tasks.windows(2).any(|pair| matches!(pair, [(_, a), (_, b)] if a.document != b.document));
    let heading = |id: String, words: &str, look: [(&str, &str); 3]| {
        let label = lines(words, TASK_CELLS, 2);
        let own = [("label", left(&label)), ("tooltip", words.to_owned()), ("shape", "box".to_owned())];
        let own = own.iter().map(|(key, value)| attribute(key, value));
        let look = look.into_iter().map(|(key, value)| attribute(key, value));
        Band { id, height: height(label.split('\n').count()), attributes: own.chain(look).collect(), task: None }
    };
    let mut bands = Vec::new();
    for part in tasks.chunk_by(|(_, a), (_, b)| a.document == b.document) {
        if let (true, Some((index, task))) = (several, part.first()) {
            bands.push(heading(name(*index, "h_d"), &caption(captions, &task.document).title, look::WHOLE));
        }
        for section in part.chunk_by(|(_, a), (_, b)| a.path.first() == b.path.first()) {
            if let Some((index, Some(words))) = section.first().map(|(index, task)| (index, task.path.first())) {
                bands.push(heading(name(*index, "h_h"), words, look::SECTION));
            }
            bands.extend(section.iter().map(|(index, task)| row(network, *index, task, options)));
        }
    }
    bands
}

/// The cell of a task.
fn row(network: &Network, index: NodeIndex, task: &TaskNode, options: &Options<'_>) -> Band {
    let label = task_label(network, index, task, options.lang);
    let look = if is_owned(network, index) { ROW } else { LACKING };
    let own = [("label", left(&label)), ("tooltip", format!("{} {}", task.label, task.text))];
    let own = own.iter().map(|(key, value)| attribute(key, value));
    let attributes = own.chain(look.attributes()).chain(options.link(&task.id)).collect();
    Band { id: name(index, "t"), height: height(label.split('\n').count()), attributes, task: Some(index) }
}

/// A department's name, two characters in a line: a mark at the end of one stays within its column.
fn printed(department: &Department) -> String {
    wrap_within(&department.label, CELLS, LONGEST).join("\n")
}

fn height(lines: usize) -> f64 {
    page::exact(lines) * LINE + AROUND
}

/// Things with their places.
struct Placed {
    all: Vec<Stmt>,
    /// How far down they reach, in points.
    height: f64,
}

impl Placed {
    /// Adds a thing with the place of its left upper corner, its width and its height, in points.
    fn add(&mut self, id: &str, [x, y, width, height]: [f64; 4], attributes: impl IntoIterator<Item = Attribute>) {
        let place = [
            attribute("pos", &format!("{:.2},{:.2}", x + width / 2.0, -(y + height / 2.0))),
            attribute("width", &format!("{:.4}", width / page::INCH)),
            attribute("height", &format!("{:.4}", height / page::INCH)),
            attribute("fixedsize", "true"),
            attribute("margin", "0.06,0"),
        ];
        self.all.push(node(id, attributes.into_iter().chain(place)));
    }
}
