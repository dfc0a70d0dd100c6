//! The two-mode network projected on departments: who shares tasks with whom.

use std::collections::BTreeMap;

use petgraph::graph::{NodeIndex, UnGraph};

use crate::analysis::parts::{parties, roles};
use crate::extract::Role;
use crate::network::{Network, Node};

/// A department in the projection.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Member {
    /// Its node in the network that was projected.
    pub node: NodeIndex,
    /// Tasks in which it has a part.
    pub tasks: usize,
    /// Tasks that it leads, alone or beside others.
    pub leads: usize,
}

/// What two departments have in common; `a` is the one whose node comes first.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tie {
    /// Tasks in which both have a part.
    pub tasks: u32,
    /// Of these, tasks that the first leads and the second does not.
    pub a_leads: u32,
    /// Tasks that the second leads and the first does not.
    pub b_leads: u32,
    /// Tasks that both lead.
    pub co_lead: u32,
}

/// Departments joined where they have a common task.
pub type Projection = UnGraph<Member, Tie>;

/// Projects a network on its departments with at least one task, in their order.
///
/// A department that a task names twice counts once there, in its strongest role. Collective bodies take part where
/// `collective` says so.
///
/// Takes O(Σ pₜ²) time for tasks with pₜ parties, and the same space for one step of sorting.
pub fn project(network: &Network, collective: bool) -> Projection {
    project_parts(network, collective, &|_, _| true)
}

/// Projects a network as [`project`] does, but counts only the parts in tasks that `counts` accepts, by the node of the task and
/// the role.
pub(in crate::analysis) fn project_parts(
    network: &Network,
    collective: bool,
    counts: &dyn Fn(NodeIndex, Role) -> bool,
) -> Projection {
    let mut graph = Projection::default();
    let mut members: BTreeMap<NodeIndex, NodeIndex> = BTreeMap::new();
    for (node, department) in network.departments() {
        let mut roles = roles(network, node);
        roles.retain(|(task, role)| counts(*task, *role));
        if roles.is_empty() || (department.collective && !collective) {
            continue;
        }
        let leads = roles.iter().filter(|(_, role)| role.leads()).count();
        members.insert(node, graph.add_node(Member { node, tasks: roles.len(), leads }));
    }
    for (a, b, tie) in ties(network, &members, counts) {
        graph.add_edge(a, b, tie);
    }
    graph
}

/// The pairs of members with common tasks, in order.
fn ties(
    network: &Network,
    members: &BTreeMap<NodeIndex, NodeIndex>,
    counts: &dyn Fn(NodeIndex, Role) -> bool,
) -> impl Iterator<Item = (NodeIndex, NodeIndex, Tie)> {
    // one entry for every pair in every task: who of the two leads
    let mut meetings: Vec<(NodeIndex, NodeIndex, bool, bool)> = Vec::new();
    let mut place: Vec<Option<NodeIndex>> = vec![None; network.graph.node_count()];
    for (&node, &member) in members {
        if let Some(place) = place.get_mut(node.index()) {
            *place = Some(member);
        }
    }
    for task in network.graph.node_indices().filter(|&node| matches!(network.graph[node], Node::Task(_))) {
        let parties = parties(network, task);
        let known = |(node, role): &(NodeIndex, Role)| {
            let member = place.get(node.index()).copied()??;
            counts(task, *role).then(|| (member, role.leads()))
        };
        let parties: Vec<(NodeIndex, bool)> = parties.iter().filter_map(known).collect();
        for (index, &(a, a_leads)) in parties.iter().enumerate() {
            meetings.extend(parties.iter().skip(index + 1).map(|&(b, b_leads)| (a, b, a_leads, b_leads)));
        }
    }
    meetings.sort_unstable();
    let mut ties: Vec<(NodeIndex, NodeIndex, Tie)> = Vec::new();
    for (a, b, a_leads, b_leads) in meetings {
        if ties.last().is_none_or(|(one, other, _)| (*one, *other) != (a, b)) {
            ties.push((a, b, Tie::default()));
        }
        let Some((.., tie)) = ties.last_mut() else { continue };
        tie.tasks += 1;
        match (a_leads, b_leads) {
            (true, true) => tie.co_lead += 1,
            (true, false) => tie.a_leads += 1,
            (false, true) => tie.b_leads += 1,
            (false, false) => {}
        }
    }
    ties.into_iter()
}
