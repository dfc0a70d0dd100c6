//! Pictures on pages.

use std::collections::BTreeMap;

use super::gather::{Entry, Site};
use super::page::Picture;
use crate::analysis::{narrow, of_document};
use crate::diagnostic::Lang;
use crate::render::dot::{self, Caption};
use crate::render::graphviz::{self, GraphvizError};
use crate::render::overlap::{self, View};
use crate::render::workload;

/// Departments in the picture of the network: more are no picture.
const BODIES: usize = 30;

/// Documents whose owners are drawn: each takes a fifth of a second.
const DOCUMENTS: usize = 40;

impl Site {
    /// Whether there is such a picture. Without Graphviz those that it lays out are left out; of many documents only the
    /// first are drawn.
    pub fn draws(&self, picture: Picture<'_>) -> bool {
        match picture {
            Picture::Load => !self.workload.departments.is_empty(),
            Picture::Coordination => self.graphviz && !self.overlap.pairs.is_empty(),
            Picture::Owners(id) => {
                self.graphviz
                    && self.documents().iter().take(DOCUMENTS).any(|entry| entry.document.id == id && entry.is_drawn())
            }
        }
    }

    /// All pictures.
    pub fn pictures(&self) -> impl Iterator<Item = Picture<'_>> {
        let owners = self.documents().iter().map(|entry| Picture::Owners(&entry.document.id));
        [Picture::Load, Picture::Coordination].into_iter().chain(owners).filter(|picture| self.draws(*picture))
    }

    /// Draws a picture as SVG.
    ///
    /// # Errors
    ///
    /// Where Graphviz cannot lay it out.
    pub fn draw(&self, picture: Picture<'_>, lang: Lang) -> Result<Vec<u8>, GraphvizError> {
        match picture {
            Picture::Load => Ok(workload::svg(&self.workload, &workload::Selection::default(), lang).into_bytes()),
            Picture::Coordination => {
                let view = View {
                    overlap: &self.overlap,
                    network: &self.network,
                    rows: overlap::Rows::Summary,
                    bodies: None,
                    contacts: Vec::new(),
                    top: Some(BODIES),
                    shifts: None,
                    claims: None,
                };
                graphviz::draw(&overlap::dot(&view, lang), "svg")
            }
            Picture::Owners(id) => graphviz::draw(&self.owners(id, lang), "svg"),
        }
    }

    fn owners(&self, id: &str, lang: Lang) -> String {
        let network = narrow(&of_document(&self.network, id), None, None, None);
        let captions: BTreeMap<String, Caption> =
            self.document(id).into_iter().map(|entry| (id.to_owned(), entry.caption())).collect();
        dot::owners(&network, &captions, lang)
    }
}

impl Entry {
    /// Whether a picture of its tasks shows anything.
    fn is_drawn(&self) -> bool {
        self.notice.tasks.iter().any(|task| !task.parties.is_empty())
    }

    fn caption(&self) -> Caption {
        let document = &self.document;
        let title = if document.title.is_empty() { document.name() } else { &document.title };
        let detail = [&document.number, &document.issued].into_iter().filter(|text| !text.is_empty());
        Caption { title: title.to_owned(), detail: detail.cloned().collect::<Vec<_>>().join(" · ") }
    }
}
