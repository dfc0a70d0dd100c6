//! Pages for people: the same whether they are files of a folder or answers of a server.
//!
//! A [`Site`] is read once, with one pass of the queries for all pages; then every page is made of it alone, so that one
//! takes next to no time. Where pages lead is for [`Links`] to say: [`Files`] link to each other in a folder, [`Paths`]
//! on a server. Words of documents are escaped wherever they are written; pages hold no script of their own.

mod alone;
mod assets;
mod data;
mod decided;
mod department;
mod departments;
mod document;
mod documents;
mod docx;
mod doubts;
mod due;
mod element;
mod explore;
mod findings;
mod frame;
pub mod front;
mod gaps;
mod gather;
mod lineage;
mod link;
mod live;
mod marked;
mod overview;
mod page;
mod pairs;
mod picture;
mod progress;
mod search;
mod task;
mod trial;
mod words;

pub use assets::ASSETS;
pub use docx::{DocxError, docx};
pub use doubts::{Desk, Told};
pub use element::table;
pub use explore::{Asked, Explorer};
pub use frame::{Frame, POLICY};
pub use gather::{Entry, Site};
pub use link::{Files, Links, field, path_of};
pub use live::{Paths, TOOLS, Tool};
pub use page::{Drawing, File, Page, Picture};
pub use trial::Trial;
pub use words::label;

use maud::Markup;

use crate::diagnostic::Lang;

/// A page that is being made.
#[derive(Clone, Copy)]
struct View<'a> {
    site: &'a Site,
    links: &'a dyn Links,
    lang: Lang,
    page: Page<'a>,
}

impl Site {
    /// A page as HTML; none where the site has no such thing.
    pub fn html(&self, page: Page<'_>, links: &dyn Links, lang: Lang) -> Option<String> {
        let view = View { site: self, links, lang, page };
        view.markup().map(Markup::into_string)
    }
}

impl View<'_> {
    fn markup(&self) -> Option<Markup> {
        match self.page {
            Page::Overview => Some(self.overview()),
            Page::Documents => Some(self.documents()),
            Page::Document(id) => Some(self.document(self.site.document(id)?)),
            Page::Task(id) => {
                let (entry, index, task) = self.site.task(id)?;
                Some(self.task(entry, index, task))
            }
            Page::Departments => Some(self.departments()),
            Page::Coordination => Some(self.coordination()),
            Page::Due => Some(self.due()),
            Page::Department(id) => {
                let (node, body) = self.site.department_node(id)?;
                Some(self.department(node, body))
            }
            Page::Gaps => Some(self.gaps()),
            Page::Findings => Some(self.findings()),
            Page::Lineage => Some(self.lineage()),
            Page::Inheritance(parent, child) => {
                let pair = self.site.pair(parent, child)?;
                Some(self.inheritance(&self.site.inheritance(pair)?))
            }
            Page::Data => Some(self.data()),
            Page::Search => Some(self.search("", &[], 0)),
        }
    }

    fn href(&self, to: Page<'_>) -> String {
        self.links.page(self.page, to)
    }

    fn file(&self, to: File<'_>) -> String {
        self.links.file(self.page, to)
    }
}
