//! Parts in tasks, each party once.

use petgraph::Direction;
use petgraph::graph::{EdgeReference, NodeIndex};
use petgraph::visit::EdgeRef;

use crate::extract::Role;
use crate::network::Network;

/// The tasks of a department, each with the strongest role in it, in the order of the tasks.
pub(super) fn roles(network: &Network, department: NodeIndex) -> Vec<(NodeIndex, Role)> {
    parts(network, department, Direction::Outgoing)
}

/// The parties of a task, each with its strongest role, in the order of the departments.
pub(super) fn parties(network: &Network, task: NodeIndex) -> Vec<(NodeIndex, Role)> {
    parts(network, task, Direction::Incoming)
}

fn parts(network: &Network, node: NodeIndex, direction: Direction) -> Vec<(NodeIndex, Role)> {
    let other = |edge: &EdgeReference<'_, _>| match direction {
        Direction::Outgoing => edge.target(),
        Direction::Incoming => edge.source(),
    };
    let edges = network.graph.edges_directed(node, direction);
    let mut parts: Vec<_> = edges.map(|edge| (other(&edge), edge.weight().role)).collect();
    parts.sort_unstable();
    parts.dedup_by_key(|(node, _)| *node);
    parts
}
