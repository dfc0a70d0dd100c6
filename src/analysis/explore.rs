//! The part of a network that a person looks at: the most connected first, or what is around one node.

use std::collections::{BTreeMap, BTreeSet};

use petgraph::graph::NodeIndex;
use petgraph::visit::EdgeRef;

use super::overlap::{Projection, project_parts};
use super::parts::{parties, roles};
use crate::extract::Role;
use crate::network::{Network, Node};

/// The most nodes of a view.
pub const MOST: usize = 2_000;

/// Links of a view for each of its nodes: more cannot be told apart.
const LINKS: usize = 3;

/// The most neighbours of each kind around a node.
const NEIGHBOURS: usize = 60;

/// What is to be seen.
#[derive(Clone, Debug)]
pub struct Wanted {
    /// Only tasks of these documents (IRIs); none for all.
    pub documents: Option<BTreeSet<String>>,
    /// Only parts of this role.
    pub role: Option<Role>,
    /// Whether tasks are seen beside departments.
    pub tasks: bool,
    /// How many nodes at most; never more than [`MOST`].
    pub most: usize,
}

impl Wanted {
    fn counts(&self, network: &Network, task: NodeIndex, role: Role) -> bool {
        let of = |documents: &BTreeSet<String>| match &network.graph[task] {
            Node::Task(task) => documents.contains(&task.document),
            Node::Department(_) => false,
        };
        self.role.is_none_or(|wanted| wanted == role) && self.documents.as_ref().is_none_or(of)
    }
}

/// What is seen.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Scene {
    /// Nodes, the most connected first; of a vicinity, what it is around.
    pub nodes: Vec<Seen>,
    /// Links between them, the strongest first.
    pub links: Vec<Link>,
    /// Nodes that are left out.
    pub nodes_left_out: usize,
    /// Links between nodes that are seen, left out.
    pub links_left_out: usize,
}

/// A node that is seen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Seen {
    /// Its place in the network.
    pub node: NodeIndex,
    /// Tasks of a department, parties of a task.
    pub degree: usize,
    /// Tasks that a department leads, alone or beside others.
    pub leads: usize,
}

/// A link between two nodes that are seen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Link {
    /// The place of one among the nodes that are seen; of a part in a task, the department.
    pub from: usize,
    /// The place of the other.
    pub to: usize,
    /// What joins them.
    pub bond: Bond,
}

/// What joins two nodes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Bond {
    /// Departments that have tasks in common.
    Common {
        /// How many.
        tasks: u32,
        /// How many of them the first leads without the second.
        from_leads: u32,
        /// How many the second leads without the first.
        to_leads: u32,
    },
    /// A department that has a part in a task.
    Part(Role),
}

/// What is to be seen of a network: departments that share tasks, or departments and tasks.
pub fn scene(network: &Network, wanted: &Wanted) -> Scene {
    let counts = |task, role| wanted.counts(network, task, role);
    let projection = project_parts(network, wanted.tasks, &counts);
    let most = wanted.most.min(MOST);
    if wanted.tasks { with_tasks(network, &projection, most, &counts) } else { coordination(&projection, most) }
}

fn coordination(projection: &Projection, most: usize) -> Scene {
    let shared = |node: NodeIndex| projection.edges(node).map(|edge| edge.weight().tasks).sum::<u32>();
    let mut ranked: Vec<NodeIndex> = projection.node_indices().collect();
    ranked.sort_by_cached_key(|&node| {
        let tasks = projection[node].tasks;
        std::cmp::Reverse((shared(node), tasks, std::cmp::Reverse(node)))
    });
    let nodes_left_out = ranked.len().saturating_sub(most);
    ranked.truncate(most);
    let places: BTreeMap<NodeIndex, usize> = ranked.iter().enumerate().map(|(place, node)| (*node, place)).collect();
    let links = projection.edge_references().filter_map(|edge| {
        let tie = edge.weight();
        let (from, to) = (*places.get(&edge.source())?, *places.get(&edge.target())?);
        let bond = Bond::Common { tasks: tie.tasks, from_leads: tie.a_leads, to_leads: tie.b_leads };
        Some(Link { from, to, bond })
    });
    let (links, links_left_out) = strongest(links.collect(), ranked.len());
    let nodes = ranked.iter().map(|&node| seen(projection, node)).collect();
    Scene { nodes, links, nodes_left_out, links_left_out }
}

fn seen(projection: &Projection, node: NodeIndex) -> Seen {
    let member = projection[node];
    Seen { node: member.node, degree: member.tasks, leads: member.leads }
}

/// The strongest links, and of every node at least its strongest.
fn strongest(mut links: Vec<Link>, nodes: usize) -> (Vec<Link>, usize) {
    let strength = |link: &Link| match link.bond {
        Bond::Common { tasks, .. } => tasks,
        Bond::Part(_) => 0,
    };
    links.sort_by_key(|link| (std::cmp::Reverse(strength(link)), link.from, link.to));
    let mut met = vec![false; nodes];
    let mut meets = |place: usize| met.get_mut(place).is_some_and(|met| !std::mem::replace(met, true));
    let (mut needed, mut others) = (Vec::new(), Vec::new());
    for link in links {
        let new = [meets(link.from), meets(link.to)];
        if new.contains(&true) { needed.push(link) } else { others.push(link) }
    }
    let room = (nodes * LINKS).saturating_sub(needed.len());
    let left_out = others.len().saturating_sub(room);
    others.truncate(room);
    needed.extend(others);
    needed.sort_by_key(|link| (std::cmp::Reverse(strength(link)), link.from, link.to));
    (needed, left_out)
}

/// Departments with the most tasks, a third of the nodes, and the tasks that join most of them.
fn with_tasks(
    network: &Network,
    projection: &Projection,
    most: usize,
    counts: &dyn Fn(NodeIndex, Role) -> bool,
) -> Scene {
    let mut bodies: Vec<NodeIndex> = projection.node_indices().collect();
    bodies.sort_by_key(|&node| (std::cmp::Reverse(projection[node].tasks), node));
    let all_bodies = bodies.len();
    bodies.truncate(most.div_ceil(3));
    let mut nodes: Vec<Seen> = bodies.iter().map(|&node| seen(projection, node)).collect();
    let places: BTreeMap<NodeIndex, usize> = nodes.iter().enumerate().map(|(place, one)| (one.node, place)).collect();

    let mut tasks: Vec<(NodeIndex, Vec<(NodeIndex, Role)>)> = Vec::new();
    let mut all_tasks = 0;
    for (task, _) in network.tasks() {
        let mut parties = parties(network, task);
        parties.retain(|(_, role)| counts(task, *role));
        all_tasks += usize::from(!parties.is_empty());
        parties.retain(|(body, _)| places.contains_key(body));
        if !parties.is_empty() {
            tasks.push((task, parties));
        }
    }
    tasks.sort_by_key(|(task, parties)| (std::cmp::Reverse(parties.len()), *task));
    tasks.truncate(most - nodes.len());
    let mut links = Vec::new();
    for (task, parties) in tasks {
        let to = nodes.len();
        nodes.push(Seen { node: task, degree: parties.len(), leads: 0 });
        links.extend(parties.into_iter().filter_map(|(body, role)| {
            let from = *places.get(&body)?;
            Some(Link { from, to, bond: Bond::Part(role) })
        }));
    }
    let room = nodes.len() * LINKS;
    let links_left_out = links.len().saturating_sub(room);
    links.truncate(room);
    Scene { nodes_left_out: all_bodies + all_tasks - nodes.len(), nodes, links, links_left_out }
}

/// What is around a node: of a department the others that it shares most tasks with, or its tasks, as is wanted; of a task its
/// parties.
pub fn around(network: &Network, centre: NodeIndex, wanted: &Wanted) -> Scene {
    let counts = |task, role| wanted.counts(network, task, role);
    let Node::Department(_) = &network.graph[centre] else {
        let mut parties = parties(network, centre);
        parties.retain(|(_, role)| counts(centre, *role));
        let whole = Seen { node: centre, degree: parties.len(), leads: 0 };
        let parts = parties.into_iter().map(|(body, role)| (own(network, body, &counts), Bond::Part(role)));
        return star(whole, parts.collect(), false);
    };
    let whole = own(network, centre, &counts);
    let mut own_parts = roles(network, centre);
    own_parts.retain(|(task, role)| counts(*task, *role));
    if wanted.tasks {
        let parts = own_parts.into_iter().map(|(task, role)| {
            let degree = network.graph.edges_directed(task, petgraph::Direction::Incoming).count();
            (Seen { node: task, degree, leads: 0 }, Bond::Part(role))
        });
        return star(whole, parts.collect(), true);
    }
    let mut common: BTreeMap<NodeIndex, [u32; 3]> = BTreeMap::new();
    for (task, role) in own_parts {
        for (other, other_role) in parties(network, task) {
            let is_collective = matches!(&network.graph[other], Node::Department(body) if body.collective);
            if other == centre || is_collective || !counts(task, other_role) {
                continue;
            }
            let [tasks, leads, led] = common.entry(other).or_default();
            *tasks += 1;
            *leads += u32::from(role.leads() && !other_role.leads());
            *led += u32::from(other_role.leads() && !role.leads());
        }
    }
    let mut partners: Vec<(NodeIndex, [u32; 3])> = common.into_iter().collect();
    partners.sort_by_key(|(node, [tasks, ..])| (std::cmp::Reverse(*tasks), *node));
    let parts = partners.into_iter().map(|(node, [tasks, from_leads, to_leads])| {
        (own(network, node, &counts), Bond::Common { tasks, from_leads, to_leads })
    });
    star(whole, parts.collect(), true)
}

/// A department with its own figures.
fn own(network: &Network, node: NodeIndex, counts: &dyn Fn(NodeIndex, Role) -> bool) -> Seen {
    let mut roles = roles(network, node);
    roles.retain(|(task, role)| counts(*task, *role));
    let leads = roles.iter().filter(|(_, role)| role.leads()).count();
    Seen { node, degree: roles.len(), leads }
}

/// A node and what it is joined with, the first so many; `outward` where it stands at the beginning of the links.
fn star(centre: Seen, mut others: Vec<(Seen, Bond)>, outward: bool) -> Scene {
    let left_out = others.len().saturating_sub(NEIGHBOURS);
    others.truncate(NEIGHBOURS);
    let ends = |place: usize| if outward { (0, place) } else { (place, 0) };
    let links = others.iter().enumerate().map(|(index, (_, bond))| {
        let (from, to) = ends(index + 1);
        Link { from, to, bond: *bond }
    });
    let links = links.collect();
    let nodes = std::iter::once(centre).chain(others.into_iter().map(|(node, _)| node)).collect();
    Scene { nodes, links, nodes_left_out: left_out, links_left_out: 0 }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::network::{Department, Party, TaskNode};

    /// Three bodies; tasks of two documents with their parties.
    fn network() -> Network {
        let mut network = Network::default();
        let bodies = ["a", "b", "c"].map(|name| {
            let body = Department { id: name.to_owned(), label: name.to_owned(), ..Department::default() };
            network.graph.add_node(Node::Department(body))
        });
        for (seq, document, parties) in [
            (1, "d", vec![(0, Role::Lead), (1, Role::Supporting)]),
            (2, "d", vec![(0, Role::Lead), (1, Role::Supporting), (2, Role::Supporting)]),
            (3, "e", vec![(1, Role::Lead), (2, Role::Lead)]),
        ] {
            let node = TaskNode {
                id: format!("{document}/task/{seq}"),
                document: document.into(),
                seq,
                ..TaskNode::default()
            };
            let task = network.graph.add_node(Node::Task(node));
            for (body, role) in parties {
                network.graph.add_edge(bodies[body], task, Party { role, rank: 1, confidence: 1.0 });
            }
        }
        network
    }

    fn all() -> Wanted {
        Wanted { documents: None, role: None, tasks: false, most: MOST }
    }

    fn common(scene: &Scene) -> Vec<(usize, usize, u32)> {
        let tasks = |link: &Link| match link.bond {
            Bond::Common { tasks, .. } => (link.from, link.to, tasks),
            Bond::Part(_) => (link.from, link.to, 0),
        };
        scene.links.iter().map(tasks).collect()
    }

    #[test]
    fn the_most_connected_come_first() {
        let network = network();
        let whole = scene(&network, &all());
        // b shares 4 tasks, a and c 3
        let order: Vec<usize> = whole.nodes.iter().map(|one| one.node.index()).collect();
        assert_eq!(order, [1, 0, 2]);
        assert_eq!(whole.nodes.iter().map(|one| (one.degree, one.leads)).collect::<Vec<_>>(), [(3, 1), (2, 2), (2, 1)]);
        assert_eq!(common(&whole), [(0, 2, 2), (1, 0, 2), (1, 2, 1)]);
        let first = scene(&network, &Wanted { most: 2, ..all() });
        assert_eq!((first.nodes.len(), first.nodes_left_out, first.links.len()), (2, 1, 1));
    }

    #[test]
    fn documents_and_roles_narrow_it() {
        let network = network();
        let of_document = scene(&network, &Wanted { documents: Some(["e".to_owned()].into()), ..all() });
        assert_eq!(common(&of_document), [(0, 1, 1)]);
        let leads = scene(&network, &Wanted { role: Some(Role::Lead), ..all() });
        assert_eq!((leads.nodes.len(), common(&leads).len()), (3, 1), "only b and c lead together");
        let none = scene(&network, &Wanted { documents: Some(BTreeSet::new()), ..all() });
        assert_eq!(none, Scene::default());
    }

    #[test]
    fn tasks_stand_beside_their_parties() {
        let network = network();
        let whole = scene(&network, &Wanted { tasks: true, ..all() });
        assert_eq!((whole.nodes.len(), whole.links.len(), whole.nodes_left_out), (6, 7, 0));
        let part = scene(&network, &Wanted { tasks: true, most: 3, ..all() });
        assert_eq!((part.nodes.len(), part.nodes_left_out), (3, 3));
        assert!(matches!(part.links.as_slice(), [Link { from: 0, bond: Bond::Part(_), .. }, _]));
    }

    #[test]
    fn a_node_is_seen_with_what_is_around_it() {
        let network = network();
        let of = |node: usize, tasks: bool| around(&network, NodeIndex::new(node), &Wanted { tasks, ..all() });
        let partners = of(0, false);
        assert_eq!(common(&partners), [(0, 1, 2), (0, 2, 1)]);
        assert!(matches!(partners.links[0].bond, Bond::Common { from_leads: 2, to_leads: 0, .. }));
        let tasks = of(1, true);
        assert_eq!((tasks.nodes.len(), tasks.nodes[0].degree), (4, 3));
        let parties = of(4, false);
        assert_eq!(parties.links.iter().map(|link| link.bond).collect::<Vec<_>>()[0], Bond::Part(Role::Lead));
        assert!(parties.links.iter().all(|link| link.to == 0));
    }
}
