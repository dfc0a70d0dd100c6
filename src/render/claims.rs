//! From a figure to the words of the documents: claims with their places.

use std::collections::BTreeMap;
use std::io::{self, Write};

use serde::Serialize;

use super::csv::line;
use super::json::Number;
use super::table::Table;
use crate::diagnostic::Lang;
use crate::query::{Claim, Claims};
use crate::span::Span;

/// The words behind the loads of departments.
#[derive(Clone, Debug, Default)]
pub struct TracedClaims {
    /// The claims by task.
    pub claims: Claims,
    /// The tasks of the departments shown, by their IRIs.
    pub tasks: BTreeMap<String, Vec<String>>,
}

impl TracedClaims {
    /// The claims that make up the load of a department.
    pub(super) fn of(&self, department: &str) -> Vec<&Claim> {
        let tasks = self.tasks.get(department).map(Vec::as_slice).unwrap_or_default();
        tasks.iter().flat_map(|task| self.claims.of(task, &[department])).collect()
    }
}

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

/// Words of a document that a figure rests on.
#[derive(Clone, Debug)]
pub(super) struct Written<'a> {
    /// The figure.
    pub(super) figure: String,
    /// IRI of the task.
    pub(super) task: &'a str,
    /// IRI of the document.
    pub(super) document: &'a str,
    /// Name of the file that was read.
    pub(super) source: &'a str,
    /// The printed number of the task.
    pub(super) label: &'a str,
    /// What the words say, in Chinese and English.
    pub(super) says: [&'static str; 2],
    /// The words.
    pub(super) words: &'a str,
    /// The statement that they stand in.
    pub(super) statement: &'a str,
    /// What the reading rests on.
    pub(super) basis: &'a str,
    /// How sure it is, from 0 to 1.
    pub(super) confidence: f64,
    /// The cell of a workbook.
    pub(super) cell: Option<&'a str>,
    /// Where the words stand, in characters; none of what a person added.
    pub(super) span: Option<Span>,
}

impl<'a> From<(String, &'a Claim)> for Written<'a> {
    fn from((figure, claim): (String, &'a Claim)) -> Self {
        Self {
            figure,
            task: &claim.task,
            document: &claim.document,
            source: &claim.source,
            label: &claim.label,
            says: [claim.role.zh(), claim.role.as_str()],
            words: &claim.name,
            statement: &claim.clause,
            basis: &claim.basis,
            confidence: claim.confidence,
            cell: claim.cell.as_deref(),
            span: claim.span,
        }
    }
}

impl Written<'_> {
    /// The cell of a workbook, else the characters from … to; empty for what a person added.
    fn place(&self) -> String {
        let span = || self.span.map(|span| format!("{}–{}", span.start, span.end));
        self.cell.map(str::to_owned).or_else(span).unwrap_or_default()
    }
}

/// Writes the words below the figures that rest on them, each with the title of its row.
///
/// # Errors
///
/// Where `out` cannot be written.
pub(super) fn table<'a>(
    out: &mut dyn Write,
    all: impl IntoIterator<Item = impl Into<Written<'a>>>,
    lang: Lang,
    width: Option<usize>,
) -> io::Result<()> {
    writeln!(out, "\n{}", lang.pick("出处", "where it is written"))?;
    let zh = ["数据", "文件", "位置", "编号", "角色", "原文", "语句", "置信度"];
    let en = ["figure", "document", "place", "task", "role", "name", "statement", "confidence"];
    let mut table = Table::new(if lang == Lang::Zh { zh } else { en }).right(7);
    for written in all.into_iter().map(Into::into) {
        let (place, sure) = (written.place(), written.confidence.to_string());
        let [zh, en] = written.says;
        let cells = [written.source, &place, written.label, lang.pick(zh, en), written.words, written.statement, &sure];
        table.row(std::iter::once(written.figure.clone()).chain(cells.into_iter().map(str::to_owned)));
    }
    table.write(out, width)
}

/// Writes one line for all words that a figure rests on.
///
/// # Errors
///
/// Where `out` cannot be written.
pub(super) fn csv<'a>(out: &mut dyn Write, all: impl IntoIterator<Item = impl Into<Written<'a>>>) -> io::Result<()> {
    line(
        out,
        ["figure", "task", "document", "source", "place", "label", "role", "name", "clause", "basis", "confidence"],
    )?;
    for written in all.into_iter().map(Into::into) {
        let (place, sure) = (written.place(), written.confidence.to_string());
        let ids = [&written.figure, written.task, written.document, written.source, &place, written.label];
        let words = [written.says[1], written.words, written.statement, written.basis, &sure];
        line(out, ids.into_iter().chain(words))?;
    }
    Ok(())
}
