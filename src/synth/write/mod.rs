//! A page as the bytes of a file.

mod docx;
mod html;
mod sheet;
mod text;

use super::SynthError;
use super::draft::{Draft, Ground};
use super::layout::Page;
use super::style::{Encoding, Format};

/// The bytes of a file.
pub(super) fn bytes(ground: &Ground, draft: &mut Draft, page: &Page) -> Result<Vec<u8>, SynthError> {
    match draft.format {
        Format::Txt => Ok(encoded(&text::text(ground, draft, page), draft.encoding)),
        Format::Html => Ok(encoded(&html::html(ground, draft, page), draft.encoding)),
        Format::Csv => Ok(encoded(&sheet::csv(page), draft.encoding)),
        Format::Xlsx => sheet::xlsx(page),
        Format::Docx => docx::docx(page),
    }
}

/// Text in an encoding.
fn encoded(text: &str, encoding: Encoding) -> Vec<u8> {
    match encoding {
        Encoding::Utf8 => text.as_bytes().to_vec(),
        Encoding::Utf8Mark => ["\u{feff}", text].concat().into_bytes(),
        Encoding::Gb18030 => encoding_rs::GB18030.encode(text).0.into_owned(),
        Encoding::Utf16 => "\u{feff}".encode_utf16().chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect(),
    }
}
