//! How far a ranking would move where extraction was unsure.

use std::collections::{BTreeMap, BTreeSet};

use petgraph::graph::NodeIndex;
use petgraph::visit::EdgeRef;

use super::{Line, Weights};
use crate::analysis::concentration::exact;
use crate::extract::Role;
use crate::network::{Network, Party};

/// Bounds of load and place.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Range {
    /// The smallest and the largest load: without the doubtful claims, and with each of them in the heaviest role.
    pub load: (f64, f64),
    /// The best and the worst place, from 1.
    pub rank: (usize, usize),
    /// Number of doubtful claims.
    pub claims: usize,
}

/// Sets the range of every ranked department.
///
/// A claim below a confidence is doubtful: it may not hold at all, or hold in the heaviest role. Claims of different departments
/// are apart, so that each bound is reached by some reading. The best place counts those whose smallest load is before the own
/// largest one, the worst those whose largest is before the own smallest; equal loads stand by label, as in the ranking. Takes
/// O(E + n log n) time.
pub(super) fn spread(
    network: &Network,
    firsts: &BTreeSet<(NodeIndex, NodeIndex)>,
    lines: &mut [Line],
    weights: Weights,
    below: f64,
) {
    let heaviest = Role::ALL.into_iter().map(|role| weights.of(role)).fold(0.0, f64::max);
    let mut doubts: BTreeMap<&str, (usize, f64)> = BTreeMap::new();
    for (node, department) in network.departments() {
        let claims = network.graph.edges(node).filter(|edge| edge.weight().confidence < below);
        let carried = |edge: petgraph::graph::EdgeReference<'_, Party>| {
            let first = firsts.contains(&(node, edge.target()));
            weights.of(if first { Role::Lead } else { edge.weight().role })
        };
        let doubtful: Vec<f64> = claims.map(carried).collect();
        if !doubtful.is_empty() {
            doubts.insert(&department.id, (doubtful.len(), doubtful.iter().sum()));
        }
    }
    let bounds: Vec<(f64, f64, usize)> = lines
        .iter()
        .map(|line| {
            let (claims, carried) = doubts.get(line.organisation.as_str()).copied().unwrap_or_default();
            let least = (line.load - carried).max(0.0);
            (least, least + heaviest * exact(claims), claims)
        })
        .collect();
    let order = |pick: fn(&(f64, f64, usize)) -> f64| {
        let mut order: Vec<(f64, &str, &str)> = bounds
            .iter()
            .zip(lines.iter())
            .map(|(bound, line)| (-pick(bound), line.label.as_str(), line.organisation.as_str()))
            .collect();
        order.sort_by(|a, b| a.0.total_cmp(&b.0).then_with(|| (a.1, a.2).cmp(&(b.1, b.2))));
        order
    };
    let (leasts, mosts) = (order(|bound| bound.0), order(|bound| bound.1));
    let before = |order: &[(f64, &str, &str)], load: f64, line: &Line| {
        order.partition_point(|one| {
            let own = (-load, line.label.as_str(), line.organisation.as_str());
            one.0.total_cmp(&own.0).then_with(|| (one.1, one.2).cmp(&(own.1, own.2))).is_lt()
        })
    };
    let ranges: Vec<Range> = bounds
        .iter()
        .zip(lines.iter())
        .map(|(&(least, most, claims), line)| {
            // among the largest loads the own one stands before the own smallest, unless they are one
            let own = usize::from(most > least);
            Range {
                load: (least, most),
                rank: (before(&leasts, most, line) + 1, before(&mosts, least, line) + 1 - own),
                claims,
            }
        })
        .collect();
    for (line, range) in lines.iter_mut().zip(ranges) {
        line.range = Some(range);
    }
}
