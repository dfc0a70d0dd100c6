//! What changed between two documents of one body.

use crate::cli::{built, folder, run};

const BEFORE: &str = "霖禾市人民政府办公室关于印发霖禾市2023年医改重点任务的通知
霖政办发〔2023〕9号

各县（市、区）人民政府，市政府各部门：

（一）做实家庭医生签约服务。重点人群签约率不低于75%，2023年底前完成。（市卫生健康委牵头，市财政局配合）
（二）改革医保支付方式。推行按病种付费，覆盖全部二级医院。（市医保局牵头，市卫生健康委配合）
（三）加强药品供应保障。建立短缺药品监测预警机制。（市市场监管局负责）
（四）推进医养结合。建设医养结合机构5家。（市民政局牵头，市卫生健康委配合）

霖禾市人民政府办公室
2023年3月6日
";

const AFTER: &str = "霖禾市人民政府办公室关于印发霖禾市2024年医改重点任务的通知
霖政办发〔2024〕11号

各县（市、区）人民政府，市政府各部门：

（一）做实家庭医生签约服务。重点人群签约率不低于80%，2024年9月底前完成。（市卫生健康委牵头，市医保局配合）
（二）推进医养结合。建设医养结合机构5家。（市卫生健康委牵头，市民政局配合）
（三）改革医保支付方式。推行按病种付费，覆盖全部二级医院。（市医保局牵头，市卫生健康委配合）
（四）建设市级胸痛救治中心网络。（市卫生健康委负责）

霖禾市人民政府办公室
2024年3月4日
";

fn stored() -> tempfile::TempDir {
    built(&[("a2023.txt", BEFORE), ("a2024.txt", AFTER)])
}

#[test]
fn added_dropped_reworded_and_moved_tasks_are_told_apart() {
    let folder = stored();
    let csv = run(folder.path(), "diff a2023 a2024 --format csv").stdout;
    let lines: Vec<&str> = csv.lines().collect();
    let expected = [
        "change,task,before,after",
        "added,(四),,(四) 建设市级胸痛救治中心网络",
        "dropped,(三),(三) 加强药品供应保障,",
        "reworded,(一),",
        "joined,(一),,市医保局",
        "left,(一),市财政局,",
        "figure tightened,(一),重点人群签约率 ≥75%,重点人群签约率 ≥80%",
        "date later,(一),2023-12-31,2024-09-30",
        "lead,(四) → (二),市民政局,市卫生健康委",
    ];
    assert_eq!(lines.len(), expected.len(), "{csv}");
    for (line, expected) in lines.iter().zip(expected) {
        assert!(line.starts_with(expected), "{line} for {expected}\n{csv}");
    }
    let table = run(folder.path(), "diff a2023 a2024 --lang zh");
    assert!(table.stdout.contains("新增 1 项，取消 1 项，修改 2 项（文字 1，牵头 1），未变 1 项"), "{}", table.stdout);
}

#[test]
fn the_same_as_json_and_as_a_page() {
    let folder = stored();
    let json = run(folder.path(), "diff a2023 a2024 --format json").stdout;
    let value: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!(value["unchanged"].as_array().unwrap().len(), 1);
    assert_eq!(value["changed"][0]["indicators"][0]["change"], "tightened");
    let page = run(folder.path(), "diff a2023 a2024 --format html").stdout;
    for words in ["<del>75</del>", "<ins>80</ins>", "<del>建立", "<ins>建设市级", "<del>市财政局"] {
        let found = page.contains(words) || page.contains(&words.replace("<del>建立", "<del>加强药品"));
        assert!(found, "{words}\n{page}");
    }
    assert!(!page.contains("<script"));
    let written = run(folder.path(), "diff a2023 a2024 --format html -o page.html");
    assert_eq!((written.status, written.stdout.as_str()), (0, ""));
    assert_eq!(std::fs::read_to_string(folder.path().join("page.html")).unwrap(), page);
    let same = run(folder.path(), "diff a2023 a2023");
    assert!(same.stdout.contains("unchanged 4"), "{}", same.stdout);
}

#[test]
fn a_draft_and_the_final_are_compared_as_files() {
    let draft = BEFORE.replace("75%", "70%");
    let folder = folder(&[("draft.txt", draft.as_bytes()), ("final.txt", BEFORE.as_bytes())]);
    let shown = run(folder.path(), "diff draft.txt final.txt");
    assert_eq!(shown.status, 0, "{}", shown.stderr);
    // both bear one number
    assert!(shown.stdout.contains("changed 1 (reworded 1, leads 0), unchanged 3"), "{}", shown.stdout);
    assert!(shown.stdout.contains("figure tightened"), "{}", shown.stdout);
    let handed_down = run(folder.path(), "inherit draft.txt final.txt");
    assert!(handed_down.stdout.contains("coverage 100%"), "{}", handed_down.stdout);
    assert!(!folder.path().join("zeren.db").exists());
}

#[test]
fn names_are_looked_for_in_the_scope_and_bodies_followed_to_a_day() {
    let early = BEFORE.replace("2023", "2015").replace("市卫生健康委", "市卫生计生委").replace("市医保局", "市财政局");
    let folder = built(&[("y2015.txt", &early), ("y2023.txt", BEFORE), ("y2024.txt", AFTER)]);
    let leads = |words: &str| {
        let run = run(folder.path(), &format!("diff 霖政办发〔2015〕9号 霖政办发〔2023〕9号 --format json {words}"));
        let all: serde_json::Value = serde_json::from_str(&run.stdout).unwrap();
        let changed = all["changed"].as_array().unwrap().iter().filter(|pair| !pair["leads"].is_null()).count();
        (changed, all["as_of"]["followed"].as_array().map(Vec::len), run.stderr)
    };
    let (apart, none, _) = leads("");
    let (followed, some, said) = leads("--as-of 2024");
    // 卫生计生委 and 卫生健康委 are one, 财政局 and 医保局 are not
    assert_eq!((apart, none, followed, some), (2, None, 1, Some(1)), "{said}");
    assert!(said.contains("`霖禾市卫生和计划生育委员会` → `霖禾市卫生健康委员会`"), "{said}");
    let narrow = run(folder.path(), "diff 霖政办发 y2024 --year 2023 --year 2024");
    assert!(
        narrow.status == 2 && narrow.stderr.contains("which of `霖政办发〔2023〕9号`, `霖政办发〔2024〕11号`"),
        "{}",
        narrow.stderr
    );
    let outside = run(folder.path(), "diff y2015 y2024 --year 2024");
    assert_eq!((outside.status, outside.stdout.as_str()), (2, ""));
    assert!(
        outside.stderr.starts_with("error: BEFORE: no document in scope is called `y2015`\nhint: widen `--year`"),
        "{}",
        outside.stderr
    );
    let files = run(folder.path(), "diff y2015.txt y2023.txt --as-of 2024 --format json");
    assert!(files.stdout.contains("\"as_of\""), "{}", files.stdout);
}
