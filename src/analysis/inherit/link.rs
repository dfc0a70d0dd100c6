//! Which task below carries out which above.

use std::collections::{BTreeMap, BTreeSet};

use super::similarity::{Comparison, Parts};
use crate::notice::{Notice, Verdict};
use crate::span::{dense, fold_str};

/// From which similarity on two tasks are one mandate, if neither has a much better match.
const SURE: f64 = 0.5;

/// From which on they are, if each is the best match of the other, and for one of them by far.
const LIKELY: f64 = 0.22;

/// From which on they are, if each is the best match of the other, and for both of them by far: below, a mandate is often told
/// in other words.
const FAINT: f64 = 0.17;

/// How much of the best similarity of the task above another match must have.
const BESIDE_ABOVE: f64 = 0.7;

/// How much of the best similarity of the task below another match must have.
const BESIDE_BELOW: f64 = 0.8;

/// How much better than the next one a likely match must be.
const AHEAD: f64 = 1.25;

/// From which similarity on the best match of a task above is one although the task below has a better one, if it is by far
/// the best: several tasks are merged into one.
const MERGED: f64 = 0.25;

/// How much better than the next one such a match must be.
const FAR_AHEAD: f64 = 1.6;

/// From which on the best match of a task below is one although the task above has a better one: one is split into several.
const SPLIT: f64 = 0.3;

/// How much better than the next one such a match must be.
const SPLIT_AHEAD: f64 = 1.3;

/// How much of the best similarity on the other side such a match must have.
const BESIDE_OTHER: f64 = 0.5;

/// Two tasks that are one mandate.
#[derive(Clone, Debug, PartialEq)]
pub struct Link {
    /// Index of the task above.
    pub above: usize,
    /// Index of the task below.
    pub below: usize,
    /// How like they are, from 0 to 1.
    pub similarity: f64,
    /// What speaks for it.
    pub parts: Parts,
    /// The person who said so, if one did.
    pub confirmed: Option<Verdict>,
}

/// Chooses the links; what people said goes before any figure. By task above and similarity.
pub(super) fn links(comparison: &Comparison<'_>, parent: &Notice, child: &Notice, verdicts: &[Verdict]) -> Vec<Link> {
    let scored: Vec<Link> = comparison
        .pairs
        .iter()
        .map(|(above, below, parts)| {
            let similarity = parts.similarity();
            Link { above: *above, below: *below, similarity, parts: *parts, confirmed: None }
        })
        .collect();
    let said = said(parent, child, verdicts);
    let open: Vec<&Link> =
        scored.iter().filter(|link| said.get(&(link.above, link.below)).is_none_or(|verdict| verdict.holds)).collect();
    let best_above = best_two(open.iter().map(|link| (link.above, link.similarity)));
    let best_below = best_two(open.iter().map(|link| (link.below, link.similarity)));
    let chosen = |link: &Link| {
        let [above, next_above] = best_above.get(&link.above).copied().unwrap_or_default();
        let [below, next_below] = best_below.get(&link.below).copied().unwrap_or_default();
        let own = link.similarity;
        let best = own >= above && own >= below;
        let (ahead_above, ahead_below) = (own >= AHEAD * next_above, own >= AHEAD * next_below);
        own >= SURE && own >= above * BESIDE_ABOVE && own >= below * BESIDE_BELOW
            || own >= LIKELY && best && (ahead_above || ahead_below)
            || own >= FAINT && best && ahead_above && ahead_below
            || own >= MERGED && own >= above && own >= FAR_AHEAD * next_above && own >= below * BESIDE_OTHER
            || own >= SPLIT && own >= below && own >= SPLIT_AHEAD * next_below && own >= above * BESIDE_OTHER
    };
    let mut links: Vec<Link> = open.into_iter().filter(|link| chosen(link)).cloned().collect();
    for ((above, below), verdict) in said.into_iter().filter(|(_, verdict)| verdict.holds) {
        let known = links.iter_mut().find(|link| link.above == above && link.below == below);
        if let Some(link) = known {
            link.confirmed = Some(verdict.clone());
            continue;
        }
        let scored = scored.iter().find(|link| link.above == above && link.below == below);
        let bare = Link { above, below, similarity: 0.0, parts: Parts::default(), confirmed: None };
        links.push(Link { confirmed: Some(verdict.clone()), ..scored.cloned().unwrap_or(bare) });
    }
    links.sort_by(|a, b| {
        a.above.cmp(&b.above).then(b.similarity.total_cmp(&a.similarity)).then_with(|| a.below.cmp(&b.below))
    });
    links
}

/// The best and the second best figure of every key.
fn best_two(all: impl Iterator<Item = (usize, f64)>) -> BTreeMap<usize, [f64; 2]> {
    let mut best: BTreeMap<usize, [f64; 2]> = BTreeMap::new();
    for (key, figure) in all {
        let [first, second] = best.entry(key).or_default();
        if figure > *first {
            (*second, *first) = (*first, figure);
        } else if figure > *second {
            *second = figure;
        }
    }
    best
}

/// The pairs that people said are none.
pub(super) fn rejected(parent: &Notice, child: &Notice, verdicts: &[Verdict]) -> BTreeSet<(usize, usize)> {
    said(parent, child, verdicts).into_iter().filter(|(_, verdict)| !verdict.holds).map(|(pair, _)| pair).collect()
}

/// What people said, by the tasks that they mean.
fn said<'a>(parent: &Notice, child: &Notice, verdicts: &'a [Verdict]) -> BTreeMap<(usize, usize), &'a Verdict> {
    let plain = |words: &str| dense(&fold_str(words)).into_owned();
    let names: Vec<String> = [&parent.number, &parent.title, &parent.source, &parent.id]
        .into_iter()
        .filter(|name| !name.is_empty())
        .map(|name| plain(name))
        .collect();
    let mut found = BTreeMap::new();
    for verdict in verdicts {
        let Some(below) = child.tasks.iter().position(|task| task.id == verdict.child) else { continue };
        let words = plain(&verdict.parent);
        let label = names.iter().find_map(|name| words.strip_prefix(name.as_str()));
        let Some(label) = label else { continue };
        if let Some(above) = parent.tasks.iter().position(|task| plain(&task.label) == label) {
            found.insert((above, below), verdict);
        }
    }
    found
}
