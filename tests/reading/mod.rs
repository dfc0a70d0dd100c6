//! Containers: what their structure says survives.

mod encodings;
mod fuzz;

use std::fmt::Write as _;
use std::io::{Cursor, Write};

use zeren::read::{Block, ReadError, Source, read_bytes};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

/// A container of some parts.
fn container(parts: &[(&str, &str)]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in parts {
        writer.start_file(*name, SimpleFileOptions::default()).unwrap();
        writer.write_all(content.as_bytes()).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

/// A text document of some body, with lists and notes.
fn docx(body: &str) -> Source {
    const NUMBERING: &str = r#"<w:numbering xmlns:w="w">
        <w:abstractNum w:abstractNumId="7">
          <w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="%1、"/></w:lvl>
          <w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="（%2）"/></w:lvl>
          <w:lvl w:ilvl="2"><w:start w:val="3"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%3."/></w:lvl>
        </w:abstractNum>
        <w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num></w:numbering>"#;
    const STYLES: &str = r#"<w:styles xmlns:w="w"><w:style w:styleId="head"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style></w:styles>"#;
    const NOTES: &str = r#"<w:footnotes xmlns:w="w"><w:footnote w:type="separator"><w:p><w:r><w:t>线</w:t></w:r></w:p></w:footnote>
        <w:footnote w:id="2"><w:p><w:r><w:t>列第一位的为牵头单位。</w:t></w:r></w:p></w:footnote></w:footnotes>"#;
    let body = format!(r#"<w:document xmlns:w="w" xmlns:mc="mc"><w:body>{body}</w:body></w:document>"#);
    let parts = [
        ("word/document.xml", body.as_str()),
        ("word/numbering.xml", NUMBERING),
        ("word/styles.xml", STYLES),
        ("word/footnotes.xml", NOTES),
    ];
    read_bytes("a.docx", &container(&parts)).unwrap()
}

fn paragraph(properties: &str, words: &str) -> String {
    format!("<w:p><w:pPr>{properties}</w:pPr><w:r><w:t>{words}</w:t></w:r></w:p>")
}

fn numbered(level: usize, words: &str) -> String {
    paragraph(&format!(r#"<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="1"/></w:numPr>"#), words)
}

#[test]
fn automatic_numbers_are_restored() {
    let body = [
        paragraph(r#"<w:pStyle w:val="head"/>"#, "制度"),
        numbered(1, "健全甲"),
        numbered(1, "健全乙"),
        numbered(2, "其一"),
        paragraph(r#"<w:pStyle w:val="head"/>"#, "落实"),
        numbered(1, "推进丙"),
        paragraph(r#"<w:pStyle w:val="head"/><w:numPr><w:numId w:val="0"/></w:numPr>"#, "无号"),
    ];
    let source = docx(&body.concat());
    let lines: Vec<&str> = source.text.as_str().lines().collect();
    assert_eq!(
        lines,
        [
            "一、制度",
            "（一）健全甲",
            "（二）健全乙",
            "3.其一",
            "二、落实",
            "（一）推进丙",
            "无号",
            "列第一位的为牵头单位。"
        ]
    );
}

#[test]
fn changes_are_read_as_accepted_and_boxes_in_their_place() {
    let body = "<w:p><w:r><w:t>市财政局</w:t></w:r><w:del><w:r><w:delText>牵头</w:delText></w:r></w:del>\
        <w:ins><w:r><w:t>负责</w:t></w:r></w:ins><w:r><w:fldChar/><w:instrText>PAGE</w:instrText></w:r>\
        <w:r><mc:AlternateContent><mc:Choice><w:txbxContent><w:p><w:r><w:t>框内</w:t></w:r></w:p></w:txbxContent></mc:Choice>\
        <mc:Fallback><w:txbxContent><w:p><w:r><w:t>框内</w:t></w:r></w:p></w:txbxContent></mc:Fallback></mc:AlternateContent></w:r></w:p>";
    let source = docx(body);
    assert_eq!(source.text.as_str(), "市财政局负责\n框内\n列第一位的为牵头单位。\n");
}

#[test]
fn notes_stand_behind_what_cites_them() {
    let cites =
        |words: &str| format!(r#"<w:p><w:r><w:t>{words}</w:t></w:r><w:r><w:footnoteReference w:id="2"/></w:r></w:p>"#);
    let source = docx(&format!("{}{}", cites("（一）健全甲（市财政局、市民政局）"), paragraph("", "后文")));
    assert_eq!(source.text.as_str(), "（一）健全甲（市财政局、市民政局）\n列第一位的为牵头单位。\n后文\n");
    let row = format!("<w:tbl><w:tr><w:tc>{}</w:tc><w:tc>{}</w:tc></w:tr></w:tbl>", cites("甲"), paragraph("", "乙"));
    let source = docx(&format!("{row}{}", paragraph("", "后文")));
    assert_eq!(source.text.as_str(), "甲\t乙\n列第一位的为牵头单位。\n后文\n");
}

#[test]
fn bold_bodies_lead_where_a_legend_says_so() {
    let cell = |runs: &str| format!("<w:tc><w:p>{runs}</w:p></w:tc>");
    let plain = |words: &str| format!("<w:r><w:t>{words}</w:t></w:r>");
    let bold = |words: &str| format!("<w:r><w:rPr><w:b/></w:rPr><w:t>{words}</w:t></w:r>");
    let row = |cells: [String; 3]| format!("<w:tr>{}</w:tr>", cells.map(|runs| cell(&runs)).concat());
    let table = [
        row([bold("序号"), bold("任务"), bold("责任单位")]),
        row([plain("1"), plain("健全甲制度。"), bold("市财政局") + &plain("、市民政局")]),
        row([plain("2"), plain("健全乙制度。"), plain("市教育局、") + &bold("市民政局")]),
    ];
    let legend = paragraph("", "注：责任单位中黑体加粗的为牵头单位。");
    let source = docx(&format!("<w:tbl>{}</w:tbl>{legend}", table.concat()));
    assert!(source.text.as_str().starts_with("序号\t任务\t责任单位\n"));
    let (facts, _) = zeren::pipeline::facts_of(source);
    let leads: Vec<Vec<&str>> = facts
        .tasks
        .iter()
        .map(|task| task.task.responsibilities.iter().map(|party| party.role.as_str()).collect())
        .collect();
    assert_eq!(leads, [["lead", "responsible"], ["responsible", "lead"]]);
}

#[test]
fn lists_count_anew_where_they_say_so_and_numbers_stand_apart() {
    let level = |index: u8, format: &str, text: &str, more: &str| {
        format!(
            r#"<w:lvl w:ilvl="{index}"><w:start w:val="1"/><w:numFmt w:val="{format}"/>{more}<w:lvlText w:val="{text}"/></w:lvl>"#
        )
    };
    let numbering = format!(
        r#"<w:numbering xmlns:w="w"><w:abstractNum w:abstractNumId="0">{}{}</w:abstractNum>
        <w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="0"/>
        <w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num></w:numbering>"#,
        level(0, "chineseCounting", "%1、", ""),
        level(1, "decimal", "%1.%2", "<w:isLgl/>"),
    );
    let item = |list: u8, level: u8, words: &str| {
        paragraph(&format!(r#"<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{list}"/></w:numPr>"#), words)
    };
    let serial =
        |words: &str| format!("<w:tr><w:tc>{}</w:tc><w:tc>{}</w:tc></w:tr>", item(1, 1, ""), paragraph("", words));
    let body = [
        item(1, 0, "甲"),
        item(1, 1, "乙"),
        format!("<w:tbl>{}{}</w:tbl>", serial("丙"), serial("丁")),
        item(2, 0, "戊"),
        item(2, 0, "己"),
    ];
    let body = format!(r#"<w:document xmlns:w="w"><w:body>{}</w:body></w:document>"#, body.concat());
    let parts = [("word/document2.xml", body.as_str()), ("word/numbering.xml", numbering.as_str())];
    let source = read_bytes("a.docx", &container(&parts)).unwrap();
    assert_eq!(source.text.as_str(), "一、甲\n1.1 乙\n1.2 \t丙\n1.3 \t丁\n一、戊\n二、己\n");
}

#[test]
fn deleted_rows_hidden_words_and_tables_for_layout_are_no_content() {
    let cell = |words: &str| format!("<w:tc>{}</w:tc>", paragraph("", words));
    let row = |properties: &str, words: [&str; 2]| {
        format!("<w:tr><w:trPr>{properties}</w:trPr>{}</w:tr>", words.map(cell).concat())
    };
    let table = [
        row("", ["任务", "责任单位"]),
        row(r#"<w:del w:id="1"/>"#, ["旧任务", "市旧局"]),
        format!(r#"<w:tr><w:trPr><w:gridBefore w:val="1"/></w:trPr>{}</w:tr>"#, cell("市财政局")),
    ];
    let table = format!("<w:tbl>{}</w:tbl>", table.concat());
    let hidden = "<w:p><w:r><w:t>附件</w:t></w:r><w:r><w:rPr><w:vanish/></w:rPr><w:t>略</w:t></w:r></w:p>";
    let source = docx(&format!("<w:tbl><w:tr><w:tc>{hidden}{table}</w:tc></w:tr></w:tbl>"));
    assert!(source.text.as_str().starts_with("附件\n任务\t责任单位\n市财政局\n"), "{}", source.text.as_str());
    let Some(Block::Table(table)) = source.blocks.get(1) else { panic!("no table: {:?}", source.blocks) };
    assert_eq!(table.text(&source.text, 1, 1), "市财政局");
}

#[test]
fn merged_cells_cover_their_rows_and_columns() {
    let cell =
        |properties: &str, words: &str| format!("<w:tc><w:tcPr>{properties}</w:tcPr>{}</w:tc>", paragraph("", words));
    let row = |cells: &[String]| format!("<w:tr>{}</w:tr>", cells.concat());
    let body = [
        row(&[cell("", "序号"), cell("", "任务"), cell("", "责任单位")]),
        row(&[cell(r#"<w:gridSpan w:val="3"/>"#, "一、制度")]),
        row(&[cell("", "1"), cell("", "甲"), cell(r#"<w:vMerge w:val="restart"/>"#, "市财政局、市民政局")]),
        row(&[cell("", "2"), cell("", "乙"), cell("<w:vMerge/>", "")]),
    ];
    let source = docx(&format!("<w:tbl>{}</w:tbl>", body.concat()));
    let Some(Block::Table(table)) = source.blocks.first() else { panic!("no table: {:?}", source.blocks) };
    assert_eq!(table.text(&source.text, 1, 2), "一、制度");
    assert_eq!(table.rows[3][2], table.rows[2][2]);
    let (facts, _) = zeren::pipeline::facts_of(source);
    let parties: Vec<usize> = facts.tasks.iter().map(|task| task.task.responsibilities.len()).collect();
    assert_eq!(parties, [2, 2]);
    assert!(facts.tasks[1].task.inherited && !facts.tasks[0].task.inherited);
}

#[test]
fn broken_containers_say_so() {
    let whole = container(&[("word/document.xml", "<w:document")]);
    assert!(matches!(read_bytes("a.docx", &whole), Err(ReadError::Xml(_))));
    assert!(matches!(read_bytes("a.docx", &whole[..40]), Err(ReadError::Archive(_))));
    assert!(matches!(read_bytes("a.ofd", &container(&[("OFD.xml", "<a/>")])), Err(ReadError::Container(_))));
    let empty = container(&[("word/document.xml", r#"<w:document xmlns:w="w"><w:body/></w:document>"#)]);
    assert!(matches!(read_bytes("a.docx", &empty), Err(ReadError::Empty)));
}

/// A workbook of one sheet: rows of cells, ranges merged.
fn xlsx(rows: &[&[&str]], merged: &[&str]) -> Vec<u8> {
    let cell = |row: usize, column: usize, words: &str| {
        let letter = char::from(b'A' + u8::try_from(column).unwrap());
        format!(r#"<c r="{letter}{}" t="inlineStr"><is><t xml:space="preserve">{words}</t></is></c>"#, row + 1)
    };
    let mut sheet = String::new();
    for (index, row) in rows.iter().enumerate() {
        let cells: Vec<String> = row.iter().enumerate().map(|(column, words)| cell(index, column, words)).collect();
        write!(sheet, r#"<row r="{}">{}</row>"#, index + 1, cells.concat()).unwrap();
    }
    let merged: Vec<String> = merged.iter().map(|range| format!(r#"<mergeCell ref="{range}"/>"#)).collect();
    let merged = merged.concat();
    let main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    let relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let package = "http://schemas.openxmlformats.org/package/2006/relationships";
    container(&[
        (
            "_rels/.rels",
            &format!(
                r#"<Relationships xmlns="{package}"><Relationship Id="rId1" Type="{relations}/officeDocument" Target="xl/workbook.xml"/></Relationships>"#
            ),
        ),
        (
            "xl/workbook.xml",
            &format!(
                r#"<workbook xmlns="{main}" xmlns:r="{relations}"><sheets><sheet name="台账" sheetId="1" r:id="rId1"/></sheets></workbook>"#
            ),
        ),
        (
            "xl/_rels/workbook.xml.rels",
            &format!(
                r#"<Relationships xmlns="{package}"><Relationship Id="rId1" Type="{relations}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>"#
            ),
        ),
        (
            "xl/worksheets/sheet1.xml",
            &format!(
                r#"<worksheet xmlns="{main}"><sheetData>{sheet}</sheetData><mergeCells>{merged}</mergeCells></worksheet>"#
            ),
        ),
    ])
}

#[test]
fn workbooks_keep_merged_cells_and_name_them() {
    let rows: [&[&str]; 5] = [
        &["云川省2024年任务台账", "", "", ""],
        &["序号", "工作任务", "牵头部门", "完成时限"],
        &["1", "健全甲", "省财政厅、省民政厅", "2024年6月底"],
        &["2", "健全乙", "", "2024年底"],
        &["3", "健全丙", "省教育厅", "持续推进"],
    ];
    let source = read_bytes("a.xlsx", &xlsx(&rows, &["A1:D1", "C3:C4"])).unwrap();
    let (facts, text) = zeren::pipeline::facts_of(source);
    assert_eq!(facts.head.title.as_deref(), Some("云川省2024年任务台账"));
    let parties = |task: usize| -> Vec<(String, Option<String>)> {
        let parties = &facts.tasks[task].task.responsibilities;
        parties.iter().map(|party| (text.slice(party.span).to_owned(), party.cell.clone())).collect()
    };
    let both =
        [("省财政厅", "台账!C3"), ("省民政厅", "台账!C3")].map(|(name, cell)| (name.to_owned(), Some(cell.to_owned())));
    assert_eq!(parties(0), both);
    assert_eq!(parties(1), both);
    assert_eq!(parties(2), [("省教育厅".to_owned(), Some("台账!C5".to_owned()))]);
    let due: Vec<String> = facts.tasks.iter().map(|task| task.task.deadlines[0].relation.as_str().to_owned()).collect();
    assert_eq!(due, ["by", "by", "ongoing"]);
}

#[test]
fn hidden_rows_and_columns_of_workbooks_are_left_out_and_reported() {
    let cell = |place: &str, words: &str| format!(r#"<c r="{place}" t="str"><v>{words}</v></c>"#);
    let row = |number: u8, more: &str, words: [&str; 3]| {
        let cells: String = ["A", "B", "C"]
            .iter()
            .zip(words)
            .map(|(letter, words)| cell(&format!("{letter}{number}"), words))
            .collect();
        format!(r#"<row r="{number}"{more}>{cells}</row>"#)
    };
    let sheet = |properties: &str| {
        let rows = [
            row(1, "", ["任务", "备用", "责任单位"]),
            row(2, r#" hidden="1""#, ["旧任务", "旧", "省旧局"]),
            row(3, "", ["健全甲", "旧", "省财政厅"]),
        ];
        format!(
            r#"<worksheet xmlns="m">{properties}<cols><col min="2" max="2" hidden="1"/></cols><sheetData>{}</sheetData></worksheet>"#,
            rows.concat()
        )
    };
    let book = r#"<workbook xmlns="m"><sheets><sheet name="台账" sheetId="1"/></sheets></workbook>"#;
    let read = |properties: &str| {
        let parts = [("xl/workbook.xml", book), ("xl/worksheets/sheet1.xml", &sheet(properties))];
        read_bytes("a.xlsx", &container(&parts)).unwrap()
    };
    let source = read("");
    assert_eq!(source.text.as_str(), "任务\t\t责任单位\n健全甲\t\t省财政厅\n");
    assert_eq!(source.findings.len(), 1);
    assert!(source.findings[0].message.en.contains("hidden rows or columns"));
    let filtered = read(r#"<sheetPr filterMode="1"/>"#);
    assert_eq!(filtered.text.as_str(), "任务\t\t责任单位\n旧任务\t\t省旧局\n健全甲\t\t省财政厅\n");
}

#[test]
fn open_document_workbooks_are_read() {
    let cell = |words: &str| {
        format!("<table:table-cell office:value-type=\"string\"><text:p>{words}</text:p></table:table-cell>")
    };
    let row = |words: &[&str]| {
        format!("<table:table-row>{}</table:table-row>", words.iter().map(|words| cell(words)).collect::<String>())
    };
    let content = format!(
        r#"<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:spreadsheet><table:table table:name="表">{}{}</table:table></office:spreadsheet></office:body></office:document-content>"#,
        row(&["序号", "工作任务", "责任单位"]),
        row(&["1", "健全甲", "省财政厅"]),
    );
    let manifest = r#"<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>"#;
    let files = [
        ("mimetype", "application/vnd.oasis.opendocument.spreadsheet"),
        ("content.xml", content.as_str()),
        ("META-INF/manifest.xml", manifest),
    ];
    let (facts, _) = zeren::pipeline::facts_of(read_bytes("a.ods", &container(&files)).unwrap());
    let party = &facts.tasks[0].task.responsibilities[0];
    assert_eq!((party.name.as_str(), party.cell.as_deref()), ("省财政厅", Some("表!C2")));
}
