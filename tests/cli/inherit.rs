//! Mandates handed down: the shipped chain of a province, two cities and a county, with what was planted in it.

use std::path::Path;

use crate::cli::{program, run};

/// A store of the shipped chain.
fn chain() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let data = Path::new(env!("CARGO_MANIFEST_DIR")).join("data/chain");
    let built = program(folder.path()).arg("build").arg(data).output().unwrap();
    assert!(built.status.success());
    folder
}

fn json(folder: &Path, words: &str) -> serde_json::Value {
    let run = run(folder, &format!("{words} --format json"));
    assert_eq!(run.status, 0, "{}", run.stderr);
    serde_json::from_str(&run.stdout).unwrap()
}

/// Label, status and the labels of the tasks below of every mandate.
fn fates(pair: &serde_json::Value) -> Vec<String> {
    let text = |value: &serde_json::Value| value.as_str().unwrap().to_owned();
    let mandates = pair["mandates"].as_array().unwrap().iter();
    mandates
        .map(|mandate| {
            let children = mandate["children"].as_array().unwrap().iter();
            let children: Vec<String> = children.map(|child| text(&child["label"])).collect();
            format!("{} {} {}", text(&mandate["label"]), text(&mandate["status"]), children.join("")).trim().to_owned()
        })
        .collect()
}

/// What became of the leads, figures and dates: label of the mandate, what it is, and the change; the same left out.
fn drifts(pair: &serde_json::Value) -> Vec<String> {
    let mut found = Vec::new();
    for mandate in pair["mandates"].as_array().unwrap() {
        let mut note = |kind: &str, drift: &serde_json::Value| {
            let change = drift["change"].as_str().unwrap();
            if change != "same" {
                found.push(format!("{} {kind} {change}", mandate["label"].as_str().unwrap()));
            }
        };
        if !mandate["owner_drift"].is_null() {
            note("lead", &mandate["owner_drift"]);
        }
        for drift in mandate["indicator_drift"].as_array().unwrap() {
            note(drift["above"]["name"].as_str().unwrap(), drift);
        }
        for drift in mandate["deadline_drift"].as_array().unwrap() {
            note("date", drift);
        }
    }
    found
}

#[test]
fn what_a_city_made_of_the_provinces_mandates() {
    let folder = chain();
    let pair = json(folder.path(), "inherit yunchuan linhe");
    let expected = [
        "(一) carried (一)",
        "(二) split (二)(三)",
        "(三) narrowed (四)",
        "(四) carried (五)",
        "(五) narrowed (六)",
        "(六) carried (七)",
        "(七) merged (八)",
        "(八) merged (八)",
        "(九) missing",
        "(十) carried (九)",
        "(十一) carried (十)",
        "(十二) missing",
    ];
    assert_eq!(fates(&pair), expected);
    // the regional centre of the province is none of the cities' business
    assert_eq!((pair["addressed"].as_u64(), pair["taken_up"].as_u64()), (Some(11), Some(10)));
    assert!((pair["coverage"].as_f64().unwrap() - 10.0 / 11.0).abs() < 1e-6);
    let new: Vec<_> =
        pair["new_tasks"].as_array().unwrap().iter().map(|task| task["label"].as_str().unwrap()).collect();
    assert_eq!(new, ["(十一)"]);
    let expected = [
        "(一) 重点人群签约率 tightened",
        "(二) date earlier",
        "(三) 城市医疗集团 dropped",
        "(四) 病种覆盖率 loosened",
        "(五) date later",
        "(七) lead moved",
        "(八) 公立医院次均门诊费用增幅 tightened",
        "(十一) 农村订单定向医学生 loosened",
    ];
    assert_eq!(drifts(&pair), expected);
    // both wordings at their places
    let figure = &pair["mandates"][0]["indicator_drift"][0];
    assert_eq!((figure["above"]["value"].as_f64(), figure["below"]["value"].as_f64()), (Some(75.0), Some(80.0)));
    assert!(figure["above"]["span"].is_array() && figure["below"]["words"].as_str().unwrap().contains("80%"));
    let similarity = pair["mandates"][0]["children"][0]["similarity"].as_f64().unwrap();
    assert!((0.0..=1.0).contains(&similarity));
}

#[test]
fn the_other_city_lowered_one_target_and_raised_others() {
    let folder = chain();
    let pair = json(folder.path(), "inherit yunchuan anlan");
    let missing: Vec<String> = fates(&pair).into_iter().filter(|fate| fate.ends_with("missing")).collect();
    assert_eq!(missing, ["(三) missing", "(六) missing", "(九) missing", "(十) missing", "(十一) missing"]);
    let expected = [
        "(一) 重点人群签约率 loosened",
        "(二) 县域内住院人次占比 dropped",
        "(四) 付费医疗机构覆盖率 tightened",
        "(四) 病种覆盖率 tightened",
        "(五) 国家和省级集采药品 tightened",
        "(七) lead moved",
        "(十二) 二级以上医院互认项目 tightened",
        "(十二) date earlier",
    ];
    assert_eq!(drifts(&pair), expected);
}

#[test]
fn every_hop_of_the_chain_is_shown() {
    let folder = chain();
    let all = json(folder.path(), "inherit yunchuan");
    let lines: Vec<_> = all["lineage"]
        .as_array()
        .unwrap()
        .iter()
        .map(|line| {
            (line["step"].as_u64().unwrap(), line["relation"].as_str().unwrap(), line["held"].as_bool().unwrap())
        })
        .collect();
    assert_eq!(lines, [(1, "implements", true), (1, "based-on", true), (2, "based-on", true)]);
    let county = all["pairs"].as_array().unwrap().last().unwrap();
    assert_eq!(county["statuses"]["merged"], 2);
    // the words of every task stand once
    let tasks: Vec<&str> = all["tasks"].as_array().unwrap().iter().map(|task| task["task"].as_str().unwrap()).collect();
    let distinct: std::collections::BTreeSet<&str> = tasks.iter().copied().collect();
    assert_eq!(tasks.len(), distinct.len());
    for mandate in county["mandates"].as_array().unwrap() {
        assert!(distinct.contains(mandate["task"].as_str().unwrap()) && mandate["text"].is_null(), "{mandate}");
    }
    let table = run(folder.path(), "inherit yunchuan");
    for words in ["≥70% loosened", "≥80% tightened", "task missing", "64%", "91%"] {
        assert!(table.stdout.contains(words), "{words}\n{}", table.stdout);
    }
    let whole = run(folder.path(), "inherit --lang zh");
    assert!(whole.stdout.contains("溪政办发〔2024〕41号"), "{}", whole.stdout);
    let one_city = json(folder.path(), "inherit yunchuan --document linhe");
    assert_eq!(one_city["pairs"].as_array().unwrap().len(), 1);
}

#[test]
fn the_first_screen_says_what_to_look_at_and_the_trace_where_it_stands() {
    let folder = chain();
    let shown = run(folder.path(), "inherit yunchuan linhe --lang zh").stdout;
    assert!(shown.contains("覆盖率 91%：面向本级的 11 项中已承接 10 项"), "{shown}");
    assert!(shown.find("未见承接  ") < shown.find("逐项对照"), "{shown}");
    let traced = run(folder.path(), "inherit yunchuan linhe --trace").stdout;
    assert!(traced.contains("≥75%“") && traced.contains("[yunchuan-2024.txt:"), "{traced}");
    let csv = run(folder.path(), "inherit yunchuan linhe --format csv").stdout;
    assert_eq!(csv.lines().count(), 1 + 13 + 1, "{csv}");
}

#[test]
fn an_unknown_document_is_a_usage_error() {
    let folder = chain();
    let run = run(folder.path(), "inherit yunchuan 没有此文件");
    assert_eq!(run.status, 2);
    assert!(run.stderr.contains("no stored document is called `没有此文件`"), "{}", run.stderr);
    let leaf = crate::cli::run(folder.path(), "inherit xicheng");
    assert_eq!(
        (leaf.status, leaf.stdout.lines().next()),
        (1, Some("no document in scope descends from 溪政办发〔2024〕41号"))
    );
    let reversed = crate::cli::run(folder.path(), "inherit linhe yunchuan");
    assert!(reversed.stderr.contains("hint: the document above comes first"), "{}", reversed.stderr);
    let several = crate::cli::run(folder.path(), "inherit 2024");
    assert!(several.stderr.contains("may mean 4 documents"), "{}", several.stderr);
}

#[test]
fn a_person_confirms_and_rejects() {
    let data = Path::new(env!("CARGO_MANIFEST_DIR")).join("data/chain");
    let folder = tempfile::tempdir().unwrap();
    for name in ["yunchuan-2024.txt", "linhe-2024.txt"] {
        std::fs::copy(data.join(name), folder.path().join(name)).unwrap();
    }
    let corrections = r#"by = "李明"
on = "2026-11-22"

[[correction]]
task = "(三)"
mandate = "沄政办发〔2024〕12号 (二)"
remove = true
why = "内部管理是另一项工作"

[[correction]]
task = "(十一)"
mandate = "沄政办发〔2024〕12号 (十二)"
confirm = true
why = "与省医改办核对"
"#;
    std::fs::write(folder.path().join("linhe-2024.zeren.toml"), corrections).unwrap();
    let built = run(folder.path(), "build yunchuan-2024.txt linhe-2024.txt");
    assert_eq!(built.status, 0, "{}", built.stderr);
    let pair = json(folder.path(), "inherit yunchuan linhe");
    let all = fates(&pair);
    assert_eq!((all[1].as_str(), all[11].as_str()), ("(二) carried (二)", "(十二) carried (十一)"), "{all:?}");
    assert_eq!(pair["mandates"][11]["children"][0]["confirmed_by"], "李明");
    let new: Vec<_> =
        pair["new_tasks"].as_array().unwrap().iter().map(|task| task["label"].as_str().unwrap()).collect();
    assert_eq!(new, ["(三)"]);
    assert!(run(folder.path(), "inherit yunchuan linhe --trace").stdout.contains("李明: 与省医改办核对"));
    // nothing else can be said of a mandate
    let wrong = corrections.replace("confirm = true", "change = { role = \"lead\" }");
    std::fs::write(folder.path().join("linhe-2024.zeren.toml"), wrong).unwrap();
    let refused = run(folder.path(), "extract linhe-2024.txt");
    assert!(refused.stderr.contains("confirm = true or remove = true for a mandate"), "{}", refused.stderr);
}

#[test]
fn lineage_leads_to_the_words_that_name_the_document_above() {
    let folder = chain();
    let data = Path::new(env!("CARGO_MANIFEST_DIR")).join("data/chain/linhe-2024.txt");
    let text = program(folder.path()).args(["extract", "--text"]).arg(data).output().unwrap().stdout;
    let text: Vec<char> = String::from_utf8(text).unwrap().chars().collect();
    let all = json(folder.path(), "inherit yunchuan --document linhe");
    let line = &all["lineage"][0];
    let at = |index: usize| usize::try_from(line["span"][index].as_u64().unwrap()).unwrap();
    let printed: String = text[at(0)..at(1)].iter().collect();
    assert!(printed.contains("沄政办发〔2024〕12号"), "{line}");
    // long quotations are not kept
    assert!(line["words"].is_null() || line["words"] == printed.as_str(), "{line}");
    let shown = run(folder.path(), "inherit yunchuan --document linhe --trace --lang zh").stdout;
    assert!(
        shown.contains("关系的出处") && shown.contains(&format!("[linhe-2024.txt:{}-{}]", at(0), at(1))),
        "{shown}"
    );
}

#[test]
fn the_filter_holds_for_the_document_below() {
    let folder = chain();
    let pair = json(folder.path(), "inherit 沄政办发〔2024〕12号 2024 --jurisdiction 溪澄县 --as-of 2025");
    assert_eq!(pair["documents"][1]["place"], "溪澄县");
    assert_eq!(pair["as_of"]["date"], "2025");
    let outside = run(folder.path(), "inherit yunchuan linhe --jurisdiction 溪澄县");
    assert!(outside.status == 2 && outside.stderr.contains("hint: widen `--jurisdiction`"), "{}", outside.stderr);
    let unknown = run(folder.path(), "inherit --jurisdiction 火星市");
    assert!(unknown.status == 1 && unknown.stderr.contains("no stored document is of `火星市`"), "{}", unknown.stderr);
}
