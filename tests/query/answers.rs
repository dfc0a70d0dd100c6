//! The rows of every shipped query.

use std::collections::BTreeMap;

use zeren::query::catalogue::{self, Kind};
use zeren::query::{Limits, NamedQuery, Step};

use super::{ask, lines, run, sample_store, shipped_store};

const CITY: &str = "云政办发〔2031〕7号";

/// What is asked for where a shipped query must be told something.
fn values(named: &NamedQuery) -> Vec<(&'static str, &'static str)> {
    let needed = named.parameters.iter().filter(|parameter| !parameter.optional);
    let value = |name| match name {
        "text" => "社区",
        "body" => "卫生",
        "name" => "率",
        _ => "发",
    };
    needed.map(|parameter| (parameter.name, value(parameter.name))).collect()
}

#[test]
fn every_shipped_query_runs_with_its_columns() {
    let (_dir, store) = sample_store();
    for named in catalogue::all().unwrap() {
        let table = ask(&store, named.name, &values(&named));
        let columns: Vec<&str> = named.columns.iter().map(|column| column.name).collect();
        assert_eq!(table.variables, columns, "{}", named.name);
    }
}

/// Queries after what ought not to be: the shipped documents repeat no task. No ledger is shipped.
const MAY_BE_EMPTY: [&str; 2] = ["same-task", "status"];

#[test]
fn every_shipped_query_answers_on_the_shipped_data() {
    let (_dir, store) = shipped_store();
    for named in catalogue::all().unwrap() {
        let rows = ask(&store, named.name, &values(&named)).rows;
        if named.kind == Kind::Check {
            assert!(rows.is_empty(), "{} finds {rows:?}", named.name);
        } else if !MAY_BE_EMPTY.contains(&named.name) {
            assert!(!rows.is_empty(), "{} has no row", named.name);
        }
    }
}

#[test]
fn owners_lead_alone_or_together() {
    let (_dir, store) = sample_store();
    let rows = lines(&ask(&store, "owners", &[]));
    assert_eq!(
        rows,
        [
            "云政办发〔2031〕7号|(一)|新建社区卫生服务中心12至15.5个。|lead|云川市卫生健康委员会",
            "云政办发〔2031〕7号|(二)|推进校园健康促进。|co-lead|云川市卫生健康委员会",
            "云政办发〔2031〕7号|(二)|推进校园健康促进。|co-lead|云川市教育局",
            "云政办发〔2031〕7号|(二)#2|加强绩效评价。|lead|云川市财政局",
            "霁政发〔2030〕88号|1|每个县(市、区)建设社区卫生服务中心。|lead|霁省卫生健康委员会",
        ]
    );
    for document in ["霁政发", "健康霁省行动方案", "ji-2030"] {
        assert_eq!(lines(&ask(&store, "owners", &[("document", document)])), rows[4..], "{document}");
    }
}

#[test]
fn a_body_is_found_by_full_and_printed_name() {
    let (_dir, store) = sample_store();
    let rows = lines(&ask(&store, "tasks-of", &[("body", "市卫健委")]));
    assert_eq!(rows.len(), 2, "{rows:?}");
    assert_eq!(rows, lines(&ask(&store, "tasks-of", &[("body", "云川市卫生健康")])));
    assert!(ask(&store, "tasks-of", &[("body", "\" || true || \"")]).rows.is_empty());
}

#[test]
#[cfg(not(feature = "rocksdb"))]
fn a_body_is_looked_up_by_its_names_and_not_by_asking_for_every_body() {
    fn steps(step: &Step, all: &mut Vec<(String, u64)>) {
        all.push((step.name.clone(), step.rows.unwrap_or_default()));
        step.children.iter().for_each(|step| steps(step, all));
    }
    let (_dir, store) = shipped_store();
    let values = BTreeMap::from([("body".to_owned(), "梨树县卫生健康局".to_owned())]);
    let query = catalogue::find("tasks-of").unwrap().bind(&values).unwrap();
    let rows = lines(&query.run(&store, &Limits::default()).unwrap().table());
    assert!(!rows.is_empty());
    let mut all = Vec::new();
    steps(&query.explain(&store).unwrap(), &mut all);
    assert!(
        all.iter().any(|(name, _)| name.starts_with("StaticBindings") && name.contains("梨树县卫生健康局")),
        "{all:?}"
    );
    assert!(all.iter().all(|(_, count)| *count <= rows.len() as u64 + 1), "{} rows: {all:?}", rows.len());
}

#[test]
fn tasks_of_a_body_are_those_of_a_document_where_one_is_named() {
    let (_dir, store) = sample_store();
    let of = |document: &str| lines(&ask(&store, "tasks-of", &[("body", "卫"), ("document", document)]));
    let all = lines(&ask(&store, "tasks-of", &[("body", "卫")]));
    let parent = of("健康霁省行动方案");
    assert!(!parent.is_empty() && parent.len() < all.len(), "{parent:?} of {all:?}");
    for document in ["霁政发", "ji-2030"] {
        assert_eq!(of(document), parent, "{document}");
    }
    assert!(of("没有").is_empty());
}

#[test]
fn the_workload_counts_each_role_once_a_task() {
    let (_dir, store) = sample_store();
    assert_eq!(
        lines(&ask(&store, "workload", &[])),
        [
            "云川市财政局|1|0|1|2|4",
            "云川市卫生健康委员会|1|1|0|0|2",
            "霁省卫生健康委员会|1|0|0|0|1",
            "云川市教育局|0|1|0|0|1",
        ]
    );
}

#[test]
fn tasks_without_one_lead_are_found() {
    let (_dir, store) = sample_store();
    assert_eq!(lines(&ask(&store, "no-lead", &[])), [format!("{CITY}|(一)#2|落实经费。|by-duty|2")]);
    assert_eq!(
        lines(&ask(&store, "joint-leads", &[])),
        [format!("{CITY}|(二)|推进校园健康促进。|云川市卫生健康委员会、云川市教育局")]
    );
}

#[test]
fn pairs_share_tasks() {
    let (_dir, store) = sample_store();
    let rows = lines(&ask(&store, "shared-tasks", &[]));
    assert_eq!(rows.len(), 3, "{rows:?}");
    assert_eq!(rows[0], "云川市卫生健康委员会|云川市财政局|2");
}

#[test]
fn deadlines_come_in_order_and_within_bounds() {
    let (_dir, store) = sample_store();
    let dates = |values: &[(&str, &str)]| -> Vec<String> {
        ask(&store, "due", values).rows.iter().map(|row| row[0].clone()).collect()
    };
    assert_eq!(dates(&[]), ["2031-09", "2031-12-31"]);
    assert_eq!(dates(&[("from", "2031-10")]), ["2031-12-31"]);
    assert_eq!(dates(&[("to", "2031-10-01")]), ["2031-09"]);
}

#[test]
fn indicators_keep_their_range() {
    let (_dir, store) = sample_store();
    assert_eq!(
        lines(&ask(&store, "indicators", &[])),
        [format!("{CITY}|(一)|社区卫生服务中心|range|12|15.5|万个|8|2031-12-31")]
    );
}

#[test]
fn documents_know_their_parents() {
    let (_dir, store) = sample_store();
    let rows = lines(&ask(&store, "documents", &[]));
    assert_eq!(rows.len(), 2, "cited documents were not read: {rows:?}");
    assert!(rows[0].ends_with("|通知|2031-03-05|云川市|5|yunchuan-2031.txt"), "{}", rows[0]);
    let rows = lines(&ask(&store, "parents", &[]));
    assert_eq!(rows.len(), 6);
    let read: Vec<&String> = rows.iter().filter(|row| row.ends_with("|true")).collect();
    assert_eq!(read.len(), 1);
    assert!(read[0].starts_with(&format!("{CITY}|implements|霁政发〔2030〕88号|")));
}

#[test]
fn conventions_citations_and_doubts_are_found() {
    let (_dir, store) = sample_store();
    assert_eq!(
        lines(&ask(&store, "conventions", &[])),
        [format!("{CITY}|first-listed-leads|(一)|(二)|140|152|2"), format!("{CITY}|also-falls-to|||155|180|4"),]
    );
    let rows = lines(&ask(&store, "citing", &[("number", "〔2030〕88号")]));
    assert_eq!(
        rows,
        [
            format!("霁政发〔2030〕88号|implements|{CITY}||"),
            format!("霁政发〔2030〕88号|implements|{CITY}|(一)#2|落实经费。"),
        ]
    );
    assert_eq!(ask(&store, "open-lists", &[]).rows.len(), 1);
    let doubtful = |below: &[(&str, &str)]| ask(&store, "doubtful", below).rows.len();
    assert_eq!(doubtful(&[]), 1);
    assert_eq!(doubtful(&[("below", "0.8")]), 0);
    assert_eq!(doubtful(&[("below", "0.96")]), 4);
    assert_eq!(doubtful(&[("below", "0.975")]), 9, "no match is as sure as that");
}

#[test]
fn corrections_say_who_changed_what_and_why() {
    let (_dir, store) = sample_store();
    let deadline = "(一)|deadline|changed|2031年底前|before 2030-12-31|by 2031-12-31|李明|2031-04-01|正文写明2031年";
    let party = "(三)|responsibility|removed|各方面|各方面 responsible||李明|2031-04-01|不是单位";
    let rows = [format!("{CITY}|{deadline}"), format!("{CITY}|{party}")];
    assert_eq!(lines(&ask(&store, "corrections", &[])), rows);
    assert_eq!(lines(&ask(&store, "corrections", &[("by", "李明")])), rows);
    assert!(ask(&store, "corrections", &[("by", "李")]).rows.is_empty());
}

#[test]
fn doubtful_claims_of_all_kinds_come_with_their_reasons() {
    let (_dir, store) = sample_store();
    let doubtful = |below: &str| lines(&ask(&store, "doubtful-claims", &[("below", below)]));
    assert_eq!(
        doubtful("0.9"),
        [format!("0.85|{CITY}|(二)|responsibility|市财政局|supporting|name-by-ending no-verb")]
    );
    let more = doubtful("0.95");
    assert_eq!(more[1], format!("0.9|{CITY}|(一)|indicator|社区卫生服务中心 12万个|range|"));
    assert!(doubtful("0.96").iter().any(|row| row.contains("|deadline|2031年底前|by|")));
}

#[test]
fn search_looks_into_text_heading_and_clause() {
    let (_dir, store) = sample_store();
    for (text, rows) in [("绩效", 1), ("建设社区", 2), ("按职责分工", 1), ("无此事", 0)] {
        assert_eq!(ask(&store, "search", &[("text", text)]).rows.len(), rows, "{text}");
    }
}

#[test]
fn checks_find_what_is_wrong_and_nothing_else() {
    let (_dir, store) = sample_store();
    for named in catalogue::all().unwrap().into_iter().filter(|named| named.kind == Kind::Check) {
        let rows = ask(&store, named.name, &[]).rows;
        let expected = usize::from(named.name == "task-without-responsibility");
        assert_eq!(rows.len(), expected, "{}", named.name);
    }
}

#[test]
fn queries_see_all_documents_at_once_and_each_by_itself() {
    let (_dir, store) = sample_store();
    let count = |text: &str| run(&store, text).table().rows[0][0].clone();
    assert_eq!(count("SELECT (COUNT(*) AS ?n) { ?t a z:Task }"), "6");
    assert_eq!(count("SELECT (COUNT(DISTINCT ?g) AS ?n) { GRAPH ?g { ?t a z:Task } }"), "2");
    assert_eq!(
        count("SELECT (COUNT(*) AS ?n) FROM <https://w3id.org/zeren/document/霁政发〔2030〕88号> { ?t a z:Task }"),
        "1"
    );
    assert_eq!(count("ASK { zd:霁政发〔2030〕88号 a z:Document }"), "true");
}

#[test]
fn a_contradiction_between_documents_is_found() {
    let (_dir, mut store) = sample_store();
    let mut other = crate::support::sample::parent();
    other.id = zeren::iri::document("另一文件");
    other.organisations[0].name = "霁省卫健委".into();
    store.replace(&zeren::graph::DocumentGraph::new(&other), &zeren::store::SourceInfo::default()).unwrap();
    assert_eq!(lines(&ask(&store, "shared-contradiction", &[])), ["霁省卫生健康委员会|rdfs:label|2"]);
}

#[test]
fn a_body_that_leads_in_one_document_is_not_said_never_to_lead() {
    let (_dir, mut store) = sample_store();
    let mut other = crate::support::sample::facts();
    let first = std::mem::replace(&mut other.id, zeren::iri::document("另一文件"));
    other.source = "另一文件.txt".into();
    for entry in &mut other.tasks {
        entry.id = entry.id.replace(&first, &other.id);
        for part in &mut entry.task.responsibilities {
            part.role = zeren::extract::Role::Supporting;
        }
    }
    let info = zeren::store::SourceInfo { source: other.source.clone(), title: None };
    store.replace(&zeren::graph::DocumentGraph::new(&other), &info).unwrap();
    let never = |values: &[(&str, &str)]| lines(&ask(&store, "never-leads", values));
    let leads = |rows: &[String]| rows.iter().any(|row| row.starts_with("云川市教育局|"));
    assert!(!leads(&never(&[])), "it leads in the first document");
    assert!(leads(&never(&[("document", "另一文件")])), "it leads nothing in the other");
}

#[test]
fn words_are_found_together_apart_and_not_at_all() {
    let (_dir, store) = sample_store();
    let found = |text: &str| lines(&ask(&store, "search", &[("text", text)])).len();
    assert_eq!(found("社区 服务"), 2);
    assert_eq!(found("社区 -县"), 1);
    assert_eq!(found("社区|经费"), 3);
    assert_eq!(found("社区 经费"), 0);
}

#[test]
fn the_reforms_of_a_body_lead_to_its_line_of_work() {
    let (_dir, store) = sample_store();
    let reforms = lines(&ask(&store, "reforms", &[("body", "云川市卫生健康")]));
    assert!(
        reforms.iter().any(|row| row.contains("rename|云川市卫生和计划生育委员会|云川市卫生健康委员会")),
        "{reforms:?}"
    );
    let tasks = lines(&ask(&store, "line-of-work", &[("body", "云川市卫生局")]));
    assert_eq!(tasks.len(), 2, "{tasks:?}");
}
