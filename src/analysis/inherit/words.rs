//! Tasks as sets of character n-grams, with what each says of the subject matter.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use aho_corasick::AhoCorasick;

use crate::knowledge::Knowledge;
use crate::notice::{Mandate, Notice};
use crate::parallel::in_parallel;
use crate::span::fold;

/// Lengths of the n-grams of Chinese characters.
const LENGTHS: [usize; 3] = [2, 3, 4];

/// What a theme counts, beside 1 of an n-gram: a shared word of three or four characters has some n-grams.
const THEME: f64 = 2.5;

/// The number of the first theme: no n-gram and no word in Latin letters has it.
const FIRST_THEME: u64 = 2 << 48;

/// What a character of a word of drafting (推进, 机制) counts, beside 1 of others.
const DRAFTING: f64 = 0.15;

/// The words of a task. N-grams are numbered as in [`Texts`], and stand in ascending order.
#[derive(Clone, Debug, Default)]
pub(super) struct Words {
    /// All n-grams, each with how often it stands there.
    pub(super) grams: Vec<(u32, f64)>,
    /// The n-grams of the title.
    pub(super) title: Vec<u32>,
    /// The n-grams of the headings above the title.
    pub(super) headings: Vec<u32>,
    /// The n-grams of each clause; the title is one.
    pub(super) clauses: Vec<Vec<u32>>,
}

impl Words {
    /// The n-grams of the text.
    pub(super) fn text(&self) -> impl Iterator<Item = u32> {
        self.grams.iter().map(|(gram, _)| *gram)
    }
}

/// The words of a document.
#[derive(Clone, Debug, Default)]
pub(super) struct Text {
    /// Those of every task.
    pub(super) tasks: Vec<Words>,
    /// The n-grams of all tasks, ascending: in how many they stand, and what share of them is subject matter.
    pub(super) known: Vec<(u32, f64, f64)>,
    /// For every n-gram, ascending, the tasks that it stands in, and how often.
    pub(super) places: Vec<(u32, usize, f64)>,
}

/// The words of documents that are compared, their n-grams numbered over all of them.
#[derive(Debug, Default)]
pub(super) struct Texts {
    pub(super) texts: Vec<Text>,
    /// For every n-gram of more than two characters the pairs of characters in it.
    pub(super) pairs: Vec<Vec<u32>>,
}

impl Texts {
    /// Reads documents.
    pub(super) fn of(notices: &[&Notice]) -> Self {
        let read = in_parallel(notices, |notice| of_notice(notice));
        let mut keys: Vec<u64> = Vec::new();
        for task in read.iter().flatten() {
            keys.extend(task.grams.iter().map(|gram| gram.0).chain(task.headings.iter().map(|gram| gram.0)));
        }
        keys.sort_unstable();
        keys.dedup();
        let number = |key: u64| keys.binary_search(&key).ok().and_then(|index| u32::try_from(index).ok());
        let pairs = keys.iter().map(|key| pairs(*key).filter_map(number).collect()).collect();
        let texts = in_parallel(&read, |tasks| Text::of(tasks, &number));
        Self { texts, pairs }
    }
}

impl Text {
    fn of(tasks: &[Raw], number: &impl Fn(u64) -> Option<u32>) -> Self {
        let mut text = Self::default();
        let mut shares = Vec::new();
        for (index, raw) in tasks.iter().enumerate() {
            // numbers ascend as the n-grams do
            let all = |grams: &[u64]| -> Vec<u32> { grams.iter().filter_map(|gram| number(*gram)).collect() };
            let grams: Vec<(u32, f64)> =
                raw.grams.iter().filter_map(|(gram, count, _)| Some((number(*gram)?, *count))).collect();
            let headings: Vec<u64> = raw.headings.iter().map(|gram| gram.0).collect();
            let task = Words {
                title: all(&raw.title),
                headings: all(&headings),
                clauses: raw.clauses.iter().map(|clause| all(clause)).collect(),
                grams,
            };
            text.places.extend(task.grams.iter().map(|(gram, count)| (*gram, index, *count)));
            let said = raw.grams.iter().map(|(gram, _, share)| (*gram, *share));
            for (gram, share) in said.chain(raw.headings.iter().copied()) {
                shares.extend(number(gram).map(|gram| (gram, index, share)));
            }
            text.tasks.push(task);
        }
        text.places.sort_unstable_by_key(|(gram, task, _)| (*gram, *task));
        shares.sort_unstable_by_key(|(gram, task, _)| (*gram, *task));
        for group in shares.chunk_by(|a, b| a.0 == b.0) {
            let tasks = group.chunk_by(|a, b| a.1 == b.1).count();
            let share = group.iter().map(|known| known.2).fold(0.0, f64::max);
            let tasks = f64::from(u32::try_from(tasks).unwrap_or(u32::MAX));
            text.known.extend(group.first().map(|known| (known.0, tasks, share)));
        }
        text
    }
}

/// The words of a task, n-grams by their characters, ascending.
#[derive(Clone, Debug, Default)]
struct Raw {
    /// How often each stands there, and what share of it is subject matter.
    grams: Vec<(u64, f64, f64)>,
    title: Vec<u64>,
    /// What share of each is subject matter.
    headings: Vec<(u64, f64)>,
    clauses: Vec<Vec<u64>>,
}

/// The words of every task of a document.
fn of_notice(notice: &Notice) -> Vec<Raw> {
    let places: Vec<&str> = notice
        .place
        .iter()
        .flat_map(|place| std::iter::once(place).chain(&place.within))
        .map(|place| place.name.as_str())
        .collect();
    let words = |task: &Mandate| {
        let above: Vec<&str> = task.path.iter().map(String::as_str).filter(|heading| *heading != task.title).collect();
        let mut words = read(&without(&task.title, &places), &without(&task.text, &places));
        grams(&without(&above.join("\n"), &places), |gram, share| words.headings.push((gram, share)));
        words.headings.sort_unstable_by_key(|(gram, _)| *gram);
        words.headings.dedup_by_key(|(gram, _)| *gram);
        words
    };
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

fn read(title: &str, text: &str) -> Raw {
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
    Raw {
        grams: all.into_iter().map(|(gram, (count, share))| (gram, count, share)).collect(),
        title: heading,
        headings: Vec::new(),
        clauses: sets,
    }
}

/// A text in one way of writing.
fn plain(text: &str) -> String {
    let mut text: String = text.chars().map(fold).collect();
    for (printed, read) in &Knowledge::shipped().vocabulary.alignment.same {
        if text.contains(printed.as_str()) {
            text = text.replace(printed.as_str(), read);
        }
    }
    text
}

/// Calls for every theme that a text has a word of.
fn themes(text: &str, mut found: impl FnMut(u64)) {
    static WORDS: LazyLock<(Option<AhoCorasick>, Vec<u64>)> = LazyLock::new(|| {
        let themes = Knowledge::shipped().vocabulary.alignment.themes.values();
        let words = (0_u64..).zip(themes).flat_map(|(theme, words)| words.iter().map(move |word| (plain(word), theme)));
        let (words, themes): (Vec<String>, Vec<u64>) = words.unzip();
        (AhoCorasick::new(words).ok(), themes)
    });
    let (words, themes) = &*WORDS;
    let places = words.iter().flat_map(|words| words.find_overlapping_iter(text));
    let said: BTreeSet<u64> = places.filter_map(|place| themes.get(place.pattern().as_usize()).copied()).collect();
    for theme in said {
        found(FIRST_THEME + theme);
    }
}

/// Calls for every n-gram of a text, every word in Latin letters and every theme, with the share of it that is subject matter.
fn grams(text: &str, mut found: impl FnMut(u64, f64)) {
    let text = plain(text);
    themes(&text, |theme| found(theme, THEME));
    let chars: Vec<char> = text.chars().collect();
    for run in chars.chunk_by(|a, b| kind(*a) == kind(*b)) {
        match run.first().map(|first| kind(*first)) {
            Some(Kind::Chinese) => {
                let shares = shares(run);
                for length in LENGTHS {
                    for (window, shares) in run.windows(length).zip(shares.windows(length)) {
                        let key = window.iter().fold(0, |key, char| key << 16 | u64::from(u32::from(*char) & 0xffff));
                        let sum: f64 = shares.iter().sum();
                        let mean = sum / f64::from(u32::try_from(length).unwrap_or(1));
                        // one half of a word of drafting and one of another is hardly a word
                        let least = shares.iter().copied().fold(1.0, f64::min);
                        found(key, (mean + 2.0 * least) / 3.0);
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
fn pairs(gram: u64) -> impl Iterator<Item = u64> {
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
        let four = found.iter().copied().filter(|gram| *gram >= 0x4e00 << 48).max().unwrap();
        assert_eq!(pairs(four).collect::<Vec<_>>().len(), 3);
        assert!(pairs(four).all(|pair| found.contains(&pair)));
    }

    #[test]
    fn other_words_may_say_the_same_theme() {
        let said = |text: &str| {
            let mut found = BTreeSet::new();
            themes(&plain(text), |theme| {
                found.insert(theme);
            });
            found
        };
        let (above, below) = (said("开展养老护理员职业技能等级认定"), said("培养技能人才，发放工匠津贴"));
        assert!(above.intersection(&below).count() > 0);
        assert!(said("其他事项").is_empty());
    }

    #[test]
    fn n_grams_are_numbered_over_all_documents() {
        let notice = |text: &str| {
            let task = Mandate { text: text.into(), path: vec!["一、就医".into()], ..Mandate::default() };
            Notice { tasks: vec![task.clone(), task], ..Notice::default() }
        };
        let texts = Texts::of(&[&notice("分级诊疗"), &notice("基层诊疗")]);
        let grams = |index: usize| -> BTreeSet<u32> { texts.texts[index].tasks[0].text().collect() };
        let shared: Vec<u32> = grams(0).intersection(&grams(1)).copied().collect();
        // 诊疗 alone
        assert_eq!(shared.len(), 1);
        assert!(texts.pairs[shared[0] as usize].is_empty());
        let known = &texts.texts[0].known;
        assert!(
            known.windows(2).all(|pair| pair[0].0 < pair[1].0)
                && known.iter().all(|(_, tasks, _)| (tasks - 2.0).abs() < 1e-9)
        );
    }
}
