//! Addresses of pages: files that link to each other, or paths of a server.

use std::fmt::Write as _;

use sha2::{Digest as _, Sha256};

use super::live::Paths;
use super::page::{File, Page, Picture};
use crate::{hexadecimal, iri};

/// Of more documents no graphs are written to a folder: each is ten times as large as its page.
const GRAPHS: usize = 100;

/// Gives pages their addresses.
pub trait Links: Sync {
    /// The address of a page, as one page writes it that leads there.
    fn page(&self, from: Page<'_>, to: Page<'_>) -> String;

    /// The address of what is no page.
    fn file(&self, from: Page<'_>, to: File<'_>) -> String;

    /// Whether there is such a page to lead to.
    fn has(&self, _: Page<'_>) -> bool {
        true
    }

    /// The server that pages are answered by; none of files.
    fn live(&self) -> Option<&Paths> {
        None
    }

    /// Whether the graph of each of so many documents is there.
    fn gives_graphs(&self, documents: usize) -> bool {
        self.live().is_some() || documents <= GRAPHS
    }
}

/// Files of one folder, which may be opened and moved without a server.
///
/// Names are ASCII and follow from what a page shows alone, so that a folder made anew keeps them.
#[derive(Clone, Copy, Debug, Default)]
pub struct Files;

impl Files {
    /// Where the file of a page lies below the folder.
    pub fn path(page: Page<'_>) -> String {
        match page {
            Page::Overview => "index.html".to_owned(),
            Page::Documents => "documents.html".to_owned(),
            Page::Document(id) => format!("documents/{}.html", name(id)),
            // a document with its tasks: a folder of its own stays small
            Page::Task(id) => format!("documents/{}/{}.html", name(document_of(id)), name(id)),
            Page::Departments => "departments.html".to_owned(),
            Page::Department(id) => format!("departments/{}.html", name(id)),
            Page::Coordination => "coordination.html".to_owned(),
            Page::Due => "due.html".to_owned(),
            Page::Gaps => "gaps.html".to_owned(),
            Page::Findings => "findings.html".to_owned(),
            Page::Lineage => "lineage.html".to_owned(),
            Page::Inheritance(parent, child) => format!("lineage/{}-{}.html", name(parent), name(child)),
            Page::Data => "data.html".to_owned(),
            Page::Search => "search.html".to_owned(),
        }
    }

    /// Where what is no page lies below the folder.
    pub fn file_path(file: File<'_>) -> String {
        match file {
            File::Asset(file) => format!("assets/{file}"),
            File::Picture(Picture::Load) => "pictures/load.svg".to_owned(),
            File::Picture(Picture::Coordination) => "pictures/coordination.svg".to_owned(),
            File::Picture(Picture::Owners(id)) => format!("pictures/owners-{}.svg", name(id)),
            File::Data(file) => format!("data/{file}"),
            File::Graph(id) => format!("data/{}.ttl", name(id)),
        }
    }

    /// Whether a file has a name that only what is shown of one thing has: it may be deleted where no page leads to it.
    pub fn is_of_a_thing(name: &str) -> bool {
        let stem = name.split('.').next().unwrap_or_default();
        let digits = |part: &str| part.len() == NAME && part.bytes().all(|byte| byte.is_ascii_hexdigit());
        stem.strip_prefix("owners-").unwrap_or(stem).split('-').all(digits)
    }

    fn relative(from: Page<'_>, to: &str) -> String {
        let depth = Self::path(from).matches('/').count();
        "../".repeat(depth) + to
    }
}

impl Links for Files {
    fn page(&self, from: Page<'_>, to: Page<'_>) -> String {
        Self::relative(from, &Self::path(to))
    }

    fn file(&self, from: Page<'_>, to: File<'_>) -> String {
        Self::relative(from, &Self::file_path(to))
    }
}

/// The document that a task belongs to, by their IRIs.
pub(super) fn document_of(task: &str) -> &str {
    task.rsplit_once("/task/").map_or(task, |(document, _)| document)
}

/// How many digits stand for an IRI: among a million no two are likely to share them.
const NAME: usize = 12;

fn name(id: &str) -> String {
    let digest = Sha256::digest(id.as_bytes());
    hexadecimal::digits(digest.get(..NAME / 2).unwrap_or_default())
}

/// The path of an IRI of the project on a server, percent-encoded as browsers do it.
pub fn path_of(id: &str) -> String {
    let path = id.strip_prefix(iri::BASE).unwrap_or(id);
    encoded(path, |byte| byte.is_ascii_graphic(), "/")
}

/// A text as the value of a field of an address.
pub fn field(text: &str) -> String {
    encoded(text, |byte| byte.is_ascii_alphanumeric() || b"-._~".contains(&byte), "")
}

fn encoded(text: &str, plain: impl Fn(u8) -> bool, before: &str) -> String {
    text.bytes().fold(before.to_owned(), |mut out, byte| {
        if plain(byte) {
            out.push(char::from(byte));
        } else {
            let _ = write!(out, "%{byte:02X}");
        }
        out
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_link_from_wherever_they_lie() {
        let document = iri::document("云政办发〔2031〕7号");
        let task = iri::task(&document, "(一)");
        assert_eq!(Files.page(Page::Overview, Page::Due), "due.html");
        assert_eq!(Files.page(Page::Document(&document), Page::Due), "../due.html");
        let own = Files::path(Page::Document(&document));
        assert_eq!(Files.page(Page::Task(&task), Page::Document(&document)), format!("../../{own}"));
        assert!(Files::path(Page::Task(&task)).starts_with(own.trim_end_matches(".html")));
        assert!(own.is_ascii());
        for path in [own, Files::path(Page::Task(&task)), Files::file_path(File::Picture(Picture::Owners(&document)))] {
            assert!(Files::is_of_a_thing(path.rsplit('/').next().unwrap_or_default()), "{path}");
        }
        assert!(!["index.html", "due.csv", "notes.html"].into_iter().any(Files::is_of_a_thing));
    }

    #[test]
    fn paths_are_those_of_names() {
        let document = iri::document("云政办发〔2031〕7号");
        let path = path_of(&document);
        assert!(path.is_ascii());
        assert_eq!(iri::of_path(&path).as_deref(), Some(document.as_str()));
    }
}
