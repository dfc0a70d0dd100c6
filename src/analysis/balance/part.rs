//! Better plans by choosing anew between a few bodies at a time, all else as it is.

use std::collections::BTreeSet;

use super::model::Model;
use super::program::{self, Answer, Goal};
use super::walk::Random;
use super::work::Work;

/// Exchanges between the bodies that are looked at together: so many at first, and more after each look in vain.
const FREE: usize = 40;

/// So many more, five times; then few again.
const MORE: usize = 40;

/// What one look may cost.
const LOOK: u64 = 400_000;

/// Looks without success after which no other is taken.
const VAIN: usize = 60;

/// Chooses anew between some bodies, then between others, as long as it helps and work is left: P. Shaw, *Using constraint
/// programming and local search methods to solve vehicle routing problems*, CP 1998. Ends at a plan that costs at most `enough`.
pub(super) fn improve(
    model: &Model,
    peak: i64,
    goal: Goal,
    plan: &mut Vec<usize>,
    enough: i64,
    work: &mut Work,
    most: u64,
) {
    let end = work.left().saturating_sub(most);
    let cost = |plan: &[usize]| match goal {
        Goal::Moves => i64::try_from(plan.len()).unwrap_or(i64::MAX),
        Goal::Binding(_) => model.binding_of(plan),
    };
    let mut random = Random::of(7);
    let mut vain = 0;
    while vain < VAIN && cost(plan) > enough && work.left() > end {
        let bodies = some(model, plan, FREE + MORE * (vain % 5), &mut random);
        let is_free = |index: usize| {
            let exchange = &model.exchanges[index];
            bodies.contains(&exchange.from) && bodies.contains(&exchange.to)
        };
        let room = work.above(end);
        vain += 1;
        if again(model, peak, goal, plan, &is_free, work, room.min(LOOK)) {
            vain = 0;
        }
    }
}

/// Chooses the free exchanges anew; says whether that made a better plan.
pub(super) fn again(
    model: &Model,
    peak: i64,
    goal: Goal,
    plan: &mut Vec<usize>,
    is_free: &dyn Fn(usize) -> bool,
    work: &mut Work,
    most: u64,
) -> bool {
    let (part, open) = model.part(plan, is_free);
    let chosen: BTreeSet<usize> = plan.iter().copied().collect();
    let hint: Vec<usize> = (0..open.len()).filter(|&place| chosen.contains(&open[place])).collect();
    let rest = plan.len() - hint.len();
    let goal = match goal {
        Goal::Moves => Goal::Moves,
        Goal::Binding(moves) => Goal::Binding(moves.saturating_sub(rest)),
    };
    let cost = |plan: &[usize]| match goal {
        Goal::Moves => i64::try_from(plan.len()).unwrap_or(i64::MAX),
        Goal::Binding(_) => part.binding_of(plan),
    };
    let before = part.holds(&hint, peak).then(|| cost(&hint));
    let hint_now = before.is_some().then_some(hint.as_slice());
    let (Answer::Best(found) | Answer::Open(Some(found), _)) = program::solve(&part, peak, goal, hint_now, work, most)
    else {
        return false;
    };
    if before.is_some_and(|before| cost(&found) >= before) {
        return false;
    }
    plan.retain(|&index| !open.contains(&index));
    plan.extend(found.into_iter().map(|place| open[place]));
    plan.sort_unstable();
    true
}

/// Bodies that many exchanges join, one of a move first.
fn some(model: &Model, plan: &[usize], enough: usize, random: &mut Random) -> BTreeSet<usize> {
    let mut bodies = BTreeSet::new();
    let mut free = 0;
    let first = &model.exchanges[plan[random.below(plan.len())]];
    let mut next = first.from;
    bodies.insert(first.to);
    while free < enough {
        bodies.insert(next);
        let joined = |&&index: &&usize| {
            let exchange = &model.exchanges[index];
            bodies.contains(&exchange.from) && bodies.contains(&exchange.to)
        };
        free += model.of_body[next].iter().filter(joined).count();
        // another that shares an exchange with one of them
        let from: Vec<usize> = bodies.iter().copied().collect();
        let found = (0..30).find_map(|_| {
            let known = &model.of_body[from[random.below(from.len())]];
            let exchange = &model.exchanges[known[random.below(known.len())]];
            [exchange.from, exchange.to].into_iter().find(|body| !bodies.contains(body))
        });
        let Some(found) = found else { break };
        next = found;
    }
    bodies
}
