//! A stretch of folded text under the finger: what stands at a place, before it and behind it.

use crate::knowledge::{WordList, WordTable};
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

    /// Length of the longest of some words that begins at a place.
    pub(super) fn first_of(self, index: usize, words: &WordList) -> Option<usize> {
        words.longest_at(self.chars, index)
    }

    /// The longest entry of a table that stands at a place, and its length.
    pub(super) fn named<T>(self, index: usize, table: &'c WordTable<T>) -> Option<(usize, &'c T)> {
        table.longest_at(self.chars, index)
    }

    /// Length of the longest of some words that ends right before a place.
    pub(super) fn last_of(self, index: usize, words: &WordList) -> Option<usize> {
        words.longest_before(self.chars, index)
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
            let value = self.chars.iter().skip(index).take(digits).filter_map(|char| char.to_digit(10));
            return (digits <= most).then(|| (value.fold(0, |value, digit| value * 10 + i64::from(digit)), digits));
        }
        let is_numeral = |char: &&char| numeral::is_numeral(**char) && !matches!(char, '万' | '亿') || **char == '○';
        let count = self.chars.iter().skip(index).take(most + 1).take_while(is_numeral).count();
        if count == 0 || count > most.max(3) {
            return None;
        }
        let value = numeral::value(self.chars.iter().skip(index).take(count).copied())?;
        Some((i64::try_from(value).ok()?, count))
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
