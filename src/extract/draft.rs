//! A task as it is found, before rules are applied and labels made unique.

use super::clause::Statement;
use super::confidence::Doubt;
use super::decide::Setting;
use super::indicator::FigureCell;
use super::model::Mode;
use crate::diagnostic::Finding;
use crate::parse::{Document, Node};
use crate::span::{Span, Text, is_blank};

/// A task as it is found.
#[derive(Clone, Debug)]
pub(super) struct Draft {
    /// The printed number; empty where there is none.
    pub(super) printed: String,
    /// Printed numbers of the items above, outermost first.
    pub(super) above: Vec<String>,
    /// Which of the tasks under one number it is, from 1; 0 where it is the only one.
    pub(super) part: usize,
    /// The headings above.
    pub(super) path: Vec<String>,
    /// Its own heading.
    pub(super) title: Option<String>,
    /// A cell that names it in a few words, beside the one that says what is to be done.
    pub(super) name: Option<Span>,
    /// Places of its words.
    pub(super) words: Vec<Span>,
    /// Place of the whole task.
    pub(super) span: Span,
    /// Places of its clause: one in prose, one a cell in tables.
    pub(super) clause: Vec<Span>,
    /// What the clause or the cells say.
    pub(super) statement: Option<Statement>,
    /// Where the statement stands.
    pub(super) setting: Setting,
    /// Whether it stands at an earlier task.
    pub(super) inherited: bool,
    /// How it is made, where a ledger says so.
    pub(super) mode: Option<Mode>,
    /// Cells that say when it is due.
    pub(super) due: Vec<Span>,
    /// Cells that say when it begins.
    pub(super) begins: Vec<Span>,
    /// Cells that name quantities.
    pub(super) figures: Vec<FigureCell>,
    /// Cells that name documents.
    pub(super) sources: Vec<Span>,
    /// Why it may be doubted that the statement is one and governs the task.
    pub(super) doubts: Vec<Doubt>,
    /// What is odd.
    pub(super) findings: Vec<Finding>,
}

impl Draft {
    /// A draft at a place, everything else unknown.
    pub(super) fn new(span: Span) -> Self {
        Self {
            printed: String::new(),
            above: Vec::new(),
            part: 0,
            path: Vec::new(),
            title: None,
            name: None,
            words: Vec::new(),
            span,
            clause: Vec::new(),
            statement: None,
            setting: Setting::Clause,
            inherited: false,
            mode: None,
            due: Vec::new(),
            begins: Vec::new(),
            figures: Vec::new(),
            sources: Vec::new(),
            doubts: Vec::new(),
            findings: Vec::new(),
        }
    }
}

/// The longest heading that is kept in a path, in characters.
const LONGEST_HEADING: usize = 60;

/// The heading of an item: its number and its first sentence.
pub(super) fn heading(text: &Text, node: &Node) -> String {
    let words = node.paragraphs.first().map_or("", |span| text.slice(*span));
    let sentence = words.split(['。', '；', '\n']).next().unwrap_or_default();
    // 一、医共体建设（牵头单位：市卫生健康委）
    let stated = sentence.split_once(['（', '(']).filter(|(_, inner)| inner.contains(['：', ':']));
    let sentence = stated.map_or(sentence, |(before, _)| before);
    let end = sentence.char_indices().nth(LONGEST_HEADING).map_or(sentence.len(), |(byte, _)| byte);
    let short = sentence.get(..end).unwrap_or(sentence);
    let label = node.label.as_ref().map_or("", |label| label.text.as_str());
    [label, short.trim()].concat()
}

/// The items above an item, outermost first.
pub(super) fn ancestors(document: &Document, node: &Node) -> Vec<usize> {
    let mut above: Vec<usize> =
        std::iter::successors(node.parent, |parent| document.nodes.get(*parent).and_then(|node| node.parent)).collect();
    above.reverse();
    above
}

/// Headings and printed numbers of some items.
pub(super) fn path(document: &Document, above: &[usize]) -> (Vec<String>, Vec<String>) {
    let nodes = above.iter().filter_map(|index| document.nodes.get(*index));
    nodes
        .filter(|node| node.label.is_some())
        .map(|node| {
            let label = node.label.as_ref().map(|label| label.text.clone()).unwrap_or_default();
            (heading(&document.text, node), label)
        })
        .unzip()
}

/// A clause as one line; bodies that a cell lists on lines of their own stay apart.
pub(super) fn listed(text: &Text, span: Span) -> String {
    let lines = text.slice(span).split('\n').map(|line| line.trim_matches(is_blank));
    lines.filter(|line| !line.is_empty()).collect::<Vec<_>>().join("、")
}

/// The folded characters of some places of a text, without line breaks.
pub(super) fn folded(text: &Text, spans: &[Span]) -> Vec<char> {
    let mut folded = Vec::with_capacity(spans.iter().map(|span| span.len()).sum());
    for line in spans.iter().flat_map(|span| text.folded(text.trim(*span)).split(|char| *char == '\n')) {
        folded.extend_from_slice(line);
    }
    folded
}

/// Some places of a text as one line; a line break between Chinese characters is one of layout.
pub(super) fn joined(text: &Text, spans: &[Span]) -> String {
    let mut out = String::new();
    for span in spans {
        for line in text.slice(*span).split('\n') {
            let line = line.trim_matches(is_blank);
            let apart = out.ends_with(|char: char| char.is_ascii_alphanumeric())
                && line.starts_with(|char: char| char.is_ascii_alphanumeric());
            if apart {
                out.push(' ');
            }
            out.push_str(line);
        }
    }
    out
}
