//! Groups of departments that work with each other more than with others.

use leiden_rs::{GraphDataBuilder, Leiden, LeidenConfig};

use super::links::Links;

/// The most seeds that are tried; the best division is kept.
const SEEDS: usize = 64;

/// Links walked by all seeds together, so that large networks are divided once.
const WALK: usize = 160_000;

/// A division of a network into communities.
#[derive(Clone, Debug, PartialEq)]
pub struct Communities {
    /// The community of each node, from 1: the largest first, those of one size by their first node.
    pub of: Vec<usize>,
    /// Modularity of the division, links weighted by common tasks; none where there is no link.
    pub modularity: Option<f64>,
}

/// Divides by the Leiden algorithm for the largest modularity, with fixed seeds, so that the same network gives the same result.
///
/// Every community hangs together; a department without links is one of its own. V. A. Traag, L. Waltman and N. J. van Eck,
/// *From Louvain to Leiden*, Scientific Reports 9, 2019.
pub fn communities(links: &Links) -> Communities {
    let nodes = links.nodes();
    let mut builder = GraphDataBuilder::new(nodes);
    for (a, b, weight) in each(links) {
        // ends are nodes of the graph and weights are positive: nothing is refused
        let _ = builder.add_edge(a, b, f64::from(weight));
    }
    let alone = || Communities { of: (1..=nodes).collect(), modularity: None };
    let Ok(graph) = builder.build() else { return alone() };
    if links.count() == 0 {
        return alone();
    }
    let seeds = (WALK / links.count()).clamp(1, SEEDS);
    let mut best: Option<Communities> = None;
    for seed in (1..).take(seeds) {
        let config = LeidenConfig { seed: Some(seed), ..LeidenConfig::default() };
        let Ok(found) = Leiden::new(config).run(&graph) else { continue };
        let of = numbered(found.partition.as_slice());
        let quality = modularity(links, &of);
        if best.as_ref().is_none_or(|best| best.modularity.is_none_or(|known| quality > known + 1e-12)) {
            best = Some(Communities { of, modularity: Some(quality) });
        }
    }
    best.unwrap_or_else(alone)
}

/// Every link once.
fn each(links: &Links) -> impl Iterator<Item = (usize, usize, u32)> {
    (0..links.nodes()).flat_map(move |a| {
        let row = links.neighbours(a).iter().zip(links.weights(a));
        row.map(move |(&b, &weight)| (a, b as usize, weight)).filter(|(a, b, _)| a < b)
    })
}

/// Communities numbered from 1 by size, then by their first node.
fn numbered(found: &[usize]) -> Vec<usize> {
    let mut sizes: Vec<(usize, usize)> = vec![(0, usize::MAX); found.iter().max().map_or(0, |most| most + 1)];
    for (node, &community) in found.iter().enumerate() {
        if let Some((size, first)) = sizes.get_mut(community) {
            *size += 1;
            *first = (*first).min(node);
        }
    }
    let mut order: Vec<usize> = (0..sizes.len()).collect();
    order.sort_by_key(|&community| sizes.get(community).map(|&(size, first)| (std::cmp::Reverse(size), first)));
    let mut numbers = vec![0; sizes.len()];
    for (index, &community) in order.iter().enumerate() {
        if let Some(number) = numbers.get_mut(community) {
            *number = index + 1;
        }
    }
    found.iter().map(|&community| numbers.get(community).copied().unwrap_or_default()).collect()
}

/// Σ (w_c / w − (s_c / 2w)²) over communities with the weight w_c of inner links and the sum s_c of strengths, w the weight of all.
pub fn modularity(links: &Links, of: &[usize]) -> f64 {
    let count = of.iter().max().map_or(0, |most| most + 1);
    let (mut inner, mut strengths) = (vec![0.0; count], vec![0.0; count]);
    let mut all = 0.0;
    for (a, b, weight) in each(links) {
        let weight = f64::from(weight);
        all += weight;
        let (Some(&one), Some(&other)) = (of.get(a), of.get(b)) else { continue };
        if let Some(inner) = inner.get_mut(one).filter(|_| one == other) {
            *inner += weight;
        }
        for end in [one, other] {
            if let Some(strength) = strengths.get_mut(end) {
                *strength += weight;
            }
        }
    }
    let term = |(inner, strength): (&f64, &f64)| inner / all - (strength / (2.0 * all)).powi(2);
    if all > 0.0 { inner.iter().zip(&strengths).map(term).sum() } else { 0.0 }
}
