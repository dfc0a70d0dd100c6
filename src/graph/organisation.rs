//! The bodies that a document names, and the places they belong to.

use super::vocabulary::{ALT_LABEL, FORMAL_ORGANISATION, LABEL, class, z};
use super::writer::Writer;
use crate::iri;
use crate::resolve::{BodyKind, Facts, Organisation, Place};

pub(super) fn write(facts: &Facts, writer: &mut Writer) {
    for organisation in &facts.organisations {
        write_organisation(organisation, writer);
    }
    if let Some(place) = &facts.place {
        write_place(place, writer);
    }
}

fn write_organisation(organisation: &Organisation, writer: &mut Writer) {
    let id = organisation.id.as_str();
    writer.class(id, class::ORGANISATION);
    if organisation.kind == BodyKind::Department {
        writer.class(id, FORMAL_ORGANISATION);
    }
    writer.chinese(id, LABEL, &organisation.name);
    for name in &organisation.printed {
        writer.chinese(id, ALT_LABEL, name);
    }
    writer.concept(id, z::KIND, "kind", organisation.kind.as_str());
    writer.flag(id, z::REGISTERED, organisation.registered);
    writer.decimal(id, z::MATCH_CONFIDENCE, organisation.confidence);
    if let Some(key) = &organisation.function {
        let function = iri::function(key);
        writer.class(&function, class::FUNCTION);
        writer.chinese(&function, LABEL, key);
        writer.link(id, z::FUNCTION, &function);
    }
    if let Some(place) = &organisation.place {
        writer.link(id, z::JURISDICTION, &place.id);
        write_place(place, writer);
    }
}

/// Writes a place and the chain of those around it.
fn write_place(place: &Place, writer: &mut Writer) {
    let mut inner: Option<&str> = None;
    for place in std::iter::once(place).chain(&place.within) {
        writer.class(&place.id, class::PLACE);
        writer.chinese(&place.id, LABEL, &place.name);
        writer.concept(&place.id, z::LEVEL, "level", place.level.as_str());
        if let Some(code) = &place.code {
            writer.string(&place.id, z::CODE, code);
        }
        if let Some(inner) = inner {
            writer.link(inner, z::WITHIN, &place.id);
        }
        inner = Some(&place.id);
    }
}
