//! The links of a graph, as algorithms walk them.

use petgraph::graph::{NodeIndex, UnGraph};
use petgraph::visit::EdgeRef;

/// An undirected graph as compressed rows: the neighbours of node i lie together, in order, each with the weight of its link.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Links {
    starts: Vec<usize>,
    targets: Vec<u32>,
    weights: Vec<u32>,
}

impl Links {
    /// The links of a graph without loops, with the weights that `weight` gives.
    pub fn of<N, E>(graph: &UnGraph<N, E>, weight: impl Fn(&E) -> u32) -> Self {
        let mut links = Self::default();
        links.starts.push(0);
        let mut row: Vec<(u32, u32)> = Vec::new();
        for node in graph.node_indices() {
            row.clear();
            row.extend(graph.edges(node).map(|edge| (number(edge.target()), weight(edge.weight()))));
            row.sort_unstable();
            links.targets.extend(row.iter().map(|(target, _)| target));
            links.weights.extend(row.iter().map(|(_, weight)| weight));
            links.starts.push(links.targets.len());
        }
        links
    }

    /// Number of nodes.
    pub fn nodes(&self) -> usize {
        self.starts.len().saturating_sub(1)
    }

    /// Number of links, each counted once.
    pub fn count(&self) -> usize {
        self.targets.len() / 2
    }

    /// The neighbours of a node, in order.
    pub fn neighbours(&self, node: usize) -> &[u32] {
        self.row(node, &self.targets)
    }

    /// The weights of the links of a node, in the order of its neighbours.
    pub fn weights(&self, node: usize) -> &[u32] {
        self.row(node, &self.weights)
    }

    /// Number of neighbours of a node.
    pub fn degree(&self, node: usize) -> usize {
        self.neighbours(node).len()
    }

    /// Sum of the weights of the links of a node.
    pub fn strength(&self, node: usize) -> u64 {
        self.weights(node).iter().copied().map(u64::from).sum()
    }

    fn row<'a>(&self, node: usize, values: &'a [u32]) -> &'a [u32] {
        match self.starts.get(node..) {
            Some(&[start, end, ..]) => values.get(start..end).unwrap_or_default(),
            _ => &[],
        }
    }
}

/// The number of a node; graphs of departments are far below 2³² nodes.
fn number(node: NodeIndex) -> u32 {
    u32::try_from(node.index()).unwrap_or(u32::MAX)
}
