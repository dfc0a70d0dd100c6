//! The network as JSON.

use std::io::{self, Write};

use serde::Serialize;

use super::View;
use crate::analysis::overlap::{Contact, Figures, Pair, Position, Shift, Shifts, Weak};
use crate::network::TaskNode;
use crate::render::claims::ClaimShape;
use crate::render::json::{self, Number, Precise};
use crate::render::succession::SuccessionShape;

/// Writes one object on one line.
///
/// # Errors
///
/// Where `out` cannot be written.
pub fn json(out: &mut dyn Write, view: &View<'_>) -> io::Result<()> {
    let overlap = view.overlap;
    let shape = OverlapShape {
        network: FiguresShape::of(&overlap.figures),
        departments: view.departments(usize::MAX).map(|(rank, one)| PositionShape::of(rank, one)).collect(),
        pairs: view.pairs(usize::MAX).map(|pair| PairShape::of(pair, view)).collect(),
        core: labels(overlap.departments.iter().filter(|one| one.central)),
        single_points: overlap.cuts.iter().map(CutShape::of).collect(),
        only_co_leads: labels(overlap.only_co_leads()),
        contacts: view.bodies.is_some().then(|| view.contacts.iter().map(ContactShape::of).collect()),
        sensitivity: view.shifts.as_ref().map(ShiftsShape::of),
        as_of: overlap.succession.as_ref().map(SuccessionShape::of),
    };
    json::line(out, &shape)
}

fn labels<'a>(positions: impl Iterator<Item = &'a Position>) -> Vec<&'a str> {
    positions.map(|one| one.label.as_str()).collect()
}

#[derive(Serialize)]
struct OverlapShape<'a> {
    network: FiguresShape,
    departments: Vec<PositionShape<'a>>,
    pairs: Vec<PairShape<'a>>,
    core: Vec<&'a str>,
    single_points: Vec<CutShape<'a>>,
    only_co_leads: Vec<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    contacts: Option<Vec<ContactShape<'a>>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    sensitivity: Option<ShiftsShape<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    as_of: Option<SuccessionShape<'a>>,
}

#[derive(Serialize)]
struct FiguresShape {
    nodes: usize,
    edges: usize,
    density: Precise,
    degree_centralisation: Precise,
    betweenness_centralisation: Precise,
    components: usize,
    betweenness_sources: usize,
    betweenness_exact: bool,
    core: usize,
    core_fit: Option<Precise>,
    communities: usize,
    modularity: Option<Precise>,
    tasks: usize,
}

impl FiguresShape {
    fn of(figures: &Figures) -> Self {
        Self {
            nodes: figures.nodes,
            edges: figures.edges,
            density: Precise(figures.density),
            degree_centralisation: Precise(figures.degree_centralisation),
            betweenness_centralisation: Precise(figures.betweenness_centralisation),
            components: figures.components,
            betweenness_sources: figures.sources,
            betweenness_exact: figures.sources == figures.nodes,
            core: figures.core,
            core_fit: figures.core_fit.map(Precise),
            communities: figures.communities,
            modularity: figures.modularity.map(Precise),
            tasks: figures.tasks,
        }
    }
}

#[derive(Serialize)]
struct PositionShape<'a> {
    organisation: &'a str,
    label: &'a str,
    degree: usize,
    weighted_degree: u64,
    betweenness: Precise,
    closeness: Precise,
    eigenvector: Precise,
    core: usize,
    community: usize,
    rank: usize,
    central: bool,
    tasks: usize,
    leads: usize,
    led_by: usize,
}

impl<'a> PositionShape<'a> {
    fn of(rank: usize, one: &'a Position) -> Self {
        Self {
            organisation: &one.organisation,
            label: &one.label,
            degree: one.degree,
            weighted_degree: one.weighted_degree,
            betweenness: Precise(one.betweenness),
            closeness: Precise(one.closeness),
            eigenvector: Precise(one.eigenvector),
            core: one.core,
            community: one.community,
            rank,
            central: one.central,
            tasks: one.tasks,
            leads: one.leads,
            led_by: one.led_by,
        }
    }
}

#[derive(Serialize)]
struct PairShape<'a> {
    a: &'a str,
    b: &'a str,
    tasks: u32,
    a_leads_b: u32,
    b_leads_a: u32,
    co_lead: u32,
    jaccard: Precise,
    a_label: &'a str,
    b_label: &'a str,
    behind: Vec<TaskShape<'a>>,
}

impl<'a> PairShape<'a> {
    fn of(pair: &'a Pair, view: &'a View<'_>) -> Self {
        let ends = [pair.a.0.as_str(), pair.b.0.as_str()];
        let behind = view.behind(pair).into_iter().map(|task| TaskShape {
            task: &task.id,
            label: &task.label,
            trace: view.claims.as_ref().map(|claims| ClaimShape::all(claims.of(&task.id, &ends))),
        });
        Self {
            a: &pair.a.0,
            b: &pair.b.0,
            tasks: pair.tie.tasks,
            a_leads_b: pair.tie.a_leads,
            b_leads_a: pair.tie.b_leads,
            co_lead: pair.tie.co_lead,
            jaccard: Precise(pair.jaccard),
            a_label: &pair.a.1,
            b_label: &pair.b.1,
            behind: behind.collect(),
        }
    }
}

#[derive(Serialize)]
struct TaskShape<'a> {
    task: &'a str,
    label: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    trace: Option<Vec<ClaimShape<'a>>>,
}

#[derive(Serialize)]
struct CutShape<'a> {
    organisation: &'a str,
    label: &'a str,
    cuts_off: &'a [Vec<String>],
}

impl<'a> CutShape<'a> {
    fn of(weak: &'a Weak) -> Self {
        Self { organisation: &weak.body.0, label: &weak.body.1, cuts_off: &weak.off }
    }
}

#[derive(Serialize)]
struct ContactShape<'a> {
    task: &'a str,
    label: &'a str,
    text: &'a str,
    document: &'a str,
    organisation: &'a str,
    role: &'static str,
    call: Vec<CallShape<'a>>,
}

#[derive(Serialize)]
struct CallShape<'a> {
    organisation: &'a str,
    label: &'a str,
    role: &'static str,
}

impl<'a> ContactShape<'a> {
    fn of(contact: &'a Contact<'_>) -> Self {
        let TaskNode { id, label, text, document, .. } = contact.task;
        let call = contact.others.iter().map(|(body, role)| CallShape {
            organisation: &body.id,
            label: &body.label,
            role: role.as_str(),
        });
        let (organisation, role) = (&contact.body.id, contact.role.as_str());
        Self { task: id, label, text, document, organisation, role, call: call.collect() }
    }
}

#[derive(Serialize)]
struct ShiftsShape<'a> {
    below: Number,
    doubtful_claims: usize,
    doubtful_pairs: usize,
    departments: Vec<ShiftShape<'a>>,
}

#[derive(Serialize)]
struct ShiftShape<'a> {
    organisation: &'a str,
    label: &'a str,
    degree: [usize; 2],
    rank: [Option<usize>; 2],
    central: [bool; 2],
}

impl<'a> ShiftsShape<'a> {
    fn of(shifts: &'a Shifts) -> Self {
        let shape = |shift: &'a Shift| ShiftShape {
            organisation: &shift.organisation,
            label: &shift.label,
            degree: shift.degree.into(),
            rank: [shift.rank.0, Some(shift.rank.1)],
            central: shift.central.into(),
        };
        Self {
            below: Number(shifts.below),
            doubtful_claims: shifts.claims,
            doubtful_pairs: shifts.pairs,
            departments: shifts.departments.iter().map(shape).collect(),
        }
    }
}
