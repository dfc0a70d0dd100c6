//! Addresses on a server, and what its pages have beside those of a folder: tools, a choice of language, notes.

use maud::{Markup, html};

use super::gather::Site;
use super::link::{Links, field, path_of};
use super::page::{Drawing, File, Page, Picture};
use crate::diagnostic::{Lang, Message};

/// A place that only a server has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tool {
    /// Its path.
    pub path: &'static str,
    /// Its name in Chinese.
    pub zh: &'static str,
    /// Its name in English.
    pub en: &'static str,
}

/// The places that only a server has, in the order of the navigation. A page that is added to the server is named here, and
/// given its route there.
pub const TOOLS: [Tool; 5] = [
    Tool { path: "/explore", zh: "网络", en: "Network" },
    Tool { path: "/review", zh: "核对", en: "Review" },
    Tool { path: "/try", zh: "试读", en: "Try a document" },
    Tool { path: "/query", zh: "查询", en: "Query" },
    Tool { path: "/ontology", zh: "词汇", en: "Vocabulary" },
];

/// Paths of a server, as one answer writes them: that of a thing is that of its IRI.
#[derive(Clone, Debug, Default)]
pub struct Paths {
    here: String,
    chosen: Option<Lang>,
    note: Option<Message>,
}

impl Paths {
    /// The paths of the answer to a request, by its path and the fields behind `?`. The field `lang` is the choice of a
    /// language: all addresses keep it.
    pub fn new(path: &str, fields: &str) -> Self {
        let (languages, rest): (Vec<&str>, Vec<&str>) =
            fields.split('&').filter(|field| !field.is_empty()).partition(|field| field.starts_with("lang="));
        let chosen = languages.iter().find_map(|field| match *field {
            "lang=zh" => Some(Lang::Zh),
            "lang=en" => Some(Lang::En),
            _ => None,
        });
        let here = if rest.is_empty() { path.to_owned() } else { format!("{path}?{}", rest.join("&")) };
        Self { here, chosen, note: None }
    }

    /// With a note that every page shows first.
    #[must_use]
    pub fn with_note(mut self, note: Message) -> Self {
        self.note = Some(note);
        self
    }

    /// The language that the reader chose, if they did.
    pub fn chosen(&self) -> Option<Lang> {
        self.chosen
    }

    /// The code by which the choice of a language is kept.
    pub(super) fn code(&self) -> Option<&'static str> {
        self.chosen.map(|lang| lang.pick("zh", "en"))
    }

    /// What is to be said before all else.
    pub(super) fn note(&self) -> Option<&Message> {
        self.note.as_ref()
    }

    /// The path alone.
    pub(super) fn path(&self) -> &str {
        self.here.split('?').next().unwrap_or_default()
    }

    /// The address of the same page in a language.
    pub(super) fn in_language(&self, lang: Lang) -> String {
        with_field(&self.here, lang.pick("lang=zh", "lang=en"))
    }

    /// The choice of a language as a field of a form, whose address drops the fields that it had.
    pub fn language_field(&self) -> Markup {
        html! { @if let Some(code) = self.code() { input type="hidden" name="lang" value=(code); } }
    }

    /// A path of the server as pages write it.
    #[must_use]
    pub fn kept(&self, path: &str) -> String {
        match self.code() {
            Some(code) => with_field(path, &format!("lang={code}")),
            None => path.to_owned(),
        }
    }
}

fn with_field(address: &str, field: &str) -> String {
    let sign = if address.contains('?') { '&' } else { '?' };
    format!("{address}{sign}{field}")
}

impl Links for Paths {
    fn page(&self, _: Page<'_>, to: Page<'_>) -> String {
        let path = match to {
            Page::Overview => "/".to_owned(),
            Page::Documents => "/documents".to_owned(),
            Page::Document(id) | Page::Task(id) | Page::Department(id) => path_of(id),
            Page::Departments => "/departments".to_owned(),
            Page::Coordination => "/coordination".to_owned(),
            Page::Due => "/due".to_owned(),
            Page::Gaps => "/gaps".to_owned(),
            Page::Findings => "/findings".to_owned(),
            Page::Lineage => "/lineage".to_owned(),
            Page::Inheritance(parent, child) => format!("/inherit?parent={}&child={}", field(parent), field(child)),
            Page::Data => "/download".to_owned(),
            Page::Search => "/search".to_owned(),
        };
        self.kept(&path)
    }

    fn file(&self, _: Page<'_>, to: File<'_>) -> String {
        match to {
            File::Asset(file) => format!("/assets/{file}"),
            File::Picture(Picture::Load) => self.kept("/picture/load.svg"),
            File::Picture(Picture::Coordination) => self.kept("/picture/coordination.svg"),
            File::Picture(Picture::Owners(id)) => self.kept(&format!("/picture/owners.svg?document={}", field(id))),
            File::Data(file) => self.kept(&format!("/download/{file}")),
            File::Graph(id) => format!("/store?graph={}", field(id)),
        }
    }

    fn live(&self) -> Option<&Paths> {
        Some(self)
    }
}

impl Site {
    /// A picture for a browser that lays out none: the one that the server draws, if it draws it.
    pub fn still(&self, drawing: Drawing<'_>, paths: &Paths, lang: Lang) -> Markup {
        let picture = match drawing {
            Drawing::Coordination => Some(Picture::Coordination),
            Drawing::Owners(id) => Some(Picture::Owners(id)),
            _ => None,
        };
        let name = self.title(drawing, lang).unwrap_or_default();
        html! { @match picture.filter(|picture| self.can_draw(*picture)) {
            Some(picture) => figure.pictures {
                @let file = paths.file(Page::Overview, File::Picture(picture));
                a href=(file) { img src=(file) alt=(name); }
                figcaption { (name) }
            },
            None => p.note { (lang.pick(
                "此处的图由浏览器中的程序排版，须允许脚本运行。",
                "The browser lays this picture out, for which scripts must be allowed.",
            )) },
        } }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_language_that_was_chosen_is_kept() {
        let paths = Paths::new("/search", "q=a+b&lang=en");
        assert_eq!(paths.chosen(), Some(Lang::En));
        assert_eq!(paths.in_language(Lang::Zh), "/search?q=a+b&lang=zh");
        assert_eq!(paths.page(Page::Search, Page::Due), "/due?lang=en");
        assert_eq!(paths.kept("/inherit?parent=a"), "/inherit?parent=a&lang=en");
        let open = Paths::new("/", "lang=fr");
        assert_eq!((open.chosen(), open.in_language(Lang::En)), (None, "/?lang=en".to_owned()));
        assert_eq!(open.page(Page::Overview, Page::Due), "/due");
    }
}
