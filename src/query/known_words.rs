//! The words that a query may be written with, for those who complete what is begun.

use std::collections::BTreeMap;

use super::catalogue;
use crate::diagnostic::Message;
use crate::graph::{Ontology, PREFIXES, TermKind};

const KEYWORDS: [&str; 30] = [
    "ASC",
    "ASK",
    "AVG",
    "BIND",
    "BOUND",
    "COALESCE",
    "CONSTRUCT",
    "CONTAINS",
    "COUNT",
    "DESC",
    "DESCRIBE",
    "DISTINCT",
    "EXISTS",
    "FILTER",
    "GRAPH",
    "GROUP BY",
    "GROUP_CONCAT",
    "HAVING",
    "LIMIT",
    "MAX",
    "MIN",
    "MINUS",
    "NOT EXISTS",
    "OPTIONAL",
    "ORDER BY",
    "SELECT",
    "SUM",
    "UNION",
    "VALUES",
    "WHERE",
];

/// A word of queries.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Word {
    /// As it is written.
    pub text: String,
    /// What kind of word it is.
    pub kind: WordKind,
    /// What it is called; of a prefix, what it stands for.
    pub label: Message,
    /// What it means; empty where nothing is known.
    pub meaning: Message,
}

/// What kind of word it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WordKind {
    /// One of SPARQL's own.
    Keyword,
    /// A prefix that needs no declaration.
    Prefix,
    /// A class.
    Class,
    /// A property.
    Property,
    /// A concept or a scheme of them.
    Concept,
    /// A function.
    Function,
}

/// The words of SPARQL, the prefixes, the terms of the vocabulary and the foreign terms of the shipped queries, by their texts.
pub fn known_words() -> Vec<Word> {
    let none = || Message::new("", "");
    let word = |text: &str, kind, label| Word { text: text.to_owned(), kind, label, meaning: none() };
    let mut words: Vec<Word> = KEYWORDS.iter().map(|text| word(text, WordKind::Keyword, none())).collect();
    words.extend(PREFIXES.iter().map(|(prefix, namespace)| {
        word(&format!("{prefix}:"), WordKind::Prefix, Message::new(*namespace, *namespace))
    }));
    let terms = Ontology::shipped().terms.into_iter().filter(|term| !term.reserved);
    words.extend(terms.map(|term| Word {
        text: format!("z:{}", term.name),
        kind: match term.kind {
            TermKind::Class => WordKind::Class,
            TermKind::ObjectProperty | TermKind::DatatypeProperty => WordKind::Property,
            TermKind::Scheme | TermKind::Concept => WordKind::Concept,
            TermKind::Function => WordKind::Function,
        },
        label: term.label,
        meaning: term.definition,
    }));
    words.extend(foreign().into_iter().map(|(text, kind)| word(&text, kind, none())));
    words.sort_by(|a, b| a.text.cmp(&b.text));
    words
}

/// Terms of other vocabularies that the shipped queries ask for; classes begin with a capital letter.
fn foreign() -> BTreeMap<String, WordKind> {
    let is_name = |char: char| char.is_ascii_alphanumeric() || ":-_".contains(char);
    let shipped = catalogue::all().unwrap_or_default();
    let lines = shipped.iter().flat_map(|named| named.text.lines()).filter(|line| !line.starts_with('#'));
    let words = lines.flat_map(|line| line.split(|char| !is_name(char)));
    let term = |word: &str| {
        let (prefix, name) = word.split_once(':')?;
        let is_foreign = prefix != "z" && PREFIXES.iter().any(|(known, _)| *known == prefix);
        let first = name.chars().next().filter(|_| is_foreign && prefix != "xsd")?;
        let kind = if first.is_uppercase() { WordKind::Class } else { WordKind::Property };
        Some((word.to_owned(), kind))
    };
    words.filter_map(term).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_come_with_their_labels() {
        let words = known_words();
        let of = |text: &str| words.iter().find(|word| word.text == text).unwrap();
        assert_eq!((of("z:leads").kind, of("z:Task").kind), (WordKind::Property, WordKind::Class));
        assert!(!of("z:Task").label.zh.is_empty() && !of("z:Task").meaning.en.is_empty());
        assert_eq!(of("rdfs:label").kind, WordKind::Property);
        assert_eq!(of("skos:").label.en, "http://www.w3.org/2004/02/skos/core#");
        assert_eq!(of("SELECT").kind, WordKind::Keyword);
        assert!(words.windows(2).all(|pair| pair[0].text < pair[1].text), "none twice");
    }
}
