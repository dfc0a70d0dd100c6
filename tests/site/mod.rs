//! The pages: what they hold, where they lead, and how a browser takes them.
pub(crate) mod browser;
mod desk;
pub(crate) mod driven;
mod folder;
mod live;
mod review;

use std::fs;
use std::path::{Path, PathBuf};

use scraper::{Html, Selector};

use crate::cli;

/// A task, a body and a title that would be markup if they were not escaped.
pub(crate) const HOSTILE: &str = "云川省人民政府关于印发<script>alert(1)</script>重点任务的通知\n云政发〔2031〕9号\n\n一、制度\n\
    （一）<script>alert(2)</script>健全\"><img src=x onerror=alert(3)>制度，2031年底前覆盖率达到90%以上。（省财政厅牵头，省教育厅、省&lt;b&gt;局配合）\n\
    （二）安排资金，' onmouseover='alert(4)。（省财政厅负责）\n";

/// A folder with the store of the invented documents, and of one that would break pages.
pub(crate) fn built() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let data = Path::new(env!("CARGO_MANIFEST_DIR")).join("data");
    fs::write(folder.path().join("hostile.txt"), HOSTILE).unwrap();
    let mut reading = cli::program(folder.path());
    reading.args(["build", "hostile.txt"]).arg(data.join("samples")).arg(data.join("chain"));
    let built = cli::finish(&mut reading);
    assert!(built.status < 2, "{}", built.stderr);
    folder
}

/// The same with its pages.
pub(crate) fn report(lang: &str) -> tempfile::TempDir {
    let folder = built();
    let made = cli::run(folder.path(), &format!("report -o pages --on 2024-06-30 --lang {lang}"));
    assert_eq!(made.status, 0, "{}", made.stderr);
    folder
}

/// The files below a folder that end so, in order.
pub(crate) fn files(folder: &Path, ending: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(next) = folders.pop() {
        for entry in fs::read_dir(next).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.to_string_lossy().ends_with(ending) {
                found.push(path);
            }
        }
    }
    found.sort();
    found
}

pub(crate) fn parsed(path: &Path) -> Html {
    Html::parse_document(&fs::read_to_string(path).unwrap())
}

/// Checks that words of documents are words on a page: no script but the one that searches, nothing that runs or is loaded.
pub(crate) fn check_is_harmless(page: &Html, place: &str) {
    for element in page.root_element().descendants().filter_map(scraper::ElementRef::wrap) {
        let value = element.value();
        assert!(!matches!(value.name(), "style" | "iframe" | "object"), "{place}: {}", value.name());
        let scripts = ["search.js", "explore.js", "editor.js", "picture.js"];
        let own = value.attr("src").and_then(|src| src.rsplit('/').next()).is_some_and(|name| scripts.contains(&name));
        assert!(value.name() != "script" || own && element.text().collect::<String>().is_empty(), "{place}");
        for (name, text) in value.attrs() {
            assert!(!name.starts_with("on") && name != "style", "{place}: {name}={text}");
        }
    }
    assert_eq!(texts(page, "h1").len(), 1, "{place}");
}

/// The text of all elements that a selector finds.
pub(crate) fn texts(page: &Html, selector: &str) -> Vec<String> {
    page.select(&Selector::parse(selector).unwrap()).map(|element| element.text().collect()).collect()
}
