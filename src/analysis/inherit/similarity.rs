//! How like a task below is to one above, by parts that can be shown.

use crate::notice::{Mandate, Notice};

use super::drift;
use super::words::{Words, pairs};

/// What speaks for two tasks being one mandate, each from 0 to 1.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Parts {
    /// Cosine of all words, weighted by how rare they are in both documents.
    pub words: f64,
    /// The words that the titles share.
    pub title: f64,
    /// The title of one in the text of the other.
    pub mention: f64,
    /// How much of the shorter text the other holds.
    pub contained: f64,
    /// The clause of the one that is most like one of the other.
    pub clause: f64,
    /// How many words of subject matter they share at all.
    pub shared: f64,
    /// Quantities of the one above that are measured below too.
    pub indicators: f64,
    /// Documents that both cite.
    pub citations: f64,
    /// Whether bodies of one function have parts in both; none where that cannot be said.
    pub parties: Option<f64>,
}

impl Parts {
    /// All parts in one figure from 0 to 1: what they leave unexplained is multiplied, the parties scale the odds.
    pub fn similarity(&self) -> f64 {
        let told = [
            (self.words, 0.8),
            (self.title, 0.8),
            (self.mention, 0.5),
            (self.contained, 0.6),
            (self.clause, 0.7),
            (self.shared, 0.2),
            (self.indicators, 0.5),
            (self.citations, 0.4),
        ];
        let unexplained: f64 = told.iter().map(|(part, weight)| 1.0 - (part * weight).min(0.98)).product();
        let odds = (1.0 - unexplained) / unexplained;
        let odds = self.parties.map_or(odds, |parties| odds * (0.75 + 0.85 * parties));
        odds / (1.0 + odds)
    }
}

/// One task of a pair of documents, its n-grams numbered over both.
struct Item<'a> {
    words: &'a Words,
    /// N-gram and weight times how often, by number.
    vector: Vec<(u32, f64)>,
    /// The numbers of all n-grams, ascending.
    grams: Vec<u32>,
    norm: f64,
    /// Weight of all n-grams, each once.
    weight: f64,
    title: Vec<u32>,
    title_weight: f64,
    clauses: Vec<(Vec<u32>, f64)>,
}

/// The similarity of every pair of tasks of two documents, but for those that share next to nothing.
pub(super) struct Comparison<'a> {
    /// The parts, by index above and index below.
    pub(super) pairs: Vec<(usize, usize, Parts)>,
    above: Vec<Item<'a>>,
    below: Vec<Item<'a>>,
    weights: Vec<f64>,
}

impl Comparison<'_> {
    /// How much of each clause of a task above is found in one below.
    pub(super) fn clauses(&self, above: usize, below: usize) -> Vec<Clause> {
        let pair = self.above.get(above).zip(self.below.get(below));
        pair.map(|(above, below)| clauses(above, below, &self.weights)).unwrap_or_default()
    }
}

/// A clause of a task above, beside a task below.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Clause {
    /// Weight of the clause.
    pub(super) weight: f64,
    /// How much of it is found below, from 0 to 1.
    pub(super) found: f64,
}

/// The least cosine of two tasks that are looked at more closely.
const LEAST: f64 = 0.015;

/// Compares all tasks of two documents.
pub(super) fn compare<'a>(parent: &Notice, above: &'a [Words], child: &Notice, below: &'a [Words]) -> Comparison<'a> {
    let mut keys: Vec<u64> =
        above.iter().chain(below).flat_map(|words| words.grams.iter().map(|gram| gram.0)).collect();
    keys.sort_unstable();
    let mut known: Vec<u64> = Vec::new();
    let mut counts: Vec<f64> = Vec::new();
    for group in keys.chunk_by(|a, b| a == b) {
        known.extend(group.first());
        counts.push(f64::from(u32::try_from(group.len()).unwrap_or(u32::MAX)));
    }
    let number = |gram: u64| known.binary_search(&gram).ok().and_then(|index| u32::try_from(index).ok());
    let mut shares = vec![0.0_f64; known.len()];
    for (gram, _, share) in above.iter().chain(below).flat_map(|words| &words.grams) {
        if let Some(known) = number(*gram).and_then(|index| shares.get_mut(index as usize)) {
            *known = known.max(*share);
        }
    }
    let weights = weights(&known, &counts, &shares, above.len() + below.len());
    let item = |words| item(words, number, &weights);
    let (above, below): (Vec<Item<'_>>, Vec<Item<'_>>) =
        (above.iter().map(item).collect(), below.iter().map(item).collect());

    let mut postings: Vec<Vec<(usize, f64)>> = vec![Vec::new(); known.len()];
    for (index, item) in below.iter().enumerate() {
        for (gram, value) in &item.vector {
            if let Some(list) = postings.get_mut(*gram as usize) {
                list.push((index, *value));
            }
        }
    }
    let mut compared = Vec::new();
    for (i, (p, mandate)) in above.iter().zip(&parent.tasks).enumerate() {
        let mut dots = vec![(0.0, 0.0); below.len()];
        for (gram, value) in &p.vector {
            let weight = weights.get(*gram as usize).copied().unwrap_or_default();
            for (index, other) in postings.get(*gram as usize).into_iter().flatten() {
                if let Some((dot, shared)) = dots.get_mut(*index) {
                    *dot += value * other;
                    *shared += weight;
                }
            }
        }
        for (j, (c, task)) in below.iter().zip(&child.tasks).enumerate() {
            let (dot, together) = dots.get(j).copied().unwrap_or_default();
            let cosine = dot / (p.norm * c.norm).max(f64::MIN_POSITIVE);
            let (indicators, citations) = (drift::share_of_quantities(mandate, task), shared_citations(mandate, task));
            if cosine < LEAST && indicators == 0.0 && citations == 0.0 {
                continue;
            }
            let parts = Parts {
                words: cosine.min(1.0),
                indicators,
                citations,
                parties: parties(mandate, task),
                ..parts(p, c, together, &weights)
            };
            compared.push((i, j, parts));
        }
    }
    Comparison { pairs: compared, above, below, weights }
}

/// How much an n-gram says: the rarer the more, words of drafting little; a long one no more than its pairs do.
fn weights(known: &[u64], counts: &[f64], shares: &[f64], tasks: usize) -> Vec<f64> {
    let all = f64::from(u32::try_from(tasks).unwrap_or(u32::MAX)) + 1.0;
    let most = (all / 1.5).ln().max(f64::MIN_POSITIVE);
    let alone: Vec<f64> =
        counts.iter().zip(shares).map(|(count, share)| (all / (count + 0.5)).ln().max(0.0) / most * share).collect();
    let of = |gram: u64| known.binary_search(&gram).ok().and_then(|index| alone.get(index)).copied();
    known
        .iter()
        .zip(&alone)
        .map(|(gram, alone)| {
            let pairs: Vec<f64> = pairs(*gram).filter_map(of).collect();
            let count = f64::from(u32::try_from(pairs.len()).unwrap_or(1));
            if pairs.is_empty() { *alone } else { alone.min(pairs.iter().sum::<f64>() / count) }
        })
        .collect()
}

fn item<'a>(words: &'a Words, number: impl Fn(u64) -> Option<u32>, weights: &[f64]) -> Item<'a> {
    let weight_of = |gram: u32| weights.get(gram as usize).copied().unwrap_or_default();
    let vector: Vec<(u32, f64)> = words
        .grams
        .iter()
        .filter_map(|(gram, count, _)| number(*gram).map(|index| (index, (1.0 + 0.5 * count.ln()) * weight_of(index))))
        .collect();
    let numbered = |grams: &[u64]| -> Vec<u32> { grams.iter().filter_map(|gram| number(*gram)).collect() };
    let sum = |grams: &[u32]| grams.iter().map(|gram| weight_of(*gram)).sum::<f64>();
    let title = numbered(&words.title);
    let clauses = words.clauses.iter().map(|clause| numbered(clause)).map(|clause| (sum(&clause), clause));
    Item {
        words,
        norm: vector.iter().map(|(_, value)| value * value).sum::<f64>().sqrt(),
        grams: vector.iter().map(|(gram, _)| *gram).collect(),
        weight: vector.iter().map(|(gram, _)| weight_of(*gram)).sum(),
        title_weight: sum(&title),
        clauses: clauses.map(|(weight, clause)| (clause, weight)).collect(),
        title,
        vector,
    }
}

/// The weight of what two ascending lists share.
fn common(a: &[u32], b: &[u32], weights: &[f64]) -> f64 {
    let (mut a, mut b) = (a.iter().peekable(), b.iter().peekable());
    let mut sum = 0.0;
    while let (Some(x), Some(y)) = (a.peek(), b.peek()) {
        match x.cmp(y) {
            std::cmp::Ordering::Less => drop(a.next()),
            std::cmp::Ordering::Greater => drop(b.next()),
            std::cmp::Ordering::Equal => {
                sum += weights.get(**x as usize).copied().unwrap_or_default();
                a.next();
                b.next();
            }
        }
    }
    sum
}

fn parts(p: &Item<'_>, c: &Item<'_>, shared: f64, weights: &[f64]) -> Parts {
    let mention = |title: &Item<'_>, text: &Item<'_>| {
        if title.words.title.is_empty() {
            0.0
        } else {
            common(&title.title, &text.grams, weights) / (title.title_weight + 5.0)
        }
    };
    let best = p
        .clauses
        .iter()
        .flat_map(|a| c.clauses.iter().map(move |b| (a, b)))
        .map(|((a, a_weight), (b, b_weight))| common(a, b, weights) / (a_weight.min(*b_weight) + 15.0));
    Parts {
        title: 2.0 * common(&p.title, &c.title, weights) / (p.title_weight + c.title_weight + 4.0),
        mention: mention(p, c).max(mention(c, p)),
        contained: shared / (p.weight.min(c.weight) + 15.0),
        clause: best.fold(0.0, f64::max),
        shared: shared / (shared + 12.0),
        ..Parts::default()
    }
}

/// How much of each clause above is found below.
fn clauses(p: &Item<'_>, c: &Item<'_>, weights: &[f64]) -> Vec<Clause> {
    let clause = |(clause, weight): &(Vec<u32>, f64)| Clause {
        weight: *weight,
        found: common(clause, &c.grams, weights) / weight.max(f64::MIN_POSITIVE),
    };
    p.clauses.iter().map(clause).collect()
}

fn shared_citations(above: &Mandate, below: &Mandate) -> f64 {
    if above.citations.iter().any(|cited| below.citations.contains(cited)) { 1.0 } else { 0.0 }
}

/// How strong the parts are that bodies of one function have in both: 1 where the lead of one leads the other.
fn parties(above: &Mandate, below: &Mandate) -> Option<f64> {
    let strengths = |task: &Mandate| -> Vec<(String, f64)> {
        let strength =
            |role| if matches!(role, crate::extract::Role::Lead | crate::extract::Role::CoLead) { 1.0 } else { 0.6 };
        let named = task.parties.iter().filter(|party| !party.body.collective);
        named.filter_map(|party| Some((party.body.function.clone()?, strength(party.role)))).collect()
    };
    let (above, below) = (strengths(above), strengths(below));
    if above.is_empty() || below.is_empty() {
        return None;
    }
    let both = above
        .iter()
        .flat_map(|(function, a)| below.iter().filter(move |(other, _)| other == function).map(move |(_, b)| a * b));
    Some(both.fold(0.0, f64::max))
}
