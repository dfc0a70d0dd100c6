//! What does not meet the shapes: for a terminal, for programs, and for editors.

use std::collections::BTreeSet;
use std::io::{self, Write};

use oxigraph::model::NamedNode;
use serde::Serialize;

use super::findings::{SEVERITIES, word};
use super::json::line;
use crate::diagnostic::{Lang, Message, Severity};
use crate::query::shapes::Violation;

/// Writes violations as a compiler shows them: what ought to be and what is, where, and what to do.
///
/// # Errors
///
/// Where `out` cannot be written.
pub fn text(out: &mut dyn Write, violations: &[Violation], lang: Lang) -> io::Result<()> {
    for violation in violations {
        let severity = word(violation.severity, lang);
        writeln!(out, "{severity}[{}]: {}", violation.code, clean(&said(violation, lang)))?;
        writeln!(out, " --> {}", clean(&place(violation, lang)))?;
        let (of, hint) = (lang.pick("对象", "at"), lang.pick("建议", "hint"));
        writeln!(out, "  = {of}: {}", clean(violation.name.in_lang(lang)))?;
        if let Some(words) = &violation.hint {
            writeln!(out, "  = {hint}: {}", clean(words.in_lang(lang)))?;
        }
        writeln!(out)?;
    }
    writeln!(out, "{}", counts(violations, lang))
}

/// What ought to be, and what is the case.
fn said(violation: &Violation, lang: Lang) -> String {
    let message = violation.message.in_lang(lang);
    match &violation.detail {
        Some(detail) => format!("{message}{}{}", lang.pick("；", "; "), detail.in_lang(lang)),
        None => message.to_owned(),
    }
}

/// File, line and column, and the words that stand there.
fn place(violation: &Violation, lang: Lang) -> String {
    let graph = || violation.graph.as_ref().map(|graph| graph.as_str().to_owned());
    let mut place =
        violation.source.clone().or_else(graph).unwrap_or_else(|| lang.pick("全图", "the whole").to_owned());
    let Some(at) = &violation.place else { return place };
    let at_place = match (at.line, at.column) {
        (Some(line), Some(column)) => format!(":{line}:{column}"),
        _ => match lang {
            Lang::Zh => format!("：第 {} 至 {} 字", at.start, at.end),
            Lang::En => format!(": characters {} to {}", at.start, at.end),
        },
    };
    place.push_str(&at_place);
    if let Some(words) = &at.words {
        place.extend([" `", words, "`"]);
    }
    place
}

fn counts(violations: &[Violation], lang: Lang) -> String {
    let parts: Vec<String> = SEVERITIES
        .iter()
        .filter_map(|severity| {
            let count = violations.iter().filter(|violation| violation.severity == *severity).count();
            let word = word(*severity, lang);
            match (lang, count) {
                (_, 0) => None,
                (Lang::Zh, _) => Some(format!("{word} {count} 处")),
                (Lang::En, 1) => Some(format!("1 {word}")),
                (Lang::En, _) => Some(format!("{count} {word}s")),
            }
        })
        .collect();
    if parts.is_empty() {
        return lang.pick("符合全部约束", "everything meets the shapes").to_owned();
    }
    let documents: BTreeSet<_> = violations.iter().filter_map(|violation| violation.graph.as_ref()).collect();
    match (lang, documents.len()) {
        (Lang::Zh, count) => format!("{}，涉及 {count} 份文件", parts.join("，")),
        (Lang::En, 1) => format!("{} in 1 document", parts.join(", ")),
        (Lang::En, count) => format!("{} in {count} documents", parts.join(", ")),
    }
}

/// Text without characters that would move the cursor.
fn clean(text: &str) -> String {
    text.chars().map(|char| if char.is_control() { ' ' } else { char }).collect()
}

/// Writes violations as one object.
///
/// # Errors
///
/// Where `out` cannot be written.
pub fn json(out: &mut dyn Write, violations: &[Violation], lang: Lang) -> io::Result<()> {
    let shape = Shape {
        conforms: violations.is_empty(),
        violations: violations.iter().map(|violation| ViolationShape::of(violation, lang)).collect(),
    };
    line(out, &shape)
}

#[derive(Serialize)]
struct Shape<'a> {
    conforms: bool,
    violations: Vec<ViolationShape<'a>>,
}

#[derive(Serialize)]
struct ViolationShape<'a> {
    code: &'a str,
    severity: &'static str,
    message: &'a str,
    detail: Option<&'a str>,
    hint: Option<&'a str>,
    focus: String,
    name: &'a str,
    property: Option<&'a str>,
    value: Option<String>,
    component: &'static str,
    graph: Option<&'a str>,
    document: Option<&'a str>,
    source: Option<&'a str>,
    span: Option<[usize; 2]>,
    line: Option<usize>,
    column: Option<usize>,
    words: Option<&'a str>,
}

impl<'a> ViolationShape<'a> {
    fn of(violation: &'a Violation, lang: Lang) -> Self {
        let words = |message: &'a Option<Message>| message.as_ref().map(|message| message.in_lang(lang));
        let place = violation.place.as_ref();
        let bare = |term: String| term.trim_start_matches('<').trim_end_matches('>').to_owned();
        Self {
            code: &violation.code,
            severity: violation.severity.as_str(),
            message: violation.message.in_lang(lang),
            detail: words(&violation.detail),
            hint: words(&violation.hint),
            focus: bare(violation.focus.to_string()),
            name: violation.name.in_lang(lang),
            property: violation.property.as_ref().map(NamedNode::as_str),
            value: violation.value.as_ref().map(|value| bare(value.to_string())),
            component: violation.component,
            graph: violation.graph.as_ref().map(NamedNode::as_str),
            document: violation.document.as_deref(),
            source: violation.source.as_deref(),
            span: place.map(|place| [place.start, place.end]),
            line: place.and_then(|place| place.line),
            column: place.and_then(|place| place.column),
            words: place.and_then(|place| place.words.as_deref()),
        }
    }
}

/// Writes violations as a log of SARIF 2.1.0 with one run.
///
/// Lines and columns count in the text that `zeren extract --text` prints.
///
/// # Errors
///
/// Where `out` cannot be written.
pub fn sarif(out: &mut dyn Write, violations: &[Violation], lang: Lang) -> io::Result<()> {
    let rules: BTreeSet<&str> = violations.iter().map(|violation| violation.code.as_str()).collect();
    let rules: Vec<_> = rules.into_iter().map(|code| serde_json::json!({ "id": code })).collect();
    let results: Vec<_> = violations
        .iter()
        .map(|violation| {
            let mut physical = serde_json::json!({});
            if let Some(source) = &violation.source {
                physical = serde_json::json!({ "artifactLocation": { "uri": super::findings::uri(source) } });
            }
            if let Some(place) = &violation.place {
                let mut region = serde_json::json!({
                    "charOffset": place.start,
                    "charLength": place.end.saturating_sub(place.start),
                });
                if let (Some(line), Some(column)) = (place.line, place.column) {
                    region["startLine"] = line.into();
                    region["startColumn"] = column.into();
                }
                if let Some(words) = &place.words {
                    region["snippet"] = serde_json::json!({ "text": words });
                }
                physical["region"] = region;
            }
            serde_json::json!({
                "ruleId": violation.code,
                "level": violation.severity.as_str(),
                "message": { "text": format!("{}: {}", violation.name.in_lang(lang), said(violation, lang)) },
                "locations": [{
                    "physicalLocation": physical,
                    "logicalLocations": [{ "fullyQualifiedName": violation.focus.to_string() }],
                }],
            })
        })
        .collect();
    let log = serde_json::json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": { "name": "zeren", "semanticVersion": env!("CARGO_PKG_VERSION"), "rules": rules } },
            "language": lang.pick("zh-CN", "en"),
            "columnKind": "unicodeCodePoints",
            "results": results,
        }],
    });
    line(out, &log)
}

/// Whether a violation is as grave as this, or graver.
pub fn any_from(violations: &[Violation], least: Severity) -> bool {
    violations.iter().any(|violation| violation.severity >= least)
}
