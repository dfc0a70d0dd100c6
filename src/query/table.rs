//! Terms as words to be read in a table.

use oxigraph::model::Term;

use crate::graph::short_iri;
use crate::iri;

/// Families of concepts, whose names carry the family in front.
const FAMILIES: [&str; 14] = [
    "role-",
    "basis-",
    "mode-",
    "rule-",
    "level-",
    "kind-",
    "comparator-",
    "deadline-",
    "citation-",
    "act-",
    "claim-",
    "severity-",
    "reform-",
    "certainty-",
];

/// A literal by its value, a name of ours by its last words, another IRI with a known prefix.
///
/// A part of a document keeps the document: `云政办发〔2031〕7号/task/一`.
pub(super) fn cell(term: &Term) -> String {
    // further kinds of terms come with features of the RDF library
    if let Term::Literal(literal) = term {
        literal.value().to_owned()
    } else if let Term::NamedNode(node) = term {
        shorten(node.as_str())
    } else {
        term.to_string()
    }
}

fn shorten(iri: &str) -> String {
    if let Some(name) = iri.strip_prefix(iri::ONTOLOGY) {
        return FAMILIES.iter().find_map(|family| name.strip_prefix(family)).unwrap_or(name).to_owned();
    }
    if let Some((_, words)) = iri.strip_prefix(iri::BASE).and_then(|rest| rest.split_once('/')) {
        return iri::decode(words).unwrap_or_else(|| words.to_owned());
    }
    short_iri(iri)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_become_words() {
        let document = iri::document("云政办发〔2031〕7号");
        assert_eq!(shorten(&document), "云政办发〔2031〕7号");
        assert_eq!(shorten(&iri::task(&document, "(一)")), "云政办发〔2031〕7号/task/一");
        assert_eq!(shorten(&iri::organisation("市a/b局")), "市a/b局");
        assert_eq!(shorten(&iri::concept("role", "co-lead")), "co-lead");
        assert_eq!(shorten(&iri::term("Task")), "Task");
        assert_eq!(shorten("http://www.w3.org/ns/org#Organization"), "org:Organization");
        assert_eq!(shorten("http://a.example/x"), "http://a.example/x");
    }
}
