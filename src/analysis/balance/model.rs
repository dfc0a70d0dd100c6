//! A network as whole numbers: who carries how much, and which leads may pass to whom.

use std::collections::{BTreeMap, BTreeSet};

use petgraph::Direction;
use petgraph::graph::NodeIndex;
use petgraph::visit::EdgeRef;

use super::lattice::divisor;
use super::{Eligible, Fixed, Options, Reason};
use crate::analysis::Weights;
use crate::extract::Role;
use crate::network::{Department, Network, TaskNode};

/// Weights count to this part of one.
const PARTS: f64 = 1e6;

/// Two bodies exchange their roles in a task: the first leads it, the second will.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Exchange {
    /// Index of the task.
    pub(super) task: usize,
    /// Index of the body that leads.
    pub(super) from: usize,
    /// Index of the body that is to lead.
    pub(super) to: usize,
    /// What passes from the one to the other, in units; negative where leading weighs less. Never 0.
    pub(super) gain: i64,
    /// The role that moves.
    pub(super) role: Role,
    /// The role that the former lead takes; none where it leaves the task.
    pub(super) takes: Option<Role>,
}

impl Exchange {
    /// What the exchange adds to the load of a body, in units.
    pub(super) fn change(&self, body: usize) -> i64 {
        if body == self.to {
            self.gain
        } else if body == self.from {
            -self.gain
        } else {
            0
        }
    }

    /// The body whose load falls.
    pub(super) fn relieved(&self) -> usize {
        if self.gain > 0 { self.from } else { self.to }
    }

    /// The body whose load rises.
    pub(super) fn burdened(&self) -> usize {
        if self.gain > 0 { self.to } else { self.from }
    }
}

/// Loads and permitted exchanges, in whole units of load.
///
/// A plan is a set of exchanges in which a body takes part at most once in a task.
#[derive(Clone, Debug, Default)]
pub(super) struct Model {
    /// The ranked bodies, by their nodes.
    pub(super) bodies: Vec<NodeIndex>,
    /// Their loads before any move, in units.
    pub(super) loads: Vec<i64>,
    /// The tasks with a lead that may move, by their nodes.
    pub(super) tasks: Vec<NodeIndex>,
    /// How binding each task is: its quantities and deadlines.
    pub(super) binding: Vec<i64>,
    /// The permitted exchanges, by task.
    pub(super) exchanges: Vec<Exchange>,
    /// For every body the indices of the exchanges that it takes part in.
    pub(super) of_body: Vec<Vec<usize>>,
    /// For every task the indices of its exchanges.
    pub(super) of_task: Vec<Vec<usize>>,
    /// Leads that stay, and why.
    pub(super) fixed: Vec<Fixed>,
    /// Number of leads that may move.
    pub(super) movable: usize,
    /// One unit in millionths of load.
    pub(super) unit: i64,
}

/// A weight in millionths.
#[expect(clippy::cast_possible_truncation, reason = "weights are checked to be finite, and saturate beyond 2⁶³")]
fn parts(weight: f64) -> i64 {
    (weight * PARTS).round() as i64
}

impl Model {
    /// The loads of a network and the exchanges that the options permit.
    pub(super) fn of(network: &Network, options: &Options) -> Self {
        let mut model = Self::default();
        let mut roles: Vec<BTreeMap<usize, Role>> = Vec::new();
        let mut places: BTreeMap<NodeIndex, usize> = BTreeMap::new();
        let tasks: Vec<(NodeIndex, &TaskNode)> = network.tasks().collect();
        for (place, (node, _)) in tasks.iter().enumerate() {
            places.insert(*node, place);
            roles.push(BTreeMap::new());
        }
        let mut departments: Vec<&Department> = Vec::new();
        for (node, department) in network.departments().filter(|(_, department)| !department.collective) {
            let body = model.bodies.len();
            let mut any = false;
            for edge in network.graph.edges_directed(node, Direction::Outgoing) {
                let Some(held) = places.get(&edge.target()).and_then(|&place| roles.get_mut(place)) else { continue };
                let role = held.entry(body).or_insert(edge.weight().role);
                *role = (*role).min(edge.weight().role);
                any = true;
            }
            if any {
                model.bodies.push(node);
                departments.push(department);
            }
        }
        model.unit = unit(options.weights);
        let unit = model.unit;
        let weight = |role: Role| parts(options.weights.of(role)) / unit;
        model.loads = vec![0; model.bodies.len()];
        for held in &roles {
            for (&body, &role) in held {
                model.loads[body] += weight(role);
            }
        }
        let alike = same_function(&departments, options.eligible);
        for ((node, task), held) in tasks.iter().zip(&roles) {
            model.add_task(*node, task, held, &departments, &alike, options, &weight);
        }
        model.file();
        model
    }

    /// Adds the leads of a task: those that may move with their exchanges, the others with the reason.
    #[expect(clippy::too_many_arguments, reason = "one step of a loop, with what the loop knows")]
    fn add_task(
        &mut self,
        node: NodeIndex,
        task: &TaskNode,
        held: &BTreeMap<usize, Role>,
        departments: &[&Department],
        alike: &[Vec<usize>],
        options: &Options,
        weight: &dyn Fn(Role) -> i64,
    ) {
        let place = self.tasks.len();
        let mut any = false;
        let leads = || held.iter().filter(|(_, role)| role.leads()).map(|(&body, _)| body);
        let is_of = |functions: &BTreeSet<String>, body: usize| {
            departments[body].function.as_ref().is_some_and(|function| functions.contains(function))
        };
        // where no lead has the very function, one that corresponds to it leads: then all stay
        let stays = |why: &Reason, lead: usize| match why {
            Reason::Parent { functions, .. } => is_of(functions, lead) || !leads().any(|body| is_of(functions, body)),
            Reason::Kept | Reason::NobodyElse => true,
        };
        for (&from, &role) in held.iter().filter(|(_, role)| role.leads()) {
            let mut fix = |why: Reason| {
                let lead = departments[from];
                self.fixed.push(Fixed { task: task.id.clone(), label: task.label.clone(), lead: lead.clone(), why });
            };
            if let Some(why) = options.fixed.get(&task.id).filter(|why| stays(why, from)) {
                fix(why.clone());
                continue;
            }
            let on_task = held.iter().filter(|(_, other)| **other > role).map(|(&to, &takes)| (to, Some(takes)));
            let others = alike[from].iter().filter(|to| !held.contains_key(to)).map(|&to| (to, None));
            let targets: Vec<(usize, Option<Role>)> = on_task.chain(others).collect();
            if targets.is_empty() {
                fix(Reason::NobodyElse);
                continue;
            }
            self.movable += 1;
            for (to, takes) in targets {
                let gain = weight(role) - takes.map_or(0, weight);
                // an exchange that moves no load is never of use
                if gain != 0 {
                    self.exchanges.push(Exchange { task: place, from, to, gain, role, takes });
                    any = true;
                }
            }
        }
        if any {
            self.tasks.push(node);
            self.binding.push(i64::try_from(task.indicators + task.deadlines).unwrap_or(i64::MAX));
        }
    }

    /// Files the exchanges under their bodies and tasks.
    fn file(&mut self) {
        self.of_body = vec![Vec::new(); self.bodies.len()];
        self.of_task = vec![Vec::new(); self.tasks.len()];
        for (index, exchange) in self.exchanges.iter().enumerate() {
            self.of_body[exchange.from].push(index);
            self.of_body[exchange.to].push(index);
            self.of_task[exchange.task].push(index);
        }
    }

    /// What is left to choose where all exchanges but the free ones stay as in a plan; with their indices here.
    pub(super) fn part(&self, plan: &[usize], is_free: &dyn Fn(usize) -> bool) -> (Self, Vec<usize>) {
        let stays: Vec<usize> = plan.iter().copied().filter(|&index| !is_free(index)).collect();
        let mut taken = BTreeSet::new();
        for exchange in stays.iter().map(|&index| &self.exchanges[index]) {
            taken.insert((exchange.task, exchange.from));
            taken.insert((exchange.task, exchange.to));
        }
        let open = |&index: &usize| {
            let one = &self.exchanges[index];
            is_free(index) && !taken.contains(&(one.task, one.from)) && !taken.contains(&(one.task, one.to))
        };
        let open: Vec<usize> = (0..self.exchanges.len()).filter(open).collect();
        let mut part = Self {
            bodies: self.bodies.clone(),
            loads: self.after(&stays),
            tasks: self.tasks.clone(),
            binding: self.binding.clone(),
            exchanges: open.iter().map(|&index| self.exchanges[index]).collect(),
            unit: self.unit,
            ..Self::default()
        };
        part.file();
        (part, open)
    }

    /// A load in units as a number.
    #[expect(clippy::cast_precision_loss, reason = "loads stay far below 2⁵³ millionths")]
    pub(super) fn load(&self, units: i64) -> f64 {
        (units * self.unit) as f64 / PARTS
    }

    /// The largest load before any move, in units.
    pub(super) fn peak(&self) -> i64 {
        self.loads.iter().copied().max().unwrap_or_default()
    }

    /// The loads after the chosen exchanges, in units.
    pub(super) fn after(&self, plan: &[usize]) -> Vec<i64> {
        let mut loads = self.loads.clone();
        for exchange in plan.iter().filter_map(|&index| self.exchanges.get(index)) {
            loads[exchange.from] -= exchange.gain;
            loads[exchange.to] += exchange.gain;
        }
        loads
    }

    /// Whether the chosen exchanges are a plan, and no load after them is above the peak.
    pub(super) fn holds(&self, plan: &[usize], peak: i64) -> bool {
        let mut parts = BTreeSet::new();
        let mut free = |index: &usize| {
            let one = self.exchanges[*index];
            parts.insert((one.task, one.from)) & parts.insert((one.task, one.to))
        };
        plan.iter().all(&mut free) && self.after(plan).iter().all(|&load| load <= peak)
    }

    /// How binding the tasks of a plan are.
    pub(super) fn binding_of(&self, plan: &[usize]) -> i64 {
        plan.iter().map(|&index| self.binding[self.exchanges[index].task]).sum()
    }

    /// The lowest load that a body can come to, all others aside.
    pub(super) fn lowest(&self, body: usize) -> i64 {
        self.loads[body] - self.reliefs(body).iter().sum::<i64>()
    }

    /// The most that each task can relieve a body by, the largest first.
    pub(super) fn reliefs(&self, body: usize) -> Vec<i64> {
        let mut best: BTreeMap<usize, i64> = BTreeMap::new();
        for exchange in self.of_body[body].iter().map(|&index| &self.exchanges[index]) {
            let relief = -exchange.change(body);
            if relief > 0 {
                let most = best.entry(exchange.task).or_default();
                *most = relief.max(*most);
            }
        }
        let mut reliefs: Vec<i64> = best.into_values().collect();
        reliefs.sort_unstable_by(|a, b| b.cmp(a));
        reliefs
    }
}

/// The largest unit that all weights are multiples of, in millionths.
fn unit(weights: Weights) -> i64 {
    Role::ALL.into_iter().fold(0, |unit, role| divisor(unit, parts(weights.of(role)))).max(1)
}

/// For every body the others of its function and place, where those may take a lead.
fn same_function(departments: &[&Department], eligible: Eligible) -> Vec<Vec<usize>> {
    let mut groups: BTreeMap<(&str, &str), Vec<usize>> = BTreeMap::new();
    let key = |department: &'_ &Department| {
        let place = department.place.as_ref().map_or("", |place| place.id.as_str());
        Some((department.function.as_deref()?.to_owned(), place.to_owned()))
    };
    let keys: Vec<Option<(String, String)>> = departments.iter().map(key).collect();
    for (body, key) in keys.iter().enumerate() {
        if let Some((function, place)) = key {
            groups.entry((function, place)).or_default().push(body);
        }
    }
    let others = |(body, key): (usize, &Option<(String, String)>)| match key {
        Some((function, place)) if eligible == Eligible::Function => {
            let group = groups.get(&(function.as_str(), place.as_str())).into_iter().flatten();
            group.copied().filter(|&other| other != body).collect()
        }
        _ => Vec::new(),
    };
    keys.iter().enumerate().map(others).collect()
}
