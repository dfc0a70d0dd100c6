//! The stored documents and the ways in which a person names them and their places.

use std::iter;

use super::project::{places, select};
use super::{Filter, QueryError, Source};
use crate::date::Date;
use crate::iri;
use crate::span::fold_str;

const DOCUMENTS: &str = "
SELECT ?doc ?title ?number ?source ?year ?issued ?seat WHERE {
  GRAPH ?doc {
    ?doc a z:Document ; z:source ?source .
    OPTIONAL { ?doc dcterms:title ?title }
    OPTIONAL { ?doc z:number ?number }
    OPTIONAL { ?doc z:year ?year }
    OPTIONAL { ?doc z:issued ?issued }
    OPTIONAL { ?doc z:jurisdiction ?seat }
  }
}";

/// What is known of a stored document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredDocument {
    /// IRI.
    pub id: String,
    /// Title.
    pub title: String,
    /// Number; empty if it has none.
    pub number: String,
    /// Name of the file that was read.
    pub source: String,
    /// Date of issue as it is written; empty if it is not known.
    pub issued: String,
    /// Years that it is about or from.
    pub years: Vec<String>,
    /// When it was issued, else the first of those years.
    pub date: Option<Date>,
    /// Name of the place that it speaks for; empty if it is not known.
    pub place: String,
    /// Name and code of the place that it speaks for and of those around it; a code may be empty.
    pub places: Vec<(String, String)>,
}

impl StoredDocument {
    /// What the document is called: its number, else its title, else the name of the file.
    pub fn name(&self) -> &str {
        [&self.number, &self.title, &self.source].into_iter().find(|name| !name.is_empty()).map_or("", String::as_str)
    }

    /// Its title, or what it is called where it has none.
    pub fn titled(&self) -> &str {
        if self.title.is_empty() { self.name() } else { &self.title }
    }

    /// Whether the words name the document: its IRI or a part of its number, title or file name.
    pub fn is_named(&self, words: &str) -> bool {
        let wanted = fold_str(words.trim()).to_lowercase();
        let holds = |text: &str| fold_str(text).to_lowercase().contains(&wanted);
        let whole = words == self.id || iri::document(words) == self.id;
        !wanted.is_empty() && (whole || [&self.number, &self.title, &self.source].into_iter().any(|text| holds(text)))
    }

    /// Whether the document speaks for the place or for one inside it. The place is named with or
    /// without its last character (市), or by its code of six digits (GB/T 2260).
    pub fn is_within(&self, words: &str) -> bool {
        let words = words.trim();
        let named = |place: &str| place.strip_prefix(words).is_some_and(|rest| rest.chars().count() <= 1);
        let is_code = words.len() == 6 && words.bytes().all(|byte| byte.is_ascii_digit());
        let mut part = words;
        while let Some(shorter) = part.strip_suffix("00") {
            part = shorter;
        }
        let coded = |code: &str| is_code && code.starts_with(part);
        !words.is_empty() && self.places.iter().any(|(place, code)| named(place) || coded(code) && !code.is_empty())
    }

    /// Whether the filter lets the document pass.
    pub fn passes(&self, filter: &Filter) -> bool {
        (filter.documents.is_empty() || filter.documents.iter().any(|wanted| self.is_named(wanted)))
            && (filter.jurisdictions.is_empty() || filter.jurisdictions.iter().any(|wanted| self.is_within(wanted)))
            && (filter.years.is_empty() || filter.years.iter().any(|wanted| self.years.contains(&wanted.to_string())))
    }
}

/// The documents that were read, in the order of their IRIs.
///
/// # Errors
///
/// [`QueryError::Evaluation`], if the store cannot be read.
pub fn documents<S: Source + ?Sized>(source: &S) -> Result<Vec<StoredDocument>, QueryError> {
    let mut documents: Vec<StoredDocument> = Vec::new();
    let known = places(source)?;
    for row in select(source, DOCUMENTS)? {
        let seat = known.get(&row.text("seat"));
        let id = row.text("doc");
        if documents.last().is_none_or(|last| last.id != id) {
            documents.push(StoredDocument {
                id,
                title: row.text("title"),
                number: row.text("number"),
                source: row.text("source"),
                issued: row.text("issued"),
                years: Vec::new(),
                date: Date::parse_iso(&row.text("issued")).or_else(|| Date::parse_iso(&row.text("year"))),
                place: seat.map(|seat| seat.name.clone()).unwrap_or_default(),
                places: Vec::new(),
            });
        }
        let Some(last) = documents.last_mut() else { continue };
        last.years.extend(row.number("year"));
        for place in seat.iter().flat_map(|seat| iter::once(*seat).chain(&seat.within)) {
            let named = (place.name.clone(), place.code.clone().unwrap_or_default());
            if !last.places.contains(&named) {
                last.places.push(named);
            }
        }
    }
    Ok(documents)
}
