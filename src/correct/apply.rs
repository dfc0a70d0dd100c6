//! Extraction and corrections to a corrected extraction.

use super::add;
use super::address::{self, Miss, plain};
use super::change::Work;
use super::entry::{Corrections, Entry, Subject, Verdict};
use crate::diagnostic::{Code, Finding, Message};
use crate::extract::{Extraction, Task};
use crate::iri;
use crate::span::Text;

/// Applies corrections. Addresses are those of the extraction as it is given; what is not found changes nothing and
/// becomes a finding.
pub fn apply(mut extraction: Extraction, text: &Text, corrections: &Corrections) -> Extraction {
    let mut findings = Vec::new();
    findings.extend(other_document(&extraction, corrections));
    let undecided = corrections.entries.iter().filter(|entry| entry.verdict == Verdict::Undecided).count();
    let plans: Vec<(&Entry, Vec<(usize, usize)>)> = corrections
        .entries
        .iter()
        .filter(|entry| entry.verdict != Verdict::Undecided)
        .filter_map(|entry| match places(&extraction, text, entry) {
            Ok(places) => Some((entry, places)),
            Err(what) => {
                findings.push(stale(corrections, entry, what));
                None
            }
        })
        .collect();
    let mut work = Work::new(text);
    for (entry, places) in plans {
        if let Subject::Head(field) = entry.subject {
            let outcome = work.head(&mut extraction, field, entry);
            findings.extend(outcome.err().map(|what| stale(corrections, entry, what)));
        }
        for (task, claim) in places {
            let Some(task_) = extraction.tasks.get_mut(task) else { continue };
            let outcome = work.claim(task_, (task, claim), entry);
            findings.extend(outcome.err().map(|what| stale(corrections, entry, what)));
        }
    }
    work.settle(&mut extraction);
    for (count, addition) in (1..).zip(&corrections.additions) {
        let outcome = add::add(&mut work, &mut extraction, text, addition, count);
        findings.extend(outcome.err().map(|what| stale(corrections, &addition.entry, what)));
    }
    extraction.corrections = work.finish();
    extraction.findings.append(&mut findings);
    extraction.findings.extend((undecided > 0).then(|| {
        Finding::new(
            Code::UndecidedCorrection,
            None,
            format!("{}：{undecided} 条更正尚未决定", corrections.name),
            format!("{}: undecided corrections: {undecided}", corrections.name),
        )
    }));
    extraction
}

/// What a correction says that no longer holds, and a hint.
pub(super) struct Stale(pub(super) Message, pub(super) Option<Message>);

fn stale(corrections: &Corrections, entry: &Entry, Stale(what, hint): Stale) -> Finding {
    let (name, line) = (&corrections.name, entry.line);
    let mut finding = Finding::new(
        Code::StaleCorrection,
        None,
        format!("{name} 第 {line} 行的更正未采用：{}", what.zh),
        format!("{name} line {line} is not applied: {}", what.en),
    );
    finding.hint = hint;
    finding
}

/// Corrections that were made for a document of another name are still tried, since names are corrected too.
fn other_document(extraction: &Extraction, corrections: &Corrections) -> Option<Finding> {
    let named = corrections.document.as_deref()?;
    let head = &extraction.head;
    let same = [head.number.as_deref(), head.title.as_deref(), Some(extraction.source.as_str())]
        .into_iter()
        .flatten()
        .any(|known| iri::document(known) == iri::document(named));
    (!same).then(|| {
        Finding::new(
            Code::StaleCorrection,
            None,
            format!("{} 是为 `{named}` 写的", corrections.name),
            format!("{} was written for `{named}`", corrections.name),
        )
        .with_hint("请核对文件与更正是否相配", "see whether document and corrections belong together")
    })
}

/// The claims that a correction speaks of, as task and place within it.
fn places(extraction: &Extraction, text: &Text, entry: &Entry) -> Result<Vec<(usize, usize)>, Stale> {
    if matches!(entry.subject, Subject::Head(_)) {
        return Ok(Vec::new());
    }
    let everywhere = entry.task.is_none() && entry.anchor.is_none();
    let mut found = Vec::new();
    let mut missed = None;
    for index in address::tasks(extraction, entry).map_err(|miss| words_for(extraction, entry, miss))? {
        let Some(task) = extraction.tasks.get(index) else { continue };
        match address::claim(text, task, index, entry) {
            Ok(claim) => found.push((index, claim)),
            // what is to be added is not there yet
            Err(Miss::NoClaim(..)) if matches!(entry.verdict, Verdict::Add(_)) && !everywhere => {
                found.push((index, usize::MAX));
            }
            Err(miss) => missed = Some(miss),
        }
    }
    match missed {
        Some(miss) if found.is_empty() && everywhere => {
            let (Miss::NoClaim(..) | Miss::NoTask(_) | Miss::SeveralTasks | Miss::SeveralClaims(_)) = miss;
            let what = Message::new(
                format!("全文没有 `{}`", subject(entry)),
                format!("nothing in the document is read as `{}`", subject(entry)),
            );
            Err(Stale(what, nearest_party(extraction, entry)))
        }
        Some(miss) if !everywhere => Err(words_for(extraction, entry, miss)),
        _ => Ok(found),
    }
}

/// The name of a party in the document that is most like the one addressed.
fn nearest_party(extraction: &Extraction, entry: &Entry) -> Option<Message> {
    let wanted = plain(&subject(entry));
    let names = extraction.tasks.iter().flat_map(|task| &task.responsibilities).map(|party| party.name.as_str());
    let score = |name: &str| strsim::jaro(&plain(name), &wanted);
    let best = names.max_by(|a, b| score(a).total_cmp(&score(b)))?;
    Some(Message::new(format!("最相近的是 `{best}`"), format!("most like it is `{best}`")))
}

/// The words by which a correction addresses its claim.
pub(super) fn subject(entry: &Entry) -> String {
    match &entry.subject {
        Subject::Head(field) => field.as_str().to_owned(),
        Subject::Task => entry.anchor.clone().or_else(|| entry.task.clone()).unwrap_or_default(),
        Subject::Party(words) | Subject::Indicator(words) | Subject::Deadline(words) | Subject::Mandate(words) => {
            words.clone()
        }
    }
}

fn words_for(extraction: &Extraction, entry: &Entry, miss: Miss) -> Stale {
    let task = [entry.task.as_deref(), entry.anchor.as_deref()].into_iter().flatten().collect::<Vec<_>>().join(" ");
    let label = |index: usize| {
        let task = extraction.tasks.get(index);
        let first = |task: &Task| task.text.chars().take(14).collect::<String>();
        task.map_or_else(String::new, |task| format!("{} {}", task.label, first(task)))
    };
    match miss {
        Miss::NoTask(near) => {
            let what = Message::new(format!("找不到任务 `{task}`"), format!("no task `{task}` is found"));
            let hint = near.map(|near| {
                let near = label(near);
                Message::new(format!("最相近的是 `{near}`"), format!("most like it is `{near}`"))
            });
            Stale(what, hint)
        }
        Miss::SeveralTasks => Stale(
            Message::new(format!("不止一项任务是 `{task}`"), format!("more than one task is `{task}`")),
            Some(Message::new("请把 anchor 写长一些，并写明 task", "make the anchor longer, and say `task` too")),
        ),
        Miss::NoClaim(index, near) => {
            let (label, subject) = (label(index), subject(entry));
            let what = Message::new(
                format!("任务 `{label}` 中没有 `{subject}`"),
                format!("task `{label}` has no `{subject}`"),
            );
            let hint = (!near.is_empty()).then(|| {
                Message::new(format!("该任务有：{}", near.join("、")), format!("the task has {}", near.join(", ")))
            });
            Stale(what, hint)
        }
        Miss::SeveralClaims(index) => {
            let (label, subject) = (label(index), subject(entry));
            Stale(
                Message::new(
                    format!("任务 `{label}` 中不止一处 `{subject}`"),
                    format!("task `{label}` has more than one `{subject}`"),
                ),
                Some(Message::new("请用 nth = 1、2 … 写明是第几处", "say which one by nth = 1, 2 …")),
            )
        }
    }
}
