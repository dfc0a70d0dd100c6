//! Plans found by a walk from one to the next: quick, without proof.

use super::model::Model;

/// Tries to find an exchange that relieves a body before another body is looked at.
const TRIES: usize = 8;

/// Exchanges that one step may hand on from body to body.
const CHAIN: usize = 3;

/// How much one unit of load or of moves counts, beside one of what binds.
const TASKS_AGAINST_LOAD: i64 = 2;

/// Where a walk is to lead, and how it goes there.
#[derive(Clone, Copy, Debug)]
pub(super) struct Aim {
    /// The peak, in units.
    pub(super) peak: i64,
    /// The most moves.
    pub(super) moves: usize,
    /// The most quantities and deadlines of the tasks.
    pub(super) binding: i64,
    /// The most steps.
    pub(super) steps: u64,
    /// Worsenings up to this part of the largest exchange are taken at first.
    pub(super) cool: i64,
    /// Walks of different seeds go different ways.
    pub(super) seed: u64,
}

/// Where a walk ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Walked {
    /// The plan.
    pub(super) plan: Vec<usize>,
    /// The largest load after it, in units.
    pub(super) peak: i64,
    /// Whether it keeps within the peak and the number of moves that were asked for.
    pub(super) reached: bool,
}

/// Walks from a plan towards one of at most so many moves within the peak, in at most so many steps.
///
/// A step relieves a body above the peak, or gives back a move where there are too many; what it overfills on the way it may
/// relieve at once. Worse plans are taken ever more rarely: S. Kirkpatrick, C. D. Gelatt and M. P. Vecchi, *Optimization by
/// simulated annealing*, Science 220, 1983. The same arguments give the same plan.
pub(super) fn walk(model: &Model, aim: &Aim, start: &[usize]) -> Walked {
    let &Aim { peak, moves, binding, steps, cool, seed } = aim;
    let mut state = State::new(model, peak);
    for &index in start {
        if state.is_free(index) {
            state.choose(index);
        }
    }
    let sizes = || model.exchanges.iter().map(|exchange| exchange.gain.abs());
    let largest = sizes().max().unwrap_or(1);
    // a move too many costs as much as the smallest of them shifts
    let smallest = sizes().min().unwrap_or(1);
    let mut random = Random::of(seed);
    let cost = |state: &State<'_>| {
        let over = state.chosen.len().saturating_sub(moves);
        let bound = if binding == i64::MAX { 0 } else { (state.binding - binding).max(0) * smallest };
        state.excess * TASKS_AGAINST_LOAD
            + i64::try_from(over).unwrap_or(i64::MAX) * smallest * TASKS_AGAINST_LOAD
            + bound
    };
    let mut now = cost(&state);
    let mut undo = Vec::new();
    let all = i128::from(steps.max(1));
    for step in 0..steps {
        if now == 0 {
            break;
        }
        undo.clear();
        state.step(&mut random, moves, binding, &mut undo);
        let worse = cost(&state) - now;
        let left = i128::from(steps - step);
        // falls with the square of the time left
        let warmth =
            i64::try_from(i128::from(largest * TASKS_AGAINST_LOAD) * left * left / (all * all * i128::from(cool)))
                .unwrap_or(i64::MAX);
        if worse > 0 && !random.accepts(worse, warmth) {
            for &(index, was_chosen) in undo.iter().rev() {
                if was_chosen { state.choose(index) } else { state.give_back(index) }
            }
        } else {
            now += worse;
        }
    }
    let mut plan = state.chosen.clone();
    plan.sort_unstable();
    Walked { plan, peak: state.loads.iter().copied().max().unwrap_or_default(), reached: now == 0 }
}

/// Members of a range, with room to draw one at random.
#[derive(Clone, Debug, Default)]
struct Drawn {
    members: Vec<usize>,
    places: Vec<usize>,
}

impl Drawn {
    fn of(count: usize) -> Self {
        Self { members: Vec::new(), places: vec![usize::MAX; count] }
    }

    fn has(&self, member: usize) -> bool {
        self.places[member] != usize::MAX
    }

    fn add(&mut self, member: usize) {
        if !self.has(member) {
            self.places[member] = self.members.len();
            self.members.push(member);
        }
    }

    fn remove(&mut self, member: usize) {
        let place = std::mem::replace(&mut self.places[member], usize::MAX);
        if place != usize::MAX {
            self.members.swap_remove(place);
            if let Some(&other) = self.members.get(place) {
                self.places[other] = place;
            }
        }
    }
}

/// Chosen exchanges and the loads after them.
pub(super) struct State<'a> {
    model: &'a Model,
    peak: i64,
    /// The loads, in units.
    pub(super) loads: Vec<i64>,
    /// The chosen exchanges, in no order.
    pub(super) chosen: Vec<usize>,
    places: Vec<usize>,
    /// Σ of what loads are above the peak.
    pub(super) excess: i64,
    /// How binding the tasks of the chosen exchanges are.
    binding: i64,
    above: Drawn,
}

impl<'a> State<'a> {
    pub(super) fn new(model: &'a Model, peak: i64) -> Self {
        let mut above = Drawn::of(model.loads.len());
        (0..model.loads.len()).filter(|&body| model.loads[body] > peak).for_each(|body| above.add(body));
        Self {
            model,
            peak,
            loads: model.loads.clone(),
            chosen: Vec::new(),
            places: vec![usize::MAX; model.exchanges.len()],
            excess: model.loads.iter().map(|load| (load - peak).max(0)).sum(),
            binding: 0,
            above,
        }
    }

    fn is_chosen(&self, index: usize) -> bool {
        self.places[index] != usize::MAX
    }

    /// Whether it is not chosen, and neither body takes part in a chosen exchange of the task.
    pub(super) fn is_free(&self, index: usize) -> bool {
        let task = self.model.exchanges[index].task;
        !self.model.of_task[task].iter().any(|&other| self.is_chosen(other) && collide(self.model, index, other))
    }

    pub(super) fn choose(&mut self, index: usize) {
        self.places[index] = self.chosen.len();
        self.chosen.push(index);
        self.shift(index, 1);
    }

    fn give_back(&mut self, index: usize) {
        let place = std::mem::replace(&mut self.places[index], usize::MAX);
        self.chosen.swap_remove(place);
        if let Some(&other) = self.chosen.get(place) {
            self.places[other] = place;
        }
        self.shift(index, -1);
    }

    fn shift(&mut self, index: usize, sign: i64) {
        let exchange = self.model.exchanges[index];
        self.binding += self.model.binding[exchange.task] * sign;
        for (body, change) in [(exchange.from, -exchange.gain * sign), (exchange.to, exchange.gain * sign)] {
            let load = &mut self.loads[body];
            self.excess -= (*load - self.peak).max(0);
            *load += change;
            let over = *load - self.peak;
            self.excess += over.max(0);
            if over > 0 { self.above.add(body) } else { self.above.remove(body) }
        }
    }

    /// Changes the plan a little; `undo` receives what was changed, and whether it was chosen before.
    fn step(&mut self, random: &mut Random, moves: usize, binding: i64, undo: &mut Vec<(usize, bool)>) {
        let too_many = self.chosen.len() > moves || self.binding > binding;
        let above = self.above.members.len();
        if above > 0 && (!too_many || random.below(4) > 0) {
            let mut body = self.above.members[random.below(above)];
            for _ in 0..CHAIN {
                let Some(other) = self.relieve(body, random, undo) else { break };
                if self.loads[other] <= self.peak || random.below(4) == 0 {
                    break;
                }
                body = other;
            }
        } else if too_many && !self.chosen.is_empty() {
            let index = self.chosen[random.below(self.chosen.len())];
            self.give_back(index);
            undo.push((index, true));
            // often another takes its place
            if random.below(4) > 0 {
                self.relieve(self.model.exchanges[index].relieved(), random, undo);
            }
        }
    }

    /// Chooses or gives back one exchange so that the load of a body falls, and names the body whose load rises by it.
    fn relieve(&mut self, body: usize, random: &mut Random, undo: &mut Vec<(usize, bool)>) -> Option<usize> {
        let model = self.model;
        let known = &model.of_body[body];
        for _ in 0..TRIES.min(known.len() * 2) {
            let index = known[random.below(known.len())];
            let exchange = &model.exchanges[index];
            if undo.iter().any(|(known, _)| *known == index) {
                continue;
            }
            if self.is_chosen(index) {
                if exchange.burdened() == body {
                    self.give_back(index);
                    undo.push((index, true));
                    return Some(exchange.relieved());
                }
            } else if exchange.relieved() == body {
                for &other in &model.of_task[exchange.task] {
                    if self.is_chosen(other) && collide(model, index, other) {
                        self.give_back(other);
                        undo.push((other, true));
                    }
                }
                self.choose(index);
                undo.push((index, false));
                return Some(exchange.burdened());
            }
        }
        None
    }
}

/// Whether two exchanges of a task share a body.
fn collide(model: &Model, one: usize, other: usize) -> bool {
    let (one, other) = (&model.exchanges[one], &model.exchanges[other]);
    [one.from, one.to].iter().any(|body| [other.from, other.to].contains(body))
}

/// Numbers that only look random: xorshift of G. Marsaglia, Journal of Statistical Software 8 (14), 2003.
pub(super) struct Random(u64);

impl Random {
    pub(super) fn of(seed: u64) -> Self {
        Self((seed + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1)
    }

    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    /// A number below `end`, which is above 0.
    pub(super) fn below(&mut self, end: usize) -> usize {
        let end = u64::try_from(end).unwrap_or(u64::MAX).max(1);
        usize::try_from(((self.next() >> 32) * end) >> 32).unwrap_or_default()
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
