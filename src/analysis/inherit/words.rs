//! Tasks as sets of character n-grams, with what each says of the subject matter.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use crate::knowledge::Knowledge;
use crate::notice::{Mandate, Notice};
use crate::span::fold;

/// Lengths of the n-grams of Chinese characters.
const LENGTHS: [usize; 3] = [2, 3, 4];

/// What a character of a word of drafting (推进, 机制) counts, beside 1 of others.
const DRAFTING: f64 = 0.15;

/// The words of a task.
#[derive(Clone, Debug, Default)]
pub(super) struct Words {
    /// All n-grams, ascending, each with how often it stands there and what share of it is subject matter.
    pub(super) grams: Vec<(u64, f64, f64)>,
    /// The n-grams of the title, ascending.
    pub(super) title: Vec<u64>,
    /// The n-grams of each clause, ascending; the title is one.
    pub(super) clauses: Vec<Vec<u64>>,
}

/// The words of every task of a document.
pub(super) fn of_notice(notice: &Notice) -> Vec<Words> {
    let places: Vec<&str> = notice
        .place
        .iter()
        .flat_map(|place| std::iter::once(place).chain(&place.within))
        .map(|place| place.name.as_str())
        .collect();
    let words = |task: &Mandate| read(&without(&task.title, &places), &without(&task.text, &places));
    notice.tasks.iter().map(words).collect()
}

/// The text without the names of the document's own places, which say nothing of the subject.
fn without(text: &str, places: &[&str]) -> String {
    let mut text = text.to_owned();
    for place in places {
        text = text.replace(place, "");
    }
    text
}

fn read(title: &str, text: &str) -> Words {
    let mut clauses: Vec<&str> =
        text.split(['。', '；', ';', '\n', '！']).filter(|clause| !clause.trim().is_empty()).collect();
    if !title.is_empty() && clauses.first().is_none_or(|first| first.trim() != title) {
        clauses.insert(0, title);
    }
    let mut all: BTreeMap<u64, (f64, f64)> = BTreeMap::new();
    let mut sets = Vec::new();
    for clause in &clauses {
        let mut set = Vec::new();
        grams(clause, |gram, share| {
            let known = all.entry(gram).or_insert((0.0, share));
            known.0 += 1.0;
            known.1 = known.1.max(share);
            set.push(gram);
        });
        set.sort_unstable();
        set.dedup();
        sets.push(set);
    }
    let mut heading = Vec::new();
    grams(title, |gram, _| heading.push(gram));
    heading.sort_unstable();
    heading.dedup();
    Words {
        grams: all.into_iter().map(|(gram, (count, share))| (gram, count, share)).collect(),
        title: heading,
        clauses: sets,
    }
}

/// Calls for every n-gram of a text and every word in Latin letters, with the share of it that is subject matter.
fn grams(text: &str, mut found: impl FnMut(u64, f64)) {
    let vocabulary = &Knowledge::shipped().vocabulary.alignment;
    let mut text: String = text.chars().map(fold).collect();
    for (printed, read) in &vocabulary.same {
        if text.contains(printed.as_str()) {
            text = text.replace(printed.as_str(), read);
        }
    }
    let chars: Vec<char> = text.chars().collect();
    for run in chars.chunk_by(|a, b| kind(*a) == kind(*b)) {
        match run.first().map(|first| kind(*first)) {
            Some(Kind::Chinese) => {
                let shares = shares(run);
                for length in LENGTHS {
                    for (window, shares) in run.windows(length).zip(shares.windows(length)) {
                        let key = window.iter().fold(0, |key, char| key << 16 | u64::from(u32::from(*char) & 0xffff));
                        let sum: f64 = shares.iter().sum();
                        found(key, sum / f64::from(u32::try_from(length).unwrap_or(1)));
                    }
                }
            }
            Some(Kind::Latin) => found(latin(run), 1.0),
            _ => {}
        }
    }
}

#[derive(Clone, Copy, PartialEq)]
enum Kind {
    Chinese,
    Latin,
    Other,
}

fn kind(char: char) -> Kind {
    match char {
        '\u{4e00}'..='\u{9fff}' => Kind::Chinese,
        _ if char.is_ascii_alphabetic() => Kind::Latin,
        _ => Kind::Other,
    }
}

/// A word as a number that no n-gram has: those of four characters begin with one from U+4E00.
fn latin(word: &[char]) -> u64 {
    let hash = word.iter().fold(0xcbf2_9ce4_8422_2325_u64, |hash, char| {
        (hash ^ u64::from(u32::from(char.to_ascii_lowercase()))).wrapping_mul(0x0100_0000_01b3)
    });
    1 << 48 | hash & 0xffff_ffff_ffff
}

/// The pairs of characters in an n-gram; none for a pair itself and for words.
pub(super) fn pairs(gram: u64) -> impl Iterator<Item = u64> {
    let length = match gram {
        _ if gram >= 0x4e00 << 48 => 4,
        _ if gram >= 1 << 48 => 0,
        _ if gram >= 1 << 32 => 3,
        _ => 0,
    };
    (1..length).map(move |from| gram >> (16 * (length - 1 - from)) & 0xffff_ffff)
}

/// What each character of a run counts: those of words of drafting count little.
fn shares(run: &[char]) -> Vec<f64> {
    static DRAFTS: LazyLock<(BTreeSet<Vec<char>>, usize)> = LazyLock::new(|| {
        let words: BTreeSet<Vec<char>> =
            Knowledge::shipped().vocabulary.alignment.drafting.iter().map(|word| word.chars().collect()).collect();
        let longest = words.iter().map(Vec::len).max().unwrap_or_default();
        (words, longest)
    });
    let (words, longest) = &*DRAFTS;
    let mut shares = vec![1.0; run.len()];
    let mut at = 0;
    while at < run.len() {
        let rest = run.get(at..).unwrap_or_default();
        let found = (1..=rest.len().min(*longest))
            .rev()
            .find(|length| rest.get(..*length).is_some_and(|part| words.contains(part)));
        match found {
            Some(length) => {
                shares.iter_mut().skip(at).take(length).for_each(|share| *share = DRAFTING);
                at += length;
            }
            None => at += 1,
        }
    }
    shares
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_drafting_count_little() {
        let shares = shares(&"推进分级诊疗".chars().collect::<Vec<_>>());
        assert_eq!(shares, [DRAFTING, DRAFTING, 1.0, 1.0, 1.0, 1.0]);
    }

    #[test]
    fn an_n_gram_is_made_of_pairs() {
        let mut found = Vec::new();
        grams("分级诊疗ＡＩ", |gram, _| found.push(gram));
        let four = found.iter().copied().max().unwrap();
        assert_eq!(pairs(four).collect::<Vec<_>>().len(), 3);
        assert!(pairs(four).all(|pair| found.contains(&pair)));
    }
}
