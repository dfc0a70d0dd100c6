//! Parts of a network, and names in it.

use std::collections::BTreeSet;

use petgraph::Direction;
use petgraph::graph::NodeIndex;

use super::workload::{Options, workload};
use crate::network::{Department, Network, Node, TaskNode};
use crate::span::fold_str;

/// Which part of a network is asked for.
#[derive(Clone, Copy, Debug, Default)]
pub struct Selection<'a> {
    /// Only tasks below a heading that contains it.
    pub heading: Option<&'a str>,
    /// Only tasks whose words or headings contain it.
    pub theme: Option<&'a str>,
    /// Only these bodies (IRIs).
    pub departments: Option<&'a [String]>,
    /// Only so many bodies, those with the largest load.
    pub top: Option<usize>,
}

/// The part of a network that a picture or a list is asked for.
///
/// With `top`, of those left only the ones with the largest load, by the default
/// weights, ties by label. Where bodies are chosen, tasks without any of them are left out; bodies
/// without a task always are. Nodes keep their order.
pub fn narrow(network: &Network, selection: &Selection<'_>) -> Network {
    let Selection { heading, theme, departments, top } = *selection;
    let headed = |task: &TaskNode, words: &str| task.path.iter().any(|line| line.contains(words));
    let below = |task: &TaskNode| {
        heading.is_none_or(|heading| headed(task, heading))
            && theme.is_none_or(|theme| task.text.contains(theme) || headed(task, theme))
    };
    let chosen = |department: &Department| departments.is_none_or(|ids| ids.contains(&department.id));
    let mut part = keep(network, |_, node| match node {
        Node::Task(task) => below(task),
        Node::Department(department) => chosen(department),
    });
    if let Some(top) = top {
        let ranked = workload(&part, Options { collective: true, ..Options::default() });
        let largest: BTreeSet<String> =
            ranked.departments.into_iter().take(top).map(|line| line.organisation).collect();
        part = keep(&part, |_, node| match node {
            Node::Task(_) => true,
            Node::Department(department) => largest.contains(&department.id),
        });
    }
    let bodies_chosen = departments.is_some() || top.is_some();
    let has = |index, direction| part.graph.edges_directed(index, direction).next().is_some();
    keep(&part, |index, node| match node {
        Node::Department(_) => has(index, Direction::Outgoing),
        Node::Task(_) => !bodies_chosen || has(index, Direction::Incoming),
    })
}

/// The tasks of one document, by its IRI, and all departments.
pub fn of_document(network: &Network, document: &str) -> Network {
    keep(network, |_, node| match node {
        Node::Task(task) => task.document == document,
        Node::Department(_) => true,
    })
}

/// The nodes that `wanted` accepts, in their order, with the edges between them.
fn keep(network: &Network, wanted: impl Fn(NodeIndex, &Node) -> bool) -> Network {
    let graph =
        network.graph.filter_map(|index, node| wanted(index, node).then(|| node.clone()), |_, party| Some(*party));
    Network { graph, succession: network.succession.clone() }
}

/// The departments that a name given by a person means.
///
/// The IRI or the full label decides; otherwise every department whose label contains the name.
pub fn find_departments<'a>(network: &'a Network, name: &str) -> Vec<&'a Department> {
    let all: Vec<&Department> = network.departments().map(|(_, department)| department).collect();
    let exact: Vec<_> =
        all.iter().copied().filter(|department| department.label == name || department.id == name).collect();
    if !exact.is_empty() {
        return exact;
    }
    all.into_iter().filter(|department| !name.is_empty() && department.label.contains(name)).collect()
}

/// The tasks that a person names: by IRI, by printed number, else by a part of their words.
///
/// Numbers are compared without regard to the width of brackets and digits.
pub fn find_tasks<'a>(network: &'a Network, words: &str) -> Vec<&'a TaskNode> {
    let wanted = fold_str(words.trim());
    let all = || network.tasks().map(|(_, task)| task);
    let ways: [&dyn Fn(&TaskNode) -> bool; 3] =
        [&|task| task.id == words, &|task| fold_str(&task.label) == wanted, &|task| {
            !wanted.is_empty() && fold_str(&task.text).contains(&*wanted)
        }];
    let found = ways.iter().map(|way| all().filter(|task| way(task)).collect::<Vec<_>>());
    found.into_iter().find(|found| !found.is_empty()).unwrap_or_default()
}

/// The three candidates most like `name`, the closest first; only those that are like it at all.
///
/// Likeness is the normalised Damerau-Levenshtein similarity in characters, at least 0.4, or 0.4 for
/// candidates that hold all characters of the name in order, as an abbreviation has them. A name of
/// three characters or more is also compared with the parts of a candidate that are about as long,
/// as a name without its place is one; these count from 0.6 on.
///
/// ```
/// use zeren::analysis::closest;
///
/// assert_eq!(closest("市财正局", ["市财政局", "市卫生健康委"]), ["市财政局"]);
/// assert_eq!(closest("卫健委", ["市财政局", "某某市卫生健康委员会"]), ["某某市卫生健康委员会"]);
/// assert_eq!(closest("财证局", ["某某市财政局", "某某市公安局"]), ["某某市财政局"]);
/// ```
pub fn closest<'a>(name: &str, candidates: impl IntoIterator<Item = &'a str>) -> Vec<&'a str> {
    let mut scored: Vec<(f64, &str)> = candidates
        .into_iter()
        .map(|candidate| {
            let score = strsim::normalized_damerau_levenshtein(name, candidate).max(of_part(name, candidate));
            (if abbreviates(name, candidate) { score.max(0.4) } else { score }, candidate)
        })
        .filter(|(score, _)| *score >= 0.4)
        .collect();
    scored.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.1.cmp(b.1)));
    scored.dedup();
    scored.into_iter().take(3).map(|(_, candidate)| candidate).collect()
}

/// The likeness of the part of the candidate that is most like the name, slightly less than that of
/// a whole one; 0 below 0.6.
fn of_part(name: &str, candidate: &str) -> f64 {
    let length = name.chars().count();
    let chars: Vec<char> = candidate.chars().collect();
    if length < 3 {
        return 0.0;
    }
    let parts = (length - 1..=length + 1).flat_map(|length| chars.windows(length));
    let likeness = parts
        .map(|part| strsim::normalized_damerau_levenshtein(name, &part.iter().collect::<String>()))
        .fold(0.0, f64::max);
    if likeness < 0.6 { 0.0 } else { likeness * 0.95 }
}

/// Whether the candidate holds all characters of the name, two at least, in order.
fn abbreviates(name: &str, candidate: &str) -> bool {
    let mut rest = candidate.chars();
    name.chars().count() > 1 && name.chars().all(|char| rest.any(|other| other == char))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::Role;
    use crate::network::Party;

    fn id(node: &Node) -> &str {
        match node {
            Node::Department(department) => &department.id,
            Node::Task(task) => &task.id,
        }
    }

    fn network() -> Network {
        let mut network = Network::default();
        let bodies: Vec<_> = ["市财政局", "市卫生健康委", "市档案局"]
            .into_iter()
            .map(|label| {
                let (id, label) = (format!("o/{label}"), label.to_owned());
                network.graph.add_node(Node::Department(Department { id, label, ..Department::default() }))
            })
            .collect();
        for (seq, heading, parties) in [
            (1, "一、改革", vec![(0, Role::Lead)]),
            (2, "二、保障", vec![(0, Role::Lead), (1, Role::Supporting)]),
            (3, "二、保障", vec![]),
        ] {
            let (id, label, path) = (format!("t/{seq}"), seq.to_string(), vec![heading.to_owned()]);
            let node =
                TaskNode { id, label, text: "做".into(), path, document: "d".into(), seq, ..TaskNode::default() };
            let task = network.graph.add_node(Node::Task(node));
            for (body, role) in parties {
                network.graph.add_edge(bodies[body], task, Party { role, rank: 1, confidence: 1.0 });
            }
        }
        network
    }

    fn ids(network: &Network) -> Vec<&str> {
        network.graph.node_weights().map(id).collect()
    }

    #[test]
    fn narrows_by_heading_body_and_number() {
        let all = network();
        let part = |selection: Selection<'_>| narrow(&all, &selection);
        assert_eq!(ids(&part(Selection::default())), ["o/市财政局", "o/市卫生健康委", "t/1", "t/2", "t/3"]);
        let heading = Selection { heading: Some("保障"), ..Selection::default() };
        assert_eq!(ids(&part(heading)), ["o/市财政局", "o/市卫生健康委", "t/2", "t/3"]);
        let one = ["o/市卫生健康委".to_owned()];
        let body = Selection { departments: Some(&one), ..Selection::default() };
        assert_eq!(ids(&part(body)), ["o/市卫生健康委", "t/2"]);
        let top = part(Selection { top: Some(1), ..Selection::default() });
        assert_eq!(ids(&top), ["o/市财政局", "t/1", "t/2"]);
        assert_eq!(top.graph.edge_count(), 2);
        assert!(ids(&part(Selection { heading: Some("没有"), ..Selection::default() })).is_empty());
        assert_eq!(ids(&part(Selection { theme: Some("改革"), ..Selection::default() })), ["o/市财政局", "t/1"]);
        assert_eq!(ids(&part(Selection { theme: Some("做"), ..Selection::default() })).len(), 5);
    }

    #[test]
    fn finds_names_whole_before_parts() {
        let all = network();
        let found = |name: &str| find_departments(&all, name).iter().map(|body| body.label.clone()).collect::<Vec<_>>();
        assert_eq!(found("市财政局"), ["市财政局"]);
        assert_eq!(found("局"), ["市财政局", "市档案局"]);
        assert!(found("").is_empty());
    }
}
