//! Office Open XML workbooks: cells with their cached values as an office sees them, merged ranges, several sheets.

use std::collections::HashMap;

use roxmltree::{Document, Node};

use super::container::Container;
use super::docx::attribute;
use super::error::ReadError;
use super::sheet::{Sheet, Shown};

/// How the numbers of a cell are shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Shape {
    Plain,
    Date(Shown),
    Percent,
}

/// Reads the sheets of a workbook; hidden ones are left out.
pub(super) fn sheets(container: &mut Container) -> Result<Vec<Sheet>, ReadError> {
    let book = container.text("xl/workbook.xml")?;
    let book = Document::parse(&book).map_err(ReadError::Xml)?;
    let parts = container.text("xl/_rels/workbook.xml.rels").unwrap_or_default();
    let parts = Document::parse(&parts).ok().map(|parts| targets(&parts)).unwrap_or_default();
    let strings = strings(&container.text("xl/sharedStrings.xml").unwrap_or_default())?;
    let shapes = shapes(&container.text("xl/styles.xml").unwrap_or_default());
    let late =
        named(book.root_element(), "workbookPr").any(|node| matches!(attribute(node, "date1904"), Some("1" | "true")));
    let mut sheets = Vec::new();
    for (index, sheet) in named(book.root_element(), "sheet").enumerate() {
        if attribute(sheet, "state").is_some_and(|state| state != "visible") {
            continue;
        }
        // the attribute is r:id; another is sheetId
        let id = sheet.attributes().find(|attribute| attribute.name() == "id").map(|attribute| attribute.value());
        let path = id.and_then(|id| parts.get(id)).map_or_else(
            || format!("xl/worksheets/sheet{}.xml", index + 1),
            |target| target.strip_prefix('/').map_or_else(|| format!("xl/{target}"), str::to_owned),
        );
        if !container.has(&path) {
            continue;
        }
        let content = container.text(&path)?;
        let content = Document::parse(&content).map_err(ReadError::Xml)?;
        let name = attribute(sheet, "name").unwrap_or_default();
        sheets.push(read(name, &content, &strings, &shapes, late));
    }
    Ok(sheets)
}

fn read(name: &str, content: &Document<'_>, strings: &[String], shapes: &[Shape], late: bool) -> Sheet {
    let mut sheet = Sheet::new(name);
    let mut next_row = 0;
    let is_on =
        |node: Node<'_, '_>, name: &str| attribute(node, name).is_some_and(|value| matches!(value, "1" | "true"));
    // what a filter hides is part of the ledger all the same
    let filtered = named(content.root_element(), "sheetPr").any(|sheet| is_on(sheet, "filterMode"));
    let number = |node: Node<'_, '_>, name: &str| attribute(node, name).and_then(|value| value.parse::<usize>().ok());
    let hidden: Vec<(usize, usize)> = named(content.root_element(), "col")
        .filter(|column| is_on(*column, "hidden"))
        .filter_map(|column| Some((number(column, "min")?.checked_sub(1)?, number(column, "max")?)))
        .collect();
    for row in named(content.root_element(), "row") {
        let at =
            attribute(row, "r").and_then(|row| row.parse::<usize>().ok()).map_or(next_row, |row| row.saturating_sub(1));
        next_row = at.saturating_add(1);
        let mut next_column = 0;
        for cell in row.children().filter(|cell| is(*cell, "c")) {
            let column = attribute(cell, "r").and_then(place).map_or(next_column, |(_, column)| column);
            next_column = column.saturating_add(1);
            let shape = attribute(cell, "s").and_then(|style| style.parse::<usize>().ok());
            let shape = shape.and_then(|style| shapes.get(style)).copied().unwrap_or(Shape::Plain);
            let words = value(cell, strings, shape, late);
            let out_of_sight =
                is_on(row, "hidden") && !filtered || hidden.iter().any(|(from, to)| (*from..*to).contains(&column));
            if out_of_sight {
                sheet.hide(&words);
            } else {
                sheet.put(at, column, words);
            }
        }
    }
    for range in named(content.root_element(), "mergeCell").filter_map(|cell| attribute(cell, "ref")) {
        if let Some((from, to)) = range.split_once(':').and_then(|(from, to)| Some((place(from)?, place(to)?))) {
            sheet.merge(from, to);
        }
    }
    sheet
}

/// What a cell shows.
fn value(cell: Node<'_, '_>, strings: &[String], shape: Shape, late: bool) -> String {
    let words = cell.children().find(|child| is(*child, "v")).and_then(|value| value.text()).unwrap_or_default();
    match attribute(cell, "t") {
        Some("s") => {
            words.trim().parse::<usize>().ok().and_then(|index| strings.get(index)).cloned().unwrap_or_default()
        }
        Some("inlineStr") => runs(cell),
        Some("str") => words.to_owned(),
        Some("b") => (if words.trim() == "1" { "是" } else { "否" }).to_owned(),
        Some("e") => String::new(),
        Some("d") => super::sheet::iso_date(words),
        _ => match words.trim().parse::<f64>() {
            Ok(number) => shown(number, shape, late),
            Err(_) => words.to_owned(),
        },
    }
}

fn shown(number: f64, shape: Shape, late: bool) -> String {
    match shape {
        Shape::Date(date) if (1.0..2_958_466.0).contains(&number) => super::sheet::date(number, late, date),
        Shape::Percent => format!("{}%", rounded(number * 100.0)),
        _ => rounded(number).to_string(),
    }
}

/// A number without the noise behind its twelfth digit.
fn rounded(number: f64) -> f64 {
    format!("{number:.9}").parse().unwrap_or(number)
}

/// The words of runs, without the readings that stand beside them.
fn runs(node: Node<'_, '_>) -> String {
    let reading =
        |text: &Node<'_, '_>| text.ancestors().take_while(|above| *above != node).any(|above| is(above, "rPh"));
    node.descendants().filter(|text| is(*text, "t") && !reading(text)).filter_map(|text| text.text()).collect()
}

fn strings(content: &str) -> Result<Vec<String>, ReadError> {
    if content.is_empty() {
        return Ok(Vec::new());
    }
    let content = Document::parse(content).map_err(ReadError::Xml)?;
    Ok(content.root_element().children().filter(|node| is(*node, "si")).map(runs).collect())
}

/// For every style of cells, how it shows numbers.
fn shapes(content: &str) -> Vec<Shape> {
    let Ok(content) = Document::parse(content) else { return Vec::new() };
    let own: HashMap<&str, &str> = named(content.root_element(), "numFmt")
        .filter_map(|format| Some((attribute(format, "numFmtId")?, attribute(format, "formatCode")?)))
        .collect();
    let styles = named(content.root_element(), "cellXfs").next();
    let styles = styles.into_iter().flat_map(|styles| styles.children().filter(|style| is(*style, "xf")));
    styles
        .map(|style| {
            let id = attribute(style, "numFmtId").unwrap_or("0");
            match (own.get(id), id.parse::<u32>().unwrap_or(0)) {
                (Some(code), _) => by_code(code),
                // ECMA-376, part 1, 18.8.30: formats that files only name
                (None, 9 | 10) => Shape::Percent,
                (None, 17 | 27 | 36 | 50 | 52 | 57) => Shape::Date(Shown::Month),
                (None, 14..=16 | 22 | 28..=31 | 51 | 53..=56 | 58) => Shape::Date(Shown::Day),
                _ => Shape::Plain,
            }
        })
        .collect()
}

/// How a format shows numbers: literals and conditions aside, dates have years or days, and shares a sign.
fn by_code(code: &str) -> Shape {
    let mut plain = String::new();
    let mut quoted: Option<char> = None;
    for char in code.chars() {
        match (quoted, char) {
            (Some(end), char) if char == end => quoted = None,
            (Some(_), _) => {}
            (None, '"') => quoted = Some('"'),
            (None, '[') => quoted = Some(']'),
            (None, char) => plain.push(char.to_ascii_lowercase()),
        }
    }
    let month = plain.contains(['m', '月']);
    if plain.contains('d') || month && !plain.contains('y') && plain.contains('月') {
        Shape::Date(Shown::Day)
    } else if plain.contains('y') {
        Shape::Date(if month { Shown::Month } else { Shown::Year })
    } else if plain.contains('%') {
        Shape::Percent
    } else {
        Shape::Plain
    }
}

fn targets(parts: &Document<'_>) -> HashMap<String, String> {
    named(parts.root_element(), "Relationship")
        .filter_map(|part| Some((attribute(part, "Id")?.to_owned(), attribute(part, "Target")?.to_owned())))
        .collect()
}

/// Row and column of a cell, from 0: C5 is (4, 2).
fn place(name: &str) -> Option<(usize, usize)> {
    let name = name.replace('$', "");
    let digits = name.find(|char: char| char.is_ascii_digit())?;
    let (letters, digits) = name.split_at_checked(digits)?;
    let mut column = 0_usize;
    for letter in letters.chars() {
        let value = letter.to_ascii_uppercase().to_digit(36).filter(|value| *value >= 10)? as usize - 9;
        column = column.checked_mul(26)?.checked_add(value)?;
    }
    Some((digits.parse::<usize>().ok()?.checked_sub(1)?, column.checked_sub(1)?))
}

fn is(node: Node<'_, '_>, name: &str) -> bool {
    node.is_element() && node.tag_name().name() == name
}

fn named<'a, 'i: 'a>(node: Node<'a, 'i>, name: &'a str) -> impl Iterator<Item = Node<'a, 'i>> {
    node.descendants().filter(move |inner| is(*inner, name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_have_letters_and_digits() {
        assert_eq!(place("C5"), Some((4, 2)));
        assert_eq!(place("$AA$10"), Some((9, 26)));
        assert_eq!(place("5"), None);
        assert_eq!(place("A0"), None);
    }

    #[test]
    fn numbers_are_shown_as_their_format_says() {
        assert_eq!(shown(45_473.0, by_code("yyyy\"年\"m\"月\"d\"日\""), false), "2024年6月30日");
        // what a spreadsheet makes of a month that was typed
        assert_eq!(shown(45_444.0, by_code("yyyy\"年\"m\"月\";@"), false), "2024年6月");
        assert_eq!(shown(45_444.0, by_code("yyyy/m"), false), "2024年6月");
        assert_eq!(shown(45_444.0, by_code("[$-804]yyyy\"年\""), false), "2024年");
        assert_eq!(shown(45_444.0, by_code("m\"月\"d\"日\""), false), "2024年6月1日");
        assert_eq!(shown(0.605, by_code("0.0%"), false), "60.5%");
        assert_eq!(shown(12.0, by_code("#,##0"), false), "12");
        assert_eq!(shown(0.1 + 0.2, by_code("General"), false), "0.3");
    }
}
