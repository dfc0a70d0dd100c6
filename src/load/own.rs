//! What a graph says of its own name, for the store to note.

use oxigraph::io::{RdfFormat, RdfParser};
use oxigraph::model::{NamedNodeRef, Term};

use super::TITLE;
use crate::iri;
use crate::store::SourceInfo;

/// What the store notes of a graph of sorted statements, each without graph and full stop.
pub(super) fn described(name: &str, lines: &[&str]) -> SourceInfo {
    let own = |property: &str| {
        let start = format!("{} {} \"", NamedNodeRef::new_unchecked(name), NamedNodeRef::new_unchecked(property));
        let first = lines.get(lines.partition_point(|line| *line < start.as_str()))?;
        let line = format!("{} .", first.starts_with(&start).then_some(first)?);
        let mut read = RdfParser::from_format(RdfFormat::NTriples).for_slice(&line);
        match read.next()?.ok()?.object {
            Term::Literal(literal) => Some(literal.value().to_owned()),
            _ => None,
        }
    };
    SourceInfo { source: own(&iri::term("source")).unwrap_or_default(), title: own(TITLE) }
}
