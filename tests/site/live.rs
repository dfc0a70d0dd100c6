//! The pages as `zeren serve` answers them, in a real browser.

use std::fmt::Write as _;
use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};

use crate::server::Server;
use crate::server::http::{Request, ask};
use crate::site::browser::{AROUND, browser, check, run};
use crate::site::{built, texts};

/// Pages of every kind, with a language chosen.
fn pages(server: &Server) -> Vec<String> {
    let mut pages: Vec<String> = [
        "/",
        "/documents",
        "/departments",
        "/coordination",
        "/due",
        "/gaps",
        "/findings",
        "/lineage",
        "/download",
        "/review",
        "/try",
        "/query",
        "/none",
        "/search?q=%E8%B4%A2%E6%94%BF",
        "/query?query=SELECT+*+%7B%3Fs+a+%3Fo%7D+LIMIT+5",
    ]
    .map(str::to_owned)
    .into();
    for (list, kinds) in [
        ("/documents", ["/document/"].as_slice()),
        ("/gaps", &["/document/", "/organisation/"]),
        ("/lineage", &["/inherit?"]),
    ] {
        let list = server.get(list, "text/html").text().replace("&amp;", "&");
        let links: Vec<&str> =
            list.split("<td><a href=\"").chain(list.split("<th scope=\"row\"><a href=\"")).skip(1).collect();
        for kind in kinds {
            let link = links.iter().find(|link| link.starts_with(kind)).unwrap();
            let link = link.split('"').next().unwrap();
            pages.push(link.to_owned());
            if !link.contains('?') {
                pages.push(format!("{link}?statements"));
            }
        }
    }
    let reviewed = server.get("/review", "text/html").text();
    let reviewed = reviewed.split("href=\"/review?document=").nth(1).unwrap().split('"').next().unwrap();
    pages.push(format!("/review?document={reviewed}&below=1"));
    pages.extend(["/function/health", "/ontology"].map(str::to_owned));
    let with = |page: &String, lang| format!("{page}{}lang={lang}", if page.contains('?') { '&' } else { '?' });
    pages.iter().flat_map(|page| [with(page, "zh"), with(page, "en")]).collect()
}

/// Stands before a server and gives its pages on, with a script that looks at them and without what forbids that; answers
/// two addresses itself.
pub(super) fn between(server: &Server, around: String) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap().to_string();
    // threads of the address alone: the server ends with the test
    let (server, check) = (server.address.clone(), check());
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            let (server, around, check) = (server.clone(), around.clone(), check.clone());
            std::thread::spawn(move || pass(&server, stream.unwrap(), &around, &check));
        }
    });
    address
}

fn pass(server: &str, mut stream: TcpStream, around: &str, check: &str) {
    let mut reader = BufReader::new(stream.try_clone().unwrap());
    let lines: Vec<String> =
        reader.by_ref().lines().map_while(Result::ok).take_while(|line| !line.is_empty()).collect();
    let Some(first) = lines.first() else { return };
    let header = |wanted: &str| {
        let mut headers = lines.iter().filter_map(|line| line.split_once(':'));
        headers.find(|(name, _)| name.eq_ignore_ascii_case(wanted)).map(|(_, value)| value.trim())
    };
    let mut sent = vec![0; header("content-length").map_or(0, |length| length.parse().unwrap())];
    reader.read_exact(&mut sent).unwrap();
    let (method, target) = (first.split(' ').next().unwrap(), first.split(' ').nth(1).unwrap());
    let (mut status, mut place) = (200, String::new());
    let (media_type, body) = match target {
        "/-/around" => ("text/html; charset=utf-8".to_owned(), around.as_bytes().to_vec()),
        "/-/check.js" => ("text/javascript".to_owned(), check.as_bytes().to_vec()),
        _ => {
            let mut headers = vec![("Accept", header("accept").unwrap_or("*/*"))];
            headers.extend(header("content-type").map(|value| ("Content-Type", value)));
            let reply = ask(server, &Request { method, target, headers: &headers, body: &sent });
            status = reply.status;
            if !reply.header("location").is_empty() {
                place = format!("Location: {}\r\n", reply.header("location"));
            }
            let media_type = reply.header("content-type").to_owned();
            let mut body = reply.body.clone();
            if media_type.starts_with("text/html") {
                body = reply.text().replacen("</head>", "<script src=\"/-/check.js\"></script></head>", 1).into_bytes();
            }
            (media_type, body)
        }
    };
    let head = format!(
        "HTTP/1.1 {status} As Told\r\n{place}Content-Type: {media_type}\r\nContent-Length: {}\r\nConnection: close\r\n\r\n",
        body.len()
    );
    // a browser that has seen enough goes away
    let _ = stream.write_all(head.as_bytes()).and_then(|()| stream.write_all(&body));
}

#[test]
fn live_pages_fit_a_phone_and_keep_nobody_out() {
    let Some(browser) = browser() else { return };
    let folder = built();
    let server = Server::with_pages(folder.path());
    let pages = pages(&server);
    let mut around = String::new();
    let _ = write!(
        around,
        "<!DOCTYPE html><body data-pages=\"{}\"><iframe width=\"390\" height=\"800\"></iframe><script>{AROUND}</script>",
        pages.join(" ").replace('&', "&amp;")
    );
    let address = between(&server, around);
    let told = run(&browser, folder.path(), &["--dump-dom"], &format!("http://{address}/-/around"));
    let told = texts(&scraper::Html::parse_document(&told), "pre");
    assert_eq!(told.len(), pages.len(), "{told:?}");
    let wrong: Vec<&String> = told.iter().filter(|one| !one.ends_with("{\"wide\":0,\"found\":[]}")).collect();
    assert!(wrong.is_empty(), "{}", wrong.iter().map(|one| one.as_str()).collect::<Vec<_>>().join("\n"));
}

#[test]
fn a_browser_finds_no_fault_with_live_pages() {
    let Some(browser) = browser() else { return };
    let folder = built();
    let server = Server::with_pages(folder.path());
    let log = folder.path().join("log");
    for page in pages(&server).iter().filter(|page| !page.starts_with("/none")).step_by(3) {
        let shot = format!("--screenshot={}", folder.path().join("shot.png").display());
        let log_file = format!("--log-file={}", log.display());
        run(
            &browser,
            folder.path(),
            &[&shot, "--window-size=1280,900", "--enable-logging", &log_file],
            &server.url(page),
        );
        let shot = fs::read(folder.path().join("shot.png")).unwrap();
        assert!(shot.starts_with(b"\x89PNG") && shot.len() > 15_000, "{page}: {} bytes", shot.len());
        let log = fs::read_to_string(&log).unwrap_or_default();
        let faults: Vec<&str> = log.lines().filter(|line| line.contains("CONSOLE")).collect();
        assert!(faults.is_empty(), "{page}: {faults:?}");
    }
}
