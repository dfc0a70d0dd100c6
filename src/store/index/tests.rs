use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use oxigraph::model::{GraphName, GraphNameRef, NamedNode, Quad, Term};
use proptest::prelude::*;
use tempfile::TempDir;

use super::*;
use crate::graph::DocumentGraph;
use crate::store::manifest::Manifest;
use crate::store::{Access, Entry, SourceInfo, Store, files};

/// A few documents become a segment together.
const SMALL: Sizes = Sizes { together: 200 };

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

fn text(dir: &Path, entry: &Entry) -> Result<String, StoreError> {
    Ok(String::from_utf8(files::content(dir, entry)?.1).unwrap())
}

fn opened(dir: &Path) -> Result<Index, StoreError> {
    let manifest = Manifest::read(dir)?.unwrap();
    let coverage = Coverage::of(dir, manifest.documents(), &Opened::default())?;
    let texts: Vec<String> = coverage.uncovered.iter().map(|entry| text(dir, entry).unwrap()).collect();
    coverage.open(&texts)
}

fn settled(dir: &Path, extent: Extent) {
    let manifest = Manifest::read(dir).unwrap().unwrap();
    settle(dir, manifest.documents(), &Opened::default(), SMALL, extent, |entry| text(dir, entry)).unwrap();
}

/// The files of the segments.
fn segments(dir: &Path) -> Vec<PathBuf> {
    let files = fs::read_dir(dir.join("index")).unwrap().map(|file| file.unwrap().path());
    let mut files: Vec<PathBuf> = files.filter(|path| !path.ends_with("list") && path.extension().is_none()).collect();
    files.sort();
    files
}

/// What is done to a store, and whether its index is settled then.
#[derive(Clone, Debug)]
enum Change {
    Replace(u8, Vec<[u8; 3]>),
    Remove(u8),
    /// Several documents at once, which say the same.
    All(Vec<[u8; 3]>),
}

fn changes() -> impl Strategy<Value = Vec<(Change, Option<Extent>)>> {
    let triples = || proptest::collection::vec([0_u8..5, 0_u8..3, 0_u8..6], 0..12);
    let change = prop_oneof![
        4 => (0_u8..6, triples()).prop_map(|(document, triples)| Change::Replace(document, triples)),
        1 => (0_u8..6).prop_map(Change::Remove),
        1 => triples().prop_map(Change::All),
    ];
    let extent = prop_oneof![Just(None), Just(Some(Extent::SoFar)), Just(Some(Extent::Whole))];
    proptest::collection::vec((change, extent), 1..12)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]

    #[test]
    fn whatever_changes_the_index_finds_what_is_there(steps in changes()) {
        let folder = TempDir::new().unwrap();
        let dir = folder.path();
        let mut held: BTreeMap<u8, DocumentGraph> = BTreeMap::new();
        let mut all: Vec<Quad> = Vec::new();
        for (change, extent) in steps {
            let mut store = Store::open(dir, Access::Fill).unwrap();
            prop_assert!(store.damaged().is_empty());
            let graphs = match change {
                Change::Remove(document) => {
                    store.remove(&graph(document, &[]).document).unwrap();
                    held.remove(&document);
                    Vec::new()
                }
                Change::Replace(document, triples) => vec![(document, graph(document, &triples))],
                Change::All(triples) => (0..6).map(|document| (document, graph(document, &triples))).collect(),
            };
            let info = SourceInfo::default();
            store.replace_all(graphs.iter().map(|(_, graph)| (graph, &info))).unwrap();
            for (document, graph) in graphs {
                all.extend(graph.quads.iter().cloned());
                held.insert(document, graph);
            }
            if let Some(extent) = extent {
                settled(dir, extent);
                let manifest = Manifest::read(dir).unwrap().unwrap();
                let coverage = Coverage::of(dir, manifest.documents(), &Opened::default()).unwrap();
                prop_assert!(coverage.uncovered.is_empty() && coverage.obsolete.is_empty());
                // graphs without a statement share a file
                prop_assert!(coverage.touched(dir).iter().all(|entry| entry.quads == 0));
            }
            let index = opened(dir).unwrap();
            let now: BTreeSet<String> = held.values().flat_map(|graph| &graph.quads).map(ToString::to_string).collect();
            compare(&index, &now, &all);
            let names: BTreeSet<String> = index.graph_names().unwrap().into_iter().collect();
            let filled = held.values().filter(|graph| !graph.quads.is_empty());
            prop_assert_eq!(names, filled.map(|graph| graph.document.clone()).collect());
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
    let index = opened(dir.path()).unwrap();
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
    let [path] = segments(dir.path()).try_into().unwrap();
    check(dir.path()).unwrap();
    let whole = fs::read(&path).unwrap();
    for at in 0..whole.len() {
        let mut damaged = whole.clone();
        damaged[at] ^= 1;
        fs::write(&path, &damaged).unwrap();
        assert!(matches!(check(dir.path()), Err(StoreError::DamagedIndex { .. })), "byte {at}");
        // contents that cannot be read cover nothing, a block that cannot be read is told
        let all = |index: Index| index.quads(None, None, None, None).collect();
        let found: Result<Vec<Quad>, StoreError> = opened(dir.path()).and_then(all);
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
    store.replace(&own(2, 12), &SourceInfo::default()).unwrap();
    settled(dir.path(), Extent::Whole);
    assert_eq!(opened(dir.path()).unwrap().quads(None, None, None, None).flatten().count(), 15);
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
    let index = opened(dir.path()).unwrap();
    let union = |subject: Option<u8>| {
        let subject = subject.map(node);
        let subject = subject.as_ref().map(|node| node.as_ref().into());
        index.quads(subject, None, None, Some(GraphNameRef::DefaultGraph)).map(Result::unwrap).count()
    };
    assert_eq!((union(None), union(Some(1)), union(Some(2)), union(Some(3))), (10, 2, 7, 1));
    assert_eq!(index.quads(None, None, None, None).count(), 1200);
}

#[test]
fn statements_of_one_graph_are_found_past_those_of_many() {
    let dir = TempDir::new().unwrap();
    let mut store = Store::open(dir.path(), Access::Fill).unwrap();
    let info = SourceInfo::default();
    let named = |number: u32| format!("http://a.example/many/{number:05}");
    let many: Vec<DocumentGraph> = (0..4000)
        .map(|number| {
            let mut graph = graph(0, &[[1, 1, 1], [1, 1, 4], [1, 2, 1]]);
            graph.document = named(number);
            for quad in &mut graph.quads {
                quad.graph_name = NamedNode::new_unchecked(named(number)).into();
            }
            graph
        })
        .collect();
    store.replace_all(many.iter().map(|graph| (graph, &info))).unwrap();
    store.settle().unwrap();
    let index = opened(dir.path()).unwrap();
    let last = NamedNode::new_unchecked(named(3999));
    let found = |subject: Option<u8>, predicate: Option<u8>| {
        let (subject, predicate) = (subject.map(node), predicate.map(node));
        let subject = subject.as_ref().map(|node| node.as_ref().into());
        let predicate = predicate.as_ref().map(NamedNode::as_ref);
        index.quads(subject, predicate, None, Some(last.as_ref().into())).map(Result::unwrap).count()
    };
    assert_eq!((found(Some(1), None), found(Some(1), Some(1)), found(None, Some(2)), found(None, None)), (3, 2, 1, 3));
}

/// Quads of a document that nobody else has.
fn own(document: u8, count: u8) -> DocumentGraph {
    graph(document, &(0..count).map(|object| [document, object % 3, object]).collect::<Vec<_>>())
}

#[test]
fn a_changed_document_is_written_alone_until_segments_are_many() {
    let folder = TempDir::new().unwrap();
    let dir = folder.path();
    let info = SourceInfo::default();
    let mut store = Store::open(dir, Access::Fill).unwrap();
    let first: Vec<DocumentGraph> = (0..40).map(|document| own(document, 100)).collect();
    store.replace_all(first.iter().map(|graph| (graph, &info))).unwrap();
    store.settle().unwrap();
    let [base] = segments(dir).try_into().unwrap();
    let before = fs::read(&base).unwrap();
    let mut most = 0;
    for round in 1..40 {
        store.replace(&own(round, 99), &info).unwrap();
        store.settle().unwrap();
        let now = segments(dir);
        most = most.max(now.len());
        assert_eq!(fs::read(&base).unwrap(), before, "what did not change is not written again");
        let beside: u64 = now.iter().filter(|path| **path != base).map(|path| fs::metadata(path).unwrap().len()).sum();
        assert!(beside < before.len() as u64 * 2, "{beside} bytes beside {}", before.len());
    }
    assert!((3..=10).contains(&most), "{most} segments");
    let held: usize = opened(dir).unwrap().quads(None, None, None, None).count();
    assert_eq!(held, 100 + 39 * 99);
    // what is out of date goes, and in the end all is written anew
    for document in 3..40 {
        store.remove(&own(document, 1).document).unwrap();
    }
    store.settle().unwrap();
    let left: u64 = segments(dir).iter().map(|path| fs::metadata(path).unwrap().len()).sum();
    assert!(!base.exists() && left < before.len() as u64 / 4, "{left} of {}", before.len());
    assert_eq!(opened(dir).unwrap().quads(None, None, None, None).count(), 100 + 2 * 99);
}

#[test]
fn what_breaks_off_goes_on_where_it_was() {
    let folder = TempDir::new().unwrap();
    let dir = folder.path();
    let graphs: Vec<DocumentGraph> = (0..20).map(|document| own(document, 30)).collect();
    let info = SourceInfo::default();
    Store::open(dir, Access::Fill).unwrap().replace_all(graphs.iter().map(|graph| (graph, &info))).unwrap();
    let manifest = Manifest::read(dir).unwrap().unwrap();
    // the texts are read as often as they must be; the program ends at the one that cannot be
    let left = std::sync::atomic::AtomicUsize::new(17);
    let order = std::sync::atomic::Ordering::SeqCst;
    let broken = settle(dir, manifest.documents(), &Opened::default(), SMALL, Extent::Whole, |entry| {
        match left.fetch_update(order, order, |left| left.checked_sub(1)) {
            Ok(_) => text(dir, entry),
            Err(_) => Err(StoreError::ReadOnly { path: dir.to_owned() }),
        }
    });
    assert!(matches!(broken, Err(StoreError::ReadOnly { .. })));
    let coverage = Coverage::of(dir, manifest.documents(), &Opened::default()).unwrap();
    assert_eq!(coverage.uncovered.len(), 4, "what was read before is part of the index");
    fs::write(dir.join("index/.new-abc"), "half a fi").unwrap();
    fs::write(dir.join("index/00000099"), "never listed").unwrap();
    let quads = || opened(dir).unwrap().quads(None, None, None, None).count();
    assert_eq!(quads(), 600);
    settled(dir, Extent::Whole);
    assert_eq!(segments(dir).len(), 2, "{:?}", segments(dir));
    assert_eq!(quads(), 600);
}

#[test]
fn an_index_of_an_earlier_version_is_made_anew() {
    let dir = indexed();
    fs::remove_dir_all(dir.path().join("index")).unwrap();
    fs::write(dir.path().join("index"), "zeren index   1\n, and so on").unwrap();
    assert_eq!(opened(dir.path()).unwrap().quads(None, None, None, None).count(), 3);
    Store::open(dir.path(), Access::Fill).unwrap().settle().unwrap();
    assert_eq!(segments(dir.path()).len(), 1);
    assert_eq!(opened(dir.path()).unwrap().quads(None, None, None, None).count(), 3);
}

/// What an index tells that things are called, as N-Quads name it.
fn named_in(dir: &Path, text: &str) -> Option<Vec<String>> {
    Some(opened(dir).unwrap().named(text)?.iter().map(ToString::to_string).collect())
}

fn body(document: u8, names: &[(&str, &str)]) -> DocumentGraph {
    let graph = NamedNode::new_unchecked(format!("http://a.example/d{document}"));
    let quads = names.iter().map(|(property, name)| {
        let name = oxigraph::model::Literal::new_language_tagged_literal_unchecked(*name, "zh");
        Quad::new(node(document), NamedNode::new_unchecked(*property), name, graph.clone())
    });
    DocumentGraph::from_quads(graph.as_str(), quads)
}

#[test]
fn names_are_found_by_what_they_hold_in_every_segment_and_beside_them() {
    let folder = tempfile::tempdir().unwrap();
    let dir = folder.path();
    let store = |document: u8, names: &[(&str, &str)]| {
        let mut store = Store::open(dir, Access::Fill).unwrap();
        store.replace(&body(document, names), &SourceInfo::default()).unwrap();
    };
    let [label, other, _] = NAMING;
    store(1, &[(label, "清河市财政局"), (other, "市财政局"), ("http://a.example/text", "财政局负责")]);
    // beside the index
    assert_eq!(named_in(dir, "财政局").unwrap(), ["\"市财政局\"@zh", "\"清河市财政局\"@zh"]);
    settled(dir, Extent::Whole);
    assert_eq!(named_in(dir, "清河市财").unwrap(), ["\"清河市财政局\"@zh"]);
    assert_eq!(named_in(dir, "负责").unwrap(), Vec::<String>::new());
    // names of another segment, one of which the first has as something else
    store(2, &[(label, "林河县教育局"), (label, "财政局负责")]);
    settled(dir, Extent::Whole);
    assert_eq!(named_in(dir, "负责").unwrap(), ["\"财政局负责\"@zh"]);
    assert_eq!(named_in(dir, "局").unwrap().len(), 4);
    // a text that is written otherwise than it reads is left to the engine
    for text in ["", "\"", "\\", "\n", "局\t"] {
        assert_eq!(named_in(dir, text), None, "{text:?}");
    }
    // without their file, or with one that is damaged, names are not told, and it is made again
    let files: Vec<PathBuf> = segments(dir).iter().map(|segment| segment.with_extension("names")).collect();
    for file in &files {
        let whole = fs::read(file).unwrap();
        for at in 0..whole.len() {
            let mut changed = whole.clone();
            changed[at] ^= 1 << (at % 8);
            fs::write(file, &changed).unwrap();
            assert_eq!(named_in(dir, "局"), None, "byte {at}");
            fs::write(file, &whole[..at]).unwrap();
            assert_eq!(named_in(dir, "局"), None, "cut off at {at}");
        }
        fs::remove_file(file).unwrap();
        assert_eq!(named_in(dir, "局"), None);
        settled(dir, Extent::Whole);
        assert_eq!(fs::read(file).unwrap(), whole);
    }
    assert_eq!(named_in(dir, "局").unwrap().len(), 4);
}
