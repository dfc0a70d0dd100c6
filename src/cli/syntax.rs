//! The syntaxes of RDF as arguments.

use std::path::Path;

use clap::ValueEnum;
use zeren::graph::Format;

/// A syntax of RDF.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Syntax {
    /// N-Quads, which keeps the names of graphs
    Nquads,
    /// TriG, which keeps the names of graphs
    Trig,
    /// JSON-LD, which keeps the names of graphs
    Jsonld,
    /// Turtle
    Turtle,
    /// N-Triples
    Ntriples,
    /// RDF/XML
    Rdfxml,
}

impl Syntax {
    pub(super) fn format(self) -> Format {
        match self {
            Self::Nquads => Format::NQuads,
            Self::Trig => Format::TriG,
            Self::Jsonld => Format::JsonLd,
            Self::Turtle => Format::Turtle,
            Self::Ntriples => Format::NTriples,
            Self::Rdfxml => Format::RdfXml,
        }
    }

    /// The syntax by the ending of a file's name.
    pub(super) fn of_path(path: &Path) -> Option<Format> {
        let ending = path.extension()?.to_str()?.to_ascii_lowercase();
        match ending.as_str() {
            "xml" | "owl" => Some(Format::RdfXml),
            "json" => Some(Format::JsonLd),
            ending => Format::parse(ending).ok(),
        }
    }
}
