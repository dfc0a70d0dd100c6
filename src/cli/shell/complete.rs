//! What the Tab key completes: commands, shipped queries and their parameters, prefixes and terms, keywords.

use std::collections::BTreeSet;

use rustyline::completion::Completer;
use rustyline::highlight::Highlighter;
use rustyline::hint::Hinter;
use rustyline::validate::Validator;
use rustyline::{Context, Helper};
use zeren::graph::{ONTOLOGY_TURTLE, PREFIXES};
use zeren::query::catalogue;

const COMMANDS: [&str; 6] = [".format", ".help", ".limit", ".prefixes", ".queries", ".quit"];

const KEYWORDS: [&str; 21] = [
    "ASK",
    "BIND",
    "CONSTRUCT",
    "CONTAINS",
    "COUNT",
    "DESC",
    "DESCRIBE",
    "DISTINCT",
    "EXISTS",
    "FILTER",
    "GRAPH",
    "GROUP",
    "HAVING",
    "LIMIT",
    "NOT",
    "OPTIONAL",
    "ORDER",
    "SELECT",
    "UNION",
    "VALUES",
    "WHERE",
];

/// All words that may be completed, in order.
pub(super) struct Completion {
    words: Vec<String>,
}

impl Completion {
    pub(super) fn new() -> Self {
        let mut words: BTreeSet<String> = COMMANDS.iter().chain(&KEYWORDS).map(|&word| word.to_owned()).collect();
        words.extend(PREFIXES.iter().map(|(prefix, _)| format!("{prefix}:")));
        // a term is defined at the beginning of a line
        let terms = ONTOLOGY_TURTLE.lines().filter(|line| line.starts_with("z:"));
        words.extend(terms.filter_map(|line| line.split_whitespace().next()).map(str::to_owned));
        words.extend(catalogue::all().unwrap_or_default().into_iter().map(|named| named.name.to_owned()));
        Self { words: words.into_iter().collect() }
    }

    /// Where the word at the end of a text begins, in bytes, and what it may become.
    fn of(&self, text: &str) -> (usize, Vec<String>) {
        let start = text.rfind([' ', '\t', '(', '{', '|', '/', '^']).map_or(0, |at| at + 1);
        let word = text.get(start..).unwrap_or_default();
        let named = text.split_whitespace().next().filter(|first| first.len() < start).map(catalogue::find);
        if let Some(Ok(named)) = named {
            let parameters = named.parameters.iter().map(|parameter| format!("{}=", parameter.name));
            return (start, parameters.filter(|parameter| parameter.starts_with(word)).collect());
        }
        if word.is_empty() {
            return (start, Vec::new());
        }
        let lower = word.to_lowercase();
        (start, self.words.iter().filter(|known| known.to_lowercase().starts_with(&lower)).cloned().collect())
    }
}

impl Completer for Completion {
    type Candidate = String;

    fn complete(&self, line: &str, place: usize, _: &Context<'_>) -> rustyline::Result<(usize, Vec<String>)> {
        Ok(self.of(line.get(..place).unwrap_or(line)))
    }
}

impl Hinter for Completion {
    type Hint = String;
}

impl Highlighter for Completion {}

impl Validator for Completion {}

impl Helper for Completion {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_terms_and_parameters_are_completed() {
        let completion = Completion::new();
        let of = |text: &str| completion.of(text);
        assert_eq!(of("worklo"), (0, vec!["workload".to_owned()]));
        assert_eq!(of("SELECT ?t { ?t z:hasIndic").1, ["z:hasIndicator"]);
        assert_eq!(of("tasks-of bo"), (9, vec!["body=".to_owned()]));
        assert_eq!(of("sel").1, ["SELECT"]);
        assert!(of("SELECT ?t { ?t sk").1.contains(&"skos:".to_owned()));
        assert!(of("").1.is_empty());
    }
}
