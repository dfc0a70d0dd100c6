//! What became of the documents that a store was built from.

use std::borrow::Cow;
use std::io::{self, Write};

use serde::Serialize;

use super::json::Number;
use super::table::Table;
use super::{csv, json};
use crate::diagnostic::Lang;
use crate::store::Status;

/// How many documents are listed for people although nothing became of them.
const MANY: usize = 100;

/// What became of all documents.
#[derive(Clone, Debug, Serialize)]
pub struct Report<'a> {
    /// The documents, in the order in which they were read.
    pub documents: Vec<Entry<'a>>,
    /// Number of quads in the store.
    pub quads: usize,
    /// How long it took.
    pub seconds: Number,
}

/// What became of one document.
#[derive(Clone, Debug, Serialize)]
pub struct Entry<'a> {
    /// The file.
    pub source: Cow<'a, str>,
    /// IRI of the document, where it could be read.
    pub id: Option<Cow<'a, str>>,
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

impl<'a> Entry<'a> {
    /// A document that did not reach the store.
    pub fn failed(source: Cow<'a, str>, id: Option<Cow<'a, str>>, error: String, hint: Option<String>) -> Self {
        Self { source, id, status: "failed", tasks: 0, responsibilities: 0, findings: 0, error: Some(error), hint }
    }
}

/// Writes one row for each document and the totals, for people; of many documents, only those that did not stay as they were.
///
/// # Errors
///
/// Where `out` cannot be written.
pub fn table(out: &mut dyn Write, report: &Report<'_>, lang: Lang, width: Option<usize>) -> io::Result<()> {
    let zh = ["文件", "结果", "任务", "责任", "问题"];
    let en = ["document", "status", "tasks", "responsi\u{ad}bilities", "findings"];
    let header = if lang == Lang::Zh { zh } else { en };
    let mut table = (2..5).fold(Table::new(header).whole(), Table::right);
    // of many, what became of them is told where it differs
    let is_left_out = |entry: &Entry<'_>| report.documents.len() > MANY && entry.status == Status::Unchanged.as_str();
    let left_out = report.documents.iter().filter(|entry| is_left_out(entry)).count();
    for entry in report.documents.iter().filter(|entry| !is_left_out(entry)) {
        let figures = [entry.tasks, entry.responsibilities, entry.findings].map(|figure| figure.to_string());
        let words = [entry.source.to_string(), status(entry.status, lang).to_owned()];
        table.row(words.into_iter().chain(figures));
    }
    if !table.is_empty() {
        table.write(out, width)?;
        writeln!(out)?;
    }
    let (documents, quads, seconds) = (report.documents.len(), report.quads, report.seconds.0);
    match lang {
        Lang::Zh => {
            let unlisted =
                if left_out > 0 { format!("（未变的 {left_out} 个未列出）") } else { String::new() };
            writeln!(out, "{documents} 个文件{unlisted}，库中 {quads} 条四元组，用时 {seconds:.1} 秒")
        }
        Lang::En => {
            let unlisted = if left_out > 0 { format!(" ({left_out} unchanged, not listed)") } else { String::new() };
            writeln!(out, "documents: {documents}{unlisted}, quads in the store: {quads}, seconds: {seconds:.1}")
        }
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
pub fn json(out: &mut dyn Write, report: &Report<'_>) -> io::Result<()> {
    json::line(out, report)
}

/// Writes one line for each document.
///
/// # Errors
///
/// Where `out` cannot be written.
pub fn csv(out: &mut dyn Write, report: &Report<'_>) -> io::Result<()> {
    csv::line(out, ["source", "id", "status", "tasks", "responsibilities", "findings", "error"])?;
    for entry in &report.documents {
        let [tasks, responsibilities, findings] =
            [entry.tasks, entry.responsibilities, entry.findings].map(|figure| figure.to_string());
        csv::line(
            out,
            [
                &entry.source,
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_many_documents_those_that_changed_are_listed() {
        let entry = |number: usize| Entry {
            source: format!("{number}.txt").into(),
            id: None,
            status: if number == 7 { "updated" } else { "unchanged" },
            tasks: number,
            responsibilities: 0,
            findings: 0,
            error: None,
            hint: None,
        };
        let text = |documents: Vec<Entry<'_>>, lang| {
            let mut out = Vec::new();
            table(&mut out, &Report { documents, quads: 5, seconds: Number(0.75) }, lang, None).unwrap();
            String::from_utf8(out).unwrap()
        };
        assert_eq!(text((0..MANY).map(entry).collect(), Lang::En).lines().count(), MANY + 3);
        let many = text((0..=MANY).map(entry).collect(), Lang::Zh);
        let rows: Vec<&str> = many.lines().collect();
        assert_eq!(rows[1].split_whitespace().next_back(), Some("0"));
        assert!(rows[1].starts_with("7.txt") && rows[2].is_empty(), "{many}");
        assert_eq!(rows[3..], ["101 个文件（未变的 100 个未列出），库中 5 条四元组，用时 0.8 秒"]);
        let none = text((8..=MANY + 8).map(entry).collect(), Lang::En);
        assert_eq!(none, "documents: 101 (101 unchanged, not listed), quads in the store: 5, seconds: 0.8\n");
    }
}
