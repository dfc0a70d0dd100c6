//! The bodies that a document names, and the places they belong to.
//!
//! Other documents name them too, and the union of all graphs holds what each of them says. So
//! only such things are said of them here as follow from their name or from the registry, or as
//! may differ without contradiction, like the names under which they are printed.

use super::vocabulary::{ALT_LABEL, FORMAL_ORGANISATION, IN_SCHEME, LABEL, NOTATION, ORGANISATION, class, org, z};
use super::writer::Writer;
use crate::iri;
use crate::resolve::{Facts, Organisation, Place};

pub(super) fn write(facts: &Facts, writer: &mut Writer<'_>) {
    for organisation in &facts.organisations {
        write_organisation(organisation, writer);
    }
    if let Some(place) = &facts.place {
        write_place(place, writer);
    }
}

/// Writes what is known of one body.
pub(super) fn write_organisation(organisation: &Organisation, writer: &mut Writer<'_>) {
    let id = organisation.id.as_str();
    writer.class(id, class::ORGANISATION);
    if organisation.is_registered() {
        writer.class(id, FORMAL_ORGANISATION);
        // that it is not said where the registry lacks the body lets a later registry say it
        writer.flag(id, z::REGISTERED, true);
    } else {
        writer.class(id, ORGANISATION);
    }
    writer.chinese(id, LABEL, &organisation.name);
    for name in organisation.printed.iter().filter(|name| **name != organisation.name) {
        writer.chinese(id, ALT_LABEL, name);
    }
    writer.concept(id, z::KIND, "kind", organisation.kind.as_str());
    if let Some(key) = &organisation.key {
        writer.link(id, org::CLASSIFICATION, &iri::body_kind(key));
    }
    if let Some(key) = &organisation.function {
        let function = iri::function(key);
        writer.class(&function, class::FUNCTION);
        writer.string(&function, NOTATION, key);
        writer.link(&function, IN_SCHEME, &iri::term("functions"));
        writer.link(id, z::FUNCTION, &function);
    }
    if let Some(place) = &organisation.place {
        // a name without its place, such as that of a company, may be met in many places
        if organisation.is_registered() || organisation.name.contains(&place.name) {
            writer.link(id, z::JURISDICTION, &place.id);
        }
        write_place(place, writer);
    }
}

/// Writes a place and the chain of those around it.
fn write_place(place: &Place, writer: &mut Writer<'_>) {
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
