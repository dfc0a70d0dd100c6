//! Bytes to text and tables with places. Nothing is interpreted here.

mod container;
mod docx;
mod encoding;
mod error;
mod grid;
mod guard;
mod html;
mod numbering;
mod ods;
#[cfg(feature = "pdf")]
mod pdf;
mod plain;
mod sheet;
mod surroundings;
mod table;
mod workbook;
mod wrap;
mod writer;
mod xlsx;

use std::fs;
use std::path::Path;

pub use error::ReadError;
pub use grid::{Grid, GridSheet, LEDGER_MARK, LEDGER_SHEET, bare, read_grid, read_grid_csv};
pub use table::{Cell, Table};

use crate::diagnostic::Finding;
use crate::span::{Span, Text};

/// The form of a source.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// Text without markup.
    Plain,
    /// HTML, also text with stray HTML in it.
    Html,
    /// Comma- or tab-separated values.
    Csv,
    /// Office Open XML text.
    Docx,
    /// Office Open XML workbook.
    Xlsx,
    /// Workbook of the old Office.
    Xls,
    /// OpenDocument workbook.
    Ods,
    /// Portable Document Format with a text layer; read only with the feature `pdf`.
    Pdf,
}

/// A source as text, its paragraphs and tables with their places.
#[derive(Clone, Debug)]
pub struct Source {
    /// File name.
    pub name: String,
    /// Form.
    pub format: Format,
    /// The normalised text that all places refer to.
    pub text: Text,
    /// Paragraphs and tables in reading order.
    pub blocks: Vec<Block>,
    /// The cells of a workbook that hold words: place and name (`Sheet1!C5`), in order.
    pub cells: Vec<(Span, String)>,
    /// The words that are printed bold, in order, where the format tells.
    pub bold: Vec<Span>,
    /// What was odd.
    pub findings: Vec<Finding>,
}

/// A piece of a source.
#[derive(Clone, Debug)]
pub enum Block {
    /// A line or paragraph, with the blanks around it.
    Paragraph(Span),
    /// A table whose cells are known.
    Table(Table),
}

/// Reads a file.
///
/// # Errors
///
/// When the file cannot be read, is empty, or is of a form that is not text.
pub fn read_path(path: &Path) -> Result<Source, ReadError> {
    let name = path.file_name().map_or_else(|| path.display().to_string(), |name| name.to_string_lossy().into_owned());
    if path.is_dir() {
        return Err(ReadError::Directory);
    }
    let bytes = fs::read(path).map_err(ReadError::Io)?;
    read_bytes(&name, &bytes)
}

/// Reads the bytes of a source; the ending of `name` helps to tell its form.
///
/// # Errors
///
/// When there is no text, or the bytes are of a form that is not text.
pub fn read_bytes(name: &str, bytes: &[u8]) -> Result<Source, ReadError> {
    if bytes.iter().all(u8::is_ascii_whitespace) {
        return Err(ReadError::Empty);
    }
    if bytes.starts_with(b"PK\x03\x04") {
        return not_empty(zipped(name, bytes)?);
    }
    if bytes.starts_with(b"\xd0\xcf\x11\xe0") {
        return not_empty(ole(name, bytes)?);
    }
    #[cfg(feature = "pdf")]
    if bytes.starts_with(b"%PDF-") {
        return not_empty(pdf::read(name, bytes)?);
    }
    encoding::refuse_containers(bytes)?;
    let extension = name.rsplit_once('.').map(|(_, extension)| extension.to_ascii_lowercase()).unwrap_or_default();
    let decoded = encoding::decode(bytes).map_err(|error| match extension.as_str() {
        "docx" | "xlsx" | "xls" | "ods" | "pdf" => ReadError::NotAsNamed(extension.to_ascii_uppercase()),
        _ => error,
    })?;
    let is_page = match extension.as_str() {
        "csv" | "tsv" => false,
        "html" | "htm" | "xhtml" => true,
        _ => html::looks_like_html(&decoded.text),
    };
    if is_page && html::is_too_deep(&decoded.text) {
        return Err(ReadError::TooDeep);
    }
    let mut source = match extension.as_str() {
        "csv" | "tsv" => workbook::read_csv(name, &decoded.text),
        _ if is_page => html::read(name, &decoded.text),
        _ => plain::read(name, &decoded.text),
    };
    if source.format == Format::Html && source.text.as_str().trim().is_empty() {
        return Err(ReadError::PageWithoutText);
    }
    if let Some(mut finding) = decoded.finding {
        let first = source.text.as_str().chars().position(|char| char == '\u{fffd}');
        finding.span = first.map(|at| Span::new(at, at + 1));
        source.findings.push(finding);
    }
    not_empty(source)
}

fn not_empty(source: Source) -> Result<Source, ReadError> {
    if source.text.as_str().trim().is_empty() { Err(ReadError::Empty) } else { Ok(source) }
}

/// Reads a zip container by what is in it.
fn zipped(name: &str, bytes: &[u8]) -> Result<Source, ReadError> {
    let mut container = container::Container::open(bytes)?;
    // some programs number it: document2.xml
    let main =
        container.find(|part| part.strip_prefix("word/document").and_then(|rest| rest.strip_suffix(".xml")).is_some());
    if let Some(main) = main {
        return docx::read(name, &mut container, &main);
    }
    if container.has("xl/workbook.xml") {
        return workbook::read_zipped(name, &mut container, Format::Xlsx);
    }
    let kind = container.text("mimetype").unwrap_or_default();
    if kind.contains("opendocument.spreadsheet") {
        return workbook::read_zipped(name, &mut container, Format::Ods);
    }
    Err(ReadError::Container(if container.has("OFD.xml") {
        error::Container::Ofd
    } else if kind.contains("opendocument") {
        error::Container::OpenDocument
    } else if container.has("ppt/presentation.xml") {
        error::Container::Slides
    } else {
        error::Container::Zip
    }))
}

/// Reads a container of the old Office by the names of what is in it.
fn ole(name: &str, bytes: &[u8]) -> Result<Source, ReadError> {
    let has = |part: &str| {
        let part: Vec<u8> = part.encode_utf16().flat_map(u16::to_le_bytes).collect();
        bytes.windows(part.len()).any(|window| window == part)
    };
    if has("EncryptedPackage") {
        return Err(ReadError::Encrypted);
    }
    if has("WordDocument") {
        return Err(ReadError::Container(error::Container::Doc));
    }
    if has("PowerPoint Document") {
        return Err(ReadError::Container(error::Container::Slides));
    }
    workbook::read_xls(name, bytes)
}
