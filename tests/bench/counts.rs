//! Fixed pieces of work for callgrind to count the instructions of: the same input, one thread, every time.
//!
//! `--counts-input DIR` makes the input, `--counts DIR` does the work. Each piece runs in [`counted`] alone, by whose name
//! callgrind begins and ends, and is told on a line: its name, how many units it went through, and what these are. `.ci/counts`
//! divides the one by the other.

use std::collections::BTreeMap;
use std::error::Error;
use std::fs;
use std::hint::black_box;
use std::io::{Write, stdout};
use std::path::{Path, PathBuf};

use zeren::analysis::{Options, balance, inherit_all, overlap, workload};
use zeren::extract::{Extraction, extract};
use zeren::graph::DocumentGraph;
use zeren::knowledge::Knowledge;
use zeren::lint::lint;
use zeren::notice::Notice;
use zeren::parse::{Document, parse};
use zeren::query::catalogue;
use zeren::query::{self, Answer, Filter, Limits, Query};
use zeren::read::{Source, read_bytes, read_path};
use zeren::resolve::resolve;
use zeren::store::{Access, SourceInfo, Store};
use zeren::synth::{Format, Layout, Nation, Plan};
use zeren::{load, pipeline};

use super::analysis::unequal;
use super::corpus::Pieces;
use super::network::generate;

/// Notices of the nation, of which those that are wanted are the first of their kind.
const NOTICES: usize = 400;
/// Notices of one layout, or of one format.
const EACH: usize = 2;
/// Documents of the store, and those that are put into it in one step.
const STORED: usize = 24;
const TOGETHER: usize = 4;
/// Tasks and places of the network that is ranked and measured.
const RANKED: usize = 20_000;
const PLACES: usize = 10;
/// Tasks and departments of the plan.
const PLANNED: usize = 100;
const BODIES: usize = 20;
/// Tasks of the document above, and documents below it.
const MANDATES: usize = 60;
const CHILDREN: usize = 3;

/// Where callgrind begins and ends to count.
#[inline(never)]
fn counted(work: &mut dyn FnMut()) {
    black_box(&mut *work)();
}

/// Does a piece of work and tells it.
fn count<T>(name: &str, units: usize, unit: &str, work: impl FnOnce() -> T) -> Result<T, Box<dyn Error>> {
    let (mut work, mut done) = (Some(work), None);
    counted(&mut || done = work.take().map(|work| black_box(work())));
    writeln!(stdout(), "{name}\t{units}\t{unit}")?;
    done.ok_or_else(|| "the work was not done".into())
}

/// Makes the files that the work is done on.
pub(crate) fn make(pieces: &Pieces, root: &Path, folder: &Path) -> Result<(), Box<dyn Error>> {
    let plan = Plan { seed: 7, notices: NOTICES, tasks: 40, ..Plan::default() };
    let (all, texts) = (Nation::new(plan.clone())?, Nation::new(Plan { formats: vec![Format::Txt], ..plan })?);
    let mut layouts: BTreeMap<Layout, usize> = BTreeMap::new();
    let mut formats: BTreeMap<Format, usize> = BTreeMap::new();
    for name in ["layouts", "formats", "documents"] {
        fs::create_dir_all(folder.join(name))?;
    }
    for index in 0..NOTICES {
        let notice = texts.notice(index)?;
        let found = layouts.entry(notice.layout).or_default();
        if *found < EACH {
            *found += 1;
            let name = format!("layouts/{}-{found}.txt", notice.layout.as_str());
            fs::write(folder.join(name), &notice.bytes)?;
        }
        if index < STORED {
            fs::write(folder.join("documents").join(notice.file()), &notice.bytes)?;
        }
        let notice = all.notice(index)?;
        let found = formats.entry(notice.format).or_default();
        if *found < EACH {
            *found += 1;
            let ending = notice.format.as_str();
            fs::write(folder.join(format!("formats/{ending}-{found}.{ending}")), &notice.bytes)?;
        }
    }
    if layouts.len() < Layout::ALL.len() || formats.len() < Format::ALL.len() {
        return Err("the nation lacks a layout or a format".into());
    }
    for path in sorted(&root.join("tests/gold/formats"))? {
        let ending = path.extension().unwrap_or_default().to_string_lossy().into_owned();
        if ["pdf", "xls", "ods"].contains(&ending.as_str()) {
            let stem = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
            fs::copy(&path, folder.join(format!("formats/{ending}-{stem}.{ending}")))?;
        }
    }
    let mut above = Vec::new();
    for sample in pieces.handed_down(MANDATES, CHILDREN) {
        above.push(stated(read_bytes(&sample.name, &sample.bytes)?));
    }
    let mut store = Store::open(folder.join("handed-down.db"), Access::Fill)?;
    store.replace_all(above.iter().map(|(graph, info)| (graph, info)))?;
    store.settle()?;
    Ok(())
}

/// The graph of a source.
fn stated(source: Source) -> (DocumentGraph, SourceInfo) {
    let name = source.name.clone();
    let checked = pipeline::check(source, None);
    let info = SourceInfo { source: name, title: checked.facts.head.title.clone() };
    (DocumentGraph::of(&checked), info)
}

/// The files of a folder, in order.
fn sorted(folder: &Path) -> Result<Vec<PathBuf>, Box<dyn Error>> {
    let mut paths: Vec<PathBuf> =
        fs::read_dir(folder)?.map(|entry| Ok(entry?.path())).collect::<Result<_, std::io::Error>>()?;
    paths.sort();
    Ok(paths)
}

/// The files of a folder by what stands before the last sign of connection in their names.
fn kinds(folder: &Path) -> Result<BTreeMap<String, Vec<PathBuf>>, Box<dyn Error>> {
    let mut kinds: BTreeMap<String, Vec<PathBuf>> = BTreeMap::new();
    for path in sorted(folder)? {
        let stem = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        let ending = path.extension().unwrap_or_default().to_string_lossy().into_owned();
        let kind =
            if ending == "txt" { stem.rsplit_once('-').map_or(stem.as_str(), |(kind, _)| kind) } else { &ending };
        kinds.entry(kind.to_owned()).or_default().push(path);
    }
    Ok(kinds)
}

/// Does all of the work on the files of a folder.
pub(crate) fn run(root: &Path, folder: &Path) -> Result<(), Box<dyn Error>> {
    count("tables of knowledge", 1, "time", Knowledge::shipped)?;
    read(folder)?;
    clauses(root)?;
    extraction(folder)?;
    store(folder)?;
    inheritance(folder)?;
    network()
}

/// Every format.
fn read(folder: &Path) -> Result<(), Box<dyn Error>> {
    for (kind, paths) in kinds(&folder.join("formats"))? {
        let bytes: usize =
            paths.iter().map(|path| read_path(path).map_or(0, |source| source.text.as_str().len())).sum();
        count(&format!("read {kind}"), bytes, "byte of text", || {
            paths.iter().try_for_each(|path| read_path(path).map(drop))
        })??;
    }
    Ok(())
}

/// The grammar of clauses, on the clauses of its corpus as one document.
fn clauses(root: &Path) -> Result<(), Box<dyn Error>> {
    let corpus = fs::read_to_string(root.join("tests/extraction/clauses.md"))?;
    let clauses: Vec<&str> = corpus.lines().filter_map(|line| line.strip_prefix("> ")).collect();
    let mut text = "云川省人民政府关于印发任务的通知\n一、任务\n".to_owned();
    for clause in &clauses {
        text.push_str("(一)做好工作。");
        text.push_str(&clause.replace("\\n", "\n"));
        text.push('\n');
    }
    let document = parse(read_bytes("clauses.txt", text.as_bytes())?);
    count("clauses of the corpus", clauses.len(), "clause", || extract(&document))?;
    Ok(())
}

/// Every layout, from the text to facts; then what is odd and the statements, on all of them.
fn extraction(folder: &Path) -> Result<(), Box<dyn Error>> {
    let mut all: Vec<Document> = Vec::new();
    for (kind, paths) in kinds(&folder.join("layouts"))? {
        let sources: Vec<Source> = paths.iter().map(|path| read_path(path)).collect::<Result<_, _>>()?;
        let bytes: usize = sources.iter().map(|source| source.text.as_str().len()).sum();
        let work = || {
            sources.into_iter().map(|source| {
                let document = parse(source);
                let facts = resolve(extract(&document));
                (document, facts)
            })
        };
        let found: Vec<_> = count(&format!("extract {kind}"), bytes, "byte of text", || work().collect())?;
        all.extend(found.into_iter().map(|(document, _)| document));
    }
    let bytes: usize = all.iter().map(|document| document.text.as_str().len()).sum();
    let extractions: Vec<Extraction> = all.iter().map(extract).collect();
    let facts: Vec<_> = count("resolve", bytes, "byte of text", || extractions.into_iter().map(resolve).collect())?;
    count("lint", bytes, "byte of text", || {
        all.iter().zip(&facts).map(|(document, facts)| lint(document, facts).len()).sum::<usize>()
    })?;
    Ok(())
}

/// The statements of documents, a store of them, what changes in it, and questions to it.
fn store(folder: &Path) -> Result<(), Box<dyn Error>> {
    let temporary = tempfile::tempdir()?;
    let path = temporary.path().join("zeren.db");
    let sources =
        sorted(&folder.join("documents"))?.iter().map(|path| read_path(path)).collect::<Result<Vec<_>, _>>()?;
    let names: Vec<String> = sources.iter().map(|source| source.name.clone()).collect();
    let checked: Vec<_> = sources.into_iter().map(|source| pipeline::check(source, None)).collect();
    let quads =
        |graphs: &[(DocumentGraph, SourceInfo)]| graphs.iter().map(|(graph, _)| graph.quads.len()).sum::<usize>();
    let title = |index: usize| checked.get(index).and_then(|checked| checked.facts.head.title.clone());
    let info = |(index, name): (usize, &String)| SourceInfo { source: name.clone(), title: title(index) };
    let infos: Vec<SourceInfo> = names.iter().enumerate().map(info).collect();
    let all = checked.iter().map(|checked| DocumentGraph::of(checked).quads.len()).sum();
    let graphs: Vec<DocumentGraph> =
        count("map to statements", all, "statement", || checked.iter().map(DocumentGraph::of).collect())?;
    let graphs: Vec<(DocumentGraph, SourceInfo)> = graphs.into_iter().zip(infos).collect();

    let mut store = Store::open(&path, Access::Fill)?;
    let (first, rest) = graphs.split_at(graphs.len() / 2);
    count("write graphs", quads(first), "statement", || {
        store.replace_all(first.iter().map(|(graph, info)| (graph, info)))
    })??;
    count("index the first half", quads(first), "statement", || store.settle())??;
    count("add the rest in steps, merging", quads(rest), "statement", || {
        rest.chunks(TOGETHER).try_for_each(|some| {
            store.replace_all(some.iter().map(|(graph, info)| (graph, info)))?;
            store.settle()
        })
    })??;
    query::describe(&mut store)?;
    store.settle()?;
    let Some((graph, info)) = graphs.first() else { return Err("no documents".into()) };
    let shorter = DocumentGraph::from_quads(graph.document.clone(), graph.quads.iter().skip(1).cloned());
    count("change one document", graph.quads.len(), "statement of it", || {
        store.replace(&shorter, info)?;
        store.settle()
    })??;
    drop(store);

    let store = count("open", graphs.len(), "document", || Store::open(&path, Access::ReadOnly))??;
    let text = format!(
        "SELECT ?task ?role {{ ?part <{0}organisation> ?body ; <{0}role> ?role . ?t <{0}hasResponsibility> ?part ; <{0}text> ?task \
         {{ SELECT ?body {{ ?body a <{0}Organisation> }} ORDER BY ?body LIMIT 1 }} }}",
        zeren::iri::ONTOLOGY
    );
    let asked = Query::parse(&text)?;
    count("query about one body", 1, "question", || asked.run(&store, &Limits::default()))??;
    let question = catalogue::find("tasks-of")?.bind(&BTreeMap::from([("body".to_owned(), "教育局".to_owned())]))?;
    let answer = count("query tasks-of", 1, "question", || question.run(&store, &Limits::default()))??;
    if !matches!(answer, Answer::Rows(rows) if !rows.rows.is_empty()) {
        return Err("the query found nothing".into());
    }
    let project = || query::project(&store, &Filter::default());
    count("project to a network", graphs.len(), "document", project)??;
    let text: String = first.iter().map(|(graph, _)| graph.to_nquads()).collect();
    count("read N-Quads", quads(first), "statement", || {
        load::Spool::default().read(text.as_bytes(), zeren::graph::Format::NQuads, None)
    })??;
    Ok(())
}

/// Documents below one, each compared with it.
fn inheritance(folder: &Path) -> Result<(), Box<dyn Error>> {
    let store = Store::open(folder.join("handed-down.db"), Access::ReadOnly)?;
    let stored = query::documents(&store)?;
    let wanted: Vec<String> = stored.iter().map(|document| document.id.clone()).collect();
    let notices = query::notices(&store, &stored, &wanted)?;
    let (above, below): (Vec<&Notice>, Vec<&Notice>) =
        notices.iter().partition(|notice| notice.source.starts_with("above"));
    let above = *above.first().ok_or("the document above was not read")?;
    let pairs: Vec<[&Notice; 2]> = below.iter().map(|child| [above, child]).collect();
    count("inherit", pairs.len(), "pair of documents", || inherit_all(&pairs, &[]))?;
    Ok(())
}

/// A network ranked and measured, and a plan.
fn network() -> Result<(), Box<dyn Error>> {
    let network = generate(RANKED, PLACES);
    count("workload", RANKED, "task", || workload(&network, Options::default()))?;
    count("overlap", RANKED, "task", || overlap::overlap(&network, false))?;
    let network = unequal(1, PLANNED, BODIES);
    count("balance", PLANNED, "task", || balance::balance(&network, &balance::Options::default()))?;
    Ok(())
}
