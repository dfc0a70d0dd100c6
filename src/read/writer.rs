//! Writes the normalised text of a source, block by block, with the places of everything.

use super::table::Table;
use super::{Block, Format, Source};
use crate::span::{Span, Text, is_blank};

/// Stand before and behind bold words while a text is put together; characters of no document.
pub(super) const BOLD: [char; 2] = ['\u{fdd1}', '\u{fdd2}'];

/// The text so far and its blocks.
#[derive(Debug, Default)]
pub(super) struct Writer {
    text: String,
    length: usize,
    blocks: Vec<Block>,
    names: Vec<(Span, String)>,
}

impl Writer {
    /// Adds a paragraph on a line of its own; one of blanks is left out.
    pub(super) fn paragraph(&mut self, words: &str) {
        if !words.chars().all(|char| is_blank(char) || BOLD.contains(&char)) {
            let span = self.words(words);
            self.end_line();
            self.blocks.push(Block::Paragraph(span));
        }
    }

    /// Adds the words of a cell, behind a tab unless it is the first of its row. Tabs within become blanks.
    pub(super) fn cell(&mut self, words: &str, first: bool) -> Span {
        if !first {
            self.text.push('\t');
            self.length += 1;
        }
        self.words(&words.replace(['\t', '\r'], " "))
    }

    /// Names the cell of a workbook that holds some words.
    pub(super) fn name(&mut self, span: Span, name: String) {
        self.names.push((span, name));
    }

    /// Ends a row of cells.
    pub(super) fn end_line(&mut self) {
        self.text.push('\n');
        self.length += 1;
    }

    /// Adds a table whose cells were written.
    pub(super) fn table(&mut self, table: Table) {
        if !table.cells.is_empty() {
            self.blocks.push(Block::Table(table));
        }
    }

    /// The text as it is, for a cell that holds paragraphs.
    pub(super) fn into_text(self) -> String {
        self.text
    }

    /// The source.
    pub(super) fn into_source(self, name: &str, format: Format) -> Source {
        let Self { text, blocks, names, .. } = self;
        let (text, bold) = without_marks(text);
        Source {
            name: name.to_owned(),
            format,
            text: Text::new(text),
            blocks,
            cells: names,
            bold,
            findings: Vec::new(),
        }
    }

    fn words(&mut self, words: &str) -> Span {
        let start = self.length;
        self.text.push_str(words);
        self.length += words.chars().filter(|char| !BOLD.contains(char)).count();
        Span::new(start, self.length)
    }
}

/// A text without the marks of bold words, and the places of these; none runs over the end of a line or cell.
fn without_marks(text: String) -> (String, Vec<Span>) {
    if !text.contains(BOLD) {
        return (text, Vec::new());
    }
    let mut out = String::with_capacity(text.len());
    let mut bold: Vec<Span> = Vec::new();
    let (mut at, mut open) = (0, None);
    for char in text.chars() {
        if char == BOLD[0] {
            open = open.or(Some(at));
            continue;
        }
        if matches!(char, '\n' | '\t') || char == BOLD[1] {
            bold.extend(open.take().map(|start| Span::new(start, at)));
        }
        if char != BOLD[1] {
            out.push(char);
            at += 1;
        }
    }
    (out, bold)
}
