//! Pictures (图): who owns what, how documents and bodies hang together, as DOT.
//!
//! One file a kind; `look` says what things look like in all of them. A picture holds at most what can be read on a page
//! of A3 and else says how it is cut. The same things give the same bytes.

mod body;
mod columns;
mod dot;
mod frame;
mod inherit;
mod lineage;
mod look;
mod matrix;
mod overlap;
mod owners;
mod page;
mod reform;
mod rings;
mod task;

pub use body::body;
pub use frame::{Caption, Captions, captions};
pub use inherit::inherit;
pub use lineage::lineage;
pub(super) use look::{BODY, COLLECTIVE, FONTS, Look, Stroke, TASK, role};
pub(super) use overlap::LINK;
pub use overlap::overlap;
pub use owners::owners;
pub use page::{Cut, NoPage, Sheet, Unit};
pub use reform::reform;
pub use task::{Subject, task};

use graphviz_rust::dot_structures::Attribute;

use crate::diagnostic::Lang;

/// How a picture is drawn.
#[derive(Clone, Copy)]
pub struct Options<'a> {
    /// The language of what the picture says itself.
    pub lang: Lang,
    /// Which part of it.
    pub sheet: Sheet,
    /// What it was narrowed down to, as its readers are told; empty where it was not.
    pub narrowed: &'a str,
    /// Where a thing is shown, by its IRI; none for no link.
    pub link: &'a dyn Fn(&str) -> Option<String>,
}

impl std::fmt::Debug for Options<'_> {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("Options").field("lang", &self.lang).field("sheet", &self.sheet).finish_non_exhaustive()
    }
}

impl Options<'_> {
    /// The link of a thing, without the characters that end an attribute in SVG: Graphviz writes them as they are.
    fn link(&self, iri: &str) -> Option<Attribute> {
        let url = (self.link)(iri)?;
        let url = url.replace('"', "%22").replace('<', "%3C").replace('>', "%3E").replace(char::is_whitespace, "%20");
        Some(dot::attribute("URL", &url))
    }
}

/// A picture.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Picture {
    /// Its text, for Graphviz.
    pub dot: String,
    /// What it shows of all.
    pub cut: Cut,
}

#[cfg(test)]
mod tests;
