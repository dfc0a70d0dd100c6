//! A document that is tried: every form, every error, and what is handed in to do harm.

use std::io::{Cursor, Write as _};

use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use crate::server::http::{Reply, Request};
use crate::server::{Server, encode, stored};
use crate::site::HOSTILE;

const NOTICE: &str = "云川省人民政府关于印发重点任务的通知\n云政发〔2031〕9号\n\n一、制度\n\
    （一）健全分级诊疗制度，2031年底前覆盖率达到90%以上。（省卫生健康委牵头，省财证厅、省教育厅配合）\n（二）安排资金。（省财政厅负责）\n";

const BOUNDARY: &str = "----zeren7d1f";

/// A form with a file, words, or both.
fn form(file: Option<(&str, &[u8])>, text: &str, wanted: &str) -> Vec<u8> {
    let mut body = Vec::new();
    let mut part = |head: &str, content: &[u8]| {
        body.extend(format!("--{BOUNDARY}\r\nContent-Disposition: form-data; {head}\r\n\r\n").bytes());
        body.extend(content);
        body.extend(b"\r\n");
    };
    match file {
        Some((name, content)) => part(&format!("name=\"document\"; filename=\"{name}\""), content),
        // as browsers send it where nothing is chosen
        None => part("name=\"document\"; filename=\"\"", b""),
    }
    part("name=\"text\"", text.as_bytes());
    part("name=\"as\"", wanted.as_bytes());
    body.extend(format!("--{BOUNDARY}--\r\n").bytes());
    body
}

fn send(server: &Server, body: &[u8], headers: &[(&str, &str)]) -> Reply {
    let kind = format!("multipart/form-data; boundary={BOUNDARY}");
    let mut all = vec![("Content-Type", kind.as_str()), ("Accept", "text/html")];
    all.extend(headers);
    server.ask(&Request { method: "POST", target: "/try", headers: &all, body })
}

fn try_file(server: &Server, name: &str, content: &[u8]) -> Reply {
    send(server, &form(Some((name, content)), "", "page"), &[])
}

fn docx(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in parts {
        writer.start_file(*name, SimpleFileOptions::default()).unwrap();
        writer.write_all(content).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

fn word(body: &str) -> Vec<u8> {
    let document = format!(
        "<w:document xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"><w:body>{body}</w:body></w:document>"
    );
    docx(&[("[Content_Types].xml", b"<Types/>"), ("word/document.xml", document.as_bytes())])
}

#[test]
fn a_document_is_shown_with_every_claim_and_nothing_is_kept() {
    let folder = stored();
    let server = Server::start(folder.path(), &[]);
    let before = std::fs::read(folder.path().join("zeren.db/manifest.log")).unwrap();
    let empty = server.get("/try", "text/html");
    assert!(empty.status == 200 && empty.text().contains("enctype=\"multipart/form-data\""), "{}", empty.text());
    let lines = |before: &str, after: &str| {
        NOTICE.lines().map(|line| [before, line, after].concat()).collect::<Vec<_>>().concat()
    };
    let (paragraphs, html) = (lines("<w:p><w:r><w:t>", "</w:t></w:r></w:p>"), lines("<p>", "</p>"));
    let csv = "序号,任务,牵头单位,配合单位\n1,健全分级诊疗制度,省卫生健康委,省财证厅、省教育厅\n2,安排资金,省财政厅,\n";
    for (name, content) in [
        ("通知.txt", NOTICE.as_bytes().to_vec()),
        ("通知.html", format!("<html><body>{html}</body></html>").into_bytes()),
        ("通知.docx", word(&paragraphs)),
        ("通知.csv", csv.as_bytes().to_vec()),
    ] {
        let page = try_file(&server, name, &content);
        assert_eq!(page.status, 200, "{name}: {}", page.text());
        let text = page.text();
        assert!(text.contains("class=\"mark party lead\"") && text.contains("省卫生健康委"), "{name}: {text}");
        assert!(text.contains("Nothing of it is kept"), "{name}: {text}");
        // a table alone tells no place, by which the name would be known for wrong
        assert!(text.contains("ZR203") || name == "通知.csv", "{name}: a name that is none: {text}");
        assert!(text.contains("download=\"通知.json\" href=\"data:application/json;base64,"), "{name}");
        assert!(!text.contains("/store?graph="), "it has no graph of its own");
        assert_eq!(page.header("cache-control"), "no-store");
    }
    let pasted = send(&server, &form(None, NOTICE, "page"), &[("Accept-Language", "zh")]);
    assert!(pasted.status == 200 && pasted.text().contains("读出任务 2 项"), "{}", pasted.text());
    let json = send(&server, &form(Some(("a.txt", NOTICE.as_bytes())), "", "json"), &[]);
    let told: serde_json::Value = serde_json::from_slice(&json.body).unwrap();
    assert_eq!(
        (json.header("content-type"), &told["document"]["number"]),
        ("application/json", &"云政发〔2031〕9号".into())
    );
    assert_eq!(told["tasks"][0]["responsibilities"][0]["role"], "lead");
    assert_eq!(std::fs::read(folder.path().join("zeren.db/manifest.log")).unwrap(), before);
    let asked = format!("/query?query={}", encode("ASK { ?s ?p \"健全分级诊疗制度\" }"));
    assert!(server.get(&asked, "application/json").text().contains("false"));
}

#[test]
fn a_body_that_the_store_knows_is_led_to_and_no_other() {
    let folder = stored();
    let server = Server::start(folder.path(), &[]);
    let notice =
        "云川市人民政府关于改革的通知\n云市政发〔2031〕3号\n一、改革\n（一）安排资金。（市财政局牵头，市气象局配合）\n";
    let page = try_file(&server, "a.txt", notice.as_bytes()).text();
    let leads = |name: &str| page.contains(&format!("href=\"/organisation/{}\"", encode(name)));
    assert!(leads("云川市财政局") && !leads("云川市气象局"), "{page}");
}

#[test]
fn what_cannot_be_read_is_told_in_the_page() {
    let folder = stored();
    let server = Server::start(folder.path(), &["--max-body", "2000000", "--timeout", "20"]);
    let bomb = word(&format!("<w:p><w:r><w:t>{}</w:t></w:r></w:p>", "a".repeat(200_000_000)));
    assert!(bomb.len() < 1_000_000);
    let deep = format!("<html>{}一{}", "<div>".repeat(100_000), "</div>".repeat(100_000));
    let crowd: Vec<String> = (0..3_000).map(|number| format!("第{number}局")).collect();
    let crowd = format!("序号,任务,牵头单位\n1,安排资金,{}\n", crowd.join("、"));
    for (name, content, status, words) in [
        ("bomb.docx", bomb.as_slice(), 422, "unpacks to too much"),
        ("deep.html", deep.as_bytes(), 422, "too deep"),
        ("long.txt", "一、".repeat(300_000).as_bytes(), 413, "at most 500000 are shown"),
        ("crowd.csv", crowd.as_bytes(), 413, "are shown here"),
        ("a.png", b"\x89PNG\r\n\x1a\n0000", 422, "picture"),
        ("a.docx", b"PK\x03\x04 broken", 422, "container"),
        ("a.pdf", b"%PDF-1.4 broken", 422, "PDF"),
        ("a.txt", b"  \n ", 422, "empty"),
    ] {
        let page = try_file(&server, name, content);
        let text = page.text();
        assert_eq!(page.status, status, "{name}: {text}");
        assert!(text.contains("role=\"alert\"") && text.contains(words) && text.contains("hint: "), "{name}: {text}");
        assert!(text.contains("type=\"file\""), "{name}: one can try again");
    }
    let none = send(&server, &form(None, "", "page"), &[("Accept-Language", "zh")]);
    assert!(none.status == 400 && none.text().contains("没有文件，也没有文字"), "{}", none.text());
    let much = try_file(&server, "a.txt", &vec![b'a'; 3_000_000]);
    assert!(much.status == 413 && much.text().contains("--max-body"), "{}", much.text());
    let cut = send(&server, &form(Some(("a.txt", NOTICE.as_bytes())), "", "page")[..200], &[]);
    assert_eq!(cut.status, 400, "{}", cut.text());
    let kind = [("Content-Type", "text/plain"), ("Accept", "text/html")];
    let other = server.ask(&Request { method: "POST", target: "/try", headers: &kind, body: b"a" });
    assert_eq!(other.status, 415);
}

#[test]
fn words_and_names_stay_words() {
    let folder = stored();
    let server = Server::start(folder.path(), &[]);
    for name in ["../../etc/<script>x.txt", "..\\..\\a\u{202e}txt.exe.txt", "a%22; filename=b<img src=x>.txt"] {
        let page = try_file(&server, name, HOSTILE.as_bytes());
        let text = page.text();
        assert_eq!(page.status, 200, "{text}");
        assert!(!text.contains("<script") && !text.contains("<img"), "{text}");
        assert!(!text.contains("../..") && !text.contains("..\\") && !text.contains('\u{202e}'), "{text}");
        assert!(text.contains("&lt;script&gt;alert(2)"), "{text}");
    }
    let page = try_file(&server, "a\u{7}.txt", HOSTILE.as_bytes());
    assert!(
        page.status == 400 && page.text().contains("role=\"alert\""),
        "no name has such a character: {}",
        page.text()
    );
}

#[test]
fn pages_of_others_may_not_hand_in_documents() {
    let folder = stored();
    let server = Server::start(folder.path(), &[]);
    let body = form(Some(("a.txt", NOTICE.as_bytes())), "", "page");
    for headers in [[("Origin", "https://evil.example")], [("Sec-Fetch-Site", "cross-site")]] {
        assert_eq!(send(&server, &body, &headers).status, 403, "{headers:?}");
    }
    assert_eq!(send(&server, &body, &[("Origin", &server.url("")), ("Sec-Fetch-Site", "same-origin")]).status, 200);
}

#[test]
fn documents_that_take_long_keep_nobody_waiting() {
    let folder = stored();
    let server = Server::start(folder.path(), &["--timeout", "3"]);
    // brackets that nobody closes: many findings, which take minutes
    let slow = form(Some(("a.txt", "（一）完善（".repeat(80_000).as_bytes())), "", "page");
    std::thread::scope(|scope| {
        let slow: Vec<_> = (0..4).map(|_| scope.spawn(|| send(&server, &slow, &[]))).collect();
        for _ in 0..5 {
            let page = server.get("/query?query=ASK%20%7B%7D", "application/json");
            assert_eq!(page.status, 200);
        }
        let told: Vec<Reply> = slow.into_iter().map(|thread| thread.join().unwrap()).collect();
        assert!(told.iter().all(|reply| reply.status == 503), "{told:?}");
        // two are tried at a time, and the others are told that they had no turn
        for words in ["in 3 seconds and was cut off", "did not have its turn"] {
            assert!(told.iter().any(|reply| reply.text().contains(words)), "{words}: {told:?}");
        }
    });
    // what nobody waits for is left, and the next has its turn
    let quick = try_file(&server, "a.txt", NOTICE.as_bytes());
    assert_eq!(quick.status, 200, "{}", quick.text());
    let Some(mut before) = server.work() else { return println!("skipped: the work of a process cannot be told here") };
    for _ in 0..40 {
        std::thread::sleep(std::time::Duration::from_millis(500));
        let after = server.work().unwrap();
        if after - before < 10 {
            return;
        }
        before = after;
    }
    panic!("the server goes on with what nobody waits for");
}
