//! A file of an index that is being written, block after block.

use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;

use super::tree::Block;
use crate::store::StoreError;
use crate::store::durable::UNFINISHED;

/// A file beside the place where it will stand.
pub(super) struct Output {
    path: PathBuf,
    out: BufWriter<NamedTempFile>,
    at: u64,
}

impl Output {
    pub(super) fn new(path: &Path) -> Result<Self, StoreError> {
        let dir = path.parent().unwrap_or(Path::new("."));
        let file = tempfile::Builder::new().prefix(UNFINISHED).tempfile_in(dir).map_err(StoreError::io(dir))?;
        Ok(Self { path: path.to_owned(), out: BufWriter::with_capacity(1 << 18, file), at: 0 })
    }

    /// Writes a block.
    pub(super) fn block(&mut self, bytes: &[u8]) -> Result<Block, StoreError> {
        self.block_of(bytes, crc32fast::hash(bytes))
    }

    /// Writes a block whose check sum is known.
    pub(super) fn block_of(&mut self, bytes: &[u8], sum: u32) -> Result<Block, StoreError> {
        let start = self.at;
        // a block has few and bounded entries, but a term may be of any length
        let length = u32::try_from(bytes.len()).map_err(|_| self.too_large("a block of more than 4 GB"))?;
        self.write(bytes)?;
        Ok(Block { start, length, sum })
    }

    /// Writes bytes that no block leads to.
    pub(super) fn write(&mut self, bytes: &[u8]) -> Result<(), StoreError> {
        self.at += bytes.len() as u64;
        self.out.write_all(bytes).map_err(StoreError::io(&self.path))
    }

    /// The refusal of what no index has room for.
    pub(super) fn too_large(&self, what: &str) -> StoreError {
        StoreError::io(&self.path)(io::Error::new(io::ErrorKind::FileTooLarge, what))
    }

    /// The written file, which lasts once it is put into its place.
    pub(super) fn finish(self) -> Result<NamedTempFile, StoreError> {
        let Self { path, out, .. } = self;
        out.into_inner().map_err(|error| StoreError::io(&path)(error.into_error()))
    }
}
