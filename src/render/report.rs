//! What became of the documents that a store was built from.

use std::io::{self, Write};

use serde::Serialize;

use super::json::Number;
use super::table::Table;
use super::{csv, json};
use crate::diagnostic::Lang;

/// What became of all documents.
#[derive(Clone, Debug, Serialize)]
pub struct Report {
    /// The documents, in the order in which they were read.
    pub documents: Vec<Entry>,
    /// Number of quads in the store.
    pub quads: usize,
    /// How long it took.
    pub seconds: Number,
}

/// What became of one document.
#[derive(Clone, Debug, Serialize)]
pub struct Entry {
    /// The file.
    pub source: String,
    /// IRI of the document, where it could be read.
    pub id: Option<String>,
    /// `added`, `updated`, `unchanged` or `failed`.
    pub status: &'static str,
    /// Number of tasks.
    pub tasks: usize,
    /// Number of responsibilities.
    pub responsibilities: usize,
    /// Number of findings, those of tasks included.
    pub findings: usize,
    /// Why it failed.
    pub error: Option<String>,
    /// What to do about it.
    pub hint: Option<String>,
}

impl Entry {
    /// A document that did not reach the store.
    pub fn failed(source: String, id: Option<String>, error: String, hint: Option<String>) -> Self {
        Self { source, id, status: "failed", tasks: 0, responsibilities: 0, findings: 0, error: Some(error), hint }
    }
}

/// Writes one row for each document and the totals, for people.
///
/// # Errors
///
/// Where `out` cannot be written.
pub fn table(out: &mut dyn Write, report: &Report, lang: Lang, width: Option<usize>) -> io::Result<()> {
    let zh = ["文件", "结果", "任务", "责任", "问题"];
    let en = ["document", "status", "tasks", "responsi\u{ad}bilities", "findings"];
    let header = if lang == Lang::Zh { zh } else { en };
    let mut table = (2..5).fold(Table::new(header).whole(), Table::right);
    for entry in &report.documents {
        let figures = [entry.tasks, entry.responsibilities, entry.findings].map(|figure| figure.to_string());
        table.row([entry.source.clone(), status(entry.status, lang).to_owned()].into_iter().chain(figures));
    }
    table.write(out, width)?;
    let (documents, quads, seconds) = (report.documents.len(), report.quads, report.seconds.0);
    match lang {
        Lang::Zh => writeln!(out, "\n{documents} 个文件，库中 {quads} 条四元组，用时 {seconds:.1} 秒"),
        Lang::En => writeln!(out, "\ndocuments: {documents}, quads in the store: {quads}, seconds: {seconds:.1}"),
    }
}

fn status(word: &'static str, lang: Lang) -> &'static str {
    match (lang, word) {
        (Lang::Zh, "added") => "新增",
        (Lang::Zh, "updated") => "更新",
        (Lang::Zh, "unchanged") => "未变",
        (Lang::Zh, "failed") => "失败",
        _ => word,
    }
}

/// Writes one object on one line.
///
/// # Errors
///
/// Where `out` cannot be written.
pub fn json(out: &mut dyn Write, report: &Report) -> io::Result<()> {
    json::line(out, report)
}

/// Writes one line for each document.
///
/// # Errors
///
/// Where `out` cannot be written.
pub fn csv(out: &mut dyn Write, report: &Report) -> io::Result<()> {
    csv::line(out, ["source", "id", "status", "tasks", "responsibilities", "findings", "error"])?;
    for entry in &report.documents {
        let [tasks, responsibilities, findings] =
            [entry.tasks, entry.responsibilities, entry.findings].map(|figure| figure.to_string());
        csv::line(
            out,
            [
                entry.source.as_str(),
                entry.id.as_deref().unwrap_or_default(),
                entry.status,
                &tasks,
                &responsibilities,
                &findings,
                entry.error.as_deref().unwrap_or_default(),
            ],
        )?;
    }
    Ok(())
}
