//! How far the picture would move where extraction was unsure.

use std::collections::BTreeMap;

use super::{Overlap, overlap};
use crate::analysis::doubt;
use crate::network::Network;

/// What of a network rests on doubtful claims.
#[derive(Clone, Debug, PartialEq)]
pub struct Shifts {
    /// Claims below this confidence are doubtful.
    pub below: f64,
    /// Number of doubtful claims.
    pub claims: usize,
    /// Pairs that have a common task only by doubtful claims.
    pub pairs: usize,
    /// The departments, in the order of the network with all claims.
    pub departments: Vec<Shift>,
}

/// One department without and with the doubtful claims.
#[derive(Clone, Debug, PartialEq)]
pub struct Shift {
    /// IRI.
    pub organisation: String,
    /// Full name.
    pub label: String,
    /// Number of neighbours: without, with.
    pub degree: (usize, usize),
    /// Place in the order of the network, from 1; without them none, if nothing else names it.
    pub rank: (Option<usize>, usize),
    /// Whether it is of the core.
    pub central: (bool, bool),
}

impl Shift {
    /// Whether anything that is shown would change.
    pub fn moves(&self) -> bool {
        self.degree.0 != self.degree.1 || self.rank.0 != Some(self.rank.1) || self.central.0 != self.central.1
    }
}

/// Compares the network of all claims with that of the claims of at least a confidence.
///
/// Roles have no say in who works with whom, so that leaving doubtful claims out is all that can happen; degrees and common
/// tasks of the truth lie between the two.
pub fn shifts(network: &Network, all: &Overlap, collective: bool, below: f64) -> Shifts {
    let (sure, claims) = doubt::without(network, below);
    let sure = overlap(&sure, collective);
    let known: BTreeMap<&str, (usize, usize, bool)> = sure
        .departments
        .iter()
        .enumerate()
        .map(|(index, body)| (body.organisation.as_str(), (index + 1, body.degree, body.central)))
        .collect();
    let shift = |(index, body): (usize, &super::Position)| {
        let before = known.get(body.organisation.as_str());
        Shift {
            organisation: body.organisation.clone(),
            label: body.label.clone(),
            degree: (before.map_or(0, |(_, degree, _)| *degree), body.degree),
            rank: (before.map(|(rank, ..)| *rank), index + 1),
            central: (before.is_some_and(|(.., central)| *central), body.central),
        }
    };
    Shifts {
        below,
        claims,
        pairs: all.pairs.len().saturating_sub(sure.pairs.len()),
        departments: all.departments.iter().enumerate().map(shift).collect(),
    }
}
