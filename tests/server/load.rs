//! `dump` and `load`.

use crate::cli::{finish, program, run};
use crate::server::stored;

#[test]
fn a_dump_loaded_is_the_same_store() {
    let folder = stored();
    let all = run(folder.path(), "dump").stdout;
    let mut lines: Vec<&str> = all.lines().collect();
    lines.sort_by_key(|line| line.rsplit(' ').nth(1).map(str::to_owned));
    assert_eq!(run(folder.path(), "dump").stdout, all, "the same bytes every time");
    for syntax in ["nquads", "trig", "jsonld"] {
        let file = format!("all.{syntax}");
        assert_eq!(run(folder.path(), &format!("dump --format {syntax} -o {file}")).status, 0);
        let store = format!("{syntax}.db");
        let load = run(folder.path(), &format!("load {file} --syntax {syntax} --store {store} --format csv"));
        assert_eq!((load.status, load.stdout.matches(",added,").count()), (0, 2), "{}", load.stderr);
        assert_eq!(run(folder.path(), &format!("dump --store {store}")).stdout, all, "{syntax}");
        let again = run(folder.path(), &format!("load {file} --syntax {syntax} --store {store} --format csv"));
        assert_eq!(again.stdout.matches(",unchanged,").count(), 2, "{}", again.stdout);
        assert_eq!(
            run(folder.path(), "workload").stdout,
            run(folder.path(), &format!("workload --store {store}")).stdout
        );
    }
}

#[test]
fn lines_may_stand_in_any_order_and_one_that_is_wrong_spoils_all() {
    let folder = stored();
    let all = run(folder.path(), "dump").stdout;
    let lines: Vec<&str> = all.lines().collect();
    // neighbours are of different graphs, and the last come first
    let stride = lines.len() / 7;
    let scattered: String = (0..stride)
        .rev()
        .flat_map(|first| lines.iter().skip(first).step_by(stride))
        .fold(String::new(), |text, line| text + line + "\n");
    assert_eq!(scattered.len(), all.len());
    std::fs::write(folder.path().join("scattered.nq"), &scattered).unwrap();
    let load = run(folder.path(), "load scattered.nq --store scattered.db --format csv");
    assert_eq!((load.status, load.stdout.matches(",added,").count()), (0, 2), "{}", load.stderr);
    assert_eq!(run(folder.path(), "dump --store scattered.db").stdout, all);
    // the last line is wrong: nothing of the file is stored, and what others say is
    let changed = scattered.replace("省", "市");
    assert_ne!(changed, scattered);
    std::fs::write(folder.path().join("wrong.nq"), changed + "<a:s> <a:p> wrong .\n").unwrap();
    let place = format!("wrong.nq: {}:13: ", lines.len() + 1);
    let refused = run(folder.path(), "load wrong.nq");
    assert!(refused.status == 2 && refused.stderr.contains(&place), "{}", refused.stderr);
    assert_eq!(run(folder.path(), "dump").stdout, all);
    let none = run(folder.path(), "load wrong.nq --store none.db");
    assert!(none.status == 2 && !folder.path().join("none.db").exists(), "{}", none.stderr);
    let partly = run(folder.path(), "load wrong.nq scattered.nq --format csv");
    let counts = [",failed,", ",unchanged,"].map(|status| partly.stdout.matches(status).count());
    assert_eq!((partly.status, counts), (1, [1, 2]), "{}", partly.stdout);
    assert_eq!(run(folder.path(), "dump").stdout, all);
}

#[test]
#[cfg(not(feature = "rocksdb"))]
fn a_dump_that_fails_on_the_way_leaves_the_file_as_it_was() {
    let folder = stored();
    std::fs::write(folder.path().join("all.nq"), "before").unwrap();
    let mut graphs: Vec<_> =
        std::fs::read_dir(folder.path().join("zeren.db/graphs")).unwrap().map(Result::unwrap).collect();
    graphs.sort_by_key(std::fs::DirEntry::path);
    // whichever it is: the first is written before the second is read
    for graph in graphs {
        let whole = std::fs::read(graph.path()).unwrap();
        std::fs::write(graph.path(), &whole[1..]).unwrap();
        let failed = run(folder.path(), "dump -o all.nq");
        assert!(failed.status == 2 && failed.stderr.contains("graphs/"), "{}", failed.stderr);
        assert_eq!(std::fs::read(folder.path().join("all.nq")).unwrap(), b"before");
        let names = std::fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().file_name());
        assert!(!names.into_iter().any(|name| name.to_string_lossy().starts_with(".zeren-")));
        std::fs::write(graph.path(), whole).unwrap();
    }
    assert_eq!(run(folder.path(), "dump -o all.nq").status, 0);
    assert!(std::fs::metadata(folder.path().join("all.nq")).unwrap().len() > 10_000);
}

#[test]
fn one_document_travels_in_every_syntax() {
    let folder = stored();
    let one = run(folder.path(), "dump --document 霁政发").stdout;
    assert!(!one.is_empty() && one.lines().count() < run(folder.path(), "dump").stdout.lines().count());
    for ending in ["nt", "ttl", "nq", "trig", "rdf", "jsonld"] {
        assert_eq!(run(folder.path(), &format!("dump --document 霁政发 -o one.{ending}")).status, 0, "{ending}");
        let load = run(folder.path(), &format!("load one.{ending} --store {ending}.db"));
        assert_eq!(load.status, 0, "{ending}: {}", load.stderr);
        assert_eq!(run(folder.path(), &format!("dump --store {ending}.db")).stdout, one, "{ending}");
    }
    let unknown = run(folder.path(), "dump --document 霁政法");
    assert!(unknown.status == 2 && unknown.stderr.contains("hint: "), "{}", unknown.stderr);
    assert_eq!(run(folder.path(), "dump --graph a:b").status, 2);
    assert_eq!(run(folder.path(), "dump -o x.txt").status, 2);
}

#[test]
fn what_is_not_ours_is_refused_or_kept_on_demand() {
    let folder = stored();
    std::fs::write(folder.path().join("foreign.nq"), "<a:s> <a:p> \"x\" <a:g> .\n").unwrap();
    std::fs::write(folder.path().join("broken.ttl"), "<a:s> <a:p> .\n").unwrap();
    std::fs::write(folder.path().join("bare.ttl"), "<a:s> <a:p> <a:o> .\n").unwrap();
    let before = run(folder.path(), "dump").stdout;
    for (file, words) in [
        ("foreign.nq", "--foreign"),
        ("broken.ttl", "1:13"),
        ("bare.ttl", "--graph"),
        ("none.nq", "no such file"),
        ("x.unknown", "--syntax"),
    ] {
        let refused = run(folder.path(), &format!("load {file}"));
        assert_eq!(refused.status, 2, "{file}");
        assert!(refused.stderr.contains(words), "{file}: {}", refused.stderr);
        assert!(run(folder.path(), &format!("load {file} --lang zh")).stderr.starts_with("警告："));
    }
    assert_eq!(run(folder.path(), "dump").stdout, before, "nothing was changed");
    run(folder.path(), "dump --document 霁政发 -o one.nq");
    let partly = run(folder.path(), "load one.nq foreign.nq --format csv");
    assert_eq!((partly.status, partly.stdout.matches(",refused,").count()), (1, 1), "{}", partly.stdout);
    assert_eq!(run(folder.path(), "load foreign.nq bare.ttl --graph a:h --foreign").status, 0);
    assert!(run(folder.path(), "dump").stdout.contains("<a:s> <a:p> \"x\" <a:g> ."));
    // analyses see documents alone
    assert_eq!(run(folder.path(), "query documents --format csv").stdout.lines().count(), 3);
    let stdin = finish(
        program(folder.path()).args(["load", "-", "--syntax", "nquads", "--store", "in.db"]).write_stdin(before),
    );
    assert_eq!(stdin.status, 0, "{}", stdin.stderr);
}
