//! Paragraphs to a tree by their printed numbers.

use super::fit::{self, Bodies};
use super::label::{self, Label, Style};
use super::{Column, chrome, column};
use crate::span::{Span, Text, fold};

/// An item of the outline: a printed number and the words up to the next one.
#[derive(Clone, Debug)]
pub struct Node {
    /// The printed number; none for the words before the first, for annexes, and for names above items: 市教育局：.
    pub label: Option<Label>,
    /// The item above, by index.
    pub parent: Option<usize>,
    /// Paragraphs of the item, without the number.
    pub paragraphs: Vec<Span>,
    /// In an outline that was a table: cells behind the words of the item.
    pub cells: Vec<Span>,
    /// Whether the outline was a table whose cells cover the items below them.
    pub in_table: bool,
    /// Place of the whole item, the number included and the items below left out.
    pub span: Span,
}

/// Whether a line begins an annex or a section of its own.
pub(super) fn opens_section(line: &str) -> bool {
    is_annex(line)
        || chrome::ends(line)
        || label::of(line).is_some_and(|label| matches!(label.style, Style::Chapter | Style::Han))
}

/// Whether a line ends a table whose cells stand on lines of their own.
pub(super) fn ends_table(line: &str) -> bool {
    is_annex(line) || chrome::ends(line) || chrome::is_copy(line)
}

fn is_annex(line: &str) -> bool {
    let mut chars = line.chars().map(fold);
    let begins = chars.next() == Some('附') && matches!(chars.next(), Some('件' | '表' | '录'));
    let next = chars.find(|char| *char != ' ');
    begins
        && line.chars().count() <= 60
        && next.is_none_or(|char| char == ':' || char.is_ascii_digit() || crate::numeral::is_numeral(char))
}

/// Builds the outline, paragraph by paragraph.
#[derive(Debug, Default)]
pub(super) struct Outline {
    pub(super) nodes: Vec<Node>,
    /// The items that are open; one without a style is a line of names above items.
    stack: Vec<(Option<Style>, usize)>,
    current: Option<usize>,
    /// A line of names that stands above items, if one follows: 市教育局：.
    names: Option<Span>,
    in_table: bool,
    ended: bool,
}

impl Outline {
    /// Takes the next paragraph.
    pub(super) fn push(&mut self, text: &Text, paragraph: Span) {
        let paragraph = text.trim(paragraph);
        let (words, folded) = (text.slice(paragraph), text.folded(paragraph));
        if self.ended || words.is_empty() {
            return;
        }
        let label = if self.in_table { None } else { label::read(folded).or_else(|| self.following(text, paragraph)) };
        if let Some(names) = self.names.take() {
            match &label {
                Some(label) if !matches!(label.style, Style::Chapter | Style::Han) => self.heads(names, label.style),
                _ => self.words(names),
            }
        }
        if chrome::ends(words) {
            self.ended = true;
        } else if chrome::is_chrome(folded) {
        } else if column::run_together(folded).is_some() {
            self.in_table = true;
        } else if is_annex(words) {
            self.annex(paragraph);
        } else if self.in_table {
            self.row(text, paragraph);
        } else {
            match label {
                Some(label) => self.item(text, paragraph, label),
                None if is_names(words) => self.names = Some(paragraph),
                None => self.words(paragraph),
            }
        }
    }

    /// A number that looks like a decimal, but for the items that are open; a line in the middle of a sentence has none.
    fn following(&self, text: &Text, paragraph: Span) -> Option<Label> {
        if !text.folded(paragraph).first().is_some_and(char::is_ascii_digit) {
            return None;
        }
        let labels = self.stack.iter().filter_map(|(_, node)| self.nodes.get(*node)?.label.as_ref());
        let label = label::following(text.folded(paragraph), &labels.collect::<Vec<_>>())?;
        let before = self.nodes.last().and_then(|node| node.paragraphs.last()).copied().unwrap_or_default();
        let ends = text.folded(before).last().is_none_or(|char| matches!(char, '。' | ';' | ')' | ':' | '!'));
        // a heading may stand before the first item
        let is_heading = label.number == 1 && before.len() <= LONGEST_HEADING;
        // 2 健全机制 right behind 1 is no figure that a line begins with
        let is_spaced = label.number > 1 && text.folded(paragraph).get(label.text.len()) == Some(&' ');
        (label.style != Style::Arabic || ends || is_heading || is_spaced).then_some(label)
    }

    /// Takes what is held back at the end of the text.
    pub(super) fn finish(&mut self) {
        if let Some(names) = self.names.take() {
            self.words(names);
        }
    }

    /// Opens an item of a line of names, above items of a style.
    fn heads(&mut self, names: Span, style: Style) {
        let depth = self.stack.iter().position(|(open, _)| open.is_none() || *open == Some(style));
        self.stack.truncate(depth.unwrap_or(self.stack.len()));
        let parent = self.stack.last().map(|(_, node)| *node);
        self.add(None, parent, names, vec![names]);
        self.stack.push((None, self.nodes.len() - 1));
    }

    /// Ends the item, so that words behind a table do not go on with the one before it.
    pub(super) fn interrupt(&mut self) {
        self.finish();
        self.current = None;
        self.in_table = false;
    }

    /// The last line, unless it is one of an item, of which it may say who is responsible.
    pub(super) fn last_line(&self) -> Option<Span> {
        let node = self.nodes.last()?;
        let is_item = |label: &Label| !matches!(label.style, Style::Chapter | Style::Han);
        node.paragraphs.last().copied().filter(|_| !node.label.as_ref().is_some_and(is_item))
    }

    /// Takes the last line back, if it is this one.
    pub(super) fn take_back(&mut self, line: Span) {
        if let Some(node) = self.nodes.last_mut()
            && node.paragraphs.last() == Some(&line)
        {
            node.paragraphs.pop();
        }
    }

    /// Ends all items: what follows stands below none of them.
    pub(super) fn end_items(&mut self) {
        self.interrupt();
        self.stack.clear();
    }

    fn annex(&mut self, paragraph: Span) {
        self.stack.clear();
        self.in_table = false;
        self.add(None, None, paragraph, vec![paragraph]);
    }

    fn add(&mut self, label: Option<Label>, parent: Option<usize>, span: Span, paragraphs: Vec<Span>) {
        self.current = Some(self.nodes.len());
        self.nodes.push(Node { label, parent, paragraphs, cells: Vec::new(), in_table: self.in_table, span });
    }

    fn item(&mut self, text: &Text, paragraph: Span, label: Label) {
        let words = text.trim(Span::new(paragraph.start + label.length, paragraph.end));
        if self.in_table && self.repeats(text, &label, words) {
            return;
        }
        let open = |wanted: Option<Style>| self.stack.iter().position(|(style, _)| *style == wanted);
        // a chapter ends what stands below a line of names
        let above = matches!(label.style, Style::Chapter | Style::Han);
        if let Some(depth) = open(Some(label.style)).or_else(|| open(None).filter(|_| above)) {
            self.stack.truncate(depth);
        }
        let parent = self.stack.last().map(|(_, node)| *node);
        let style = label.style;
        self.add(Some(label), parent, paragraph, if words.is_empty() { Vec::new() } else { vec![words] });
        self.stack.push((Some(style), self.nodes.len() - 1));
    }

    /// Whether a heading of a table is one in force, printed again at the top of a page.
    fn repeats(&mut self, text: &Text, label: &Label, words: Span) -> bool {
        let same = self.stack.iter().position(|(_, node)| {
            self.nodes.get(*node).is_some_and(|node| {
                node.label.as_ref().is_some_and(|known| known.text == label.text)
                    && node.paragraphs.first().is_some_and(|known| text.slice(*known) == text.slice(words))
            })
        });
        if let Some(depth) = same {
            self.stack.truncate(depth + 1);
            self.current = self.stack.last().map(|(_, node)| *node);
        }
        same.is_some()
    }

    fn words(&mut self, paragraph: Span) {
        if let Some(node) = self.current.and_then(|index| self.nodes.get_mut(index)) {
            node.paragraphs.push(paragraph);
            node.span = node.span.to(paragraph);
        } else {
            let parent = self.stack.last().map(|(_, node)| *node);
            self.add(None, parent, paragraph, vec![paragraph]);
        }
    }

    /// A line of an outline that was a table: cells stand behind two blanks or more.
    fn row(&mut self, text: &Text, line: Span) {
        for segment in segments(text, line) {
            match label::read(text.folded(segment)) {
                Some(label) => self.item(text, segment, label),
                None => match self.current.and_then(|index| self.nodes.get_mut(index)) {
                    Some(node) => {
                        node.cells.push(segment);
                        node.span = node.span.to(segment);
                    }
                    None => self.words(segment),
                },
            }
        }
    }
}

/// The longest line in characters that may be a heading of items.
const LONGEST_HEADING: usize = 40;

/// The longest line of names in characters.
const LONGEST_NAMES: usize = 40;

/// Whether a line is names before a colon, with a label before them or none: 市教育局：, （责任单位）甲局、乙局：.
fn is_names(line: &str) -> bool {
    let Some(words) = line.strip_suffix(['：', ':']).map(str::trim_end) else { return false };
    if words.chars().count() > LONGEST_NAMES || words.starts_with('各') {
        return false;
    }
    let label = words.strip_prefix(['（', '(', '【', '[']).and_then(|rest| rest.split_once(['）', ')', '】', ']']));
    let names = label
        .filter(|(label, _)| matches!(column::kind(label), Some(Column::Party(_))))
        .map_or(words, |(_, names)| names.trim_start_matches(['：', ':']));
    fit::bodies(names) == Bodies::Surely
}

/// The parts of a line between tabs or runs of two blanks and more.
fn segments(text: &Text, line: Span) -> Vec<Span> {
    let mut segments = Vec::new();
    let (mut start, mut blanks) = (line.start, 0);
    for (offset, char) in text.slice(line).chars().enumerate() {
        let at = line.start + offset;
        if char == '\t' || fold(char) == ' ' {
            blanks += if char == '\t' { 2 } else { 1 };
        } else {
            if blanks >= 2 {
                segments.push(text.trim(Span::new(start, at)));
                start = at;
            }
            blanks = 0;
        }
    }
    segments.push(text.trim(Span::new(start, line.end)));
    segments.retain(|segment| !segment.is_empty());
    segments
}
