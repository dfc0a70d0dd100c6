//! `workload` and `overlap`: what a person sees and what a program reads.

use serde_json::Value;

use super::{built, run, well};

const EARLY: &str = "\
云川市人民政府办公室关于印发深化医改2029年重点任务的通知
云政办发〔2029〕3号

一、健全医保制度
(一)提高门诊报销比例。(市医保局牵头，市财政局、市卫生健康委配合)
(二)规范基金使用。(市医保局、市财政局、市审计局负责)

二、提升服务能力
(三)建设县级医院。(市卫生健康委牵头，市财政局配合)

云川市人民政府办公室
2029年3月5日
";

const LATE: &str = "\
云川市人民政府办公室关于印发深化医改2030年重点任务的通知
云政办发〔2030〕4号

一、健全医保制度
(一)扩大异地结算。(市医保局牵头，市财政局配合)

二、提升服务能力
(二)建设紧密型医共体。(市卫生健康委、市医保局共同牵头，市财政局、市教育局配合)
(三)培训乡村医生。(市卫生健康委负责)

云川市人民政府办公室
2030年2月6日
";

fn stored() -> tempfile::TempDir {
    built(&[("docs/early.txt", EARLY), ("docs/late.txt", LATE)])
}

fn json(folder: &tempfile::TempDir, words: &str) -> Value {
    serde_json::from_str(well(&run(folder.path(), &format!("{words} --format json")))).unwrap()
}

#[test]
fn overlap_answers_on_the_first_screen() {
    let folder = stored();
    let shown = run(folder.path(), "overlap --lang zh");
    let first: Vec<&str> = well(&shown).lines().take(2).collect();
    assert!(first[0].starts_with("核心部门（4/5）：") && first[0].contains("财政局"), "{}", shown.stdout);
    assert!(first[1].contains("医疗保障局") && first[1].contains("财政局：4 项共同任务"), "{}", shown.stdout);
    let calls = run(folder.path(), "overlap --body 教育局");
    assert!(well(&calls).contains("co-lead: "), "{}", calls.stdout);
    let one = run(folder.path(), "overlap --body 财政局 --task 异地结算 --lang zh");
    assert!(well(&one).contains("牵头：云川市医疗保障局") && !one.stdout.contains("县级医院"), "{}", one.stdout);
}

#[test]
fn overlap_is_as_the_contract_has_it() {
    let folder = stored();
    let found = json(&folder, "overlap");
    for key in ["nodes", "edges", "density", "degree_centralisation", "betweenness_centralisation"] {
        assert!(found["network"][key].is_number(), "{key}");
    }
    assert_eq!((found["network"]["nodes"].as_u64(), found["network"]["tasks"].as_u64()), (Some(5), Some(6)));
    let first = &found["departments"][0];
    for key in ["degree", "weighted_degree", "betweenness", "closeness", "eigenvector", "core", "community"] {
        assert!(first[key].is_number(), "{key}");
    }
    let pair = &found["pairs"][0];
    assert_eq!((pair["tasks"].as_u64(), pair["behind"].as_array().unwrap().len()), (Some(4), 4));
    for key in ["a_leads_b", "b_leads_a", "co_lead", "jaccard"] {
        assert!(pair[key].is_number(), "{key}");
    }
    assert!(pair["a"].as_str().unwrap().starts_with("https://"));
    let csv = run(folder.path(), "overlap --rows leads --format csv");
    assert_eq!(well(&csv).lines().next(), Some("from,from_label,to,to_label,tasks"));
    let dot = run(folder.path(), "overlap --format dot");
    assert!(well(&dot).starts_with("digraph") && dot.stdout.contains("财政局"));
}

#[test]
fn figures_lead_to_the_words() {
    let folder = stored();
    let text: Vec<char> = run(folder.path(), "extract --text docs/early.txt").stdout.chars().collect();
    let mut seen = 0;
    for words in ["workload", "overlap"] {
        let found = json(&folder, &format!("{words} --trace"));
        let of_departments = found["departments"].as_array().unwrap().iter().map(|line| &line["trace"]);
        let pairs = found["pairs"].as_array().cloned().unwrap_or_default();
        let of_pairs = pairs.iter().flat_map(|pair| pair["behind"].as_array().unwrap()).map(|task| &task["trace"]);
        for claim in of_departments.chain(of_pairs).filter_map(Value::as_array).flatten() {
            if claim["source"].as_str().unwrap().ends_with("early.txt") {
                let at = |index: usize| usize::try_from(claim["span"][index].as_u64().unwrap()).unwrap();
                let printed: String = text[at(0)..at(1)].iter().collect();
                assert_eq!(claim["name"], printed.as_str());
                seen += 1;
            }
        }
    }
    assert!(seen > 15, "{seen}");
    let table = run(folder.path(), "workload --body 审计局 --trace --lang zh");
    assert!(well(&table).contains("early.txt") && table.stdout.contains("市审计局负责"), "{}", table.stdout);
}

#[test]
fn the_load_is_told_by_groups() {
    let folder = stored();
    let years = json(&folder, "workload --by year");
    let keys: Vec<&str> = years["groups"].as_array().unwrap().iter().map(|one| one["key"].as_str().unwrap()).collect();
    assert_eq!(keys, ["2029", "2030"]);
    let table = run(folder.path(), "workload --by year --jurisdiction 云川 --lang zh");
    assert!(well(&table).contains("逐年负荷"), "{}", table.stdout);
    for (by, groups) in [("document", 2), ("place", 1), ("theme", 2), ("function", 5)] {
        let found = json(&folder, &format!("workload --by {by}"));
        let found = found["groups"].as_array().unwrap();
        assert_eq!(found.len(), groups, "{by}");
        let loads = found.iter().flat_map(|group| group["departments"].as_array().unwrap());
        let sum: f64 = loads.map(|line| line["load"].as_f64().unwrap()).sum();
        // 4 leads, 2 co-leads, 3 of a plain list and 6 who support
        assert!((sum - 9.0).abs() < 1e-9, "{by}: {sum}");
    }
}

#[test]
fn assumptions_and_doubt_are_told() {
    let folder = stored();
    let plain = run(folder.path(), "workload");
    assert!(well(&plain).contains("--assume-first-leads") || !plain.stdout.contains('*'), "{}", plain.stdout);
    let assumed = json(&folder, "workload --assume-first-leads");
    assert_eq!(
        (assumed["assume_first_leads"].as_bool(), assumed["lists_without_lead"].as_u64()),
        (Some(true), Some(1))
    );
    let doubt = json(&folder, "workload --sensitivity 1");
    let ranges: Vec<&Value> = doubt["departments"].as_array().unwrap().iter().map(|line| &line["range"]).collect();
    assert!(ranges.iter().all(|range| range["rank"][0].as_u64() <= range["rank"][1].as_u64()));
    let shift = json(&folder, "overlap --sensitivity 1");
    assert!(shift["sensitivity"]["doubtful_claims"].as_u64().unwrap() > 0);
    let wrong = run(folder.path(), "overlap --sensitivity 2");
    assert_eq!(wrong.status, 2);
}

#[test]
fn the_picture_shows_every_department() {
    let folder = stored();
    well(&run(folder.path(), "workload --format svg -o load.svg --lang zh"));
    let picture = std::fs::read_to_string(folder.path().join("load.svg")).unwrap();
    assert!(picture.starts_with("<svg") && picture.ends_with("</svg>\n"));
    for name in ["医疗保障局", "财政局", "审计局", "教育局", "卫生健康委员会", "部门负荷：5 个部门，6 项任务"]
    {
        assert!(picture.contains(name), "{name}");
    }
}

#[test]
fn what_names_nothing_is_met_with_a_way_on() {
    let folder = stored();
    for (words, hint) in [
        ("workload --body 没有此物", "hint: see the departments with `zeren workload`"),
        ("overlap --body 财政局 --task 没有此物", "hint: give its printed number"),
        ("due --within x --lang zh", "提示：应为整数"),
        ("due --within 99999 --lang zh", "提示：应在 0 到 65535 之间"),
    ] {
        let run = run(folder.path(), words);
        assert_eq!((run.status, run.stdout.as_str()), (2, ""), "{words}");
        assert!(run.stderr.contains(hint), "{words}: {}", run.stderr);
    }
}
