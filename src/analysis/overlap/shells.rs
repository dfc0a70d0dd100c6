//! How deep in the network a department lies: k-cores.

use super::links::Links;

/// Core number of every node: the largest k such that it lies in a part of the graph whose nodes all have k neighbours in it.
///
/// Takes O(n + m) time; V. Batagelj and M. Zaveršnik, *An O(m) algorithm for cores decomposition of networks*, 2003.
pub fn core_numbers(links: &Links) -> Vec<usize> {
    let nodes = links.nodes();
    let mut degrees: Vec<usize> = (0..nodes).map(|node| links.degree(node)).collect();
    let mut by_degree: Vec<Vec<usize>> = vec![Vec::new(); degrees.iter().max().map_or(0, |most| most + 1)];
    for (node, &degree) in degrees.iter().enumerate() {
        if let Some(bucket) = by_degree.get_mut(degree) {
            bucket.push(node);
        }
    }
    let mut done = vec![false; nodes];
    let mut cores = vec![0; nodes];
    let mut core = 0;
    let mut level = 0;
    while level < by_degree.len() {
        let Some(node) = by_degree.get_mut(level).and_then(Vec::pop) else {
            level += 1;
            continue;
        };
        // a node stands in the bucket of every degree that it had; the last one counts
        let current = degrees.get(node).copied().unwrap_or_default();
        if current != level || done.get(node).copied().unwrap_or(true) {
            continue;
        }
        core = core.max(level);
        if let (Some(done), Some(number)) = (done.get_mut(node), cores.get_mut(node)) {
            (*done, *number) = (true, core);
        }
        for &neighbour in links.neighbours(node) {
            let neighbour = neighbour as usize;
            let Some(degree) = degrees.get_mut(neighbour).filter(|degree| **degree > level) else { continue };
            if done.get(neighbour).copied().unwrap_or(true) {
                continue;
            }
            *degree -= 1;
            if let Some(bucket) = by_degree.get_mut(*degree) {
                bucket.push(neighbour);
            }
        }
    }
    cores
}
