//! The deadlines of tasks, as documents state them.

use std::collections::{BTreeMap, BTreeSet};

use super::project::select_among;
use super::{QueryError, Source};
use crate::date::Date;
use crate::extract::{Deadline, DeadlineBasis, DeadlineRelation};
use crate::iri;
use crate::network::Network;
use crate::span::Span;

const DEADLINES: &str = "
SELECT ?doc ?t ?part ?relation ?date ?from ?duration ?after ?each ?words ?inferred ?basis ?confidence ?at WHERE {
  ?t z:inDocument ?doc ; z:hasDeadline ?part .
  ?part z:deadlineRelation ?relation ; z:words ?words ; z:deadlineBasis ?basis ; z:confidence ?confidence .
  OPTIONAL { ?part z:date ?date }
  OPTIONAL { ?part z:startDate ?from }
  OPTIONAL { ?part z:duration ?duration }
  OPTIONAL { ?part z:after ?after }
  OPTIONAL { ?part z:recurrence ?each }
  OPTIONAL { ?part z:inferredYear ?inferred }
  OPTIONAL { ?part z:at ?at }
}";

/// The deadlines of the tasks of a network, by the IRIs of the tasks, in the order of the text. Corrections are not told.
///
/// # Errors
///
/// [`QueryError::Evaluation`], if the store cannot be read.
pub fn deadlines<S: Source + ?Sized>(
    source: &S,
    network: &Network,
) -> Result<BTreeMap<String, Vec<Deadline>>, QueryError> {
    let documents: BTreeSet<&str> = network.tasks().map(|(_, task)| task.document.as_str()).collect();
    let mut found: BTreeMap<String, BTreeMap<String, Deadline>> = BTreeMap::new();
    if documents.is_empty() {
        return Ok(BTreeMap::new());
    }
    for row in select_among(source, DEADLINES, "doc", Some(&documents))? {
        let concept = |name: &str, family: &str| {
            let text = row.text(name);
            text.strip_prefix(&iri::concept(family, "")).map(str::to_owned).unwrap_or_default()
        };
        let (relation, basis) = (concept("relation", "deadline"), concept("basis", "deadline-basis"));
        let Some(relation) = DeadlineRelation::ALL.into_iter().find(|known| known.as_str() == relation) else {
            continue;
        };
        let Some(basis) = DeadlineBasis::ALL.into_iter().find(|known| known.as_str() == basis) else { continue };
        let given = |name: &str| Some(row.text(name)).filter(|text| !text.is_empty());
        let deadline = Deadline {
            relation,
            date: Date::parse_iso(&row.text("date")),
            start: Date::parse_iso(&row.text("from")),
            duration: given("duration"),
            after: given("after"),
            recurrence: given("each"),
            text: row.text("words"),
            inferred_year: row.text("inferred") == "true",
            basis,
            confidence: row.number("confidence").unwrap_or_default(),
            span: row.span("at").unwrap_or(Span::new(0, 0)),
            corrections: Vec::new(),
        };
        found.entry(row.text("t")).or_default().entry(row.text("part")).or_insert(deadline);
    }
    let in_order = |deadlines: BTreeMap<String, Deadline>| {
        let mut deadlines: Vec<(String, Deadline)> = deadlines.into_iter().collect();
        deadlines.sort_by(|(a_id, a), (b_id, b)| (a.span.start, a_id).cmp(&(b.span.start, b_id)));
        deadlines.into_iter().map(|(_, deadline)| deadline).collect()
    };
    Ok(found.into_iter().map(|(task, deadlines)| (task, in_order(deadlines))).collect())
}
