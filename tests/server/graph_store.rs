//! The Graph Store Protocol.

use zeren::graph::Format;
use zeren::iri;
use zeren::load;

use crate::server::http::Request;
use crate::server::{Server, encode, stored};
use crate::support::sample;

#[test]
fn graphs_are_read_in_every_syntax() {
    let folder = stored();
    let server = Server::start(folder.path(), &[]);
    let document = iri::document(sample::PROVINCE_NUMBER);
    let target = format!("/store?graph={}", encode(&document));
    let whole = server.get(&target, "application/n-triples");
    let size = whole.text().lines().count();
    assert!(size > 10);
    for format in Format::ALL {
        let reply = server.get(&target, format.media_type());
        assert!(reply.header("content-type").starts_with(format.media_type()));
        assert_eq!(load::triples(&reply.body, format, "a:g").unwrap().len(), size, "{}", format.as_str());
        let again = server.get(&target, format.media_type());
        assert_eq!(again.body, reply.body, "the same bytes every time");
        let head = server.ask(&Request {
            method: "HEAD",
            target: &target,
            headers: &[("Accept", format.media_type())],
            body: b"",
        });
        assert_eq!((head.status, head.body.len()), (200, 0));
        assert_eq!(head.header("content-length"), reply.body.len().to_string());
        // who knows it is told that it is still so
        let tag = reply.header("etag");
        let known = [("Accept", format.media_type()), ("If-None-Match", tag)];
        let still = server.ask(&Request { target: &target, headers: &known, ..Request::default() });
        assert_eq!((still.status, still.body.len(), still.header("etag")), (304, 0, tag));
        let other = [("Accept", format.media_type()), ("If-None-Match", "W/\"0\"")];
        assert_eq!(server.ask(&Request { target: &target, headers: &other, ..Request::default() }).status, 200);
    }
    let union = server.get("/store?default", "application/n-triples").text().lines().count();
    let all = server.get("/store", "application/n-quads").text().lines().count();
    assert!(size < union && union < all, "{size} {union} {all}: what both documents say is in the union once");
}

#[test]
fn what_is_not_there_and_what_makes_no_sense() {
    let folder = stored();
    let server = Server::start(folder.path(), &[]);
    for (method, target, status) in [
        ("GET", "/store?graph=http://a.example/none", 404),
        ("HEAD", "/store?graph=http://a.example/none", 404),
        ("GET", "/store?graph=relative", 400),
        ("GET", "/store?graph=http://a.example/g&default", 400),
        ("PUT", "/store?graph=http://a.example/g", 403),
        ("DELETE", "/store?graph=http://a.example/g", 403),
        ("PATCH", "/store?graph=http://a.example/g", 405),
    ] {
        let reply = server.ask(&Request { method, target, ..Request::default() });
        assert_eq!(reply.status, status, "{method} {target}");
    }
    assert_eq!(server.get("/store?default", "text/csv").status, 406);
}

#[test]
fn graphs_are_put_added_to_and_removed_and_last() {
    let folder = stored();
    let server = Server::start(folder.path(), &["--writable"]);
    let target = "/store?graph=http://a.example/g";
    let send = |method: &str, media_type: &str, body: &str| {
        let headers = [("Content-Type", media_type)];
        server.ask(&Request { method, target, headers: &headers, body: body.as_bytes() }).status
    };
    assert_eq!(send("PUT", "text/turtle", "<a:s> <a:p> 1 , 2 ."), 201);
    assert_eq!(send("PUT", "application/n-triples", "<a:s> <a:p> <a:o> ."), 204);
    assert_eq!(send("POST", "text/turtle; charset=utf-8", "<a:s> <a:p> <a:o> , <a:q> ."), 204);
    assert_eq!(send("PUT", "text/turtle", "<a:s> <a:p>"), 400);
    assert_eq!(send("PUT", "text/csv", "a,b"), 415);
    let read = || server.get(target, "application/n-triples").text();
    assert_eq!(read(), "<a:s> <a:p> <a:o> .\n<a:s> <a:p> <a:q> .\n");
    drop(server);
    let server = Server::start(folder.path(), &["--writable"]);
    assert_eq!(server.get(target, "application/n-triples").text(), "<a:s> <a:p> <a:o> .\n<a:s> <a:p> <a:q> .\n");
    let remove = || server.ask(&Request { method: "DELETE", target, ..Request::default() }).status;
    assert_eq!((remove(), remove()), (204, 404));
    let union = server.ask(&Request { method: "DELETE", target: "/store?default", ..Request::default() });
    assert_eq!(union.status, 403);
}
