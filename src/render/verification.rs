//! What a check of a store found.

use std::io::{self, Write};

use serde::Serialize;

use super::json::Number;
use super::table::Table;
use super::{csv, json};
use crate::diagnostic::Lang;
use crate::store::{IndexState, StoreError, Verification};

/// What a check of a store found, in one language.
#[derive(Clone, Debug, Serialize)]
pub struct Verified {
    /// The folder.
    pub store: String,
    /// Number of documents.
    pub documents: usize,
    /// Number of statements.
    pub quads: usize,
    /// Length in bytes of the graphs that are whole, as N-Quads.
    pub bytes: u64,
    /// `whole`, `behind`, `missing` or `damaged`.
    pub index: &'static str,
    /// Number of documents that the index has not, or not as they are.
    pub behind: usize,
    /// Number of files that the next writer deletes.
    pub leftovers: usize,
    /// What is damaged.
    pub findings: Vec<Damage>,
    /// How long it took.
    pub seconds: Number,
}

/// Something that is damaged.
#[derive(Clone, Debug, Serialize)]
pub struct Damage {
    /// The file.
    pub path: Option<String>,
    /// IRI of the document whose graph it is.
    pub document: Option<String>,
    /// The file that the document was read from.
    pub source: Option<String>,
    /// What is wrong.
    pub error: String,
    /// What to do about it.
    pub hint: Option<String>,
}

impl Verified {
    /// Puts into words what was found.
    pub fn new(store: String, found: &Verification, seconds: f64, lang: Lang) -> Self {
        let (index, behind) = match found.index {
            IndexState::Missing => ("missing", 0),
            IndexState::Whole { behind: 0 } => ("whole", 0),
            IndexState::Whole { behind } => ("behind", behind),
            IndexState::Damaged => ("damaged", 0),
        };
        Self {
            store,
            documents: found.documents,
            quads: found.quads,
            bytes: found.bytes,
            index,
            behind,
            leftovers: found.leftovers,
            findings: found.faults.iter().map(|error| Damage::of(error, lang)).collect(),
            seconds: Number(seconds),
        }
    }
}

impl Damage {
    fn of(error: &StoreError, lang: Lang) -> Self {
        let document = error.document();
        // as long as it is listed, what was read is taken for what is there
        let listed = document.map(|entry| match lang {
            Lang::Zh => format!("先运行 `zeren verify --repair`，再运行 `zeren build {}`", entry.source),
            Lang::En => format!("run `zeren verify --repair`, then `zeren build {}`", entry.source),
        });
        Self {
            path: error.path().map(|path| path.display().to_string()),
            document: document.map(|entry| entry.document.clone()),
            source: document.map(|entry| entry.source.clone()),
            error: error.message(lang),
            hint: listed.or_else(|| error.hint(lang)),
        }
    }
}

/// Writes one row for each thing that is damaged and the totals, for people.
///
/// # Errors
///
/// Where `out` cannot be written.
pub fn table(out: &mut dyn Write, found: &Verified, lang: Lang, width: Option<usize>) -> io::Result<()> {
    if !found.findings.is_empty() {
        let header = [("损坏之处", "damaged"), ("处理办法", "what to do")];
        let mut table = Table::new(header.map(|(zh, en)| lang.pick(zh, en))).whole();
        for finding in &found.findings {
            table.row([finding.error.clone(), finding.hint.clone().unwrap_or_default()]);
        }
        table.write(out, width)?;
        writeln!(out)?;
    }
    let Verified { documents, quads, behind, leftovers, findings, seconds: Number(seconds), .. } = found;
    let (damaged, index) = (findings.len(), index(found.index, lang));
    match lang {
        Lang::Zh => writeln!(
            out,
            "{documents} 份文件，{quads} 条四元组，损坏 {damaged} 处；索引：{index}（另读 {behind} 份文件），待清理文件 {leftovers} 个，用时 {seconds:.1} 秒"
        ),
        Lang::En => writeln!(
            out,
            "documents: {documents}, quads: {quads}, damaged: {damaged}; index: {index} ({behind} documents read beside it), \
             left to be deleted: {leftovers}, seconds: {seconds:.1}"
        ),
    }
}

fn index(word: &'static str, lang: Lang) -> &'static str {
    match (lang, word) {
        (Lang::Zh, "whole") => "完好",
        (Lang::Zh, "behind") => "完好，尚未收入新近的改动",
        (Lang::Zh, "missing") => "无",
        (Lang::Zh, "damaged") => "损坏",
        (_, word) => word,
    }
}

/// Writes one object on one line.
///
/// # Errors
///
/// Where `out` cannot be written.
pub fn json(out: &mut dyn Write, found: &Verified) -> io::Result<()> {
    json::line(out, found)
}

/// Writes one line for each thing that is damaged.
///
/// # Errors
///
/// Where `out` cannot be written.
pub fn csv(out: &mut dyn Write, found: &Verified) -> io::Result<()> {
    csv::line(out, ["path", "document", "source", "error", "hint"])?;
    for finding in &found.findings {
        let Damage { path, document, source, error, hint } = finding;
        let words = |words: &Option<String>| words.clone().unwrap_or_default();
        csv::line(out, [&*words(path), &words(document), &words(source), error, &words(hint)])?;
    }
    Ok(())
}
