//! Pages for people: plain HTML without script, every word of the data escaped.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::sync::OnceLock;

use axum::http::{HeaderValue, header};
use axum::response::Response;
use oxigraph::model::Term;

use super::routes::bytes;
use crate::diagnostic::{Lang, Message};
use crate::graph::Ontology;
use crate::iri;
use crate::query::{Answer, Thing};
use crate::render::escape;
use crate::store::Entry;

/// Where the style of all pages is.
pub(super) const STYLE_PATH: &str = "/style.css";
const STYLE: &str = include_str!("style.css");

pub(super) fn style() -> Response {
    let mut response = bytes("text/css; charset=utf-8", STYLE.as_bytes().to_vec());
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("max-age=3600"));
    response
}

/// What the vocabulary calls its terms.
pub(super) struct Labels(BTreeMap<String, Message>);

impl Labels {
    /// Those of the vocabulary that is compiled in.
    pub(super) fn known() -> &'static Self {
        static KNOWN: OnceLock<Labels> = OnceLock::new();
        KNOWN.get_or_init(|| {
            let terms = Ontology::shipped().terms.into_iter();
            Labels(terms.map(|term| (iri::term(&term.name), term.label)).collect())
        })
    }

    /// The label of a term; of a foreign one, the end of its IRI.
    fn label<'a>(&'a self, term: &'a str, lang: Lang) -> &'a str {
        let known = self.0.get(term).map(|label| label.in_lang(lang)).filter(|label| !label.is_empty());
        known.unwrap_or_else(|| term.rsplit(['#', '/']).next().unwrap_or(term))
    }
}

fn page(title: &str, lang: Lang, main: &str) -> Vec<u8> {
    let (code, home) = (lang.pick("zh-CN", "en"), lang.pick("文件", "Documents"));
    let (ask, vocabulary) = (lang.pick("查询", "Query"), lang.pick("词汇", "Vocabulary"));
    let title = escape(title);
    format!(
        "<!DOCTYPE html>\n<html lang=\"{code}\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta name=\"color-scheme\" content=\"light dark\">\n\
         <title>{title} · zeren</title>\n<link rel=\"stylesheet\" href=\"{STYLE_PATH}\">\n</head>\n<body>\n\
         <nav><a href=\"/\">{home}</a> <a href=\"/query\">{ask}</a> <a href=\"/ontology\">{vocabulary}</a></nav>\n\
         <main>\n<h1>{title}</h1>\n{main}</main>\n</body>\n</html>\n"
    )
    .into_bytes()
}

/// The documents.
pub(super) fn home(documents: &[Entry], lang: Lang) -> Vec<u8> {
    let mut main = String::from("<ul>\n");
    for entry in documents.iter().filter(|entry| entry.document != iri::dataset()) {
        let title = entry.title.as_deref().unwrap_or(&entry.document);
        let _ = writeln!(main, "<li>{} <small>{}</small></li>", link(&entry.document, title), escape(&entry.source));
    }
    main += "</ul>\n";
    page(lang.pick("责任", "zeren"), lang, &main)
}

/// A place to write a query.
pub(super) fn ask(text: &str, lang: Lang) -> Vec<u8> {
    page(lang.pick("查询", "Query"), lang, &form(text, lang))
}

fn form(text: &str, lang: Lang) -> String {
    let text = if text.is_empty() {
        "SELECT ?doc ?title WHERE {\n  ?doc a z:Document ; dcterms:title ?title\n}"
    } else {
        text
    };
    format!(
        "<form action=\"/query\" method=\"get\">\n<label>SPARQL\n<textarea name=\"query\" rows=\"12\" spellcheck=\"false\">{}</textarea></label>\n\
         <button>{}</button>\n</form>\n",
        escape(text),
        lang.pick("执行", "Run")
    )
}

/// The answer to a query as a table.
pub(super) fn answer(answer: &Answer, text: &str, lang: Lang) -> Vec<u8> {
    let mut main = form(text, lang);
    match answer {
        Answer::Rows(rows) => {
            let count = rows.rows.len();
            let _ = writeln!(
                main,
                "<p>{}</p>",
                match lang {
                    Lang::Zh => format!("{count} 行"),
                    Lang::En => format!("{count} rows"),
                }
            );
            main += "<table>\n<thead><tr>";
            for variable in &rows.variables {
                let _ = write!(main, "<th>{}</th>", escape(variable.as_str()));
            }
            main += "</tr></thead>\n<tbody>\n";
            for row in &rows.rows {
                main += "<tr>";
                for cell in row {
                    let _ =
                        write!(main, "<td>{}</td>", cell.as_ref().map(|term| value(term, None)).unwrap_or_default());
                }
                main += "</tr>\n";
            }
            main += "</tbody>\n</table>\n";
        }
        other => {
            let table = other.table();
            for row in table.rows {
                let _ = writeln!(main, "<p>{}</p>", escape(&row.join(" ")));
            }
        }
    }
    page(lang.pick("查询", "Query"), lang, &main)
}

/// One thing: what is said of it, and what leads to it.
pub(super) fn thing(thing: &Thing, labels: &Labels, lang: Lang) -> Vec<u8> {
    let title = thing.names.get(&thing.id).map_or_else(|| iri::words(&thing.id), Clone::clone);
    let mut main = format!("<p class=\"iri\">{}</p>\n<dl>\n", escape(&thing.id));
    let mut last = "";
    for (property, object) in &thing.about {
        if property.as_str() != last {
            let _ = writeln!(main, "<dt>{}</dt>", term(property.as_str(), labels, lang));
            last = property.as_str();
        }
        let _ = writeln!(main, "<dd>{}</dd>", named(object, thing, labels, lang));
    }
    main += "</dl>\n";
    if !thing.to.is_empty() {
        let count = thing.to_count;
        let heading = match lang {
            Lang::Zh => format!("指向它的（{count}）"),
            Lang::En => format!("What leads here ({count})"),
        };
        let _ = writeln!(main, "<h2>{heading}</h2>\n<ul>");
        for (subject, property) in &thing.to {
            let subject = named(subject, thing, labels, lang);
            let _ = writeln!(main, "<li>{subject} <small>{}</small></li>", term(property.as_str(), labels, lang));
        }
        main += "</ul>\n";
        if thing.to.len() < count {
            main += lang.pick("<p>只列出一部分。</p>\n", "<p>Only a part is listed.</p>\n");
        }
    }
    page(&title, lang, &main)
}

fn term(property: &str, labels: &Labels, lang: Lang) -> String {
    link(property, labels.label(property, lang))
}

/// A value with the name that it has.
fn named(object: &Term, thing: &Thing, labels: &Labels, lang: Lang) -> String {
    match object {
        Term::NamedNode(node) if node.as_str().starts_with(iri::ONTOLOGY) => term(node.as_str(), labels, lang),
        Term::NamedNode(node) => value(object, thing.names.get(node.as_str()).map(String::as_str)),
        _ => value(object, None),
    }
}

fn value(object: &Term, name: Option<&str>) -> String {
    match object {
        Term::NamedNode(node) => {
            link(node.as_str(), name.map_or_else(|| iri::words(node.as_str()), str::to_owned).as_str())
        }
        Term::Literal(literal) => match literal.language() {
            Some(lang) => format!("<span lang=\"{}\">{}</span>", escape(lang), escape(literal.value())),
            None => escape(literal.value()),
        },
        Term::BlankNode(node) => escape(&node.to_string()),
    }
}

/// A link to a thing: to this server if the IRI is one of the project's, else out of it, and none
/// for what is no address of the web.
fn link(target: &str, words: &str) -> String {
    let words = escape(if words.is_empty() { target } else { words });
    let href = match target.strip_prefix(iri::BASE) {
        Some(path) => format!("/{}", encode_path(path)),
        None if target.starts_with("http://") || target.starts_with("https://") => target.to_owned(),
        None => return words,
    };
    format!("<a href=\"{}\">{words}</a>", escape(&href))
}

/// A path of an IRI as one of an address: what is not ASCII is percent-encoded.
fn encode_path(path: &str) -> String {
    path.bytes().fold(String::new(), |mut out, byte| {
        if byte.is_ascii_graphic() {
            out.push(char::from(byte));
        } else {
            let _ = write!(out, "%{byte:02X}");
        }
        out
    })
}

/// A text as the value of a field of an address.
pub(super) fn encode(text: &str) -> String {
    text.bytes().fold(String::new(), |mut out, byte| {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            out.push(char::from(byte));
        } else {
            let _ = write!(out, "%{byte:02X}");
        }
        out
    })
}
