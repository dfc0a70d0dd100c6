//! Finding words: an index in parts, which a script of the page reads, for folders without a server.

use maud::{Markup, html};
use serde::Serialize;

use super::element::headline;
use super::frame::Frame;
use super::gather::{Entry, Site};
use super::link::Links;
use super::page::Page;
use super::{View, words};
use crate::diagnostic::Lang;
use crate::network::Department;
use crate::notice::Mandate;
use crate::query::StoredDocument;
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

/// What can be found.
#[derive(Clone, Copy)]
enum Findable<'a> {
    Document(&'a Entry),
    Department(&'a Department),
    Task(&'a Entry, &'a Mandate),
}

impl Site {
    /// The page with what is found of some words, for servers: what a script does where there is none.
    pub fn find(&self, words: &str, links: &dyn Links, lang: Lang) -> String {
        let terms = Terms::read(words);
        let all = || self.findable().zip(self.words()).filter(|(_, words)| terms.hold(words)).map(|(one, _)| one);
        let view = View { site: self, links, lang, page: Page::Search };
        let listed: Vec<Found<'_>> = all().take(LISTED).map(|one| view.found(one, String::new())).collect();
        let count = if listed.len() < LISTED { listed.len() } else { all().count() };
        view.search(words, &listed, count).into_string()
    }

    /// The words of all that can be found, read once.
    pub(super) fn words(&self) -> &[Box<str>] {
        self.words.get_or_init(|| self.findable().map(|one| self.words_of(one).into()).collect())
    }

    /// All that can be found, in the order in which it is listed.
    fn findable(&self) -> impl Iterator<Item = Findable<'_>> {
        let documents = || self.documents().iter();
        let departments = self.network.departments().map(|(_, body)| Findable::Department(body));
        let tasks =
            documents().flat_map(|entry| entry.notice.tasks.iter().map(move |task| Findable::Task(entry, task)));
        documents().map(Findable::Document).chain(departments).chain(tasks)
    }

    /// The words by which something is found.
    fn words_of(&self, one: Findable<'_>) -> String {
        match one {
            Findable::Document(Entry { document, .. }) => {
                folded([title(document), &document.number, &document.source, &document.place])
            }
            Findable::Department(body) => {
                let printed = self.names.get(&body.id).map(Vec::as_slice).unwrap_or_default();
                folded(printed.iter().map(|(name, _)| name.as_str()).chain([body.label.as_str()]))
            }
            Findable::Task(_, task) => {
                let parties = task.parties.iter().map(|party| party.printed.as_str());
                folded([task.label.as_str(), &task.text].into_iter().chain(parties))
            }
        }
    }
}

impl View<'_> {
    /// What was found as it is listed.
    fn found<'f>(&self, one: Findable<'f>, words: String) -> Found<'f> {
        match one {
            Findable::Document(Entry { document, .. }) => {
                let href = self.href(Page::Document(&document.id));
                Found(href, 0, title(document).to_owned(), &document.number, words)
            }
            Findable::Department(body) => {
                let place = body.place.as_ref().map_or("", |place| place.name.as_str());
                Found(self.href(Page::Department(&body.id)), 1, body.label.clone(), place, words)
            }
            Findable::Task(entry, task) => {
                Found(self.href(Page::Task(&task.id)), 2, headline(task), entry.document.name(), words)
            }
        }
    }

    /// The page of search, with what was found already.
    pub(super) fn search(&self, words: &str, listed: &[Found<'_>], count: usize) -> Markup {
        let lang = self.lang;
        let title = words::page(Page::Search, lang);
        let hint = lang.pick(
            "词之间用空格，都要出现；“医保|新农合”任一；“-省级”排除。",
            "Words with blanks between must all occur; 医保|新农合 either; -省级 none of it.",
        );
        let status = lang.pick("{n} 项", "{n} found");
        let cut = lang.pick("{n} 项，只列前 {m} 项", "{n} found, the first {m} are listed");
        let kinds = [Page::Documents, Page::Departments, Page::Task("")].map(|page| words::page(page, lang));
        let live = self.links.live().is_some();
        let main = html! {
            p.soft { (hint) }
            p id="status" role="status" data-found=(status) data-cut=(cut) data-kinds=(kinds.join("|")) {
                @if live && !words.trim().is_empty() {
                    @let words = if count > listed.len() { cut } else { status };
                    (words.replace("{n}", &count.to_string()).replace("{m}", &LISTED.to_string()))
                }
            }
            ol.found id="found" { @for one in listed { li {
                @let kind = kinds.get(usize::from(one.1)).copied().unwrap_or_default();
                a href=(one.0) { (one.2) } " " span.soft { (kind) " · " (one.3) }
            } } }
            @if !live { noscript { p { (lang.pick(
                "检索需要脚本；也可在“文件”“部门”页用浏览器的查找功能。",
                "Search needs scripts; or use the search of the browser on the pages of documents and departments.",
            )) } } }
        };
        let scripts: &[&str] = if live { &[] } else { &["search.js"] };
        Frame { scripts, words, ..self.framed(title, &html! {}) }.around(&main)
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
        let view = View { site: self, links, lang: Lang::Zh, page: Page::Search };
        self.findable().map(|one| view.found(one, self.words_of(one))).collect()
    }
}

fn title(document: &StoredDocument) -> &str {
    document.titled()
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
