//! Pages that only a server has: single things, what is still counted, what cannot be answered.
//! They stand in the same frame as all others, and every word of the data is escaped.

use std::collections::BTreeMap;

use axum::http::StatusCode;
use maud::{Markup, PreEscaped, html};
use oxigraph::model::Term;

use super::live::ONTOLOGY_STYLE;
use super::problem::Problem;
use super::reader::Reader;
use crate::diagnostic::{Lang, Message};
use crate::graph::Ontology;
use crate::iri;
use crate::query::Thing;
use crate::render::ontology::{self, Demand};
use crate::render::shorten;
use crate::site::{Frame, label, path_of};
use crate::store::Entry;

/// The most cells of the text of a whole document among what is said of it.
const LONGEST: usize = 160;

/// The most documents that are listed where nothing is said of them.
const LISTED: usize = 500;

/// Leads from a reading to the document that was read.
const USED: &str = "http://www.w3.org/ns/prov#used";

/// A page that only a server has, in the frame of all.
pub(super) fn framed(reader: &Reader, title: &str, lead: Markup, main: &Markup) -> String {
    Frame { lead, foot: version(), ..Frame::new(&reader.paths, reader.lang, title) }.around(main).into_string()
}

fn version() -> Markup {
    html! { p { (concat!("zeren ", env!("CARGO_PKG_VERSION"))) } }
}

/// Documents, while the figures about them are still being counted.
pub(super) fn counting(documents: &[Entry], reader: &Reader) -> String {
    let (lang, documents) = (reader.lang, readings_of(documents));
    let lead = html! { p.lead role="status" { @match lang {
        Lang::Zh => { "库中有 " (documents.len()) " 份文件，正在计算；完成后此页自动更新。" }
        Lang::En => { "The store has " (documents.len()) " documents; figures are being counted, and this page follows when that is done." }
    } } };
    framed(reader, lang.pick("正在计算", "Figures are being counted"), lead, &listed(&documents, reader))
}

/// Documents, where the figures about all of them would take more memory than is allowed.
pub(super) fn too_large(documents: &[Entry], reader: &Reader) -> String {
    let (lang, documents) = (reader.lang, readings_of(documents));
    let lead = html! { p.lead { @match lang {
        Lang::Zh => { "库中有 " (documents.len()) " 份文件，汇总成网页所需的内存超出限制。" }
        Lang::En => { "The store has " (documents.len()) " documents; pages of so many would take more memory than they may." }
    } } };
    let main = html! {
        p { (lang.pick("选定一部分再启动，例如：", "Start the server for a part of them, such as:")) }
        pre tabindex="0" { (lang.pick("zeren serve --jurisdiction 浙江省 --year 2024", "zeren serve --jurisdiction 330000 --year 2024")) }
        p { (lang.pick("或者用 ", "Or allow more by ")) code { "--pages" } (lang.pick(" 放宽（兆字节）。", " (megabytes).")) }
        p { (lang.pick("查询仍及于全部文件：", "Queries reach all documents as they are: "))
            a href=(reader.paths.kept("/query")) { (lang.pick("查询", "Query")) } }
        (listed(&documents, reader))
    };
    framed(reader, lang.pick("文件太多", "Too many documents"), lead, &main)
}

/// All but the one that describes the others.
fn readings_of(documents: &[Entry]) -> Vec<&Entry> {
    documents.iter().filter(|entry| entry.document != iri::dataset()).collect()
}

fn listed(documents: &[&Entry], reader: &Reader) -> Markup {
    let left = documents.len().saturating_sub(LISTED);
    html! {
        h2 { (reader.lang.pick("文件", "Documents")) }
        ul { @for entry in documents.iter().take(LISTED) {
            li { (link(&entry.document, entry.title.as_deref().unwrap_or(&entry.document), reader)) }
        } }
        @if left > 0 { p.note { @match reader.lang {
            Lang::Zh => { "另有 " (left) " 份没有列出。" }
            Lang::En => { (left) " more are not listed." }
        } } }
    }
}

/// Why a request is not answered.
pub(super) fn problem(status: StatusCode, what: &Message, hint: Option<&Message>, reader: &Reader) -> String {
    let lang = reader.lang;
    let main = html! {
        @if let Some(hint) = hint { p { (lang.pick("提示：", "Hint: ")) (hint.in_lang(lang)) } }
        p { a href=(reader.paths.kept("/")) { (lang.pick("回到总览", "Back to the overview")) } }
    };
    let title = what.in_lang(lang);
    let lead = html! { p.lead { (status.as_u16()) " " (status.canonical_reason().unwrap_or_default()) } };
    framed(reader, title, lead, &main)
}

/// The vocabulary: what terms mean, how they hang together, what must hold.
///
/// # Errors
///
/// Status 500, if the shipped shapes cannot be read.
pub(super) fn ontology(reader: &Reader) -> Result<String, Problem> {
    let demands = Demand::shipped().map_err(|error| Problem::internal(&error.to_string()))?;
    let (known, mut parts) = (Ontology::shipped(), Vec::new());
    ontology::parts(&mut parts, &known, &demands, reader.lang)
        .map_err(|error| Problem::internal(&error.to_string()))?;
    // written by the program of words of its own, each escaped
    let parts = PreEscaped(String::from_utf8_lossy(&parts).into_owned());
    let frame = Frame::new(&reader.paths, reader.lang, known.title.in_lang(reader.lang));
    Ok(Frame { styles: &[ONTOLOGY_STYLE], foot: version(), ..frame }.around(&parts).into_string())
}

/// One thing: what is said of it, and what leads to it.
pub(super) fn thing(thing: &Thing, reader: &Reader) -> String {
    let lang = reader.lang;
    let title = thing.names.get(&thing.id).map_or_else(|| iri::words(&thing.id), Clone::clone);
    let mut groups: Vec<(&str, Vec<&Term>)> = Vec::new();
    for (property, object) in &thing.about {
        match groups.last_mut() {
            Some((last, objects)) if *last == property.as_str() => objects.push(object),
            _ => groups.push((property.as_str(), vec![object])),
        }
    }
    let names = &thing.names;
    let count = thing.to_count;
    let main = html! {
        dl.facts { @for (property, objects) in &groups {
            dt { (term(property, reader)) }
            @for object in objects { dd {
                @if *property == iri::term("readText") { (whole_text(thing, object, reader)) } @else { (value(object, names, reader)) }
            } }
        } }
        @if !thing.to.is_empty() {
            h2 { (lang.pick("指向它的", "What leads here")) " (" (count) ")" }
            ul { @for (subject, property) in &thing.to {
                li { (value(subject, names, reader)) " " span.soft { (term(property.as_str(), reader)) } }
            } }
            @if thing.to.len() < count { p.note { (lang.pick("只列出一部分。", "Only a part is listed.")) } }
        }
    };
    framed(reader, &title, html! { p.lead { code { (thing.id) } } }, &main)
}

/// The beginning of the text that was read, which the page of the document shows whole.
fn whole_text(thing: &Thing, text: &Term, reader: &Reader) -> Markup {
    let Term::Literal(text) = text else { return html! {} };
    let read = thing.about.iter().find(|(property, _)| property.as_str() == USED);
    let document = read.map_or_else(String::new, |(_, document)| match document {
        Term::NamedNode(document) => document.as_str().to_owned(),
        _ => String::new(),
    });
    let href = format!("{}#text", reader.paths.kept(&path_of(&document)));
    let beginning: String = text.value().split_whitespace().take(LONGEST).collect::<Vec<_>>().join(" ");
    html! {
        span lang="zh" { (shorten(&beginning, LONGEST)) } " "
        a href=(href) { (reader.lang.pick("全文", "the whole text")) }
    }
}

fn term(property: &str, reader: &Reader) -> Markup {
    link(property, label(property, reader.lang), reader)
}

/// A value, with the name that it has among some.
pub(super) fn value(object: &Term, names: &BTreeMap<String, String>, reader: &Reader) -> Markup {
    match object {
        Term::NamedNode(node) if node.as_str().starts_with(iri::ONTOLOGY) => term(node.as_str(), reader),
        Term::NamedNode(node) => {
            let name = names.get(node.as_str()).cloned();
            link(node.as_str(), &name.unwrap_or_else(|| iri::words(node.as_str())), reader)
        }
        Term::Literal(literal) => html! { @match literal.language() {
            Some(lang) => span lang=(lang) { (literal.value()) },
            None => (literal.value()),
        } },
        Term::BlankNode(node) => html! { (node.to_string()) },
    }
}

/// A link to a thing: to this server if the IRI is one of the project's, else out of it, and none for what is no address of
/// the web.
fn link(target: &str, words: &str, reader: &Reader) -> Markup {
    let words = if words.is_empty() { target } else { words };
    let href = if target.starts_with(iri::ONTOLOGY) {
        path_of(target)
    } else if target.starts_with(iri::BASE) {
        reader.paths.kept(&path_of(target))
    } else if target.starts_with("http://") || target.starts_with("https://") {
        target.to_owned()
    } else {
        return html! { (words) };
    };
    html! { a href=(href) { (words) } }
}
