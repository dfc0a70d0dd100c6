//! What is read in parts and set aside is as if it had been read at once.

use proptest::prelude::*;

use super::*;
use crate::store::{Access, Status, Store};

/// A graph that was read, with what is noted of it.
type Found = (DocumentGraph, SourceInfo, bool);

fn found(spool: &Spool, graphs: &[Graph]) -> Vec<Found> {
    let found = |graph| {
        let read = spool.graph(graph).unwrap();
        let info = describe(&read);
        (read, info, graph.is_document())
    };
    graphs.iter().map(found).collect()
}

fn read(text: &str, format: Format, into: Option<&str>) -> Result<Vec<Found>, LoadError> {
    let mut spool = Spool::default();
    let graphs = spool.read(text.as_bytes(), format, into)?;
    Ok(found(&spool, &graphs))
}

#[test]
fn graphs_of_documents_are_told_from_others() {
    let facts = crate::sample::facts();
    let graph = DocumentGraph::new(&facts);
    for format in Format::ALL {
        let mut written = Vec::new();
        crate::graph::write_quads(&graph.quads, format, &mut written).unwrap();
        let mut spool = Spool::default();
        let graphs = spool.read(written.as_slice(), format, None).unwrap();
        let all = found(&spool, &graphs);
        let [(read, info, true)] = all.as_slice() else { panic!("{}", format.as_str()) };
        assert!(*read == graph, "{}", format.as_str());
        assert_eq!((&info.source, &info.title), (&facts.source, &facts.head.title));
        assert_eq!(spool.sorted_info(&graphs[0]), *info);
    }
    let foreign = read("<a:a> <a:b> <a:c> <a:g> .", Format::NQuads, None).unwrap();
    assert!(!foreign[0].2);
}

#[test]
fn statements_need_a_graph() {
    let alone = "<a:a> <a:b> <a:c> .";
    assert!(matches!(read(alone, Format::Turtle, None), Err(LoadError::NoDocument)));
    assert_eq!(read(alone, Format::Turtle, Some("a:g")).unwrap()[0].0.document, "a:g");
    assert!(matches!(read(alone, Format::Turtle, Some("no iri")), Err(LoadError::BadName { .. })));
    let union = "<a:a> <a:b> <a:c> <a:g> .\n<a:a> <a:b> <a:c> .\n";
    assert_eq!(read(union, Format::NQuads, None).unwrap().len(), 1, "a union beside its parts");
    let nameless = "<a:a> <a:b> <a:c> _:g .\n";
    assert!(matches!(read(nameless, Format::NQuads, None), Err(LoadError::NamelessGraph)));
    let two = "@prefix z: <https://w3id.org/zeren/ontology#> . <a:a> a z:Document . <a:b> a z:Document .";
    assert!(matches!(read(two, Format::Turtle, None), Err(LoadError::SeveralDocuments { count: 2 })));
    // into a graph that the text has too
    let beside = "<a:a> <a:b> <a:c> .\n<a:a> <a:b> \"1\" <a:g> .\n";
    assert_eq!(read(beside, Format::NQuads, Some("a:g")).unwrap()[0].0.quads.len(), 2);
}

#[test]
fn strays_are_counted_however_many_there_are() {
    let line = |number: usize, graph: &str| format!("<a:{number}> <a:b> \"{number}\"{graph} .\n");
    let graph = ["", " <a:g>", " <a:h>"];
    let mut text: String = (0..900).map(|number| line(number, graph[1 + number % 2])).collect();
    text.extend((0..900).map(|number| line(number, "")));
    assert_eq!(read(&text, Format::NQuads, None).unwrap().len(), 2);
    // one of them twice
    text.extend([7, 1000, 1001, 1001].map(|number| line(number, "")));
    assert!(matches!(read(&text, Format::NQuads, None), Err(LoadError::Stray { count: 3 })));
}

#[test]
fn blank_nodes_have_the_same_names_every_time() {
    let text = "<a:a> <a:b> [ <a:c> [] ] .";
    let once = read(text, Format::Turtle, Some("a:g")).unwrap();
    assert_eq!(once, read(text, Format::Turtle, Some("a:g")).unwrap());
    let other = read(text, Format::Turtle, Some("a:h")).unwrap();
    assert_ne!(once[0].0.quads[0].object, other[0].0.quads[0].object);
}

#[test]
fn syntax_errors_have_a_place() {
    let Err(LoadError::Syntax { line, .. }) = read("<a:a> <a:b> <a:c> .\n<a:a> nothing", Format::Turtle, None) else {
        panic!()
    };
    assert_eq!(line, 2);
    // in the last of many parts, however lines end
    for end in ["\n", "\r\n", "\r"] {
        let line = format!("<a:a> <a:b> \"{}\" <a:g> .{end}", "任务".repeat(50));
        let text = line.repeat(20_000) + "<a:a> <a:b> \"任务\" wrong <a:g> ." + end;
        let mut spool = Spool::gathering(1 << 16);
        let Err(LoadError::Syntax { line, column, .. }) = spool.read(text.as_bytes(), Format::NQuads, None) else {
            panic!()
        };
        assert_eq!((line, column), (20_001, 18), "{end:?}");
        // it holds what comes after
        let graphs = spool.read("<a:a> <a:b> <a:c> <a:g> .".as_bytes(), Format::NQuads, None).unwrap();
        assert_eq!(found(&spool, &graphs)[0].0.quads.len(), 1);
    }
}

#[test]
fn an_input_that_cannot_be_read_is_told() {
    struct Broken;
    impl std::io::Read for Broken {
        fn read(&mut self, _: &mut [u8]) -> std::io::Result<usize> {
            Err(std::io::ErrorKind::PermissionDenied.into())
        }
    }
    for format in [Format::NQuads, Format::TriG] {
        let error = Spool::default().read(Broken, format, None).unwrap_err();
        assert!(matches!(error, LoadError::Read(_)), "{error}");
    }
}

fn term() -> impl Strategy<Value = String> {
    prop_oneof![
        "<a:[a-c]{1,2}>",
        "_:[a-c]{1,2}",
        "\"[a-c\u{85} ]{0,2}\"",
        "\"[a-c]{0,2}\"@(zh|en|zh-cn)",
        "\"[a-c]\"\\^\\^<a:[a-c]>",
        Just("\"\\n\\r\\\"任务\\u0007\"".to_owned()),
    ]
}

/// Statements and their graphs.
fn statements() -> impl Strategy<Value = Vec<(String, String)>> {
    let name = || prop_oneof!["<a:[a-c]{1,2}>", "_:[a-c]{1,2}"];
    let line = (name(), "<a:[a-c]{1,2}>", term(), "<a:[g-k]>");
    prop::collection::vec(line.prop_map(|(s, p, o, g)| (format!("{s} {p} {o}"), g)), 1..60)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]
    /// Whatever the order, and however often what was gathered goes to the file.
    #[test]
    fn scattered_graphs_are_as_if_read_at_once(statements in statements(), gathering in 1_usize..200) {
        let nquads = statements.iter().fold(String::new(), |text, (triple, graph)| text + triple + " " + graph + " .\n");
        let trig = statements.iter().fold(String::new(), |text, (triple, graph)| text + graph + " { " + triple + " }\n");
        let parser = RdfParser::from_format(Format::NQuads.to_oxigraph()).for_slice(&nquads);
        let mut expected: BTreeMap<String, Vec<Quad>> = BTreeMap::new();
        for quad in parser {
            let quad = quad.unwrap();
            expected.entry(quad.graph_name.to_string()).or_default().push(quad);
        }
        let whole = |(name, mut quads): (String, Vec<Quad>)| {
            let name = name.trim_matches(['<', '>']);
            name_blank_nodes(name, &mut quads);
            DocumentGraph::from_quads(name, quads)
        };
        let expected: Vec<DocumentGraph> = expected.into_iter().map(whole).collect();
        let mut spool = Spool::gathering(gathering);
        let mut graphs = Vec::new();
        for (format, text) in [(Format::NQuads, &nquads), (Format::TriG, &trig)] {
            graphs = spool.read(text.as_bytes(), format, None).unwrap();
            let read: Vec<DocumentGraph> = graphs.iter().map(|graph| spool.graph(graph).unwrap()).collect();
            prop_assert_eq!(&read, &expected);
        }
        // stored by their text alone or with their statements
        for access in [Access::Fill, Access::Write] {
            let folder = tempfile::tempdir().unwrap();
            let mut opened = Store::open(folder.path(), access).unwrap();
            let stored = store(&spool, &graphs.iter().collect::<Vec<_>>(), &mut opened).unwrap();
            for ((graph, stored), expected) in graphs.iter().zip(stored).zip(&expected) {
                prop_assert_eq!(stored, Stored { status: Status::Added, statements: expected.quads.len() });
                prop_assert_eq!(&opened.graph(graph.name()).unwrap(), expected);
            }
        }
    }
}
