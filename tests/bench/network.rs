//! How fast departments are ranked and their network is measured, beside rustworkx and igraph on the same graph.

use std::error::Error;
use std::fmt::Write as _;
use std::fs;
use std::hint::black_box;
use std::io::{Write, stdout};
use std::path::Path;
use std::process::Command;
use std::time::Instant;

use zeren::analysis::overlap::{
    EXACT_WALK, Links, Projection, Sources, betweenness, closeness, communities, core_numbers, eigenvector, overlap,
    project,
};
use zeren::analysis::{Options, workload};
use zeren::extract::{Mode, Role};
use zeren::network::{Department, Network, Node, Party, TaskNode};

/// Tasks and responsibilities of the large network.
const TASKS: usize = 1_000_000;
const PARTIES: usize = 4;
/// Places of the large network, and departments of a place.
const PLACES: usize = 500;
const BODIES: usize = 40;
/// One hundredth so many parties are of another place.
const ELSEWHERE: u64 = 2;
/// A network that libraries measure exactly in some seconds is so much smaller.
const SMALLER: usize = 4;

/// The same numbers on every machine (a linear congruential generator of D. Knuth's constants).
pub(crate) struct Numbers(pub(crate) u64);

impl Numbers {
    pub(crate) fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from((self.0 >> 33) % limit as u64).unwrap_or_default()
    }

    /// Small numbers more often: departments of one place differ in load as 1, 1/2, 1/3 …
    pub(crate) fn skewed(&mut self, limit: usize) -> usize {
        let first = self.below(limit);
        self.below(first + 1)
    }
}

/// A network of tasks with four parties each, in documents of sixty tasks.
pub(crate) fn generate(tasks: usize, places: usize) -> Network {
    let mut numbers = Numbers(1);
    let mut network = Network::default();
    let graph = &mut network.graph;
    let mut bodies = Vec::with_capacity(places * BODIES);
    for number in 0..places * BODIES {
        let (id, label) = (format!("o/{number:06}"), format!("body {number:06}"));
        bodies.push(graph.add_node(Node::Department(Department { id, label, ..Department::default() })));
    }
    for seq in 0..tasks {
        let (id, document) = (format!("t/{seq}"), format!("d/{}", seq / 60));
        let task =
            TaskNode { id, document, seq, indicators: seq % 3, mode: Some(Mode::Explicit), ..TaskNode::default() };
        let task = graph.add_node(Node::Task(task));
        let place = numbers.below(places);
        let mut parties: Vec<usize> = Vec::with_capacity(PARTIES);
        while parties.len() < PARTIES {
            let elsewhere = (numbers.below(100) as u64) < ELSEWHERE;
            let place = if elsewhere { numbers.below(places) } else { place };
            let body = place * BODIES + numbers.skewed(BODIES);
            if !parties.contains(&body) {
                parties.push(body);
            }
        }
        for (rank, body) in parties.into_iter().enumerate() {
            let role = if rank == 0 { Role::Lead } else { Role::Supporting };
            graph.add_edge(bodies[body], task, Party { role, rank: rank + 1, confidence: 1.0 });
        }
    }
    network
}

/// Prints the time of the large network, then of a smaller one beside the libraries.
pub(crate) fn compare(root: &Path) -> Result<(), Box<dyn Error>> {
    let mut out = stdout();
    let network = timed("generating", || generate(TASKS, PLACES))?;
    let (nodes, edges) = (network.graph.node_count(), network.graph.edge_count());
    writeln!(out, "{nodes} nodes, {edges} responsibilities")?;
    black_box(timed("workload", || workload(&network, Options::default()))?);
    let graph = timed("projection", || project(&network, false))?;
    own(&graph)?;
    let whole = timed("overlap, all of it", || overlap(&network, false))?;
    writeln!(out, "betweenness from {} of {} departments", whole.figures.sources, whole.figures.nodes)?;
    drop((whole, graph, network));

    let graph = project(&generate(TASKS / SMALLER, PLACES / SMALLER), false);
    own(&graph)?;
    let folder = tempfile::tempdir()?;
    let path = folder.path().join("edges.txt");
    let mut text = format!("{}\n", graph.node_count());
    for edge in graph.edge_indices() {
        if let Some((a, b)) = graph.edge_endpoints(edge) {
            let _ = writeln!(text, "{} {} {}", a.index(), b.index(), graph[edge].tasks);
        }
    }
    fs::write(&path, text)?;
    let libraries = Command::new("python3").arg(root.join("tests/bench/networks.py")).arg(&path).output();
    match libraries {
        Ok(output) if output.status.success() => out.write_all(&output.stdout)?,
        _ => writeln!(out, "without rustworkx and igraph: pip install rustworkx igraph")?,
    }
    Ok(())
}

/// Times each measure on a projection, everything exact that the product measures exactly.
fn own(graph: &Projection) -> Result<(), Box<dyn Error>> {
    writeln!(stdout(), "\n{} departments, {} links", graph.node_count(), graph.edge_count())?;
    let links = timed("zeren      links", || Links::of(graph, |tie| tie.tasks))?;
    let sources = Sources::within(&links, EXACT_WALK);
    black_box(timed("zeren      betweenness", || betweenness(&links, &sources))?);
    black_box(timed("zeren      closeness", || closeness(&links))?);
    black_box(timed("zeren      eigenvector", || eigenvector(&links))?);
    black_box(timed("zeren      k-core", || core_numbers(&links))?);
    let found = timed("zeren      communities", || communities(&links))?;
    let count = found.of.iter().max().copied().unwrap_or_default();
    writeln!(stdout(), "           {count} communities, modularity {:.6}", found.modularity.unwrap_or_default())?;
    Ok(())
}

/// Does the work, and prints how long it took.
pub(crate) fn timed<T>(name: &str, work: impl FnOnce() -> T) -> Result<T, Box<dyn Error>> {
    let started = Instant::now();
    let done = work();
    writeln!(stdout(), "{name:<24}{:>9.3} s", started.elapsed().as_secs_f64())?;
    Ok(done)
}
