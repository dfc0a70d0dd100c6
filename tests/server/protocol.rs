//! The SPARQL 1.1 Protocol, case by case: those that the W3C's suite of protocol tests lists, in requests of our own.

use crate::server::http::Request;
use crate::server::{Server, encode, stored};

const FORM: (&str, &str) = ("Content-Type", "application/x-www-form-urlencoded");
const QUERY: (&str, &str) = ("Content-Type", "application/sparql-query");
const UPDATE: (&str, &str) = ("Content-Type", "application/sparql-update");

/// A case: its name in the suite, method, target, headers, body, the status, and what the answer holds or how it is typed.
type Case<'a> = (&'a str, &'a str, &'a str, &'a [(&'a str, &'a str)], &'a str, u16, &'a str);

fn check(server: &Server, cases: &[Case<'_>]) {
    for (name, method, target, headers, body, status, holds) in cases {
        let reply = server.ask(&Request { method, target, headers, body: body.as_bytes() });
        let text = format!("{} {}", reply.header("content-type"), reply.text());
        assert_eq!(reply.status, *status, "{name}: {text}");
        assert!(text.contains(holds), "{name}: `{holds}` is not in {text}");
    }
}

#[test]
fn queries_come_in_three_ways() {
    let folder = stored();
    let server = Server::start(folder.path(), &[]);
    let yes = "\"boolean\":true";
    check(
        &server,
        &[
            ("query_get", "GET", "/query?query=ASK%20%7B%7D", &[], "", 200, yes),
            ("query_get", "GET", "/sparql?query=ASK+%7B%7D", &[], "", 200, yes),
            ("query_post_form", "POST", "/query", &[FORM], "query=ASK%20%7B%7D", 200, yes),
            ("query_post_direct", "POST", "/query", &[QUERY], "ASK {}", 200, yes),
            (
                "query_post_direct",
                "POST",
                "/sparql",
                &[("Content-Type", "application/sparql-query; charset=utf-8")],
                "ASK {}",
                200,
                yes,
            ),
            ("head", "HEAD", "/query?query=ASK%20%7B%7D", &[], "", 200, "application/sparql-results+json"),
            ("head", "HEAD", "/sparql?query=ASK%20%7B", &[], "", 400, "text/plain"),
            ("head, service description", "HEAD", "/query", &[("Accept", "text/turtle")], "", 200, "text/turtle"),
            ("options", "OPTIONS", "/query", &[], "", 204, ""),
            ("options", "OPTIONS", "/sparql?query=ASK%20%7B%7D", &[], "", 204, ""),
            ("unknown parameters", "GET", "/query?query=ASK%20%7B%7D&output=json&x", &[], "", 200, yes),
            (
                "service description",
                "GET",
                "/query",
                &[("Accept", "text/turtle")],
                "",
                200,
                "sparql-service-description",
            ),
        ],
    );
}

#[test]
fn answers_have_the_type_that_is_asked_for() {
    let folder = stored();
    let server = Server::start(folder.path(), &[]);
    let select = "/query?query=SELECT%20%3Ft%20%7B%3Ft%20a%20z%3ATask%7D%20LIMIT%201";
    let construct = "/query?query=CONSTRUCT%20%7B%3Ft%20a%20z%3ATask%7D%20%7B%3Ft%20a%20z%3ATask%7D";
    let describe = "/query?query=DESCRIBE%20%3Chttps%3A//w3id.org/zeren/ontology%23Task%3E";
    let ask = "/query?query=ASK%20%7B%7D";
    let accept = |media_type: &'static str| [("Accept", media_type)];
    for (name, target, asked, given) in [
        ("query_content_type_select", select, "application/sparql-results+json", "application/sparql-results+json"),
        ("query_content_type_select", select, "application/sparql-results+xml", "application/sparql-results+xml"),
        ("query_content_type_select", select, "text/csv", "text/csv; charset=utf-8"),
        ("query_content_type_select", select, "text/tab-separated-values", "text/tab-separated-values; charset=utf-8"),
        (
            "query_content_type_select",
            select,
            "text/csv;q=0.3, application/sparql-results+xml;q=0.4",
            "application/sparql-results+xml",
        ),
        ("query_content_type_ask", ask, "application/sparql-results+xml", "application/sparql-results+xml"),
        ("query_content_type_ask", ask, "*/*", "application/sparql-results+json"),
        ("query_content_type_construct", construct, "text/turtle", "text/turtle; charset=utf-8"),
        ("query_content_type_construct", construct, "application/rdf+xml", "application/rdf+xml"),
        ("query_content_type_construct", construct, "application/n-triples", "application/n-triples"),
        ("query_content_type_construct", construct, "application/n-quads", "application/n-quads"),
        ("query_content_type_construct", construct, "application/trig", "application/trig"),
        ("query_content_type_construct", construct, "application/ld+json", "application/ld+json"),
        ("query_content_type_describe", describe, "text/turtle, */*;q=0.1", "text/turtle; charset=utf-8"),
    ] {
        let reply = server.ask(&Request { target, headers: &accept(asked), ..Request::default() });
        assert_eq!((reply.status, reply.header("content-type")), (200, given), "{name} {asked}");
    }
    for (target, asked) in [(select, "text/turtle"), (construct, "text/csv"), (ask, "image/*"), (select, "*/*;q=0")] {
        assert_eq!(server.get(target, asked).status, 406, "{asked}");
    }
}

#[test]
fn bad_queries_are_refused() {
    let folder = stored();
    let server = Server::start(folder.path(), &["--max-body", "2000"]);
    let ask = "query=ASK%20%7B%7D";
    check(
        &server,
        &[
            ("bad_query_method", "PUT", "/query?query=ASK%20%7B%7D", &[], "", 405, ""),
            ("bad_query_method", "DELETE", "/query?query=ASK%20%7B%7D", &[], "", 405, ""),
            (
                "bad_multiple_queries",
                "GET",
                "/query?query=ASK%20%7B%7D&query=ASK%20%7B%7D",
                &[],
                "",
                400,
                "more than once",
            ),
            (
                "bad_multiple_queries",
                "POST",
                "/query",
                &[FORM],
                "query=ASK%20%7B%7D&query=ASK%20%7B%7D",
                400,
                "more than once",
            ),
            (
                "bad_query_wrong_media_type",
                "POST",
                "/query",
                &[("Content-Type", "text/plain")],
                "ASK {}",
                415,
                "text/plain",
            ),
            ("bad_query_missing_form_type", "POST", "/query", &[], ask, 415, "supported"),
            ("bad_query_missing_direct_type", "POST", "/query", &[], "ASK {}", 415, "supported"),
            (
                "bad_query_non_utf8",
                "POST",
                "/query",
                &[("Content-Type", "application/sparql-query; charset=UTF-16")],
                "ASK {}",
                415,
                "UTF-8",
            ),
            ("bad_query_syntax", "GET", "/query?query=ASK%20%7B%0A%3Fs%20%7D", &[], "", 400, "2:4: "),
            ("bad_query_syntax", "POST", "/query", &[QUERY], "SELECT ?x {", 400, "1:12: "),
            ("an update as a query", "GET", "/query?query=CLEAR%20ALL", &[], "", 400, "update"),
            ("no query in a form", "POST", "/query", &[FORM], "q=ASK", 400, "missing"),
            ("query and update", "POST", "/query", &[FORM], "query=ASK%20%7B%7D&update=CLEAR%20ALL", 400, "exclude"),
            ("another server", "POST", "/query", &[QUERY], "ASK { SERVICE <http://127.0.0.1:9/> {} }", 403, "SERVICE"),
            ("no IRI", "GET", "/query?query=ASK%20%7B%7D&default-graph-uri=no%20iri", &[], "", 400, "no iri"),
        ],
    );
    let raw =
        server.ask(&Request { method: "POST", target: "/query", headers: &[QUERY], body: b"ASK { ?s ?p \"\xff\" }" });
    assert_eq!(raw.status, 400, "bytes that are not UTF-8");
    let long = vec![b' '; 3000];
    let large = server.ask(&Request { method: "POST", target: "/query", headers: &[QUERY], body: &long });
    assert_eq!(large.status, 413, "a request that is too large");
    let chinese = server.ask(&Request {
        target: "/query?query=ASK%20%7B",
        headers: &[("Accept-Language", "zh-CN,zh;q=0.9,en;q=0.8")],
        ..Request::default()
    });
    assert!(chinese.text().contains("语法错误"), "{}", chinese.text());
}

/// Two graphs that share a statement.
fn two_graphs(server: &Server) {
    let text = "INSERT DATA { GRAPH <http://a.example/g> { <http://a.example/s> <http://a.example/p> 1 , 2 }
        GRAPH <http://a.example/h> { <http://a.example/s> <http://a.example/p> 2 , 3 } }";
    let reply = server.ask(&Request { method: "POST", target: "/update", headers: &[UPDATE], body: text.as_bytes() });
    assert_eq!(reply.status, 204, "{}", reply.text());
}

#[test]
fn data_sets_are_chosen_by_parameters() {
    let folder = stored();
    let server = Server::start(folder.path(), &["--store", "other.db", "--writable"]);
    two_graphs(&server);
    let count = |text: &str, parameters: &str| {
        let query = encode(&format!("SELECT (COUNT(*) AS ?n) {{ {text} }}"));
        let by_get = server.get(&format!("/query?query={query}{parameters}"), "text/csv").text();
        let body = format!("query={query}{parameters}");
        let headers = [FORM, ("Accept", "text/csv")];
        let by_post =
            server.ask(&Request { method: "POST", target: "/query", headers: &headers, body: body.as_bytes() }).text();
        assert_eq!(by_get, by_post, "{text} {parameters}");
        by_get.lines().nth(1).unwrap_or_default().trim().to_owned()
    };
    let (g, h) = (encode("http://a.example/g"), encode("http://a.example/h"));
    let (default, named) = ("?s ?p ?o", "GRAPH ?g { ?s ?p ?o }");
    for (name, text, parameters, expected) in [
        ("no data set: the union, each statement once", default, String::new(), "3"),
        ("no data set", named, String::new(), "4"),
        ("query_dataset_default_graph", default, format!("&default-graph-uri={g}"), "2"),
        ("query_dataset_default_graph", named, format!("&default-graph-uri={g}"), "0"),
        ("query_dataset_default_graphs", default, format!("&default-graph-uri={g}&default-graph-uri={h}"), "3"),
        ("query_dataset_named_graphs", named, format!("&named-graph-uri={g}&named-graph-uri={h}"), "4"),
        ("query_dataset_named_graphs", default, format!("&named-graph-uri={g}"), "0"),
        (
            "query_dataset_full",
            "?s ?p ?o GRAPH ?g { ?s ?p ?o }",
            format!("&default-graph-uri={g}&named-graph-uri={h}"),
            "1",
        ),
        ("an unknown graph", default, format!("&default-graph-uri={}", encode("http://a.example/none")), "0"),
    ] {
        assert_eq!(count(text, &parameters), expected, "{name}: {text} {parameters}");
    }
    let own = encode("SELECT (COUNT(*) AS ?n) FROM <http://a.example/g> { ?s ?p ?o }");
    let outer = server.get(&format!("/query?query={own}&default-graph-uri={h}&default-graph-uri={g}"), "text/csv");
    assert!(outer.text().ends_with("3\r\n"), "query_multiple_dataset: the protocol's data set wins: {}", outer.text());
}

#[test]
fn updates_come_in_two_ways_and_only_if_allowed() {
    let folder = stored();
    let reader = Server::start(folder.path(), &[]);
    let insert = "INSERT%20DATA%20%7BGRAPH%20%3Chttp://a.example/g%3E%20%7B%3Ca:s%3E%20%3Ca:p%3E%20%3Ca:o%3E%7D%7D";
    let form = format!("update={insert}");
    check(
        &reader,
        &[
            ("read only", "POST", "/update", &[FORM], &form, 403, "--writable"),
            ("read only", "POST", "/sparql", &[UPDATE], "CLEAR ALL", 403, "--writable"),
        ],
    );
    drop(reader);
    let server = Server::start(folder.path(), &["--store", "other.db", "--writable"]);
    let (g, h) = (encode("http://a.example/g"), encode("http://a.example/h"));
    let using = format!("/update?using-graph-uri={g}");
    let both = format!("/update?using-graph-uri={g}&using-graph-uri={h}");
    let named = format!("/update?using-named-graph-uri={h}");
    let copy =
        |to: &str, text: &str| format!("INSERT {{ GRAPH <http://a.example/{to}> {{ ?s ?p ?o }} }} WHERE {{ {text} }}");
    let conflict = "DELETE { GRAPH <a:g> { ?s ?p ?o } } USING <a:g> WHERE { ?s ?p ?o }";
    let (one, two) = (copy("one", "?s ?p ?o"), copy("two", "?s ?p ?o"));
    let (three, four) = (copy("three", "GRAPH ?g { ?s ?p ?o }"), copy("four", "?s ?p ?o"));
    two_graphs(&server);
    check(
        &server,
        &[
            ("update_post_form", "POST", "/query", &[FORM], &form, 204, ""),
            (
                "update_post_direct",
                "POST",
                "/update",
                &[UPDATE],
                "CLEAR GRAPH <http://a.example/none>",
                400,
                "does not exist",
            ),
            ("update_post_direct", "POST", "/update", &[UPDATE], "DROP SILENT GRAPH <http://a.example/none>", 204, ""),
            ("update_dataset_default_graph", "POST", &using, &[UPDATE], &one, 204, ""),
            ("update_dataset_default_graphs", "POST", &both, &[UPDATE], &two, 204, ""),
            ("update_dataset_named_graphs", "POST", &named, &[UPDATE], &three, 204, ""),
            ("update_dataset_full", "POST", &named, &[UPDATE], &four, 204, ""),
            (
                "update_base_uri",
                "POST",
                "/update",
                &[UPDATE],
                "BASE <http://b.example/> INSERT DATA { GRAPH <five> { <s> <p> <o> } }",
                204,
                "",
            ),
            ("bad_update_get", "GET", "/update?update=CLEAR%20ALL", &[], "", 400, "POST"),
            (
                "bad_multiple_updates",
                "POST",
                "/update",
                &[FORM],
                "update=CLEAR%20ALL&update=CLEAR%20ALL",
                400,
                "more than once",
            ),
            ("bad_update_wrong_media_type", "POST", "/update", &[("Content-Type", "text/plain")], "CLEAR ALL", 415, ""),
            ("bad_update_missing_form_type", "POST", "/update", &[], "update=CLEAR%20NAMED", 415, ""),
            (
                "bad_update_non_utf8",
                "POST",
                "/update",
                &[("Content-Type", "application/sparql-update; charset=UTF-16")],
                "CLEAR NAMED",
                415,
                "",
            ),
            ("bad_update_syntax", "POST", "/update", &[FORM], "update=CLEAR%20XYZ", 400, "1:7: "),
            ("bad_update_dataset_conflict", "POST", &using, &[UPDATE], conflict, 400, "USING"),
            ("a query as an update", "POST", "/update", &[UPDATE], "ASK {}", 400, "is a query"),
            (
                "another server",
                "POST",
                "/update",
                &[UPDATE],
                "LOAD <http://127.0.0.1:9/> INTO GRAPH <a:g>",
                403,
                "LOAD",
            ),
            ("the union", "POST", "/update", &[UPDATE], "INSERT DATA { <a:s> <a:p> <a:o> }", 400, "default graph"),
        ],
    );
    let size = |graph: &str| {
        let query = encode(&format!("SELECT (COUNT(*) AS ?n) {{ GRAPH <{graph}> {{ ?s ?p ?o }} }}"));
        let text = server.get(&format!("/query?query={query}"), "text/csv").text();
        text.lines().nth(1).unwrap().trim().parse::<usize>().unwrap()
    };
    let sizes = ["a.example/one", "a.example/two", "a.example/three", "a.example/four", "b.example/five"];
    assert_eq!(sizes.map(|graph| size(&format!("http://{graph}"))), [3, 4, 2, 0, 1]);
}

#[test]
fn time_and_rows_are_limited() {
    let folder = stored();
    let server = Server::start(folder.path(), &["--timeout", "1", "--limit", "3"]);
    let product = encode(
        "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i FILTER(CONCAT(STR(?a), STR(?d), STR(?g)) = \"\") }",
    );
    let rows = encode("SELECT ?s { ?s ?p ?o }");
    let late = server.get(&format!("/query?query={product}"), "*/*");
    assert_eq!(late.status, 503, "{}", late.text());
    assert!(!late.header("retry-after").is_empty());
    let many = server.get(&format!("/query?query={rows}"), "*/*");
    assert_eq!(many.status, 403, "{}", many.text());
    assert!(many.text().contains("--limit"));
    assert_eq!(server.get(&format!("/query?query={rows}%20LIMIT%203"), "*/*").status, 200);
}
