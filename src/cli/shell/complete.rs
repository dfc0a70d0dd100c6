//! What the Tab key completes: commands, shipped queries and their parameters, prefixes and terms, keywords.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

use rustyline::completion::Completer;
use rustyline::highlight::Highlighter;
use rustyline::hint::Hinter;
use rustyline::validate::Validator;
use rustyline::{Context, Helper};
use zeren::query::{Source, catalogue, known_values, known_words};

const COMMANDS: [&str; 6] = [".format", ".help", ".limit", ".prefixes", ".queries", ".quit"];

/// All words that may be completed, in order, and the values of parameters as the source knows them.
pub(super) struct Completion<'s> {
    words: Vec<String>,
    source: &'s dyn Source,
    /// The values of each parameter, once asked for.
    values: RefCell<BTreeMap<String, Vec<String>>>,
}

impl<'s> Completion<'s> {
    pub(super) fn new(source: &'s dyn Source) -> Self {
        let mut words: BTreeSet<String> = COMMANDS.iter().map(|&word| word.to_owned()).collect();
        words.extend(known_words().into_iter().map(|word| word.text));
        words.extend(catalogue::all().unwrap_or_default().into_iter().map(|named| named.name.to_owned()));
        Self { words: words.into_iter().collect(), source, values: RefCell::default() }
    }

    /// Where the word at the end of a text begins, in bytes, and what it may become.
    fn of(&self, text: &str) -> (usize, Vec<String>) {
        let start = text.rfind([' ', '\t', '(', '{', '|', '/', '^']).map_or(0, |at| at + 1);
        let word = text.get(start..).unwrap_or_default();
        let named = text.split_whitespace().next().filter(|first| first.len() < start).map(catalogue::find);
        if let Some(Ok(named)) = named {
            if let Some((parameter, begun)) = word.split_once('=') {
                return (start + parameter.len() + 1, self.values(parameter, begun));
            }
            let parameters = named.parameters.iter().map(|parameter| format!("{}=", parameter.name));
            return (start, parameters.filter(|parameter| parameter.starts_with(word)).collect());
        }
        if word.is_empty() {
            return (start, Vec::new());
        }
        let lower = word.to_lowercase();
        (start, self.words.iter().filter(|known| known.to_lowercase().starts_with(&lower)).cloned().collect())
    }

    /// The values of a parameter that begin so; those with blanks in quotation marks.
    fn values(&self, parameter: &str, begun: &str) -> Vec<String> {
        let mut known = self.values.borrow_mut();
        let values = known
            .entry(parameter.to_owned())
            // whoever only looks for a value is not told why there is none
            .or_insert_with(|| known_values(self.source, parameter).unwrap_or_default());
        let begun = begun.trim_start_matches('"');
        let fitting = values.iter().filter(|value| value.starts_with(begun) && !value.contains('"'));
        fitting.map(|value| if value.contains(' ') { format!("\"{value}\"") } else { value.clone() }).collect()
    }
}

impl Completer for Completion<'_> {
    type Candidate = String;

    fn complete(&self, line: &str, place: usize, _: &Context<'_>) -> rustyline::Result<(usize, Vec<String>)> {
        Ok(self.of(line.get(..place).unwrap_or(line)))
    }
}

impl Hinter for Completion<'_> {
    type Hint = String;
}

impl Highlighter for Completion<'_> {}

impl Validator for Completion<'_> {}

impl Helper for Completion<'_> {}

#[cfg(test)]
mod tests {
    use oxigraph::model::vocab::{rdf, rdfs};
    use oxigraph::model::{GraphName, Literal, NamedNode, Quad};
    use oxigraph::store::Store;

    use super::*;

    /// A source with two bodies.
    fn bodies() -> Store {
        let store = Store::new().unwrap();
        for (name, label) in [("a", "清河市财政局"), ("b", "清河市教育局")] {
            let body = NamedNode::new_unchecked(format!("a:{name}"));
            let class = NamedNode::new_unchecked(zeren::iri::term("Organisation"));
            store.insert(&Quad::new(body.clone(), rdf::TYPE, class, GraphName::DefaultGraph)).unwrap();
            store.insert(&Quad::new(body, rdfs::LABEL, Literal::from(label), GraphName::DefaultGraph)).unwrap();
        }
        store
    }

    #[test]
    fn names_terms_parameters_and_values_are_completed() {
        let store = bodies();
        let completion = Completion::new(&store);
        assert_eq!(completion.of("tasks-of body=清河市财"), (14, vec!["清河市财政局".to_owned()]));
        let of = |text: &str| completion.of(text);
        assert_eq!(of("worklo"), (0, vec!["workload".to_owned()]));
        assert_eq!(of("SELECT ?t { ?t z:hasIndic").1, ["z:hasIndicator"]);
        assert_eq!(of("tasks-of bo"), (9, vec!["body=".to_owned()]));
        assert_eq!(of("sel").1, ["SELECT"]);
        assert!(of("SELECT ?t { ?t sk").1.contains(&"skos:".to_owned()));
        assert!(of("").1.is_empty());
    }
}
