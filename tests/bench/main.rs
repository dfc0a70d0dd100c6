//! How fast texts are read and extracted, stage by stage, and how much memory that takes.
//!
//! ```text
//! cargo bench --bench speed                      # all tables
//! cargo bench --bench speed -- --only dense      # the texts of one name
//! cargo bench --bench speed -- --only load       # RDF into the store, beside oxigraph's own loader
//! cargo bench --bench speed -- --only query      # the shipped queries on a store of 1,000 documents
//! cargo bench --bench speed -- --store DIR       # that store, to be kept
//! cargo bench --bench speed -- --only network    # ranking and network of departments, beside rustworkx and igraph
//! cargo bench --bench speed -- --only inherit    # a document of 100 tasks over 300 below it
//! cargo bench --bench speed -- --only balance    # plans for 500 tasks of 60 departments, usual and hard cases
//! cargo bench --bench speed -- --clients DIR 600     # 200 clients of a server of that store, for so many seconds
//! cargo bench --bench speed -- --hurried DIR 600     # the same, who do not think between two questions
//! cargo bench --bench speed -- --write DIR       # the texts as files, to compare programs with
//! cargo bench --bench speed -- --once dense 1000000   # one text of a length once, for callgrind or perf
//! cargo bench --bench speed -- --counts-input DIR    # what .ci/counts has counted, and the work on it: --counts DIR
//! ```
//!
//! MB are millions of bytes of UTF-8 text as read. Of several rounds the fastest counts.

mod analysis;
mod balance;
mod clients;
mod corpus;
mod counts;
mod load;
mod measure;
mod network;
mod query;

use std::error::Error;
use std::fs;
use std::io::{Write, stdout};
use std::path::Path;

use corpus::{Layout, Pieces, Sample};
use mimalloc::MiMalloc;

/// The allocator of the program.
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

/// Lengths of documents as they are.
const REAL: [usize; 4] = [10_000, 20_000, 40_000, 60_000];
/// How many documents of one layout.
const DOCUMENTS: usize = 24;

/// What was asked for on the command line.
#[derive(Default)]
struct Asked {
    only: Option<String>,
    write: Option<String>,
    store: Option<String>,
    once: Option<(String, usize)>,
    /// Where what is counted lies, and whether it is to be made.
    counts: Option<(String, bool)>,
    /// A store, for how many seconds, and whether clients think.
    clients: Option<(String, u64, bool)>,
}

fn main() -> Result<(), Box<dyn Error>> {
    let mut asked = Asked::default();
    let mut words = std::env::args().skip(1);
    while let Some(word) = words.next() {
        match word.as_str() {
            "--only" => asked.only = words.next(),
            "--write" => asked.write = words.next(),
            "--store" => asked.store = words.next(),
            "--counts" | "--counts-input" => {
                asked.counts = words.next().map(|folder| (folder, word == "--counts-input"));
            }
            "--once" => asked.once = words.next().zip(words.next().and_then(|bytes| bytes.parse().ok())),
            "--clients" | "--hurried" => {
                let seconds = |words: &mut dyn Iterator<Item = String>| words.next().and_then(|word| word.parse().ok());
                asked.clients =
                    words.next().zip(seconds(&mut words)).map(|(store, time)| (store, time, word == "--clients"));
            }
            // cargo says so to every bench
            "--bench" => {}
            other => {
                return Err(format!(
                    "`{other}` is not known: --only NAME, --store DIR, --write DIR, --once NAME BYTES"
                )
                .into());
            }
        }
    }
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    if let Some((folder, false)) = &asked.counts {
        return counts::run(root, Path::new(folder));
    }
    let pieces = Pieces::of_samples(&root.join("data/samples"))?;
    if let Some((folder, _)) = asked.counts {
        return counts::make(&pieces, root, Path::new(&folder));
    }
    if let Some((name, bytes)) = asked.once {
        let layout = Layout::ALL.into_iter().find(|layout| layout.name() == name).ok_or("no such layout")?;
        return measure::once(&pieces.sample(layout, bytes, 1));
    }
    if let Some((store, seconds, thinking)) = asked.clients {
        return clients::ask(Path::new(&store), seconds, thinking);
    }
    if let Some(folder) = asked.store {
        return query::build(&pieces, Path::new(&folder));
    }
    let mut sets: Vec<(String, Vec<Sample>)> = Vec::new();
    for layout in Layout::ALL {
        let documents = (0_u64..).zip(REAL.iter().cycle().take(DOCUMENTS));
        sets.push((
            layout.name().to_owned(),
            documents.map(|(seed, bytes)| pieces.sample(layout, *bytes, seed)).collect(),
        ));
    }
    let real = found(&root.join("../shared"))?;
    if real.is_empty() {
        writeln!(stdout(), "without the documents of ../shared, which is not there")?;
    } else {
        sets.push(("found".to_owned(), real));
    }
    sets.retain(|(name, _)| asked.only.as_ref().is_none_or(|only| name.contains(only)));
    if let Some(folder) = asked.write {
        return write(&sets, Path::new(&folder));
    }
    if asked.only.as_deref().is_none_or(|only| only == "load") {
        load::compare(root)?;
    }
    if asked.only.as_deref().is_none_or(|only| only == "query") {
        query::measure(&pieces)?;
    }
    if asked.only.as_deref().is_none_or(|only| only == "network") {
        network::compare(root)?;
    }
    if asked.only.as_deref().is_none_or(|only| only == "inherit") {
        analysis::handed_down(&pieces)?;
    }
    if asked.only.as_deref().is_none_or(|only| only == "balance") {
        analysis::balanced()?;
        balance::measure()?;
    }
    measure::heading()?;
    for (name, samples) in &sets {
        measure::set(name, samples)?;
    }
    for layout in Layout::ALL {
        if asked.only.as_ref().is_none_or(|only| layout.name().contains(only)) {
            measure::growth(layout.name())?;
        }
    }
    Ok(())
}

/// The texts and pages of the folder beside the project.
fn found(folder: &Path) -> Result<Vec<Sample>, Box<dyn Error>> {
    let mut samples = Vec::new();
    for part in ["seeds", "corpus"] {
        let Ok(entries) = fs::read_dir(folder.join(part)) else { continue };
        for entry in entries {
            let path = entry?.path();
            if path.extension().is_some_and(|ending| ending == "txt" || ending == "html") {
                samples.push(Sample {
                    name: path.file_name().unwrap_or_default().to_string_lossy().into_owned(),
                    bytes: fs::read(&path)?,
                });
            }
        }
    }
    samples.sort_by(|one, other| one.name.cmp(&other.name));
    Ok(samples)
}

/// Writes the texts as files, a folder a set.
fn write(sets: &[(String, Vec<Sample>)], folder: &Path) -> Result<(), Box<dyn Error>> {
    for (name, samples) in sets {
        let folder = folder.join(name);
        fs::create_dir_all(&folder)?;
        for sample in samples {
            fs::write(folder.join(&sample.name), &sample.bytes)?;
        }
    }
    Ok(())
}
