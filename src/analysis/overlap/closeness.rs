//! How near a department is to all others.

use super::links::Links;
use crate::analysis::concentration::exact;
use crate::parallel::in_parallel;

/// Words of 64 nodes that are walked from at once.
const WORDS: usize = 4;

/// Nodes that are walked from at once.
const BATCH: usize = WORDS * 64;

/// Parts that the batches are divided into.
const PARTS: usize = 16;

/// One bit for every node of a batch.
type Bits = [u64; WORDS];

/// Closeness centrality of every node: (r − 1) / Σ d, the reciprocal of the mean distance to the r − 1 others that it
/// reaches, times the share (r − 1) / (n − 1) of all others that these are; 0 for a node without links.
///
/// The factor is that of S. Wasserman and K. Faust, *Social network analysis*, 1994, p. 201, for graphs that do not hang together.
/// Walks from 256 nodes at once as M. Then et al., *The more the merrier: efficient multi-source graph traversal*, VLDB 2014;
/// since links have no direction, it is enough to sum at the nodes reached. Takes O(n m / 256) steps per length of path.
pub fn closeness(links: &Links) -> Vec<f64> {
    let nodes = links.nodes();
    let batches: Vec<usize> = (0..nodes.div_ceil(BATCH)).collect();
    let part = batches.len().div_ceil(PARTS).max(1);
    let parts: Vec<&[usize]> = batches.chunks(part).collect();
    let sums = in_parallel(&parts, |batches| {
        let mut walk = Walk::new(nodes);
        batches.iter().for_each(|&batch| walk.from(links, batch * BATCH));
        walk.sums
    });
    let mut total = vec![Sum::default(); nodes];
    for sums in &sums {
        for (total, sum) in total.iter_mut().zip(sums) {
            total.reached += sum.reached;
            total.distance += sum.distance;
        }
    }
    let others = exact(nodes.saturating_sub(1));
    let near = |sum: &Sum| {
        let (reached, distance) = (whole(sum.reached), whole(sum.distance));
        if sum.distance == 0 { 0.0 } else { reached / distance * (reached / others) }
    };
    total.iter().map(near).collect()
}

/// Nodes that reach a node, and the sum of their distances.
#[derive(Clone, Copy, Default)]
struct Sum {
    reached: u64,
    distance: u64,
}

struct Walk {
    seen: Vec<Bits>,
    front: Vec<Bits>,
    next: Vec<Bits>,
    /// The nodes that the front has reached.
    active: Vec<usize>,
    sums: Vec<Sum>,
}

impl Walk {
    fn new(nodes: usize) -> Self {
        let none = || vec![[0; WORDS]; nodes];
        Self { seen: none(), front: none(), next: none(), active: Vec::new(), sums: vec![Sum::default(); nodes] }
    }

    /// Walks from the nodes of a batch to all that they reach.
    fn from(&mut self, links: &Links, first: usize) {
        self.active.clear();
        for (bit, node) in (first..links.nodes()).take(BATCH).enumerate() {
            let (Some(seen), Some(front)) = (self.seen.get_mut(node), self.front.get_mut(node)) else { continue };
            if let (Some(seen), Some(front)) = (seen.get_mut(bit / 64), front.get_mut(bit / 64)) {
                *seen |= 1 << (bit % 64);
                *front |= 1 << (bit % 64);
            }
            self.active.push(node);
        }
        let mut distance = 0;
        let mut touched: Vec<usize> = self.active.clone();
        while !self.active.is_empty() {
            distance += 1;
            self.step(links, distance);
            touched.extend(&self.active);
        }
        for node in touched {
            if let Some(seen) = self.seen.get_mut(node) {
                *seen = [0; WORDS];
            }
        }
    }

    fn step(&mut self, links: &Links, distance: u64) {
        let mut candidates = Vec::new();
        for node in std::mem::take(&mut self.active) {
            let Some(front) = self.front.get_mut(node).map(std::mem::take) else { continue };
            for &neighbour in links.neighbours(node) {
                let Some(next) = self.next.get_mut(neighbour as usize) else { continue };
                if *next == [0; WORDS] {
                    candidates.push(neighbour as usize);
                }
                next.iter_mut().zip(front).for_each(|(next, front)| *next |= front);
            }
        }
        for node in candidates {
            let Some(next) = self.next.get_mut(node).map(std::mem::take) else { continue };
            let (Some(seen), Some(front)) = (self.seen.get_mut(node), self.front.get_mut(node)) else { continue };
            let mut new = 0;
            for ((next, seen), front) in next.into_iter().zip(seen).zip(front) {
                let fresh = next & !*seen;
                *seen |= fresh;
                *front = fresh;
                new += u64::from(fresh.count_ones());
            }
            if new > 0 {
                self.active.push(node);
                if let Some(sum) = self.sums.get_mut(node) {
                    sum.reached += new;
                    sum.distance += new * distance;
                }
            }
        }
    }
}

#[expect(clippy::cast_precision_loss, reason = "sums of distances are far below the limit of whole numbers")]
fn whole(sum: u64) -> f64 {
    sum as f64
}
