//! A written index, read in place.

use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use super::block::{self, TERMS, Terms};
use super::order::{Order, Row};
use super::writer::{Block, Directory, END, MARK};
use crate::store::StoreError;

/// How many blocks of rows, and how many of terms, are kept in memory once they were read.
const KEPT: usize = 4096;

/// A written index. Its blocks are read when they are needed, and each is checked against its sum.
#[derive(Debug)]
pub(super) struct Segment {
    path: PathBuf,
    file: File,
    pub(super) directory: Directory,
    rows: Kept<Vec<Row>>,
    terms: Kept<Terms>,
}

/// Blocks that were read, the last one of each place.
#[derive(Debug)]
struct Kept<T>(Vec<Mutex<Option<Numbered<T>>>>);

/// A block with its number.
type Numbered<T> = (usize, Arc<T>);

impl<T> Kept<T> {
    fn new() -> Self {
        Self((0..KEPT).map(|_| Mutex::default()).collect())
    }

    fn get(&self, key: usize, read: impl FnOnce() -> Result<T, StoreError>) -> Result<Arc<T>, StoreError> {
        // neighbours have different places, and so have the orders of one size
        let place = self.0.get((key ^ key >> 12) % KEPT);
        let kept = || place.map(|place| place.lock().unwrap_or_else(PoisonError::into_inner));
        if let Some(Some((known, block))) = kept().as_deref()
            && *known == key
        {
            return Ok(Arc::clone(block));
        }
        let block = Arc::new(read()?);
        if let Some(mut place) = kept() {
            *place = Some((key, Arc::clone(&block)));
        }
        Ok(block)
    }
}

impl Segment {
    /// Opens an index; none if there is no such file or it has another form.
    pub(super) fn open(path: &Path) -> Result<Option<Self>, StoreError> {
        match File::open(path) {
            Ok(file) => Self::of(path, file),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(StoreError::io(path)(error)),
        }
    }

    /// Reads the directory of an index.
    pub(super) fn of(path: &Path, file: File) -> Result<Option<Self>, StoreError> {
        let failed = |error| StoreError::io(path)(error);
        let length = file.metadata().map_err(failed)?.len();
        let Some(end_at) = length.checked_sub(END as u64) else { return Ok(None) };
        let end = read_at(&file, end_at, END).map_err(failed)?;
        let Some((numbers, MARK)) = end.split_last_chunk() else { return Ok(None) };
        let number = |from: usize| Some(u64::from_le_bytes(numbers.get(from..from + 8)?.try_into().ok()?));
        let sum = numbers.get(16..20).and_then(|sum| Some(u32::from_le_bytes(sum.try_into().ok()?)));
        let (Some(start), Some(size)) = (number(0), number(8)) else { return Ok(None) };
        if start.checked_add(size) != Some(end_at) {
            return Ok(None);
        }
        let bytes = read_at(&file, start, usize::try_from(size).unwrap_or(usize::MAX)).map_err(failed)?;
        if Some(crc32fast::hash(&bytes)) != sum {
            return Ok(None);
        }
        let Some(directory) = Directory::decode(&bytes) else { return Ok(None) };
        Ok(Some(Self { path: path.to_owned(), file, directory, rows: Kept::new(), terms: Kept::new() }))
    }

    /// A block of rows of an order; empty beyond the last.
    pub(super) fn rows(&self, order: Order, place: usize) -> Result<Arc<Vec<Row>>, StoreError> {
        let key = place * Order::ALL.len() + order.place();
        self.rows.get(key, || self.read_rows(order, place))
    }

    /// A block of rows, past those that are kept.
    pub(super) fn read_rows(&self, order: Order, place: usize) -> Result<Vec<Row>, StoreError> {
        let Some(block) = self.section(order).and_then(|section| section.blocks.get(place)) else {
            return Ok(Vec::new());
        };
        block::decode_rows(&self.read(block)?).ok_or_else(|| self.damaged())
    }

    /// The block of an order in which the first row that is not below another stands, if any does.
    pub(super) fn block_of(&self, order: Order, row: &Row) -> usize {
        let heads = self.section(order).map_or(&[][..], |section| &section.heads);
        heads.partition_point(|head| head <= row).saturating_sub(1)
    }

    fn section(&self, order: Order) -> Option<&super::writer::Section<Row>> {
        self.directory.rows.get(order.place())
    }

    /// A term by its number, handed over.
    pub(super) fn term<R>(&self, number: u32, take: impl FnOnce(&str) -> R) -> Result<R, StoreError> {
        let number = number as usize;
        let block = self.terms.get(number / TERMS, || self.read_terms(number / TERMS))?;
        block.get(number % TERMS).map(take).ok_or_else(|| self.damaged())
    }

    /// A block of terms, past those that are kept.
    pub(super) fn read_terms(&self, place: usize) -> Result<Terms, StoreError> {
        let block = self.directory.dictionary.blocks.get(place).ok_or_else(|| self.damaged())?;
        Terms::decode(&self.read(block)?).ok_or_else(|| self.damaged())
    }

    /// The number of a term.
    pub(super) fn number(&self, term: &str) -> Result<Option<u32>, StoreError> {
        let heads = &self.directory.dictionary.heads;
        let Some(place) = heads.partition_point(|head| **head <= *term).checked_sub(1) else { return Ok(None) };
        let block = self.terms.get(place, || self.read_terms(place))?;
        Ok(block.find(term).and_then(|within| u32::try_from(place * TERMS + within).ok()))
    }

    fn read(&self, block: &Block) -> Result<Vec<u8>, StoreError> {
        let bytes = read_at(&self.file, block.start, block.length as usize).map_err(StoreError::io(&self.path))?;
        if crc32fast::hash(&bytes) == block.sum { Ok(bytes) } else { Err(self.damaged()) }
    }

    fn damaged(&self) -> StoreError {
        StoreError::DamagedIndex { path: self.path.clone() }
    }
}

/// Reads bytes from a place in a file, whatever others read from it.
#[cfg(unix)]
fn read_at(file: &File, start: u64, length: usize) -> io::Result<Vec<u8>> {
    use std::os::unix::fs::FileExt as _;
    let mut bytes = vec![0; length];
    file.read_exact_at(&mut bytes, start)?;
    Ok(bytes)
}

/// Reads bytes from a place in a file, whatever others read from it.
#[cfg(windows)]
fn read_at(file: &File, start: u64, length: usize) -> io::Result<Vec<u8>> {
    use std::os::windows::fs::FileExt as _;
    let mut bytes = vec![0; length];
    let mut read = 0;
    while let Some(rest) = bytes.get_mut(read..).filter(|rest| !rest.is_empty()) {
        match file.seek_read(rest, start + read as u64)? {
            0 => return Err(io::ErrorKind::UnexpectedEof.into()),
            more => read += more,
        }
    }
    Ok(bytes)
}
