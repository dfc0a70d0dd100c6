//! The reforms through which the bodies of a document went, by W3C ORG.
//!
//! They follow from the registry alone, so that any document that names a body says the same of it.

use std::collections::HashSet;

use super::organisation::{write_function, write_organisation};
use super::vocabulary::{LABEL, class, org, z};
use super::writer::Writer;
use crate::iri;
use crate::knowledge::Reform;
use crate::resolve::{Facts, Organisation, Place};
use crate::succession::{Change, history};

pub(super) fn write(facts: &Facts, writer: &mut Writer<'_>) {
    let mut known: HashSet<String> = facts.organisations.iter().map(|body| body.id.clone()).collect();
    let mut written = HashSet::new();
    for change in facts.organisations.iter().flat_map(history) {
        let Some(place) = change.place() else { continue };
        let id = iri::reform(&change.reform.id, place.code.as_deref().unwrap_or(&place.name));
        if written.insert((id.clone(), names(&change.before), names(&change.after))) {
            write_change(&id, &change, place, writer);
        }
        for body in change.before.iter().chain(&change.after) {
            if known.insert(body.id.clone()) {
                write_organisation(body, writer);
            }
        }
    }
}

fn write_change(id: &str, change: &Change, place: &Place, writer: &mut Writer<'_>) {
    let reform = change.reform;
    writer.class(id, class::REFORM);
    writer.class(id, org::CHANGE_EVENT);
    writer.chinese(id, LABEL, &label(reform, place));
    writer.concept(id, z::REFORM_KIND, "reform", reform.kind.as_str());
    writer.integer(id, z::REFORM_ROUND, usize::try_from(reform.round).unwrap_or_default());
    if reform.date == reform.until {
        writer.date(id, z::REFORMED_ON, reform.date);
    } else {
        writer.date(id, z::DECIDED_ON, reform.date);
        writer.date(id, z::COMPLETED_BY, reform.until);
    }
    writer.concept(id, z::CERTAINTY, "certainty", &reform.certainty);
    if !reform.source.is_empty() {
        writer.chinese(id, z::FACT_SOURCE, &reform.source);
    }
    if !reform.kind.is_succession() {
        writer.link(id, z::TRANSFERRED_FUNCTION, &iri::function(&reform.function));
        write_function(&reform.function, writer);
    }
    for body in &change.before {
        writer.link(id, org::ORIGINAL_ORGANIZATION, &body.id);
    }
    for body in &change.after {
        writer.link(id, org::RESULTING_ORGANIZATION, &body.id);
    }
    if reform.kind.is_succession() {
        for (before, after) in
            change.before.iter().flat_map(|before| change.after.iter().map(move |after| (before, after)))
        {
            writer.link(&before.id, z::SUCCEEDED_BY, &after.id);
        }
    }
}

fn names(bodies: &[Organisation]) -> Vec<String> {
    bodies.iter().map(|body| body.id.clone()).collect()
}

/// 绍兴市2018年机构改革：卫生健康.
fn label(reform: &Reform, place: &Place) -> String {
    let function = crate::knowledge::Knowledge::shipped().functions.by_key(&reform.function);
    let function = function.map_or(reform.function.as_str(), |function| function.zh.as_str());
    format!("{}{}年机构改革：{function}", place.name, reform.round)
}
