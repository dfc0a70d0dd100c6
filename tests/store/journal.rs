//! The files that say what is in a store: what of them is written, and what of them is believed.

use std::fs;
use std::path::Path;

use zeren::graph::DocumentGraph;
use zeren::store::{Access, Backend, Entry, Form, SourceInfo, Store, StoreError};

use super::{on_every_backend, put, read, write};
use crate::support::sample;

const FILES: [&str; 2] = ["manifest.json", "manifest.log"];

/// A store of two documents: one in the manifest's file, both in its journal.
fn built(dir: &Path) {
    let mut store = write(dir, Backend::Files);
    put(&mut store, &sample::facts());
    put(&mut store, &sample::parent());
}

/// A small graph of a document's own.
fn small(number: usize) -> DocumentGraph {
    let document = format!("http://a.example/{number}");
    let line = format!("<{document}> <http://a.example/says> \"{number}\" <{document}> .\n");
    let quads = oxigraph::io::RdfParser::from_format(oxigraph::io::RdfFormat::NQuads).for_slice(&line);
    DocumentGraph::from_quads(&document, quads.map(Result::unwrap))
}

fn put_small(store: &mut Store, numbers: std::ops::Range<usize>) {
    let graphs: Vec<DocumentGraph> = numbers.map(small).collect();
    let infos: Vec<SourceInfo> =
        graphs.iter().map(|graph| SourceInfo { source: graph.document.clone(), title: None }).collect();
    store.replace_all(graphs.iter().zip(&infos)).unwrap();
}

fn documents(dir: &Path) -> Vec<Entry> {
    read(dir).documents().cloned().collect()
}

#[test]
fn no_changed_or_cut_off_byte_is_believed() {
    let folder = tempfile::tempdir().unwrap();
    let dir = folder.path().join("zeren.db");
    // entries in both files
    put_small(&mut write(&dir, Backend::Files), 0..400);
    put_small(&mut write(&dir, Backend::Files), 400..402);
    let there = documents(&dir);
    assert_eq!(there.len(), 402);
    for name in FILES {
        let path = dir.join(name);
        let whole = fs::read(&path).unwrap();
        assert!(whole.split(|byte| *byte == b'\n').count() > 2, "{name} holds nothing");
        let refused = |bytes: &[u8], what: &str| {
            fs::write(&path, bytes).unwrap();
            let error = Store::open(&dir, Access::ReadOnly).expect_err(what);
            let words = error.to_string();
            assert!(words.contains(name), "{what}: {words}");
        };
        let step = (whole.len() / 40).max(1);
        let near = |at: &usize| *at < 115 || whole.len() - at < 30 || at.is_multiple_of(step);
        for at in (0..whole.len()).filter(near) {
            let mut changed = whole.clone();
            changed[at] ^= if at % 2 == 0 { 1 } else { 0x20 };
            refused(&changed, &format!("{name}: byte {at} changed"));
            refused(&whole[..at], &format!("{name}: cut off at {at}"));
        }
        assert!(Store::open(&dir, Access::Write).is_err(), "{name} is cut off");
        fs::remove_file(&path).unwrap();
        assert!(Store::open(&dir, Access::ReadOnly).is_err(), "{name} is missing");
        fs::write(&path, &whole).unwrap();
        assert_eq!(documents(&dir), there);
    }
}

#[test]
fn a_record_that_was_broken_off_never_was() {
    let folder = tempfile::tempdir().unwrap();
    let dir = folder.path().join("zeren.db");
    built(&dir);
    let path = dir.join("manifest.log");
    let before = fs::read(&path).unwrap();
    put_small(&mut write(&dir, Backend::Files), 0..3);
    let after = fs::read(&path).unwrap();
    // how far the journal lasts is noted behind the record: a kill leaves the record, or a part of it, and the former note
    let with_former_note = |length: usize| {
        let head = before.iter().position(|byte| *byte == b'\n').unwrap() + 1;
        [&before[..head], &after[head..length]].concat()
    };
    for length in before.len()..=after.len() {
        fs::write(&path, with_former_note(length)).unwrap();
        let there = if length == after.len() { 5 } else { 2 };
        assert_eq!(documents(&dir).len(), there, "{length} of {} bytes", after.len());
    }
    for length in [before.len() + 1, after.len() - 1] {
        fs::write(&path, with_former_note(length)).unwrap();
        // a reader leaves it as it is, a writer cuts it and goes on
        assert_eq!((documents(&dir).len(), fs::read(&path).unwrap().len()), (2, length));
        put_small(&mut write(&dir, Backend::Files), 7..8);
        assert_eq!(documents(&dir).len(), 3);
        fs::write(&path, &before).unwrap();
    }
    // what a loss of power leaves may have a length and no content
    fs::write(&path, [&before[..], &[0; 40]].concat()).unwrap();
    assert_eq!(documents(&dir).len(), 2);
}

#[test]
fn one_changed_document_does_not_rewrite_the_list_of_all() {
    let folder = tempfile::tempdir().unwrap();
    let dir = folder.path().join("zeren.db");
    put_small(&mut write(&dir, Backend::Files), 0..2000);
    let length = |name: &str| fs::metadata(dir.join(name)).unwrap().len();
    assert!(length("manifest.json") > 100_000, "the journal of many documents is folded at once");
    let (manifest, journal) = (fs::read(dir.join("manifest.json")).unwrap(), length("manifest.log"));
    put_small(&mut write(&dir, Backend::Files), 2000..2001);
    assert!(fs::read(dir.join("manifest.json")).unwrap() == manifest);
    assert!(length("manifest.log") - journal < 500);
    // many small changes are folded now and then, and the journal stays a part of the manifest
    let mut store = write(&dir, Backend::Files);
    for number in 0..600 {
        put_small(&mut store, number + 3000..number + 3001);
        assert!(store.remove(&format!("http://a.example/{number}")).unwrap());
    }
    assert!(length("manifest.log") < length("manifest.json").max(256 << 10) / 2);
    assert!(fs::read(dir.join("manifest.json")).unwrap() != manifest);
    drop(store);
    assert_eq!(documents(&dir).len(), 2001);
}

#[test]
fn a_journal_that_was_folded_no_longer_counts() {
    let folder = tempfile::tempdir().unwrap();
    let dir = folder.path().join("zeren.db");
    built(&dir);
    let before = fs::read(dir.join("manifest.log")).unwrap();
    let mut store = write(&dir, Backend::Files);
    put_small(&mut store, 0..1000);
    store.remove(&sample::parent().id).unwrap();
    drop(store);
    let there = documents(&dir);
    // as if the program had been killed between the manifest and its new journal
    let after = fs::read(dir.join("manifest.log")).unwrap();
    fs::write(dir.join("manifest.log"), &before).unwrap();
    assert!(documents(&dir).len() >= 1000);
    put_small(&mut write(&dir, Backend::Files), 1000..1001);
    let resumed = documents(&dir);
    fs::write(dir.join("manifest.log"), &after).unwrap();
    assert!(Store::open(&dir, Access::ReadOnly).is_ok());
    assert!(resumed.iter().filter(|entry| entry.document.starts_with("http://a.example/")).count() == 1001);
    assert_eq!(there.len(), 1001);
}

#[test]
fn a_new_store_that_was_broken_off_is_begun_again() {
    on_every_backend(|dir, backend| {
        write(dir, backend);
        for name in fs::read_dir(dir).unwrap().map(|file| file.unwrap().file_name()) {
            if name != "lock" && name != "manifest.log" {
                let path = dir.join(name);
                if path.is_dir() { fs::remove_dir_all(path).unwrap() } else { fs::remove_file(path).unwrap() }
            }
        }
        assert!(matches!(Store::open(dir, Access::ReadOnly), Err(StoreError::NotAStore { .. })));
        put(&mut write(dir, backend), &sample::facts());
        assert_eq!(documents(dir).len(), 1);
    });
}

/// Makes a store as the first version of the format had it.
pub(super) fn as_first_version(dir: &Path) {
    let store = read(dir);
    let mut listed = Vec::new();
    for entry in store.documents() {
        let text = store.graph(&entry.document).unwrap().to_nquads();
        fs::remove_file(dir.join(entry.file().unwrap())).unwrap();
        let file = format!("graphs/{}.nq", entry.digest.get(..32).unwrap());
        fs::write(dir.join(&file), text).unwrap();
        listed.push(serde_json::json!({
            "document": entry.document, "source": entry.source, "title": entry.title, "file": file,
            "digest": entry.digest, "quads": entry.quads,
        }));
    }
    let manifest = serde_json::json!({"format": "zeren-store", "version": 1, "backend": "files", "documents": listed});
    fs::write(dir.join("manifest.json"), serde_json::to_string_pretty(&manifest).unwrap()).unwrap();
    fs::remove_file(dir.join("manifest.log")).unwrap();
}

fn endings(dir: &Path) -> Vec<String> {
    let names = fs::read_dir(dir.join("graphs")).unwrap().map(|file| file.unwrap().file_name());
    let mut endings: Vec<String> =
        names.map(|name| name.to_str().unwrap().split_once('.').unwrap().1.to_owned()).collect();
    endings.sort();
    endings
}

#[test]
fn a_store_of_the_first_version_is_read_as_it_is_and_compressed_by_a_writer() {
    let folder = tempfile::tempdir().unwrap();
    let dir = folder.path().join("zeren.db");
    built(&dir);
    let quads = read(&dir).quads().unwrap();
    as_first_version(&dir);
    write(&dir, Backend::Files).settle().unwrap();
    as_first_version(&dir);
    let store = read(&dir);
    assert_eq!(store.quads().unwrap(), quads);
    assert!(store.documents().all(|entry| entry.form == Form::Plain));
    assert_eq!(endings(&dir), ["nq", "nq"]);
    write(&dir, Backend::Files).settle().unwrap();
    assert_eq!(endings(&dir), ["nq.zst", "nq.zst"]);
    let store = read(&dir);
    assert!(store.documents().all(|entry| entry.form == Form::Zstd));
    assert_eq!((store.quads().unwrap(), store.len()), (quads.clone(), quads.len()));
    assert!(fs::read_to_string(dir.join("manifest.json")).unwrap().contains("\"version\":2"));
}

#[test]
fn a_store_of_the_first_version_that_was_half_brought_over_is_brought_over_later() {
    let folder = tempfile::tempdir().unwrap();
    let dir = folder.path().join("zeren.db");
    built(&dir);
    let quads = read(&dir).quads().unwrap();
    as_first_version(&dir);
    let first = fs::read(dir.join("manifest.json")).unwrap();
    let plain: Vec<_> = fs::read_dir(dir.join("graphs")).unwrap().map(|file| file.unwrap().path()).collect();
    let texts: Vec<_> = plain.iter().map(|path| (path, fs::read(path).unwrap())).collect();
    drop(write(&dir, Backend::Files));
    // as if the program had been killed before the new manifest
    for (path, text) in &texts {
        fs::write(path, text).unwrap();
    }
    fs::write(dir.join("manifest.json"), first).unwrap();
    assert_eq!(endings(&dir).len(), 4);
    assert_eq!(read(&dir).quads().unwrap(), quads);
    assert_eq!(write(&dir, Backend::Files).quads().unwrap(), quads);
    assert_eq!(endings(&dir), ["nq.zst", "nq.zst"]);
    // a damaged graph stays as it is, and is named
    as_first_version(&dir);
    let lost = &plain[0];
    fs::write(lost, "cut off").unwrap();
    let store = write(&dir, Backend::Files);
    assert_eq!((store.damaged().len(), store.documents().len()), (1, 1));
    assert_eq!(endings(&dir), ["nq", "nq.zst"]);
    drop(store);
    // and is not forgotten when others change
    put_small(&mut write(&dir, Backend::Files), 0..900);
    assert!(matches!(Store::open(&dir, Access::ReadOnly), Err(StoreError::Damaged { .. })));
    put(&mut write(&dir, Backend::Files), &sample::facts());
    put(&mut write(&dir, Backend::Files), &sample::parent());
    assert_eq!(documents(&dir).len(), 902);
}
