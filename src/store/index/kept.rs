//! Blocks that were read, kept in memory in case they are wanted again.

use std::sync::{Arc, Mutex, PoisonError};

use crate::store::StoreError;

/// How many blocks are kept at most.
const MOST: usize = 4096;

/// Blocks that were read, the last one of each place.
#[derive(Debug)]
pub(super) struct Kept<T>(Vec<Mutex<Option<Numbered<T>>>>);

/// A block with its number.
type Numbered<T> = (u64, Arc<T>);

impl<T> Kept<T> {
    /// Room for some of so many blocks.
    pub(super) fn new(blocks: usize) -> Self {
        Self((0..blocks.min(MOST)).map(|_| Mutex::default()).collect())
    }

    /// A block by its number, which is read if it is not here.
    pub(super) fn get(&self, key: u64, read: impl FnOnce() -> Result<T, StoreError>) -> Result<Arc<T>, StoreError> {
        // neighbours have different places
        let spread = usize::try_from(key.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 40).unwrap_or_default();
        let place = spread.checked_rem(self.0.len()).and_then(|place| self.0.get(place));
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
