//! One document by itself: pages of what its graph says, and what in it is worth a look.

use super::gather::{Entry, Site};
use crate::date::Date;
use crate::diagnostic::{Code, Finding};
use crate::extract::{Basis, Evidence, Indicator, Mode, Responsibility, Task};
use crate::graph::DocumentGraph;
use crate::notice::{Mandate, Quantity};
use crate::query::{self, Detail, Filter, QueryError, Seen};
use crate::review::{self, Item};
use crate::span::Text;
use crate::store::Graphs;

impl Site {
    /// Reads what one document says of its graph alone, as of a day.
    ///
    /// # Errors
    ///
    /// [`QueryError`], if the graph cannot be asked.
    pub fn alone(graph: &DocumentGraph, on: Date) -> Result<Self, QueryError> {
        let graphs = Graphs::try_from(graph)?;
        let stored = query::documents(&graphs)?;
        let network = query::project_documents(&graphs, &stored, &Filter::default(), Detail::Words)?;
        Self::gather(&graphs, stored, network, on)
    }

    /// What a person should look at in a document, the most doubtful first: the same as in its file.
    pub fn review(&self, entry: &Entry, below: f64) -> Vec<Item> {
        let tasks: Vec<Task> = entry.notice.tasks.iter().map(|task| self.as_read(entry, task)).collect();
        let findings: Vec<Finding> = entry.reading.findings.iter().filter_map(finding).collect();
        let text = Text::new(entry.reading.text.as_str());
        review::of_tasks(&tasks.iter().collect::<Vec<_>>(), &findings, &text, below)
    }

    /// A task as it was read, as far as the store tells.
    fn as_read(&self, entry: &Entry, task: &Mandate) -> Task {
        let parties = (1..).zip(self.claims.in_task(&task.id)).map(|(rank, claim)| Responsibility {
            name: claim.name.clone(),
            role: claim.role,
            rank,
            // a review does not ask for it
            basis: Basis::Stated,
            confidence: claim.confidence,
            doubts: entry.reading.doubts.get(&claim.id).cloned().unwrap_or_default(),
            span: claim.span.unwrap_or_default(),
            cell: claim.cell.clone(),
            body: None,
            corrections: Vec::new(),
        });
        Task {
            seq: 0,
            label: task.label.clone(),
            path: task.path.clone(),
            title: None,
            text: task.text.clone(),
            span: task.span.unwrap_or_default(),
            clause: None,
            clause_span: None,
            mode: Mode::Explicit,
            open: false,
            inherited: false,
            responsibilities: parties.collect(),
            indicators: task.indicators.iter().map(indicator).collect(),
            deadlines: self.deadlines.get(&task.id).cloned().unwrap_or_default(),
            citations: Vec::new(),
            findings: Vec::new(),
            corrections: Vec::new(),
        }
    }
}

fn indicator(figure: &Quantity) -> Indicator {
    Indicator {
        name: figure.name.clone(),
        comparator: figure.comparator,
        value: figure.value,
        value_max: figure.value_max,
        unit: figure.unit.clone(),
        baseline: None,
        by: figure.by,
        soft: figure.soft,
        binding: None,
        scope: None,
        basis: Evidence::ALL.into_iter().find(|one| one.as_str() == figure.evidence).unwrap_or(Evidence::Correction),
        confidence: figure.confidence,
        span: figure.span.unwrap_or_default(),
        corrections: Vec::new(),
    }
}

fn finding(seen: &Seen) -> Option<Finding> {
    let code = *Code::ALL.iter().find(|code| code.number() == seen.code)?;
    let finding = Finding::new(code, seen.span, &seen.message.zh, &seen.message.en);
    Some(Finding { severity: seen.severity, ..finding })
}
