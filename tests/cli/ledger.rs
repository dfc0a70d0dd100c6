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
    let rows = &mut sheets[1].1;
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
        "<mergeCell ref=\"B4:B5\"/>",
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
    let book = part("xl/workbook.xml");
    assert!(book.contains("_xlnm.Print_Titles") && book.contains("state=\"hidden\""), "{book}");
    assert!(part("docProps/core.xml").contains("2000-01-01"));
}
