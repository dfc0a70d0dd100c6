//! How long plans take for hard cases, and how much of them is proven.

use std::error::Error;
use std::io::{Write, stdout};
use std::time::Instant;

use zeren::analysis::Weights;
use zeren::analysis::balance::{Balance, Eligible, Options, Proof, balance};
use zeren::extract::Role;
use zeren::network::{Department, Network, Node, Party, TaskNode};

use crate::network::Numbers;

/// Tasks and departments of every case.
const TASKS: usize = 500;
const BODIES: usize = 60;

/// What makes a case hard.
#[derive(Clone, Copy)]
struct Case {
    name: &'static str,
    /// Others in a task beside its leads.
    others: usize,
    /// One hundredth so many tasks have two leads.
    joint: usize,
    /// One hundredth so many others are responsible and do not only support.
    responsible: usize,
    /// How unevenly tasks fall to departments: 0 not at all.
    skew: usize,
    /// Others are at most so far from the lead, if not 0.
    near: usize,
    /// Departments share so many functions, and may take leads of theirs, if not 0.
    functions: usize,
    weights: [f64; 4],
}

/// A case with the usual weights.
const USUAL: Case = Case {
    name: "usual",
    others: 4,
    joint: 0,
    responsible: 50,
    skew: 1,
    near: 0,
    functions: 0,
    weights: [1.0, 1.0, 0.5, 0.25],
};

/// Weights that have next to nothing in common.
const ODD: [f64; 4] = [1.37, 0.91, 0.53, 0.17];

/// From easy to hard.
const CASES: [Case; 12] = [
    USUAL,
    Case { name: "one other", others: 1, ..USUAL },
    Case { name: "two others", others: 2, ..USUAL },
    Case { name: "many others", others: 9, joint: 20, ..USUAL },
    Case { name: "joint leads", others: 3, joint: 40, ..USUAL },
    Case { name: "even", others: 2, skew: 0, ..USUAL },
    Case { name: "near", others: 2, joint: 10, near: 3, ..USUAL },
    Case { name: "function", others: 2, functions: 12, ..USUAL },
    Case { name: "odd weights", weights: ODD, ..USUAL },
    Case { name: "odd, joint", joint: 40, weights: ODD, ..USUAL },
    Case { name: "odd, even", others: 3, joint: 30, skew: 0, weights: ODD, ..USUAL },
    Case { name: "odd, function", others: 1, joint: 10, functions: 12, weights: ODD, ..USUAL },
];

/// Prints a line for every case, without and with a limit of moves.
pub(crate) fn measure() -> Result<(), Box<dyn Error>> {
    let mut out = stdout();
    writeln!(out, "plans for {TASKS} tasks of {BODIES} departments")?;
    for case in CASES {
        let network = generate(case);
        let [lead, co_lead, responsible, supporting] = case.weights;
        let weights = Weights { lead, co_lead, responsible, supporting };
        let eligible = if case.functions > 0 { Eligible::Function } else { Eligible::OnTask };
        for max_moves in [None, Some(20)] {
            let options = Options { weights, eligible, max_moves, ..Options::default() };
            let started = Instant::now();
            let plan = balance(&network, &options);
            line(&mut out, case.name, max_moves, started.elapsed().as_secs_f64(), &plan)?;
        }
    }
    Ok(())
}

fn line(
    out: &mut dyn Write,
    name: &str,
    max_moves: Option<usize>,
    seconds: f64,
    plan: &Balance,
) -> Result<(), Box<dyn Error>> {
    let limit = max_moves.map_or(String::new(), |limit| format!("≤ {limit}"));
    let proven = |is_proven| if is_proven { "proven" } else { "open" };
    let points = plan.frontier.iter().filter(|point| point.proven).count();
    writeln!(
        out,
        "  {name:<16}{limit:<6}{seconds:>7.3} s   peak {:>8.3} of {:>8.3}, at least {:>8.3} {:<7} {:>4} moves {:<7} least binding {:<7} frontier {points} of {}",
        plan.after.peak,
        plan.before.peak,
        plan.lower_bound,
        proven(plan.proof != Proof::Open),
        plan.moves.len(),
        proven(plan.fewest),
        proven(plan.least_binding),
        plan.frontier.len(),
    )?;
    Ok(())
}

/// A network of one case; the same on every machine.
fn generate(case: Case) -> Network {
    let mut numbers = Numbers(2);
    let mut network = Network::default();
    let department = |number: usize| {
        let (id, label) = (format!("o/{number:03}"), format!("body {number:03}"));
        let function = number.checked_rem(case.functions).map(|function| format!("f{function}"));
        Node::Department(Department { id, label, function, ..Department::default() })
    };
    let bodies: Vec<_> = (0..BODIES).map(|number| network.graph.add_node(department(number))).collect();
    for seq in 0..TASKS {
        let (indicators, deadlines) = (numbers.below(3), numbers.below(2));
        let task = TaskNode { id: format!("t/{seq:03}"), seq, indicators, deadlines, ..TaskNode::default() };
        let task = network.graph.add_node(Node::Task(task));
        let leads = if numbers.below(100) < case.joint { 2 } else { 1 };
        let mut parties: Vec<usize> = Vec::new();
        while parties.len() < leads + case.others {
            let body = match (case.near, parties.first()) {
                (1.., Some(first)) => (first + 1 + numbers.below(2 * case.near)) % BODIES,
                _ if case.skew == 0 => numbers.below(BODIES),
                _ => numbers.skewed(BODIES),
            };
            if !parties.contains(&body) {
                parties.push(body);
            }
        }
        for (rank, &body) in parties.iter().enumerate() {
            let role = match (rank < leads, leads) {
                (true, 1) => Role::Lead,
                (true, _) => Role::CoLead,
                (false, _) if numbers.below(100) < case.responsible => Role::Responsible,
                (false, _) => Role::Supporting,
            };
            network.graph.add_edge(bodies[body], task, Party { role, rank: rank + 1, confidence: 1.0 });
        }
    }
    network
}
