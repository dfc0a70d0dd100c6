//! Sentences of minutes and notices that tell bodies what to do: 责成甲…, 甲会同乙…, and in minutes 甲要….

use std::sync::LazyLock;

use super::place::{Clause, Reach};
use super::sentence;
use crate::extract::clause::{self, Frame, Statement};
use crate::extract::model::Role;
use crate::extract::party::{Likeness, Party};
use crate::knowledge::{Knowledge, WordTable};
use crate::numeral;
use crate::span::{Span, Text, is_blank};

/// The longest names in characters that a sentence may begin with.
const LONGEST_NAMES: usize = 60;
/// How many words are looked at for the end of the names.
const MOST_WORDS: usize = 12;
/// Within how many characters 会议指出 comes to its comma.
const LONGEST_LEAD: usize = 8;

/// How a sentence goes on behind the bodies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Onward {
    /// 会同: others join in.
    Together,
    /// 要: says by itself, in minutes, that something is asked.
    Modal,
    /// 抓紧, 负责: something is asked where the words before the bodies say so.
    Verb,
}

static ONWARD: LazyLock<WordTable<Onward>> = LazyLock::new(|| {
    let clause = &Knowledge::shipped().vocabulary.clause;
    let lists = [
        (&clause.verbs.together, Onward::Together),
        (&clause.instructions.modals, Onward::Modal),
        (&clause.instructions.onward, Onward::Verb),
        (&clause.sections.duty_verbs, Onward::Verb),
    ];
    WordTable::new(lists.into_iter().flat_map(|(words, onward)| words.iter().map(move |word| (word, onward))))
});

/// What a sentence tells bodies to do, if it does.
pub(super) fn read(text: &Text, sentence: Span, reach: Reach, skip: &[Span]) -> Option<Clause> {
    if !reach.takes_instructions() {
        return None;
    }
    let place = text.trim(sentence);
    let chars = text.folded(place);
    let lead = lead_in(chars);
    let openers = &Knowledge::shipped().vocabulary.clause.instructions.openers;
    let opener = openers.longest_at(chars, lead);
    let words = Span::new(place.start + lead + opener.unwrap_or(0), place.end);
    let whole = Span::new(place.start, (place.end + 1).min(text.len()));
    let known = |names: Span, statement: Statement| Clause::opening(names, statement, whole);
    let by = opener.is_some_and(|length| chars.get(lead + length - 1) == Some(&'由'));
    let any = || if by && reach == Reach::Minutes { known_names(text, words) } else { None };
    let (names, end, onward) = names(text, words).or_else(any)?;
    // 甲牵头,乙配合,…: the roles are told
    if onward == Onward::Verb
        && let Some((names, statement)) = sentence::up_to_comma(text, words, skip)
    {
        return Some(known(names, statement));
    }
    let asked = match onward {
        Onward::Together => true,
        Onward::Modal => opener.is_some() || reach == Reach::Minutes,
        Onward::Verb => {
            let word = || text.trim(Span::new(names.end, end));
            let asked = || asks(text, word(), Span::new(end, place.end)) && !sentence::is_told(chars);
            opener.is_some() || reach == Reach::Minutes && asked()
        }
    };
    if !asked {
        return None;
    }
    let role = if onward == Onward::Together { Role::Lead } else { Role::Responsible };
    let mut statement = listed(text, names, role)?;
    let joined = match onward {
        Onward::Together => Some(end),
        Onward::Modal | Onward::Verb => together(text, end, place.end),
    };
    let Some(joined) = joined else { return Some(known(names, statement)) };
    for group in &mut statement.groups {
        group.role = Role::Lead;
    }
    let Some(others) = supporters(text, Span::new(joined, place.end)) else {
        // 甲会同有关部门: others whom nothing names
        statement.open = true;
        return Some(known(names, statement));
    };
    let last = others.parties().last().map_or(names.end, |party| party.span.end);
    statement.open |= others.open;
    statement.groups.extend(others.groups);
    Some(known(Span::new(names.start, last.max(names.end)), statement))
}

/// Whether words begin with bodies and what is asked of them, in their first sentence or in the one behind a heading:
/// 县审计局要加强审计.
pub(super) fn opens(text: &Text, words: Span, skip: &[Span]) -> bool {
    sentence::opens_with(text, words, |sentence| read(text, sentence, Reach::Minutes, skip).is_some())
}

/// The end of 会同 right at a place: 甲要会同乙.
fn together(text: &Text, at: usize, end: usize) -> Option<usize> {
    let chars = text.folded(Span::new(at, end));
    let (length, onward) = ONWARD.longest_at(chars, 0)?;
    (*onward == Onward::Together).then_some(at + length)
}

/// Length of what stands before the bodies and says nothing of them: 会议明确, 一是.
fn lead_in(chars: &[char]) -> usize {
    let minutes = &Knowledge::shipped().vocabulary.clause.sections.minutes;
    let begins = |word: &&String| word.chars().enumerate().all(|(at, char)| chars.get(at) == Some(&char));
    let mut at = 0;
    if let Some(word) = minutes.iter().find(begins) {
        let head = chars.get(..chars.len().min(LONGEST_LEAD)).unwrap_or_default();
        let comma = head.iter().position(|char| matches!(char, ',' | ':'));
        at = comma.map_or(word.chars().count(), |comma| comma + 1);
    }
    at += chars.iter().skip(at).take_while(|char| is_blank(**char)).count();
    let counted = chars.get(at).is_some_and(|char| numeral::is_numeral(*char)) && chars.get(at + 1) == Some(&'是');
    at + if counted { 2 } else { 0 }
}

/// The bodies that words begin with: their place, where the word behind them ends, and how the sentence goes on.
fn names(text: &Text, words: Span) -> Option<(Span, usize, Onward)> {
    let head = text.folded(Span::new(words.start, words.end.min(words.start + LONGEST_NAMES)));
    ONWARD.find_iter(head).take(MOST_WORDS).find_map(|(at, length, onward)| {
        let names = text.trim(Span::new(words.start, words.start + at));
        listed(text, names, Role::Responsible)?;
        Some((names, words.start + at + length, *onward))
    })
}

/// Whether the word behind bodies asks for something where nobody says so, in minutes: 县卫健局于5月底前…, 县人社局抓紧….
fn asks(text: &Text, word: Span, rest: Span) -> bool {
    let rest = text.folded(rest);
    let is_date = || text.folded(word) == ['于'] && rest.first().is_some_and(char::is_ascii_digit);
    (word.len() >= 2 || is_date()) && !matches!(rest.first(), Some('了' | '的'))
}

/// The bodies beyond doubt that words begin with, whatever follows: (由)县财政局按程序报批.
fn known_names(text: &Text, words: Span) -> Option<(Span, usize, Onward)> {
    let longest = words.len().min(LONGEST_LIST);
    (SHORTEST_NAME..longest).rev().map(|length| Span::new(words.start, words.start + length)).find_map(|names| {
        listed(text, names, Role::Responsible)?;
        Some((names, names.end, Onward::Verb))
    })
}

/// The fewest characters of the name of a body, and the most of a list that nothing ends.
const SHORTEST_NAME: usize = 3;
const LONGEST_LIST: usize = 40;

/// The bodies that join those of a statement before these words: 甲牵头,会同乙、丙于8月底前完成….
pub(super) fn joining(text: &Text, behind: Span) -> Option<Statement> {
    let joined = together(text, behind.start, behind.end)?;
    supporters(text, Span::new(joined, behind.end))
}

/// The bodies that the others join, up to what they are to do.
fn supporters(text: &Text, words: Span) -> Option<Statement> {
    let head = text.folded(Span::new(words.start, words.end.min(words.start + LONGEST_NAMES)));
    let comma = head.iter().position(|char| *char == ',').map(|at| (at, 1, &Onward::Verb));
    let told = ONWARD.find_iter(head).take(MOST_WORDS).chain(comma).find_map(|(at, ..)| {
        let names = text.trim(Span::new(words.start, words.start + at));
        clause::parse(text, names, Frame::Cell(Role::Supporting), &[]).filter(|list| {
            list.unread.is_empty() && !list.labelled && list.parties().all(|party| party.likeness != Likeness::Unknown)
        })
    });
    // 会同乙、丙洽谈
    told.or_else(|| listed(text, known_names(text, words)?.0, Role::Supporting))
}

/// The bodies that words are nothing but; the registry has one of them at least, the others are many in one.
fn listed(text: &Text, names: Span, role: Role) -> Option<Statement> {
    if names.is_empty() {
        return None;
    }
    let statement = clause::parse(text, names, Frame::Cell(role), &[])?;
    let certain = statement.unread.is_empty()
        && !statement.labelled
        && statement.parties().all(Party::is_known)
        && statement.parties().any(|party| party.likeness == Likeness::Known);
    certain.then_some(statement)
}
