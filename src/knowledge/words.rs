//! Finding the words of a list in a text, all at once and in linear time.

use std::ops::Deref;

use aho_corasick::{AhoCorasick, MatchKind};
use serde::Deserialize;

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
    /// Builds the automaton.
    pub fn new<W: AsRef<[u8]>>(words: impl IntoIterator<Item = W>) -> Self {
        Self { automaton: AhoCorasick::builder().match_kind(MatchKind::LeftmostLongest).build(words).ok() }
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
        Self { firsts: words.iter().filter_map(|(word, _)| word.first().copied()).collect(), words }
    }

    /// The words that stand at a place, the longest first: length in characters and meaning.
    pub fn all_at<'t>(&'t self, text: &'t [char], place: usize) -> impl Iterator<Item = (usize, &'t T)> {
        let rest = text.get(place..).unwrap_or_default();
        let first = rest.first().copied().filter(|first| self.firsts.contains(*first));
        let from =
            first.map_or(self.words.len(), |_| self.words.partition_point(|(word, _)| word.first() < rest.first()));
        let same = self.words.iter().skip(from).take_while(move |(word, _)| word.first().copied() == first);
        same.filter(move |(word, _)| rest.starts_with(word)).map(|(word, meaning)| (word.len(), meaning))
    }

    /// The longest word that stands at a place: length in characters and meaning.
    pub fn longest_at<'t>(&'t self, text: &'t [char], place: usize) -> Option<(usize, &'t T)> {
        self.all_at(text, place).next()
    }

    /// The words that do not overlap, from left to right, of several at a place the longest: place, length in
    /// characters, and meaning.
    pub fn find_iter<'t>(&'t self, text: &'t [char]) -> impl Iterator<Item = (usize, usize, &'t T)> {
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

/// A list of words of which it is cheap to say that none begins or ends with a character.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(from = "Vec<String>")]
pub struct WordList {
    list: Vec<String>,
    firsts: CharSet,
    endings: CharSet,
}

impl WordList {
    /// Whether a word begins with a character.
    pub fn begins_with(&self, char: char) -> bool {
        self.firsts.contains(char)
    }

    /// Whether a word ends with a character.
    pub fn ends_with(&self, char: char) -> bool {
        self.endings.contains(char)
    }
}

impl From<Vec<String>> for WordList {
    fn from(list: Vec<String>) -> Self {
        let firsts = list.iter().filter_map(|word| word.chars().next()).collect();
        let endings = list.iter().filter_map(|word| word.chars().next_back()).collect();
        Self { list, firsts, endings }
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
        assert!(words.begins_with('年') && words.ends_with('末'));
        assert!(!words.begins_with('底') && !words.ends_with('年'));
        assert_eq!(words.len(), 2);
    }

    #[test]
    fn a_set_has_its_characters_and_no_others() {
        let set: CharSet = "一a𠀀".chars().collect();
        assert!("一a𠀀".chars().all(|char| set.contains(char)));
        assert!(!"二b𠀁\u{10ffff}".chars().any(|char| set.contains(char)));
    }
}
