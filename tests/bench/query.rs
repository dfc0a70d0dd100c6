//! How fast the shipped queries answer on a store of a thousand documents.
//!
//! Each document is of its own city and year, and has some seventy tasks. A query is asked as somebody would who wants
//! to know of one body or one document; those that take nothing of the kind go through all of them.

use std::collections::BTreeMap;
use std::error::Error;
use std::io::{Write, stdout};
use std::path::Path;
use std::time::{Duration, Instant};

use zeren::graph::DocumentGraph;
use zeren::knowledge::{Knowledge, Level};
use zeren::pipeline;
use zeren::query::catalogue::{self, NamedQuery};
use zeren::query::{Answer, Limits};
use zeren::read::read_bytes;
use zeren::store::{Access, SourceInfo, Store};

use super::corpus::Pieces;
use super::measure::{forget_peak, megabytes, peak};

/// How many documents the store has.
const DOCUMENTS: usize = 1000;
/// Length of a document in bytes: some seventy tasks.
const BYTES: usize = 40_000;
/// How many documents are committed together.
const TOGETHER: usize = 50;
/// How often a query is asked; the fastest and the middle one are shown.
const ROUNDS: usize = 10;
/// What a query about one body, task or document may take.
const BOUND: Duration = Duration::from_millis(50);
/// A query that takes longer is asked once.
const LONG: Duration = Duration::from_secs(2);

/// Builds the store, opens it and asks every shipped query.
pub(crate) fn measure(pieces: &Pieces) -> Result<(), Box<dyn Error>> {
    let folder = tempfile::tempdir()?;
    let path = folder.path().join("zeren.db");
    build(pieces, &path)?;
    forget_peak();
    let started = Instant::now();
    let store = Store::open(&path, Access::ReadOnly)?;
    let mut out = stdout();
    writeln!(
        out,
        "opened in {:.2} s, {:.0} MB at most\n\n{:<28} {:>9} {:>9} {:>8}  asked with",
        started.elapsed().as_secs_f64(),
        peak().map_or(f64::NAN, megabytes),
        "query",
        "best, ms",
        "median",
        "rows"
    )?;
    for named in catalogue::all()? {
        let values = values(&named);
        let query = named.bind(&values)?;
        let mut times = Vec::new();
        let mut rows = 0;
        while times.len() < ROUNDS && times.iter().sum::<Duration>() < LONG {
            let started = Instant::now();
            let answer = query.run(&store, &Limits::default())?;
            times.push(started.elapsed());
            if let Answer::Rows(found) = answer {
                rows = found.rows.len();
            }
        }
        times.sort();
        let (best, median) = (times.first().copied().unwrap_or_default(), times.get(times.len() / 2).copied());
        let asked: Vec<String> = values.iter().map(|(name, value)| format!("{name}={value}")).collect();
        let slow = if best > BOUND && !values.is_empty() { "  over 50 ms" } else { "" };
        writeln!(
            out,
            "{:<28} {:>9.1} {:>9.1} {rows:>8}  {}{slow}",
            named.name,
            best.as_secs_f64() * 1e3,
            median.unwrap_or_default().as_secs_f64() * 1e3,
            asked.join(" ")
        )?;
    }
    writeln!(out)?;
    Ok(())
}

/// What somebody asks who wants to know of one body or one document.
fn values(named: &NamedQuery) -> BTreeMap<String, String> {
    let value = |name: &str| match name {
        "body" => Some("哈尔滨市财政局"),
        "document" => Some("哈尔滨市-2021"),
        "where" => Some("哈尔滨市"),
        "what" => Some("finance"),
        "text" => Some("医疗 财政"),
        "name" => Some("覆盖率"),
        "number" | "parent" => Some("国发"),
        "task" => Some("哈尔滨市政办发"),
        _ => None,
    };
    // who names a body asks of all its documents
    let has_body = named.parameters.iter().any(|parameter| parameter.name == "body");
    let asked = named.parameters.iter().filter(|parameter| !(has_body && parameter.name == "document"));
    asked.filter_map(|parameter| Some((parameter.name.to_owned(), value(parameter.name)?.to_owned()))).collect()
}

/// Builds the store of a thousand documents.
pub(crate) fn build(pieces: &Pieces, path: &Path) -> Result<(), Box<dyn Error>> {
    let places = &Knowledge::shipped().places;
    let codes = (1100..6600).map(|code| format!("{code}00"));
    let cities: Vec<&str> = codes
        .filter_map(|code| places.by_code(&code))
        .filter(|place| place.level == Level::City && place.to.is_none())
        .map(|place| place.name.as_str())
        .collect();
    let started = Instant::now();
    let mut tasks = 0;
    let mut store = Store::open(path, Access::Fill)?;
    let seeds: Vec<u64> = (0..DOCUMENTS as u64).collect();
    for seeds in seeds.chunks(TOGETHER) {
        let mut graphs = Vec::new();
        for seed in seeds {
            let turn = usize::try_from(*seed)?;
            let city = cities.get(turn % cities.len()).ok_or("no cities")?;
            let year = 2021 + (turn / cities.len()) as u64;
            let sample = pieces.notice(city, year, BYTES, *seed);
            let checked = pipeline::check(read_bytes(&sample.name, &sample.bytes)?, None);
            tasks += checked.facts.tasks.len();
            let info = SourceInfo { source: sample.name, title: checked.facts.head.title.clone() };
            graphs.push((DocumentGraph::of(&checked), info));
        }
        store.replace_all(graphs.iter().map(|(graph, info)| (graph, info)))?;
    }
    let written = Instant::now();
    store.settle()?;
    let settled = written.elapsed();
    writeln!(
        stdout(),
        "{} documents, {tasks} tasks, {} statements, built in {:.1} s, of these {:.1} s for the index",
        store.documents().len(),
        store.len(),
        started.elapsed().as_secs_f64(),
        settled.as_secs_f64()
    )?;
    Ok(())
}
