//! Short names that a document gives to others or to itself: （以下简称《意见》）.

use std::sync::LazyLock;

use super::super::model::{Citation, Named};
use crate::knowledge::{Knowledge, WordTable};
use crate::span::{Span, Text, fold_str, is_blank};

/// A short name, and the document that it stands for; none for the document that gives it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ShortName {
    /// The name without 《》.
    pub name: String,
    /// What it stands for.
    pub stands_for: Option<Named>,
}

/// The names by which a document speaks of itself and, for short, of others.
#[derive(Clone, Debug, Default)]
pub struct Names {
    own: Vec<String>,
    shorts: Vec<ShortName>,
}

impl Names {
    /// Learns the names of a document from its title and its paragraphs.
    pub(crate) fn of(text: &Text, title: Option<&str>, paragraphs: impl Iterator<Item = Span>) -> Self {
        /// Words before a short name.
        static MARKS: LazyLock<WordTable<()>> =
            LazyLock::new(|| WordTable::of(&Knowledge::shipped().vocabulary.head.citations.short));
        let mut names = Self::default();
        if let Some(title) = title {
            names.own.push(bare(title));
            names.own.extend(issued_in(title));
        }
        for paragraph in paragraphs {
            if MARKS.is_match(text.folded(paragraph)) {
                names.shorts.extend(defined(text, paragraph));
            }
        }
        for short in &mut names.shorts {
            let own = short.stands_for.as_ref().and_then(|named| named.title.as_deref()).map(bare);
            if own.is_some_and(|title| names.own.contains(&title)) {
                short.stands_for = None;
            }
        }
        names
    }

    /// Leaves out what the document says of itself, and what is said twice; says what short names stand for.
    pub fn settle(&self, citations: Vec<Citation>) -> Vec<Citation> {
        let mut settled: Vec<Citation> = Vec::new();
        for mut citation in citations {
            if let (None, Some(title)) = (&citation.number, &citation.title) {
                if self.own.contains(&bare(title)) {
                    continue;
                }
                match self.shorts.iter().rev().find(|short| short.name == *title) {
                    Some(ShortName { stands_for: None, .. }) => continue,
                    // what it stands for is cited beside it
                    Some(ShortName { stands_for: Some(named), .. }) if settled.iter().any(|known| named.is(known)) => {
                        continue;
                    }
                    Some(short) => citation.stands_for.clone_from(&short.stands_for),
                    None => {}
                }
            }
            let said = settled.iter().any(|known| {
                known.number == citation.number && (known.number.is_some() || known.title == citation.title)
            });
            if !said {
                settled.push(citation);
            }
        }
        settled
    }
}

/// A title without blanks, marks and remarks in brackets.
fn bare(title: &str) -> String {
    let mut depth = 0_usize;
    let mut bare = String::new();
    for char in fold_str(title).chars() {
        match char {
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            '《' | '》' | '<' | '>' | '〈' | '〉' | '"' => {}
            _ if depth == 0 && !is_blank(char) => bare.push(char),
            _ => {}
        }
    }
    bare
}

/// The document that a notice issues, by the notice's title: 关于印发…的通知. One that it forwards is another's.
fn issued_in(title: &str) -> Option<String> {
    let words = &Knowledge::shipped().vocabulary.head;
    let issues = words.issues.iter().filter_map(|word| title.find(word.as_str()).map(|at| at + word.len())).min()?;
    let rest = title.get(issues..)?.trim();
    let end = rest.rfind("的")?;
    let named = rest.get(..end)?;
    (!words.citations.forwards.iter().any(|word| title.contains(word.as_str()))).then(|| bare(named))
}

/// The short names that a paragraph gives.
fn defined(text: &Text, paragraph: Span) -> Vec<ShortName> {
    let words = &Knowledge::shipped().vocabulary.head.citations;
    let cited = super::find(text, paragraph);
    let content = text.slice(paragraph);
    let mut names = Vec::new();
    for mark in &words.short {
        for (byte, _) in content.match_indices(mark.as_str()) {
            let rest = content.get(byte + mark.len()..).unwrap_or_default();
            let rest = rest.trim_start_matches(['为', '：', ':', '“', ' ']);
            let Some(name) = rest.strip_prefix('《').and_then(|rest| rest.split_once('》')) else { continue };
            let place = paragraph.start + content.get(..byte).map_or(0, |before| before.chars().count());
            // the document right before, with nothing but its number and a bracket between
            let before = cited.iter().rev().find(|citation| citation.span.start < place);
            let stands_for = before
                .filter(|citation| place <= citation.span.end + 4)
                .map(|citation| Named { number: citation.number.clone(), title: citation.title.clone() });
            if !names.iter().any(|known: &ShortName| known.name == name.0) {
                names.push(ShortName { name: name.0.to_owned(), stands_for });
            }
        }
    }
    names
}

/// Whether the title that opens at a place is a short name that is being given.
pub(super) fn is_given(before: &str) -> bool {
    let before = before.trim_end_matches(['为', '：', ':', '“', '"', ' ']);
    Knowledge::shipped().vocabulary.head.citations.short.iter().any(|mark| before.ends_with(mark.as_str()))
}
