//! Bounds without search, and first plans.

use super::model::Model;
use super::walk::State;

/// What the search keeps at hand about a model.
#[derive(Debug)]
pub(super) struct Finder<'a> {
    model: &'a Model,
    /// For every body what it can be relieved of by its 0, 1, 2, … largest moves.
    reliefs: Vec<Vec<i64>>,
}

impl<'a> Finder<'a> {
    pub(super) fn new(model: &'a Model) -> Self {
        let sums = |body| {
            let mut sums = vec![0];
            let mut sum = 0;
            for relief in model.reliefs(body) {
                sum += relief;
                sums.push(sum);
            }
            sums
        };
        Self { model, reliefs: (0..model.bodies.len()).map(sums).collect() }
    }

    /// The fewest moves by which each body alone could come down to the peak, added up; none where one cannot.
    ///
    /// A move relieves one body, so no plan has fewer.
    pub(super) fn fewest(&self, peak: i64) -> Option<usize> {
        let of_body = |(load, sums): (&i64, &Vec<i64>)| {
            let moves = sums.partition_point(|sum| load - sum > peak);
            (moves < sums.len()).then_some(moves)
        };
        self.model.loads.iter().zip(&self.reliefs).map(of_body).sum()
    }

    /// A plan that keeps all loads within the peak by relieving the fullest body first; none where that leads nowhere.
    pub(super) fn greedy(&self, peak: i64) -> Option<Vec<usize>> {
        let model = self.model;
        let mut state = State::new(model, peak);
        while state.excess > 0 {
            let body = (0..model.loads.len()).max_by_key(|&body| (state.loads[body], std::cmp::Reverse(body)))?;
            let excess = state.loads[body] - peak;
            let fits = |&&index: &&usize| {
                let exchange = &model.exchanges[index];
                let burdened = exchange.burdened();
                exchange.relieved() == body
                    && state.loads[burdened] + exchange.gain.abs() <= peak
                    && state.is_free(index)
            };
            let worth = |&&index: &&usize| {
                let exchange = &model.exchanges[index];
                let room = peak - state.loads[exchange.burdened()] - exchange.gain.abs();
                let binding = model.binding[exchange.task];
                (exchange.gain.abs().min(excess), room, -binding, std::cmp::Reverse(index))
            };
            let &index = model.of_body[body].iter().filter(fits).max_by_key(worth)?;
            state.choose(index);
        }
        let mut plan = state.chosen;
        plan.sort_unstable();
        Some(plan)
    }
}
