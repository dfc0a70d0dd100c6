//! Plans found without proof, and bounds without search: they spare the integer program most of its work.

use super::model::Model;

/// Steps of one attempt of [`Finder::improve`].
const STEPS: usize = 60_000;

/// Attempts, each from another beginning.
const ATTEMPTS: u64 = 6;

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
                    && state.is_free(index)
                    && state.loads[burdened] + exchange.gain.abs() <= peak
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
        Some(state.plan())
    }

    /// A plan of at most so many moves that keeps all loads within the peak, by simulated annealing from `start`; none where it
    /// finds none. The same arguments give the same plan.
    pub(super) fn improve(&self, peak: i64, moves: usize, start: &[usize]) -> Option<Vec<usize>> {
        let model = self.model;
        if model.exchanges.is_empty() {
            return None;
        }
        (0..ATTEMPTS).find_map(|attempt| self.anneal(peak, moves, start, attempt))
    }

    /// One attempt: exchanges are chosen and given back, worse states taken ever more rarely.
    fn anneal(&self, peak: i64, moves: usize, start: &[usize], attempt: u64) -> Option<Vec<usize>> {
        let model = self.model;
        let mut random = Random(attempt.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1);
        let mut state = State::new(model, peak);
        start.iter().filter(|&&index| state.is_free(index)).copied().collect::<Vec<_>>().into_iter().for_each(
            |index| {
                if state.is_free(index) {
                    state.choose(index);
                }
            },
        );
        let largest = model.exchanges.iter().map(|exchange| exchange.gain.abs()).max().unwrap_or(1);
        // a move too many costs as much as the smallest of them shifts
        let smallest = model.exchanges.iter().map(|exchange| exchange.gain.abs()).min().unwrap_or(1);
        let cost = |state: &State| {
            let over = i64::try_from(state.chosen.saturating_sub(moves)).unwrap_or(i64::MAX);
            state.excess + over * smallest
        };
        let mut now = cost(&state);
        for step in 0..STEPS {
            if now == 0 {
                break;
            }
            let index = random.below(model.exchanges.len());
            let before = now;
            let mut undone = Vec::new();
            if state.is_chosen(index) {
                state.give_back(index);
                undone.push((index, true));
                // often another takes its place
                if random.below(4) > 0 {
                    let exchange = &model.exchanges[index];
                    let others = &model.of_body[exchange.relieved()];
                    let other = others[random.below(others.len())];
                    if other != index && !state.is_chosen(other) && state.is_free(other) {
                        state.choose(other);
                        undone.push((other, false));
                    }
                }
            } else {
                let task = model.exchanges[index].task;
                for &other in &model.of_task[task] {
                    if state.is_chosen(other) && collide(model, index, other) {
                        state.give_back(other);
                        undone.push((other, true));
                    }
                }
                state.choose(index);
                undone.push((index, false));
            }
            now = cost(&state);
            let left = i64::try_from(STEPS - step).unwrap_or(i64::MAX);
            let warmth = largest * left / i64::try_from(STEPS).unwrap_or(i64::MAX);
            // a worsening is taken with a chance that falls with its size and with time
            let worse = now - before;
            if worse > 0 && !random.accepts(worse, warmth) {
                for (index, was_chosen) in undone.into_iter().rev() {
                    if was_chosen { state.choose(index) } else { state.give_back(index) }
                }
                now = before;
            }
        }
        (now == 0).then(|| state.plan())
    }
}

/// Whether two exchanges of a task share a body.
fn collide(model: &Model, one: usize, other: usize) -> bool {
    let (one, other) = (&model.exchanges[one], &model.exchanges[other]);
    [one.from, one.to].iter().any(|body| [other.from, other.to].contains(body))
}

/// Chosen exchanges and the loads after them.
struct State<'a> {
    model: &'a Model,
    peak: i64,
    loads: Vec<i64>,
    is_in: Vec<bool>,
    chosen: usize,
    /// Σ of what loads are above the peak.
    excess: i64,
}

impl<'a> State<'a> {
    fn new(model: &'a Model, peak: i64) -> Self {
        let excess = model.loads.iter().map(|load| (load - peak).max(0)).sum();
        Self { model, peak, loads: model.loads.clone(), is_in: vec![false; model.exchanges.len()], chosen: 0, excess }
    }

    fn is_chosen(&self, index: usize) -> bool {
        self.is_in[index]
    }

    /// Whether neither body of an exchange takes part in a chosen one of the task.
    fn is_free(&self, index: usize) -> bool {
        let task = self.model.exchanges[index].task;
        !self.model.of_task[task].iter().any(|&other| self.is_in[other] && collide(self.model, index, other))
    }

    fn choose(&mut self, index: usize) {
        self.is_in[index] = true;
        self.chosen += 1;
        self.shift(index, 1);
    }

    fn give_back(&mut self, index: usize) {
        self.is_in[index] = false;
        self.chosen -= 1;
        self.shift(index, -1);
    }

    fn shift(&mut self, index: usize, sign: i64) {
        let exchange = self.model.exchanges[index];
        for (body, change) in [(exchange.from, -exchange.gain * sign), (exchange.to, exchange.gain * sign)] {
            let load = &mut self.loads[body];
            self.excess -= (*load - self.peak).max(0);
            *load += change;
            self.excess += (*load - self.peak).max(0);
        }
    }

    fn plan(&self) -> Vec<usize> {
        self.is_in.iter().enumerate().filter_map(|(index, &chosen)| chosen.then_some(index)).collect()
    }
}

/// Numbers that only look random: xorshift of G. Marsaglia, Journal of Statistical Software 8 (14), 2003.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    /// A number below `end`, which is above 0.
    fn below(&mut self, end: usize) -> usize {
        let end = u64::try_from(end).unwrap_or(u64::MAX).max(1);
        usize::try_from((self.next() >> 16) % end).unwrap_or_default()
    }

    /// Whether a worsening is accepted: for sizes above the warmth never, below it the more readily the smaller.
    fn accepts(&mut self, worse: i64, warmth: i64) -> bool {
        let chance = u64::try_from(worse).unwrap_or(u64::MAX);
        let room = u64::try_from(warmth).unwrap_or_default();
        // one in 2^(4 · worse / warmth)
        room > 0
            && chance <= room * 4
            && (self.next() >> 20).trailing_zeros() >= u32::try_from(chance * 4 / room).unwrap_or(63)
    }
}
