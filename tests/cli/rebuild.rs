//! `zeren build` again: what is read, what is told, and that the store is the same whatever the threads.

#[cfg(not(feature = "rocksdb"))]
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use crate::cli::{folder, run};

const NOTICE: &[u8] = "云川省人民政府关于改革的通知\n一、改革\n1.完善制度。(省财政厅负责)\n".as_bytes();
const OTHER: &[u8] = "云川省人民政府关于保障的通知\n一、保障\n1.完善制度。(省民政厅负责)\n".as_bytes();

/// What a build tells of each file: its status, its figures and its error.
fn build(folder: &Path, words: &str) -> Vec<(String, String, [u64; 3], String)> {
    let run = run(folder, &format!("build {words} --format json"));
    let report: serde_json::Value = serde_json::from_str(&run.stdout).unwrap_or_else(|_| panic!("{}", run.stderr));
    let word = |value: &serde_json::Value| value.as_str().unwrap_or_default().to_owned();
    let row = |entry: &serde_json::Value| {
        let figures = ["tasks", "responsibilities", "findings"].map(|name| entry[name].as_u64().unwrap());
        (word(&entry["source"]), word(&entry["status"]), figures, word(&entry["error"]))
    };
    report["documents"].as_array().unwrap().iter().map(row).collect()
}

fn statuses(rows: &[(String, String, [u64; 3], String)]) -> Vec<(&str, &str)> {
    rows.iter().map(|(source, status, ..)| (source.as_str(), status.as_str())).collect()
}

/// The files of a store that say what it holds.
#[cfg(not(feature = "rocksdb"))]
fn contents(store: &Path) -> BTreeMap<String, Vec<u8>> {
    let graphs = fs::read_dir(store.join("graphs")).unwrap().map(|file| file.unwrap().path());
    graphs.map(|file| (file.file_name().unwrap().to_string_lossy().into_owned(), fs::read(file).unwrap())).collect()
}

/// RocksDB's files are its own.
#[test]
#[cfg(not(feature = "rocksdb"))]
fn the_store_and_the_report_are_the_same_whatever_the_threads() {
    let folder = folder(&[("data/d/empty.txt", b""), ("data/d/x.docx", b"PK\x03\x04 x")]);
    for number in 1..=99 {
        // every third is a copy of the one before it
        let of = number - usize::from(number % 3 == 0);
        let task = |task| format!("{task}.完善制度。(省财政厅、省民政厅{task}负责)\n");
        let tasks = (1..=1 + of % 40).map(task).collect::<Vec<_>>().concat();
        let text = format!("云川省人民政府关于第{of}项改革的通知\n一、改革\n{tasks}");
        fs::write(folder.path().join(format!("data/{number:03}.txt")), text).unwrap();
    }
    let one = build(folder.path(), "-j 1 --store one");
    assert_eq!(one.iter().filter(|(_, status, ..)| status == "added").count(), 66);
    assert_eq!(one.iter().filter(|(.., error)| error.contains("is the same document as")).count(), 33);
    for threads in [2, 7] {
        let store = format!("store{threads}");
        assert_eq!(build(folder.path(), &format!("-j {threads} --store {store}")), one, "{threads} threads");
        assert!(contents(&folder.path().join(store)) == contents(&folder.path().join("one")), "{threads} threads");
    }
    assert_eq!(run(folder.path(), "build -j 0").status, 2);
}

#[test]
fn what_did_not_change_is_told_as_before() {
    let folder = folder(&[
        ("data/a.txt", NOTICE),
        ("data/b.txt", OTHER),
        ("data/copy.txt", NOTICE),
        ("data/empty.txt", b""),
        (
            "data/b.zeren.toml",
            "by = \"李明\"\non = 2023-04-01\n[[correction]]\ntask = \"(九)\"\nanchor = \"没有这一项任务\"\nremove = true\nwhy = \"重复\"\n".as_bytes(),
        ),
    ]);
    let first = build(folder.path(), "");
    let of_first =
        [("data/a.txt", "added"), ("data/b.txt", "added"), ("data/copy.txt", "failed"), ("data/empty.txt", "failed")];
    assert_eq!(statuses(&first), of_first);
    let dump = || run(folder.path(), "dump").stdout;
    let held = dump();
    let again = build(folder.path(), "");
    for (first, again) in first.iter().zip(&again) {
        let unchanged = if first.1 == "added" { "unchanged" } else { "failed" };
        assert_eq!((&first.0, unchanged, first.2, &first.3), (&again.0, again.1.as_str(), again.2, &again.3));
    }
    assert_eq!(held, dump());
    // in the other language, and with the warnings of what is not read again
    let zh = run(folder.path(), "build --lang zh");
    assert_eq!(zh.status, 1);
    for words in [
        "data/copy.txt：与 `data/a.txt` 是同一文件",
        "data/empty.txt：文件是空的",
        "data/b.txt：b.zeren.toml 第 3 行的更正未采用",
    ] {
        assert!(zh.stderr.contains(words), "{words}: {}", zh.stderr);
    }
    // one of two that give the same document is gone, and comes back
    fs::rename(folder.path().join("data/a.txt"), folder.path().join("data/z.txt")).unwrap();
    assert_eq!(
        statuses(&build(folder.path(), "")),
        [
            ("data/b.txt", "unchanged"),
            ("data/copy.txt", "updated"),
            ("data/empty.txt", "failed"),
            ("data/z.txt", "failed")
        ]
    );
    fs::rename(folder.path().join("data/z.txt"), folder.path().join("data/a.txt")).unwrap();
    assert_eq!(build(folder.path(), "")[0].1, "updated");
    assert_eq!(held, dump());
    // what failed is mended, and what was sound is broken: its former graph stays
    fs::write(folder.path().join("data/empty.txt"), NOTICE).unwrap();
    fs::write(folder.path().join("data/b.txt"), b"").unwrap();
    assert_eq!(
        statuses(&build(folder.path(), "")),
        [
            ("data/a.txt", "unchanged"),
            ("data/b.txt", "failed"),
            ("data/copy.txt", "failed"),
            ("data/empty.txt", "failed")
        ]
    );
    assert_eq!(held, dump());
}

#[test]
fn what_the_store_lost_or_others_wrote_is_read_again() {
    let folder = folder(&[("data/a.txt", NOTICE), ("data/b.txt", OTHER)]);
    build(folder.path(), "");
    let dump = || run(folder.path(), "dump").stdout;
    let held = dump();
    // another store's graph of one document takes its place
    fs::create_dir(folder.path().join("other")).unwrap();
    fs::write(folder.path().join("other/a.txt"), [NOTICE, "2.另一项。(省民政厅负责)\n".as_bytes()].concat()).unwrap();
    assert_eq!(build(folder.path(), "other --store other.db").len(), 1);
    fs::write(folder.path().join("other.nq"), run(folder.path(), "dump --store other.db --format nquads").stdout)
        .unwrap();
    let loaded = run(folder.path(), "load other.nq");
    assert_eq!(loaded.status, 0, "{}", loaded.stderr);
    assert_ne!(held, dump());
    assert_eq!(statuses(&build(folder.path(), "")), [("data/a.txt", "updated"), ("data/b.txt", "unchanged")]);
    assert_eq!(held, dump());
    // without the register all is read, and nothing changes
    fs::remove_file(folder.path().join("zeren.db/inputs")).unwrap();
    assert_eq!(statuses(&build(folder.path(), "")), [("data/a.txt", "unchanged"), ("data/b.txt", "unchanged")]);
    // a register that speaks of documents that the store has not
    let inputs = fs::read(folder.path().join("zeren.db/inputs")).unwrap();
    fs::remove_dir_all(folder.path().join("zeren.db")).unwrap();
    build(folder.path(), "data/b.txt");
    fs::write(folder.path().join("zeren.db/inputs"), inputs).unwrap();
    assert_eq!(statuses(&build(folder.path(), "")), [("data/a.txt", "added"), ("data/b.txt", "unchanged")]);
    assert_eq!(held, dump());
}

/// The first line of a register, and how many records follow it: each has its length, its check sum and so many bytes.
fn noted(inputs: &Path) -> (Vec<u8>, usize) {
    let bytes = fs::read(inputs).unwrap();
    // a build that goes on may just have begun it
    let end = bytes.iter().position(|byte| *byte == b'\n').map_or(0, |end| end + 1);
    let (head, mut rest) = bytes.split_at(end);
    let mut count = 0;
    while let Some((length, _)) = rest.split_first_chunk() {
        let Some(next) = rest.get(8 + u32::from_le_bytes(*length) as usize..) else { break };
        rest = next;
        count += 1;
    }
    (head.to_vec(), count)
}

#[test]
fn a_table_of_ones_own_has_all_read_again() {
    let folder = folder(&[("data/a.txt", NOTICE), ("own/places.csv", b"")]);
    let header = include_str!("../../data/registry/places.csv").lines().next().unwrap();
    fs::write(folder.path().join("own/places.csv"), format!("{header}\n")).unwrap();
    let head = || noted(&folder.path().join("zeren.db/inputs"));
    build(folder.path(), "");
    let first = head();
    assert_eq!(statuses(&build(folder.path(), "--registry own")), [("data/a.txt", "unchanged")]);
    assert_ne!(head().0, first.0);
    assert_eq!(head().1, 1);
    build(folder.path(), "");
    assert_eq!(head(), first);
}

#[test]
fn a_killed_build_is_gone_on_with() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    fs::create_dir(&data).unwrap();
    let texts: Vec<String> = (1..=200)
        .map(|of| format!("云川省人民政府关于第{of}项改革的通知\n一、改革\n1.完善制度。(省财政厅负责)\n"))
        .collect();
    for (name, text) in texts.iter().enumerate() {
        fs::write(data.join(format!("{name:03}.txt")), text).unwrap();
    }
    // ended once it has committed some, if it is that slow
    let quiet = std::process::Stdio::null;
    let mut command = std::process::Command::new(assert_cmd::cargo::cargo_bin!("zeren"));
    let mut killed =
        command.current_dir(folder.path()).args(["build", "-j1"]).stdout(quiet()).stderr(quiet()).spawn().unwrap();
    let inputs = folder.path().join("zeren.db/inputs");
    while !inputs.exists() && killed.try_wait().unwrap().is_none() {
        std::thread::sleep(std::time::Duration::from_millis(1));
    }
    killed.kill().unwrap();
    killed.wait().unwrap();
    let noted = noted(&inputs).1;
    let rows = build(folder.path(), "");
    let unchanged = rows.iter().filter(|(_, status, ..)| status == "unchanged").count();
    let added = rows.iter().filter(|(_, status, ..)| status == "added").count();
    assert_eq!((rows.len(), unchanged + added), (200, 200));
    assert!(unchanged >= noted, "{unchanged} of {noted}");
    // it is then as one that was never ended
    assert_eq!(build(folder.path(), "--store whole").len(), 200);
    let dump = |store: &str| run(folder.path(), &format!("dump --store {store}")).stdout;
    assert!(dump("zeren.db") == dump("whole"));
}
