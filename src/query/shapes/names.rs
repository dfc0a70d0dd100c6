//! What the things of a graph are called, and where the document speaks of them.

use std::cell::RefCell;
use std::collections::BTreeMap;

use oxigraph::io::{RdfFormat, RdfParser};
use oxigraph::model::vocab::{rdf, rdfs};
use oxigraph::model::{GraphName, GraphNameRef, NamedNode, NamedNodeRef, NamedOrBlankNode, Term};

use super::Place;
use crate::diagnostic::Message;
use crate::iri;
use crate::query::table;
use crate::span::Position;
use crate::store::Graphs;

const OA: &str = "http://www.w3.org/ns/oa#";
const TITLE: &str = "http://purl.org/dc/terms/title";
const NOTATION: &str = "http://www.w3.org/2004/02/skos/core#notation";

/// The links by which a thing without a place belongs to one that has it.
const BELONGS: [&str; 9] = [
    "hasResponsibility",
    "hasIndicator",
    "hasDeadline",
    "hasCitation",
    "hasFinding",
    "organisation",
    "cited",
    "at",
    "hasTask",
];

/// What terms of other vocabularies are called where a person reads them.
const OTHERS: [(&str, &str, &str); 12] = [
    ("http://www.w3.org/ns/oa#SpecificResource", "文中位置", "place in the text"),
    ("http://www.w3.org/ns/oa#TextPositionSelector", "文中位置", "place in the text"),
    ("http://www.w3.org/ns/oa#hasSource", "所在文件", "document"),
    ("http://www.w3.org/ns/oa#hasSelector", "起止字符", "first and last character"),
    ("http://www.w3.org/ns/oa#start", "起点", "start"),
    ("http://www.w3.org/ns/oa#end", "终点", "end"),
    ("http://www.w3.org/2000/01/rdf-schema#label", "名称", "name"),
    ("http://purl.org/dc/terms/title", "标题", "title"),
    ("http://www.w3.org/2004/02/skos/core#notation", "代号", "key"),
    ("http://www.w3.org/ns/prov#wasAssociatedWith", "经办者", "agent"),
    ("http://www.w3.org/ns/prov#used", "所读文件", "document read"),
    ("http://www.w3.org/ns/prov#SoftwareAgent", "程序", "program"),
];

/// How far a place is looked for.
const FARTHEST: usize = 3;

/// A database with the names of its terms.
pub(super) struct Names<'a> {
    graphs: &'a Graphs,
    /// The labels of the vocabulary, Chinese and English.
    terms: BTreeMap<String, (String, String)>,
    /// For each graph, where the lines of its text begin.
    lines: RefCell<BTreeMap<String, Vec<usize>>>,
}

impl<'a> Names<'a> {
    pub(super) fn new(graphs: &'a Graphs) -> Self {
        let others = OTHERS.map(|(term, zh, en)| (term.to_owned(), (zh.to_owned(), en.to_owned())));
        let mut terms = BTreeMap::from(others);
        let quads = RdfParser::from_format(RdfFormat::Turtle).for_slice(crate::graph::ONTOLOGY_TURTLE);
        for quad in quads.flatten().filter(|quad| quad.predicate == rdfs::LABEL) {
            let (NamedOrBlankNode::NamedNode(subject), Term::Literal(label)) = (quad.subject, quad.object) else {
                continue;
            };
            let entry = terms.entry(subject.into_string()).or_default();
            match label.language() {
                Some("zh") => label.value().clone_into(&mut entry.0),
                _ => label.value().clone_into(&mut entry.1),
            }
        }
        Self { graphs, terms, lines: RefCell::default() }
    }

    /// The label of a term of the vocabulary, else its short form.
    pub(super) fn term(&self, node: &NamedNode) -> Message {
        if let Some((zh, en)) = self.terms.get(node.as_str()) {
            return Message::new(zh, en);
        }
        let short = table::cell(&node.clone().into());
        Message::new(&short, &short)
    }

    /// The graphs that speak of a thing, sorted.
    pub(super) fn graphs_of(&self, thing: &Term) -> Vec<NamedNode> {
        let Some(subject) = as_subject(thing) else { return Vec::new() };
        let quads = self.graphs.quads_for_pattern(Some(subject.as_ref()), None, None, None).flatten();
        let mut found: Vec<NamedNode> = quads
            .filter_map(|quad| match quad.graph_name {
                GraphName::NamedNode(name) => Some(name),
                _ => None,
            })
            .collect();
        found.sort();
        found.dedup();
        found
    }

    /// The document of a graph, and what it is called: file name, then number or title.
    pub(super) fn document(&self, graph: &NamedNode) -> (Option<String>, Option<String>) {
        let document = self.subjects(graph, rdf::TYPE, &NamedNode::new_unchecked(iri::term("Document")).into());
        let Some(document) = document.into_iter().next() else { return (None, None) };
        let text = |predicate: &str| self.text(graph, &document, predicate);
        let named = text(TITLE).or_else(|| text(&iri::term("number")));
        (text(&iri::term("source")), named)
    }

    /// A thing in words: what it is, and what the document calls it.
    pub(super) fn describe(&self, graph: &NamedNode, thing: &Term) -> Message {
        let words = self.words(graph, thing);
        let Some(class) = self.class(graph, thing) else { return Message::new(&words, &words) };
        let of_task = self.parent(graph, thing).and_then(|task| self.text(graph, &task, &iri::term("printedLabel")));
        match of_task {
            Some(label) if label != words => Message::new(
                format!("任务 `{label}` 的{} `{words}`", class.zh),
                format!("{} `{words}` of task `{label}`", class.en),
            ),
            _ => Message::new(format!("{} `{words}`", class.zh), format!("{} `{words}`", class.en)),
        }
    }

    fn class(&self, graph: &NamedNode, thing: &Term) -> Option<Message> {
        let mut classes = self.objects(graph, thing, rdf::TYPE);
        classes.sort_by_key(ToString::to_string);
        classes.into_iter().find_map(|class| match class {
            Term::NamedNode(class) if self.terms.contains_key(class.as_str()) => Some(self.term(&class)),
            _ => None,
        })
    }

    /// What the document calls a thing; of a thing that it does not name, the end of its IRI.
    fn words(&self, graph: &NamedNode, thing: &Term) -> String {
        let ours = ["printedName", "words", "printedLabel", "number", "findingCode", "subject"].map(iri::term);
        let others = [rdfs::LABEL.as_str(), TITLE, NOTATION, "http://www.w3.org/ns/oa#exact"];
        let known = ours.iter().map(String::as_str).chain(others).find_map(|name| self.text(graph, thing, name));
        known.unwrap_or_else(|| table::cell(thing))
    }

    /// What a value is called where it is a thing of the graph or of the vocabulary.
    pub(super) fn value(&self, graph: Option<&NamedNode>, value: &Term) -> String {
        let Term::NamedNode(node) = value else { return table::cell(value) };
        if self.terms.contains_key(node.as_str()) {
            return table::cell(value);
        }
        graph.map_or_else(|| table::cell(value), |graph| self.words(graph, value))
    }

    /// Where the document speaks of a thing: its own place, or that of the task it belongs to.
    pub(super) fn place(&self, graph: &NamedNode, thing: &Term) -> Option<Place> {
        self.place_within(graph, thing, FARTHEST)
    }

    fn place_within(&self, graph: &NamedNode, thing: &Term, far: usize) -> Option<Place> {
        let oa = |name: &str| NamedNode::new_unchecked(format!("{OA}{name}"));
        let offset = |node: &Term, name: &str| self.text(graph, node, oa(name).as_str())?.parse::<usize>().ok();
        if let (Some(start), Some(end)) = (offset(thing, "start"), offset(thing, "end")) {
            let position = self.position(graph, start);
            return Some(Place {
                start,
                end,
                line: position.map(|position| position.line),
                column: position.map(|position| position.column),
                words: self.text(graph, thing, oa("exact").as_str()),
            });
        }
        let far = far.checked_sub(1)?;
        let down = [NamedNode::new_unchecked(iri::term("at")), oa("hasSelector")];
        for property in &down {
            let parts = self.objects(graph, thing, property.as_ref());
            if let Some(place) = parts.iter().find_map(|part| self.place_within(graph, part, far)) {
                return Some(place);
            }
        }
        let up = BELONGS.map(|name| NamedNode::new_unchecked(iri::term(name)));
        let mut around: Vec<Place> = Vec::new();
        for property in &up {
            let above = self.subjects(graph, property.as_ref(), thing);
            around.extend(above.iter().filter_map(|above| self.place_within(graph, above, far)));
        }
        around.into_iter().min_by_key(|place| (place.start, place.end))
    }

    /// The task that a claim is part of.
    fn parent(&self, graph: &NamedNode, thing: &Term) -> Option<Term> {
        let links = ["hasResponsibility", "hasIndicator", "hasDeadline", "hasCitation", "hasFinding"];
        links.iter().find_map(|name| {
            let property = NamedNode::new_unchecked(iri::term(name));
            self.subjects(graph, property.as_ref(), thing).into_iter().next()
        })
    }

    fn position(&self, graph: &NamedNode, offset: usize) -> Option<Position> {
        let mut known = self.lines.borrow_mut();
        let starts = known.entry(graph.as_str().to_owned()).or_insert_with(|| {
            let property = NamedNode::new_unchecked(iri::term("lineStarts"));
            let quads = self.graphs.quads_for_pattern(None, Some(property.as_ref()), None, Some(graph.as_ref().into()));
            let texts = quads.flatten().filter_map(|quad| literal(&quad.object));
            texts.flat_map(|text| text.split(' ').filter_map(|start| start.parse().ok()).collect::<Vec<_>>()).collect()
        });
        let line = starts.partition_point(|start| *start <= offset);
        let start = starts.get(line.checked_sub(1)?)?;
        Some(Position { line, column: offset - start + 1 })
    }

    fn text(&self, graph: &NamedNode, thing: &Term, predicate: &str) -> Option<String> {
        let mut texts: Vec<String> =
            self.objects(graph, thing, NamedNodeRef::new_unchecked(predicate)).iter().filter_map(literal).collect();
        texts.sort();
        texts.into_iter().next()
    }

    fn objects(&self, graph: &NamedNode, thing: &Term, predicate: NamedNodeRef<'_>) -> Vec<Term> {
        let Some(subject) = as_subject(thing) else { return Vec::new() };
        let graph = GraphNameRef::from(graph.as_ref());
        let quads = self.graphs.quads_for_pattern(Some(subject.as_ref()), Some(predicate), None, Some(graph));
        quads.flatten().map(|quad| quad.object).collect()
    }

    fn subjects(&self, graph: &NamedNode, predicate: NamedNodeRef<'_>, object: &Term) -> Vec<Term> {
        let graph = GraphNameRef::from(graph.as_ref());
        let quads = self.graphs.quads_for_pattern(None, Some(predicate), Some(object.as_ref()), Some(graph));
        let mut subjects: Vec<Term> = quads.flatten().map(|quad| quad.subject.into()).collect();
        subjects.sort_by_key(ToString::to_string);
        subjects
    }
}

fn as_subject(term: &Term) -> Option<NamedOrBlankNode> {
    if let Term::NamedNode(node) = term {
        return Some(node.clone().into());
    }
    if let Term::BlankNode(node) = term { Some(node.clone().into()) } else { None }
}

fn literal(term: &Term) -> Option<String> {
    if let Term::Literal(literal) = term { Some(literal.value().to_owned()) } else { None }
}
