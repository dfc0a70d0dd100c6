//! Graphs of sorted N-Quads as terms and rows.

use std::path::Path;

use rustc_hash::FxHashMap;
use tempfile::NamedTempFile;

use super::order::{Order, Row};
use super::writer::{Covered, Writer, encoded};
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

/// A share of the graphs, whose terms have numbers of its own.
struct Share<'a> {
    /// The terms, sorted, with their numbers.
    terms: Vec<(&'a str, usize)>,
    rows: Vec<Row>,
}

impl<'a> Share<'a> {
    fn of(graphs: &'a [(Covered, String)]) -> Self {
        let Numbered { terms, rows, .. } = Numbered::of(graphs.iter().map(|(_, text)| text.as_str()));
        let mut terms: Vec<(&str, usize)> = terms.into_iter().zip(0..).collect();
        terms.sort_unstable();
        Self { terms, rows }
    }
}

/// Writes the graphs of some texts as an index of their own, to stand at `path`.
pub(super) fn write(path: &Path, graphs: &[(Covered, String)]) -> Result<NamedTempFile, StoreError> {
    let shares = in_parallel(&shares(graphs), |graphs| Share::of(graphs));
    let mut writer = Writer::new(path)?;
    let ranks = write_terms(&mut writer, &shares)?;
    writer.begin_rows()?;
    let ranked: Vec<(&[Row], &[u32])> =
        shares.iter().zip(&ranks).map(|(share, ranks)| (share.rows.as_slice(), ranks.as_slice())).collect();
    let orders = in_parallel(&Order::ALL, |order| encoded(&sorted(*order, &ranked)));
    for (order, blocks) in Order::ALL.into_iter().zip(orders) {
        for block in blocks {
            writer.rows(order, &block)?;
        }
    }
    writer.finish(graphs.iter().map(|(covered, _)| covered.clone()).collect())
}

/// Writes the terms of all shares, each once. Returns, for each share, which place each of its terms has there.
fn write_terms(writer: &mut Writer, shares: &[Share<'_>]) -> Result<Vec<Vec<u32>>, StoreError> {
    let mut ranks: Vec<Vec<u32>> = shares.iter().map(|share| vec![0; share.terms.len()]).collect();
    let mut all: Vec<(&str, usize, usize)> = shares
        .iter()
        .zip(0..)
        .flat_map(|(share, of)| share.terms.iter().map(move |(term, at)| (*term, of, *at)))
        .collect();
    // runs that are sorted already are merged
    all.sort_by(|a, b| a.0.cmp(b.0));
    let mut last = None;
    let mut count = 0_u32;
    for (term, share, place) in all {
        if last != Some(term) {
            writer.term(term)?;
            count += 1;
            last = Some(term);
        }
        if let Some(rank) = ranks.get_mut(share).and_then(|ranks| ranks.get_mut(place)) {
            *rank = count - 1;
        }
    }
    Ok(ranks)
}
