//! What was read, graph by graph, where it takes no memory: in a temporary file.
//!
//! Nothing can be stored before all of a file was read, as its last line may be wrong, and the statements of a graph may stand
//! anywhere in it. So each graph gathers its statements; when all have gathered much, they go to the file as blocks.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Read, Seek as _, SeekFrom, Write as _};
use std::sync::{Mutex, PoisonError};

use oxigraph::io::RdfParser;
use oxigraph::model::{GraphName, NamedNode, NamedNodeRef, Quad};
use tempfile::SpooledTempFile;
use zstd::bulk::{Compressor, decompress};

use super::parse::{self, Run, Runs, push_line};
use super::{LoadError, name_blank_nodes, own, stray};
use crate::graph::{DocumentGraph, Format};
use crate::iri;
use crate::parallel::{in_parallel, shares};
use crate::store::{Preparation, Prepared, SourceInfo};

/// How many bytes of statements are gathered before they go to the file.
const GATHERED: usize = 64 << 20;
/// As many bytes of the file stay in memory: what is short needs none.
const IN_MEMORY: usize = 16 << 20;
/// How much blocks are compressed: a tenth of the length is reached at once.
const LEVEL: i32 = 1;

/// Graphs that were read, in a temporary file that goes with it.
pub struct Spool {
    file: Mutex<SpooledTempFile>,
    /// Where the next block begins.
    end: u64,
    gathered: usize,
}

/// A graph that was read.
#[derive(Debug)]
pub struct Graph {
    name: String,
    is_document: bool,
    has_blank_nodes: bool,
    blocks: Vec<Block>,
}

/// A piece of the temporary file.
#[derive(Clone, Copy, Debug)]
struct Block {
    start: u64,
    packed: usize,
    length: usize,
}

/// What was read of a graph so far.
#[derive(Debug, Default)]
pub(super) struct Gathered {
    has_blank_nodes: bool,
    documents: BTreeSet<String>,
    blocks: Vec<Block>,
    waiting: String,
}

/// A graph as sorted N-Quads.
struct Sorted {
    nquads: String,
    statements: usize,
    info: SourceInfo,
}

impl Graph {
    /// IRI of the graph.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Whether it is the graph of a document.
    pub fn is_document(&self) -> bool {
        self.is_document
    }
}

impl Gathered {
    fn add(&mut self, run: Run) {
        self.has_blank_nodes |= run.has_blank_nodes;
        self.documents.extend(run.documents);
        if self.waiting.is_empty() {
            self.waiting = run.text;
        } else {
            self.waiting.push_str(&run.text);
        }
    }

    fn append(&mut self, other: Self) {
        self.has_blank_nodes |= other.has_blank_nodes;
        self.documents.extend(other.documents);
        self.blocks.extend(other.blocks);
    }

    fn is_empty(&self) -> bool {
        self.blocks.is_empty()
    }

    fn named(self, name: String) -> Graph {
        // the description of the whole is ours too
        let is_document = name == iri::dataset() || self.documents.contains(&name);
        Graph { name, is_document, has_blank_nodes: self.has_blank_nodes, blocks: self.blocks }
    }
}

impl Default for Spool {
    fn default() -> Self {
        Self::gathering(GATHERED)
    }
}

impl Spool {
    pub(super) fn gathering(gathered: usize) -> Self {
        Self { file: Mutex::new(SpooledTempFile::new(IN_MEMORY)), end: 0, gathered }
    }

    /// Reads RDF, all of it or none. Statements outside named graphs go to the graph `into`, else to that of the document
    /// that they are about. Returns the graphs in the order of their names.
    ///
    /// Memory is taken by the number of graphs and not by their length. The library keeps a JSON-LD object until it has
    /// all of it.
    ///
    /// # Errors
    ///
    /// [`LoadError`], if the text cannot be read or a statement has no graph to go to.
    pub fn read(&mut self, input: impl Read, format: Format, into: Option<&str>) -> Result<Vec<Graph>, LoadError> {
        let end = self.end;
        let graphs = self.gather(input, format, into);
        if graphs.is_err() {
            // what comes next takes its place
            self.end = end;
        }
        graphs
    }

    fn gather(&mut self, input: impl Read, format: Format, into: Option<&str>) -> Result<Vec<Graph>, LoadError> {
        let mut named: BTreeMap<String, Gathered> = BTreeMap::new();
        let mut unnamed = Gathered::default();
        let (mut length, mut has_nameless) = (0, false);
        parse::each(input, format, |runs: Runs| {
            for (graph, run) in runs.into_runs() {
                length += run.text.len();
                match graph {
                    GraphName::NamedNode(name) => named.entry(name.into_string()).or_default().add(run),
                    GraphName::DefaultGraph => unnamed.add(run),
                    // an error of syntax comes first
                    GraphName::BlankNode(_) => has_nameless = true,
                }
            }
            if length >= self.gathered {
                length = 0;
                self.put(named.values_mut().chain([&mut unnamed]))?;
            }
            Ok(())
        })?;
        self.put(named.values_mut().chain([&mut unnamed]))?;
        if has_nameless {
            return Err(LoadError::NamelessGraph);
        }
        if let Some(name) = into {
            NamedNode::new(name).map_err(|_| LoadError::BadName { name: name.to_owned() })?;
            if !unnamed.is_empty() {
                named.entry(name.to_owned()).or_default().append(unnamed);
            }
        } else if named.is_empty() {
            let name = match unnamed.documents.first() {
                None => return Err(LoadError::NoDocument),
                Some(name) if unnamed.documents.len() == 1 => name.clone(),
                Some(_) => return Err(LoadError::SeveralDocuments { count: unnamed.documents.len() }),
            };
            named.insert(name, unnamed);
        } else if !unnamed.is_empty() {
            // the rest is their union, as some servers write it
            let named: Vec<&Gathered> = named.values().collect();
            let count = stray::count(&unnamed, &named, |part, see| self.lines(part, see))?;
            if count > 0 {
                return Err(LoadError::Stray { count });
            }
        }
        Ok(named.into_iter().map(|(name, gathered)| gathered.named(name)).collect())
    }

    /// Puts what waits into the file.
    fn put<'a>(&mut self, all: impl Iterator<Item = &'a mut Gathered>) -> Result<(), LoadError> {
        let mut all: Vec<&mut Gathered> = all.filter(|gathered| !gathered.waiting.is_empty()).collect();
        let texts: Vec<String> = all.iter_mut().map(|gathered| std::mem::take(&mut gathered.waiting)).collect();
        let packed = in_parallel(&shares(&texts), |texts| -> io::Result<Vec<Vec<u8>>> {
            let mut compressor = Compressor::new(LEVEL)?;
            texts.iter().map(|text| compressor.compress(text.as_bytes())).collect()
        });
        let packed = packed.into_iter().collect::<io::Result<Vec<_>>>().map_err(LoadError::Spool)?;
        let file = self.file.get_mut().unwrap_or_else(PoisonError::into_inner);
        file.seek(SeekFrom::Start(self.end)).map_err(LoadError::Spool)?;
        for ((gathered, text), packed) in all.into_iter().zip(&texts).zip(packed.into_iter().flatten()) {
            file.write_all(&packed).map_err(LoadError::Spool)?;
            gathered.blocks.push(Block { start: self.end, packed: packed.len(), length: text.len() });
            self.end += packed.len() as u64;
        }
        Ok(())
    }

    fn block(&self, block: Block) -> Result<Vec<u8>, LoadError> {
        let mut packed = vec![0; block.packed];
        let mut read = || {
            let mut file = self.file.lock().unwrap_or_else(PoisonError::into_inner);
            file.seek(SeekFrom::Start(block.start))?;
            file.read_exact(&mut packed)
        };
        read().and_then(|()| decompress(&packed, block.length)).map_err(LoadError::Spool)
    }

    /// Hands over each line of what was gathered.
    fn lines(&self, gathered: &Gathered, see: &mut dyn FnMut(&[u8])) -> Result<(), LoadError> {
        for block in &gathered.blocks {
            self.block(*block)?.split(|byte| *byte == b'\n').filter(|line| !line.is_empty()).for_each(&mut *see);
        }
        Ok(())
    }

    fn sorted(&self, graph: &Graph) -> Result<Sorted, LoadError> {
        let mut text = Vec::with_capacity(graph.blocks.iter().map(|block| block.length).sum());
        for block in &graph.blocks {
            text.extend(self.block(*block)?);
        }
        let mut text = String::from_utf8(text).map_err(|error| LoadError::Spool(io::Error::other(error)))?;
        if graph.has_blank_nodes {
            let mut quads = quads(&nquads(&text.lines().collect::<Vec<_>>(), &graph.name), Format::NQuads)?;
            name_blank_nodes(&graph.name, &mut quads);
            text.clear();
            for quad in &quads {
                push_line(&mut text, quad);
            }
        }
        let mut lines: Vec<&str> = text.lines().collect();
        // so are most that are read: the project writes them in this order
        if !lines.is_sorted_by(|a, b| a < b) {
            lines.sort_unstable();
            lines.dedup();
        }
        let info = own::described(&graph.name, &lines);
        Ok(Sorted { nquads: nquads(&lines, &graph.name), statements: lines.len(), info })
    }

    /// The statements of a graph.
    ///
    /// # Errors
    ///
    /// [`LoadError::Spool`], if the temporary file cannot be read.
    pub fn graph(&self, graph: &Graph) -> Result<DocumentGraph, LoadError> {
        let quads = quads(&self.sorted(graph)?.nquads, Format::NQuads)?;
        Ok(DocumentGraph { document: graph.name.clone(), quads })
    }

    /// Makes a graph ready to be stored.
    ///
    /// # Errors
    ///
    /// [`LoadError::Spool`], if the temporary file cannot be read.
    pub fn prepare(&self, graph: &Graph, preparation: Preparation) -> Result<Prepared<'static>, LoadError> {
        let Sorted { nquads, statements, info } = self.sorted(graph)?;
        let quads = if preparation.needs_statements() { quads(&nquads, Format::NQuads)? } else { Vec::new() };
        Ok(preparation.of_sorted(&graph.name, info, nquads, statements, quads))
    }

    /// How many statements a graph has, each once.
    ///
    /// # Errors
    ///
    /// [`LoadError::Spool`], if the temporary file cannot be read.
    pub fn count(&self, graph: &Graph) -> Result<usize, LoadError> {
        Ok(self.sorted(graph)?.statements)
    }
}

#[cfg(test)]
impl Spool {
    /// What the store will note of a graph.
    pub(super) fn sorted_info(&self, graph: &Graph) -> SourceInfo {
        self.sorted(graph).map(|sorted| sorted.info).unwrap_or_default()
    }
}

/// Statements with the graph that they are in.
fn nquads(lines: &[&str], graph: &str) -> String {
    let end = format!(" {} .\n", NamedNodeRef::new_unchecked(graph));
    let mut text = String::with_capacity(lines.iter().map(|line| line.len() + end.len()).sum());
    for line in lines {
        text.push_str(line);
        text.push_str(&end);
    }
    text
}

/// Statements as they were written here: if they cannot be read, the file is wrong, not what the user wrote.
fn quads(text: &str, format: Format) -> Result<Vec<Quad>, LoadError> {
    let parser = RdfParser::from_format(format.to_oxigraph()).for_slice(text);
    parser.collect::<Result<_, _>>().map_err(|error| LoadError::Spool(io::Error::other(error)))
}
