//! Findings as SARIF 2.1.0, which editors and code hosts show at their places.
//!
//! See <https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html>.

use std::io::{self, Write};

use serde::Serialize;

use super::Report;
use crate::diagnostic::{Code, Finding, Lang, Severity};
use crate::lint::RULES;
use crate::render::json::line;
use crate::span::{Span, Text};

/// Writes the findings of all documents as one log with one run.
///
/// Columns count Unicode characters. Of a document that is not plain text, lines and columns are those of the text
/// that `zeren extract --text` prints.
///
/// # Errors
///
/// Where `out` cannot be written.
pub fn sarif(out: &mut dyn Write, reports: &[Report], lang: Lang) -> io::Result<()> {
    line(out, &Sarif::new(reports, lang))
}

/// A log.
#[derive(Serialize)]
pub struct Sarif<'a> {
    #[serde(rename = "$schema")]
    schema: &'static str,
    version: &'static str,
    runs: [Run<'a>; 1],
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Run<'a> {
    tool: Tool,
    language: &'static str,
    column_kind: &'static str,
    results: Vec<Outcome<'a>>,
}

#[derive(Serialize)]
struct Tool {
    driver: Driver,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Driver {
    name: &'static str,
    semantic_version: &'static str,
    rules: Vec<Descriptor>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Descriptor {
    id: &'static str,
    name: &'static str,
    short_description: Words,
    full_description: Words,
    help: Words,
    default_configuration: Configuration,
}

#[derive(Serialize)]
struct Configuration {
    level: &'static str,
}

#[derive(Serialize)]
struct Words {
    text: String,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Outcome<'a> {
    rule_id: &'static str,
    rule_index: usize,
    level: &'static str,
    message: Words,
    locations: Vec<Location<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    related_locations: Vec<Location<'a>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
#[expect(clippy::struct_field_names, reason = "the names of the format")]
struct Location<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<usize>,
    physical_location: Physical<'a>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    logical_locations: Vec<Logical<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    message: Option<Words>,
}

/// A cell of a workbook.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Logical<'a> {
    fully_qualified_name: &'a str,
    kind: &'static str,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Physical<'a> {
    artifact_location: Artifact,
    #[serde(skip_serializing_if = "Option::is_none")]
    region: Option<Region<'a>>,
}

#[derive(Serialize)]
struct Artifact {
    uri: String,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Region<'a> {
    start_line: usize,
    start_column: usize,
    end_line: usize,
    end_column: usize,
    char_offset: usize,
    char_length: usize,
    snippet: Snippet<'a>,
}

#[derive(Serialize)]
struct Snippet<'a> {
    text: &'a str,
}

impl<'a> Sarif<'a> {
    /// Makes the log of some documents.
    pub fn new(reports: &'a [Report], lang: Lang) -> Self {
        let rules = RULES
            .iter()
            .map(|rule| {
                let explanation = rule.explanation();
                Descriptor {
                    id: rule.code.number(),
                    name: rule.code.as_str(),
                    short_description: Words { text: explanation.title(lang).to_owned() },
                    full_description: Words { text: explanation.what(lang) },
                    help: Words { text: explanation.why(lang) },
                    default_configuration: Configuration { level: rule.code.severity().as_str() },
                }
            })
            .collect();
        let results = reports
            .iter()
            .flat_map(|report| report.findings().map(|finding| Outcome::of(report, finding, lang)))
            .collect();
        let driver = Driver { name: "zeren", semantic_version: env!("CARGO_PKG_VERSION"), rules };
        let run = Run {
            tool: Tool { driver },
            language: lang.pick("zh-CN", "en"),
            column_kind: "unicodeCodePoints",
            results,
        };
        Self { schema: "https://json.schemastore.org/sarif-2.1.0.json", version: "2.1.0", runs: [run] }
    }
}

impl<'a> Outcome<'a> {
    fn of(report: &'a Report, finding: &'a Finding, lang: Lang) -> Self {
        let text = &report.checked.text;
        let message = finding.message.in_lang(lang);
        let hint = finding.hint.as_ref().map(|hint| hint.in_lang(lang));
        let words = match hint {
            Some(hint) => format!("{message}{}{hint}", lang.pick("。", ". ")),
            None => message.to_owned(),
        };
        let location = |id, span: Option<Span>, message| Location {
            id,
            physical_location: Physical {
                artifact_location: Artifact { uri: uri(&report.path) },
                region: span.map(|span| Region::of(text, span)),
            },
            logical_locations: span
                .and_then(|span| report.checked.cell(span))
                .map(|cell| Logical { fully_qualified_name: cell, kind: "cell" })
                .into_iter()
                .collect(),
            message,
        };
        Self {
            rule_id: finding.code.number(),
            rule_index: Code::ALL.iter().position(|code| *code == finding.code).unwrap_or(0),
            level: match finding.severity {
                Severity::Error => "error",
                Severity::Warning => "warning",
                Severity::Note => "note",
            },
            message: Words { text: words },
            locations: vec![location(None, finding.span, None)],
            related_locations: finding
                .related
                .iter()
                .enumerate()
                .map(|(index, (span, message))| {
                    location(Some(index + 1), Some(*span), Some(Words { text: message.in_lang(lang).to_owned() }))
                })
                .collect(),
        }
    }
}

impl<'a> Region<'a> {
    fn of(text: &'a Text, span: Span) -> Self {
        let (start, end) = (text.position(span.start), text.position(span.end));
        Self {
            start_line: start.line,
            start_column: start.column,
            end_line: end.line,
            end_column: end.column,
            char_offset: span.start,
            char_length: span.len(),
            snippet: Snippet { text: text.slice(span) },
        }
    }
}

/// A path as a reference of RFC 3986: slashes, and everything else that is not unreserved as bytes.
pub(in crate::render) fn uri(path: &str) -> String {
    let path = if cfg!(windows) { path.replace('\\', "/") } else { path.to_owned() };
    let mut out = if path.starts_with('/') { "file://".to_owned() } else { String::new() };
    for byte in path.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~' | b'/') {
            out.push(char::from(byte));
        } else {
            out.extend(['%', hex(byte >> 4), hex(byte & 15)]);
        }
    }
    out
}

fn hex(digit: u8) -> char {
    char::from_digit(u32::from(digit), 16).map_or('0', |digit| digit.to_ascii_uppercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_become_references() {
        assert_eq!(uri("drafts/草 1.txt"), "drafts/%E8%8D%89%201.txt");
        assert_eq!(uri("/srv/a.txt"), "file:///srv/a.txt");
    }
}
