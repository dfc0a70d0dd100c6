//! Who may ask.

use crate::server::http::{Reply, Request};
use crate::server::{Server, stored};

const ASK: &str = "/query?query=ASK%20%7B%7D";
const FORM: (&str, &str) = ("Content-Type", "application/x-www-form-urlencoded");

fn post(server: &Server, origin: &str) -> Reply {
    let headers = [FORM, ("Origin", origin)];
    server.ask(&Request { method: "POST", target: "/query", headers: &headers, body: b"query=ASK%20%7B%7D" })
}

fn get(server: &Server, origin: &str) -> Reply {
    server.ask(&Request { target: ASK, headers: &[("Origin", origin)], ..Request::default() })
}

#[test]
fn names_of_others_and_pages_of_others_are_refused() {
    let folder = stored();
    let server = Server::start(folder.path(), &["--host", "tasks.example"]);
    for (host, status) in [("evil.example", 421), ("tasks.example:80", 200), ("localhost:1", 200), ("[::1]", 200)] {
        let reply = server.ask(&Request { target: ASK, headers: &[("Host", host)], ..Request::default() });
        assert_eq!(reply.status, status, "{host}");
    }
    assert_eq!(post(&server, "https://evil.example").status, 403);
    assert_eq!(post(&server, "null").status, 403);
    assert_eq!(post(&server, &server.url("")).status, 200, "its own pages");
    let read = get(&server, "https://evil.example");
    assert_eq!(read.header("access-control-allow-origin"), "", "nobody unless asked for");
}

#[test]
fn pages_of_others_may_lead_here_and_have_nothing_of_it() {
    let folder = stored();
    let server = Server::start(folder.path(), &["--cors", "https://a.example"]);
    let own = server.url("");
    let status = |method, target, headers: &[(&str, &str)]| {
        let headers: Vec<(&str, &str)> = [("Accept", "text/html"), FORM].iter().chain(headers).copied().collect();
        let body: &[u8] = if method == "POST" { b"query=ASK%20%7B%7D" } else { b"" };
        server.ask(&Request { method, target, headers: &headers, body }).status
    };
    let (site, mode) = ("Sec-Fetch-Site", "Sec-Fetch-Mode");
    for (method, target, headers, expected) in [
        // a link that is followed
        ("GET", "/due", vec![(site, "cross-site"), (mode, "navigate")], 200),
        // a picture, a script, a question of a page of another place
        ("GET", "/picture/load.svg", vec![(site, "cross-site"), (mode, "no-cors")], 403),
        ("GET", ASK, vec![(site, "cross-site"), (mode, "no-cors")], 403),
        ("GET", ASK, vec![(site, "same-site"), (mode, "cors"), ("Origin", "http://localhost:1")], 403),
        ("GET", ASK, vec![(site, "cross-site"), (mode, "cors"), ("Origin", "https://a.example")], 200),
        ("GET", ASK, vec![(site, "none"), (mode, "navigate")], 200),
        ("GET", "/assets/style.css", vec![(site, "same-origin"), (mode, "no-cors")], 200),
        // forms
        ("POST", "/query", vec![(site, "same-origin"), (mode, "navigate"), ("Origin", &own)], 200),
        ("POST", "/query", vec![(site, "cross-site"), (mode, "navigate"), ("Origin", "https://b.example")], 403),
        ("POST", "/query", vec![(site, "cross-site"), (mode, "navigate")], 403),
        ("POST", "/query", vec![("Origin", "null")], 403),
        ("POST", "/due", vec![("Origin", "https://b.example")], 403),
        ("POST", "/due", vec![("Origin", &own)], 405),
        ("POST", "/query", vec![], 200),
    ] {
        assert_eq!(status(method, target, &headers), expected, "{method} {target} {headers:?}");
    }
}

#[test]
fn pages_of_others_may_ask_where_that_is_allowed() {
    let folder = stored();
    let server = Server::start(folder.path(), &["--cors", "https://a.example"]);
    let allowed = |reply: &Reply| reply.header("access-control-allow-origin").to_owned();
    assert_eq!(allowed(&get(&server, "https://a.example")), "https://a.example");
    assert_eq!(allowed(&get(&server, "https://b.example")), "");
    assert_eq!((post(&server, "https://a.example").status, post(&server, "https://b.example").status), (200, 403));
    let headers = [("Origin", "https://a.example"), ("Access-Control-Request-Method", "POST")];
    let preflight = server.ask(&Request { method: "OPTIONS", target: "/query", headers: &headers, body: b"" });
    assert_eq!((preflight.status, allowed(&preflight)), (204, "https://a.example".to_owned()));
    assert!(preflight.header("access-control-allow-methods").contains("POST"));
    let any = Server::start(folder.path(), &["--cors", "*"]);
    assert_eq!(allowed(&get(&any, "https://b.example")), "*");
}

#[test]
fn every_answer_forbids_scripts() {
    let folder = stored();
    let server = Server::start(folder.path(), &[]);
    for target in ["/", ASK, "/query", "/store?default", "/none", "/assets/style.css", "/ontology"] {
        let reply = server.get(target, "text/html, */*;q=0.1");
        assert!(reply.header("content-security-policy").contains("default-src 'none'"), "{target}");
        assert_eq!(reply.header("x-content-type-options"), "nosniff", "{target}");
        // the editor is the server's own
        let text = reply.text().replace("<script src=\"/assets/editor.js\" defer></script>", "");
        assert!(!text.to_lowercase().contains("<script"), "{target}");
    }
}

#[cfg(unix)]
#[test]
fn a_server_that_is_told_to_stop_stops() {
    use std::time::{Duration, Instant};

    let folder = stored();
    let mut server = Server::start(folder.path(), &["--writable"]);
    let id = server.child.id().to_string();
    assert!(std::process::Command::new("kill").arg(id).status().unwrap().success());
    let started = Instant::now();
    let status = loop {
        if let Some(status) = server.child.try_wait().unwrap() {
            break status;
        }
        assert!(started.elapsed() < Duration::from_secs(20), "it did not stop");
        std::thread::sleep(Duration::from_millis(50));
    };
    assert_eq!(status.code(), Some(0));
}
