//! What people wrote into a ledger, by PROV-O: beside what the documents say, in a graph of its own.

use std::collections::{BTreeMap, BTreeSet};

use oxigraph::io::{RdfFormat, RdfParser};
use oxigraph::model::vocab::rdf;
use oxigraph::model::{NamedNode, NamedOrBlankNode, Quad, Term};

use super::DocumentGraph;
use super::organisation::write_organisation;
use super::vocabulary::{LABEL, TITLE, class, prov, z};
use super::writer::Writer;
use crate::extract::Role;
use crate::iri;
use crate::ledger::{Entry, Returned, Rewrite};
use crate::span::Text;

impl DocumentGraph {
    /// The graph that a ledger carries, as sorted N-Quads; none if it is no N-Quads, or the name is not that of a document or
    /// a ledger.
    pub fn of_carried(name: &str, nquads: &str) -> Option<Self> {
        NamedNode::new(name).ok().filter(|_| iri::is_document(name) || iri::is_ledger(name))?;
        let quads = RdfParser::from_format(RdfFormat::NQuads).for_slice(nquads);
        Some(Self::from_quads(name, quads.collect::<Result<Vec<_>, _>>().ok()?))
    }

    /// The file that the document of the graph was read from, and its title.
    pub fn origin(&self) -> (Option<String>, Option<String>) {
        let said = |property| {
            let about = |quad: &&Quad| subject(quad) == Some(&self.document) && quad.predicate == property;
            self.quads.iter().find(about).and_then(|quad| match &quad.object {
                Term::Literal(words) => Some(words.value().to_owned()),
                _ => None,
            })
        };
        (said(z::SOURCE).or_else(|| said(LABEL)), said(TITLE))
    }

    /// The ledgers that came back before the ledger of this graph was handed out.
    pub fn ledgers_before(&self) -> BTreeSet<String> {
        let about = |quad: &&Quad| subject(quad) == Some(&self.document) && quad.predicate == prov::WAS_DERIVED_FROM;
        let from = self.quads.iter().filter(about).filter_map(|quad| match &quad.object {
            Term::NamedNode(node) => Some(node.as_str().to_owned()),
            _ => None,
        });
        from.filter(|id| iri::is_ledger(id)).collect()
    }

    /// The number of things of a class of the vocabulary.
    pub fn count_of(&self, class: &str) -> usize {
        let class = Term::from(NamedNode::new_unchecked(iri::term(class)));
        self.quads.iter().filter(|quad| quad.predicate == rdf::TYPE && quad.object == class).count()
    }

    /// The graph of a ledger that came back, named by its file and by what was handed out; without a statement if nobody
    /// wrote anything. `documents` are the graphs of its documents, as far as they are known: they tell which responsibility
    /// a body that was written in takes over.
    pub fn of_ledger(file: &str, returned: &Returned, documents: &[&DocumentGraph]) -> Self {
        let id = iri::ledger(file, &returned.carried.key);
        let text = Text::default();
        let mut writer = Writer::new(&id, &text);
        if !returned.entries.is_empty() {
            writer.class(&id, class::LEDGER);
            writer.string(&id, LABEL, file);
            for source in sources(returned) {
                writer.link(&id, prov::WAS_DERIVED_FROM, source);
            }
        }
        let printed = printed_roles(documents);
        // rows that were added are counted apart: later ledgers speak of them, whatever else is filled in meanwhile
        let (added, others): (Vec<&Entry>, _) = returned.entries.iter().partition(|entry| entry.task.is_none());
        for (kind, entries) in [("entry", others), ("added", added)] {
            for (number, entry) in (1..).zip(entries) {
                write_entry(&id, &iri::part(&id, kind, number), entry, &printed, &mut writer);
            }
        }
        Self { document: id, quads: writer.finish() }
    }
}

/// The documents and the earlier ledgers that a ledger was made from.
fn sources(returned: &Returned) -> BTreeSet<&str> {
    let documents = returned.entries.iter().map(|entry| entry.document.as_str());
    documents.chain(returned.carried.earlier.iter().map(String::as_str)).collect()
}

/// The responsibilities of tasks that documents state, with their roles.
fn printed_roles(documents: &[&DocumentGraph]) -> BTreeMap<String, Vec<(Role, String)>> {
    let mut printed: BTreeMap<String, Vec<(Role, String)>> = BTreeMap::new();
    for quad in documents.iter().flat_map(|graph| &graph.quads).filter(|quad| quad.predicate == z::ROLE) {
        if let (Some(part), Some(role)) = (subject(quad), role(&quad.object))
            && let Some((task, _)) = part.rsplit_once("/responsibility/")
        {
            printed.entry(task.to_owned()).or_default().push((role, part.to_owned()));
        }
    }
    printed
}

fn subject(quad: &Quad) -> Option<&str> {
    match &quad.subject {
        NamedOrBlankNode::NamedNode(node) => Some(node.as_str()),
        NamedOrBlankNode::BlankNode(_) => None,
    }
}

fn role(object: &Term) -> Option<Role> {
    match object {
        Term::NamedNode(node) => node.as_str().strip_prefix(&iri::concept("role", "")).and_then(Role::parse),
        _ => None,
    }
}

fn write_entry(
    ledger: &str,
    id: &str,
    entry: &Entry,
    printed: &BTreeMap<String, Vec<(Role, String)>>,
    writer: &mut Writer<'_>,
) {
    writer.class(id, class::LEDGER_ENTRY);
    writer.link(id, z::IN_LEDGER, ledger);
    writer.link(id, z::ENTRY_DOCUMENT, &entry.document);
    if let Some(task) = &entry.task {
        writer.link(id, z::ENTRY_TASK, task);
    }
    if let Some(status) = entry.status {
        writer.concept(id, z::STATUS, "status", status.as_str());
    }
    if !entry.progress.is_empty() {
        writer.chinese(id, z::PROGRESS, &entry.progress);
    }
    if let Some(on) = entry.on {
        writer.date(id, z::RECORDED_ON, on);
    }
    if let Some(due) = entry.due {
        writer.date(id, z::NEW_DUE_DATE, due);
    }
    writer.string(id, z::ROW, &entry.cell);
    signed(id, ledger, entry, writer);
    for (index, edit) in entry.edits.iter().enumerate() {
        let part = iri::part(id, "edit", index + 1);
        writer.class(&part, class::LEDGER_EDIT);
        writer.link(id, z::HAS_EDIT, &part);
        writer.string(&part, z::COLUMN, edit.column.zh());
        writer.chinese(&part, z::FORMER_WORDS, &edit.was);
        writer.chinese(&part, z::PRESENT_WORDS, &edit.becomes);
    }
    let parts = entry.task.as_ref().and_then(|task| printed.get(task)).map(Vec::as_slice).unwrap_or_default();
    for (index, party) in entry.parties.iter().enumerate() {
        let part = iri::part(id, "party", index + 1);
        write_party(&part, party, writer);
        writer.link(id, z::HAS_PARTY, &part);
        signed(&part, ledger, entry, writer);
        for (_, former) in parts.iter().filter(|(role, _)| party.column.roles().contains(role)) {
            writer.link(&part, prov::WAS_REVISION_OF, former);
        }
    }
}

fn write_party(id: &str, party: &Rewrite, writer: &mut Writer<'_>) {
    writer.class(id, class::LEDGER_PARTY);
    writer.chinese(id, z::PARTY_NAME, &party.name);
    writer.concept(id, z::PARTY_ROLE, "role", party.role.as_str());
    writer.integer(id, z::PARTY_RANK, party.rank);
    if let Some(organisation) = &party.organisation {
        writer.link(id, z::PARTY, &organisation.id);
        write_organisation(organisation, writer);
    }
}

/// Says where a statement comes from and who made it.
fn signed(id: &str, ledger: &str, entry: &Entry, writer: &mut Writer<'_>) {
    writer.link(id, prov::WAS_DERIVED_FROM, ledger);
    if !entry.by.is_empty() {
        let person = iri::person(&entry.by);
        writer.link(id, prov::WAS_ATTRIBUTED_TO, &person);
        writer.class(&person, prov::PERSON);
        writer.chinese(&person, LABEL, &entry.by);
    }
}
