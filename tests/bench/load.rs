//! How fast RDF is loaded, beside oxigraph's own loader on the same quads.
//!
//! Ours ends with files that last and a manifest; oxigraph's with a database in memory. What it takes to open the store
//! afterwards, which holds every statement twice, stands beside them.

use std::error::Error;
use std::fs;
use std::io::{Write, stdout};
use std::path::Path;
use std::time::{Duration, Instant};

use oxigraph::io::RdfFormat;
use oxigraph::store::Store as Oxigraph;
use zeren::graph::{DocumentGraph, Format};
use zeren::store::{Access, Store};
use zeren::{load, pipeline};

/// How many copies of the sample documents are loaded.
const COPIES: usize = 100;
/// How many rounds; the fastest counts.
const ROUNDS: usize = 5;

/// Loads the same quads in turns, and prints the rates.
pub(crate) fn compare(root: &Path) -> Result<(), Box<dyn Error>> {
    let text = quads(root)?;
    let count = text.lines().count();
    let mut times = [Duration::MAX; 4];
    for _ in 0..ROUNDS {
        let folder = tempfile::tempdir()?;
        let path = folder.path().join("zeren.db");
        let ours = time(|| {
            let mut spool = load::Spool::default();
            let graphs = spool.read(text.as_bytes(), Format::NQuads, None)?;
            load::store(&spool, &graphs.iter().collect::<Vec<_>>(), &mut Store::open(&path, Access::Fill)?)?;
            Ok(())
        })?;
        let open = time(|| {
            Store::open(&path, Access::ReadOnly)?;
            Ok(())
        })?;
        let theirs = time(|| {
            let store = Oxigraph::new()?;
            let mut loader = store.bulk_loader();
            loader.load_from_slice(RdfFormat::NQuads, text.as_bytes())?;
            Ok(loader.commit()?)
        })?;
        let parallel = time(|| {
            let store = Oxigraph::new()?;
            let mut loader = store.bulk_loader();
            loader.parallel_load_from_slice(RdfFormat::NQuads, text.as_bytes())?;
            Ok(loader.commit()?)
        })?;
        for (best, now) in times.iter_mut().zip([ours, theirs, parallel, open]) {
            *best = now.min(*best);
        }
    }
    let [ours, theirs, parallel, open] = times.map(|time| time.as_secs_f64());
    let quads = f64::from(u32::try_from(count)?);
    let mut out = stdout();
    writeln!(out, "loading {count} quads, fastest of {ROUNDS} rounds")?;
    for (name, seconds) in [
        ("zeren load", ours),
        ("oxigraph, one thread", theirs),
        ("oxigraph, parallel", parallel),
        ("opening the store", open),
    ] {
        writeln!(
            out,
            "  {name:<22}{seconds:>8.3} s{:>12.0} quads/s{:>7.2}",
            quads / seconds,
            theirs.min(parallel) / seconds
        )?;
    }
    writeln!(out)?;
    Ok(())
}

fn time(work: impl FnOnce() -> Result<(), Box<dyn Error>>) -> Result<Duration, Box<dyn Error>> {
    let started = Instant::now();
    work()?;
    Ok(started.elapsed())
}

/// The sample documents as N-Quads, again and again under other names.
fn quads(root: &Path) -> Result<String, Box<dyn Error>> {
    const DOCUMENTS: &str = "https://w3id.org/zeren/document/";
    let mut paths: Vec<_> = fs::read_dir(root.join("data/samples"))?
        .map(|entry| entry.map(|entry| entry.path()))
        .collect::<Result<_, _>>()?;
    paths.sort();
    let mut one = String::new();
    for path in paths.iter().filter(|path| path.extension().is_some_and(|ending| ending == "txt" || ending == "html")) {
        let (facts, _) = pipeline::facts(path)?;
        one += &DocumentGraph::new(&facts).to_nquads();
    }
    Ok((0..COPIES).map(|copy| one.replace(DOCUMENTS, &format!("{DOCUMENTS}{copy}-"))).collect())
}
