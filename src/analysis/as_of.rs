//! A network as of a day: every line of work under the body that does it then.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use petgraph::graph::NodeIndex;

use crate::date::Date;
use crate::extract::Role;
use crate::network::{Department, Network, Node, Party, Succession, TaskNode};
use crate::notice::Notice;

/// The network with every department replaced by the body that does its work on a day.
///
/// Departments that become one body become one node; a body that had two parts in a task keeps the stronger one. What was
/// followed stands in [`Network::succession`]. A document shows that the bodies that it names stood on its day.
///
/// Takes O(V log V + E log E) time.
pub fn as_of(network: &Network, day: Date) -> Network {
    let mut followed = Vec::new();
    let mut bodies: BTreeMap<String, Department> = BTreeMap::new();
    let mut heirs: BTreeMap<NodeIndex, String> = BTreeMap::new();
    for heir in network.heirs(day) {
        heirs.insert(heir.node, heir.body.id.clone());
        // what a document says of a body goes before what follows from a reform
        if heir.followed.is_none() {
            bodies.insert(heir.body.id.clone(), heir.body);
        } else {
            bodies.entry(heir.body.id.clone()).or_insert(heir.body);
        }
        followed.extend(heir.followed);
    }
    Network { succession: Some(Succession { day, followed }), ..regrouped(network, bodies, &heirs) }
}

/// Documents with every body replaced by the one that does its work on a day, and what was followed.
///
/// A body that comes to have two parts in a task keeps the stronger one. All documents together show on which days a body stood.
pub fn notices_as_of(notices: &mut [Notice], day: Date) -> Succession {
    let mut network = Network::default();
    let mut nodes: BTreeMap<String, NodeIndex> = BTreeMap::new();
    for notice in notices.iter() {
        let document = network.graph.add_node(Node::Task(TaskNode { date: notice.date, ..TaskNode::default() }));
        for holder in notice.tasks.iter().flat_map(|task| &task.parties) {
            let id = holder.body.id.clone();
            let body =
                *nodes.entry(id).or_insert_with(|| network.graph.add_node(Node::Department((*holder.body).clone())));
            let party = Party { role: holder.role, rank: 1, confidence: 1.0 };
            network.graph.update_edge(body, document, party);
        }
    }
    let mut heirs: BTreeMap<NodeIndex, Arc<Department>> = BTreeMap::new();
    let mut followed = Vec::new();
    for heir in network.heirs(day) {
        heirs.insert(heir.node, Arc::new(heir.body));
        followed.extend(heir.followed);
    }
    for task in notices.iter_mut().flat_map(|notice| &mut notice.tasks) {
        for holder in &mut task.parties {
            if let Some(heir) = nodes.get(&holder.body.id).and_then(|node| heirs.get(node)) {
                holder.body.clone_from(heir);
            }
        }
        // they stand in the order of their roles
        let mut seen = BTreeSet::new();
        task.parties.retain(|holder| seen.insert(holder.body.id.clone()));
    }
    Succession { day, followed }
}

/// The network with other departments: those of `bodies`, by their IRIs; every node of a department passes its parts on to the
/// one that `heirs` names.
///
/// A body that comes to have two parts in a task keeps the stronger one.
pub(super) fn regrouped(
    network: &Network,
    bodies: BTreeMap<String, Department>,
    heirs: &BTreeMap<NodeIndex, String>,
) -> Network {
    let mut result = Network::default();
    let departments: BTreeMap<String, NodeIndex> =
        bodies.into_iter().map(|(id, body)| (id, result.graph.add_node(Node::Department(body)))).collect();
    let tasks: BTreeMap<NodeIndex, NodeIndex> =
        network.tasks().map(|(index, task)| (index, result.graph.add_node(Node::Task(task.clone())))).collect();
    let mut parties: BTreeMap<(NodeIndex, NodeIndex), Party> = BTreeMap::new();
    for edge in network.graph.edge_indices() {
        let Some((from, to)) = network.graph.edge_endpoints(edge) else { continue };
        let body = heirs.get(&from).and_then(|heir| departments.get(heir));
        let (Some(&body), Some(&task)) = (body, tasks.get(&to)) else { continue };
        let party = network.graph[edge];
        let strength = |party: &Party| -> (Role, usize) { (party.role, party.rank) };
        let known = parties.entry((body, task)).or_insert(party);
        if strength(&party) < strength(known) {
            *known = party;
        }
    }
    for ((body, task), party) in parties {
        result.graph.add_edge(body, task, party);
    }
    result
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::knowledge::Knowledge;
    use crate::notice::{Holder, Mandate};
    use crate::resolve::{MatchBasis, Place, established};

    fn department(key: &str) -> Department {
        let kind = Knowledge::shipped().bodies.by_key(key).unwrap();
        Department::of(&established(kind, &Place::of_code("230100").unwrap(), MatchBasis::Prefix))
    }

    fn task(id: &str, date: &str) -> TaskNode {
        TaskNode { id: id.into(), date: Date::parse_iso(date), ..TaskNode::default() }
    }

    fn party(role: Role, rank: usize) -> Party {
        Party { role, rank, confidence: 1.0 }
    }

    /// A bureau leads in 2012, its heir supports in 2015, both at once in a task of no date.
    fn network() -> Network {
        let mut network = Network::default();
        let bureau = network.graph.add_node(Node::Department(department("health.wsj.pcx")));
        let commission = network.graph.add_node(Node::Department(department("health.wshjhsywyh.pcx")));
        let insurance = network.graph.add_node(Node::Department(department("insurance.ylbzj.pcx")));
        let early = network.graph.add_node(Node::Task(task("1", "2012-05-01")));
        let late = network.graph.add_node(Node::Task(task("2", "2015-10")));
        let both = network.graph.add_node(Node::Task(task("3", "")));
        network.graph.add_edge(bureau, early, party(Role::Lead, 1));
        network.graph.add_edge(commission, late, party(Role::Supporting, 2));
        network.graph.add_edge(bureau, both, party(Role::Supporting, 2));
        network.graph.add_edge(commission, both, party(Role::Lead, 1));
        network.graph.add_edge(insurance, late, party(Role::Lead, 1));
        network
    }

    fn labels(network: &Network) -> Vec<&str> {
        network.departments().map(|(_, department)| department.label.as_str()).collect()
    }

    #[test]
    fn a_line_of_work_counts_as_one() {
        let followed = as_of(&network(), Date::parse_iso("2024").unwrap());
        assert_eq!(labels(&followed), ["哈尔滨市医疗保障局", "哈尔滨市卫生健康委员会"]);
        assert_eq!(followed.graph.edge_count(), 4, "the stronger part in the task of both is kept");
        let (health, _) = followed.departments().nth(1).unwrap();
        let roles: Vec<Role> = followed.graph.edges(health).map(|edge| edge.weight().role).collect();
        assert_eq!(roles.iter().filter(|role| **role == Role::Lead).count(), 2);
        let succession = followed.succession.unwrap();
        assert_eq!(succession.followed.len(), 2);
        assert_eq!(succession.followed[0].reforms, ["2013-health", "2018-health"]);
    }

    #[test]
    fn documents_of_two_years_name_one_body() {
        let holder = |key: &str, role| Holder { body: department(key).into(), printed: key.into(), role, span: None };
        let notice = |date: &str, parties| Notice {
            date: Date::parse_iso(date),
            tasks: vec![Mandate { parties, ..Mandate::default() }],
            ..Notice::default()
        };
        let mut both = [
            notice(
                "2012",
                vec![holder("health.wsj.pcx", Role::Lead), holder("health.wshjhsywyh.pcx", Role::Supporting)],
            ),
            notice("2015", vec![holder("health.wshjhsywyh.pcx", Role::Lead)]),
        ];
        let succession = notices_as_of(&mut both, Date::parse_iso("2024").unwrap());
        assert_eq!(succession.followed.len(), 2);
        let [early, late] = both.map(|mut notice| notice.tasks.remove(0).parties);
        assert_eq!((early.len(), &early[0].body.id), (1, &late[0].body.id));
        assert_eq!((early[0].role, late[0].body.label.as_str()), (Role::Lead, "哈尔滨市卫生健康委员会"));
        assert_eq!(late[0].printed, "health.wshjhsywyh.pcx", "the words stay");
    }

    #[test]
    fn a_document_of_the_day_shows_which_body_stood() {
        let followed = as_of(&network(), Date::parse_iso("2012-05-01").unwrap());
        assert_eq!(labels(&followed), ["哈尔滨市医疗保障局", "哈尔滨市卫生局"]);
    }
}
