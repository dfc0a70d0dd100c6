//! Names of things: the only place that forms IRIs.
//!
//! They are readable, hold the document's own words, and depend on nothing but them.

use crate::span::{Span, fold, is_blank};

/// Where all of the project's names live.
pub const BASE: &str = "https://w3id.org/zeren/";

/// The vocabulary's namespace.
pub const ONTOLOGY: &str = "https://w3id.org/zeren/ontology#";

/// The IRI of a document, by its number, or else by its title.
///
/// One document is printed in many ways: full-width and half-width forms give the same IRI, and
/// so do the brackets `〔〕`, `[]` and `（）` around a year.
pub fn document(key: &str) -> String {
    let plain: Vec<char> =
        key.chars().filter(|char| !is_blank(*char) && !"《》“”\"".contains(*char)).map(fold).collect();
    let mut out: String = plain.iter().collect();
    for window in plain.windows(6) {
        if let ['(', year @ .., ')'] = window
            && year.iter().all(char::is_ascii_digit)
        {
            let year: String = year.iter().collect();
            out = out.replace(&format!("({year})"), &format!("〔{year}〕"));
        }
    }
    format!("{BASE}document/{}", segment(&out))
}

/// The IRI of a task of a document, by the label of the task.
pub fn task(document: &str, label: &str) -> String {
    format!("{document}/task/{}", label_segment(label))
}

/// The IRI of the `number`th thing of a kind below another thing.
pub fn part(parent: &str, kind: &str, number: usize) -> String {
    format!("{parent}/{kind}/{number}")
}

/// The IRI of an organisation, by its full name.
pub fn organisation(name: &str) -> String {
    format!("{BASE}organisation/{}", segment(name))
}

/// The IRI of a thing that one document alone is known to mean: that of the thing, below that of the document.
pub fn within(document: &str, thing: &str) -> String {
    match thing.strip_prefix(BASE) {
        Some(rest) if !document.is_empty() => format!("{document}/{rest}"),
        _ => thing.to_owned(),
    }
}

/// The IRI of a person, by the name that they sign with.
pub fn person(name: &str) -> String {
    format!("{BASE}person/{}", segment(name))
}

/// The IRI of a ledger that came back, by the name of its file without ending and by a digest of what was handed out.
pub fn ledger(file: &str, digest: &str) -> String {
    let stem = file.rsplit_once('.').map_or(file, |(stem, _)| stem);
    format!("{BASE}ledger/{}/{digest}", segment(stem))
}

/// Whether an IRI is that of a document, or of a thing in one.
pub fn is_document(iri: &str) -> bool {
    iri.strip_prefix(BASE).is_some_and(|rest| rest.starts_with("document/"))
}

/// Whether an IRI is that of a ledger, or of a thing in one.
pub fn is_ledger(iri: &str) -> bool {
    iri.strip_prefix(BASE).is_some_and(|rest| rest.starts_with("ledger/"))
}

/// The IRI of a place, by its code, or else by its name.
pub fn place(code_or_name: &str) -> String {
    format!("{BASE}place/{}", segment(code_or_name))
}

/// The IRI of a function of government, by its key.
pub fn function(key: &str) -> String {
    format!("{BASE}function/{}", segment(key))
}

/// The IRI of a kind of body of the registry, by its key.
pub fn body_kind(key: &str) -> String {
    format!("{BASE}body-kind/{}", segment(key))
}

/// The IRI of a reform at a place, by the key of the reform and the code or name of the place.
pub fn reform(key: &str, place: &str) -> String {
    format!("{BASE}reform/{}/{}", segment(key), segment(place))
}

/// The IRI of a stretch of a document's text, in characters.
pub fn text_span(document: &str, span: Span) -> String {
    format!("{document}/text/{}-{}", span.start, span.end)
}

/// The stretch of text that an IRI of [`text_span`] means.
///
/// ```
/// use zeren::{iri, span::Span};
///
/// assert_eq!(iri::span_of(&iri::text_span("d", Span::new(3, 8))), Some(Span::new(3, 8)));
/// ```
pub fn span_of(iri: &str) -> Option<Span> {
    let (_, places) = iri.rsplit_once("/text/")?;
    let (start, end) = places.split_once('-')?;
    Some(Span::new(start.parse().ok()?, end.parse().ok()?))
}

/// The IRI of that which selects a stretch of text, by the IRI of the stretch.
pub fn selector(text_span: &str) -> String {
    format!("{text_span}/selector")
}

/// The IRI of a unit that other vocabularies lack, by its printed name.
pub fn unit(printed: &str) -> String {
    format!("{BASE}unit/{}", segment(printed))
}

/// The IRI of all that a store holds, and of the graph that describes it.
pub fn dataset() -> String {
    format!("{BASE}dataset")
}

/// The IRI of a version of the program.
pub fn software(version: &str) -> String {
    format!("{BASE}software/zeren-{version}")
}

/// A concept of a family of the vocabulary, such as the role `lead`.
pub fn concept(family: &str, name: &str) -> String {
    format!("{ONTOLOGY}{family}-{name}")
}

/// A term of the vocabulary.
pub fn term(name: &str) -> String {
    format!("{ONTOLOGY}{name}")
}

/// The IRI that a path on a server stands for, percent-encoded as browsers do it; none of a path
/// that is not of one of the project's kinds of things.
pub fn of_path(path: &str) -> Option<String> {
    const KINDS: [&str; 11] = [
        "dataset",
        "document",
        "ledger",
        "organisation",
        "person",
        "place",
        "function",
        "body-kind",
        "reform",
        "unit",
        "software",
    ];
    let path = path.strip_prefix('/')?;
    if path == "dataset" {
        return Some(dataset());
    }
    let (kind, name) = path.split_once('/')?;
    if !KINDS.contains(&kind) || name.is_empty() {
        return None;
    }
    // what `segment` encodes stays encoded
    let mut out = format!("{BASE}{kind}/");
    for (index, part) in name.split('/').enumerate() {
        if index > 0 {
            out.push('/');
        }
        for char in decode(part)?.chars() {
            if "/?#<>\"{}|\\^`%".contains(char) || char.is_control() || is_private(char) {
                encode(char, &mut out);
            } else {
                out.push(char);
            }
        }
    }
    Some(out)
}

/// The words of an IRI: its last part, decoded.
pub fn words(iri: &str) -> String {
    let last = iri.rsplit(['/', '#']).find(|part| !part.is_empty()).unwrap_or(iri);
    decode(last).unwrap_or_else(|| last.to_owned())
}

/// Undoes percent-encoding; none if that gives no text.
pub(crate) fn decode(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        let mut ahead = rest.clone();
        let mut digit =
            || ahead.next().and_then(|byte| char::from(byte).to_digit(16)).and_then(|digit| u8::try_from(digit).ok());
        match (byte, digit(), digit()) {
            (b'%', Some(high), Some(low)) => {
                bytes.push(high << 4 | low);
                rest = ahead;
            }
            _ => bytes.push(byte),
        }
    }
    String::from_utf8(bytes).ok()
}

/// One path segment: blanks and title marks dropped, brackets of numbers made 〔〕, and what an IRI
/// may not hold percent-encoded.
fn segment(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for char in text.chars() {
        match char {
            '[' | '［' => out.push('〔'),
            ']' | '］' => out.push('〕'),
            '《' | '》' | '“' | '”' => {}
            _ if is_blank(char) => {}
            '/' | '?' | '#' | '<' | '>' | '"' | '{' | '}' | '|' | '\\' | '^' | '`' | '%' => encode(char, &mut out),
            _ if char.is_control() || is_private(char) => encode(char, &mut out),
            _ => out.push(char),
        }
    }
    if out.is_empty() { "-".to_owned() } else { out }
}

/// A label as a path segment: `(一)1.(2)` becomes `一.1.2`.
fn label_segment(label: &str) -> String {
    let parts: Vec<&str> = label.split(|char: char| !char.is_alphanumeric()).filter(|part| !part.is_empty()).collect();
    segment(&parts.join("."))
}

fn encode(char: char, out: &mut String) {
    let mut bytes = [0; 4];
    for byte in char.encode_utf8(&mut bytes).bytes() {
        out.push('%');
        out.push(char::from_digit(u32::from(byte >> 4), 16).unwrap_or('0').to_ascii_uppercase());
        out.push(char::from_digit(u32::from(byte & 15), 16).unwrap_or('0').to_ascii_uppercase());
    }
}

/// Characters that RFC 3987 keeps out of paths.
fn is_private(char: char) -> bool {
    matches!(char, '\u{e000}'..='\u{f8ff}' | '\u{fff0}'..='\u{ffff}' | '\u{e0000}'..='\u{10ffff}')
        || u32::from(char) & 0xfffe == 0xfffe
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_readable_and_safe() {
        let document = document("绍政发[2016] 36号");
        assert_eq!(document, "https://w3id.org/zeren/document/绍政发〔2016〕36号");
        for printed in ["绍政发（2016）36号", "绍政发〔２０１６〕36号", " 绍政发(2016)36号"] {
            assert_eq!(super::document(printed), document, "{printed}");
        }
        assert_eq!(
            super::document("《关于“十四五”（2021—2025年）的通知（2021）》"),
            "https://w3id.org/zeren/document/关于十四五(2021-2025年)的通知〔2021〕"
        );
        assert_eq!(task(&document, "(一)1.(2)"), format!("{document}/task/一.1.2"));
        assert_eq!(task(&document, "33#2"), format!("{document}/task/33.2"));
        assert_eq!(organisation("a/b?#%"), "https://w3id.org/zeren/organisation/a%2Fb%3F%23%25");
        let path = "/organisation/a%2Fb%3F%23%25/%E5%B1%80/%41";
        assert_eq!(of_path(path).as_deref(), Some("https://w3id.org/zeren/organisation/a%2Fb%3F%23%25/局/A"));
        assert_eq!(of_path("/organisation/%FF"), None);
        assert_eq!(of_path("/other/a"), None);
        assert_eq!(decode("100%").as_deref(), Some("100%"));
        assert_eq!(decode("%E5%B1%80%FF"), None);
        assert_eq!(place(" "), "https://w3id.org/zeren/place/-");
    }
}
