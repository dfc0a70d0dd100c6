//! How documents descend from each other: by what they cite and by the places that they speak for.

use std::collections::{BTreeMap, BTreeSet};

use petgraph::algo::tarjan_scc;
use petgraph::graph::{DiGraph, NodeIndex};

use super::inherit::drift::Name;
use crate::notice::{Notice, References, Stub};
use crate::parse::CitationRelation;
use crate::span::Span;

/// From which likeness of their titles on a document below is taken to carry out one above that it does not cite.
const LIKE: f64 = 0.6;

/// How many years after the document above one below may follow that does not cite it.
const YEARS: i16 = 2;

/// What makes a document descend from another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Descent {
    /// It says so.
    Cited(CitationRelation),
    /// It is of a place inside, follows it in time and bears a like title.
    Place,
}

impl Descent {
    /// The stable name.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Cited(relation) => relation.as_str(),
            Self::Place => "place",
        }
    }
}

/// A document and one that it descends from.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Line {
    /// IRI of the document above.
    pub parent: String,
    /// IRI of the document below.
    pub child: String,
    /// What makes it one.
    pub descent: Descent,
    /// Where the document below says so, in characters of its text.
    pub span: Option<Span>,
    /// The words there.
    pub words: String,
}

/// How a document names one above, where, and in which words.
type Said = (Descent, Option<Span>, String);

/// How the documents of a store descend from each other.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Lineage {
    /// Each pair once, by its strongest relation.
    pub lines: Vec<Line>,
    /// Documents above that are not held.
    pub stubs: BTreeMap<String, Stub>,
    /// Documents that descend from each other in a circle: their lines among each other are left out of `lines`.
    pub cycles: Vec<Vec<String>>,
}

impl Lineage {
    /// Derives the lines. Relations that change or end a document (修订, 废止) are none.
    pub fn of(outlines: &[Notice], references: &References) -> Self {
        let mut strongest: BTreeMap<(String, String), Said> = BTreeMap::new();
        let mut stubs = BTreeMap::new();
        let mut titled: BTreeMap<String, Vec<&Notice>> = BTreeMap::new();
        for notice in outlines {
            titled.entry(core(&notice.title)).or_default().push(notice);
        }
        for edge in &references.edges {
            if matches!(edge.relation, CitationRelation::Amends | CitationRelation::Replaces) {
                continue;
            }
            let stub = references.stubs.get(&edge.to);
            let stored = stub.and_then(|stub| held(stub, &titled));
            if let (Some(stub), None) = (stub, stored) {
                stubs.insert(stub.id.clone(), stub.clone());
            }
            let parent = stored.map_or_else(|| edge.to.clone(), |notice| notice.id.clone());
            if parent == edge.from {
                continue;
            }
            let said = (Descent::Cited(edge.relation), edge.span, edge.words.clone());
            let known = strongest.entry((parent, edge.from.clone())).or_insert_with(|| said.clone());
            if said < *known {
                *known = said;
            }
        }
        let (mut lines, cycles) = without_cycles(strongest);
        lines.extend(by_place(outlines, &lines));
        lines.sort();
        Self { lines, stubs, cycles }
    }

    /// The documents that descend from one, with the steps from it, nearest first; each once.
    pub fn below(&self, root: &str) -> Vec<(usize, &Line)> {
        let mut found = Vec::new();
        let mut seen = BTreeSet::from([root]);
        let mut level = BTreeSet::from([root]);
        let mut depth = 1;
        while !level.is_empty() {
            let mut next = BTreeSet::new();
            for line in level.iter().flat_map(|parent| self.children(parent)) {
                if seen.insert(&line.child) {
                    next.insert(line.child.as_str());
                    found.push((depth, line));
                } else if next.contains(line.child.as_str()) {
                    found.push((depth, line));
                }
            }
            level = next;
            depth += 1;
        }
        found
    }

    /// The lines from a document down.
    fn children(&self, parent: &str) -> &[Line] {
        let start = self.lines.partition_point(|line| line.parent.as_str() < parent);
        let lines = self.lines.get(start..).unwrap_or_default();
        lines.get(..lines.partition_point(|line| line.parent == parent)).unwrap_or_default()
    }

    /// The lines by which a document descends from others, at any number of steps, and by which others descend from it.
    pub fn through(&self, root: &str) -> Vec<&Line> {
        let mut upward = Parents::of(&self.lines).above(root);
        upward.insert(root);
        let below: BTreeSet<&Line> = self.below(root).into_iter().map(|(_, line)| line).collect();
        self.lines.iter().filter(|line| upward.contains(line.child.as_str()) || below.contains(line)).collect()
    }
}

/// For every document those that it descends from in one step.
#[derive(Default)]
struct Parents<'a>(BTreeMap<&'a str, Vec<&'a str>>);

impl<'a> Parents<'a> {
    fn of(lines: &'a [Line]) -> Self {
        let mut parents = Self::default();
        for line in lines {
            parents.add(&line.parent, &line.child);
        }
        parents
    }

    fn add(&mut self, parent: &'a str, child: &'a str) {
        self.0.entry(child).or_default().push(parent);
    }

    /// The documents that one descends from, at any number of steps.
    fn above(&self, child: &str) -> BTreeSet<&'a str> {
        let parents = |document: &str| self.0.get(document).map(Vec::as_slice).unwrap_or_default();
        let mut found = BTreeSet::new();
        let mut open = parents(child).to_vec();
        while let Some(document) = open.pop() {
            if found.insert(document) {
                open.extend(parents(document));
            }
        }
        found
    }
}

/// The stored document that is cited by its title alone, or under a number that it does not show.
fn held<'a>(stub: &Stub, titled: &BTreeMap<String, Vec<&'a Notice>>) -> Option<&'a Notice> {
    let title = core(&stub.title);
    let others = titled.get(&title).filter(|_| !title.is_empty())?;
    let numbered =
        |notice: &Notice| !stub.number.is_empty() && !notice.number.is_empty() && stub.number != notice.number;
    let mut found = others.iter().copied().filter(|notice| !numbered(notice));
    let first = found.next();
    first.filter(|_| found.next().is_none())
}

/// A title without who issued it and what kind of letter brought it: 关于印发《…》的通知.
fn core(title: &str) -> String {
    let title = title.trim();
    let inner = match title.split_once("印发") {
        Some((_, rest)) => rest,
        None => title.split_once("关于").map_or(title, |(_, rest)| rest),
    };
    let inner = inner.strip_suffix("的通知").unwrap_or(inner);
    inner.chars().filter(|char| char.is_alphanumeric()).collect()
}

/// The lines without those among documents that stand in a circle, and the circles.
fn without_cycles(strongest: BTreeMap<(String, String), Said>) -> (Vec<Line>, Vec<Vec<String>>) {
    let mut graph: DiGraph<String, ()> = DiGraph::new();
    let mut nodes: BTreeMap<String, NodeIndex> = BTreeMap::new();
    for (parent, child) in strongest.keys() {
        let mut node = |id: &String| *nodes.entry(id.clone()).or_insert_with(|| graph.add_node(id.clone()));
        let (from, to) = (node(parent), node(child));
        graph.add_edge(from, to, ());
    }
    let mut cycles: Vec<Vec<String>> = tarjan_scc(&graph)
        .into_iter()
        .filter(|component| component.len() > 1)
        .map(|component| {
            let mut ids: Vec<String> = component.into_iter().map(|node| graph[node].clone()).collect();
            ids.sort();
            ids
        })
        .collect();
    cycles.sort();
    let circular =
        |parent: &String, child: &String| cycles.iter().any(|cycle| cycle.contains(parent) && cycle.contains(child));
    let lines = strongest
        .into_iter()
        .filter(|((parent, child), _)| !circular(parent, child))
        .map(|((parent, child), (descent, span, words))| Line { parent, child, descent, span, words })
        .collect();
    (lines, cycles)
}

/// Documents of places inside others, with like titles, that are not related by what they cite.
fn by_place(outlines: &[Notice], lines: &[Line]) -> Vec<Line> {
    let topics: Vec<Name> = outlines.iter().map(|notice| Name::of(&topic(notice))).collect();
    let mut of_place: BTreeMap<&str, Vec<(&Notice, &Name)>> = BTreeMap::new();
    let mut states = BTreeSet::new();
    for (notice, topic) in outlines.iter().zip(&topics) {
        let Some(place) = &notice.place else { continue };
        of_place.entry(&place.id).or_default().push((notice, topic));
        if place.code.as_deref() == Some("000000") {
            states.insert(place.id.as_str());
        }
    }
    let mut pairs: Vec<(&Notice, &Notice)> = Vec::new();
    for (child, topic) in outlines.iter().zip(&topics) {
        let Some(seat) = &child.place else { continue };
        let around = seat.within.iter().map(|around| around.id.as_str()).chain(states.iter().copied());
        let around: BTreeSet<&str> = around.filter(|place| *place != seat.id).collect();
        for (parent, other) in around.into_iter().filter_map(|place| of_place.get(place)).flatten() {
            let (Some(above), Some(below)) = (parent.date, child.date) else { continue };
            let follows = below.last_day() >= above && below.year - above.year <= YEARS;
            if follows && other.likeness(topic) >= LIKE {
                pairs.push((parent, child));
            }
        }
    }
    // the nearest level first: what it descends from is reached through it
    let level = |notice: &Notice| notice.place.as_ref().map(|place| place.level);
    pairs.sort_by(|a, b| (level(b.0), &a.0.id, &a.1.id).cmp(&(level(a.0), &b.0.id, &b.1.id)));
    let mut parents = Parents::of(lines);
    let mut found = Vec::new();
    for (parent, child) in pairs {
        let reached = parents.above(&child.id).contains(parent.id.as_str());
        let back = parents.above(&parent.id).contains(child.id.as_str());
        if !reached && !back {
            parents.add(&parent.id, &child.id);
            let (parent, child) = (parent.id.clone(), child.id.clone());
            found.push(Line { parent, child, descent: Descent::Place, span: None, words: String::new() });
        }
    }
    found
}

/// What a title is about: without the names of the places.
fn topic(notice: &Notice) -> String {
    let mut title = core(&notice.title);
    for place in notice.place.iter().flat_map(|place| std::iter::once(place).chain(&place.within)) {
        title = title.replace(&place.name, "");
    }
    title
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::notice::Reference;

    fn notice(id: &str, title: &str) -> Notice {
        Notice { id: id.into(), title: title.into(), ..Notice::default() }
    }

    fn cites(from: &str, to: &str, relation: CitationRelation) -> Reference {
        Reference { from: from.into(), to: to.into(), relation, words: String::new(), span: None }
    }

    #[test]
    fn circles_are_reported_and_not_followed() {
        let outlines = [notice("a", "甲"), notice("b", "乙"), notice("c", "丙")];
        let edges = vec![
            cites("a", "b", CitationRelation::BasedOn),
            cites("b", "a", CitationRelation::Cites),
            cites("c", "a", CitationRelation::Implements),
            cites("c", "a", CitationRelation::Cites),
        ];
        let lineage = Lineage::of(&outlines, &References { edges, ..References::default() });
        assert_eq!(lineage.cycles, [["a", "b"]]);
        let lines: Vec<_> =
            lineage.lines.iter().map(|line| (&*line.parent, &*line.child, line.descent.as_str())).collect();
        assert_eq!(lines, [("a", "c", "implements")]);
    }

    #[test]
    fn a_document_cited_by_its_title_is_the_one_that_is_held() {
        let outlines = [notice("a", "云川省人民政府办公厅关于印发云川省医改工作要点的通知"), notice("b", "乙")];
        let stub = |id: &str, title: &str| Stub { id: id.into(), title: title.into(), ..Stub::default() };
        let stubs = [stub("x", "云川省医改工作要点"), stub("y", "别的意见")].map(|stub| (stub.id.clone(), stub)).into();
        let edges = vec![cites("b", "x", CitationRelation::Implements), cites("b", "y", CitationRelation::BasedOn)];
        let lineage = Lineage::of(&outlines, &References { edges, stubs });
        let parents: Vec<_> = lineage.lines.iter().map(|line| line.parent.as_str()).collect();
        assert_eq!(parents, ["a", "y"]);
        assert_eq!(lineage.stubs.keys().collect::<Vec<_>>(), ["y"]);
    }
}
