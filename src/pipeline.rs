//! All stages of extraction in one call: a file to its facts.

use std::path::Path;

use crate::extract::extract;
use crate::parse::parse;
use crate::read::{ReadError, Source, read_path};
use crate::resolve::{Facts, resolve};
use crate::span::Text;

/// The facts of a file, with the text that their places refer to.
///
/// # Errors
///
/// When the file cannot be read.
pub fn facts(path: &Path) -> Result<(Facts, Text), ReadError> {
    Ok(facts_of(read_path(path)?))
}

/// The facts of a source, with the text that their places refer to.
///
/// ```
/// let notice = "云川省人民政府关于印发重点任务的通知\n一、制度\n(一)健全制度。(省财政厅负责)\n";
/// let source = zeren::read::read_bytes("notice.txt", notice.as_bytes()).unwrap();
/// let (facts, text) = zeren::pipeline::facts_of(source);
/// let party = &facts.tasks[0].task.responsibilities[0];
/// assert_eq!(text.slice(party.span), "省财政厅");
/// assert_eq!(facts.organisations[facts.tasks[0].parties[0]].name, "云川省财政厅");
/// ```
pub fn facts_of(source: Source) -> (Facts, Text) {
    let document = parse(source);
    let facts = resolve(extract(&document));
    (facts, document.text)
}
