//! The bytes that fuzzers found worth keeping, tried again.

use std::fs::File;
use std::io::Read;
use std::path::Path;

use zip::ZipArchive;

use super::probes;

/// Tries what is kept for one fuzzer; each file is named should it fail.
fn tried(name: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("tests/fuzz/corpus/{name}.zip"));
    let mut kept = ZipArchive::new(File::open(path).unwrap()).unwrap();
    let (_, probe) = probes::ALL.into_iter().find(|(known, _)| *known == name).unwrap();
    assert!(kept.len() > 10, "{name}: nothing is kept");
    for place in 0..kept.len() {
        let mut file = kept.by_index(place).unwrap();
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes).unwrap();
        let shown = file.name().unwrap().into_owned();
        let told = std::panic::catch_unwind(|| probe(&bytes));
        assert!(told.is_ok(), "{name}: {shown}");
    }
}

/// A test for each, so that they run beside one another.
macro_rules! of_each {
    ($($name:ident),*) => { $(#[test] fn $name() { tried(stringify!($name)); })* };
}

of_each!(clauses, corrections, files, graphs, ledgers, parts, quantities, queries, requests, stores);
