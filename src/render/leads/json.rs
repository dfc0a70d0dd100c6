//! A plan that moves leads, for programs.

use std::io::{self, Write};

use serde::Serialize;

use super::{Setting, eligible, stays_because, why};
use crate::analysis::balance::{Balance, Fixed, Line, Move, Proof, Reason, Spread};
use crate::diagnostic::Lang;
use crate::render::claims::{self, ClaimShape};
use crate::render::csv as lines;
use crate::render::json::{self, Number};
use crate::render::succession::SuccessionShape;
use crate::render::workload::WeightsShape;

/// Writes one object on one line, as the contract has it.
///
/// # Errors
///
/// Where `out` cannot be written.
pub fn json(out: &mut dyn Write, balance: &Balance, setting: &Setting, lang: Lang) -> io::Result<()> {
    let label = |id: &str| {
        balance.departments.iter().find(|line| line.organisation == id).map_or("", |line| line.label.as_str())
    };
    let weights = match &balance.proof {
        Proof::Weights(weights) => weights
            .iter()
            .map(|(id, weight)| ProofWeight { organisation: id, label: label(id), weight: *weight })
            .collect(),
        _ => Vec::new(),
    };
    let shape = BalanceShape {
        before: SpreadShape::of(balance.before),
        after: SpreadShape::of(balance.after),
        lower_bound: Number(balance.lower_bound),
        proven: balance.proof != Proof::Open,
        proof: ProofShape { kind: kind(&balance.proof), weights },
        fewest_moves: balance.fewest,
        least_binding: balance.least_binding,
        moves: balance.moves.iter().map(|one| MoveShape::of(one, setting, lang)).collect(),
        frontier: balance
            .frontier
            .iter()
            .map(|point| PointShape { moves: point.moves, peak: Number(point.peak), proven: point.proven })
            .collect(),
        departments: balance.departments.iter().map(|line| LineShape::of(line, setting)).collect(),
        fixed: balance.fixed.iter().map(|fixed| FixedShape::of(fixed, setting, lang)).collect(),
        movable: balance.movable,
        tasks: balance.tasks,
        weights: WeightsShape::of(balance.weights),
        eligible: eligible(balance.eligible),
        max_moves: balance.max_moves,
        what_if: setting.what_if.as_ref().map(|(changes, peak)| WhatIfShape {
            changes: changes.iter().map(|change| change.in_lang(lang)).collect(),
            peak: Number(*peak),
        }),
        sensitivity: setting.otherwise.as_ref().map(|otherwise| OtherwiseShape {
            below: Number(otherwise.below),
            doubtful: otherwise.doubtful,
            before: Number(otherwise.before),
            after: Number(otherwise.after),
            moves: otherwise.moves,
            same: otherwise.same,
            rest_on_doubt: otherwise.rest_on_doubt.clone(),
        }),
        as_of: balance.succession.as_ref().map(SuccessionShape::of),
    };
    json::line(out, &shape)
}

/// Writes one line for every move; where words are asked for, one for each that a move or a lead that stays rests on.
///
/// # Errors
///
/// Where `out` cannot be written.
pub fn csv(out: &mut dyn Write, balance: &Balance, setting: &Setting, lang: Lang) -> io::Result<()> {
    if setting.trace.is_some() {
        return claims::csv(out, setting.traced(balance));
    }
    let header = [
        "document",
        "task",
        "label",
        "text",
        "from",
        "from_label",
        "to",
        "to_label",
        "role",
        "takes",
        "why",
        "indicators",
        "deadlines",
    ];
    lines::line(out, header)?;
    for one in &balance.moves {
        let reason = why(one);
        lines::line(
            out,
            [
                one.task.document.as_str(),
                &one.task.id,
                &one.task.label,
                &one.task.text,
                &one.from.id,
                &one.from.label,
                &one.to.id,
                &one.to.label,
                one.role.as_str(),
                one.takes.map_or("", crate::extract::Role::as_str),
                reason.in_lang(lang),
                &one.task.indicators.to_string(),
                &one.task.deadlines.to_string(),
            ],
        )?;
    }
    Ok(())
}

fn kind(proof: &Proof) -> &'static str {
    match proof {
        Proof::Weights(_) => "weights",
        Proof::Counting => "counting",
        Proof::Program => "program",
        Proof::Open => "open",
    }
}

#[derive(Serialize)]
struct BalanceShape<'a> {
    before: SpreadShape,
    after: SpreadShape,
    lower_bound: Number,
    proven: bool,
    proof: ProofShape<'a>,
    fewest_moves: bool,
    least_binding: bool,
    moves: Vec<MoveShape<'a>>,
    frontier: Vec<PointShape>,
    departments: Vec<LineShape<'a>>,
    fixed: Vec<FixedShape<'a>>,
    movable: usize,
    tasks: usize,
    weights: WeightsShape,
    eligible: &'a str,
    max_moves: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    what_if: Option<WhatIfShape<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    sensitivity: Option<OtherwiseShape>,
    #[serde(skip_serializing_if = "Option::is_none")]
    as_of: Option<SuccessionShape<'a>>,
}

#[derive(Serialize)]
struct SpreadShape {
    peak: Number,
    gini: Option<Number>,
}

impl SpreadShape {
    fn of(spread: Spread) -> Self {
        Self { peak: Number(spread.peak), gini: spread.gini.map(Number) }
    }
}

#[derive(Serialize)]
struct ProofShape<'a> {
    kind: &'a str,
    weights: Vec<ProofWeight<'a>>,
}

#[derive(Serialize)]
struct ProofWeight<'a> {
    organisation: &'a str,
    label: &'a str,
    weight: u64,
}

#[derive(Serialize)]
struct MoveShape<'a> {
    task: &'a str,
    from: &'a str,
    to: &'a str,
    why: String,
    label: &'a str,
    text: &'a str,
    document: &'a str,
    from_label: &'a str,
    to_label: &'a str,
    role: &'a str,
    takes: Option<&'a str>,
    indicators: usize,
    deadlines: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    trace: Option<Vec<ClaimShape<'a>>>,
}

impl<'a> MoveShape<'a> {
    fn of(one: &'a Move, setting: &'a Setting, lang: Lang) -> Self {
        Self {
            task: &one.task.id,
            from: &one.from.id,
            to: &one.to.id,
            why: why(one).in_lang(lang).to_owned(),
            label: &one.task.label,
            text: &one.task.text,
            document: &one.task.document,
            from_label: &one.from.label,
            to_label: &one.to.label,
            role: one.role.as_str(),
            takes: one.takes.map(crate::extract::Role::as_str),
            indicators: one.task.indicators,
            deadlines: one.task.deadlines,
            trace: setting.behind(one).map(ClaimShape::all),
        }
    }
}

#[derive(Serialize)]
struct PointShape {
    moves: usize,
    peak: Number,
    proven: bool,
}

#[derive(Serialize)]
struct LineShape<'a> {
    organisation: &'a str,
    label: &'a str,
    before: Number,
    after: Number,
    gives: usize,
    takes: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    trace: Option<Vec<ClaimShape<'a>>>,
}

impl<'a> LineShape<'a> {
    fn of(line: &'a Line, setting: &'a Setting) -> Self {
        Self {
            organisation: &line.organisation,
            label: &line.label,
            before: Number(line.before),
            after: Number(line.after),
            gives: line.gives,
            takes: line.takes,
            trace: setting.trace.as_ref().map(|trace| ClaimShape::all(trace.of(&line.organisation))),
        }
    }
}

#[derive(Serialize)]
struct FixedShape<'a> {
    task: &'a str,
    label: &'a str,
    lead: &'a str,
    lead_label: &'a str,
    reason: &'a str,
    why: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    parent_task: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    trace: Option<Vec<ClaimShape<'a>>>,
}

impl<'a> FixedShape<'a> {
    fn of(fixed: &'a Fixed, setting: &'a Setting, lang: Lang) -> Self {
        let reason = match fixed.why {
            Reason::Kept => "kept",
            Reason::Parent { .. } => "parent",
            Reason::NobodyElse => "nobody-else",
        };
        Self {
            task: &fixed.task,
            label: &fixed.label,
            lead: &fixed.lead.id,
            lead_label: &fixed.lead.label,
            reason,
            why: stays_because(fixed).in_lang(lang).to_owned(),
            parent_task: fixed.why.parent(),
            trace: setting.stays(fixed).map(ClaimShape::all),
        }
    }
}

#[derive(Serialize)]
struct WhatIfShape<'a> {
    changes: Vec<&'a str>,
    /// The largest load before the changes.
    peak: Number,
}

#[derive(Serialize)]
struct OtherwiseShape {
    below: Number,
    doubtful: usize,
    before: Number,
    after: Number,
    moves: usize,
    same: usize,
    rest_on_doubt: Vec<usize>,
}
