//! Tests of the queries on a store of two invented documents.

mod answers;
mod bind;
mod formats;
mod network;
mod shapes;

use std::collections::BTreeMap;

use tempfile::TempDir;
use zeren::graph::DocumentGraph;
use zeren::query::{Answer, Limits, Query, Table, catalogue};
use zeren::store::{Access, SourceInfo, Store};

use crate::support::sample;

/// A store of the sample. The folder lives as long as the first value.
fn sample_store() -> (TempDir, Store) {
    let dir = tempfile::tempdir().unwrap();
    let mut store = Store::open(dir.path().join("zeren.db"), Access::Write).unwrap();
    for facts in [sample::facts(), sample::parent()] {
        let info = SourceInfo { source: facts.source.clone(), title: facts.head.title.clone() };
        store.replace(&DocumentGraph::new(&facts), &info).unwrap();
    }
    (dir, store)
}

/// A store of the shipped data.
fn shipped_store() -> (TempDir, Store) {
    let dir = tempfile::tempdir().unwrap();
    let data = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("data");
    let mut build = crate::cli::program(&data);
    assert!(build.args(["build", "ledgers", "samples", "--store"]).arg(dir.path()).output().unwrap().status.success());
    let store = Store::open(dir.path(), Access::ReadOnly).unwrap();
    (dir, store)
}

fn run(store: &Store, text: &str) -> Answer {
    Query::parse(text).unwrap().run(store, &Limits::default()).unwrap()
}

/// The answer of a shipped query.
fn ask(store: &Store, name: &str, values: &[(&str, &str)]) -> Table {
    let values: BTreeMap<String, String> =
        values.iter().map(|&(key, value)| (key.to_owned(), value.to_owned())).collect();
    catalogue::find(name).unwrap().bind(&values).unwrap().run(store, &Limits::default()).unwrap().table()
}

/// The rows as lines, cells set apart by bars.
fn lines(table: &Table) -> Vec<String> {
    table.rows.iter().map(|row| row.join("|")).collect()
}
