//! HTML to paragraphs and tables. The tree is walked without recursion: pages nest as deep as they like.

use std::collections::HashSet;

use ego_tree::NodeId;
use ego_tree::iter::Edge;
use scraper::Html;
use scraper::node::{Element, Node};

use super::surroundings;
use super::table::{Cell, Table};
use super::writer::{BOLD, Writer};
use super::{Format, Source};

type NodeRef<'a> = ego_tree::NodeRef<'a, Node>;

/// Elements whose content is no text of the page.
const SILENT: [&str; 13] = [
    "script", "style", "noscript", "template", "iframe", "svg", "head", "select", "textarea", "object", "math",
    "button", "noframes",
];

/// Elements that stand within a line.
const INLINE: [&str; 24] = [
    "a",
    "abbr",
    "b",
    "bdo",
    "cite",
    "code",
    "em",
    "font",
    "i",
    "ins",
    "label",
    "mark",
    "o:p",
    "q",
    "s",
    "small",
    "span",
    "st1:chsdate",
    "strong",
    "sub",
    "sup",
    "u",
    "var",
    "wbr",
];

/// How many characters are looked at for tags.
const LOOKED_AT: usize = 200_000;

/// Whether a text holds enough markup to be read as HTML.
pub(super) fn looks_like_html(text: &str) -> bool {
    if !text.contains('<') {
        return false;
    }
    let end = text.char_indices().nth(LOOKED_AT).map_or(text.len(), |(byte, _)| byte);
    let lower = text.get(..end).unwrap_or(text).to_ascii_lowercase();
    let tags = ["<p", "<div", "<table", "<td", "<br", "<span", "</p>", "</div>", "<html", "<body", "<!doctype html"];
    tags.iter().map(|tag| lower.matches(tag).count()).sum::<usize>() >= 4 || lower.contains("<html")
}

/// How deep elements may lie in each other: the time to read them grows with the square of it. Pages have a few dozen.
const DEEPEST: usize = 20_000;

/// Elements that have no end, or that end where the next one begins.
const SHALLOW: [&str; 26] = [
    "area", "base", "br", "col", "colgroup", "dd", "dt", "embed", "hr", "img", "input", "li", "link", "meta", "option",
    "p", "param", "source", "tbody", "td", "tfoot", "th", "thead", "tr", "track", "wbr",
];

/// Whether elements lie too deep in each other, by their tags alone.
pub(super) fn is_too_deep(content: &str) -> bool {
    let mut depth = 0_usize;
    content.split('<').skip(1).any(|tag| {
        let (closes, words) = tag.strip_prefix('/').map_or((false, tag), |words| (true, words));
        let end = words.bytes().take_while(u8::is_ascii_alphanumeric).count();
        let name = words.get(..end).unwrap_or_default();
        if !name.is_empty() && !SHALLOW.iter().any(|known| known.eq_ignore_ascii_case(name)) {
            depth = if closes { depth.saturating_sub(1) } else { depth + 1 };
        }
        depth > DEEPEST
    })
}

/// Reads a page.
pub(super) fn read(name: &str, content: &str) -> Source {
    let page = Html::parse_document(content);
    let text = |node: NodeRef<'_>| {
        node.value().as_text().map_or(0, |text| text.chars().filter(|char| !char.is_whitespace()).count())
    };
    let whole = page.tree.root().descendants().map(text).sum();
    let mut builder = Builder { layout: layout_tables(&page), whole, ..Builder::default() };
    builder.walk(page.tree.root());
    builder.flush();
    builder.out.into_source(name, Format::Html)
}

#[derive(Default)]
struct Builder {
    out: Writer,
    line: String,
    /// Tables that only lay out the page.
    layout: HashSet<NodeId>,
    /// Characters of the whole page; none within a cell, where nothing is left out.
    whole: usize,
}

enum Step<'a> {
    Enter(NodeRef<'a>),
    Leave,
    LeaveBold,
}

impl Builder {
    fn walk(&mut self, root: NodeRef<'_>) {
        let mut steps = vec![Step::Enter(root)];
        while let Some(step) = steps.pop() {
            let node = match step {
                Step::Enter(node) => node,
                Step::Leave => {
                    self.flush();
                    continue;
                }
                Step::LeaveBold => {
                    self.line.push(BOLD[1]);
                    continue;
                }
            };
            match node.value() {
                Node::Text(text) => self.push_text(text, is_loose(node)),
                Node::Element(element) if SILENT.contains(&element.name()) => {}
                Node::Element(element) if self.whole > 0 && surroundings::is_outside(node, element, self.whole) => {
                    self.flush();
                }
                Node::Element(element) if element.name() == "br" || element.name() == "hr" => self.flush(),
                Node::Element(element) if element.name() == "table" && self.is_data(node) => {
                    self.flush();
                    self.table(node);
                }
                Node::Element(element) => {
                    let inline = INLINE.contains(&element.name());
                    if !inline {
                        self.flush();
                        steps.push(Step::Leave);
                    } else if is_bold(element) {
                        self.line.push(BOLD[0]);
                        steps.push(Step::LeaveBold);
                    }
                    steps.extend(children_backwards(node).map(Step::Enter));
                }
                Node::Document | Node::Fragment => steps.extend(children_backwards(node).map(Step::Enter)),
                _ => {}
            }
        }
    }

    /// Adds text to the line; blanks of the markup collapse, and vanish between Chinese characters.
    fn push_text(&mut self, text: &str, lines: bool) {
        for char in text.chars() {
            if lines && char == '\n' {
                self.flush();
            } else if matches!(char, '\n' | '\r' | '\t' | ' ') {
                // a run of blanks with a line break in it is one break
                if matches!(char, '\n' | '\r') && self.line.ends_with(' ') {
                    self.line.pop();
                }
                if !self.line.is_empty() && !self.line.ends_with([' ', '\n']) {
                    self.line.push(if matches!(char, '\n' | '\r') { '\n' } else { ' ' });
                }
            } else {
                if self.line.ends_with('\n') {
                    self.line.pop();
                    if self.line.ends_with(|last: char| last.is_ascii_graphic()) && char.is_ascii_graphic() {
                        self.line.push(' ');
                    }
                }
                self.line.push(char);
            }
        }
    }

    fn flush(&mut self) {
        let line = std::mem::take(&mut self.line);
        self.out.paragraph(line.trim_end_matches(['\n', ' ']));
    }

    /// Whether a table holds data, not the layout of a page: it has no table inside and more than one column.
    fn is_data(&self, table: NodeRef<'_>) -> bool {
        let is_cell = |inner: &NodeRef<'_>| is_element(*inner, "td") || is_element(*inner, "th");
        let rows = || table.descendants().filter(|inner| is_element(*inner, "tr"));
        !self.layout.contains(&table.id()) && rows().any(|row| row.children().filter(is_cell).count() > 1)
    }

    fn table(&mut self, node: NodeRef<'_>) {
        let mut table = Table { merges_known: true, ..Table::default() };
        let rows: Vec<NodeRef<'_>> = node.descendants().filter(|inner| is_element(*inner, "tr")).collect();
        let count = rows.len();
        let mut index = 0;
        for row in rows {
            let mut first = true;
            for cell in row.children().filter(|inner| is_element(*inner, "td") || is_element(*inner, "th")) {
                let column = table.free_column(index);
                if column >= MOST_COLUMNS {
                    break;
                }
                let (rows, columns) = cell.value().as_element().map_or((1, 1), spans_of);
                let rows = rows.min(count.saturating_sub(index)).max(1);
                let span = self.out.cell(&Self::cell_text(cell), first);
                first = false;
                table.put(Cell { span, row: index, column }, rows, columns);
            }
            if !first {
                self.out.end_line();
                index += 1;
            }
        }
        table.rows.truncate(index);
        self.out.table(table);
    }

    /// The text of a cell, its paragraphs on lines of their own.
    fn cell_text(cell: NodeRef<'_>) -> String {
        let mut inner = Self::default();
        inner.walk(cell);
        inner.flush();
        inner.out.into_text().trim_end_matches('\n').to_owned()
    }
}

/// The most columns of a table that are read.
const MOST_COLUMNS: usize = 256;

fn is_bold(element: &Element) -> bool {
    let style = || element.attr("style").is_some_and(|style| style.replace(' ', "").contains("font-weight:bold"));
    matches!(element.name(), "b" | "strong") || element.name() == "span" && style()
}

/// Rows and columns that a cell covers, held to what a page can mean.
fn spans_of(element: &Element) -> (usize, usize) {
    let number = |name: &str, most: usize| {
        element.attr(name).and_then(|value| value.trim().parse::<usize>().ok()).unwrap_or(1).clamp(1, most)
    };
    (number("rowspan", 2000), number("colspan", 100))
}

/// The tables that have a table inside.
fn layout_tables(page: &Html) -> HashSet<NodeId> {
    let mut open: Vec<NodeId> = Vec::new();
    let mut outer = HashSet::new();
    for edge in page.tree.root().traverse() {
        match edge {
            Edge::Open(node) if is_element(node, "table") => {
                outer.extend(open.last().copied());
                open.push(node.id());
            }
            Edge::Close(node) if is_element(node, "table") => {
                open.pop();
            }
            _ => {}
        }
    }
    outer
}

/// Whether a text stands directly in the page's body: its line breaks are then its own.
fn is_loose(node: NodeRef<'_>) -> bool {
    node.parent().is_some_and(|parent| is_element(parent, "body") || is_element(parent, "pre"))
}

fn is_element(node: NodeRef<'_>, name: &str) -> bool {
    node.value().as_element().is_some_and(|element| element.name() == name)
}

fn children_backwards(node: NodeRef<'_>) -> impl Iterator<Item = NodeRef<'_>> {
    std::iter::successors(node.last_child(), NodeRef::prev_sibling)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::Block;

    fn lines(page: &str) -> String {
        read("a.html", page).text.as_str().to_owned()
    }

    #[test]
    fn entities_breaks_and_stray_tags() {
        assert_eq!(
            lines(
                "导航\n栏目<p>&ldquo;一&rdquo;&nbsp;<b>卡</b>通&mdash;</p><p>第一</br>第二</font></p><script>x</script>"
            ),
            "导航\n栏目\n“一”\u{a0}卡通—\n第一\n第二\n"
        );
    }

    #[test]
    fn markup_blanks_vanish_between_chinese_characters() {
        assert_eq!(lines("<div><p>完善\n    制度 A\n B</p></div>"), "完善制度 A B\n");
    }

    #[test]
    fn merged_cells_stand_in_every_position() {
        let source = read(
            "a.html",
            "<table><tr><td>序号</td><td>任务</td></tr><tr><td rowspan=2>1</td><td>甲<br>乙</td></tr><tr><td>丙</td></tr></table>",
        );
        let Some(Block::Table(table)) = source.blocks.first() else { panic!("no table") };
        assert_eq!(table.rows, [[Some(0), Some(1)], [Some(2), Some(3)], [Some(2), Some(4)]].map(Vec::from));
        assert_eq!(table.text(&source.text, 1, 1), "甲\n乙");
    }

    #[test]
    fn what_surrounds_the_document_is_left_out() {
        let words = "各部门要按照职责分工抓好落实。".repeat(20);
        let page = format!(
            "<body><ul class=nav><li><a>首页</a><li><a>政务公开</a></ul><div class=side><ul><li><a>关于工作的通知（市财政局负责解读）</a>\
             <li><a>一图读懂</a><li><a>问答</a></ul></div><div class='article-header'>通知</div><p>{words}</p>\
             <p style='display: none'>草稿</p><div id=pageFooter>主办：办公室 承办：信息中心</div></body>"
        );
        assert_eq!(lines(&page), format!("通知\n{words}\n"));
    }

    #[test]
    fn a_document_that_a_script_would_show_is_read() {
        let words = "各部门要按照职责分工抓好落实。".repeat(9);
        let page = format!("<body><p>标题</p><div style='visibility: hidden; opacity: 0;'><p>{words}</p></div></body>");
        assert_eq!(lines(&page), format!("标题\n{words}\n"));
    }

    #[test]
    fn deep_nesting_is_no_trouble() {
        let page = format!("{}负责{}", "<div>".repeat(5_000), "</div>".repeat(5_000));
        assert_eq!(lines(&page), "负责\n");
    }
}
