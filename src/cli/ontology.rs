//! `zeren ontology`: the vocabulary and its shapes, to be read or to be loaded.

use std::path::PathBuf;

use clap::{Args, ValueEnum};
use zeren::diagnostic::Lang;
use zeren::graph::{ONTOLOGY_TURTLE, Ontology, SHAPES_TURTLE};
use zeren::render::ontology::{self, Demand};

use super::failure::Failure;
use super::{Done, output};

/// Forms of the vocabulary.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
enum Format {
    /// The vocabulary in OWL
    #[default]
    Turtle,
    /// What must hold of a graph, in SHACL
    Shapes,
    /// A page for readers
    Html,
}

#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// Form of the vocabulary
    #[arg(long, value_enum, default_value_t)]
    format: Format,
    /// Writes to a file instead of stdout
    #[arg(long, short, value_name = "FILE")]
    output: Option<PathBuf>,
}

pub(super) fn run(arguments: &Arguments, lang: Lang) -> Result<Done, Failure> {
    let content = match arguments.format {
        Format::Turtle => ONTOLOGY_TURTLE.as_bytes().to_vec(),
        Format::Shapes => SHAPES_TURTLE.as_bytes().to_vec(),
        Format::Html => page(lang)?,
    };
    match &arguments.output {
        Some(path) => output::file(path, &content)?,
        None => output::stdout(|out| out.write_all(&content))?,
    }
    Ok(Done::Well)
}

fn page(lang: Lang) -> Result<Vec<u8>, Failure> {
    let demands = Demand::shipped().map_err(Failure::shapes("ontology/shapes.ttl"))?;
    let mut page = Vec::new();
    ontology::html(&mut page, &Ontology::shipped(), &demands, lang).map_err(|error| Failure::write("stdout", error))?;
    Ok(page)
}
