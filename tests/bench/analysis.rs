//! How fast mandates are followed from one document into many below it, and how fast leads are balanced.

use std::collections::{BTreeMap, BTreeSet};
use std::error::Error;
use std::hint::black_box;
use std::io::{Write, stdout};
use std::time::{Duration, Instant};

use zeren::analysis::balance::{Balance, Options, balance};
use zeren::analysis::{Inheritance, inherit_all};
use zeren::extract::Role;
use zeren::graph::DocumentGraph;
use zeren::network::{Department, Network, Node, Party, TaskNode};
use zeren::notice::Notice;
use zeren::pipeline;
use zeren::query;
use zeren::read::read_bytes;
use zeren::store::{Access, SourceInfo, Store};

use super::corpus::Pieces;
use super::network::{Numbers, timed};

/// Tasks of the document above, documents below it, and how long all of them may take.
const MANDATES: usize = 100;
const CHILDREN: usize = 300;
const HANDED_DOWN: Duration = Duration::from_secs(10);
/// Tasks and departments of a plan, how many have a part in a task at most, and how long a plan may take.
const TASKS: usize = 500;
const BODIES: usize = 60;
const PARTIES: usize = 6;
const PLANNED: Duration = Duration::from_secs(2);
/// Plans for networks that differ.
const PLANS: u64 = 5;

/// Reads a document and those below it, stores them, and compares each of these with it.
pub(crate) fn handed_down(pieces: &Pieces) -> Result<(), Box<dyn Error>> {
    let folder = tempfile::tempdir()?;
    let mut graphs = Vec::new();
    for sample in pieces.handed_down(MANDATES, CHILDREN) {
        let checked = pipeline::check(read_bytes(&sample.name, &sample.bytes)?, None);
        let info = SourceInfo { source: sample.name, title: checked.facts.head.title.clone() };
        graphs.push((DocumentGraph::of(&checked), info));
    }
    let path = folder.path().join("zeren.db");
    Store::open(&path, Access::Fill)?.replace_all(graphs.iter().map(|(graph, info)| (graph, info)))?;
    drop(graphs);
    let store = Store::open(&path, Access::ReadOnly)?;
    let stored = query::documents(&store)?;
    let wanted: Vec<String> = stored.iter().map(|document| document.id.clone()).collect();
    let notices = timed("inherit    reading", || query::notices(&store, &stored, &wanted))??;
    let (above, below): (Vec<&Notice>, Vec<&Notice>) =
        notices.iter().partition(|notice| notice.source.starts_with("above"));
    let above = *above.first().ok_or("the document above was not read")?;
    let pairs: Vec<[&Notice; 2]> = below.iter().map(|child| [above, child]).collect();
    let started = Instant::now();
    let all = timed("inherit    comparing", || inherit_all(&pairs, &[]))?;
    let took = started.elapsed();
    let tasks: usize = below.iter().map(|notice| notice.tasks.len()).sum();
    let shares: Vec<f64> = all.iter().filter_map(Inheritance::coverage).collect();
    let (least, most) =
        shares.iter().fold((1.0_f64, 0.0_f64), |(least, most), share| (least.min(*share), most.max(*share)));
    writeln!(
        stdout(),
        "           {} tasks over {} documents with {tasks} tasks, coverage {least:.2} – {most:.2}{}\n",
        above.tasks.len(),
        pairs.len(),
        over(took, HANDED_DOWN)
    )?;
    Ok(())
}

/// Finds the best plan for networks in which few departments lead most tasks.
pub(crate) fn balanced() -> Result<(), Box<dyn Error>> {
    for seed in 1..=PLANS {
        let network = unequal(seed, TASKS, BODIES);
        let started = Instant::now();
        let plan = black_box(timed("balance", || balance(&network, &Options::default()))?);
        let Balance { before, after, lower_bound, proof, moves, fewest, least_binding, .. } = &plan;
        writeln!(
            stdout(),
            "           {TASKS} tasks, {BODIES} departments: peak {} → {}, bound {lower_bound} ({}), {} moves, fewest {fewest}, least binding {least_binding}{}",
            before.peak,
            after.peak,
            format!("{proof:?}").chars().take_while(char::is_ascii_alphabetic).collect::<String>(),
            moves.len(),
            over(started.elapsed(), PLANNED)
        )?;
    }
    writeln!(stdout())?;
    Ok(())
}

/// A mark behind what took longer than it may.
fn over(took: Duration, most: Duration) -> String {
    if took > most { format!("  over {} s", most.as_secs()) } else { String::new() }
}

/// Tasks with a lead and up to five others; departments differ in the leads that they have as 1, 1/2, 1/3 …
pub(crate) fn unequal(seed: u64, tasks: usize, departments: usize) -> Network {
    let mut numbers = Numbers(seed);
    let mut network = Network::default();
    let graph = &mut network.graph;
    let bodies: Vec<_> = (0..departments)
        .map(|number| {
            let (id, label) = (format!("o/{number:02}"), format!("body {number:02}"));
            graph.add_node(Node::Department(Department { id, label, ..Department::default() }))
        })
        .collect();
    for seq in 1..=tasks {
        let task = TaskNode { id: format!("t/{seq}"), label: seq.to_string(), seq, ..TaskNode::default() };
        let task = graph.add_node(Node::Task(TaskNode { indicators: numbers.below(4), ..task }));
        let mut parties: BTreeSet<usize> = BTreeSet::new();
        let mut order: BTreeMap<usize, usize> = BTreeMap::new();
        for rank in 0..=numbers.below(PARTIES) {
            let body = if rank == 0 { numbers.skewed(departments) } else { numbers.below(departments) };
            if parties.insert(body) {
                order.insert(rank, body);
            }
        }
        for (rank, body) in order {
            let role = match rank {
                0 => Role::Lead,
                _ if numbers.below(2) == 0 => Role::Responsible,
                _ => Role::Supporting,
            };
            graph.add_edge(bodies[body], task, Party { role, rank: rank + 1, confidence: 1.0 });
        }
    }
    network
}
