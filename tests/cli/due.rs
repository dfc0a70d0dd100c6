//! `due`: from a document to deadlines and the calendar.

use icalendar::{Calendar, CalendarComponent, Component, Event};
use serde_json::Value;

use super::balance::{NOTICE, said};
use crate::cli::{built, run, well};

fn stored() -> tempfile::TempDir {
    built(&[("notice.txt", NOTICE)])
}

/// The events of a calendar.
fn events(calendar: &str) -> Vec<Event> {
    let calendar: Calendar = calendar.parse().unwrap();
    let event = |component| match component {
        CalendarComponent::Event(event) => Some(event),
        _ => None,
    };
    calendar.components.into_iter().filter_map(event).collect()
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
    assert!(
        well(&shown)
            .starts_with("on 2031-07-10: 1 overdue, 0 due within 30 days, 1 later, 1 recurring, 1 after an event\n"),
        "{}",
        shown.stdout
    );
    assert!(shown.stdout.contains("2031-09-30*"), "{}", shown.stdout);
    let near = said(&run(folder.path(), "due --on 2031-07-10 --within 30 --body 财政局 --format json"));
    assert_eq!(near["deadlines"].as_array().unwrap().len(), 1);
    assert_eq!(well(&run(folder.path(), "due --on 2031-07-10 --format csv")).lines().count(), 5);
}

#[test]
fn deadlines_go_into_a_calendar() {
    let folder = stored();
    let shown = run(folder.path(), "due --on 2031-07-10 --format ics");
    let events = events(well(&shown));
    let days: Vec<&str> = events.iter().map(|event| event.property_value("DTSTART").unwrap()).collect();
    assert_eq!(days, ["20310630", "20310930", "20310805"]);
    assert!(events[0].get_summary().unwrap().starts_with("霖禾市卫生健康委员会：2031年6月底前开展"));
    let ids: std::collections::BTreeSet<&str> = events.iter().map(|event| event.get_uid().unwrap()).collect();
    assert_eq!(ids.len(), 3);
    assert!(shown.stdout.lines().all(|line| line.len() <= 75), "lines are folded at 75 bytes");
    assert_eq!(well(&run(folder.path(), "due --on 2031-07-10 --format ics")), shown.stdout, "the same each time");
}

const AGAIN: &str = "霖禾市人民政府办公室关于印发霖禾市2031年重点任务的通知
霖政办发〔2031〕6号

各县（市、区）人民政府，市政府各部门：

（一）每季度末向市政府报告进展。（市财政局负责）
（二）每月30日前报送数据。（市财政局负责）
（三）每年6月、12月底前通报考核结果。（市财政局负责）
（四）每半年公布一次名录。（市财政局负责）
（五）每周五前汇总线索。（市财政局负责）
（六）自4月起每月调度一次。（市财政局负责）
（七）每半月会商一次，每天巡查。（市财政局负责，每两年评估一次）
（八）每季度首月10日前报送上季度情况。（市财政局负责）
（九）定期检查，每学期初培训。（市财政局负责）

霖禾市人民政府办公室
2031年3月1日
";

#[test]
fn what_recurs_stands_in_the_calendar_with_its_rule() {
    let folder = built(&[("again.txt", AGAIN)]);
    let shown = run(folder.path(), "due --on 2031-02-10 --format ics");
    let rules: Vec<(String, String)> = events(well(&shown))
        .iter()
        .map(|event| ["DTSTART", "RRULE"].map(|name| event.property_value(name).unwrap_or_default().to_owned()).into())
        .collect();
    let expected = [
        ("20310214", "FREQ=WEEKLY;BYDAY=FR"),
        ("20310215", "FREQ=MONTHLY;BYMONTHDAY=15,-1"),
        ("20310228", "FREQ=MONTHLY;BYMONTHDAY=28,29,30;BYSETPOS=-1"),
        ("20310331", "FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY=-1"),
        ("20310410", "FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY=10"),
        ("20310430", "FREQ=MONTHLY;BYMONTHDAY=-1"),
        ("20310630", "FREQ=YEARLY;BYMONTH=6;BYMONTHDAY=30"),
        ("20310630", "FREQ=MONTHLY;INTERVAL=6;BYMONTHDAY=-1"),
        ("20311231", "FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=31"),
        ("20321231", "FREQ=YEARLY;INTERVAL=2;BYMONTH=12;BYMONTHDAY=-1"),
    ];
    assert_eq!(rules, expected.map(|(day, rule)| (day.to_owned(), rule.to_owned())), "{}", shown.stdout);
    // a month later the same events, by their names, from their next day on
    let later = run(folder.path(), "due --on 2031-03-10 --format ics");
    let names = |calendar: &str| {
        events(calendar)
            .iter()
            .map(|event| event.get_uid().unwrap().to_owned())
            .collect::<std::collections::BTreeSet<_>>()
    };
    assert_eq!(names(well(&later)), names(&shown.stdout));
    let all = said(&run(folder.path(), "due --on 2031-02-10 --format json"));
    assert_eq!((&all["counts"]["recurring"], &all["counts"]["from"]), (&11.into(), &0.into()), "{all}");
}

#[test]
fn deadlines_lead_to_the_words() {
    let folder = stored();
    let text: Vec<char> = run(folder.path(), "extract --text notice.txt").stdout.chars().collect();
    let printed = |span: &Value| {
        let at = |index: usize| usize::try_from(span[index].as_u64().unwrap()).unwrap();
        text[at(0)..at(1)].iter().collect::<String>()
    };
    let all = said(&run(folder.path(), "due --on 2031-07-10 --format json --trace"));
    for row in all["deadlines"].as_array().unwrap() {
        assert_eq!(row["words"], printed(&row["span"]).as_str());
        assert_eq!(row["trace"].as_array().unwrap().len(), row["leads"].as_array().unwrap().len());
        assert_eq!(row["trace"][0]["name"], printed(&row["trace"][0]["span"]).as_str());
    }
    let shown = run(folder.path(), "due --on 2031-07-10 --trace --lang zh --top 1");
    let rows: Vec<&str> = well(&shown).split("\n出处\n").nth(1).unwrap().lines().skip(1).collect();
    assert_eq!(rows.len(), 8, "{}", shown.stdout);
    assert!(rows[0].starts_with("2031-06-30 (一)  notice.txt") && rows[0].contains("时限"), "{}", shown.stdout);
    assert!(
        rows[0].contains("2031年6月底前开展公立医院综合改革试点。") && rows[1].contains("市卫生健康委牵头"),
        "{}",
        rows[1]
    );
    let csv = run(folder.path(), "due --on 2031-07-10 --trace --format csv");
    assert_eq!(well(&csv).lines().count(), 9, "{}", csv.stdout);
    let plain = said(&run(folder.path(), "due --on 2031-07-10 --format json"));
    assert!(plain["deadlines"][0].get("trace").is_none());
}
