//! Bodies by name, and through reforms: `org`, `--as-of`.

use crate::cli::{Run, built, run};

const FORMER: &str = "霖禾市人民政府关于印发2012年医改任务的通知
霖政发〔2012〕8号

各县（市、区）人民政府，市政府各部门：

（一）完善基层医疗机构补偿办法。（市卫生局牵头，市财政局、市物价局配合）
（二）提高职工医保报销水平。（市人力资源社会保障局负责）

霖禾市人民政府
2012年4月10日
";

const PRESENT: &str = "霖禾市人民政府办公室关于印发2021年医改任务的通知
霖政办发〔2021〕9号

各县（市、区）人民政府，市政府各部门：

（一）建设县域医共体。（市卫生健康委牵头，市医保局、市财政局配合）

霖禾市人民政府办公室
2021年5月6日
";

fn stored() -> tempfile::TempDir {
    built(&[("2012.txt", FORMER), ("2021.txt", PRESENT)])
}

fn json(run: &Run) -> serde_json::Value {
    assert_eq!(run.status, 0, "{}", run.stderr);
    serde_json::from_str(&run.stdout).unwrap()
}

fn counts(value: &serde_json::Value) -> Vec<(String, u64)> {
    let rows = value["departments"].as_array().unwrap();
    rows.iter().map(|row| (row["label"].as_str().unwrap().to_owned(), row["tasks"].as_u64().unwrap())).collect()
}

#[test]
fn one_line_of_work_is_followed_through_the_reforms() {
    let folder = stored();
    let tasks = |words: &str, name: &str| {
        let found = json(&run(folder.path(), words));
        counts(&found).into_iter().find(|(label, _)| label == name).map(|(_, tasks)| tasks)
    };
    let plain = "workload --format json";
    assert_eq!(tasks(plain, "霖禾市卫生局"), Some(1));
    assert_eq!(tasks(plain, "霖禾市卫生健康委员会"), Some(1));
    let now = "workload --format json --as-of 2024-06-30";
    assert_eq!(tasks(now, "霖禾市卫生局"), None);
    assert_eq!(tasks(now, "霖禾市卫生健康委员会"), Some(2));
    // of the price bureau the whole work passed on, of the social security bureau one function alone
    assert_eq!(tasks(now, "霖禾市发展和改革委员会"), Some(1));
    assert_eq!(tasks(now, "霖禾市人力资源和社会保障局"), Some(1));
    assert_eq!(tasks(now, "霖禾市医疗保障局"), Some(1));
    let then = "workload --format json --as-of 2012";
    assert_eq!(tasks(then, "霖禾市卫生局"), Some(2));
    let followed = json(&run(folder.path(), now))["as_of"].clone();
    assert_eq!(followed["date"], "2024-06-30");
    assert_eq!(followed["followed"][0]["reforms"], serde_json::json!(["2013-health", "2018-health"]));
    // a picture of a task follows it, too
    let picture = |more: &str| {
        let drawn = run(folder.path(), &format!("diagram task (一) --document 2012 {more}"));
        assert_eq!(drawn.status, 0, "{}", drawn.stderr);
        ["tooltip=\"霖禾市卫生局\"", "tooltip=\"霖禾市卫生健康委员会\""].map(|body| drawn.stdout.contains(body))
    };
    assert_eq!([picture(""), picture("--as-of 2024-06-30")], [[true, false], [false, true]]);
    let shown = run(folder.path(), "workload --as-of 2024-06-30");
    assert!(shown.stderr.contains("note: `霖禾市卫生局` → `霖禾市卫生健康委员会`"), "{}", shown.stderr);
}

#[test]
fn any_query_can_be_asked_as_of_a_day() {
    let folder = stored();
    let asked = "query --format csv workload";
    let plain = run(folder.path(), asked);
    assert!(plain.stdout.contains("霖禾市卫生局"), "{}", plain.stdout);
    let followed = run(folder.path(), "query --format csv --as-of 2024-06-30 workload");
    assert_eq!(followed.status, 0, "{}", followed.stderr);
    assert!(!followed.stdout.contains("霖禾市卫生局"), "{}", followed.stdout);
    assert!(followed.stdout.contains("霖禾市卫生健康委员会,2"), "{}", followed.stdout);
    // nothing of it stays
    assert_eq!(run(folder.path(), asked).stdout, plain.stdout);
    let wrong = run(folder.path(), "query --as-of 2024-13 workload --lang zh");
    assert_eq!(wrong.status, 2);
    assert!(wrong.stderr.contains("应为 YYYY-MM-DD"), "{}", wrong.stderr);
}

#[test]
fn a_body_is_found_by_any_of_its_names() {
    let folder = stored();
    for name in ["霖禾市卫生健康委员会", "霖禾市卫健委", "市卫生健康委", "卫生健康委", "卫健委"]
    {
        let found = json(&run(folder.path(), &format!("org {name} --format json")));
        assert_eq!(found["label"], "霖禾市卫生健康委员会", "{name}");
        assert_eq!(found["tasks"].as_array().unwrap().len(), 1);
        assert_eq!(found["line"][0]["label"], "霖禾市卫生局");
        let history = found["history"].as_array().unwrap();
        assert!(history.iter().any(|change| change["kind"] == "transfer" && change["round"] == 2018), "{history:?}");
    }
    let several = run(folder.path(), "org 局 --lang zh");
    assert!(several.stderr.contains("可以指 5 个机构"), "{}", several.stderr);
    assert!(several.stdout.contains("霖禾市物价局") && several.stdout.contains("霖禾市医疗保障局"));
}

#[test]
fn a_body_that_no_document_names_shows_its_history() {
    let folder = stored();
    let shown = run(folder.path(), "org 国家税务总局青岛市税务局 --lang zh");
    assert_eq!((shown.status, shown.stderr.as_str()), (0, ""));
    assert!(shown.stdout.contains("青岛市国家税务局、青岛市地方税务局"), "{}", shown.stdout);
    assert!(shown.stdout.contains("库中没有它的任务"));
    let unknown = run(folder.path(), "org 霖禾市卫盛局");
    assert_eq!(unknown.status, 2);
    assert!(unknown.stderr.contains("did you mean `霖禾市卫生局`"), "{}", unknown.stderr);
}
