//! The page of queries: an editor, the shipped queries with a form for their parameters, answers as tables.

use std::collections::BTreeMap;

use axum::response::Response;
use maud::{Markup, html};
use oxigraph::model::Term;
use serde::Serialize;

use super::fields::Fields;
use super::problem::Problem;
use super::reader::Reader;
use super::routes::{Shared, bytes};
use super::{front, page};
use crate::diagnostic::Lang;
use crate::query::catalogue::{self, Kind, Parameter};
use crate::query::{Answer, NamedQuery, Query, QueryError, Rows, Type, WordKind, known_words};
use crate::site::{field, table};

/// The most rows of an answer that a page shows.
const ROWS: usize = 2_000;

/// What stands in the editor at first.
const FIRST: &str = "SELECT ?doc ?title WHERE {\n  ?doc a z:Document ; dcterms:title ?title\n}";

/// Forms in which an answer can be taken along: name, media type.
const OF_ROWS: [(&str, &str); 4] = [
    ("CSV", "text/csv"),
    ("TSV", "text/tab-separated-values"),
    ("JSON", "application/sparql-results+json"),
    ("XML", "application/sparql-results+xml"),
];
const OF_GRAPHS: [(&str, &str); 3] =
    [("Turtle", "text/turtle"), ("JSON-LD", "application/ld+json"), ("N-Triples", "application/n-triples")];

/// A question by a person: SPARQL, or a shipped query with values for its parameters.
#[derive(Clone, Debug, Default)]
pub(super) struct Question {
    /// The text in the editor; empty for none.
    pub(super) text: String,
    /// The shipped query that was chosen.
    pub(super) named: Option<NamedQuery>,
    /// Values of its parameters.
    pub(super) values: BTreeMap<String, String>,
}

/// What became of a question.
pub(super) enum Outcome<'a> {
    /// It was not put yet.
    Open,
    /// An answer.
    Answer(&'a Answer),
    /// Why there is none.
    Fault(&'a Problem),
}

impl Question {
    /// The shipped query that the fields of an address name, with the values for its parameters that are not empty.
    ///
    /// # Errors
    ///
    /// [`QueryError::UnknownQuery`].
    pub(super) fn named(name: &str, fields: &Fields) -> Result<Self, QueryError> {
        let values =
            fields.iter().filter(|(name, value)| !["named", "lang", "accept"].contains(name) && !value.is_empty());
        let values = values.map(|(name, value)| (name.to_owned(), value.to_owned())).collect();
        Ok(Self { text: String::new(), named: Some(catalogue::find(name)?), values })
    }

    /// The shipped query whose text is to stand in the editor, else an example.
    pub(super) fn of_text(name: Option<&str>) -> Result<Self, QueryError> {
        let text = name.map_or(Ok(FIRST), |name| catalogue::find(name).map(|named| named.text))?;
        let lines = text.lines().filter(|line| !line.starts_with("# @"));
        Ok(Self { text: lines.collect::<Vec<_>>().join("\n"), ..Self::default() })
    }

    /// Whether no value is missing.
    pub(super) fn is_whole(&self) -> bool {
        let given = |one: &Parameter| one.optional || self.values.contains_key(one.name);
        self.named.as_ref().is_none_or(|named| named.parameters.iter().all(given))
    }

    /// The shipped query with its values.
    ///
    /// # Errors
    ///
    /// As [`NamedQuery::bind`] and [`Query::parse`] say.
    pub(super) fn query(&self) -> Result<Query, QueryError> {
        self.named.as_ref().map_or_else(|| Query::parse(&self.text), |named| named.bind(&self.values))
    }

    /// The fields of the address that puts it.
    fn fields(&self) -> String {
        let Some(named) = &self.named else { return format!("query={}", field(&self.text)) };
        let values = self.values.iter().map(|(name, value)| format!("&{}={}", field(name), field(value)));
        format!("named={}{}", named.name, values.collect::<String>())
    }
}

/// The page of a question.
pub(super) fn page(question: &Question, outcome: &Outcome<'_>, reader: &Reader) -> Response {
    let lang = reader.lang;
    let result = html! {
        @match outcome {
            Outcome::Open => {}
            Outcome::Answer(answer) => (answered(answer, question, reader)),
            Outcome::Fault(problem) => (fault(problem, lang)),
        }
    };
    let main = html! {
        div.asking {
            div {
                @match &question.named {
                    Some(named) => { (parameters(named, question, reader)) (result) (behind(named, reader)) }
                    None => { (editor(&question.text, reader)) (result) }
                }
            }
            aside aria-labelledby="shipped" { (shipped(question.named.as_ref(), reader)) }
        }
    };
    let title = question.named.as_ref().map_or(lang.pick("查询", "Query"), |named| named.title.in_lang(lang));
    let mut response = front::page(reader, title, "editor.js", &main);
    if let Outcome::Fault(problem) = outcome {
        *response.status_mut() = problem.status();
    }
    response
}

fn editor(text: &str, reader: &Reader) -> Markup {
    let lang = reader.lang;
    html! {
        form.ask action=(reader.paths.kept("/query")) method="get" {
            label { "SPARQL" textarea name="query" rows="12" spellcheck="false" data-terms=(reader.paths.kept("/terms.json")) { (text) } }
            (reader.paths.language_field())
            button { (lang.pick("执行", "Run")) } " "
            span.soft { (lang.pick("Ctrl+Enter 执行；前缀无须声明", "Ctrl+Enter runs it; prefixes need no declaration")) }
        }
    }
}

/// The form for the parameters of a shipped query.
fn parameters(named: &NamedQuery, question: &Question, reader: &Reader) -> Markup {
    let lang = reader.lang;
    let value = |one: &Parameter| {
        let given = question.values.get(one.name).map(String::as_str);
        given.or(one.default).unwrap_or_default().to_owned()
    };
    html! {
        p { (named.about.in_lang(lang)) }
        form.ask.filters action=(reader.paths.kept("/query")) method="get" {
            input type="hidden" name="named" value=(named.name);
            (reader.paths.language_field())
            @for one in &named.parameters { label {
                (one.about.in_lang(lang)) @if !one.optional { " *" }
                (input(one, &value(one), lang))
            } }
            button { (lang.pick("执行", "Run")) }
        }
    }
}

fn input(one: &Parameter, value: &str, lang: Lang) -> Markup {
    let (kind, step, pattern, placeholder) = match one.kind {
        Type::Integer => ("number", Some("1"), None, ""),
        Type::Decimal => ("number", Some("any"), None, ""),
        Type::Date => ("text", None, Some("[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?"), "2024-06-30"),
        Type::Boolean => {
            return html! { select name=(one.name) {
                @if one.optional { option value="" { "" } }
                @for (code, words) in [("true", lang.pick("是", "yes")), ("false", lang.pick("否", "no"))] {
                    option value=(code) selected[code == value] { (words) }
                }
            } };
        }
        Type::Text | Type::Iri => ("text", None, None, ""),
    };
    html! { input type=(kind) name=(one.name) value=(value) required[!one.optional] step=[step] pattern=[pattern] placeholder=(placeholder); }
}

/// The text of a shipped query.
fn behind(named: &NamedQuery, reader: &Reader) -> Markup {
    let lang = reader.lang;
    html! { details.behind {
        summary { "SPARQL" }
        pre.answer tabindex="0" { (named.text) }
        p { a href=(reader.paths.kept(&format!("/query?text={}", named.name))) { (lang.pick("放入编辑器", "Into the editor")) } }
    } }
}

/// The shipped queries.
fn shipped(chosen: Option<&NamedQuery>, reader: &Reader) -> Markup {
    let lang = reader.lang;
    let all = catalogue::all().unwrap_or_default();
    let of = |kind: Kind| all.iter().filter(move |named| named.kind == kind);
    html! {
        h2 #shipped { (lang.pick("现成的问题", "Questions to begin with")) }
        @for (kind, name) in [(Kind::Answer, lang.pick("问与答", "Answers")), (Kind::Check, lang.pick("检查", "Checks"))] {
            details open[kind == Kind::Answer] {
                summary { (name) }
                ul { @for named in of(kind) {
                    @let here = chosen.is_some_and(|chosen| chosen.name == named.name).then_some("page");
                    li { a href=(reader.paths.kept(&format!("/query?named={}", named.name))) title=(named.about.in_lang(lang)) aria-current=[here] {
                        (named.title.in_lang(lang))
                    } }
                } }
            }
        }
        p { a href=(reader.paths.kept("/query")) { (lang.pick("自己写 SPARQL", "Write SPARQL")) } }
    }
}

fn fault(problem: &Problem, lang: Lang) -> Markup {
    let (place, told) = (problem.place(), problem.told());
    html! {
        p.notice role="alert" data-line=[place.map(|(line, _)| line)] data-column=[place.map(|(_, column)| column)] {
            (told.what.in_lang(lang))
        }
        @if let Some(hint) = &told.hint { p.soft { (lang.pick("提示：", "Hint: ")) (hint.in_lang(lang)) } }
    }
}

/// An answer as a table, and the ways to take it along.
fn answered(answer: &Answer, question: &Question, reader: &Reader) -> Markup {
    let lang = reader.lang;
    let forms: &[(&str, &str)] = if matches!(answer, Answer::Graph(_)) { &OF_GRAPHS } else { &OF_ROWS };
    html! {
        @match answer {
            Answer::Rows(rows) => (rows_of(rows, question, reader)),
            other => pre.answer tabindex="0" role="status" { @for row in &other.table().rows { (row.join(" ")) "\n" } },
        }
        p.exports { (lang.pick("下载：", "Take along: ")) @for (name, media_type) in forms {
            a href=(reader.paths.kept(&format!("/query?{}&accept={}", question.fields(), field(media_type)))) download=(format!("answer.{}", name.to_lowercase())) { (name) } " "
        } }
    }
}

fn rows_of(rows: &Rows, question: &Question, reader: &Reader) -> Markup {
    let (lang, count) = (reader.lang, rows.rows.len());
    let named = |name: &str| {
        let columns = question.named.iter().flat_map(|named| &named.columns);
        columns.filter(|column| column.name == name).map(|column| column.about.in_lang(lang).to_owned()).next()
    };
    let titles: Vec<String> =
        rows.variables.iter().map(|one| named(one.as_str()).unwrap_or_else(|| one.as_str().to_owned())).collect();
    let columns: Vec<&str> = titles.iter().map(String::as_str).collect();
    let unnamed = BTreeMap::new();
    let cell = |term: &Option<Term>| html! { @if let Some(term) = term { (page::value(term, &unnamed, reader)) } };
    let shown: Vec<Vec<Markup>> = rows.rows.iter().take(ROWS).map(|row| row.iter().map(cell).collect()).collect();
    html! {
        p #count role="status" { @match lang {
            Lang::Zh => { (count) " 行" @if count > ROWS { "，只列前 " (ROWS) " 行" } }
            Lang::En => { (count) @if count == 1 { " row" } @else { " rows" } @if count > ROWS { ", the first " (ROWS) " are listed" } }
        } }
        @if count > 0 { (table(lang.pick("结果", "Result"), &columns, &shown)) }
    }
}

/// A word that the editor offers, in the shape of its library.
#[derive(Serialize)]
struct Offer<'a> {
    label: &'a str,
    #[serde(rename = "type")]
    kind: &'static str,
    detail: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    info: String,
}

/// `/terms.json`: what the editor offers while somebody writes, with labels in both languages.
pub(super) async fn terms(_: Shared, request: axum::extract::Request) -> Result<Response, Problem> {
    let lang = Reader::of(&request).lang;
    let both = |words: &crate::diagnostic::Message, between: &str| match (words.zh == words.en, lang) {
        (true, _) => words.en.clone(),
        (_, Lang::Zh) => format!("{}{between}{}", words.zh, words.en),
        (_, Lang::En) => format!("{}{between}{}", words.en, words.zh),
    };
    let words = known_words();
    let offers: Vec<Offer<'_>> = words
        .iter()
        .map(|word| Offer {
            label: &word.text,
            kind: match word.kind {
                WordKind::Keyword => "keyword",
                WordKind::Prefix => "namespace",
                WordKind::Class => "class",
                WordKind::Property => "property",
                WordKind::Concept => "enum",
                WordKind::Function => "function",
            },
            detail: both(&word.label, " · "),
            info: both(&word.meaning, "\n"),
        })
        .collect();
    let content = serde_json::to_vec(&offers).map_err(|error| Problem::internal(&error.to_string()))?;
    Ok(bytes("application/json", content))
}
