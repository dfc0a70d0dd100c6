//! Whom a body must call, for each of its tasks.

use petgraph::graph::NodeIndex;

use crate::analysis::parts::{parties, roles};
use crate::extract::Role;
use crate::network::{Department, Network, Node, TaskNode};

/// One task of a body, and who else has a part in it.
#[derive(Clone, Debug, PartialEq)]
pub struct Contact<'a> {
    /// The task.
    pub task: &'a TaskNode,
    /// The body itself.
    pub body: &'a Department,
    /// Its role.
    pub role: Role,
    /// The others, those to call first: leads, then by role and order of listing.
    pub others: Vec<(&'a Department, Role)>,
}

/// The tasks of some bodies, by document and place in it, with those to call for each.
pub fn contacts<'a>(network: &'a Network, bodies: &[String]) -> Vec<Contact<'a>> {
    let mut contacts = Vec::new();
    for (node, body) in network.departments().filter(|(_, body)| bodies.contains(&body.id)) {
        for (task, role) in roles(network, node) {
            if let Node::Task(known) = &network.graph[task] {
                contacts.push(Contact { task: known, body, role, others: others(network, task, node) });
            }
        }
    }
    contacts.sort_by(|a, b| {
        let place =
            |contact: &Contact<'a>| (contact.task.document.as_str(), contact.task.seq, contact.task.id.as_str());
        place(a).cmp(&place(b)).then_with(|| a.body.id.cmp(&b.body.id))
    });
    contacts
}

fn others(network: &Network, task: NodeIndex, own: NodeIndex) -> Vec<(&Department, Role)> {
    let rank = |node: NodeIndex| {
        let edges = network.graph.edges_connecting(node, task);
        edges.map(|edge| (edge.weight().role, edge.weight().rank)).min()
    };
    let mut others: Vec<_> = parties(network, task)
        .into_iter()
        .filter(|(node, _)| *node != own)
        .filter_map(|(node, role)| match &network.graph[node] {
            Node::Department(department) => Some((rank(node), department, role)),
            Node::Task(_) => None,
        })
        .collect();
    others.sort_by(|a, b| a.0.cmp(&b.0).then_with(|| a.1.id.cmp(&b.1.id)));
    others.into_iter().map(|(_, department, role)| (department, role)).collect()
}
