//! From a figure to the words of the documents: claims with their places.

use std::io::{self, Write};

use serde::Serialize;

use super::csv::line;
use super::json::Number;
use super::table::Table;
use crate::diagnostic::Lang;
use crate::query::Claim;

/// A claim as JSON; `span` in characters of the text of the document.
#[derive(Serialize)]
pub(super) struct ClaimShape<'a> {
    task: &'a str,
    document: &'a str,
    source: &'a str,
    label: &'a str,
    name: &'a str,
    role: &'static str,
    basis: &'a str,
    confidence: Number,
    span: Option<[usize; 2]>,
    #[serde(skip_serializing_if = "Option::is_none")]
    cell: Option<&'a str>,
    clause: &'a str,
}

impl<'a> ClaimShape<'a> {
    pub(super) fn all(claims: Vec<&'a Claim>) -> Vec<Self> {
        let shape = |claim: &'a Claim| Self {
            task: &claim.task,
            document: &claim.document,
            source: &claim.source,
            label: &claim.label,
            name: &claim.name,
            role: claim.role.as_str(),
            basis: &claim.basis,
            confidence: Number(claim.confidence),
            span: claim.span.map(|span| [span.start, span.end]),
            cell: claim.cell.as_deref(),
            clause: &claim.clause,
        };
        claims.into_iter().map(shape).collect()
    }
}

/// Writes claims below the figures that rest on them, each with the title of its row.
///
/// # Errors
///
/// Where `out` cannot be written.
pub(super) fn table<'a>(
    out: &mut dyn Write,
    claims: impl Iterator<Item = (String, &'a Claim)>,
    lang: Lang,
    width: Option<usize>,
) -> io::Result<()> {
    writeln!(out, "\n{}", lang.pick("出处", "where it is written"))?;
    let zh = ["数据", "文件", "位置", "编号", "角色", "原文", "语句", "把握"];
    let en = ["figure", "document", "place", "task", "role", "name", "statement", "confidence"];
    let mut table = Table::new(if lang == Lang::Zh { zh } else { en }).right(7);
    for (title, claim) in claims {
        let clause = claim.clause.clone();
        let role = lang.pick(claim.role.zh(), claim.role.as_str()).to_owned();
        let sure = claim.confidence.to_string();
        table.row([
            title,
            claim.source.clone(),
            place(claim),
            claim.label.clone(),
            role,
            claim.name.clone(),
            clause,
            sure,
        ]);
    }
    table.write(out, width)
}

/// Writes one line for every claim.
///
/// # Errors
///
/// Where `out` cannot be written.
pub(super) fn csv<'a>(out: &mut dyn Write, claims: impl Iterator<Item = (String, &'a Claim)>) -> io::Result<()> {
    line(
        out,
        ["figure", "task", "document", "source", "place", "label", "role", "name", "clause", "basis", "confidence"],
    )?;
    for (title, claim) in claims {
        let role = claim.role.as_str();
        let (place, sure) = (place(claim), claim.confidence.to_string());
        let ids = [&title, &claim.task, &claim.document, &claim.source, &place, &claim.label];
        let words = [role, &claim.name, &claim.clause, &claim.basis, &sure];
        line(out, ids.into_iter().map(String::as_str).chain(words))?;
    }
    Ok(())
}

/// The cell of a workbook, else the characters from … to; empty for what a person added.
fn place(claim: &Claim) -> String {
    let span = || claim.span.map(|span| format!("{}–{}", span.start, span.end));
    claim.cell.clone().or_else(span).unwrap_or_default()
}
