//! RDF from files and requests to graphs of the store.
//!
//! A graph is a document's if it says so of its own name (`<g> a z:Document`); others are foreign,
//! and whoever loads decides whether to keep them. Statements outside named graphs belong to the
//! one document that they are about, or to the graph that is asked for.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use oxigraph::io::{RdfParser, RdfSyntaxError};
use oxigraph::model::vocab::rdf;
use oxigraph::model::{BlankNode, GraphName, NamedNode, NamedOrBlankNode, Quad, Term};

use crate::diagnostic::{Lang, Message};
use crate::graph::{DocumentGraph, Format};
use crate::iri;
use crate::parallel::in_parallel;
use crate::store::SourceInfo;

/// How many bytes of lines are read at a time.
const PART: usize = 1 << 20;
/// The title of a document.
const TITLE: &str = "http://purl.org/dc/terms/title";

/// A graph that was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Loaded {
    /// The graph.
    pub graph: DocumentGraph,
    /// What the store notes of it.
    pub info: SourceInfo,
    /// Whether it is the graph of a document.
    pub is_document: bool,
}

/// Why RDF could not be read into graphs.
#[derive(Debug, thiserror::Error)]
pub enum LoadError {
    /// The text is not of the syntax.
    #[error("{}", self.message(Lang::En))]
    Syntax {
        /// Line, from 1; 0 if the place is not known.
        line: u64,
        /// Column in characters, from 1.
        column: u64,
        /// What is wrong there.
        reason: String,
    },
    /// Statements outside named graphs are about no document.
    #[error("{}", self.message(Lang::En))]
    NoDocument,
    /// Statements outside named graphs are about several documents.
    #[error("{}", self.message(Lang::En))]
    SeveralDocuments {
        /// How many.
        count: usize,
    },
    /// Beside named graphs there are statements that are in none of them.
    #[error("{}", self.message(Lang::En))]
    Stray {
        /// How many.
        count: usize,
    },
    /// The name of a graph is no IRI.
    #[error("{}", self.message(Lang::En))]
    BadName {
        /// The name.
        name: String,
    },
    /// The name of a graph is a blank node.
    #[error("{}", self.message(Lang::En))]
    NamelessGraph,
}

impl LoadError {
    /// What went wrong, in one language.
    pub fn message(&self, lang: Lang) -> String {
        let message = match self {
            Self::Syntax { line: 0, reason, .. } => Message::new(format!("语法错误：{reason}"), reason),
            Self::Syntax { line, column, reason } => {
                Message::new(format!("{line}:{column}：语法错误：{reason}"), format!("{line}:{column}: {reason}"))
            }
            Self::NoDocument => {
                Message::new("其中没有文件，也没有命名图", "it holds neither a document nor a named graph")
            }
            Self::SeveralDocuments { count } => Message::new(
                format!("其中有 {count} 份文件而没有命名图，分不清各句属于哪一份"),
                format!("it holds {count} documents without named graphs that tell which statement is whose"),
            ),
            Self::Stray { count } => Message::new(
                format!("有 {count} 条陈述不在任何命名图中"),
                format!("{count} statements are in none of its named graphs"),
            ),
            Self::BadName { name } => {
                Message::new(format!("图名 `{name}` 不是 IRI"), format!("the name `{name}` of a graph is no IRI"))
            }
            Self::NamelessGraph => Message::new("有一个图没有 IRI 名称", "a graph has no IRI for its name"),
        };
        message.in_lang(lang).to_owned()
    }

    /// What to do next, where something can be done.
    pub fn hint(&self, lang: Lang) -> Option<String> {
        let hint = match self {
            Self::NoDocument | Self::Stray { .. } => {
                Message::new("用 `--graph IRI` 指明放入哪个图", "name the graph for them with `--graph IRI`")
            }
            Self::SeveralDocuments { .. } => Message::new(
                "改用 N-Quads、TriG 或 JSON-LD，它们保留图名",
                "use N-Quads, TriG or JSON-LD, which keep the names of graphs",
            ),
            Self::Syntax { .. } => Message::new("用 `--syntax` 指明格式", "name the syntax with `--syntax`"),
            Self::BadName { .. } | Self::NamelessGraph => return None,
        };
        Some(hint.in_lang(lang).to_owned())
    }
}

/// Reads RDF. Statements outside named graphs go to the graph `into`, else to that of the document
/// that they are about.
///
/// # Errors
///
/// [`LoadError`], if the text cannot be read or a statement has no graph to go to.
pub fn read(content: &[u8], format: Format, into: Option<&str>) -> Result<Vec<Loaded>, LoadError> {
    let mut named: BTreeMap<String, Vec<Quad>> = BTreeMap::new();
    let mut unnamed = Vec::new();
    for mut run in runs(content, format)? {
        match run.first().map(|quad| &quad.graph_name) {
            Some(GraphName::NamedNode(name)) => match named.get_mut(name.as_str()) {
                Some(quads) => quads.append(&mut run),
                None => {
                    named.insert(name.as_str().to_owned(), run);
                }
            },
            Some(GraphName::BlankNode(_)) => return Err(LoadError::NamelessGraph),
            Some(GraphName::DefaultGraph) | None => unnamed.append(&mut run),
        }
    }
    if let Some(name) = into {
        NamedNode::new(name).map_err(|_| LoadError::BadName { name: name.to_owned() })?;
        if !unnamed.is_empty() {
            named.entry(name.to_owned()).or_default().append(&mut unnamed);
        }
    } else if named.is_empty() {
        named.insert(document(&unnamed)?, unnamed);
    } else {
        let stray = stray(&unnamed, &named);
        if stray > 0 {
            return Err(LoadError::Stray { count: stray });
        }
    }
    let named: Vec<(String, Mutex<Vec<Quad>>)> =
        named.into_iter().map(|(name, quads)| (name, Mutex::new(quads))).collect();
    let take = |quads: &Mutex<Vec<Quad>>| std::mem::take(&mut *quads.lock().unwrap_or_else(PoisonError::into_inner));
    Ok(in_parallel(&named, |(name, quads)| loaded(name, take(quads))))
}

/// All statements, those of one graph together as long as they follow one another. Lines are read on as many threads as
/// there are processors.
fn runs(content: &[u8], format: Format) -> Result<Vec<Vec<Quad>>, LoadError> {
    let parse = |content: &[u8]| -> Result<Vec<Vec<Quad>>, RdfSyntaxError> {
        let mut runs: Vec<Vec<Quad>> = Vec::new();
        for quad in RdfParser::from_format(format.to_oxigraph()).for_slice(content) {
            let quad = quad?;
            match runs.last_mut() {
                Some(run) if run.first().is_some_and(|first| first.graph_name == quad.graph_name) => run.push(quad),
                _ => runs.push(vec![quad]),
            }
        }
        Ok(runs)
    };
    if !matches!(format, Format::NQuads | Format::NTriples) {
        return parse(content).map_err(|error| syntax(&error));
    }
    let mut runs = Vec::new();
    for part in in_parallel(&parts(content), |part| parse(part)) {
        match part {
            Ok(mut part) => runs.append(&mut part),
            // the place counts in the whole
            Err(_) => return parse(content).map_err(|error| syntax(&error)),
        }
    }
    Ok(runs)
}

/// A text of lines in parts of whole lines.
fn parts(content: &[u8]) -> Vec<&[u8]> {
    let mut parts = Vec::new();
    let mut rest = content;
    while !rest.is_empty() {
        let end = rest.iter().skip(PART).position(|byte| *byte == b'\n').map_or(rest.len(), |end| PART + end + 1);
        let (part, after) = rest.split_at_checked(end).unwrap_or((rest, &[]));
        parts.push(part);
        rest = after;
    }
    parts
}

/// Reads statements for one graph, whatever graphs the text itself may name.
///
/// # Errors
///
/// [`LoadError::Syntax`], if the text cannot be read.
pub fn triples(content: &[u8], format: Format, name: &str) -> Result<Vec<Quad>, LoadError> {
    let parser = RdfParser::from_format(format.to_oxigraph()).for_slice(content);
    let mut quads: Vec<Quad> = parser.collect::<Result<_, _>>().map_err(|error| syntax(&error))?;
    name_blank_nodes(name, &mut quads);
    Ok(quads)
}

/// What the store notes of a graph, by what the graph says of its own name.
pub fn describe(graph: &DocumentGraph) -> SourceInfo {
    let own = |property: &str| {
        let about = graph.quads.iter().filter(|quad| is(&quad.subject, &graph.document));
        about.filter(|quad| quad.predicate.as_str() == property).find_map(|quad| match &quad.object {
            Term::Literal(literal) => Some(literal.value().to_owned()),
            _ => None,
        })
    };
    SourceInfo { source: own(&iri::term("source")).unwrap_or_default(), title: own(TITLE) }
}

fn loaded(name: &str, mut quads: Vec<Quad>) -> Loaded {
    name_blank_nodes(name, &mut quads);
    let graph = DocumentGraph::from_quads(name, quads);
    let info = describe(&graph);
    // the description of the whole is ours too
    let is_document = graph.document == iri::dataset()
        || graph.quads.iter().any(|quad| is(&quad.subject, &graph.document) && is_document(quad));
    Loaded { graph, info, is_document }
}

fn is(subject: &NamedOrBlankNode, name: &str) -> bool {
    matches!(subject, NamedOrBlankNode::NamedNode(node) if node.as_str() == name)
}

fn is_document(quad: &Quad) -> bool {
    quad.predicate.as_ref() == rdf::TYPE
        && matches!(&quad.object, Term::NamedNode(class) if class.as_str() == iri::term("Document"))
}

/// The one document that statements are about.
fn document(quads: &[Quad]) -> Result<String, LoadError> {
    let mut documents: Vec<String> = Vec::new();
    for quad in quads.iter().filter(|quad| is_document(quad)) {
        if let NamedOrBlankNode::NamedNode(node) = &quad.subject
            && !documents.iter().any(|known| known == node.as_str())
        {
            documents.push(node.as_str().to_owned());
        }
    }
    match documents.len() {
        0 => Err(LoadError::NoDocument),
        1 => Ok(documents.swap_remove(0)),
        count => Err(LoadError::SeveralDocuments { count }),
    }
}

/// How many statements are in none of the graphs: the rest is their union, as some servers write it.
fn stray(unnamed: &[Quad], named: &BTreeMap<String, Vec<Quad>>) -> usize {
    if unnamed.is_empty() {
        return 0;
    }
    let triple = |quad: &Quad| (quad.subject.clone(), quad.predicate.clone(), quad.object.clone());
    let known: std::collections::HashSet<_> = named.values().flatten().map(triple).collect();
    unnamed.iter().filter(|quad| !known.contains(&triple(quad))).count()
}

/// Names blank nodes by the graph and the order of their first mention, so that the same text
/// gives the same graph, and two graphs have none in common.
fn name_blank_nodes(graph: &str, quads: &mut [Quad]) {
    let mut names: BTreeMap<String, BlankNode> = BTreeMap::new();
    let mut prefix = None;
    let mut name = |node: &mut BlankNode| {
        let prefix =
            prefix.get_or_insert_with(|| crate::store::digest(graph.as_bytes()).chars().take(12).collect::<String>());
        let number = names.len() + 1;
        let fresh = || BlankNode::new_unchecked(format!("g{prefix}b{number}"));
        *node = names.entry(node.as_str().to_owned()).or_insert_with(fresh).clone();
    };
    for quad in quads {
        if let NamedOrBlankNode::BlankNode(node) = &mut quad.subject {
            name(node);
        }
        if let Term::BlankNode(node) = &mut quad.object {
            name(node);
        }
    }
}

fn syntax(error: &RdfSyntaxError) -> LoadError {
    let reason = error.to_string();
    let Some(place) = error.location() else { return LoadError::Syntax { line: 0, column: 0, reason } };
    // the library tells the place in front of its words
    let reason = reason.split_once(": ").map_or(reason.clone(), |(_, words)| words.to_owned());
    LoadError::Syntax { line: place.start.line + 1, column: place.start.column + 1, reason }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str, format: Format, into: Option<&str>) -> Result<Vec<Loaded>, LoadError> {
        super::read(text.as_bytes(), format, into)
    }

    #[test]
    fn graphs_of_documents_are_told_from_others() {
        let facts = crate::sample::facts();
        let graph = DocumentGraph::new(&facts);
        for format in Format::ALL {
            let mut written = Vec::new();
            crate::graph::write_quads(&graph.quads, format, &mut written).unwrap();
            let found = super::read(&written, format, None).unwrap();
            assert_eq!(found.len(), 1, "{}", format.as_str());
            assert!(found[0].is_document && found[0].graph == graph, "{}", format.as_str());
            assert_eq!((&found[0].info.source, &found[0].info.title), (&facts.source, &facts.head.title));
        }
        let foreign = read("<a:a> <a:b> <a:c> <a:g> .", Format::NQuads, None).unwrap();
        assert!(!foreign[0].is_document);
    }

    #[test]
    fn statements_need_a_graph() {
        let alone = "<a:a> <a:b> <a:c> .";
        assert!(matches!(read(alone, Format::Turtle, None), Err(LoadError::NoDocument)));
        assert_eq!(read(alone, Format::Turtle, Some("a:g")).unwrap()[0].graph.document, "a:g");
        assert!(matches!(read(alone, Format::Turtle, Some("no iri")), Err(LoadError::BadName { .. })));
        let union = "<a:a> <a:b> <a:c> <a:g> .\n<a:a> <a:b> <a:c> .\n";
        assert_eq!(read(union, Format::NQuads, None).unwrap().len(), 1, "a union beside its parts");
        let stray = "<a:a> <a:b> <a:c> <a:g> .\n<a:a> <a:b> <a:d> .\n";
        assert!(matches!(read(stray, Format::NQuads, None), Err(LoadError::Stray { count: 1 })));
        let two = "@prefix z: <https://w3id.org/zeren/ontology#> . <a:a> a z:Document . <a:b> a z:Document .";
        assert!(matches!(read(two, Format::Turtle, None), Err(LoadError::SeveralDocuments { count: 2 })));
    }

    #[test]
    fn blank_nodes_have_the_same_names_every_time() {
        let text = "<a:a> <a:b> [ <a:c> [] ] .";
        let once = read(text, Format::Turtle, Some("a:g")).unwrap();
        assert_eq!(once, read(text, Format::Turtle, Some("a:g")).unwrap());
        let other = read(text, Format::Turtle, Some("a:h")).unwrap();
        assert_ne!(once[0].graph.quads[0].object, other[0].graph.quads[0].object);
    }

    #[test]
    fn syntax_errors_have_a_place() {
        let Err(LoadError::Syntax { line, .. }) = read("<a:a> <a:b> <a:c> .\n<a:a> nothing", Format::Turtle, None)
        else {
            panic!()
        };
        assert_eq!(line, 2);
    }
}
