//! The core of a network and its periphery.

use super::links::Links;
use crate::analysis::concentration::exact;

/// A division of a network into a core, in which all work with all, and a periphery, in which nobody works with anybody.
#[derive(Clone, Debug, PartialEq)]
pub struct Centre {
    /// Whether each node is of the core.
    pub core: Vec<bool>,
    /// How well the division fits: the correlation of the links within core and within periphery with the ideal (1 and 0), as
    /// Borgatti and Everett have it; none where one of the two is empty or nothing differs.
    pub fit: Option<f64>,
}

/// Divides by the fewest exceptions: links missing in the core and links within the periphery.
///
/// A core of given size has fewest of them with the nodes of the most neighbours, and grows as long as the next has more
/// neighbours than the core has members. So the core are the first k in the order of degree, then weight of the links, then
/// `names`, with k the largest such that the k-th has at least k neighbours. A node that would change nothing stays out, unless it
/// is the only one left with its degree, as the last of a group that all work with each other is. The ideal is that of
/// S. P. Borgatti and M. G. Everett, *Models of core/periphery structures*, Social Networks 21, 1999; that degrees suffice is shown
/// by S. Z. W. Lip, *A fast algorithm for the discrete core/periphery bipartitioning problem*, 2011.
///
/// Takes O(n log n + m) time.
pub fn centre(links: &Links, names: &[&str]) -> Centre {
    let nodes = links.nodes();
    let mut order: Vec<usize> = (0..nodes).collect();
    order.sort_by(|&a, &b| {
        let place = |node: usize| (links.degree(node), links.strength(node));
        place(b).cmp(&place(a)).then_with(|| names.get(a).cmp(&names.get(b)))
    });
    let size = order.iter().enumerate().take_while(|&(index, &node)| links.degree(node) > index).count();
    let degree = |place: usize| order.get(place).map(|&node| links.degree(node));
    let last = size > 0 && degree(size) == Some(size) && degree(size + 1) != Some(size);
    let size = size + usize::from(last);
    let mut core = vec![false; nodes];
    for &node in order.iter().take(size) {
        if let Some(core) = core.get_mut(node) {
            *core = true;
        }
    }
    let fit = fit(links, &core, size);
    Centre { core, fit }
}

/// The correlation of two variables of 0 and 1 (phi) over the pairs within core and within periphery.
fn fit(links: &Links, core: &[bool], size: usize) -> Option<f64> {
    let is_core = |node: usize| core.get(node).copied().unwrap_or_default();
    let within = |wanted: bool| {
        let own = |&node: &usize| is_core(node) == wanted;
        let ends = |node: usize| links.neighbours(node).iter().filter(|&&other| own(&(other as usize))).count();
        exact((0..links.nodes()).filter(own).map(ends).sum::<usize>() / 2)
    };
    let pairs = |count: usize| exact(count) * exact(count.saturating_sub(1)) / 2.0;
    let (inner, outer) = (pairs(size), pairs(links.nodes() - size));
    let (linked, stray) = (within(true), within(false));
    let (yes, no) = (linked + stray, inner + outer - linked - stray);
    let product = inner * outer * yes * no;
    (product > 0.0).then(|| (linked * (outer - stray) - stray * (inner - linked)) / product.sqrt())
}
