//! Word documents (Office Open XML, ECMA-376): one document part, nothing else.

use std::fmt::Write as _;
use std::io::{Cursor, Write as _};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

use super::super::SynthError;
use super::super::layout::{Block, Cell, Page};
use super::html::escaped;

const TYPES: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>"#;

const RELATIONS: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>"#;

/// A page as a document.
pub(super) fn docx(page: &Page) -> Result<Vec<u8>, SynthError> {
    let mut body = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<w:document xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"><w:body>",
    );
    for block in &page.blocks {
        match block {
            Block::Title(words) | Block::Centre(words) => paragraph(&mut body, words, "center"),
            Block::Right(words) => paragraph(&mut body, words, "right"),
            Block::Line(words) => paragraph(&mut body, words, ""),
            Block::Table(rows) => table(&mut body, rows),
        }
    }
    body.push_str("</w:body></w:document>");
    let mut file = ZipWriter::new(Cursor::new(Vec::new()));
    // the day on which archives begin, so that the same page gives the same bytes
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .last_modified_time(DateTime::default());
    for (name, content) in
        [("[Content_Types].xml", TYPES), ("_rels/.rels", RELATIONS), ("word/document.xml", body.as_str())]
    {
        file.start_file(name, options)?;
        file.write_all(content.as_bytes())?;
    }
    Ok(file.finish()?.into_inner())
}

fn paragraph(out: &mut String, words: &str, at: &str) {
    let place = if at.is_empty() { String::new() } else { format!("<w:pPr><w:jc w:val=\"{at}\"/></w:pPr>") };
    let _ = write!(out, "<w:p>{place}<w:r><w:t xml:space=\"preserve\">{}</w:t></w:r></w:p>", escaped(words));
}

fn table(out: &mut String, rows: &[Vec<Cell>]) {
    out.push_str("<w:tbl>");
    // rows that a cell of each column still covers
    let mut left: Vec<usize> = vec![0; rows.iter().map(Vec::len).max().unwrap_or(0)];
    for row in rows {
        out.push_str("<w:tr>");
        let mut skipped = 0;
        for (cell, left) in row.iter().zip(&mut left) {
            if skipped > 0 {
                skipped -= 1;
                continue;
            }
            match cell {
                Cell::Words(words, tall, wide) => {
                    skipped = wide - 1;
                    *left = tall - 1;
                    let spans = if *wide > 1 { format!("<w:gridSpan w:val=\"{wide}\"/>") } else { String::new() };
                    let merges = if *tall > 1 { "<w:vMerge w:val=\"restart\"/>" } else { "" };
                    let _ = write!(out, "<w:tc><w:tcPr>{spans}{merges}</w:tcPr>");
                    for line in words.split('\n') {
                        paragraph(out, line, "");
                    }
                    out.push_str("</w:tc>");
                }
                Cell::Covered => {
                    let merges = if *left > 0 { "<w:vMerge/>" } else { "" };
                    *left = left.saturating_sub(1);
                    let _ = write!(out, "<w:tc><w:tcPr>{merges}</w:tcPr><w:p/></w:tc>");
                }
            }
        }
        out.push_str("</w:tr>");
    }
    out.push_str("</w:tbl>");
}
