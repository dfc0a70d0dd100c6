//! Corrections by people, by PROV-O: what they made, what it was before, who is answerable.

use super::vocabulary::{LABEL, class, prov, z};
use super::writer::Writer;
use crate::extract::{Act, ClaimKind};
use crate::iri;
use crate::resolve::Facts;

/// Writes the corrections of a document, each as an activity of a person. What was read before is kept as a former claim,
/// which is none of the classes that questions are asked about.
pub(super) fn write(facts: &Facts, writer: &mut Writer<'_>) {
    for (index, correction) in facts.corrections.iter().enumerate() {
        let id = name(facts, index);
        let person = iri::person(&correction.by);
        writer.class(&id, class::CORRECTION);
        writer.class(&id, prov::ACTIVITY);
        writer.link(&facts.id, z::HAS_CORRECTION, &id);
        writer.concept(&id, z::ACT, "act", correction.act.as_str());
        writer.concept(&id, z::CLAIM_KIND, "claim", correction.claim.as_str());
        writer.chinese(&id, z::SUBJECT, &correction.subject);
        writer.chinese(&id, z::REASON, &correction.why);
        writer.date(&id, z::CORRECTED_ON, correction.on);
        writer.link(&id, prov::WAS_ASSOCIATED_WITH, &person);
        writer.class(&person, prov::PERSON);
        writer.chinese(&person, LABEL, &correction.by);
        if let Some(label) = &correction.task {
            writer.string(&id, z::PRINTED_LABEL, label);
        }
        if let Some(becomes) = &correction.becomes {
            writer.chinese(&id, z::BECOMES, becomes);
        }
        if let Some(was) = correction.was.as_ref().filter(|_| correction.act != Act::Confirmed) {
            let former = former(&id);
            writer.class(&former, class::FORMER_CLAIM);
            writer.chinese(&former, z::WORDS, was);
            writer.link(&id, prov::USED, &former);
            writer.link(&former, prov::WAS_INVALIDATED_BY, &id);
            if let Some(span) = correction.span {
                writer.place(&former, z::AT, span);
            }
        }
    }
}

/// Says of a claim which corrections made it what it is.
pub(super) fn attribute(facts: &Facts, claim: &str, corrections: &[usize], writer: &mut Writer<'_>) {
    for &index in corrections {
        let Some(correction) = facts.corrections.get(index) else { continue };
        let id = name(facts, index);
        writer.link(claim, z::CORRECTED_BY, &id);
        // what is said of a task and one above makes neither of them
        if correction.act == Act::Confirmed || correction.claim == ClaimKind::Mandate {
            continue;
        }
        writer.link(claim, prov::WAS_GENERATED_BY, &id);
        writer.link(claim, prov::WAS_ATTRIBUTED_TO, &iri::person(&correction.by));
        if correction.was.is_some() {
            writer.link(claim, prov::WAS_REVISION_OF, &former(&id));
        }
    }
}

fn name(facts: &Facts, index: usize) -> String {
    iri::part(&facts.id, "correction", index + 1)
}

fn former(correction: &str) -> String {
    format!("{correction}/former")
}
