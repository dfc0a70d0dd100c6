//! The first version of a store's format, which is read and brought to the present one.
//!
//! It had all documents in one file without a sum, and the graphs as plain files of sorted N-Quads.

use std::path::Path;

use serde::Deserialize;

use super::StoreError;
use super::entry::{Entry, Form};
use super::journal::{Journal, Record};
use super::leavings::Leavings;
use super::manifest::{Manifest, unreadable};
use super::{files, index};
use crate::parallel::in_parallel;

/// How many graphs are compressed at a time.
const TOGETHER: usize = 16;

#[derive(Deserialize)]
struct First {
    backend: String,
    documents: Vec<Listed>,
    #[serde(default)]
    pending: Vec<Pending>,
}

#[derive(Deserialize)]
struct Listed {
    document: String,
    source: String,
    title: Option<String>,
    file: Option<String>,
    digest: String,
    quads: usize,
}

#[derive(Deserialize)]
struct Pending {
    document: String,
    entry: Option<Listed>,
}

/// Reads the manifest of a store of the first version.
pub(super) fn parse(path: &Path, text: &[u8]) -> Result<Manifest, StoreError> {
    let first: First = serde_json::from_slice(text).map_err(|error| unreadable(path, &error))?;
    let mut manifest = Manifest::new(&first.backend);
    for listed in first.documents {
        manifest.set(entry(path, listed)?);
    }
    for pending in first.pending {
        let (set, removed) = match pending.entry {
            Some(listed) => (vec![entry(path, listed)?], Vec::new()),
            None => (Vec::new(), vec![pending.document]),
        };
        manifest.pending.push(Record { begun: true, set, removed });
    }
    Ok(manifest)
}

fn entry(path: &Path, listed: Listed) -> Result<Entry, StoreError> {
    let Listed { document, source, title, file, digest, quads } = listed;
    let form = if file.is_some() { Form::Plain } else { Form::Database };
    let entry = Entry { document, source, title, digest, quads, form };
    // names from a file are joined to the store's folder: they may not lead out of it
    if entry.is_sound() && entry.file() == file {
        Ok(entry)
    } else {
        Err(StoreError::damaged(path, "其中的文件名不属于此知识库", "a graph's file name is not of this store"))
    }
}

/// Compresses the graphs that are plain files; those that are damaged stay as they are. Should the program end meanwhile,
/// some are compressed and the others are not.
pub(super) fn compress(
    dir: &Path,
    manifest: &mut Manifest,
    journal: &mut Journal,
    leavings: &mut Leavings,
) -> Result<(), StoreError> {
    let plain: Vec<Entry> = manifest.documents().filter(|entry| entry.form == Form::Plain).cloned().collect();
    if plain.is_empty() {
        return Ok(());
    }
    leavings.begin().map_err(StoreError::io(dir))?;
    for group in plain.chunks(TOGETHER) {
        let mut files: Vec<(String, Vec<u8>)> = Vec::new();
        let mut record = Record::default();
        for (entry, content) in group.iter().zip(in_parallel(group, |entry| files::content(dir, entry))) {
            let content = match content {
                Ok((_, content)) => content,
                Err(StoreError::Damaged { .. }) => continue,
                Err(error) => return Err(error),
            };
            let entry = Entry { form: Form::Zstd, ..entry.clone() };
            files.extend(entry.file().map(|name| (name, content)));
            record.set.push(entry);
        }
        if record.set.is_empty() {
            continue;
        }
        let files: Vec<(String, &[u8])> =
            files.iter().map(|(name, content)| (name.clone(), content.as_slice())).collect();
        files::write(dir, &files)?;
        journal.add(&record)?;
        manifest.apply(record);
    }
    // it takes files that are new for changed ones
    index::discard(dir)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_plain_and_lie_in_the_store() {
        let digest = "ab".repeat(32);
        let text = |file: &str| {
            format!(
                r#"{{"format": "zeren-store", "version": 1, "backend": "files", "documents": [{{"document": "a:b",
                "source": "b.txt", "title": null, "file": "{file}", "digest": "{digest}", "quads": 2}}]}}"#
            )
        };
        let read = |file: &str| parse(Path::new("manifest.json"), text(file).as_bytes());
        let manifest = read(&format!("graphs/{}.nq", "ab".repeat(16))).unwrap();
        assert_eq!(manifest.documents().map(|entry| entry.form).collect::<Vec<_>>(), [Form::Plain]);
        for file in ["graphs/../../ab.nq".to_owned(), format!("graphs/{}.nq", "cd".repeat(16))] {
            assert!(matches!(read(&file), Err(StoreError::Damaged { .. })), "{file}");
        }
    }
}
