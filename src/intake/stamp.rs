//! By what a file is known to be unchanged without being read.

use std::fs::{self, Metadata};
use std::io;
use std::path::Path;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use crate::packed::{put, take};

/// How coarse the clocks of file systems may be: that of FAT counts in two seconds.
const COARSE: Duration = Duration::from_secs(2);

/// Length and times of a file: its length in bytes, then, in nanoseconds since 1970, when its content was changed and when
/// anything of it was, and its number in the file system; the latter two are 0 where the system does not tell them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Stamp(u64, i64, i64, u64);

impl Stamp {
    /// The stamp of a file; none of what is no plain file: a pipe cannot be looked at twice.
    pub(super) fn of(path: &Path) -> io::Result<Option<Self>> {
        let file = fs::metadata(path)?;
        Ok(file.is_file().then(|| Self::new(&file)))
    }

    fn new(file: &Metadata) -> Self {
        let (changed, number) = beyond(file);
        Self(file.len(), file.modified().map_or(0, nanoseconds), changed, number)
    }

    pub(super) fn encode(self, bytes: &mut Vec<u8>) {
        let Self(length, modified, changed, number) = self;
        for number in [length, modified.cast_unsigned(), changed.cast_unsigned(), number] {
            put(bytes, number);
        }
    }

    /// None of bytes that no stamp was written to.
    pub(super) fn decode(bytes: &mut &[u8]) -> Option<Self> {
        let (length, modified, changed) = (take(bytes)?, take(bytes)?, take(bytes)?);
        Some(Self(length, modified.cast_signed(), changed.cast_signed(), take(bytes)?))
    }

    /// Length of the file in bytes.
    pub(super) fn length(self) -> u64 {
        self.0
    }

    /// Whether a change after `now` would show: the file was not changed so shortly before that another change could
    /// bear the same time.
    pub(super) fn is_settled(self, now: SystemTime) -> bool {
        let last = self.1.max(self.2);
        now.checked_sub(COARSE).is_some_and(|now| last < nanoseconds(now))
    }
}

fn nanoseconds(time: SystemTime) -> i64 {
    match time.duration_since(UNIX_EPOCH) {
        Ok(after) => i64::try_from(after.as_nanos()).unwrap_or(i64::MAX),
        Err(before) => i64::try_from(before.duration().as_nanos()).map_or(i64::MIN, |before| -before),
    }
}

/// When anything of a file was changed, its name and its times included, and its number: who sets back the time of the
/// content, or puts another file in its place, changes these.
#[cfg(unix)]
fn beyond(file: &Metadata) -> (i64, u64) {
    use std::os::unix::fs::MetadataExt as _;
    (file.ctime().saturating_mul(1_000_000_000).saturating_add(file.ctime_nsec()), file.ino())
}

#[cfg(not(unix))]
fn beyond(_: &Metadata) -> (i64, u64) {
    (0, 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_changed_a_moment_ago_is_not_settled() {
        let at = |seconds: i64| Stamp(1, seconds * 1_000_000_000, 0, 0);
        let now = UNIX_EPOCH + Duration::from_secs(1000);
        assert!(at(990).is_settled(now) && at(-5).is_settled(now));
        assert!(!at(999).is_settled(now) && !at(998).is_settled(now));
        // a clock that is ahead, and a content set back in time
        assert!(!at(2000).is_settled(now));
        assert!(!Stamp(1, 0, 999_500_000_000, 0).is_settled(now));
    }
}
