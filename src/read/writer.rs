//! Writes the normalised text of a source, block by block, with the places of everything.

use super::table::Table;
use super::{Block, Format, Source};
use crate::span::{Span, Text, is_blank};

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
        if !words.chars().all(is_blank) {
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
        Source { name: name.to_owned(), format, text: Text::new(text), blocks, cells: names, findings: Vec::new() }
    }

    fn words(&mut self, words: &str) -> Span {
        let start = self.length;
        self.text.push_str(words);
        self.length += words.chars().count();
        Span::new(start, self.length)
    }
}
