//! Claims that extraction was unsure of.

use crate::network::Network;

/// The network without the claims below a confidence, and the number of those.
pub(super) fn without(network: &Network, below: f64) -> (Network, usize) {
    let graph = network
        .graph
        .filter_map(|_, node| Some(node.clone()), |_, party| (party.confidence >= below).then_some(*party));
    let left_out = network.graph.edge_count() - graph.edge_count();
    (Network { graph, succession: network.succession.clone() }, left_out)
}
