//! The document itself, what it cites and the rules it states.

use oxigraph::model::NamedNodeRef;

use super::vocabulary::{TITLE, class, outside, z};
use super::writer::Writer;
use crate::extract::Convention;
use crate::iri;
use crate::parse::{Citation, CitationRelation};
use crate::resolve::{DocumentNumber, Facts};

pub(super) fn write(facts: &Facts, writer: &mut Writer<'_>) {
    let (id, head) = (facts.id.as_str(), &facts.head);
    writer.class(id, class::DOCUMENT);
    writer.class(id, outside::LEGAL_RESOURCE);
    writer.string(id, z::SOURCE, &facts.source);
    if let Some(title) = &head.title {
        writer.chinese(id, TITLE, title);
    }
    if let Some(number) = &head.number {
        writer.string(id, z::NUMBER, number);
    }
    for number in &facts.numbers {
        write_number(facts, number, writer);
    }
    if let Some(kind) = &head.kind {
        writer.chinese(id, z::DOCUMENT_KIND, kind);
    }
    for name in &head.issuers {
        writer.chinese(id, z::ISSUER_NAME, name);
    }
    for issuer in facts.issuers.iter().filter_map(|&index| facts.organisations.get(index)) {
        writer.link(id, z::ISSUER, &issuer.id);
        writer.link(id, outside::PUBLISHER, &issuer.id);
    }
    if let Some(issued) = head.issued {
        writer.date(id, z::ISSUED, issued);
        writer.date(id, outside::ISSUED, issued);
    }
    if let Some(year) = head.year.and_then(|year| usize::try_from(year).ok()) {
        writer.integer(id, z::YEAR, year);
    }
    if let Some(place) = &facts.place {
        writer.link(id, z::JURISDICTION, &place.id);
    }
    for (index, citation) in head.based_on.iter().enumerate() {
        if let Some(cited) = write_citation(id, index + 1, citation, writer) {
            for property in shortcuts(citation.relation) {
                writer.link(id, property, &cited);
            }
        }
    }
    for (index, convention) in facts.conventions.iter().enumerate() {
        write_convention(facts, index + 1, convention, writer);
    }
}

/// Writes what a document number says of the document that bears it.
fn write_number(facts: &Facts, number: &DocumentNumber, writer: &mut Writer<'_>) {
    let own = facts.head.number.as_ref() == Some(&number.number);
    let id = if own { facts.id.clone() } else { iri::document(&number.number) };
    if !own {
        writer.class(&id, class::CITED_DOCUMENT);
        writer.string(&id, z::NUMBER, &number.number);
        if let Some(year) = number.year.and_then(|year| usize::try_from(year).ok()) {
            writer.integer(&id, z::YEAR, year);
        }
    }
    if let Some(prefix) = &number.prefix {
        writer.string(&id, z::NUMBER_PREFIX, prefix);
    }
    if let Some(serial) = number.serial.and_then(|serial| usize::try_from(serial).ok()) {
        writer.integer(&id, z::SERIAL, serial);
    }
    if let Some(issuer) = &number.issuer {
        writer.chinese(&id, z::NUMBER_ISSUER, issuer);
    }
}

/// Writes a citation by a document or task and a stub of the cited document, whose IRI is
/// returned; one with neither number nor title names nothing and is left out.
pub(super) fn write_citation(
    citing: &str,
    ordinal: usize,
    citation: &Citation,
    writer: &mut Writer<'_>,
) -> Option<String> {
    // a short name stands for the document that it was given to
    let (number, title) = match &citation.stands_for {
        Some(named) => (&named.number, &named.title),
        None => (&citation.number, &citation.title),
    };
    let cited = iri::document(number.as_deref().or(title.as_deref())?);
    writer.class(&cited, class::CITED_DOCUMENT);
    if let Some(number) = number {
        writer.string(&cited, z::NUMBER, number);
    }
    if let Some(title) = title {
        writer.chinese(&cited, TITLE, title);
    }
    let id = iri::part(citing, "citation", ordinal);
    writer.class(&id, class::CITATION);
    writer.link(citing, z::HAS_CITATION, &id);
    writer.link(&id, z::CITED, &cited);
    writer.concept(&id, z::CITATION_RELATION, "citation", citation.relation.as_str());
    writer.place(&id, z::AT, citation.span);
    Some(cited)
}

/// The properties that state a relation directly: ours, and the wider one outside, which a store
/// without a reasoner would not find.
fn shortcuts(relation: CitationRelation) -> [NamedNodeRef<'static>; 2] {
    match relation {
        CitationRelation::BasedOn => [z::BASED_ON, outside::BASED_ON],
        CitationRelation::Implements => [z::IMPLEMENTS, outside::ENSURES_IMPLEMENTATION_OF],
        CitationRelation::Forwards => [z::FORWARDS, outside::RELATION],
        CitationRelation::Cites => [z::CITES, outside::CITES],
        CitationRelation::Amends => [z::AMENDS, outside::AMENDS],
        CitationRelation::Replaces => [z::REPLACES, outside::REPEALS],
    }
}

fn write_convention(facts: &Facts, ordinal: usize, convention: &Convention, writer: &mut Writer<'_>) {
    let id = iri::part(&facts.id, "convention", ordinal);
    writer.class(&id, class::CONVENTION);
    writer.link(&facts.id, z::HAS_CONVENTION, &id);
    writer.concept(&id, z::RULE, "rule", convention.rule.as_str());
    writer.place(&id, z::AT, convention.span);
    writer.place(&id, z::SCOPE, convention.scope);
    if let Some(label) = &convention.from {
        writer.string(&id, z::FROM_LABEL, label);
    }
    if let Some(label) = &convention.to {
        writer.string(&id, z::TO_LABEL, label);
    }
    for (name, _) in &convention.bodies {
        writer.chinese(&id, z::ADDS_NAME, name);
    }
    for task in facts.tasks.iter().filter(|task| convention.tasks.contains(&task.task.seq)) {
        writer.link(&id, z::GOVERNS, &task.id);
    }
}
