use std::collections::{BTreeMap, BTreeSet};

use oxigraph::model::{GraphName, GraphNameRef, NamedNode, Quad, Term};
use proptest::prelude::*;
use tempfile::TempDir;

use super::*;
use crate::graph::DocumentGraph;
use crate::store::{Access, SourceInfo, Store, files};

const SMALL: Sizes = Sizes { beside: 3, together: 200 };

fn node(name: u8) -> NamedNode {
    NamedNode::new_unchecked(format!("http://a.example/责{name}"))
}

fn object(name: u8) -> Term {
    use oxigraph::model::Literal;
    match name % 4 {
        0 => node(name).into(),
        1 => Literal::new_simple_literal(format!("说\n\"{name}\\")).into(),
        2 => Literal::from(i64::from(name)).into(),
        _ => Literal::new_language_tagged_literal_unchecked(format!("a {name} ."), "zh").into(),
    }
}

fn graph(document: u8, triples: &[[u8; 3]]) -> DocumentGraph {
    let name = format!("http://a.example/d{document}");
    let quads =
        triples.iter().map(|[s, p, o]| Quad::new(node(*s), node(*p), object(*o), NamedNode::new_unchecked(&name)));
    DocumentGraph::from_quads(&name, quads)
}

/// Everything that the index finds for every pattern of some terms, against a search of the statements one by one.
fn compare(index: &Index, quads: &BTreeSet<String>, all: &[Quad]) {
    let found = |pattern: [Option<&Quad>; 4]| -> Vec<String> {
        let graph = pattern[3].map(|quad| quad.graph_name.as_ref());
        let subject = pattern[0].map(|quad| quad.subject.as_ref());
        let quads = index.quads(
            subject,
            pattern[1].map(|quad| quad.predicate.as_ref()),
            pattern[2].map(|quad| quad.object.as_ref()),
            graph,
        );
        let mut found: Vec<String> = quads.map(|quad| quad.unwrap().to_string()).collect();
        found.sort();
        found
    };
    assert_eq!(found([None; 4]), quads.iter().cloned().collect::<Vec<_>>());
    for wanted in all {
        for bound in 0..16 {
            let pattern = [0, 1, 2, 3].map(|place| (bound >> place & 1 == 1).then_some(wanted));
            let fits = |quad: &&Quad| {
                pattern[0].is_none_or(|one| one.subject == quad.subject)
                    && pattern[1].is_none_or(|one| one.predicate == quad.predicate)
                    && pattern[2].is_none_or(|one| one.object == quad.object)
                    && pattern[3].is_none_or(|one| one.graph_name == quad.graph_name)
            };
            let expected: Vec<String> =
                all.iter().filter(fits).map(ToString::to_string).filter(|quad| quads.contains(quad)).collect();
            let expected: BTreeSet<String> = expected.into_iter().collect();
            assert_eq!(found(pattern), expected.into_iter().collect::<Vec<_>>(), "{pattern:?}");
        }
    }
    // of the union, each statement comes once
    let union = index.quads(None, None, None, Some(GraphNameRef::DefaultGraph)).map(|quad| quad.unwrap());
    let mut union: Vec<String> = union.map(|quad| quad.to_string()).collect();
    union.sort();
    let expected: BTreeSet<String> = all
        .iter()
        .filter(|quad| quads.contains(&quad.to_string()))
        .map(|quad| Quad { graph_name: GraphName::DefaultGraph, ..quad.clone() }.to_string())
        .collect();
    assert_eq!(union, expected.into_iter().collect::<Vec<_>>());
}

fn opened(dir: &TempDir) -> Result<Index, StoreError> {
    let manifest = Manifest::read(dir.path())?.unwrap();
    let coverage = Coverage::of(dir.path(), &manifest)?;
    let texts: Vec<String> = coverage
        .uncovered
        .iter()
        .map(|entry| String::from_utf8(files::content(dir.path(), entry).unwrap().1).unwrap())
        .collect();
    coverage.open(&texts)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]

    #[test]
    fn whatever_changes_the_index_finds_what_is_there(
        steps in proptest::collection::vec(
            (0_u8..4, proptest::collection::vec([0_u8..5, 0_u8..3, 0_u8..6], 0..12), any::<bool>()),
            1..8,
        )
    ) {
        let dir = TempDir::new().unwrap();
        let mut held: BTreeMap<u8, DocumentGraph> = BTreeMap::new();
        let mut all: Vec<Quad> = Vec::new();
        for (document, triples, settle) in steps {
            let mut store = Store::open(dir.path(), Access::Fill).unwrap();
            let graph = graph(document, &triples);
            all.extend(graph.quads.iter().cloned());
            if triples.len() == 1 {
                store.remove(&graph.document).unwrap();
                held.remove(&document);
            } else {
                store.replace(&graph, &SourceInfo::default()).unwrap();
                held.insert(document, graph);
            }
            if settle {
                let manifest = Manifest::read(dir.path()).unwrap().unwrap();
                refresh(dir.path(), &manifest, SMALL, |entry| {
                    Ok(String::from_utf8(files::content(dir.path(), entry)?.1).unwrap())
                }).unwrap();
            }
            let index = opened(&dir).unwrap();
            let now: BTreeSet<String> = held.values().flat_map(|graph| &graph.quads).map(ToString::to_string).collect();
            compare(&index, &now, &all);
        }
    }
}

/// A folder with one document and its index.
fn indexed() -> TempDir {
    let dir = TempDir::new().unwrap();
    let mut store = Store::open(dir.path(), Access::Fill).unwrap();
    store.replace(&graph(1, &[[1, 2, 3], [1, 2, 4], [2, 2, 5]]), &SourceInfo::default()).unwrap();
    store.settle().unwrap();
    dir
}

#[test]
fn statements_are_shown_as_others() {
    let dir = indexed();
    let index = opened(&dir).unwrap();
    let [old, other] = [[1, 2, 3], [2, 2, 5]].map(|triple| graph(1, &[triple]).quads.remove(0));
    let new = Quad { subject: node(9).into(), ..old.clone() };
    let index = index.exchanged(&[(old.clone(), new.clone())]).unwrap();
    let texts = |quads: &[&Quad]| quads.iter().map(ToString::to_string).collect::<BTreeSet<_>>();
    let third = graph(1, &[[1, 2, 4]]).quads.remove(0);
    compare(&index, &texts(&[&new, &other, &third]), &[old, new, other, third.clone()]);
}

#[test]
fn a_damaged_index_is_told_or_made_again() {
    let dir = indexed();
    let path = dir.path().join(FILE);
    let whole = fs::read(&path).unwrap();
    for at in 0..whole.len() {
        let mut damaged = whole.clone();
        damaged[at] ^= 1;
        fs::write(&path, &damaged).unwrap();
        // a directory that cannot be read covers nothing, a block that cannot be read is told
        let all = |index: Index| index.quads(None, None, None, None).collect();
        let found: Result<Vec<Quad>, StoreError> = opened(&dir).and_then(all);
        match found {
            Ok(quads) => assert_eq!(quads.len(), 3, "byte {at}"),
            Err(error) => assert!(matches!(error, StoreError::DamagedIndex { .. }), "byte {at}: {error}"),
        }
    }
    for length in [0, 10, whole.len() / 2, whole.len() - 1] {
        fs::write(&path, whole.get(..length).unwrap()).unwrap();
        let store = Store::open(dir.path(), Access::ReadOnly).unwrap();
        assert!(!store.graphs().is_empty().unwrap());
    }
    // merging what is damaged makes it from the graphs
    let mut damaged = whole.clone();
    damaged[MARK_LENGTH] ^= 1;
    fs::write(&path, &damaged).unwrap();
    let mut store = Store::open(dir.path(), Access::Fill).unwrap();
    store.replace(&graph(2, &[[1, 2, 3], [1, 2, 4], [2, 2, 5], [3, 2, 5]]), &SourceInfo::default()).unwrap();
    refresh(dir.path(), &Manifest::read(dir.path()).unwrap().unwrap(), SMALL, |entry| {
        Ok(String::from_utf8(files::content(dir.path(), entry)?.1).unwrap())
    })
    .unwrap();
    assert_eq!(opened(&dir).unwrap().quads(None, None, None, None).flatten().count(), 7);
}

const MARK_LENGTH: usize = writer::MARK.len();

#[test]
fn what_many_graphs_say_is_found_once_in_the_union() {
    let dir = TempDir::new().unwrap();
    let mut store = Store::open(dir.path(), Access::Fill).unwrap();
    let info = SourceInfo::default();
    // the rows of one statement fill more than a block
    let many: Vec<DocumentGraph> = (0..300_u16)
        .map(|document| {
            let own = u8::try_from(document % 7).unwrap();
            let mut graph = graph(0, &[[1, 1, 1], [1, 1, 4], [2, 1, own], [3, 2, 8]]);
            graph.document = format!("http://a.example/many/{document}");
            for quad in &mut graph.quads {
                quad.graph_name = NamedNode::new_unchecked(&graph.document).into();
            }
            graph
        })
        .collect();
    store.replace_all(many.iter().map(|graph| (graph, &info))).unwrap();
    store.settle().unwrap();
    let index = opened(&dir).unwrap();
    let union = |subject: Option<u8>| {
        let subject = subject.map(node);
        let subject = subject.as_ref().map(|node| node.as_ref().into());
        index.quads(subject, None, None, Some(GraphNameRef::DefaultGraph)).map(Result::unwrap).count()
    };
    assert_eq!((union(None), union(Some(1)), union(Some(2)), union(Some(3))), (10, 2, 7, 1));
    assert_eq!(index.quads(None, None, None, None).count(), 1200);
}
