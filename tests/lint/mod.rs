//! The checks of drafts.

mod cases;
mod explanations;
mod hostile;

use zeren::diagnostic::Finding;
use zeren::lint::lint;
use zeren::span::Text;
use zeren::{extract, parse, read, resolve};

/// The findings of a document, with the text that they count in.
pub(crate) fn findings(name: &str, bytes: &[u8]) -> (Vec<Finding>, Text) {
    let document = parse::parse(read::read_bytes(name, bytes).unwrap());
    let facts = resolve::resolve(extract::extract(&document));
    (lint(&document, &facts), document.text)
}
