//! Pictures on pages.

use std::collections::BTreeSet;

use super::gather::{Entry, Site};
use super::page::{Drawing, Picture};
use crate::analysis::{LineageLine, Selection, narrow, of_document, profile};
use crate::diagnostic::Lang;
use crate::network::Node;
use crate::notice::Notice;
use crate::render::diagram::{self, Captions, Options, Sheet, Subject};
use crate::render::graphviz::{self, GraphvizError};
use crate::render::inherit::Several;
use crate::render::overlap::{self, View};
use crate::render::workload;

/// Departments in the picture of the network: more are no picture.
const BODIES: usize = 30;

/// Documents of which all are drawn up and down the levels, lines between them, and pairs of them that are compared.
const FAMILY: usize = 200;
const LINES: usize = 600;
const PAIRS: usize = 60;

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
                diagram::inherit(&self.inheritance(self.pair(parent, child)?)?, &options)
            }
            Drawing::Lineage(about) => self.draw_lineage(about, &options)?,
            Drawing::Task(id) => {
                let (entry, _, task) = self.task(id)?;
                let document = entry.document.id.as_str();
                let lines: Vec<_> = self.lineage.lines.iter().filter(|line| line.child == document).collect();
                let outlines = self.outlines(lines.iter().map(|line| line.parent.as_str()).chain([document]));
                let above = self.several(&outlines, lines);
                diagram::task(Subject { notice: &entry.notice, task, above: &above }, &self.captions(), &options)
            }
            Drawing::Reform(id) => {
                let profile = profile(&self.network, self.department(id)?);
                (!profile.history.is_empty()).then(|| diagram::reform(&profile, &options))?
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
            Drawing::Lineage("") => lang.pick("上下级文件", "Documents up and down the levels").to_owned(),
            Drawing::Lineage(id) => format!("{}{}", lang.pick("上下级文件：", "Above and below: "), name(id)?),
            Drawing::Task(id) => super::element::headline(self.task(id)?.2),
            Drawing::Reform(id) => {
                format!("{}{}", self.department(id)?.label, lang.pick("：机构沿革", ": through the reforms"))
            }
        })
    }

    /// Whether there is such a picture of documents up and down the levels: of one document, or of all where they are few.
    pub(super) fn draws_lineage(&self, about: &str) -> bool {
        let lines = &self.lineage.lines;
        if about.is_empty() {
            return !lines.is_empty() && self.documents().len() <= FAMILY;
        }
        lines.iter().any(|line| line.child == about || line.parent == about)
    }

    fn draw_lineage(&self, about: &str, options: &Options<'_>) -> Option<Result<diagram::Picture, diagram::NoPage>> {
        if !self.draws_lineage(about) {
            return None;
        }
        let mut lines: Vec<&LineageLine> =
            if about.is_empty() { self.lineage.lines.iter().collect() } else { self.lineage.through(about) };
        lines.truncate(LINES);
        let all = || self.documents().iter().map(|entry| entry.document.id.as_str()).filter(|_| about.is_empty());
        let ends = lines.iter().flat_map(|line| [line.parent.as_str(), line.child.as_str()]);
        let outlines = self.outlines(ends.chain(all()).chain([about]));
        let root = outlines.iter().find(|outline| outline.id == about);
        Some(diagram::lineage(&self.several(&outlines, lines), root, options))
    }

    /// Documents without their tasks, those of them that are held.
    fn outlines<'i>(&self, ids: impl Iterator<Item = &'i str>) -> Vec<Notice> {
        let ids: BTreeSet<&str> = ids.collect();
        let held = ids.into_iter().filter_map(|id| self.document(id));
        held.map(|entry| Notice { tasks: Vec::new(), ..entry.notice.clone() }).collect()
    }

    /// Lines of descent with what was handed down along them.
    fn several<'s>(&'s self, outlines: &'s [Notice], lines: Vec<&'s LineageLine>) -> Several<'s> {
        let pairs = lines.iter().filter_map(|line| self.pair(&line.parent, &line.child));
        let pairs = pairs.take(PAIRS).filter_map(|pair| self.inheritance(pair)).collect();
        let lines = lines.into_iter().map(|line| (1, line)).collect();
        Several { outlines, lineage: &self.lineage, lines, pairs, root: None, succession: None }
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
