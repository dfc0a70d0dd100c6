//! Doubtful decisions: shown with what to write, written down where the server may, and refused where they no longer fit.

use std::fs;
use std::path::Path;

use scraper::{Html, Selector};

use crate::cli;
use crate::server::http::{Reply, Request};
use crate::server::{Server, encode};

const NOTICE: &str = "云川省人民政府关于改革的通知\n云政发〔2023〕5号\n一、改革\n\
    (一)完善制度，培训3名骨干。(省财政厅、某某有关方面、省教育厅负责)\n(二)健全机制，8月1日前完成。(省民政厅负责)\n(三)安排资金。(省财证厅负责)\n(四)管好资金。(省财政厅负责)\n云川省人民政府\n2023年3月1日\n";
const NUMBER: &str = "云政发〔2023〕5号";

/// A folder with documents and a store that was built of them.
fn built() -> tempfile::TempDir {
    let folder = cli::folder(&[("docs/2023/a.txt", NOTICE.as_bytes())]);
    let run = cli::run(folder.path(), "build docs");
    assert_eq!(run.status, 0, "{}", run.stderr);
    folder
}

fn address() -> String {
    format!("/review?document={}", encode(&zeren::iri::document(NUMBER)))
}

/// The page of all decisions.
fn page(server: &Server) -> Html {
    let reply = server.get(&format!("{}&below=1", address()), "text/html");
    assert_eq!(reply.status, 200, "{}", reply.text());
    Html::parse_document(&reply.text())
}

/// The fields of the form in the item whose heading holds some words: hidden ones, and those given.
fn fields(page: &Html, words: &str, given: &[(&str, &str)]) -> String {
    let [article, heading, form, hidden] =
        ["article", "h2", "form", "input[type=hidden]"].map(|text| Selector::parse(text).unwrap());
    let mut items = page.select(&article);
    let item = items.find(|item| item.select(&heading).any(|one| one.text().collect::<String>().contains(words)));
    let form = item.unwrap_or_else(|| panic!("{words}")).select(&form).next().unwrap();
    let hidden = form.select(&hidden).map(|input| {
        let value = |name| input.value().attr(name).unwrap_or_default().to_owned();
        (value("name"), value("value"))
    });
    let mut fields: Vec<(String, String)> =
        hidden.filter(|(name, _)| !given.iter().any(|(known, _)| known == name)).collect();
    fields.extend(given.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())));
    fields.iter().map(|(name, value)| format!("{name}={}", encode(value))).collect::<Vec<_>>().join("&")
}

fn post(server: &Server, body: &str, headers: &[(&str, &str)]) -> Reply {
    let mut all = vec![("Content-Type", "application/x-www-form-urlencoded"), ("Accept", "text/html")];
    all.extend(headers);
    server.ask(&Request { method: "POST", target: "/review", headers: &all, body: body.as_bytes() })
}

fn corrections(folder: &Path) -> String {
    fs::read_to_string(folder.join("docs/2023/a.zeren.toml")).unwrap_or_default()
}

fn decide(server: &Server, words: &str, given: &[(&str, &str)]) -> Reply {
    let fields = fields(&page(server), words, given);
    post(server, &fields, &[("Origin", &server.url("")), ("Sec-Fetch-Site", "same-origin")])
}

#[test]
fn decisions_are_written_beside_the_document_and_shown_at_once() {
    let folder = built();
    let file = folder.path().join("docs/2023/a.zeren.toml");
    let by_hand = "# 财政科\nby = \"李明\"   # 科长\non = 2023-04-01\n\n[[correction]]\ntask = \"(二)\"\nparty = \"省民政厅\"\nconfirm = true   # 看过\nwhy = \"看过\"\n";
    fs::write(&file, by_hand).unwrap();
    let server = Server::start(folder.path(), &["--writable", "--documents", "docs"]);
    let list = server.get("/review", "text/html").text();
    assert!(list.contains("云川省人民政府关于改革的通知") && list.contains("/review?document="), "{list}");

    let accepted = decide(&server, "某某有关方面", &[("do", "confirm"), ("by", "王芳")]);
    assert_eq!(accepted.status, 303, "{}", accepted.text());
    let back = accepted.header("location").to_owned();
    assert!(back.starts_with("/review?document=") && back.contains("by=%E7%8E%8B%E8%8A%B3"), "{back}");
    let shown = server.get(back.split('#').next().unwrap(), "text/html").text();
    assert!(shown.contains("role=\"status\"") && !shown.contains("</span> 某某有关方面"), "{shown}");

    let change =
        [("do", "change"), ("role", "lead"), ("organisation", "云川省财政厅"), ("why", "会议\n纪要"), ("by", "")];
    assert_eq!(decide(&server, "省财证厅", &change).status, 303);
    assert_eq!(decide(&server, "8月1日前", &[("do", "change"), ("date", "2024-08-01"), ("relation", "")]).status, 303);
    assert_eq!(decide(&server, "3名", &[("do", "remove")]).status, 303);

    let written = corrections(folder.path());
    assert!(written.starts_with(by_hand), "{written}");
    for words in [
        "party = \"某某有关方面\"",
        "by = \"王芳\"",
        "change = { role = \"lead\", organisation = \"云川省财政厅\" }",
        "why = \"会议 纪要\"",
        "change = { date = \"2024-08-01\" }",
        "remove = true",
    ] {
        assert!(written.contains(words), "{words}: {written}");
    }
    let asked = format!(
        "/query?query={}",
        encode(
            "SELECT ?who ?name { ?c a z:Correction ; prov:wasAssociatedWith/rdfs:label ?who . ?part z:correctedBy ?c ; z:organisation/rdfs:label ?name }"
        )
    );
    let answer = server.get(&asked, "text/csv").text();
    assert!(answer.contains("王芳") && answer.contains("云川省财政厅") && answer.contains("李明"), "{answer}");
    drop(server);
    // what was decided survives the next build, and is all that it makes of the document
    let again = cli::run(folder.path(), "build docs --format json");
    assert!(again.status == 0 && again.stdout.contains("\"unchanged\""), "{} {}", again.stdout, again.stderr);
    let extracted = cli::run(folder.path(), "extract docs/2023/a.txt --format json").stdout;
    let extracted: serde_json::Value = serde_json::from_str(&extracted).unwrap();
    assert_eq!(extracted["tasks"][2]["responsibilities"][0]["role"], "lead");
    assert_eq!(extracted["tasks"][1]["deadlines"][0]["date"], "2024-08-01");
    assert_eq!(extracted["document"]["corrections"].as_array().unwrap().len(), 5);
}

#[test]
fn a_decision_is_taken_back_and_made_anew() {
    let folder = built();
    let server = Server::start(folder.path(), &["--writable", "--documents", "docs"]);
    assert_eq!(decide(&server, "省财证厅", &[("do", "remove"), ("why", "误列")]).status, 303);
    let shown = page(&server);
    assert!(!shown.html().contains("</span> 省财证厅"));
    let [section, form, hidden] = ["#decided", "form", "input[type=hidden]"].map(|text| Selector::parse(text).unwrap());
    let own = shown.select(&section).next().expect("what was decided");
    let words = own.text().collect::<String>();
    assert!(words.contains("省财证厅") && words.contains("误列") && words.contains("removed"), "{words}");
    let fields: Vec<String> = own
        .select(&form)
        .next()
        .unwrap()
        .select(&hidden)
        .map(|input| {
            format!("{}={}", input.value().attr("name").unwrap(), encode(input.value().attr("value").unwrap()))
        })
        .collect();
    let undo = format!("{}&do=undo", fields.join("&"));
    let own = [("Origin", &*server.url("")), ("Sec-Fetch-Site", "same-origin")];
    assert_eq!(post(&server, &undo, &own).status, 303);
    assert!(!corrections(folder.path()).contains("省财证厅"), "{}", corrections(folder.path()));
    let again = page(&server);
    assert!(again.html().contains("</span> 省财证厅") && again.select(&section).next().is_none());
    // once is enough
    assert_eq!(post(&server, &undo, &own).status, 409);
    assert_eq!(decide(&server, "省财证厅", &[("do", "confirm")]).status, 303);
    assert!(corrections(folder.path()).contains("confirm = true"));
}

#[cfg(unix)]
#[test]
fn a_store_that_was_reviewed_is_one_that_is_built() {
    let folder = built();
    let mut server = Server::start(folder.path(), &["--writable", "--documents", "docs"]);
    assert_eq!(decide(&server, "省财证厅", &[("do", "remove")]).status, 303);
    assert!(std::process::Command::new("kill").arg(server.child.id().to_string()).status().unwrap().success());
    assert_eq!(server.child.wait().unwrap().code(), Some(0));
    let dumped = |options: &str| {
        let run = cli::run(folder.path(), &format!("dump --format nquads {options}"));
        assert!(run.status == 0 && run.stdout.contains("Correction"), "{}", run.stderr);
        run.stdout
    };
    let reviewed = dumped("");
    assert_eq!(cli::run(folder.path(), "build docs --store fresh.db").status, 0);
    assert_eq!(reviewed, dumped("--store fresh.db"), "with what the store says of itself");
}

#[test]
fn a_server_that_may_not_write_shows_what_to_write() {
    let folder = built();
    for (options, words) in [(&[][..], "only reads"), (&["--writable"][..], "--documents")] as [(&[&str], &str); 2] {
        let server = Server::start(folder.path(), options);
        let shown = server.get(&address(), "text/html").text();
        assert!(shown.contains(words) && shown.contains("a.zeren.toml"), "{shown}");
        assert!(shown.contains("[[correction]]") && shown.contains("#confirm = true"), "{shown}");
        assert!(!shown.contains("method=\"post\""), "{shown}");
        let body = format!("document={}&claim=0&do=confirm", encode(&zeren::iri::document(NUMBER)));
        assert_eq!(post(&server, &body, &[]).status, 403);
    }
    assert_eq!(corrections(folder.path()), "");
}

#[test]
fn what_no_longer_fits_is_refused_and_shown_anew() {
    let folder = built();
    let server = Server::start(folder.path(), &["--writable", "--documents", "docs"]);
    let former = fields(&page(&server), "省财证厅", &[("do", "confirm")]);
    fs::write(folder.path().join("docs/2023/a.txt"), NOTICE.replace("安排资金", "统筹安排各项资金")).unwrap();
    let refused = post(&server, &former, &[]);
    assert_eq!(refused.status, 409, "{}", refused.text());
    assert!(
        refused.text().contains("role=\"alert\"") && refused.text().contains("统筹安排各项资金"),
        "{}",
        refused.text()
    );
    assert_eq!(corrections(folder.path()), "");
    assert_eq!(decide(&server, "省财证厅", &[("do", "confirm")]).status, 303, "the page follows");
    assert_eq!(post(&server, &former, &[]).status, 409);
    let nothing = decide(&server, "3名", &[("do", "change")]);
    assert!(nothing.status == 400 && nothing.text().contains("role=\"alert\""), "{}", nothing.text());
    for (given, status) in [
        ([("do", "change"), ("value", "many")], 400),
        ([("do", "change"), ("due", "soon")], 400),
        ([("do", "eat"), ("value", "")], 400),
    ] {
        assert_eq!(decide(&server, "3名", &given).status, status, "{given:?}");
    }
    // a file that a person broke is told, and left alone
    let broken = "[[correction]]\npatry = 1\n";
    fs::write(folder.path().join("docs/2023/a.zeren.toml"), broken).unwrap();
    let told = decide(&server, "3名", &[("do", "confirm")]);
    assert!(told.status == 409 && told.text().contains("patry"), "{}", told.text());
    assert_eq!(corrections(folder.path()), broken);
}

#[test]
fn decisions_at_the_same_time_are_all_kept() {
    let folder = built();
    let server = Server::start(folder.path(), &["--writable", "--documents", "docs"]);
    let page = page(&server);
    let bodies: Vec<String> = ["某某有关方面", "省财证厅", "8月1日前", "3名", "省教育厅"]
        .map(|words| fields(&page, words, &[("do", "confirm"), ("by", words)]))
        .into();
    std::thread::scope(|scope| {
        let sent: Vec<_> = bodies.iter().map(|body| scope.spawn(|| post(&server, body, &[]).status)).collect();
        let told: Vec<u16> = sent.into_iter().map(|thread| thread.join().unwrap()).collect();
        assert_eq!(told, [303; 5]);
    });
    let written = corrections(folder.path());
    assert_eq!(written.matches("confirm = true").count(), 5, "{written}");
    let left = fs::read_dir(folder.path().join("docs/2023")).unwrap().count();
    assert_eq!(left, 2, "nothing else is left beside the document");
}

#[test]
fn pages_of_others_decide_nothing() {
    let folder = built();
    let server = Server::start(folder.path(), &["--writable", "--documents", "docs"]);
    let body = fields(&page(&server), "省财证厅", &[("do", "confirm")]);
    for headers in [
        [("Origin", "https://evil.example")],
        [("Origin", "null")],
        [("Sec-Fetch-Site", "cross-site")],
        [("Sec-Fetch-Site", "same-site")],
    ] {
        assert_eq!(post(&server, &body, &headers).status, 403, "{headers:?}");
    }
    let read = server.get(&format!("/review?{body}"), "text/html");
    assert_eq!(read.status, 200, "to read decides nothing");
    let kind = [("Content-Type", "text/plain"), ("Accept", "text/html")];
    let plain = server.ask(&Request { method: "POST", target: "/review", headers: &kind, body: body.as_bytes() });
    assert_eq!(plain.status, 415, "what any page may send");
    assert_eq!(corrections(folder.path()), "");
}

#[cfg(unix)]
#[test]
fn nothing_outside_the_folder_is_read_or_written() {
    let folder = built();
    let docs = folder.path().join("docs");
    // the document itself behind a link, then its corrections
    fs::create_dir(folder.path().join("elsewhere")).unwrap();
    let (inside, outside) = (docs.join("2023/a.txt"), folder.path().join("elsewhere/a.txt"));
    fs::rename(&inside, &outside).unwrap();
    std::os::unix::fs::symlink(&outside, &inside).unwrap();
    let server = Server::start(folder.path(), &["--writable", "--documents", "docs"]);
    let body = fields(&page(&server), "省财证厅", &[("do", "confirm")]);
    assert_eq!(post(&server, &body, &[]).status, 404);
    fs::remove_file(&inside).unwrap();
    fs::rename(&outside, &inside).unwrap();
    let corrections = folder.path().join("elsewhere/a.zeren.toml");
    fs::write(&corrections, "# mine\n").unwrap();
    std::os::unix::fs::symlink(&corrections, docs.join("2023/a.zeren.toml")).unwrap();
    assert_eq!(post(&server, &body, &[]).status, 404);
    assert_eq!(fs::read_to_string(&corrections).unwrap(), "# mine\n");
    let named = body.replace("document=", "document=..%2F..%2Fetc%2Fpasswd&was=");
    assert_eq!(post(&server, &named, &[]).status, 404);
}
