//! A source to a document: head, outline and tables. Cannot fail: what is odd becomes a finding.

mod align;
mod chrome;
pub mod citation;
mod column;
mod date;
mod figure_table;
mod fit;
mod flat;
mod head;
pub mod label;
mod matrix;
mod model;
mod outline;
mod record;
mod reshape;
mod run_on;
mod task_table;
mod unread;

pub use chrome::is_error_page;
pub use column::{Column, PartyColumn, kind as column_kind};
pub use matrix::Matrix;
pub use model::{Citation, CitationRelation, Head, LedgerRule, Named};
pub use outline::Node;
pub use task_table::TaskTable;
pub(crate) use task_table::{holder_name, is_holder};

use sha2::{Digest, Sha256};

use crate::diagnostic::{Code, Finding};
use crate::read::{Block, Source};
use crate::span::{Span, Text};

/// A document as it is built.
#[derive(Clone, Debug)]
pub struct Document {
    /// File name of the source.
    pub source: String,
    /// What tells the document from all others: its number, else its title, else its file name and a digest of its words.
    pub key: String,
    /// The text that all places refer to.
    pub text: Text,
    /// The cells of a workbook that hold words, in order.
    pub cells: Vec<(Span, String)>,
    /// The words that are printed bold, in order.
    pub bold: Vec<Span>,
    /// What the document says of itself.
    pub head: Head,
    /// The names by which it speaks of itself and, for short, of others.
    pub names: citation::Names,
    /// Rules that a ledger states in its head.
    pub rules: Vec<LedgerRule>,
    /// The items, in document order.
    pub nodes: Vec<Node>,
    /// The tables of tasks, in document order.
    pub tables: Vec<TaskTable>,
    /// Tables of indicators outside of tasks, in document order.
    pub figures: Vec<TaskTable>,
    /// What is odd.
    pub findings: Vec<Finding>,
}

/// Reads the structure of a source.
pub fn parse(source: Source) -> Document {
    let mut parser = Parser { text: source.text, ..Parser::default() };
    parser.findings = source.findings;
    let mut lines: Vec<Span> = Vec::new();
    for block in source.blocks {
        match block {
            Block::Paragraph(span) => lines.push(span),
            Block::Table(table) => {
                parser.lines(&std::mem::take(&mut lines));
                parser.table(table, Vec::new(), None);
            }
        }
    }
    parser.lines(&lines);
    parser.outline.finish();
    let head = head::read(&parser.text, &parser.head_lines, &parser.head_pairs, &parser.outline.nodes);
    let paragraphs = parser.outline.nodes.iter().flat_map(|node| node.paragraphs.iter().copied());
    let names = citation::Names::of(&parser.text, head.head.title.as_deref(), paragraphs);
    let key = head.head.number.clone().or_else(|| head.head.title.clone());
    let mut document = Document {
        key: key.unwrap_or_else(|| unnamed(&source.name, &parser.text)),
        source: source.name,
        cells: source.cells,
        bold: source.bold,
        head: head.head,
        names,
        rules: head.rules,
        nodes: parser.outline.nodes,
        tables: parser.tables,
        figures: parser.figures,
        findings: parser.findings,
        text: parser.text,
    };
    document.findings.extend(head.findings);
    document
}

/// The key of a document that neither number nor title names: files of one name may hold different documents.
fn unnamed(source: &str, text: &Text) -> String {
    let digest = Sha256::digest(text.as_str().as_bytes());
    let first = digest.iter().take(4).fold(0_u32, |number, byte| number << 8 | u32::from(*byte));
    format!("{source}-{first:08x}")
}

#[derive(Default)]
struct Parser {
    text: Text,
    outline: outline::Outline,
    tables: Vec<TaskTable>,
    figures: Vec<TaskTable>,
    head_lines: Vec<Span>,
    head_pairs: Vec<(Span, Vec<Span>)>,
    findings: Vec<Finding>,
}

/// How many lines the head of a document, its surroundings included, may have.
const HEAD_LINES: usize = 400;
/// How far behind the place of a finding, in characters, the same table is not reported again.
const NEAR: usize = 60;
/// How many of the last findings are looked at for that.
const LAST: usize = 16;
/// How many lines its end may have, where it may be signed.
const TAIL_LINES: usize = 60;

impl Parser {
    fn lines(&mut self, lines: &[Span]) {
        let mut at = 0;
        while let Some(&line) = lines.get(at) {
            let found = flat::read(&self.text, lines, at).or_else(|| record::read(&self.text, lines, at));
            if let Some(flat) = found {
                self.findings.extend(flat.ragged.iter().map(|span| ragged(*span)));
                self.table(flat.table, flat.borrowed, flat.columns);
                at = flat.end.max(flat.first + 1);
                continue;
            }
            self.findings.extend(unread::line(&self.text, line).filter(|found| !self.is_said(found)));
            self.head_line(line);
            // who signs belongs to no item
            if head::begins_signature(&self.text, lines, at) {
                self.outline.end_items();
            }
            for part in run_on::parts(&self.text, line) {
                self.outline.push(&self.text, part);
            }
            at += 1;
        }
    }

    /// Whether one of the last findings says the same of a place nearby.
    fn is_said(&self, found: &Finding) -> bool {
        let near = |one: Span, other: Span| one.start < other.end + NEAR && other.start < one.end + NEAR;
        self.findings.iter().rev().take(LAST).any(|said| {
            said.code == found.code && said.span.zip(found.span).is_some_and(|(one, other)| near(one, other))
        })
    }

    /// Keeps a line that may say something of the document: the first ones, and the last ones, which may sign it.
    fn head_line(&mut self, line: Span) {
        if self.text.trim(line).is_empty() {
            return;
        }
        if self.head_lines.len() >= HEAD_LINES + TAIL_LINES {
            self.head_lines.remove(HEAD_LINES);
        }
        self.head_lines.push(line);
    }

    fn table(&mut self, table: crate::read::Table, borrowed: Vec<usize>, columns: Option<Vec<Option<Column>>>) {
        let table = reshape::upright(&self.text, table);
        if columns.is_some() || !borrowed.is_empty() {
            self.part_of_table(table, borrowed, columns);
            return;
        }
        for part in task_table::parts(&self.text, table) {
            self.part_of_table(part, Vec::new(), None);
        }
    }

    /// Takes a table with one header.
    fn part_of_table(&mut self, table: crate::read::Table, borrowed: Vec<usize>, columns: Option<Vec<Option<Column>>>) {
        let section = self.outline.nodes.iter().rposition(|node| node.label.is_some());
        let line = self.outline.last_line();
        let read = TaskTable::read(&self.text, table, section, line).or_else(|table| match self.tables.last() {
            Some(last) => last.go_on(&self.text, table).map(|table| (table, task_table::Above::default())),
            None => Err(table),
        });
        match read {
            Ok((table, above)) => {
                self.head_pairs.extend(above.pairs);
                self.head_lines.extend(above.lines);
                if let Some(holder) = table.holder {
                    self.outline.take_back(holder);
                }
                let columns = columns.unwrap_or_else(|| table.columns.clone());
                self.tables.push(TaskTable { columns, borrowed, ..table });
                self.outline.interrupt();
            }
            Err(table) => {
                self.findings.extend(unread::table(&self.text, &table));
                self.figures.extend(figure_table::read(&self.text, &table, section));
                let mut spans: Vec<Span> = table.cells.iter().map(|cell| cell.span).collect();
                spans.sort_unstable();
                // the cells of a table of something else are read as paragraphs
                for span in spans {
                    let mut start = span.start;
                    let lengths: Vec<usize> =
                        self.text.slice(span).split('\n').map(|line| line.chars().count()).collect();
                    for length in lengths {
                        let line = Span::new(start, start + length);
                        start = line.end + 1;
                        self.head_line(line);
                        self.outline.push(&self.text, line);
                    }
                }
            }
        }
    }
}

fn ragged(span: Span) -> Finding {
    Finding::new(
        Code::RaggedRow,
        span,
        "这一行的单元格数与表头不符",
        "the cells of this row do not fit the columns of its table",
    )
    .with_hint("请核对是否漏了空单元格或多了换行", "look for a missing empty cell or a stray line break")
}
