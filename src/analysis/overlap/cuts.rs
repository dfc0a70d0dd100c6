//! Single points of failure: departments without which others lose touch.

use super::links::Links;

/// A department whose absence divides its part of the network.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cut {
    /// The node.
    pub node: usize,
    /// The parts that lose touch with the largest part that is left, each in the order of the nodes, the largest first.
    pub off: Vec<Vec<usize>>,
}

/// The articulation points, those that cut off most first, then in the order of the nodes.
///
/// A depth-first walk numbers the nodes; a node is an articulation point if nothing below one of its branches reaches above it.
/// A branch is a run of numbers, so that the parts cost no further walk. Takes O(n + m) time and the space of what is cut off;
/// J. Hopcroft and R. Tarjan, *Efficient algorithms for graph manipulation*, 1973.
pub fn cuts(links: &Links) -> Vec<Cut> {
    let mut walk = Walk::new(links.nodes());
    let mut cuts = Vec::new();
    for root in 0..links.nodes() {
        if walk.number(root).is_none() {
            walk.component(links, root, &mut cuts);
        }
    }
    let lost = |cut: &Cut| cut.off.iter().map(Vec::len).sum::<usize>();
    cuts.sort_by_key(|cut| (std::cmp::Reverse(lost(cut)), cut.node));
    cuts
}

/// A node on the way down.
struct Step {
    node: usize,
    /// Place of the next neighbour to look at.
    next: usize,
    /// The smallest number reached from here and below.
    low: usize,
    /// Runs of numbers that hang on this node alone.
    runs: Vec<(usize, usize)>,
}

struct Walk {
    numbers: Vec<Option<usize>>,
    order: Vec<usize>,
}

impl Walk {
    fn new(nodes: usize) -> Self {
        Self { numbers: vec![None; nodes], order: Vec::with_capacity(nodes) }
    }

    fn number(&self, node: usize) -> Option<usize> {
        self.numbers.get(node).copied().flatten()
    }

    fn enter(&mut self, node: usize) -> Step {
        let number = self.order.len();
        if let Some(place) = self.numbers.get_mut(node) {
            *place = Some(number);
        }
        self.order.push(node);
        Step { node, next: 0, low: number, runs: Vec::new() }
    }

    /// Walks one component and adds its articulation points.
    fn component(&mut self, links: &Links, root: usize, cuts: &mut Vec<Cut>) {
        let start = self.order.len();
        let mut found: Vec<(usize, Vec<(usize, usize)>)> = Vec::new();
        let mut path = vec![self.enter(root)];
        while let Some(step) = path.last_mut() {
            if let Some(&neighbour) = links.neighbours(step.node).get(step.next) {
                step.next += 1;
                if let Some(number) = self.number(neighbour as usize) {
                    step.low = step.low.min(number);
                } else {
                    let below = self.enter(neighbour as usize);
                    path.push(below);
                }
                continue;
            }
            let Some(done) = path.pop() else { break };
            let first = self.number(done.node).unwrap_or_default();
            if let Some(above) = path.last_mut() {
                if self.number(above.node).is_some_and(|number| done.low >= number) {
                    above.runs.push((first, self.order.len()));
                }
                above.low = above.low.min(done.low);
            }
            // a root is one only with two branches; its own branches are all there is
            if done.runs.len() > usize::from(done.node == root) {
                found.push((done.node, done.runs));
            }
        }
        cuts.extend(found.into_iter().map(|(node, runs)| self.cut(node, &runs, start)));
    }

    fn cut(&self, node: usize, runs: &[(usize, usize)], start: usize) -> Cut {
        let nodes = |(from, to): &(usize, usize)| -> Vec<usize> {
            let mut nodes = self.order.get(*from..*to).unwrap_or_default().to_vec();
            nodes.sort_unstable();
            nodes
        };
        let hanging: usize = runs.iter().map(|(from, to)| to - from).sum();
        let rest_size = self.order.len() - start - 1 - hanging;
        let largest = runs.iter().map(|(from, to)| to - from).max().unwrap_or_default();
        let mut off: Vec<Vec<usize>> = Vec::new();
        if rest_size >= largest {
            off.extend(runs.iter().map(nodes));
        } else {
            let kept = runs.iter().position(|(from, to)| to - from == largest);
            off.extend(runs.iter().enumerate().filter(|(index, _)| Some(*index) != kept).map(|(_, run)| nodes(run)));
            let in_run = |place: usize| runs.iter().any(|(from, to)| (*from..*to).contains(&place));
            let rest = (start..self.order.len()).filter(|&place| !in_run(place));
            let mut rest: Vec<usize> =
                rest.filter_map(|place| self.order.get(place).copied()).filter(|&other| other != node).collect();
            rest.sort_unstable();
            if !rest.is_empty() {
                off.push(rest);
            }
        }
        off.sort_by(|a, b| b.len().cmp(&a.len()).then_with(|| a.cmp(b)));
        Cut { node, off }
    }
}
