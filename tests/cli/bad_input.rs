//! Input that cannot be read and output that cannot be written: one clear message, nothing lost.

use std::fs::{self, File};
use std::process::{Command as Process, Stdio};

use crate::cli::{finish, folder, program, run};

#[test]
fn unreadable_documents_are_named_and_the_others_are_shown() {
    let folder = folder(&[("a.txt", "关于改革的通知\n".as_bytes()), ("empty.txt", b"")]);
    let both = run(folder.path(), "extract --text empty.txt a.txt none.txt");
    assert_eq!((both.status, both.stdout.trim_end()), (1, "关于改革的通知"));
    assert!(both.stderr.contains("empty.txt: "), "{}", both.stderr);
    assert!(both.stderr.contains("none.txt: "), "{}", both.stderr);
    assert_eq!(run(folder.path(), "extract none.txt").status, 2);
    assert_eq!(run(folder.path(), "extract empty.txt").status, 2);
    assert_eq!(run(folder.path(), "extract .").status, 2);
}

#[test]
fn queries_without_store_say_how_to_make_one() {
    let folder = folder(&[]);
    for words in ["query documents", "workload", "diagram owners"] {
        let run = run(folder.path(), words);
        assert_eq!((run.status, run.stdout.as_str()), (2, ""), "{words}");
        assert!(run.stderr.contains("zeren.db") && run.stderr.contains("zeren build"), "{}", run.stderr);
    }
    assert!(!folder.path().join("zeren.db").exists());
}

#[test]
fn malformed_sparql_is_status_2() {
    let folder = folder(&[("a.txt", "关于改革的通知\n".as_bytes()), ("q.rq", b"SELEC ?x"), ("bin.rq", b"\xff\xfe")]);
    run(folder.path(), "build a.txt");
    for words in ["query --file q.rq", "query --text SELEC", "query --file none.rq", "query --file bin.rq"] {
        let run = run(folder.path(), words);
        assert_eq!((run.status, run.stdout.as_str()), (2, ""), "{words}");
        assert!(run.stderr.starts_with("error: "), "{}", run.stderr);
    }
}

#[test]
fn a_reader_that_goes_away_is_no_failure() {
    let folder = folder(&[("a.txt", "关于改革的通知\n".as_bytes())]);
    let mut child = Process::new(assert_cmd::cargo::cargo_bin!("zeren"))
        .current_dir(folder.path())
        .args(["extract", "--format", "json", "a.txt"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert_eq!((output.status.code(), output.stderr), (Some(0), Vec::new()));
}

#[test]
#[cfg(target_os = "linux")]
fn a_full_disk_is_reported() {
    let folder = folder(&[]);
    let output = Process::new(assert_cmd::cargo::cargo_bin!("zeren"))
        .current_dir(folder.path())
        .args(["query", "--list", "--lang", "en"])
        .stdout(File::create("/dev/full").unwrap())
        .stderr(Stdio::piped())
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&output.stderr).starts_with("error: stdout: the disk is full"));
}

#[test]
fn a_picture_is_written_whole_or_not_at_all() {
    let notice = "云川省人民政府关于改革的通知\n一、改革\n1.完善制度。(省财政厅负责)\n";
    let folder = folder(&[("a.txt", notice.as_bytes()), ("old.svg", b"old")]);
    run(folder.path(), "build a.txt");
    let lost = run(folder.path(), "diagram owners -o none/x.dot");
    assert_eq!(lost.status, 2);
    assert!(lost.stderr.contains("error: none/x.dot: no such file or folder"), "{}", lost.stderr);
    let without =
        finish(program(folder.path()).env("PATH", folder.path()).args(["diagram", "owners", "-o", "old.svg"]));
    assert_eq!(without.status, 2);
    assert!(without.stderr.contains("apt-get install graphviz"), "{}", without.stderr);
    assert_eq!(fs::read(folder.path().join("old.svg")).unwrap(), b"old");
    run(folder.path(), "diagram owners -o new.dot");
    assert!(fs::read_to_string(folder.path().join("new.dot")).unwrap().starts_with("digraph"));
    let left = fs::read_dir(folder.path())
        .unwrap()
        .flatten()
        .filter(|entry| entry.file_name().to_string_lossy().starts_with(".zeren-"));
    assert_eq!(left.count(), 0);
}
