//! The bytes of a file, whole: as they were at one time.

use std::fs;
use std::io;
use std::path::Path;
use std::thread;
use std::time::{Duration, SystemTime};

use super::stamp::Stamp;

/// How often a file is read that changes meanwhile.
const ATTEMPTS: u32 = 4;
/// The pause before the second attempt; each further one is twice as long.
const PAUSE: Duration = Duration::from_millis(50);

/// What a file holds, and by what it is known again.
#[derive(Debug)]
pub(super) struct Content {
    pub(super) bytes: Vec<u8>,
    /// None of what is no plain file.
    pub(super) stamp: Option<Stamp>,
    /// Whether any later change would show in the stamp.
    pub(super) settled: bool,
}

/// Why there is no content.
#[derive(Debug)]
pub(super) enum Unread {
    Io(io::Error),
    /// It was written to at every attempt.
    Changing,
}

impl Content {
    /// Reads a file that nobody writes to meanwhile.
    pub(super) fn read(path: &Path) -> Result<Self, Unread> {
        Self::read_by(path, |path| fs::read(path))
    }

    fn read_by(path: &Path, read: impl Fn(&Path) -> io::Result<Vec<u8>>) -> Result<Self, Unread> {
        for attempt in 0..ATTEMPTS {
            if attempt > 0 {
                thread::sleep(PAUSE * (1 << (attempt - 1)));
            }
            let now = SystemTime::now();
            let stamp = Stamp::of(path).map_err(Unread::Io)?;
            let bytes = read(path).map_err(Unread::Io)?;
            let Some(before) = stamp else { return Ok(Self { bytes, stamp, settled: false }) };
            if Stamp::of(path).map_err(Unread::Io)? == stamp && before.length() == bytes.len() as u64 {
                return Ok(Self { bytes, stamp, settled: before.is_settled(now) });
            }
        }
        Err(Unread::Changing)
    }
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;

    use super::*;

    #[test]
    fn a_file_that_is_written_to_is_read_again() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.txt");
        fs::write(&path, "half").unwrap();
        let reads = Cell::new(0);
        let content = Content::read_by(&path, |path| {
            let bytes = fs::read(path);
            reads.set(reads.get() + 1);
            if reads.get() == 1 {
                fs::write(path, "half and half").unwrap();
            }
            bytes
        })
        .unwrap();
        assert_eq!((content.bytes.as_slice(), reads.get()), (b"half and half".as_slice(), 2));
        assert!(!content.settled, "it was written a moment ago");
        let endless = Content::read_by(&path, |path| {
            fs::write(path, format!("{}.", fs::read_to_string(path).unwrap())).unwrap();
            fs::read(path)
        });
        assert!(matches!(endless, Err(Unread::Changing)));
    }
}
