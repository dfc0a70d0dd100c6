//! Collects the statements of one graph.

use std::collections::BTreeMap;

use oxigraph::model::vocab::{rdf, xsd};
use oxigraph::model::{GraphName, Literal, NamedNode, NamedNodeRef, Quad, Term};

use super::vocabulary::oa;
use crate::date::Date;
use crate::iri;
use crate::span::{Span, Text};

/// The most characters that a place repeats of the text; longer ones are told by their offsets alone.
const QUOTED: usize = 40;

/// Statements about one subject after another, in the graph of one document.
pub(super) struct Writer<'a> {
    document: String,
    /// The text that places count in; empty where it is not at hand.
    text: &'a Text,
    graph: GraphName,
    /// By their N-Quads form, whose order is the order of the result.
    quads: BTreeMap<String, Quad>,
}

impl<'a> Writer<'a> {
    pub(super) fn new(document: &str, text: &'a Text) -> Self {
        Self { document: document.to_owned(), text, graph: node(document).into(), quads: BTreeMap::new() }
    }

    /// The text that places count in.
    pub(super) fn text(&self) -> &'a Text {
        self.text
    }

    /// States `subject predicate object`.
    pub(super) fn state(&mut self, subject: &str, predicate: NamedNodeRef<'_>, object: impl Into<Term>) {
        let quad = Quad::new(node(subject), predicate, object, self.graph.clone());
        self.quads.insert(quad.to_string(), quad);
    }

    pub(super) fn class(&mut self, subject: &str, class: NamedNodeRef<'_>) {
        self.state(subject, rdf::TYPE, class);
    }

    pub(super) fn link(&mut self, subject: &str, predicate: NamedNodeRef<'_>, object: &str) {
        self.state(subject, predicate, node(object));
    }

    /// States a text in Chinese, the language of the documents.
    pub(super) fn chinese(&mut self, subject: &str, predicate: NamedNodeRef<'_>, text: &str) {
        self.state(subject, predicate, Literal::new_language_tagged_literal_unchecked(text, "zh"));
    }

    /// States a text in English, as messages have it.
    pub(super) fn english(&mut self, subject: &str, predicate: NamedNodeRef<'_>, text: &str) {
        self.state(subject, predicate, Literal::new_language_tagged_literal_unchecked(text, "en"));
    }

    pub(super) fn string(&mut self, subject: &str, predicate: NamedNodeRef<'_>, text: &str) {
        self.state(subject, predicate, Literal::from(text));
    }

    /// States what is the case; what is not the case is the default and left out.
    pub(super) fn flag(&mut self, subject: &str, predicate: NamedNodeRef<'_>, value: bool) {
        if value {
            self.state(subject, predicate, Literal::from(true));
        }
    }

    pub(super) fn integer(&mut self, subject: &str, predicate: NamedNodeRef<'_>, value: usize) {
        self.state(subject, predicate, Literal::new_typed_literal(value.to_string(), xsd::INTEGER));
    }

    /// States a number; one that is not finite has no decimal form and is left out.
    pub(super) fn decimal(&mut self, subject: &str, predicate: NamedNodeRef<'_>, value: f64) {
        if value.is_finite() {
            // negative zero is zero to a reader
            let value = if value == 0.0 { 0.0 } else { value };
            self.state(subject, predicate, Literal::new_typed_literal(value.to_string(), xsd::DECIMAL));
        }
    }

    /// States a date with the type that has its precision.
    pub(super) fn date(&mut self, subject: &str, predicate: NamedNodeRef<'_>, date: Date) {
        let datatype = match (date.month, date.day) {
            (None, _) => xsd::G_YEAR,
            (Some(_), None) => xsd::G_YEAR_MONTH,
            (Some(_), Some(_)) => xsd::DATE,
        };
        self.state(subject, predicate, Literal::new_typed_literal(date.to_string(), datatype));
    }

    /// States a year.
    pub(super) fn year(&mut self, subject: &str, predicate: NamedNodeRef<'_>, year: i64) {
        self.state(subject, predicate, Literal::new_typed_literal(year.to_string(), xsd::G_YEAR));
    }

    /// Links to a stretch of the text; an empty one names no place and is left out.
    pub(super) fn place(&mut self, subject: &str, predicate: NamedNodeRef<'_>, span: Span) {
        if span.is_empty() {
            return;
        }
        let place = iri::text_span(&self.document, span);
        let document = self.document.clone();
        self.link(subject, predicate, &place);
        self.class(&place, oa::SPECIFIC_RESOURCE);
        self.link(&place, oa::HAS_SOURCE, &document);
        let selector = iri::selector(&place);
        self.link(&place, oa::HAS_SELECTOR, &selector);
        self.class(&selector, oa::TEXT_POSITION_SELECTOR);
        self.integer(&selector, oa::START, span.start);
        self.integer(&selector, oa::END, span.end);
        let words = self.text.slice(span);
        if span.len() <= QUOTED && !words.is_empty() {
            self.class(&selector, oa::TEXT_QUOTE_SELECTOR);
            self.string(&selector, oa::EXACT, words);
        }
    }

    pub(super) fn concept(&mut self, subject: &str, predicate: NamedNodeRef<'_>, family: &str, name: &str) {
        self.link(subject, predicate, &iri::concept(family, name));
    }

    pub(super) fn finish(self) -> Vec<Quad> {
        self.quads.into_values().collect()
    }
}

fn node(iri: &str) -> NamedNode {
    // `crate::iri` encodes what an IRI may not hold
    NamedNode::new_unchecked(iri)
}
