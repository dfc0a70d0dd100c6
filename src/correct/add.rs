//! Tasks that a person adds: read as the document's own would be, and put where they belong.

use std::collections::BTreeSet;

use super::addition::Addition;
use super::address::plain;
use super::apply::Stale;
use super::change::Work;
use crate::diagnostic::Message;
use crate::extract::{Basis, Extraction, Mode, Responsibility, Task, extract};
use crate::parse::{Head, parse};
use crate::read::read_bytes;
use crate::span::{Span, Text, fold, fold_str, is_blank};

/// Adds a task; one that is read by now is confirmed.
pub(super) fn add(
    work: &mut Work<'_>,
    extraction: &mut Extraction,
    text: &Text,
    addition: &Addition,
    count: usize,
) -> Result<(), Stale> {
    let words = plain(&addition.text);
    let is_read = |task: &&mut Task| {
        let known = plain(&task.text);
        known == words || words.chars().count() >= SURE && known.starts_with(&words)
    };
    let mut task = read(addition, &extraction.head)?;
    if let Some(known) = extraction.tasks.iter_mut().find(is_read) {
        if parts(known) != parts(&task) {
            return Err(Stale(
                Message::new("这项任务已能读出，单位与补充的不同", "this task is read by now, with other parties"),
                Some(Message::new("请改用 [[correction]] 更正单位", "correct the parties by [[correction]]")),
            ));
        }
        work.confirmed(known, &addition.entry);
        return Ok(());
    }
    let print = |words: &str, from: usize| Print::find(text, words, from);
    let own = print(&addition.text, 0);
    let clause = addition.clause.as_deref().and_then(|clause| {
        let behind = own.as_ref().map_or(0, |own| own.place().end);
        print(clause, behind).filter(|clause| clause.place().start < behind + NEAR || behind == 0)
    });
    relocate(&mut task, own.as_ref(), clause.as_ref());
    let index = place(extraction, addition, task.span)?;
    let neighbour = index.checked_sub(1).or(Some(index)).and_then(|index| extraction.tasks.get(index));
    task.path = neighbour.map(|neighbour| neighbour.path.clone()).unwrap_or_default();
    task.seq = extraction.tasks.iter().map(|task| task.seq).max().unwrap_or(0) + 1;
    task.label =
        addition.entry.task.as_deref().map_or_else(|| format!("+{count}"), |label| fold_str(label).into_owned());
    work.added(&mut task, &addition.entry);
    extraction.tasks.insert(index, task);
    Ok(())
}

/// Who does a task, and whether they lead, compared by their names alone.
fn parts(task: &Task) -> BTreeSet<(String, bool)> {
    task.responsibilities.iter().map(|party| (plain(&party.name), party.role.leads())).collect()
}

/// From how many characters on the first words of a task tell it from others.
const SURE: usize = 8;

/// How far behind its words, in characters, a task's clause is looked for.
const NEAR: usize = 400;

/// The task that the words and the clause make.
fn read(addition: &Addition, head: &Head) -> Result<Task, Stale> {
    let clause = addition.clause.as_deref().map_or(STAND_IN, |clause| clause.trim_matches(BRACKETS));
    let words = addition.text.trim_end_matches(['。', ' ']);
    let notice = format!("{HEADING}{words}。（{clause}）\n");
    let unread = || {
        Stale(
            Message::new("补充的任务没有读懂责任条款", "the clause of this task could not be read"),
            Some(Message::new("请改用 parties 列出单位和角色", "name the bodies and their roles in `parties`")),
        )
    };
    let mut document = parse(read_bytes("added.txt", notice.as_bytes()).map_err(|_| unread())?);
    document.head = head.clone();
    let mut tasks = extract(&document).tasks;
    let (Some(mut task), true) = (tasks.pop(), tasks.is_empty()) else { return Err(unread()) };
    addition.text.trim().clone_into(&mut task.text);
    task.findings.clear();
    if addition.clause.is_none() {
        task.clause = None;
        task.clause_span = None;
        task.mode = Mode::Explicit;
        task.responsibilities = (1..)
            .zip(&addition.parties)
            .map(|(rank, (name, role))| Responsibility {
                name: name.clone(),
                role: *role,
                rank,
                basis: Basis::Correction,
                confidence: 1.0,
                doubts: Vec::new(),
                span: Span::default(),
                cell: None,
                body: None,
                corrections: Vec::new(),
            })
            .collect();
    }
    Ok(task)
}

/// What stands before the words of a task that is read by itself.
const HEADING: &str = "一、任务\n（一）";
/// A clause for a task whose parties are named otherwise.
const STAND_IN: &str = "财政局负责";
const BRACKETS: [char; 6] = ['(', ')', '（', '）', '[', ']'];

/// Gives every claim its place in the document; none where the document does not print it.
fn relocate(task: &mut Task, own: Option<&Print>, clause: Option<&Print>) {
    let start = HEADING.chars().count();
    let words = task.text.trim_end_matches(['。', ' ']).chars().count();
    let behind = start + words + 2;
    let moved = |span: Span| {
        let (print, offset) = if span.start >= behind { (clause, behind) } else { (own, start) };
        let inside = span.start >= offset;
        print.filter(|_| inside).map_or(Span::default(), |print| print.part(span.start - offset, span.end - offset))
    };
    for party in &mut task.responsibilities {
        party.span = if party.span.is_empty() { party.span } else { moved(party.span) };
        party.cell = None;
    }
    task.indicators.iter_mut().for_each(|indicator| indicator.span = moved(indicator.span));
    task.deadlines.iter_mut().for_each(|deadline| deadline.span = moved(deadline.span));
    task.citations.iter_mut().for_each(|citation| citation.span = moved(citation.span));
    task.clause_span = clause.map(Print::place);
    task.span = match (own.map(Print::place), task.clause_span) {
        (Some(own), Some(clause)) => own.to(clause),
        (own, clause) => own.or(clause).unwrap_or_default(),
    };
}

/// Where words stand in a document, blanks and line breaks between them passed over.
struct Print {
    /// The words as they were looked for.
    words: Vec<char>,
    /// Place of each of their characters that is no blank.
    places: Vec<usize>,
}

impl Print {
    fn find(text: &Text, words: &str, from: usize) -> Option<Self> {
        let words: Vec<char> = words.chars().map(fold).collect();
        let wanted: Vec<char> = words.iter().copied().filter(|char| !is_blank(*char)).collect();
        let first = *wanted.first()?;
        let chars = text.folded(Span::new(from, text.len()));
        let candidates = chars.iter().enumerate().filter(|(_, char)| **char == first).map(|(at, _)| at);
        candidates.take(MOST).find_map(|at| {
            let solid = chars.iter().enumerate().skip(at).filter(|(_, char)| !is_blank(**char));
            let places: Vec<usize> = solid
                .zip(&wanted)
                .take_while(|((_, char), wanted)| *char == *wanted)
                .map(|((place, _), _)| from + place)
                .collect();
            (places.len() == wanted.len()).then(|| Self { words: words.clone(), places })
        })
    }

    /// Place of all the words.
    fn place(&self) -> Span {
        self.part(0, self.words.len())
    }

    /// Place of some of the words, by their characters.
    fn part(&self, start: usize, end: usize) -> Span {
        let solid = |end: usize| self.words.iter().take(end).filter(|char| !is_blank(**char)).count();
        let first = self.places.get(solid(start));
        let last = solid(end).checked_sub(1).and_then(|last| self.places.get(last));
        first.zip(last).map_or(Span::default(), |(first, last)| Span::new(*first, *last + 1))
    }
}

/// How many places are tried at most.
const MOST: usize = 10_000;

/// Where among the tasks it belongs: by its place, else behind the task that is named, else at the end.
fn place(extraction: &Extraction, addition: &Addition, span: Span) -> Result<usize, Stale> {
    let tasks = &extraction.tasks;
    if let Some(after) = &addition.after {
        let wanted = plain(after);
        let is = |task: &Task| plain(&task.label) == wanted || plain(&task.text).starts_with(&wanted);
        let found = tasks.iter().position(is).map(|index| index + 1);
        return found.ok_or_else(|| {
            Stale(
                Message::new(format!("找不到任务 `{after}`"), format!("no task `{after}` is found")),
                Some(Message::new(
                    "after 是前一项任务的编号或开头的字",
                    "`after` is the number or the first words of the task before",
                )),
            )
        });
    }
    let by_place = tasks.iter().position(|task| task.span.start > span.start).filter(|_| !span.is_empty());
    Ok(by_place.unwrap_or(tasks.len()))
}
