//! What every page has: head, navigation, search, foot.

use maud::{DOCTYPE, Markup, html};

use super::page::{File, Page};
use super::{View, words};
use crate::diagnostic::Lang;

/// What pages may load: their own style, script and pictures, and nothing from a network.
pub const POLICY: &str = "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; \
    base-uri 'none'; form-action 'self'";

impl View<'_> {
    /// A whole page of its title, a line below the title and the rest.
    pub(super) fn frame(&self, title: &str, lead: &Markup, main: &Markup) -> Markup {
        let lang = self.lang;
        let (own, main_page) = (self.page, self.page.main());
        let name = lang.pick("责任", "zeren");
        html! {
            (DOCTYPE)
            html lang=(lang.pick("zh-CN", "en")) {
                head {
                    meta charset="utf-8";
                    meta http-equiv="Content-Security-Policy" content=(POLICY);
                    meta name="viewport" content="width=device-width, initial-scale=1";
                    meta name="color-scheme" content="light dark";
                    meta name="generator" content=(concat!("zeren ", env!("CARGO_PKG_VERSION")));
                    title { (title) " · " (name) }
                    link rel="stylesheet" href=(self.file(File::Asset("style.css")));
                    @if own == Page::Search && self.links.finds_by_script() {
                        script src=(self.file(File::Asset("search.js"))) defer {}
                    }
                }
                body {
                    a.skip href="#main" { (lang.pick("跳到正文", "Skip to content")) }
                    header.top {
                        nav aria-label=(lang.pick("主导航", "Main")) {
                            ul {
                                @for page in Page::MAIN {
                                    li { a href=(self.href(page)) aria-current=[current(own, main_page, page)] {
                                        (words::page(page, lang))
                                    } }
                                }
                            }
                        }
                        form.find role="search" action=(self.href(Page::Search)) method="get" {
                            label { span.only-read { (lang.pick("检索文字", "Search words")) }
                                input type="search" name="q" placeholder=(lang.pick("检索", "Search")); }
                            button { (lang.pick("检索", "Search")) }
                        }
                    }
                    main id="main" tabindex="-1" {
                        header.title { h1 { (title) } (lead) }
                        (main)
                    }
                    footer { p { (self.origin()) } }
                }
            }
        }
    }

    /// Where the figures come from.
    fn origin(&self) -> String {
        let (documents, on) = (self.site.documents().len(), self.site.on());
        let version = env!("CARGO_PKG_VERSION");
        match self.lang {
            Lang::Zh => format!("zeren {version} 据 {documents} 份文件生成，时限截至 {on}"),
            Lang::En => format!("made by zeren {version} from {documents} documents; deadlines as of {on}"),
        }
    }
}

/// Tells a reader of the screen where it is.
fn current(own: Page<'_>, main: Page<'static>, shown: Page<'static>) -> Option<&'static str> {
    match () {
        () if own == shown => Some("page"),
        () if main == shown && own != Page::Search => Some("true"),
        () => None,
    }
}
