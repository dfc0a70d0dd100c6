//! `zeren ontology`: the vocabulary as Turtle, shapes and page.

use super::{folder, run};

#[test]
fn the_vocabulary_comes_in_every_form() {
    let folder = folder(&[]);
    let turtle = run(folder.path(), "ontology");
    assert_eq!((turtle.status, turtle.stderr.as_str()), (0, ""));
    assert!(turtle.stdout.contains("z:Task a owl:Class"));
    assert!(run(folder.path(), "ontology --format shapes").stdout.contains("zs:task a sh:NodeShape"));
    let zh = run(folder.path(), "--lang zh ontology --format html").stdout;
    assert!(zh.starts_with("<!DOCTYPE html>") && zh.contains("任务应有责任单位"));
    let written = run(folder.path(), "ontology --format html -o page.html");
    assert_eq!((written.status, written.stdout.as_str()), (0, ""));
    let page = std::fs::read_to_string(folder.path().join("page.html")).unwrap();
    assert!(page.contains("id=\"Task\"") && page.contains("a task names who is responsible"));
    assert_eq!(page, run(folder.path(), "ontology --format html").stdout);
}
