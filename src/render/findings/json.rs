//! Findings as JSON: one object a document, one a line.

use std::io::{self, Write};

use serde::Serialize;

use super::Report;
use crate::diagnostic::{Finding, Lang};
use crate::render::json::line;
use crate::span::{Position, Span, Text};

/// Writes the findings of one document as one line of JSON; messages in the language asked for.
///
/// # Errors
///
/// Where `out` cannot be written.
pub fn json(out: &mut dyn Write, report: &Report, lang: Lang) -> io::Result<()> {
    let facts = &report.checked.facts;
    let text = &report.checked.text;
    let shape = Shape {
        document: DocumentShape {
            id: &facts.id,
            source: &report.path,
            title: facts.head.title.as_deref(),
            number: facts.head.number.as_deref(),
            issued: facts.head.issued.map(|date| date.to_string()),
        },
        findings: report.findings().map(|finding| FindingShape::of(report, finding, text, lang)).collect(),
        accepted: report.accepted,
    };
    line(out, &shape)
}

#[derive(Serialize)]
struct Shape<'a> {
    document: DocumentShape<'a>,
    findings: Vec<FindingShape<'a>>,
    accepted: usize,
}

#[derive(Serialize)]
struct DocumentShape<'a> {
    id: &'a str,
    source: &'a str,
    title: Option<&'a str>,
    number: Option<&'a str>,
    issued: Option<String>,
}

#[derive(Serialize)]
struct FindingShape<'a> {
    code: &'static str,
    number: &'static str,
    severity: &'static str,
    message: &'a str,
    hint: Option<&'a str>,
    task: Option<&'a str>,
    #[serde(flatten)]
    place: Option<PlaceShape<'a>>,
    related: Vec<RelatedShape<'a>>,
}

#[derive(Serialize)]
struct PlaceShape<'a> {
    span: Span,
    line: usize,
    column: usize,
    end_line: usize,
    end_column: usize,
    words: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    cell: Option<&'a str>,
}

#[derive(Serialize)]
struct RelatedShape<'a> {
    message: &'a str,
    #[serde(flatten)]
    place: PlaceShape<'a>,
}

impl<'a> FindingShape<'a> {
    fn of(report: &'a Report, finding: &'a Finding, text: &'a Text, lang: Lang) -> Self {
        let within = |span: Span| {
            let tasks = report.checked.facts.tasks.iter().map(|entry| &entry.task);
            tasks.filter(|task| task.span.contains(span)).min_by_key(|task| task.span.len())
        };
        Self {
            code: finding.code.as_str(),
            number: finding.code.number(),
            severity: finding.severity.as_str(),
            message: finding.message.in_lang(lang),
            hint: finding.hint.as_ref().map(|hint| hint.in_lang(lang)),
            task: finding.span.and_then(within).map(|task| task.label.as_str()),
            place: finding.span.map(|span| PlaceShape::of(report, span, text)),
            related: finding
                .related
                .iter()
                .map(|(span, message)| RelatedShape {
                    message: message.in_lang(lang),
                    place: PlaceShape::of(report, *span, text),
                })
                .collect(),
        }
    }
}

impl<'a> PlaceShape<'a> {
    fn of(report: &'a Report, span: Span, text: &'a Text) -> Self {
        let Position { line, column } = text.position(span.start);
        let end = text.position(span.end);
        let cell = report.checked.cell(span);
        Self { span, line, column, end_line: end.line, end_column: end.column, words: text.slice(span), cell }
    }
}
