//! The outline with what its items are asked for: children, headings above, kinds of sections.

use std::cell::OnceCell;

use crate::extract::draft;
use crate::knowledge::Knowledge;
use crate::parse::label::Style;
use crate::parse::{Document, Node};
use crate::span::Text;

/// What items that stand side by side have in common.
pub(super) type Kind = (Option<usize>, Option<Style>);

/// A document's items with their children.
pub(super) struct Outline<'d> {
    pub(super) document: &'d Document,
    children: Vec<Vec<usize>>,
    /// The headings of the items that were asked for.
    headings: Vec<OnceCell<String>>,
}

impl<'d> Outline<'d> {
    pub(super) fn new(document: &'d Document) -> Self {
        let mut children: Vec<Vec<usize>> = vec![Vec::new(); document.nodes.len()];
        for (index, node) in document.nodes.iter().enumerate() {
            if let Some(children) = node.parent.and_then(|parent| children.get_mut(parent)) {
                children.push(index);
            }
        }
        Self { document, children, headings: vec![OnceCell::new(); document.nodes.len()] }
    }

    pub(super) fn text(&self) -> &'d Text {
        &self.document.text
    }

    pub(super) fn node(&self, index: usize) -> Option<&'d Node> {
        self.document.nodes.get(index)
    }

    /// The items right below an item, in order.
    pub(super) fn children(&self, index: usize) -> &[usize] {
        self.children.get(index).map_or(&[], Vec::as_slice)
    }

    /// What items that stand side by side have in common: the item above, and how their numbers are written.
    pub(super) fn kind(&self, index: usize) -> Kind {
        self.node(index).map_or((None, None), |node| (node.parent, node.label.as_ref().map(|label| label.style)))
    }

    /// Whether an item has items below it.
    pub(super) fn is_parent(&self, index: usize) -> bool {
        !self.children(index).is_empty()
    }

    /// Whether an item is a line of names above others: 市教育局：.
    pub(super) fn is_names(&self, index: usize) -> bool {
        let is_line = |node: &Node| {
            let names = node.label.is_none().then_some(node.paragraphs.as_slice());
            matches!(names, Some([names]) if self.text().slice(*names).ends_with(['：', ':']))
        };
        self.is_parent(index) && self.node(index).is_some_and(is_line)
    }

    /// All items below an item, in order: they follow it.
    pub(super) fn below(&self, index: usize) -> std::ops::Range<usize> {
        let mut last = index;
        while let Some(child) = self.children(last).last() {
            last = *child;
        }
        index + 1..last + 1
    }

    /// The heading of an item: its number and its first sentence.
    fn heading(&self, index: usize) -> &str {
        let (Some(heading), Some(node)) = (self.headings.get(index), self.node(index)) else { return "" };
        heading.get_or_init(|| draft::heading(self.text(), node))
    }

    /// Headings and printed numbers of the numbered items above an item, outermost first.
    pub(super) fn path(&self, node: &Node) -> (Vec<String>, Vec<String>) {
        let above = draft::ancestors(self.document, node);
        let numbered = above.into_iter().filter_map(|index| Some((index, self.node(index)?.label.as_ref()?)));
        numbered.map(|(index, label)| (self.heading(index).to_owned(), label.text.clone())).unzip()
    }

    /// Whether an item stands under a heading such as 保障措施, where sentences name bodies without giving tasks.
    pub(super) fn is_safeguard(&self, index: usize) -> bool {
        self.is_headed(index, &Knowledge::shipped().vocabulary.clause.sections.safeguards)
    }

    /// Whether the title of the document, or a first line that may be one, holds one of some words.
    pub(super) fn is_titled(&self, words: &[impl AsRef<str>]) -> bool {
        let first = self.document.nodes.first().and_then(|node| node.paragraphs.first());
        let first = first.map(|first| self.text().slice(*first));
        let first = first.filter(|first| first.chars().count() <= LONGEST_TITLE && !first.contains(['。', '：', ':']));
        let titles = self.document.head.title.as_deref().into_iter().chain(first);
        titles.into_iter().any(|title| words.iter().any(|word| title.contains(word.as_ref())))
    }

    /// Whether an item stands under a heading that holds one of some words; its own heading counts.
    pub(super) fn is_headed(&self, index: usize, words: &[String]) -> bool {
        let mut at = Some(index);
        while let Some((index, node)) = at.and_then(|index| Some((index, self.node(index)?))) {
            let heading = self.heading(index);
            if heading.chars().count() <= LONGEST_HEADING && words.iter().any(|word| heading.contains(word.as_str())) {
                return true;
            }
            at = node.parent;
        }
        false
    }
}

/// The longest heading in characters that names a kind of section.
const LONGEST_HEADING: usize = 24;

/// The longest first line in characters that may be the title of a document.
const LONGEST_TITLE: usize = 40;
