//! What `zeren report` writes.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use scraper::{Html, Selector};

use crate::cli;
use crate::site::{check_is_harmless, files, parsed, report, texts};

/// The path that a link leads to, and the anchor there.
fn target(page: &Path, href: &str) -> (PathBuf, Option<String>) {
    let (path, anchor) = href.split_once('#').map_or((href, None), |(path, anchor)| (path, Some(anchor.to_owned())));
    let mut at = page.parent().unwrap().to_owned();
    for part in path.split('/') {
        match part {
            ".." => assert!(at.pop()),
            part => at.push(part),
        }
    }
    (if path.is_empty() { page.to_owned() } else { at }, anchor)
}

#[test]
fn every_link_leads_somewhere_and_every_file_is_linked() {
    let folder = report("en");
    let root = folder.path().join("pages");
    let pages = files(&root, ".html");
    assert!(pages.len() > 150, "{} pages", pages.len());
    let links = Selector::parse("[href], [src], form[action]").unwrap();
    let mut reached: BTreeSet<PathBuf> = [root.join("index.html")].into();
    let mut anchors: BTreeSet<(PathBuf, String)> = BTreeSet::new();
    for page in &pages {
        for element in parsed(page).select(&links) {
            let value = element.value();
            let href = ["href", "src", "action"].into_iter().find_map(|name| value.attr(name)).unwrap();
            assert!(!href.contains(':') && !href.starts_with('/'), "{}: {href}", page.display());
            let (path, anchor) = target(page, href);
            assert!(path.is_file(), "{}: {href}", page.display());
            anchors.extend(anchor.map(|anchor| (path.clone(), anchor)));
            reached.insert(path);
        }
    }
    for (path, anchor) in anchors {
        let page = parsed(&path);
        let found = page.select(&Selector::parse(&format!("[id=\"{anchor}\"]")).unwrap()).count();
        // lists that are empty have no place to lead to
        let gap = path.ends_with("gaps.html");
        assert!(found == 1 || found == 0 && gap, "{}#{anchor}: {found}", path.display());
    }
    let lost: Vec<_> = files(&root, "").into_iter().filter(|path| !reached.contains(path)).collect();
    let lost: Vec<_> = lost.iter().filter(|path| !path.to_string_lossy().contains("index-")).collect();
    assert_eq!(lost, Vec::<&PathBuf>::new(), "files that no page leads to");
}

#[test]
fn words_of_documents_are_words_on_every_page() {
    for lang in ["zh", "en"] {
        let folder = report(lang);
        let root = folder.path().join("pages");
        let mut seen = 0;
        for path in files(&root, ".html") {
            let page = parsed(&path);
            let place = path.display();
            check_is_harmless(&page, &place.to_string());
            let policy = page.select(&Selector::parse("meta[http-equiv=Content-Security-Policy]").unwrap()).next();
            let policy = policy.unwrap().value().attr("content").unwrap();
            assert!(policy.starts_with("default-src 'none'") && !policy.contains("unsafe"), "{policy}");
            let code = page.root_element().value().attr("lang").unwrap().to_owned();
            assert!(code.starts_with(lang), "{place}: {code}");
            seen += usize::from(texts(&page, "main").concat().contains("<script>alert(2)</script>"));
        }
        assert!(seen >= 3, "the hostile task is on its pages, as words: {seen}");
        for path in files(&root, ".svg").into_iter().chain(files(&root, ".js")) {
            let text = fs::read_to_string(&path).unwrap();
            assert!(!text.contains("<script") && !text.contains("<img"), "{}", path.display());
        }
    }
}

#[test]
fn cells_of_words_say_what_they_are() {
    let page = zeren::site::table(
        "任务",
        &["任务", "牵头", "天数#"],
        &[vec![maud::html! { "甲" }, maud::html! { "乙" }, maud::html! { "3" }]],
    );
    let page = page.into_string();
    assert!(page.contains("<table class=\"worded\">") && page.contains("<td data-name=\"牵头\">乙</td>"), "{page}");
    assert!(page.contains("<td class=\"figure\" data-name=\"天数\">3</td>"), "{page}");
    let figures = zeren::site::table("负荷", &["部门", "负荷#", "牵头#"], &[]).into_string();
    assert!(!figures.contains("worded"), "{figures}");
}

#[test]
fn claims_are_marked_where_they_are_made() {
    let folder = tempfile::tempdir().unwrap();
    let notice = "云川省人民政府关于印发重点任务的通知\n云政发〔2031〕9号\n\n一、制度\n\
        （一）健全制度，2031年底前覆盖率达到90%以上。（省财政厅牵头，省教育厅配合）\n\n尾注一行\n";
    fs::write(folder.path().join("notice.txt"), notice).unwrap();
    assert_eq!(cli::run(folder.path(), "build notice.txt").status, 0);
    let made = cli::run(folder.path(), "report -o pages --on 2031-06-30 --lang zh");
    assert_eq!((made.status, made.stderr.as_str()), (0, ""));
    let root = folder.path().join("pages");
    let page =
        files(&root.join("documents"), ".html").into_iter().find(|path| !texts(&parsed(path), "#text").is_empty());
    let page = parsed(&page.unwrap());
    let marked = |class: &str| texts(&page, &format!(".text .mark.{class}"));
    assert_eq!(marked("lead"), ["省财政厅"]);
    assert_eq!(marked("supporting"), ["省教育厅"]);
    assert_eq!(marked("quantity").concat(), "90%以上");
    assert!(marked("deadline").concat().contains("2031年底前"));
    let lead = page.select(&Selector::parse(".text .mark.lead").unwrap()).next().unwrap().value();
    let note = format!("[id=\"{}\"]", lead.attr("aria-describedby").unwrap());
    let note = texts(&page, &note).concat();
    for part in ["云川省财政厅", "牵头", "依据", "置信度"] {
        assert!(note.contains(part), "{part} in {note}");
    }
    // nothing of the text is lost or doubled by the marks
    let text = page.select(&Selector::parse("#text .text").unwrap()).next().unwrap();
    let mut html = Html::parse_fragment(&text.html());
    let beside: Vec<_> = html.select(&Selector::parse(".why, .begins").unwrap()).map(|element| element.id()).collect();
    for id in beside {
        html.tree.get_mut(id).unwrap().detach();
    }
    let dense = |text: &str| text.chars().filter(|char| !char.is_whitespace()).collect::<String>();
    let shown = dense(&html.root_element().text().collect::<String>());
    let read = cli::run(folder.path(), "extract --text notice.txt").stdout;
    assert_eq!(shown, dense(&read));
}

#[test]
fn a_folder_made_anew_has_the_same_bytes() {
    let folder = report("zh");
    let again = cli::run(folder.path(), "report -o again --on 2024-06-30 --lang zh");
    assert_eq!(again.status, 0, "{}", again.stderr);
    let (first, second) = (folder.path().join("pages"), folder.path().join("again"));
    let names = |root: &Path| -> Vec<PathBuf> {
        files(root, "").iter().map(|path| path.strip_prefix(root).unwrap().to_owned()).collect()
    };
    assert_eq!(names(&first), names(&second));
    for name in names(&first) {
        assert_eq!(fs::read(first.join(&name)).unwrap(), fs::read(second.join(&name)).unwrap(), "{}", name.display());
    }
}

#[test]
fn gaps_are_those_that_the_queries_find() {
    let folder = report("en");
    let page = parsed(&folder.path().join("pages/gaps.html"));
    let shown = |id: &str| texts(&page, &format!("#{id} tbody tr")).len();
    for (id, query) in [("no-lead", "no-lead"), ("no-deadline", "no-deadline")] {
        let rows = cli::run(folder.path(), &format!("query {query} --format csv")).stdout;
        let found = csv::Reader::from_reader(rows.as_bytes()).records().count();
        assert!(found > 0);
        assert_eq!(shown(id), found, "{id}");
    }
}

#[test]
fn a_report_says_what_it_cannot_do() {
    let folder = tempfile::tempdir().unwrap();
    assert_eq!(cli::run(folder.path(), "report -o pages").status, 2, "no store");
    fs::write(folder.path().join("notice.txt"), super::HOSTILE).unwrap();
    assert_eq!(cli::run(folder.path(), "build notice.txt").status, 0);
    let none = cli::run(folder.path(), "report -o pages --jurisdiction 无此地");
    assert_eq!((none.status, folder.path().join("pages").exists()), (1, false));
    fs::write(folder.path().join("taken"), "").unwrap();
    let taken = cli::run(folder.path(), "report -o taken");
    assert_eq!(taken.status, 2);
    assert!(taken.stderr.contains("taken"), "{}", taken.stderr);
}
