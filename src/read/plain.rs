//! Text without markup: every line is a paragraph.

use super::{Block, Format, Source};
use crate::span::Text;

pub(super) fn read(name: &str, content: &str) -> Source {
    let content = content.strip_prefix('\u{feff}').unwrap_or(content);
    let text = Text::new(content.replace(['\u{c}', '\u{b}', '\u{2028}', '\u{2029}', '\u{85}'], "\n"));
    let blocks = text.lines().map(Block::Paragraph).collect();
    Source { name: name.to_owned(), format: Format::Plain, text, blocks, findings: Vec::new() }
}
