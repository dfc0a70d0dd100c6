//! A page as a document that an office can edit (DOCX, ISO/IEC 29500): its headings, paragraphs, lists and tables, without
//! what print leaves out.

use std::io::{Cursor, Seek, Write};

use maud::{Markup, PreEscaped, html};
use scraper::{ElementRef, Html, Selector};
use zip::write::SimpleFileOptions;
use zip::{DateTime, ZipWriter};

use super::document::is_day;
use crate::render::cells;

const MAIN: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
const PACKAGE: &str = "http://schemas.openxmlformats.org/package/2006";
const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const KIND: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml";

/// The width of the text on a page of A4 in twentieths of a point, at margins of 20 mm.
const WIDTH: usize = 9_638;

/// The fewest and the most cells that a column is taken to need.
const COLUMN: (usize, usize) = (6, 40);

/// Up to so many cells a column is not broken over lines.
const NARROW: usize = 13;

/// The width of a cell of half a character, and of the margins of a column, in twentieths of a point.
const CELL: usize = 90;
const MARGINS: usize = 180;

/// Why no document was written.
#[derive(Debug, thiserror::Error)]
#[error("the document cannot be packed: {0}")]
pub struct DocxError(#[from] zip::result::ZipError);

/// A page, as [`super::Site::html`] makes it, as DOCX. The same page gives the same bytes.
///
/// # Errors
///
/// [`DocxError`], if it cannot be packed.
pub fn docx(page: &str) -> Result<Vec<u8>, DocxError> {
    let page = Html::parse_document(page);
    let main = Selector::parse("main").ok().and_then(|main| page.select(&main).next());
    let lang = if page.root_element().value().attr("lang") == Some("en") { "en-US" } else { "zh-CN" };
    let mut parts = Vec::new();
    if let Some(main) = main {
        blocks(main, &mut parts);
    }
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    put(&mut zip, "[Content_Types].xml", &content_types())?;
    put(&mut zip, "_rels/.rels", &relations(&[("officeDocument", "word/document.xml")]))?;
    put(&mut zip, "word/_rels/document.xml.rels", &relations(&[("styles", "styles.xml"), ("footer", "footer1.xml")]))?;
    put(&mut zip, "word/document.xml", &document(&parts))?;
    put(&mut zip, "word/styles.xml", &styles(lang))?;
    put(&mut zip, "word/footer1.xml", &footer())?;
    Ok(zip.finish()?.into_inner())
}

fn put<W: Write + Seek>(zip: &mut ZipWriter<W>, name: &str, content: &Markup) -> Result<(), DocxError> {
    // no clock: the same content gives the same bytes
    zip.start_file(name, SimpleFileOptions::default().last_modified_time(DateTime::default()))?;
    let head = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
    zip.write_all(head.as_bytes())
        .and_then(|()| zip.write_all(content.0.as_bytes()))
        .map_err(zip::result::ZipError::Io)?;
    Ok(())
}

/// The blocks of an element, in their order.
fn blocks(element: ElementRef<'_>, out: &mut Vec<Markup>) {
    for child in element.children().filter_map(ElementRef::wrap) {
        let has = |class: &str| child.value().classes().any(|own| own == class);
        if has("screen") || has("only-read") || has("pictures") {
            continue;
        }
        match child.value().name() {
            "h1" => out.push(paragraph("Title", &words(child))),
            "h2" => out.push(paragraph("Heading1", &words(child))),
            "h3" => out.push(paragraph("Heading2", &words(child))),
            "p" => out.push(paragraph("Normal", &words(child))),
            "table" => out.push(table(child)),
            "ul" if has("figures") => {
                let figures: Vec<String> = child.children().filter_map(ElementRef::wrap).map(words).collect();
                out.push(paragraph("Figures", &figures.join("    ")));
            }
            "li" => out.push(paragraph("List", &words(child))),
            _ => blocks(child, out),
        }
    }
}

/// The words of an element, blanks as one.
fn words(element: ElementRef<'_>) -> String {
    element.text().collect::<String>().split_whitespace().collect::<Vec<_>>().join(" ")
}

fn paragraph(style: &str, text: &str) -> Markup {
    html! { w:p { w:pPr { w:pStyle w:val=(style) {} } (run(text)) } }
}

fn run(text: &str) -> Markup {
    // characters that XML does not have
    let text: String = text.chars().filter(|char| !char.is_control()).collect();
    html! { w:r { w:t xml:space="preserve" { (text) } } }
}

/// A table as wide as the page, its head repeated on every page; columns as wide as their words ask for.
fn table(element: ElementRef<'_>) -> Markup {
    let rows: Vec<(bool, Vec<(bool, String)>)> = Selector::parse("tr")
        .map(|row| {
            let cells = |row: ElementRef<'_>| -> Vec<(bool, String)> {
                let cells = row.children().filter_map(ElementRef::wrap);
                cells.map(|cell| (cell.value().classes().any(|own| own == "figure"), words(cell))).collect()
            };
            let head = |row: ElementRef<'_>| {
                row.parent().and_then(ElementRef::wrap).is_some_and(|parent| parent.value().name() == "thead")
            };
            element.select(&row).map(|row| (head(row), cells(row))).collect()
        })
        .unwrap_or_default();
    let count = rows.iter().map(|(_, cells)| cells.len()).max().unwrap_or_default();
    let asked = |column: usize| {
        let own = rows.iter().filter_map(|(head, row)| Some((head, row.get(column)?)));
        // figures are wider than half a character
        // a heading is broken between words, not within them, and its bold letters are wider, too
        let word = |word: &str| if word.is_ascii() { word.len() * 4 / 3 + 1 } else { cells(word) };
        let asks = |head: bool, text: &str| {
            if head {
                text.split(' ').map(word).max().unwrap_or_default()
            } else {
                cells(text) + if is_day(text) { 3 } else { 0 }
            }
        };
        own.map(|(head, (_, text))| asks(*head, text)).max().unwrap_or_default().clamp(COLUMN.0, COLUMN.1)
    };
    let widths = widths(&(0..count).map(asked).collect::<Vec<_>>());
    html! {
        w:tbl {
            w:tblPr { w:tblStyle w:val="Grid" {} w:tblW w:w=(WIDTH) w:type="dxa" {} w:tblLayout w:type="fixed" {} }
            w:tblGrid { @for width in &widths { w:gridCol w:w=(width) {} } }
            @for (head, cells) in &rows { w:tr {
                w:trPr { w:cantSplit {} @if *head { w:tblHeader {} } }
                @for ((figure, text), width) in cells.iter().zip(&widths) { w:tc {
                    w:tcPr { w:tcW w:w=(width) w:type="dxa" {} @if *head { w:shd w:val="clear" w:fill="EEEEEE" {} } }
                    w:p {
                        w:pPr { w:pStyle w:val=(if *head { "Head" } else { "Cell" }) {} @if *figure { w:jc w:val="right" {} } }
                        (run(text))
                    }
                } }
            } }
        }
        w:p { w:pPr { w:pStyle w:val="Cell" {} } }
    }
}

/// The widths of columns that ask for so many cells: narrow ones are given that, the others share what is left.
fn widths(asked: &[usize]) -> Vec<usize> {
    let natural = |cells: usize| cells * CELL + MARGINS;
    let narrow: usize = asked.iter().filter(|cells| **cells <= NARROW).map(|cells| natural(*cells)).sum();
    let wide: usize = asked.iter().filter(|cells| **cells > NARROW).sum();
    if wide == 0 || narrow >= WIDTH {
        let all: usize = asked.iter().sum::<usize>().max(1);
        return asked.iter().map(|cells| cells * WIDTH / all).collect();
    }
    let share = |cells: usize| if cells <= NARROW { natural(cells) } else { cells * (WIDTH - narrow) / wide };
    asked.iter().map(|cells| share(*cells)).collect()
}

fn document(parts: &[Markup]) -> Markup {
    html! {
        w:document xmlns:w=(MAIN) xmlns:r=(OFFICE) { w:body {
            @for part in parts { (part) }
            w:sectPr {
                w:footerReference w:type="default" r:id="r2" {}
                w:pgSz w:w="11906" w:h="16838" {}
                w:pgMar w:top="1134" w:right="1134" w:bottom="1134" w:left="1134" w:header="567" w:footer="567" w:gutter="0" {}
            }
        } }
    }
}

fn footer() -> Markup {
    html! { w:ftr xmlns:w=(MAIN) { w:p {
        w:pPr { w:jc w:val="center" {} }
        w:fldSimple w:instr=" PAGE " { (run("1")) }
    } } }
}

/// Name, size in half points, whether it is bold, space before and after in twentieths of a point.
const STYLES: [(&str, &str, usize, bool, usize, usize); 8] = [
    ("Title", "Title", 36, true, 0, 80),
    ("Heading1", "heading 1", 26, true, 200, 60),
    ("Heading2", "heading 2", 23, true, 120, 40),
    ("Figures", "Figures", 23, true, 60, 60),
    ("List", "List", 20, false, 0, 20),
    ("Cell", "Table Cell", 17, false, 0, 0),
    ("Head", "Table Head", 17, true, 0, 0),
    ("Normal", "Normal", 20, false, 0, 60),
];

fn styles(lang: &str) -> Markup {
    let border =
        |side: &str| PreEscaped(format!("<w:{side} w:val=\"single\" w:sz=\"4\" w:space=\"0\" w:color=\"999999\"/>"));
    html! {
        w:styles xmlns:w=(MAIN) {
            w:docDefaults {
                w:rPrDefault { w:rPr {
                    w:rFonts w:ascii="Calibri" w:hAnsi="Calibri" w:eastAsia="宋体" w:cs="Calibri" {}
                    w:sz w:val="20" {}
                    w:lang w:val="en-US" w:eastAsia=(lang) {}
                } }
                w:pPrDefault { w:pPr { w:spacing w:after="60" w:line="264" w:lineRule="auto" {} } }
            }
            @for (id, name, size, bold, before, after) in STYLES {
                w:style w:type="paragraph" w:default=[(id == "Normal").then_some("1")] w:styleId=(id) {
                    w:name w:val=(name) {}
                    @if id != "Normal" { w:basedOn w:val="Normal" {} }
                    w:pPr {
                        @if id.starts_with("Heading") { w:keepNext {} }
                        w:spacing w:before=(before) w:after=(after) {}
                        @match id { "Heading1" => w:outlineLvl w:val="0" {}, "Heading2" => w:outlineLvl w:val="1" {}, _ => {} }
                    }
                    w:rPr {
                        @if bold { w:b {} }
                        w:sz w:val=(size) {}
                    }
                }
            }
            w:style w:type="table" w:styleId="Grid" {
                w:name w:val="Table Grid" {}
                w:tblPr {
                    w:tblBorders { @for side in ["top", "left", "bottom", "right", "insideH", "insideV"] { (border(side)) } }
                    w:tblCellMar { w:left w:w="80" w:type="dxa" {} w:right w:w="80" w:type="dxa" {} }
                }
            }
        }
    }
}

fn content_types() -> Markup {
    let own = [("document.main", "document.xml"), ("styles", "styles.xml"), ("footer", "footer1.xml")];
    html! {
        Types xmlns=(format!("{PACKAGE}/content-types")) {
            Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml" {}
            Default Extension="xml" ContentType="application/xml" {}
            @for (kind, name) in own { Override PartName=(format!("/word/{name}")) ContentType=(format!("{KIND}.{kind}+xml")) {} }
        }
    }
}

fn relations(parts: &[(&str, &str)]) -> Markup {
    html! {
        Relationships xmlns=(format!("{PACKAGE}/relationships")) {
            @for (index, (kind, target)) in parts.iter().enumerate() {
                Relationship Id=(format!("r{}", index + 1)) Type=(format!("{OFFICE}/{kind}")) Target=(target) {}
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_printed_becomes_a_document_that_reads_back() {
        let page = "<html lang=\"zh-CN\"><body><main><h1>总览 &lt;script&gt;</h1><p class=\"screen\">屏幕</p><h2>担子</h2>\
            <div><table><caption class=\"only-read\">表</caption><thead><tr><th>部门</th><th class=\"figure\">任务</th></tr></thead>\
            <tbody><tr><th>市财政局</th><td class=\"figure\">7</td></tr></tbody></table></div></main></body></html>";
        let bytes = docx(page).unwrap();
        assert_eq!(bytes, docx(page).unwrap(), "the same bytes");
        let source = crate::read::read_bytes("summary.docx", &bytes).unwrap();
        let text = source.text.as_str();
        for words in ["总览 <script>", "担子", "部门", "市财政局", "7"] {
            assert!(text.contains(words), "{words} in {text}");
        }
        assert!(!text.contains("屏幕"));
    }
}
