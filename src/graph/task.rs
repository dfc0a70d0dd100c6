//! The tasks of a document, under their headings, with parties, figures and dates.

use std::collections::BTreeMap;

use oxigraph::model::NamedNodeRef;

use super::correction::attribute;
use super::document::write_citation;
use super::vocabulary::{LABEL, QUDT_UNIT, TITLE, class, qudt, z};
use super::writer::Writer;
use crate::extract::{Deadline, Indicator, Responsibility, Role};
use crate::iri;
use crate::knowledge::Knowledge;
use crate::resolve::{Facts, Organisation, TaskFacts};

pub(super) fn write(facts: &Facts, writer: &mut Writer<'_>) {
    let mut sections = Sections { document: &facts.id, known: BTreeMap::new() };
    for task in &facts.tasks {
        let section = sections.write(&task.task.path, writer);
        write_task(facts, task, section.as_deref(), writer);
    }
    for (index, goal) in facts.goals.iter().enumerate() {
        let section = sections.write(&goal.path, writer);
        let id = write_quantity(iri::part(&facts.id, "goal", index + 1), &goal.indicator, writer);
        writer.link(&facts.id, z::HAS_GOAL, &id);
        if let Some(section) = section {
            writer.link(&id, z::IN_SECTION, &section);
        }
    }
}

/// The headings seen so far, each by its whole path, since a heading may repeat elsewhere.
struct Sections<'a> {
    document: &'a str,
    known: BTreeMap<&'a [String], String>,
}

impl<'a> Sections<'a> {
    /// Writes the headings of a path that are new and returns the IRI of the innermost.
    fn write(&mut self, path: &'a [String], writer: &mut Writer<'_>) -> Option<String> {
        let mut parent: Option<String> = None;
        for (depth, heading) in path.iter().enumerate() {
            let Some(prefix) = path.get(..=depth) else { break };
            let ordinal = self.known.len() + 1;
            let id = self.known.entry(prefix).or_insert_with(|| {
                let id = iri::part(self.document, "section", ordinal);
                writer.class(&id, class::SECTION);
                writer.chinese(&id, LABEL, heading);
                writer.integer(&id, z::DEPTH, depth + 1);
                writer.integer(&id, z::SEQUENCE, ordinal);
                writer.link(&id, z::IN_DOCUMENT, self.document);
                writer.link(self.document, z::HAS_SECTION, &id);
                if let Some(parent) = &parent {
                    writer.link(&id, z::IN_SECTION, parent);
                }
                id
            });
            parent = Some(id.clone());
        }
        parent
    }
}

fn write_task(facts: &Facts, task_facts: &TaskFacts, section: Option<&str>, writer: &mut Writer<'_>) {
    let TaskFacts { id, task, parties } = task_facts;
    writer.class(id, class::TASK);
    writer.link(id, z::IN_DOCUMENT, &facts.id);
    writer.link(&facts.id, z::HAS_TASK, id);
    if let Some(section) = section {
        writer.link(id, z::IN_SECTION, section);
    }
    writer.integer(id, z::SEQUENCE, task.seq);
    writer.string(id, z::PRINTED_LABEL, &task.label);
    if let Some(title) = &task.title {
        writer.chinese(id, TITLE, title);
    }
    writer.chinese(id, z::TEXT, &task.text);
    writer.place(id, z::AT, task.span);
    if let Some(clause) = &task.clause {
        writer.chinese(id, z::CLAUSE, clause);
    }
    if let Some(span) = task.clause_span {
        writer.place(id, z::CLAUSE_AT, span);
    }
    writer.concept(id, z::MODE, "mode", task.mode.as_str());
    writer.flag(id, z::OPEN, task.open);
    writer.flag(id, z::INHERITED, task.inherited);
    attribute(facts, id, &task.corrections, writer);
    for (index, responsibility) in task.responsibilities.iter().enumerate() {
        let organisation = parties.get(index).and_then(|&party| facts.organisations.get(party));
        let part = write_responsibility(id, index + 1, responsibility, organisation, writer);
        attribute(facts, &part, &responsibility.corrections, writer);
    }
    for (index, indicator) in task.indicators.iter().enumerate() {
        let part = write_quantity(iri::part(id, "indicator", index + 1), indicator, writer);
        writer.link(id, z::HAS_INDICATOR, &part);
        attribute(facts, &part, &indicator.corrections, writer);
    }
    for (index, deadline) in task.deadlines.iter().enumerate() {
        let part = write_deadline(id, index + 1, deadline, writer);
        attribute(facts, &part, &deadline.corrections, writer);
    }
    for (index, citation) in task.citations.iter().enumerate() {
        write_citation(id, index + 1, citation, writer);
    }
}

/// Writes one responsibility. The task has the words and the mode of the statement: most tasks name
/// several parties.
fn write_responsibility(
    task_id: &str,
    ordinal: usize,
    responsibility: &Responsibility,
    organisation: Option<&Organisation>,
    writer: &mut Writer<'_>,
) -> String {
    let id = iri::part(task_id, "responsibility", ordinal);
    writer.class(&id, class::RESPONSIBILITY);
    writer.link(task_id, z::HAS_RESPONSIBILITY, &id);
    if let Some(organisation) = organisation {
        writer.decimal(&id, z::MATCH_CONFIDENCE, organisation.confidence);
        writer.link(&id, z::ORGANISATION, &organisation.id);
        writer.link(&organisation.id, shortcut(responsibility.role), task_id);
    }
    writer.concept(&id, z::ROLE, "role", responsibility.role.as_str());
    writer.integer(&id, z::RANK, responsibility.rank);
    writer.concept(&id, z::BASIS, "basis", responsibility.basis.as_str());
    writer.chinese(&id, z::PRINTED_NAME, &responsibility.name);
    writer.decimal(&id, z::CONFIDENCE, responsibility.confidence);
    for doubt in &responsibility.doubts {
        writer.string(&id, z::DOUBT, doubt.as_str());
    }
    if let Some(cell) = &responsibility.cell {
        writer.string(&id, z::CELL, cell);
    }
    writer.place(&id, z::AT, responsibility.span);
    id
}

/// The property that states a role directly, from the organisation to the task.
fn shortcut(role: Role) -> NamedNodeRef<'static> {
    match role {
        Role::Lead => z::LEADS,
        Role::CoLead => z::CO_LEADS,
        Role::Responsible => z::IS_RESPONSIBLE_FOR,
        Role::Supporting => z::SUPPORTS,
    }
}

/// Writes what a task, or the document as a whole, has to reach.
fn write_quantity(id: String, indicator: &Indicator, writer: &mut Writer<'_>) -> String {
    writer.class(&id, class::INDICATOR);
    writer.chinese(&id, LABEL, &indicator.name);
    writer.concept(&id, z::COMPARATOR, "comparator", indicator.comparator.slug());
    writer.decimal(&id, z::VALUE, indicator.value);
    if let Some(value) = indicator.value_max {
        writer.decimal(&id, z::VALUE_MAX, value);
    }
    writer.string(&id, z::UNIT, &indicator.unit);
    write_unit(&id, &indicator.unit, writer);
    if let Some(value) = indicator.baseline {
        writer.decimal(&id, z::BASELINE, value);
    }
    if let Some(date) = indicator.by {
        writer.date(&id, z::BY, date);
    }
    writer.flag(&id, z::SOFT, indicator.soft);
    if let Some(binding) = indicator.binding {
        writer.string(&id, z::BINDING, binding.as_str());
    }
    if let Some(scope) = &indicator.scope {
        writer.chinese(&id, z::APPLIES_TO, scope);
    }
    writer.string(&id, z::EVIDENCE, indicator.basis.as_str());
    writer.decimal(&id, z::CONFIDENCE, indicator.confidence);
    writer.place(&id, z::AT, indicator.span);
    id
}

/// Links a quantity to the unit that is meant, and says of one that QUDT lacks how it is made of one that it has.
fn write_unit(quantity: &str, printed: &str, writer: &mut Writer<'_>) {
    let Some(meaning) = Knowledge::shipped().units.meaning(printed) else { return };
    let known = format!("{QUDT_UNIT}{}", meaning.of);
    let Some(times) = meaning.times else {
        writer.link(quantity, qudt::HAS_UNIT, &known);
        return;
    };
    let id = iri::unit(printed);
    writer.link(quantity, qudt::HAS_UNIT, &id);
    writer.class(&id, qudt::UNIT);
    writer.chinese(&id, LABEL, printed);
    writer.link(&id, qudt::SCALING_OF, &known);
    writer.decimal(&id, qudt::CONVERSION_MULTIPLIER, times);
}

fn write_deadline(task_id: &str, ordinal: usize, deadline: &Deadline, writer: &mut Writer<'_>) -> String {
    let id = iri::part(task_id, "deadline", ordinal);
    writer.class(&id, class::DEADLINE);
    writer.link(task_id, z::HAS_DEADLINE, &id);
    writer.concept(&id, z::DEADLINE_RELATION, "deadline", deadline.relation.as_str());
    if let Some(date) = deadline.date {
        writer.date(&id, z::DATE, date);
    }
    if let Some(start) = deadline.start {
        writer.date(&id, z::START_DATE, start);
    }
    if let Some(recurrence) = &deadline.recurrence {
        writer.chinese(&id, z::RECURRENCE, recurrence);
    }
    if let Some(duration) = &deadline.duration {
        writer.chinese(&id, z::DURATION, duration);
    }
    if let Some(event) = &deadline.after {
        writer.chinese(&id, z::AFTER, event);
    }
    writer.chinese(&id, z::WORDS, &deadline.text);
    writer.flag(&id, z::INFERRED_YEAR, deadline.inferred_year);
    writer.concept(&id, z::DEADLINE_BASIS, "deadline-basis", deadline.basis.as_str());
    writer.decimal(&id, z::CONFIDENCE, deadline.confidence);
    writer.place(&id, z::AT, deadline.span);
    id
}
