//! What people wrote, read back.

use std::collections::BTreeMap;
use std::fs;

use super::{NOTICE, ledger, place, read, set, set_on, statements, status, write};
use crate::cli::{run, well};

#[test]
fn what_a_person_wrote_is_an_update_beside_what_was_printed() {
    let (folder, mut sheets) = ledger(NOTICE);
    let before = statements(folder.path(), "zeren.db");
    set(&mut sheets, 0, "完成状态", "正在推进");
    set(&mut sheets, 0, "进展情况", "选址已定");
    set(&mut sheets, 0, "填报人", "李明");
    set(&mut sheets, 0, "更新日期", "2031年6月30日");
    set(&mut sheets, 1, "牵头单位", "市教育局");
    set(&mut sheets, 1, "责任单位", "市卫生健康委");
    set(&mut sheets, 2, "完成时限", "2032年6月底前");
    write(&folder.path().join("台账.xlsx"), &sheets);
    well(&run(folder.path(), "build 台账.xlsx"));
    let after = statements(folder.path(), "zeren.db");
    assert!(before.iter().all(|line| after.contains(line)), "a document says what it said");

    let rows = status(folder.path(), "");
    let said = |row: &BTreeMap<String, String>, names: &[&str]| {
        names.iter().map(|name| row[*name].rsplit(['#', '/']).next().unwrap().to_owned()).collect::<Vec<_>>().join("|")
    };
    let lines: Vec<String> = rows
        .iter()
        .map(|row| said(row, &["label", "status", "progress", "column", "was", "becomes", "person", "on"]))
        .collect();
    assert_eq!(
        lines,
        [
            "(一)|status-in-progress|选址已定||||李明|2031-06-30",
            "(二)|||牵头单位||市教育局|王芳|2031-07-01",
            "(二)|||责任单位|市教育局、市卫生健康委|市卫生健康委|王芳|2031-07-01",
            "(三)|||完成时限||2032年6月底前|王芳|2031-07-01",
        ]
    );
    assert_eq!(status(folder.path(), "--param state=in-progress").len(), 1);
    assert_eq!(status(folder.path(), "--param by=赵敏").len(), 0);
    assert!(after.iter().any(|line| line.contains("prov#wasAttributedTo") && line.contains("person/李明")));
    assert!(after.iter().any(|line| line.contains("newDueDate") && line.contains("2032-06-30")));
    well(&run(folder.path(), "validate"));

    // who leads now is counted when asked for
    let lead = |more: &str| {
        let load = run(folder.path(), &format!("workload --format json {more}"));
        let load: serde_json::Value = serde_json::from_str(&load.stdout).unwrap();
        let departments = load["departments"].as_array().unwrap().clone();
        let schools = departments.into_iter().find(|line| line["label"] == "云川市教育局").unwrap();
        (schools["lead"].as_u64().unwrap(), schools["responsible"].as_u64().unwrap())
    };
    assert_eq!((lead(""), lead("--current")), ((0, 1), (1, 0)));

    // the next ledger shows what holds now, and what was printed
    let csv = well(&run(folder.path(), "ledger --format csv")).to_owned();
    assert!(csv.contains("牵头单位原为“空”（王芳，2031-07-01）\n责任单位原为“市教育局、市卫生健康委”"), "{csv}");
    assert!(csv.contains("2032-06-30") && csv.contains("推进中,选址已定,2031-06-30,李明"), "{csv}");
    // and carries it all
    well(&run(folder.path(), "ledger -o next.xlsx"));
    well(&run(folder.path(), "build next.xlsx --store next.db"));
    assert_eq!(after, statements(folder.path(), "next.db"));

    // a later word counts
    let mut next = read(&folder.path().join("next.xlsx"));
    set(&mut next, 0, "完成状态", "已完成");
    write(&folder.path().join("next.xlsx"), &next);
    well(&run(folder.path(), "build next.xlsx"));
    assert!(well(&run(folder.path(), "ledger --format csv")).contains("已完成,选址已定"));
}

#[test]
fn rows_and_columns_may_be_moved_copied_and_deleted() {
    let (folder, mut sheets) = ledger(NOTICE);
    let carrier = sheets.pop().unwrap();
    assert_eq!(carrier.0, "zeren");
    let (header, id) = place(&sheets[1].1, "任务标识");
    let (_, task) = place(&sheets[1].1, "任务内容");
    let rows = &mut sheets[1].1;
    // sorted the other way round, one row copied to be filled anew, one without its IRI, one deleted
    rows[header + 1..].reverse();
    let mut copied = rows[header + 1].clone();
    copied[task] = "建立短缺药品会商联动机制。".to_owned();
    rows.insert(header + 2, copied);
    rows[header + 3][id].clear();
    rows.truncate(header + 4);
    let (_, state) = place(rows, "完成状态");
    rows[header + 3][state] = "暂缓".to_owned();
    // the first column goes to the end, and the title is gone
    for row in rows.iter_mut() {
        let first = row.remove(0);
        row.push(first);
    }
    rows.drain(..header);
    // the list of a body: one status, and formulas that nobody computed
    let body = sheets.iter_mut().find(|(name, _)| name == "云川市医疗保障局").unwrap();
    let (header, state) = place(&body.1, "完成状态");
    body.1[header + 1][state] = "滞后".to_owned();
    sheets.push(("说明".to_owned(), vec![vec!["填报说明".to_owned()]]));
    sheets.push(carrier);
    write(&folder.path().join("台账.xlsx"), &sheets);
    let built = run(folder.path(), "build 台账.xlsx");
    assert_eq!(built.status, 1);
    assert!(
        built.stderr.contains("1 row was deleted") && built.stderr.matches("warning").count() == 1,
        "{}",
        built.stderr
    );
    let rows = status(folder.path(), "");
    let lines: Vec<String> =
        rows.iter().map(|row| format!("{}|{}|{}", row["label"], row["task"], row["status"])).collect();
    let of = |name: &str| format!("https://w3id.org/zeren/ontology#status-{name}");
    assert_eq!(
        lines,
        [
            "|建立短缺药品会商联动机制。|".to_owned(),
            format!("(二)|推进校园健康促进。|{}", of("suspended")),
            format!("(三)|落实《云川市健康条例》，修订采购目录。|{}", of("delayed")),
        ]
    );
    let csv = well(&run(folder.path(), "ledger --format csv")).to_owned();
    assert!(
        csv.lines().any(|line| line.contains("建立短缺药品会商联动机制。,市医保局") && line.contains("台账新增")),
        "{csv}"
    );
}

#[test]
fn what_cannot_be_understood_is_said_and_nothing_is_lost() {
    let (folder, mut sheets) = ledger(NOTICE);
    set(&mut sheets, 0, "完成状态", "见附件");
    set(&mut sheets, 1, "完成状态", "已完成");
    set(&mut sheets, 1, "更新日期", "上周");
    write(&folder.path().join("台账.xlsx"), &sheets);
    let built = run(folder.path(), "build 台账.xlsx --lang zh");
    assert_eq!(built.status, 1);
    for words in ["云政办发〔2031〕7号!A4：不认识完成状态 `见附件`", "可用 未启动、推进中", "不认识日期 `上周`"]
    {
        assert!(built.stderr.contains(words), "{}", built.stderr);
    }
    assert_eq!(status(folder.path(), "").len(), 1);
    let extracted = run(folder.path(), "extract 台账.xlsx");
    assert!(extracted.stderr.contains("`zeren build` reads it back"), "{}", extracted.stderr);
    // a ledger of a later form, and a graph that somebody touched
    let carrier = sheets.len() - 1;
    let mut later = sheets.clone();
    later[carrier].1[0][1] = "99".to_owned();
    write(&folder.path().join("later.xlsx"), &later);
    let built = run(folder.path(), "build later.xlsx");
    assert!(built.status == 2 && built.stderr.contains("newer version"), "{}", built.stderr);
    let mut touched = sheets.clone();
    let graph = touched[carrier].1.iter_mut().find(|row| row[0] == "graph").unwrap();
    graph[4].replace_range(10..12, "AA");
    write(&folder.path().join("touched.xlsx"), &touched);
    let built = run(folder.path(), "build touched.xlsx --store fresh.db");
    assert!(built.stderr.contains("damaged") && built.stderr.contains("read the document itself"), "{}", built.stderr);
}

#[test]
fn every_cell_that_was_changed_is_read_or_noted() {
    let (folder, mut sheets) = ledger(NOTICE);
    set(&mut sheets, 0, "完成状态", "推进中");
    set(&mut sheets, 0, "进展情况", "选址已定");
    write(&folder.path().join("first.xlsx"), &sheets);
    well(&run(folder.path(), "build first.xlsx"));
    well(&run(folder.path(), "ledger -o out.xlsx"));
    let mut sheets = read(&folder.path().join("out.xlsx"));
    // postponed, moved below another heading, cleared
    set(&mut sheets, 0, "到期日", "2032-03-31");
    set(&mut sheets, 0, "进展情况", "");
    set(&mut sheets, 0, "完成状态", "");
    set(&mut sheets, 1, "到期日", "明年");
    set(&mut sheets, 2, "重点领域", "三、强化落实");
    set(&mut sheets, 2, "依据文件", "《云川市健康条例》（2030年修订）");
    // on the list of a body: another lead, a row that was never handed out
    let body = sheets.iter().position(|(name, _)| name == "云川市教育局").unwrap();
    set_on(&mut sheets, body, 0, "配合单位", "市财政局");
    let (header, id) = place(&sheets[body].1, "任务标识");
    let mut unknown = sheets[body].1[header + 1].clone();
    unknown[id] = "x".to_owned();
    sheets[body].1.push(unknown);
    // the sheet of the document stands twice, and only the copy was filled in
    let (name, mut rows) = sheets[1].clone();
    let (header, state) = place(&rows, "完成状态");
    rows[header + 3][state] = "暂缓".to_owned();
    rows[header + 1][state] = "已完成".to_owned();
    let carrier = sheets.len() - 1;
    sheets.insert(carrier, (format!("{name} (2)"), rows));
    write(&folder.path().join("out.xlsx"), &sheets);
    let built = run(folder.path(), "build out.xlsx");
    for words in ["`明年`", "no task that was handed out", "says otherwise than `云政办发〔2031〕7号!A4`"] {
        assert!(built.stderr.contains(words), "{words}\n{}", built.stderr);
    }
    assert_eq!((built.status, built.stderr.matches("warning").count()), (1, 4), "{}", built.stderr);
    let rows = status(folder.path(), "--param by=王芳");
    let said = |row: &BTreeMap<String, String>| {
        format!("{}|{}|{}|{}", row["label"], row["column"], row["was"], row["becomes"])
    };
    let lines: Vec<String> = rows.iter().filter(|row| row["on"] == "2031-07-01").map(said).collect();
    for line in [
        "(一)|到期日|2031-12-31|2032-03-31",
        "(一)|完成状态|推进中|",
        "(一)|进展情况|选址已定|",
        "(二)|配合单位||市财政局",
        "(三)|重点领域|二、加强保障|三、强化落实",
    ] {
        assert!(lines.iter().any(|known| known == line), "{line}\n{lines:#?}");
    }
    assert!(lines.iter().any(|line| line.starts_with("(三)|依据文件|")), "{lines:#?}");
    assert!(rows.iter().any(|row| row["label"] == "(三)" && row["status"].ends_with("suspended")), "{rows:?}");
    // the next ledger shows it, and what is due follows
    let csv = well(&run(folder.path(), "ledger --format csv")).to_owned();
    assert!(csv.contains("2032-03-31,,,") && csv.contains("三、强化落实") && csv.contains("暂缓"), "{csv}");
    let due = |more: &str| well(&run(folder.path(), &format!("due --on 2031-06-30 --format csv {more}"))).to_owned();
    assert!(due("").contains("2031-12-31") && !due("").contains("2032-03-31"));
    assert!(due("--current").contains("2032-03-31") && !due("--current").contains("2031-12-31"));
}

/// Needs a spreadsheet program that writes the old form.
#[test]
fn a_ledger_saved_in_the_old_form_is_refused_with_a_hint() {
    let (folder, _) = ledger(NOTICE);
    let profile = format!("-env:UserInstallation=file://{}", folder.path().join("profile").display());
    let converted = std::process::Command::new("soffice")
        .args([&profile, "--headless", "--convert-to", "xls", "--outdir"])
        .args([folder.path(), &folder.path().join("out.xlsx")])
        .output();
    if !converted.is_ok_and(|output| output.status.success()) || !folder.path().join("out.xls").exists() {
        println!("skipped: LibreOffice is not installed");
        return;
    }
    let built = run(folder.path(), "build out.xls --store other.db");
    assert!(built.status == 2 && built.stderr.contains("save it as .xlsx"), "{}", built.stderr);
}

#[test]
fn a_role_that_was_changed_on_the_list_of_a_body_is_an_update() {
    let (folder, mut sheets) = ledger(NOTICE);
    // the health commission led the first task and the finance bureau supported it: they change places
    change_role(&mut sheets, "云川市财政局", "(一)", "牵头");
    change_role(&mut sheets, "云川市卫生健康委员会", "(一)", "配合");
    change_role(&mut sheets, "云川市教育局", "(二)", "");
    change_role(&mut sheets, "云川市卫生健康委员会", "(二)", "见附件");
    write(&folder.path().join("台账.xlsx"), &sheets);
    let built = run(folder.path(), "build 台账.xlsx");
    assert_eq!((built.status, built.stderr.matches("warning").count()), (1, 2), "{}", built.stderr);
    for words in ["云川市教育局!A", "change 牵头单位, 责任单位 and 配合单位", "use one of 牵头, 共同牵头, 负责, 配合"]
    {
        assert!(built.stderr.contains(words), "{words}\n{}", built.stderr);
    }
    let said = |row: &BTreeMap<String, String>| {
        ["label", "column", "was", "becomes", "on"].map(|name| row[name].clone()).join("|")
    };
    let rows = status(folder.path(), "--param by=王芳");
    let lines: Vec<String> = rows.iter().map(said).collect();
    assert_eq!(
        lines,
        ["(一)|牵头单位|市卫生健康委|市财政局|2031-07-01", "(一)|配合单位|市财政局|市卫生健康委|2031-07-01"]
    );
    let load = |more: &str| {
        let load = run(folder.path(), &format!("workload --format json {more}"));
        let load: serde_json::Value = serde_json::from_str(&load.stdout).unwrap();
        let departments = load["departments"].as_array().unwrap().clone();
        let line = departments.into_iter().find(|line| line["label"] == "云川市财政局").unwrap();
        (line["lead"].as_u64().unwrap(), line["supporting"].as_u64().unwrap())
    };
    assert_eq!((load(""), load("--current")), ((0, 1), (1, 0)));
    // the next ledger says so, and nothing is changed in it
    well(&run(folder.path(), "ledger -o next.xlsx"));
    let next = read(&folder.path().join("next.xlsx"));
    let finance = &next.iter().find(|(name, _)| name == "云川市财政局").unwrap().1;
    let (header, at) = place(finance, "承担角色");
    assert_eq!(finance[header + 1][at], "牵头");
    let before = statements(folder.path(), "zeren.db");
    write(&folder.path().join("next.xlsx"), &next);
    well(&run(folder.path(), "build next.xlsx"));
    assert_eq!(statements(folder.path(), "zeren.db"), before);
}

/// Changes the role of a body in a task on the list of the body.
fn change_role(sheets: &mut super::Sheets, body: &str, label: &str, role: &str) {
    let rows = &mut sheets.iter_mut().find(|(name, _)| name == body).unwrap().1;
    let ((header, at), (_, number)) = (place(rows, "承担角色"), place(rows, "序号"));
    rows[header + 1..].iter_mut().find(|row| row[number] == label).unwrap()[at] = role.to_owned();
}

#[test]
fn who_leads_together_or_alone_by_a_changed_role_is_said() {
    let leads = |folder: &std::path::Path| {
        let rows = status(folder, "");
        rows.iter().find(|row| row["column"] == "牵头单位").map(|row| row["becomes"].clone())
    };
    let (folder, mut sheets) = ledger(NOTICE);
    change_role(&mut sheets, "云川市财政局", "(一)", "牵头");
    write(&folder.path().join("台账.xlsx"), &sheets);
    let built = run(folder.path(), "build 台账.xlsx");
    let said = "which lead together: 市卫生健康委、市财政局";
    assert!(built.status == 1 && built.stderr.matches("warning").count() == 1, "{}", built.stderr);
    assert!(built.stderr.contains(said) && built.stderr.contains("云川市财政局!A"), "{}", built.stderr);
    assert_eq!(leads(folder.path()).as_deref(), Some("市卫生健康委、市财政局"), "it is an update all the same");

    let (folder, mut sheets) = ledger(NOTICE);
    change_role(&mut sheets, "云川市财政局", "(一)", "共同牵头");
    write(&folder.path().join("台账.xlsx"), &sheets);
    well(&run(folder.path(), "build 台账.xlsx"));
    change_role(&mut sheets, "云川市卫生健康委员会", "(一)", "配合");
    write(&folder.path().join("台账.xlsx"), &sheets);
    let built = run(folder.path(), "build 台账.xlsx");
    assert!(built.status == 1 && built.stderr.contains("it leads alone"), "{}", built.stderr);
    assert_eq!(leads(folder.path()).as_deref(), Some("市财政局"));
}

#[test]
fn a_role_on_a_list_that_cannot_be_told_or_of_another_body_is_said() {
    let (folder, sheets) = ledger(NOTICE);
    let read_back = |sheets: &super::Sheets| {
        write(&folder.path().join("台账.xlsx"), sheets);
        run(folder.path(), "build 台账.xlsx")
    };
    let mut renamed = sheets.clone();
    let list = renamed.iter_mut().find(|(name, _)| name == "云川市财政局").unwrap();
    list.0 = "财政".to_owned();
    let (header, _) = place(&list.1, "承担角色");
    list.1[..header].iter_mut().flatten().for_each(|words| *words = words.replace("云川市财政局", "财政"));
    assert_eq!(read_back(&renamed).status, 0, "no role was changed");
    change_role(&mut renamed, "财政", "(一)", "牵头");
    let built = read_back(&renamed);
    assert!(built.status == 1 && built.stderr.matches("warning").count() == 1, "{}", built.stderr);
    assert!(built.stderr.contains("cannot be told which body"), "{}", built.stderr);

    let mut copied = sheets;
    let row = copied[1].1.iter().find(|row| row.iter().any(|cell| cell == "(三)")).unwrap().clone();
    let heads = copied[1].1[place(&copied[1].1, "任务内容").0].clone();
    let rows = &mut copied.iter_mut().find(|(name, _)| name == "云川市财政局").unwrap().1;
    let (header, _) = place(rows, "承担角色");
    let cell = |heading: &String| match heading.as_str() {
        "承担角色" => "配合".to_owned(),
        _ => heads.iter().position(|head| head == heading).map(|at| row[at].clone()).unwrap_or_default(),
    };
    let other: Vec<String> = rows[header].iter().map(cell).collect();
    rows.push(other);
    let built = read_back(&copied);
    assert!(built.status == 1 && built.stderr.contains("`云川市财政局` has no part in this task"), "{}", built.stderr);
}

#[test]
fn what_is_said_to_be_done_stands_apart_in_what_is_due() {
    let (folder, mut sheets) = ledger(NOTICE);
    let due = |more: &str| well(&run(folder.path(), &format!("due --on 2032-02-01 {more}"))).to_owned();
    assert!(due("").starts_with("on 2032-02-01: 1 overdue, ") && !due("").contains("as ledgers say"), "{}", due(""));
    set(&mut sheets, 0, "完成状态", "办结");
    set(&mut sheets, 1, "完成状态", "滞后");
    write(&folder.path().join("台账.xlsx"), &sheets);
    well(&run(folder.path(), "build 台账.xlsx"));
    let shown = due("");
    assert!(shown.starts_with("on 2032-02-01: 0 overdue, "), "{shown}");
    assert!(shown.contains(", 1 done or given up, as ledgers say\n") && !shown.contains("\noverdue ("), "{shown}");
    let list = shown.split("\ndone or given up, as ledgers say\n").nth(1).unwrap();
    let row = list.lines().nth(1).unwrap();
    assert!(row.starts_with("2031-12-31") && row.contains("done") && row.contains("(一)"), "{shown}");
    let chinese = due("--lang zh");
    assert!(chinese.contains("\n台账填报为完成或取消\n") && chinese.contains("已完成"), "{chinese}");
    let told: serde_json::Value = serde_json::from_str(&due("--format json")).unwrap();
    assert_eq!((&told["counts"]["overdue"], &told["counts"]["closed"]), (&0.into(), &1.into()), "{told}");
    let closed = told["deadlines"].as_array().unwrap().iter().find(|line| line["status"] == "closed").unwrap();
    assert_eq!((&closed["task_status"], &closed["due"]), (&"done".into(), &"2031-12-31".into()));
    let csv = due("--format csv");
    assert!(csv.lines().any(|line| line.starts_with("closed,2031-12-31,") && line.ends_with(",done")), "{csv}");
    assert!(due("--format ics").contains("SUMMARY:[done] "), "{}", due("--format ics"));
    set(&mut sheets, 0, "完成状态", "取消");
    write(&folder.path().join("台账.xlsx"), &sheets);
    run(folder.path(), "build 台账.xlsx");
    assert!(due("--format ics").contains("STATUS:CANCELLED"), "{}", due("--format ics"));
}

#[test]
fn what_recurs_stays_where_it_is_until_it_is_given_up() {
    let notice = NOTICE.replace("修订采购目录", "每季度末报告进展");
    let (folder, mut sheets) = ledger(&notice);
    let due = |more: &str| well(&run(folder.path(), &format!("due --on 2032-02-01 {more}"))).to_owned();
    let counts = |on: &str| {
        let told: serde_json::Value = serde_json::from_str(&due(&format!("--format json {on}"))).unwrap();
        ["overdue", "recurring", "closed"].map(|kind| told["counts"][kind].as_u64().unwrap())
    };
    assert_eq!(counts(""), [1, 1, 0]);
    set(&mut sheets, 0, "完成状态", "已完成");
    set(&mut sheets, 2, "完成状态", "已完成");
    write(&folder.path().join("台账.xlsx"), &sheets);
    well(&run(folder.path(), "build 台账.xlsx"));
    assert_eq!(counts(""), [0, 1, 1]);
    let list = due("");
    let list = list.split("\nrecurring, by the next day\n").nth(1).unwrap();
    assert!(list.lines().nth(1).unwrap().contains("done"), "{list}");
    let calendar = due("--format ics");
    assert!(calendar.contains("RRULE") && calendar.matches("[done]").count() == 1, "{calendar}");
    set(&mut sheets, 2, "完成状态", "取消");
    write(&folder.path().join("台账.xlsx"), &sheets);
    run(folder.path(), "build 台账.xlsx");
    assert_eq!(counts(""), [0, 0, 2]);
    let calendar = due("--format ics");
    assert!(!calendar.contains("RRULE") && calendar.contains("STATUS:CANCELLED"), "{calendar}");
}

#[test]
fn what_was_recorded_later_than_the_day_does_not_count() {
    let (folder, mut sheets) = ledger(NOTICE);
    set(&mut sheets, 0, "完成状态", "已完成");
    set(&mut sheets, 0, "更新日期", "2032-01-20");
    write(&folder.path().join("台账.xlsx"), &sheets);
    well(&run(folder.path(), "build 台账.xlsx"));
    for (on, overdue) in [("2032-01-19", 1), ("2032-01-20", 0), ("2032-01", 0)] {
        let shown = well(&run(folder.path(), &format!("due --on {on}"))).to_owned();
        assert!(shown.contains(&format!(": {overdue} overdue, ")), "{on}: {shown}");
    }
}

#[test]
fn pages_follow_what_is_said_to_be_done() {
    let (folder, mut sheets) = ledger(NOTICE);
    let page = |name: &str| {
        well(&run(folder.path(), "report --on 2032-02-01 -o pages --lang en"));
        fs::read_to_string(folder.path().join("pages").join(name)).unwrap()
    };
    assert!(page("due.html").contains("<h2>Overdue (1)</h2>"));
    set(&mut sheets, 0, "完成状态", "已完成");
    set(&mut sheets, 0, "填报人", "李明");
    set(&mut sheets, 1, "完成状态", "滞后");
    write(&folder.path().join("台账.xlsx"), &sheets);
    well(&run(folder.path(), "build 台账.xlsx"));
    let due = page("due.html");
    assert!(!due.contains("<h2>Overdue") && due.contains("<h2>Done or given up, as ledgers say (1)</h2>"), "{due}");
    assert!(due.contains("0 overdue") && due.contains("class=\"state done\""), "{due}");
    let overview = page("index.html");
    assert!(overview.contains("<b>0</b> overdue"), "{overview}");
    let document = fs::read_dir(folder.path().join("pages/documents")).unwrap().flatten();
    let document = document.map(|entry| entry.path()).find(|path| path.is_file()).unwrap();
    assert!(fs::read_to_string(&document).unwrap().contains("class=\"state delayed\""));
    let mut tasks = fs::read_dir(document.with_extension("")).unwrap().flatten();
    assert!(tasks.any(|task| fs::read_to_string(task.path()).unwrap().contains("In the ledger")));
}
