//! From documents to answers: what is built is what `workload`, `query` and `diagram` speak of.

use crate::cli::{Run, folder, run};

const NOTICE: &str = "霖禾市人民政府办公室关于印发霖禾市2031年重点任务的通知
霖政办发〔2031〕5号

各县（市、区）人民政府，市政府各部门：

一、推进改革
（一）开展公立医院综合改革试点。（市卫生健康委牵头，市财政局配合）
（二）完善医保支付方式。（市医保局牵头，市卫生健康委、市财政局配合）
二、加强保障
（三）落实财政补助。（市财政局负责）

霖禾市人民政府办公室
2031年3月1日
";

fn built() -> tempfile::TempDir {
    let folder = folder(&[("notice.txt", NOTICE.as_bytes())]);
    assert_eq!(run(folder.path(), "build notice.txt").status, 0);
    folder
}

fn well(run: &Run) -> &str {
    assert_eq!((run.status, run.stderr.as_str()), (0, ""));
    &run.stdout
}

#[test]
fn workload_ranks_the_departments() {
    let folder = built();
    let shown = run(folder.path(), "workload --format json");
    let result: serde_json::Value = serde_json::from_str(well(&shown)).unwrap();
    let rows: Vec<(&str, f64)> = result["departments"]
        .as_array()
        .unwrap()
        .iter()
        .map(|row| (row["label"].as_str().unwrap(), row["load"].as_f64().unwrap()))
        .collect();
    // 1 + 2 · 0.25, 1 + 0.25, 1
    assert_eq!(rows, [("霖禾市财政局", 1.5), ("霖禾市卫生健康委员会", 1.25), ("霖禾市医疗保障局", 1.0)]);
    assert_eq!(result["tasks"], 3);
    let unknown = run(folder.path(), "workload --body 卫健委");
    assert_eq!(unknown.status, 2);
    assert!(unknown.stderr.contains("hint: did you mean `霖禾市卫生健康委员会`?"), "{}", unknown.stderr);
    assert_eq!(run(folder.path(), "workload --document nosuch").status, 1);
}

#[test]
fn the_diagram_shows_the_heading_asked_for() {
    let folder = built();
    let all = run(folder.path(), "diagram owners --lang zh");
    assert!(well(&all).contains("霖政办发〔2031〕5号 · 2031-03-01"), "{}", all.stdout);
    assert!(all.stdout.contains("霖禾市财政局 配合 (二)"), "{}", all.stdout);
    let part = run(folder.path(), "diagram owners --heading 保障");
    assert!(well(&part).contains("落实财政补助") && !part.stdout.contains("公立医院"));
    assert_eq!(well(&run(folder.path(), "diagram owners")), run(folder.path(), "diagram owners").stdout);
}

#[test]
fn queries_answer_in_every_format() {
    let folder = built();
    for format in ["table", "csv", "tsv", "json", "xml"] {
        let shown = run(folder.path(), &format!("query owners --format {format}"));
        assert!(well(&shown).contains("医保"), "{format}");
    }
    let wrong = run(folder.path(), "query owners --format turtle");
    assert_eq!((wrong.status, wrong.stdout.as_str()), (2, ""));
    let unknown = run(folder.path(), "query owmers");
    assert!(unknown.stderr.contains("`owners`"), "{}", unknown.stderr);
}

#[test]
fn extract_gives_one_object_for_each_document() {
    let folder = built();
    let shown = run(folder.path(), "extract --format json notice.txt notice.txt");
    assert_eq!(well(&shown).lines().count(), 2);
    let first: serde_json::Value = serde_json::from_str(shown.stdout.lines().next().unwrap()).unwrap();
    assert_eq!(first["document"]["number"], "霖政办发〔2031〕5号");
    let text: Vec<char> = run(folder.path(), "extract --text notice.txt").stdout.chars().collect();
    for task in first["tasks"].as_array().unwrap() {
        for party in task["responsibilities"].as_array().unwrap() {
            let place = |end: usize| usize::try_from(party["span"][end].as_u64().unwrap()).unwrap();
            let printed: String = text[place(0)..place(1)].iter().collect();
            assert_eq!(party["name"], printed);
        }
    }
    let csv = run(folder.path(), "extract --format csv notice.txt notice.txt");
    assert_eq!(well(&csv).matches("document,label,path").count(), 1);
    assert_eq!(csv.stdout.lines().count(), 13);
}
