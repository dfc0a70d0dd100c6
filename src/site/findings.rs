//! What is odd about documents, and which claims are doubtful.

use maud::{Markup, html};

use super::element::MOST;
use super::gather::{Entry, Site};
use super::{View, words};
use crate::diagnostic::{Lang, Severity};
use crate::notice::Mandate;
use crate::query::Claim;

/// Below this a decision is worth a look.
const SURE: f64 = 0.9;

impl Site {
    /// How many findings there are of a severity.
    pub(super) fn findings_of(&self, severity: Severity) -> usize {
        let all = self.documents().iter().flat_map(|entry| &entry.reading.findings);
        all.filter(|finding| finding.severity == severity).count()
    }

    /// The doubtful responsibilities, the most doubtful first, with their tasks and documents.
    pub(super) fn doubtful(&self) -> Vec<(&Entry, &Mandate, &Claim)> {
        let doubted = self.claims.all().filter(|claim| claim.confidence < SURE);
        let mut found: Vec<(&Entry, &Mandate, &Claim)> = doubted
            .filter_map(|claim| {
                let (entry, _, task) = self.task(&claim.task)?;
                Some((entry, task, claim))
            })
            .collect();
        found.sort_by(|a, b| a.2.confidence.total_cmp(&b.2.confidence).then_with(|| a.2.id.cmp(&b.2.id)));
        found
    }
}

impl View<'_> {
    pub(super) fn findings(&self) -> Markup {
        let lang = self.lang;
        let doubtful = self.site.doubtful();
        let severities = [Severity::Error, Severity::Warning, Severity::Note];
        let all: usize = severities.iter().map(|one| self.site.findings_of(*one)).sum();
        let name = lang.pick("存疑的责任", "Doubtful responsibilities");
        let columns = [
            lang.pick("原文", "as printed"),
            lang.pick("置信度#", "confidence#"),
            lang.pick("读作", "read as"),
            lang.pick("任务", "task"),
            lang.pick("存疑之处", "doubts"),
        ];
        let row = |(entry, task, claim): &(&Entry, &Mandate, &Claim)| {
            let doubts = entry.reading.doubts.get(&claim.id).into_iter().flatten();
            let doubts: Vec<String> = doubts.map(|doubt| doubt.message().in_lang(lang).to_owned()).collect();
            vec![
                html! { (claim.name) },
                html! { (words::number(claim.confidence, 2)) },
                html! { (self.body_link(&self.site.claims.body(claim), &claim.full)) " " (self.role(claim.role)) },
                self.task_link(task),
                super::document::lines(&doubts),
            ]
        };
        let mut left = MOST;
        let mut shown = Vec::new();
        for entry in self.site.documents() {
            let findings = &entry.reading.findings;
            let first = findings.get(..left.min(findings.len())).unwrap_or_default();
            left -= first.len();
            if !first.is_empty() {
                shown.push((entry, first));
            }
        }
        let main = html! {
            ul.figures { @for severity in severities { li { span {
                b { (self.site.findings_of(severity)) } " " (words::concept("severity", severity.as_str(), lang))
            } } } li { a href="#doubtful" { b { (doubtful.len()) } " " (name) } } }
            @for (entry, findings) in shown {
                h2 { (self.document_link(&entry.document.id, entry.document.name())) }
                (self.finding_list(findings))
            }
            @if all > MOST { p.note { (match lang {
                Lang::Zh => format!("只列前 {MOST} 项，共 {all} 项；各文件的问题都在其页上。"),
                Lang::En => format!("The first {MOST} of {all}; those of a document are all on its page."),
            }) } }
            @if !doubtful.is_empty() { section id="doubtful" {
                h2 { (name) " (" (doubtful.len()) ")" }
                (Self::table(name, &columns, &doubtful.iter().take(MOST).map(row).collect::<Vec<_>>()))
                @if let Some(live) = self.links.live() {
                    p.screen { a href=(live.kept("/review")) { (lang.pick("逐份核对", "Review them, document by document")) } }
                }
                (self.rest(doubtful.len()))
            } }
        };
        let lead = html! { p.lead { (lang.pick(
            "文件本身的问题，以及置信度低、值得一看的责任。",
            "What is odd about the documents themselves, and which decisions are worth a look.",
        )) } };
        self.frame(lang.pick("问题与存疑", "Findings and doubts"), &lead, &main)
    }
}
