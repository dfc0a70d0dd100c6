//! The load by document, place, year, theme or function.

use std::collections::{BTreeMap, BTreeSet};

use petgraph::graph::NodeIndex;

use super::tally::Tally;
use super::{Options, Workload, ranked};
use crate::analysis::assumed::first_listed;
use crate::analysis::parts::roles;
use crate::extract::Role;
use crate::network::{Department, Network, Node, TaskNode};

/// The load in one group of tasks or departments.
#[derive(Clone, Debug, PartialEq)]
pub struct Group {
    /// What the group has in common; none for those that say nothing.
    pub key: Option<String>,
    /// Its first task, in the order of the network.
    pub first: Option<NodeIndex>,
    /// The load in it; `tasks` counts tasks with a party in the group.
    pub workload: Workload,
}

/// What the departments of a group have to do, and its tasks.
type Found = (BTreeMap<NodeIndex, Tally>, BTreeSet<NodeIndex>);

/// The load by groups, in the order of their keys. A part belongs to the group that `key` gives for its department and task.
///
/// Takes O(E log E) time for E parties.
pub fn breakdown(
    network: &Network,
    options: Options,
    key: impl Fn(&Department, &TaskNode) -> Option<String>,
) -> Vec<Group> {
    let firsts = if options.first_leads { first_listed(network) } else { BTreeSet::new() };
    let mut groups: BTreeMap<Option<String>, Found> = BTreeMap::new();
    for (node, department) in network.departments() {
        for (index, role) in roles(network, node) {
            let Node::Task(task) = &network.graph[index] else { continue };
            let role = if firsts.contains(&(node, index)) { Role::Lead } else { role };
            let (tallies, tasks) = groups.entry(key(department, task)).or_default();
            tallies.entry(node).or_default().add(role, task);
            tasks.insert(index);
        }
    }
    let group = |(key, (tallies, tasks)): (_, Found)| Group {
        key,
        first: tasks.first().copied(),
        workload: Workload {
            tasks: tasks.len(),
            succession: None,
            ..ranked(network, tallies.into_iter().collect(), options)
        },
    };
    groups.into_iter().map(group).collect()
}
