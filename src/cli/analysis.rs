//! What all analyses take: which documents are asked, where they are stored, how and whereto the answer is written.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Write};
use std::path::PathBuf;

use clap::{Args, ValueEnum};
use zeren::network::{Network, Node};
use zeren::query::{self, Source};
use zeren::render::TracedClaims;

use super::failure::Failure;
use super::output::{self, CsvArguments};
use super::scope::{FilterArguments, SourceArguments};

/// What all analyses take; `F` are the formats of one of them.
#[derive(Debug, Args)]
pub(super) struct AnalysisArguments<F: ValueEnum + Default + Send + Sync + 'static> {
    /// Shows the words of the documents behind every row, with their places
    #[arg(long)]
    pub(super) trace: bool,
    /// Format of the result
    #[arg(long, value_enum, default_value_t)]
    pub(super) format: F,
    /// Writes to a file in place of stdout
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    #[command(flatten)]
    csv: CsvArguments,
    #[command(flatten)]
    pub(super) filter: FilterArguments,
    #[command(flatten)]
    pub(super) source: SourceArguments,
}

impl<F: ValueEnum + Default + Send + Sync + 'static> AnalysisArguments<F> {
    /// The width in cells of the terminal that the result goes to, if it goes to one.
    pub(super) fn width(&self) -> Option<usize> {
        output::width().filter(|_| self.output.is_none())
    }

    /// Writes the result to where it is wanted.
    pub(super) fn write(&self, write: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> Result<(), Failure> {
        let is_csv = self.format.to_possible_value().is_some_and(|value| value.get_name() == "csv");
        output::result_of(self.output.as_deref(), |out| self.csv.begin(out, is_csv).and_then(|()| write(out)))
    }
}

/// The words behind the loads of some departments, by their IRIs, and behind other tasks.
pub(super) fn traced<'a>(
    source: &dyn Source,
    network: &Network,
    departments: impl IntoIterator<Item = &'a str>,
    others: &[&str],
) -> Result<TracedClaims, Failure> {
    let wanted: BTreeSet<&str> = departments.into_iter().collect();
    let mut tasks: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for (node, department) in network.departments().filter(|(_, body)| wanted.contains(body.id.as_str())) {
        let mut own: Vec<_> = network.graph.neighbors(node).collect();
        own.sort_unstable();
        own.dedup();
        let ids = own.into_iter().filter_map(|task| match &network.graph[task] {
            Node::Task(task) => Some(task.id.clone()),
            Node::Department(_) => None,
        });
        tasks.insert(department.id.clone(), ids.collect());
    }
    let ids: BTreeSet<&str> = tasks.values().flatten().map(String::as_str).chain(others.iter().copied()).collect();
    Ok(TracedClaims { claims: query::claims(source, network, &ids)?, tasks })
}
