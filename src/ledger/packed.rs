//! Graphs made small enough to be carried by the cells of a sheet.

use crate::hexadecimal;
use std::io::{self, Read as _, Write as _};

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use flate2::Compression;
use flate2::read::ZlibDecoder;
use flate2::write::ZlibEncoder;
use sha2::{Digest as _, Sha256};

/// The most bytes that one graph may unpack to.
const LARGEST_GRAPH: u64 = 1 << 30;

/// The most characters of a packed text in one cell.
const PIECE: usize = 30_000;

/// A text made small, in letters and digits that every spreadsheet keeps as they are, cut for cells.
pub(super) fn pack(text: &str) -> io::Result<Vec<String>> {
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(text.as_bytes())?;
    let packed = URL_SAFE_NO_PAD.encode(encoder.finish()?);
    // letters before each piece, so that none is taken for a number or a formula
    let pieces = packed.as_bytes().chunks(PIECE).filter_map(|piece| str::from_utf8(piece).ok());
    Ok(pieces.map(|piece| format!("x{piece}")).collect())
}

/// The text of pieces in their order; none if they are damaged.
pub(super) fn unpack<'a>(pieces: impl Iterator<Item = &'a str>) -> Option<String> {
    let packed: String = pieces.map(|piece| piece.trim().trim_start_matches('x').trim()).collect();
    let bytes = URL_SAFE_NO_PAD.decode(packed).ok()?;
    let mut text = String::new();
    ZlibDecoder::new(bytes.as_slice()).take(LARGEST_GRAPH).read_to_string(&mut text).ok()?;
    Some(text)
}

/// The SHA-256 of a text, in hexadecimal digits.
pub(super) fn digest(text: &str) -> String {
    hexadecimal::digits(&Sha256::digest(text.as_bytes()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_packed_is_unpacked() {
        // digests do not shrink: several pieces
        let long: String = (0..3000).map(|number: usize| digest(&number.to_string())).collect();
        for (text, pieces) in [("", 1), ("甲 乙\n", 1), (long.as_str(), 5)] {
            let packed = pack(text).unwrap();
            assert_eq!(packed.len(), pieces);
            assert_eq!(unpack(packed.iter().map(String::as_str)).as_deref(), Some(text));
        }
        assert_eq!(unpack(["xAAAA"].into_iter()), None);
    }
}
