//! How well connected the departments are that a department works with.

use super::links::Links;
use crate::analysis::concentration::exact;

/// The most rounds; what has not settled by then is the mean of near ties, and nobody's rank hangs on it.
const MOST_ROUNDS: usize = 2_000;

/// The most links walked, so that large networks end in time.
const MOST_WALK: usize = 4_000_000_000;

/// How little a value may change in the last round.
const SETTLED: f64 = 1e-13;

/// Eigenvector centrality of every node: the leading eigenvector of the adjacency matrix A without weights, with the length 1.
///
/// Found by power iteration on A + I from equal values, as NetworkX does it; the identity keeps bipartite graphs from swinging.
/// In a graph of several parts only those with the largest eigenvalue keep a value. P. Bonacich, *Power and centrality*, 1987.
/// Takes O(m) time a round. All are 0 where there is no link.
pub fn eigenvector(links: &Links) -> Vec<f64> {
    let nodes = links.nodes();
    if links.count() == 0 {
        return vec![0.0; nodes];
    }
    let mut values = vec![1.0 / exact(nodes).sqrt(); nodes];
    let mut next = values.clone();
    let rounds = (MOST_WALK / links.count()).min(MOST_ROUNDS);
    for _ in 0..rounds {
        for (node, next) in next.iter_mut().enumerate() {
            let own = values.get(node).copied().unwrap_or_default();
            let near = links.neighbours(node).iter().filter_map(|&neighbour| values.get(neighbour as usize));
            *next = own + near.sum::<f64>();
        }
        let length = next.iter().map(|value| value * value).sum::<f64>().sqrt();
        let mut change: f64 = 0.0;
        for (next, value) in next.iter_mut().zip(&values) {
            *next /= length;
            change = change.max((*next - value).abs());
        }
        std::mem::swap(&mut values, &mut next);
        if change < SETTLED {
            break;
        }
    }
    values
}
