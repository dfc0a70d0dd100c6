//! What surrounds a document on a page and is no part of it.

use std::sync::LazyLock;

use crate::knowledge::{Knowledge, WordTable};

/// The longest line in characters that what it holds makes page chrome.
const LONGEST_LINE: usize = 120;

/// What lines of page chrome begin with, and what short ones hold.
static CHROME: LazyLock<[WordTable<()>; 2]> = LazyLock::new(|| {
    let chrome = &Knowledge::shipped().vocabulary.head.chrome;
    [&chrome.starts, &chrome.holds].map(|words| WordTable::new(words.iter().map(|word| (word, ()))))
});

/// Whether a line, folded, is page chrome.
pub(super) fn is_chrome(line: &[char]) -> bool {
    let [starts, holds] = &*CHROME;
    starts.longest_at(line, 0).is_some() || line.len() <= LONGEST_LINE && holds.is_match(line)
}

/// Whether a line ends the document.
pub(super) fn ends(line: &str) -> bool {
    Knowledge::shipped().vocabulary.head.chrome.ends.iter().any(|end| line == end)
}

/// Whether a line says to whom copies go: 抄送:市委办公室.
pub(super) fn is_copy(line: &str) -> bool {
    Knowledge::shipped().vocabulary.head.chrome.copies.iter().any(|word| line.starts_with(word.as_str()))
}

/// Whether a text reads like an error page of a web server.
pub fn is_error_page(text: &str) -> bool {
    let head: String = text.chars().take(2000).collect();
    Knowledge::shipped().vocabulary.head.error_page.iter().any(|words| head.contains(words.as_str()))
}
