//! The lowest peak, and the lowest peak for every number of moves.

use std::collections::BTreeMap;

use super::NODES;
use super::lattice::Lattice;
use super::model::Model;
use super::program::{self, Answer, Goal};
use super::proof::Proof;
use super::search::Finder;

/// Nodes of the search before plans are sought otherwise.
const FIRST_NODES: u64 = 40;

/// Nodes of the search that one point of the frontier is worth.
const POINT_NODES: u64 = 300;

/// A plan for a peak.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Found {
    /// The peak, in units.
    pub(super) peak: i64,
    /// The exchanges.
    pub(super) plan: Vec<usize>,
    /// Whether no plan within the peak has fewer.
    pub(super) fewest: bool,
    /// The lowest peak that is not proven to be out of reach.
    pub(super) lower_bound: i64,
}

/// The lowest peak of so many moves, in units.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Point {
    pub(super) moves: usize,
    pub(super) peak: i64,
    /// The lowest peak that is not proven to be out of reach with so many moves.
    pub(super) lower_bound: i64,
}

/// What is known of the plans within a peak.
#[derive(Clone, Debug)]
struct Known {
    /// The plan with the fewest moves found.
    plan: Option<Vec<usize>>,
    /// No plan has fewer moves than this; none where there is no plan.
    least: Option<usize>,
}

impl Known {
    fn fewest(&self) -> bool {
        self.plan.as_ref().map(Vec::len) == self.least
    }
}

/// Peaks, and what has been found out about them.
pub(super) struct Peaks<'a> {
    model: &'a Model,
    finder: Finder<'a>,
    lattice: Lattice,
    known: BTreeMap<i64, Known>,
}

impl<'a> Peaks<'a> {
    pub(super) fn new(model: &'a Model) -> Self {
        Self { model, finder: Finder::new(model), lattice: Lattice::of(model), known: BTreeMap::new() }
    }

    /// What is known of the plans within a peak, after asking at most so many nodes more.
    fn within(&mut self, peak: i64, nodes: u64) -> Known {
        let peak = self.lattice.at_most(peak);
        if let Some(known) = self.known.get(&peak) {
            return known.clone();
        }
        let known = self.find(peak, nodes);
        self.known.insert(peak, known.clone());
        known
    }

    fn find(&self, peak: i64, nodes: u64) -> Known {
        let Some(least) = self.finder.fewest(peak) else { return Known { plan: None, least: None } };
        let hint = self.finder.greedy(peak);
        if let Some(plan) = hint.as_ref().filter(|plan| plan.len() == least) {
            return Known { plan: Some(plan.clone()), least: Some(least) };
        }
        let (hint, least) = match program::solve(self.model, peak, Goal::Moves, hint.as_deref(), FIRST_NODES) {
            Answer::Best(plan) => return Known { least: Some(plan.len()), plan: Some(plan) },
            Answer::None => return Known { plan: None, least: None },
            Answer::Open(plan, bound) => (plan.or(hint), least.max(usize::try_from(bound).unwrap_or_default())),
        };
        if let Some(plan) = self.finder.improve(peak, least, hint.as_deref().unwrap_or_default()) {
            return Known { least: Some(least.min(plan.len())), plan: Some(plan) };
        }
        match program::solve(self.model, peak, Goal::Moves, hint.as_deref(), nodes) {
            Answer::Best(plan) => Known { least: Some(plan.len()), plan: Some(plan) },
            Answer::None => Known { plan: None, least: None },
            Answer::Open(plan, bound) => {
                let least = least.max(usize::try_from(bound).unwrap_or_default());
                Known { plan: plan.or(hint), least: Some(least) }
            }
        }
    }

    /// The lowest peak that a plan reaches, with the fewest moves.
    pub(super) fn lowest(&mut self) -> Found {
        let model = self.model;
        let before = model.peak();
        let bodies = i64::try_from(model.bodies.len()).unwrap_or(i64::MAX).max(1);
        let average = -(-model.loads.iter().sum::<i64>()).div_euclid(bodies);
        let alone = (0..model.bodies.len()).map(|body| model.lowest(body)).max().unwrap_or_default();
        let mut bound = self.lattice.at_least(average.max(alone)).min(before);
        if self.within(bound, NODES).plan.is_none()
            && let Some(relaxed) = program::relaxed_peak(model)
        {
            bound = self.lattice.at_least(relaxed.max(bound)).min(before);
        }
        // upwards by ever larger steps to a peak that is reached, then back to the lowest
        let (mut low, mut high, mut step) = (bound - 1, bound, self.lattice.step);
        while high < before && self.within(high, NODES).plan.is_none() {
            (low, high, step) = (high, self.lattice.at_least(high + step).min(before), step * 2);
        }
        while self.lattice.at_most(high - 1) > low {
            let middle = self.lattice.at_most(low + (high - low) / 2).max(self.lattice.at_least(low + 1));
            let middle = if middle >= high { self.lattice.at_most(high - 1) } else { middle };
            if self.within(middle, NODES).plan.is_some() { high = middle } else { low = middle }
        }
        let out_of_reach = self.known.iter().filter(|(_, known)| known.least.is_none()).map(|(&peak, _)| peak).max();
        let lower_bound = out_of_reach.map_or(bound, |peak| self.lattice.at_least(peak + 1).max(bound)).min(high);
        Found { lower_bound, ..self.found(high) }
    }

    /// The plan with the fewest moves within a peak that one is known for.
    pub(super) fn found(&mut self, peak: i64) -> Found {
        let known = self.within(peak, NODES);
        let fewest = known.fewest();
        Found { peak, plan: known.plan.unwrap_or_default(), fewest, lower_bound: peak }
    }

    /// For each number of moves the lowest peak, up to the plan with the lowest of all.
    pub(super) fn frontier(&mut self, lowest: &Found) -> Vec<Point> {
        let before = self.model.peak();
        let mut points = vec![Point { moves: 0, peak: before, lower_bound: before }];
        if lowest.plan.is_empty() {
            return points;
        }
        let mut above = before;
        for moves in 1..lowest.plan.len() {
            // the lowest peak that counting does not exclude
            let (mut low, mut high) = (lowest.peak - 1, above);
            while high - low > 1 {
                let middle = low + (high - low) / 2;
                let reached = self.finder.fewest(middle).is_some_and(|fewest| fewest <= moves);
                if reached { high = middle } else { low = middle }
            }
            let (mut low, mut unproven) = (high - 1, high);
            // upwards from there to the first that a plan reaches
            let mut reached = high;
            let mut step = 1;
            while reached < above && !self.reaches(reached, moves, &mut unproven) {
                (low, reached, step) = (reached, (reached + step).min(above), step * 2);
            }
            while reached - low > 1 {
                let middle = low + (reached - low) / 2;
                if self.reaches(middle, moves, &mut unproven) { reached = middle } else { low = middle }
            }
            let peak = self.lattice.at_most(reached);
            above = peak;
            let lower_bound = unproven.min(peak);
            points.push(Point {
                moves,
                peak,
                lower_bound: if lower_bound < peak { self.lattice.at_least(lower_bound) } else { peak },
            });
        }
        points.push(Point { moves: lowest.plan.len(), peak: lowest.peak, lower_bound: lowest.lower_bound });
        points
    }

    /// Whether a plan of so many moves keeps within the peak; raises `unproven` to above the peaks that none does for sure.
    fn reaches(&mut self, peak: i64, moves: usize, unproven: &mut i64) -> bool {
        let known = self.within(peak, POINT_NODES);
        if known.plan.as_ref().is_some_and(|plan| plan.len() <= moves) {
            return true;
        }
        if known.least.is_none_or(|least| least > moves) {
            *unproven = (*unproven).max(peak + 1);
        }
        false
    }

    /// How it is proven that so many moves reach nothing below the peak.
    pub(super) fn proof_by_counting(&self, peak: i64, moves: usize) -> Proof {
        let below = self.lattice.at_most(peak - 1);
        if self.finder.fewest(below).is_none_or(|fewest| fewest > moves) { Proof::Counting } else { Proof::Program }
    }
}
