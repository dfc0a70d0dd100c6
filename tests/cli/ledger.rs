//! `zeren ledger` and what `zeren build` makes of it when it comes back.

use std::collections::BTreeMap;
use std::fs;
use std::io::Cursor;
use std::path::Path;

use calamine::{Data, Reader, Xlsx};
use rust_xlsxwriter::Workbook;

use crate::cli::{built, folder, run, well};

const NOTICE: &str = "云川市人民政府办公室关于印发2031年健康工作要点的通知
云政办发〔2031〕7号
一、完善服务
(一)新建社区卫生服务中心12个，2031年底前完成。(市卫生健康委牵头，市财政局配合)
(二)推进校园健康促进。(市教育局、市卫生健康委按职责分工负责)
二、加强保障
(三)落实《云川市健康条例》，修订采购目录。(市医保局负责)
云川市人民政府办公室
2031年3月5日
";

/// Every sheet of a workbook by name, in order, cell by cell; days as ISO 8601.
type Sheets = Vec<(String, Vec<Vec<String>>)>;

fn read(path: &Path) -> Sheets {
    let mut book: Xlsx<_> = calamine::open_workbook_from_rs(Cursor::new(fs::read(path).unwrap())).unwrap();
    let words = |cell: &Data| match cell {
        Data::DateTime(day) => {
            let (year, month, day, ..) = day.to_ymd_hms_milli();
            format!("{year:04}-{month:02}-{day:02}")
        }
        other => other.to_string(),
    };
    let rows = |range: calamine::Range<Data>| range.rows().map(|row| row.iter().map(words).collect()).collect();
    book.sheet_names().into_iter().map(|name| (name.clone(), rows(book.worksheet_range(&name).unwrap()))).collect()
}

/// Writes sheets as another program might: words alone, saved by somebody on a day.
fn write(path: &Path, sheets: &Sheets) {
    let mut book = Workbook::new();
    let day = rust_xlsxwriter::ExcelDateTime::from_ymd(2031, 7, 1).unwrap();
    book.set_properties(&rust_xlsxwriter::DocProperties::new().set_author("王芳").set_creation_datetime(&day));
    for (name, rows) in sheets {
        let sheet = book.add_worksheet();
        sheet.set_name(name).unwrap();
        for (row, cells) in (0..).zip(rows) {
            for (column, cell) in (0..).zip(cells) {
                sheet.write_string(row, column, cell).unwrap();
            }
        }
    }
    book.save(path).unwrap();
}

/// The row and column of the headings of a sheet.
fn place(rows: &[Vec<String>], heading: &str) -> (usize, usize) {
    let header = rows.iter().position(|row| row.iter().any(|cell| cell == "任务内容")).unwrap();
    (header, rows[header].iter().position(|cell| cell == heading).unwrap())
}

/// Sets a cell of the sheet of the document: the row from 0 below the headings.
fn set(sheets: &mut Sheets, row: usize, heading: &str, words: &str) {
    set_on(sheets, 1, row, heading, words);
}

fn set_on(sheets: &mut Sheets, sheet: usize, row: usize, heading: &str, words: &str) {
    let rows = &mut sheets[sheet].1;
    let (header, column) = place(rows, heading);
    rows[header + 1 + row][column] = words.to_owned();
}

fn ledger(notice: &str) -> (tempfile::TempDir, Sheets) {
    let folder = built(&[("notice.txt", notice)]);
    well(&run(folder.path(), "ledger -o out.xlsx"));
    let sheets = read(&folder.path().join("out.xlsx"));
    (folder, sheets)
}

/// What all graphs of a store say, but for what describes the whole.
fn statements(folder: &Path, store: &str) -> Vec<String> {
    let dump = run(folder, &format!("dump --store {store}"));
    assert_eq!(dump.status, 0, "{}", dump.stderr);
    let own = |line: &&str| !line.contains("<https://w3id.org/zeren/dataset");
    dump.stdout.lines().filter(own).map(str::to_owned).collect()
}

fn status(folder: &Path, more: &str) -> Vec<BTreeMap<String, String>> {
    let answer = run(folder, &format!("query status --format csv {more}"));
    assert_eq!(answer.status, 0, "{}", answer.stderr);
    let mut reader = csv::Reader::from_reader(answer.stdout.as_bytes());
    reader.deserialize().map(Result::unwrap).collect()
}

#[test]
fn a_ledger_that_nobody_changed_gives_the_same_graph() {
    let samples = Path::new(env!("CARGO_MANIFEST_DIR")).join("data/samples");
    let folder = folder(&[]);
    let built = run(folder.path(), &format!("build {}", samples.display()));
    assert!(built.status <= 1, "{}", built.stderr);
    well(&run(folder.path(), "ledger -o out.xlsx"));
    well(&run(folder.path(), "ledger -o again.xlsx"));
    assert_eq!(fs::read(folder.path().join("out.xlsx")).unwrap(), fs::read(folder.path().join("again.xlsx")).unwrap());
    well(&run(folder.path(), "build out.xlsx --store other.db"));
    let before = statements(folder.path(), "zeren.db");
    assert!(before.len() > 5000, "{}", before.len());
    assert_eq!(before, statements(folder.path(), "other.db"));
    // nor does it change the store that it was made from, whatever program saved it meanwhile
    write(&folder.path().join("out.xlsx"), &read(&folder.path().join("out.xlsx")));
    let again = run(folder.path(), "build out.xlsx --format json");
    assert!(again.stdout.contains("\"status\":\"unchanged\""), "{}", again.stdout);
    assert_eq!(before, statements(folder.path(), "zeren.db"));
}

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
fn cells_are_inert_and_names_of_sheets_legal() {
    let strange = "云川市人民政府办公室关于印发=1+1[重点]任务的通知
一、=HYPERLINK(\"http://x\")
(一)@SUM(A1)推进'改革'*?。(市卫生健康委负责)
(二)=cmd|'/c calc'!A1推进改革。(市财政局负责)
(三)<script>alert(1)</script>&amp;推进保障_x000D_。(市医保局负责)
";
    let (folder, sheets) = ledger(strange);
    for (name, rows) in &sheets {
        assert!(
            name.encode_utf16().count() <= 31 && !name.contains(['[', ']', ':', '*', '?', '/', '\\', '\'']),
            "{name}"
        );
        assert!(!rows.is_empty());
    }
    let mut book: Xlsx<_> =
        calamine::open_workbook_from_rs(Cursor::new(fs::read(folder.path().join("out.xlsx")).unwrap())).unwrap();
    for (name, _) in &sheets {
        let formulas = book.worksheet_formula(name).unwrap();
        for (.., formula) in formulas.used_cells() {
            let ours = ["IF(", "IFERROR(", "COUNTIF("].iter().any(|start| formula.starts_with(start));
            assert!(formula.is_empty() || ours, "{formula}");
            assert!(!formula.contains("HYPERLINK") && !formula.contains("cmd"), "{formula}");
        }
    }
    let tasks: String = sheets[1].1.iter().flatten().cloned().collect();
    assert!(tasks.contains("<script>alert(1)</script>") && tasks.contains("_x000D_"), "{tasks}");
    let csv = well(&run(folder.path(), "ledger --format csv --bom")).to_owned();
    assert!(csv.starts_with('\u{feff}'));
    let mut reader = csv::Reader::from_reader(csv.trim_start_matches('\u{feff}').as_bytes());
    for cell in reader.records().flat_map(|row| row.unwrap().iter().map(str::to_owned).collect::<Vec<_>>()) {
        assert!(!cell.starts_with(['=', '+', '-', '@', '\t', '\r']), "{cell}");
    }
    well(&run(folder.path(), "build out.xlsx --store other.db"));
    assert_eq!(statements(folder.path(), "zeren.db"), statements(folder.path(), "other.db"));
}

#[test]
fn filters_narrow_the_ledger_and_nothing_is_not_written() {
    let (folder, _) = ledger(NOTICE);
    well(&run(folder.path(), "ledger --body 云川市医疗保障局 -o one.xlsx"));
    let sheets = read(&folder.path().join("one.xlsx"));
    let names: Vec<&str> = sheets.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(names, ["目录", "云政办发〔2031〕7号", "云川市医疗保障局", "zeren"]);
    let nothing = run(folder.path(), "ledger --year 1999 -o none.xlsx");
    assert!(nothing.status == 1 && nothing.stderr.contains("no task is in scope"), "{}", nothing.stderr);
    assert!(!folder.path().join("none.xlsx").exists());
    let wrong = run(folder.path(), "ledger -o out.docx");
    assert!(wrong.status == 2 && wrong.stderr.contains("use .xlsx or .csv"), "{}", wrong.stderr);
}

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

#[test]
fn rows_of_two_documents_that_read_alike_are_told_apart() {
    let other = NOTICE.replace("〔2031〕7号", "〔2031〕8号").replace("(三)落实", "(三)实施");
    let folder = built(&[("a.txt", NOTICE), ("b.txt", &other)]);
    well(&run(folder.path(), "ledger -o out.xlsx"));
    let mut sheets = read(&folder.path().join("out.xlsx"));
    assert_eq!(sheets[2].0, "云政办发〔2031〕8号");
    set_on(&mut sheets, 2, 0, "任务标识", "");
    set_on(&mut sheets, 2, 0, "完成状态", "已完成");
    set_on(&mut sheets, 2, 1, "完成状态", "滞后");
    write(&folder.path().join("out.xlsx"), &sheets);
    well(&run(folder.path(), "build out.xlsx"));
    let of = status(folder.path(), "");
    assert!(of.len() == 2 && of.iter().all(|row| row["doc"].contains("8号")), "{of:?}");
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

/// The parts of the workbook that only show in a spreadsheet.
#[test]
fn sheets_are_made_to_be_kept_and_printed() {
    let (folder, _) = ledger(NOTICE);
    let bytes = fs::read(folder.path().join("out.xlsx")).unwrap();
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut part = |name: &str| std::io::read_to_string(archive.by_name(name).unwrap()).unwrap();
    let sheet = part("xl/worksheets/sheet2.xml");
    for words in [
        "<pane ",
        "state=\"frozen\"",
        "<autoFilter ref=",
        "SUBTOTAL(103,$B3)",
        "<dataValidation type=\"list\"",
        "未启动,推进中,已完成,滞后,暂缓,取消",
        "TODAY()",
        "orientation=\"landscape\"",
        "paperSize=\"9\"",
        "fitToHeight=\"0\"",
        "&amp;P",
        "hidden=\"1\"",
        "location=\"&apos;云川市卫生健康委员会&apos;!A3\"",
    ] {
        assert!(sheet.contains(words) || sheet.contains(&words.replace("&apos;", "'")), "{words}\n{sheet}");
    }
    // cells merged below the headings keep spreadsheets from sorting
    assert!(sheet.contains("<mergeCells count=\"2\">"), "only those above the headings: {sheet}");
    let book = part("xl/workbook.xml");
    assert!(book.contains("_xlnm.Print_Titles") && book.contains("state=\"hidden\""), "{book}");
    assert!(part("docProps/core.xml").contains("2000-01-01"));
}
