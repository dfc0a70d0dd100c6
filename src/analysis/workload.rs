//! Who carries how much: counts by role, weighted load, concentration.

use std::collections::BTreeMap;
use std::str::FromStr;

use petgraph::Direction;
use petgraph::graph::NodeIndex;
use petgraph::visit::EdgeRef;

use super::concentration::{Concentration, exact};
use crate::diagnostic::Lang;
use crate::extract::Role;
use crate::network::{Department, Network, Node, Succession};

/// What one part in a task weighs, by role.
///
/// ```
/// use zeren::analysis::Weights;
///
/// let weights: Weights = "lead=2,supporting=0".parse()?;
/// assert_eq!(weights, Weights { lead: 2.0, supporting: 0.0, ..Weights::default() });
/// # Ok::<(), zeren::analysis::WeightsError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Weights {
    /// Weight of leading alone.
    pub lead: f64,
    /// Weight of leading beside others.
    pub co_lead: f64,
    /// Weight of being responsible.
    pub responsible: f64,
    /// Weight of supporting.
    pub supporting: f64,
}

impl Default for Weights {
    fn default() -> Self {
        Self { lead: 1.0, co_lead: 1.0, responsible: 0.5, supporting: 0.25 }
    }
}

impl Weights {
    /// The weight of a role.
    pub fn of(self, role: Role) -> f64 {
        match role {
            Role::Lead => self.lead,
            Role::CoLead => self.co_lead,
            Role::Responsible => self.responsible,
            Role::Supporting => self.supporting,
        }
    }

    fn set(&mut self, role: Role, weight: f64) {
        match role {
            Role::Lead => self.lead = weight,
            Role::CoLead => self.co_lead = weight,
            Role::Responsible => self.responsible = weight,
            Role::Supporting => self.supporting = weight,
        }
    }
}

/// Why a list of weights cannot be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum WeightsError {
    /// An entry is not of the form `role=number`.
    #[error("`{0}` is not of the form `role=number`")]
    Form(String),
    /// No role of this name.
    #[error("`{0}` is not a role: lead, co-lead, responsible or supporting")]
    Role(String),
    /// The weight is negative, infinite or not a number.
    #[error("`{0}` is not a weight: a number of at least 0")]
    Weight(String),
}

impl WeightsError {
    /// The message in one language.
    pub fn message(&self, lang: Lang) -> String {
        match (lang, self) {
            (Lang::En, _) => self.to_string(),
            (Lang::Zh, Self::Form(text)) => format!("`{text}` 不是“角色=数值”的形式"),
            (Lang::Zh, Self::Role(text)) => {
                format!(
                    "`{text}` 不是角色：应为 lead（牵头）、co-lead（共同牵头）、responsible（负责）或 supporting（配合）"
                )
            }
            (Lang::Zh, Self::Weight(text)) => format!("`{text}` 不是权重：应为不小于 0 的数"),
        }
    }
}

/// Reads `role=number` pairs separated by commas; roles not named keep their default.
impl FromStr for Weights {
    type Err = WeightsError;

    fn from_str(text: &str) -> Result<Self, WeightsError> {
        let mut weights = Self::default();
        for entry in text.split([',', '，']).map(str::trim).filter(|entry| !entry.is_empty()) {
            let (role, number) = entry.split_once('=').ok_or_else(|| WeightsError::Form(entry.to_owned()))?;
            let role = Role::parse(role.trim()).ok_or_else(|| WeightsError::Role(role.trim().to_owned()))?;
            let weight = number.trim().parse::<f64>().ok().filter(|weight| weight.is_finite() && *weight >= 0.0);
            weights.set(role, weight.ok_or_else(|| WeightsError::Weight(number.trim().to_owned()))?);
        }
        Ok(weights)
    }
}

/// How the load is counted.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Options {
    /// What one part in a task weighs.
    pub weights: Weights,
    /// Whether bodies that stand for several or for none in particular take part in the ranking.
    pub collective: bool,
}

/// The load of every department in scope.
#[derive(Clone, Debug, PartialEq)]
pub struct Workload {
    /// The weights used.
    pub weights: Weights,
    /// The departments, the largest load first, those of equal load by label.
    pub departments: Vec<Line>,
    /// Collective and generic bodies, in the same order; empty where they are part of the ranking.
    pub apart: Vec<Line>,
    /// How unevenly the load is spread over `departments`; none where nobody carries any.
    pub concentration: Option<Concentration>,
    /// Number of tasks in scope, with or without a party.
    pub tasks: usize,
    /// The reforms that were followed, where bodies stand as of a day.
    pub succession: Option<Succession>,
}

/// The load of one department.
#[derive(Clone, Debug, PartialEq)]
pub struct Line {
    /// IRI of the department.
    pub organisation: String,
    /// Its full name.
    pub label: String,
    /// Tasks that it leads alone.
    pub lead: usize,
    /// Tasks that it leads beside others.
    pub co_lead: usize,
    /// Tasks that it is responsible for without leading.
    pub responsible: usize,
    /// Tasks that it supports.
    pub supporting: usize,
    /// Tasks in which it has any part.
    pub tasks: usize,
    /// Σ w(role) over its tasks.
    pub load: f64,
    /// Quantities to be reached in its tasks.
    pub indicators: usize,
    /// Deadlines in its tasks.
    pub deadlines: usize,
}

/// Computes the load of every department with at least one task.
///
/// For a department d over the tasks in scope: `load(d)` = Σ w(role). A department that is named
/// twice in one task counts once there, in its strongest role. Indicators and deadlines are those of
/// the tasks in which d has any part, whatever its role. Concentration is taken over the loads of the
/// ranked departments.
///
/// Takes O(E log E) time for E parties.
pub fn workload(network: &Network, options: Options) -> Workload {
    let mut departments = Vec::new();
    let mut apart = Vec::new();
    for (index, department) in network.departments() {
        let line = line(network, index, department, options.weights);
        if line.tasks == 0 {
            continue;
        }
        if department.collective && !options.collective { apart.push(line) } else { departments.push(line) }
    }
    for lines in [&mut departments, &mut apart] {
        lines.sort_by(|a, b| {
            (b.load.total_cmp(&a.load))
                .then_with(|| a.label.cmp(&b.label))
                .then_with(|| a.organisation.cmp(&b.organisation))
        });
    }
    let loads: Vec<f64> = departments.iter().map(|line| line.load).collect();
    Workload {
        weights: options.weights,
        concentration: Concentration::of(&loads),
        departments,
        apart,
        tasks: network.tasks().count(),
        succession: network.succession.clone(),
    }
}

fn line(network: &Network, index: NodeIndex, department: &Department, weights: Weights) -> Line {
    let mut roles: BTreeMap<NodeIndex, Role> = BTreeMap::new();
    for edge in network.graph.edges_directed(index, Direction::Outgoing) {
        let role = roles.entry(edge.target()).or_insert(edge.weight().role);
        *role = (*role).min(edge.weight().role);
    }
    let count = |role: Role| roles.values().filter(|&&held| held == role).count();
    let sum = |figure: fn(&crate::network::TaskNode) -> usize| {
        roles
            .keys()
            .map(|&task| match &network.graph[task] {
                Node::Task(task) => figure(task),
                Node::Department(_) => 0,
            })
            .sum()
    };
    Line {
        organisation: department.id.clone(),
        label: department.label.clone(),
        lead: count(Role::Lead),
        co_lead: count(Role::CoLead),
        responsible: count(Role::Responsible),
        supporting: count(Role::Supporting),
        tasks: roles.len(),
        load: Role::ALL.into_iter().map(|role| exact(count(role)) * weights.of(role)).sum(),
        indicators: sum(|task| task.indicators),
        deadlines: sum(|task| task.deadlines),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::network::{Party, TaskNode};

    /// Three tasks: 1 (a leads, b and the counties support), 2 (a and b lead together), 3 (b
    /// responsible, and named again as support); c has no task.
    fn network() -> Network {
        let mut network = Network::default();
        let department = |id: &str, label: &str, collective| {
            Node::Department(Department { id: id.into(), label: label.into(), collective, ..Department::default() })
        };
        let task = |seq: usize, indicators, deadlines| {
            let id = format!("t{seq}");
            let (label, text, document) = (seq.to_string(), String::new(), "d".to_owned());
            Node::Task(TaskNode { id, label, text, document, seq, indicators, deadlines, ..TaskNode::default() })
        };
        let graph = &mut network.graph;
        let a = graph.add_node(department("a", "财政局", false));
        let b = graph.add_node(department("b", "卫生健康委", false));
        let _c = graph.add_node(department("c", "档案局", false));
        let all = graph.add_node(department("x", "各县政府", true));
        let (one, two, three) =
            (graph.add_node(task(1, 2, 1)), graph.add_node(task(2, 0, 1)), graph.add_node(task(3, 1, 0)));
        let mut part = |from, to, role| graph.add_edge(from, to, Party { role, rank: 1, confidence: 1.0 });
        part(a, one, Role::Lead);
        part(b, one, Role::Supporting);
        part(all, one, Role::Supporting);
        part(a, two, Role::CoLead);
        part(b, two, Role::CoLead);
        part(b, three, Role::Supporting);
        part(b, three, Role::Responsible);
        network
    }

    #[test]
    fn worked_by_hand() {
        let result = workload(&network(), Options::default());
        let rows: Vec<_> = result
            .departments
            .iter()
            .map(|line| (line.label.as_str(), line.tasks, line.load, line.indicators, line.deadlines))
            .collect();
        // a: 1 + 1 = 2; b: 1 + 0.5 + 0.25 = 1.75
        assert_eq!(rows, [("财政局", 2, 2.0, 2, 2), ("卫生健康委", 3, 1.75, 3, 2)]);
        let b = &result.departments[1];
        assert_eq!((b.lead, b.co_lead, b.responsible, b.supporting), (0, 1, 1, 1));
        let spread = result.concentration.unwrap();
        // (-1 · 1.75 + 1 · 2) / (2 · 3.75) = 1/30; (2² + 1.75²) / 3.75² = 113/225
        assert!((spread.gini - 1.0 / 30.0).abs() < 1e-12);
        assert!((spread.hhi - 113.0 / 225.0).abs() < 1e-12);
        assert!((spread.top1_share - 8.0 / 15.0).abs() < 1e-12);
        assert_eq!(
            result.apart.iter().map(|line| (line.label.as_str(), line.load)).collect::<Vec<_>>(),
            [("各县政府", 0.25)]
        );
        assert_eq!(result.tasks, 3);
    }

    #[test]
    fn weights_change_the_order_and_collective_bodies_may_join() {
        let weights: Weights = "lead=0, 共同牵头=0，supporting=4".parse().unwrap();
        let result = workload(&network(), Options { weights, collective: true });
        let rows: Vec<_> = result.departments.iter().map(|line| (line.label.as_str(), line.load)).collect();
        assert_eq!(rows, [("卫生健康委", 4.5), ("各县政府", 4.0), ("财政局", 0.0)]);
        assert!(result.apart.is_empty());
    }

    #[test]
    fn bad_weights_say_what_is_wrong() {
        assert_eq!("lead".parse::<Weights>(), Err(WeightsError::Form("lead".into())));
        assert_eq!("boss=1".parse::<Weights>(), Err(WeightsError::Role("boss".into())));
        for weight in ["-1", "NaN", "inf", "一"] {
            assert_eq!(format!("lead={weight}").parse::<Weights>(), Err(WeightsError::Weight(weight.into())));
        }
    }

    #[test]
    fn an_empty_network_has_no_concentration() {
        let result = workload(&Network::default(), Options::default());
        assert_eq!((result.departments.len(), result.concentration, result.tasks), (0, None, 0));
    }
}
