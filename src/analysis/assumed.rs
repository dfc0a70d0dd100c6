//! The first of a plain list taken to lead.

use std::collections::BTreeSet;

use petgraph::Direction;
use petgraph::graph::NodeIndex;
use petgraph::visit::EdgeRef;

use crate::extract::{Mode, Role};
use crate::network::{Network, TaskNode};

/// The first listed of every plain list: department and task.
///
/// A plain list names several bodies as responsible, by a clause (also 按职责分工负责) or in a column, and none as lead. Where a
/// document says that they answer together (共同负责) or each for a part (分别负责), and in lists of duties, nobody is assumed to.
pub(super) fn first_listed(network: &Network) -> BTreeSet<(NodeIndex, NodeIndex)> {
    let is_list = |task: &TaskNode| matches!(task.mode, Some(Mode::PlainList | Mode::ByDuty | Mode::Column));
    let mut firsts = BTreeSet::new();
    for (node, _) in network.tasks().filter(|(_, task)| is_list(task)) {
        let parties = || network.graph.edges_directed(node, Direction::Incoming);
        let listed = || parties().filter(|edge| edge.weight().role == Role::Responsible);
        if parties().any(|edge| edge.weight().role.leads()) || listed().nth(1).is_none() {
            continue;
        }
        let first = listed().min_by_key(|edge| (edge.weight().rank, edge.source()));
        firsts.extend(first.map(|edge| (edge.source(), node)));
    }
    firsts
}
