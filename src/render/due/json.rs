//! What is due when, for programs and spreadsheets.

use std::io::{self, Write};

use serde::Serialize;

use super::View;
use crate::analysis::due::Line;
use crate::ledger::Status;
use crate::render::claims::{self, ClaimShape};
use crate::render::csv as cells;
use crate::render::json::{self, Number};
use crate::render::succession::SuccessionShape;

/// Writes one object on one line.
///
/// # Errors
///
/// Where `out` cannot be written.
pub fn json(out: &mut dyn Write, view: &View<'_>) -> io::Result<()> {
    let due = view.due;
    let shape = DueShape {
        on: due.on.to_string(),
        counts: Counts {
            overdue: due.overdue().count(),
            upcoming: due.upcoming().count(),
            recurring: due.recurring.len(),
            relative: due.relative.len(),
            from: due.beginning.len(),
            ongoing: due.ongoing.len(),
            closed: due.closed.len(),
            tasks: due.tasks,
            without: due.without,
        },
        deadlines: view.lines().map(|(status, line)| LineShape::of(status, line, view)).collect(),
        as_of: due.succession.as_ref().map(SuccessionShape::of),
    };
    json::line(out, &shape)
}

/// Writes one line for every deadline; where words are asked for, one for each that a deadline rests on.
///
/// # Errors
///
/// Where `out` cannot be written.
pub fn csv(out: &mut dyn Write, view: &View<'_>) -> io::Result<()> {
    if view.claims.is_some() {
        return claims::csv(out, view.traced(view.lines().map(|(_, line)| line)));
    }
    let header = [
        "status",
        "due",
        "days",
        "document",
        "number",
        "label",
        "text",
        "leads",
        "roles",
        "relation",
        "date",
        "words",
        "inferred_year",
        "recurrence",
        "duration",
        "after",
        "confidence",
        "start",
        "end",
        "task",
        "task_status",
    ];
    cells::line(out, header)?;
    for (status, line) in view.lines() {
        let shape = LineShape::of(status, line, view);
        let join = |texts: Vec<&str>| texts.join("、");
        let number = |number: Option<usize>| number.map(|number| number.to_string()).unwrap_or_default();
        cells::line(
            out,
            [
                status.to_owned(),
                shape.due.unwrap_or_default(),
                line.days.map(|days| days.to_string()).unwrap_or_default(),
                shape.document.to_owned(),
                shape.document_name.to_owned(),
                shape.label.to_owned(),
                shape.text.to_owned(),
                join(line.parties.iter().map(|(body, _)| body.label.as_str()).collect()),
                join(line.parties.iter().map(|(_, role)| role.as_str()).collect()),
                shape.relation.to_owned(),
                shape.date.unwrap_or_default(),
                shape.words.to_owned(),
                shape.inferred_year.to_string(),
                shape.recurrence.unwrap_or_default().to_owned(),
                shape.duration.unwrap_or_default().to_owned(),
                shape.after.unwrap_or_default().to_owned(),
                line.deadline.confidence.to_string(),
                number(shape.span.map(|span| span[0])),
                number(shape.span.map(|span| span[1])),
                shape.task.to_owned(),
                shape.task_status.unwrap_or_default().to_owned(),
            ],
        )?;
    }
    Ok(())
}

#[derive(Serialize)]
struct DueShape<'a> {
    on: String,
    counts: Counts,
    deadlines: Vec<LineShape<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    as_of: Option<SuccessionShape<'a>>,
}

#[derive(Serialize)]
struct Counts {
    overdue: usize,
    upcoming: usize,
    recurring: usize,
    relative: usize,
    from: usize,
    ongoing: usize,
    closed: usize,
    tasks: usize,
    without: usize,
}

#[derive(Serialize)]
struct LineShape<'a> {
    task: &'a str,
    status: &'a str,
    due: Option<String>,
    days: Option<i32>,
    label: &'a str,
    text: &'a str,
    document: &'a str,
    document_name: &'a str,
    leads: Vec<PartyShape<'a>>,
    relation: &'a str,
    date: Option<String>,
    words: &'a str,
    inferred_year: bool,
    recurrence: Option<&'a str>,
    duration: Option<&'a str>,
    after: Option<&'a str>,
    confidence: Number,
    span: Option<[usize; 2]>,
    task_status: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    trace: Option<Vec<ClaimShape<'a>>>,
}

#[derive(Serialize)]
struct PartyShape<'a> {
    organisation: &'a str,
    label: &'a str,
    role: &'a str,
}

impl<'a> LineShape<'a> {
    fn of(status: &'a str, line: &'a Line, view: &'a View<'_>) -> Self {
        let deadline = &line.deadline;
        let party = |(body, role): &'a (crate::network::Department, crate::extract::Role)| PartyShape {
            organisation: &body.id,
            label: &body.label,
            role: role.as_str(),
        };
        Self {
            task: &line.task.id,
            status,
            due: line.day.map(|day| day.to_string()),
            days: line.days,
            label: &line.task.label,
            text: &line.task.text,
            document: &line.task.document,
            document_name: view.name(line),
            leads: line.parties.iter().map(party).collect(),
            relation: deadline.relation.as_str(),
            date: deadline.date.map(|date| date.to_string()),
            words: &deadline.text,
            inferred_year: deadline.inferred_year,
            recurrence: deadline.recurrence.as_deref(),
            duration: deadline.duration.as_deref(),
            after: deadline.after.as_deref(),
            confidence: Number(deadline.confidence),
            span: (!deadline.span.is_empty()).then_some([deadline.span.start, deadline.span.end]),
            task_status: line.status.map(Status::as_str),
            trace: view.behind(line).map(ClaimShape::all),
        }
    }
}
