//! Why no plan comes below a peak, in a form that can be checked by hand.

use microlp::{ComparisonOp, OptimizationDirection, Problem, Variable};

use super::lattice::Lattice;
use super::model::Model;

/// Weights of a proof are whole numbers up to this.
const WHOLE: f64 = 1e6;

/// How a lower bound of the peak is proven.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Proof {
    /// By weighing departments, all others by 0: the largest load is at least their weighted mean, and that cannot fall below
    /// the bound, whatever leads pass between them. Departments are named by their IRIs, in the order of the network.
    Weights(Vec<(String, u64)>),
    /// By counting: to come below the bound, the departments above it would have to hand over more leads than may move.
    Counting,
    /// By the integer program for the next lower peak, which has no solution.
    Program,
    /// Not at all: the search was broken off before plans below the one found were excluded.
    Open,
}

/// The shortest proof that no plan comes below the peak.
pub(super) fn of(model: &Model, name: impl Fn(usize) -> String, peak: i64) -> Proof {
    let lattice = Lattice::of(model);
    let proves = |weights: &[i64]| bound(model, weights).is_some_and(|bound| lattice.at_least(bound) >= peak);
    let count = model.bodies.len();
    let alone = (0..count).find(|&body| lattice.at_least(model.lowest(body)) >= peak);
    let alone = alone.map(|alone| (0..count).map(|body| i64::from(body == alone)).collect::<Vec<i64>>());
    let weights = alone.into_iter().chain([vec![1; count]]).find(|weights| proves(weights));
    let weights = weights.or_else(|| best(model).filter(|weights| proves(weights)));
    match weights {
        Some(weights) => {
            let named = weights.into_iter().enumerate().filter(|(_, weight)| *weight > 0);
            Proof::Weights(named.map(|(body, weight)| (name(body), weight.unsigned_abs())).collect())
        }
        None => Proof::Program,
    }
}

/// The least weighted mean of loads that plans can reach, rounded up to units: of each lead the passage that lowers the
/// weighted sum most is counted, as if the leads of a task did not hinder one another.
fn bound(model: &Model, weights: &[i64]) -> Option<i64> {
    let wide = i128::from;
    let total: i128 = weights.iter().copied().map(wide).sum();
    let mut sum: i128 = weights.iter().zip(&model.loads).map(|(&weight, &load)| wide(weight) * wide(load)).sum();
    for body in 0..model.bodies.len() {
        let leads = model.of_body[body].iter().map(|&index| model.exchanges[index]).filter(|one| one.from == body);
        // the exchanges of a body stand together by task
        let (mut task, mut most) = (usize::MAX, 0);
        for exchange in leads {
            if exchange.task != task {
                sum -= std::mem::take(&mut most);
                task = exchange.task;
            }
            most = most.max(wide(exchange.gain) * wide(weights[exchange.from] - weights[exchange.to]));
        }
        sum -= most;
    }
    (total > 0).then(|| i64::try_from(-(-sum).div_euclid(total)).ok()).flatten()
}

/// The weights that prove most: the dual of the relaxed program.
fn best(model: &Model) -> Option<Vec<i64>> {
    let mut problem = Problem::new(OptimizationDirection::Maximize);
    let weights: Vec<Variable> = model.loads.iter().map(|&load| problem.add_var(number(load), (0.0, 1.0))).collect();
    let all: Vec<(Variable, f64)> = weights.iter().map(|&weight| (weight, 1.0)).collect();
    problem.add_constraint(all, ComparisonOp::Eq, 1.0);
    let mut last = None;
    let mut relief = weights.first().copied()?;
    for body in 0..model.bodies.len() {
        for exchange in model.of_body[body].iter().map(|&index| model.exchanges[index]).filter(|one| one.from == body) {
            if last != Some((body, exchange.task)) {
                last = Some((body, exchange.task));
                relief = problem.add_var(-1.0, (0.0, f64::INFINITY));
            }
            let gain = number(exchange.gain);
            let terms = [(relief, 1.0), (weights[exchange.from], -gain), (weights[exchange.to], gain)];
            problem.add_constraint(terms, ComparisonOp::Ge, 0.0);
        }
    }
    let solution = problem.solve().ok()?.into_solution().ok()?;
    Some(weights.iter().map(|&weight| whole(solution.var_value(weight))).collect())
}

#[expect(clippy::cast_precision_loss, reason = "units are far below 2⁵³")]
fn number(units: i64) -> f64 {
    units as f64
}

#[expect(clippy::cast_possible_truncation, reason = "weights are at most one")]
fn whole(weight: f64) -> i64 {
    (weight * WHOLE).round().max(0.0) as i64
}
