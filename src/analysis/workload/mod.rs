//! Who carries how much: counts by role, weighted load, concentration.

mod breakdown;
mod range;
mod tally;
mod weights;

use std::collections::{BTreeMap, BTreeSet};

use petgraph::graph::NodeIndex;

use super::assumed::first_listed;
use super::concentration::Concentration;
use super::parts::roles;
use crate::network::{Network, Node, Succession};

pub use breakdown::{Group, breakdown};
pub use range::Range;
use tally::Tally;
pub use weights::{Weights, WeightsError};

/// How the load is counted.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Options {
    /// What one part in a task weighs.
    pub weights: Weights,
    /// Whether bodies that stand for several or for none in particular take part in the ranking.
    pub collective: bool,
    /// Whether the first of a plain list is taken to lead, where nobody else does.
    pub first_leads: bool,
    /// Below which confidence a claim is doubtful, where it is asked how far the ranking would move.
    pub doubtful: Option<f64>,
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
    /// Whether the first of plain lists were taken to lead.
    pub first_leads: bool,
    /// Tasks of plain lists that nobody leads: those that the assumption is about.
    pub leaderless: usize,
    /// Below which confidence claims were taken for doubtful, if it was asked.
    pub doubtful: Option<f64>,
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
    /// Its place in the ranking if the first of plain lists were read the other way, where that is another one.
    pub rank_otherwise: Option<usize>,
    /// How far load and place may be off, where it was asked.
    pub range: Option<Range>,
}

/// Computes the load of every department with at least one task.
///
/// For a department d over the tasks in scope: `load(d)` = Σ w(role). A department that is named
/// twice in one task counts once there, in its strongest role. Indicators and deadlines are those of
/// the tasks in which d has any part, whatever its role. Concentration is taken over the loads of the
/// ranked departments. Places that change where the first of plain lists are read the other way are marked.
///
/// Takes O(E log E) time for E parties.
pub fn workload(network: &Network, options: Options) -> Workload {
    let firsts = first_listed(network);
    let stated = tallies(network);
    let mut assumed = stated.clone();
    for (department, _) in &firsts {
        if let Ok(place) = assumed.binary_search_by_key(department, |(node, _)| *node)
            && let Some((_, tally)) = assumed.get_mut(place)
        {
            tally.promote();
        }
    }
    let (shown, other) = if options.first_leads { (assumed, stated) } else { (stated, assumed) };
    let mut result = ranked(network, shown, options);
    result.leaderless = firsts.len();
    result.succession.clone_from(&network.succession);
    if !firsts.is_empty() {
        let otherwise = ranked(network, other, options);
        let places = otherwise.departments.iter().enumerate();
        let places: BTreeMap<&str, usize> =
            places.map(|(index, line)| (line.organisation.as_str(), index + 1)).collect();
        for (index, line) in result.departments.iter_mut().enumerate() {
            line.rank_otherwise = places.get(line.organisation.as_str()).copied().filter(|place| *place != index + 1);
        }
    }
    if let Some(below) = options.doubtful {
        let firsts = if options.first_leads { firsts } else { BTreeSet::new() };
        range::spread(network, &firsts, &mut result.departments, options.weights, below);
    }
    result
}

/// What every department has to do, in the order of their nodes.
fn tallies(network: &Network) -> Vec<(NodeIndex, Tally)> {
    let nodes: Vec<NodeIndex> = network.departments().map(|(node, _)| node).collect();
    let tally = |node: NodeIndex| {
        let mut tally = Tally::default();
        for (task, role) in roles(network, node) {
            if let Node::Task(task) = &network.graph[task] {
                tally.add(role, task);
            }
        }
        (node, tally)
    };
    nodes.into_iter().map(tally).collect()
}

/// The ranking of departments by what they have to do; those without a task are left out.
fn ranked(network: &Network, tallies: Vec<(NodeIndex, Tally)>, options: Options) -> Workload {
    let mut departments = Vec::new();
    let mut apart = Vec::new();
    for (node, tally) in tallies {
        let Node::Department(department) = &network.graph[node] else { continue };
        if tally.tasks() == 0 {
            continue;
        }
        let line = tally.line(department, options.weights);
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
        first_leads: options.first_leads,
        leaderless: 0,
        doubtful: options.doubtful,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::{Mode, Role};
    use crate::network::{Department, Party, TaskNode};

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
        let result = workload(&network(), Options { weights, collective: true, ..Options::default() });
        let rows: Vec<_> = result.departments.iter().map(|line| (line.label.as_str(), line.load)).collect();
        assert_eq!(rows, [("卫生健康委", 4.5), ("各县政府", 4.0), ("财政局", 0.0)]);
        assert!(result.apart.is_empty());
    }

    #[test]
    fn an_empty_network_has_no_concentration() {
        let result = workload(&Network::default(), Options::default());
        assert_eq!((result.departments.len(), result.concentration, result.tasks), (0, None, 0));
    }

    /// Two plain lists: (a, b) with doubt about a, and (b, a); c leads alone.
    fn lists() -> Network {
        let mut network = Network::default();
        let graph = &mut network.graph;
        let mut body = |id: &str| {
            graph.add_node(Node::Department(Department { id: id.into(), label: id.into(), ..Department::default() }))
        };
        let (a, b, c) = (body("a"), body("b"), body("c"));
        let mut task = |mode, parties: &[(NodeIndex, Role, f64)]| {
            let node = graph.add_node(Node::Task(TaskNode { mode: Some(mode), ..TaskNode::default() }));
            for (rank, &(body, role, confidence)) in parties.iter().enumerate() {
                graph.add_edge(body, node, Party { role, rank: rank + 1, confidence });
            }
        };
        task(Mode::PlainList, &[(b, Role::Responsible, 1.0), (a, Role::Responsible, 0.6)]);
        task(Mode::Joint, &[(a, Role::Responsible, 1.0), (b, Role::Responsible, 1.0)]);
        task(Mode::Sole, &[(c, Role::Lead, 1.0)]);
        network
    }

    #[test]
    fn the_first_of_a_plain_list_may_be_taken_to_lead() {
        let places = |first_leads| {
            let result = workload(&lists(), Options { first_leads, ..Options::default() });
            assert_eq!(result.leaderless, 1, "a joint responsibility says that nobody leads");
            let lines = result.departments.into_iter();
            lines.map(|line| (line.label, line.load, line.rank_otherwise)).collect::<Vec<_>>()
        };
        let line = |label: &str, load, otherwise| (label.to_owned(), load, otherwise);
        assert_eq!(places(false), [line("a", 1.0, Some(2)), line("b", 1.0, Some(1)), line("c", 1.0, None)]);
        assert_eq!(places(true), [line("b", 1.5, Some(2)), line("a", 1.0, Some(1)), line("c", 1.0, None)]);
    }

    #[test]
    fn doubt_spreads_load_and_place() {
        let result = workload(&lists(), Options { doubtful: Some(0.9), ..Options::default() });
        let ranges: Vec<_> = result.departments.iter().map(|line| line.range.unwrap()).collect();
        // a: 0.5 without its doubtful claim, 0.5 + 1 if it leads there
        assert_eq!((ranges[0].load, ranges[0].rank), ((0.5, 1.5), (1, 3)));
        assert_eq!((ranges[1].load, ranges[1].rank), ((1.0, 1.0), (1, 2)));
        assert_eq!(ranges[2].rank, (2, 3));
    }

    #[test]
    fn groups_are_ranked_apart() {
        let groups = breakdown(&network(), Options::default(), |_, task| Some(task.seq.min(2).to_string()));
        let found: Vec<_> = groups
            .iter()
            .map(|group| (group.key.as_deref(), group.workload.tasks, group.workload.departments[0].label.as_str()))
            .collect();
        assert_eq!(found, [(Some("1"), 1, "财政局"), (Some("2"), 2, "卫生健康委")]);
        assert!((groups[1].workload.departments[0].load - 1.5).abs() < 1e-12);
    }
}
