//! What IRIs lead to, and what the service says of itself.

use zeren::graph::Format;
use zeren::iri;
use zeren::load;
use zeren::query;
use zeren::store::{Access, Store};

use crate::server::http::Request;
use crate::server::{Server, encode, stored};
use crate::support::sample;

fn path(iri: &str) -> String {
    let path = iri.strip_prefix(iri::BASE).unwrap();
    format!("/{}", path.split('/').map(encode).collect::<Vec<_>>().join("/"))
}

#[test]
fn iris_lead_to_pages_and_graphs() {
    let folder = stored();
    let server = Server::with_pages(folder.path());
    let document = iri::document(sample::CITY_NUMBER);
    let task = iri::task(&document, "(一)");
    for thing in [&document, &task, &iri::organisation("云川市财政局"), &iri::function("health")] {
        let page = server.get(&path(thing), "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8");
        assert_eq!((page.status, page.header("content-type")), (200, "text/html; charset=utf-8"), "{thing}");
        assert!(page.text().contains(thing.as_str()), "{thing}");
        let graph = server.get(&path(thing), "application/n-triples");
        let quads = load::triples(&graph.body, Format::NTriples, "a:g").unwrap();
        let own = format!("<{thing}>");
        assert!(!quads.is_empty() && quads.iter().all(|quad| quad.to_string().contains(&own)), "{thing}");
        assert_eq!(server.get(&path(thing), "*/*").header("content-type"), "text/turtle; charset=utf-8");
    }
    let page = server.get(&path(&task), "text/html").text();
    assert!(page.contains("云川市卫生健康委员会") || page.contains("市卫健委"), "{page}");
    assert_eq!(server.get("/document/none", "text/html").status, 404);
    assert_eq!(server.get("/elsewhere/none", "text/html").status, 404);
    assert_eq!(server.get(&path(&document), "image/png").status, 406);
    let posted = server.ask(&Request { method: "POST", target: &path(&document), ..Request::default() });
    assert_eq!(posted.status, 405);
}

#[test]
fn the_vocabulary_and_its_shapes_can_be_read_and_loaded() {
    let folder = stored();
    let server = Server::start(folder.path(), &[]);
    let page = server.get("/ontology", "text/html");
    assert!(page.text().contains("id=\"Task\"") && page.text().contains("id=\"leads\""), "terms have an address");
    assert!(page.text().contains("<nav") && page.text().contains("/assets/ontology.css"), "in the frame of all pages");
    assert!(!page.header("content-security-policy").contains("unsafe"));
    assert!(!page.text().contains("<script") && !page.text().contains("<style") && !page.text().contains("style="));
    for target in ["/ontology", "/shapes"] {
        let turtle = server.get(target, "text/turtle");
        let expected = load::triples(&turtle.body, Format::Turtle, "a:g").unwrap().len();
        assert!(expected > 100, "{target}");
        for (accept, format) in [
            ("application/n-triples", Format::NTriples),
            ("application/rdf+xml", Format::RdfXml),
            ("application/ld+json", Format::JsonLd),
        ] {
            let reply = server.get(target, accept);
            assert_eq!((reply.status, reply.header("content-type")), (200, accept), "{target}");
            assert_eq!(load::triples(&reply.body, format, "a:g").unwrap().len(), expected, "{target} as {accept}");
        }
    }
}

#[test]
fn pages_speak_the_language_of_the_reader() {
    let folder = stored();
    let server = Server::start(folder.path(), &[]);
    let target = path(&iri::document(sample::CITY_NUMBER));
    let in_language = |language: &str| {
        let headers = [("Accept", "text/html"), ("Accept-Language", language)];
        server.ask(&Request { target: &target, headers: &headers, ..Request::default() }).text()
    };
    assert!(in_language("zh-CN").contains("<html lang=\"zh-CN\">"));
    assert!(in_language("en-GB,zh;q=0.5").contains("<html lang=\"en\">"));
}

#[test]
fn words_of_the_data_stay_words() {
    let folder = stored();
    let server = Server::start(folder.path(), &["--writable"]);
    let evil = "<script>alert(1)</script>";
    let thing = iri::organisation("x\"><script>");
    let body =
        format!("<{thing}> <http://www.w3.org/2000/01/rdf-schema#label> \"{evil}\" ; <a:\"> \"\\\"><img src=x>\" .")
            .replace("<a:\">", "<a:p>");
    let headers = [("Content-Type", "text/turtle")];
    let target = "/store?graph=http://a.example/evil";
    let put = server.ask(&Request { method: "PUT", target, headers: &headers, body: body.as_bytes() });
    assert_eq!(put.status, 201, "{}", put.text());
    let query = encode(&format!("SELECT ?s ?o {{ ?s rdfs:label ?o FILTER(STR(?o) = \"{evil}\") }}"));
    for target in [path(&thing), "/".to_owned(), format!("/query?query={query}")] {
        // the editor is the server's own
        let page =
            server.get(&target, "text/html").text().replace("<script src=\"/assets/editor.js\" defer></script>", "");
        assert!(!page.contains("<script") && !page.contains("<img"), "{target}: {page}");
    }
    let page = server.get(&format!("/query?query={query}"), "text/html").text();
    assert!(page.contains("&lt;script&gt;alert(1)"), "{page}");
}

#[test]
fn the_service_describes_itself() {
    let folder = stored();
    let server = Server::start(folder.path(), &[]);
    let service = server.get("/query", "application/n-triples").text();
    for term in ["#Service>", "#endpoint>", "#SPARQL11Query>", "#UnionDefaultGraph>", "#resultFormat>", "void#triples>"]
    {
        assert!(service.contains(term), "{term}");
    }
    assert!(!service.contains("SPARQL11Update"), "what is only read is not updated");
    assert!(service.contains(&server.url("/query")));
    let void = server.get("/.well-known/void", "application/n-triples").text();
    let triples = server.get("/store?default", "application/n-triples").text().lines().count();
    assert!(void.contains(&format!("void#triples> \"{triples}\"")), "{void}");
    assert!(void.contains("void#documents> \"2\""));
    let page = server.get("/query", "text/html").text();
    assert!(page.contains("<textarea name=\"query\""));
}

#[test]
fn what_was_counted_before_is_what_is_counted() {
    let folder = stored();
    let mut store = Store::open(folder.path().join("zeren.db"), Access::Write).unwrap();
    query::describe(&mut store).unwrap();
    drop(store);
    let void = || {
        let server = Server::start(folder.path(), &[]);
        let triples = server.get("/store?default", "application/n-triples").text().lines().count();
        let void = server.get("/.well-known/void", "application/n-triples").text();
        assert!(void.contains(&format!("void#triples> \"{triples}\"")), "{void}");
        void.replace(&server.url(""), "")
    };
    let known = void();
    // without it all is counted
    std::fs::remove_file(folder.path().join("zeren.db/holdings")).unwrap();
    assert_eq!(void(), known);
}
