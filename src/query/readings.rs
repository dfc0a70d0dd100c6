//! How documents were read: their text, and what was seen where in it.

use std::collections::{BTreeMap, BTreeSet};

use super::project::{Row, select_among};
use super::{QueryError, Source};
use crate::diagnostic::{Message, Severity};
use crate::extract::Doubt;
use crate::iri;
use crate::span::Span;

const TEXTS: &str = "SELECT ?doc ?text { ?reading prov:used ?doc ; z:readText ?text }";

const HEADS: &str = "
SELECT ?doc ?kind ?issuer {
  ?doc a z:Document .
  OPTIONAL { ?doc z:documentKind ?kind }
  OPTIONAL { ?doc z:issuerName ?issuer }
}";

const RULES: &str = "
SELECT ?doc ?rule ?from ?at {
  ?doc z:hasConvention ?convention .
  ?convention z:rule ?rule .
  OPTIONAL { ?convention z:fromLabel ?from }
  OPTIONAL { ?convention z:at ?at }
}";

const CITATIONS: &str = "
SELECT ?doc ?thing ?cited ?relation ?at ?number ?title {
  { ?thing z:inDocument ?doc ; z:hasCitation ?citation } UNION { ?doc z:hasCitation ?citation . BIND(?doc AS ?thing) }
  ?citation z:cited ?cited ; z:citationRelation ?relation ; z:at ?at .
  OPTIONAL { ?cited z:number ?number }
  OPTIONAL { ?cited dcterms:title ?title }
}";

const FINDINGS: &str = "
SELECT ?doc ?thing ?finding ?code ?severity ?zh ?en ?at {
  { ?thing z:inDocument ?doc ; z:hasFinding ?finding } UNION { ?doc z:hasFinding ?finding . BIND(?doc AS ?thing) }
  ?finding z:findingCode ?code ; z:severity ?severity ; z:message ?zh ; z:message ?en .
  FILTER(LANG(?zh) = \"zh\" && LANG(?en) = \"en\")
  OPTIONAL { ?finding z:at ?at }
}";

const CLAUSES: &str = "SELECT ?doc ?t ?clause ?at { ?t z:inDocument ?doc ; z:clause ?clause ; z:clauseAt ?at }";

const DOUBTS: &str = "
SELECT ?doc ?part ?doubt { ?t z:inDocument ?doc ; z:hasResponsibility ?part . ?part z:doubt ?doubt }";

/// How a document was read.
#[derive(Clone, Debug, Default)]
pub struct Reading {
    /// The text that places count in; empty where the source does not hold it.
    pub text: String,
    /// The kind of document (通知); empty if it is not known.
    pub kind: String,
    /// The names of those who issued it, as printed.
    pub issuers: Vec<String>,
    /// The rules that it states, by place.
    pub rules: Vec<Rule>,
    /// What it cites, by place.
    pub cited: Vec<Cited>,
    /// What is odd about it, by place.
    pub findings: Vec<Seen>,
    /// The statements that name who is responsible, with their places, by the IRIs of the tasks.
    pub clauses: BTreeMap<String, (String, Span)>,
    /// The reasons to doubt responsibilities, by the IRIs of these.
    pub doubts: BTreeMap<String, Vec<Doubt>>,
}

/// A rule that a document states once.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Rule {
    /// Where it is stated.
    pub span: Option<Span>,
    /// IRI of the concept.
    pub rule: String,
    /// The number of the task from which on it holds; empty for all.
    pub from: String,
}

/// A document that another cites.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Cited {
    /// Where.
    pub span: Span,
    /// IRI of the citing document or task.
    pub by: String,
    /// IRI of the concept of the relation.
    pub relation: String,
    /// IRI of the document cited.
    pub document: String,
    /// Its number; empty if it is not known.
    pub number: String,
    /// Its title; empty if it is not known.
    pub title: String,
}

/// Something odd, as the store keeps it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Seen {
    /// IRI of the document or task that it is about.
    pub about: String,
    /// Number of its code: `ZR102`.
    pub code: String,
    /// How much it matters.
    pub severity: Severity,
    /// What is odd.
    pub message: Message,
    /// Where.
    pub span: Option<Span>,
}

/// How some documents were read, by their IRIs.
///
/// # Errors
///
/// [`QueryError`], if the source cannot be asked.
pub fn readings<S: Source + ?Sized>(
    source: &S,
    documents: &BTreeSet<&str>,
) -> Result<BTreeMap<String, Reading>, QueryError> {
    let mut found: BTreeMap<String, Reading> =
        documents.iter().map(|id| ((*id).to_owned(), Reading::default())).collect();
    if documents.is_empty() {
        return Ok(found);
    }
    let mut each = |text: &str, add: &mut dyn FnMut(&mut Reading, &Row)| -> Result<(), QueryError> {
        for row in select_among(source, text, "doc", Some(documents))? {
            if let Some(reading) = found.get_mut(&row.text("doc")) {
                add(reading, &row);
            }
        }
        Ok(())
    };
    each(TEXTS, &mut |reading, row| reading.text = row.text("text"))?;
    each(HEADS, &mut |reading, row| {
        reading.kind = row.text("kind");
        push_new(&mut reading.issuers, row.text("issuer"));
    })?;
    each(RULES, &mut |reading, row| {
        reading.rules.push(Rule { span: row.span("at"), rule: row.text("rule"), from: row.text("from") });
    })?;
    each(CITATIONS, &mut |reading, row| {
        let Some(span) = row.span("at") else { return };
        let (number, title) = (row.text("number"), row.text("title"));
        let (by, relation, document) = (row.text("thing"), row.text("relation"), row.text("cited"));
        reading.cited.push(Cited { span, by, relation, document, number, title });
    })?;
    let mut known = BTreeSet::new();
    each(FINDINGS, &mut |reading, row| {
        let severity = row.text("severity");
        let all = [Severity::Note, Severity::Warning, Severity::Error];
        let severity = all.into_iter().find(|one| iri::concept("severity", one.as_str()) == severity);
        if !known.insert(row.text("finding")) {
            return;
        }
        reading.findings.push(Seen {
            about: row.text("thing"),
            code: row.text("code"),
            severity: severity.unwrap_or(Severity::Note),
            message: Message::new(row.text("zh"), row.text("en")),
            span: row.span("at"),
        });
    })?;
    each(CLAUSES, &mut |reading, row| {
        if let Some(span) = row.span("at") {
            reading.clauses.insert(row.text("t"), (row.text("clause"), span));
        }
    })?;
    each(DOUBTS, &mut |reading, row| {
        let doubt = Doubt::ALL.iter().find(|doubt| doubt.as_str() == row.text("doubt"));
        let doubts = reading.doubts.entry(row.text("part")).or_default();
        doubts.extend(doubt.filter(|doubt| !doubts.contains(doubt)).copied());
    })?;
    for reading in found.values_mut() {
        reading.rules.sort();
        reading.rules.dedup();
        reading.cited.sort();
        // a document may be known under several titles
        reading.cited.dedup_by(|a, b| (a.span, &a.document, &a.by) == (b.span, &b.document, &b.by));
        reading.findings.sort_by(|a, b| (a.span, &a.code, &a.message.en).cmp(&(b.span, &b.code, &b.message.en)));
    }
    Ok(found)
}

fn push_new(list: &mut Vec<String>, text: String) {
    if !text.is_empty() && !list.contains(&text) {
        list.push(text);
    }
}
