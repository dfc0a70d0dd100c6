//! Review and corrections, as a clerk goes about them.

use crate::cli::{folder, run};

const NOTICE: &str = "云川省人民政府关于改革的通知\n云政发〔2023〕5号\n一、改革\n(一)完善制度，培训3名骨干。(省财政厅、某某有关方面、省教育厅负责)\n(二)健全机制。(省民政厅负责)\n";
const CORRECTION: &str = "[[correction]]\ntask = \"(二)\"\nanchor = \"健全机制\"\nparty = \"省民政厅\"\nremove = true\nwhy = \"误列\"\nby = \"李明\"\non = 2023-04-01\n";

#[test]
fn corrections_beside_the_document_are_applied_unless_left_out() {
    let folder = folder(&[("a.txt", NOTICE.as_bytes()), ("a.zeren.toml", CORRECTION.as_bytes())]);
    let json = |words: &str| -> serde_json::Value {
        let run = run(folder.path(), words);
        assert_eq!(run.status, 0, "{}", run.stderr);
        serde_json::from_str(&run.stdout).unwrap()
    };
    let corrected = json("extract a.txt --format json");
    assert_eq!(corrected["tasks"][1]["responsibilities"], serde_json::json!([]));
    let log = &corrected["document"]["corrections"][0];
    assert_eq!((&log["act"], &log["by"], &log["on"]), (&"removed".into(), &"李明".into(), &"2023-04-01".into()));
    let plain = json("extract a.txt --format json --no-corrections");
    assert_eq!(plain["tasks"][1]["responsibilities"][0]["name"], "省民政厅");
    assert_eq!(plain["document"]["corrections"], serde_json::json!([]));
    let renamed = CORRECTION.replace("remove = true", "change = { role = \"lead\", name = \"省民政厅（省老龄办）\" }");
    std::fs::write(folder.path().join("a.zeren.toml"), renamed).unwrap();
    let table = run(folder.path(), "extract a.txt").stdout;
    assert!(table.contains("省民政厅（省老龄办）†"), "{table}");
    assert!(
        table.contains("† changed: (二) 省民政厅 lead → 省民政厅（省老龄办） lead (李明, 2023-04-01: 误列)"),
        "{table}"
    );
    assert!(run(folder.path(), "extract a.txt --format csv").stdout.contains(",changed 李明 2023-04-01 误列"));
    std::fs::write(folder.path().join("a.zeren.toml"), CORRECTION).unwrap();
    std::fs::rename(folder.path().join("a.zeren.toml"), folder.path().join("mine.toml")).unwrap();
    assert_eq!(json("extract a.txt --format json --corrections mine.toml"), corrected);
}

#[test]
fn broken_corrections_fail_the_document_and_leave_the_others() {
    let folder = folder(&[
        ("data/a.txt", NOTICE.as_bytes()),
        ("data/a.zeren.toml", "[[correction]]\npatry = \"甲\"\n".as_bytes()),
        ("data/b.txt", NOTICE.replace("5号", "6号").as_bytes()),
    ]);
    let extract = run(folder.path(), "extract data/a.txt");
    assert_eq!((extract.status, extract.stdout.as_str()), (2, ""));
    insta::assert_snapshot!(extract.stderr, @r"
    error: data/a.zeren.toml: line 2, column 1: `patry` is not known here
    hint: did you mean `party`?
    ");
    let zh = run(folder.path(), "extract data/a.txt --lang zh").stderr;
    insta::assert_snapshot!(zh, @r"
    错误：data/a.zeren.toml：第 2 行第 1 列：不认识的项 `patry`
    提示：是不是 `party`？
    ");
    let both = run(folder.path(), "extract data/a.txt data/b.txt");
    assert_eq!(both.status, 1);
    assert!(both.stdout.contains("〔2023〕6号") && both.stderr.contains("patry"));
    let build = run(folder.path(), "build --format csv");
    assert_eq!(build.status, 1);
    assert!(
        build.stdout.contains("data/b.txt,") && build.stdout.contains("a.zeren.toml, line 2, column 1"),
        "{}",
        build.stdout
    );
}

#[test]
fn a_build_notices_that_corrections_changed() {
    let folder = folder(&[("data/a.txt", NOTICE.as_bytes())]);
    let status = || {
        let run = run(folder.path(), "build --format json");
        assert_eq!(run.status, 0, "{}", run.stderr);
        let report: serde_json::Value = serde_json::from_str(&run.stdout).unwrap();
        report["documents"][0]["status"].as_str().unwrap().to_owned()
    };
    let file = folder.path().join("data/a.zeren.toml");
    assert_eq!(status(), "added");
    assert_eq!(status(), "unchanged");
    std::fs::write(&file, CORRECTION).unwrap();
    assert_eq!(status(), "updated");
    assert_eq!(status(), "unchanged");
    let asked = run(folder.path(), "query corrections --format csv").stdout;
    assert!(asked.contains("removed") && asked.contains("李明") && asked.contains("误列"), "{asked}");
    std::fs::write(&file, CORRECTION.replace("误列", "核对后删除")).unwrap();
    assert_eq!(status(), "updated", "who, when and why are part of the graph");
    std::fs::remove_file(&file).unwrap();
    assert_eq!(status(), "updated");
    assert!(!run(folder.path(), "query corrections --format csv").stdout.contains("李明"));
}

#[test]
fn the_review_is_filled_in_and_then_has_nothing_left() {
    let folder = folder(&[("a.txt", NOTICE.as_bytes())]);
    let review = run(folder.path(), "extract a.txt --review --format json");
    assert_eq!(review.status, 0, "{}", review.stderr);
    let review: serde_json::Value = serde_json::from_str(&review.stdout).unwrap();
    let items = review["items"].as_array().unwrap();
    assert!(!items.is_empty());
    let claims = items.iter().filter(|item| item["claim"] != "organisation");
    let sure: Vec<f64> = claims.map(|item| item["confidence"].as_f64().unwrap()).collect();
    assert!(sure.is_sorted() && sure.iter().all(|sure| *sure < 0.9), "{sure:?}");
    assert!(items.iter().all(|item| !item["reasons"].as_array().unwrap().is_empty()));
    let skeleton = run(folder.path(), "extract a.txt --review --format toml").stdout;
    // as it is, nothing is decided
    std::fs::write(folder.path().join("a.zeren.toml"), &skeleton).unwrap();
    let undecided = run(folder.path(), "extract a.txt");
    assert_eq!(undecided.status, 0, "{}", undecided.stderr);
    assert!(undecided.stdout.contains("undecided corrections"), "{}", undecided.stdout);
    let more = run(folder.path(), "extract a.txt --review --format toml").stdout;
    assert_eq!(more, "", "what is undecided is not asked again");
    // filled in, everything is
    let filled = skeleton
        .replace("#confirm = true", "confirm = true")
        .replace("why = \"\"", "why = \"核对\"")
        .replace("by = \"\"", "by = \"李明\"")
        .replace("on = \"\"", "on = 2023-04-01");
    std::fs::write(folder.path().join("a.zeren.toml"), filled).unwrap();
    let after = run(folder.path(), "extract a.txt --review --format json");
    let after: serde_json::Value = serde_json::from_str(&after.stdout).unwrap();
    assert_eq!(after["items"], serde_json::json!([]), "{after}");
}

#[test]
fn the_review_fits_the_terminal_in_both_languages() {
    let folder = folder(&[("a.txt", NOTICE.as_bytes())]);
    for (lang, words) in [("zh", ["置信度", "为何存疑"]), ("en", ["sure", "why in doubt"])] {
        let shown = run(folder.path(), &format!("extract a.txt --review --below 1 --lang {lang}"));
        assert_eq!(shown.status, 0, "{}", shown.stderr);
        assert!(words.iter().all(|word| shown.stdout.contains(word)), "{}", shown.stdout);
    }
    for (words, message) in [
        ("extract a.txt --format toml", "goes with --review"),
        ("extract a.txt --review --format turtle", "table, json or toml"),
        ("extract a.txt --review --below 2", "between 0 and 1"),
        ("extract a.txt --below 0.5", "--review"),
        ("extract a.txt b.txt --corrections c.toml", "for one document"),
        ("extract a.txt --corrections none.toml", "none.toml"),
    ] {
        let run = run(folder.path(), words);
        assert_eq!((run.status, run.stdout.as_str()), (2, ""), "{words}: {}", run.stderr);
        assert!(run.stderr.contains(message), "{words}: {}", run.stderr);
    }
}

#[test]
fn a_build_with_corrections_that_no_longer_fit_says_so() {
    let stale = "by = \"李明\"\non = 2023-04-01\n[[correction]]\ntask = \"(九)\"\nanchor = \"没有这一项任务\"\n\
        remove = true\nwhy = \"重复\"\n";
    let folder = folder(&[("a.txt", NOTICE.as_bytes()), ("a.zeren.toml", stale.as_bytes())]);
    let built = run(folder.path(), "build a.txt --store s");
    assert_eq!(built.status, 1, "{}", built.stderr);
    assert!(built.stderr.contains("a.zeren.toml line 3 is not applied"), "{}", built.stderr);
    // the document is in the store all the same
    assert_eq!(run(folder.path(), "build a.txt --store s --format csv").stdout.matches(",unchanged,").count(), 1);
}

#[test]
fn what_a_person_added_has_no_place() {
    let added = "by = \"李明\"\non = 2023-04-01\n[[correction]]\ntask = \"(一)\"\nparty = \"省审计厅\"\n\
        add = { role = \"supporting\" }\nwhy = \"会议纪要\"\n";
    let folder = folder(&[("a.txt", NOTICE.as_bytes()), ("a.zeren.toml", added.as_bytes())]);
    let facts = run(folder.path(), "extract a.txt --format json");
    let facts: serde_json::Value = serde_json::from_str(&facts.stdout).unwrap();
    let party = facts["tasks"][0]["responsibilities"].as_array().unwrap().last().unwrap();
    assert_eq!((&party["name"], &party["span"]), (&serde_json::json!("省审计厅"), &serde_json::Value::Null));
    let csv = run(folder.path(), "extract a.txt --format csv --bom").stdout;
    assert!(csv.starts_with("\u{feff}document,label"), "{csv}");
    assert_eq!(csv.matches('\u{feff}').count(), 1);
    assert!(csv.lines().any(|line| line.contains("省审计厅") && line.contains(",,,")), "{csv}");
}

#[test]
fn a_chinese_review_is_chinese() {
    let folder = folder(&[("a.txt", NOTICE.as_bytes())]);
    let shown = run(folder.path(), "extract a.txt --review --below 1 --lang zh").stdout;
    let words = shown.lines().filter(|line| !line.contains("--format")).flat_map(|line| line.split_whitespace());
    let english: Vec<&str> = words.filter(|word| word.chars().filter(char::is_ascii_alphabetic).count() > 3).collect();
    assert_eq!(english, [""; 0], "{shown}");
}
