//! Claims made what a person said that they are.

use super::apply::{Stale, subject};
use super::claim::{deadline_words, indicator_words, party_words};
use super::entry::{Change, Entry, HeadField, Subject, Verdict};
use crate::date::Date;
use crate::diagnostic::Message;
use crate::extract::{
    Act, Basis, ClaimKind, Comparator, Correction, Deadline, DeadlineBasis, DeadlineRelation, Evidence, Extraction,
    Indicator, Responsibility, Role, Task, confidence, share_lead,
};
use crate::iri;
use crate::span::{Span, Text, fold_str};

/// The corrections applied so far, and what they removed.
pub(super) struct Work<'t> {
    text: &'t Text,
    log: Vec<Correction>,
    /// Kind, task and place of the claims that were removed.
    gone: Vec<(ClaimKind, usize, usize)>,
}

impl<'t> Work<'t> {
    pub(super) fn new(text: &'t Text) -> Self {
        Self { text, log: Vec::new(), gone: Vec::new() }
    }

    /// Takes out what was removed.
    pub(super) fn settle(&mut self, extraction: &mut Extraction) {
        self.sweep(extraction);
        self.gone.clear();
    }

    /// The corrections that were applied.
    pub(super) fn finish(self) -> Vec<Correction> {
        self.log
    }

    /// Notes that a task was added, all of whose claims a person answers for.
    pub(super) fn added(&mut self, task: &mut Task, entry: &Entry) {
        let words = format!("{} {}", task.label, task.text);
        let noted = Noted { subject: words.clone(), was: None, becomes: Some(words), span: Some(task.span) };
        let index = self.note(entry, Act::Added, ClaimKind::Task, Some(task), noted);
        task.corrections.push(index);
        for party in &mut task.responsibilities {
            party.basis = Basis::Correction;
            party.confidence = 1.0;
            party.doubts = Vec::new();
            party.corrections.push(index);
        }
    }

    /// Notes that a task which was to be added is read by now.
    pub(super) fn confirmed(&mut self, task: &mut Task, entry: &Entry) {
        let words = format!("{} {}", task.label, task.text);
        let was = Some(words.clone());
        let noted = Noted { subject: words.clone(), was, becomes: Some(words), span: Some(task.span) };
        let index = self.note(entry, Act::Confirmed, ClaimKind::Task, Some(task), noted);
        task.corrections.push(index);
    }

    /// Notes a correction and gives its index.
    fn note(&mut self, entry: &Entry, act: Act, claim: ClaimKind, task: Option<&Task>, noted: Noted) -> usize {
        self.log.push(Correction {
            act,
            claim,
            task: task.map(|task| task.label.clone()),
            subject: noted.subject,
            was: noted.was,
            becomes: noted.becomes,
            why: entry.why.clone(),
            by: entry.by.clone(),
            on: entry.on.unwrap_or(Date { year: 0, month: None, day: None }),
            span: noted.span.filter(|span| !span.is_empty()),
        });
        self.log.len() - 1
    }

    /// Corrects a field of the head.
    pub(super) fn head(&mut self, extraction: &mut Extraction, field: HeadField, entry: &Entry) -> Result<(), Stale> {
        let head = &mut extraction.head;
        let was = match field {
            HeadField::Title => head.title.clone(),
            HeadField::Number => head.number.clone(),
            HeadField::Kind => head.kind.clone(),
            HeadField::Issuer => Some(head.issuers.join("、")).filter(|names| !names.is_empty()),
            HeadField::Issued => head.issued.map(|date| date.to_string()),
            HeadField::Jurisdiction => head.jurisdiction.clone(),
        };
        let (act, becomes) = match &entry.verdict {
            Verdict::Confirm => (Act::Confirmed, was.clone()),
            Verdict::Remove => (Act::Removed, None),
            Verdict::Change(change) | Verdict::Add(change) => {
                (if was.is_some() { Act::Changed } else { Act::Added }, change.head.clone())
            }
            Verdict::Undecided => return Ok(()),
        };
        // the place of a document is mostly inferred later and not known here
        if field != HeadField::Jurisdiction {
            unchanged(entry, was.as_deref().unwrap_or_default(), becomes.as_deref().unwrap_or_default())?;
        }
        if act != Act::Confirmed {
            match field {
                HeadField::Title => head.title.clone_from(&becomes),
                HeadField::Number => head.number.clone_from(&becomes),
                HeadField::Kind => head.kind.clone_from(&becomes),
                HeadField::Issuer => {
                    head.issuers = becomes.iter().flat_map(|names| names.split('、')).map(str::to_owned).collect();
                }
                HeadField::Issued => {
                    head.issued = becomes.as_deref().and_then(Date::parse_iso);
                    head.year = head.issued.map(|date| date.year).or(head.year);
                }
                HeadField::Jurisdiction => head.jurisdiction.clone_from(&becomes),
            }
            // a number or title that is corrected names the document
            if let (HeadField::Number | HeadField::Title, Some(name)) =
                (field, head.number.clone().or_else(|| head.title.clone()))
            {
                extraction.key = name;
            }
        }
        let noted = Noted { subject: subject(entry), was, becomes, span: None };
        self.note(entry, act, ClaimKind::Head, None, noted);
        Ok(())
    }

    /// Corrects a claim of a task; `at` are the places of both.
    pub(super) fn claim(&mut self, task: &mut Task, at: (usize, usize), entry: &Entry) -> Result<(), Stale> {
        match &entry.subject {
            Subject::Head(_) => Ok(()),
            Subject::Task => {
                self.task(task, at.0, entry);
                Ok(())
            }
            Subject::Party(name) => self.party(task, at, entry, name),
            Subject::Indicator(words) => self.indicator(task, at, entry, words),
            Subject::Deadline(words) => self.deadline(task, at, entry, words),
            Subject::Mandate(words) => {
                self.mandate(task, entry, words);
                Ok(())
            }
        }
    }

    /// Notes whether a task carries out one of a document above, which the comparison of the two asks for.
    fn mandate(&mut self, task: &mut Task, entry: &Entry, words: &str) {
        let act = if entry.verdict == Verdict::Confirm { Act::Confirmed } else { Act::Removed };
        let noted = Noted { subject: words.to_owned(), was: None, becomes: None, span: Some(task.span) };
        let index = self.note(entry, act, ClaimKind::Mandate, Some(task), noted);
        task.corrections.push(index);
    }

    fn task(&mut self, task: &mut Task, index: usize, entry: &Entry) {
        let label = |task: &Task| format!("{} {}", task.label, task.text);
        let was = label(task);
        let act = match &entry.verdict {
            Verdict::Remove => {
                self.gone.push((ClaimKind::Task, index, 0));
                Act::Removed
            }
            Verdict::Change(change) => {
                let before = task.clone();
                task.text = change.text.clone().unwrap_or(before.text);
                task.label = change.label.clone().unwrap_or(before.label);
                Act::Changed
            }
            Verdict::Confirm => {
                for party in task.responsibilities.iter_mut().filter(|party| party.corrections.is_empty()) {
                    party.doubts.retain(|doubt| !doubt.is_of_task());
                    party.confidence = confidence(party.basis, &party.doubts);
                }
                Act::Confirmed
            }
            Verdict::Add(_) | Verdict::Undecided => return,
        };
        let becomes = (act != Act::Removed).then(|| label(task));
        let noted = Noted { subject: label(task), was: Some(was), becomes, span: Some(task.span) };
        let index = self.note(entry, act, ClaimKind::Task, Some(task), noted);
        task.corrections.push(index);
    }

    fn party(&mut self, task: &mut Task, at: (usize, usize), entry: &Entry, name: &str) -> Result<(), Stale> {
        let known = task.responsibilities.get(at.1).cloned();
        let mut party = known.clone().unwrap_or_else(|| Responsibility {
            name: name.to_owned(),
            role: Role::Responsible,
            rank: task.responsibilities.len() + 1,
            basis: Basis::Correction,
            confidence: 1.0,
            doubts: Vec::new(),
            span: self.find(task, name),
            cell: None,
            body: None,
            corrections: Vec::new(),
        });
        let before = known.as_ref().map(part);
        let role = match &entry.verdict {
            Verdict::Change(change) | Verdict::Add(change) => change.role,
            _ => None,
        };
        let leads = |role: Option<Role>| role.map(|role| if role == Role::CoLead { Role::Lead } else { role });
        if let (Some(was), Some(known)) = (entry.was.as_deref(), &known)
            && leads(Role::parse(was)) != leads(Some(known.role))
            && leads(role) != leads(Some(known.role))
        {
            return Err(differs(was, known.role.as_str()));
        }
        let act = match &entry.verdict {
            Verdict::Undecided => return Ok(()),
            Verdict::Confirm => {
                // said of a name wherever it stands: the body is the one that it was taken for
                if entry.task.is_none() && entry.anchor.is_none() {
                    party.body = party.body.or_else(|| Some(party.name.clone()));
                }
                Act::Confirmed
            }
            Verdict::Remove => {
                self.gone.push((ClaimKind::Responsibility, at.0, at.1));
                Act::Removed
            }
            Verdict::Add(_) if known.as_ref().is_some_and(|known| leads(Some(known.role)) != leads(role)) => {
                let word = known.map(|known| known.role.as_str()).unwrap_or_default();
                return Err(Stale(
                    Message::new(
                        format!("任务已有 `{name}`（{word}）"),
                        format!("the task has `{name}` already ({word})"),
                    ),
                    Some(Message::new("请用 change 改角色", "use `change` for its role")),
                ));
            }
            // what was missing is read by now
            Verdict::Add(_) if known.is_some() => Act::Confirmed,
            Verdict::Add(change) | Verdict::Change(change) => {
                party.role = change.role.unwrap_or(party.role);
                party.name = change.name.clone().unwrap_or(party.name);
                party.body = change.organisation.as_deref().map(full_name).or(party.body);
                party.basis = Basis::Correction;
                if known.is_none() { Act::Added } else { Act::Changed }
            }
        };
        party.confidence = 1.0;
        party.doubts = Vec::new();
        let becomes = (act != Act::Removed).then(|| part(&party));
        let noted = Noted { subject: name.to_owned(), was: before, becomes, span: Some(party.span) };
        let index = self.note(entry, act, ClaimKind::Responsibility, Some(task), noted);
        party.corrections.push(index);
        put(&mut task.responsibilities, at.1, party);
        Ok(())
    }

    fn indicator(&mut self, task: &mut Task, at: (usize, usize), entry: &Entry, words: &str) -> Result<(), Stale> {
        let known = task.indicators.get(at.1).cloned();
        let mut indicator = known.clone().unwrap_or_else(|| Indicator {
            name: words.to_owned(),
            comparator: Comparator::Equal,
            value: 0.0,
            value_max: None,
            unit: String::new(),
            baseline: None,
            by: None,
            soft: false,
            binding: None,
            scope: None,
            basis: Evidence::Correction,
            confidence: 1.0,
            span: self.find(task, words),
            corrections: Vec::new(),
        });
        let before = known.as_ref().map(indicator_words);
        let act = match &entry.verdict {
            Verdict::Undecided => return Ok(()),
            Verdict::Confirm => Act::Confirmed,
            Verdict::Remove => Act::Removed,
            Verdict::Add(change) | Verdict::Change(change) => {
                indicator.basis = Evidence::Correction;
                indicator.name = change.name.clone().unwrap_or(indicator.name);
                indicator.comparator = change.comparator.unwrap_or(indicator.comparator);
                indicator.value = change.value.unwrap_or(indicator.value);
                indicator.value_max = change.value_max.or(indicator.value_max);
                indicator.unit = change.unit.clone().unwrap_or(indicator.unit);
                indicator.by = change.by.or(indicator.by);
                // a range that is made one figure loses its upper end
                if change.value.is_some() && change.value_max.is_none() {
                    indicator.value_max = None;
                    let range = indicator.comparator == Comparator::Range;
                    indicator.comparator = if range { Comparator::Equal } else { indicator.comparator };
                }
                if known.is_none() { Act::Added } else { Act::Changed }
            }
        };
        let after = indicator_words(&indicator);
        if let Some(before) = &before {
            unchanged(entry, before, &after)?;
        }
        if act == Act::Removed {
            self.gone.push((ClaimKind::Indicator, at.0, at.1));
        }
        indicator.confidence = 1.0;
        let becomes = (act != Act::Removed).then_some(after);
        let noted = Noted { subject: words.to_owned(), was: before, becomes, span: Some(indicator.span) };
        let index = self.note(entry, act, ClaimKind::Indicator, Some(task), noted);
        indicator.corrections.push(index);
        put(&mut task.indicators, at.1, indicator);
        Ok(())
    }

    fn deadline(&mut self, task: &mut Task, at: (usize, usize), entry: &Entry, words: &str) -> Result<(), Stale> {
        let known = task.deadlines.get(at.1).cloned();
        let mut deadline = known.clone().unwrap_or_else(|| Deadline::corrected(words, self.find(task, words)));
        let before = known.as_ref().map(deadline_words);
        let act = match &entry.verdict {
            Verdict::Undecided => return Ok(()),
            Verdict::Confirm => Act::Confirmed,
            Verdict::Remove => Act::Removed,
            Verdict::Add(change) | Verdict::Change(change) => {
                due(&mut deadline, change);
                deadline.basis = DeadlineBasis::Correction;
                if known.is_none() { Act::Added } else { Act::Changed }
            }
        };
        let after = deadline_words(&deadline);
        if let Some(before) = &before {
            unchanged(entry, before, &after)?;
        }
        if act == Act::Removed {
            self.gone.push((ClaimKind::Deadline, at.0, at.1));
        }
        deadline.confidence = 1.0;
        deadline.inferred_year = false;
        let becomes = (act != Act::Removed).then_some(after);
        let noted = Noted { subject: words.to_owned(), was: before, becomes, span: Some(deadline.span) };
        let index = self.note(entry, act, ClaimKind::Deadline, Some(task), noted);
        deadline.corrections.push(index);
        put(&mut task.deadlines, at.1, deadline);
        Ok(())
    }

    /// Where a task prints some words; the empty place where it does not.
    fn find(&self, task: &Task, words: &str) -> Span {
        let (within, words) = (fold_str(self.text.slice(task.span)), fold_str(words));
        let before = within.find(&*words).and_then(|byte| within.get(..byte));
        before.map_or(Span::default(), |before| {
            let start = task.span.start + before.chars().count();
            Span::new(start, start + words.chars().count())
        })
    }

    /// Takes out what was removed, and puts ranks and leads of the others in order.
    fn sweep(&self, extraction: &mut Extraction) {
        let gone = |kind: ClaimKind, task: usize, claim: usize| self.gone.contains(&(kind, task, claim));
        for (index, task) in extraction.tasks.iter_mut().enumerate() {
            let touched = task.responsibilities.iter().any(|party| !party.corrections.is_empty());
            keep(&mut task.responsibilities, |claim| !gone(ClaimKind::Responsibility, index, claim));
            keep(&mut task.indicators, |claim| !gone(ClaimKind::Indicator, index, claim));
            keep(&mut task.deadlines, |claim| !gone(ClaimKind::Deadline, index, claim));
            if touched {
                share_lead(&mut task.responsibilities);
                (1..).zip(&mut task.responsibilities).for_each(|(rank, party)| party.rank = rank);
            }
        }
        keep(&mut extraction.tasks, |task| !gone(ClaimKind::Task, task, 0));
    }
}

/// What the log says of a claim.
struct Noted {
    subject: String,
    was: Option<String>,
    becomes: Option<String>,
    span: Option<Span>,
}

/// A party with its role, and the body that it means where a person said so.
fn part(party: &Responsibility) -> String {
    let body = party.body.as_ref().map(|body| format!("={body}")).unwrap_or_default();
    format!("{}{body} {}", party.name, party_words(party))
}

fn due(deadline: &mut Deadline, change: &Change) {
    deadline.relation = change.relation.unwrap_or(deadline.relation);
    deadline.date = change.date.or(deadline.date);
    deadline.duration = change.duration.clone().or_else(|| deadline.duration.take());
    deadline.after = change.after.clone().or_else(|| deadline.after.take());
    let timeless = matches!(deadline.relation, DeadlineRelation::Ongoing | DeadlineRelation::Relative);
    if change.date.is_some() && timeless && change.relation.is_none() {
        deadline.relation = DeadlineRelation::By;
    }
    match deadline.relation {
        DeadlineRelation::Ongoing => (deadline.date, deadline.duration, deadline.after) = (None, None, None),
        DeadlineRelation::Relative => deadline.date = None,
        _ => (deadline.duration, deadline.after) = (None, None),
    }
}

/// The full name of a body, also where its IRI is given.
fn full_name(name: &str) -> String {
    name.strip_prefix(&format!("{}organisation/", iri::BASE)).unwrap_or(name).to_owned()
}

/// Whether the document still says what it said when the correction was made, or already what it should say.
fn unchanged(entry: &Entry, now: &str, becomes: &str) -> Result<(), Stale> {
    let Some(was) = entry.was.as_deref() else { return Ok(()) };
    let bare = |words: &str| fold_str(words).chars().filter(|char| !char.is_whitespace()).collect::<String>();
    if bare(was) == bare(now) || bare(now) == bare(becomes) { Ok(()) } else { Err(differs(was, now)) }
}

fn differs(was: &str, now: &str) -> Stale {
    Stale(
        Message::new(
            format!("更正时读作 `{was}`，现在读作 `{now}`"),
            format!("it was read as `{was}` when corrected and is read as `{now}` now"),
        ),
        Some(Message::new("请重新核对，改写或删去这一条", "look again, then rewrite or drop the correction")),
    )
}

fn put<T>(list: &mut Vec<T>, index: usize, item: T) {
    match list.get_mut(index) {
        Some(place) => *place = item,
        None => list.push(item),
    }
}

fn keep<T>(list: &mut Vec<T>, mut wanted: impl FnMut(usize) -> bool) {
    let mut index = 0;
    list.retain(|_| {
        index += 1;
        wanted(index - 1)
    });
}
