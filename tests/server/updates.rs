//! Updates keep the union, the files and the documents together.

use oxigraph::model::GraphNameRef;
use zeren::load;
use zeren::query::{Limits, Query, Update};
use zeren::store::{Access, Store};

use crate::server::stored;

fn update(store: &mut Store, text: &str) -> Vec<String> {
    Update::parse(text).unwrap().run(store, None, load::describe).unwrap()
}

/// The default graph holds each statement of the named graphs once.
fn check_union(store: &Store) {
    let mut union: Vec<String> = Vec::new();
    let mut named: Vec<String> = Vec::new();
    let graphs = store.graphs();
    let default = graphs.quads_for_pattern(None, None, None, Some(GraphNameRef::DefaultGraph));
    let all = graphs.quads_for_pattern(None, None, None, None).map(Result::unwrap);
    let in_graphs = all.filter(|quad| !quad.graph_name.is_default_graph());
    for quad in default.map(Result::unwrap).chain(in_graphs) {
        let triple = format!("{} {} {}", quad.subject, quad.predicate, quad.object);
        if quad.graph_name.is_default_graph() { union.push(triple) } else { named.push(triple) }
    }
    union.sort();
    named.sort();
    named.dedup();
    assert_eq!(union, named);
}

fn rows(store: &Store, text: &str) -> usize {
    match Query::parse(text).unwrap().run(store, &Limits::default()).unwrap() {
        zeren::query::Answer::Rows(rows) => rows.rows.len(),
        _ => 0,
    }
}

#[test]
fn changes_last_and_the_union_follows() {
    let folder = stored();
    let path = folder.path().join("zeren.db");
    let mut store = Store::open(&path, Access::Write).unwrap();
    let documents = store.documents().len();
    let changed = update(
        &mut store,
        "INSERT DATA { GRAPH <a:g> { <a:s> <a:p> 1 , 2 } GRAPH <a:h> { <a:s> <a:p> 2 } } ;
         DELETE DATA { GRAPH <a:g> { <a:s> <a:p> 2 } } ;
         INSERT { GRAPH <a:h> { <a:t> <a:p> ?o } } WHERE { <a:s> <a:p> ?o }",
    );
    assert_eq!(changed, ["a:g", "a:h"]);
    check_union(&store);
    assert_eq!(rows(&store, "SELECT ?o { <a:t> <a:p> ?o }"), 2, "a later step sees what an earlier one did");
    drop(store);
    let mut store = Store::open(&path, Access::Write).unwrap();
    assert_eq!(store.documents().len(), documents + 2);
    check_union(&store);
    let gone = update(&mut store, "DELETE WHERE { GRAPH ?g { ?s <a:p> ?o } }");
    assert_eq!(gone, ["a:g", "a:h"]);
    assert_eq!(store.documents().len(), documents, "an empty graph is none");
    check_union(&store);
    assert_eq!(update(&mut store, "INSERT DATA { GRAPH <a:g> {} }"), Vec::<String>::new());
    update(&mut store, "DROP ALL");
    assert!(store.is_empty() && store.graphs().is_empty().unwrap());
}

#[test]
fn a_document_that_is_updated_keeps_its_title() {
    let folder = stored();
    let mut store = Store::open(folder.path().join("zeren.db"), Access::Write).unwrap();
    let document = zeren::iri::document(crate::support::sample::PROVINCE_NUMBER);
    let before = store.document(&document).unwrap().clone();
    update(&mut store, &format!("INSERT DATA {{ GRAPH <{document}> {{ <{document}> rdfs:seeAlso <a:b> }} }}"));
    let after = store.document(&document).unwrap();
    assert_eq!((&after.title, &after.source, after.quads), (&before.title, &before.source, before.quads + 1));
}
