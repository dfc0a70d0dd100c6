//! What changed between two documents, as JSON.

use std::io::{self, Write};

use serde::Serialize;

use crate::analysis::{Diff, Pair};
use crate::network::Succession;
use crate::notice::{Holder, Limit, Mandate, Quantity};
use crate::render::inherit::words;
use crate::render::json::{self, Number};
use crate::render::succession::SuccessionShape;

/// Writes one object on one line.
///
/// # Errors
///
/// Where `out` cannot be written.
pub fn json(out: &mut dyn Write, diff: &Diff, succession: Option<&Succession>) -> io::Result<()> {
    let task = |tasks: &'_ [Mandate], index: usize| tasks.get(index).map(|task| task.id.clone());
    let moved = |tasks: &'_ [Mandate], others: &'_ [Mandate], list: &[(usize, Option<usize>)]| {
        list.iter()
            .filter_map(|(index, other)| {
                let shape = owned(tasks.get(*index)?);
                Some(MovedShape { task: shape, related: other.and_then(|other| task(others, other)) })
            })
            .collect::<Vec<_>>()
    };
    let (before, after) = (&diff.before.tasks, &diff.after.tasks);
    let shape = DiffShape {
        before: &diff.before.id,
        after: &diff.after.id,
        added: moved(after, before, &diff.added),
        dropped: moved(before, after, &diff.dropped),
        changed: diff.pairs.iter().filter(|pair| pair.is_changed()).filter_map(|pair| changed(diff, pair)).collect(),
        unchanged: diff
            .pairs
            .iter()
            .filter(|pair| !pair.is_changed())
            .filter_map(|pair| task(after, pair.after))
            .collect(),
        as_of: succession.map(SuccessionShape::of),
    };
    json::line(out, &shape)
}

#[derive(Serialize)]
struct DiffShape<'a> {
    before: &'a str,
    after: &'a str,
    added: Vec<MovedShape>,
    dropped: Vec<MovedShape>,
    changed: Vec<PairShape>,
    unchanged: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    as_of: Option<SuccessionShape<'a>>,
}

#[derive(Serialize)]
struct TaskShape {
    task: String,
    label: String,
    text: String,
    span: Option<[usize; 2]>,
}

#[derive(Serialize)]
struct MovedShape {
    #[serde(flatten)]
    task: TaskShape,
    related: Option<String>,
}

#[derive(Serialize)]
struct PairShape {
    before: TaskShape,
    after: TaskShape,
    similarity: Number,
    reworded: Vec<PieceShape>,
    leads: Option<[Vec<String>; 2]>,
    joined: Vec<String>,
    left: Vec<String>,
    indicators: Vec<ChangeShape>,
    deadlines: Vec<ChangeShape>,
}

#[derive(Serialize)]
struct PieceShape {
    edit: &'static str,
    words: String,
}

#[derive(Serialize)]
struct ChangeShape {
    change: &'static str,
    before: Option<StatedShape>,
    after: Option<StatedShape>,
}

#[derive(Serialize)]
struct StatedShape {
    read: String,
    words: String,
    span: Option<[usize; 2]>,
}

fn owned(task: &Mandate) -> TaskShape {
    let span = task.span.map(|span| [span.start, span.end]);
    TaskShape { task: task.id.clone(), label: task.label.clone(), text: task.text.clone(), span }
}

fn names(holders: &[Holder]) -> Vec<String> {
    holders.iter().map(|holder| holder.printed.clone()).collect()
}

fn figure(figure: &Quantity) -> StatedShape {
    let span = figure.span.map(|span| [span.start, span.end]);
    StatedShape { read: words::quantity(figure), words: figure.words.clone(), span }
}

fn limit(limit: &Limit) -> StatedShape {
    let span = limit.span.map(|span| [span.start, span.end]);
    StatedShape { read: words::limit(limit), words: limit.words.clone(), span }
}

fn changed(diff: &Diff, pair: &Pair) -> Option<PairShape> {
    let drifted = pair.figures.iter().map(|drift| ChangeShape {
        change: drift.change.as_str(),
        before: Some(figure(&drift.above)),
        after: drift.below.as_ref().map(|(_, below)| figure(below)),
    });
    let new =
        pair.new_figures.iter().map(|new| ChangeShape { change: "added", before: None, after: Some(figure(new)) });
    let moved = pair.dates.iter().map(|drift| ChangeShape {
        change: drift.change.as_str(),
        before: Some(limit(&drift.above)),
        after: drift.below.as_ref().map(|(_, below)| limit(below)),
    });
    let dated = pair.new_dates.iter().map(|new| ChangeShape { change: "added", before: None, after: Some(limit(new)) });
    let pieces = pair.wording.iter().map(|(edit, words)| PieceShape { edit: edit.as_str(), words: words.clone() });
    Some(PairShape {
        before: owned(diff.before.tasks.get(pair.before)?),
        after: owned(diff.after.tasks.get(pair.after)?),
        similarity: Number(pair.similarity),
        reworded: pieces.collect(),
        leads: pair.leads.as_ref().map(|[before, after]| [names(before), names(after)]),
        joined: names(&pair.joined),
        left: names(&pair.left),
        indicators: drifted.chain(new).collect(),
        deadlines: moved.chain(dated).collect(),
    })
}
