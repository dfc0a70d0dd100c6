//! Small documents written by hand, and the real ones where they are at hand.

use std::fmt::Write;
use std::path::Path;

use super::*;
use crate::read::{Block, Table};

/// A character map under which a code is the character, or one of the private area.
fn map(private: bool) -> String {
    let mut out = "/CIDInit /ProcSet findresource begin\nbegincmap\n1 begincodespacerange\n<0000> <ffff>\n\
        endcodespacerange\n"
        .to_owned();
    for first in 0..=3_u32 {
        out.push_str("64 beginbfrange\n");
        for high in first * 64..(first + 1) * 64 {
            let to = if private { 0xe000 } else { high << 8 };
            writeln!(out, "<{high:02x}00> <{high:02x}ff> <{to:04x}>").unwrap();
        }
        out.push_str("endbfrange\n");
    }
    out + "endcmap\nend\n"
}

/// Shows a text at a place.
fn show(text: &str, x: u32, y: u32) -> String {
    let codes = text.encode_utf16().fold(String::new(), |mut out, code| {
        write!(out, "{code:04x}").unwrap();
        out
    });
    format!("BT /F1 10 Tf 1 0 0 1 {x} {y} Tm <{codes}> Tj ET\n")
}

fn stroke(from: (u32, u32), to: (u32, u32)) -> String {
    format!("{} {} m {} {} l S\n", from.0, from.1, to.0, to.1)
}

/// A document of pages with these contents.
fn document(pages: &[String], map: &str, trailer: &str) -> Vec<u8> {
    let stream = |text: &str| format!("<</Length {}>>\nstream\n{text}\nendstream", text.len());
    let kids: Vec<String> = (0..pages.len()).map(|page| format!("{} 0 R", 6 + 2 * page)).collect();
    let kids = kids.join(" ");
    let mut objects = vec![
        "<</Type/Catalog/Pages 2 0 R>>".to_owned(),
        format!("<</Type/Pages/Count {}/Kids[{kids}]>>", pages.len()),
        "<</Type/Font/Subtype/Type0/BaseFont/Song/Encoding/Identity-H/ToUnicode 5 0 R/DescendantFonts[4 0 R]>>".into(),
        "<</Type/Font/Subtype/CIDFontType2/BaseFont/Song/CIDSystemInfo<</Registry(Test)/Ordering(Test)/Supplement 0>>\
         /DW 1000>>"
            .into(),
        stream(map),
    ];
    for (page, content) in pages.iter().enumerate() {
        objects.push(format!(
            "<</Type/Page/Parent 2 0 R/MediaBox[0 0 400 500]/Resources<</Font<</F1 3 0 R>>>>/Contents {} 0 R>>",
            7 + 2 * page
        ));
        objects.push(stream(content));
    }
    let mut out = String::from("%PDF-1.4\n");
    let mut table = format!("xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1);
    for (at, object) in objects.iter().enumerate() {
        writeln!(table, "{:010} 00000 n ", out.len()).unwrap();
        writeln!(out, "{} 0 obj\n{object}\nendobj", at + 1).unwrap();
    }
    let start = out.len();
    let size = objects.len() + 1;
    write!(out, "{table}trailer\n<</Size {size}/Root 1 0 R{trailer}>>\nstartxref\n{start}\n%%EOF\n").unwrap();
    out.into_bytes()
}

fn paragraphs(source: &Source) -> Vec<&str> {
    let text = |block: &Block| match block {
        Block::Paragraph(span) => Some(*span),
        Block::Table(_) => None,
    };
    source.blocks.iter().filter_map(text).map(|span| source.text.slice(span)).collect()
}

fn tables(source: &Source) -> Vec<Vec<Vec<&str>>> {
    let rows = |table: &Table| -> Vec<Vec<String>> {
        let cells = |row| (0..table.width()).map(|column| table.text(&source.text, row, column).to_owned()).collect();
        (0..table.rows.len()).map(cells).collect()
    };
    let table = |block: &Block| match block {
        Block::Table(table) => Some(rows(table)),
        Block::Paragraph(_) => None,
    };
    let leak = |row: Vec<String>| row.into_iter().map(|cell| &*cell.leak()).collect();
    source.blocks.iter().filter_map(table).map(|rows| rows.into_iter().map(leak).collect()).collect()
}

/// Pages of a notice: a running header, twelve lines of prose, a number.
fn notice() -> Vec<String> {
    let line = "完善制度健全机制强化监督落实责任提高质量加快发展";
    (1..=3_u32)
        .map(|page| {
            let mut content = show("某市人民政府公报", 100, 480);
            for row in 0..12 {
                content += &show(line, 50, 450 - 20 * row);
            }
            // a name that the end of the page cuts in two
            content += &if page == 1 {
                show("一二三四五六七八九十百千万亿由市财政局、市发展改", 50, 210)
            } else {
                String::new()
            };
            content + &show(&format!("— {page} —"), 180, 20)
        })
        .collect()
}

#[test]
fn prose_runs_over_the_ends_of_pages_without_what_stands_there() {
    let source = read("a.pdf", &document(&notice(), &map(false), "")).unwrap();
    assert_eq!(source.format, Format::Pdf);
    let text = source.text.as_str();
    assert!(text.contains("市发展改完善制度"), "{text}");
    assert!(!text.contains('—') && !text.contains("公报"), "{text}");
    assert_eq!(paragraphs(&source).len(), 1);
}

/// A page with a table of three columns; its rows are sixty points high.
fn table_page(rows: &[[&str; 3]]) -> String {
    let edges = [50, 90, 250, 350];
    let bottom = 450 - 60 * u32::try_from(rows.len()).unwrap();
    let mut content: String = edges.iter().map(|x| stroke((*x, 450), (*x, bottom))).collect();
    let mut top = 450;
    for row in rows {
        content += &stroke((50, top), (350, top));
        for (text, left) in row.iter().zip(edges) {
            for (line, down) in text.split('|').zip([15, 30, 45]) {
                content += &show(line, left + 5, top - down);
            }
        }
        top -= 60;
    }
    content + &stroke((50, bottom), (350, bottom)) + &show("1", 200, 20)
}

#[test]
fn ruled_tables_are_rebuilt_over_pages() {
    let header = ["序号", "具体工作", "责任单位"];
    let pages = [
        table_page(&[header, ["1", "建设人工智能平台，推动产业集|聚发展。", "市科技局|市财政局"]]),
        table_page(&[header, ["2", "完善制度。", "市民政局"]]),
    ];
    let source = read("a.pdf", &document(&pages, &map(false), "")).unwrap();
    let expected = vec![
        header.to_vec(),
        vec!["1", "建设人工智能平台，推动产业集聚发展。", "市科技局\n市财政局"],
        vec!["2", "完善制度。", "市民政局"],
    ];
    assert_eq!(tables(&source), [expected]);
    assert!(paragraphs(&source).is_empty(), "{:?}", paragraphs(&source));
}

/// The words of cells in columns, each with its lines from a height downwards, and nothing drawn around them.
fn cells(top: u32, texts: &[(u32, &str)]) -> String {
    let line = |x: u32, (row, words): (usize, &str)| show(words, x, top - 14 * u32::try_from(row).unwrap());
    texts
        .iter()
        .flat_map(|(x, text)| text.split('|').enumerate().map(|found| line(*x, found)).collect::<Vec<_>>())
        .collect()
}

/// The lines of cells around a height, in which the words of a cell have their middle.
fn centred(middle: u32, texts: &[(u32, &str)]) -> String {
    let cell = |(x, text): &(u32, &str)| {
        let lines = u32::try_from(text.split('|').count()).unwrap();
        cells(middle + 7 * (lines - 1), &[(*x, text)])
    };
    texts.iter().map(cell).collect()
}

#[test]
fn tables_without_lines_are_told_by_their_header_and_gaps() {
    let header = [(40, "序号"), (110, "重点任务"), (210, "牵头单位"), (290, "完成时限")];
    let first = cells(450, &header)
        + &centred(
            400,
            &[
                (45, "1"),
                (70, "建设人工智能平台，|推动产业集聚发展。"),
                (200, "市科技局、市财|政局"),
                (290, "2024年底"),
            ],
        )
        + &centred(345, &[(45, "2"), (70, "完善制度。"), (200, "市民政局"), (290, "持续推进")]);
    let second = centred(450, &[(45, "3"), (70, "健全机制，强化监督|落实。"), (200, "市教育局"), (290, "2025年底")]);
    let source = read("a.pdf", &document(&[first, second], &map(false), "")).unwrap();
    let expected = vec![
        vec!["序号", "重点任务", "牵头单位", "完成时限"],
        vec!["1", "建设人工智能平台，推动产业集聚发展。", "市科技局、市财政局", "2024年底"],
        vec!["2", "完善制度。", "市民政局", "持续推进"],
        vec!["3", "健全机制，强化监督落实。", "市教育局", "2025年底"],
    ];
    assert_eq!(tables(&source), [expected]);
    assert!(paragraphs(&source).is_empty(), "{:?}", paragraphs(&source));
}

#[test]
fn cells_over_several_rows_and_headings_are_told_without_lines() {
    let row = |middle: u32, task: &'static str, body: &'static str| centred(middle, &[(110, task), (250, body)]);
    let page = cells(470, &[(40, "类别"), (140, "具体工作"), (250, "责任单位")])
        + &show("二、组织保障和监督落实以及其他", 110, 440)
        + &centred(382, &[(40, "服务")])
        + &row(410, "建设人工智能平台，|推动产业集聚发展。", "市科技局、市财|政局")
        + &row(355, "完善制度，健全机制|并落实。", "市民政局")
        + &centred(310, &[(40, "管理"), (110, "健全机制。"), (250, "市教育局")])
        + &show("各单位要加强组织领导，认真抓好落实工作。", 40, 250);
    let source = read("a.pdf", &document(&[page], &map(false), "")).unwrap();
    let tables = tables(&source);
    assert_eq!(
        tables,
        [vec![
            vec!["类别", "具体工作", "责任单位"],
            vec!["二、组织保障和监督落实以及其他", "二、组织保障和监督落实以及其他", "二、组织保障和监督落实以及其他"],
            vec!["服务", "建设人工智能平台，推动产业集聚发展。", "市科技局、市财政局"],
            vec!["服务", "完善制度，健全机制并落实。", "市民政局"],
            vec!["管理", "健全机制。", "市教育局"],
        ]]
    );
    assert_eq!(paragraphs(&source), ["各单位要加强组织领导，认真抓好落实工作。"]);
}

#[test]
fn rules_between_rows_are_enough() {
    let rule = |y: u32| stroke((40, y), (360, y));
    let page = cells(450, &[(50, "任务"), (210, "责任单位")])
        + &[470, 440, 400, 360].map(rule).concat()
        + &cells(425, &[(40, "建设人工智能平台|和网络。"), (200, "市科技局")])
        + &cells(385, &[(40, "完善制度，"), (200, "市民政局、市财政|局")]);
    let source = read("a.pdf", &document(&[page], &map(false), "")).unwrap();
    let expected = vec![
        vec!["任务", "责任单位"],
        vec!["建设人工智能平台和网络。", "市科技局"],
        vec!["完善制度，", "市民政局、市财政局"],
    ];
    assert_eq!(tables(&source), [expected]);
}

#[test]
fn a_table_whose_rows_cannot_be_told_is_reported() {
    let page = cells(470, &[(40, "序号"), (110, "重点任务"), (210, "责任单位"), (300, "完成时限")])
        + &centred(410, &[(45, "1")])
        + &cells(437, &[(70, "建设人工智能平台，|推动发展。"), (200, "市科技局"), (290, "2024年底")])
        + &cells(397, &[(70, "完善制度，健全机制|并落实。"), (200, "市民政局"), (290, "2025年底")])
        + &cells(345, &[(45, "2"), (70, "健全机制。"), (200, "市教育局"), (290, "持续推进")]);
    let source = read("a.pdf", &document(&[page], &map(false), "")).unwrap();
    assert!(tables(&source).is_empty(), "{:?}", tables(&source));
    assert_eq!(source.findings.len(), 1, "{:?}", source.findings);
    let place = source.findings[0].span.unwrap();
    assert!(source.text.slice(place).starts_with("序号"), "{}", source.text.slice(place));
}

#[test]
fn names_of_columns_on_two_lines_are_joined() {
    let page = cells(457, &[(45, "序"), (200, "责任"), (300, "完成")])
        + &cells(450, &[(110, "重点任务")])
        + &cells(443, &[(45, "号"), (200, "单位"), (300, "时限")])
        + &cells(410, &[(45, "1"), (70, "完善制度。"), (200, "市民政局"), (290, "持续推进")])
        + &cells(380, &[(45, "2"), (70, "健全机制。"), (200, "市教育局"), (290, "2025年底")]);
    let source = read("a.pdf", &document(&[page], &map(false), "")).unwrap();
    assert_eq!(tables(&source)[0][0], ["序号", "重点任务", "责任单位", "完成时限"]);
    assert_eq!(tables(&source)[0][2], ["2", "健全机制。", "市教育局", "2025年底"]);
}

#[test]
fn pages_on_their_side_are_turned() {
    let page = table_page(&[["序号", "具体工作", "责任单位"], ["1", "完善制度。", "市民政局"]]);
    let turned = format!("q 0 1 -1 0 400 0 cm\n{page}Q\n");
    let upright = read("a.pdf", &document(&[page], &map(false), "")).unwrap();
    let source = read("a.pdf", &document(&[turned], &map(false), "")).unwrap();
    assert_eq!(source.text.as_str(), upright.text.as_str());
    assert_eq!(tables(&source).len(), 1);
}

#[test]
fn character_maps_with_carriage_returns_are_mended() {
    let returns = map(false).replace('\n', "\r");
    let source = read("a.pdf", &document(&notice(), &returns, "")).unwrap();
    assert!(source.text.as_str().contains("由市财政局、市发展改完善"), "{}", source.text.as_str());
}

#[test]
fn what_cannot_be_read_is_refused() {
    let no_text = document(&["0 0 m 10 10 l S".to_owned()], &map(false), "");
    assert!(matches!(read("a.pdf", &no_text), Err(ReadError::PdfWithoutText)));
    let encrypt = "/Encrypt<</Filter/Standard/V 2/R 3/Length 128/P -44/O(0123456789abcdef0123456789abcdef)\
        /U(0123456789abcdef0123456789abcdef)>>/ID[(0123456789abcdef)(0123456789abcdef)]";
    let encrypted = document(&notice(), &map(false), encrypt);
    assert!(matches!(read("a.pdf", &encrypted), Err(ReadError::PdfEncrypted)));
    assert!(matches!(read("a.pdf", b"%PDF-1.7 x"), Err(ReadError::Pdf(_))));
    let garbled = document(&[show("\u{1}\u{2}\u{3}\u{4}", 50, 400)], &map(true), "");
    assert!(matches!(read("a.pdf", &garbled), Err(ReadError::PdfGarbled)), "{:?}", read("a.pdf", &garbled));
}

#[test]
fn a_garbled_page_is_left_out_and_reported() {
    let mut pages = notice();
    pages.push(show(&"\u{e123}".repeat(9), 50, 400));
    let source = read("a.pdf", &document(&pages, &map(false), "")).unwrap();
    assert!(!source.text.as_str().contains('\u{fffd}'));
    assert_eq!(source.findings.len(), 1);
    assert!(source.findings[0].message.en.starts_with("the fonts of page 4"), "{:?}", source.findings);
}

#[test]
fn a_panic_of_the_library_is_an_error() {
    let damaged = |words: &str| ReadError::Pdf(words.to_owned());
    let result: Result<(), ReadError> = guarded(|| panic!("in the library"), damaged);
    assert!(matches!(result, Err(ReadError::Pdf(_))));
}

#[test]
fn cut_files_give_errors_or_text() {
    let whole = document(&notice(), &map(false), "");
    for end in (10..whole.len()).step_by(97) {
        let _ = read("a.pdf", &whole[..end]);
    }
}

/// The real documents; they are no part of the sources.
#[test]
fn real_documents() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/corpus");
    let mut skipped = true;
    for (name, paragraphs_at_most, rows, words) in [
        ("zhezheng-2025-10-ai", 75, 0, "（责任单位：省经信厅、省发展改革委、省科技厅。列第一位的为牵头单位，下同）"),
        ("zhejiang-renxing-jiqiren-2024", 36, 0, "支持力度。（责任单位：省经信厅、省科技厅）"),
        ("jiankang-zhongguo-xingdong-2019-2030", 440, 228, "居民健康素养水平（%）"),
        ("lishui-ai-table", 90, 44, "市委组织部、市人力社保局、市促进中心、市经信局、市教育局、市科技局"),
    ] {
        let Ok(bytes) = std::fs::read(folder.join(format!("{name}.pdf"))) else { continue };
        skipped = false;
        let source = read(name, &bytes).unwrap();
        assert!(source.text.as_str().contains(words), "{name}: {words}");
        assert_eq!(tables(&source).iter().map(Vec::len).sum::<usize>(), rows, "{name}");
        let count = paragraphs(&source).len();
        assert!(count <= paragraphs_at_most, "{name}: {count} paragraphs");
    }
    if skipped {
        eprintln!("skipped: no documents in ../shared/corpus");
    }
}
