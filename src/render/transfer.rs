//! What became of the graphs that were loaded or pushed.

use std::io::{self, Write};

use serde::Serialize;

use super::json::Number;
use super::table::Table;
use super::{csv, json};
use crate::diagnostic::Lang;

/// What became of all graphs.
#[derive(Clone, Debug, Serialize)]
pub struct Transfer {
    /// The graphs.
    pub graphs: Vec<Graph>,
    /// Number of quads in the store.
    pub quads: usize,
    /// How long it took.
    pub seconds: Number,
}

/// What became of one graph.
#[derive(Clone, Debug, Serialize)]
pub struct Graph {
    /// The file or server.
    pub source: String,
    /// IRI of the graph; none where there is none, empty for the default graph.
    pub id: Option<String>,
    /// `added`, `updated`, `unchanged`, `pushed`, `removed`, `differs`, `refused` or `failed`.
    pub status: &'static str,
    /// Number of statements.
    pub quads: usize,
    /// Why it failed.
    pub error: Option<String>,
    /// What to do about it.
    pub hint: Option<String>,
}

impl Graph {
    /// Whether a person should look at it.
    pub fn is_amiss(&self) -> bool {
        self.error.is_some()
    }
}

/// Writes one row for each graph and the totals, for people.
///
/// # Errors
///
/// Where `out` cannot be written.
pub fn table(out: &mut dyn Write, transfer: &Transfer, lang: Lang, width: Option<usize>) -> io::Result<()> {
    let header = [("图", "graph"), ("结果", "status"), ("陈述", "statements")];
    let mut table = Table::new(header.map(|(zh, en)| lang.pick(zh, en))).whole().right(2);
    for graph in &transfer.graphs {
        let name = match graph.id.as_deref() {
            Some("") => lang.pick("（默认图）", "(default graph)").to_owned(),
            Some(id) => crate::iri::words(id),
            None => graph.source.clone(),
        };
        table.row([name, status(graph.status, lang).to_owned(), graph.quads.to_string()]);
    }
    table.write(out, width)?;
    let (graphs, quads, seconds) = (transfer.graphs.len(), transfer.quads, transfer.seconds.0);
    match lang {
        Lang::Zh => writeln!(out, "\n{graphs} 个图，库中 {quads} 条四元组，用时 {seconds:.1} 秒"),
        Lang::En => writeln!(out, "\ngraphs: {graphs}, quads in the store: {quads}, seconds: {seconds:.1}"),
    }
}

fn status(word: &'static str, lang: Lang) -> &'static str {
    if lang == Lang::En {
        return word;
    }
    match word {
        "added" => "新增",
        "updated" => "更新",
        "unchanged" => "未变",
        "pushed" => "已推送",
        "removed" => "已删除",
        "differs" => "数目不符",
        "refused" => "未入库",
        "failed" => "失败",
        _ => word,
    }
}

/// Writes one object on one line.
///
/// # Errors
///
/// Where `out` cannot be written.
pub fn json(out: &mut dyn Write, transfer: &Transfer) -> io::Result<()> {
    json::line(out, transfer)
}

/// Writes one line for each graph.
///
/// # Errors
///
/// Where `out` cannot be written.
pub fn csv(out: &mut dyn Write, transfer: &Transfer) -> io::Result<()> {
    csv::line(out, ["source", "id", "status", "quads", "error"])?;
    for graph in &transfer.graphs {
        let quads = graph.quads.to_string();
        let (id, error) = (graph.id.as_deref().unwrap_or_default(), graph.error.as_deref().unwrap_or_default());
        csv::line(out, [graph.source.as_str(), id, graph.status, &quads, error])?;
    }
    Ok(())
}
