//! Clauses that govern more than the item at which they stand.

use std::collections::HashSet;

use super::outline::Outline;
use super::{Found, Stands};
use crate::extract::confidence::Doubt;
use crate::extract::draft::{self, Draft};
use crate::parse::Node;

/// Gives a statement that stands behind the last of several items to those before it that have none.
pub(super) fn above(outline: &Outline, found: &mut Vec<Found>) {
    let mut known: HashSet<usize> = found.iter().map(|found| found.node).collect();
    let mut more: Vec<Found> = Vec::new();
    for last in found.iter_mut() {
        let covered = match last.stands {
            Stands::Within => continue,
            Stands::OwnLine => siblings(outline, last.node, &known),
            Stands::Above => section(outline, last.node, &known),
        };
        // a line behind the last of several items may govern that one only
        if !covered.is_empty() && last.stands != Stands::Above {
            last.draft.doubts.push(Doubt::CoversItems);
        }
        for index in covered {
            let Some(node) = outline.node(index) else { continue };
            known.insert(index);
            let draft = inherited(outline, node, &last.draft);
            more.push(Found { node: index, draft, stands: Stands::Within });
        }
    }
    found.append(&mut more);
}

/// The items beside an item and before it, where none of them has a statement.
fn siblings(outline: &Outline, last: usize, known: &HashSet<usize>) -> Vec<usize> {
    let Some(parent) = outline.node(last).and_then(|node| node.parent) else { return Vec::new() };
    let before: Vec<usize> = outline.children(parent).iter().copied().filter(|index| *index < last).collect();
    let free = |index: &usize| {
        let numbered = outline.node(*index).is_some_and(|node| node.label.is_some());
        numbered && !known.contains(index) && !outline.below(*index).any(|index| known.contains(&index))
    };
    let all = !known.contains(&parent) && before.iter().all(free);
    if all { leaves(outline, &before) } else { Vec::new() }
}

/// The items before an item in its section, back to the last one that has a statement.
fn section(outline: &Outline, last: usize, known: &HashSet<usize>) -> Vec<usize> {
    let above = outline.node(last).map(|node| draft::ancestors(outline.document, node)).unwrap_or_default();
    let first = above.first().copied().unwrap_or(0);
    let free: Vec<usize> = (first..last).rev().take_while(|index| !known.contains(index)).collect();
    let numbered = |index: &usize| outline.node(*index).is_some_and(|node| node.label.is_some() && !node.in_table);
    let mut leaves = leaves(outline, &free);
    leaves.retain(|index| *index < last && !known.contains(index) && numbered(index));
    leaves
}

/// Those items that have none below them, and the like ones below the others.
fn leaves(outline: &Outline, items: &[usize]) -> Vec<usize> {
    let mut leaves: Vec<usize> = Vec::new();
    for &item in items {
        let below = outline.below(item).filter(|index| !outline.is_parent(*index));
        if outline.is_parent(item) {
            leaves.extend(below);
        } else {
            leaves.push(item);
        }
    }
    leaves.sort_unstable();
    leaves.dedup();
    leaves
}

/// A task that has its statement from another.
fn inherited(outline: &Outline, node: &Node, from: &Draft) -> Draft {
    let (path, labels) = draft::path(outline.document, &draft::ancestors(outline.document, node));
    let mut draft = Draft::new(node.span);
    draft.printed = node.label.as_ref().map(|label| label.text.clone()).unwrap_or_default();
    draft.path = path;
    draft.above = labels;
    draft.words.clone_from(&node.paragraphs);
    draft.title = node.paragraphs.first().and_then(|words| super::item::title(outline.text().slice(*words)));
    draft.clause.clone_from(&from.clause);
    draft.due.clone_from(&from.due);
    draft.statement.clone_from(&from.statement);
    draft.doubts.clone_from(&from.doubts);
    draft.inherited = true;
    draft
}

/// Gives the words of items without a statement to the item above them that has one in its heading.
pub(super) fn below(outline: &Outline, found: &mut [Found]) {
    let known: HashSet<usize> = found.iter().map(|found| found.node).collect();
    for Found { node, draft, .. } in found.iter_mut() {
        let below = outline.below(*node);
        if draft.part > 0 || below.is_empty() || below.clone().any(|index| known.contains(&index)) {
            continue;
        }
        let nodes = below.filter_map(|index| outline.node(index)).filter(|node| node.label.is_some());
        draft.words.extend(nodes.flat_map(|node| node.paragraphs.iter().copied()));
    }
}
