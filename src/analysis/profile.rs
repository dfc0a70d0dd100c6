//! One body: what it has a part in, and what the bodies of its line had.

use std::collections::BTreeMap;

use petgraph::visit::EdgeRef;

use crate::extract::Role;
use crate::network::{Department, Network, Node, TaskNode};
use crate::resolve::Organisation;
use crate::succession::{Change, history};

/// What is known of one body.
#[derive(Clone, Debug)]
pub struct Profile {
    /// The body.
    pub department: Department,
    /// The tasks that it has a part in, by document and place in it.
    pub parts: Vec<Part>,
    /// The changes of its line, by date.
    pub history: Vec<Change>,
    /// The other bodies of its line that documents name, with the number of their tasks, in the order of the history.
    pub line: Vec<(Organisation, usize)>,
}

/// A part in a task.
#[derive(Clone, Debug, PartialEq)]
pub struct Part {
    /// The task.
    pub task: TaskNode,
    /// The strongest role in it.
    pub role: Role,
}

impl Profile {
    /// The number of tasks by role, the strongest first.
    pub fn by_role(&self) -> BTreeMap<Role, usize> {
        let mut counts = BTreeMap::new();
        for part in &self.parts {
            *counts.entry(part.role).or_insert(0) += 1;
        }
        counts
    }
}

/// The profile of a department, by its IRI; of a body that no document gives a task, its history alone.
pub fn profile(network: &Network, department: &Department) -> Profile {
    let history: Vec<Change> = department.body().map(|body| history(&body)).unwrap_or_default();
    let mut line: Vec<(Organisation, usize)> = Vec::new();
    let succession = history.iter().filter(|change| change.reform.kind.is_succession());
    for body in succession.flat_map(|change| change.before.iter().chain(&change.after)) {
        let known = body.id == department.id || line.iter().any(|(other, _)| other.id == body.id);
        let tasks = parts(network, &body.id).len();
        if !known && tasks > 0 {
            line.push((body.clone(), tasks));
        }
    }
    Profile { parts: parts(network, &department.id), department: department.clone(), history, line }
}

fn parts(network: &Network, id: &str) -> Vec<Part> {
    let Some((node, _)) = network.departments().find(|(_, department)| department.id == id) else { return Vec::new() };
    let mut parts: BTreeMap<(String, usize, String), Part> = BTreeMap::new();
    for edge in network.graph.edges(node) {
        let Node::Task(task) = &network.graph[edge.target()] else { continue };
        let part = parts
            .entry((task.document.clone(), task.seq, task.id.clone()))
            .or_insert_with(|| Part { task: task.clone(), role: edge.weight().role });
        part.role = part.role.min(edge.weight().role);
    }
    parts.into_values().collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::knowledge::Knowledge;
    use crate::network::Party;
    use crate::resolve::{MatchBasis, Place, established};

    #[test]
    fn a_profile_holds_the_tasks_of_the_body_and_counts_those_of_its_line() {
        let place = Place::of_code("330600").unwrap();
        let department = |key: &str| {
            let kind = Knowledge::shipped().bodies.by_key(key).unwrap();
            Department::of(&established(kind, &place, MatchBasis::Prefix))
        };
        let mut network = Network::default();
        let former = network.graph.add_node(Node::Department(department("health.wshjhsywyh.pcx")));
        let present = network.graph.add_node(Node::Department(department("health.wsjkwyh.pcx")));
        for seq in 1..=3 {
            let task = TaskNode { id: format!("t/{seq}"), seq, ..TaskNode::default() };
            let task = network.graph.add_node(Node::Task(task));
            let (body, role) = if seq == 1 { (present, Role::Lead) } else { (former, Role::Supporting) };
            network.graph.add_edge(body, task, Party { role, rank: 1, confidence: 1.0 });
        }
        let found = profile(&network, &department("health.wsjkwyh.pcx"));
        assert_eq!(found.by_role(), BTreeMap::from([(Role::Lead, 1)]));
        let line: Vec<(&str, usize)> = found.line.iter().map(|(body, tasks)| (body.name.as_str(), *tasks)).collect();
        assert_eq!(line, [("绍兴市卫生和计划生育委员会", 2)]);
    }
}
