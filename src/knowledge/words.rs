//! Finding the words of a list in a text, all at once and in linear time.

use std::ops::{Deref, Range};

use aho_corasick::{AhoCorasick, MatchKind};
use serde::{Deserialize, Deserializer};

use crate::span::fold_str;

/// A word found: which one of the list, and its place in bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Found {
    /// Index of the word in the list.
    pub word: usize,
    /// First byte.
    pub start: usize,
    /// Behind the last byte.
    pub end: usize,
}

/// A list of words as an automaton; of words that overlap, the leftmost and then the longest is found.
#[derive(Debug)]
pub struct WordFinder {
    /// None only where a list is too large for an automaton, which a test rules out for the shipped ones.
    automaton: Option<AhoCorasick>,
}

impl WordFinder {
    /// Builds the automaton. Looking for first bytes beforehand would not pay: Chinese characters share a few.
    pub fn new<W: AsRef<[u8]>>(words: impl IntoIterator<Item = W>) -> Self {
        let mut builder = AhoCorasick::builder();
        builder.match_kind(MatchKind::LeftmostLongest).prefilter(false);
        Self { automaton: builder.build(words).ok() }
    }

    /// The words in a text that do not overlap, from left to right.
    pub fn find_iter<'a>(&'a self, text: &'a str) -> impl Iterator<Item = Found> + 'a {
        self.automaton.iter().flat_map(move |automaton| automaton.find_iter(text)).map(|found| Found {
            word: found.pattern().as_usize(),
            start: found.start(),
            end: found.end(),
        })
    }

    /// Whether a text holds any of the words.
    pub fn is_match(&self, text: &str) -> bool {
        self.automaton.as_ref().is_some_and(|automaton| automaton.is_match(text))
    }
}

/// Words with what they mean, found at a place of a text of characters: no place needs to be counted in bytes.
///
/// ```
/// use zeren::knowledge::WordTable;
///
/// let table = WordTable::new([("牵头", 1), ("牵头负责", 2)]);
/// let text: Vec<char> = "甲牵头负责".chars().collect();
/// assert_eq!(table.longest_at(&text, 1), Some((4, &2)));
/// assert_eq!(table.longest_at(&text, 0), None);
/// ```
#[derive(Clone, Debug, Default)]
pub struct WordTable<T> {
    firsts: CharSet,
    /// Every first character, in order, with the place of its words.
    index: Vec<(char, Range<usize>)>,
    /// By first character, then the longest first; of equal words the one given first.
    words: Vec<(Vec<char>, T)>,
}

impl<T> WordTable<T> {
    /// Makes the table; empty words are left out.
    pub fn new<W: AsRef<str>>(words: impl IntoIterator<Item = (W, T)>) -> Self {
        let mut words: Vec<(Vec<char>, T)> =
            words.into_iter().map(|(word, meaning)| (word.as_ref().chars().collect(), meaning)).collect();
        words.retain(|(word, _)| !word.is_empty());
        words.sort_by_key(|(word, _)| (word.first().copied(), std::cmp::Reverse(word.len())));
        let mut index: Vec<(char, Range<usize>)> = Vec::new();
        for (place, first) in words.iter().filter_map(|(word, _)| word.first().copied()).enumerate() {
            match index.last_mut() {
                Some((known, places)) if *known == first => places.end = place + 1,
                _ => index.push((first, place..place + 1)),
            }
        }
        Self { firsts: index.iter().map(|(first, _)| *first).collect(), index, words }
    }

    /// The words that stand at a place, the longest first: length in characters and meaning.
    pub fn all_at<'t>(&'t self, text: &[char], place: usize) -> impl Iterator<Item = (usize, &'t T)> {
        let rest = text.get(place..).unwrap_or_default();
        let words = rest.first().map_or(&[][..], |first| self.beginning(*first));
        words.iter().filter(move |(word, _)| rest.starts_with(word)).map(|(word, meaning)| (word.len(), meaning))
    }

    /// The words that begin with a character.
    fn beginning(&self, first: char) -> &[(Vec<char>, T)] {
        if !self.firsts.contains(first) {
            return &[];
        }
        let found = self.index.binary_search_by_key(&first, |(first, _)| *first).ok();
        let places = found.and_then(|found| self.index.get(found)).map(|(_, places)| places.clone());
        places.and_then(|places| self.words.get(places)).unwrap_or_default()
    }

    /// The longest word that stands at a place: length in characters and meaning.
    pub fn longest_at<'t>(&'t self, text: &[char], place: usize) -> Option<(usize, &'t T)> {
        self.all_at(text, place).next()
    }

    /// The words that do not overlap, from left to right, of several at a place the longest: place, length in
    /// characters, and meaning.
    pub fn find_iter<'t>(&'t self, text: &[char]) -> impl Iterator<Item = (usize, usize, &'t T)> {
        let mut at = 0;
        std::iter::from_fn(move || {
            loop {
                let ahead = text.get(at..)?.iter().position(|char| self.firsts.contains(*char))?;
                at += ahead;
                if let Some((length, meaning)) = self.longest_at(text, at) {
                    at += length;
                    return Some((at - length, length, meaning));
                }
                at += 1;
            }
        })
    }

    /// Whether a text holds any of the words.
    pub fn is_match(&self, text: &[char]) -> bool {
        self.find_iter(text).next().is_some()
    }

    /// The characters that words begin with.
    pub fn firsts(&self) -> &CharSet {
        &self.firsts
    }

    /// The words.
    pub fn words(&self) -> impl Iterator<Item = String> {
        self.words.iter().map(|(word, _)| word.iter().collect())
    }
}

impl WordTable<()> {
    /// Words that mean no more than that they are there, folded as texts are.
    pub fn of<W: AsRef<str>>(words: impl IntoIterator<Item = W>) -> Self {
        Self::new(words.into_iter().map(|word| (fold_str(word.as_ref()).into_owned(), ())))
    }
}

/// An entry of a table that stands in a text by a word.
pub trait Named {
    /// The word.
    fn name(&self) -> &str;
}

impl<'de, T: Named + Deserialize<'de>> Deserialize<'de> for WordTable<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let entries = Vec::<T>::deserialize(deserializer)?;
        Ok(Self::new(entries.into_iter().map(|entry| (entry.name().to_owned(), entry))))
    }
}

/// A set of characters that answers in constant time.
#[derive(Clone, Debug, Default)]
pub struct CharSet {
    /// One bit a character, up to the last of the set.
    bits: Vec<u64>,
}

impl CharSet {
    /// Whether the set has a character.
    pub fn contains(&self, char: char) -> bool {
        let code = char as usize;
        self.bits.get(code / 64).is_some_and(|bits| bits >> (code % 64) & 1 == 1)
    }
}

impl<'s> FromIterator<&'s CharSet> for CharSet {
    fn from_iter<I: IntoIterator<Item = &'s Self>>(sets: I) -> Self {
        let mut all = Self::default();
        for set in sets {
            all.bits.resize(all.bits.len().max(set.bits.len()), 0);
            for (bits, more) in all.bits.iter_mut().zip(&set.bits) {
                *bits |= more;
            }
        }
        all
    }
}

impl Extend<char> for CharSet {
    fn extend<I: IntoIterator<Item = char>>(&mut self, chars: I) {
        for char in chars {
            let code = char as usize;
            if self.bits.len() <= code / 64 {
                self.bits.resize(code / 64 + 1, 0);
            }
            if let Some(bits) = self.bits.get_mut(code / 64) {
                *bits |= 1 << (code % 64);
            }
        }
    }
}

impl FromIterator<char> for CharSet {
    fn from_iter<I: IntoIterator<Item = char>>(chars: I) -> Self {
        let mut set = Self::default();
        set.extend(chars);
        set
    }
}

/// A name with each of its characters left out in turn and its place marked, so that two names share a form only where
/// they differ in one character at one place.
pub fn shortened(name: &str) -> impl Iterator<Item = String> {
    let chars: Vec<char> = name.chars().collect();
    (0..chars.len()).map(move |place| {
        let mut form: String = chars.iter().take(place).collect();
        form.push('\u{0}');
        form.extend(chars.iter().skip(place + 1));
        form
    })
}

/// A list of words that is quick to say which of them begins or ends a text.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(from = "Vec<String>")]
pub struct WordList {
    list: Vec<String>,
    heads: WordTable<String>,
    /// The words read from their ends.
    tails: WordTable<String>,
}

impl WordList {
    /// The characters that words begin with.
    pub fn firsts(&self) -> &CharSet {
        self.heads.firsts()
    }

    /// Length in characters of the longest word that stands at a place.
    pub fn longest_at(&self, text: &[char], place: usize) -> Option<usize> {
        self.heads.longest_at(text, place).map(|(length, _)| length)
    }

    /// Length in characters of the longest word that ends right before a place.
    pub fn longest_before(&self, text: &[char], place: usize) -> Option<usize> {
        let text = text.get(..place)?;
        let words = self.tails.beginning(*text.last()?).iter().map(|(word, _)| word);
        words
            .filter(|word| word.len() <= text.len())
            .find(|word| text.iter().rev().zip(*word).all(|(one, other)| one == other))
            .map(Vec::len)
    }

    /// Whether a text begins with a word.
    pub fn starts(&self, text: &str) -> bool {
        self.behind(text).is_some()
    }

    /// Whether a text ends with a word.
    pub fn ends(&self, text: &str) -> bool {
        self.before(text).is_some()
    }

    /// What stands behind the longest word that a text begins with.
    pub fn behind<'t>(&self, text: &'t str) -> Option<&'t str> {
        let words = self.heads.beginning(text.chars().next()?);
        words.iter().find_map(|(_, word)| text.strip_prefix(word.as_str()))
    }

    /// What stands before the longest word that a text ends with.
    pub fn before<'t>(&self, text: &'t str) -> Option<&'t str> {
        let words = self.tails.beginning(text.chars().next_back()?);
        words.iter().find_map(|(_, word)| text.strip_suffix(word.as_str()))
    }
}

impl From<Vec<String>> for WordList {
    fn from(list: Vec<String>) -> Self {
        let heads = WordTable::new(list.iter().map(|word| (word, word.clone())));
        let backwards = |word: &String| word.chars().rev().collect::<String>();
        let tails = WordTable::new(list.iter().map(|word| (backwards(word), word.clone())));
        Self { list, heads, tails }
    }
}

impl Deref for WordList {
    type Target = [String];

    fn deref(&self) -> &[String] {
        &self.list
    }
}

impl<'w> IntoIterator for &'w WordList {
    type Item = &'w String;
    type IntoIter = std::slice::Iter<'w, String>;

    fn into_iter(self) -> Self::IntoIter {
        self.list.iter()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_word_wins() {
        let finder = WordFinder::new(["牵头", "牵头负责", "负责"]);
        let found: Vec<usize> = finder.find_iter("甲牵头负责，乙负责").map(|found| found.word).collect();
        assert_eq!(found, [1, 2]);
        assert!(!finder.is_match("配合"));
    }

    #[test]
    fn a_table_finds_what_the_automaton_finds() {
        let words = ["牵头", "牵头负责", "负责", "负", "责任单位"];
        let (finder, table) = (WordFinder::new(words), WordTable::new(words.into_iter().zip(0_usize..)));
        for text in ["甲牵头负责,乙负责人", "责任牵头责任单位负", "", "牵", "无"] {
            let chars: Vec<char> = text.chars().collect();
            let found: Vec<(usize, usize)> = table.find_iter(&chars).map(|(at, _, word)| (at, *word)).collect();
            let expected: Vec<(usize, usize)> = finder
                .find_iter(text)
                .map(|found| (text.get(..found.start).unwrap().chars().count(), found.word))
                .collect();
            assert_eq!(found, expected, "{text}");
            assert_eq!(table.is_match(&chars), finder.is_match(text));
        }
        let all: Vec<usize> = table.all_at(&['牵', '头', '负', '责'], 0).map(|(length, _)| length).collect();
        assert_eq!(all, [4, 2]);
    }

    #[test]
    fn a_list_tells_how_its_words_begin_and_end() {
        let words = WordList::from(vec!["年底".to_owned(), "月末".to_owned()]);
        assert!(words.firsts().contains('年') && !words.firsts().contains('底'));
        let text = ['到', '年', '底'];
        assert_eq!((words.longest_at(&text, 1), words.longest_before(&text, 3)), (Some(2), Some(2)));
        assert_eq!((words.longest_at(&text, 0), words.longest_before(&text, 2)), (None, None));
        assert_eq!((words.behind("年底前"), words.before("到年底")), (Some("前"), Some("到")));
        assert!(words.starts("月末") && !words.ends("底"));
        assert_eq!(words.len(), 2);
    }

    #[test]
    fn a_set_has_its_characters_and_no_others() {
        let set: CharSet = "一a𠀀".chars().collect();
        assert!("一a𠀀".chars().all(|char| set.contains(char)));
        assert!(!"二b𠀁\u{10ffff}".chars().any(|char| set.contains(char)));
    }
}
