//! `zeren build`: folders, failures, reports.

use crate::cli::{folder, run};

const NOTICE: &[u8] = "云川省人民政府关于改革的通知\n一、改革\n1.完善制度。(省财政厅负责)\n".as_bytes();
const OTHER: &[u8] = "云川省人民政府关于保障的通知\n一、保障\n1.完善制度。(省民政厅负责)\n".as_bytes();

#[test]
fn folders_are_walked_in_order_and_failures_leave_the_others() {
    let folder = folder(&[
        ("data/b/two.txt", OTHER),
        ("data/a.txt", NOTICE),
        ("data/copy.txt", NOTICE),
        ("data/empty.txt", b""),
        ("data/picture.png", b"\x89PNG"),
        ("data/left-out.txt", OTHER),
        ("data/.ignore", b"left-out.txt\n"),
        ("data/.gitignore", b"*.txt\n"),
    ]);
    let first = run(folder.path(), "build --format json");
    assert_eq!(first.status, 1, "{}", first.stderr);
    let report: serde_json::Value = serde_json::from_str(&first.stdout).unwrap();
    let rows: Vec<(&str, &str)> = report["documents"]
        .as_array()
        .unwrap()
        .iter()
        .map(|entry| (entry["source"].as_str().unwrap(), entry["status"].as_str().unwrap()))
        .collect();
    assert_eq!(
        rows,
        [
            ("data/a.txt", "added"),
            ("data/b/two.txt", "added"),
            ("data/copy.txt", "failed"),
            ("data/empty.txt", "failed")
        ]
    );
    assert!(report["quads"].is_u64() && report["seconds"].is_number());
    assert!(first.stderr.contains("data/copy.txt: is the same document as `data/a.txt`"), "{}", first.stderr);
    let again = run(folder.path(), "build data/a.txt --format csv");
    assert_eq!(again.status, 0);
    assert!(again.stdout.contains("data/a.txt,") && again.stdout.contains(",unchanged,"), "{}", again.stdout);
}

#[test]
fn nothing_to_read_is_status_2_and_makes_no_store() {
    let folder = folder(&[("empty/x.png", b"")]);
    for (words, message) in [
        ("build", "warning: data: no such file or folder"),
        ("build none", "warning: none: no such file or folder"),
        ("build empty", "error: there is no document in `empty`"),
    ] {
        let run = run(folder.path(), words);
        assert_eq!((run.status, run.stdout.as_str()), (2, ""), "{words}");
        assert!(run.stderr.starts_with(message), "{}", run.stderr);
    }
    assert!(!folder.path().join("zeren.db").exists());
}

#[test]
#[cfg(unix)]
fn a_store_in_a_place_that_is_no_folder_is_reported() {
    let folder = folder(&[("a.txt", NOTICE), ("file", b"x")]);
    let run = run(folder.path(), "build a.txt --store file/zeren.db");
    assert_eq!((run.status, run.stdout.as_str()), (2, ""));
    assert!(run.stderr.starts_with("error: `file/zeren.db"), "{}", run.stderr);
}

/// Notices of many offices, each of two tasks.
fn many(folder: &std::path::Path, count: usize, word: &str) {
    std::fs::create_dir_all(folder.join("data")).unwrap();
    for number in 1..=count {
        let text = format!("云川省人民政府关于第{number}项改革的通知\n一、改革\n1.{word}制度。(省财政厅负责)\n");
        std::fs::write(folder.join(format!("data/{number:03}.txt")), text).unwrap();
    }
}

#[test]
fn more_documents_than_are_committed_together_are_all_stored() {
    let folder = tempfile::tempdir().unwrap();
    many(folder.path(), 150, "完善");
    let count = |status: &str| {
        let run = run(folder.path(), "build --format csv");
        assert_eq!(run.status, 0, "{}", run.stderr);
        run.stdout.lines().filter(|line| line.contains(&format!(",{status},"))).count()
    };
    assert_eq!(count("added"), 150);
    assert_eq!(count("unchanged"), 150);
    std::fs::write(folder.path().join("data/100.txt"), NOTICE).unwrap();
    assert_eq!(count("added"), 1);
}

#[test]
fn a_killed_build_leaves_each_document_as_before_or_as_after() {
    let folder = tempfile::tempdir().unwrap();
    let tasks = || -> Vec<String> {
        let query = "query --text SELECT(STR(?w)AS?text){?t<https://w3id.org/zeren/ontology#text>?w} --format csv";
        let run = run(folder.path(), query);
        assert_eq!(run.status, 0, "{}", run.stderr);
        run.stdout.lines().skip(1).map(|line| line.trim().to_owned()).collect()
    };
    many(folder.path(), 200, "完善");
    assert_eq!(run(folder.path(), "build").status, 0);
    assert_eq!(tasks().len(), 200);
    many(folder.path(), 200, "健全");
    for delay in [0, 30, 80, 150, 250, 400] {
        let mut build = std::process::Command::new(assert_cmd::cargo::cargo_bin!("zeren"));
        let quiet = || std::process::Stdio::null();
        let mut build = build.current_dir(folder.path()).arg("build").stdout(quiet()).stderr(quiet()).spawn().unwrap();
        std::thread::sleep(std::time::Duration::from_millis(delay));
        build.kill().unwrap();
        build.wait().unwrap();
        let left = tasks();
        assert_eq!(left.len(), 200, "after {delay} ms");
        assert!(left.iter().all(|text| text == "完善制度。" || text == "健全制度。"), "{left:?}");
    }
    assert_eq!(run(folder.path(), "build").status, 0);
    assert!(tasks().iter().all(|text| text == "健全制度。"));
}
