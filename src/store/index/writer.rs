//! Writes a segment of the index: its terms, how they are found, then the statements in each order.

use std::path::Path;

use tempfile::NamedTempFile;

use super::block::{self, ROWS, TERMS, Terms};
use super::documents::Documents;
use super::order::{Order, Row};
use super::output::Output;
use super::tree::{Block, Growing, Tree};
use crate::packed::{put, split, take};
use crate::store::StoreError;

/// What a segment begins and ends with; the number is that of its form.
pub(super) const MARK: &[u8; 16] = b"zeren index   2\n";
/// Length of the end of a segment in bytes: the length of its contents, their check sum and the mark.
pub(super) const END: usize = 4 + 4 + 16;

/// What a term is found by: a sum of its bytes, and its number.
pub(super) type Lookup = [u32; 2];

/// What a term is found by.
pub(super) fn lookup(term: &str) -> u32 {
    crc32fast::hash(term.as_bytes())
}

/// What a segment holds, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Contents {
    /// How many terms the segments below have: the number of the first one here.
    pub(super) first: u32,
    /// How many terms there are.
    pub(super) terms: u32,
    /// How many statements there are.
    pub(super) rows: u64,
    pub(super) documents: Block,
    pub(super) dictionary: Tree,
    pub(super) lookups: Tree,
    pub(super) orders: [Tree; 4],
}

/// Rows that are written as one block.
pub(super) struct Encoded<const W: usize> {
    head: [u32; W],
    bytes: Vec<u8>,
    sum: u32,
}

/// The blocks of sorted rows.
pub(super) fn encoded<const W: usize>(rows: &[[u32; W]]) -> Vec<Encoded<W>> {
    let block = |rows: &[[u32; W]]| {
        let bytes = block::encode_rows(rows);
        Some(Encoded { head: *rows.first()?, sum: crc32fast::hash(&bytes), bytes })
    };
    rows.chunks(ROWS).filter_map(block).collect()
}

/// Rows of a section that follow one another.
struct Leaves<const W: usize> {
    rows: Vec<[u32; W]>,
    tree: Growing,
}

impl<const W: usize> Leaves<W> {
    fn new() -> Self {
        Self { rows: Vec::new(), tree: Growing::new(W) }
    }

    fn row(&mut self, out: &mut Output, row: [u32; W]) -> Result<(), StoreError> {
        self.rows.push(row);
        if self.rows.len() == ROWS { self.end(out) } else { Ok(()) }
    }

    fn end(&mut self, out: &mut Output) -> Result<(), StoreError> {
        for block in encoded(&self.rows) {
            self.block(out, &block)?;
        }
        self.rows.clear();
        Ok(())
    }

    fn block(&mut self, out: &mut Output, rows: &Encoded<W>) -> Result<(), StoreError> {
        let block = out.block_of(&rows.bytes, rows.sum)?;
        self.tree.push(out, block, &rows.head)
    }

    fn finish(&mut self, out: &mut Output) -> Result<Tree, StoreError> {
        self.end(out)?;
        self.tree.finish(out)
    }
}

/// A segment that is being written.
pub(super) struct Writer {
    out: Output,
    first: u32,
    terms: u32,
    rows: u64,
    block: Terms,
    dictionary: Growing,
    lookups: Leaves<2>,
    orders: [Leaves<4>; 4],
}

impl Writer {
    /// Begins a segment beside the place where it will stand; `first` is the number of its first term.
    pub(super) fn new(path: &Path, first: u32) -> Result<Self, StoreError> {
        let mut out = Output::new(path)?;
        out.write(MARK)?;
        let orders = Order::ALL.map(|_| Leaves::new());
        let (dictionary, lookups) = (Growing::new(0), Leaves::new());
        Ok(Self { out, first, terms: 0, rows: 0, block: Terms::default(), dictionary, lookups, orders })
    }

    /// Adds the next term, and returns its number.
    pub(super) fn term(&mut self, term: &str) -> Result<u32, StoreError> {
        let too_many = || self.out.too_large("more than 4,294,967,295 terms");
        let number = self.first.checked_add(self.terms).filter(|number| *number < u32::MAX).ok_or_else(too_many)?;
        self.terms += 1;
        self.block.push(term);
        if self.block.len() == TERMS {
            self.end_terms()?;
        }
        Ok(number)
    }

    fn end_terms(&mut self) -> Result<(), StoreError> {
        if self.block.len() > 0 {
            let block = self.out.block(&self.block.encode())?;
            self.dictionary.push(&mut self.out, block, &[])?;
            self.block.clear();
        }
        Ok(())
    }

    /// Adds what the next term is found by, after all terms; they are sorted.
    pub(super) fn lookup(&mut self, lookup: Lookup) -> Result<(), StoreError> {
        self.lookups.row(&mut self.out, lookup)
    }

    /// Adds the next row of an order, after all terms; those of an order are sorted.
    pub(super) fn row(&mut self, order: Order, row: Row) -> Result<(), StoreError> {
        // each statement is in every order
        self.rows += u64::from(order == Order::Spog);
        let Some(leaves) = self.orders.get_mut(order.place()) else { return Ok(()) };
        leaves.row(&mut self.out, row)
    }

    /// Adds all rows of an order.
    pub(super) fn rows(&mut self, order: Order, count: usize, blocks: &[Encoded<4>]) -> Result<(), StoreError> {
        self.rows = count as u64;
        let Some(leaves) = self.orders.get_mut(order.place()) else { return Ok(()) };
        blocks.iter().try_for_each(|block| leaves.block(&mut self.out, block))
    }

    /// Writes what the segment holds, and returns its file, which lasts once it is put into its place.
    pub(super) fn finish(mut self, documents: &Documents) -> Result<NamedTempFile, StoreError> {
        self.end_terms()?;
        let out = &mut self.out;
        let [first, second, third, last] = &mut self.orders;
        let contents = Contents {
            first: self.first,
            terms: self.terms,
            rows: self.rows,
            dictionary: self.dictionary.finish(out)?,
            lookups: self.lookups.finish(out)?,
            orders: [first.finish(out)?, second.finish(out)?, third.finish(out)?, last.finish(out)?],
            documents: out.block(&documents.encode())?,
        };
        let contents = contents.encode();
        out.write(&contents)?;
        let length = u32::try_from(contents.len()).unwrap_or(u32::MAX);
        out.write(&length.to_le_bytes())?;
        out.write(&crc32fast::hash(&contents).to_le_bytes())?;
        out.write(MARK)?;
        self.out.finish()
    }
}

impl Contents {
    fn encode(&self) -> Vec<u8> {
        let mut bytes = Vec::new();
        put(&mut bytes, u64::from(self.first));
        put(&mut bytes, u64::from(self.terms));
        put(&mut bytes, self.rows);
        put(&mut bytes, self.documents.start);
        put(&mut bytes, u64::from(self.documents.length));
        bytes.extend_from_slice(&self.documents.sum.to_le_bytes());
        for tree in [&self.dictionary, &self.lookups].into_iter().chain(&self.orders) {
            tree.encode(&mut bytes);
        }
        bytes
    }

    /// None of bytes that no contents were written to.
    pub(super) fn decode(mut bytes: &[u8]) -> Option<Self> {
        let bytes = &mut bytes;
        let first = u32::try_from(take(bytes)?).ok()?;
        let terms = u32::try_from(take(bytes)?).ok()?;
        let rows = take(bytes)?;
        let start = take(bytes)?;
        let length = u32::try_from(take(bytes)?).ok()?;
        let sum = u32::from_le_bytes(split(bytes, 4)?.try_into().ok()?);
        let contents = Self {
            first,
            terms,
            rows,
            documents: Block { start, length, sum },
            dictionary: Tree::decode(bytes, 0)?,
            lookups: Tree::decode(bytes, 2)?,
            orders: [
                Tree::decode(bytes, 4)?,
                Tree::decode(bytes, 4)?,
                Tree::decode(bytes, 4)?,
                Tree::decode(bytes, 4)?,
            ],
        };
        (bytes.is_empty() && first.checked_add(terms).is_some()).then_some(contents)
    }
}
