//! Usage errors: status 2, a message, a way on.

use crate::cli::{folder, run};

#[test]
fn every_usage_error_is_status_2_and_leaves_stdout_empty() {
    let folder = folder(&[]);
    for words in [
        "",
        "bild",
        "query",
        "query documents --text x",
        "query --list --file x",
        "query documents --param x --store .",
        "extract",
        "extract a --format xml",
        "workload --weights boss=1",
        "workload --year MMXX",
        "diagram",
        "diagram owner",
        "diagram owners --top some",
        "build --lang fr",
        "diagram owners -o x.jpg",
        "help nosuch",
    ] {
        for lang in ["en", "zh"] {
            let run = run(folder.path(), &format!("{words} --lang {lang}"));
            assert_eq!((run.status, run.stdout.as_str()), (2, ""), "{words}: {}", run.stderr);
            assert!(!run.stderr.is_empty(), "{words}");
        }
    }
}

#[test]
fn unknown_names_are_met_with_suggestions() {
    let folder = folder(&[]);
    let query = run(folder.path(), "query documnets");
    assert_eq!(query.status, 2);
    assert!(query.stderr.starts_with("error: ") && query.stderr.contains("`documnets`"), "{}", query.stderr);
    assert!(query.stderr.contains("\nhint: "), "{}", query.stderr);
}

#[test]
fn bad_weights_are_explained() {
    let folder = folder(&[]);
    insta::assert_snapshot!(run(folder.path(), "workload --weights lead=-1").stderr, @r#"
    error: --weights: `-1` is not a weight: a number of at least 0
    "#);
    insta::assert_snapshot!(run(folder.path(), "workload --weights boss=1 --lang zh").stderr, @r#"
    错误：--weights：`boss` 不是角色：应为 lead（牵头）、co-lead（共同牵头）、responsible（负责）或 supporting（配合）
    "#);
}

#[test]
fn pictures_of_unknown_endings_need_a_format() {
    let folder = folder(&[]);
    let jpg = run(folder.path(), "diagram owners -o x.jpg").stderr;
    assert!(
        jpg.starts_with("error: -o: pictures are not written as `.jpg`\nhint: use .svg, .png, .pdf or .dot"),
        "{jpg}"
    );
    let named = run(folder.path(), "diagram owners -o x.jpg --format svg").stderr;
    assert!(named.contains("zeren.db"), "{named}");
    let query = run(folder.path(), "query owmers").stderr;
    assert!(query.contains("did you mean `owners`") && query.trim_end().ends_with('?'), "{query}");
}

#[test]
fn help_is_a_command_too() {
    let folder = folder(&[]);
    for (words, same) in
        [("help", "--help"), ("help query", "query --help"), ("--lang zh help build", "--lang zh build --help")]
    {
        let (run, same) = (run(folder.path(), words), run(folder.path(), same));
        assert_eq!((run.status, &run.stdout), (0, &same.stdout), "{words}");
    }
}

#[test]
fn help_and_version_are_results() {
    let folder = folder(&[]);
    for words in ["--help", "--version", "build --help", "query -h", "diagram --help", "workload --help", "extract -h"]
    {
        for lang in ["en", "zh"] {
            let run = run(folder.path(), &format!("{words} --lang {lang}"));
            assert_eq!((run.status, run.stderr.as_str()), (0, ""), "{words}");
            assert!(!run.stdout.is_empty(), "{words}");
        }
    }
}
