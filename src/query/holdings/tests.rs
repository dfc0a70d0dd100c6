use oxigraph::model::{GraphName, Literal, NamedNode};
use proptest::prelude::*;

use super::*;
use crate::store::{Access, Prepared};

fn node(name: &str) -> NamedNode {
    NamedNode::new_unchecked(name)
}

fn document(number: u8) -> String {
    format!("https://w3id.org/zeren/document/{number}")
}

/// One of some statements that documents share, or make of one another, or contradict one another in.
fn statement(graph: u8, [subject, property, object]: [u8; 3]) -> Quad {
    let subject = match subject % 4 {
        0 => document(graph),
        1 => format!("{}/task/{}", document(graph), subject % 3),
        2 => document(subject % 5),
        _ => format!("https://w3id.org/zeren/place/{}", subject % 3),
    };
    let (predicate, object): (NamedNode, Term) = match property % 5 {
        0 => (rdf::TYPE.into(), node(&iri::term("Document")).into()),
        1 => (rdf::TYPE.into(), node(&iri::term("Task")).into()),
        2 => (node(&iri::term("jurisdiction")), node(&format!("https://w3id.org/zeren/place/{}", object % 4)).into()),
        3 => (node(&iri::term("year")), Literal::from(2000 + i64::from(object % 4)).into()),
        _ => (node(&iri::term("text")), Literal::new_simple_literal(format!("\"{}\"\n", object % 3)).into()),
    };
    Quad { subject: node(&subject).into(), predicate, object, graph_name: GraphName::DefaultGraph }
}

fn graph(number: u8, statements: &[[u8; 3]]) -> DocumentGraph {
    DocumentGraph::from_quads(document(number), statements.iter().map(|one| statement(number, *one)))
}

/// Counts one statement after another.
fn slowly(store: &Store) -> Holdings {
    let dataset = iri::dataset();
    let of_documents =
        |quad: &Quad| !matches!(&quad.graph_name, GraphName::NamedNode(name) if name.as_str() == dataset);
    let quads = store.quads().unwrap();
    let all: BTreeSet<[String; 3]> = quads
        .iter()
        .filter(|quad| of_documents(quad))
        .map(|quad| [quad.subject.to_string(), quad.predicate.as_str().to_owned(), quad.object.to_string()])
        .collect();
    let class = format!("<{}>", iri::term("Document"));
    let documents: BTreeSet<&String> = all
        .iter()
        .filter(|[_, property, value]| property == rdf::TYPE.as_str() && *value == class)
        .map(|[thing, ..]| thing)
        .collect();
    let mut holdings = Holdings { documents: documents.len(), triples: all.len(), ..Holdings::default() };
    for [thing, property, value] in &all {
        let name = value.trim_matches(['<', '>']).to_owned();
        *holdings.properties.entry(property.clone()).or_default() += 1;
        if property == rdf::TYPE.as_str() {
            *holdings.classes.entry(name).or_default() += 1;
        } else if documents.contains(thing) && *property == iri::term("jurisdiction") {
            holdings.places.insert(name);
        } else if documents.contains(thing) && *property == iri::term("year") {
            let year = value.split('"').nth(1).unwrap().parse().unwrap();
            holdings.years = Some(spanned(holdings.years, year));
        }
    }
    holdings
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_changed_counts_as_counting_all_does(
        steps in prop::collection::vec(
            prop::collection::vec((0_u8..6, prop::collection::vec(any::<[u8; 3]>(), 0..12)), 1..3), 1..6),
    ) {
        let folder = tempfile::tempdir().unwrap();
        // so large that most changes are little beside it
        let text = |number: usize| format!("https://w3id.org/zeren/large/{number}");
        let large = (0..200).map(|number| Quad { subject: node(&text(number)).into(), ..statement(9, [0, 4, 0]) });
        let large = DocumentGraph::from_quads(document(9), large);
        Store::open(folder.path(), Access::Fill).unwrap().replace(&large, &SourceInfo::default()).unwrap();
        for (at, step) in steps.into_iter().enumerate() {
            let access = if at % 2 == 0 { Access::Fill } else { Access::Write };
            let mut store = Store::open(folder.path(), access).unwrap();
            for (number, statements) in step {
                if statements.len() < 2 {
                    store.remove(&document(number)).unwrap();
                } else {
                    store.replace(&graph(number, &statements), &SourceInfo::default()).unwrap();
                }
            }
            let kept = Kept::read(folder.path());
            let expected = slowly(&store);
            let graphs = store.shown().unwrap();
            prop_assert_eq!(&all(&graphs).unwrap(), &expected);
            if at > 0 {
                let kept = kept.unwrap();
                prop_assert_eq!(&kept.state, &State::of(&store).before(&store).name());
                #[cfg(not(feature = "rocksdb"))]
                prop_assert_eq!(change::counted(kept.holdings, &store, &graphs).unwrap(), Some(expected.clone()));
            }
            drop(graphs);
            describe(&mut store).unwrap();
            let described = store.graph(&iri::dataset()).unwrap();
            prop_assert_eq!(described, DocumentGraph::of_holdings(&expected));
        }
    }
}

#[test]
fn a_description_that_is_lost_or_foreign_or_late_is_made_anew() {
    let folder = tempfile::tempdir().unwrap();
    let open = || Store::open(folder.path(), Access::Write).unwrap();
    let put = |store: &mut Store, number: u8| {
        let graph = graph(number, &[[0, 0, 0], [0, 3, number], [1, 1, 0]]);
        let prepared: Prepared<'_> = store.preparation().of(&graph, &SourceInfo::default()).unwrap();
        store.store_prepared(&[prepared]).unwrap();
    };
    let right = |store: &Store| store.graph(&iri::dataset()).unwrap() == DocumentGraph::of_holdings(&slowly(store));
    let mut store = open();
    put(&mut store, 1);
    describe(&mut store).unwrap();
    assert!(right(&store));
    // ended before it was described
    put(&mut store, 2);
    drop(store);
    let mut store = open();
    assert!(!right(&store));
    describe(&mut store).unwrap();
    assert!(right(&store));
    // changed twice while it is open
    put(&mut store, 3);
    describe(&mut store).unwrap();
    put(&mut store, 4);
    describe(&mut store).unwrap();
    assert!(right(&store));
    // another's
    store.replace(&DocumentGraph::of_holdings(&Holdings::default()), &SourceInfo::default()).unwrap();
    describe(&mut store).unwrap();
    assert!(right(&store));
    // counts that were written over
    std::fs::write(folder.path().join("holdings"), "00000000 {}").unwrap();
    put(&mut store, 3);
    store.remove(&iri::dataset()).unwrap();
    describe(&mut store).unwrap();
    assert!(right(&store));
}
