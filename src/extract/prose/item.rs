//! The tasks of one item: every clause closes one.

use super::outline::Outline;
use super::place::{self, Clause, Reach};
use super::{Found, Stands, broken, sentence};
use crate::diagnostic::Finding;
use crate::extract::draft::Draft;
use crate::extract::model::Role;
use crate::extract::token;
use crate::knowledge::Knowledge;
use crate::parse::{Column, column_kind};
use crate::span::{Span, Text};

/// The tasks of one item.
pub(super) fn tasks(
    outline: &Outline,
    index: usize,
    skip: &[Span],
    reach: Reach,
    unread_items: &mut Vec<Finding>,
) -> Vec<Found> {
    let text = outline.text();
    let Some(node) = outline.node(index) else { return Vec::new() };
    let mut reader = Reader {
        text,
        title: outline.document.head.title.as_deref(),
        numbered: node.label.is_some(),
        pending: Vec::new(),
        due: Vec::new(),
        found: Vec::new(),
        last_end: None,
        loose: false,
    };
    let mut findings = Vec::new();
    for (at, paragraph) in broken::paragraphs(text, &node.paragraphs).into_iter().enumerate() {
        let own_line = (at > 0 && !reader.pending.is_empty()).then_some(reader.numbered && reader.found.is_empty());
        let clauses = match reach {
            Reach::Clauses => {
                let clauses = place::clauses(text, paragraph, own_line, skip, &mut findings);
                // 四是开展筛查,由甲负责: a point of its own, which the next one does not go on with
                let says = |clauses: &Vec<Clause>| !clauses.is_empty() || !sentence::is_point(text, paragraph);
                Some(clauses)
                    .filter(says)
                    .unwrap_or_else(|| sentence::sentences(text, paragraph, Reach::LastSentence, skip))
            }
            _ => sentence::sentences(text, paragraph, reach, skip),
        };
        let start = reader.take(paragraph, at > 0, clauses);
        reader.rest(paragraph, start, skip);
    }
    reader.contents();
    let Reader { mut found, last_end, .. } = reader;
    if found.is_empty() {
        unread_items.append(&mut findings);
        return Vec::new();
    }
    let (path, labels) = outline.path(node);
    let several = found.len() > 1;
    let label = node.label.as_ref();
    for (part, Found { node: at, draft, .. }) in found.iter_mut().enumerate() {
        *at = index;
        draft.printed = label.map(|label| label.text.clone()).unwrap_or_default();
        draft.part = if several && label.is_some() { part + 1 } else { 0 };
        draft.path.clone_from(&path);
        draft.above.clone_from(&labels);
        draft.title = draft.title.take().or_else(|| draft.words.first().and_then(|words| title(text.slice(*words))));
        let clause = draft.clause.first().map_or(0, |clause| clause.start);
        let below = draft.words.get(1).is_some_and(|words| words.end <= clause);
        if several && below && draft.words.first().is_some_and(|words| is_heading(text, *words)) {
            // the parts below a heading are tasks of their own
            draft.title = Some(text.slice(draft.words.remove(0)).to_owned());
        }
        if part == 0 {
            draft.span = node.span.to(draft.span);
            draft.span.end = last_end.map_or(draft.span.end, |end| end.min(draft.span.end));
            draft.findings.append(&mut findings);
        }
    }
    found
}

/// What was read of an item so far.
struct Reader<'t> {
    text: &'t Text,
    /// The title of the document.
    title: Option<&'t str>,
    /// Whether the item has a number, so that all its words are known to be its own.
    numbered: bool,
    /// Words that no clause closes yet.
    pending: Vec<Span>,
    /// Lines such as 完成时限:… before the clause.
    due: Vec<Span>,
    found: Vec<Found>,
    /// Where the last clause ends.
    last_end: Option<usize>,
    /// Whether the words right before stand behind the last clause, in its own paragraph.
    loose: bool,
}

impl Reader<'_> {
    /// Takes the clauses of a paragraph with the words before each; gives back where the last one ends.
    fn take(&mut self, paragraph: Span, further: bool, clauses: Vec<Clause>) -> usize {
        let mut start = paragraph.start;
        for clause in clauses {
            // who takes part in what nobody leads: the members of a group
            if self.found.is_empty() && is_member_list(self.text, &clause) {
                continue;
            }
            let words = self.text.trim(place::without_stops(self.text, Span::new(start, clause.until)));
            let stands = match () {
                () if !further || !words.is_empty() || start > paragraph.start => Stands::Within,
                () if is_above(self.text, clause.words) => Stands::Above,
                () => Stands::OwnLine,
            };
            if !words.is_empty() {
                self.pending.push(words);
            } else if std::mem::take(&mut self.loose) && names_holder(&clause) {
                // …(甲负责)能耗降低16%。 and (乙负责) on the next line
                let words = self.found.last_mut().and_then(|last| last.draft.words.pop());
                self.pending.extend(words);
            }
            start = clause.whole.end.max(clause.until);
            self.last_end = Some(start);
            match self.found.last_mut() {
                // a clause right behind another adds to it: (A牵头)(B配合)
                Some(Found { draft: last, .. }) if self.pending.is_empty() => {
                    if let Some(statement) = &mut last.statement {
                        statement.labelled |= clause.statement.labelled;
                        statement.open |= clause.statement.open;
                        statement.groups.extend(clause.statement.groups);
                    }
                    last.clause.push(clause.words);
                    last.due.push(clause.words);
                    last.span = last.span.to(clause.whole);
                }
                _ => {
                    let mut words = std::mem::take(&mut self.pending);
                    if !self.found.is_empty() {
                        without_number(self.text, &mut words);
                    } else if !self.numbered {
                        keep_nearest(self.text, self.title, &mut words);
                    }
                    let first = words.first().copied().unwrap_or(clause.whole);
                    let mut draft = Draft::new(first.to(clause.whole));
                    with_marks(self.text, &mut words);
                    draft.words = words;
                    draft.clause.push(clause.words);
                    draft.due.append(&mut self.due);
                    draft.due.push(clause.words);
                    draft.statement = Some(clause.statement);
                    draft.doubts = clause.doubts;
                    self.found.push(Found { node: 0, draft, stands });
                }
            }
        }
        start
    }

    /// Where an item is nothing but a heading and who is responsible, takes what lines behind them say is to be done:
    /// 主要职责:…. The heading is then the task's title.
    fn contents(&mut self) {
        let text = self.text;
        let [Found { draft, .. }] = self.found.as_mut_slice() else { return };
        let [heading] = *draft.words.as_slice() else { return };
        if !self.numbered || !is_heading(text, heading) {
            return;
        }
        let content = |words: &Span| {
            let length = content_label(text, *words)?;
            Some(text.trim(Span::new(words.start + length, words.end))).filter(|words| !words.is_empty())
        };
        let contents: Vec<Span> = self.pending.iter().filter_map(content).collect();
        if !contents.is_empty() {
            draft.title = Some(text.slice(heading).to_owned());
            draft.words = contents;
        }
    }

    /// Takes the words behind the last clause of a paragraph.
    fn rest(&mut self, paragraph: Span, start: usize, skip: &[Span]) {
        self.loose = false;
        let rest = self.text.trim(place::without_stops(self.text, Span::new(start, paragraph.end)));
        if rest.is_empty() || skip.iter().any(|rule| rule.overlaps(rest)) {
            return;
        }
        match self.found.last_mut() {
            // 完成时限:… on a line behind the clause
            Some(Found { draft: last, .. }) if token::is_due_label(self.text, rest) => last.due.push(rest),
            // words behind the clause of their own paragraph belong to its task
            Some(Found { draft: last, .. }) if start > paragraph.start => {
                match last.words.last_mut() {
                    // …7月底完成;征迁工作…: one stretch of words
                    Some(words) if words.end + 1 == rest.start && !last.clause.iter().any(|c| c.end > words.end) => {
                        words.end = rest.end;
                    }
                    _ => last.words.push(rest),
                }
                self.loose = last.words.len() > 1;
            }
            None if !self.pending.is_empty() && token::is_due_label(self.text, rest) => self.due.push(rest),
            _ => self.pending.push(rest),
        }
    }
}

/// Length in characters of a label that says that what is to be done follows it: 主要职责:….
fn content_label(text: &Text, words: Span) -> Option<usize> {
    let colon = text.folded(words).iter().take(LONGEST_LABEL + 1).position(|char| *char == ':')?;
    let kind = column_kind(text.slice(Span::new(words.start, words.start + colon)))?;
    matches!(kind, Column::Task | Column::Measure | Column::Duty).then_some(colon + 1)
}

/// The longest label in characters.
const LONGEST_LABEL: usize = 8;

/// Whether a clause names somebody who leads or is responsible.
fn names_holder(clause: &Clause) -> bool {
    clause.statement.groups.iter().any(|group| group.role != Role::Supporting)
}

/// Whether a clause is nothing but a list of members: 成员单位：甲局、乙局.
fn is_member_list(text: &Text, clause: &Clause) -> bool {
    let members = &Knowledge::shipped().vocabulary.clause.labels.member;
    let groups = &clause.statement.groups;
    clause.statement.labelled
        && groups.iter().all(|group| group.role == Role::Supporting)
        && members.longest_at(text.folded(clause.words), 0).is_some()
}

/// Whether a paragraph is a heading of those below it.
pub(super) fn is_heading(text: &Text, words: Span) -> bool {
    let words = text.slice(words).trim_end_matches('。');
    words.chars().count() <= LONGEST_TITLE && !words.contains(['。', '；', '，', ','])
}

/// Whether a clause says that it governs what stands above: 以上任务由…负责.
fn is_above(text: &Text, words: Span) -> bool {
    Knowledge::shipped().vocabulary.conventions.scope.backward.longest_at(text.folded(words), 0).is_some()
}

/// Gives lines that others follow the mark back that they end with in the middle of a sentence.
fn with_marks(text: &Text, words: &mut [Span]) {
    if let Some((_, others)) = words.split_last_mut() {
        for line in others {
            let mark = Span::new(line.end, line.end + 1);
            line.end += usize::from(matches!(text.folded(mark), [',' | '、' | ';']));
        }
    }
}

/// Takes the number ② off a part of an item that begins with it.
fn without_number(text: &Text, words: &mut [Span]) {
    if let Some(first) = words.first_mut()
        && let Some(label) = crate::parse::label::read(text.folded(*first))
    {
        first.start = (first.start + label.length).min(first.end);
    }
}

/// The longest line in characters that is taken for the heading of an item without a number.
const LONGEST_HEADING: usize = 12;

/// Keeps the last paragraph with the heading right before it: what else stands before the first clause of words
/// without a number leads up to the tasks.
fn keep_nearest(text: &Text, title: Option<&str>, words: &mut Vec<Span>) {
    let is_heading = |span: &Span| {
        span.len() <= LONGEST_HEADING
            && title != Some(text.slice(*span))
            && !text.slice(*span).ends_with(['。', '：', ':', '~', '；', '！', '？', '?', '!', ',', '，'])
    };
    let heading = words.iter().rev().nth(1).is_some_and(is_heading);
    let skip = words.len().saturating_sub(if heading { 2 } else { 1 });
    words.drain(..skip);
}

/// The longest first sentence in characters that is taken for a heading.
const LONGEST_TITLE: usize = 30;

/// The heading that a task begins with: a short first sentence with more behind it.
pub(super) fn title(words: &str) -> Option<String> {
    let (first, rest) = words.split_once('。')?;
    let short = first.chars().count() <= LONGEST_TITLE && !first.contains(['，', ',', '；', '\n']);
    (short && !rest.trim().is_empty()).then(|| first.to_owned())
}
