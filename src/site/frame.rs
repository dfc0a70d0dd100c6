//! What every page has: head, navigation, search, foot.

use maud::{DOCTYPE, Markup, html};

use super::link::{Links, path_of};
use super::live::{Paths, TOOLS};
use super::page::{File, Page};
use super::{View, words};
use crate::diagnostic::Lang;

/// What pages may load: their own style, script and pictures, and nothing from a network.
pub const POLICY: &str = "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; \
    base-uri 'none'; form-action 'self'";

/// What stands around the words of a page; the same for those that only a server has.
#[derive(Clone)]
pub struct Frame<'a> {
    /// Where its links lead.
    pub links: &'a dyn Links,
    /// The language of the page.
    pub lang: Lang,
    /// Which page of the site it is; none of what only a server has.
    pub page: Option<Page<'a>>,
    /// Its title.
    pub title: &'a str,
    /// A line below the title.
    pub lead: Markup,
    /// Names of further styles among the assets that it needs.
    pub styles: &'a [&'a str],
    /// Names of the scripts among the assets that it needs.
    pub scripts: &'a [&'a str],
    /// Words that were looked for.
    pub words: &'a str,
    /// Where its figures come from.
    pub foot: Markup,
}

impl<'a> Frame<'a> {
    /// A frame with a title alone.
    pub fn new(links: &'a dyn Links, lang: Lang, title: &'a str) -> Self {
        Self { links, lang, page: None, title, lead: html! {}, styles: &[], scripts: &[], words: "", foot: html! {} }
    }

    /// The whole page of what stands in it.
    pub fn around(&self, main: &Markup) -> Markup {
        let (lang, live) = (self.lang, self.links.live());
        let from = self.page.unwrap_or(Page::Overview);
        let href = |to| self.links.page(from, to);
        let name = lang.pick("责任", "zeren");
        html! {
            (DOCTYPE)
            html lang=(lang.pick("zh-CN", "en")) {
                head {
                    meta charset="utf-8";
                    // a server says it in the head of its answers, some of which need more
                    @if live.is_none() { meta http-equiv="Content-Security-Policy" content=(POLICY); }
                    meta name="viewport" content="width=device-width, initial-scale=1";
                    meta name="color-scheme" content="light dark";
                    meta name="generator" content=(concat!("zeren ", env!("CARGO_PKG_VERSION")));
                    title { (self.title) " · " (name) }
                    link rel="stylesheet" href=(self.links.file(from, File::Asset("style.css")));
                    @for style in self.styles { link rel="stylesheet" href=(self.links.file(from, File::Asset(style))); }
                    @for script in self.scripts { script src=(self.links.file(from, File::Asset(script))) defer {} }
                }
                body {
                    a.skip href="#main" { (lang.pick("跳到正文", "Skip to content")) }
                    header.top {
                        nav aria-label=(lang.pick("主导航", "Main")) {
                            ul {
                                @for page in Page::MAIN {
                                    li { a href=(href(page)) aria-current=[self.page.and_then(|own| current(own, page))] {
                                        (words::page(page, lang))
                                    } }
                                }
                                @if let Some(live) = live { @for tool in &TOOLS {
                                    @let here = (live.path() == tool.path).then_some("page");
                                    li.tool { a href=(live.kept(tool.path)) aria-current=[here] { (lang.pick(tool.zh, tool.en)) } }
                                } }
                            }
                        }
                        form.find role="search" action=(href(Page::Search)) method="get" {
                            label { span.only-read { (lang.pick("检索文字", "Search words")) }
                                input type="search" name="q" value=[Some(self.words).filter(|words| !words.is_empty())]
                                    placeholder=(lang.pick("检索", "Search")); }
                            @if let Some(live) = live { (live.language_field()) }
                            button { (lang.pick("检索", "Search")) }
                            @if let Some(live) = live { (switch(live, lang)) }
                        }
                    }
                    main id="main" tabindex="-1" {
                        @if let Some(note) = live.and_then(Paths::note) { p.notice role="status" { (note.in_lang(lang)) } }
                        header.title { h1 { (self.title) } (self.lead) }
                        (main)
                    }
                    footer { (self.foot) }
                }
            }
        }
    }
}

impl View<'_> {
    /// A whole page of its title, a line below the title and the rest.
    pub(super) fn frame(&self, title: &str, lead: &Markup, main: &Markup) -> Markup {
        self.framed(title, lead).around(main)
    }

    /// What stands around this page.
    pub(super) fn framed<'f>(&'f self, title: &'f str, lead: &Markup) -> Frame<'f> {
        let (lang, lead) = (self.lang, lead.clone());
        let foot = html! { p { (self.origin()) } (self.own_address()) };
        Frame { page: Some(self.page), lead, foot, ..Frame::new(self.links, lang, title) }
    }

    /// The IRI of what the page is about, with a way to all that is said of it, where a server can answer.
    fn own_address(&self) -> Markup {
        let (Some(live), Page::Document(id) | Page::Task(id) | Page::Department(id)) = (self.links.live(), self.page)
        else {
            return html! {};
        };
        let all = live.kept(&format!("{}?statements", path_of(id)));
        html! { p.screen { "IRI " code { (id) } " · " a href=(all) { (self.lang.pick("全部陈述", "all statements")) } } }
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

/// Leads to the same page in the other language, in the words of that language.
fn switch(live: &Paths, lang: Lang) -> Markup {
    let (other, code, name) = match lang {
        Lang::Zh => (Lang::En, "en", "English"),
        Lang::En => (Lang::Zh, "zh-CN", "中文"),
    };
    html! { a.language href=(live.in_language(other)) lang=(code) hreflang=(code) rel="alternate" { (name) } }
}

/// Tells a reader of the screen where it is.
fn current(own: Page<'_>, shown: Page<'static>) -> Option<&'static str> {
    match () {
        () if own == shown => Some("page"),
        () if own.main() == shown && own != Page::Search => Some("true"),
        () => None,
    }
}
