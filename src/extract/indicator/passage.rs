//! A stretch of folded text and how its phrases are bounded.

use super::lexicon::Table;
use crate::span::is_blank;

/// How far back the sentence of a figure is looked at, in characters.
pub(super) const LONGEST_SENTENCE: usize = 300;

/// A stretch of folded text.
#[derive(Clone, Copy, Debug)]
pub(super) struct Passage<'c> {
    pub(super) chars: &'c [char],
}

impl<'c> Passage<'c> {
    /// The character at a place; NUL beyond the end.
    pub(super) fn at(self, index: usize) -> char {
        self.chars.get(index).copied().unwrap_or('\0')
    }

    /// The character right before a place; a blank at the start.
    pub(super) fn before(self, index: usize) -> char {
        index.checked_sub(1).map_or(' ', |before| self.at(before))
    }

    /// The characters of a stretch; what lies beyond the end is left out.
    pub(super) fn slice(self, from: usize, to: usize) -> &'c [char] {
        self.chars.get(from..to.min(self.chars.len())).unwrap_or_default()
    }

    /// The first place from one on that is not blank.
    pub(super) fn skip_blanks(self, index: usize) -> usize {
        index + self.slice(index, self.chars.len()).iter().take_while(|char| **char != '\n' && is_blank(**char)).count()
    }

    /// The last place before one, behind blanks.
    pub(super) fn trim_end(self, index: usize) -> usize {
        let blanks = self.slice(0, index).iter().rev().take_while(|char| **char != '\n' && is_blank(**char)).count();
        index.min(self.chars.len()) - blanks
    }

    /// Where the sentence of a place begins.
    pub(super) fn sentence(self, index: usize) -> usize {
        self.back_to(index, |char| matches!(char, '。' | ';' | '\n' | '!' | '?'))
    }

    /// Where the clause of a place begins: behind the last comma outside brackets.
    pub(super) fn clause(self, index: usize) -> usize {
        self.back_to(index, |char| matches!(char, ',' | '。' | ';' | ':' | '\n' | '!' | '?'))
    }

    /// Where the phrase of a place begins: behind the last stop of any kind.
    pub(super) fn phrase(self, index: usize) -> usize {
        self.back_to(index, is_stop)
    }

    /// Goes back to a stop; what stands in brackets that are closed before the place is passed over.
    fn back_to(self, index: usize, stop: impl Fn(char) -> bool) -> usize {
        let least = index.saturating_sub(LONGEST_SENTENCE);
        let mut depth = 0_usize;
        for at in (least..index.min(self.chars.len())).rev() {
            match self.at(at) {
                ')' => depth += 1,
                '(' if depth == 0 => return at + 1,
                '(' => depth -= 1,
                // a bracket that opens on an earlier line is none
                '\n' if stop('\n') => return at + 1,
                char if depth == 0 && stop(char) => return at + 1,
                _ => {}
            }
        }
        least
    }

    /// Where the clause of a place ends: before the next comma or full stop.
    pub(super) fn clause_end(self, index: usize) -> usize {
        let ends = |char: &char| matches!(char, ',' | '。' | ';' | '\n' | '!' | '?' | ')' | '(');
        let rest = self.slice(index, index + LONGEST_SENTENCE);
        index + rest.iter().position(ends).unwrap_or(rest.len())
    }

    /// Where the phrase of a place ends: before the next stop of any kind, or figure.
    pub(super) fn phrase_end(self, index: usize) -> usize {
        let rest = self.slice(index, index + LONGEST_SENTENCE);
        let end = rest.iter().position(|char| is_stop(*char) || char.is_ascii_digit());
        self.trim_end(index + end.unwrap_or(rest.len())).max(index)
    }

    /// Whether any word of a table stands within a stretch.
    pub(super) fn holds<T: Copy>(self, table: &Table<T>, from: usize, to: usize) -> bool {
        self.find(table, from, to).is_some()
    }

    /// The first word of a table within a stretch: where it begins and ends.
    pub(super) fn find<T: Copy>(self, table: &Table<T>, from: usize, to: usize) -> Option<(usize, usize)> {
        (from..to).find_map(|at| {
            let fits = table.starting(self.chars, at).find(|(length, _)| at + length <= to);
            fits.map(|(length, _)| (at, at + length))
        })
    }

    /// Whether a stretch holds nothing but words of a table.
    pub(super) fn only<T: Copy>(self, table: &Table<T>, from: usize, to: usize) -> bool {
        let mut at = from;
        while at < to {
            match table.starting(self.chars, at).find(|(length, _)| at + length <= to) {
                Some((length, _)) => at += length,
                None => return false,
            }
        }
        true
    }
}

/// Whether a character ends a phrase.
pub(super) fn is_stop(char: char) -> bool {
    matches!(char, ',' | '。' | ';' | '、' | ':' | '\n' | '(' | ')' | '!' | '?' | '|' | '\t')
}
