//! What surrounds a document on a page and is no part of it.

use crate::knowledge::Knowledge;
use crate::span::fold_str;

/// The longest line in characters that what it holds makes page chrome.
const LONGEST_LINE: usize = 120;

/// Whether a line is page chrome.
pub(super) fn is_chrome(line: &str) -> bool {
    let folded = fold_str(line);
    let chrome = &Knowledge::shipped().vocabulary.head.chrome;
    let short = folded.chars().take(LONGEST_LINE + 1).count() <= LONGEST_LINE;
    chrome.starts.iter().any(|start| folded.starts_with(start.as_str()))
        || short && chrome.holds.iter().any(|words| folded.contains(words.as_str()))
}

/// Whether a line ends the document.
pub(super) fn ends(line: &str) -> bool {
    Knowledge::shipped().vocabulary.head.chrome.ends.iter().any(|end| line == end)
}

/// Whether a text reads like an error page of a web server.
pub fn is_error_page(text: &str) -> bool {
    let head: String = text.chars().take(2000).collect();
    Knowledge::shipped().vocabulary.head.error_page.iter().any(|words| head.contains(words.as_str()))
}
