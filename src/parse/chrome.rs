//! What surrounds a document on a page and is no part of it.

use crate::knowledge::Knowledge;
use crate::span::fold_str;

/// Whether a line is page chrome.
pub(super) fn is_chrome(line: &str) -> bool {
    let folded = fold_str(line);
    Knowledge::shipped().vocabulary.head.chrome.starts.iter().any(|start| folded.starts_with(start.as_str()))
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
