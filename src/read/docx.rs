//! DOCX: paragraphs with their automatic numbers restored, tables with merged cells, footnotes; tracked changes as
//! accepted, text boxes in their place.

use std::collections::BTreeMap;

use roxmltree::{Document, Node};

use super::container::Container;
use super::error::ReadError;
use super::numbering::Numbering;
use super::table::{Cell, Table};
use super::writer::{BOLD, Writer};
use super::{Format, Source};

/// How deep tables may nest; what lies deeper is read as text of the table around it.
const DEEPEST: usize = 16;

/// Reads a document whose body is in a part.
pub(super) fn read(name: &str, container: &mut Container, main: &str) -> Result<Source, ReadError> {
    let main = container.text(main)?;
    let main = Document::parse(&main).map_err(ReadError::Xml)?;
    let styles = container.text("word/styles.xml").unwrap_or_default();
    let numbers = container.text("word/numbering.xml").unwrap_or_default();
    let numbering = Numbering::read(&numbers, &styles);
    let parts = [("footnotes", "footnote"), ("endnotes", "endnote")];
    let notes: Vec<(&str, String)> = parts
        .iter()
        .filter_map(|(part, name)| Some((*name, container.text(&format!("word/{part}.xml")).ok()?)))
        .collect();
    let notes: Vec<(&str, Document<'_>)> =
        notes.iter().filter_map(|(name, content)| Some((*name, Document::parse(content).ok()?))).collect();
    let mut reader = Reader { numbering, out: Writer::default(), notes: read_notes(&notes), cited: Vec::new() };
    if let Some(body) = main.root_element().children().find(|node| is(*node, "body")) {
        reader.blocks(body, 0);
    }
    // what nothing refers to stands at the end
    let rest: Vec<String> = reader.notes.keys().cloned().collect();
    reader.cited.extend(rest);
    reader.cite();
    Ok(reader.out.into_source(name, Format::Docx))
}

/// The lines of the notes, by kind and identifier. The separators that Word keeps among them have a type.
fn read_notes(parts: &[(&str, Document<'_>)]) -> BTreeMap<String, Vec<String>> {
    let mut read = BTreeMap::new();
    for (kind, part) in parts {
        for (index, note) in part.root_element().children().filter(|note| is(*note, kind)).enumerate() {
            if attribute(note, "type").is_some_and(|kind| kind != "normal") {
                continue;
            }
            let mut inner = Reader::default();
            inner.blocks(note, 0);
            let id = attribute(note, "id").map_or_else(|| format!("#{index}"), str::to_owned);
            read.insert(format!("{kind}{id}"), inner.out.into_text().lines().map(str::to_owned).collect());
        }
    }
    read
}

#[derive(Default)]
struct Reader {
    numbering: Numbering,
    out: Writer,
    /// The notes that were not cited yet.
    notes: BTreeMap<String, Vec<String>>,
    /// Notes that were cited since the last paragraph or table of the body.
    cited: Vec<String>,
}

impl Reader {
    /// Writes the notes that a paragraph or table cites, behind it: what they say holds from there on.
    fn cite(&mut self) {
        // within a cell there are none: the reader of the body writes them
        if self.notes.is_empty() {
            return;
        }
        for note in std::mem::take(&mut self.cited) {
            for line in self.notes.remove(&note).unwrap_or_default() {
                self.out.paragraph(&line);
            }
        }
    }

    /// The words of what stands in a cell or box; its numbers are counted on from those before.
    fn within(&mut self, parent: Node<'_, '_>, depth: usize) -> String {
        let mut inner = Self { numbering: std::mem::take(&mut self.numbering), ..Self::default() };
        inner.blocks(parent, depth);
        self.numbering = inner.numbering;
        self.cited.append(&mut inner.cited);
        inner.out.into_text()
    }

    /// Paragraphs and tables of a body, a note, or what wraps them.
    fn blocks(&mut self, parent: Node<'_, '_>, depth: usize) {
        for node in parent.children() {
            if is(node, "p") {
                for line in self.paragraph(node, depth) {
                    self.out.paragraph(&line);
                }
                self.cite();
            } else if is(node, "tbl") {
                self.table(node, depth);
                self.cite();
            } else if depth < DEEPEST
                && ["sdt", "sdtContent", "ins", "moveTo", "customXml", "smartTag"].iter().any(|name| is(node, name))
            {
                self.blocks(node, depth + 1);
            }
        }
    }

    /// The lines of a paragraph, its number before the first; a text box stands behind it.
    fn paragraph(&mut self, paragraph: Node<'_, '_>, depth: usize) -> Vec<String> {
        let mut words = String::new();
        let mut boxes: Vec<String> = Vec::new();
        let mut open: Vec<Node<'_, '_>> = backwards(paragraph);
        while let Some(node) = open.pop() {
            match node.tag_name().name() {
                "r" if has_property(node, "rPr", "vanish") => {}
                "t" if is_bold(node) => {
                    words.push(BOLD[0]);
                    words.push_str(node.text().unwrap_or_default());
                    words.push(BOLD[1]);
                }
                "t" => words.push_str(node.text().unwrap_or_default()),
                "tab" if is(node.parent().unwrap_or(node), "r") => words.push('\t'),
                "br" | "cr" => words.push('\n'),
                "noBreakHyphen" => words.push('-'),
                "sym" => words.extend(attribute(node, "char").and_then(symbol)),
                // what was deleted or moved away, codes of fields, properties, and the second form of a drawing
                "del" | "moveFrom" | "instrText" | "pPr" | "rPr" | "Fallback" | "delText" => {}
                name @ ("footnoteReference" | "endnoteReference") => {
                    let kind = name.trim_end_matches("Reference");
                    self.cited.extend(attribute(node, "id").map(|id| format!("{kind}{id}")));
                }
                "txbxContent" if depth < DEEPEST => {
                    boxes.push(self.within(node, depth + 1));
                }
                _ => open.extend(backwards(node)),
            }
        }
        // an empty cell may have a number of its own: that of the row
        let is_empty = words.replace(BOLD, "").trim().is_empty();
        let number = self.numbering.next(paragraph).filter(|_| depth > 0 || !is_empty);
        let mut lines: Vec<String> =
            format!("{}{words}", number.unwrap_or_default()).split('\n').map(str::to_owned).collect();
        lines.extend(boxes.iter().flat_map(|inner| inner.lines()).map(str::to_owned));
        lines
    }

    fn table(&mut self, table: Node<'_, '_>, depth: usize) {
        if depth < DEEPEST && is_layout(table) {
            for cell in children_through(table, "tr").into_iter().flat_map(|row| children_through(row, "tc")) {
                self.blocks(cell, depth + 1);
            }
            return;
        }
        let mut grid = Table { merges_known: true, ..Table::default() };
        let rows = children_through(table, "tr");
        let mut row_index: usize = 0;
        for row in rows {
            // a row that was deleted, or is not shown
            if has_property(row, "trPr", "del") || has_property(row, "trPr", "hidden") {
                continue;
            }
            let before = child(row, "trPr").and_then(|properties| child(properties, "gridBefore"));
            let mut column = before.and_then(|before| attribute(before, "val")?.parse().ok()).unwrap_or(0).min(100);
            let mut first = true;
            for cell in children_through(row, "tc") {
                let property = |name: &str| child(cell, "tcPr").and_then(|properties| child(properties, name));
                let width = property("gridSpan")
                    .and_then(|span| attribute(span, "val")?.parse().ok())
                    .unwrap_or(1)
                    .clamp(1, 100);
                let merge = property("vMerge").map(|merge| attribute(merge, "val").unwrap_or("continue").to_owned());
                let above = row_index
                    .checked_sub(1)
                    .and_then(|above: usize| grid.rows.get(above)?.get(column).copied().flatten());
                if let Some(above) = above.filter(|_| merge.as_deref() == Some("continue")) {
                    grid.extend(above, row_index, column, width);
                } else {
                    let words = self.cell(cell, depth);
                    let span = self.out.cell(&words, first);
                    first = false;
                    grid.put(Cell { span, row: row_index, column }, 1, width);
                }
                column += width;
            }
            if !first || column > 0 {
                self.out.end_line();
                row_index += 1;
            }
        }
        self.out.table(grid);
    }

    /// The words of a cell, its paragraphs on lines of their own.
    fn cell(&mut self, cell: Node<'_, '_>, depth: usize) -> String {
        if depth >= DEEPEST {
            return String::new();
        }
        self.within(cell, depth + 1).trim_end_matches('\n').to_owned()
    }
}

/// Whether the run that some words stand in is bold.
fn is_bold(words: Node<'_, '_>) -> bool {
    words.parent().is_some_and(|run| has_property(run, "rPr", "b"))
}

/// Whether a run, row or cell has a property that is on.
fn has_property(node: Node<'_, '_>, properties: &str, name: &str) -> bool {
    let found = child(node, properties).and_then(|properties| child(properties, name));
    found.is_some_and(|found| !attribute(found, "val").is_some_and(|value| matches!(value, "0" | "false" | "off")))
}

/// Whether a table lays out others: most of its words stand in tables of several columns within its cells.
fn is_layout(table: Node<'_, '_>) -> bool {
    let words = |node: Node<'_, '_>| {
        let texts = node.descendants().filter(|text| is(*text, "t"));
        texts.filter_map(|text| text.text()).map(|text| text.chars().count()).sum::<usize>()
    };
    let rows = children_through(table, "tr");
    let cells = rows.iter().flat_map(|row| children_through(*row, "tc"));
    let inner = cells.flat_map(|cell| children_through(cell, "tbl"));
    let wide =
        inner.filter(|table| children_through(*table, "tr").iter().any(|row| children_through(*row, "tc").len() > 1));
    let inside: usize = wide.map(words).sum();
    inside > 0 && inside * 2 > words(table)
}

fn is(node: Node<'_, '_>, name: &str) -> bool {
    node.is_element() && node.tag_name().name() == name
}

fn child<'a, 'i>(node: Node<'a, 'i>, name: &str) -> Option<Node<'a, 'i>> {
    node.children().find(|child| is(*child, name))
}

fn backwards<'a, 'i>(node: Node<'a, 'i>) -> Vec<Node<'a, 'i>> {
    let mut children: Vec<_> = node.children().filter(Node::is_element).collect();
    children.reverse();
    children
}

/// The children of a name, also those that content controls and accepted insertions wrap.
fn children_through<'a, 'i>(parent: Node<'a, 'i>, name: &str) -> Vec<Node<'a, 'i>> {
    let mut found = Vec::new();
    let mut open = backwards(parent);
    while let Some(node) = open.pop() {
        if is(node, name) {
            found.push(node);
        } else if ["sdt", "sdtContent", "ins", "customXml"].iter().any(|wrap| is(node, wrap)) {
            open.extend(backwards(node));
        }
    }
    found
}

/// An attribute by its local name, whatever its prefix.
pub(super) fn attribute<'a>(node: Node<'a, '_>, name: &str) -> Option<&'a str> {
    node.attributes().find(|attribute| attribute.name() == name).map(|attribute| attribute.value())
}

fn symbol(code: &str) -> Option<char> {
    char::from_u32(u32::from_str_radix(code, 16).ok()?).and_then(unsymbol)
}

/// What a character means that may come from the private area of a symbol font.
pub(super) fn unsymbol(char: char) -> Option<char> {
    // Wingdings: the check marks that legends use
    match char {
        '\u{f0fc}' | '\u{f050}' => Some('√'),
        '\u{f0ab}' => Some('★'),
        '\u{f06c}' | '\u{f09f}' => Some('●'),
        _ => Some(char).filter(|char| !('\u{e000}'..='\u{f8ff}').contains(char)),
    }
}
