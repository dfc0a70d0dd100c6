//! The bodies that a document names, and the places they belong to.
//!
//! Other documents name them too, and the union of all graphs holds what each of them says. So
//! only such things are said of them here as follow from their name or from the registry, or as
//! may differ without contradiction, like the names under which they are printed.

use super::vocabulary::{
    ALT_LABEL, BROADER, CONCEPT, FORMAL_ORGANISATION, IN_SCHEME, LABEL, NOTATION, ORGANISATION, PREF_LABEL, class, org,
    z,
};
use super::writer::Writer;
use crate::iri;
use crate::knowledge::{Body, Knowledge, Level};
use crate::resolve::{BodyKind, Facts, Organisation, Place};

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
    if let Some(body) = organisation.key.as_deref().and_then(|key| Knowledge::shipped().bodies.by_key(key)) {
        write_kind(id, body, writer);
    }
    if let Some(key) = &organisation.function {
        writer.link(id, z::FUNCTION, &iri::function(key));
        write_function(key, writer);
    }
    if let Some(place) = &organisation.place {
        // a name without its place, such as that of a company, may be met in many places
        if organisation.is_registered() || organisation.name.contains(&place.name) {
            writer.link(id, z::JURISDICTION, &place.id);
        }
        write_place(place, writer);
    }
}

/// Writes which row of the registry a body is one of, and whose branch it is: 国家税务总局云川省税务局.
fn write_kind(id: &str, body: &Body, writer: &mut Writer<'_>) {
    let kind = iri::body_kind(&body.key);
    writer.link(id, org::CLASSIFICATION, &kind);
    writer.class(&kind, CONCEPT);
    writer.string(&kind, NOTATION, &body.key);
    writer.chinese(&kind, PREF_LABEL, &body.formal.replace("{place}", "").replace("{short}", ""));
    writer.link(&kind, IN_SCHEME, &iri::term("body-kinds"));
    let head = body.formal.split('{').next().filter(|head| head.len() < body.formal.len()).unwrap_or_default();
    let of_state = |body: &&Body| body.formal == head && body.levels == [Level::State];
    if let Some(above) = Knowledge::shipped().bodies.by_stem(head).find(of_state) {
        let above = iri::organisation(&above.formal);
        writer.link(id, z::BRANCH_OF, &above);
        writer.class(&above, class::ORGANISATION);
        writer.chinese(&above, LABEL, head);
        writer.concept(&above, z::KIND, "kind", BodyKind::Department.as_str());
    }
}

/// Writes a function of government and those that it is a part of.
pub(super) fn write_function(key: &str, writer: &mut Writer<'_>) {
    let id = iri::function(key);
    writer.class(&id, class::FUNCTION);
    writer.string(&id, NOTATION, key);
    writer.link(&id, IN_SCHEME, &iri::term("functions"));
    let Some(function) = Knowledge::shipped().functions.by_key(key) else { return };
    writer.chinese(&id, PREF_LABEL, &function.zh);
    writer.english(&id, PREF_LABEL, &function.en);
    if !function.broader.is_empty() {
        writer.link(&id, BROADER, &iri::function(&function.broader));
        write_function(&function.broader, writer);
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
