//! Bytes to characters: byte-order mark, UTF-8, the encoding that a page declares, else a guess.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, GB18030, UTF_8, UTF_16BE, UTF_16LE};

use super::error::{Container, ReadError};
use crate::diagnostic::{Code, Finding};

/// A text and what was odd about its bytes.
pub(super) struct Decoded {
    pub(super) text: String,
    pub(super) finding: Option<Finding>,
}

/// How much of a text may be undecodable before it is refused.
const MOST_BAD: f64 = 0.02;

/// Refuses what is known not to be text.
pub(super) fn refuse_containers(bytes: &[u8]) -> Result<(), ReadError> {
    const MAGIC: [(&[u8], Container); 10] = [
        (b"%PDF-", Container::Pdf),
        (b"PK\x03\x04", Container::Zip),
        (b"PK\x05\x06", Container::Zip),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", Container::Ole),
        (b"{\\rtf", Container::Rtf),
        (b"\x89PNG", Container::Picture),
        (b"\xff\xd8\xff", Container::Picture),
        (b"GIF8", Container::Picture),
        (b"II*\0", Container::Picture),
        (b"MM\0*", Container::Picture),
    ];
    if let Some(container) = written_out(bytes) {
        return Err(ReadError::Container(container));
    }
    match MAGIC.iter().find(|(magic, _)| bytes.starts_with(magic)) {
        Some((_, container)) => Err(ReadError::Container(*container)),
        None => Ok(()),
    }
}

/// How many bytes tell what a text is that a program has written for itself.
const BEGINNING: usize = 4096;

/// What a text is that a program has written for itself, if it is one.
fn written_out(bytes: &[u8]) -> Option<Container> {
    let beginning = String::from_utf8_lossy(bytes.get(..BEGINNING).unwrap_or(bytes));
    let beginning = beginning.trim_start_matches('\u{feff}').trim_start();
    let holds = |words: &str| beginning.contains(words);
    if beginning.starts_with('<') {
        let office = holds("<w:wordDocument")
            || holds("<pkg:package")
            || holds("<Workbook") && holds("urn:schemas-microsoft-com:office:spreadsheet");
        return office.then_some(Container::OfficeXml);
    }
    let archive = holds("MIME-Version:") && holds("multipart/related") && holds("boundary");
    archive.then_some(Container::WebArchive)
}

/// Decodes the bytes of a text.
pub(super) fn decode(bytes: &[u8]) -> Result<Decoded, ReadError> {
    let encoding = choose(bytes)?;
    let (text, used, damaged) = encoding.decode(bytes);
    let mut finding = None;
    if damaged || text.contains('\u{fffd}') {
        let all = text.chars().count();
        let bad = text.chars().filter(|&char| char == '\u{fffd}').count();
        #[expect(clippy::cast_precision_loss, reason = "a ratio of counts")]
        if bad as f64 > all as f64 * MOST_BAD {
            return Err(ReadError::Encoding { encoding: used.name(), bad, all });
        }
        let encoding = used.name();
        finding = Some(
            Finding::new(
                Code::Undecodable,
                None,
                format!("有 {bad} 个字符无法按 {encoding} 解码"),
                format!("{bad} characters cannot be decoded as {encoding}"),
            )
            .with_hint("请与原文核对这些位置", "compare these places with the original"),
        );
    }
    if let Some((offset, char)) = text.char_indices().find(|(_, char)| is_binary(*char)) {
        return Err(ReadError::Binary { offset, byte: u8::try_from(u32::from(char)).unwrap_or(0) });
    }
    let text = if text.contains('\r') { text.replace("\r\n", "\n").replace('\r', "\n") } else { text.into_owned() };
    Ok(Decoded { text, finding })
}

fn choose(bytes: &[u8]) -> Result<&'static Encoding, ReadError> {
    if let Some((encoding, _)) = Encoding::for_bom(bytes) {
        return Ok(encoding);
    }
    if let Some(encoding) = utf16_without_mark(bytes) {
        return Ok(encoding);
    }
    if let Some(offset) = bytes.iter().position(|&byte| byte == 0) {
        return Err(ReadError::Binary { offset, byte: 0 });
    }
    if is_mostly_utf8(bytes) {
        return Ok(UTF_8);
    }
    if let Some(encoding) = declared(bytes).filter(|encoding| !encoding.decode(bytes).2) {
        return Ok(encoding);
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    let guess = detector.guess(None, Utf8Detection::Allow);
    // an encoding of single bytes decodes anything, and no Chinese document is in one
    Ok(if guess.is_single_byte() { GB18030 } else { guess })
}

/// Whether bytes are UTF-8, a few broken ones aside. Text in another encoding of Chinese breaks at every other
/// character.
fn is_mostly_utf8(bytes: &[u8]) -> bool {
    let (mut broken, mut chinese) = (0_usize, 0_usize);
    for chunk in bytes.utf8_chunks() {
        broken += usize::from(!chunk.invalid().is_empty());
        chinese += chunk.valid().chars().filter(|char| !char.is_ascii()).count();
    }
    broken == 0 || broken * 50 <= chinese
}

/// UTF-16 text without a byte-order mark: in the right order of bytes nearly all characters are Chinese or ASCII, in
/// the wrong one few are. Text in other encodings gives neither.
fn utf16_without_mark(bytes: &[u8]) -> Option<&'static Encoding> {
    const SAMPLE: usize = 8192;
    let sample = bytes.get(..bytes.len().min(SAMPLE))?;
    if bytes.len() < 4 || !bytes.len().is_multiple_of(2) || sample.is_ascii() && !sample.contains(&0) {
        return None;
    }
    let usual = |unit: u16| {
        matches!(unit, 0x09 | 0x0a | 0x0d | 0x20..=0x7e | 0x2010..=0x203f | 0x2460..=0x249b | 0x25a0..=0x2606 | 0x3000..=0x303f
            | 0x4e00..=0x9fff | 0xff00..=0xffef)
    };
    let share = |read: fn([u8; 2]) -> u16| {
        sample.as_chunks::<2>().0.iter().filter(|pair| usual(read(**pair))).count() * 200 / sample.len().max(1)
    };
    let (little, big) = (share(u16::from_le_bytes), share(u16::from_be_bytes));
    match (little, big) {
        (95.., _) if little > big => Some(UTF_16LE),
        (_, 95..) if big > little => Some(UTF_16BE),
        _ => None,
    }
}

/// The encoding that an HTML page or XML text declares in its first kilobyte.
fn declared(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = String::from_utf8_lossy(bytes.get(..bytes.len().min(1024))?).to_ascii_lowercase();
    let (_, after) = head.split_once("charset=").or_else(|| head.split_once("encoding="))?;
    let label: String = after
        .trim_start_matches(['"', '\'', ' '])
        .chars()
        .take_while(|char| char.is_ascii_alphanumeric() || matches!(char, '-' | '_'))
        .collect();
    Encoding::for_label(label.as_bytes())
}

fn is_binary(char: char) -> bool {
    matches!(char, '\0'..='\u{8}' | '\u{e}'..='\u{1a}' | '\u{1c}'..='\u{1f}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decoded(bytes: &[u8]) -> String {
        decode(bytes).unwrap().text
    }

    #[test]
    fn encodings_of_chinese_offices_are_told_apart() {
        let words =
            "牵头部门：市卫生健康委员会，配合部门：市财政局。各县（市、区）政府负责落实本地医药卫生体制改革任务。";
        let gb = GB18030.encode(words).0.into_owned();
        assert_eq!(decoded(&gb), words);
        let big5 = encoding_rs::BIG5
            .encode("負責機關：衛生局、財政局，配合單位：人民政府。各縣市政府應於年底前完成。")
            .0
            .into_owned();
        assert_eq!(decoded(&big5), "負責機關：衛生局、財政局，配合單位：人民政府。各縣市政府應於年底前完成。");
        let little: Vec<u8> = "\u{feff}责任\r\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert_eq!(decoded(&little), "责任\n");
        let big: Vec<u8> = "责任 1.\r\n2.\r\n".encode_utf16().flat_map(u16::to_be_bytes).collect();
        assert_eq!(decoded(&big), "责任 1.\n2.\n");
    }

    #[test]
    fn a_broken_byte_leaves_the_rest_readable() {
        let mut bytes =
            "牵头部门：市卫生健康委员会，配合部门：市财政局。各县（市、区）政府负责落实本地医药卫生体制改革任务。"
                .repeat(3)
                .into_bytes();
        bytes.insert(30, 0xff);
        let decoded = decode(&bytes).unwrap();
        assert!(decoded.text.contains("市财政局"));
        assert!(decoded.finding.is_some());
    }

    #[test]
    fn the_declared_encoding_is_honoured() {
        let page = "<html><head><meta charset=gb2312></head><body>㐂负责</body></html>";
        let bytes = GB18030.encode(page).0.into_owned();
        assert_eq!(decoded(&bytes), page);
    }

    #[test]
    fn what_is_no_text_is_refused_with_its_place() {
        assert!(matches!(decode(b"ab\0cd"), Err(ReadError::Binary { offset: 2, byte: 0 })));
        assert!(matches!(refuse_containers(b"%PDF-1.7"), Err(ReadError::Container(Container::Pdf))));
        let noise = [0xff, b'a'].repeat(200);
        assert!(matches!(decode(&noise), Err(ReadError::Encoding { .. })));
    }
}
