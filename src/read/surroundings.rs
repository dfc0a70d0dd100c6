//! What surrounds a document on a web page: navigation, side bars, footers, what is hidden.

use ego_tree::NodeRef;
use scraper::node::{Element, Node};

/// Elements and roles of a page that hold no document.
const ASIDE: [&str; 4] = ["nav", "footer", "aside", "dialog"];
/// Names of classes, or parts of them, of what surrounds a document.
const NAMES: [&str; 27] = [
    "nav",
    "navbar",
    "menu",
    "submenu",
    "foot",
    "footer",
    "crumb",
    "crumbs",
    "breadcrumb",
    "aside",
    "sidebar",
    "share",
    "bdshare",
    "copyright",
    "toolbar",
    "related",
    "relate",
    "recommend",
    "friendlink",
    "links",
    "login",
    "search",
    "pagination",
    "pager",
    "prevnext",
    "topbar",
    "qrcode",
];
/// Such names that a part of the document may have too; what has one is left out only where it has links.
const DOUBTFUL: [&str; 7] = ["header", "top", "head", "banner", "bottom", "position", "location"];
/// What surrounds a document is at most so long, in characters.
const LONGEST: usize = 1500;
/// A list of so many links is navigation.
const LINKS: usize = 3;
/// How many nodes of an element are looked at; what has more is no small part of a page.
const NODES: usize = 600;

/// Whether an element surrounds the document and is no part of it. The whole text of the page has `whole` characters.
pub(super) fn is_outside(node: NodeRef<'_, Node>, element: &Element, whole: usize) -> bool {
    // some sites hide the document itself until a script has run
    if is_hidden(element) && Content::of(node).is_some_and(|content| content.length * 2 <= whole) {
        return true;
    }
    let named = ASIDE.contains(&element.name())
        || element.attr("role").is_some_and(|role| matches!(role, "navigation" | "contentinfo" | "search"))
        || is_block(element.name()) && is_named(element, &NAMES);
    let doubtful = !named && is_block(element.name()) && is_named(element, &DOUBTFUL);
    let list = matches!(element.name(), "ul" | "ol" | "div" | "td" | "dl");
    if !named && !doubtful && !list {
        return false;
    }
    let Some(content) = Content::of(node) else { return false };
    let small = content.length <= LONGEST && content.length * 2 <= whole;
    let known = named || doubtful && content.links > 0;
    small && !content.table && (known && !content.document || content.links >= LINKS && content.is_links())
}

fn is_block(name: &str) -> bool {
    matches!(name, "div" | "ul" | "ol" | "section" | "table" | "dl" | "header" | "form")
}

fn is_hidden(element: &Element) -> bool {
    let style = element.attr("style").unwrap_or_default();
    style.split(';').any(|rule| {
        let mut sides = rule.split(':').map(str::trim);
        matches!((sides.next(), sides.next()), (Some("display"), Some("none")) | (Some("visibility"), Some("hidden")))
    })
}

/// Whether a class or the identifier names it: `foot`, `main-nav`, `pageFooter`.
fn is_named(element: &Element, names: &[&str]) -> bool {
    let words = element.attr("class").into_iter().chain(element.attr("id"));
    words.flat_map(str::split_whitespace).any(|word| {
        let mut part = String::new();
        let mut parts = Vec::new();
        for char in word.chars() {
            if char.is_ascii_uppercase() || !char.is_ascii_alphanumeric() {
                parts.push(std::mem::take(&mut part));
            }
            if char.is_ascii_alphabetic() {
                part.push(char.to_ascii_lowercase());
            }
        }
        parts.push(part);
        // article-header and content-top are parts of the document
        let inside = parts
            .iter()
            .any(|part| matches!(part.as_str(), "article" | "content" | "con" | "text" | "main" | "title" | "doc"));
        !inside && parts.iter().any(|part| names.contains(&part.as_str()))
    })
}

/// What an element holds.
#[derive(Default)]
struct Content {
    /// Characters of its text, blanks left out.
    length: usize,
    /// Characters of them in links.
    linked: usize,
    links: usize,
    /// Whether it has a table of more than one column.
    table: bool,
    /// Whether it has a heading of the page or paragraphs of text, or names annexes.
    document: bool,
}

impl Content {
    /// Looks through an element; nothing for a large one.
    fn of(node: NodeRef<'_, Node>) -> Option<Self> {
        let mut content = Self::default();
        for (count, inner) in node.descendants().enumerate() {
            if count > NODES {
                return None;
            }
            match inner.value() {
                Node::Text(text) => {
                    let length = text.chars().filter(|char| !char.is_whitespace()).count();
                    content.length += length;
                    content.document |= text.contains("附件") || length >= 60;
                    let linked = inner
                        .ancestors()
                        .take(6)
                        .any(|above| above.value().as_element().is_some_and(|element| element.name() == "a"));
                    content.linked += if linked { length } else { 0 };
                }
                Node::Element(element) => {
                    content.links += usize::from(element.name() == "a");
                    content.document |= matches!(element.name(), "h1" | "h2");
                    let cells = |row: NodeRef<'_, Node>| {
                        row.children()
                            .filter(|cell| {
                                cell.value().as_element().is_some_and(|cell| matches!(cell.name(), "td" | "th"))
                            })
                            .count()
                    };
                    content.table |= element.name() == "tr" && cells(inner) > 1;
                }
                _ => {}
            }
        }
        Some(content)
    }

    fn is_links(&self) -> bool {
        !self.document && self.linked * 10 >= self.length * 8
    }
}
