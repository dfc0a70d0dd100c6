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
