//! `balance` and `due`: from a document to the plan, the deadlines and the calendar.

use icalendar::{CalendarComponent, Component};
use serde_json::Value;

use crate::cli::{Run, built, run, well};

const NOTICE: &str = "霖禾市人民政府办公室关于印发霖禾市2031年重点任务的通知
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

fn said(run: &Run) -> Value {
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

#[test]
fn deadlines_are_seen_from_a_day() {
    let folder = stored();
    let result = said(&run(folder.path(), "due --on 2031-07-10 --format json"));
    let rows: Vec<(&str, &str, Option<i64>)> = result["deadlines"]
        .as_array()
        .unwrap()
        .iter()
        .map(|row| (row["status"].as_str().unwrap(), row["label"].as_str().unwrap(), row["days"].as_i64()))
        .collect();
    assert_eq!(
        rows,
        [
            ("overdue", "(一)", Some(-10)),
            ("upcoming", "(二)", Some(82)),
            ("recurring", "(四)", Some(26)),
            ("relative", "(三)", None)
        ]
    );
    assert_eq!((&result["counts"]["without"], &result["counts"]["tasks"]), (&1.into(), &5.into()));
    let second = &result["deadlines"][1];
    assert_eq!((second["due"].as_str(), second["inferred_year"].as_bool()), (Some("2031-09-30"), Some(true)));
    assert_eq!(second["leads"][0]["label"], "霖禾市卫生健康委员会");
    assert_eq!(result["deadlines"][3]["duration"], "3个月");
    let shown = run(folder.path(), "due --on 2031-07-10");
    assert!(well(&shown).starts_with("on 2031-07-10: 1 overdue, 0 due within 30 days, 1 later;"), "{}", shown.stdout);
    assert!(shown.stdout.contains("2031-09-30*"), "{}", shown.stdout);
    let near = said(&run(folder.path(), "due --on 2031-07-10 --within 30 --body 财政局 --format json"));
    assert_eq!(near["deadlines"].as_array().unwrap().len(), 1);
    assert_eq!(well(&run(folder.path(), "due --on 2031-07-10 --format csv")).lines().count(), 5);
}

#[test]
fn deadlines_go_into_a_calendar() {
    let folder = stored();
    let shown = run(folder.path(), "due --on 2031-07-10 --format ics");
    let calendar: icalendar::Calendar = well(&shown).parse().unwrap();
    let events: Vec<_> = calendar
        .components
        .iter()
        .filter_map(|component| match component {
            CalendarComponent::Event(event) => Some(event),
            _ => None,
        })
        .collect();
    let days: Vec<&str> = events.iter().map(|event| event.property_value("DTSTART").unwrap()).collect();
    assert_eq!(days, ["20310630", "20310930", "20310805"]);
    assert!(events[0].get_summary().unwrap().starts_with("霖禾市卫生健康委员会：2031年6月底前开展"));
    let ids: std::collections::BTreeSet<&str> = events.iter().map(|event| event.get_uid().unwrap()).collect();
    assert_eq!(ids.len(), 3);
    assert!(shown.stdout.lines().all(|line| line.len() <= 75), "lines are folded at 75 bytes");
    assert_eq!(well(&run(folder.path(), "due --on 2031-07-10 --format ics")), shown.stdout, "the same each time");
}
