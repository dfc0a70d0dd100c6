//! What is handed out.

use std::fs;
use std::io::Cursor;
use std::path::Path;

use calamine::{Reader as _, Xlsx};

use super::{NOTICE, ledger, read, set_on, statements, status, write};
use crate::cli::{built, folder, run, well};

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

#[test]
fn a_figure_says_how_it_is_to_be_met() {
    let notice = "云川市人民政府办公室关于印发2031年健康工作要点的通知
云政办发〔2031〕7号
一、完善服务
(一)签约率不低于80%，次均费用增幅控制在3%以内，新建中心12个。(市卫生健康委负责)
云川市人民政府办公室
2031年3月5日
";
    let (_, sheets) = ledger(notice);
    let rows = &sheets[1].1;
    let (header, at) = super::place(rows, "目标指标");
    let figures = &rows[header + 1][at];
    for words in ["签约率：≥80%", "3%以内", "12个"] {
        assert!(figures.contains(words), "{words}: {figures}");
    }
    assert!(!figures.contains("≤3%以内") && !figures.contains("≥12个"), "{figures}");
}
