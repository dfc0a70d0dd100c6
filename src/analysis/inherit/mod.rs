//! How the mandates of a document above are carried out by one below.

mod addressed;
pub(super) mod drift;
mod link;
mod similarity;
mod words;

use std::collections::{BTreeMap, BTreeSet};

pub use addressed::Addressed;
pub use drift::{DateChange, DateDrift, FigureChange, FigureDrift, OwnerChange, OwnerDrift};
pub use link::Link;
pub use similarity::Parts;

use crate::knowledge::Knowledge;
use crate::notice::{Notice, Verdict};
use crate::parallel::in_parallel;
use similarity::Clause;
use words::Texts;

/// From which share on a clause above counts as found below.
const FOUND: f64 = 0.35;

/// How many pairs of documents are compared at a time.
const TOGETHER: usize = 48;

/// Below which share of the clauses above a task below is narrower.
const NARROW: f64 = 0.55;

/// What became of a task above.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Status {
    /// One task below carries it out.
    Carried,
    /// Several tasks below do.
    Split,
    /// One task below carries out several of above.
    Merged,
    /// One task below carries out a part of it.
    Narrowed,
    /// None does.
    Missing,
}

impl Status {
    /// All, in the order of [`Status::as_str`].
    pub const ALL: [Self; 5] = [Self::Carried, Self::Split, Self::Merged, Self::Narrowed, Self::Missing];

    /// The stable name.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Carried => "carried",
            Self::Split => "split",
            Self::Merged => "merged",
            Self::Narrowed => "narrowed",
            Self::Missing => "missing",
        }
    }

    /// The name in Chinese.
    pub fn zh(self) -> &'static str {
        match self {
            Self::Carried => "承接",
            Self::Split => "拆分",
            Self::Merged => "合并",
            Self::Narrowed => "收窄",
            Self::Missing => "未见承接",
        }
    }
}

/// A task above and what became of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Fate {
    /// What became of it.
    pub status: Status,
    /// Whether it is laid on the level below.
    pub addressed: Addressed,
    /// The tasks below that carry it out, the most similar first.
    pub children: Vec<Link>,
    /// The most similar task below where none is similar enough.
    pub nearest: Option<Link>,
    /// Who leads; none where nobody is named, or no task below is found.
    pub owner: Option<OwnerDrift>,
    /// What became of its figures; empty where no task below is found.
    pub figures: Vec<FigureDrift>,
    /// What became of its dates.
    pub dates: Vec<DateDrift>,
}

/// How one document carries out another.
#[derive(Clone, Debug, PartialEq)]
pub struct Inheritance<'a> {
    /// The document above.
    pub parent: &'a Notice,
    /// The document below.
    pub child: &'a Notice,
    /// For each task of the one above what became of it.
    pub fates: Vec<Fate>,
    /// The tasks of the one below that carry out none of above.
    pub new: Vec<usize>,
    /// How many tasks are laid on the level below.
    pub addressed: usize,
    /// How many of those are not missing.
    pub taken_up: usize,
}

impl Inheritance<'_> {
    /// The share of the tasks laid on the level below that are taken up there; none where there are none.
    pub fn coverage(&self) -> Option<f64> {
        let count = |number: usize| f64::from(u32::try_from(number).unwrap_or(u32::MAX));
        (self.addressed > 0).then(|| count(self.taken_up) / count(self.addressed))
    }

    /// How many tasks above have a status.
    pub fn count(&self, status: Status) -> usize {
        self.fates.iter().filter(|fate| fate.status == status).count()
    }
}

/// Compares a document with one below it, task by task.
///
/// A task above is split if several tasks below carry it out; merged if the one that does carries out others too; narrowed
/// if that holds less than `NARROW` of its clauses, or words that make it smaller (试点); else carried. Takes O(P · C)
/// time for P tasks above and C below, besides the length of the texts.
pub fn inherit<'a>(parent: &'a Notice, child: &'a Notice, verdicts: &[Verdict]) -> Inheritance<'a> {
    read([parent, child], &Texts::of(&[parent, child]), [0, 1], verdicts)
}

/// Compares many pairs of documents as [`inherit`] does, on as many threads as there are processors; in the order given.
///
/// The words of a document take many times the memory of its text: those of a few documents are there at a time.
pub fn inherit_all<'a>(pairs: &[[&'a Notice; 2]], verdicts: &[Verdict]) -> Vec<Inheritance<'a>> {
    // pairs of one document above come together: it is read once for them
    let mut order: Vec<(usize, &[&'a Notice; 2])> = pairs.iter().enumerate().collect();
    order.sort_by_key(|(_, pair)| pair.map(|notice| notice.id.as_str()));
    let mut compared: Vec<(usize, Inheritance<'a>)> = Vec::with_capacity(pairs.len());
    for some in order.chunks(TOGETHER) {
        let notices: BTreeMap<&str, &Notice> =
            some.iter().flat_map(|(_, pair)| pair.iter()).map(|notice| (notice.id.as_str(), *notice)).collect();
        let places: BTreeMap<&str, usize> = notices.keys().enumerate().map(|(place, id)| (*id, place)).collect();
        let texts = Texts::of(&notices.into_values().collect::<Vec<_>>());
        let place = |notice: &Notice| places.get(notice.id.as_str()).copied().unwrap_or_default();
        compared.extend(in_parallel(some, |(index, pair)| (*index, read(**pair, &texts, pair.map(place), verdicts))));
    }
    compared.sort_unstable_by_key(|(index, _)| *index);
    compared.into_iter().map(|(_, inheritance)| inheritance).collect()
}

fn read<'a>(
    [parent, child]: [&'a Notice; 2],
    texts: &Texts,
    places: [usize; 2],
    verdicts: &[Verdict],
) -> Inheritance<'a> {
    let comparison = similarity::compare(parent, child, texts, places);
    let links = link::links(&comparison, parent, child, verdicts);
    let addressed = addressed::of_notice(parent, child);
    let mut parents: BTreeMap<usize, usize> = BTreeMap::new();
    for link in &links {
        *parents.entry(link.below).or_default() += 1;
    }
    let rejected = link::rejected(parent, child, verdicts);
    let mut fates = Vec::new();
    for (index, task) in parent.tasks.iter().enumerate() {
        let children: Vec<Link> = links.iter().filter(|link| link.above == index).cloned().collect();
        let status = match children.as_slice() {
            [] => Status::Missing,
            [only] if parents.get(&only.below).is_some_and(|count| *count > 1) => Status::Merged,
            [only] => {
                let found = comparison.clauses(index, only.below);
                let words = child.tasks.get(only.below).map_or("", |task| task.text.as_str());
                if is_narrowed(&found, &task.text, words) { Status::Narrowed } else { Status::Carried }
            }
            _ => Status::Split,
        };
        let nearest = children.is_empty().then(|| nearest(&comparison, index, &rejected)).flatten();
        let under: Vec<_> =
            children.iter().filter_map(|link| Some((link.below, child.tasks.get(link.below)?))).collect();
        let any = !under.is_empty();
        fates.push(Fate {
            status,
            addressed: addressed.get(index).copied().unwrap_or(Addressed::Document),
            nearest,
            owner: drift::owner(task, &under, [parent.date, child.date]),
            figures: if any { drift::figures(task, &under) } else { Vec::new() },
            dates: if any { drift::dates(task, &under) } else { Vec::new() },
            children,
        });
    }
    let old: BTreeSet<usize> = links.iter().map(|link| link.below).collect();
    let asked = |fate: &&Fate| fate.addressed.holds();
    Inheritance {
        new: (0..child.tasks.len()).filter(|index| !old.contains(index)).collect(),
        addressed: fates.iter().filter(asked).count(),
        taken_up: fates.iter().filter(asked).filter(|fate| fate.status != Status::Missing).count(),
        parent,
        child,
        fates,
    }
}

/// The most similar task below of one that has no link.
fn nearest(comparison: &similarity::Comparison, above: usize, rejected: &BTreeSet<(usize, usize)>) -> Option<Link> {
    let pairs =
        comparison.pairs.iter().filter(|(index, below, _)| *index == above && !rejected.contains(&(*index, *below)));
    let scored = pairs.map(|(above, below, parts)| {
        let similarity = parts.similarity();
        Link { above: *above, below: *below, similarity, parts: *parts, confirmed: None }
    });
    scored.max_by(|a, b| a.similarity.total_cmp(&b.similarity).then(b.below.cmp(&a.below)))
}

/// Whether a task below holds only a part of the one above, or says that it does less.
fn is_narrowed(clauses: &[Clause], above: &str, below: &str) -> bool {
    let words = &Knowledge::shipped().vocabulary.alignment.narrowing;
    if words.iter().any(|word| below.contains(word.as_str()) && !above.contains(word.as_str())) {
        return true;
    }
    let all: f64 = clauses.iter().map(|clause| clause.weight).sum();
    let found: f64 = clauses.iter().filter(|clause| clause.found >= FOUND).map(|clause| clause.weight).sum();
    let near = clauses.iter().any(|clause| clause.found >= 0.5);
    near && clauses.len() > 1 && found < NARROW * all
}
