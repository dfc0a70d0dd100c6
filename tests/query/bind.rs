//! Values bound to variables leave the meaning of a query as it was.

use oxigraph::model::{Literal, NamedNode, Term};
use zeren::diagnostic::Lang;
use zeren::iri;
use zeren::query::{Answer, Limits, Query, QueryError};

use super::{lines, sample_store};

fn concept(family: &str, name: &str) -> Term {
    NamedNode::new_unchecked(iri::concept(family, name)).into()
}

fn bound(text: &str, value: &Term) -> Query {
    let mut query = Query::parse(text).unwrap();
    query.bind("x", value).unwrap();
    // what is printed for another server means the same
    assert_eq!(Query::parse(&query.to_string()).unwrap().columns(), query.columns(), "{query}");
    query
}

/// The rows as they are, and those of the query as it is printed for another server.
fn rows(text: &str, value: &Term) -> Vec<String> {
    let (_dir, store) = sample_store();
    let query = bound(text, value);
    let answer = |query: &Query| lines(&query.run(&store, &Limits::default()).unwrap().table());
    let rows = answer(&query);
    assert_eq!(answer(&Query::parse(&query.to_string()).unwrap()), rows, "{query}");
    rows
}

fn refusal(text: &str, value: &Term) -> QueryError {
    Query::parse(text).unwrap().bind("x", value).unwrap_err()
}

#[test]
fn groups_stay_groups() {
    let by_mode = "SELECT ?x (COUNT(?t) AS ?n) { ?t a z:Task ; z:mode ?x } GROUP BY ?x";
    assert_eq!(rows(by_mode, &concept("mode", "sole")), ["sole|2"]);
    assert!(rows(by_mode, &concept("mode", "none")).is_empty(), "no task has it: no group");
    let hidden = "SELECT ?n { { SELECT (COUNT(?t) AS ?n) { ?t a z:Task ; z:mode ?x } GROUP BY ?x } }";
    assert_eq!(rows(hidden, &concept("mode", "sole")), ["2"]);
    assert!(rows(hidden, &concept("mode", "none")).is_empty());
    let total = "SELECT (COUNT(?t) AS ?n) { ?t a z:Task ; z:mode ?x }";
    assert_eq!(rows(total, &concept("mode", "none")), ["0"], "without GROUP BY there is always a row");
    let having =
        "SELECT ?m (COUNT(?t) AS ?n) { ?t a z:Task ; z:mode ?m } GROUP BY ?m HAVING(COUNT(?t) = $x) ORDER BY ?m";
    assert_eq!(rows(having, &Literal::from(2).into()), ["explicit|2", "sole|2"]);
}

#[test]
fn minus_that_shares_only_the_variable_takes_away() {
    let text = "SELECT ?t { ?t a z:Task ; z:mode ?x MINUS { ?part z:basis z:basis-sole-responsible ; ^z:hasResponsibility/z:mode ?x } }";
    assert!(rows(text, &concept("mode", "sole")).is_empty());
    assert_eq!(rows(text, &concept("mode", "by-duty")).len(), 1);
}

#[test]
fn minus_that_shares_nothing_takes_nothing_away() {
    let text = "SELECT ?t { ?t z:open true MINUS { ?other z:mode ?x } }";
    assert_eq!(rows(text, &concept("mode", "sole")).len(), 1);
}

#[test]
fn optional_that_shares_only_the_variable_adds_its_columns() {
    let text = "SELECT ?label ?x ?rule { ?t a z:Task ; z:mode ?x ; z:printedLabel ?label
        OPTIONAL { ?part ^z:hasResponsibility/z:mode ?x ; z:rank 2 . ?c z:rule ?rule } } ORDER BY ?label ?rule";
    assert_eq!(
        rows(text, &concept("mode", "first-listed")),
        ["(一)|first-listed|also-falls-to", "(一)|first-listed|first-listed-leads"]
    );
    assert_eq!(rows(text, &concept("mode", "sole")), ["(二)#2|sole|", "1|sole|"]);
}

#[test]
fn a_row_without_the_optional_part_has_the_value_too() {
    let text = "SELECT DISTINCT ?d ?x { ?d a z:Document OPTIONAL { ?d z:year ?x } } ORDER BY ?d";
    assert_eq!(rows(text, &Literal::from(2031).into()), ["云政办发〔2031〕7号|2031", "霁政发〔2030〕88号|2031"]);
}

#[test]
fn not_exists_that_shares_only_the_variable_asks_for_it() {
    let text =
        "SELECT ?t { ?t a z:Task ; z:mode ?x FILTER NOT EXISTS { ?part ^z:hasResponsibility/z:mode ?x ; z:rank 2 } }";
    assert!(rows(text, &concept("mode", "by-duty")).is_empty());
    assert_eq!(rows(text, &concept("mode", "sole")).len(), 2);
    let absent = "ASK { FILTER NOT EXISTS { ?t z:mode $x } }";
    assert_eq!(rows(absent, &concept("mode", "none")), ["true"]);
    assert_eq!(rows(absent, &concept("mode", "sole")), ["false"]);
}

#[test]
fn a_subselect_that_hides_the_variable_is_bound_within() {
    let text =
        "SELECT ?label { { SELECT ?t { ?t a z:Task ; z:mode ?x } ORDER BY ?t LIMIT 1 } ?t z:printedLabel ?label }";
    assert_eq!(rows(text, &concept("mode", "by-duty")), ["(一)#2"]);
    let filter = "SELECT ?label { { SELECT ?label { ?t z:sequence ?n ; z:printedLabel ?label FILTER(?n = $x) } } }";
    assert_eq!(rows(filter, &Literal::from(5).into()), ["(三)"]);
}

#[test]
fn unions_paths_graphs_and_predicates_are_bound() {
    let union = "SELECT ?label { ?t z:printedLabel ?label { ?t a z:Task ; z:mode ?x } UNION { ?t z:open true } } ORDER BY ?label";
    assert_eq!(rows(union, &concept("mode", "by-duty")), ["(一)#2", "(二)"]);
    let city = NamedNode::new_unchecked(iri::place("990100")).into();
    assert_eq!(rows("SELECT ?name { ?x z:within+/rdfs:label ?name }", &city), ["霁省"]);
    assert_eq!(rows("SELECT ?name { ?x z:within*/rdfs:label ?name } ORDER BY ?name", &city).len(), 2);
    let document = NamedNode::new_unchecked(iri::document("霁政发〔2030〕88号")).into();
    assert_eq!(rows("SELECT ?label ?x { GRAPH ?x { ?t z:printedLabel ?label } }", &document), ["1|霁政发〔2030〕88号"]);
    assert!(rows("SELECT ?x { GRAPH ?x {} }", &concept("mode", "none")).is_empty(), "there is no such graph");
    let leads = NamedNode::new_unchecked(iri::term("leads")).into();
    assert_eq!(rows("SELECT ?body ?x { ?body ?x ?t }", &leads).len(), 3);
}

#[test]
fn order_and_limit_stay() {
    let text = "SELECT ?n ?x { ?t z:sequence ?n FILTER(?n != $x) } ORDER BY DESC(?n) ?x LIMIT 2";
    assert_eq!(rows(text, &Literal::from(4).into()), ["5|4", "3|4"]);
}

#[test]
fn templates_hold_the_value() {
    let (_dir, store) = sample_store();
    let query = bound("CONSTRUCT { ?t rdfs:comment $x } { ?t z:open true }", &Literal::from("未尽").into());
    let Answer::Graph(quads) = query.run(&store, &Limits::default()).unwrap() else { panic!("not a graph") };
    assert_eq!(quads.len(), 1);
    assert!(quads[0].object.to_string().contains("未尽"));
}

#[test]
fn a_literal_cannot_stand_where_an_iri_must() {
    let literal = Literal::from("财政局").into();
    for text in [
        "ASK { ?x a z:Task }",
        "ASK { ?t ?x 1 }",
        "ASK { ?x z:within+ ?p }",
        "ASK { GRAPH ?x { ?t a z:Task } }",
        "ASK { ?t a z:Task FILTER NOT EXISTS { ?x z:leads ?t } }",
        "CONSTRUCT { ?x z:mode ?m } { ?t a z:Task ; z:mode ?m }",
    ] {
        let error = refusal(text, &literal);
        assert_eq!(error.message(Lang::En), "the value `\"财政局\"` of parameter `x` is not of type iri", "{text}");
    }
    assert!(Query::parse("ASK { ?t z:text ?x }").unwrap().bind("x", &literal).is_ok());
}

#[test]
fn what_cannot_be_told_apart_is_refused() {
    let text = "SELECT ?d { ?d a z:Document OPTIONAL { ?d z:year ?x } FILTER(!BOUND(?x)) }";
    let error = refusal(text, &Literal::from(2031).into());
    assert!(matches!(error, QueryError::Ambiguous { .. }));
    assert!(error.hint(Lang::En).unwrap().contains("another name"));
    for text in ["SELECT * { VALUES ?x { 1 } }", "SELECT * { BIND(1 AS ?x) }", "SELECT (COUNT(*) AS ?x) { ?a ?b ?c }"] {
        assert!(matches!(refusal(text, &Literal::from(1).into()), QueryError::Assigned { .. }), "{text}");
    }
}
