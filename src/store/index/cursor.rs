//! A place among the sorted rows of a segment, which only goes on.

use std::sync::Arc;

use super::segment::{Keep, Segment};
use super::tree::Tree;
use crate::store::StoreError;

/// A place among the rows of a section. It belongs to the segment that made it.
#[derive(Clone, Debug)]
pub(super) struct Cursor<const W: usize> {
    tree: Tree,
    keep: Keep<W>,
    /// The block at hand, which is the one before `place`, and the row within it.
    block: Arc<Vec<[u32; W]>>,
    within: usize,
    place: usize,
}

impl<const W: usize> Cursor<W> {
    /// Before the first row.
    pub(super) fn new(tree: Tree, keep: Keep<W>) -> Self {
        Self { tree, keep, block: Arc::default(), within: 0, place: 0 }
    }

    /// The row at hand; none behind the last.
    pub(super) fn row(&mut self, segment: &Segment) -> Result<Option<[u32; W]>, StoreError> {
        while self.within == self.block.len() {
            if self.place >= self.tree.blocks {
                return Ok(None);
            }
            self.load(segment, self.place)?;
        }
        Ok(self.block.get(self.within).copied())
    }

    /// Goes to the next row, if one was at hand.
    pub(super) fn step(&mut self) {
        self.within = (self.within + 1).min(self.block.len());
    }

    /// Goes to the first row that is not below another, unless it is behind that already.
    pub(super) fn seek(&mut self, segment: &Segment, target: &[u32; W]) -> Result<(), StoreError> {
        let ahead = self.block.get(self.within..).unwrap_or_default();
        // most are near
        let mut far = 1;
        while ahead.get(far - 1).is_some_and(|row| row < target) {
            far *= 2;
        }
        let ahead = ahead.get(..far - 1).unwrap_or(ahead);
        self.within += ahead.partition_point(|row| row < target);
        if self.within < self.block.len() || self.place >= self.tree.blocks {
            return Ok(());
        }
        let place = segment.find(&self.tree, target)?;
        self.load(segment, place.max(self.place))?;
        self.within = self.block.partition_point(|row| row < target);
        Ok(())
    }

    fn load(&mut self, segment: &Segment, place: usize) -> Result<(), StoreError> {
        self.block = segment.leaf(&self.tree, place, self.keep)?;
        self.within = 0;
        self.place = place + 1;
        Ok(())
    }
}
