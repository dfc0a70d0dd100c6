//! A written segment of the index, read in place.

use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::block::{self, TERMS, Terms};
use super::cursor::Cursor;
use super::documents::Documents;
use super::kept::Kept;
use super::order::{Order, Row};
use super::tree::{Block, Page, Tree};
use super::writer::{Contents, END, Lookup, MARK};
use crate::store::StoreError;
use crate::store::stretch::read_at;

/// A written segment. Its blocks are read when they are needed, and each is checked against its sum.
#[derive(Debug)]
pub(super) struct Segment {
    path: PathBuf,
    file: File,
    /// Length of the file in bytes, and the check sum of its contents.
    pub(super) state: (u64, u32),
    pub(super) contents: Contents,
    pages: Kept<Page>,
    terms: Kept<Terms>,
    lookups: Kept<Vec<Lookup>>,
    rows: Kept<Vec<Row>>,
}

/// Which blocks of a section are kept, if any are.
pub(super) type Keep<const W: usize> = fn(&Segment) -> Option<&Kept<Vec<[u32; W]>>>;

impl Segment {
    /// Opens a segment; none if there is no such file or it has another form.
    pub(super) fn open(path: &Path) -> Result<Option<Self>, StoreError> {
        match File::open(path) {
            Ok(file) => Self::of(path, file),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(StoreError::io(path)(error)),
        }
    }

    /// Reads what a segment holds.
    pub(super) fn of(path: &Path, file: File) -> Result<Option<Self>, StoreError> {
        let failed = |error| StoreError::io(path)(error);
        let length = file.metadata().map_err(failed)?.len();
        let Some(end_at) = length.checked_sub(END as u64) else { return Ok(None) };
        let end = read_at(&file, end_at, END).map_err(failed)?;
        let Some((numbers, MARK)) = end.split_last_chunk() else { return Ok(None) };
        let number = |from: usize| Some(u32::from_le_bytes(numbers.get(from..from + 4)?.try_into().ok()?));
        let (Some(size), Some(sum)) = (number(0), number(4)) else { return Ok(None) };
        let Some(start) = end_at.checked_sub(u64::from(size)) else { return Ok(None) };
        let bytes = read_at(&file, start, size as usize).map_err(failed)?;
        if crc32fast::hash(&bytes) != sum {
            return Ok(None);
        }
        let Some(contents) = Contents::decode(&bytes) else { return Ok(None) };
        let rows: usize = contents.orders.iter().map(|tree| tree.blocks).sum();
        Ok(Some(Self {
            path: path.to_owned(),
            file,
            state: (length, sum),
            pages: Kept::new(rows),
            terms: Kept::new(contents.dictionary.blocks),
            lookups: Kept::new(contents.lookups.blocks),
            rows: Kept::new(rows),
            contents,
        }))
    }

    /// Where it stands.
    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    /// The number behind that of the last term.
    pub(super) fn end(&self) -> u32 {
        self.contents.first.saturating_add(self.contents.terms)
    }

    /// The graphs that it holds.
    pub(super) fn documents(&self) -> Result<Documents, StoreError> {
        Documents::decode(&self.read(&self.contents.documents)?).ok_or_else(|| self.damaged())
    }

    /// The rows of an order, in blocks that are kept.
    pub(super) fn rows(&self, order: Order) -> Cursor<4> {
        Cursor::new(self.order(order), |segment| Some(&segment.rows))
    }

    /// The rows of an order, to be read once.
    pub(super) fn all_rows(&self, order: Order) -> Cursor<4> {
        Cursor::new(self.order(order), |_| None)
    }

    /// What its terms are found by, to be read once.
    pub(super) fn all_lookups(&self) -> Cursor<2> {
        Cursor::new(self.contents.lookups, |_| None)
    }

    fn order(&self, order: Order) -> Tree {
        let [spog, posg, ospg, gpos] = self.contents.orders;
        match order {
            Order::Spog => spog,
            Order::Posg => posg,
            Order::Ospg => ospg,
            Order::Gpos => gpos,
        }
    }

    /// A block of rows; empty beyond the last.
    pub(super) fn leaf<const W: usize>(
        &self,
        tree: &Tree,
        place: usize,
        keep: Keep<W>,
    ) -> Result<Arc<Vec<[u32; W]>>, StoreError> {
        let Some(block) = tree.block(place, |block| self.page(tree, block))? else { return Ok(Arc::default()) };
        let read = || block::decode_rows(&self.read(&block)?).ok_or_else(|| self.damaged());
        match keep(self) {
            Some(kept) => kept.get(block.start, read),
            None => read().map(Arc::new),
        }
    }

    /// The place of the block in which rows that are not below one begin, if any do.
    pub(super) fn find(&self, tree: &Tree, row: &[u32]) -> Result<usize, StoreError> {
        tree.find(row, |block| self.page(tree, block))
    }

    fn page(&self, tree: &Tree, block: &Block) -> Result<Arc<Page>, StoreError> {
        let read = || Page::decode(&self.read(block)?, tree.width()).ok_or_else(|| self.damaged());
        self.pages.get(block.start, read)
    }

    /// A term by its number, which is one of this segment, handed over.
    pub(super) fn term<R>(&self, number: u32, take: impl FnOnce(&str) -> R) -> Result<R, StoreError> {
        let number = number.checked_sub(self.contents.first).ok_or_else(|| self.damaged())? as usize;
        let place = number / TERMS;
        let block = self.terms.get(place as u64, || self.terms(place))?;
        block.get(number % TERMS).map(take).ok_or_else(|| self.damaged())
    }

    /// A block of terms, past those that are kept.
    pub(super) fn terms(&self, place: usize) -> Result<Terms, StoreError> {
        let tree = &self.contents.dictionary;
        let block = tree.block(place, |block| self.page(tree, block))?.ok_or_else(|| self.damaged())?;
        Terms::decode(&self.read(&block)?).ok_or_else(|| self.damaged())
    }

    /// The number of a term, which is found by `lookup`.
    pub(super) fn number(&self, lookup: u32, term: &str) -> Result<Option<u32>, StoreError> {
        let mut cursor = Cursor::new(self.contents.lookups, |segment| Some(&segment.lookups));
        cursor.seek(self, &[lookup, 0])?;
        self.number_at(&mut cursor, lookup, term)
    }

    /// The number of a term among those that are found by `lookup`, where the cursor stands.
    pub(super) fn number_at(&self, cursor: &mut Cursor<2>, lookup: u32, term: &str) -> Result<Option<u32>, StoreError> {
        while let Some([found, number]) = cursor.row(self)?
            && found == lookup
        {
            if self.term(number, |known| known == term)? {
                return Ok(Some(number));
            }
            cursor.step();
        }
        Ok(None)
    }

    /// Reads all blocks, to see whether they are whole.
    pub(super) fn check(&self) -> Result<(), StoreError> {
        let begin = read_at(&self.file, 0, MARK.len()).map_err(StoreError::io(&self.path))?;
        if begin != MARK {
            return Err(self.damaged());
        }
        (0..self.contents.dictionary.blocks).try_for_each(|place| self.terms(place).map(drop))?;
        self.check_rows::<2>(&self.contents.lookups)?;
        self.contents.orders.iter().try_for_each(|tree| self.check_rows::<4>(tree))
    }

    fn check_rows<const W: usize>(&self, tree: &Tree) -> Result<(), StoreError> {
        (0..tree.blocks).try_for_each(|place| self.leaf::<W>(tree, place, |_| None).map(drop))
    }

    fn read(&self, block: &Block) -> Result<Vec<u8>, StoreError> {
        let bytes = read_at(&self.file, block.start, block.length as usize).map_err(StoreError::io(&self.path))?;
        if crc32fast::hash(&bytes) == block.sum { Ok(bytes) } else { Err(self.damaged()) }
    }

    fn damaged(&self) -> StoreError {
        StoreError::DamagedIndex { path: self.path.clone() }
    }
}
