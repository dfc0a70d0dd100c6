//! Writes an index: terms in the order of their bytes, then the rows of each order.

use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use tempfile::NamedTempFile;

use super::block::{self, ROWS, TERMS, Terms};
use super::order::{Order, Row};
use crate::store::StoreError;

/// What an index begins and ends with; the number is that of its form.
pub(super) const MARK: &[u8; 16] = b"zeren index   1\n";
/// Length of the end of an index in bytes: where its directory begins, its length, its check sum and the mark.
pub(super) const END: usize = 8 + 8 + 4 + 16;

/// A graph that an index holds, and the file that it was read from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Covered {
    /// IRI of the document.
    pub(super) document: String,
    /// Digest of the file.
    pub(super) digest: String,
    /// Length of the file in bytes, and when it was changed: seconds and nanoseconds since 1970.
    pub(super) stamp: Option<(u64, u64, u32)>,
    /// Number of statements.
    pub(super) quads: usize,
}

/// A block of an index.
#[derive(Clone, Copy, Debug)]
pub(super) struct Block {
    /// Where it begins, in bytes.
    pub(super) start: u64,
    /// Its length in bytes.
    pub(super) length: u32,
    /// Its check sum.
    pub(super) sum: u32,
}

/// Some blocks, and what each begins with.
#[derive(Debug)]
pub(super) struct Section<T> {
    pub(super) blocks: Vec<Block>,
    pub(super) heads: Vec<T>,
}

impl<T> Default for Section<T> {
    fn default() -> Self {
        Self { blocks: Vec::new(), heads: Vec::new() }
    }
}

/// What an index holds, and where.
#[derive(Debug, Default)]
pub(super) struct Directory {
    pub(super) documents: Vec<Covered>,
    /// How many terms there are.
    pub(super) terms: u32,
    pub(super) dictionary: Section<Box<str>>,
    pub(super) rows: [Section<Row>; 4],
}

/// Rows of an order that are written as one block.
pub(super) struct Rows {
    head: Row,
    bytes: Vec<u8>,
    sum: u32,
}

/// The blocks of sorted rows.
pub(super) fn encoded(rows: &[Row]) -> Vec<Rows> {
    let block = |rows: &[Row]| {
        let bytes = block::encode_rows(rows);
        Some(Rows { head: *rows.first()?, sum: crc32fast::hash(&bytes), bytes })
    };
    rows.chunks(ROWS).filter_map(block).collect()
}

/// An index that is being written.
pub(super) struct Writer {
    path: PathBuf,
    out: BufWriter<NamedTempFile>,
    at: u64,
    directory: Directory,
    terms: Terms,
    rows: Vec<Row>,
}

impl Writer {
    /// Begins an index beside the place where it will stand.
    pub(super) fn new(path: &Path) -> Result<Self, StoreError> {
        let dir = path.parent().unwrap_or(Path::new("."));
        let file = tempfile::Builder::new().prefix(".new-").tempfile_in(dir).map_err(StoreError::io(dir))?;
        let mut out = BufWriter::with_capacity(1 << 18, file);
        out.write_all(MARK).map_err(StoreError::io(path))?;
        let at = MARK.len() as u64;
        let directory = Directory::default();
        Ok(Self { path: path.to_owned(), out, at, directory, terms: Terms::default(), rows: Vec::new() })
    }

    /// Adds the next term.
    pub(super) fn term(&mut self, term: &str) -> Result<(), StoreError> {
        let too_many = || io::Error::new(io::ErrorKind::FileTooLarge, "more than 4,294,967,295 terms");
        self.directory.terms =
            self.directory.terms.checked_add(1).ok_or_else(|| StoreError::io(&self.path)(too_many()))?;
        self.terms.push(term);
        if self.terms.len() == TERMS { self.end_terms() } else { Ok(()) }
    }

    fn end_terms(&mut self) -> Result<(), StoreError> {
        let Some(head) = self.terms.get(0).map(Box::from) else { return Ok(()) };
        let bytes = self.terms.encode();
        let block = self.block(&bytes, crc32fast::hash(&bytes))?;
        self.directory.dictionary.blocks.push(block);
        self.directory.dictionary.heads.push(head);
        self.terms.clear();
        Ok(())
    }

    /// Adds the next row of an order; those of an order follow one another.
    pub(super) fn row(&mut self, order: Order, row: Row) -> Result<(), StoreError> {
        self.rows.push(row);
        if self.rows.len() == ROWS { self.end_rows(order) } else { Ok(()) }
    }

    /// Ends the rows of an order.
    pub(super) fn end_rows(&mut self, order: Order) -> Result<(), StoreError> {
        for block in encoded(&std::mem::take(&mut self.rows)) {
            self.rows(order, &block)?;
        }
        Ok(())
    }

    /// Adds the next rows of an order.
    pub(super) fn rows(&mut self, order: Order, rows: &Rows) -> Result<(), StoreError> {
        let block = self.block(&rows.bytes, rows.sum)?;
        if let Some(section) = self.directory.rows.get_mut(order.place()) {
            section.blocks.push(block);
            section.heads.push(rows.head);
        }
        Ok(())
    }

    fn block(&mut self, bytes: &[u8], sum: u32) -> Result<Block, StoreError> {
        let start = self.at;
        self.out.write_all(bytes).map_err(StoreError::io(&self.path))?;
        self.at += bytes.len() as u64;
        // a block has few and bounded entries, but a term may be of any length
        let length = u32::try_from(bytes.len())
            .map_err(|_| StoreError::io(&self.path)(io::Error::from(io::ErrorKind::FileTooLarge)))?;
        Ok(Block { start, length, sum })
    }

    /// Ends the terms: rows follow.
    pub(super) fn begin_rows(&mut self) -> Result<(), StoreError> {
        self.end_terms()
    }

    /// Writes what the index holds, and returns its file, which lasts once it is put into its place.
    pub(super) fn finish(mut self, documents: Vec<Covered>) -> Result<NamedTempFile, StoreError> {
        self.directory.documents = documents;
        let failed = StoreError::io(&self.path);
        let directory = match self.directory.encode() {
            Ok(directory) => directory,
            Err(error) => return Err(failed(error)),
        };
        let mut end = Vec::with_capacity(END);
        end.extend_from_slice(&self.at.to_le_bytes());
        end.extend_from_slice(&(directory.len() as u64).to_le_bytes());
        end.extend_from_slice(&crc32fast::hash(&directory).to_le_bytes());
        end.extend_from_slice(MARK);
        let written = self.out.write_all(&directory).and_then(|()| self.out.write_all(&end));
        match written.and_then(|()| self.out.into_inner().map_err(io::IntoInnerError::into_error)) {
            Ok(file) => Ok(file),
            Err(error) => Err(failed(error)),
        }
    }
}

impl Directory {
    fn encode(&self) -> io::Result<Vec<u8>> {
        let documents = serde_json::to_vec(&self.documents)?;
        let mut bytes = Vec::new();
        block::put(&mut bytes, documents.len() as u64);
        bytes.extend_from_slice(&documents);
        block::put(&mut bytes, u64::from(self.terms));
        encode_section(&mut bytes, &self.dictionary, |bytes, head| {
            block::put(bytes, head.len() as u64);
            bytes.extend_from_slice(head.as_bytes());
        });
        for section in &self.rows {
            encode_section(&mut bytes, section, |bytes, head| {
                bytes.extend(head.iter().flat_map(|term| term.to_le_bytes()));
            });
        }
        Ok(bytes)
    }

    /// None of bytes that no directory was written to.
    pub(super) fn decode(mut bytes: &[u8]) -> Option<Self> {
        let bytes = &mut bytes;
        let documents = usize::try_from(block::take(bytes)?).ok()?;
        let documents = serde_json::from_slice(split(bytes, documents)?).ok()?;
        let terms = u32::try_from(block::take(bytes)?).ok()?;
        let dictionary = decode_section(bytes, |bytes| {
            let length = usize::try_from(block::take(bytes)?).ok()?;
            Some(std::str::from_utf8(split(bytes, length)?).ok()?.into())
        })?;
        let mut rows: [Section<Row>; 4] = Default::default();
        for section in &mut rows {
            *section = decode_section(bytes, |bytes| {
                let mut row = Row::default();
                for term in &mut row {
                    *term = u32::from_le_bytes(split(bytes, 4)?.try_into().ok()?);
                }
                Some(row)
            })?;
        }
        bytes.is_empty().then_some(Self { documents, terms, dictionary, rows })
    }
}

fn encode_section<T>(bytes: &mut Vec<u8>, section: &Section<T>, head: impl Fn(&mut Vec<u8>, &T)) {
    block::put(bytes, section.blocks.len() as u64);
    block::put(bytes, section.blocks.first().map_or(0, |block| block.start));
    for (block, begin) in section.blocks.iter().zip(&section.heads) {
        block::put(bytes, u64::from(block.length));
        bytes.extend_from_slice(&block.sum.to_le_bytes());
        head(bytes, begin);
    }
}

fn decode_section<T>(bytes: &mut &[u8], head: impl Fn(&mut &[u8]) -> Option<T>) -> Option<Section<T>> {
    let count = block::take(bytes)?;
    // the blocks of a section follow one another
    let mut start = block::take(bytes)?;
    let mut section = Section::default();
    for _ in 0..count {
        let length = u32::try_from(block::take(bytes)?).ok()?;
        let sum = u32::from_le_bytes(split(bytes, 4)?.try_into().ok()?);
        section.blocks.push(Block { start, length, sum });
        section.heads.push(head(bytes)?);
        start = start.checked_add(u64::from(length))?;
    }
    Some(section)
}

fn split<'a>(bytes: &mut &'a [u8], length: usize) -> Option<&'a [u8]> {
    let (taken, rest) = bytes.split_at_checked(length)?;
    *bytes = rest;
    Some(taken)
}
