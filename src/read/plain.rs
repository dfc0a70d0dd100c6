//! Text without markup: every line is a paragraph, lines broken at the width of a page joined.

use super::{Block, Format, Source, wrap};
use crate::span::Text;

pub(super) fn read(name: &str, content: &str) -> Source {
    let content = content.strip_prefix('\u{feff}').unwrap_or(content);
    let lines =
        without_emphasis(&without_breaks(content)).replace(['\u{c}', '\u{b}', '\u{2028}', '\u{2029}', '\u{85}'], "\n");
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

/// A text without the signs of Markdown that make words bold or a heading: **牵头单位：**, ## 一、任务.
fn without_emphasis(content: &str) -> std::borrow::Cow<'_, str> {
    if !content.contains("**") && !content.contains("# ") {
        return content.into();
    }
    let plain = |line: &str| {
        let heading = line.trim_start_matches('#');
        let level = line.len() - heading.len();
        let line = if (1..=6).contains(&level) { heading.strip_prefix(' ').unwrap_or(line) } else { line };
        let pairs = line.matches("**").count();
        if pairs > 0 && pairs % 2 == 0 { line.replace("**", "") } else { line.to_owned() }
    };
    content.split('\n').map(plain).collect::<Vec<_>>().join("\n").into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn emphasis_of_markdown_is_no_text() {
        assert_eq!(without_emphasis("## 一、任务\n**牵头单位：**市教育局"), "一、任务\n牵头单位：市教育局");
        assert_eq!(without_emphasis("市教育局**、市财政局"), "市教育局**、市财政局");
        assert_eq!(without_emphasis("#牵头单位"), "#牵头单位");
    }
}
