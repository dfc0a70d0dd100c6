//! Which graphs a segment of the index holds, and which it takes away from those below it.

use std::fs;
use std::path::Path;
use std::time::UNIX_EPOCH;

use crate::packed::{put, put_text, take, take_text};

/// A graph that an index holds, and the file that it was read from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Covered {
    /// IRI of the document.
    pub(super) document: String,
    /// Number of the graph's name.
    pub(super) graph: u32,
    /// Digest of the graph.
    pub(super) digest: String,
    /// State of the file when it was read.
    pub(super) stamp: Option<Stamp>,
    /// Number of statements.
    pub(super) quads: usize,
}

/// Length of a file in bytes, and when it was changed: seconds and nanoseconds since 1970.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Stamp(u64, u64, u32);

impl Stamp {
    /// The state of a file; none if it cannot be told.
    pub(super) fn of(path: &Path) -> Option<Self> {
        let file = fs::metadata(path).ok()?;
        let changed = file.modified().ok()?.duration_since(UNIX_EPOCH).ok()?;
        Some(Self(file.len(), changed.as_secs(), changed.subsec_nanos()))
    }
}

/// The graphs of a segment.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Documents {
    /// Those that it holds, whatever segments below say of them.
    pub(super) held: Vec<Covered>,
    /// Those that are no more, by number.
    pub(super) gone: Vec<u32>,
}

impl Documents {
    /// The numbers of the graphs that segments below say nothing of any more.
    pub(super) fn hide(&self) -> impl Iterator<Item = u32> + '_ {
        self.held.iter().map(|covered| covered.graph).chain(self.gone.iter().copied())
    }

    pub(super) fn encode(&self) -> Vec<u8> {
        let mut bytes = Vec::new();
        put(&mut bytes, self.held.len() as u64);
        for covered in &self.held {
            put_text(&mut bytes, &covered.document);
            put(&mut bytes, u64::from(covered.graph));
            put_text(&mut bytes, &covered.digest);
            let Stamp(length, seconds, nanos) = covered.stamp.unwrap_or(Stamp(0, 0, u32::MAX));
            put(&mut bytes, length);
            put(&mut bytes, seconds);
            put(&mut bytes, u64::from(nanos));
            put(&mut bytes, covered.quads as u64);
        }
        for graph in &self.gone {
            put(&mut bytes, u64::from(*graph));
        }
        bytes
    }

    /// None of bytes that no graphs were written to.
    pub(super) fn decode(mut bytes: &[u8]) -> Option<Self> {
        let bytes = &mut bytes;
        let count = take(bytes)?;
        let mut documents = Self::default();
        for _ in 0..count {
            let document = take_text(bytes)?.to_owned();
            let graph = u32::try_from(take(bytes)?).ok()?;
            let digest = take_text(bytes)?.to_owned();
            let stamp = Stamp(take(bytes)?, take(bytes)?, u32::try_from(take(bytes)?).ok()?);
            let quads = usize::try_from(take(bytes)?).ok()?;
            // no clock tells so many nanoseconds
            let stamp = (stamp.2 != u32::MAX).then_some(stamp);
            documents.held.push(Covered { document, graph, digest, stamp, quads });
        }
        while !bytes.is_empty() {
            documents.gone.push(u32::try_from(take(bytes)?).ok()?);
        }
        Some(documents)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn graphs_come_back() {
        let held = |number: u32, stamp| Covered {
            document: format!("http://a.example/责{number}"),
            graph: number,
            digest: "0a".repeat(32),
            stamp,
            quads: 12,
        };
        let held = vec![held(7, Some(Stamp(1, 2, 3))), held(70_000, None)];
        let documents = Documents { held, gone: vec![3, 1 << 30] };
        let bytes = documents.encode();
        assert_eq!(documents.hide().collect::<Vec<_>>(), [7, 70_000, 3, 1 << 30]);
        for length in 0..bytes.len() {
            assert_ne!(Documents::decode(&bytes[..length]).as_ref(), Some(&documents));
        }
        assert_eq!(Documents::decode(&bytes), Some(documents));
    }
}
