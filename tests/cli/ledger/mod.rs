//! `zeren ledger` and what `zeren build` makes of it when it comes back.

mod handed;
mod returned;
mod rows;

use std::collections::BTreeMap;
use std::fs;
use std::io::Cursor;
use std::path::Path;

use calamine::{Data, Reader, Xlsx};
use rust_xlsxwriter::Workbook;

use crate::cli::{built, run, well};

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
