//! On how many shortest paths a department lies.

use super::links::Links;
use crate::analysis::concentration::exact;
use crate::parallel::in_parallel;

/// Links walked up to which betweenness is exact: departments × links.
///
/// A network of 2,000 departments is exact whatever its links; one of 20,000 up to 200,000 links.
pub const EXACT_WALK: usize = 4_000_000_000;

/// The fewest departments that paths are followed from where betweenness is estimated.
const FEWEST_SOURCES: usize = 256;

/// Parts that the sources are divided into: a fixed number, so that sums do not hang on the number of processors.
const PARTS: usize = 16;

/// From which departments paths are followed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sources {
    /// Those departments, in order.
    pub nodes: Vec<u32>,
    /// Whether these are all.
    pub exact: bool,
}

impl Sources {
    /// All departments, as long as departments × links do not exceed `walk`; beyond, so many that they do not, spread evenly
    /// over the order of the departments, in which those of a place lie together.
    pub fn within(links: &Links, walk: usize) -> Self {
        let nodes = links.nodes();
        let affordable = walk.checked_div(links.count()).unwrap_or(nodes).max(FEWEST_SOURCES);
        let count = affordable.min(nodes);
        let node = |index: usize| u32::try_from(index * nodes / count.max(1)).ok();
        Self { nodes: (0..count).filter_map(node).collect(), exact: count == nodes }
    }
}

/// Betweenness centrality of every node: the share of shortest paths between two others that it lies on, over all pairs,
/// normalised to 0 … 1; 0 in graphs of fewer than three nodes.
///
/// With a sample of sources it is an unbiased estimate in the manner of Brandes and Pich, *Centrality estimation in large
/// networks*, 2007: sums over the sources, scaled by n over their number.
///
/// Takes O(k (n + m)) time for k sources; U. Brandes, *A faster algorithm for betweenness centrality*, Journal of Mathematical
/// Sociology 25(2), 2001. Walks step by step, so that sums
/// over all neighbours take the place of lists of predecessors.
pub fn betweenness(links: &Links, sources: &Sources) -> Vec<f64> {
    let nodes = links.nodes();
    let part = sources.nodes.len().div_ceil(PARTS).max(1);
    let parts: Vec<&[u32]> = sources.nodes.chunks(part).collect();
    let sizes = sizes(links);
    let sums = in_parallel(&parts, |part| {
        let mut paths = Paths::new(nodes);
        for &source in *part {
            paths.follow(links, source, sizes.get(at(source)).copied().unwrap_or_default());
        }
        paths.sums
    });
    let mut total = vec![0.0; nodes];
    for sums in &sums {
        total.iter_mut().zip(sums).for_each(|(total, sum)| *total += sum);
    }
    // every pair is met from both ends
    let pairs = exact(nodes.saturating_sub(1)) * exact(nodes.saturating_sub(2));
    let scale = if pairs > 0.0 { exact(nodes) / exact(sources.nodes.len()) / pairs } else { 0.0 };
    for sum in &mut total {
        *sum *= scale;
    }
    total
}

/// How many nodes hang together with each.
fn sizes(links: &Links) -> Vec<usize> {
    let mut sizes = vec![0; links.nodes()];
    for first in 0..links.nodes() {
        if sizes.get(first).is_some_and(|size| *size > 0) {
            continue;
        }
        let mut part = vec![first];
        let mut next = 0;
        while let Some(&node) = part.get(next) {
            next += 1;
            for &neighbour in links.neighbours(node) {
                let Some(size) = sizes.get_mut(at(neighbour)).filter(|size| **size == 0) else { continue };
                *size = 1;
                part.push(at(neighbour));
            }
        }
        // the first is found again by its neighbours
        part.sort_unstable();
        part.dedup();
        for &node in &part {
            if let Some(size) = sizes.get_mut(node) {
                *size = part.len();
            }
        }
    }
    sizes
}

/// Room for the paths from one source, used again for the next.
struct Paths {
    found: Vec<bool>,
    /// Sum of the paths to neighbours that were walked from; what is added after a node was found is never read.
    arriving: Vec<f64>,
    /// Number of shortest paths to a node.
    counts: Vec<f64>,
    /// Of the nodes one step farther away: one and the share of paths that go on from them, over the paths to them; else 0.
    shares: Vec<f64>,
    /// The nodes in the order in which they are found.
    order: Vec<u32>,
    /// Where in the order each step away from the source begins.
    steps: Vec<usize>,
    sums: Vec<f64>,
}

impl Paths {
    fn new(nodes: usize) -> Self {
        let zeros = || vec![0.0; nodes];
        Self {
            found: vec![false; nodes],
            arriving: zeros(),
            counts: zeros(),
            shares: zeros(),
            order: Vec::with_capacity(nodes),
            steps: Vec::new(),
            sums: zeros(),
        }
    }

    /// Follows the paths from a source, which hangs together with so many nodes.
    fn follow(&mut self, links: &Links, source: u32, size: usize) {
        self.spread(links, source, size);
        self.gather(links);
        for &node in &self.order {
            set(&mut self.found, node, false);
            set(&mut self.arriving, node, 0.0);
        }
        self.order.clear();
        self.steps.clear();
    }

    /// Goes out step by step and counts shortest paths, until all nodes are found.
    fn spread(&mut self, links: &Links, source: u32, size: usize) {
        set(&mut self.found, source, true);
        set(&mut self.counts, source, 1.0);
        self.order.push(source);
        self.steps.push(0);
        let mut start = 0;
        while self.order.len() < size {
            let end = self.order.len();
            for place in start..end {
                let Some(&node) = self.order.get(place) else { continue };
                let paths = get(&self.counts, node);
                for &neighbour in links.neighbours(at(node)) {
                    // no branch on the distance: what reaches nodes found before does no harm
                    if let Some(arriving) = self.arriving.get_mut(at(neighbour)) {
                        *arriving += paths;
                    }
                    if let Some(found) = self.found.get_mut(at(neighbour)).filter(|found| !**found) {
                        *found = true;
                        self.order.push(neighbour);
                    }
                }
            }
            for &node in self.order.iter().skip(end) {
                set(&mut self.counts, node, get(&self.arriving, node));
            }
            self.steps.push(end);
            start = end;
        }
    }

    /// Comes back from the farthest nodes and gathers the dependencies of the source.
    fn gather(&mut self, links: &Links) {
        let mut end = self.order.len();
        let mut farther = end..end;
        let mut shares = Vec::new();
        for &start in self.steps.iter().skip(1).rev() {
            shares.clear();
            for &node in self.order.get(start..end).unwrap_or_default() {
                // only nodes one step farther away have a share
                let neighbours = if farther.is_empty() { &[] } else { links.neighbours(at(node)) };
                let behind: f64 = neighbours.iter().map(|&neighbour| get(&self.shares, neighbour)).sum();
                let paths = get(&self.counts, node);
                let dependency = paths * behind;
                shares.push((1.0 + dependency) / paths);
                if let Some(sum) = self.sums.get_mut(at(node)) {
                    *sum += dependency;
                }
            }
            for &node in self.order.get(farther).unwrap_or_default() {
                set(&mut self.shares, node, 0.0);
            }
            for (&node, &share) in self.order.get(start..end).unwrap_or_default().iter().zip(&shares) {
                set(&mut self.shares, node, share);
            }
            farther = start..end;
            end = start;
        }
        for &node in self.order.get(farther).unwrap_or_default() {
            set(&mut self.shares, node, 0.0);
        }
    }
}

fn get(values: &[f64], node: u32) -> f64 {
    values.get(at(node)).copied().unwrap_or_default()
}

fn set<T>(values: &mut [T], node: u32, value: T) {
    if let Some(place) = values.get_mut(at(node)) {
        *place = value;
    }
}

fn at(node: u32) -> usize {
    node as usize
}
