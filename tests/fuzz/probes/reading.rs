//! From bytes to facts and findings.

use std::io::{Cursor, Write};

use zeren::correct;
use zeren::date::Date;
use zeren::ledger::{Carried, Returned};
use zeren::numeral;
use zeren::pipeline::{Checked, check};
use zeren::read::{Grid, GridSheet, read_bytes, read_grid, read_grid_csv};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::{NOTICE, choice};

/// Endings of the names of files.
const ENDINGS: [&str; 8] = ["txt", "html", "csv", "docx", "xlsx", "xls", "ods", "pdf"];

/// A file whose ending is said by the first byte.
pub(crate) fn files(data: &[u8]) {
    let Some((ending, content)) = choice(data, &ENDINGS) else { return };
    look(&format!("notice.{ending}"), content);
    let _ = read_grid(content);
    let _ = read_grid_csv("ledger.csv", content, "z:");
}

/// A container whose first part is said by the first byte, and holds the bytes.
pub(crate) fn parts(data: &[u8]) {
    const KINDS: [(&str, &str); 6] = [
        ("docx", "word/document.xml"),
        ("docx", "word/numbering.xml"),
        ("xlsx", "xl/worksheets/sheet1.xml"),
        ("xlsx", "xl/sharedStrings.xml"),
        ("xlsx", "xl/workbook.xml"),
        ("ods", "content.xml"),
    ];
    let Some(((ending, part), content)) = choice(data, &KINDS) else { return };
    let Some(file) = container(ending, part, content) else { return };
    look(&format!("notice.{ending}"), &file);
}

/// What stands in the brackets behind a task, and in a cell of a table.
pub(crate) fn clauses(data: &[u8]) {
    let words = String::from_utf8_lossy(data);
    look(
        "notice.txt",
        format!("云川省2024年重点任务\n一、制度\n(一)健全制度。({words})\n(二)安排资金。(省财政厅负责)\n").as_bytes(),
    );
    let cell = words.replace('"', "\"\"");
    look(
        "notice.csv",
        format!("序号,重点任务,牵头单位,责任单位,完成时限\n1,健全制度,\"{cell}\",省财政厅,2024年底\n2,安排资金,省财政厅,\"{cell}\",长期\n")
            .as_bytes(),
    );
}

/// Figures, numerals and dates.
pub(crate) fn quantities(data: &[u8]) {
    let words = String::from_utf8_lossy(data);
    let _ = numeral::parse(&words);
    let _ = Date::parse_iso(&words);
    look(
        "notice.txt",
        format!("云川省2024年重点任务\n一、制度\n(一){words}。(省卫生健康委负责，{words}前完成)\n").as_bytes(),
    );
}

/// Corrections of a notice.
pub(crate) fn corrections(data: &[u8]) {
    let Ok(corrections) = correct::read("notice.zeren.toml", &String::from_utf8_lossy(data)) else { return };
    if let Ok(source) = read_bytes("notice.txt", NOTICE.as_bytes()) {
        hold(&check(source, Some(&corrections)));
    }
}

/// A ledger that comes back: sheets are separated by form feeds, rows by lines, cells by tabulators.
pub(crate) fn ledgers(data: &[u8]) {
    let words = String::from_utf8_lossy(data);
    let row = |line: &str| line.split('\t').map(str::to_owned).collect();
    let sheet = |text: &str| {
        let (name, rows) = text.split_once('\n').unwrap_or((text, ""));
        GridSheet { name: name.to_owned(), rows: rows.lines().map(row).collect() }
    };
    let grid = Grid { sheets: words.split('\u{c}').map(sheet).collect(), ..Grid::default() };
    let _ = Returned::new(&grid);
    let _ = Returned::beside(&grid, Carried::default());
}

fn look(name: &str, content: &[u8]) {
    if let Ok(source) = read_bytes(name, content) {
        hold(&check(source, None));
    }
}

/// Every place lies in the text.
fn hold(checked: &Checked) {
    let length = checked.text.as_str().chars().count();
    let findings = checked.findings.iter().filter_map(|finding| finding.span);
    let tasks = checked.facts.tasks.iter().map(|entry| entry.task.span);
    for span in findings.chain(tasks) {
        assert!(span.start <= span.end && span.end <= length, "{span:?} of {length}");
    }
}

/// A container of stored parts; beside the one that is given there are those without which readers give up at once.
fn container(ending: &str, part: &str, content: &[u8]) -> Option<Vec<u8>> {
    const PARTS: [(&str, &str, &str); 6] = [
        (
            "docx",
            "word/document.xml",
            "<w:document xmlns:w=\"w\"><w:body><w:p><w:pPr><w:numPr><w:ilvl w:val=\"0\"/><w:numId w:val=\"1\"/></w:numPr></w:pPr><w:r><w:t>制度</w:t></w:r></w:p></w:body></w:document>",
        ),
        (
            "xlsx",
            "xl/workbook.xml",
            "<workbook xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\"><sheets><sheet name=\"a\" sheetId=\"1\" r:id=\"r1\"/></sheets></workbook>",
        ),
        (
            "xlsx",
            "xl/_rels/workbook.xml.rels",
            "<Relationships><Relationship Id=\"r1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet\" Target=\"worksheets/sheet1.xml\"/></Relationships>",
        ),
        (
            "xlsx",
            "xl/worksheets/sheet1.xml",
            "<worksheet><sheetData><row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c><c r=\"B1\" t=\"s\"><v>1</v></c></row></sheetData></worksheet>",
        ),
        ("xlsx", "xl/sharedStrings.xml", "<sst><si><t>序号</t></si><si><t>责任单位</t></si></sst>"),
        ("ods", "mimetype", "application/vnd.oasis.opendocument.spreadsheet"),
    ];
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    let mut put = |name: &str, content: &[u8]| {
        writer.start_file(name, options).ok()?;
        writer.write_all(content).ok()
    };
    for (_, name, usual) in PARTS.iter().filter(|(kind, name, _)| *kind == ending && *name != part) {
        put(name, usual.as_bytes())?;
    }
    put(part, content)?;
    Some(writer.finish().ok()?.into_inner())
}
