//! How a document was read: by which program, from which text, and what is odd about it.

use sha2::{Digest as _, Sha256};

use super::vocabulary::{LABEL, class, prov, z};
use super::writer::Writer;
use crate::diagnostic::Finding;
use crate::hexadecimal;
use crate::iri;
use crate::resolve::Facts;

/// Writes the reading: an activity of this version of the program, from which every claim comes that no person made, with
/// the text that all places count in.
pub(super) fn write(facts: &Facts, writer: &mut Writer<'_>) {
    let id = format!("{}/reading", facts.id);
    let software = iri::software(env!("CARGO_PKG_VERSION"));
    writer.class(&id, class::READING);
    writer.class(&id, prov::ACTIVITY);
    writer.link(&id, prov::USED, &facts.id);
    writer.link(&id, prov::WAS_ASSOCIATED_WITH, &software);
    writer.class(&software, prov::SOFTWARE_AGENT);
    writer.string(&software, LABEL, concat!("zeren ", env!("CARGO_PKG_VERSION")));
    let text = writer.text();
    if text.is_empty() {
        return;
    }
    writer.string(&id, z::TEXT_DIGEST, &hexadecimal::digits(&Sha256::digest(text.as_str().as_bytes())));
    writer.chinese(&id, z::READ_TEXT, text.as_str());
    let starts: Vec<String> = text.lines().map(|line| line.start.to_string()).collect();
    writer.string(&id, z::LINE_STARTS, &starts.join(" "));
}

/// Writes what is odd about the document, each finding at the task that it lies in.
pub(super) fn write_findings(facts: &Facts, findings: &[Finding], writer: &mut Writer<'_>) {
    for (index, finding) in findings.iter().enumerate() {
        let id = iri::part(&facts.id, "finding", index + 1);
        let within = finding.span.and_then(|span| {
            let around = facts.tasks.iter().filter(|entry| entry.task.span.contains(span));
            around.min_by_key(|entry| entry.task.span.len())
        });
        writer.link(within.map_or(&facts.id, |entry| &entry.id), z::HAS_FINDING, &id);
        writer.class(&id, class::FINDING);
        writer.string(&id, z::FINDING_CODE, finding.code.number());
        writer.concept(&id, z::SEVERITY, "severity", finding.severity.as_str());
        writer.chinese(&id, z::MESSAGE, &finding.message.zh);
        writer.english(&id, z::MESSAGE, &finding.message.en);
        if let Some(span) = finding.span {
            writer.place(&id, z::AT, span);
        }
    }
}
