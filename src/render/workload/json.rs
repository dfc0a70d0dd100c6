//! The workload as JSON.

use std::io::{self, Write};

use serde::Serialize;

use super::Selection;
use super::groups::{GroupShape, Grouped};
use crate::analysis::{Concentration, Line, Weights, Workload};
use crate::render::claims::{ClaimShape, TracedClaims};
use crate::render::json::{self, Number};
use crate::render::succession::SuccessionShape;

/// Writes one object on one line; `concentration` is null where nobody carries any load.
///
/// # Errors
///
/// Where `out` cannot be written.
pub fn json(
    out: &mut dyn Write,
    workload: &Workload,
    grouped: Option<&Grouped>,
    selection: &Selection,
) -> io::Result<()> {
    let (ranked, apart) = selection.lines(workload);
    let traced = selection.claims.as_ref();
    let shape = WorkloadShape {
        weights: WeightsShape::of(workload.weights),
        departments: ranked.into_iter().map(|(rank, line)| LineShape::of(Some(rank), line, traced)).collect(),
        concentration: workload.concentration.map(SpreadShape::of),
        collective: apart.into_iter().map(|line| LineShape::of(None, line, traced)).collect(),
        tasks: workload.tasks,
        assume_first_leads: workload.first_leads,
        lists_without_lead: workload.leaderless,
        doubtful_below: workload.doubtful.map(Number),
        by: grouped.map(|grouped| grouped.by),
        groups: grouped.map(|grouped| GroupShape::all(grouped, selection)),
        as_of: workload.succession.as_ref().map(SuccessionShape::of),
    };
    json::line(out, &shape)
}

#[derive(Serialize)]
struct WorkloadShape<'a> {
    weights: WeightsShape,
    departments: Vec<LineShape<'a>>,
    concentration: Option<SpreadShape>,
    collective: Vec<LineShape<'a>>,
    tasks: usize,
    assume_first_leads: bool,
    lists_without_lead: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    doubtful_below: Option<Number>,
    #[serde(skip_serializing_if = "Option::is_none")]
    by: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    groups: Option<Vec<GroupShape<'a>>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    as_of: Option<SuccessionShape<'a>>,
}

#[derive(Serialize)]
pub(in crate::render) struct WeightsShape {
    lead: Number,
    #[serde(rename = "co-lead")]
    co_lead: Number,
    responsible: Number,
    supporting: Number,
}

impl WeightsShape {
    pub(in crate::render) fn of(weights: Weights) -> Self {
        Self {
            lead: Number(weights.lead),
            co_lead: Number(weights.co_lead),
            responsible: Number(weights.responsible),
            supporting: Number(weights.supporting),
        }
    }
}

#[derive(Serialize)]
pub(super) struct SpreadShape {
    gini: Number,
    hhi: Number,
    top1_share: Number,
    top3_share: Number,
}

impl SpreadShape {
    pub(super) fn of(spread: Concentration) -> Self {
        let Concentration { gini, hhi, top1_share, top3_share } = spread;
        Self { gini: Number(gini), hhi: Number(hhi), top1_share: Number(top1_share), top3_share: Number(top3_share) }
    }
}

#[derive(Serialize)]
pub(super) struct LineShape<'a> {
    organisation: &'a str,
    label: &'a str,
    lead: usize,
    co_lead: usize,
    responsible: usize,
    supporting: usize,
    tasks: usize,
    load: Number,
    indicators: usize,
    deadlines: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    rank: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    rank_otherwise: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    range: Option<RangeShape>,
    #[serde(skip_serializing_if = "Option::is_none")]
    trace: Option<Vec<ClaimShape<'a>>>,
}

/// How far load and place may be off.
#[derive(Serialize)]
struct RangeShape {
    doubtful_claims: usize,
    load: [Number; 2],
    rank: [usize; 2],
}

impl<'a> LineShape<'a> {
    pub(super) fn of(rank: Option<usize>, line: &'a Line, traced: Option<&'a TracedClaims>) -> Self {
        Self {
            organisation: &line.organisation,
            label: &line.label,
            lead: line.lead,
            co_lead: line.co_lead,
            responsible: line.responsible,
            supporting: line.supporting,
            tasks: line.tasks,
            load: Number(line.load),
            indicators: line.indicators,
            deadlines: line.deadlines,
            rank,
            rank_otherwise: line.rank_otherwise,
            range: line.range.map(|range| RangeShape {
                doubtful_claims: range.claims,
                load: [Number(range.load.0), Number(range.load.1)],
                rank: range.rank.into(),
            }),
            trace: traced.map(|claims| ClaimShape::all(claims.of(&line.organisation))),
        }
    }
}
