//! A stretch of folded text under the finger: what stands at a place, before it and behind it.

use crate::knowledge::WordList;
use crate::numeral;

/// More digits than any date has.
const MOST_DIGITS: usize = 16;

/// Folded characters of a stretch of text.
#[derive(Clone, Copy, Debug)]
pub(super) struct Cursor<'c> {
    chars: &'c [char],
}

impl<'c> Cursor<'c> {
    pub(super) fn new(chars: &'c [char]) -> Self {
        Self { chars }
    }

    pub(super) fn len(self) -> usize {
        self.chars.len()
    }

    /// The character at a place; NUL beyond the end.
    pub(super) fn at(self, index: usize) -> char {
        self.chars.get(index).copied().unwrap_or('\0')
    }

    /// The character before a place; NUL before the first.
    pub(super) fn before(self, index: usize) -> char {
        index.checked_sub(1).map_or('\0', |before| self.at(before))
    }

    /// Whether a word begins at a place.
    pub(super) fn starts(self, index: usize, word: &str) -> bool {
        word.chars().enumerate().all(|(offset, char)| self.at(index + offset) == char)
    }

    /// Whether a word ends right before a place.
    pub(super) fn ends(self, index: usize, word: &str) -> bool {
        index.checked_sub(word.chars().count()).is_some_and(|start| self.starts(start, word))
    }

    /// Length of the longest of some words that begins at a place.
    pub(super) fn first_of(self, index: usize, words: &WordList) -> Option<usize> {
        if !words.begins_with(self.at(index)) {
            return None;
        }
        words.iter().filter(|word| self.starts(index, word)).map(|word| word.chars().count()).max()
    }

    /// Length of the longest of some words that ends right before a place.
    pub(super) fn last_of(self, index: usize, words: &WordList) -> Option<usize> {
        if !words.ends_with(self.before(index)) {
            return None;
        }
        words.iter().filter(|word| self.ends(index, word)).map(|word| word.chars().count()).max()
    }

    /// The number of spaces from a place on.
    pub(super) fn blanks(self, index: usize) -> usize {
        self.chars.iter().skip(index).take_while(|char| **char == ' ').count()
    }

    /// The characters of a stretch.
    pub(super) fn words(self, start: usize, end: usize) -> String {
        self.chars.get(start..end.min(self.chars.len())).unwrap_or_default().iter().collect()
    }

    /// A whole number of at most so many digits, in digits or Chinese numerals, and its length.
    pub(super) fn number(self, index: usize, most: usize) -> Option<(i64, usize)> {
        let digits = self.digits(index);
        if digits > 0 {
            let value = (digits <= most).then(|| self.words(index, index + digits).parse().ok()).flatten()?;
            return Some((value, digits));
        }
        let han: String = self
            .chars
            .iter()
            .skip(index)
            .take_while(|char| numeral::is_numeral(**char) && !matches!(char, '万' | '亿') || **char == '○')
            .take(most + 1)
            .collect();
        let count = han.chars().count();
        let value = numeral::parse(&han)?;
        (count > 0 && count <= most.max(3)).then_some((i64::try_from(value).ok()?, count))
    }

    /// How many digits begin at a place; no more are counted than tell a number from a date.
    pub(super) fn digits(self, index: usize) -> usize {
        self.chars.iter().skip(index).take(MOST_DIGITS).take_while(|char| char.is_ascii_digit()).count()
    }

    /// Whether a phrase begins at a place: nothing or a mark of punctuation stands before it.
    pub(super) fn opens(self, index: usize) -> bool {
        let blanks = self.chars.iter().take(index).rev().take_while(|char| **char == ' ').count();
        matches!(self.before(index - blanks), '\0' | '。' | ',' | ';' | '、' | ':' | '!' | '\n' | '\t' | ' ')
    }

    /// Whether a sentence or its part ends at a place.
    pub(super) fn closes(self, index: usize) -> bool {
        matches!(self.at(index + self.blanks(index)), '\0' | '。' | ',' | ';' | '、' | '!' | '\n' | '\t' | ')')
    }
}
