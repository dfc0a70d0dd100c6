//! The pages of the site as the server answers them.

use std::collections::{BTreeSet, VecDeque};

use scraper::{Html, Selector};
use zeren::iri;
use zeren::store::{Access, Store};

use crate::server::http::{Reply, Request};
use crate::server::{Server, encode, stored};
use crate::site::{built, check_is_harmless, texts};
use crate::support::sample;

fn ask(server: &Server, method: &str, target: &str, headers: &[(&str, &str)]) -> Reply {
    server.ask(&Request { method, target, headers, body: b"" })
}

/// The addresses on this server that a page leads to.
fn links(page: &Html) -> Vec<String> {
    let found = Selector::parse("[href], [src], form[action]").unwrap();
    let of = |element: scraper::ElementRef<'_>| {
        let value = element.value();
        ["href", "src", "action"].into_iter().find_map(|name| value.attr(name)).unwrap().to_owned()
    };
    let own = |href: String| href.starts_with('/').then(|| href.split('#').next().unwrap().to_owned());
    page.select(&found).map(of).filter_map(own).collect()
}

#[test]
fn every_link_of_every_page_is_answered_in_the_language_that_was_chosen() {
    let folder = built();
    let server = Server::with_pages(folder.path());
    for (chosen, code, wanted) in [("zh", "zh-CN", "en"), ("en", "en", "zh")] {
        let mut left: VecDeque<String> = [format!("/?lang={chosen}")].into();
        let mut seen: BTreeSet<String> = left.iter().cloned().collect();
        let (mut pages, mut hostile, mut kinds) = (0, 0, BTreeSet::new());
        while let Some(target) = left.pop_front() {
            // the browser wants the other language
            let reply =
                ask(&server, "GET", &target, &[("Accept", "text/html, */*;q=0.5"), ("Accept-Language", wanted)]);
            assert_eq!(reply.status, 200, "{target}: {}", reply.text());
            let policy = reply.header("content-security-policy");
            assert!(
                policy.contains("default-src 'none'") && policy.contains("frame-ancestors 'none'"),
                "{target}: {policy}"
            );
            if !reply.header("content-type").starts_with("text/html") {
                assert!(
                    !reply.text().contains("<script>") || reply.header("content-disposition").contains("attachment"),
                    "{target}"
                );
                continue;
            }
            assert!(!policy.contains("unsafe"), "{target}: {policy}");
            let page = Html::parse_document(&reply.text());
            check_is_harmless(&page, &target);
            assert_eq!(page.root_element().value().attr("lang"), Some(code), "{target}");
            hostile += usize::from(texts(&page, "main").concat().contains("<script>alert(2)</script>"));
            pages += 1;
            kinds.insert(target.split(['/', '?']).nth(1).unwrap().to_owned());
            for link in links(&page) {
                let other = link.ends_with(&format!("lang={wanted}"));
                // graphs and what is said of single statements are told apart elsewhere
                let many = link.starts_with("/store") || link.contains("statements") || pages > 400;
                if !other && !many && seen.insert(link.clone()) {
                    left.push_back(link);
                }
            }
        }
        assert!(pages > 150 && hostile >= 4, "{pages} pages, {hostile} with the hostile task");
        for kind in ["document", "organisation", "departments", "inherit", "search", "query", "download"] {
            assert!(kinds.contains(kind), "{kind}: {kinds:?}");
        }
    }
}

#[test]
fn all_that_is_said_of_a_hostile_task_is_said_in_words() {
    let folder = built();
    let server = Server::with_pages(folder.path());
    let document = encode("云政发〔2031〕9号");
    let found = server.get("/search?q=%3Cscript%3E", "text/html");
    let page = Html::parse_document(&found.text());
    check_is_harmless(&page, "search");
    assert!(texts(&page, "#found").concat().contains("<script>"), "{}", found.text());
    assert_eq!(
        page.select(&Selector::parse("input[name=q]").unwrap()).next().unwrap().value().attr("value"),
        Some("<script>")
    );
    let query = encode("SELECT ?s ?text { ?s z:text ?text FILTER(CONTAINS(?text, \"<script>\")) }");
    let statements = format!("/document/{document}?statements");
    for target in [&statements, &format!("/query?query={query}")] {
        let page = server.get(target, "text/html");
        assert_eq!(page.status, 200, "{target}");
        let page = Html::parse_document(&page.text());
        check_is_harmless(&page, target);
        assert!(texts(&page, "main").concat().contains("<script>alert("), "{target}");
    }
    let page = server.get(&format!("/document/{document}/reading"), "text/html").text();
    let page = Html::parse_document(&page);
    let whole = page.select(&Selector::parse("main a[href$='#text']").unwrap()).next().unwrap().value().attr("href");
    assert_eq!(whole, Some(format!("/document/{document}#text").as_str()), "the text is cut, with a way to the whole");
    assert!(!texts(&page, "main").concat().contains("安排资金"));
    for target in ["/search?q=%22%3E%3Cimg+src%3Dx%3E", "/none/%3Cscript%3E", "/inherit?parent=%3Cscript%3E&child=x"] {
        check_is_harmless(&Html::parse_document(&server.get(target, "text/html").text()), target);
    }
}

#[test]
fn only_known_names_are_answered() {
    let folder = built();
    let server = Server::with_pages(folder.path());
    let secret = std::fs::read(folder.path().join("zeren.db/manifest.json")).unwrap();
    for target in [
        "/assets/..%2fstyle.css",
        "/assets/../assets/style.css",
        "/assets/%2e%2e/zeren.db/manifest.json",
        "/assets//etc/passwd",
        "/assets/%2fetc%2fpasswd",
        "/assets/style.css%00",
        "/assets/",
        "/download/..%2f..%2fzeren.db%2fmanifest.json",
        "/download/../zeren.db/manifest.json",
        "/download/tasks.csv/..",
        "/download/%00",
        "/download/tasks.csv%00.json",
        "/picture/..%2fload.svg",
        "/picture/load.png",
        "/picture/owners.svg",
        "/picture/owners.svg?document=/etc/passwd",
        "/picture/owners.svg?document=..%2f..%2fzeren.db",
        "/inherit",
        "/inherit?parent=%00&child=..%2f",
        "/zeren.db/manifest.json",
        "/../zeren.db/manifest.json",
        "/%2e%2e/%2e%2e/etc/passwd",
        "//etc/passwd",
        "/document/..%2f..%2fetc%2fpasswd",
        "/document/%00",
        "/organisation/../../etc/passwd",
        "/index.html",
    ] {
        let reply = server.get(target, "text/html");
        assert_eq!(reply.status, 404, "{target}: {}", reply.text());
        assert!(reply.text().contains("<nav") && reply.text().contains("Hint"), "{target}: in the frame of all pages");
        assert!(!reply.body.windows(secret.len()).any(|part| part == secret), "{target}");
    }
}

#[test]
fn pages_are_only_read() {
    let folder = stored();
    let server = Server::with_pages(folder.path());
    for target in
        ["/", "/due", "/assets/style.css", "/download/tasks.csv", "/picture/load.svg", "/ontology", "/function/health"]
    {
        let got = ask(&server, "GET", target, &[("Accept", "text/html, */*")]);
        let head = ask(&server, "HEAD", target, &[("Accept", "text/html, */*")]);
        assert_eq!((got.status, head.status, head.body.len()), (200, 200, 0), "{target}");
        assert_eq!(head.header("content-length"), got.body.len().to_string(), "{target}");
        let options = ask(&server, "OPTIONS", target, &[]);
        assert_eq!((options.status, options.header("allow")), (204, "GET, HEAD, OPTIONS"), "{target}");
        for method in ["POST", "PUT", "DELETE", "PATCH"] {
            let reply = ask(&server, method, target, &[]);
            assert_eq!((reply.status, reply.header("allow")), (405, "GET, HEAD, OPTIONS"), "{method} {target}");
        }
    }
    let page = ask(&server, "POST", "/due", &[("Accept", "text/html")]);
    assert!(page.text().contains("<nav"), "{}", page.text());
    assert!(!ask(&server, "POST", "/due", &[]).text().contains('<'), "a line of text for programs");
}

#[test]
fn a_language_that_is_not_chosen_is_that_of_the_browser() {
    let folder = stored();
    let server = Server::with_pages(folder.path());
    for (target, language, code, switch) in [
        ("/due", "zh-CN,en;q=0.5", "zh-CN", "/due?lang=en"),
        ("/due", "en", "en", "/due?lang=zh"),
        ("/due?lang=zh", "en", "zh-CN", "/due?lang=en"),
        ("/search?q=a&lang=en", "zh", "en", "/search?q=a&lang=zh"),
        ("/none?lang=zh", "en", "zh-CN", "/none?lang=en"),
    ] {
        let reply = ask(&server, "GET", target, &[("Accept", "text/html"), ("Accept-Language", language)]);
        let page = Html::parse_document(&reply.text());
        assert_eq!(page.root_element().value().attr("lang"), Some(code), "{target}");
        let found = page.select(&Selector::parse("a.language").unwrap()).next().unwrap().value().attr("href");
        assert_eq!(found, Some(switch), "{target}");
        let hidden = Selector::parse("input[type=hidden][name=lang]").unwrap();
        assert_eq!(page.select(&hidden).next().is_some(), target.contains("lang="), "{target}");
    }
}

#[test]
fn what_is_built_meanwhile_shows() {
    let folder = stored();
    let server = Server::with_pages(folder.path());
    let rows = || {
        // while figures are counted anew, the page asks to be asked again
        loop {
            let reply = server.get("/documents", "text/html");
            if reply.header("refresh").is_empty() {
                return texts(&Html::parse_document(&reply.text()), "tbody tr").len();
            }
        }
    };
    assert_eq!(rows(), 2);
    let mut store = Store::open(folder.path().join("zeren.db"), Access::Write).unwrap();
    store.remove(&iri::document(sample::PROVINCE_NUMBER)).unwrap();
    assert_eq!(rows(), 1);
    store.remove(&iri::document(sample::CITY_NUMBER)).unwrap();
    assert_eq!(rows(), 0);
    for target in
        ["/", "/departments", "/coordination", "/due", "/gaps", "/findings", "/lineage", "/download", "/search?q=a"]
    {
        assert_eq!(server.get(target, "text/html").status, 200, "{target} of an empty store");
    }
}

#[test]
fn pages_are_of_a_part_or_of_none_where_they_would_take_too_much() {
    let folder = stored();
    let server = Server::with_pages_of(folder.path(), &["--pages", "0"]);
    for (lang, words) in
        [("zh", "库中有 2 份文件，汇总成网页所需的内存超出限制"), ("en", "The store has 2 documents; pages of so many")]
    {
        let page = server.get(&format!("/departments?lang={lang}"), "text/html");
        assert_eq!((page.status, page.header("refresh")), (200, ""));
        assert!(page.text().contains(words) && page.text().contains("zeren serve --jurisdiction"), "{}", page.text());
        let address = Html::parse_document(&page.text());
        let document = links(&address).into_iter().find(|link| link.starts_with("/document/")).unwrap();
        let said = server.get(&document, "text/html");
        assert_eq!((said.status, said.header("refresh")), (200, ""), "what is said of it is shown");
    }
    let picture = server.get("/picture/load.svg", "image/svg+xml");
    assert!(picture.status == 503 && picture.text().contains("--pages"), "{}", picture.text());
    assert_eq!(server.get("/query?query=ASK%20%7B%7D", "text/csv").status, 200);

    let server = Server::with_pages_of(folder.path(), &["--document", "霁政发"]);
    let page = server.get("/documents", "text/html").text();
    assert!(page.contains("健康霁省行动方案") && !page.contains("健康云川重点工作分工"), "{page}");
}

#[test]
fn things_are_called_in_the_language_of_the_reader() {
    let folder = stored();
    let server = Server::start(folder.path(), &[]);
    for (lang, own, other) in [("zh", "卫生健康", "health"), ("en", "health", "卫生健康")] {
        let page = Html::parse_document(&server.get(&format!("/function/health?lang={lang}"), "text/html").text());
        assert_eq!(texts(&page, "h1"), [own]);
        let body = server
            .get(&format!("/organisation/{}?statements&lang={lang}", encode("云川市卫生健康委员会")), "text/html");
        let links = texts(&Html::parse_document(&body.text()), "dd a");
        assert!(links.iter().any(|link| link == own) && !links.iter().any(|link| link == other), "{lang}: {links:?}");
    }
}
