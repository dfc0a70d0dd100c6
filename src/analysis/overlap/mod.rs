//! Who works with whom: the network of departments that share tasks.
//!
//! The projection is a graph of petgraph, communities are found by `leiden-rs`. The other measures walk compressed rows
//! ([`Links`]): `rustworkx-core` has most of them, but adds up betweenness in the order in which its threads end, so that last
//! digits change from run to run, takes no sample of sources, and is ten times slower on networks of some thousand departments.

mod betweenness;
mod centralisation;
mod centre;
mod closeness;
mod communities;
mod contacts;
mod cuts;
mod eigenvector;
mod links;
mod projection;
mod shells;
mod shift;

use std::collections::BTreeSet;

use petgraph::algo::connected_components;
use petgraph::graph::NodeIndex;
use petgraph::visit::EdgeRef;

use super::concentration::exact;
use super::parts::roles;
use crate::extract::Role;
use crate::network::{Department, Network, Node, Succession, TaskNode};

pub use betweenness::{EXACT_WALK, Sources, betweenness};
pub use centralisation::centralisation;
pub use centre::{Centre, centre};
pub use closeness::closeness;
pub use communities::{Communities, communities, modularity};
pub use contacts::{Contact, contacts};
pub use cuts::{Cut, cuts};
pub use eigenvector::eigenvector;
pub use links::Links;
pub(super) use projection::project_parts;
pub use projection::{Member, Projection, Tie, project};
pub use shells::core_numbers;
pub use shift::{Shift, Shifts, shifts};

/// The network of departments and the place of each in it.
#[derive(Clone, Debug, PartialEq)]
pub struct Overlap {
    /// Figures of the whole.
    pub figures: Figures,
    /// The departments: those with the most neighbours first, then by common tasks, then by label. The core stands first.
    pub departments: Vec<Position>,
    /// The pairs with common tasks: those with the most first, then by Jaccard index, then by labels.
    pub pairs: Vec<Pair>,
    /// Departments whose absence cuts others off, with the labels of those.
    pub cuts: Vec<Weak>,
    /// The reforms that were followed, where bodies stand as of a day.
    pub succession: Option<Succession>,
}

/// Figures of a whole network.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Figures {
    /// Number of departments with at least one task.
    pub nodes: usize,
    /// Number of pairs with a common task.
    pub edges: usize,
    /// Share of the possible pairs that have one; 0 for fewer than two departments.
    pub density: f64,
    /// Freeman centralisation of degree.
    pub degree_centralisation: f64,
    /// Freeman centralisation of betweenness.
    pub betweenness_centralisation: f64,
    /// Number of parts that do not hang together.
    pub components: usize,
    /// Number of departments from which shortest paths were followed for the betweenness.
    pub sources: usize,
    /// Number of departments in the core.
    pub core: usize,
    /// How well core and periphery describe the network.
    pub core_fit: Option<f64>,
    /// Number of communities.
    pub communities: usize,
    /// Modularity of the communities.
    pub modularity: Option<f64>,
    /// Number of tasks in scope.
    pub tasks: usize,
}

/// A department in the network.
#[derive(Clone, Debug, PartialEq)]
pub struct Position {
    /// IRI.
    pub organisation: String,
    /// Full name.
    pub label: String,
    /// Tasks in which it has a part.
    pub tasks: usize,
    /// Tasks that it leads alone.
    pub lead: usize,
    /// Tasks that it leads beside others.
    pub co_lead: usize,
    /// Departments with which it has a common task.
    pub degree: usize,
    /// Sum of the common tasks over those.
    pub weighted_degree: u64,
    /// Betweenness centrality, normalised.
    pub betweenness: f64,
    /// Closeness centrality.
    pub closeness: f64,
    /// Eigenvector centrality.
    pub eigenvector: f64,
    /// Core number.
    pub core: usize,
    /// Number of its community, from 1.
    pub community: usize,
    /// Whether it is of the core of the network.
    pub central: bool,
    /// Departments that it leads in some task.
    pub leads: usize,
    /// Departments that lead it in some task.
    pub led_by: usize,
}

/// IRI and full name of a department.
pub type Named = (String, String);

/// Two departments with common tasks.
#[derive(Clone, Debug, PartialEq)]
pub struct Pair {
    /// Nodes of the two in the network, the first one first.
    pub nodes: (NodeIndex, NodeIndex),
    /// IRI and full name of the first.
    pub a: Named,
    /// IRI and full name of the second.
    pub b: Named,
    /// What they have in common.
    pub tie: Tie,
    /// Common tasks over tasks of either.
    pub jaccard: f64,
}

/// A department whose absence cuts others off.
#[derive(Clone, Debug, PartialEq)]
pub struct Weak {
    /// IRI and full name.
    pub body: Named,
    /// Full names of those cut off, part by part.
    pub off: Vec<Vec<String>>,
}

/// Computes the network of departments, every measure on links without weights but weighted degree and communities.
///
/// Betweenness is followed from all departments up to [`EXACT_WALK`], from a sample beyond; all else is exact.
pub fn overlap(network: &Network, collective: bool) -> Overlap {
    let graph = project(network, collective);
    let links = Links::of(&graph, |tie| tie.tasks);
    let bodies: Vec<&Department> = graph
        .node_weights()
        .filter_map(|member| match &network.graph[member.node] {
            Node::Department(department) => Some(department),
            Node::Task(_) => None,
        })
        .collect();
    let labels: Vec<&str> = bodies.iter().map(|body| body.label.as_str()).collect();
    let sources = Sources::within(&links, EXACT_WALK);
    let between = betweenness(&links, &sources);
    let centre = centre(&links, &labels);
    let communities = communities(&links);
    let degrees: Vec<f64> = (0..links.nodes()).map(|node| exact(links.degree(node))).collect();
    let nodes = exact(links.nodes());
    let pairs = nodes * (nodes - 1.0);
    let figures = Figures {
        nodes: links.nodes(),
        edges: links.count(),
        density: if pairs > 0.0 { 2.0 * exact(links.count()) / pairs } else { 0.0 },
        degree_centralisation: centralisation(&degrees, (nodes - 1.0) * (nodes - 2.0)),
        betweenness_centralisation: if nodes > 2.0 { centralisation(&between, nodes - 1.0) } else { 0.0 },
        components: connected_components(&graph),
        sources: sources.nodes.len(),
        core: centre.core.iter().filter(|core| **core).count(),
        core_fit: centre.fit,
        communities: communities.of.iter().max().copied().unwrap_or_default(),
        modularity: communities.modularity,
        tasks: network.tasks().count(),
    };
    let measures = Measures {
        between,
        closeness: closeness(&links),
        eigenvector: eigenvector(&links),
        cores: core_numbers(&links),
        communities: communities.of,
        central: centre.core,
    };
    Overlap {
        departments: positions(network, &graph, &links, &bodies, &measures),
        pairs: self::pairs(&graph, &bodies),
        cuts: weak(&links, &bodies),
        figures,
        succession: network.succession.clone(),
    }
}

/// What was measured, by node.
struct Measures {
    between: Vec<f64>,
    closeness: Vec<f64>,
    eigenvector: Vec<f64>,
    cores: Vec<usize>,
    communities: Vec<usize>,
    central: Vec<bool>,
}

fn positions(
    network: &Network,
    graph: &Projection,
    links: &Links,
    bodies: &[&Department],
    measures: &Measures,
) -> Vec<Position> {
    let position = |(index, body): (usize, &&Department)| {
        let node = NodeIndex::new(index);
        let roles = roles(network, graph[node].node);
        let count = |wanted: Role| roles.iter().filter(|(_, role)| *role == wanted).count();
        let leading = |own: bool| {
            let ties = graph.edges(node).map(|edge| (edge.weight(), (edge.source().min(edge.target()) == node) == own));
            ties.filter(|(tie, first)| if *first { tie.a_leads > 0 } else { tie.b_leads > 0 }).count()
        };
        let real = |values: &[f64]| values.get(index).copied().unwrap_or_default();
        let whole = |values: &[usize]| values.get(index).copied().unwrap_or_default();
        Position {
            organisation: body.id.clone(),
            label: body.label.clone(),
            tasks: graph[node].tasks,
            lead: count(Role::Lead),
            co_lead: count(Role::CoLead),
            degree: links.degree(index),
            weighted_degree: links.strength(index),
            betweenness: real(&measures.between),
            closeness: real(&measures.closeness),
            eigenvector: real(&measures.eigenvector),
            core: whole(&measures.cores),
            community: whole(&measures.communities),
            central: measures.central.get(index).copied().unwrap_or_default(),
            leads: leading(true),
            led_by: leading(false),
        }
    };
    let mut positions: Vec<Position> = bodies.iter().enumerate().map(position).collect();
    positions.sort_by(|a, b| {
        let place = |position: &Position| (position.degree, position.weighted_degree);
        place(b).cmp(&place(a)).then_with(|| (&a.label, &a.organisation).cmp(&(&b.label, &b.organisation)))
    });
    positions
}

fn pairs(graph: &Projection, bodies: &[&Department]) -> Vec<Pair> {
    let named = |node: NodeIndex| bodies.get(node.index()).map(|body| (body.id.clone(), body.label.clone()));
    let pair = |edge: petgraph::graph::EdgeReference<'_, Tie>| {
        let (one, other) = (edge.source().min(edge.target()), edge.source().max(edge.target()));
        let (a, b) = (graph[one], graph[other]);
        let common = edge.weight().tasks as usize;
        let either = a.tasks + b.tasks - common.min(a.tasks + b.tasks);
        let jaccard = if either > 0 { exact(common) / exact(either) } else { 0.0 };
        Some(Pair { nodes: (a.node, b.node), a: named(one)?, b: named(other)?, tie: *edge.weight(), jaccard })
    };
    let mut pairs: Vec<Pair> = graph.edge_references().filter_map(pair).collect();
    pairs.sort_by(|x, y| {
        (y.tie.tasks.cmp(&x.tie.tasks))
            .then_with(|| y.jaccard.total_cmp(&x.jaccard))
            .then_with(|| (&x.a.1, &x.b.1, x.nodes).cmp(&(&y.a.1, &y.b.1, y.nodes)))
    });
    pairs
}

fn weak(links: &Links, bodies: &[&Department]) -> Vec<Weak> {
    let label = |node: &usize| bodies.get(*node).map(|body| body.label.clone());
    let weak = |cut: Cut| {
        let body = bodies.get(cut.node)?;
        let off = cut.off.iter().map(|part| part.iter().filter_map(label).collect()).collect();
        Some(Weak { body: (body.id.clone(), body.label.clone()), off })
    };
    cuts(links).into_iter().filter_map(weak).collect()
}

impl Overlap {
    /// The departments that lead tasks beside others and none alone.
    pub fn only_co_leads(&self) -> impl Iterator<Item = &Position> {
        self.departments.iter().filter(|position| position.co_lead > 0 && position.lead == 0)
    }

    /// Whether the betweenness is exact.
    pub fn is_exact(&self) -> bool {
        self.figures.sources == self.figures.nodes
    }
}

/// The tasks behind a pair, by document and place in it.
pub fn common_tasks<'a>(network: &'a Network, pair: &Pair) -> Vec<&'a TaskNode> {
    let own: BTreeSet<NodeIndex> = network.graph.neighbors(pair.nodes.0).collect();
    let both: BTreeSet<NodeIndex> = network.graph.neighbors(pair.nodes.1).filter(|task| own.contains(task)).collect();
    let task = |node: NodeIndex| match &network.graph[node] {
        Node::Task(task) => Some(task),
        Node::Department(_) => None,
    };
    both.into_iter().filter_map(task).collect()
}
