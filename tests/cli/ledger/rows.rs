//! Rows that were added, and ledgers as separated values.

use std::fs;

use super::{NOTICE, ledger, place, read, set, statements, status, write};
use crate::cli::{run, well};

#[test]
fn separated_values_are_read_beside_what_the_store_holds() {
    let (folder, _) = ledger(NOTICE);
    well(&run(folder.path(), "ledger --bom -o out.csv"));
    let path = folder.path().join("out.csv");
    let text = fs::read_to_string(&path).unwrap();
    fs::write(&path, text.replace("市医保局,", "市财政局,").replacen("2031-12-31,,", "2031-12-31,已完成,", 1)).unwrap();
    let before = statements(folder.path(), "zeren.db");
    well(&run(folder.path(), "build out.csv"));
    let rows = status(folder.path(), "");
    let lines: Vec<String> = rows.iter().map(|row| format!("{}|{}", row["label"], row["becomes"])).collect();
    assert_eq!(lines, ["(一)|", "(三)|市财政局"]);
    assert!(rows[0]["status"].ends_with("status-done"));
    let after = statements(folder.path(), "zeren.db");
    assert!(before.iter().all(|line| after.contains(line)));
    // once more says nothing new
    well(&run(folder.path(), "build out.csv"));
    assert_eq!(after, statements(folder.path(), "zeren.db"));
    let elsewhere = run(folder.path(), "build out.csv --store fresh.db");
    assert!(elsewhere.stderr.contains("none of the tasks"), "{}", elsewhere.stderr);
}

#[test]
fn separated_values_tell_what_was_changed_from_what_others_changed_meanwhile() {
    let (folder, mut sheets) = ledger(NOTICE);
    well(&run(folder.path(), "ledger -o b.csv"));
    let text = fs::read_to_string(folder.path().join("b.csv")).unwrap();
    // meanwhile another person works on a ledger handed out on the same day
    set(&mut sheets, 1, "完成状态", "已完成");
    set(&mut sheets, 2, "牵头单位", "市财政局");
    set(&mut sheets, 2, "到期日", "2032-06-30");
    write(&folder.path().join("a.xlsx"), &sheets);
    well(&run(folder.path(), "build a.xlsx"));
    // a spreadsheet rewrites numbers in brackets and days
    let saved =
        text.replace("(一)", "-1").replace("(二)", "-2").replace("(三)", "-3").replace("2031-12-31,", "2031/12/31,");
    let (head, tail) = saved.split_once("2031/12/31,").unwrap();
    fs::write(folder.path().join("b.csv"), format!("{head}2031/12/31,滞后{tail}")).unwrap();
    well(&run(folder.path(), "build b.csv"));
    let csv = well(&run(folder.path(), "ledger --format csv")).to_owned();
    for words in ["(一)", "2031-12-31,滞后", "已完成,", "市财政局,", "2032-06-30", "(三)"] {
        assert!(csv.contains(words), "{words}\n{csv}");
    }
    assert!(!csv.contains("序号原为") && !csv.contains("-1,"), "{csv}");
    // read again after all that, it still says the same
    let after = statements(folder.path(), "zeren.db");
    well(&run(folder.path(), "build b.csv"));
    assert_eq!(after, statements(folder.path(), "zeren.db"));
    // what spreadsheets may have rewritten is not taken, and said
    fs::write(folder.path().join("c.csv"), text.replace("2031年底前,", "2032年底前,")).unwrap();
    let built = run(folder.path(), "build c.csv");
    assert!(built.status == 1 && built.stderr.contains("cells of 完成时限"), "{}", built.stderr);
    assert_eq!(after, statements(folder.path(), "zeren.db"));
    // without its last column nobody knows what was handed out
    let cut: Vec<&str> = text.lines().map(|line| line.rsplit_once(',').unwrap().0).collect();
    fs::write(folder.path().join("d.csv"), cut.join("\n").replace("推进校园健康促进", "推进校园健康")).unwrap();
    let built = run(folder.path(), "build d.csv");
    assert!(built.status == 1 && built.stderr.contains("without the column"), "{}", built.stderr);
    assert!(!well(&run(folder.path(), "ledger --format csv")).contains("推进校园健康。"));
}

#[test]
fn a_row_that_was_added_is_a_row_like_others() {
    let (folder, mut sheets) = ledger(NOTICE);
    let (header, id) = place(&sheets[1].1, "任务标识");
    let mut added = sheets[1].1[header + 3].clone();
    added[id].clear();
    sheets[1].1.insert(header + 4, added);
    for (heading, words) in [
        ("序号", "(四)"),
        ("任务内容", "建立药品短缺会商机制。"),
        ("牵头单位", "市财政局"),
        ("完成时限", "2031年9月底前"),
        ("到期日", ""),
    ] {
        set(&mut sheets, 3, heading, words);
    }
    write(&folder.path().join("one.xlsx"), &sheets);
    well(&run(folder.path(), "build one.xlsx"));
    // its body has it on its list
    well(&run(folder.path(), "ledger -o two.xlsx"));
    let mut sheets = read(&folder.path().join("two.xlsx"));
    let finance = sheets.iter().position(|(name, _)| name == "云川市财政局").unwrap();
    assert!(sheets[finance].1.iter().flatten().any(|cell| cell == "建立药品短缺会商机制。"));
    let one = well(&run(folder.path(), "ledger --body 云川市财政局 --format csv")).to_owned();
    assert!(one.contains("建立药品短缺会商机制。") && one.contains("新建社区") && !one.contains("校园"), "{one}");
    // it is due and counts where what ledgers say is asked for
    let due = |more: &str| well(&run(folder.path(), &format!("due --on 2031-06-30 --format csv {more}"))).to_owned();
    assert!(due("--current").contains("2031-09-30") && !due("").contains("2031-09-30"), "{}", due("--current"));
    let load = |more: &str| well(&run(folder.path(), &format!("workload --format csv {more}"))).to_owned();
    let finance = |csv: String| csv.lines().find(|line| line.contains("云川市财政局")).unwrap().to_owned();
    assert_ne!(finance(load("--current")), finance(load("")));
    // what is written about it shows from then on
    set(&mut sheets, 3, "完成状态", "推进中");
    set(&mut sheets, 3, "进展情况", "已印发方案");
    set(&mut sheets, 3, "牵头单位", "市医保局");
    write(&folder.path().join("two.xlsx"), &sheets);
    well(&run(folder.path(), "build two.xlsx"));
    let rows = status(folder.path(), "--param state=in-progress");
    assert_eq!((rows.len(), rows[0]["task"].as_str()), (1, "建立药品短缺会商机制。"), "{rows:?}");
    well(&run(folder.path(), "ledger -o three.xlsx"));
    let mut sheets = read(&folder.path().join("three.xlsx"));
    let (header, _) = place(&sheets[1].1, "任务内容");
    let row = sheets[1].1[header + 4].join("|");
    for words in ["(四)", "市医保局", "2031-09-30", "推进中", "已印发方案", "台账新增", "牵头单位原为“市财政局”"]
    {
        assert!(row.contains(words), "{words} {row}");
    }
    let insurance = sheets.iter().find(|(name, _)| name == "云川市医疗保障局").unwrap();
    assert!(insurance.1.iter().flatten().any(|cell| cell == "建立药品短缺会商机制。"));
    set(&mut sheets, 3, "完成状态", "已完成");
    write(&folder.path().join("three.xlsx"), &sheets);
    well(&run(folder.path(), "build three.xlsx"));
    assert!(well(&run(folder.path(), "ledger --format csv")).contains("已完成,已印发方案"));
    // also when the first ledger is filled in further
    let mut first = read(&folder.path().join("one.xlsx"));
    set(&mut first, 0, "完成状态", "滞后");
    write(&folder.path().join("one.xlsx"), &first);
    well(&run(folder.path(), "build one.xlsx"));
    assert!(well(&run(folder.path(), "ledger --format csv")).contains("已完成,已印发方案"));
    well(&run(folder.path(), "validate"));
}
