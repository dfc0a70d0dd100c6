//! The pages in a real browser: headless Chromium, where there is one.
//!
//! With axe-core (`npm install --prefix target/axe axe-core`, or its file in `ZEREN_AXE`) pages are also checked for what
//! keeps people from using them.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use scraper::Selector;

use crate::site::{files, report, texts};

/// Asks a page for what is too wide for it, and axe for what is grave, and tells the page around it.
const CHECK: &str = r#"
addEventListener("load", async () => {
  const result = { wide: document.documentElement.scrollWidth - innerWidth, found: [] };
  if (globalThis.axe) {
    const { violations } = await axe.run({ preload: false });
    for (const one of violations.filter(one => ["serious", "critical"].includes(one.impact))) {
      result.found.push(one.id + ": " + one.nodes.slice(0, 3).map(node => node.html).join(" | "));
    }
  }
  parent.postMessage(JSON.stringify(result), "*");
});
"#;

/// The source of axe-core, where that is.
pub(crate) fn axe() -> Option<String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let axe = std::env::var_os("ZEREN_AXE").map(PathBuf::from);
    let axe = axe.unwrap_or_else(|| root.join("target/axe/node_modules/axe-core/axe.min.js"));
    let axe = fs::read_to_string(axe).ok();
    if axe.is_none() {
        eprintln!("accessibility is not checked: no axe-core (npm install --prefix target/axe axe-core)");
    }
    axe
}

/// The script that looks at a page, with axe-core where that is.
pub(super) fn check() -> String {
    format!("{}\n{CHECK}", axe().unwrap_or_default())
}

/// Shows one page after another in a frame of the width of a phone and notes what each says.
pub(super) const AROUND: &str = r#"
const left = document.body.dataset.pages.split(" ");
const frame = document.querySelector("iframe");
const next = () => { if (left.length) frame.src = left[0]; else document.body.dataset.done = "yes"; };
addEventListener("message", event => {
  const item = document.body.appendChild(document.createElement("pre"));
  item.textContent = left.shift() + "\n" + event.data;
  next();
});
next();
"#;

/// A browser, or a word that the test passes without one.
pub(crate) fn browser() -> Option<PathBuf> {
    let names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];
    let path = std::env::var_os("PATH").unwrap_or_default();
    let folders: Vec<PathBuf> = std::env::split_paths(&path).collect();
    let found = names.iter().flat_map(|name| folders.iter().map(move |folder| folder.join(name)));
    let found =
        std::env::var_os("ZEREN_CHROMIUM").map(PathBuf::from).into_iter().chain(found).find(|path| path.is_file());
    if found.is_none() {
        eprintln!("skipped: no Chromium is installed (Debian: apt-get install chromium)");
    }
    found
}

/// Runs the browser on a page with further arguments; what it writes.
pub(super) fn run(browser: &Path, folder: &Path, arguments: &[&str], page: &str) -> String {
    let output = Command::new(browser)
        .args(["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--hide-scrollbars"])
        .args(["--disable-background-networking", "--disable-component-update", "--disable-sync"])
        .args(["--allow-file-access-from-files", "--virtual-time-budget=60000", "--timeout=120000"])
        .arg(format!("--user-data-dir={}", folder.join("profile").display()))
        .args(arguments)
        .arg(page)
        .output()
        .unwrap();
    String::from_utf8_lossy(&output.stdout).into_owned()
}

fn address(path: &Path) -> String {
    format!("file://{}", path.display())
}

#[test]
fn words_are_found_without_a_network() {
    let Some(browser) = browser() else { return };
    let folder = report("zh");
    let search = address(&folder.path().join("pages/search.html"));
    // as a browser writes them: 家庭医生, <script>, 财政|教育
    for (query, least, words) in [
        ("%E5%AE%B6%E5%BA%AD%E5%8C%BB%E7%94%9F", 2, "家庭医生"),
        ("%3Cscript%3E", 1, "<script>"),
        ("%E8%B4%A2%E6%94%BF%7C%E6%95%99%E8%82%B2", 5, ""),
    ] {
        let page = run(&browser, folder.path(), &["--dump-dom"], &format!("{search}?q={query}"));
        let page = scraper::Html::parse_document(&page);
        let found = texts(&page, "#found > li");
        assert!(found.len() >= least, "{query}: {found:?}");
        assert!(found.iter().any(|item| item.contains(words)), "{query}: {found:?}");
        assert!(page.select(&Selector::parse("#found script, #found img").unwrap()).next().is_none());
        let status = texts(&page, "#status").concat();
        assert!(status.starts_with(&found.len().to_string()), "{status}");
        let first =
            page.select(&Selector::parse("#found a").unwrap()).next().unwrap().value().attr("href").unwrap().to_owned();
        assert!(folder.path().join("pages").join(&first).is_file(), "{first}");
    }
    let none = run(&browser, folder.path(), &["--dump-dom"], &format!("{search}?q=%E5%BE%A1%E8%86%B3%E6%88%BF"));
    assert!(texts(&scraper::Html::parse_document(&none), "#status").concat().starts_with('0'));
}

#[test]
fn the_first_page_prints_on_four_pages_at_most() {
    let Some(browser) = browser() else { return };
    for lang in ["zh", "en"] {
        let folder = report(lang);
        let pdf = folder.path().join("summary.pdf");
        let print = format!("--print-to-pdf={}", pdf.display());
        run(
            &browser,
            folder.path(),
            &[&print, "--no-pdf-header-footer"],
            &address(&folder.path().join("pages/index.html")),
        );
        let bytes = fs::read(&pdf).unwrap();
        let text = String::from_utf8_lossy(&bytes);
        let pages = text.matches("/Type /Page").count() - text.matches("/Type /Pages").count();
        assert!((1..=4).contains(&pages), "{lang}: {pages} pages");
    }
}

#[test]
fn pages_fit_a_phone_and_keep_nobody_out() {
    let Some(browser) = browser() else { return };
    let folder = report("zh");
    let pages = folder.path().join("pages");
    // the pages as they are, but with a script that looks at them
    fs::write(pages.join("check.js"), check()).unwrap();
    let mut chosen = Vec::new();
    let mut kinds = std::collections::BTreeMap::<String, usize>::new();
    for path in files(&pages, ".html") {
        let kind = path.strip_prefix(&pages).unwrap().parent().unwrap().components().take(1).collect::<PathBuf>();
        let depth = path.strip_prefix(&pages).unwrap().components().count();
        let count = kinds.entry(format!("{}{depth}", kind.display())).or_default();
        *count += 1;
        // all that others lead to, some of the others
        if *count > 3 && depth > 1 {
            continue;
        }
        let page = fs::read_to_string(&path).unwrap();
        let policy = format!("<meta http-equiv=\"Content-Security-Policy\" content=\"{}\">", zeren::site::POLICY);
        assert!(page.contains(&policy), "{}", path.display());
        let script = format!("<script src=\"{}check.js\"></script>", "../".repeat(depth - 1));
        fs::write(&path, page.replace(&policy, &script)).unwrap();
        chosen.push(path.strip_prefix(&pages).unwrap().to_string_lossy().into_owned());
    }
    let mut around = String::new();
    let _ = write!(
        around,
        "<!DOCTYPE html><body data-pages=\"{}\"><iframe width=\"390\" height=\"800\"></iframe><script>{AROUND}</script>",
        chosen.join(" ")
    );
    fs::write(pages.join("around.html"), around).unwrap();
    let told = run(&browser, folder.path(), &["--dump-dom"], &address(&pages.join("around.html")));
    let told = texts(&scraper::Html::parse_document(&told), "pre");
    assert_eq!(told.len(), chosen.len(), "{told:?}");
    let wrong: Vec<&String> = told.iter().filter(|one| !one.ends_with("{\"wide\":0,\"found\":[]}")).collect();
    assert!(wrong.is_empty(), "{}", wrong.iter().map(|one| one.as_str()).collect::<Vec<_>>().join("\n"));
}

#[test]
fn a_browser_finds_no_fault_with_what_pages_may_load() {
    let Some(browser) = browser() else { return };
    let folder = report("en");
    let log = folder.path().join("log");
    let document = files(&folder.path().join("pages/documents"), ".html").remove(0);
    for page in ["index.html", "search.html?q=a"]
        .map(|page| folder.path().join("pages").join(page))
        .into_iter()
        .chain([document])
    {
        let shot = format!("--screenshot={}", folder.path().join("shot.png").display());
        let log_file = format!("--log-file={}", log.display());
        run(
            &browser,
            folder.path(),
            &[&shot, "--window-size=1280,900", "--enable-logging", &log_file],
            &address(&page),
        );
        let shot = fs::read(folder.path().join("shot.png")).unwrap();
        assert!(shot.starts_with(b"\x89PNG") && shot.len() > 20_000, "{}: {} bytes", page.display(), shot.len());
        let log = fs::read_to_string(&log).unwrap_or_default();
        let faults: Vec<&str> = log.lines().filter(|line| line.contains("CONSOLE")).collect();
        assert!(faults.is_empty(), "{}: {faults:?}", page.display());
    }
}
