//! Printed names to organisations and places, by the registry.

mod facts;
mod number;
mod organisation;
mod place;

pub use facts::{BodyKind, DocumentNumber, Facts, MatchBasis, Organisation, Place, TaskFacts};
pub use organisation::{established, identify};

use std::collections::{HashMap, HashSet};

use crate::diagnostic::{Code, Finding};
use crate::extract::{Extraction, Task, split_prefix};
use crate::iri;
use crate::knowledge::{Knowledge, Level};
use crate::parse::{Citation, Head};
use organisation::Resolver;

/// Resolves every name of a document.
pub fn resolve(extraction: Extraction) -> Facts {
    let Extraction { source, key, head, conventions, tasks, goals, corrections, mut findings } = extraction;
    let seat =
        place::of_document(&head).or_else(|| place::most_named(&head, level_of_parties(&tasks).or(head.own_level)));
    if seat.is_none() {
        findings.push(
            Finding::new(
                Code::NoPlace,
                None,
                "不知道这份文件属于哪个行政区划",
                "the place that this document speaks for is not known",
            )
            .with_hint(
                "标题或发文机关中应有省、市、县名称",
                "the title or the issuer should name a province, city or county",
            ),
        );
    }
    let id = iri::document(&key);
    let mut resolver = Resolver::new(&id, seat.as_ref(), head.year);
    let mut table = Table::default();
    let numbers = numbers(&head, &tasks, seat.as_ref());
    let by_number = || {
        let own = numbers.iter().find(|known| Some(&known.number) == head.number.as_ref());
        own.and_then(|own| own.issuer.clone()).into_iter().collect()
    };
    let printed = if head.issuers.is_empty() { by_number() } else { head.issuers.clone() };
    let issuers = printed.iter().map(|name| table.index(resolver.resolve(name), name)).collect();
    let mut used = HashSet::new();
    let tasks = tasks
        .into_iter()
        .map(|task| {
            let parties = task
                .responsibilities
                .iter()
                .map(|party| {
                    let meant = party.body.as_deref().map(|body| resolver.identified(body));
                    table.index(meant.unwrap_or_else(|| resolver.resolve(&party.name)), &party.name)
                })
                .collect();
            let mut id = iri::task(&id, &task.label);
            if !used.insert(id.clone()) {
                id = iri::task(&id, &task.seq.to_string());
                used.insert(id.clone());
            }
            TaskFacts { id, task, parties }
        })
        .collect();
    let organisations = table.organisations;
    findings.extend(
        organisations
            .iter()
            .filter(|body| {
                // a body that a person named is no guess
                !body.is_registered() && body.kind == BodyKind::Department && body.confidence < 1.0
            })
            .filter(|body| seat.is_some() || !body.printed.iter().all(|name| lacks_place_only(name)))
            .map(|body| {
                let printed = body.printed.join("、");
                Finding::new(
                    Code::MintedBody,
                    None,
                    format!("登记表中没有 `{printed}`，按 `{}` 处理", body.name),
                    format!("the registry has no `{printed}`; it is taken as `{}`", body.name),
                )
            }),
    );
    Facts {
        id,
        source,
        head,
        place: seat,
        numbers,
        issuers,
        conventions,
        tasks,
        goals,
        organisations,
        corrections,
        findings,
    }
}

/// The level that most parties' names say: by their prefix (市财政局), or because only the state has them (科技部).
fn level_of_parties(tasks: &[Task]) -> Option<Level> {
    let bodies = &Knowledge::shipped().bodies;
    let parties = tasks.iter().flat_map(|task| &task.responsibilities);
    let levels: Vec<Level> = parties
        .filter_map(|party| {
            if let Some(prefix) = split_prefix(&party.name).0 {
                return Level::of_prefix(prefix);
            }
            let mut known = bodies.by_stem(&party.name).peekable();
            let state = known.peek().is_some() && known.all(|body| body.levels == [Level::State]);
            state.then_some(Level::State)
        })
        .collect();
    let count = |level: Level| levels.iter().filter(|known| **known == level).count();
    let most = Level::ALL.into_iter().max_by_key(|level| (count(*level), std::cmp::Reverse(*level)))?;
    (count(most) > 0).then_some(most)
}

/// The document numbers that a document bears or names, each once, in the order of first appearance.
fn numbers(head: &Head, tasks: &[Task], seat: Option<&Place>) -> Vec<DocumentNumber> {
    let of_short = |citation: &Citation| citation.stands_for.as_ref().and_then(|named| named.number.clone());
    let cited = head.based_on.iter().chain(tasks.iter().flat_map(|task| &task.citations));
    let cited = cited.flat_map(|citation| [citation.number.clone(), of_short(citation)]).flatten();
    let mut numbers: Vec<DocumentNumber> = Vec::new();
    let mut known = HashSet::new();
    for number in head.number.clone().into_iter().chain(cited) {
        if known.insert(number.clone()) {
            numbers.push(number::read(&number, seat));
        }
    }
    numbers
}

/// The bodies of a document, each once.
#[derive(Default)]
struct Table {
    organisations: Vec<Organisation>,
    by_id: HashMap<String, usize>,
}

impl Table {
    fn index(&mut self, organisation: Organisation, printed: &str) -> usize {
        let confidence = organisation.confidence;
        let index = *self.by_id.entry(organisation.id.clone()).or_insert_with(|| {
            self.organisations.push(organisation);
            self.organisations.len() - 1
        });
        if let Some(body) = self.organisations.get_mut(index) {
            // a name that a person explained makes the body as sure as it gets
            body.confidence = body.confidence.max(confidence);
            if !body.printed.iter().any(|known| known == printed) {
                body.printed.push(printed.to_owned());
            }
        }
        index
    }
}

/// Whether a body is of a kind that every place has, so that only its place is not known: 市财政局.
fn lacks_place_only(name: &str) -> bool {
    let bodies = &Knowledge::shipped().bodies;
    let mut chars = name.chars();
    let leveled = chars.next().is_some_and(|first| Level::of_prefix(first).is_some());
    leveled && bodies.knows(chars.as_str()) || bodies.knows(name)
}
