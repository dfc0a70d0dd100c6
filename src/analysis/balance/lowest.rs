//! The lowest peak, and the fewest moves that reach it.

use std::collections::BTreeMap;

use super::lattice::Lattice;
use super::model::Model;
use super::part;
use super::program::{self, Answer, Goal, Relaxed};
use super::proof::Proof;
use super::search::Finder;
use super::walk::{Aim, walk};
use super::work::Work;

/// Most steps of one walk.
const STEPS: u64 = 40_000;

/// Steps of one walk for every exchange there is.
const STEPS_EACH: u64 = 40;

/// What the program may cost before plans are sought otherwise.
const QUICK: u64 = 1_500_000;

/// Walks from other beginnings towards the lowest peak that is not excluded.
const WALKS: u64 = 3;

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

/// What is known of the plans within a peak.
#[derive(Clone, Debug, Default)]
struct Known {
    /// The plan with the fewest moves found.
    plan: Option<Vec<usize>>,
    /// No plan has fewer moves than this; the largest number where there is no plan.
    least: usize,
}

/// Peaks, and what has been found out about them.
pub(super) struct Peaks<'a> {
    pub(super) model: &'a Model,
    pub(super) finder: Finder<'a>,
    pub(super) lattice: Lattice,
    known: BTreeMap<i64, Known>,
    /// What may still be tried.
    pub(super) work: Work,
}

impl<'a> Peaks<'a> {
    pub(super) fn new(model: &'a Model, work: Work) -> Self {
        Self { model, finder: Finder::new(model), lattice: Lattice::of(model), known: BTreeMap::new(), work }
    }

    /// Steps of one walk.
    pub(super) fn steps(&self) -> u64 {
        u64::try_from(self.model.exchanges.len()).map_or(STEPS, |count| (count * STEPS_EACH).min(STEPS))
    }

    /// The shortest plan known that keeps within a peak.
    pub(super) fn plan(&self, peak: i64) -> Option<&Vec<usize>> {
        let before = if self.model.peak() <= peak { Some(&EMPTY) } else { None };
        let plans = self.known.range(..=peak).filter_map(|(_, known)| known.plan.as_ref());
        plans.chain(before).min_by_key(|plan| plan.len())
    }

    /// The number of moves that no plan within a peak can go below; the largest number where there is no plan.
    pub(super) fn least(&self, peak: i64) -> usize {
        let known = self.known.range(peak..).map(|(_, known)| known.least).max().unwrap_or_default();
        known.max(self.finder.fewest(peak).unwrap_or(usize::MAX))
    }

    /// Notes a plan under the peak that it reaches.
    pub(super) fn note(&mut self, plan: Vec<usize>) {
        let peak = self.model.after(&plan).into_iter().max().unwrap_or_default();
        let known = self.known.entry(peak).or_default();
        if known.plan.as_ref().is_none_or(|known| known.len() > plan.len()) {
            known.plan = Some(plan);
        }
    }

    fn note_least(&mut self, peak: i64, least: usize) {
        let known = self.known.entry(peak).or_default();
        known.least = known.least.max(least);
    }

    fn is_settled(&self, peak: i64) -> bool {
        let least = self.least(peak);
        least == usize::MAX || self.plan(peak).is_some_and(|plan| plan.len() <= least)
    }

    /// Relieves the fullest bodies first.
    pub(super) fn relieve(&mut self, peak: i64) {
        let plan = self.finder.greedy(peak);
        let moves = plan.as_ref().map_or(self.model.bodies.len(), Vec::len);
        self.work.spend(u64::try_from(moves * (self.model.bodies.len() + 60)).unwrap_or(u64::MAX) / 20);
        if let Some(plan) = plan {
            self.note(plan);
        }
    }

    /// Walks towards a plan of so many moves within the peak; says whether it arrived.
    pub(super) fn walk(&mut self, peak: i64, moves: usize, start: &[usize], [steps, cool, seed]: [u64; 3]) -> bool {
        if self.model.exchanges.is_empty() {
            return false;
        }
        self.work.spend(steps * 6);
        let cool = i64::try_from(cool).unwrap_or(1);
        let walked = walk(self.model, &Aim { peak, moves, binding: i64::MAX, steps, cool, seed }, start);
        self.note(walked.plan);
        walked.reached
    }

    /// Relaxes the program, and walks from what that does by more than a half to a plan.
    pub(super) fn round(&mut self, peak: i64, steps: u64, most: u64) {
        if self.is_settled(peak) {
            return;
        }
        match program::relaxed(self.model, peak, Goal::Moves, &mut self.work) {
            Relaxed::Bound(bound, done) => {
                self.note_least(peak, usize::try_from(bound).unwrap_or_default());
                if self.is_settled(peak) {
                    return;
                }
                let start: Vec<usize> = (0..done.len()).filter(|&index| done[index] > 0.5).collect();
                let least = self.least(peak);
                for (seed, cool) in [(0, 32), (1, 8)] {
                    if self.is_settled(peak) || self.walk(peak, least, &start, [steps, cool, seed]) {
                        return;
                    }
                }
                // what is done in full or not at all stays so: T. Berthold, *RENS*, Mathematical Programming Computation 6, 2014
                let is_partial = |index: usize| done[index] > 1e-6 && done[index] < 1.0 - 1e-6;
                let mut rounded: Vec<usize> = (0..done.len()).filter(|&index| done[index] > 1.0 - 1e-6).collect();
                if part::again(self.model, peak, Goal::Moves, &mut rounded, &is_partial, &mut self.work, most / 4) {
                    self.note(rounded);
                }
            }
            Relaxed::None => self.note_least(peak, usize::MAX),
            Relaxed::Open => {}
        }
    }

    /// Chooses anew between a few bodies at a time.
    pub(super) fn improve(&mut self, peak: i64, most: u64) {
        let least = i64::try_from(self.least(peak)).unwrap_or(i64::MAX);
        if let Some(mut plan) = self.plan(peak).cloned().filter(|plan| !plan.is_empty()) {
            part::improve(self.model, peak, Goal::Moves, &mut plan, least, &mut self.work, most);
            self.note(plan);
        }
    }

    /// Asks the integer program for the fewest moves within a peak.
    pub(super) fn ask(&mut self, peak: i64, most: u64) {
        if self.is_settled(peak) || most == 0 {
            return;
        }
        let hint = self.plan(peak).cloned();
        match program::solve(self.model, peak, Goal::Moves, hint.as_deref(), &mut self.work, most) {
            Answer::Best(plan) => {
                self.note_least(peak, plan.len());
                self.note(plan);
            }
            Answer::None => self.note_least(peak, usize::MAX),
            Answer::Open(plan, bound) => {
                self.note_least(peak, usize::try_from(bound).unwrap_or_default());
                if let Some(plan) = plan {
                    self.note(plan);
                }
            }
        }
    }

    /// The lowest peak that a plan reaches, with the fewest moves; leaves so much work for what comes after.
    pub(super) fn lowest(&mut self, for_moves: u64, kept: u64) -> Found {
        let before = self.model.peak();
        let bound = self.bound().min(before);
        self.search(bound, before);
        let mut high = self.known.iter().filter(|(_, known)| known.plan.is_some()).map(|(&peak, _)| peak).min();
        // the program, for what walking does not reach
        let mut low = bound;
        while high.unwrap_or(before) > low {
            let now = high.unwrap_or(before);
            let room = self.work.above(for_moves + kept);
            let below = self.lattice.at_most(now - 1);
            // where the gap is wide, the middle of it
            let middle = self.lattice.at_least(low + (now - low) / 2).min(below);
            for peak in [middle, below] {
                self.ask(peak, room / 2);
                if self.least(peak) == usize::MAX {
                    low = self.lattice.at_least(peak + 1);
                }
                if self.plan(peak).is_some() {
                    break;
                }
            }
            let found = self.known.iter().filter(|(_, known)| known.plan.is_some()).map(|(&peak, _)| peak).min();
            if room == 0 || (found == high && low < now) {
                break;
            }
            high = found;
        }
        let high = high.map_or(before, |high| high.min(before));
        self.shorten(high, kept);
        Found { lower_bound: low.min(high), ..self.found(high) }
    }

    /// What no peak is below: the mean load, what a body cannot hand over, and what exchanges in fractions reach.
    fn bound(&mut self) -> i64 {
        let model = self.model;
        let bodies = i64::try_from(model.bodies.len()).unwrap_or(i64::MAX).max(1);
        let average = -(-model.loads.iter().sum::<i64>()).div_euclid(bodies);
        let alone = (0..model.bodies.len()).map(|body| model.lowest(body)).max().unwrap_or_default();
        let bound = self.lattice.at_least(average.max(alone));
        if self.reach(bound, 0) || model.exchanges.is_empty() {
            return bound;
        }
        let relaxed = program::relaxed_peak(model, &mut self.work);
        relaxed.map_or(bound, |relaxed| self.lattice.at_least(relaxed.max(bound)))
    }

    /// Looks for any plan within a peak; says whether there is one.
    fn reach(&mut self, peak: i64, seed: u64) -> bool {
        if self.plan(peak).is_none() && seed == 0 {
            self.relieve(peak);
        }
        self.plan(peak).is_some() || self.walk(peak, usize::MAX, &[], [self.steps() * 4, 2, seed])
    }

    /// Walks to ever lower peaks down to the bound.
    fn search(&mut self, bound: i64, before: i64) {
        if (0..WALKS).any(|seed| self.reach(bound, seed)) {
            return;
        }
        let mut low = bound;
        loop {
            let high = self.known.iter().filter(|(_, known)| known.plan.is_some()).map(|(&peak, _)| peak).min();
            let high = high.unwrap_or(before).min(before);
            let middle = self.lattice.at_least(low + 1).max(self.lattice.at_most(low + (high - low) / 2));
            if middle >= high {
                break;
            }
            if !self.reach(middle, 0) {
                low = middle;
            }
        }
    }

    /// Looks for shorter plans within a peak that one is known for; leaves so much work.
    fn shorten(&mut self, peak: i64, kept: u64) {
        self.relieve(peak);
        let mut seed = 0;
        let mut low = self.least(peak);
        let short = |peaks: &Self| peaks.plan(peak).map_or(0, Vec::len);
        if short(self) > low {
            let start = self.plan(peak).cloned().unwrap_or_default();
            self.walk(peak, low, &start, [self.steps(), 2, seed]);
        }
        if short(self) > low {
            self.ask(peak, (self.work.above(kept) / 8).min(QUICK));
            self.round(peak, self.steps(), self.work.above(kept) / 8);
        }
        // walks to the middle, until the middle is where they do not arrive
        low = self.least(peak);
        while short(self) > low && low < usize::MAX && self.work.above(kept) > 4 * self.steps() {
            let start = self.plan(peak).cloned().unwrap_or_default();
            let middle = low + (start.len() - low) / 2;
            seed += 1;
            if !self.walk(peak, middle, &start, [self.steps(), 2, seed]) {
                low = middle + 1;
            }
        }
        self.improve(peak, self.work.above(kept) / 4 * 3);
        self.ask(peak, self.work.above(kept));
    }

    /// The plan with the fewest moves within a peak that one is known for.
    pub(super) fn found(&self, peak: i64) -> Found {
        let plan = self.plan(peak).cloned().unwrap_or_default();
        Found { peak, fewest: plan.len() <= self.least(peak), plan, lower_bound: peak }
    }

    /// The lowest peak that a plan of so many moves is known for.
    pub(super) fn reached(&self, moves: usize) -> Option<i64> {
        let short = |plan: &Vec<usize>| plan.len() <= moves;
        self.known.iter().find(|(_, known)| known.plan.as_ref().is_some_and(short)).map(|(&peak, _)| peak)
    }

    /// How it is proven that so many moves reach nothing below the peak.
    pub(super) fn proof_by_counting(&self, peak: i64, moves: usize) -> Proof {
        let below = self.lattice.at_most(peak - 1);
        if self.finder.fewest(below).is_none_or(|fewest| fewest > moves) { Proof::Counting } else { Proof::Program }
    }
}

/// The plan without moves.
static EMPTY: Vec<usize> = Vec::new();
