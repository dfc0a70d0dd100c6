//! Counts by what changed: of the documents that were changed, those statements that no other makes.

use std::collections::{BTreeMap, BTreeSet};
use std::str::FromStr as _;

use oxigraph::model::vocab::rdf;
use oxigraph::model::{GraphName, GraphNameRef, NamedNode, NamedNodeRef, NamedOrBlankNode, Quad, Term};

use super::spanned;
use crate::graph::{Holdings, nquads_parts};
use crate::iri;
use crate::query::QueryError;
use crate::store::{Entry, Graphs, Store, StoreError};

/// Which part of the store may have changed: beyond it all is counted.
const PART: usize = 4;

/// Subject, predicate and object as N-Quads write them.
type Statement<'a> = [&'a str; 3];

/// How many statements the documents have that were changed since the store was opened, before and after.
pub(super) fn weight(store: &Store) -> usize {
    let quads = |entry: Option<&Entry>| entry.map_or(0, |entry| entry.quads);
    changed(store).map(|(_, before, after)| quads(before) + quads(after)).sum()
}

/// The documents that were changed since the store was opened, as they were and as they are.
fn changed(store: &Store) -> impl Iterator<Item = (&str, Option<&Entry>, Option<&Entry>)> {
    let dataset = iri::dataset();
    let documents = store.former().iter().filter(move |(document, _)| **document != dataset);
    let pairs = documents.map(|(document, before)| (document.as_str(), before.as_ref(), store.document(document)));
    pairs.filter(|(_, before, after)| before.map(|entry| &entry.digest) != after.map(|entry| &entry.digest))
}

/// The counts of a store by those of its former state; none where it is as quick to count all, or the former graphs are
/// gone. `graphs` are those of the store as it is now.
pub(super) fn counted(former: Holdings, store: &Store, graphs: &Graphs) -> Result<Option<Holdings>, QueryError> {
    if weight(store) * PART > store.len() {
        return Ok(None);
    }
    let dataset = iri::dataset();
    let (mut old, mut new) = (Vec::new(), Vec::new());
    let mut documents = BTreeSet::new();
    for (document, before, after) in changed(store) {
        documents.insert(document);
        for (entry, texts) in [(before, &mut old), (after, &mut new)] {
            let Some(entry) = entry else { continue };
            match store.nquads(entry) {
                Ok(Some(text)) => texts.push(text),
                Ok(None) | Err(StoreError::Damaged { .. }) => return Ok(None),
                Err(error) => return Err(error.into()),
            }
        }
    }
    let others = Others { graphs, changed: &documents, dataset: &dataset };
    let (old, new) = (statements(&old), statements(&new));
    let (Some(gone), Some(come)) = (others.lack(&old, &new)?, others.lack(&new, &old)?) else { return Ok(None) };
    Ok(Some(others.count(former, &gone, &come)?))
}

/// The statements of some texts, sorted, each once.
fn statements(texts: &[String]) -> Vec<Statement<'_>> {
    let lines = texts.iter().flat_map(|text| text.lines());
    let mut all: Vec<Statement<'_>> =
        lines.filter_map(nquads_parts).map(|[subject, predicate, object, _]| [subject, predicate, object]).collect();
    all.sort_unstable();
    all.dedup();
    all
}

/// The documents that were not changed.
struct Others<'a> {
    graphs: &'a Graphs,
    changed: &'a BTreeSet<&'a str>,
    dataset: &'a str,
}

impl Others<'_> {
    /// Those of some statements that are neither among others nor made by another document; none where one cannot be read.
    fn lack<'s>(
        &self,
        statements: &[Statement<'s>],
        among: &[Statement<'_>],
    ) -> Result<Option<Vec<Statement<'s>>>, StoreError> {
        let only: Vec<Statement<'s>> =
            statements.iter().filter(|statement| among.binary_search(statement).is_err()).copied().collect();
        let mut lacking = Vec::new();
        for group in only.chunk_by(|a, b| a[0] == b[0]) {
            let Some([subject, ..]) = group.first() else { continue };
            let Ok(Term::NamedNode(node)) = Term::from_str(subject) else { return Ok(None) };
            if self.is_of_changed(node.as_str()) {
                // hardly anybody else speaks of it: all that they say is little
                let mut said = BTreeSet::new();
                for quad in self.graphs.quads_for_pattern(Some(node.as_ref().into()), None, None, None) {
                    let quad = quad?;
                    if self.is_another(&quad) {
                        said.insert((quad.predicate.to_string(), quad.object.to_string()));
                    }
                }
                let is_said = |[_, predicate, object]: &Statement<'_>| {
                    !said.is_empty() && said.contains(&((*predicate).to_owned(), (*object).to_owned()))
                };
                lacking.extend(group.iter().filter(|statement| !is_said(statement)));
                continue;
            }
            for statement in group {
                let (Ok(predicate), Ok(object)) = (NamedNode::from_str(statement[1]), Term::from_str(statement[2]))
                else {
                    return Ok(None);
                };
                let (predicate, object) = (predicate.as_ref(), object.as_ref());
                let subject = NamedOrBlankNode::from(node.clone());
                let made = self.graphs.quads_for_pattern(Some(subject.as_ref()), Some(predicate), Some(object), None);
                if !self.any(made)? {
                    lacking.push(*statement);
                }
            }
        }
        Ok(Some(lacking))
    }

    /// Whether a thing is a part of a document that was changed, by its name.
    fn is_of_changed(&self, thing: &str) -> bool {
        let before = self.changed.range(..=thing).next_back();
        before.is_some_and(|document| {
            thing.strip_prefix(document).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        })
    }

    fn is_another(&self, quad: &Quad) -> bool {
        match &quad.graph_name {
            GraphName::NamedNode(name) => name.as_str() != self.dataset && !self.changed.contains(name.as_str()),
            _ => false,
        }
    }

    fn any(&self, quads: impl Iterator<Item = Result<Quad, StoreError>>) -> Result<bool, StoreError> {
        for quad in quads {
            if self.is_another(&quad?) {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// The counts, with statements that are gone and others that came.
    fn count(
        &self,
        mut holdings: Holdings,
        gone: &[Statement<'_>],
        come: &[Statement<'_>],
    ) -> Result<Holdings, StoreError> {
        let class = rdf::TYPE.to_string();
        let [document, jurisdiction, year] =
            ["Document", "jurisdiction", "year"].map(|name| format!("<{}>", iri::term(name)));
        // things that became documents or are none any more, and what they and others speak for
        let mut turned = BTreeSet::new();
        let (mut places, mut years) = (BTreeSet::new(), BTreeSet::new());
        for (statements, more) in [(gone, false), (come, true)] {
            for [subject, predicate, object] in statements {
                add(&mut holdings.triples, more);
                count(&mut holdings.properties, predicate, more);
                if *predicate == class {
                    count(&mut holdings.classes, object, more);
                    if *object == document {
                        add(&mut holdings.documents, more);
                        turned.insert(*subject);
                    }
                } else if *predicate == jurisdiction {
                    places.insert((*object).to_owned());
                } else if *predicate == year {
                    years.insert((*object).to_owned());
                }
            }
        }
        for thing in turned {
            let Ok(node) = NamedNode::from_str(thing) else { continue };
            let of_all = Some(GraphNameRef::DefaultGraph);
            for (name, values) in [("jurisdiction", &mut places), ("year", &mut years)] {
                let property = iri::term(name);
                let property = NamedNodeRef::new_unchecked(&property);
                for quad in self.graphs.quads_for_pattern(Some(node.as_ref().into()), Some(property), None, of_all) {
                    values.insert(quad?.object.to_string());
                }
            }
        }
        for place in places {
            let Ok(Term::NamedNode(node)) = Term::from_str(&place) else { continue };
            let name = node.as_str().to_owned();
            if self.speaks("jurisdiction", &node.into())? {
                holdings.places.insert(name);
            } else {
                holdings.places.remove(&name);
            }
        }
        let mut lost = false;
        for year in years {
            let Ok(Term::Literal(value)) = Term::from_str(&year) else { continue };
            let Ok(number) = value.value().parse() else { continue };
            if self.speaks("year", &value.into())? {
                holdings.years = Some(spanned(holdings.years, number));
            } else {
                lost |= holdings.years.is_some_and(|(first, last)| number == first || number == last);
            }
        }
        if lost {
            holdings.years = super::years(self.graphs, &super::of_class(self.graphs)?)?;
        }
        Ok(holdings)
    }

    /// Whether a document has a value of a property.
    fn speaks(&self, property: &str, value: &Term) -> Result<bool, StoreError> {
        let (property, class) = (iri::term(property), iri::term("Document"));
        let (property, class) = (NamedNodeRef::new_unchecked(&property), NamedNodeRef::new_unchecked(&class));
        let of_all = Some(GraphNameRef::DefaultGraph);
        for quad in self.graphs.quads_for_pattern(None, Some(property), Some(value.as_ref()), of_all) {
            let subject = quad?.subject;
            let classes =
                self.graphs.quads_for_pattern(Some(subject.as_ref()), Some(rdf::TYPE), Some(class.into()), of_all);
            if classes.into_iter().next().transpose()?.is_some() {
                return Ok(true);
            }
        }
        Ok(false)
    }
}

fn add(count: &mut usize, more: bool) {
    *count = if more { *count + 1 } else { count.saturating_sub(1) };
}

fn count(counts: &mut BTreeMap<String, usize>, node: &str, more: bool) {
    let name = node.trim_start_matches('<').trim_end_matches('>');
    let count = counts.entry(name.to_owned()).or_default();
    add(count, more);
    if *count == 0 {
        counts.remove(name);
    }
}
