//! Zip containers of office documents, with bounds on what comes out of them.

use std::io::{Cursor, Read};

use zip::ZipArchive;
use zip::result::ZipError;

use super::error::ReadError;

/// The most bytes that one part of a container may unpack to.
const LARGEST_PART: u64 = 64 << 20;

/// An open container.
pub(super) struct Container<'b> {
    archive: ZipArchive<Cursor<&'b [u8]>>,
}

impl<'b> Container<'b> {
    /// Opens the container that some bytes are.
    pub(super) fn open(bytes: &'b [u8]) -> Result<Self, ReadError> {
        ZipArchive::new(Cursor::new(bytes))
            .map(|archive| Self { archive })
            .map_err(|error| ReadError::Archive(error.to_string()))
    }

    /// Whether it has a part.
    pub(super) fn has(&self, name: &str) -> bool {
        self.archive.file_names().any(|part| part.is_ok_and(|part| part == name))
    }

    /// The name of the first part of which a test is true.
    pub(super) fn find(&self, test: impl Fn(&str) -> bool) -> Option<String> {
        self.archive.file_names().filter_map(Result::ok).find(|part| test(part)).map(|part| part.to_string())
    }

    /// A part as text.
    pub(super) fn text(&mut self, name: &str) -> Result<String, ReadError> {
        let part = self.archive.by_name(name).map_err(|error| match error {
            ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED) => ReadError::Encrypted,
            error => ReadError::Archive(error.to_string()),
        })?;
        let mut content = Vec::new();
        part.take(LARGEST_PART + 1).read_to_end(&mut content).map_err(ReadError::Io)?;
        if content.len() as u64 > LARGEST_PART {
            return Err(ReadError::TooLarge);
        }
        String::from_utf8(content).map_err(|error| ReadError::Archive(error.to_string()))
    }
}
