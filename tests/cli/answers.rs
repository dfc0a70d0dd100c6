//! From documents to answers: what is built is what `workload`, `query` and `diagram` speak of.

use crate::cli::{built, run, well};

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

fn stored() -> tempfile::TempDir {
    built(&[("notice.txt", NOTICE)])
}

#[test]
fn workload_ranks_the_departments() {
    let folder = stored();
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
    let folder = stored();
    let all = run(folder.path(), "diagram owners --lang zh");
    assert!(well(&all).contains("霖政办发〔2031〕5号 · 2031-03-01"), "{}", all.stdout);
    assert!(all.stdout.contains("霖禾市财政局 配合 (二)"), "{}", all.stdout);
    let part = run(folder.path(), "diagram owners --heading 保障");
    assert!(well(&part).contains("落实财政补助") && !part.stdout.contains("公立医院"));
    assert_eq!(well(&run(folder.path(), "diagram owners")), run(folder.path(), "diagram owners").stdout);
}

#[test]
fn an_empty_scope_leaves_a_good_picture_alone() {
    let folder = stored();
    std::fs::write(folder.path().join("keep.svg"), "good").unwrap();
    for words in ["--document nosuch", "--heading nosuch", "--year 1999", "--document nosuch --body 财政局"] {
        let run = run(folder.path(), &format!("diagram owners {words} -o keep.svg"));
        assert_eq!((run.status, run.stdout.as_str()), (1, ""), "{words}");
        assert_eq!(run.stderr.matches("warning: ").count(), 1, "{}", run.stderr);
    }
    assert_eq!(std::fs::read(folder.path().join("keep.svg")).unwrap(), b"good");
    let year = run(folder.path(), "workload --year 1999").stderr;
    assert!(year.contains("hint: widen `--year`, or") && !year.contains("--heading"), "{year}");
}

#[test]
fn documents_and_places_are_named_in_part_and_by_code() {
    let folder = stored();
    for document in ["notice", "NOTICE.txt", "5号", "[2031]5号", "重点任务"] {
        let shown = run(folder.path(), &format!("workload --format json --document {document}"));
        assert!(well(&shown).contains("\"tasks\":3"), "{document}");
    }
    let near = run(folder.path(), "workload --document notcie.txt");
    assert_eq!(near.status, 1);
    assert!(
        near.stderr.contains("no stored document is called `notcie.txt`\nhint: did you mean `notice.txt`?"),
        "{}",
        near.stderr
    );
    let place = run(folder.path(), "workload --jurisdiction 哈尔滨 --lang zh");
    assert!(place.stderr.contains("警告：库中没有 `哈尔滨` 的文件\n提示：有 `霖禾市`"), "{}", place.stderr);
    for command in ["workload", "diagram owners"] {
        let empty =
            crate::cli::finish(crate::cli::program(folder.path()).args(command.split(' ').chain(["--document", ""])));
        assert_eq!((empty.status, empty.stdout.as_str()), (2, ""));
        assert!(empty.stderr.starts_with("error: --document: the value is empty"), "{}", empty.stderr);
    }
}

#[test]
fn no_row_is_told_with_what_is_near() {
    let folder = stored();
    let unknown = run(folder.path(), "query owners --param document=notcie.txt --format csv");
    assert_eq!(unknown.status, 0);
    assert_eq!(unknown.stderr, "note: no row\nhint: did you mean `notice.txt`?\n");
    let body = run(folder.path(), "query tasks-of --param body=财证局 --lang zh");
    assert_eq!(body.status, 0);
    assert_eq!(body.stderr, "说明：没有一行\n提示：是不是 `霖禾市财政局`？\n");
    let place = run(folder.path(), "query year-on-year --param where=林河");
    assert_eq!(place.stderr, "note: no row\nhint: there are `霖禾市`\n");
    let function = run(folder.path(), "query across-places --param function=helth");
    assert!(function.stderr.contains("did you mean `health`"), "{}", function.stderr);
    let check = run(folder.path(), "query task-twice");
    assert_eq!((check.status, check.stderr.as_str()), (0, "note: no row: nothing is wrong\n"));
    let department = run(folder.path(), "workload --body 财证局");
    assert!(department.stderr.contains("did you mean `霖禾市财政局`?"), "{}", department.stderr);
}

#[test]
fn every_format_hinted_at_is_accepted_and_ends_its_last_line() {
    let folder = stored();
    std::fs::write(folder.path().join("all.rq"), "CONSTRUCT WHERE { ?t a z:Task }").unwrap();
    let wrong = run(folder.path(), "query --file all.rq --format csv");
    let (_, formats) = wrong.stderr.split_once("formats that fit: ").unwrap();
    for format in formats.trim().split(", ") {
        let shown = run(folder.path(), &format!("query --file all.rq --format {format}"));
        assert!(well(&shown).ends_with('\n'), "{format}");
    }
    for format in ["json", "xml", "csv", "tsv"] {
        assert!(well(&run(folder.path(), &format!("query owners --format {format}"))).ends_with('\n'), "{format}");
        let asked = run(folder.path(), &format!("query --text ASK{{}} --format {format}"));
        assert!(well(&asked).ends_with('\n'), "{format}");
    }
}

#[test]
fn stdin_is_read_where_it_is_asked_for() {
    let folder = stored();
    let with = |words: &str, input: &str| {
        let mut program = crate::cli::program(folder.path());
        crate::cli::finish(program.args(words.split(' ')).write_stdin(input))
    };
    let query = with("query --file - --format csv", "SELECT (COUNT(*) AS ?n) { ?t a z:Task }");
    assert_eq!(well(&query), "n\r\n3\r\n");
    let extracted = with("extract - --format json", NOTICE);
    let stated: serde_json::Value = serde_json::from_str(well(&extracted)).unwrap();
    assert_eq!(stated["document"]["source"], "-");
    assert_eq!(stated["tasks"].as_array().unwrap().len(), 3);
    assert!(with("query --file -", "SELEC").stderr.starts_with("error: -: 1:1: "));
}

#[test]
fn queries_answer_in_every_format() {
    let folder = stored();
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
    let folder = stored();
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
