//! One notice in every encoding that offices use says the same.

use encoding_rs::{BIG5, GB18030, GBK};
use zeren::read::read_bytes;

/// What a notice says, whatever its name.
fn said(bytes: &[u8]) -> String {
    let (facts, text) = zeren::pipeline::facts_of(read_bytes("a.txt", bytes).unwrap());
    let tasks: Vec<String> = facts.tasks.iter().map(|task| format!("{:?}", task.task)).collect();
    format!("{}\n{}\n{}", facts.head.title.unwrap_or_default(), tasks.join("\n"), text.as_str())
}

fn utf16(words: &str, little: bool, mark: bool) -> Vec<u8> {
    let mark = if mark { "\u{feff}" } else { "" };
    let units = mark.encode_utf16().chain(words.encode_utf16());
    units.flat_map(|unit| if little { unit.to_le_bytes() } else { unit.to_be_bytes() }).collect()
}

#[test]
fn simplified_notices_in_every_encoding() {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("data/samples");
    for name in ["yunchuan-2023.txt", "anlan-2016.txt"] {
        let words = std::fs::read_to_string(root.join(name)).unwrap();
        let expected = said(words.as_bytes());
        assert!(expected.len() > 1000);
        let crlf = words.replace('\n', "\r\n");
        let marked = [b"\xef\xbb\xbf".as_slice(), words.as_bytes()].concat();
        for (encoding, bytes) in [
            ("UTF-8 with a mark", marked),
            ("CRLF", crlf.into_bytes()),
            ("GB18030", GB18030.encode(&words).0.into_owned()),
            ("GBK", GBK.encode(&words).0.into_owned()),
            ("UTF-16LE", utf16(&words, true, true)),
            ("UTF-16BE", utf16(&words, false, true)),
            ("UTF-16LE without a mark", utf16(&words, true, false)),
            ("UTF-16BE without a mark", utf16(&words, false, false)),
        ] {
            assert!(said(&bytes) == expected, "{name} in {encoding}");
        }
    }
}

#[test]
fn a_notice_without_an_ascii_character_in_utf16() {
    let words = "清河市人民政府办公室通知\n一、健全财政制度，完善预算管理。（市财政局负责）\n二、推进医药卫生体制改革。（市卫生健康委负责）\n";
    for little in [true, false] {
        assert!(said(&utf16(words, little, false)) == said(words.as_bytes()), "little endian: {little}");
    }
}

#[test]
fn traditional_notices_in_big5() {
    let words = "清河市政府辦公室通知\n一、健全財政制度，完善預算管理。（市財政局負責）\n二、推動醫療衛生改革，加強基層服務能力。（市衛生局負責）\n";
    let (bytes, _, lost) = BIG5.encode(words);
    assert!(!lost);
    assert!(said(&bytes) == said(words.as_bytes()));
}
