//! What is odd about a document: for a terminal, for programs, for editors, and as a page.

mod html;
mod json;
mod sarif;
mod text;

pub(crate) use html::escape;
pub use html::html;
pub use json::json;
pub(super) use sarif::uri;
pub use sarif::{Sarif, sarif};
pub use text::{summary, text};

use crate::diagnostic::{Finding, Lang, Severity};
use crate::pipeline::Checked;

/// A checked document under the name that the user gave.
#[derive(Clone, Debug)]
pub struct Report {
    /// The path as given.
    pub path: String,
    /// What was found.
    pub checked: Checked,
    /// How many findings are accepted and not shown.
    pub accepted: usize,
}

impl Report {
    /// How many findings are of a severity.
    pub fn count(&self, severity: Severity) -> usize {
        self.findings().filter(|finding| finding.severity == severity).count()
    }

    /// The findings.
    pub fn findings(&self) -> impl Iterator<Item = &Finding> {
        self.checked.findings.iter()
    }
}

/// The word for a severity.
pub(super) fn word(severity: Severity, lang: Lang) -> &'static str {
    match severity {
        Severity::Note => lang.pick("提示", "note"),
        Severity::Warning => lang.pick("警告", "warning"),
        Severity::Error => lang.pick("错误", "error"),
    }
}

/// The severities, the gravest first.
pub(super) const SEVERITIES: [Severity; 3] = [Severity::Error, Severity::Warning, Severity::Note];

/// How many findings there are of each severity, in words.
fn counts(reports: &[Report], lang: Lang) -> String {
    let parts: Vec<String> = SEVERITIES
        .iter()
        .filter_map(|severity| {
            let count: usize = reports.iter().map(|report| report.count(*severity)).sum();
            let words = match (lang, count) {
                (_, 0) => return None,
                (Lang::Zh, _) => format!("{} {count} 处", word(*severity, lang)),
                (Lang::En, 1) => format!("1 {}", word(*severity, lang)),
                (Lang::En, _) => format!("{count} {}s", word(*severity, lang)),
            };
            Some(words)
        })
        .collect();
    if parts.is_empty() {
        lang.pick("没有发现问题", "nothing found").to_owned()
    } else {
        parts.join(lang.pick("，", ", "))
    }
}
