//! Which leads to move so that the largest load is as low as can be, with the fewest moves, and the proof of it.

mod above;
mod frontier;
mod lattice;
mod lowest;
mod model;
mod part;
mod program;
mod proof;
mod search;
#[cfg(test)]
mod tests;
mod walk;
mod work;

use std::collections::{BTreeMap, BTreeSet};

use petgraph::visit::EdgeRef;

use super::concentration::Concentration;
use super::doubt::without;
use super::workload::Weights;
use crate::extract::Role;
use crate::network::{Department, Network, Node, Succession, TaskNode};
use lowest::{Found, Peaks};
use model::Model;
use program::{Answer, Goal, Relaxed};
use work::Work;

pub use above::fixed_by;
pub use proof::Proof;

/// Who may take a lead.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Eligible {
    /// A department that is on the task already, in a weaker role.
    #[default]
    OnTask,
    /// Also one of the same function and place that is not on the task.
    Function,
}

/// Why a lead stays where it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reason {
    /// A person wants it so.
    Kept,
    /// A document above gives the task to the same function.
    Parent {
        /// The document and the task there, as a person names them.
        name: String,
        /// IRI of the task there.
        task: String,
        /// Keys of the functions that lead above; a lead of any of them stays.
        functions: BTreeSet<String>,
    },
    /// No department is there that may take it.
    NobodyElse,
}

impl Reason {
    /// IRI of the task above that settles it.
    pub fn parent(&self) -> Option<&str> {
        match self {
            Self::Parent { task, .. } => Some(task),
            Self::Kept | Self::NobodyElse => None,
        }
    }
}

/// A lead that stays.
#[derive(Clone, Debug, PartialEq)]
pub struct Fixed {
    /// IRI of the task.
    pub task: String,
    /// Its printed number.
    pub label: String,
    /// The lead.
    pub lead: Department,
    /// Why it stays.
    pub why: Reason,
}

/// What plans are permitted, and how loads are counted.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Options {
    /// What one part in a task weighs.
    pub weights: Weights,
    /// Who may take a lead.
    pub eligible: Eligible,
    /// The most moves that a plan may have.
    pub max_moves: Option<usize>,
    /// IRIs of tasks whose leads stay, with the reason.
    pub fixed: BTreeMap<String, Reason>,
}

/// The plan, what it reaches, and what no plan can.
#[derive(Clone, Debug, PartialEq)]
pub struct Balance {
    /// The weights used.
    pub weights: Weights,
    /// Who may take a lead.
    pub eligible: Eligible,
    /// The most moves that were permitted.
    pub max_moves: Option<usize>,
    /// Loads before the plan.
    pub before: Spread,
    /// Loads after it, of the same departments.
    pub after: Spread,
    /// The largest load that no permitted plan can go below.
    pub lower_bound: f64,
    /// How that is proven.
    pub proof: Proof,
    /// Whether no plan with this peak has fewer moves.
    pub fewest: bool,
    /// Whether of the plans with this peak and so many moves none moves less binding tasks.
    pub least_binding: bool,
    /// What is moved; the departments with the largest load before it first.
    pub moves: Vec<Move>,
    /// For 0, 1, 2, … moves the lowest peak, up to the fewest moves that reach the lowest of all.
    pub frontier: Vec<Point>,
    /// The departments, the largest load before the plan first.
    pub departments: Vec<Line>,
    /// Leads that stay, and why.
    pub fixed: Vec<Fixed>,
    /// Number of leads that may move.
    pub movable: usize,
    /// Number of tasks in scope.
    pub tasks: usize,
    /// The reforms that were followed, where bodies stand as of a day.
    pub succession: Option<Succession>,
}

/// How loads are spread.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Spread {
    /// The largest load.
    pub peak: f64,
    /// Gini coefficient; none where nobody carries any load.
    pub gini: Option<f64>,
}

/// The lowest peak of plans with so many moves.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Point {
    /// Number of moves.
    pub moves: usize,
    /// The lowest peak found.
    pub peak: f64,
    /// Whether none is lower.
    pub proven: bool,
}

/// What a plan would be without the claims that extraction was unsure of.
#[derive(Clone, Debug, PartialEq)]
pub struct Otherwise {
    /// Claims less sure than this are left out.
    pub below: f64,
    /// Number of those.
    pub doubtful: usize,
    /// The largest load before a plan.
    pub before: f64,
    /// The largest load after it.
    pub after: f64,
    /// Number of its moves.
    pub moves: usize,
    /// Moves of the plan that it has too, as task and former lead.
    pub same: usize,
    /// Moves of the plan that rest on a doubtful claim, by their place in it.
    pub rest_on_doubt: Vec<usize>,
}

/// Finds the plan for what is sure, and compares.
pub fn otherwise(network: &Network, options: &Options, plan: &Balance, below: f64) -> Otherwise {
    let (sure, doubtful) = without(network, below);
    let other = balance(&sure, options);
    let key = |one: &Move| (one.task.id.clone(), one.from.id.clone());
    let others: BTreeSet<(String, String)> = other.moves.iter().map(key).collect();
    let unsure: BTreeSet<(&str, &str)> = network
        .graph
        .edge_references()
        .filter(|edge| edge.weight().confidence < below)
        .filter_map(|edge| match (&network.graph[edge.source()], &network.graph[edge.target()]) {
            (Node::Department(body), Node::Task(task)) => Some((task.id.as_str(), body.id.as_str())),
            _ => None,
        })
        .collect();
    let rests = |one: &Move| [&one.from, &one.to].iter().any(|body| unsure.contains(&(&*one.task.id, &*body.id)));
    Otherwise {
        below,
        doubtful,
        before: other.before.peak,
        after: other.after.peak,
        moves: other.moves.len(),
        same: plan.moves.iter().filter(|one| others.contains(&key(one))).count(),
        rest_on_doubt: plan.moves.iter().enumerate().filter(|(_, one)| rests(one)).map(|(place, _)| place).collect(),
    }
}

/// A department before and after the plan.
#[derive(Clone, Debug, PartialEq)]
pub struct Line {
    /// IRI.
    pub organisation: String,
    /// Full name.
    pub label: String,
    /// Load before.
    pub before: f64,
    /// Load after.
    pub after: f64,
    /// Number of leads that it hands over.
    pub gives: usize,
    /// Number of leads that it takes over.
    pub takes: usize,
}

/// A lead that moves: the new lead and the former one exchange their roles.
#[derive(Clone, Debug, PartialEq)]
pub struct Move {
    /// The task.
    pub task: TaskNode,
    /// Who leads it.
    pub from: Department,
    /// Who is to lead it.
    pub to: Department,
    /// The role that moves.
    pub role: Role,
    /// The role that the former lead takes, which is that of the new one; none where it leaves the task.
    pub takes: Option<Role>,
}

/// Finds the plan that METHODS ask for.
///
/// A move lets a body that leads a task, alone or beside others, exchange its role with one that may take the lead: the new
/// lead leads, the former one does what the new one did. So the sum of all loads stays as it is, and a body takes part in one
/// exchange of a task at most. Of the plans with the lowest peak it finds one with the fewest moves, and of those one whose
/// tasks have the fewest quantities and deadlines. Collective bodies neither count nor take part.
///
/// Loads are counted in whole numbers. Plans are sought by an integer program (see `program`); where its search is broken off
/// the result says what is not proven. The same network gives the same plan.
pub fn balance(network: &Network, options: &Options) -> Balance {
    let model = Model::of(network, options);
    let mut peaks = Peaks::new(&model, Work::of(Work::WHOLE));
    let lowest = peaks.lowest(Work::WHOLE / 10 * 3, Work::WHOLE / 10 * 4);
    let limit = options.max_moves.unwrap_or(usize::MAX);
    let frontier = peaks.frontier(&lowest, limit, Work::WHOLE / 8);
    let (reached, lower_bound) = match frontier.iter().take_while(|point| point.moves <= limit).last() {
        Some(point) if limit < lowest.plan.len() => (peaks.found(point.peak), point.lower_bound),
        _ => (lowest.clone(), lowest.lower_bound),
    };
    let name = |body| department(network, &model, body).map(|body| body.id.clone()).unwrap_or_default();
    let proof = match reached.peak > lower_bound {
        true => Proof::Open,
        false if limit < lowest.plan.len() => peaks.proof_by_counting(reached.peak, limit),
        false => proof::of(&model, name, reached.peak),
    };
    let (plan, least_binding) = least_binding(&model, &reached, &mut peaks.work);
    let after = model.after(&plan);
    let spread = |loads: &[i64]| {
        let loads: Vec<f64> = loads.iter().map(|&units| model.load(units)).collect();
        Spread {
            peak: loads.iter().copied().fold(0.0, f64::max),
            gini: Concentration::of(&loads).map(|spread| spread.gini),
        }
    };
    Balance {
        weights: options.weights,
        eligible: options.eligible,
        max_moves: options.max_moves,
        before: spread(&model.loads),
        after: spread(&after),
        lower_bound: model.load(lower_bound),
        proof,
        fewest: reached.fewest,
        least_binding,
        moves: moves(network, &model, &plan),
        frontier: frontier
            .iter()
            .map(|point| Point {
                moves: point.moves,
                peak: model.load(point.peak),
                proven: point.peak == point.lower_bound,
            })
            .collect(),
        departments: lines(network, &model, &plan, &after),
        movable: model.movable,
        tasks: network.tasks().count(),
        fixed: model.fixed,
        succession: network.succession.clone(),
    }
}

/// Of the plans within the peak that have as many moves, the one whose tasks bind least, and whether that is proven.
fn least_binding(model: &Model, reached: &Found, work: &mut Work) -> (Vec<usize>, bool) {
    let plan = &reached.plan;
    if model.binding_of(plan) == 0 {
        return (plan.clone(), reached.fewest);
    }
    let goal = Goal::Binding(plan.len());
    let mut plan = plan.clone();
    let most = work.left();
    let enough = match program::relaxed(model, reached.peak, goal, work) {
        Relaxed::Bound(bound, _) => bound,
        Relaxed::None | Relaxed::Open => 0,
    };
    part::improve(model, reached.peak, goal, &mut plan, enough, work, most / 3 * 2);
    if reached.fewest && enough >= model.binding_of(&plan) {
        return (plan, true);
    }
    let most = work.left();
    match program::solve(model, reached.peak, goal, Some(&plan), work, most) {
        Answer::Best(plan) => (plan, reached.fewest),
        Answer::Open(Some(better), bound) => {
            let proven = reached.fewest && bound >= model.binding_of(&better);
            (better, proven)
        }
        Answer::Open(None, _) | Answer::None => (plan, false),
    }
}

fn department<'a>(network: &'a Network, model: &Model, body: usize) -> Option<&'a Department> {
    match network.graph.node_weight(*model.bodies.get(body)?)? {
        Node::Department(department) => Some(department),
        Node::Task(_) => None,
    }
}

fn moves(network: &Network, model: &Model, plan: &[usize]) -> Vec<Move> {
    let mut moves: Vec<(i64, Move)> = Vec::new();
    for exchange in plan.iter().filter_map(|&index| model.exchanges.get(index)) {
        let node = model.tasks.get(exchange.task).and_then(|&node| network.graph.node_weight(node));
        let bodies = (department(network, model, exchange.from), department(network, model, exchange.to));
        let (Some(Node::Task(task)), (Some(from), Some(to))) = (node, bodies) else { continue };
        let (task, from, to) = (task.clone(), from.clone(), to.clone());
        moves.push((-model.loads[exchange.from], Move { task, from, to, role: exchange.role, takes: exchange.takes }));
    }
    moves.sort_by(|(a_load, a), (b_load, b)| {
        let key = |one: &Move| (one.from.label.clone(), one.task.document.clone(), one.task.seq);
        a_load.cmp(b_load).then_with(|| key(a).cmp(&key(b))).then_with(|| a.to.id.cmp(&b.to.id))
    });
    moves.into_iter().map(|(_, one)| one).collect()
}

fn lines(network: &Network, model: &Model, plan: &[usize], after: &[i64]) -> Vec<Line> {
    let count = |side: fn(&model::Exchange) -> usize, body| {
        plan.iter().filter(|&&index| side(&model.exchanges[index]) == body).count()
    };
    let line = |body: usize| {
        let department = department(network, model, body)?;
        Some(Line {
            organisation: department.id.clone(),
            label: department.label.clone(),
            before: model.load(model.loads[body]),
            after: model.load(after[body]),
            gives: count(|exchange| exchange.from, body),
            takes: count(|exchange| exchange.to, body),
        })
    };
    let mut lines: Vec<Line> = (0..model.bodies.len()).filter_map(line).collect();
    lines.sort_by(|a, b| {
        b.before.total_cmp(&a.before).then_with(|| (&a.label, &a.organisation).cmp(&(&b.label, &b.organisation)))
    });
    lines
}
