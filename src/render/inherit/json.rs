//! What was handed down, as JSON.

use std::collections::BTreeMap;
use std::io::{self, Write};

use serde::{Serialize, Serializer};

use super::several::Several;
use crate::analysis::{DateDrift, Fate, FigureDrift, Inheritance, Link, OwnerDrift, Status};
use crate::network::Succession;
use crate::notice::{Holder, Limit, Mandate, Notice, Quantity};
use crate::render::json::{self, Number};
use crate::render::succession::SuccessionShape;
use crate::span::Span;

/// Writes one object on one line; `coverage` is null where no task is laid on the level below.
///
/// # Errors
///
/// Where `out` cannot be written.
pub fn json(out: &mut dyn Write, inheritance: &Inheritance, succession: Option<&Succession>) -> io::Result<()> {
    let as_of = succession.map(SuccessionShape::of);
    json::line(out, &PairShape { as_of, ..PairShape::of(inheritance, Texts::Within) })
}

/// Writes one object on one line: the documents, how they descend, and every pair in the shape of [`json()`],
/// but for the words of tasks: those stand once for each task, beside the pairs.
///
/// # Errors
///
/// Where `out` cannot be written.
pub fn json_several(out: &mut dyn Write, all: &Several<'_>) -> io::Result<()> {
    let lines = all.lines.iter().map(|(step, line)| LineShape {
        step: *step,
        parent: &line.parent,
        child: &line.child,
        relation: line.descent.as_str(),
        words: Some(line.words.as_str()).filter(|words| !words.is_empty()),
        span: place(line.span),
        held: all.pair(line).is_some(),
        coverage: all.pair(line).and_then(Inheritance::coverage).map(Number),
    });
    let stubs = all.lineage.stubs.values().map(|stub| StubShape {
        document: &stub.id,
        number: &stub.number,
        title: &stub.title,
        issuer: &stub.issuer,
        year: stub.year.parse().ok(),
    });
    let shape = SeveralShape {
        lineage: lines.collect(),
        stubs: stubs.collect(),
        cycles: &all.lineage.cycles,
        pairs: PairsShape(&all.pairs),
        tasks: tasks(&all.pairs),
        as_of: all.succession.as_ref().map(SuccessionShape::of),
    };
    json::line(out, &shape)
}

#[derive(Serialize)]
struct SeveralShape<'a> {
    lineage: Vec<LineShape<'a>>,
    stubs: Vec<StubShape<'a>>,
    cycles: &'a [Vec<String>],
    pairs: PairsShape<'a>,
    tasks: Vec<TaskShape<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    as_of: Option<SuccessionShape<'a>>,
}

/// Pairs without the words of tasks, each in its shape only while it is written.
struct PairsShape<'a>(&'a [Inheritance<'a>]);

impl Serialize for PairsShape<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.0.iter().map(|pair| PairShape::of(pair, Texts::Apart)))
    }
}

#[derive(Serialize)]
struct LineShape<'a> {
    step: usize,
    parent: &'a str,
    child: &'a str,
    relation: &'static str,
    words: Option<&'a str>,
    span: Option<[usize; 2]>,
    held: bool,
    coverage: Option<Number>,
}

#[derive(Serialize)]
struct StubShape<'a> {
    document: &'a str,
    number: &'a str,
    title: &'a str,
    issuer: &'a str,
    year: Option<i16>,
}

#[derive(Serialize)]
struct PairShape<'a> {
    parent: &'a str,
    child: &'a str,
    coverage: Option<Number>,
    mandates: Vec<FateShape<'a>>,
    new_tasks: Vec<TaskShape<'a>>,
    addressed: usize,
    taken_up: usize,
    statuses: StatusesShape,
    documents: [DocumentShape<'a>; 2],
    #[serde(skip_serializing_if = "Option::is_none")]
    as_of: Option<SuccessionShape<'a>>,
}

#[derive(Serialize)]
struct StatusesShape {
    carried: usize,
    split: usize,
    merged: usize,
    narrowed: usize,
    missing: usize,
    new: usize,
}

#[derive(Serialize)]
struct DocumentShape<'a> {
    id: &'a str,
    number: &'a str,
    title: &'a str,
    source: &'a str,
    place: Option<&'a str>,
}

#[derive(Serialize)]
struct TaskShape<'a> {
    task: &'a str,
    label: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    text: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    span: Option<[usize; 2]>,
}

#[derive(Serialize)]
struct FateShape<'a> {
    task: &'a str,
    status: &'static str,
    children: Vec<LinkShape<'a>>,
    owner_drift: Option<OwnerShape<'a>>,
    indicator_drift: Vec<FigureShape<'a>>,
    deadline_drift: Vec<DateShape<'a>>,
    label: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    text: Option<&'a str>,
    span: Option<[usize; 2]>,
    addressed: bool,
    addressed_by: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    nearest: Option<LinkShape<'a>>,
}

#[derive(Serialize)]
struct LinkShape<'a> {
    task: &'a str,
    similarity: Number,
    label: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    text: Option<&'a str>,
    span: Option<[usize; 2]>,
    parts: PartsShape,
    #[serde(skip_serializing_if = "Option::is_none")]
    confirmed_by: Option<&'a str>,
}

#[derive(Serialize)]
struct PartsShape {
    words: Number,
    title: Number,
    mention: Number,
    heading: Number,
    contained: Number,
    clause: Number,
    shared: Number,
    indicators: Number,
    citations: Number,
    parties: Option<Number>,
}

#[derive(Serialize)]
struct OwnerShape<'a> {
    change: &'static str,
    above: Vec<HolderShape<'a>>,
    below: Vec<HolderShape<'a>>,
}

#[derive(Serialize)]
struct HolderShape<'a> {
    organisation: &'a str,
    name: &'a str,
    role: &'static str,
    function: Option<&'a str>,
    span: Option<[usize; 2]>,
    #[serde(skip_serializing_if = "Option::is_none")]
    task: Option<&'a str>,
}

#[derive(Serialize)]
struct FigureShape<'a> {
    change: &'static str,
    above: QuantityShape<'a>,
    below: Option<QuantityShape<'a>>,
}

#[derive(Serialize)]
struct QuantityShape<'a> {
    name: &'a str,
    comparator: &'static str,
    value: Number,
    value_max: Option<Number>,
    unit: &'a str,
    by: Option<String>,
    words: &'a str,
    span: Option<[usize; 2]>,
    #[serde(skip_serializing_if = "Option::is_none")]
    task: Option<&'a str>,
}

#[derive(Serialize)]
struct DateShape<'a> {
    change: &'static str,
    above: LimitShape<'a>,
    below: Option<LimitShape<'a>>,
}

#[derive(Serialize)]
struct LimitShape<'a> {
    relation: &'static str,
    date: Option<String>,
    duration: &'a str,
    words: &'a str,
    span: Option<[usize; 2]>,
    #[serde(skip_serializing_if = "Option::is_none")]
    task: Option<&'a str>,
}

fn place(span: Option<Span>) -> Option<[usize; 2]> {
    span.map(|span| [span.start, span.end])
}

impl<'a> PairShape<'a> {
    fn of(pair: &'a Inheritance<'_>, texts: Texts) -> Self {
        let count = |status| pair.count(status);
        Self {
            parent: &pair.parent.id,
            child: &pair.child.id,
            coverage: pair.coverage().map(Number),
            mandates: pair
                .parent
                .tasks
                .iter()
                .zip(&pair.fates)
                .map(|(task, fate)| fate_shape(pair, task, fate, texts))
                .collect(),
            new_tasks: pair
                .new
                .iter()
                .filter_map(|index| pair.child.tasks.get(*index))
                .map(|task| task_shape(task, texts))
                .collect(),
            addressed: pair.addressed,
            taken_up: pair.taken_up,
            statuses: StatusesShape {
                carried: count(Status::Carried),
                split: count(Status::Split),
                merged: count(Status::Merged),
                narrowed: count(Status::Narrowed),
                missing: count(Status::Missing),
                new: pair.new.len(),
            },
            documents: [document_shape(pair.parent), document_shape(pair.child)],
            as_of: None,
        }
    }
}

fn document_shape(notice: &Notice) -> DocumentShape<'_> {
    DocumentShape {
        id: &notice.id,
        number: &notice.number,
        title: &notice.title,
        source: &notice.source,
        place: notice.place.as_ref().map(|place| place.name.as_str()),
    }
}

/// Whether the words of tasks stand where the tasks do.
#[derive(Clone, Copy)]
enum Texts {
    Within,
    Apart,
}

impl Texts {
    fn of(self, task: &Mandate) -> Option<&str> {
        match self {
            Self::Within => Some(&task.text),
            Self::Apart => None,
        }
    }
}

/// The tasks of all documents that are compared, each once.
fn tasks<'a>(pairs: &'a [Inheritance<'_>]) -> Vec<TaskShape<'a>> {
    let all = pairs.iter().flat_map(|pair| [pair.parent, pair.child]);
    let documents: BTreeMap<&str, &Notice> = all.map(|notice| (notice.id.as_str(), notice)).collect();
    documents.values().flat_map(|notice| &notice.tasks).map(|task| task_shape(task, Texts::Within)).collect()
}

fn task_shape(task: &Mandate, texts: Texts) -> TaskShape<'_> {
    TaskShape { task: &task.id, label: &task.label, text: texts.of(task), span: place(task.span) }
}

fn fate_shape<'a>(pair: &'a Inheritance, task: &'a Mandate, fate: &'a Fate, texts: Texts) -> FateShape<'a> {
    let link = |link: &'a Link| link_shape(pair, link, texts);
    FateShape {
        task: &task.id,
        status: fate.status.as_str(),
        children: fate.children.iter().filter_map(link).collect(),
        owner_drift: fate.owner.as_ref().map(|drift| owner_shape(pair, drift)),
        indicator_drift: fate.figures.iter().map(|drift| figure_shape(pair, drift)).collect(),
        deadline_drift: fate.dates.iter().map(|drift| date_shape(pair, drift)).collect(),
        label: &task.label,
        text: texts.of(task),
        span: place(task.span),
        addressed: fate.addressed.holds(),
        addressed_by: fate.addressed.as_str(),
        nearest: fate.nearest.as_ref().and_then(link),
    }
}

fn link_shape<'a>(pair: &'a Inheritance, link: &'a Link, texts: Texts) -> Option<LinkShape<'a>> {
    let task = pair.child.tasks.get(link.below)?;
    let parts = link.parts;
    Some(LinkShape {
        task: &task.id,
        similarity: Number(link.similarity),
        label: &task.label,
        text: texts.of(task),
        span: place(task.span),
        parts: PartsShape {
            words: Number(parts.words),
            title: Number(parts.title),
            mention: Number(parts.mention),
            heading: Number(parts.heading),
            contained: Number(parts.contained),
            clause: Number(parts.clause),
            shared: Number(parts.shared),
            indicators: Number(parts.indicators),
            citations: Number(parts.citations),
            parties: parts.parties.map(Number),
        },
        confirmed_by: link.confirmed.as_ref().map(|verdict| verdict.by.as_str()),
    })
}

fn below<'a>(pair: &Inheritance<'a>, index: usize) -> Option<&'a str> {
    pair.child.tasks.get(index).map(|task| task.id.as_str())
}

fn owner_shape<'a>(pair: &'a Inheritance, drift: &'a OwnerDrift) -> OwnerShape<'a> {
    let holder = |holder: &'a Holder, task| HolderShape {
        organisation: &holder.body.id,
        name: &holder.printed,
        role: holder.role.as_str(),
        function: holder.body.function.as_deref(),
        span: place(holder.span),
        task,
    };
    OwnerShape {
        change: drift.change.as_str(),
        above: drift.above.iter().map(|above| holder(above, None)).collect(),
        below: drift.below.iter().map(|(index, named)| holder(named, below(pair, *index))).collect(),
    }
}

fn figure_shape<'a>(pair: &'a Inheritance, drift: &'a FigureDrift) -> FigureShape<'a> {
    let quantity = |figure: &'a Quantity, task| QuantityShape {
        name: &figure.name,
        comparator: figure.comparator.as_str(),
        value: Number(figure.value),
        value_max: figure.value_max.map(Number),
        unit: &figure.unit,
        by: figure.by.map(|date| date.to_string()),
        words: &figure.words,
        span: place(figure.span),
        task,
    };
    FigureShape {
        change: drift.change.as_str(),
        above: quantity(&drift.above, None),
        below: drift.below.as_ref().map(|(index, figure)| quantity(figure, below(pair, *index))),
    }
}

fn date_shape<'a>(pair: &'a Inheritance, drift: &'a DateDrift) -> DateShape<'a> {
    let limit = |limit: &'a Limit, task| LimitShape {
        relation: limit.relation.as_str(),
        date: limit.date.map(|date| date.to_string()),
        duration: &limit.duration,
        words: &limit.words,
        span: place(limit.span),
        task,
    };
    DateShape {
        change: drift.change.as_str(),
        above: limit(&drift.above, None),
        below: drift.below.as_ref().map(|(index, other)| limit(other, below(pair, *index))),
    }
}
