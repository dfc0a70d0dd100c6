//! Finding words: an index in parts, which a script of the page reads, for folders without a server.

use maud::{Markup, html};
use serde::Serialize;

use super::element::headline;
use super::gather::Site;
use super::link::Links;
use super::page::Page;
use super::{View, words};
use crate::diagnostic::Lang;
use crate::span::{dense, fold_str};

/// Entries in one file of the index.
const PART: usize = 2_000;

/// What can be found, as the script reads it: address, kind, title, line below it, words.
#[derive(Serialize)]
pub(super) struct Found<'a>(String, u8, String, &'a str, String);

/// The most that a page lists.
const LISTED: usize = 200;

/// Words that are looked for, as the script reads them: all must occur, of `医保|新农合` one, none behind a `-`.
struct Terms(Vec<(bool, Vec<String>)>);

impl Terms {
    fn read(words: &str) -> Self {
        let term = |word: &str| {
            let unwanted = word.strip_prefix('-').filter(|rest| !rest.is_empty());
            let ways = unwanted.unwrap_or(word).split('|').filter(|way| !way.is_empty()).map(str::to_owned);
            (unwanted.is_some(), ways.collect())
        };
        Self(fold_str(words).to_lowercase().split_whitespace().map(term).collect())
    }

    fn hold(&self, words: &str) -> bool {
        !self.0.is_empty() && self.0.iter().all(|(not, ways)| ways.iter().any(|way| words.contains(way)) != *not)
    }
}

impl Site {
    /// The page with what is found of some words, for servers: what a script does where there is none.
    pub fn find(&self, words: &str, links: &dyn Links, lang: Lang) -> String {
        let terms = Terms::read(words);
        let all = self.found(links);
        let found: Vec<&Found<'_>> = all.iter().filter(|one| terms.hold(&one.4)).collect();
        View { site: self, links, lang, page: Page::Search }.search(&found).into_string()
    }
}

impl View<'_> {
    /// The page of search, with what was found already.
    pub(super) fn search(&self, listed: &[&Found<'_>]) -> Markup {
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
            p id="status" role="status" data-found=(status) data-cut=(cut) data-kinds=(kinds) {
                @if !self.links.finds_by_script() {
                    @let words = if listed.len() > LISTED { cut } else { status };
                    (words.replace("{n}", &listed.len().to_string()).replace("{m}", &LISTED.to_string()))
                }
            }
            ol.found id="found" { @for one in listed.iter().take(LISTED) { li {
                a href=(one.0) { (one.2) } " " span.soft { (one.3) }
            } } }
            @if self.links.finds_by_script() { noscript { p { (lang.pick(
                "检索需要脚本；也可在“文件”“部门”页用浏览器的查找功能。",
                "Search needs scripts; or use the search of the browser on the pages of documents and departments.",
            )) } } }
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
            all.push(Found(href(Page::Document(&document.id)), 0, title.to_owned(), &document.number, words));
        }
        for (_, body) in self.network.departments() {
            let printed = self.names.get(&body.id).map(Vec::as_slice).unwrap_or_default();
            let words = folded(printed.iter().map(|(name, _)| name.as_str()).chain([body.label.as_str()]));
            let place = body.place.as_ref().map_or("", |place| place.name.as_str());
            all.push(Found(href(Page::Department(&body.id)), 1, body.label.clone(), place, words));
        }
        for entry in self.documents() {
            for task in &entry.notice.tasks {
                let parties = task.parties.iter().map(|party| party.printed.as_str());
                let words = folded([task.label.as_str(), &task.text].into_iter().chain(parties));
                all.push(Found(href(Page::Task(&task.id)), 2, headline(task), entry.document.name(), words));
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_found_as_the_queries_find_them() {
        let holds = |terms: &str| Terms::read(terms).hold("推进医保支付方式改革 drg 省医保局");
        assert!(holds("医保 支付") && holds("新农合|医保") && holds("ＤＲＧ -县级"));
        assert!(!holds("医保 -支付") && !holds("新农合") && !holds(""));
    }
}
