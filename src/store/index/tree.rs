//! Where the blocks of a section are: pages that list blocks, pages that list those pages, up to one.
//!
//! Whoever looks for a block reads a page of each level, and none when an index is opened, however large it is.

use super::output::Output;
use crate::packed::{put, split, take};
use crate::store::StoreError;

/// How many blocks or pages a page lists at most; all but the last of a level are full.
const WIDE: usize = 256;
/// The most levels that are read; so many hold more blocks than a file has bytes.
const HIGH: usize = 9;

/// Bytes of a file that are read together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Block {
    /// Where it begins, in bytes.
    pub(super) start: u64,
    /// Its length in bytes.
    pub(super) length: u32,
    /// Its check sum.
    pub(super) sum: u32,
}

/// Some blocks or pages that follow one another, and what each begins with.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Page {
    blocks: Vec<Block>,
    /// As many numbers for each block as the rows of the section have.
    heads: Vec<u32>,
}

/// The blocks of a section.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Tree {
    /// The page above all.
    top: Block,
    levels: usize,
    /// How many blocks there are.
    pub(super) blocks: usize,
    /// How many numbers tell what a block begins with.
    width: usize,
}

impl Page {
    fn push(&mut self, block: Block, head: &[u32]) {
        self.blocks.push(block);
        self.heads.extend_from_slice(head);
    }

    fn encode(&self, width: usize) -> Vec<u8> {
        let mut bytes = Vec::new();
        let mut end = 0;
        for (place, block) in self.blocks.iter().enumerate() {
            put(&mut bytes, block.start - end);
            put(&mut bytes, u64::from(block.length));
            bytes.extend_from_slice(&block.sum.to_le_bytes());
            let head = self.heads.get(place * width..(place + 1) * width).unwrap_or_default();
            bytes.extend(head.iter().flat_map(|number| number.to_le_bytes()));
            end = block.start + u64::from(block.length);
        }
        bytes
    }

    /// None of bytes that no page was written to.
    pub(super) fn decode(mut bytes: &[u8], width: usize) -> Option<Self> {
        let mut page = Self::default();
        let mut end = 0_u64;
        let number = |bytes: &mut &[u8]| Some(u32::from_le_bytes(split(bytes, 4)?.try_into().ok()?));
        while !bytes.is_empty() {
            let start = end.checked_add(take(&mut bytes)?)?;
            let length = u32::try_from(take(&mut bytes)?).ok()?;
            page.blocks.push(Block { start, length, sum: number(&mut bytes)? });
            for _ in 0..width {
                page.heads.push(number(&mut bytes)?);
            }
            end = start.checked_add(u64::from(length))?;
        }
        Some(page)
    }

    /// The last block that begins with these numbers or lower ones, or the first.
    fn find(&self, head: &[u32]) -> usize {
        let (mut from, mut to) = (0, self.blocks.len());
        while from < to {
            let middle = from.midpoint(to);
            let begin = self.heads.get(middle * head.len()..(middle + 1) * head.len());
            if begin.is_some_and(|begin| begin <= head) { from = middle + 1 } else { to = middle }
        }
        from.saturating_sub(1)
    }
}

impl Tree {
    /// The place of the block in which numbers that are not below these begin, if any do.
    pub(super) fn find<P: AsRef<Page>>(
        &self,
        head: &[u32],
        read: impl Fn(&Block) -> Result<P, StoreError>,
    ) -> Result<usize, StoreError> {
        let (mut place, mut block) = (0, self.top);
        for level in (0..self.levels).rev() {
            let page = read(&block)?;
            let within = page.as_ref().find(head);
            place = place * WIDE + within;
            match page.as_ref().blocks.get(within) {
                Some(next) if level > 0 => block = *next,
                _ => {}
            }
        }
        Ok(place)
    }

    /// The block at a place; none beyond the last.
    pub(super) fn block<P: AsRef<Page>>(
        &self,
        place: usize,
        read: impl Fn(&Block) -> Result<P, StoreError>,
    ) -> Result<Option<Block>, StoreError> {
        let mut block = self.top;
        if place >= self.blocks {
            return Ok(None);
        }
        for level in (0..self.levels).rev() {
            let within = place / WIDE.saturating_pow(u32::try_from(level).unwrap_or(u32::MAX)) % WIDE;
            match read(&block)?.as_ref().blocks.get(within) {
                Some(next) => block = *next,
                None => return Ok(None),
            }
        }
        Ok(Some(block))
    }

    /// How many numbers tell what a block begins with.
    pub(super) fn width(&self) -> usize {
        self.width
    }

    pub(super) fn encode(&self, bytes: &mut Vec<u8>) {
        put(bytes, self.blocks as u64);
        put(bytes, self.levels as u64);
        put(bytes, self.top.start);
        put(bytes, u64::from(self.top.length));
        bytes.extend_from_slice(&self.top.sum.to_le_bytes());
    }

    /// None of bytes that no section was written to.
    pub(super) fn decode(bytes: &mut &[u8], width: usize) -> Option<Self> {
        let blocks = usize::try_from(take(bytes)?).ok()?;
        let levels = usize::try_from(take(bytes)?).ok()?;
        let start = take(bytes)?;
        let length = u32::try_from(take(bytes)?).ok()?;
        let sum = u32::from_le_bytes(split(bytes, 4)?.try_into().ok()?);
        (levels <= HIGH).then_some(Self { top: Block { start, length, sum }, levels, blocks, width })
    }
}

/// The blocks of a section that is being written. Of each level no more than a page is held.
pub(super) struct Growing {
    width: usize,
    levels: Vec<Page>,
    blocks: usize,
}

impl Growing {
    pub(super) fn new(width: usize) -> Self {
        Self { width, levels: Vec::new(), blocks: 0 }
    }

    /// Adds a block that was written.
    pub(super) fn push(&mut self, out: &mut Output, block: Block, head: &[u32]) -> Result<(), StoreError> {
        self.blocks += 1;
        self.list(out, 0, block, head.to_vec())
    }

    fn list(&mut self, out: &mut Output, from: usize, block: Block, head: Vec<u32>) -> Result<(), StoreError> {
        let (mut block, mut head) = (block, head);
        for level in from.. {
            if level == self.levels.len() {
                self.levels.push(Page::default());
            }
            let Some(page) = self.levels.get_mut(level) else { break };
            if page.blocks.len() < WIDE {
                page.push(block, &head);
                break;
            }
            let full = std::mem::take(page);
            page.push(block, &head);
            (block, head) = (out.block(&full.encode(self.width))?, self.head_of(&full));
        }
        Ok(())
    }

    fn head_of(&self, page: &Page) -> Vec<u32> {
        page.heads.get(..self.width).unwrap_or_default().to_vec()
    }

    /// Writes the pages that are left.
    pub(super) fn finish(&mut self, out: &mut Output) -> Result<Tree, StoreError> {
        let mut top = Block { start: 0, length: 0, sum: 0 };
        let mut level = 0;
        while let Some(page) = self.levels.get_mut(level).map(std::mem::take) {
            top = out.block(&page.encode(self.width))?;
            level += 1;
            if level < self.levels.len() {
                self.list(out, level, top, self.head_of(&page))?;
            }
        }
        Ok(Tree { top, levels: level, blocks: self.blocks, width: self.width })
    }
}

#[cfg(test)]
mod tests {
    use std::io::{Read as _, Seek as _, SeekFrom};

    use super::*;

    #[test]
    fn every_block_is_found_by_place_and_by_what_it_begins_with() {
        let folder = tempfile::tempdir().unwrap();
        // a page that is not full, one that is, two levels, and three
        for count in [0, 1, WIDE, WIDE + 1, WIDE * WIDE, WIDE * WIDE + WIDE + 1] {
            let mut out = Output::new(&folder.path().join("index")).unwrap();
            let mut growing = Growing::new(2);
            let blocks: Vec<Block> = (0..count)
                .map(|place| {
                    let head = u32::try_from(place * 2).unwrap();
                    let block = out.block(&head.to_le_bytes()).unwrap();
                    growing.push(&mut out, block, &[head / 10, head % 10]).unwrap();
                    block
                })
                .collect();
            let tree = growing.finish(&mut out).unwrap();
            let file = out.finish().unwrap();
            let read = |block: &Block| {
                let mut bytes = vec![0; block.length as usize];
                let mut file = file.reopen().unwrap();
                file.seek(SeekFrom::Start(block.start)).unwrap();
                file.read_exact(&mut bytes).unwrap();
                assert_eq!(crc32fast::hash(&bytes), block.sum);
                Ok(std::sync::Arc::new(Page::decode(&bytes, 2).unwrap()))
            };
            let mut bytes = Vec::new();
            tree.encode(&mut bytes);
            assert_eq!(Tree::decode(&mut bytes.as_slice(), 2), Some(tree));
            for place in (0..count).step_by(1.max(count / 500)).chain(count.checked_sub(1)) {
                assert_eq!(tree.block(place, read).unwrap(), Some(blocks[place]), "{place} of {count}");
                let head = u32::try_from(place * 2).unwrap();
                for head in [head, head + 1] {
                    assert_eq!(tree.find(&[head / 10, head % 10], read).unwrap(), place, "{place} of {count}");
                }
            }
            assert_eq!(tree.block(count, read).unwrap(), None);
        }
    }
}
