//! The names of a segment: what its statements say that things are called, written one after another beside it.
//!
//! A text that names hold is found in them in one pass, where the index itself would have to be asked for every thing and
//! every name. The file follows from the segment and may be deleted at any time; without it queries take longer.

use std::collections::BTreeSet;
use std::fs::File;
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

use aho_corasick::AhoCorasick;
use oxigraph::model::{Literal, NamedNode, NamedNodeRef, NamedOrBlankNode, Term};

use super::order::Order;
use super::stack::{Layer, Stack};
use super::{Index, dataset, named};
use crate::packed::split;
use crate::store::StoreError;
use crate::store::durable::{UNFINISHED, share};

/// The properties that say what a thing is called.
pub(crate) const NAMING: [&str; 3] = [
    "http://www.w3.org/2000/01/rdf-schema#label",
    "http://www.w3.org/2004/02/skos/core#altLabel",
    "http://www.w3.org/2004/02/skos/core#prefLabel",
];

/// What the file begins with; the number is that of its form.
const MARK: &[u8; 16] = b"zeren names   1\n";
/// Length of the beginning in bytes: the mark, length and check sum of the segment, and the length of this file.
const HEAD: usize = 16 + 8 + 4 + 8;
/// How many names a text may be found in where each is handed over: the engine begins with no more of them.
const MOST: usize = 128;
/// How many names a text may be found in where their things are looked up: of more, all are asked for as quickly.
const MANY: usize = 8192;
/// How many bytes of names are checked and searched at a time, but for a last name.
const BLOCK: usize = 1 << 18;

/// Where the names of a segment stand.
pub(super) fn path(segment: &Path) -> PathBuf {
    segment.with_extension("names")
}

/// Writes the names of those segments of a stack that have none. That they cannot be written harms nothing.
pub(super) fn complete(stack: &Stack) {
    for layer in stack.layers.iter().filter(|layer| !matches!(open(layer), Ok(Some(_)))) {
        if write(stack, layer).is_err() {
            return;
        }
    }
}

/// Writes the names of a segment.
fn write(stack: &Stack, layer: &Layer) -> Result<(), StoreError> {
    let path = path(layer.segment.path());
    let failed = |error: io::Error| StoreError::io(&path)(error);
    let mut numbers = BTreeSet::new();
    for property in NAMING {
        let Some(property) = stack.number(&named(property))? else { continue };
        let mut rows = layer.segment.all_rows(Order::Posg);
        rows.seek(&layer.segment, &[property, 0, 0, 0])?;
        while let Some([found, name, ..]) = rows.row(&layer.segment)?
            && found == property
        {
            numbers.insert(name);
            let Some(next) = name.checked_add(1) else { break };
            rows.seek(&layer.segment, &[property, next, 0, 0])?;
        }
    }
    let (mut bytes, mut block) = (Vec::new(), Vec::new());
    for number in numbers {
        let Some(segment) = stack.segment_of(number) else { continue };
        segment.term(number, |name| block.extend_from_slice(name.as_bytes()))?;
        block.push(b'\n');
        if block.len() >= BLOCK {
            end(&mut bytes, &mut block);
        }
    }
    end(&mut bytes, &mut block);
    let dir = path.parent().unwrap_or(Path::new("."));
    let mut file = tempfile::Builder::new().prefix(UNFINISHED).tempfile_in(dir).map_err(failed)?;
    file.write_all(&head(layer, bytes.len())).and_then(|()| file.write_all(&bytes)).map_err(failed)?;
    share(file.as_file()).map_err(failed)?;
    file.persist(&path).map(drop).map_err(|error| failed(error.error))
}

/// Adds a block to others: its length, its check sum and its names.
fn end(bytes: &mut Vec<u8>, block: &mut Vec<u8>) {
    if let Some(length) = u32::try_from(block.len()).ok().filter(|length| *length > 0) {
        bytes.extend(length.to_le_bytes());
        bytes.extend(crc32fast::hash(block).to_le_bytes());
        bytes.append(block);
    }
}

/// What the file of a segment's names begins with, which has so many bytes more.
fn head(layer: &Layer, rest: usize) -> Vec<u8> {
    let (length, sum) = layer.segment.state;
    let all = HEAD as u64 + rest as u64;
    [&MARK[..], &length.to_le_bytes(), &sum.to_le_bytes(), &all.to_le_bytes()].concat()
}

/// Opens the names of a segment; none where there are none, or those of another.
fn open(layer: &Layer) -> io::Result<Option<File>> {
    let mut file = match File::open(path(layer.segment.path())) {
        Ok(file) => file,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(error),
    };
    let length = file.metadata()?.len();
    let mut begin = Vec::with_capacity(HEAD);
    Read::take(&mut file, HEAD as u64).read_to_end(&mut begin)?;
    let rest = usize::try_from(length).unwrap_or(usize::MAX).saturating_sub(HEAD);
    Ok((begin == head(layer, rest)).then_some(file))
}

/// Whether the names of a segment are as they were written, or are not there.
pub(super) fn is_whole(layer: &Layer) -> bool {
    let nothing = AhoCorasick::new(["\n"]);
    matches!(open(layer), Ok(None))
        || nothing.is_ok_and(|wanted| search(layer, &wanted, MOST, &mut BTreeSet::new()).is_some())
}

/// Adds those names of a segment that hold a text; none where its names are missing or damaged, or too many hold it.
fn search(layer: &Layer, wanted: &AhoCorasick, most: usize, found: &mut BTreeSet<String>) -> Option<()> {
    let mut file = open(layer).ok()??;
    let mut block = Vec::new();
    loop {
        let mut before = [0; 8];
        if file.read(&mut before[..1]).ok()? == 0 {
            return Some(());
        }
        file.read_exact(&mut before[1..]).ok()?;
        let mut numbers = &before[..];
        let length = u32::from_le_bytes(split(&mut numbers, 4)?.try_into().ok()?);
        let sum = u32::from_le_bytes(numbers.try_into().ok()?);
        block.clear();
        Read::take(&mut file, u64::from(length)).read_to_end(&mut block).ok()?;
        // none is empty
        if length == 0 || block.len() != length as usize || crc32fast::hash(&block) != sum {
            return None;
        }
        if wanted.is_match(&block) {
            let names = block.split(|byte| *byte == b'\n').filter(|name| wanted.is_match(name));
            found.extend(names.filter_map(|name| String::from_utf8(name.to_vec()).ok()));
            if found.len() > most {
                return None;
            }
        }
    }
}

impl Index {
    /// What hold a text of all that things are called; perhaps some more, each once. None where that cannot be told sooner
    /// than by asking for each.
    pub(crate) fn named(&self, text: &str) -> Option<Vec<Term>> {
        Some(self.names(text, MOST)?.iter().map(|name| dataset::read(name)).collect())
    }

    /// What has a name that holds a text, and perhaps some more, each once. None where that cannot be told sooner than by
    /// asking for each.
    pub(crate) fn bearers(&self, text: &str) -> Option<Vec<Term>> {
        let mut found = BTreeSet::new();
        let properties = NAMING.map(NamedNodeRef::new_unchecked);
        for name in self.names(text, MANY)? {
            let name = dataset::read(&name);
            for property in properties {
                for quad in self.quads(None, Some(property), Some(name.as_ref()), None) {
                    match quad.ok()?.subject {
                        NamedOrBlankNode::NamedNode(node) => found.insert(node.into_string()),
                        // it has no name in a query
                        NamedOrBlankNode::BlankNode(_) => return None,
                    };
                }
            }
        }
        (found.len() <= MANY).then(|| found.into_iter().map(|node| NamedNode::new_unchecked(node).into()).collect())
    }

    /// The names that hold a text, as they are written, at most so many.
    fn names(&self, text: &str, most: usize) -> Option<BTreeSet<String>> {
        // as it would be written it is not found in what is written
        if text.is_empty() || Literal::from(text).to_string() != format!("\"{text}\"") {
            return None;
        }
        let wanted = AhoCorasick::new([text]).ok()?;
        let mut found = BTreeSet::new();
        for layer in &self.0.stack.layers {
            search(layer, &wanted, most, &mut found)?;
        }
        for property in NAMING {
            let Some(property) = self.0.number(&named(property)).ok()? else { continue };
            let rows = self.0.overlay.rows(Order::Posg);
            let from = rows.partition_point(|row| row[0] < property);
            for [_, name, ..] in rows.iter().skip(from).take_while(|row| row[0] == property) {
                let name = self.0.token(*name, str::to_owned).ok()?;
                if wanted.is_match(&name) {
                    found.insert(name);
                }
            }
        }
        (found.len() <= most).then_some(found)
    }
}
