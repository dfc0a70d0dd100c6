//! What several pages show alike: names that lead to pages, roles, tasks, tables.

use maud::{Markup, html};

use super::page::Page;
use super::{View, words};
use crate::extract::Role;
use crate::notice::Mandate;
use crate::render::shorten;
use crate::span::dense;

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

    /// A table in a box of its own that can be moved sideways where the page is narrow. Columns whose name ends with `#` are
    /// figures.
    pub(super) fn table(caption: &str, columns: &[&str], rows: &[Vec<Markup>]) -> Markup {
        let is_figure = |index: usize| columns.get(index).is_some_and(|name| name.ends_with('#'));
        let class = |index: usize| is_figure(index).then_some("figure");
        html! {
            div.scroll tabindex="0" role="region" aria-label=(caption) {
                table {
                    caption.only-read { (caption) }
                    thead { tr { @for (index, name) in columns.iter().enumerate() {
                        th scope="col" class=[class(index)] { (name.trim_end_matches('#')) }
                    } } }
                    tbody { @for row in rows { tr { @for (index, cell) in row.iter().enumerate() {
                        @if index == 0 { th scope="row" class=[class(index)] { (cell) } }
                        @else { td class=[class(index)] { (cell) } }
                    } } } }
                }
            }
        }
    }
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
