//! Pictures on pages.

use super::gather::{Entry, Site};
use super::page::Picture;
use crate::analysis::{Selection, narrow, of_document};
use crate::diagnostic::Lang;
use crate::render::diagram::{self, Captions, NoPage, Options, Sheet};
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
                self.can_draw(picture) && self.documents().iter().take(DOCUMENTS).any(|entry| entry.document.id == id)
            }
        }
    }

    /// Whether a picture can be drawn, for those who draw one at a time: a server draws those of all documents.
    pub fn can_draw(&self, picture: Picture<'_>) -> bool {
        match picture {
            Picture::Owners(id) => self.graphviz && self.document(id).is_some_and(Entry::is_drawn),
            Picture::Load | Picture::Coordination => self.draws(picture),
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
                drawn(diagram::overlap(&view, &self.captions(), &on_a_page(lang)))
            }
            Picture::Owners(id) => drawn(self.owners(id, lang)),
        }
    }

    fn owners(&self, id: &str, lang: Lang) -> Result<diagram::Picture, NoPage> {
        let network = narrow(&of_document(&self.network, id), &Selection::default());
        diagram::owners(&network, &self.captions(), &on_a_page(lang))
    }

    fn captions(&self) -> Captions {
        diagram::captions(self.documents().iter().map(|entry| &entry.document))
    }
}

/// A page scrolls: nothing is cut off.
fn on_a_page(lang: Lang) -> Options<'static> {
    Options { lang, sheet: Sheet::Whole, narrowed: "", link: &|_| None }
}

fn drawn(picture: Result<diagram::Picture, NoPage>) -> Result<Vec<u8>, GraphvizError> {
    let picture = picture.map_err(|none| GraphvizError::Failed(none.to_string()))?;
    graphviz::draw(&picture.dot, "svg")
}

impl Entry {
    /// Whether a picture of its tasks shows anything.
    fn is_drawn(&self) -> bool {
        self.notice.tasks.iter().any(|task| !task.parties.is_empty())
    }
}
