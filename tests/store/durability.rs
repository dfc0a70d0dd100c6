//! What is left after an accident, and what is said of it.

use std::fs;
use std::path::{Path, PathBuf};

use zeren::diagnostic::Lang;
use zeren::graph::DocumentGraph;
use zeren::store::{Access, Backend, SourceInfo, Store, StoreError};

use super::{on_every_backend, put, read, write};
use crate::support::sample;

fn graph_files(dir: &Path) -> Vec<PathBuf> {
    let mut files: Vec<PathBuf> = fs::read_dir(dir.join("graphs")).unwrap().map(|file| file.unwrap().path()).collect();
    files.sort();
    files
}

/// The files that say what is in a store.
fn manifest(dir: &Path) -> [Vec<u8>; 2] {
    ["manifest.json", "manifest.log"].map(|name| fs::read(dir.join(name)).unwrap())
}

fn put_back(dir: &Path, [manifest, journal]: &[Vec<u8>; 2]) {
    fs::write(dir.join("manifest.json"), manifest).unwrap();
    fs::write(dir.join("manifest.log"), journal).unwrap();
}

fn built(dir: &Path) {
    let mut store = write(dir, Backend::Files);
    put(&mut store, &sample::facts());
    put(&mut store, &sample::parent());
}

fn refusal(dir: &Path) -> StoreError {
    Store::open(dir, Access::ReadOnly).unwrap_err()
}

#[test]
fn a_missing_store_is_told_from_another_folder() {
    on_every_backend(|dir, _| {
        let error = refusal(dir);
        assert!(matches!(error, StoreError::Missing { .. }));
        assert!(error.hint(Lang::Zh).unwrap().contains("zeren build"));
        assert!(error.to_string().starts_with("no store at `"));
        fs::create_dir(dir).unwrap();
        assert!(matches!(refusal(dir), StoreError::NotAStore { .. }));
        fs::write(dir.join("letter.txt"), "mine").unwrap();
        assert!(matches!(Store::open(dir, Access::Write), Err(StoreError::NotAStore { .. })));
        assert_eq!(fs::read_dir(dir).unwrap().count(), 1, "nothing was put into a foreign folder");
    });
}

#[test]
fn a_file_in_the_place_of_the_store_is_refused() {
    on_every_backend(|dir, _| {
        fs::write(dir, "mine").unwrap();
        assert!(matches!(Store::open(dir, Access::Write), Err(StoreError::NotAStore { .. })));
        assert!(Store::open(dir, Access::ReadOnly).is_err());
        assert_eq!(fs::read_to_string(dir).unwrap(), "mine");
    });
}

#[test]
fn an_empty_folder_becomes_a_store() {
    on_every_backend(|dir, backend| {
        fs::create_dir(dir).unwrap();
        write(dir, backend);
        assert!(read(dir).is_empty());
    });
}

#[test]
fn a_newer_format_is_refused() {
    on_every_backend(|dir, backend| {
        write(dir, backend);
        let path = dir.join("manifest.json");
        let text = fs::read_to_string(&path).unwrap().replace("\"version\":2", "\"version\":7,\"shape\":[]");
        fs::write(&path, text).unwrap();
        assert!(matches!(refusal(dir), StoreError::NewerVersion { found: 7, known: 2, .. }));
        fs::write(&path, "{\"format\": \"zeren-store\", \"version\": 3,\n \"elsewhere\": true}\n").unwrap();
        let error = refusal(dir);
        assert!(matches!(error, StoreError::NewerVersion { found: 3, known: 2, .. }));
        assert!(error.hint(Lang::En).unwrap().contains("upgrade zeren"));
        fs::write(&path, "{\"format\": \"zeren-st").unwrap();
        assert!(matches!(refusal(dir), StoreError::Damaged { .. }));
        fs::write(&path, "{\"format\": \"other\", \"version\": 1}").unwrap();
        assert!(matches!(refusal(dir), StoreError::Damaged { .. }));
        fs::remove_file(dir.join("manifest.log")).unwrap();
        assert!(matches!(refusal(dir), StoreError::NotAStore { .. }));
    });
}

#[test]
fn a_cut_off_changed_or_missing_graph_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let dir = folder.path().join("zeren.db");
    built(&dir);
    let [path, _] = graph_files(&dir).try_into().unwrap();
    let whole = fs::read(&path).unwrap();
    for broken in [&whole[..whole.len() / 2], b""] {
        fs::write(&path, broken).unwrap();
        let StoreError::Damaged { path: named, .. } = refusal(&dir) else { panic!("not damaged") };
        assert_eq!(named, path);
    }
    fs::remove_file(&path).unwrap();
    let error = refusal(&dir);
    assert!(matches!(error, StoreError::Damaged { .. }));
    assert!(error.hint(Lang::En).unwrap().contains("zeren build"));
}

#[test]
fn nothing_of_a_damaged_graph_is_answered_from_the_index() {
    let folder = tempfile::tempdir().unwrap();
    let dir = folder.path().join("zeren.db");
    built(&dir);
    write(&dir, Backend::Files).settle().unwrap();
    let all = read(&dir).len();
    let lost = graph_files(&dir).swap_remove(0);
    fs::write(&lost, "<http://a.example/s> <http://a.example/p> \"cut off").unwrap();
    let store = write(&dir, Backend::Files);
    let [damaged] = store.damaged() else { panic!("{:?}", store.damaged()) };
    assert!(damaged.message(Lang::En).contains("damaged"));
    let answered = store.graphs().quads_for_pattern(None, None, None, None).count();
    assert!(store.len() < all && answered <= store.len(), "{answered} of {} are answered", store.len());
}

#[test]
fn a_graph_that_the_manifest_does_not_name_is_as_if_never_written() {
    let folder = tempfile::tempdir().unwrap();
    let dir = folder.path().join("zeren.db");
    built(&dir);
    let before = manifest(&dir);
    // as if the program had been killed between the graph's file and the manifest
    let mut changed = sample::facts();
    changed.tasks.pop();
    put(&mut write(&dir, Backend::Files), &changed);
    put_back(&dir, &before);
    fs::write(dir.join("graphs/.new-abc"), "half a fi").unwrap();
    assert_eq!(graph_files(&dir).len(), 4);
    assert_eq!(read(&dir).documents().len(), 2);
    assert_eq!(graph_files(&dir).len(), 4, "a reader deletes nothing");
    write(&dir, Backend::Files);
    assert_eq!(graph_files(&dir).len(), 2);
    assert_eq!(manifest(&dir), before);
}

#[test]
fn the_former_graph_stays_for_readers_until_the_next_writer() {
    let folder = tempfile::tempdir().unwrap();
    let dir = folder.path().join("zeren.db");
    built(&dir);
    let mut changed = sample::facts();
    changed.tasks.pop();
    put(&mut write(&dir, Backend::Files), &changed);
    assert_eq!(graph_files(&dir).len(), 3);
    drop(write(&dir, Backend::Files));
    assert_eq!(graph_files(&dir).len(), 2);
}

#[test]
fn documents_that_were_under_way_together_are_all_as_before() {
    let folder = tempfile::tempdir().unwrap();
    let dir = folder.path().join("zeren.db");
    built(&dir);
    let before = manifest(&dir);
    let quads = read(&dir).quads().unwrap();
    // as if the program had been killed between the graphs' files and the manifest
    let changed = [sample::facts(), sample::parent()].map(|mut facts| {
        facts.tasks.pop();
        DocumentGraph::new(&facts)
    });
    let info = SourceInfo::default();
    write(&dir, Backend::Files).replace_all(changed.iter().map(|graph| (graph, &info))).unwrap();
    put_back(&dir, &before);
    assert_eq!(graph_files(&dir).len(), 4);
    assert_eq!(read(&dir).quads().unwrap(), quads);
    drop(write(&dir, Backend::Files));
    assert_eq!(graph_files(&dir).len(), 2);
    assert_eq!(read(&dir).quads().unwrap(), quads);
}

#[test]
#[cfg(unix)]
fn a_refused_file_leaves_the_documents_of_the_batch_as_they_were() {
    let folder = tempfile::tempdir().unwrap();
    let dir = folder.path().join("zeren.db");
    built(&dir);
    let mut store = write(&dir, Backend::Files);
    let quads = store.quads().unwrap();
    let mut facts = sample::facts();
    facts.tasks.pop();
    let graph = DocumentGraph::new(&facts);
    fs::rename(dir.join("graphs"), dir.join("away")).unwrap();
    fs::write(dir.join("graphs"), "in the way").unwrap();
    assert!(matches!(store.replace_all([(&graph, &SourceInfo::default())]), Err(StoreError::Io { .. })));
    assert_eq!(store.quads().unwrap(), quads);
    fs::remove_file(dir.join("graphs")).unwrap();
    fs::rename(dir.join("away"), dir.join("graphs")).unwrap();
    drop(store);
    assert_eq!(read(&dir).quads().unwrap(), quads);
}

#[test]
fn what_a_writer_left_is_deleted_whether_it_was_noted_or_not() {
    let folder = tempfile::tempdir().unwrap();
    let dir = folder.path().join("zeren.db");
    let note = || fs::read_to_string(dir.join("lock")).unwrap();
    let change = || {
        built(&dir);
        let mut changed = sample::facts();
        changed.tasks.pop();
        put(&mut write(&dir, Backend::Files), &changed);
    };
    let former = || {
        let named: Vec<PathBuf> = read(&dir).documents().map(|entry| dir.join(entry.file().unwrap())).collect();
        graph_files(&dir).into_iter().find(|file| !named.contains(file)).unwrap()
    };
    // noted, cut off, of another state, of a file that is in use, that leads out of the folder, and none at all
    let outside = folder.path().join("0123456789abcdef0123456789abcdef.nq");
    fs::write(&outside, "mine").unwrap();
    for spoil in [
        |note: String| note,
        |note: String| note.trim_end_matches(".\n").to_owned(),
        |note: String| note.replacen(' ', " 1", 1),
        |_| String::new(),
        |note: String| note.replace(".\n", "../../0123456789abcdef0123456789abcdef.nq\n.\n"),
        |note: String| note.replace("\n.\n", "\ngraphs/../../0123456789abcdef0123456789abcdef.nq\n.\n"),
    ] {
        change();
        let former = former();
        let name = former.file_name().unwrap().to_str().unwrap();
        assert!(note().contains(name), "{}", note());
        fs::write(dir.join("lock"), spoil(note())).unwrap();
        let documents = write(&dir, Backend::Files).documents().len();
        assert_eq!((documents, graph_files(&dir).len(), former.exists()), (2, 2, false), "{}", note());
        assert!(outside.exists());
    }
    // a writer that is at work, as one that is killed, has no note
    change();
    let mut store = write(&dir, Backend::Files);
    assert!(note().ends_with("\n.\n"));
    put(&mut store, &sample::facts());
    assert_eq!(note(), "");
    // a document that is as it was again keeps its file
    drop(store);
    let mut store = write(&dir, Backend::Files);
    put(&mut store, &sample::parent());
    drop(store);
    assert_eq!(write(&dir, Backend::Files).quads().unwrap().len(), read(&dir).len());
    assert_eq!(graph_files(&dir).len(), 2);
}
