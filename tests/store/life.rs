//! Documents come, change and go.

use oxigraph::model::GraphNameRef;
use zeren::graph::DocumentGraph;
use zeren::store::{Access, SourceInfo, Status, Store, StoreError};

use super::{on_every_backend, put, read, write};
use crate::support::sample;

#[test]
fn a_document_is_added_once_and_then_unchanged() {
    on_every_backend(|dir, backend| {
        let mut store = write(dir, backend);
        assert_eq!(put(&mut store, &sample::facts()), Status::Added);
        assert_eq!(put(&mut store, &sample::parent()), Status::Added);
        assert_eq!(put(&mut store, &sample::facts()), Status::Unchanged);
        let mut changed = sample::facts();
        changed.tasks.pop();
        assert_eq!(put(&mut store, &changed), Status::Updated);
        assert_eq!(store.documents().len(), 2);
        assert_eq!(store.len(), store.quads().unwrap().len());
        assert!(store.documents().is_sorted_by(|a, b| a.document < b.document));
        let expected = store.quads().unwrap();
        drop(store);

        let store = read(dir);
        assert_eq!(store.quads().unwrap(), expected);
        let entry = store.document(&changed.id).unwrap();
        assert_eq!(
            (entry.source.as_str(), entry.quads),
            ("yunchuan-2031.txt", DocumentGraph::new(&changed).quads.len())
        );
        assert_eq!(entry.title, changed.head.title);
    });
}

#[test]
fn a_removed_document_takes_its_statements_along() {
    on_every_backend(|dir, backend| {
        let mut store = write(dir, backend);
        put(&mut store, &sample::facts());
        put(&mut store, &sample::parent());
        assert!(store.remove(&sample::facts().id).unwrap());
        assert!(!store.remove(&sample::facts().id).unwrap());
        let left = DocumentGraph::new(&sample::parent()).quads;
        assert_eq!(store.quads().unwrap(), left);
        drop(store);
        let store = read(dir);
        assert_eq!(store.quads().unwrap(), left);
        let all = |graph: Option<GraphNameRef<'static>>| {
            store.graphs().quads_for_pattern(None, None, None, graph).filter(move |quad| {
                quad.as_ref().is_ok_and(|quad| graph.is_some() || !quad.graph_name.is_default_graph())
            })
        };
        assert_eq!(all(None).count(), left.len(), "in its own graph");
        assert_eq!(all(Some(GraphNameRef::DefaultGraph)).count(), left.len(), "and in the union");
    });
}

#[test]
fn the_order_of_building_leaves_no_trace() {
    on_every_backend(|dir, backend| {
        let other = dir.with_extension("other");
        let mut store = write(dir, backend);
        put(&mut store, &sample::facts());
        put(&mut store, &sample::parent());
        let mut reverse = write(&other, backend);
        put(&mut reverse, &sample::parent());
        put(&mut reverse, &sample::facts());
        assert_eq!(store.quads().unwrap(), reverse.quads().unwrap());
        assert!(read(dir).documents().eq(read(&other).documents()));
    });
}

#[test]
fn one_program_writes_and_others_read() {
    on_every_backend(|dir, backend| {
        let mut store = write(dir, backend);
        put(&mut store, &sample::parent());
        assert!(matches!(Store::open(dir, Access::Write), Err(StoreError::Locked { .. })));
        let mut reader = read(dir);
        assert_eq!(reader.documents().len(), 1);
        let refused = reader.replace(&DocumentGraph::new(&sample::facts()), &SourceInfo::default());
        assert!(matches!(refused, Err(StoreError::ReadOnly { .. })));
        drop(store);
        write(dir, backend);
    });
}

#[test]
fn statements_of_another_graph_are_refused() {
    on_every_backend(|dir, backend| {
        let mut store = write(dir, backend);
        let mut graph = DocumentGraph::new(&sample::facts());
        graph.document = sample::parent().id;
        let refused = store.replace(&graph, &SourceInfo::default());
        assert!(matches!(refused, Err(StoreError::ForeignGraph { .. })));
        assert!(store.is_empty());
    });
}

/// The statements of the union, sorted.
fn union(store: &Store) -> Vec<String> {
    let quads = store.graphs().quads_for_pattern(None, None, None, Some(GraphNameRef::DefaultGraph));
    let mut lines: Vec<String> = quads.map(|quad| quad.unwrap().to_string()).collect();
    lines.sort();
    lines
}

#[test]
fn the_union_holds_each_statement_once_whatever_was_changed_before() {
    on_every_backend(|dir, backend| {
        // both name the province, so that they share statements
        let mut store = write(dir, backend);
        put(&mut store, &sample::facts());
        put(&mut store, &sample::parent());
        let both = union(&store);
        assert!(both.len() < store.len());
        let mut changed = sample::facts();
        changed.tasks.pop();
        put(&mut store, &changed);
        put(&mut store, &sample::facts());
        assert_eq!(union(&store), both);
        store.remove(&sample::parent().id).unwrap();
        put(&mut store, &sample::parent());
        assert_eq!(union(&store), both);
        drop(store);
        assert_eq!(union(&read(dir)), both);
    });
}

#[test]
fn many_documents_at_once_are_as_many_one_by_one() {
    on_every_backend(|dir, backend| {
        let other = dir.with_extension("other");
        let mut fewer = sample::facts();
        fewer.tasks.pop();
        let mut single = write(&other, backend);
        let mut store = write(dir, backend);
        // a document may come twice, and both share statements with the other
        for facts in [[sample::facts(), sample::parent(), fewer.clone()], [sample::parent(), fewer.clone(), fewer]] {
            let graphs = facts.each_ref().map(DocumentGraph::new);
            let infos = facts
                .each_ref()
                .map(|facts| SourceInfo { source: facts.source.clone(), title: facts.head.title.clone() });
            let statuses = store.replace_all(graphs.iter().zip(&infos)).unwrap();
            assert_eq!(statuses, facts.each_ref().map(|facts| put(&mut single, facts)));
            assert_eq!(store.quads().unwrap(), single.quads().unwrap());
            assert_eq!(union(&store), union(&single));
        }
        assert!(store.replace_all([]).unwrap().is_empty());
        drop(store);
        assert_eq!(read(dir).quads().unwrap(), single.quads().unwrap());
        assert!(read(dir).documents().eq(read(&other).documents()));
    });
}

#[test]
fn one_foreign_statement_leaves_all_documents_as_they_were() {
    on_every_backend(|dir, backend| {
        let mut store = write(dir, backend);
        let good = DocumentGraph::new(&sample::parent());
        let mut foreign = DocumentGraph::new(&sample::facts());
        foreign.document = sample::parent().id;
        let info = SourceInfo::default();
        let refused = store.replace_all([(&good, &info), (&foreign, &info)]);
        assert!(matches!(refused, Err(StoreError::ForeignGraph { .. })));
        assert!(store.is_empty() && store.graphs().is_empty().unwrap());
        drop(store);
        assert!(read(dir).is_empty());
    });
}
