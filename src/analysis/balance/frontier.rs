//! The lowest peak for every number of moves.

use super::lowest::{Found, Peaks};

/// The lowest peak of so many moves, in units.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Point {
    pub(super) moves: usize,
    pub(super) peak: i64,
    /// The lowest peak that is not proven to be out of reach with so many moves.
    pub(super) lower_bound: i64,
}

impl Peaks<'_> {
    /// For each number of moves the lowest peak, up to the plan with the lowest of all; leaves so much work.
    ///
    /// What `limit` moves reach is looked for first, and with half of the work.
    pub(super) fn frontier(&mut self, lowest: &Found, limit: usize, kept: u64) -> Vec<Point> {
        let before = self.model.peak();
        let mut points = vec![Point { moves: 0, peak: before, lower_bound: before }];
        if lowest.plan.is_empty() {
            return points;
        }
        self.prefixes(&lowest.plan);
        let count = lowest.plan.len();
        if limit > 0 && limit < count {
            self.point(limit, lowest, self.work.above(kept) / 2);
        }
        for moves in 1..count {
            let share = self.work.above(kept) / u64::try_from(count - moves).unwrap_or(1);
            // most points need little: what they leave falls to the others
            let point = self.point(moves, lowest, (share * 4).min(self.work.above(kept) / 8));
            points.push(point);
        }
        // what was found for more moves may serve fewer, and what was excluded for fewer holds for more
        for point in &mut points {
            *point = self.known_point(point.moves, lowest);
        }
        points.push(Point { moves: count, peak: lowest.peak, lower_bound: lowest.lower_bound });
        points
    }

    /// Notes the first moves of a plan, those before the others that lower the largest load.
    fn prefixes(&mut self, plan: &[usize]) {
        let model = self.model;
        let mut rest = plan.to_vec();
        let mut loads = model.loads.clone();
        let mut prefix = Vec::new();
        while !rest.is_empty() {
            let after = |index: usize| {
                let exchange = &model.exchanges[index];
                let (relieved, burdened) = (exchange.relieved(), exchange.burdened());
                let over = loads[burdened] + exchange.gain.abs();
                (loads[relieved] - over, exchange.gain.abs())
            };
            let best = (0..rest.len()).max_by_key(|&place| after(rest[place])).unwrap_or_default();
            let index = rest.swap_remove(best);
            let exchange = &model.exchanges[index];
            loads[exchange.from] -= exchange.gain;
            loads[exchange.to] += exchange.gain;
            prefix.push(index);
            self.note(prefix.clone());
        }
        self.work.spend(u64::try_from(plan.len() * plan.len()).unwrap_or(u64::MAX) / 20);
    }

    /// What is known of so many moves.
    fn known_point(&self, moves: usize, lowest: &Found) -> Point {
        let before = self.model.peak();
        let (mut low, mut high) = (lowest.lower_bound, before);
        // the lowest peak that is not excluded
        while low < high {
            let middle = low + (high - low) / 2;
            if self.least(middle) > moves { low = middle + 1 } else { high = middle }
        }
        let peak = self.reached(moves).unwrap_or(before);
        Point { moves, peak, lower_bound: self.lattice.at_least(low).min(peak) }
    }

    /// Looks for the lowest peak of so many moves, with so much work.
    fn point(&mut self, moves: usize, lowest: &Found, most: u64) -> Point {
        let end = self.work.left().saturating_sub(most);
        let mut point = self.known_point(moves, lowest);
        let mut step = 0;
        // peaks that are neither reached nor excluded
        let mut open = point.lower_bound - 1;
        while point.lower_bound < point.peak && open < self.lattice.at_most(point.peak - 1) && self.work.left() > end {
            let first = self.lattice.at_least(point.lower_bound.max(open + 1));
            let peak = if step == 0 {
                first
            } else {
                // upwards by ever larger steps, then the middle
                self.lattice.at_most((first + step).min(first + (point.peak - first) / 2)).max(first)
            };
            self.attempt(peak, moves, self.work.above(end));
            let now = self.known_point(moves, lowest);
            if now == point {
                open = peak;
            }
            step = if now.peak < point.peak { 0 } else { step * 2 + self.lattice.step };
            point = now;
        }
        point
    }

    /// Looks for a plan of so many moves within a peak, or for a proof that there is none.
    fn attempt(&mut self, peak: i64, moves: usize, most: u64) {
        let is_reached = |peaks: &Self| peaks.plan(peak).is_some_and(|plan| plan.len() <= moves);
        self.relieve(peak);
        if is_reached(self) {
            return;
        }
        let longer = self.plan(peak).cloned().unwrap_or_default();
        if self.walk(peak, moves, &longer, [self.steps() / 6, 4, 0]) {
            return;
        }
        self.ask(peak, most / 2);
        if !is_reached(self) && self.least(peak) <= moves {
            self.round(peak, self.steps() / 6, most / 4);
        }
        if !is_reached(self) && self.least(peak) <= moves {
            self.improve(peak, most / 4);
        }
    }
}
