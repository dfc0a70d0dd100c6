//! `zeren validate`: the graph against its shapes.

use std::fs;
use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};
use oxigraph::io::RdfParser;
use oxigraph::model::vocab::rdf;
use oxigraph::model::{GraphName, NamedNode, Quad, Term};
use oxigraph::store::Store as Graphs;
use zeren::diagnostic::{Lang, Message};
use zeren::graph;
use zeren::query::Shapes;
use zeren::query::shapes::{Violation, report};
use zeren::render::violations;

use super::failure::Failure;
use super::lint::FailOn;
use super::scope::SourceArguments;
use super::{Done, output};

/// Formats of what was found.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
enum Format {
    /// As a compiler shows it
    #[default]
    Text,
    /// One object
    Json,
    /// A report by SHACL
    Turtle,
    /// For editors (SARIF 2.1.0)
    Sarif,
}

#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// RDF files to check instead of the store: nq, trig, ttl, nt, rdf, jsonld
    #[arg(value_name = "FILE")]
    files: Vec<PathBuf>,
    /// Shapes in Turtle to use in place of those of the program
    #[arg(long, value_name = "FILE")]
    shapes: Option<PathBuf>,
    /// Format of what is found
    #[arg(long, value_enum, default_value_t)]
    format: Format,
    /// From which severity on the exit status is 1
    #[arg(long, value_enum, default_value_t, value_name = "SEVERITY")]
    fail_on: FailOn,
    /// Prints the SPARQL queries that the shapes become, and checks nothing
    #[arg(long, conflicts_with_all = ["files", "format"])]
    queries: bool,
    #[command(flatten)]
    source: SourceArguments,
}

pub(super) fn run(arguments: &Arguments, lang: Lang) -> Result<Done, Failure> {
    let (place, turtle) = match &arguments.shapes {
        Some(path) => (path.display().to_string(), text(path)?),
        None => ("ontology/shapes.ttl".to_owned(), graph::SHAPES_TURTLE.to_owned()),
    };
    let shapes = Shapes::parse(&turtle).map_err(Failure::shapes(&place))?;
    if arguments.queries {
        let queries = shapes.queries().map_err(Failure::shapes(&place))?;
        output::stdout(|out| queries.iter().try_for_each(|(code, query)| writeln!(out, "# {code}\n{query}\n")))?;
        return Ok(Done::Well);
    }
    let found = if !arguments.files.is_empty() {
        shapes.check(&load(&arguments.files)?.into())
    } else if let Some(server) = arguments.source.server()? {
        shapes.check_source(&server)
    } else {
        shapes.check(arguments.source.store()?.graphs())
    };
    let found = found.map_err(Failure::shapes(&place))?;
    write(&found, arguments.format, lang)?;
    let failed = arguments.fail_on.least().is_some_and(|least| violations::any_from(&found, least));
    Ok(if failed { Done::Partly } else { Done::Well })
}

fn write(found: &[Violation], format: Format, lang: Lang) -> Result<(), Failure> {
    output::stdout(|out| match format {
        Format::Text => violations::text(out, found, lang),
        Format::Json => violations::json(out, found, lang),
        Format::Sarif => violations::sarif(out, found, lang),
        Format::Turtle => graph::write_quads(report(found), graph::Format::Turtle, out),
    })
}

fn text(path: &Path) -> Result<String, Failure> {
    fs::read_to_string(path).map_err(|source| Failure::Open { place: path.display().to_string(), source })
}

/// Files of RDF as a store has them: one named graph a document, and their union as the default graph.
fn load(files: &[PathBuf]) -> Result<Graphs, Failure> {
    let graphs = Graphs::new().map_err(|error| unreadable("memory", &error.to_string()))?;
    for path in files {
        let place = path.display().to_string();
        let extension = path.extension().unwrap_or_default().to_string_lossy();
        let Ok(format) = graph::Format::parse(&extension) else {
            return Err(Failure::Usage {
                place,
                what: Message::new("不知道是哪种 RDF 格式", "its format of RDF is not known"),
                hint: Some(Message::new(
                    "扩展名应为 nq、trig、ttl、nt、rdf 或 jsonld",
                    "the name should end with nq, trig, ttl, nt, rdf or jsonld",
                )),
            });
        };
        let content = text(path)?;
        let mut quads = Vec::new();
        for quad in RdfParser::from_format(format.to_oxigraph()).for_slice(&content) {
            quads.push(quad.map_err(|error| unreadable(&place, &error.to_string()))?);
        }
        // statements without a graph are of the document that they describe
        let own = document(&quads).unwrap_or_else(|| NamedNode::new_unchecked(zeren::iri::document(&place)));
        for quad in quads {
            let name = match quad.graph_name.clone() {
                GraphName::DefaultGraph => own.clone().into(),
                named => named,
            };
            let quad = Quad { graph_name: name, ..quad };
            let united = Quad { graph_name: GraphName::DefaultGraph, ..quad.clone() };
            for quad in [quad, united] {
                graphs.insert(&quad).map_err(|error| unreadable(&place, &error.to_string()))?;
            }
        }
    }
    Ok(graphs)
}

fn document(quads: &[Quad]) -> Option<NamedNode> {
    let class = Term::from(NamedNode::new_unchecked(zeren::iri::term("Document")));
    let typed = quads.iter().find(|quad| quad.predicate == rdf::TYPE && quad.object == class)?;
    NamedNode::new(typed.subject.to_string().trim_matches(['<', '>'])).ok()
}

fn unreadable(place: &str, words: &str) -> Failure {
    Failure::Usage { place: place.to_owned(), what: Message::new(words, words), hint: None }
}
