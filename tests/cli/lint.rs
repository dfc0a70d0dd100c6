//! `zeren lint` and `zeren explain`.

use serde_json::Value;

use super::{finish, folder, program, run};

const DRAFT: &str = "青禾县2023年重点任务
一、主要任务
（一）推进医共体建设，统一管理人员、财务和药品，完善运行机制，健全考核办法，推动优质医疗资源下沉基层。（县卫生健康局牵头，县财证局配合）
（二）落实补助资金。（县财政局牵头，县财政局、县民政局配合）
";

const CLEAN: &str = "青禾县2023年重点任务
一、主要任务
（一）推进医共体建设。（县卫生健康局牵头，县财政局配合）
（二）落实补助资金。（县财政局牵头，县民政局配合）
青禾县人民政府办公室
2023年3月6日
";

fn drafts() -> tempfile::TempDir {
    folder(&[("draft.txt", DRAFT.as_bytes()), ("clean.txt", CLEAN.as_bytes())])
}

#[test]
fn findings_stand_at_their_words_in_both_languages() {
    let folder = drafts();
    let zh = run(folder.path(), "--lang zh lint draft.txt");
    assert_eq!((zh.status, zh.stderr.as_str()), (1, ""));
    insta::assert_snapshot!(zh.stdout, @r#"
    提示[ZR005 no-date]: 没有找到成文日期
     --> draft.txt

    警告[ZR203 unknown-body]: 没有叫 `县财证局` 的单位
     --> draft.txt:3:62
      |
    3 | …动优质医疗资源下沉基层。（县卫生健康局牵头，县财证局配合）
      |                                              ^^^^^^^^
      |
      = 建议: 疑为 `县财政局`

    错误[ZR104 lead-supports]: `县财政局` 已是牵头单位，又列为配合单位
     --> draft.txt:4:19
      |
    4 | （二）落实补助资金。（县财政局牵头，县财政局、县民政局配合）
      |                       --------      ^^^^^^^^
      |                       |
      |                       在这里牵头
      |
      = 建议: 请删去一处，或改成本来要写的单位

    错误 1 处，警告 1 处，提示 1 处；用 `zeren explain 代码` 看说明
    "#);
    let en = run(folder.path(), "lint draft.txt --ignore ZR0");
    insta::assert_snapshot!(en.stdout, @r#"
    warning[ZR203 unknown-body]: no body is named `县财证局`
     --> draft.txt:3:62
      |
    3 | …动优质医疗资源下沉基层。（县卫生健康局牵头，县财证局配合）
      |                                              ^^^^^^^^
      |
      = hint: `县财政局` may be meant

    error[ZR104 lead-supports]: `县财政局` leads this task and is listed as supporting it too
     --> draft.txt:4:19
      |
    4 | （二）落实补助资金。（县财政局牵头，县财政局、县民政局配合）
      |                       --------      ^^^^^^^^
      |                       |
      |                       leads here
      |
      = hint: take one out, or put the body that was meant

    1 error, 1 warning; `zeren explain CODE` tells more
    "#);
}

#[test]
fn the_exit_status_is_what_was_asked_for() {
    let folder = drafts();
    for (words, status) in [
        ("lint clean.txt", 0),
        ("lint clean.txt draft.txt", 1),
        ("lint draft.txt --fail-on error", 1),
        ("lint draft.txt --fail-on error --ignore lead-supports", 0),
        ("lint draft.txt --fail-on never", 0),
        ("lint draft.txt --select no-date", 0),
        ("lint draft.txt missing.txt --fail-on never", 1),
        ("lint missing.txt", 2),
        ("lint draft.txt --select ZR9", 2),
    ] {
        assert_eq!(run(folder.path(), words).status, status, "{words}");
    }
    assert_eq!(run(folder.path(), "lint clean.txt").stdout, "nothing found\n");
    let unknown = run(folder.path(), "lint draft.txt --ignore no-led");
    assert_eq!(unknown.stderr, "error: no code is `no-led`\nhint: did you mean `no-lead`?\n");
}

#[test]
fn a_draft_may_come_through_stdin() {
    let folder = drafts();
    let found = finish(program(folder.path()).args(["lint", "-", "--select", "ZR104"]).write_stdin(DRAFT));
    assert_eq!(found.status, 1);
    assert!(found.stdout.starts_with("error[ZR104 lead-supports]"), "{}", found.stdout);
}

#[test]
fn json_names_code_place_and_words() {
    let folder = drafts();
    let out = run(folder.path(), "lint draft.txt clean.txt --format json --fail-on never").stdout;
    let documents: Vec<Value> = out.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(documents.len(), 2);
    assert_eq!(documents[1]["findings"], Value::Array(Vec::new()));
    let found = &documents[0]["findings"][2];
    assert_eq!(found["code"], "lead-supports");
    assert_eq!(found["number"], "ZR104");
    assert_eq!(found["severity"], "error");
    assert_eq!((&found["task"], &found["words"]), (&"(二)".into(), &"县财政局".into()));
    assert_eq!((&found["line"], &found["column"], &found["end_column"]), (&4.into(), &19.into(), &23.into()));
    let offset = |index: usize| usize::try_from(found["span"][index].as_u64().unwrap()).unwrap();
    let marked: String = DRAFT.chars().skip(offset(0)).take(offset(1) - offset(0)).collect();
    assert_eq!(marked, "县财政局");
    assert_eq!(found["related"][0]["column"], 12);
}

/// The log as the standard (OASIS SARIF 2.1.0) wants it; the schema itself is too large to keep here.
#[test]
fn sarif_is_one_log_with_rules_and_places() {
    let folder = drafts();
    let out = run(folder.path(), "lint draft.txt clean.txt --format sarif --fail-on never").stdout;
    let log: Value = serde_json::from_str(&out).unwrap();
    assert_eq!(log["version"], "2.1.0");
    let run = &log["runs"][0];
    assert_eq!(run["columnKind"], "unicodeCodePoints");
    let rules = run["tool"]["driver"]["rules"].as_array().unwrap();
    let results = run["results"].as_array().unwrap();
    assert_eq!(results.len(), 3);
    for result in results {
        let rule = &rules[usize::try_from(result["ruleIndex"].as_u64().unwrap()).unwrap()];
        assert_eq!(rule["id"], result["ruleId"]);
        assert!(["error", "warning", "note"].contains(&result["level"].as_str().unwrap()));
        assert!(!result["message"]["text"].as_str().unwrap().is_empty());
        assert_eq!(result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"], "draft.txt");
    }
    let region = &results[2]["locations"][0]["physicalLocation"]["region"];
    assert_eq!((&region["startLine"], &region["startColumn"]), (&4.into(), &19.into()));
    assert_eq!(region["snippet"]["text"], "县财政局");
    assert_eq!(results[2]["relatedLocations"][0]["message"]["text"], "leads here");
}

#[test]
fn the_page_stands_alone() {
    let folder = drafts();
    let done = run(folder.path(), "--lang zh lint draft.txt clean.txt --format html -o page.html");
    assert_eq!((done.status, done.stdout.as_str()), (1, ""));
    let page = std::fs::read_to_string(folder.path().join("page.html")).unwrap();
    assert!(page.starts_with("<!DOCTYPE html>\n<html lang=\"zh-CN\">"));
    assert_eq!(page.matches("<main>").count(), 2);
    for absent in ["<script", "<link", "<img", "http"] {
        assert!(!page.contains(absent), "{absent}");
    }
    for present in ["prefers-color-scheme: dark", "@media print", "width=device-width"] {
        assert!(page.contains(present), "{present}");
    }
}

#[test]
fn accepted_findings_are_counted_and_not_shown() {
    let acceptances = "[[accept]]\ncode = \"unknown-body\"\nwords = \"县财证局\"\nwhy = \"新设\"\n\
                       [[accept]]\ncode = \"no-lead\"\nwhy = \"惯例\"\n";
    let folder = folder(&[("draft.txt", DRAFT.as_bytes()), ("draft.lint.toml", acceptances.as_bytes())]);
    let found = run(folder.path(), "lint draft.txt --ignore no-date");
    assert!(!found.stdout.contains("ZR203") && found.stdout.contains("ZR104"), "{}", found.stdout);
    assert!(found.stdout.contains("no-lead is accepted and no longer found"), "{}", found.stdout);
    assert!(found.stdout.ends_with("1 error, 1 warning (1 accepted); `zeren explain CODE` tells more\n"));
    std::fs::write(folder.path().join("draft.lint.toml"), "[[accept]]\ncode = \"no-lead\"\n").unwrap();
    let wrong = run(folder.path(), "lint draft.txt");
    assert_eq!(wrong.status, 2);
    assert!(wrong.stderr.contains("draft.lint.toml"), "{}", wrong.stderr);
}

#[test]
fn codes_are_explained_in_both_languages() {
    let folder = drafts();
    let zh = run(folder.path(), "--lang zh explain lead-supports").stdout;
    insta::assert_snapshot!(zh, @r"
    ZR104 lead-supports（错误）：牵头单位又是配合单位

    查什么
      同一项任务里，同一家单位既列为牵头（责任）单位，又列为配合单位；换一种写法的同一家单位
      也能看出来。

    为什么
      自己配合自己说不通，多半是复制上一项时漏改了一家。

    错
      林河县2023年重点工作任务
      一、主要任务
      （一）推进医共体建设。（县卫生健康局牵头，县医保局、县卫生健康局配合）
      （二）落实补助资金。（县财政局牵头，县卫生健康局配合）

    对
      林河县2023年重点工作任务
      一、主要任务
      （一）推进医共体建设。（县卫生健康局牵头，县医保局、县财政局配合）
      （二）落实补助资金。（县财政局牵头，县卫生健康局配合）
    ");
    let en = run(folder.path(), "explain ZR104").stdout;
    assert!(en.starts_with("ZR104 lead-supports (error): a body leads and supports the same task\n\nWhat it finds\n"));
    let group = run(folder.path(), "explain ZR3").stdout;
    assert_eq!(group.matches("What it finds").count(), 4);
    let list = run(folder.path(), "explain").stdout;
    assert!(list.contains("ZR706") && list.contains("broken-numbering"), "{list}");
    let unknown = run(folder.path(), "explain no-parti");
    assert_eq!(unknown.status, 2);
    assert_eq!(unknown.stderr, "error: no code is `no-parti`\nhint: did you mean `no-party`?\n");
}

#[test]
fn a_folder_is_checked_whole() {
    let folder = folder(&[("in/a.txt", DRAFT.as_bytes()), ("in/b.txt", CLEAN.as_bytes()), ("in/notes.log", b"x")]);
    let found = run(folder.path(), "lint in --format json --fail-on never").stdout;
    assert_eq!(found.lines().count(), 2, "{found}");
    let empty = tempfile::tempdir().unwrap();
    let nothing = run(empty.path(), "lint .");
    assert_eq!(nothing.status, 2);
    assert!(nothing.stderr.starts_with("error: there is no document in `.`\n"), "{}", nothing.stderr);
}

#[test]
fn a_draft_is_not_written_over() {
    let folder = drafts();
    let refused = run(folder.path(), "lint draft.txt -o draft.txt");
    assert_eq!(refused.status, 2);
    assert!(refused.stderr.starts_with("error: draft.txt: this is a document to check"), "{}", refused.stderr);
    assert_eq!(std::fs::read_to_string(folder.path().join("draft.txt")).unwrap(), DRAFT);
}

#[test]
fn corrections_that_no_longer_fit_are_found() {
    let stale = "[[correction]]\ntask = \"(九)\"\nparty = \"县财政局\"\nchange = { role = \"lead\" }\nwhy = \"核对\"\nby = \"某\"\non = 2023-05-01\n";
    let folder = folder(&[
        ("draft.txt", CLEAN.as_bytes()),
        ("draft.txt.zeren.toml", stale.as_bytes()),
        ("draft.zeren.toml", stale.as_bytes()),
    ]);
    let found = run(folder.path(), "lint draft.txt --select ZR012");
    assert_eq!(found.status, 1, "{}{}", found.stdout, found.stderr);
}
