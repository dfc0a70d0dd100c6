//! The folder of an index: files of segments, and a list that says which of them count.
//!
//! A segment's file never changes. The list is replaced as a whole once the segments that it names last, so that an
//! accident leaves the former index or the later one.

use std::fmt::Write as _;
use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use tempfile::NamedTempFile;

use super::documents::Documents;
use super::names;
use super::segment::Segment;
use super::stack::{Layer, Opened, Stack};
use super::writer::MARK;
use crate::store::StoreError;
use crate::store::durable::{make_folder, share, sync_dir, write_durably};

/// Name of the index's folder below the store's.
const FOLDER: &str = "index";
/// Name of the list in the folder.
const LIST: &str = "list";
/// How often a list is read that a writer changes meanwhile.
const LOOKS: usize = 20;

/// A segment as the list names it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Listed {
    name: u32,
    state: (u64, u32),
}

/// The folder of the index of a store.
#[derive(Clone, Debug)]
pub(super) struct Folder(PathBuf);

impl Folder {
    /// The folder of the index of a store, which need not be there.
    pub(super) fn of(store: &Path) -> Self {
        Self(store.join(FOLDER))
    }

    fn list(&self) -> PathBuf {
        self.0.join(LIST)
    }

    fn file(&self, name: u32) -> PathBuf {
        self.0.join(format!("{name:08}"))
    }

    /// Where the next segment will stand, and its name.
    pub(super) fn next(&self, stack: &Stack) -> (u32, PathBuf) {
        let name = stack.last.wrapping_add(1);
        (name, self.file(name))
    }

    /// Opens the index. One that cannot be read, or that an earlier version wrote, has no segment.
    pub(super) fn open(&self, opened: &Opened) -> Result<Stack, StoreError> {
        let mut known = None;
        for _ in 0..LOOKS {
            let text = match fs::read(self.list()) {
                Ok(text) => text,
                Err(error) if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => break,
                Err(error) => return Err(StoreError::io(&self.list())(error)),
            };
            // a writer may have come between the list and its files
            if known.as_ref() == Some(&text) {
                break;
            }
            let Some(listed) = decode(&text) else { break };
            if let Some(stack) = self.open_all(&listed, opened)? {
                opened.keep(&stack);
                return Ok(stack);
            }
            known = Some(text);
        }
        Ok(Stack::default())
    }

    /// Reads all of the index, to see whether it is whole.
    pub(super) fn check(&self) -> Result<(), StoreError> {
        let damaged = |path: PathBuf| StoreError::DamagedIndex { path };
        let stack = self.open(&Opened::default())?;
        match fs::read(self.list()) {
            Ok(text) if decode(&text).is_some_and(|listed| listed.len() == stack.layers.len()) => {}
            // no index is no damage
            Err(error) if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => {}
            _ => return Err(damaged(self.list())),
        }
        stack.layers.iter().try_for_each(|layer| {
            layer.segment.check()?;
            if names::is_whole(layer) { Ok(()) } else { Err(damaged(names::path(layer.segment.path()))) }
        })
    }

    fn open_all(&self, listed: &[Listed], opened: &Opened) -> Result<Option<Stack>, StoreError> {
        let mut stack = Stack::default();
        for Listed { name, state } in listed {
            if let Some((segment, documents)) = opened.get(*name, *state)
                && segment.contents.first == stack.terms()
            {
                stack.push(*name, segment, documents);
                continue;
            }
            let Some(segment) = Segment::open(&self.file(*name))? else { return Ok(None) };
            if segment.state != *state || segment.contents.first != stack.terms() {
                return Ok(None);
            }
            match segment.documents() {
                Ok(documents) => stack.push(*name, Arc::new(segment), Arc::new(documents)),
                Err(StoreError::DamagedIndex { .. }) => return Ok(None),
                Err(error) => return Err(error),
            }
        }
        Ok(Some(stack))
    }

    /// Makes room for an index in place of what an earlier version wrote.
    pub(super) fn make(&self) -> Result<(), StoreError> {
        if self.0.is_file() {
            fs::remove_file(&self.0).map_err(StoreError::io(&self.0))?;
        }
        make_folder(&self.0)
    }

    /// Deletes the index.
    pub(super) fn discard(&self) -> Result<(), StoreError> {
        let deleted = if self.0.is_dir() { fs::remove_dir_all(&self.0) } else { fs::remove_file(&self.0) };
        match deleted {
            Err(error) if error.kind() != ErrorKind::NotFound => Err(StoreError::io(&self.0)(error)),
            _ => Ok(()),
        }
    }

    /// Has the segments of the stack count, and deletes others.
    pub(super) fn publish(&self, stack: &Stack) -> Result<(), StoreError> {
        let listed: Vec<Listed> =
            stack.layers.iter().map(|layer| Listed { name: layer.name, state: layer.segment.state }).collect();
        // names before the list that says them
        sync_dir(&self.0)?;
        write_durably(&self.list(), encode(&listed).as_bytes())?;
        self.tidy(stack)
    }

    /// Deletes what earlier changes, whole or broken off, left behind.
    pub(super) fn tidy(&self, stack: &Stack) -> Result<(), StoreError> {
        let files = match fs::read_dir(&self.0) {
            Ok(files) => files,
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(()),
            Err(error) => return Err(StoreError::io(&self.0)(error)),
        };
        let of = |layer: &Layer| [self.file(layer.name), names::path(&self.file(layer.name))];
        let used: Vec<PathBuf> = stack.layers.iter().flat_map(of).collect();
        for file in files {
            let path = file.map_err(StoreError::io(&self.0))?.path();
            if path != self.list() && !used.contains(&path) {
                // where a reader keeps it from being deleted, a later change deletes it
                let _ = fs::remove_file(&path);
            }
        }
        Ok(())
    }
}

/// Puts a written segment above those of the stack.
pub(super) fn put(
    stack: &mut Stack,
    (name, path): (u32, PathBuf),
    file: NamedTempFile,
    documents: Documents,
) -> Result<(), StoreError> {
    file.as_file().sync_all().map_err(StoreError::io(&path))?;
    share(file.as_file()).map_err(StoreError::io(&path))?;
    file.persist(&path).map_err(|error| StoreError::io(&path)(error.error))?;
    let segment = Segment::open(&path)?.ok_or_else(|| StoreError::DamagedIndex { path })?;
    stack.push(name, Arc::new(segment), Arc::new(documents));
    Ok(())
}

fn encode(listed: &[Listed]) -> String {
    let mut text = String::from_utf8_lossy(MARK).into_owned();
    for Listed { name, state: (length, sum) } in listed {
        let _ = writeln!(text, "{name} {length} {sum}");
    }
    let sum = crc32fast::hash(text.as_bytes());
    let _ = writeln!(text, "sum {sum}");
    text
}

/// None of bytes that no list was written to.
fn decode(bytes: &[u8]) -> Option<Vec<Listed>> {
    let text = std::str::from_utf8(bytes).ok()?;
    let (lines, sum) = text.strip_suffix('\n')?.rsplit_once("sum ")?;
    if sum.parse() != Ok(crc32fast::hash(lines.as_bytes())) {
        return None;
    }
    let listed = |line: &str| {
        let mut numbers = line.split(' ');
        let name = numbers.next()?.parse().ok()?;
        let state = (numbers.next()?.parse().ok()?, numbers.next()?.parse().ok()?);
        numbers.next().is_none().then_some(Listed { name, state })
    };
    lines.strip_prefix(std::str::from_utf8(MARK).ok()?)?.lines().map(listed).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_comes_back_whole_or_not_at_all() {
        let listed = [Listed { name: 3, state: (1 << 40, u32::MAX) }, Listed { name: 12, state: (100, 0) }];
        let text = encode(&listed);
        assert_eq!(decode(text.as_bytes()).unwrap(), listed);
        assert_eq!(decode(encode(&[]).as_bytes()), Some(Vec::new()));
        for at in 0..text.len() {
            let mut changed = text.clone().into_bytes();
            changed[at] ^= 1;
            assert_eq!(decode(&changed), None, "byte {at}");
            assert_eq!(decode(&text.as_bytes()[..at]), None, "cut off at {at}");
        }
    }
}
