//! The checks of a draft: what a document states and how, to findings at their places.
//!
//! A rule is one file in `rules`: what it finds, why that matters, an example that it fires on and one
//! on which it is silent, and the check. `zeren explain` shows the same words. Codes that earlier
//! stages give have their explanations there too.

mod acceptance;
mod explanation;
mod figure;
mod notice;
mod rule;
mod rules;
mod selection;

pub use acceptance::{Acceptance, AcceptanceError, Acceptances};
pub use explanation::{Example, Explanation};
pub use rule::Rule;
pub use rules::{RULES, rule_of};
pub use selection::{Selection, UnknownCode};

use crate::diagnostic::{Code, Finding};
use crate::parse::Document;
use crate::resolve::Facts;
use notice::Notice;

/// Everything that is odd about a document: what its reading met, then what the checks find, by place.
///
/// ```
/// let draft = "青禾县2023年重点任务\n一、制度\n(一)健全制度。(县财政局、县民政局牵头,县财政局配合)\n";
/// let source = zeren::read::read_bytes("draft.txt", draft.as_bytes()).unwrap();
/// let document = zeren::parse::parse(source);
/// let facts = zeren::resolve::resolve(zeren::extract::extract(&document));
/// let found = zeren::lint::lint(&document, &facts);
/// assert!(found.iter().any(|finding| finding.code.as_str() == "lead-supports"));
/// ```
pub fn lint(document: &Document, facts: &Facts) -> Vec<Finding> {
    let notice = Notice::new(document, facts);
    let mut findings: Vec<Finding> = facts.findings.clone();
    findings.extend(facts.tasks.iter().flat_map(|entry| entry.task.findings.iter().cloned()));
    findings.retain(|finding| !notice.is_explained(finding));
    for rule in RULES {
        if let Some(check) = rule.check {
            check(&notice, &mut findings);
        }
    }
    // a role word without its body leaves the others without a lead: told once
    let broken: Vec<_> =
        findings.iter().filter(|found| found.code == Code::BrokenClause).filter_map(|found| found.span).collect();
    findings.retain(|found| {
        found.code != Code::NoLead || !found.span.is_some_and(|span| broken.iter().any(|place| span.contains(*place)))
    });
    findings.sort_by(|a, b| (a.span, a.code, &a.message.zh).cmp(&(b.span, b.code, &b.message.zh)));
    findings.dedup_by(|a, b| a.code == b.code && a.span == b.span && a.message == b.message);
    findings
}
