//! What changed between two documents of one body: two years, or draft and final.

use std::collections::{BTreeMap, BTreeSet};

use super::inherit::{DateChange, DateDrift, FigureChange, FigureDrift, drift, inherit};
use super::wording::{Edit, wording};
use crate::notice::{Holder, Limit, Mandate, Notice, Quantity};
use crate::span::{dense, fold_str};

/// The least similarity of two tasks that are one, reworded.
const REWORDED: f64 = 0.4;

/// A task that stands in both documents.
#[derive(Clone, Debug, PartialEq)]
pub struct Pair {
    /// Index of the task before.
    pub before: usize,
    /// Index of the task after.
    pub after: usize,
    /// How like they are, from 0 to 1.
    pub similarity: f64,
    /// The pieces of both wordings; empty where they are the same but for blanks and widths.
    pub wording: Vec<(Edit, String)>,
    /// Who leads before and after, where that changed.
    pub leads: Option<[Vec<Holder>; 2]>,
    /// Who has a part after and had none before.
    pub joined: Vec<Holder>,
    /// Who had a part before and has none after.
    pub left: Vec<Holder>,
    /// The figures before and what became of them, but for those that are the same.
    pub figures: Vec<FigureDrift>,
    /// The figures that are new.
    pub new_figures: Vec<Quantity>,
    /// The dates before and what became of them, but for those that are the same.
    pub dates: Vec<DateDrift>,
    /// The dates that are new.
    pub new_dates: Vec<Limit>,
}

impl Pair {
    /// Whether anything changed.
    pub fn is_changed(&self) -> bool {
        let parties = self.leads.is_some() || !self.joined.is_empty() || !self.left.is_empty();
        let figures = !self.figures.is_empty() || !self.new_figures.is_empty();
        parties || figures || !self.wording.is_empty() || !self.dates.is_empty() || !self.new_dates.is_empty()
    }
}

/// What changed between two documents.
#[derive(Clone, Debug, PartialEq)]
pub struct Diff {
    /// The document before.
    pub before: Notice,
    /// The document after.
    pub after: Notice,
    /// The tasks that stand in both, in the order of the document after.
    pub pairs: Vec<Pair>,
    /// The tasks before that are gone, each with the one after that it went into, if one took it up.
    pub dropped: Vec<(usize, Option<usize>)>,
    /// The tasks after that are new, each with the one before that it came out of, if it did.
    pub added: Vec<(usize, Option<usize>)>,
}

/// Compares two documents. Every task has one counterpart at most: the same words first, then the most similar.
pub fn diff(before: &Notice, after: &Notice) -> Diff {
    let plain = |task: &Mandate| dense(&fold_str(&task.text)).into_owned();
    let mut partner: BTreeMap<usize, (usize, f64)> = BTreeMap::new();
    let mut taken: BTreeSet<usize> = BTreeSet::new();
    let words: Vec<String> = after.tasks.iter().map(plain).collect();
    for (old, task) in before.tasks.iter().enumerate() {
        let own = plain(task);
        if let Some(new) = words.iter().enumerate().position(|(new, words)| *words == own && !taken.contains(&new)) {
            taken.insert(new);
            partner.insert(old, (new, 1.0));
        }
    }
    let fates = inherit(before, after, &[]).fates;
    let mut links: Vec<(f64, usize, usize)> = fates
        .iter()
        .enumerate()
        .flat_map(|(old, fate)| {
            fate.children.iter().chain(&fate.nearest).map(move |link| (link.similarity, old, link.below))
        })
        .collect();
    links.sort_by(|a, b| b.0.total_cmp(&a.0).then((a.1, a.2).cmp(&(b.1, b.2))));
    for (similarity, old, new) in &links {
        if *similarity >= REWORDED && !partner.contains_key(old) && !taken.contains(new) {
            taken.insert(*new);
            partner.insert(*old, (*new, *similarity));
        }
    }
    let likely = |link: &&(f64, usize, usize)| link.0 >= REWORDED;
    let into = |old: usize| links.iter().filter(likely).find(|link| link.1 == old).map(|link| link.2);
    let out_of = |new: usize| links.iter().filter(likely).find(|link| link.2 == new).map(|link| link.1);
    let mut pairs: Vec<Pair> = partner
        .iter()
        .filter_map(|(old, (new, similarity))| {
            Some(pair([*old, *new], before.tasks.get(*old)?, after.tasks.get(*new)?, *similarity))
        })
        .collect();
    pairs.sort_by_key(|pair| pair.after);
    Diff {
        dropped: (0..before.tasks.len()).filter(|old| !partner.contains_key(old)).map(|old| (old, into(old))).collect(),
        added: (0..after.tasks.len()).filter(|new| !taken.contains(new)).map(|new| (new, out_of(new))).collect(),
        before: before.clone(),
        after: after.clone(),
        pairs,
    }
}

fn pair([old, new]: [usize; 2], before: &Mandate, after: &Mandate, similarity: f64) -> Pair {
    let plain = |text: &str| dense(&fold_str(text)).into_owned();
    let same = plain(&before.text) == plain(&after.text);
    let ids =
        |holders: &[Holder]| -> BTreeSet<String> { holders.iter().map(|holder| holder.body.id.clone()).collect() };
    let leads = [before, after].map(|task| task.leads().cloned().collect::<Vec<_>>());
    let [led_before, led_after] = &leads;
    let lead_changed = ids(led_before) != ids(led_after);
    let without = |holders: &[Holder], others: &[Holder]| -> Vec<Holder> {
        let others = ids(others);
        holders.iter().filter(|holder| !others.contains(&holder.body.id)).cloned().collect()
    };
    let figures = drift::figures(before, &[(new, after)]);
    let dates = drift::dates(before, &[(new, after)]);
    let known =
        |figure: &Quantity| figures.iter().any(|drift| drift.below.as_ref().is_some_and(|(_, below)| below == figure));
    let is_old = |limit: &Limit| {
        dates.iter().any(|drift| {
            drift.below.as_ref().is_some_and(|(_, below)| below.date == limit.date && below.duration == limit.duration)
        })
    };
    Pair {
        before: old,
        after: new,
        similarity,
        wording: if same { Vec::new() } else { wording(&before.text, &after.text) },
        leads: lead_changed.then(|| leads.clone()),
        joined: without(&after.parties, &before.parties),
        left: without(&before.parties, &after.parties),
        new_figures: after.indicators.iter().filter(|figure| !known(figure)).cloned().collect(),
        new_dates: after.deadlines.iter().filter(|limit| !is_old(limit)).cloned().collect(),
        figures: figures.into_iter().filter(|drift| drift.change != FigureChange::Same).collect(),
        dates: dates.into_iter().filter(|drift| drift.change != DateChange::Same).collect(),
    }
}
