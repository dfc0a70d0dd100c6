//! Text without markup: every line is a paragraph, lines broken at the width of a page joined.

use super::{Block, Format, Source, wrap};
use crate::span::Text;

pub(super) fn read(name: &str, content: &str) -> Source {
    let content = content.strip_prefix('\u{feff}').unwrap_or(content);
    let lines = without_breaks(content).replace(['\u{c}', '\u{b}', '\u{2028}', '\u{2029}', '\u{85}'], "\n");
    let text = Text::new(wrap::paragraphs(&lines));
    let blocks = text.lines().map(Block::Paragraph).collect();
    Source {
        name: name.to_owned(),
        format: Format::Plain,
        text,
        blocks,
        cells: Vec::new(),
        bold: Vec::new(),
        findings: Vec::new(),
    }
}

/// A text with the breaks of HTML that stand in the cells of Markdown as blanks.
fn without_breaks(content: &str) -> std::borrow::Cow<'_, str> {
    if !content.contains("<br") {
        return content.into();
    }
    content.replace("<br>", " ").replace("<br/>", " ").replace("<br />", " ").into()
}
