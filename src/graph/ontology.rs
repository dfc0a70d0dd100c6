//! The vocabulary as a list of terms, for those who read it rather than reason with it.

use std::collections::BTreeMap;

use oxigraph::io::{RdfFormat, RdfParser};
use oxigraph::model::{NamedOrBlankNode, Term as Node};

use super::{ONTOLOGY_TURTLE, PREFIXES};
use crate::diagnostic::Message;
use crate::iri;

/// What kind of term it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TermKind {
    /// A class.
    Class,
    /// A property whose values are things.
    ObjectProperty,
    /// A property whose values are texts, numbers or dates.
    DatatypeProperty,
    /// A scheme of concepts.
    Scheme,
    /// A concept of a scheme.
    Concept,
    /// A function of queries.
    Function,
}

/// A term of the vocabulary.
#[derive(Clone, Debug)]
pub struct Term {
    /// The name within the namespace.
    pub name: String,
    /// What kind of term it is.
    pub kind: TermKind,
    /// What it is called.
    pub label: Message,
    /// What it means.
    pub definition: Message,
    /// An example; none of a concept.
    pub example: Option<Message>,
    /// The wider classes or properties, by IRI.
    pub wider: Vec<String>,
    /// Terms elsewhere that are like it, by IRI.
    pub like: Vec<String>,
    /// The class that has the property, by IRI.
    pub domain: Option<String>,
    /// The class or type of its values, by IRI.
    pub range: Option<String>,
    /// The scheme of a concept, by IRI.
    pub scheme: Option<String>,
    /// The key of a concept.
    pub notation: Option<String>,
    /// Whether it has its meaning, and no graph is written with it yet.
    pub reserved: bool,
}

/// The vocabulary.
#[derive(Clone, Debug)]
pub struct Ontology {
    /// Its title.
    pub title: Message,
    /// What it is for.
    pub description: Message,
    /// What is to be kept in mind.
    pub comment: Message,
    /// Its version.
    pub version: String,
    /// Its terms, in the order of the file.
    pub terms: Vec<Term>,
}

/// What is said of one subject: texts and IRIs by predicate.
#[derive(Default)]
struct Said {
    texts: Vec<(String, String, String)>,
    nodes: Vec<(String, String)>,
}

impl Said {
    fn message(&self, predicate: &str) -> Option<Message> {
        let in_lang = |wanted: &str| {
            let found = self.texts.iter().find(|(known, lang, _)| known.ends_with(predicate) && lang == wanted);
            found.map(|(_, _, text)| text.clone())
        };
        Some(Message { zh: in_lang("zh")?, en: in_lang("en")? })
    }

    fn text(&self, predicate: &str) -> Option<String> {
        self.texts.iter().find(|(known, _, _)| known.ends_with(predicate)).map(|(_, _, text)| text.clone())
    }

    fn all(&self, predicates: &[&str]) -> Vec<String> {
        let wanted = |known: &str| predicates.iter().any(|predicate| known.ends_with(predicate));
        self.nodes.iter().filter(|(known, _)| wanted(known)).map(|(_, node)| node.clone()).collect()
    }

    fn one(&self, predicate: &str) -> Option<String> {
        self.all(&[predicate]).into_iter().next()
    }

    fn kind(&self) -> Option<TermKind> {
        let classes = self.all(&["#type"]);
        let is = |suffix: &str| classes.iter().any(|class| class.ends_with(suffix));
        Some(if is("owl#Class") {
            TermKind::Class
        } else if is("#ObjectProperty") {
            TermKind::ObjectProperty
        } else if is("#DatatypeProperty") {
            TermKind::DatatypeProperty
        } else if is("core#ConceptScheme") {
            TermKind::Scheme
        } else if is("#Function") {
            TermKind::Function
        } else if self.one("#inScheme").is_some() {
            TermKind::Concept
        } else {
            return None;
        })
    }
}

impl Ontology {
    /// Reads the vocabulary that the program ships.
    pub fn shipped() -> Self {
        let mut order: Vec<String> = Vec::new();
        let mut said: BTreeMap<String, Said> = BTreeMap::new();
        for quad in RdfParser::from_format(RdfFormat::Turtle).for_slice(ONTOLOGY_TURTLE).flatten() {
            let NamedOrBlankNode::NamedNode(subject) = quad.subject else { continue };
            let entry = said.entry(subject.as_str().to_owned()).or_insert_with(|| {
                order.push(subject.as_str().to_owned());
                Said::default()
            });
            let predicate = quad.predicate.into_string();
            if let Node::Literal(text) = &quad.object {
                let lang = text.language().unwrap_or_default().to_owned();
                entry.texts.push((predicate, lang, text.value().to_owned()));
            } else if let Node::NamedNode(node) = quad.object {
                entry.nodes.push((predicate, node.into_string()));
            }
        }
        let none = || Message::new("", "");
        let own = said.get(iri::ONTOLOGY.trim_end_matches('#'));
        let of_own = |predicate: &str| own.and_then(|own| own.message(predicate)).unwrap_or_else(none);
        let terms = order.iter().filter_map(|subject| {
            let name = subject.strip_prefix(iri::ONTOLOGY)?;
            let said = said.get(subject)?;
            Some(Term {
                name: name.to_owned(),
                kind: said.kind()?,
                label: said.message("#label").unwrap_or_else(none),
                definition: said.message("#definition").unwrap_or_else(none),
                example: said.message("#example"),
                wider: said.all(&["#subClassOf", "#subPropertyOf"]),
                like: said.all(&["#seeAlso"]),
                domain: said.one("#domain"),
                range: said.one("#range"),
                scheme: said.one("#inScheme"),
                notation: said.text("#notation"),
                reserved: said.text("#term_status").is_some(),
            })
        });
        Self {
            title: of_own("/title"),
            description: of_own("/description"),
            comment: of_own("#comment"),
            version: own.and_then(|own| own.text("#versionInfo")).unwrap_or_default(),
            terms: terms.collect(),
        }
    }

    /// The terms of a kind, in the order of the file.
    pub fn of_kind(&self, kind: TermKind) -> impl Iterator<Item = &Term> {
        self.terms.iter().filter(move |term| term.kind == kind)
    }
}

/// An IRI with its usual prefix; one without stays as it is.
pub fn short_iri(iri: &str) -> String {
    PREFIXES
        .iter()
        .find_map(|(prefix, namespace)| Some(format!("{prefix}:{}", iri.strip_prefix(namespace)?)))
        .unwrap_or_else(|| iri.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn terms_come_with_what_is_said_of_them() {
        let ontology = Ontology::shipped();
        let role = ontology.terms.iter().find(|term| term.name == "role").unwrap();
        assert_eq!(role.kind, TermKind::ObjectProperty);
        assert_eq!((role.label.zh.as_str(), role.label.en.as_str()), ("角色", "role"));
        assert_eq!(role.domain.as_deref().map(short_iri).as_deref(), Some("z:Responsibility"));
        assert_eq!(role.range.as_deref().map(short_iri).as_deref(), Some("z:Role"));
        let lead = ontology.of_kind(TermKind::Concept).find(|term| term.name == "role-lead").unwrap();
        assert_eq!(lead.notation.as_deref(), Some("lead"));
        assert!(!ontology.title.en.is_empty() && !ontology.version.is_empty());
        assert!(ontology.of_kind(TermKind::Class).count() > 30);
    }
}
