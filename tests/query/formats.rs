//! Answers in every format.

use zeren::diagnostic::Lang;
use zeren::graph::Format;
use zeren::query::{CancellationToken, Limits, Query, QueryError, ResultFormat};

use super::{run, sample_store};

const ROWS: &str = "SELECT DISTINCT ?name ?missing { ?it z:issuer|z:organisation ?o . ?o rdfs:label ?name OPTIONAL { ?o z:nothing ?missing } } ORDER BY ?name";

fn written(text: &str, format: ResultFormat) -> Result<String, QueryError> {
    let (_dir, store) = sample_store();
    let mut out = Vec::new();
    run(&store, text).write(format, &mut out)?;
    Ok(String::from_utf8(out).unwrap())
}

#[test]
fn rows_are_written_in_each_format() {
    let json: serde_json::Value = serde_json::from_str(&written(ROWS, ResultFormat::Json).unwrap()).unwrap();
    assert_eq!(json["head"]["vars"], serde_json::json!(["name", "missing"]));
    assert_eq!(json["results"]["bindings"].as_array().unwrap().len(), 6);
    assert!(written(ROWS, ResultFormat::Csv).unwrap().starts_with("name,missing\r\n云川市人民政府办公室,\r\n"));
    assert!(written(ROWS, ResultFormat::Tsv).unwrap().starts_with("?name\t?missing\n\"云川市人民政府办公室\"@zh\t\n"));
    assert!(written(ROWS, ResultFormat::Xml).unwrap().contains("<variable name=\"missing\"/>"));
    assert!(written("ASK {}", ResultFormat::Json).unwrap().contains("\"boolean\":true"));
}

#[test]
fn graphs_are_written_in_each_syntax_and_always_alike() {
    let text = "CONSTRUCT { ?o rdfs:label ?name } { ?o a z:Organisation ; rdfs:label ?name }";
    for format in Format::ALL {
        let first = written(text, ResultFormat::Graph(format)).unwrap();
        assert!(first.contains("云川市财政局"), "{}", format.as_str());
        assert_eq!(first, written(text, ResultFormat::Graph(format)).unwrap());
    }
    let turtle = written("DESCRIBE zd:霁政发〔2030〕88号", ResultFormat::Graph(Format::Turtle)).unwrap();
    assert!(turtle.contains("z:hasTask"), "{turtle}");
}

#[test]
fn a_format_of_the_other_kind_is_refused_with_those_that_fit() {
    let error = written(ROWS, ResultFormat::Graph(Format::Turtle)).unwrap_err();
    assert_eq!(error.hint(Lang::En).unwrap(), "formats that fit: json, xml, csv, tsv");
    let error = written("DESCRIBE z:x", ResultFormat::Csv).unwrap_err();
    assert!(error.hint(Lang::Zh).unwrap().contains("turtle"));
    for name in ["json", "text/csv", "application/sparql-results+xml", "TSV", "turtle", "application/ld+json"] {
        assert!(ResultFormat::parse(name).is_some(), "{name}");
    }
    assert_eq!(ResultFormat::parse("table"), None);
}

#[test]
fn limits_end_a_query() {
    let (_dir, store) = sample_store();
    let query = Query::parse("SELECT * { ?a ?b ?c . ?d ?e ?f }").unwrap();
    let rows = Limits { rows: Some(10), ..Limits::default() };
    assert!(matches!(query.run(&store, &rows), Err(QueryError::Limit)));
    let token = CancellationToken::new();
    token.cancel();
    let cancelled = Limits { cancellation: Some(token), ..Limits::default() };
    assert!(matches!(query.run(&store, &cancelled), Err(QueryError::Limit)));
}

#[test]
fn rows_without_order_are_sorted() {
    let (_dir, store) = sample_store();
    let table = run(&store, "SELECT ?s ?p ?o { ?s ?p ?o }").table();
    assert_eq!(table, run(&store, "SELECT ?s ?p ?o { ?s ?p ?o }").table());
    assert_eq!(run(&store, "SELECT * { ?t z:mode ?m ; z:sequence ?a }").table().variables, ["t", "m", "a"]);
}
