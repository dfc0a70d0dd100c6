//! How like a task below is to one above, by parts that can be shown.

use std::cmp::Ordering;

use crate::notice::{Mandate, Notice};

use super::drift;
use super::words::{Text, Texts, Words};

/// What speaks for two tasks being one mandate, each from 0 to 1.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Parts {
    /// Cosine of all words, weighted by how rare they are in both documents.
    pub words: f64,
    /// The words that the titles share.
    pub title: f64,
    /// The title of one in the text of the other.
    pub mention: f64,
    /// The headings of the one in the headings or the text of the other.
    pub heading: f64,
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
            (self.heading, 0.4),
            (self.clause, 0.7),
            (self.shared, 0.2),
            (self.indicators, 0.5),
            (self.citations, 0.4),
        ];
        let unexplained: f64 = told.iter().map(|(part, weight)| 1.0 - (part * weight).min(0.98)).product();
        let odds = (1.0 - unexplained) / unexplained;
        let odds = self.parties.map_or(odds, |parties| odds * (0.6 + 1.0 * parties));
        odds / (1.0 + odds)
    }
}

/// One task of a pair of documents, with what its words weigh there.
struct Item<'a> {
    words: &'a Words,
    norm: f64,
    /// Weight of all n-grams, each once.
    weight: f64,
    title: f64,
    headings: f64,
    clauses: Vec<f64>,
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

/// Compares all tasks of two documents, by their places among the texts.
pub(super) fn compare<'a>(parent: &Notice, child: &Notice, texts: &'a Texts, [p, c]: [usize; 2]) -> Comparison<'a> {
    let (Some(p), Some(c)) = (texts.texts.get(p), texts.texts.get(c)) else {
        return Comparison { pairs: Vec::new(), above: Vec::new(), below: Vec::new(), weights: Vec::new() };
    };
    let weights = weights(p, c, texts);
    let items = |text: &'a Text| -> Vec<Item<'a>> { text.tasks.iter().map(|words| item(words, &weights)).collect() };
    let (above, below) = (items(p), items(c));
    let mut sums = vec![(0.0, 0.0); above.len() * below.len()];
    both(&p.places, &c.places, |here, there| {
        let weight = here.first().map_or(0.0, |place| at(&weights, place.0));
        if weight > 0.0 {
            for (_, i, count) in here {
                for (_, j, other) in there {
                    if let Some((dot, shared)) = sums.get_mut(i * below.len() + j) {
                        *dot += often(*count) * often(*other) * weight * weight;
                        *shared += weight;
                    }
                }
            }
        }
    });
    let mut compared = Vec::new();
    for (i, (p, mandate)) in above.iter().zip(&parent.tasks).enumerate() {
        for (j, (c, task)) in below.iter().zip(&child.tasks).enumerate() {
            let (dot, together) = sums.get(i * below.len() + j).copied().unwrap_or_default();
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

/// What an n-gram counts that stands so often in a task.
fn often(count: f64) -> f64 {
    1.0 + 0.5 * count.ln()
}

fn at(weights: &[f64], gram: u32) -> f64 {
    weights.get(gram as usize).copied().unwrap_or_default()
}

/// Calls for every n-gram that stands in both lists, with its entries in each.
fn both<A, B>(a: &[(u32, A, f64)], b: &[(u32, B, f64)], mut found: impl FnMut(&[(u32, A, f64)], &[(u32, B, f64)])) {
    let (mut a, mut b) = (a.chunk_by(|x, y| x.0 == y.0).peekable(), b.chunk_by(|x, y| x.0 == y.0).peekable());
    while let (Some([x, ..]), Some([y, ..])) = (a.peek(), b.peek()) {
        match x.0.cmp(&y.0) {
            Ordering::Less => drop(a.next()),
            Ordering::Greater => drop(b.next()),
            Ordering::Equal => {
                if let (Some(here), Some(there)) = (a.next(), b.next()) {
                    found(here, there);
                }
            }
        }
    }
}

/// How much each n-gram of two documents says: the rarer in both the more, words of drafting little; a long one no more than
/// its pairs do.
fn weights(p: &Text, c: &Text, texts: &Texts) -> Vec<f64> {
    let all = f64::from(u32::try_from(p.tasks.len() + c.tasks.len()).unwrap_or(u32::MAX)) + 1.0;
    let most = (all / 1.5).ln().max(f64::MIN_POSITIVE);
    let mut counts = vec![(0.0, 0.0_f64); texts.pairs.len()];
    for (gram, count, share) in p.known.iter().chain(&c.known) {
        if let Some(known) = counts.get_mut(*gram as usize) {
            *known = (known.0 + count, known.1.max(*share));
        }
    }
    let mut weights = vec![0.0; texts.pairs.len()];
    let alone = |gram: u32| {
        let (count, share) = counts.get(gram as usize).copied().unwrap_or_default();
        (all / (count + 0.5)).ln().max(0.0) / most * share
    };
    for (gram, ..) in p.known.iter().chain(&c.known) {
        if let (Some(weight), Some(pairs)) = (weights.get_mut(*gram as usize), texts.pairs.get(*gram as usize)) {
            let count = f64::from(u32::try_from(pairs.len()).unwrap_or(1));
            let own = alone(*gram);
            *weight = if pairs.is_empty() {
                own
            } else {
                own.min(pairs.iter().map(|pair| alone(*pair)).sum::<f64>() / count)
            };
        }
    }
    weights
}

fn item<'a>(words: &'a Words, weights: &[f64]) -> Item<'a> {
    let sum = |grams: &[u32]| grams.iter().map(|gram| at(weights, *gram)).sum::<f64>();
    let values = words.grams.iter().map(|(gram, count)| (often(*count) * at(weights, *gram)).powi(2));
    Item {
        words,
        norm: values.sum::<f64>().sqrt(),
        weight: words.grams.iter().map(|(gram, _)| at(weights, *gram)).sum(),
        title: sum(&words.title),
        headings: sum(&words.headings),
        clauses: words.clauses.iter().map(|clause| sum(clause)).collect(),
    }
}

/// The weight of what two ascending lists share.
fn common(a: impl Iterator<Item = u32>, b: impl Iterator<Item = u32>, weights: &[f64]) -> f64 {
    let (mut a, mut b) = (a, b);
    let (mut x, mut y) = (a.next(), b.next());
    let mut sum = 0.0;
    while let (Some(here), Some(there)) = (x, y) {
        match here.cmp(&there) {
            Ordering::Less => x = a.next(),
            Ordering::Greater => y = b.next(),
            Ordering::Equal => {
                sum += at(weights, here);
                (x, y) = (a.next(), b.next());
            }
        }
    }
    sum
}

fn parts(p: &Item<'_>, c: &Item<'_>, shared: f64, weights: &[f64]) -> Parts {
    let mention = |title: &Item<'_>, other: &Item<'_>| match title.words.title.as_slice() {
        [] => 0.0,
        grams => common(grams.iter().copied(), other.words.text(), weights) / (title.title + 5.0),
    };
    let heading = |one: &Item<'_>, other: &Item<'_>| match one.words.headings.as_slice() {
        [] => 0.0,
        grams => {
            let headings = common(grams.iter().copied(), other.words.headings.iter().copied(), weights);
            headings.max(common(grams.iter().copied(), other.words.text(), weights)) / (one.headings + 5.0)
        }
    };
    let above = p.words.clauses.iter().zip(&p.clauses);
    let best = above.flat_map(|a| c.words.clauses.iter().zip(&c.clauses).map(move |b| (a, b))).map(
        |((a, a_weight), (b, b_weight))| {
            common(a.iter().copied(), b.iter().copied(), weights) / (a_weight.min(*b_weight) + 15.0)
        },
    );
    Parts {
        title: 2.0 * common(p.words.title.iter().copied(), c.words.title.iter().copied(), weights)
            / (p.title + c.title + 4.0),
        mention: mention(p, c).max(mention(c, p)),
        heading: heading(p, c).max(heading(c, p)),
        contained: shared / (p.weight.min(c.weight) + 15.0),
        clause: best.fold(0.0, f64::max),
        shared: shared / (shared + 12.0),
        ..Parts::default()
    }
}

/// How much of each clause above is found below.
fn clauses(p: &Item<'_>, c: &Item<'_>, weights: &[f64]) -> Vec<Clause> {
    let clause = |(clause, weight): (&Vec<u32>, &f64)| Clause {
        weight: *weight,
        found: common(clause.iter().copied(), c.words.text(), weights) / weight.max(f64::MIN_POSITIVE),
    };
    p.words.clauses.iter().zip(&p.clauses).map(clause).collect()
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
