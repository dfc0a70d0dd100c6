//! `balance`: from a document to the plan.

use serde_json::Value;

use crate::cli::{Run, built, run, well};

pub(super) const NOTICE: &str = "霖禾市人民政府办公室关于印发霖禾市2031年重点任务的通知
霖政办发〔2031〕5号

各县（市、区）人民政府，市政府各部门：

（一）2031年6月底前开展公立医院综合改革试点。（市卫生健康委牵头，市财政局配合）
（二）9月底前完善医保支付方式，建成3个试点。（市卫生健康委牵头，市医保局、市财政局配合）
（三）方案印发后3个月内制定办法。（市卫生健康委牵头，市医保局配合）
（四）每月5日前通报进展。（市卫生健康委牵头，市教育局配合）
（五）落实财政补助。（市财政局负责）

霖禾市人民政府办公室
2031年3月1日
";

fn stored() -> tempfile::TempDir {
    built(&[("notice.txt", NOTICE)])
}

pub(super) fn said(run: &Run) -> Value {
    serde_json::from_str(well(run)).unwrap()
}

#[test]
fn the_plan_is_as_the_contract_has_it() {
    let folder = stored();
    let result = said(&run(folder.path(), "balance --format json"));
    // 卫健委 4, 财政局 1.5, 医保局 0.5, 教育局 0.25: with 6.25 in all; two moves of 0.75 leave 2.5, a third 1.75
    assert_eq!((result["before"]["peak"].as_f64(), result["after"]["peak"].as_f64()), (Some(4.0), Some(2.0)));
    assert_eq!(result["lower_bound"], result["after"]["peak"]);
    assert_eq!(result["moves"].as_array().unwrap().len(), 3);
    for key in ["task", "from", "to", "why"] {
        assert!(result["moves"][0][key].as_str().is_some_and(|text| !text.is_empty()), "{key}");
    }
    let points: Vec<f64> =
        result["frontier"].as_array().unwrap().iter().map(|point| point["peak"].as_f64().unwrap()).collect();
    assert_eq!(points, [4.0, 3.25, 2.5, 2.0]);
    assert!(result["before"]["gini"].as_f64() > result["after"]["gini"].as_f64());
    let shown = run(folder.path(), "balance");
    assert!(
        well(&shown).starts_with("peak 4 → 2, 3 moves, proven: no permitted plan comes below 2\n"),
        "{}",
        shown.stdout
    );
    let zh = run(folder.path(), "balance --lang zh");
    assert!(well(&zh).starts_with("峰值 4 → 2，移交 3 项牵头，已证明："), "{}", zh.stdout);
    assert_eq!(well(&run(folder.path(), "balance --format csv")).lines().count(), 4);
}

#[test]
fn plans_keep_to_what_they_are_told() {
    let folder = stored();
    let one = said(&run(folder.path(), "balance --format json --max-moves 1"));
    assert_eq!((one["after"]["peak"].as_f64(), one["moves"].as_array().unwrap().len()), (Some(3.25), 1));
    // (一) has one deadline, (三) and (四) too, (二) a quantity besides
    assert_ne!(one["moves"][0]["label"], "(二)");
    let kept = said(&run(folder.path(), "balance --format json --keep （一） --keep 医保支付 --keep (三)"));
    assert_eq!(kept["moves"].as_array().unwrap().len(), 1);
    let reasons: Vec<&str> =
        kept["fixed"].as_array().unwrap().iter().map(|one| one["reason"].as_str().unwrap()).collect();
    assert_eq!(reasons, ["kept", "kept", "kept", "nobody-else"]);
    let merged = said(&run(folder.path(), "balance --format json --merge 医疗保障局=教育局"));
    assert_eq!(merged["what_if"]["peak"], 4);
    assert_eq!(merged["departments"].as_array().unwrap().len(), 3);
    let none = run(folder.path(), "balance --max-moves 0");
    assert!(well(&none).starts_with("peak 4 without a move\n"), "{}", none.stdout);
    let firm = said(&run(folder.path(), "balance --format json --sensitivity 0.5"));
    assert_eq!((&firm["sensitivity"]["doubtful"], &firm["sensitivity"]["same"]), (&0.into(), &3.into()));
    let moved = run(folder.path(), "balance --transfer 卫生健康=市健康发展局");
    assert!(
        well(&moved).starts_with("what if 市健康发展局 took over all tasks of 霖禾市卫生健康委员会\n"),
        "{}",
        moved.stdout
    );
}

#[test]
fn wrong_words_are_met_with_a_hint() {
    let folder = stored();
    for (words, hint) in [
        ("--keep (九)", "hint: "),
        ("--merge 财政局", "hint: write `BODY=BODY`"),
        ("--merge 财证局=教育局", "hint: did you mean `霖禾市财政局`"),
        ("--merge 局=教育局", "hint: give a full name"),
        ("--transfer 医疗保证=市医保局", "hint: did you mean "),
        ("--weights boss=1", "is not a role"),
    ] {
        let run = run(folder.path(), &format!("balance {words}"));
        assert_eq!((run.status, run.stdout.as_str()), (2, ""), "{words}");
        assert!(run.stderr.contains(hint), "{words}: {}", run.stderr);
    }
    assert_eq!(run(folder.path(), "balance --year 1999").status, 1);
}

/// A province that names the lead of one task, and a city below it.
fn handed_down() -> tempfile::TempDir {
    let above = "云川省人民政府办公厅关于印发云川省2031年医改重点任务的通知
沄政办发〔2031〕2号

各市人民政府，省政府各部门：

（一）做实家庭医生签约服务。重点人群签约率不低于75%，完善签约团队绩效分配办法。（省卫生健康委牵头，各市政府配合）
（二）改革医保支付方式。全面推行按病种付费，建立特殊病例单独议价机制。（省医保局牵头，各市政府配合）

云川省人民政府办公厅
2031年2月1日
";
    let below = "霖禾市人民政府办公室关于印发霖禾市2031年医改重点任务的通知
霖政办发〔2031〕9号

各县（市、区）人民政府，市政府各部门：

根据《云川省人民政府办公厅关于印发云川省2031年医改重点任务的通知》（沄政办发〔2031〕2号），制定本任务。

（一）做实家庭医生签约服务。重点人群签约率不低于80%，完善签约团队绩效分配办法。（市卫生健康委牵头，市财政局配合）
（二）开展老年友善医院创建。（市卫生健康委牵头，市财政局配合）
（三）改造村卫生室。（市卫生健康委牵头，市教育局配合）

霖禾市人民政府办公室
2031年3月1日
";
    built(&[("above.txt", above), ("below.txt", below)])
}

#[test]
fn a_lead_that_the_document_above_names_stays() {
    let folder = handed_down();
    let plan = said(&run(folder.path(), "balance --document below --format json --trace"));
    let moved: Vec<&str> = plan["moves"].as_array().unwrap().iter().map(|one| one["label"].as_str().unwrap()).collect();
    assert_eq!(moved, ["(二)", "(三)"], "{plan}");
    assert_eq!(plan["movable"], 2);
    let fixed = &plan["fixed"].as_array().unwrap()[0];
    assert_eq!((fixed["label"].as_str(), fixed["reason"].as_str()), (Some("(一)"), Some("parent")));
    assert!(fixed["why"].as_str().unwrap().contains("沄政办发〔2031〕2号 (一)"), "{fixed}");
    // from the lead that stays to its words, and to those of the document above
    let words: Vec<(&str, &str)> = fixed["trace"]
        .as_array()
        .unwrap()
        .iter()
        .map(|claim| (claim["source"].as_str().unwrap(), claim["name"].as_str().unwrap()))
        .collect();
    assert_eq!(words, [("below.txt", "市卫生健康委"), ("above.txt", "省卫生健康委")]);
    assert_eq!(fixed["trace"][1]["task"], fixed["parent_task"]);
    let shown = run(folder.path(), "balance --document below --lang zh");
    assert!(
        well(&shown).contains("(一) 霖禾市卫生健康委员会：上级文件由同一职能牵头（沄政办发〔2031〕2号 (一)）"),
        "{}",
        shown.stdout
    );
    // alone, nothing settles it
    let folder = built(&[("notice.txt", NOTICE)]);
    assert_eq!(said(&run(folder.path(), "balance --format json"))["fixed"][0]["reason"], "nobody-else");
}

#[test]
fn a_plan_leads_to_the_words() {
    let folder = stored();
    let text: Vec<char> = run(folder.path(), "extract --text notice.txt").stdout.chars().collect();
    let plan = said(&run(folder.path(), "balance --format json --trace --merge 教育局=财政局"));
    let mut seen = 0;
    for row in ["moves", "departments", "fixed"].iter().flat_map(|list| plan[list].as_array().unwrap()) {
        let claims = row["trace"].as_array().unwrap();
        assert!(!claims.is_empty(), "{row}");
        for claim in claims {
            let at = |index: usize| usize::try_from(claim["span"][index].as_u64().unwrap()).unwrap();
            assert_eq!(claim["name"], text[at(0)..at(1)].iter().collect::<String>().as_str());
            seen += 1;
        }
    }
    assert!(seen > 12, "{seen}");
    for one in plan["moves"].as_array().unwrap() {
        assert_eq!(one["trace"].as_array().unwrap().len(), 2, "who gives and who takes: {one}");
    }
    // what one body would take over stands behind its load
    let finance = plan["departments"].as_array().unwrap().iter().find(|line| line["label"] == "霖禾市财政局").unwrap();
    assert!(finance["trace"].as_array().unwrap().iter().any(|claim| claim["name"] == "市教育局"), "{finance}");
    let shown = run(folder.path(), "balance --trace");
    assert!(well(&shown).contains("where it is written") && shown.stdout.contains("notice.txt"), "{}", shown.stdout);
    let csv = run(folder.path(), "balance --trace --format csv");
    assert!(well(&csv).starts_with("figure,task,document,source,place,label,role,name,"), "{}", csv.stdout);
    well(&run(folder.path(), "balance --format csv --bom -o plan.csv"));
    assert!(std::fs::read_to_string(folder.path().join("plan.csv")).unwrap().starts_with('\u{feff}'));
}
