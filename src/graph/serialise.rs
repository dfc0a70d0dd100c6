//! Writes statements in the syntaxes of RDF.

use std::borrow::Borrow;
use std::io::{self, Write};

use oxigraph::io::{JsonLdProfileSet, RdfFormat, RdfSerializer};
use oxigraph::model::Quad;

use super::PREFIXES;

/// A syntax of RDF.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// Turtle, which drops the names of graphs.
    Turtle,
    /// N-Triples, which drops the names of graphs.
    NTriples,
    /// N-Quads.
    NQuads,
    /// TriG.
    TriG,
    /// RDF/XML, which drops the names of graphs.
    RdfXml,
    /// JSON-LD, streamed and so in expanded form.
    JsonLd,
}

/// The name of a syntax that is not known.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("unknown format `{0}`")]
pub struct UnknownFormat(
    /// The name.
    pub String,
);

impl Format {
    /// All syntaxes.
    pub const ALL: [Self; 6] = [Self::Turtle, Self::NTriples, Self::NQuads, Self::TriG, Self::RdfXml, Self::JsonLd];

    /// The stable name of the syntax.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Turtle => "turtle",
            Self::NTriples => "ntriples",
            Self::NQuads => "nquads",
            Self::TriG => "trig",
            Self::RdfXml => "rdfxml",
            Self::JsonLd => "jsonld",
        }
    }

    /// The usual ending of file names, without the dot.
    pub fn extension(self) -> &'static str {
        self.to_oxigraph().file_extension()
    }

    /// The media type, without parameters.
    pub fn media_type(self) -> &'static str {
        self.to_oxigraph().media_type()
    }

    /// Reads the stable name, the ending of file names or the media type.
    ///
    /// # Errors
    ///
    /// [`UnknownFormat`] for any other text.
    pub fn parse(text: &str) -> Result<Self, UnknownFormat> {
        let wanted = text.to_ascii_lowercase();
        Self::ALL
            .into_iter()
            .find(|format| [format.as_str(), format.extension(), format.media_type()].contains(&wanted.as_str()))
            .ok_or_else(|| UnknownFormat(text.to_owned()))
    }

    /// Whether the syntax keeps the names of graphs.
    pub fn has_graphs(self) -> bool {
        matches!(self, Self::NQuads | Self::TriG | Self::JsonLd)
    }

    /// The syntax as the RDF library names it.
    pub fn to_oxigraph(self) -> RdfFormat {
        match self {
            Self::Turtle => RdfFormat::Turtle,
            Self::NTriples => RdfFormat::NTriples,
            Self::NQuads => RdfFormat::NQuads,
            Self::TriG => RdfFormat::TriG,
            Self::RdfXml => RdfFormat::RdfXml,
            Self::JsonLd => RdfFormat::JsonLd { profile: JsonLdProfileSet::empty() },
        }
    }
}

/// Writes statements in the given order, with the project's prefixes where the syntax has such.
///
/// # Errors
///
/// What the writer refuses.
pub fn write_quads<W: Write>(
    quads: impl IntoIterator<Item = impl Borrow<Quad>>,
    format: Format,
    writer: W,
) -> io::Result<()> {
    let mut serializer = RdfSerializer::from_format(format.to_oxigraph());
    for &(prefix, namespace) in PREFIXES {
        serializer = serializer.with_prefix(prefix, namespace).map_err(io::Error::other)?;
    }
    let mut serializer = serializer.for_writer(writer);
    for quad in quads {
        let quad = quad.borrow();
        if format.has_graphs() {
            serializer.serialize_quad(quad)?;
        } else {
            serializer.serialize_triple(quad.as_ref())?;
        }
    }
    serializer.finish()?.flush()
}

/// Subject, predicate, object and graph of a line of N-Quads as [`super::DocumentGraph::to_nquads`] writes it.
pub(crate) fn nquads_parts(line: &str) -> Option<[&str; 4]> {
    let (statement, graph) = line.strip_suffix(" .")?.rsplit_once(' ')?;
    let (subject, rest) = statement.split_once(' ')?;
    let (predicate, object) = rest.split_once(' ')?;
    Some([subject, predicate, object, graph])
}

/// The entity tag of a graph with a digest; a weak one, for its bytes depend on the form that is asked for.
pub(crate) fn entity_tag(digest: &str) -> String {
    format!("W/\"{digest}\"")
}

#[cfg(test)]
mod tests {
    use oxigraph::io::RdfParser;

    use super::*;
    use crate::graph::DocumentGraph;

    #[test]
    fn every_syntax_keeps_every_statement() {
        let graph = DocumentGraph::new(&crate::sample::facts());
        for format in Format::ALL {
            let mut written = Vec::new();
            write_quads(&graph.quads, format, &mut written).unwrap();
            let read: Vec<Quad> =
                RdfParser::from_format(format.to_oxigraph()).for_slice(&written).collect::<Result<_, _>>().unwrap();
            let read = DocumentGraph::from_quads(&graph.document, read);
            assert_eq!(read.quads, graph.quads, "{}", format.as_str());
            assert_eq!(Format::parse(format.extension()), Ok(format));
            assert_eq!(Format::parse(format.media_type()), Ok(format));
        }
        assert_eq!(Format::parse("n3"), Err(UnknownFormat("n3".into())));
    }
}
