//! The analyses on networks made for the purpose.
mod networks;
mod overlap;
mod synthetic;

use zeren::extract::Role;
use zeren::network::{Department, Network, Node, Party, TaskNode};

/// A network of tasks, each with its departments and their roles; departments are in the order of their names.
pub(crate) fn network(tasks: &[Vec<(String, Role)>]) -> Network {
    let mut network = Network::default();
    let mut names: Vec<&String> = tasks.iter().flatten().map(|(name, _)| name).collect();
    names.sort();
    names.dedup();
    let nodes: Vec<_> = names
        .iter()
        .map(|name| {
            let (id, label) = (format!("o/{name}"), (*name).clone());
            network.graph.add_node(Node::Department(Department { id, label, ..Department::default() }))
        })
        .collect();
    for (index, task) in tasks.iter().enumerate() {
        let (id, label) = (format!("t/{index}"), (index + 1).to_string());
        let node = TaskNode { id, label, document: "d".into(), seq: index + 1, ..TaskNode::default() };
        let task_node = network.graph.add_node(Node::Task(node));
        for (rank, (name, role)) in task.iter().enumerate() {
            let place = names.binary_search(&name).unwrap();
            network.graph.add_edge(nodes[place], task_node, Party { role: *role, rank: rank + 1, confidence: 1.0 });
        }
    }
    network
}
