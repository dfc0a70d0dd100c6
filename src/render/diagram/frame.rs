//! What stands around every picture: title, source and date, legend, and how it is cut.

use std::collections::BTreeMap;

use graphviz_rust::dot_structures::{GraphAttributes, Stmt};

use super::dot::{attribute, markup, picture};
use super::look::{FONTS, Field, Look, Stroke};
use super::page::{Cut, Paper, Sheet};
use super::{Options, Picture};
use crate::diagnostic::Lang;
use crate::query::StoredDocument;
use crate::render::{balance, escape, shorten};

/// Cells in a line of the heading.
const CELLS: usize = 108;

/// Samples in a line of the legend.
const SAMPLES: usize = 6;

/// Documents that the source names; more are counted.
const NAMED: usize = 3;

/// What a document is called in a picture.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Caption {
    /// Title, or number where it has none.
    pub title: String,
    /// Number and date of issue, as far as known.
    pub detail: String,
}

impl Caption {
    /// Title, number and date of a document; one without a title is called as lists call it.
    pub fn of(document: &StoredDocument) -> Self {
        let title = document.titled();
        let known = [&document.number, &document.issued].into_iter().filter(|part| !part.is_empty() && *part != title);
        Self { title: title.to_owned(), detail: known.map(String::as_str).collect::<Vec<_>>().join(" · ") }
    }
}

/// What documents are called, by IRI; one that is missing is called by the end of its IRI.
pub type Captions = BTreeMap<String, Caption>;

/// What some documents are called.
pub fn captions<'a>(documents: impl IntoIterator<Item = &'a StoredDocument>) -> Captions {
    documents.into_iter().map(|document| (document.id.clone(), Caption::of(document))).collect()
}

pub(super) fn caption(captions: &Captions, document: &str) -> Caption {
    captions.get(document).cloned().unwrap_or_else(|| {
        let title = document.rsplit('/').next().unwrap_or(document).to_owned();
        Caption { title, detail: String::new() }
    })
}

/// Where a picture comes from: number and date of the documents.
pub(super) fn source<'a>(documents: impl IntoIterator<Item = &'a str>, captions: &Captions, lang: Lang) -> String {
    let mut names: Vec<String> = Vec::new();
    for document in documents {
        let Caption { title, detail } = caption(captions, document);
        let name = if detail.contains('号') { detail } else { format!("{} {detail}", shorten(&title, 48)) };
        let name = name.trim_end().to_owned();
        if !names.contains(&name) {
            names.push(name);
        }
    }
    let more = names.len().saturating_sub(NAMED);
    let shown = names.iter().take(NAMED).map(String::as_str).collect::<Vec<_>>().join(lang.pick("；", "; "));
    match (more, lang) {
        (0, Lang::Zh) => format!("来源：{shown}"),
        (0, Lang::En) => format!("source: {shown}"),
        (_, Lang::Zh) => format!("来源：{shown}，等 {} 份文件", names.len()),
        (_, Lang::En) => format!("source: {shown} and {more} more documents"),
    }
}

/// A sample of the legend.
#[derive(Clone, Copy, Debug)]
pub(super) enum Sample {
    /// A line and what it means.
    Line(Stroke, &'static str),
    /// A field of a table and what it means.
    Field(Field, &'static str),
    /// A thing and what it is.
    Thing(Look, &'static str),
}

/// What stands around a picture.
#[derive(Debug)]
pub(super) struct Frame<'a> {
    /// The kind, as a name in DOT.
    pub(super) kind: &'static str,
    /// What the picture shows.
    pub(super) title: String,
    /// Source, date and what else must be known, a line each.
    pub(super) details: Vec<String>,
    /// What its looks mean.
    pub(super) legend: Vec<Sample>,
    /// What it shows of all.
    pub(super) cut: Cut,
    /// How the page lies.
    pub(super) paper: Paper,
    /// How Graphviz lays it out.
    pub(super) layout: &'a [(&'a str, &'a str)],
}

impl Frame<'_> {
    /// The whole picture.
    pub(super) fn around(self, stmts: impl IntoIterator<Item = Stmt>, options: &Options<'_>) -> Picture {
        let size = self.paper.size();
        let sized = (options.sheet != Sheet::Whole).then(|| attribute("size", &size));
        let fixed = [
            ("charset", "UTF-8"),
            ("fontname", FONTS),
            ("fontsize", "11"),
            ("labelloc", "t"),
            ("labeljust", "l"),
            ("bgcolor", "white"),
            ("outputorder", "edgesfirst"),
            ("pad", "0.2"),
            ("tooltip", self.title.as_str()),
        ];
        let layout = fixed.iter().chain(self.layout).map(|(key, value)| attribute(key, value));
        let graph = layout.chain(sized).chain([markup("label", &self.heading(options))]);
        let node = [
            ("fontname", FONTS),
            ("fontsize", "11"),
            ("margin", "0.12,0.05"),
            ("height", "0.3"),
            ("color", "#333333"),
            ("style", "filled"),
            ("fillcolor", "white"),
        ];
        let edge = [("fontname", FONTS), ("fontsize", "10"), ("arrowsize", "0.6")];
        let attributes = |all: &[(&str, &str)]| all.iter().map(|(key, value)| attribute(key, value)).collect();
        let around: [Stmt; 3] = [
            GraphAttributes::Graph(graph.collect()).into(),
            GraphAttributes::Node(attributes(&node)).into(),
            GraphAttributes::Edge(attributes(&edge)).into(),
        ];
        Picture { dot: picture(self.kind, around.into_iter().chain(stmts).collect()), cut: self.cut }
    }

    fn heading(&self, options: &Options<'_>) -> String {
        let lang = options.lang;
        let mut rows: Vec<String> = Vec::new();
        rows.extend(balance(&self.title, CELLS * 2 / 3, 2).iter().map(|line| row(line, 18, "#000000")));
        let narrowed = [options.narrowed.to_owned()];
        for detail in narrowed.iter().chain(&self.details).filter(|detail| !detail.is_empty()) {
            rows.extend(balance(detail, CELLS, 3).iter().map(|line| row(line, 12, "#444444")));
        }
        let samples: Vec<String> = self.legend.iter().map(|sample| sample.cell()).collect();
        for (index, line) in samples.chunks(SAMPLES).enumerate() {
            let word = if index == 0 { lang.pick("图例", "legend") } else { "" };
            let word = format!("<td>{word}</td>");
            // what is left of a further line stays free, and its samples are no wider than those above
            let free = if index == 0 { 0 } else { SAMPLES.saturating_sub(line.len()) };
            rows.push(format!(
                "<tr><td align=\"left\"><table border=\"0\" cellborder=\"0\" cellspacing=\"7\" cellpadding=\"3\"><tr>{word}{}{}</tr></table></td></tr>",
                line.concat(),
                "<td></td>".repeat(free)
            ));
        }
        let cut = self.cut.note(lang);
        rows.extend(balance(&cut, CELLS, 3).iter().map(|line| row(line, 12, "#b2182b")));
        format!("<table border=\"0\" cellborder=\"0\" cellspacing=\"0\" cellpadding=\"2\">{}</table>", rows.concat())
    }
}

fn row(words: &str, size: u8, colour: &str) -> String {
    format!("<tr><td align=\"left\"><font point-size=\"{size}\" color=\"{colour}\">{}</font></td></tr>", escape(words))
}

impl Sample {
    fn cell(self) -> String {
        match self {
            Self::Line(stroke, word) => {
                let border = if stroke.width.parse::<f64>().is_ok_and(|width| width >= 2.0) { 3 } else { 1 };
                let words = escape(&format!("{} {word}", stroke.mark));
                let (style, colour) = (stroke.style, stroke.colour);
                format!("<td sides=\"b\" border=\"{border}\" style=\"{style}\" color=\"{colour}\">{words}</td>")
            }
            Self::Field(Field { mark, ink, fill }, word) => {
                let words = escape(&format!("{mark} {word}"));
                format!("<td bgcolor=\"{fill}\"><font color=\"{ink}\">{words}</font></td>")
            }
            Self::Thing(look, word) => {
                let has = |style: &&str| look.style.split(',').any(|own| own == *style);
                let border = if has(&"bold") { 2 } else { 1 };
                let style: Vec<&str> = ["rounded", "dashed", "dotted"].into_iter().filter(has).collect();
                let style = if style.is_empty() { String::new() } else { format!(" style=\"{}\"", style.join(",")) };
                let (line, fill) = (look.line, if look.fill == "white" { "#ffffff" } else { look.fill });
                format!("<td border=\"{border}\"{style} color=\"{line}\" bgcolor=\"{fill}\">{}</td>", escape(word))
            }
        }
    }
}
