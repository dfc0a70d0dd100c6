//! What several pages show alike: names that lead to pages, roles, tasks, tables.

use maud::{Markup, html};

use super::link::field;
use super::page::{Drawing, File, Page, Picture};
use super::{View, words};
use crate::diagnostic::Lang;
use crate::extract::Role;
use crate::notice::Mandate;
use crate::render::shorten;
use crate::span::dense;

/// The most rows of a list; what lies beyond is in the data.
pub(super) const MOST: usize = 1_000;

/// Cells of the words of a task in a list.
const LONGEST: usize = 88;

impl View<'_> {
    /// The name of a document, leading to it if it is there.
    pub(super) fn document_link(&self, id: &str, name: &str) -> Markup {
        self.link(self.site.document(id).is_some(), Page::Document(id), name)
    }

    /// The name of a department, leading to it if it is there.
    pub(super) fn body_link(&self, id: &str, name: &str) -> Markup {
        self.link(self.site.department(id).is_some(), Page::Department(id), name)
    }

    /// Number and first words of a task, leading to it.
    pub(super) fn task_link(&self, task: &Mandate) -> Markup {
        self.link(true, Page::Task(&task.id), &headline(task))
    }

    /// Words, leading to a page if there is one.
    pub(super) fn link(&self, exists: bool, page: Page<'_>, name: &str) -> Markup {
        html! { @if exists && self.links.has(page) { a href=(self.href(page)) { (name) } } @else { (name) } }
    }

    /// A role, told by its word and by its border: lines for the lead, dots for those who support.
    pub(super) fn role(&self, role: Role) -> Markup {
        html! { span class=(format!("role {}", role.as_str())) { (words::role(role, self.lang)) } }
    }

    /// A table in a box of its own. Columns whose name ends with `#` are figures. Where the page is narrow one of figures can
    /// be moved sideways; of one of words every row becomes a list, in which each cell says what it is.
    pub(super) fn table(caption: &str, columns: &[&str], rows: &[Vec<Markup>]) -> Markup {
        let is_figure = |index: usize| columns.get(index).is_some_and(|name| name.ends_with('#'));
        let class = |index: usize| is_figure(index).then_some("figure");
        let worded =
            columns.iter().filter(|name| !name.ends_with('#')).count() * 2 > columns.len() && columns.len() > 2;
        let name = |index: usize| columns.get(index).filter(|_| worded).map(|name| name.trim_end_matches('#'));
        html! {
            div.scroll tabindex="0" role="region" aria-label=(caption) {
                table class=[worded.then_some("worded")] {
                    caption.only-read { (caption) }
                    thead { tr { @for (index, name) in columns.iter().enumerate() {
                        th scope="col" class=[class(index)] { (name.trim_end_matches('#')) }
                    } } }
                    tbody { @for row in rows { tr { @for (index, cell) in row.iter().enumerate() {
                        @if index == 0 { th scope="row" class=[class(index)] { (cell) } }
                        @else { td class=[class(index)] data-name=[name(index)] { (cell) } }
                    } } } }
                }
            }
        }
    }

    /// Says that a list is cut, and where the whole is.
    pub(super) fn rest(&self, all: usize) -> Markup {
        html! { @if all > MOST { p.note {
            @match self.lang {
                Lang::Zh => { "只列前 " (MOST) " 项，共 " (all) " 项；全部见" a href=(self.href(Page::Data)) { "数据" } "。" }
                Lang::En => { "The first " (MOST) " of " (all) "; all are in the " a href=(self.href(Page::Data)) { "data" } "." }
            }
        } } }
    }

    /// Leads to a picture that the browser lays out, on a server, parted from what stands before it.
    fn also_drawn(&self, drawing: Drawing<'_>) -> Markup {
        html! { @if self.links.live().is_some() { span.screen { " · " (self.drawn(drawing)) } } }
    }

    /// Leads to a picture that the browser lays out, on a server.
    pub(super) fn drawn(&self, drawing: Drawing<'_>) -> Markup {
        self.drawn_as(drawing, self.lang.pick("放大看图", "Zoom into the picture"))
    }

    /// Leads to such a picture by words of its own, on a line of its own.
    pub(super) fn drawn_line(&self, drawing: Drawing<'_>, words: &str) -> Markup {
        html! { @if self.links.live().is_some() { p.screen { (self.drawn_as(drawing, words)) } } }
    }

    fn drawn_as(&self, drawing: Drawing<'_>, words: &str) -> Markup {
        let (kind, about, with) = drawing.parts();
        let address = format!("/draw?of={kind}&about={}&with={}", field(about), field(with));
        html! { @if let Some(live) = self.links.live() {
            a.screen href=(live.kept(&address)) { (words) }
        } }
    }

    /// A picture with what it shows.
    pub(super) fn picture(&self, picture: Picture<'_>, caption: &str) -> Markup {
        let file = self.file(File::Picture(picture));
        let drawn = if self.links.live().is_some() { self.site.can_draw(picture) } else { self.site.draws(picture) };
        html! { @if drawn {
            figure.pictures {
                a href=(file) { img src=(file) alt=(caption) loading="lazy"; }
                figcaption { (caption) @match picture {
                    Picture::Load => {}
                    Picture::Coordination => { (self.also_drawn(Drawing::Coordination)) }
                    Picture::Owners(id) => { (self.also_drawn(Drawing::Owners(id))) }
                } }
            }
        } @else if !self.site.graphviz { @match picture {
            Picture::Load => {}
            Picture::Coordination => p { (self.drawn(Drawing::Coordination)) },
            Picture::Owners(id) => p { (self.drawn(Drawing::Owners(id))) },
        } } }
    }
}

/// A message, with what stands between backticks set apart.
pub(super) fn told(message: &str) -> Markup {
    html! { @for (index, part) in message.split('`').enumerate() {
        @if index % 2 == 1 { code { (part) } } @else { (part) }
    } }
}

/// A table as all pages have it.
pub fn table(caption: &str, columns: &[&str], rows: &[Vec<Markup>]) -> Markup {
    View::table(caption, columns, rows)
}

/// Number and first words of a task.
pub(super) fn headline(task: &Mandate) -> String {
    let words = if task.title.is_empty() { &task.text } else { &task.title };
    let first = words.split(['。', '\n']).next().unwrap_or_default();
    shorten(format!("{} {}", task.label, dense(first).trim()).trim(), LONGEST)
}
