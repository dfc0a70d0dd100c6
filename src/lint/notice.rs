//! A document as the checks see it.

use crate::date::Date;
use crate::diagnostic::{Code, Finding};
use crate::extract::{Responsibility, Task};
use crate::knowledge::{Drafting, Knowledge, Level};
use crate::parse::{Column, Document};
use crate::resolve::{Facts, Organisation, Place};
use crate::span::{Span, Text, fold};

/// A document with its facts.
#[derive(Debug)]
pub(super) struct Notice<'d> {
    pub(super) document: &'d Document,
    pub(super) facts: &'d Facts,
    pub(super) text: &'d Text,
    /// The characters of the whole text, folded.
    chars: Vec<char>,
    /// What the document itself says, in order, its surroundings left out.
    pub(super) passages: Vec<Span>,
}

/// A party with its task and its body.
#[derive(Clone, Copy, Debug)]
#[expect(clippy::struct_field_names, reason = "the party is what the document states, beside what it resolves to")]
pub(super) struct Party<'d> {
    pub(super) task: &'d Task,
    pub(super) party: &'d Responsibility,
    /// The index of the body in [`Facts::organisations`].
    pub(super) index: usize,
    pub(super) body: &'d Organisation,
}

impl<'d> Notice<'d> {
    pub(super) fn new(document: &'d Document, facts: &'d Facts) -> Self {
        let text = &document.text;
        let chars: Vec<char> = text.as_str().chars().map(fold).collect();
        let mut notice = Self { document, facts, text, chars, passages: Vec::new() };
        let start = notice.start();
        let nodes = document.nodes.iter().flat_map(|node| node.paragraphs.iter().chain(&node.cells).copied());
        let cells = document.tables.iter().flat_map(|table| table.table.cells.iter().map(|cell| cell.span));
        let mut passages: Vec<Span> = nodes
            .chain(cells)
            .map(|span| text.trim(span))
            .filter(|span| !span.is_empty() && span.end > start)
            .collect();
        passages.sort_unstable();
        passages.dedup();
        notice.passages = passages;
        notice
    }

    pub(super) fn words() -> &'static Drafting {
        &Knowledge::shipped().vocabulary.drafting
    }

    /// The folded characters of a place.
    pub(super) fn folded(&self, span: Span) -> &[char] {
        self.chars.get(span.start..span.end.min(self.chars.len())).unwrap_or_default()
    }

    /// The folded words of a place.
    pub(super) fn folded_words(&self, span: Span) -> String {
        self.folded(span).iter().collect()
    }

    /// Where the document begins: a page prints its title in other places before.
    fn start(&self) -> usize {
        let nodes = &self.document.nodes;
        let first = nodes.iter().find(|node| node.label.is_some()).map_or(self.text.len(), |node| node.span.start);
        let Some(title) = self.facts.head.title.as_deref() else { return 0 };
        let title: Vec<char> = title.chars().map(fold).take(TITLE_HEAD).collect();
        let mut start = 0;
        while let Some(found) = self.find(&title, start).filter(|found| found.start < first) {
            start = found.end;
        }
        start.saturating_sub(title.len())
    }

    /// Where the number of the document itself stands.
    pub(super) fn number_span(&self) -> Option<Span> {
        let number: Vec<char> = self.facts.head.number.as_deref()?.chars().map(fold).collect();
        self.find(&number, 0)
    }

    /// The first place of some folded characters from an offset on, blanks between them passed over.
    pub(super) fn find(&self, words: &[char], from: usize) -> Option<Span> {
        let first = *words.first()?;
        (from..self.chars.len()).filter(|at| self.chars.get(*at) == Some(&first)).find_map(|start| {
            let mut at = start;
            for word in words {
                while at > start && self.chars.get(at) == Some(&' ') {
                    at += 1;
                }
                if self.chars.get(at) != Some(word) {
                    return None;
                }
                at += 1;
            }
            Some(Span::new(start, at))
        })
    }

    /// Whether what reading met is no fault of the document: no place where the bodies are those of the state, and
    /// words that are no bodies where the whole clause was misread.
    pub(super) fn is_explained(&self, finding: &Finding) -> bool {
        match finding.code {
            Code::NoPlace => {
                let of_state =
                    |party: &Party<'_>| party.body.place.as_ref().is_some_and(|place| place.level == Level::State);
                let known = self.parties().filter(|party| party.body.is_registered()).count();
                let state = self.parties().filter(|party| party.body.is_registered() && of_state(party)).count();
                known > 0 && state * 2 > known
            }
            Code::DoubtfulParty => self.tasks().any(|task| {
                let same = |other: &&Finding| other.code == Code::DoubtfulParty;
                task.findings.iter().filter(same).count() > 1 && task.findings.contains(finding)
            }),
            Code::UnreadClause => {
                let words = finding.span.map_or("", |span| self.text.slice(span));
                Self::words().sections.totals.iter().any(|total| words == total)
            }
            _ => false,
        }
    }

    /// The tasks.
    pub(super) fn tasks(&self) -> impl Iterator<Item = &'d Task> {
        self.facts.tasks.iter().map(|entry| &entry.task)
    }

    /// The parties of all tasks that state their own, in order.
    pub(super) fn parties(&self) -> impl Iterator<Item = Party<'d>> {
        self.facts.tasks.iter().filter(|entry| !entry.task.inherited).flat_map(|entry| {
            entry.task.responsibilities.iter().zip(&entry.parties).filter_map(|(party, &index)| {
                let body = self.facts.organisations.get(index)?;
                Some(Party { task: &entry.task, party, index, body })
            })
        })
    }

    /// The cells of columns that list bodies, without the blanks around their words.
    pub(super) fn party_cells(&self) -> impl Iterator<Item = Span> {
        self.document.tables.iter().flat_map(|table| {
            let columns: Vec<usize> = table.columns_of(|column| matches!(column, Column::Party(_))).collect();
            let mut cells: Vec<Span> = table
                .rows
                .iter()
                .flat_map(|row| columns.iter().filter_map(|column| table.table.cell(*row, *column)))
                .map(|cell| self.text.trim(cell.span))
                .filter(|span| !span.is_empty())
                .collect();
            cells.dedup();
            cells
        })
    }

    /// The place that the document speaks for.
    pub(super) fn seat(&self) -> Option<&'d Place> {
        self.facts.place.as_ref()
    }

    /// The level of that place.
    pub(super) fn level(&self) -> Option<Level> {
        self.seat().map(|seat| seat.level)
    }

    /// The date of issue.
    pub(super) fn issued(&self) -> Option<Date> {
        self.facts.head.issued
    }

    /// The year of issue, else the year that the document is about.
    pub(super) fn year(&self) -> Option<i16> {
        self.facts.head.issued.map(|date| date.year).or(self.facts.head.year)
    }
}

/// How many characters of a title are looked for.
const TITLE_HEAD: usize = 8;
