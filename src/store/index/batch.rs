//! Graphs of sorted N-Quads as terms and rows.

use std::path::Path;

use rustc_hash::FxHashMap;
use tempfile::NamedTempFile;

use super::documents::{Covered, Documents};
use super::order::{Order, Row};
use super::stack::Stack;
use super::writer::{Lookup, Writer, encoded, lookup};
use crate::graph::nquads_parts;
use crate::parallel::{in_parallel, shares};
use crate::store::StoreError;

/// The statements of some texts of N-Quads, by numbers of their terms.
#[derive(Default)]
pub(super) struct Numbered<'a> {
    /// The terms, each once, in the order in which they came.
    pub(super) terms: Vec<&'a str>,
    /// Subject, predicate, object and graph of every line.
    pub(super) rows: Vec<Row>,
    numbers: FxHashMap<&'a str, u32>,
}

impl<'a> Numbered<'a> {
    /// Reads lines as the project writes them; others are none of a store, whose files have a digest.
    pub(super) fn of(texts: impl IntoIterator<Item = &'a str>) -> Self {
        let mut numbered = Self::default();
        for parts in texts.into_iter().flat_map(str::lines).filter_map(nquads_parts) {
            let row = parts.map(|term| numbered.number(term));
            numbered.rows.push(row);
        }
        numbered
    }

    fn number(&mut self, term: &'a str) -> u32 {
        *self.numbers.entry(term).or_insert_with(|| {
            self.terms.push(term);
            // a batch is cut long before it has so many
            u32::try_from(self.terms.len() - 1).unwrap_or(u32::MAX)
        })
    }
}

/// Rows in an order, each once, with other numbers in the place of theirs.
pub(super) fn sorted(order: Order, shares: &[(&[Row], &[u32])]) -> Vec<Row> {
    let number = |numbers: &[u32], term: u32| numbers.get(term as usize).copied().unwrap_or_default();
    let arranged = shares
        .iter()
        .flat_map(|(rows, numbers)| rows.iter().map(move |row| order.arrange(row.map(|term| number(numbers, term)))));
    let mut rows: Vec<Row> = Vec::with_capacity(shares.iter().map(|(rows, _)| rows.len()).sum());
    rows.extend(arranged);
    rows.sort_unstable();
    rows.dedup();
    rows
}

/// A graph that is written into a segment.
pub(super) struct Graph {
    pub(super) covered: Covered,
    /// The graph as N-Quads name it.
    pub(super) name: String,
    pub(super) text: String,
}

/// A share of the graphs, whose terms have numbers of its own.
struct Share<'a> {
    /// The terms, sorted, with their numbers.
    terms: Vec<(&'a str, usize)>,
    rows: Vec<Row>,
    /// The names of the graphs.
    names: Vec<u32>,
}

impl<'a> Share<'a> {
    fn of(graphs: &'a [Graph]) -> Self {
        let mut numbered = Numbered::of(graphs.iter().map(|graph| graph.text.as_str()));
        // a graph without a statement has a name too
        let names = graphs.iter().map(|graph| numbered.number(&graph.name)).collect();
        let Numbered { terms, rows, .. } = numbered;
        let mut terms: Vec<(&str, usize)> = terms.into_iter().zip(0..).collect();
        terms.sort_unstable();
        Self { terms, rows, names }
    }
}

/// Writes graphs as a segment above those of the stack, to stand at `path`; `gone` are graphs that are no more. Returns it
/// with what it holds.
pub(super) fn write(
    path: &Path,
    stack: &Stack,
    graphs: Vec<Graph>,
    gone: Vec<u32>,
) -> Result<(NamedTempFile, Documents), StoreError> {
    let shares = in_parallel(&shares(&graphs), |graphs| Share::of(graphs));
    let mut writer = Writer::new(path, stack.terms())?;
    let numbers = write_terms(&mut writer, stack, &shares)?;
    let numbered: Vec<(&[Row], &[u32])> =
        shares.iter().zip(&numbers).map(|(share, numbers)| (share.rows.as_slice(), numbers.as_slice())).collect();
    let orders = in_parallel(&Order::ALL, |order| {
        let rows = sorted(*order, &numbered);
        (rows.len(), encoded(&rows))
    });
    for (order, (count, blocks)) in Order::ALL.into_iter().zip(orders) {
        writer.rows(order, count, &blocks)?;
    }
    let name = |(share, numbers): (&Share<'_>, &Vec<u32>)| -> Vec<u32> {
        share.names.iter().map(|name| numbers.get(*name as usize).copied().unwrap_or_default()).collect()
    };
    let names: Vec<u32> = shares.iter().zip(&numbers).flat_map(name).collect();
    let held =
        graphs.into_iter().zip(names).map(|(graph, number)| Covered { graph: number, ..graph.covered }).collect();
    let documents = Documents { held, gone };
    Ok((writer.finish(&documents)?, documents))
}

/// Writes the terms of all shares that the stack has not, each once. Returns, for each share, the numbers of its terms.
fn write_terms(writer: &mut Writer, stack: &Stack, shares: &[Share<'_>]) -> Result<Vec<Vec<u32>>, StoreError> {
    let mut all: Vec<(&str, usize, usize)> = shares
        .iter()
        .zip(0..)
        .flat_map(|(share, of)| share.terms.iter().map(move |(term, at)| (*term, of, *at)))
        .collect();
    // runs that are sorted already are merged
    all.sort_by(|a, b| a.0.cmp(b.0));
    let mut terms: Vec<&str> = all.iter().map(|(term, ..)| *term).collect();
    terms.dedup();
    let mut known = stack.numbers(&terms)?;
    let mut lookups: Vec<Lookup> = Vec::with_capacity(terms.len());
    for (term, number) in terms.iter().zip(&mut known) {
        if number.is_none() {
            let new = writer.term(term)?;
            lookups.push([lookup(term), new]);
            *number = Some(new);
        }
    }
    lookups.sort_unstable();
    lookups.into_iter().try_for_each(|lookup| writer.lookup(lookup))?;
    let mut numbers: Vec<Vec<u32>> = shares.iter().map(|share| vec![0; share.terms.len()]).collect();
    let mut given = terms.iter().zip(known).peekable();
    for (term, share, place) in all {
        while given.peek().is_some_and(|(known, _)| **known != term) {
            given.next();
        }
        let number = given.peek().and_then(|(_, number)| *number);
        if let Some(place) = numbers.get_mut(share).and_then(|numbers| numbers.get_mut(place)) {
            *place = number.unwrap_or_default();
        }
    }
    Ok(numbers)
}
