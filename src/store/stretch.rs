//! Files that are read from several places at a time.

use std::fs::File;
use std::io::{self, Read};
use std::ops::Range;

/// A stretch of a file, in bytes, read from its beginning to its end, whatever others read of the file.
#[derive(Debug)]
pub(super) struct Stretch<'a> {
    file: &'a File,
    rest: Range<u64>,
}

impl<'a> Stretch<'a> {
    pub(super) fn new(file: &'a File, place: Range<u64>) -> Self {
        Self { file, rest: place }
    }
}

impl Read for Stretch<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let left = usize::try_from(self.rest.end.saturating_sub(self.rest.start)).unwrap_or(usize::MAX);
        let most = buffer.len().min(left);
        let read = read_some(self.file, buffer.get_mut(..most).unwrap_or_default(), self.rest.start)?;
        self.rest.start += read as u64;
        Ok(read)
    }
}

#[cfg(unix)]
fn read_some(file: &File, buffer: &mut [u8], start: u64) -> io::Result<usize> {
    std::os::unix::fs::FileExt::read_at(file, buffer, start)
}

#[cfg(windows)]
fn read_some(file: &File, buffer: &mut [u8], start: u64) -> io::Result<usize> {
    std::os::windows::fs::FileExt::seek_read(file, buffer, start)
}

/// Reads so many bytes from a place in a file.
pub(super) fn read_at(file: &File, start: u64, length: usize) -> io::Result<Vec<u8>> {
    let mut bytes = vec![0; length];
    Stretch::new(file, start..start.saturating_add(length as u64)).read_exact(&mut bytes)?;
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use super::*;

    #[test]
    fn a_stretch_ends_where_it_ends_or_the_file_does() {
        let mut file = tempfile::tempfile().unwrap();
        file.write_all(b"0123456789").unwrap();
        let read = |place| {
            let mut text = String::new();
            Stretch::new(&file, place).read_to_string(&mut text).unwrap();
            text
        };
        assert_eq!(read(2..5), "234");
        assert_eq!(read(8..20), "89");
        assert_eq!(read(12..20), "");
        assert_eq!(read_at(&file, 7, 3).unwrap(), b"789");
        assert_eq!(read_at(&file, 7, 4).unwrap_err().kind(), io::ErrorKind::UnexpectedEof);
    }
}
