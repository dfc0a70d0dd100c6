//! Pictures on pages.

use std::collections::BTreeSet;

use super::gather::{Entry, Site};
use super::page::{Drawing, Picture};
use crate::analysis::{Selection, narrow, of_document};
use crate::diagnostic::Lang;
use crate::network::Node;
use crate::notice::Notice;
use crate::render::diagram::{self, Captions, Options, Sheet};
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
        let drawing = match picture {
            Picture::Load => {
                return Ok(workload::svg(&self.workload, &workload::Selection::default(), lang).into_bytes());
            }
            Picture::Coordination => Drawing::Coordination,
            Picture::Owners(id) => Drawing::Owners(id),
        };
        let dot =
            self.dot(drawing, lang, &|_| None).ok_or_else(|| GraphvizError::Failed("nothing to draw".to_owned()))?;
        graphviz::draw(&dot, "svg")
    }

    /// A picture as text for Graphviz, whole, as a page scrolls; `link` says where things lead, by their IRIs. None if there is
    /// nothing to draw.
    pub fn dot(&self, drawing: Drawing<'_>, lang: Lang, link: &dyn Fn(&str) -> Option<String>) -> Option<String> {
        let options = Options { lang, sheet: Sheet::Whole, narrowed: "", link };
        let picture = match drawing {
            Drawing::Coordination => {
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
                (!self.overlap.pairs.is_empty()).then(|| diagram::overlap(&view, &self.captions(), &options))?
            }
            Drawing::Owners(id) => {
                self.document(id).filter(|entry| entry.is_drawn())?;
                let network = narrow(&of_document(&self.network, id), &Selection::default());
                diagram::owners(&network, &self.captions(), &options)
            }
            Drawing::Body(id) => {
                let (node, body) = self.department_node(id)?;
                let tasks = self.network.graph.neighbors(node).filter_map(|task| match &self.network.graph[task] {
                    Node::Task(task) => Some(task.document.as_str()),
                    Node::Department(_) => None,
                });
                let documents: BTreeSet<&str> = tasks.collect();
                let entries = documents.into_iter().filter_map(|document| self.document(document));
                let notices: Vec<Notice> = entries.map(|entry| entry.notice.clone()).collect();
                diagram::body(&self.network, body, &notices, &self.captions(), &options)
            }
            Drawing::Inheritance(parent, child) => {
                diagram::inherit(&self.inheritance(self.pair(parent, child)?), &options)
            }
        };
        picture.ok().map(|picture| picture.dot)
    }

    /// What a picture is called; none if there is no such thing.
    pub fn title(&self, drawing: Drawing<'_>, lang: Lang) -> Option<String> {
        let name = |id: &str| self.document(id).map(|entry| entry.document.name().to_owned());
        Some(match drawing {
            Drawing::Coordination => lang.pick("部门协同网络", "The network of departments").to_owned(),
            Drawing::Owners(id) => name(id)?,
            Drawing::Body(id) => self.department(id)?.label.clone(),
            Drawing::Inheritance(parent, child) => {
                self.pair(parent, child)?;
                format!("{} → {}", name(parent)?, name(child)?)
            }
        })
    }

    fn captions(&self) -> Captions {
        diagram::captions(self.documents().iter().map(|entry| &entry.document))
    }
}

impl Entry {
    /// Whether a picture of its tasks shows anything.
    fn is_drawn(&self) -> bool {
        self.notice.tasks.iter().any(|task| !task.parties.is_empty())
    }
}
