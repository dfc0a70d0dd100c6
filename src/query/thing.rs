//! What is known of one thing: statements about it and to it, and what to call the others.

use std::collections::{BTreeMap, BTreeSet};

use oxigraph::model::{GraphName, NamedNode, Quad, Term};

use super::answer::sorted;
use super::{Answer, Limits, Query, QueryError, Rows, Source};
use crate::diagnostic::Lang;

const ABOUT: &str = "SELECT ?p ?o WHERE { ?thing ?p ?o }";
const TO: &str = "SELECT ?s ?p WHERE { ?s ?p ?thing }";
/// Of a list of properties, all labels there are would be read; of alternatives, those of the things.
const NAMES: &str = "
SELECT ?x ?lang (MIN(?words) AS ?name) WHERE {
  ?x rdfs:label|dcterms:title|skos:prefLabel|z:text|z:printedName|z:words ?label .
  BIND(SUBSTR(STR(?label), 1, 60) AS ?words)
  BIND(LANG(?label) AS ?lang)
}
GROUP BY ?x ?lang";

/// What is known of one thing.
#[derive(Clone, Debug, PartialEq)]
pub struct Thing {
    /// Its IRI.
    pub id: String,
    /// Properties and values, sorted.
    pub about: Vec<(NamedNode, Term)>,
    /// Things and the properties by which they lead to it, sorted and cut off.
    pub to: Vec<(Term, NamedNode)>,
    /// How many statements lead to it in all.
    pub to_count: usize,
    /// Names of the other things, in the language asked for where they have one.
    pub names: BTreeMap<String, String>,
}

impl Thing {
    /// What is known of a thing; none if nothing is. Of the statements that lead to it, at most
    /// `most` are kept; things are called by their names in `lang`, if they have some.
    ///
    /// # Errors
    ///
    /// [`QueryError`], if the source cannot be asked.
    pub fn find<S: Source + ?Sized>(
        source: &S,
        id: &str,
        most: usize,
        lang: Lang,
        limits: &Limits,
    ) -> Result<Option<Self>, QueryError> {
        let Ok(node) = NamedNode::new(id) else { return Ok(None) };
        let rows = |text: &str| -> Result<Vec<Vec<Option<Term>>>, QueryError> {
            let mut query = Query::parse(text)?;
            query.bind("thing", &node.clone().into())?;
            match query.run(source, limits)? {
                Answer::Rows(Rows { rows, .. }) => Ok(rows),
                _ => Ok(Vec::new()),
            }
        };
        let pair = |row: Vec<Option<Term>>| {
            let mut cells = row.into_iter().flatten();
            cells.next().zip(cells.next())
        };
        let node_of = |term: Term| match term {
            Term::NamedNode(node) => Some(node),
            _ => None,
        };
        let about: Vec<(NamedNode, Term)> =
            rows(ABOUT)?.into_iter().filter_map(pair).filter_map(|(p, o)| Some((node_of(p)?, o))).collect();
        let mut to: Vec<(Term, NamedNode)> =
            rows(TO)?.into_iter().filter_map(pair).filter_map(|(s, p)| Some((s, node_of(p)?))).collect();
        if about.is_empty() && to.is_empty() {
            return Ok(None);
        }
        let to_count = to.len();
        to.truncate(most);
        let others = about.iter().map(|(_, object)| object).chain(to.iter().map(|(subject, _)| subject));
        let others: BTreeSet<&str> = others
            .filter_map(|term| match term {
                Term::NamedNode(node) => Some(node.as_str()),
                _ => None,
            })
            .chain([id])
            .collect();
        let mut query = Query::parse(NAMES)?;
        query.choose("x", others.into_iter());
        let mut best: BTreeMap<String, (bool, bool, String)> = BTreeMap::new();
        if let Answer::Rows(Rows { rows, .. }) = query.run(source, limits)? {
            for row in rows {
                if let [Some(Term::NamedNode(thing)), Some(Term::Literal(own)), Some(Term::Literal(name))] = &row[..] {
                    let is_other = own.value() != lang.pick("zh", "en");
                    let name = (is_other, is_other && !own.value().is_empty(), name.value().to_owned());
                    let known = best.entry(thing.as_str().to_owned()).or_insert_with(|| name.clone());
                    if name < *known {
                        *known = name;
                    }
                }
            }
        }
        let names = best.into_iter().map(|(thing, (.., name))| (thing, name)).collect();
        Ok(Some(Self { id: id.to_owned(), about, to, to_count, names }))
    }

    /// The statements, sorted.
    pub fn statements(&self) -> Vec<Quad> {
        let own = NamedNode::new_unchecked(&self.id);
        let about = self.about.iter().map(|(property, object)| {
            Quad::new(own.clone(), property.clone(), object.clone(), GraphName::DefaultGraph)
        });
        let to = self.to.iter().filter_map(|(subject, property)| match subject {
            Term::NamedNode(subject) => {
                Some(Quad::new(subject.clone(), property.clone(), own.clone(), GraphName::DefaultGraph))
            }
            _ => None,
        });
        sorted(about.chain(to))
    }
}
