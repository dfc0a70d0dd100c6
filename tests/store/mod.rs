//! Tests of the store, each run on every backend of the build.

mod durability;
mod journal;
#[cfg(not(feature = "rocksdb"))]
mod kill;
mod life;
#[cfg(not(feature = "rocksdb"))]
mod refusals;

use std::path::Path;

use zeren::graph::DocumentGraph;
use zeren::resolve::Facts;
use zeren::store::{Access, Backend, SourceInfo, Status, Store};

/// Runs a test on every backend, each in a folder of its own.
fn on_every_backend(test: impl Fn(&Path, Backend)) {
    let backends = [
        Backend::Files,
        #[cfg(feature = "rocksdb")]
        Backend::RocksDb,
    ];
    for backend in backends {
        let dir = tempfile::tempdir().unwrap();
        test(&dir.path().join("zeren.db"), backend);
    }
}

fn put(store: &mut Store, facts: &Facts) -> Status {
    let info = SourceInfo { source: facts.source.clone(), title: facts.head.title.clone() };
    store.replace(&DocumentGraph::new(facts), &info).unwrap()
}

fn write(dir: &Path, backend: Backend) -> Store {
    Store::open_as(dir, Access::Write, backend).unwrap()
}

fn read(dir: &Path) -> Store {
    Store::open(dir, Access::ReadOnly).unwrap()
}
