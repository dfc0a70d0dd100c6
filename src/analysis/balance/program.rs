//! Plans as an integer program: one variable for an exchange, one row for every body and for every part in a task.
//!
//! The rows of the bodies are tightened before they are handed over: divided by the common divisor of what can pass, and
//! joined by the rounded rows of G. L. Nemhauser and L. A. Wolsey, *A recursive procedure to generate all cuts for 0–1 mixed
//! integer programs*, Mathematical Programming 46, 1990. Where all that passes is of one size this makes them a flow, which
//! the relaxation solves whole. What the solver answers is counted again in whole numbers.

use std::collections::{BTreeMap, BTreeSet};

use microlp::{
    ComparisonOp, OptimizationDirection, Problem, ResumeOptions, Solution, SolveOptions, SolveOutcome, Stats, Variable,
};

use super::lattice::divisor;
use super::model::Model;
use super::work::Work;

/// Nodes of the search before it is asked how much work it was.
const NODES: u64 = 10;

/// Iterations that building the program is worth.
const SETUP: u64 = 60;

/// What a plan is to have the least of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Goal {
    /// Moves.
    Moves,
    /// Quantities and deadlines of its tasks, of at most so many moves.
    Binding(usize),
}

/// What is known of the plans that keep all loads within a peak.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Answer {
    /// No plan is better than this one.
    Best(Vec<usize>),
    /// There is none.
    None,
    /// The search ended early: the best plan found, and what no plan can be below.
    Open(Option<Vec<usize>>, i64),
}

/// A row: for each exchange its coefficient, all of them at most the bound.
struct Row {
    terms: Vec<(usize, i64)>,
    bound: i64,
}

/// What exchanges in fractions would do.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Relaxed {
    /// They cannot keep within the peak either.
    None,
    /// What no plan can be below, and how far each exchange is done.
    Bound(i64, Vec<f64>),
    /// It is not known.
    Open,
}

/// A program whose variables are the exchanges.
struct Program {
    problem: Problem,
    variables: Vec<Variable>,
    /// Rows and columns.
    size: u64,
}

impl Program {
    fn of(model: &Model, peak: i64, goal: Goal, whole: bool) -> Self {
        let mut problem = Problem::new(OptimizationDirection::Minimize);
        let cost = |index: usize| match goal {
            Goal::Moves => 1.0,
            Goal::Binding(_) => number(model.binding[model.exchanges[index].task]),
        };
        let mut variable = |index| {
            if whole { problem.add_binary_var(cost(index)) } else { problem.add_var(cost(index), (0.0, 1.0)) }
        };
        let variables: Vec<Variable> = (0..model.exchanges.len()).map(&mut variable).collect();
        let mut size = variables.len();
        let mut add = |row: &Row| {
            size += 1;
            let terms: Vec<(Variable, f64)> =
                row.terms.iter().map(|&(index, factor)| (variables[index], number(factor))).collect();
            problem.add_constraint(terms, ComparisonOp::Le, number(row.bound));
        };
        parts(model).iter().for_each(&mut add);
        (0..model.bodies.len()).flat_map(|body| rows(model, body, peak)).for_each(|row| add(&row));
        if let Goal::Binding(moves) = goal {
            let terms = (0..model.exchanges.len()).map(|index| (index, 1)).collect();
            add(&Row { terms, bound: i64::try_from(moves).unwrap_or(i64::MAX) });
        }
        Self { problem, variables, size: u64::try_from(size).unwrap_or(u64::MAX) }
    }

    /// The exchanges that a solution does by more than a half.
    fn chosen(&self, solution: &Solution) -> Vec<usize> {
        let chosen = |&(_, &variable): &(usize, &Variable)| solution.var_value(variable) > 0.5;
        self.variables.iter().enumerate().filter(chosen).map(|(index, _)| index).collect()
    }

    /// What the search has taken: an iteration grows with the rows and columns, and building takes as much as some of them.
    fn spent(&self, stats: Stats) -> u64 {
        (stats.lp_iterations + 2 * stats.nodes_solved + SETUP) * self.size
    }
}

/// What exchanges in fractions would do to keep every load within `peak`.
pub(super) fn relaxed(model: &Model, peak: i64, goal: Goal, work: &mut Work) -> Relaxed {
    let program = Program::of(model, peak, goal, false);
    let solution = program.problem.solve().map(SolveOutcome::into_solution);
    match solution {
        Ok(Ok(solution)) => {
            work.spend(program.spent(solution.stats()));
            let done = program.variables.iter().map(|&variable| solution.var_value(variable)).collect();
            Relaxed::Bound(whole(solution.objective()), done)
        }
        Err(microlp::Error::Infeasible) => {
            work.spend(program.size * SETUP * 2);
            Relaxed::None
        }
        _ => Relaxed::Open,
    }
}

/// Looks for the best plan that keeps every load within `peak`, and spends about so much work on it.
///
/// A `hint` that is such a plan is where the search starts.
pub(super) fn solve(
    model: &Model,
    peak: i64,
    goal: Goal,
    hint: Option<&[usize]>,
    work: &mut Work,
    most: u64,
) -> Answer {
    let program = Program::of(model, peak, goal, true);
    let mut options = SolveOptions::default();
    options.node_limit = Some(1);
    if let Some(hint) = hint {
        let chosen: BTreeSet<usize> = hint.iter().copied().collect();
        let value = |(index, &variable)| (variable, if chosen.contains(&index) { 1.0 } else { 0.0 });
        options.warm_start = Some(program.variables.iter().enumerate().map(value).collect());
    }
    let mut outcome = program.problem.solve_with(options);
    let spent = loop {
        match outcome {
            Ok(found) if !found.is_optimal() && program.spent(found.stats()) < most && !is_settled(&found) => {
                let mut more = ResumeOptions::default();
                more.node_limit = Some(NODES);
                outcome = found.resume_with(more);
            }
            Ok(ref found) => break program.spent(found.stats()),
            // how long it took to find that out is not told
            Err(_) => break program.size * SETUP * 2,
        }
    };
    work.spend(spent);
    let outcome = match outcome {
        Ok(outcome) => outcome,
        Err(microlp::Error::Infeasible) => return Answer::None,
        Err(_) => return Answer::Open(hint.map(<[usize]>::to_vec), 0),
    };
    let plan = outcome.solution().map(|solution| program.chosen(solution));
    match plan.filter(|plan| model.holds(plan, peak)) {
        Some(plan) if outcome.is_optimal() || is_settled(&outcome) => Answer::Best(plan),
        plan => Answer::Open(plan, whole(outcome.stats().best_bound.unwrap_or_default())),
    }
}

/// Whether no whole number lies between the bound and the best solution.
fn is_settled(outcome: &SolveOutcome) -> bool {
    let bound = outcome.stats().best_bound;
    outcome.solution().zip(bound).is_some_and(|(best, bound)| whole(best.objective()) <= whole(bound))
}

/// The lowest peak that exchanges in fractions could reach, in units: no plan comes below it.
pub(super) fn relaxed_peak(model: &Model, work: &mut Work) -> Option<i64> {
    let mut problem = Problem::new(OptimizationDirection::Minimize);
    let peak = problem.add_var(1.0, (f64::NEG_INFINITY, f64::INFINITY));
    let variables: Vec<Variable> = model.exchanges.iter().map(|_| problem.add_var(0.0, (0.0, 1.0))).collect();
    for row in parts(model) {
        let terms: Vec<(Variable, f64)> = row.terms.iter().map(|&(index, _)| (variables[index], 1.0)).collect();
        problem.add_constraint(terms, ComparisonOp::Le, 1.0);
    }
    for body in 0..model.bodies.len() {
        let mut terms = vec![(peak, -1.0)];
        terms.extend(
            model.of_body[body].iter().map(|&index| (variables[index], number(model.exchanges[index].change(body)))),
        );
        problem.add_constraint(terms, ComparisonOp::Le, -number(model.loads[body]));
    }
    let solution = problem.solve().ok()?.into_solution().ok()?;
    let size = u64::try_from(model.exchanges.len() + model.tasks.len()).unwrap_or(u64::MAX);
    work.spend((solution.stats().lp_iterations + SETUP) * size);
    Some(whole(solution.objective()))
}

/// A body takes part at most once in a task.
fn parts(model: &Model) -> Vec<Row> {
    let mut parts: BTreeMap<(usize, usize), Vec<(usize, i64)>> = BTreeMap::new();
    for (index, exchange) in model.exchanges.iter().enumerate() {
        parts.entry((exchange.task, exchange.from)).or_default().push((index, 1));
        parts.entry((exchange.task, exchange.to)).or_default().push((index, 1));
    }
    parts.into_values().filter(|terms| terms.len() > 1).map(|terms| Row { terms, bound: 1 }).collect()
}

/// The load of a body is at most the peak: the row itself, and its rounded forms by each size that can pass.
fn rows(model: &Model, body: usize, peak: i64) -> Vec<Row> {
    let changes: Vec<(usize, i64)> =
        model.of_body[body].iter().map(|&index| (index, model.exchanges[index].change(body))).collect();
    let room = peak - model.loads[body];
    if changes.iter().map(|(_, change)| change.max(&0)).sum::<i64>() <= room {
        return Vec::new();
    }
    let step = changes.iter().fold(0, |step, (_, change)| divisor(step, *change)).max(1);
    let terms: Vec<(usize, i64)> = changes.into_iter().map(|(index, change)| (index, change / step)).collect();
    let bound = room.div_euclid(step);
    let sizes: BTreeSet<i64> = terms.iter().map(|(_, change)| change.abs()).collect();
    let mut rows = Vec::new();
    for size in sizes {
        let rest = bound.rem_euclid(size);
        if rest > 0 {
            let rounded =
                |change: i64| change.div_euclid(size) * (size - rest) + (change.rem_euclid(size) - rest).max(0);
            let terms =
                terms.iter().map(|&(index, change)| (index, rounded(change))).filter(|(_, factor)| *factor != 0);
            rows.push(Row { terms: terms.collect(), bound: bound.div_euclid(size) * (size - rest) });
        }
    }
    rows.push(Row { terms, bound });
    rows
}

#[expect(clippy::cast_precision_loss, reason = "units are far below 2⁵³")]
fn number(units: i64) -> f64 {
    units as f64
}

/// The least whole number that a bound reaches, but for the rounding of the solver.
#[expect(clippy::cast_possible_truncation, reason = "bounds are far below 2⁵³")]
fn whole(bound: f64) -> i64 {
    (bound - 1e-6).ceil() as i64
}
