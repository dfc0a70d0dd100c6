//! The default backend: one file of sorted N-Quads a graph, compressed, and an index of all.

use std::fs::{self, File};
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};

use oxigraph::io::{RdfFormat, RdfParser};
use oxigraph::model::{GraphName, Quad};
use rustc_hash::FxHashMap;
use sha2::{Digest as _, Sha256};

use super::durable::{UNFINISHED, make_folder, write_together};
use super::entry::{Entry, Form, GRAPHS};
use super::index::{self, Coverage, Extent, Index, Opened, Sizes};
use super::manifest::Manifest;
use super::{Access, Graphs, StoreError, digest};
use crate::hexadecimal::digits;
use crate::parallel::in_parallel;

/// How much is compressed: more would take longer and gain little, as the N-Quads of a graph repeat themselves closely.
const LEVEL: i32 = 1;
/// How many times its length a compressed graph is expected to have; a longer one is read all the same.
const RATIO: usize = 64;
/// How many bytes are checked at a time.
const PART: usize = 1 << 16;

/// How many statements are read into memory beside the index at most.
const BESIDE: usize = 500_000;

/// Opens the index of the graphs of the manifest; graphs that it has not, or not as they are, are read. Those that are
/// damaged are left out, and returned as errors.
///
/// Whoever only reads relies on the index, which has check sums of its own: whether files of graphs were touched since is
/// looked at by those who write, and when a file is read.
pub(super) fn open(
    dir: &Path,
    manifest: &Manifest,
    access: Access,
    opened: &Opened,
) -> Result<(Graphs, Vec<StoreError>), StoreError> {
    let mut coverage = Coverage::of(dir, manifest.documents(), opened)?;
    if coverage.beside() > BESIDE {
        return Err(StoreError::Unindexed { path: dir.to_owned(), documents: coverage.uncovered.len() });
    }
    let mut damaged = Vec::new();
    if access != Access::ReadOnly {
        damaged = self::damaged(dir, &coverage.touched(dir))?;
        coverage
            .leave_out(&damaged.iter().filter_map(StoreError::document).map(|entry| entry.document.as_str()).collect());
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
pub(super) fn check(dir: &Path, manifest: &Manifest, opened: &Opened) -> Result<(Graphs, Vec<StoreError>), StoreError> {
    let coverage = Coverage::of(dir, manifest.documents(), opened)?;
    let mut entries = coverage.touched(dir);
    entries.extend(&coverage.uncovered);
    let damaged = damaged(dir, &entries)?;
    Ok((Index::default().into(), damaged))
}

/// The errors of those graphs that are not as their digests say.
fn damaged(dir: &Path, entries: &[&Entry]) -> Result<Vec<StoreError>, StoreError> {
    let mut damaged = Vec::new();
    let checked = in_parallel(entries, |entry| check_one(dir, entry).map(drop));
    for (entry, result) in entries.iter().zip(checked) {
        match result {
            Ok(()) => {}
            Err(error @ StoreError::Damaged { .. }) => damaged.push(error.of_document(entry)),
            Err(error) => return Err(error),
        }
    }
    Ok(damaged)
}

/// Brings the index to what the manifest says.
pub(super) fn settle(dir: &Path, manifest: &Manifest, opened: &Opened, extent: Extent) -> Result<(), StoreError> {
    index::settle(dir, manifest.documents(), opened, Sizes::USUAL, extent, |entry| text(dir, entry))
}

/// The N-Quads of a graph.
fn text(dir: &Path, entry: &Entry) -> Result<String, StoreError> {
    let (path, content) = content(dir, entry)?;
    String::from_utf8(content).map_err(|error| StoreError::damaged(&path, "不是 N-Quads", error.to_string()))
}

/// The path of the file of a graph, and its N-Quads, which have their digest.
pub(super) fn content(dir: &Path, entry: &Entry) -> Result<(PathBuf, Vec<u8>), StoreError> {
    let Some(file) = entry.file() else {
        return Err(StoreError::damaged(&Manifest::path(dir), "缺少该文件的图", "it names no graph of the document"));
    };
    let path = dir.join(file);
    let mut content = match fs::read(&path) {
        Ok(content) => content,
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            return Err(StoreError::absent(&path));
        }
        Err(source) => return Err(StoreError::Io { path, source }),
    };
    if entry.form == Form::Zstd {
        content = unpacked(&content).map_err(|error| undecodable(&path, &error))?;
    }
    if digest(&content) != entry.digest {
        return Err(StoreError::damaged(&path, "内容与摘要不符", "the content does not match its digest"));
    }
    Ok((path, content))
}

/// Checks the file of a graph against its entry, a part at a time. Returns the length of its N-Quads in bytes.
pub(super) fn check_one(dir: &Path, entry: &Entry) -> Result<u64, StoreError> {
    let Some(file) = entry.file() else {
        return Err(StoreError::damaged(&Manifest::path(dir), "缺少该文件的图", "it names no graph of the document"));
    };
    let path = dir.join(file);
    let file = match File::open(&path) {
        Ok(file) => file,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Err(StoreError::absent(&path)),
        Err(source) => return Err(StoreError::Io { path, source }),
    };
    // what the system refuses has a number of its own, what cannot be decompressed has none
    let failed = |error: io::Error| match error.raw_os_error() {
        Some(_) => StoreError::io(&path)(error),
        None => undecodable(&path, &error),
    };
    let mut content: Box<dyn io::Read> = match entry.form {
        Form::Zstd => Box::new(zstd::Decoder::new(file).map_err(failed)?),
        Form::Plain | Form::Database => Box::new(file),
    };
    let (mut sum, mut length, mut lines) = (Sha256::new(), 0, 0);
    let mut part = vec![0; PART];
    loop {
        let read = content.read(&mut part).map_err(failed)?;
        let Some(read) = part.get(..read).filter(|read| !read.is_empty()) else { break };
        sum.update(read);
        length += read.len() as u64;
        lines += read.split(|byte| *byte == b'\n').count() - 1;
    }
    if digits(&sum.finalize()) != entry.digest {
        return Err(StoreError::damaged(&path, "内容与摘要不符", "the content does not match its digest"));
    }
    if lines != entry.quads {
        return Err(StoreError::damaged(&path, "陈述与清单不符", "the statements do not match the manifest"));
    }
    Ok(length)
}

fn undecodable(path: &Path, error: &io::Error) -> StoreError {
    StoreError::damaged(path, "无法解压", format!("it cannot be decompressed: {error}"))
}

fn unpacked(packed: &[u8]) -> io::Result<Vec<u8>> {
    // the length that it gives may be wrong
    let length = zstd::zstd_safe::get_frame_content_size(packed).ok().flatten().unwrap_or_default();
    let length = usize::try_from(length).unwrap_or(usize::MAX).min(packed.len().saturating_mul(RATIO));
    let mut content = Vec::with_capacity(length);
    zstd::Decoder::with_buffer(packed)?.read_to_end(&mut content)?;
    Ok(content)
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

/// Writes the files of graphs, given as N-Quads, so that they last; they count only when the manifest names them.
pub(super) fn write(dir: &Path, files: &[(String, &[u8])]) -> Result<(), StoreError> {
    if files.is_empty() {
        return Ok(());
    }
    let graphs = dir.join(GRAPHS);
    make_folder(&graphs)?;
    let files: Vec<(PathBuf, &[u8])> = files.iter().map(|(name, nquads)| (dir.join(name), *nquads)).collect();
    write_together(&graphs, &files, |nquads| zstd::bulk::compress(nquads, LEVEL).map_err(StoreError::io(&graphs)))
}

/// Deletes what earlier changes, whole or broken off, left behind; `known` are the graphs among it, where that is known.
///
/// It runs only when a writer opens, so that a reader that has just read the former manifest
/// finds its files.
pub(super) fn collect(dir: &Path, manifest: &Manifest, known: Option<&[&str]>) -> Result<(), StoreError> {
    for path in leftovers(dir, manifest, known)? {
        match fs::remove_file(&path) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(StoreError::io(&path)(error)),
            _ => {}
        }
    }
    Ok(())
}

/// The files that no writer finished, or that the manifest does not name: `known` among the graphs, or any that is there.
pub(super) fn leftovers(dir: &Path, manifest: &Manifest, known: Option<&[&str]>) -> Result<Vec<PathBuf>, StoreError> {
    let folder = dir.join(GRAPHS);
    let (listed, mut left) = (names(dir)?, Vec::new());
    left.extend(listed.iter().filter(|name| name.starts_with(UNFINISHED)).map(|name| dir.join(name)));
    let graphs = match known {
        Some(known) => known.iter().filter_map(|file| Some(file.strip_prefix(GRAPHS)?.get(1..)?.to_owned())).collect(),
        None => names(&folder)?,
    };
    let mut unnamed = FxHashMap::default();
    for name in graphs {
        match Form::of_name(&name) {
            Some(graph) => drop(unnamed.insert(graph, folder.join(name))),
            None if name.starts_with(UNFINISHED) => left.push(folder.join(name)),
            None => {}
        }
    }
    for entry in manifest.documents().chain(manifest.lost()) {
        entry.number().and_then(|graph| unnamed.remove(&graph));
    }
    left.extend(unnamed.into_values());
    Ok(left)
}

/// The names of the files in a folder, which need not be there.
fn names(folder: &Path) -> Result<Vec<String>, StoreError> {
    let failed = || StoreError::io(folder);
    let files = match fs::read_dir(folder) {
        Ok(files) => files,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(failed()(error)),
    };
    files.map(|file| Ok(file.map_err(failed())?.file_name().to_string_lossy().into_owned())).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whoever_asks_reads_so_much_beside_the_index_and_no_more() {
        let dir = tempfile::tempdir().unwrap();
        let entry = |quads| Entry {
            document: "http://a.example/d".to_owned(),
            source: "d.txt".to_owned(),
            title: None,
            digest: "ab".repeat(32),
            quads,
            form: Form::Zstd,
        };
        let mut manifest = Manifest::new("files");
        for (quads, is_refused) in [(BESIDE, false), (BESIDE + 1, true)] {
            manifest.set(entry(quads));
            match open(dir.path(), &manifest, Access::ReadOnly, &Opened::default()) {
                Err(error @ StoreError::Unindexed { documents: 1, .. }) if is_refused => {
                    let hint = error.hint(crate::diagnostic::Lang::En).unwrap();
                    assert!(hint.contains("zeren build"), "{hint}");
                }
                // its file is not there
                Ok((_, damaged)) if !is_refused => assert_eq!(damaged.len(), 1),
                other => panic!("{quads}: {other:?}"),
            }
        }
    }
}
