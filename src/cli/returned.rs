//! Ledgers among the files that `build` reads: what people wrote goes to the store, and so do the documents that it lacks.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use zeren::diagnostic::{Lang, Message};
use zeren::graph::DocumentGraph;
use zeren::intake::LedgerFile;
use zeren::iri;
use zeren::ledger::{Book, Carried, Kept, Note, Returned, handed_out};
use zeren::query::{self, Detail, Filter, Written};
use zeren::read::Grid;
use zeren::render::report::Entry;
use zeren::store::{Access, SourceInfo, Status, Store};

use super::failure::Failure;
use super::output;

/// Ledgers that came back.
#[derive(Default)]
pub(super) struct Ledgers {
    read: Vec<(PathBuf, Returned)>,
    /// Those of separated values, which carry nothing: they are read beside what the store holds.
    bare: Vec<(PathBuf, Grid)>,
}

impl Ledgers {
    /// Takes a ledger.
    pub(super) fn add(&mut self, path: &Path, ledger: LedgerFile) {
        match ledger {
            LedgerFile::Whole(returned) => self.read.push((path.to_owned(), returned)),
            LedgerFile::Bare(grid) => self.bare.push((path.to_owned(), grid)),
        }
    }

    /// Puts what they say into the store, after the documents; the reports, and whether a person should look at something.
    /// A document that the store holds stays as it is: a ledger cannot overwrite what was read from its source.
    pub(super) fn store(
        mut self,
        store: &mut Store,
        dir: &Path,
        lang: Lang,
    ) -> Result<(Vec<Entry<'static>>, bool), Failure> {
        let mut entries = Vec::new();
        for (path, grid) in std::mem::take(&mut self.bare) {
            let file = path.file_name().unwrap_or_default().to_string_lossy();
            let returned = Returned::beside(&grid, present(&grid, &file, dir)?);
            if returned.carried.rows.is_empty() {
                let what = lang.pick("库中没有这份台账的任务", "the store holds none of the tasks of this ledger");
                let hint =
                    lang.pick("先读取其文件，或用 .xlsx 的台账", "read its documents first, or a ledger as .xlsx");
                let place = path.display().to_string();
                entries.push(Entry::failed(place.into(), None, what.to_owned(), Some(hint.to_owned())));
            } else {
                self.read.push((path, returned));
            }
        }
        let mut noted = false;
        for (path, returned) in &self.read {
            let place = path.display().to_string();
            for note in &returned.notes {
                warn(&place, note, lang);
            }
            noted |= !returned.notes.is_empty();
            for graph in &returned.carried.graphs {
                if store.document(&graph.id).is_none() {
                    entries.push(restore(&place, graph, store, lang)?);
                }
            }
            for id in returned.carried.damaged.iter().filter(|id| store.document(id).is_none()) {
                let what = lang.pick("台账所附的这份文件已损坏", "the document that the ledger carries is damaged");
                let hint = lang.pick("另行读取该文件", "read the document itself as well");
                entries.push(Entry::failed(
                    place.clone().into(),
                    Some(id.clone().into()),
                    what.to_owned(),
                    Some(hint.to_owned()),
                ));
            }
            entries.push(write(path, &place, returned, store)?);
        }
        Ok((entries, noted))
    }
}

/// What a ledger of the documents that some values speak of would carry today, but for what was read from the same values before.
fn present(grid: &Grid, file: &str, dir: &Path) -> Result<Carried, Failure> {
    let cells = grid.sheets.iter().flat_map(|sheet| sheet.rows.iter().flatten());
    let documents = cells.filter_map(|cell| cell.split_once("/task/")).map(|(document, _)| document.to_owned());
    let documents: Vec<String> = documents.collect::<BTreeSet<_>>().into_iter().collect();
    if documents.is_empty() {
        return Ok(Carried::default());
    }
    let source = Store::open(dir, Access::ReadOnly)?;
    let stored = query::documents(&source)?;
    let filter = Filter { documents: documents.clone(), ..Filter::default() };
    let network = query::project_documents(&source, &stored, &filter, Detail::Words)?;
    let notices = query::notices(&source, &stored, &documents)?;
    let mut written = query::written(&source)?;
    let book = |written: &Written| Carried::of_book(&Book::new(&notices, &network, &written.entries, None));
    let Some(key) = handed_out(grid) else { return Ok(book(&written)) };
    let own = iri::ledger(file, &key);
    written.entries.retain(|entry| !entry.id.starts_with(&format!("{own}/")));
    // what came back before these values were read for the first time
    let earlier = match source.document(&own) {
        Some(_) => source.graph(&own)?.ledgers_before(),
        None => documents.iter().filter_map(|id| written.ledgers.get(id)).flatten().cloned().collect(),
    };
    Ok(Carried { key, earlier, ..book(&written) })
}

fn warn(place: &str, note: &Note, lang: Lang) {
    let place = if note.place.is_empty() { place.to_owned() } else { format!("{place} {}", note.place) };
    output::warn(&place, note.what.in_lang(lang), note.hint.as_ref().map(|hint| hint.in_lang(lang)), lang);
}

/// Puts a graph that a ledger carries into the store.
fn restore(place: &str, kept: &Kept, store: &mut Store, lang: Lang) -> Result<Entry<'static>, Failure> {
    let Some(graph) = DocumentGraph::of_carried(&kept.id, &kept.nquads) else {
        let what = Message::new("台账附带的数据不能读取", "data that the ledger carries cannot be read");
        return Ok(Entry::failed(
            place.to_owned().into(),
            Some(kept.id.clone().into()),
            what.in_lang(lang).to_owned(),
            None,
        ));
    };
    let (source, title) = graph.origin();
    let info = SourceInfo { source: source.unwrap_or_else(|| place.to_owned()), title };
    let status = store.replace(&graph, &info)?;
    Ok(entry(place, &graph, status, 0))
}

/// Puts what people wrote into the store, in the place of what they wrote into the same ledger before.
fn write(path: &Path, place: &str, returned: &Returned, store: &mut Store) -> Result<Entry<'static>, Failure> {
    let documents: BTreeSet<&str> = returned.entries.iter().map(|entry| entry.document.as_str()).collect();
    let graphs = documents.into_iter().map(|id| store.graph(id)).collect::<Result<Vec<_>, _>>()?;
    let file = path.file_name().unwrap_or_default().to_string_lossy();
    let graph = DocumentGraph::of_ledger(&file, returned, &graphs.iter().collect::<Vec<_>>());
    let notes = returned.notes.len();
    let status = if graph.quads.is_empty() {
        if store.remove(&graph.document)? { Status::Updated } else { Status::Unchanged }
    } else {
        store.replace(&graph, &SourceInfo { source: file.into_owned(), title: None })?
    };
    let tasks = returned.entries.len();
    let parties = returned.entries.iter().map(|entry| entry.parties.len()).sum();
    Ok(Entry { tasks, responsibilities: parties, ..entry(place, &graph, status, notes) })
}

fn entry(place: &str, graph: &DocumentGraph, status: Status, findings: usize) -> Entry<'static> {
    let [tasks, responsibilities] = ["Task", "Responsibility"].map(|class| graph.count_of(class));
    Entry {
        source: place.to_owned().into(),
        id: Some(graph.document.clone().into()),
        status: status.as_str(),
        tasks,
        responsibilities,
        findings,
        error: None,
        hint: None,
    }
}
