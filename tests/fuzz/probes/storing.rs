//! RDF, queries and damaged stores.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use tempfile::TempDir;
use zeren::graph::{DocumentGraph, Format};
use zeren::load;
use zeren::pipeline::check;
use zeren::query::{Answer, Limits, Query, Update};
use zeren::read::read_bytes;
use zeren::store::{Access, Graphs, SourceInfo, Store};

use super::{NOTICE, choice};

/// The graph of the sample notice.
pub(crate) fn graph() -> DocumentGraph {
    match read_bytes("notice.txt", NOTICE.as_bytes()) {
        Ok(source) => DocumentGraph::of(&check(source, None)),
        Err(error) => panic!("the sample cannot be read: {error}"),
    }
}

/// RDF in the syntax that the first byte says.
pub(crate) fn graphs(data: &[u8]) {
    let Some((format, content)) = choice(data, &Format::ALL) else { return };
    for into in [None, Some("https://example.org/graph")] {
        let mut spool = load::Spool::default();
        for graph in spool.read(content, format, into).unwrap_or_default() {
            match spool.graph(&graph) {
                Ok(read) => assert!(!read.document.is_empty() && spool.count(&graph).ok() == Some(read.quads.len())),
                Err(error) => panic!("{}: what was read is not there: {error}", graph.name()),
            }
        }
    }
}

/// A query and an update over one document.
pub(crate) fn queries(data: &[u8]) {
    static GRAPHS: LazyLock<Graphs> = LazyLock::new(|| match Graphs::try_from(&graph()) {
        Ok(graphs) => graphs,
        Err(error) => panic!("the sample is not stored: {error}"),
    });
    let text = String::from_utf8_lossy(data);
    // what takes long is cut off by others, not here
    if text.matches(['{', '*', '+']).count() < 12
        && let Ok(query) = Query::parse(&text)
    {
        let _ = query.run(&*GRAPHS, &Limits { rows: Some(100), ..Limits::default() });
    }
    let _ = Update::parse(&text);
}

/// A store with one damaged file: what it still answers is what was stored.
pub(crate) fn stores(data: &[u8]) {
    static WHOLE: LazyLock<(TempDir, Vec<PathBuf>, Answer)> = LazyLock::new(whole);
    let (folder, files, known) = &*WHOLE;
    let Some((file, rest)) = choice(data, &(0..files.len()).collect::<Vec<_>>()) else { return };
    let Ok(copy) = tempfile::tempdir() else { return };
    for (place, path) in files.iter().enumerate() {
        let (Ok(mut content), Some(parent)) = (fs::read(folder.path().join(path)), path.parent()) else { return };
        if place == file {
            damage(&mut content, rest);
        }
        let _ = fs::create_dir_all(copy.path().join(parent));
        let _ = fs::write(copy.path().join(path), content);
    }
    let Ok(store) = Store::open(copy.path(), Access::ReadOnly) else { return };
    if let Ok(found) = everything(&store) {
        assert!(found == *known, "{} was damaged, and the store answers otherwise", files[file].display());
    }
}

/// Changes bytes, three of the input each: where, of 65,536, and to what. The last single byte cuts the file off.
fn damage(content: &mut Vec<u8>, how: &[u8]) {
    let length = content.len();
    let at = |high: u8, low: u8| (usize::from(u16::from_be_bytes([high, low])) * length) >> 16;
    let mut changes = how.chunks_exact(3);
    for change in &mut changes {
        if let Some(byte) = content.get_mut(at(change[0], change[1])) {
            *byte ^= change[2];
        }
    }
    if let [cut] = changes.remainder() {
        content.truncate(at(*cut, 0));
    }
}

fn everything(store: &Store) -> Result<Answer, zeren::query::QueryError> {
    let query = Query::parse("SELECT ?g ?s ?p ?o { GRAPH ?g { ?s ?p ?o } }")?;
    query.run(store, &Limits::default())
}

/// A store of one document, its files, and what it answers.
fn whole() -> (TempDir, Vec<PathBuf>, Answer) {
    let made = || -> Result<_, Box<dyn std::error::Error>> {
        let folder = tempfile::tempdir()?;
        let mut store = Store::open(folder.path(), Access::Write)?;
        store.replace(&graph(), &SourceInfo { source: "notice.txt".to_owned(), title: None })?;
        store.settle()?;
        drop(store);
        let mut files = Vec::new();
        list(folder.path(), Path::new(""), &mut files)?;
        let known = everything(&Store::open(folder.path(), Access::ReadOnly)?)?;
        Ok((folder, files, known))
    };
    match made() {
        Ok(made) => made,
        Err(error) => panic!("the sample is not stored: {error}"),
    }
}

/// The files below a folder, without the lock.
fn list(root: &Path, below: &Path, files: &mut Vec<PathBuf>) -> std::io::Result<()> {
    let mut names: Vec<_> = fs::read_dir(root.join(below))?.collect::<Result<_, _>>()?;
    names.sort_by_key(fs::DirEntry::file_name);
    for entry in names {
        let path = below.join(entry.file_name());
        if entry.path().is_dir() {
            list(root, &path, files)?;
        } else if entry.metadata()?.len() > 0 {
            files.push(path);
        }
    }
    Ok(())
}
