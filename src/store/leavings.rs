//! What a writer leaves in a store's folder for the next one to delete: graphs that it replaced, which a reader that has
//! just read the former manifest looks for.
//!
//! The lock's file notes them, with the state of the journal that the note is for. Without a note, as while a writer is
//! at work and after one that was killed, or with one for another state, the folder has to be listed.

use std::collections::BTreeSet;
use std::fs::File;
use std::io::{self, Read as _, Seek as _, Write as _};

/// How many files are noted at most.
const MOST: usize = 1000;
/// What a note ends with.
const END: &str = "\n.\n";

/// The note, and the lock that is held as long as this is.
#[derive(Debug)]
pub(super) struct Leavings {
    lock: File,
    noted: String,
    /// The files of graphs that were replaced.
    replaced: BTreeSet<String>,
    /// Whether there may be files that no manifest names, and that are not known.
    is_at_work: bool,
}

impl Leavings {
    pub(super) fn of(mut lock: File) -> Self {
        let mut noted = String::new();
        // what cannot be read notes nothing
        let _ = lock.read_to_string(&mut noted);
        Self { lock, noted, replaced: BTreeSet::new(), is_at_work: true }
    }

    /// The files that earlier writers left, where it is known for a state of the journal.
    pub(super) fn known(&self, state: &str) -> Option<Vec<&str>> {
        let mut lines = self.noted.strip_suffix(END)?.split('\n');
        (lines.next() == Some(state)).then(|| lines.collect())
    }

    /// Takes the note away before files are written.
    pub(super) fn begin(&mut self) -> io::Result<()> {
        self.is_at_work = true;
        self.write(String::new())
    }

    /// All files are named, but for some that others were put in the place of.
    pub(super) fn end(&mut self, replaced: impl IntoIterator<Item = String>) {
        self.is_at_work = false;
        self.replaced.extend(replaced);
    }

    /// Notes what is left, for a state of the journal. Where it cannot be noted, the next writer lists the folder.
    pub(super) fn note(&mut self, state: &str) {
        if !self.is_at_work && self.replaced.len() <= MOST {
            let names = self.replaced.iter().map(|name| format!("\n{name}"));
            let _ = self.write(format!("{state}{}{END}", names.collect::<String>()));
        }
    }

    /// It need not last: without it, the folder is listed.
    fn write(&mut self, note: String) -> io::Result<()> {
        if self.noted != note {
            self.lock.set_len(0)?;
            self.lock.rewind()?;
            self.lock.write_all(note.as_bytes())?;
            self.noted = note;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_note_counts_for_its_state_and_whole_alone() {
        let (mut file, mut left) = (tempfile::tempfile().unwrap(), Leavings::of(tempfile::tempfile().unwrap()));
        assert_eq!(left.known("s"), None);
        left.note("s");
        assert_eq!(left.known("s"), None, "the folder was not looked at");
        left.end([]);
        left.note("s");
        assert_eq!(left.known("s").unwrap(), [""; 0]);
        left.begin().unwrap();
        assert_eq!(left.known("s"), None);
        left.note("s");
        assert_eq!(left.known("s"), None, "files may be there that nothing names");
        left.end(["b".to_owned(), "a".to_owned()]);
        left.note("t");
        assert_eq!(left.known("t").unwrap(), ["a", "b"]);
        assert_eq!(left.known("s"), None);
        for length in 0..left.noted.len() {
            file.set_len(0).unwrap();
            file.rewind().unwrap();
            file.write_all(&left.noted.as_bytes()[..length]).unwrap();
            file.rewind().unwrap();
            assert_eq!(Leavings::of(file.try_clone().unwrap()).known("t"), None, "cut off at {length}");
        }
        left.begin().unwrap();
        left.end((0..=MOST).map(|number| number.to_string()));
        left.note("t");
        assert_eq!(left.known("t"), None, "so many are listed");
    }
}
