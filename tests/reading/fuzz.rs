//! Broken files of every format: an error or a text, no panic, no text out of proportion.

use std::io::{Cursor, Read, Write};
use std::path::{Path, PathBuf};

use zeren::read::{ReadError, read_bytes};
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

/// The most characters that a broken file of a sample's size may give.
const LONGEST: usize = 20_000_000;

/// The sample files: those of other formats, and one of each of text, HTML and CSV.
fn samples() -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut paths: Vec<PathBuf> =
        std::fs::read_dir(root.join("tests/gold/formats")).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.extend(
        ["yunchuan-2023.txt", "xicheng-2022.html", "fuan-2024.csv"].map(|name| root.join("data/samples").join(name)),
    );
    paths.sort();
    paths
}

/// Numbers that look random and are the same in every run (xorshift).
struct Numbers(u64);

impl Numbers {
    fn next(&mut self) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 >> 16).unwrap()
    }

    fn below(&mut self, most: usize) -> usize {
        self.next() % most.max(1)
    }
}

/// Breaks bytes: some changed, a piece cut out, repeated or moved, or the end cut off.
fn broken(bytes: &[u8], numbers: &mut Numbers) -> Vec<u8> {
    let mut bytes = bytes.to_vec();
    for _ in 0..=numbers.below(4) {
        let length = bytes.len();
        if length == 0 {
            break;
        }
        let at = numbers.below(length);
        let end = (at + 1 + numbers.below(64)).min(length);
        match numbers.below(7) {
            0 => bytes.truncate(at),
            1 => drop(bytes.drain(at..end)),
            2 => {
                let piece = bytes[at..end].to_vec();
                let to = numbers.below(length);
                bytes.splice(to..to, piece);
            }
            3 => bytes[at..end].fill(0xff),
            4 => bytes[at..end].fill(b'9'),
            _ => (0..=numbers.below(6)).for_each(|_| {
                let at = numbers.below(length);
                bytes[at] = u8::try_from(numbers.below(256)).unwrap();
            }),
        }
    }
    bytes
}

/// A container with one part broken and the others whole, so that breaks reach what reads the parts.
fn broken_part(bytes: &[u8], numbers: &mut Numbers) -> Option<Vec<u8>> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).ok()?;
    let chosen = numbers.below(archive.len());
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for index in 0..archive.len() {
        let mut part = archive.by_index(index).ok()?;
        let mut content = Vec::new();
        part.read_to_end(&mut content).ok()?;
        let is_content = part.name().ok()?.ends_with("xml") && numbers.below(3) == 0;
        if index == chosen || is_content {
            content = broken(&content, numbers);
        }
        writer.start_file(part.name().ok()?.into_owned(), SimpleFileOptions::default()).ok()?;
        writer.write_all(&content).ok()?;
    }
    Some(writer.finish().ok()?.into_inner())
}

/// Reads a file as far as it goes; what it says slices its own text.
fn survives(name: &str, bytes: &[u8]) {
    if let Ok(source) = read_bytes(name, bytes) {
        assert!(source.text.len() < LONGEST, "{name}: {} characters", source.text.len());
        let (facts, text) = zeren::pipeline::facts_of(source);
        for task in &facts.tasks {
            assert!(task.task.span.end <= text.len());
        }
    }
}

#[test]
fn broken_files_give_errors_or_text() {
    let rounds = std::env::var("ZEREN_FUZZ_ROUNDS").ok().and_then(|rounds| rounds.parse().ok()).unwrap_or(12);
    for path in samples() {
        let bytes = std::fs::read(&path).unwrap();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let mut numbers = Numbers(0x9e37_79b9_7f4a_7c15 ^ bytes.len() as u64);
        for round in 0..rounds {
            let file = if round % 2 == 1 { broken_part(&bytes, &mut numbers) } else { None };
            let file = file.unwrap_or_else(|| broken(&bytes, &mut numbers));
            if std::env::var_os("ZEREN_FUZZ_KEEP").is_some() {
                std::fs::write(std::env::temp_dir().join(format!("broken-{name}")), &file).unwrap();
            }
            survives(&name, &file);
        }
    }
}

/// A container of one part.
fn container(name: &str, content: &[u8]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    writer.start_file(name, SimpleFileOptions::default()).unwrap();
    writer.write_all(content).unwrap();
    writer.finish().unwrap().into_inner()
}

#[test]
fn containers_that_unpack_to_too_much_are_refused() {
    let bomb = container("word/document.xml", &vec![b' '; 80 << 20]);
    assert!(bomb.len() < 1 << 20);
    assert!(matches!(read_bytes("a.docx", &bomb), Err(ReadError::TooLarge)));
}

#[test]
fn xml_that_unfolds_is_no_trouble() {
    let entities: Vec<String> = (1..30).map(|n| format!("<!ENTITY e{n} \"&e{};&e{};\">", n - 1, n - 1)).collect();
    let entities = entities.concat();
    let bomb = format!(
        "<!DOCTYPE w [<!ENTITY e0 \"x\">{entities}]><w:document xmlns:w=\"w\"><w:body>&e29;</w:body></w:document>"
    );
    assert!(read_bytes("a.docx", &container("word/document.xml", bomb.as_bytes())).is_err());
    let deep = format!("<w:document xmlns:w=\"w\"><w:body>{}</w:body></w:document>", "<w:p>".repeat(50_000));
    assert!(read_bytes("a.docx", &container("word/document.xml", deep.as_bytes())).is_err());
    let (open, close) = ("<w:tbl><w:tr><w:tc>".repeat(3000), "</w:tc></w:tr></w:tbl>".repeat(3000));
    let page = |depth: usize| format!("<html>{}<p>一<br>二</p>{}", "<div>".repeat(depth), "</div>".repeat(depth));
    assert!(read_bytes("a.html", page(1_000).as_bytes()).is_ok());
    assert!(matches!(read_bytes("a.html", page(200_000).as_bytes()), Err(ReadError::TooDeep)));
    let flat = format!("<html><table>{}</table>", "<tr><td>一<br>二<p>三".repeat(30_000));
    assert!(read_bytes("a.html", flat.as_bytes()).is_ok(), "cells end where the next begins");
    let nested = format!(
        "<w:document xmlns:w=\"w\"><w:body>{open}<w:p><w:r><w:t>x</w:t></w:r></w:p>{close}</w:body></w:document>"
    );
    let _ = read_bytes("a.docx", &container("word/document.xml", nested.as_bytes()));
}

#[test]
fn tables_that_claim_to_be_huge_stay_small() {
    let row = "<tr>".to_owned() + &"<td rowspan=2000 colspan=100>市财政局</td>".repeat(40) + "</tr>";
    let page = format!("<table>{}</table>", row.repeat(20));
    survives("a.html", page.as_bytes());
    let cells = "<table:table-row table:number-rows-repeated=\"1048576\"><table:table-cell table:number-columns-repeated=\"16384\" \
        table:number-rows-spanned=\"1000000\"><text:p>市财政局</text:p></table:table-cell></table:table-row>";
    let content = format!(
        "<o:document-content xmlns:o=\"o\" xmlns:table=\"t\" xmlns:text=\"x\"><o:body><o:spreadsheet><table:table table:name=\"表\">{cells}\
         </table:table></o:spreadsheet></o:body></o:document-content>"
    );
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, words) in
        [("mimetype", "application/vnd.oasis.opendocument.spreadsheet"), ("content.xml", content.as_str())]
    {
        writer.start_file(name, SimpleFileOptions::default()).unwrap();
        writer.write_all(words.as_bytes()).unwrap();
    }
    survives("a.ods", &writer.finish().unwrap().into_inner());
}

#[test]
fn what_is_not_read_says_what_to_do() {
    use zeren::diagnostic::Lang;
    let ole = |stream: &str| -> Vec<u8> {
        let name = stream.encode_utf16().flat_map(u16::to_le_bytes);
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".iter().copied().chain(std::iter::repeat_n(0, 600)).chain(name).collect()
    };
    for (name, bytes, words) in [
        ("a.doc", ole("WordDocument"), "DOC or WPS"),
        ("a.wps", ole("WordDocument"), "DOC or WPS"),
        ("a.xlsx", ole("EncryptedPackage"), "encrypted"),
        ("a.ppt", ole("PowerPoint Document"), "presentation"),
        ("a.ofd", container("OFD.xml", b"<a/>"), "OFD"),
        ("a.odt", container("mimetype", b"application/vnd.oasis.opendocument.text"), "OpenDocument"),
        ("a.zip", container("a.txt", b"words"), "zip"),
        ("a.rtf", b"{\\rtf1 words}".to_vec(), "RTF"),
        ("a.mht", b"MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=\"b\"\r\n\r\n--b".to_vec(), "MHT"),
        ("a.doc", b"<?xml version=\"1.0\"?><w:wordDocument><w:body/></w:wordDocument>".to_vec(), "Office XML"),
        (
            "a.html",
            b"<html><frameset><frame src=a><noframes>x</noframes></frameset></html>".to_vec(),
            "no text of its own",
        ),
        ("a.docx", b"junk \x00\x01\x02 \xff\xfe junk".repeat(20), "no DOCX"),
        ("a.png", b"\x89PNG\r\n\x1a\n0000".to_vec(), "picture"),
    ] {
        let error = read_bytes(name, &bytes).err().unwrap();
        assert!(error.message(Lang::En).contains(words), "{name}: {}", error.message(Lang::En));
        assert!(error.hint(Lang::Zh).is_some_and(|hint| hint.starts_with('请')), "{name}");
        assert!(error.message(Lang::Zh).chars().any(|char| char > '\u{4e00}'), "{name}");
    }
}
