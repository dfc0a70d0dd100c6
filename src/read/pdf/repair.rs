//! Mends what the library cannot read.

use std::fmt::Write;

use pdf_oxide::PdfDocument;
use pdf_oxide::object::{Object, ObjectRef};

/// Larger streams, in bytes, are no maps of characters.
const LARGEST_MAP: usize = 1 << 20;

/// The document with the lines of its character maps ended by line feeds, if any ends them by carriage returns alone:
/// Founder's (方正) programs, which typeset official gazettes, do, and the library then finds hardly a character.
///
/// The mended maps are appended as an incremental update (ISO 32000-1, 7.5.6).
pub(super) fn with_character_maps(document: &PdfDocument, bytes: &[u8]) -> Option<Vec<u8>> {
    if document.is_encrypted() {
        return None;
    }
    let mut out = bytes.to_vec();
    let mut table = String::new();
    let mut highest = 0;
    for id in document.all_object_ids() {
        highest = highest.max(id);
        let Some(map) = map_without_line_feeds(document, id) else { continue };
        out.push(b'\n');
        writeln!(table, "{id} 1\n{:010} 00000 n ", out.len()).ok()?;
        out.extend(format!("{id} 0 obj\n<</Length {}>>\nstream\n", map.len()).into_bytes());
        out.extend(map);
        out.extend(b"\nendstream\nendobj\n");
    }
    if table.is_empty() {
        return None;
    }
    let Object::Reference(root) = document.trailer().as_dict()?.get("Root")? else { return None };
    let before = last_table(bytes)?;
    let start = out.len();
    let trailer = format!(
        "xref\n{table}trailer\n<</Size {}/Root {} {} R/Prev {before}>>\nstartxref\n{start}\n%%EOF\n",
        highest + 1,
        root.id,
        root.r#gen
    );
    out.extend(trailer.into_bytes());
    Some(out)
}

fn map_without_line_feeds(document: &PdfDocument, id: u32) -> Option<Vec<u8>> {
    let object = document.load_object(ObjectRef::new(id, 0)).ok()?;
    let Object::Stream { dict, data } = &object else { return None };
    if data.len() > LARGEST_MAP || dict.contains_key("Subtype") {
        return None;
    }
    let map = object.decode_stream_data().ok().filter(|map| map.len() <= LARGEST_MAP)?;
    let is_map = map.windows(9).any(|words| words == b"begincmap");
    (is_map && map.contains(&b'\r') && !map.contains(&b'\n'))
        .then(|| map.iter().map(|byte| if *byte == b'\r' { b'\n' } else { *byte }).collect())
}

/// Where the last cross-reference table begins, in bytes.
fn last_table(bytes: &[u8]) -> Option<usize> {
    const WORD: &[u8] = b"startxref";
    let at = bytes.windows(WORD.len()).rposition(|words| words == WORD)?;
    let digits = bytes.get(at + WORD.len()..)?.iter().skip_while(|byte| byte.is_ascii_whitespace());
    let digits: Vec<u8> = digits.take_while(|byte| byte.is_ascii_digit()).copied().collect();
    String::from_utf8(digits).ok()?.parse().ok()
}
