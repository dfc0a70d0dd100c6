//! Pictures: one of every kind from the shipped data, names that are wrong, pages that are not there.

use std::path::Path;

use crate::cli::{finish, program, run, well};

/// A store of the shipped chain of documents.
fn chain() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let data = Path::new(env!("CARGO_MANIFEST_DIR")).join("data/chain");
    assert!(program(folder.path()).arg("build").arg(data).output().unwrap().status.success());
    folder
}

#[test]
fn every_kind_is_drawn_and_always_the_same() {
    let folder = chain();
    let kinds = [
        ("owners --document 霖政办发", "霖禾市财政局"),
        ("owners --theme 薪酬", "theme: 薪酬"),
        ("body 霖禾市卫生健康委员会", "霖禾市财政局"),
        ("task (一) --document 霖政办发", "沄政办发〔2024〕12号"),
        ("overlap --document 霖政办发", "pairs with the most common tasks"),
        ("lineage", "溪政办发〔2024〕41号"),
        ("lineage 溪政办发", "霖政办发〔2024〕20号"),
        ("inherit 沄政办发 霖政办发", "✗ missing"),
        ("reform 绍兴市卫生健康委", "绍兴市卫生和计划生育委员会"),
    ];
    for (words, expected) in kinds {
        for lang in ["en", "zh"] {
            let command = format!("diagram {words} --lang {lang}");
            let (first, again) = (run(folder.path(), &command), run(folder.path(), &command));
            assert_eq!(well(&first), again.stdout, "{words}");
            assert!(lang == "zh" || first.stdout.contains(expected), "{words}: {}", first.stdout);
            let source = if lang == "zh" { ">来源：" } else { ">source: " };
            let legend = if lang == "zh" { ">图例<" } else { ">legend<" };
            assert!(first.stdout.contains(source) && first.stdout.contains(legend), "{words}");
        }
    }
    // the county's document descends from the other city's, not from this one's
    let lineage = run(folder.path(), "diagram lineage 澜政办发");
    assert!(well(&lineage).contains("沄政办发〔2024〕12号") && !lineage.stdout.contains("溪政办发"));
}

#[test]
fn names_that_are_wrong_are_met_with_others() {
    let folder = chain();
    let told = |words: &str, expected: &str| {
        let run = run(folder.path(), &format!("diagram {words}"));
        assert_eq!((run.status, run.stdout.as_str()), (2, ""), "{words}");
        assert!(run.stderr.contains(expected), "{words}: {}", run.stderr);
    };
    told("body 霖禾市财证局", "no department is called `霖禾市财证局`\nhint: did you mean `霖禾市财政局`");
    told("body 财政局", "`财政局` may mean");
    told("task (一)", "`(一)` may mean 4 tasks\nhint: give it whole, or narrow it with `--document`: `");
    told("task 没有这样的任务 --lang zh", "范围内没有任务 `没有这样的任务`");
    told("reform 霖禾市财证局", "did you mean `霖禾市财政局`");
    told("lineage 霖政办法", "no stored document is called `霖政办法`");
    told("inherit 沄政办发", "error: inherit: lacks a name\nhint: write `zeren diagram inherit PARENT CHILD`");
    told("owners 财政局", "error: owners: takes no name\nhint: write `zeren diagram owners`");
    told("reform 霖禾市财政局 --heading x", "error: --heading: means nothing for `reform`");
    // documents are drawn as printed: nothing is left out of account in silence
    for words in ["task (一) --document 霖政办发", "lineage", "inherit 沄政办发 霖政办发", "reform 霖禾市财政局"]
    {
        let kind = words.split(' ').next().unwrap();
        told(&format!("{words} --current"), &format!("error: --current: means nothing for `{kind}`"));
    }
    told("reform 霖禾市财政局 --as-of 2024", "error: --as-of: means nothing for `reform`");
    told("owners --page 99", "error: --page: the picture has");
    told("owners --page 2 --whole", "cannot be used with");
}

#[test]
fn a_long_document_is_cut_into_pages_and_says_so() {
    let items: Vec<String> = (1..=90)
        .map(|number| format!("{number}.完善第{number}项制度，健全工作机制。（市财政局牵头，市卫生健康委配合）\n"))
        .collect();
    let items = items.concat();
    let notice = format!("霖禾市人民政府关于改革的通知\n霖政发〔2031〕5号\n一、改革\n{items}2031年3月1日\n");
    let folder = crate::cli::built(&[("long.txt", &notice)]);
    let first = run(folder.path(), "diagram owners -o one.dot");
    assert_eq!((first.status, first.stdout.as_str()), (0, ""));
    assert!(first.stderr.starts_with("note: page 1 of "), "{}", first.stderr);
    let dot = std::fs::read_to_string(folder.path().join("one.dot")).unwrap();
    assert!(dot.contains("of 90; see `--page 2`") && !dot.contains("第90项"));
    let whole = run(folder.path(), "diagram owners --whole");
    assert!(well(&whole).contains("第90项") && whole.stderr.is_empty());
}

#[test]
fn links_lead_to_the_iri_or_where_they_are_asked_to() {
    let folder = chain();
    let command = "diagram owners --document 霖政办发";
    assert!(well(&run(folder.path(), command)).contains("URL=\"https://w3id.org/zeren/organisation/霖禾市财政局\""));
    let local = run(folder.path(), &format!("{command} --links http://127.0.0.1:8077"));
    assert!(well(&local).contains("URL=\"http://127.0.0.1:8077/organisation/霖禾市财政局\""));
}

#[test]
fn without_graphviz_dot_still_works() {
    let folder = chain();
    let words = ["diagram", "lineage", "-o"];
    let without = |file: &str| finish(program(folder.path()).env("PATH", folder.path()).args(words).arg(file));
    let pdf = without("x.pdf");
    assert_eq!(pdf.status, 2);
    assert!(pdf.stderr.contains("install the package graphviz"), "{}", pdf.stderr);
    assert_eq!(without("x.dot").status, 0);
    assert!(std::fs::read_to_string(folder.path().join("x.dot")).unwrap().starts_with("digraph lineage {"));
}
