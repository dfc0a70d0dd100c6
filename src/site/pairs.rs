//! Documents above and below, compared: kept without the documents, which each would hold once more.

use std::collections::BTreeMap;

use super::gather::{Entry, Site};
use crate::analysis::{Fate, Inheritance, LineageLine, Status, inherit_all};
use crate::notice::{Mandate, Notice, Verdict};

/// How many pairs are compared at a time: each holds both documents while it is.
const TOGETHER: usize = 64;

/// A document above and one below, by their places among the documents.
#[derive(Debug)]
pub(super) struct Pair {
    pub(super) parent: usize,
    pub(super) child: usize,
    /// The share of what is laid on the level below that is taken up there.
    pub(super) coverage: Option<f64>,
    fates: Vec<Fate>,
    new: Vec<usize>,
    addressed: usize,
    taken_up: usize,
}

/// A task above and what became of it, or one below and where it comes from.
pub(super) struct Kin<'a> {
    /// The pair of documents.
    pub(super) pair: &'a Pair,
    /// The other task; none where nobody took the one above up.
    pub(super) other: Option<&'a Mandate>,
    /// What became of the task above.
    pub(super) status: Status,
    /// How alike the two are, from 0 to 1.
    pub(super) likeness: f64,
}

/// For every task the pairs that it stands in, and its place among the tasks above: `true` where it is the one above.
pub(super) type Index = BTreeMap<String, Vec<(usize, usize, bool)>>;

/// Compares the documents of lines of descent, as far as both are held.
pub(super) fn compare(entries: &[Entry], lines: &[LineageLine], verdicts: &[Verdict]) -> (Vec<Pair>, Index) {
    let places: BTreeMap<&str, usize> =
        entries.iter().enumerate().map(|(index, entry)| (entry.document.id.as_str(), index)).collect();
    let pair = |line: &LineageLine| Some((*places.get(line.parent.as_str())?, *places.get(line.child.as_str())?));
    let mut wanted: Vec<(usize, usize)> = lines.iter().filter_map(pair).collect();
    wanted.sort_unstable();
    wanted.dedup();
    let notice = |index: usize| entries.get(index).map(|entry| &entry.notice);
    let mut pairs = Vec::new();
    let mut index = Index::new();
    for some in wanted.chunks(TOGETHER) {
        let notices: Vec<[&Notice; 2]> =
            some.iter().filter_map(|&(above, below)| Some([notice(above)?, notice(below)?])).collect();
        for (one, &(parent, child)) in inherit_all(&notices, verdicts).into_iter().zip(some) {
            for (above, (task, fate)) in one.parent.tasks.iter().zip(&one.fates).enumerate() {
                index.entry(task.id.clone()).or_default().push((pairs.len(), above, true));
                for link in &fate.children {
                    let below = one.child.tasks.get(link.below).map(|task| task.id.clone());
                    if let Some(id) = below {
                        index.entry(id).or_default().push((pairs.len(), above, false));
                    }
                }
            }
            let coverage = one.coverage();
            let Inheritance { fates, new, addressed, taken_up, .. } = one;
            pairs.push(Pair { parent, child, coverage, fates, new, addressed, taken_up });
        }
    }
    (pairs, index)
}

impl Site {
    /// The comparison of a pair with its documents.
    pub(super) fn inheritance(&self, pair: &Pair) -> Option<Inheritance<'_>> {
        let (parent, child) = self.ends(pair)?;
        Some(Inheritance {
            parent: &parent.notice,
            child: &child.notice,
            fates: pair.fates.clone(),
            new: pair.new.clone(),
            addressed: pair.addressed,
            taken_up: pair.taken_up,
        })
    }

    /// The pair of two documents, by their IRIs.
    pub(super) fn pair(&self, parent: &str, child: &str) -> Option<&Pair> {
        let wanted = (self.place(parent)?, self.place(child)?);
        let found = self.pairs.binary_search_by_key(&wanted, |pair| (pair.parent, pair.child)).ok()?;
        self.pairs.get(found)
    }

    /// The document above and the one below.
    pub(super) fn ends(&self, pair: &Pair) -> Option<(&Entry, &Entry)> {
        Some((self.documents().get(pair.parent)?, self.documents().get(pair.child)?))
    }

    /// The tasks above that a task carries out, or those below that carry it out.
    pub(super) fn kin(&self, task: &str, above: bool) -> Vec<Kin<'_>> {
        let own = self.kin.get(task).map(Vec::as_slice).unwrap_or_default();
        let mut found = Vec::new();
        for &(pair, place, is_above) in own.iter().filter(|(.., is_above)| *is_above != above) {
            let Some(pair) = self.pairs.get(pair) else { continue };
            let (Some((parent, child)), Some(fate)) = (self.ends(pair), pair.fates.get(place)) else { continue };
            let status = fate.status;
            if is_above && fate.children.is_empty() {
                found.push(Kin { pair, other: None, status, likeness: 0.0 });
            }
            for link in &fate.children {
                let below = child.notice.tasks.get(link.below);
                if is_above {
                    found.push(Kin { pair, other: below, status, likeness: link.similarity });
                } else if below.is_some_and(|below| below.id == task) {
                    found.push(Kin { pair, other: parent.notice.tasks.get(place), status, likeness: link.similarity });
                }
            }
        }
        found
    }
}

impl Pair {
    pub(super) fn count(&self, status: Status) -> usize {
        self.fates.iter().filter(|fate| fate.status == status).count()
    }

    /// Tasks below without one above.
    pub(super) fn new_tasks(&self) -> usize {
        self.new.len()
    }
}
