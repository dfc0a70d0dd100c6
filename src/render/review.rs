//! What a person should look at in a document.

use std::io::{self, Write};

use serde::Serialize;

use super::json::{self, Number};
use super::table::Table;
use crate::correct::{Corrections, Stanza, skeleton};
use crate::diagnostic::Lang;
use crate::resolve::Facts;
use crate::review::{About, Item};
use crate::span::Span;

/// Writes one row for each item, for people; `below` is the threshold.
///
/// # Errors
///
/// Where `out` cannot be written.
pub fn table(
    out: &mut dyn Write,
    facts: &Facts,
    items: &[Item],
    below: f64,
    lang: Lang,
    width: Option<usize>,
) -> io::Result<()> {
    let title = facts.head.title.as_deref().unwrap_or(&facts.source);
    writeln!(out, "{}", title.chars().map(|char| if char.is_control() { ' ' } else { char }).collect::<String>())?;
    let decisions: usize = facts
        .tasks
        .iter()
        .map(|entry| entry.task.responsibilities.len() + entry.task.indicators.len() + entry.task.deadlines.len())
        .sum();
    match lang {
        Lang::Zh => writeln!(out, "{} 处待核对（置信度低于 {below}），共 {decisions} 项判断", items.len())?,
        Lang::En => writeln!(out, "to look at: {} (less sure than {below}), of {decisions} decisions", items.len())?,
    }
    if items.is_empty() {
        return Ok(());
    }
    writeln!(out)?;
    let zh = ["置信度", "编号", "读作", "为何存疑", "行", "原文"];
    let en = ["sure", "no.", "read as", "why in doubt", "line", "words"];
    let mut table = Table::new(if lang == Lang::Zh { zh } else { en }).right(0).right(4).whole();
    for item in items {
        // which body a name means is asked of the whole document
        let task = if item.about == About::Name { String::new() } else { item.task.clone() };
        table.row([
            format!("{:.2}", item.confidence),
            task,
            item.reading.in_lang(lang).to_owned(),
            reasons(item, lang),
            item.line.to_string(),
            format!("{}【{}】{}", item.before, item.words, item.after),
        ]);
    }
    table.write(out, width)?;
    match lang {
        Lang::Zh => writeln!(out, "\n用 --format toml 可得更正文件的样稿"),
        Lang::En => writeln!(out, "\n--format toml gives a file of corrections to fill in"),
    }
}

fn reasons(item: &Item, lang: Lang) -> String {
    item.reasons.iter().map(|reason| reason.in_lang(lang)).collect::<Vec<_>>().join(lang.pick("；", "; "))
}

#[derive(Serialize)]
struct Shape<'a> {
    document: &'a str,
    source: &'a str,
    below: Number,
    items: Vec<ItemShape<'a>>,
}

#[derive(Serialize)]
struct ItemShape<'a> {
    confidence: Number,
    claim: &'static str,
    task: &'a str,
    words: &'a str,
    reading: &'a str,
    reasons: Vec<&'a str>,
    span: Span,
    line: usize,
    before: &'a str,
    after: &'a str,
    correction: Option<String>,
}

/// Writes one object on one line.
///
/// # Errors
///
/// Where `out` cannot be written.
pub fn json(out: &mut dyn Write, facts: &Facts, items: &[Item], below: f64, lang: Lang) -> io::Result<()> {
    let shape = |item| -> ItemShape<'_> {
        let item: &Item = item;
        ItemShape {
            confidence: Number(item.confidence),
            claim: item.about.as_str(),
            task: &item.task,
            words: &item.words,
            reading: item.reading.in_lang(lang),
            reasons: item.reasons.iter().map(|reason| reason.in_lang(lang)).collect(),
            span: item.span,
            line: item.line,
            before: &item.before,
            after: &item.after,
            correction: item.stanza.as_ref().map(Stanza::to_toml),
        }
    };
    let items = items.iter().map(shape).collect();
    json::line(out, &Shape { document: &facts.id, source: &facts.source, below: Number(below), items })
}

/// Writes a file of corrections to be filled in; where some are known, only what is to be added to their file.
///
/// # Errors
///
/// Where `out` cannot be written.
pub fn toml(
    out: &mut dyn Write,
    facts: &Facts,
    items: &[Item],
    known: Option<&Corrections>,
    lang: Lang,
) -> io::Result<()> {
    let head = &facts.head;
    let stanzas = items.iter().filter_map(|item| {
        let stanza = item.stanza.as_ref().filter(|stanza| !known.is_some_and(|known| stanza.is_in(known)))?;
        let reason = format!(
            "{:.2} {}{}{}\n{}【{}】{}",
            item.confidence,
            item.reading.in_lang(lang),
            lang.pick("：", ": "),
            reasons(item, lang),
            item.before,
            item.words.replace('\n', " "),
            item.after
        );
        Some((reason, stanza))
    });
    let begins = known.is_none_or(|known| known.entries.is_empty() && known.document.is_none());
    out.write_all(skeleton(head.number.as_deref().or(head.title.as_deref()), stanzas, begins, lang).as_bytes())
}
