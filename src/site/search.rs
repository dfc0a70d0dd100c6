//! Finding words: an index in parts, which a script of the page reads, for folders without a server.

use maud::{Markup, html};
use serde::Serialize;

use super::gather::Site;
use super::link::Links;
use super::page::Page;
use super::{View, words};
use crate::span::{dense, fold_str};

/// Entries in one file of the index.
const PART: usize = 2_000;

/// What can be found, as the script reads it: address, kind, title, line below it, words.
#[derive(Serialize)]
struct Found<'a>(String, u8, &'a str, &'a str, String);

impl View<'_> {
    pub(super) fn search(&self) -> Markup {
        let lang = self.lang;
        let title = words::page(Page::Search, lang);
        let hint = lang.pick(
            "词之间用空格，都要出现；“医保|新农合”任一；“-省级”排除。",
            "Words with blanks between must all occur; 医保|新农合 either; -省级 none of it.",
        );
        let status = lang.pick("{n} 项", "{n} found");
        let cut = lang.pick("{n} 项，只列前 {m} 项", "{n} found, the first {m} are listed");
        let kinds = [Page::Documents, Page::Departments, Page::Task("")].map(|page| words::page(page, lang)).join("|");
        let main = html! {
            p.soft { (hint) }
            p id="status" role="status" data-found=(status) data-cut=(cut) data-kinds=(kinds) {}
            ol.found id="found" {}
            noscript { p { (lang.pick(
                "检索需要脚本；也可在“文件”“部门”页用浏览器的查找功能。",
                "Search needs scripts; or use the search of the browser on the pages of documents and departments.",
            )) } }
        };
        self.frame(title, &html! {}, &main)
    }
}

impl Site {
    /// The files of the index, by name: scripts, since a page opened from disk may read nothing else.
    pub fn index(&self, links: &dyn Links) -> impl Iterator<Item = (String, String)> {
        let all: Vec<Found<'_>> = self.found(links);
        let parts = all.len().div_ceil(PART).max(1);
        let file = move |number: usize| {
            let own = all.get(number * PART..((number + 1) * PART).min(all.len())).unwrap_or_default();
            let own = serde_json::to_string(own).unwrap_or_else(|_| "[]".to_owned());
            // read as a script of its own: nothing of it is HTML, and the two ends of lines of JavaScript are escaped
            let own = own.replace('\u{2028}', "\\u2028").replace('\u{2029}', "\\u2029").replace('<', "\\u003c");
            (format!("index-{number}.js"), format!("zeren({number},{parts},{own});\n"))
        };

        (0..parts).map(file)
    }

    fn found(&self, links: &dyn Links) -> Vec<Found<'_>> {
        let href = |page: Page<'_>| links.page(Page::Search, page);
        let mut all = Vec::new();
        for entry in self.documents() {
            let document = &entry.document;
            let title = if document.title.is_empty() { document.name() } else { &document.title };
            let words = folded([title, &document.number, &document.source, &document.place]);
            all.push(Found(href(Page::Document(&document.id)), 0, title, &document.number, words));
        }
        for (_, body) in self.network.departments() {
            let printed = self.names.get(&body.id).map(Vec::as_slice).unwrap_or_default();
            let words = folded(printed.iter().map(|(name, _)| name.as_str()).chain([body.label.as_str()]));
            let place = body.place.as_ref().map_or("", |place| place.name.as_str());
            all.push(Found(href(Page::Department(&body.id)), 1, &body.label, place, words));
        }
        for entry in self.documents() {
            for task in &entry.notice.tasks {
                let parties = task.parties.iter().map(|party| party.printed.as_str());
                let words = folded([task.label.as_str(), &task.title, &task.text].into_iter().chain(parties));
                all.push(Found(href(Page::Task(&task.id)), 2, &task.label, entry.document.name(), words));
            }
        }
        all
    }
}

/// Words as they are compared: without blanks between characters, widths and case.
fn folded<'a>(words: impl IntoIterator<Item = &'a str>) -> String {
    let words: Vec<String> = words.into_iter().map(|word| fold_str(&dense(word)).to_lowercase()).collect();
    words.join(" ")
}
