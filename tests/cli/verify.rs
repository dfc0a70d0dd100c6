//! `zeren verify`: what is damaged is named, whatever it is, and can be repaired.

use std::fs::{self, File};
use std::path::Path;

use super::{folder, graph, run};

const NOTICE: &[u8] = "清河市人民政府办公室关于分解重点工作任务的通知\n清政办发〔2031〕7号\n\
    各县区人民政府，市直各部门：\n一、深化改革\n（一）推进医药卫生体制改革。（市卫健委牵头，市财政局配合）\n\
    清河市人民政府办公室\n2031年3月2日\n"
    .as_bytes();
const OTHER: &[u8] = "林河县人民政府关于做好防汛工作的通知\n林政发〔2031〕3号\n各乡镇人民政府：\n一、落实责任\n\
    （一）加强水库巡查。（县水利局负责）\n林河县人民政府\n2031年5月6日\n"
    .as_bytes();

fn json(folder: &Path, words: &str) -> serde_json::Value {
    serde_json::from_str(&run(folder, words).stdout).unwrap()
}

fn built() -> tempfile::TempDir {
    let folder = folder(&[("a.txt", NOTICE), ("b.txt", OTHER)]);
    assert_eq!(run(folder.path(), "build a.txt b.txt").status, 0);
    folder
}

/// Changes one bit of a file, and leaves its time as it was: so does a disk that decays.
fn decay(path: &Path, at: usize) {
    let changed = fs::metadata(path).unwrap().modified().unwrap();
    let mut bytes = fs::read(path).unwrap();
    bytes[at] ^= 4;
    fs::write(path, bytes).unwrap();
    File::options().write(true).open(path).unwrap().set_modified(changed).unwrap();
}

/// The largest file of the index.
fn segment(folder: &Path) -> std::path::PathBuf {
    let files = fs::read_dir(folder.join("zeren.db/index")).unwrap().map(|file| file.unwrap().path());
    files.max_by_key(|path| length(path)).unwrap()
}

fn length(path: &Path) -> usize {
    usize::try_from(fs::metadata(path).unwrap().len()).unwrap()
}

/// Asserts that one thing is damaged: this file.
fn assert_named(folder: &Path, path: &Path, what: &str) {
    let done = run(folder, "verify --format json");
    assert_eq!(done.status, 1, "{what}: {}{}", done.stdout, done.stderr);
    let found: serde_json::Value = serde_json::from_str(&done.stdout).unwrap();
    let [damage] = found["findings"].as_array().unwrap().as_slice() else { panic!("{what}: {found}") };
    let named = folder.join(damage["path"].as_str().unwrap());
    // of an index, its list is named for the files in it
    let is_named = named == path || named.parent() == path.parent() && path.parent().unwrap().ends_with("index");
    assert!(is_named, "{what}: {found}");
    assert!(damage["hint"].as_str().unwrap().contains("zeren "), "{what}: {found}");
}

#[test]
fn a_whole_store_is_found_whole() {
    let folder = built();
    let found = json(folder.path(), "verify --format json");
    // the two, and what the store says of itself
    assert_eq!((&found["documents"], &found["leftovers"]), (&3.into(), &0.into()));
    assert!(found["index"] == "whole" || found["behind"] == 1, "{found}");
    assert_eq!(found["findings"], serde_json::json!([]));
    assert!(found["quads"].as_u64().unwrap() > 100 && found["bytes"].as_u64().unwrap() > 10_000, "{found}");
    let zh = run(folder.path(), "verify --lang zh");
    assert!(zh.status == 0 && zh.stdout.contains("3 份文件") && zh.stdout.contains("索引：完好"), "{}", zh.stdout);
    assert_eq!(run(folder.path(), "verify --format csv").stdout, "path,document,source,error,hint\n");
    assert_eq!(run(folder.path(), "verify --store nowhere").status, 2);
    fs::remove_dir_all(folder.path().join("zeren.db/index")).unwrap();
    fs::write(folder.path().join("zeren.db/graphs/.new-x"), "half").unwrap();
    let found = json(folder.path(), "verify --format json");
    assert_eq!((&found["index"], &found["leftovers"]), (&"missing".into(), &1.into()));
}

#[test]
fn whatever_is_damaged_is_named() {
    let folder = built();
    let store = folder.path().join("zeren.db");
    let (graph, _) = graph(folder.path(), "清河市人民政府办公室");
    for path in [store.join("manifest.json"), store.join("manifest.log"), graph, segment(folder.path())] {
        let whole = fs::read(&path).unwrap();
        let changed = fs::metadata(&path).unwrap().modified().unwrap();
        let put_back = || {
            fs::write(&path, &whole).unwrap();
            File::options().write(true).open(&path).unwrap().set_modified(changed).unwrap();
        };
        for part in 1..6 {
            let at = length(&path) * part / 6;
            decay(&path, at);
            assert_named(folder.path(), &path, &format!("{}: byte {at}", path.display()));
            put_back();
            fs::write(&path, &whole[..at]).unwrap();
            assert_named(folder.path(), &path, &format!("{}: cut off at {at}", path.display()));
            put_back();
        }
    }
    assert_eq!(run(folder.path(), "verify").status, 0);
}

#[test]
fn a_decayed_graph_is_forgotten_and_built_again() {
    let folder = built();
    let (path, _) = graph(folder.path(), "清河市人民政府办公室");
    decay(&path, length(&path) / 2);
    let found = run(folder.path(), "verify --repair");
    assert_eq!(found.status, 1);
    assert!(found.stderr.contains("zeren build a.txt"), "{}", found.stderr);
    assert_eq!(run(folder.path(), "verify").status, 0);
    let documents = run(folder.path(), "query documents --format csv").stdout;
    assert!(documents.contains("b.txt") && !documents.contains("a.txt"), "{documents}");
    let built = run(folder.path(), "build a.txt b.txt --format csv").stdout;
    assert!(built.contains(",added,") && built.contains(",unchanged,"), "{built}");
    assert_eq!(run(folder.path(), "verify").status, 0);
    assert!(run(folder.path(), "query documents --format csv").stdout.contains("a.txt"));
}

#[test]
fn a_damaged_index_is_made_anew() {
    let folder = built();
    let index = segment(folder.path());
    decay(&index, 40);
    assert_named(folder.path(), &index, "index");
    assert_eq!(run(folder.path(), "verify --repair").status, 1);
    let found = json(folder.path(), "verify --format json");
    assert_eq!((&found["findings"], &found["documents"]), (&serde_json::json!([]), &3.into()));
    assert_ne!(found["index"], "missing");
}

#[test]
fn a_lost_manifest_cannot_be_repaired() {
    let folder = built();
    let path = folder.path().join("zeren.db/manifest.log");
    decay(&path, length(&path) - 9);
    let found = run(folder.path(), "verify --repair");
    assert_eq!(found.status, 1);
    assert!(found.stdout.contains("manifest.log"), "{}", found.stdout);
    assert_eq!(run(folder.path(), "verify").status, 1);
    assert_eq!(run(folder.path(), "build a.txt").status, 2);
}
