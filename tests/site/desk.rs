//! A document that is tried, and decisions that are made, by forms in a real browser.

use std::fs;

use crate::cli;
use crate::server::{Server, encode};
use crate::site::browser::{browser, run};
use crate::site::live::between;
use crate::site::texts;

const NOTICE: &str = "云川省人民政府关于改革的通知\n云政发〔2023〕5号\n一、改革\n\
    (一)完善制度。(省财政厅、某某有关方面、省教育厅负责)\n(二)安排<script>alert(1)</script>资金。(省财证厅负责)\n";

/// Fills in one form after another in a frame, and notes what each page says of itself and shows.
const DRIVE: &str = r#"
const frame = document.querySelector("iframe"), page = () => frame.contentDocument;
const told = () => new Promise(done => addEventListener("message", event => done(event.data), { once: true }));
const step = async act => {
  const next = told();
  act();
  const faults = await next;
  const item = document.body.appendChild(document.createElement("pre"));
  item.textContent = faults + "\n" + page().querySelector("main").innerText;
};
(async () => {
  await step(() => { frame.src = "/try?lang=zh"; });
  await step(() => {
    const files = new DataTransfer();
    files.items.add(new File([document.body.dataset.notice], "通知.txt", { type: "text/plain" }));
    page().querySelector("[type=file]").files = files.files;
    page().querySelector(".try button").click();
  });
  await step(() => { frame.src = document.body.dataset.review; });
  await step(() => page().querySelector(".accept").click());
  await step(() => {
    const form = page().querySelector("form.change");
    form.closest("details").open = true;
    form.elements.role.value = "supporting";
    form.elements.why.value = "会议纪要";
    form.querySelector("button").click();
  });
})();
"#;

#[test]
fn forms_work_in_a_browser_and_what_they_say_is_written_down() {
    let Some(browser) = browser() else { return };
    let folder = cli::folder(&[("docs/a.txt", NOTICE.as_bytes())]);
    let built = cli::run(folder.path(), "build docs");
    assert_eq!(built.status, 0, "{}", built.stderr);
    let server = Server::start(folder.path(), &["--writable", "--documents", "docs"]);
    let review = format!(
        "/review?lang=en&by=%E7%8E%8B%E8%8A%B3&document={}",
        encode(&zeren::iri::document("云政发〔2023〕5号"))
    );
    let drive = format!(
        "<!DOCTYPE html><meta charset=\"utf-8\"><body data-notice=\"{}\" data-review=\"{}\"><iframe width=\"390\" height=\"800\"></iframe><script>{DRIVE}</script>",
        NOTICE.replace('<', "&lt;"),
        review.replace('&', "&amp;")
    );
    let address = between(&server, drive);
    let told = run(&browser, folder.path(), &["--dump-dom"], &format!("http://{address}/-/around"));
    let told = texts(&scraper::Html::parse_document(&told), "pre");
    assert_eq!(told.len(), 5, "{told:#?}");
    for one in &told {
        assert!(one.starts_with("{\"wide\":0,\"found\":[]}"), "{one}");
    }
    for (step, words) in [
        (1, "读出任务 2 项"),
        (1, "安排<script>alert(1)</script>资金"),
        (2, "某某有关方面"),
        (3, "Saved among the corrections"),
        (4, "Saved among the corrections"),
        (4, "nothing to look at"),
    ] {
        assert!(told[step].contains(words), "{words}: {}", told[step]);
    }
    let written = fs::read_to_string(folder.path().join("docs/a.zeren.toml")).unwrap();
    assert!(written.contains("party = \"某某有关方面\"") && written.contains("confirm = true"), "{written}");
    assert!(written.contains("role = \"supporting\"") && written.contains("why = \"会议纪要\""), "{written}");
    assert_eq!(written.matches("by = \"王芳\"").count(), 2, "{written}");
}
