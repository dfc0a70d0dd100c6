//! Who has which part today, where ledgers say otherwise than the documents.

use std::collections::{BTreeMap, BTreeSet};

use petgraph::visit::EdgeRef;

use crate::network::{Department, Network, Node, Party, Reassignment, TaskNode};

/// The network with the parts that people changed, the earliest change first: bodies that a changed cell names take the
/// place of those whose roles it held. Tasks keep their order; departments come first, in the order of their IRIs.
pub fn current(network: &Network, changes: &[Reassignment]) -> Network {
    if changes.is_empty() {
        return network.clone();
    }
    let mut departments: BTreeMap<&str, &Department> =
        network.departments().map(|(_, department)| (department.id.as_str(), department)).collect();
    let mut parts: BTreeMap<&str, BTreeMap<&str, Party>> = BTreeMap::new();
    for edge in network.graph.edge_references() {
        if let (Node::Department(body), Node::Task(task)) =
            (&network.graph[edge.source()], &network.graph[edge.target()])
        {
            parts.entry(&task.id).or_default().insert(&body.id, *edge.weight());
        }
    }
    let known: BTreeSet<&str> = network.tasks().map(|(_, task)| task.id.as_str()).collect();
    for change in changes.iter().filter(|change| known.contains(change.task.as_str())) {
        let parties = parts.entry(&change.task).or_default();
        parties.retain(|_, party| !change.roles.contains(&party.role));
        for (body, party) in &change.parties {
            departments.entry(&body.id).or_insert(body);
            let stronger = |other: &Party| (party.role, party.rank) < (other.role, other.rank);
            let place = parties.entry(&body.id).or_insert(*party);
            if stronger(place) {
                *place = *party;
            }
        }
    }
    let mut now = Network { succession: network.succession.clone(), ..Network::default() };
    let named: BTreeSet<&str> = parts.values().flat_map(BTreeMap::keys).copied().collect();
    let mut nodes = BTreeMap::new();
    for (id, body) in departments.into_iter().filter(|(id, _)| named.contains(id)) {
        nodes.insert(id, now.graph.add_node(Node::Department(body.clone())));
    }
    for (_, task) in network.tasks() {
        nodes.insert(&task.id, now.graph.add_node(Node::Task(task.clone())));
    }
    for (task, parties) in &parts {
        for (body, party) in parties {
            if let (Some(&from), Some(&to)) = (nodes.get(body), nodes.get(task)) {
                now.graph.add_edge(from, to, *party);
            }
        }
    }
    now
}

/// The network with the rows that people added to its documents, after the tasks; nobody has a part in them yet.
pub fn with_added(network: &Network, added: Vec<TaskNode>) -> Network {
    let documents: BTreeSet<&str> = network.tasks().map(|(_, task)| task.document.as_str()).collect();
    let mut all = network.clone();
    for task in added.into_iter().filter(|task| documents.contains(task.document.as_str())) {
        all.graph.add_node(Node::Task(task));
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::Role;

    fn body(id: &str) -> Department {
        Department { id: id.into(), label: id.into(), ..Department::default() }
    }

    fn party(role: Role, rank: usize) -> Party {
        Party { role, rank, confidence: 1.0 }
    }

    #[test]
    fn a_changed_lead_takes_the_place_of_the_former_one() {
        let mut network = Network::default();
        let [a, b] = ["a", "b"].map(|id| network.graph.add_node(Node::Department(body(id))));
        let task = network.graph.add_node(Node::Task(TaskNode { id: "t".into(), ..TaskNode::default() }));
        network.graph.add_edge(a, task, party(Role::Lead, 1));
        network.graph.add_edge(b, task, party(Role::Supporting, 2));
        let change = |name: &str| Reassignment {
            task: "t".into(),
            roles: vec![Role::Lead, Role::CoLead],
            parties: vec![(body(name), party(Role::Lead, 1))],
        };
        let roles = |network: &Network| -> Vec<(String, Role)> {
            let edges = network.graph.edge_references();
            let name = |node| match &network.graph[node] {
                Node::Department(body) => body.id.clone(),
                Node::Task(_) => String::new(),
            };
            edges.map(|edge| (name(edge.source()), edge.weight().role)).collect()
        };
        let now = current(&network, &[change("c"), change("b")]);
        assert_eq!(roles(&now), [("b".into(), Role::Lead)], "the later word counts; a lead does not also support");
        assert_eq!(now.departments().count(), 1, "who has no part is left out");
        assert_eq!(
            roles(&current(&network, &[change("c")])),
            [("b".into(), Role::Supporting), ("c".into(), Role::Lead)]
        );
        let elsewhere = Reassignment { task: "other".into(), ..change("c") };
        assert_eq!(roles(&current(&network, &[elsewhere])), roles(&network));
    }
}
