//! PDF with a text layer: lines in reading order joined to paragraphs, ruled tables, without headers, footers and page
//! numbers.

mod borderless;
mod chrome;
mod columns;
mod grid;
mod line;
mod page;
mod repair;
mod table;

use pdf_oxide::PdfDocument;

use self::line::Line;
use self::page::{Glyph, Page, Rule};
use self::table::Ruled;
use super::error::ReadError;
use super::guard::guarded;
use super::writer::Writer;
use super::{Format, Source, wrap};
use crate::diagnostic::{Code, Finding};
use crate::span::Span;

/// One of so many characters may be unknown before a page is refused.
const ONE_GARBLED_OF: usize = 50;
/// Stands for a table among lines of text; no character of any document.
const TABLE: char = '\u{fdd0}';

/// A piece of a page.
#[derive(Clone, Debug)]
enum Item {
    Line(Line),
    Table(Ruled),
}

/// Reads a document.
pub(super) fn read(name: &str, bytes: &[u8]) -> Result<Source, ReadError> {
    let mut pages = guarded(|| load(bytes), |words| ReadError::Pdf(words.to_owned()))?;
    let mut findings = Vec::new();
    let count = |pages: &[Page]| pages.iter().map(|page| page.glyphs.len()).sum::<usize>();
    let all = count(&pages);
    if all == 0 {
        return Err(ReadError::PdfWithoutText);
    }
    for (number, page) in (1..).zip(&mut pages) {
        findings.extend(refuse_garbled(number, page));
    }
    if count(&pages) == 0 {
        return Err(ReadError::PdfGarbled);
    }
    let rules: Vec<Vec<Rule>> = pages.iter_mut().map(|page| std::mem::take(&mut page.across)).collect();
    let (mut pages, narrow): (Vec<Vec<Item>>, Vec<bool>) =
        pages.into_iter().zip(&rules).map(|(page, rules)| items(page, rules)).unzip();
    chrome::strip(&mut pages);
    let unread = borderless::rebuild(&mut pages, &rules);
    let mut source = write(pages, &narrow).into_source(name, Format::Pdf);
    findings.extend(undecoded(&source));
    findings.extend(unread.iter().map(|header| unread_table(&source, header)));
    source.findings = findings;
    Ok(source)
}

/// Opens a document and reads its pages.
fn load(bytes: &[u8]) -> Result<Vec<Page>, ReadError> {
    let damaged = |error: pdf_oxide::Error| match error {
        pdf_oxide::Error::EncryptedPdf => ReadError::PdfEncrypted,
        error => ReadError::Pdf(error.to_string()),
    };
    let mut document = PdfDocument::from_bytes(bytes.to_vec()).map_err(damaged)?;
    if document.is_encrypted() && !document.is_authenticated() && !document.authenticate(b"").unwrap_or(false) {
        return Err(ReadError::PdfEncrypted);
    }
    if let Some(mended) = repair::with_character_maps(&document, bytes) {
        document = PdfDocument::from_bytes(mended).map_err(damaged)?;
    }
    let count = document.page_count().map_err(damaged)?;
    (0..count).map(|index| Page::load(&document, index).map_err(damaged)).collect()
}

/// Empties a page with too many unknown characters and says so, also of a page that is a picture.
fn refuse_garbled(number: usize, page: &mut Page) -> Option<Finding> {
    let (bad, all) = (page.garbled, page.glyphs.len());
    if page.pictures {
        let finding = Finding::new(
            Code::Undecodable,
            None,
            format!("第 {number} 页是图片，没有文字，未读取"),
            format!("page {number} is a picture without text and was not read"),
        );
        return Some(finding.with_hint("请先做文字识别（OCR）", "recognise its text (OCR) first"));
    }
    if bad * ONE_GARBLED_OF <= all {
        return None;
    }
    page.glyphs.clear();
    let finding = Finding::new(
        Code::Undecodable,
        None,
        format!("第 {number} 页的字体无法解读（{all} 个字符中有 {bad} 个），未读取"),
        format!("the fonts of page {number} cannot be decoded ({bad} of {all} characters); it was not read"),
    );
    Some(
        finding
            .with_hint("请与原文核对，或提供 DOCX 或网页版本", "compare the original, or give a DOCX or HTML version"),
    )
}

/// The finding about single characters that no font explains, at the first of them.
fn undecoded(source: &Source) -> Option<Finding> {
    let text = source.text.as_str();
    let bad = text.chars().filter(|char| *char == '\u{fffd}').count();
    let first = text.chars().position(|char| char == '\u{fffd}')?;
    let finding = Finding::new(
        Code::Undecodable,
        Span::new(first, first + 1),
        format!("字体无法解读的字符：{bad} 个"),
        format!("characters that the fonts do not explain: {bad}"),
    );
    Some(finding.with_hint("请与原文核对这些位置", "compare these places with the original"))
}

/// The finding about a table without lines whose header was found and whose rows could not be told.
fn unread_table(source: &Source, header: &str) -> Finding {
    let text = source.text.as_str();
    let at = text.find(header).and_then(|byte| text.get(..byte)).map(|before| before.chars().count());
    let finding = Finding::new(
        Code::UnreadTable,
        at.map(|at| Span::new(at, at + header.chars().count())),
        "这个表格没有画线，各行分不清，按文字读取",
        "this table has no lines and its rows cannot be told apart; it was read as text",
    );
    finding.with_hint("请与原文核对，或提供 DOCX、XLSX 版本", "compare the original, or give a DOCX or XLSX version")
}

/// Lines and tables of a page from top to bottom, and whether it has two columns.
fn items(page: Page, across: &[Rule]) -> (Vec<Item>, bool) {
    let mut out: Vec<(f32, Item)> = Vec::new();
    let mut rest: Vec<Glyph> = page.glyphs;
    for grid in grid::grids(across, &page.down) {
        let (inside, outside): (Vec<Glyph>, Vec<Glyph>) =
            rest.into_iter().partition(|glyph| grid.at(glyph.middle()).is_some());
        rest = outside;
        let table = Ruled::new(&grid, &inside);
        if table.has_text() {
            out.push((grid.rows.first().copied().unwrap_or_default(), Item::Table(table)));
        }
    }
    if out.is_empty()
        && !borderless::has_header(&rest)
        && let Some(lines) = columns::two_columns(&rest)
    {
        return (lines.into_iter().map(Item::Line).collect(), true);
    }
    out.extend(line::lines(rest).into_iter().map(|line| (line.base, Item::Line(line))));
    out.sort_by(|one, other| one.0.total_cmp(&other.0));
    (out.into_iter().map(|(_, item)| item).collect(), false)
}

/// Joins lines to paragraphs and tables over the ends of pages; those in two columns have narrow lines.
fn write(pages: Vec<Vec<Item>>, narrow: &[bool]) -> Writer {
    let mut joined = String::new();
    let mut text = String::new();
    let mut before = false;
    let join = |text: &str, narrow: bool| {
        wrap::paragraphs_of_pages(text, if narrow { wrap::OF_COLUMN } else { wrap::OF_PAGE })
    };
    let mut tables: Vec<Ruled> = Vec::new();
    let mut open = false;
    for (page, &narrow) in pages.into_iter().zip(narrow) {
        if narrow != before {
            joined.push_str(&join(&std::mem::take(&mut text), before));
            before = narrow;
        }
        let margin = margin(&page);
        for (at, item) in page.into_iter().enumerate() {
            match item {
                Item::Line(line) => {
                    open = false;
                    if line.left - margin > 1.5 * line.size {
                        text.push_str("\u{3000}\u{3000}");
                    }
                    text.push_str(&line.text);
                    text.push('\n');
                }
                Item::Table(table) => {
                    if let Some(last) = tables.last_mut().filter(|last| open && at == 0 && last.goes_on(&table)) {
                        last.append(&table);
                    } else {
                        text.extend(['\u{3000}', '\u{3000}', TABLE, '\n']);
                        tables.push(table);
                    }
                    open = true;
                }
            }
        }
    }
    let mut out = Writer::default();
    let mut tables = tables.into_iter();
    joined.push_str(&join(&text, before));
    for line in joined.lines() {
        let line = line.trim();
        if line.starts_with(TABLE) {
            if let Some(table) = tables.next() {
                table.write(&mut out);
            }
        } else {
            out.paragraph(line);
        }
    }
    out
}

/// Where the lines of a page begin: the leftmost place where more than one does.
fn margin(page: &[Item]) -> f32 {
    let mut lefts: Vec<f32> = page
        .iter()
        .filter_map(|item| match item {
            Item::Line(line) => Some(line.left),
            Item::Table(_) => None,
        })
        .collect();
    lefts.sort_by(f32::total_cmp);
    let shared = lefts.windows(2).find(|pair| pair[1] - pair[0] < 3.0).map(|pair| pair[0]);
    shared.or(lefts.first().copied()).unwrap_or_default()
}

#[cfg(test)]
mod tests;
