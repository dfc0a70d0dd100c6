//! The header of a table without lines: names of columns beside each other, each on one line or more.

use super::super::Item;
use super::super::line::Line;
use super::super::page::Glyph;
use crate::knowledge;

/// How wide, in heights of a character, gaps between words are at least, those between words that are no names, and those
/// within a name at most.
const WORD: f32 = 0.2;
const APART: f32 = 0.6;
const NAME: f32 = 2.2;
/// How many words a name may be parted into, less one.
const PIECES: usize = 6;
/// How far apart, in heights of a character, the lines of a header are at most.
const PITCH: f32 = 2.2;
/// How many lines a header has at most: a name on two, and one between them.
const LINES: usize = 3;
/// The longest name in characters.
const LONGEST: usize = 16;

/// A name and its place.
#[derive(Clone, Debug)]
pub(super) struct Name {
    pub(super) text: String,
    pub(super) left: f32,
    pub(super) right: f32,
}

impl Name {
    fn is_over(&self, other: &Self) -> bool {
        self.left < other.right && other.left < self.right
    }

    fn is_known(&self) -> bool {
        knowledge::is_column_name(&self.text)
    }

    /// Two lines of one name.
    fn with(&self, below: &Self) -> Self {
        Self {
            text: format!("{}{}", self.text, below.text),
            left: self.left.min(below.left),
            right: self.right.max(below.right),
        }
    }
}

/// A header.
#[derive(Clone, Debug, Default)]
pub(super) struct Header {
    /// The names of the columns from left to right.
    pub(super) names: Vec<Name>,
    /// Names that stand over several columns.
    pub(super) over: Vec<Name>,
    /// The item behind it.
    pub(super) behind: usize,
}

impl Header {
    /// The header that begins at an item: two names are known at least, and no word is long.
    pub(super) fn find(items: &[Item], at: usize) -> Option<Self> {
        let mut best: Option<Self> = None;
        for count in 1..=LINES {
            let Some(lines) = lines(items, at, count) else { break };
            let whole = Self::of(&lines, at + count);
            let without = lines.get(1..).map_or(0, |rest| Self::of(rest, 0).known());
            // a line above that adds nothing is none of it
            if whole.is_sound()
                && whole.known() > without
                && best.as_ref().is_none_or(|best| whole.known() > best.known())
            {
                best = Some(whole);
            }
        }
        best
    }

    /// The names that lines form.
    fn of(lines: &[&Line], behind: usize) -> Self {
        let mut header = Self { behind, ..Self::default() };
        for part in lines.iter().flat_map(|line| parts(line)) {
            header.put(part);
        }
        header.names.sort_by(|one, other| one.left.total_cmp(&other.left));
        header
    }

    /// Puts words below what stands above them: as the rest of a name, or as one of several names below one.
    fn put(&mut self, part: Name) {
        match self.names.iter().position(|name| name.is_over(&part)) {
            Some(at) if self.names[at].is_known() && part.is_known() && !self.names[at].with(&part).is_known() => {
                let over = std::mem::replace(&mut self.names[at], part);
                self.over.push(over);
            }
            Some(at) => self.names[at] = self.names[at].with(&part),
            None => self.names.push(part),
        }
    }

    /// How many characters the names have that are known.
    fn known(&self) -> usize {
        let known = self.names.iter().chain(&self.over).filter(|name| name.is_known());
        known.map(|name| name.text.chars().count()).sum()
    }

    fn is_sound(&self) -> bool {
        let known = self.names.iter().filter(|name| name.is_known()).count();
        let short = self.names.iter().all(|name| name.text.chars().count() <= LONGEST);
        let apart = self.names.windows(2).all(|pair| pair[0].right < pair[1].left);
        known >= 2 && known * 2 >= self.names.len() && short && apart
    }

    /// The gaps between the names.
    pub(super) fn gaps(&self) -> Vec<(f32, f32)> {
        self.names.windows(2).map(|pair| (pair[0].right, pair[1].left)).collect()
    }

    /// The words of the names.
    pub(super) fn texts(&self) -> Vec<String> {
        self.names.iter().map(|name| name.text.clone()).collect()
    }
}

/// So many lines from an item on, if they stand close and hold nothing long.
fn lines(items: &[Item], at: usize, count: usize) -> Option<Vec<&Line>> {
    let mut lines: Vec<&Line> = Vec::new();
    for item in items.get(at..at + count)? {
        let Item::Line(line) = item else { return None };
        let near = lines.last().is_none_or(|last| line.base - last.base <= PITCH * line.size);
        if !near || line.text.contains(['。', '，', '；']) || line.text.chars().count() > 120 {
            return None;
        }
        lines.push(line);
    }
    Some(lines)
}

/// The names on a line: the words that stand apart, put together where blanks within a name parted them.
fn parts(line: &Line) -> Vec<Name> {
    let mut words: Vec<Name> = Vec::new();
    for Glyph { char, left, right, size, .. } in &line.glyphs {
        match words.last_mut().filter(|last| left - last.right < WORD * size) {
            Some(last) => {
                last.text.push(*char);
                last.right = last.right.max(*right);
            }
            None => words.push(Name { text: char.to_string(), left: *left, right: *right }),
        }
    }
    let mut parts: Vec<Name> = Vec::new();
    let mut at = 0;
    while let Some(first) = words.get(at) {
        let mut best = (first.clone(), 1);
        let mut whole = first.clone();
        for (count, word) in (2..).zip(words.iter().skip(at + 1).take(PIECES)) {
            if word.left - whole.right > NAME * line.size {
                break;
            }
            whole = whole.with(word);
            if whole.is_known() {
                best = (whole.clone(), count);
            }
        }
        let (name, count) = best;
        match parts.last_mut().filter(|last| name.left - last.right < APART * line.size) {
            Some(last) if !last.is_known() && !name.is_known() => *last = last.with(&name),
            _ => parts.push(name),
        }
        at += count;
    }
    parts
}
