//! Graphs of sorted N-Quads as terms and rows.

use std::path::Path;

use rustc_hash::FxHashMap;
use tempfile::NamedTempFile;

use super::order::{Order, Row};
use super::writer::{Covered, Writer};
use crate::graph::nquads_parts;
use crate::parallel::in_parallel;
use crate::store::StoreError;

/// The statements of some texts of N-Quads, by numbers of their terms.
pub(super) struct Numbered<'a> {
    /// The terms, each once, in the order in which they came.
    pub(super) terms: Vec<&'a str>,
    /// Subject, predicate, object and graph of every line.
    pub(super) rows: Vec<Row>,
}

impl<'a> Numbered<'a> {
    /// Reads lines as the project writes them; others are none of a store, whose files have a digest.
    pub(super) fn of(texts: impl IntoIterator<Item = &'a str>) -> Self {
        let mut numbers: FxHashMap<&str, u32> = FxHashMap::default();
        let mut numbered = Self { terms: Vec::new(), rows: Vec::new() };
        for parts in texts.into_iter().flat_map(str::lines).filter_map(nquads_parts) {
            let row = parts.map(|term| {
                *numbers.entry(term).or_insert_with(|| {
                    numbered.terms.push(term);
                    // a batch is cut long before it has so many
                    u32::try_from(numbered.terms.len() - 1).unwrap_or(u32::MAX)
                })
            });
            numbered.rows.push(row);
        }
        numbered
    }

    /// The rows of every order, sorted, with other numbers in the place of these.
    pub(super) fn sorted(&self, numbers: &[u32]) -> Vec<Vec<Row>> {
        let number = |term: u32| numbers.get(term as usize).copied().unwrap_or_default();
        in_parallel(&Order::ALL, |order| {
            let mut rows: Vec<Row> = self.rows.iter().map(|row| order.arrange(row.map(number))).collect();
            rows.sort_unstable();
            rows.dedup();
            rows
        })
    }
}

/// Writes the graphs of some texts as an index of their own, to stand at `path`.
pub(super) fn write(path: &Path, graphs: &[(Covered, String)]) -> Result<NamedTempFile, StoreError> {
    let numbered = Numbered::of(graphs.iter().map(|(_, text)| text.as_str()));
    let mut order: Vec<(&str, usize)> = numbered.terms.iter().copied().zip(0..).collect();
    order.sort_unstable();
    let mut ranks = vec![0; order.len()];
    let mut writer = Writer::new(path)?;
    for (rank, (term, place)) in (0..).zip(&order) {
        writer.term(term)?;
        if let Some(known) = ranks.get_mut(*place) {
            *known = rank;
        }
    }
    writer.begin_rows()?;
    for (order, rows) in Order::ALL.into_iter().zip(numbered.sorted(&ranks)) {
        for row in rows {
            writer.row(order, row)?;
        }
        writer.end_rows(order)?;
    }
    writer.finish(graphs.iter().map(|(covered, _)| covered.clone()).collect())
}
