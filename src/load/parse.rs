//! RDF of any length as statements by their graphs, some at a time.

use std::io::{self, BufReader, Read};

use oxigraph::io::{RdfParser, RdfSyntaxError};
use oxigraph::model::{GraphName, NamedOrBlankNode, Quad, Term};
use rustc_hash::FxHashMap;

use super::{LoadError, is_document};
use crate::graph::Format;
use crate::parallel::{in_parallel, threads};

/// How many bytes of lines are read at a time.
const PART: usize = 1 << 20;
/// How many parts each thread reads before they are taken.
const EACH: usize = 2;

/// Statements of one graph, in their order.
#[derive(Debug, Default)]
pub(super) struct Run {
    /// Each as subject, predicate and object of N-Triples on a line of its own.
    pub(super) text: String,
    pub(super) has_blank_nodes: bool,
    /// What they say of that it is a document, if it may be that of the graph.
    pub(super) documents: Vec<String>,
}

/// Statements by their graphs.
#[derive(Debug, Default)]
pub(super) struct Runs {
    all: Vec<(GraphName, Run)>,
    places: FxHashMap<GraphName, usize>,
    /// The place of the run that grew last.
    last: usize,
    /// Length of all texts, in bytes.
    length: usize,
}

impl Runs {
    fn add(&mut self, quad: &Quad) {
        if self.all.get(self.last).is_none_or(|(graph, _)| *graph != quad.graph_name) {
            self.last = *self.places.entry(quad.graph_name.clone()).or_insert_with(|| {
                self.all.push((quad.graph_name.clone(), Run::default()));
                self.all.len() - 1
            });
        }
        let Some((graph, run)) = self.all.get_mut(self.last) else { return };
        let before = run.text.len();
        push_line(&mut run.text, quad);
        self.length += run.text.len() - before;
        run.has_blank_nodes |=
            matches!(quad.subject, NamedOrBlankNode::BlankNode(_)) || matches!(quad.object, Term::BlankNode(_));
        if is_document(quad)
            && let NamedOrBlankNode::NamedNode(node) = &quad.subject
            && (graph.is_default_graph() || matches!(graph, GraphName::NamedNode(name) if name == node))
        {
            run.documents.push(node.as_str().to_owned());
        }
    }

    pub(super) fn into_runs(self) -> Vec<(GraphName, Run)> {
        self.all
    }
}

/// Writes a statement without its graph.
pub(super) fn push_line(text: &mut String, quad: &Quad) {
    use std::fmt::Write as _;
    let _ = writeln!(text, "{} {} {}", quad.subject, quad.predicate, quad.object);
}

/// Reads RDF and hands over what it states, some at a time, in its order within each graph. Lines are read on as many
/// threads as there are processors.
pub(super) fn each(
    input: impl Read,
    format: Format,
    mut take: impl FnMut(Runs) -> Result<(), LoadError>,
) -> Result<(), LoadError> {
    if !matches!(format, Format::NQuads | Format::NTriples) {
        let mut runs = Runs::default();
        for quad in RdfParser::from_format(format.to_oxigraph()).for_reader(BufReader::new(input)) {
            runs.add(&quad?);
            if runs.length >= PART {
                take(std::mem::take(&mut runs))?;
            }
        }
        return take(runs);
    }
    let mut parts = Parts { input, rest: Vec::new() };
    let mut lines = 0;
    loop {
        let mut group = Vec::new();
        while group.len() < threads() * EACH
            && let Some(part) = parts.next().map_err(LoadError::Read)?
        {
            group.push(part);
        }
        if group.is_empty() {
            return Ok(());
        }
        for (runs, count) in in_parallel(&group, |part| (parsed(part, format), jumps(part))) {
            take(runs.map_err(|error| LoadError::syntax(&error, lines))?)?;
            lines += count;
        }
    }
}

fn parsed(part: &[u8], format: Format) -> Result<Runs, RdfSyntaxError> {
    let mut runs = Runs::default();
    for quad in RdfParser::from_format(format.to_oxigraph()).for_slice(part) {
        runs.add(&quad?);
    }
    Ok(runs)
}

/// How many lines end in a part.
fn jumps(part: &[u8]) -> u64 {
    part.iter().zip(part.iter().skip(1).chain([&0])).filter(|(byte, next)| ends_line(**byte, **next)).count() as u64
}

/// Whether a line ends between two bytes: behind `\n`, `\r\n` or `\r`, none of which stands within a statement.
fn ends_line(byte: u8, next: u8) -> bool {
    byte == b'\n' || byte == b'\r' && next != b'\n'
}

/// A text of lines in parts of whole lines.
struct Parts<R> {
    input: R,
    /// What was read of the next part.
    rest: Vec<u8>,
}

impl<R: Read> Parts<R> {
    fn next(&mut self) -> io::Result<Option<Vec<u8>>> {
        let mut part = std::mem::take(&mut self.rest);
        loop {
            let seen = part.len();
            part.reserve_exact(PART);
            if self.input.by_ref().take(PART as u64).read_to_end(&mut part)? == 0 {
                return Ok(Some(part).filter(|part| !part.is_empty()));
            }
            // what follows the last byte is not known yet
            let new = part.get(seen.saturating_sub(1)..).unwrap_or_default();
            let ends = new.iter().zip(new.iter().skip(1)).rposition(|(byte, next)| ends_line(*byte, *next));
            let is_ended = part.last() == Some(&b'\n');
            if is_ended {
                return Ok(Some(part));
            }
            if let Some(at) = ends {
                self.rest = part.split_off(seen.saturating_sub(1) + at + 1);
                return Ok(Some(part));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_are_of_whole_lines_however_these_end() {
        for end in ["\n", "\r\n", "\r"] {
            let line = |number: usize| format!("<a:a> <a:b> \"{number}{}\" .{end}", "x".repeat(number % 700));
            let text: String = (0..9000).map(line).collect::<String>() + &"y".repeat(3 * PART) + end + "z";
            let mut parts = Parts { input: text.as_bytes(), rest: Vec::new() };
            let (mut all, mut count, mut lines) = (Vec::<u8>::new(), 0, 0);
            while let Some(part) = parts.next().unwrap() {
                all.extend(&part);
                count += 1;
                lines += jumps(&part);
                assert!(all.len() == text.len() || part.ends_with(end.as_bytes()), "{end:?}");
            }
            assert!(all == text.as_bytes() && count > 4, "{end:?}: {count} parts");
            assert_eq!(lines, 9001, "{end:?}");
        }
    }
}
