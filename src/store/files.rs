//! The default backend: one file of sorted N-Quads a graph, and an index of all.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use oxigraph::io::{RdfFormat, RdfParser};
use oxigraph::model::{GraphName, Quad};

use super::index::{self, Coverage, Index, Sizes};
use super::manifest::{Entry, Manifest, sync_dir, write_whole};
use super::{Graphs, StoreError, digest};
use crate::parallel::in_parallel;

const GRAPHS: &str = "graphs";

/// Opens the index of the graphs of the manifest; graphs that it has not, or not as they are, are read. Those that are
/// damaged are left out, and returned as errors.
pub(super) fn open(dir: &Path, manifest: &Manifest) -> Result<(Graphs, Vec<StoreError>), StoreError> {
    let mut coverage = Coverage::of(dir, manifest)?;
    let mut damaged = damaged(dir, &coverage.touched)?;
    for error in &damaged {
        if let StoreError::Damaged { document: Some(entry), .. } = error {
            coverage.leave_out(&entry.document);
        }
    }
    let read = in_parallel(&coverage.uncovered, |entry| text(dir, entry));
    let mut texts = Vec::new();
    for (entry, text) in coverage.uncovered.iter().zip(read) {
        match text {
            Ok(text) => texts.push(text),
            Err(error @ StoreError::Damaged { .. }) => damaged.push(error.of_document(entry)),
            Err(error) => return Err(error),
        }
    }
    Ok((coverage.open(&texts)?.into(), damaged))
}

/// Checks the graphs of the manifest that were touched since their index was written against their digests, and reads
/// none. Those that are damaged are returned as errors.
pub(super) fn check(dir: &Path, manifest: &Manifest) -> Result<(Graphs, Vec<StoreError>), StoreError> {
    let coverage = Coverage::of(dir, manifest)?;
    let entries: Vec<&Entry> = coverage.touched.iter().chain(&coverage.uncovered).copied().collect();
    let damaged = damaged(dir, &entries)?;
    Ok((Index::default().into(), damaged))
}

/// The errors of those graphs that are not as their digests say.
fn damaged(dir: &Path, entries: &[&Entry]) -> Result<Vec<StoreError>, StoreError> {
    let mut damaged = Vec::new();
    let checked = in_parallel(entries, |entry| content(dir, entry).map(drop));
    for (entry, result) in entries.iter().zip(checked) {
        match result {
            Ok(()) => {}
            Err(error @ StoreError::Damaged { .. }) => damaged.push(error.of_document(entry)),
            Err(error) => return Err(error),
        }
    }
    Ok(damaged)
}

/// Writes the index anew if it is old.
pub(super) fn settle(dir: &Path, manifest: &Manifest) -> Result<(), StoreError> {
    index::refresh(dir, manifest, Sizes::USUAL, |entry| text(dir, entry))
}

/// The N-Quads of a graph.
fn text(dir: &Path, entry: &Entry) -> Result<String, StoreError> {
    let (path, content) = content(dir, entry)?;
    String::from_utf8(content).map_err(|error| StoreError::damaged(&path, "不是 N-Quads", error.to_string()))
}

/// The path and the bytes of the file of a graph, which has its digest.
pub(super) fn content(dir: &Path, entry: &Entry) -> Result<(PathBuf, Vec<u8>), StoreError> {
    let Some(file) = &entry.file else {
        return Err(StoreError::damaged(&Manifest::path(dir), "缺少该文件的图", "it names no graph of the document"));
    };
    let path = dir.join(file);
    let content = match fs::read(&path) {
        Ok(content) => content,
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            return Err(StoreError::damaged(&path, "文件不存在", "the file is missing"));
        }
        Err(source) => return Err(StoreError::Io { path, source }),
    };
    if digest(&content) != entry.digest {
        return Err(StoreError::damaged(&path, "内容与摘要不符", "the content does not match its digest"));
    }
    Ok((path, content))
}

/// The statements of one graph, as its file has them.
pub(super) fn read(dir: &Path, entry: &Entry) -> Result<Vec<Quad>, StoreError> {
    let (path, content) = content(dir, entry)?;
    let quads: Vec<Quad> = RdfParser::from_format(RdfFormat::NQuads)
        .for_slice(&content)
        .collect::<Result<_, _>>()
        .map_err(|error| StoreError::damaged(&path, "不是 N-Quads", error.to_string()))?;
    let own = |quad: &Quad| matches!(&quad.graph_name, GraphName::NamedNode(name) if name.as_str() == entry.document);
    if quads.len() != entry.quads || !quads.iter().all(own) {
        return Err(StoreError::damaged(&path, "陈述与清单不符", "the statements do not match the manifest"));
    }
    Ok(quads)
}

/// The name of the file of a graph. It follows from the content, so that writing it never changes
/// a file that the manifest names.
pub(super) fn name(digest: &str) -> String {
    let short: String = digest.chars().take(32).collect();
    format!("{GRAPHS}/{short}.nq")
}

/// Writes the files of graphs, by name, so that they last; they count only when the manifest
/// names them.
pub(super) fn write(dir: &Path, files: &[(&str, &str)]) -> Result<(), StoreError> {
    if files.is_empty() {
        return Ok(());
    }
    let graphs = dir.join(GRAPHS);
    if !graphs.is_dir() {
        fs::create_dir_all(&graphs).map_err(StoreError::io(&graphs))?;
        sync_dir(dir)?;
    }
    // a disk confirms several files as quickly as one
    let written = in_parallel(files, |(name, nquads)| write_whole(&dir.join(name), nquads.as_bytes()));
    written.into_iter().collect::<Result<(), _>>()?;
    sync_dir(&graphs)
}

/// Deletes what earlier changes, whole or broken off, left behind.
///
/// It runs only when a writer opens, so that a reader that has just read the former manifest
/// finds its files.
pub(super) fn collect(dir: &Path, manifest: &Manifest) -> Result<(), StoreError> {
    let used = manifest.files();
    for folder in [dir.to_owned(), dir.join(GRAPHS)] {
        if !folder.is_dir() {
            continue;
        }
        for file in fs::read_dir(&folder).map_err(StoreError::io(&folder))? {
            let file = file.map_err(StoreError::io(&folder))?;
            let name = file.file_name();
            let name = name.to_string_lossy();
            let graph = folder.ends_with(GRAPHS) && name.ends_with(".nq");
            let stale = graph && !used.contains_key(format!("{GRAPHS}/{name}").as_str());
            if stale || name.starts_with(".new-") {
                fs::remove_file(file.path()).map_err(StoreError::io(&file.path()))?;
            }
        }
    }
    Ok(())
}
