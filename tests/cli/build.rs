//! `zeren build`: folders, failures, reports.

#[cfg(not(feature = "rocksdb"))]
use crate::cli::graph;
use crate::cli::{finish, folder, program, run};

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
fn documents_that_cannot_be_read_are_reported_and_the_rest_is_skipped() {
    let folder = folder(&[
        ("data/a.txt", NOTICE),
        ("data/b.pdf", b"%PDF-1.7 x"),
        ("data/c.docx", b"PK\x03\x04 x"),
        ("data/d.XLS", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"),
        ("data/e.ofd", b"PK\x03\x04 x"),
        ("data/~$c.docx", b"PK\x03\x04 x"),
        ("data/f.jpg", b"\xff\xd8\xff"),
        ("data/g.unknown", b"x"),
    ]);
    let built = run(folder.path(), "build --format json --lang zh");
    assert_eq!(built.status, 1);
    let report: serde_json::Value = serde_json::from_str(&built.stdout).unwrap();
    let failed: Vec<&str> = report["documents"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|entry| entry["status"] == "failed")
        .map(|entry| entry["source"].as_str().unwrap())
        .collect();
    assert_eq!(failed, ["data/b.pdf", "data/c.docx", "data/d.XLS", "data/e.ofd"]);
    let pdf = if cfg!(feature = "pdf") {
        "data/b.pdf：PDF 文件已损坏\n提示：请重新下载"
    } else {
        "data/b.pdf：这是 PDF 文件，不能直接读取\n提示：请另存为"
    };
    assert!(built.stderr.contains(pdf), "{}", built.stderr);
    assert!(built.stderr.contains("data/d.XLS：这是已损坏的 XLS 或其他 OLE 文件"), "{}", built.stderr);
    assert!(!built.stderr.contains("damaged XLS"), "{}", built.stderr);
}

#[test]
#[cfg(unix)]
fn dangling_links_are_reported_and_pipes_are_not_waited_for() {
    let folder = folder(&[("data/a.txt", NOTICE)]);
    std::os::unix::fs::symlink("gone.txt", folder.path().join("data/link.txt")).unwrap();
    let pipe = folder.path().join("data/pipe.txt");
    assert!(std::process::Command::new("mkfifo").arg(pipe).status().unwrap().success());
    let built = run(folder.path(), "build");
    assert_eq!(built.status, 1);
    assert!(built.stderr.contains("data/link.txt: links to `gone.txt`, which does not exist"), "{}", built.stderr);
    assert!(!built.stderr.contains("pipe"), "{}", built.stderr);
}

/// RocksDB keeps no file a document that could be damaged by itself.
#[test]
#[cfg(not(feature = "rocksdb"))]
fn a_damaged_document_is_built_again_and_told_of() {
    let folder = folder(&[("a.txt", NOTICE), ("b.txt", OTHER)]);
    run(folder.path(), "build a.txt b.txt");
    let (file, _) = graph(folder.path(), "关于改革的通知");
    std::fs::write(&file, "half").unwrap();
    // the index, which has sums of its own, answers as before; who reads the graph itself is told
    assert_eq!(run(folder.path(), "query documents").status, 0);
    assert_eq!(run(folder.path(), "dump").status, 2);
    // without names of graphs nothing is written before all of it was read
    let union = run(folder.path(), "dump --format turtle");
    assert_eq!((union.status, union.stdout.as_str()), (2, ""), "{}", union.stderr);
    assert!(
        run(folder.path(), "dump --format turtle -o all.ttl").status == 2 && !folder.path().join("all.ttl").exists()
    );
    let checked = run(folder.path(), "verify");
    assert_eq!(checked.status, 1);
    assert!(
        checked.stdout.contains("关于改革的通知") && checked.stdout.contains("zeren build a.txt"),
        "{}",
        checked.stdout
    );
    let zh = run(folder.path(), "verify --lang zh").stdout;
    assert!(zh.contains("无法解压") && !zh.contains("cannot be"), "{zh}");
    let built = run(folder.path(), "build a.txt b.txt --format csv");
    assert_eq!(built.status, 0);
    assert!(built.stderr.starts_with("warning: ") && built.stderr.contains("is damaged"), "{}", built.stderr);
    assert!(built.stdout.contains(",added,") && built.stdout.contains(",unchanged,"), "{}", built.stdout);
    assert_eq!(run(folder.path(), "query documents").status, 0);
    assert_eq!(run(folder.path(), "build a.txt b.txt").stderr, "");
}

#[test]
fn the_folder_of_another_program_is_left_alone() {
    let folder = folder(&[
        ("a.txt", NOTICE),
        ("web/manifest.json", b"{\"name\": \"app\", \"icons\": []}"),
        ("list/manifest.json", b"[1, 2"),
    ]);
    for words in ["build a.txt --store web", "query documents --store web", "workload --store list"] {
        let run = run(folder.path(), words);
        assert_eq!(run.status, 2);
        assert!(run.stderr.contains("is not a zeren store") && !run.stderr.contains("delete"), "{}", run.stderr);
    }
}

/// A limit on the size of files stands for a full disk: writing fails in the same way. RocksDB words it by itself.
#[test]
#[cfg(all(target_os = "linux", not(feature = "rocksdb")))]
fn a_store_that_cannot_grow_is_one_failure() {
    let folder = folder(&[("a.txt", NOTICE), ("b.txt", OTHER)]);
    let mut shell = assert_cmd::Command::new("sh");
    let program = assert_cmd::cargo::cargo_bin!("zeren");
    shell.current_dir(folder.path()).args(["-c", "trap '' XFSZ; ulimit -f 1; exec \"$0\" build a.txt b.txt --lang zh"]);
    let run = finish(shell.arg(program));
    assert_eq!((run.status, run.stdout.as_str()), (2, ""), "{}", run.stderr);
    assert_eq!(run.stderr.matches("错误：").count(), 1, "{}", run.stderr);
    assert!(run.stderr.contains("文件超出允许的大小\n提示：腾出空间"), "{}", run.stderr);
    assert!(!run.stderr.contains(".new-") && !run.stderr.contains("os error"), "{}", run.stderr);
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

#[test]
fn all_that_the_project_has_to_show_is_built() {
    let folder = folder(&[]);
    let data = format!("{}/data", env!("CARGO_MANIFEST_DIR"));
    let built = finish(program(folder.path()).args(["build", data.as_str(), "--format", "csv"]));
    assert_eq!(built.status, 0, "{}", built.stderr);
    assert!(!built.stdout.contains(",failed,"), "{}", built.stdout);
}
