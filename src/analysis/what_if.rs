//! A network as it would be after a change of who does what.

use std::collections::BTreeMap;

use super::as_of::regrouped;
use crate::network::{Department, Network};

/// The parts of some departments pass on to one.
#[derive(Clone, Debug, PartialEq)]
pub struct WhatIf {
    /// IRIs of the departments whose parts pass on.
    pub from: Vec<String>,
    /// Who takes them over: a department of the network, or a new one.
    pub to: Department,
}

/// The network after the changes, one after the other.
///
/// A department that comes to have two parts in a task keeps the stronger one.
pub fn what_if(network: &Network, changes: &[WhatIf]) -> Network {
    changes.iter().fold(network.clone(), |network, change| {
        let mut bodies: BTreeMap<String, Department> = BTreeMap::new();
        let mut heirs = BTreeMap::new();
        for (node, department) in network.departments() {
            let heir = if change.from.contains(&department.id) { &change.to } else { department };
            heirs.insert(node, heir.id.clone());
            bodies.entry(heir.id.clone()).or_insert_with(|| heir.clone());
        }
        Network { succession: network.succession.clone(), ..regrouped(&network, bodies, &heirs) }
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::Role;
    use crate::network::{Node, Party, TaskNode};

    #[test]
    fn a_merged_body_has_one_part_in_a_task() {
        let mut network = Network::default();
        let body = |id: &str| Department { id: id.into(), label: id.into(), ..Department::default() };
        let [one, two, other] = ["a", "b", "c"].map(|id| network.graph.add_node(Node::Department(body(id))));
        let tasks =
            ["1", "2"].map(|id| network.graph.add_node(Node::Task(TaskNode { id: id.into(), ..TaskNode::default() })));
        let mut part = |body, task, role| network.graph.add_edge(body, task, Party { role, rank: 1, confidence: 1.0 });
        part(one, tasks[0], Role::Supporting);
        part(two, tasks[0], Role::Lead);
        part(one, tasks[1], Role::Responsible);
        part(other, tasks[1], Role::Lead);
        let merged = what_if(&network, &[WhatIf { from: vec!["a".into()], to: body("b") }]);
        let labels: Vec<&str> = merged.departments().map(|(_, body)| body.label.as_str()).collect();
        assert_eq!(labels, ["b", "c"]);
        let (heir, _) = merged.departments().next().unwrap();
        let mut roles: Vec<Role> = merged.graph.edges(heir).map(|edge| edge.weight().role).collect();
        roles.sort_unstable();
        assert_eq!(roles, [Role::Lead, Role::Responsible]);
        let new = what_if(&network, &[WhatIf { from: vec!["a".into(), "c".into()], to: body("n") }]);
        assert_eq!(new.departments().map(|(_, body)| body.label.as_str()).collect::<Vec<_>>(), ["b", "n"]);
        assert_eq!(new.graph.edge_count(), 3);
    }
}
