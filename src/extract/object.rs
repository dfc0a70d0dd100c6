//! Verbs that say who does what and go on with their object: 市财政局负责资金保障.

use std::sync::LazyLock;

use super::model::Role;
use super::party;
use super::token::{self, Token};
use crate::knowledge::{Knowledge, WordTable};
use crate::span::{Span, Text, is_blank};

/// Verbs that an object may follow, with their roles in the order of their lists.
static WITH_OBJECT: LazyLock<WordTable<(usize, Role)>> = LazyLock::new(|| {
    let verbs = &Knowledge::shipped().vocabulary.clause.verbs;
    let lists =
        [(&verbs.lead, Role::Lead), (&verbs.responsible, Role::Responsible), (&verbs.supporting, Role::Supporting)];
    let listed = lists.into_iter().flat_map(|(verbs, role)| verbs.iter().map(move |verb| (verb, role)));
    let takes_object = listed.filter(|(verb, _)| verbs.with_object.contains(verb)).enumerate();
    WordTable::new(takes_object.map(|(order, (verb, role))| (verb, (order, role))))
});

/// Words that hold a verb and mean something else.
static PLAIN: LazyLock<WordTable<()>> = LazyLock::new(|| {
    let words = &Knowledge::shipped().vocabulary.clause.plain.words;
    WordTable::new(words.iter().map(|word| (word, ())))
});

/// Where a verb begins behind a body in words that go on with its object, 市财政局协助落实资金: the length of the body in
/// characters, and what the verb says.
pub(super) fn verb_within(text: &Text, span: Span) -> Option<(usize, Role)> {
    let folded = text.folded(span);
    let (at, length, _) = WITH_OBJECT.find_iter(folded).next()?;
    let (_, (_, role)) = WITH_OBJECT.all_at(folded, at).min_by_key(|(_, (order, _))| *order)?;
    // 甲负责的项目 tells which
    if is_plain(folded, at, length) || folded.get(at + length) == Some(&'的') {
        return None;
    }
    party::is_body(text.slice(Span::new(span.start, span.start + at))).then_some((at, *role))
}

/// Whether a verb of a length stands in a longer word that means something else: 牵头医院, 医共体牵头单位; but not 负责制 in
/// 负责制定.
pub(super) fn is_plain(chars: &[char], at: usize, length: usize) -> bool {
    let begins = PLAIN.longest_at(chars, at).is_some_and(|(plain, ())| plain > length);
    let covers = |start: usize| PLAIN.longest_at(chars, start).is_some_and(|(plain, ())| start + plain > at);
    begins || (at.saturating_sub(LONGEST_BEFORE)..at).any(covers)
}

/// How far before a verb such a word may begin, in characters.
const LONGEST_BEFORE: usize = 4;

/// Place and length of the first verb that an object may follow, if it says who leads or is responsible.
fn verb_with_object(chars: &[char]) -> Option<(usize, usize)> {
    let (at, length, (_, role)) = WITH_OBJECT.find_iter(chars).next()?;
    (!is_plain(chars, at, length) && *role != Role::Supporting).then_some((at, length))
}

/// Where the verb ends behind the bodies that words begin with, if what they lead or are responsible for follows it:
/// 甲负责资金保障.
pub(super) fn opening_verb(text: &Text, words: Span) -> Option<usize> {
    let head = text.folded(Span::new(words.start, words.end.min(words.start + LONGEST_NAMES)));
    let (at, length) = verb_with_object(head)?;
    let object = head.get(at + length)?;
    // 甲负责落实 says no more than that it is responsible
    let behind = text.slice(Span::new(words.start + at, words.end)).trim_end_matches(['。', '；']);
    let is_verb = behind.chars().count() <= LONGEST_VERB && token::role_of(behind).is_some();
    (!is_verb && !is_blank(*object) && !NO_OBJECT.contains(object)).then_some(words.start + at + length)
}

/// The longest verb in characters that says who does what.
const LONGEST_VERB: usize = 8;

/// The longest names in characters that a sentence may begin with.
const LONGEST_NAMES: usize = 60;

/// What stands behind a verb that has no object: 甲负责的项目.
const NO_OBJECT: [char; 6] = ['的', ',', '、', ':', '(', ')'];

/// Whether words hold a body with a verb that an object follows: 市教育局负责协调场地,市体育局配合.
pub(super) fn has_object(text: &Text, span: Span) -> bool {
    let words = token::lex(text, span).into_iter().filter(|lexeme| lexeme.token == Token::Words);
    words.into_iter().any(|lexeme| verb_within(text, lexeme.span).is_some())
}
