//! Sentences without brackets that say who is responsible.

use super::instruction;
use super::place::{Clause, Reach, ends_with_role};
use crate::extract::clause::{self, Frame, Statement};
use crate::extract::confidence::Doubt;
use crate::extract::model::Role;
use crate::extract::party::Likeness;
use crate::extract::token;
use crate::knowledge::Knowledge;
use crate::numeral;
use crate::span::{Span, Text, is_blank};

/// The sentences of a paragraph that say who is responsible: …,由甲牵头,乙配合。
pub(super) fn sentences(text: &Text, paragraph: Span, reach: Reach, skip: &[Span]) -> Vec<Clause> {
    let chars = text.folded(paragraph);
    let stated = token::has_role_word(chars);
    if !stated && !reach.takes_instructions() {
        return Vec::new();
    }
    let mut found = Vec::new();
    let mut start = 0;
    let words = chars.iter().rposition(|char| !is_blank(*char) && !matches!(char, '。' | ';'));
    let close = words.map_or(0, |last| last + 1);
    while start < chars.len() {
        let length = chars.iter().skip(start).position(|char| matches!(char, '。' | ';'));
        let end = length.map_or(chars.len(), |length| start + length);
        let is_last = end >= close;
        if (is_last || reach.takes_all()) && end - start <= LONGEST_SENTENCE {
            let place = Span::new(start, end);
            let stated = stated.then(|| sentence(text, place, chars, paragraph, reach, skip)).flatten();
            found.extend(stated.or_else(|| instruction::read(text, place.shifted(paragraph.start), reach, skip)));
        }
        start = end + 1;
    }
    found
}

/// The longest sentence in characters that may say who is responsible.
const LONGEST_SENTENCE: usize = 300;

/// What a sentence says, whose place is counted from the paragraph's start.
fn sentence(
    text: &Text,
    sentence: Span,
    chars: &[char],
    paragraph: Span,
    reach: Reach,
    skip: &[Span],
) -> Option<Clause> {
    let words = chars.get(sentence.start..sentence.end).unwrap_or_default();
    let by = (0..words.len()).filter(|at| words.get(*at) == Some(&'由'));
    let by = by
        .filter(|at| at.checked_sub(1).and_then(|before| words.get(before)).is_none_or(|char| !ENDS_BY.contains(char)));
    // 此项工作由甲牵头: words before 由 may be nothing but its lead-in
    let opens = (!matches!(words.first(), Some('由'))).then_some((0, false));
    let starts: Vec<(usize, bool)> = opens.into_iter().chain(by.map(|at| (at, true))).collect();
    let whole = starts.iter().find_map(|&(at, by)| {
        let place = Span::new(paragraph.start + sentence.start + at, paragraph.start + sentence.end);
        let place = text.trim(place);
        let statement = certain(text, place, by, skip)?;
        let whole = Span::new(place.start, (place.end + 1).min(paragraph.end));
        // 甲负责落实资金,乙配合 says what is to be done too
        let within = by || clause::has_object(text, place);
        Some(Clause { whole, words: place, statement, doubts: vec![Doubt::Sentence], within })
    });
    let whole = whole.or_else(|| point(text, sentence.shifted(paragraph.start), skip));
    // 由甲牵头,乙配合,于8月15日前完成…: what they have to do stands behind them
    // nothing stands before, or 会议明确; in minutes also what is to be done: 资金由甲负责落实,不少于…
    let begins = |at: &usize| {
        let before: String = words.get(..*at).unwrap_or_default().iter().filter(|char| !is_blank(**char)).collect();
        let minutes = &Knowledge::shipped().vocabulary.clause.sections.minutes;
        before.is_empty() || before.ends_with(',') && minutes.iter().any(|word| before.starts_with(word.as_str()))
    };
    let first = starts.iter().find(|(at, by)| *by && reach.takes_all() && (reach == Reach::Minutes || begins(at)));
    whole.or_else(|| {
        let (at, _) = first?;
        let from = Span::new(paragraph.start + sentence.start + at, paragraph.start + sentence.end);
        let (place, statement) = up_to_comma(text, from, skip)?;
        Some(Clause { whole: place, words: place, statement, doubts: vec![Doubt::Sentence], within: true })
    })
}

/// The statement that words begin with and that a comma ends: 甲牵头,乙配合,于8月15日前完成….
pub(super) fn up_to_comma(text: &Text, words: Span, skip: &[Span]) -> Option<(Span, Statement)> {
    let chars = text.folded(words);
    let commas = (0..chars.len()).rev().filter(|at| chars.get(*at) == Some(&','));
    commas.take(MOST_COMMAS).find_map(|comma| {
        let place = text.trim(Span::new(words.start, words.start + comma));
        let mut statement = certain(text, place, true, skip)?;
        let behind = text.trim(Span::new(words.start + comma + 1, words.end));
        let Some(others) = instruction::joining(text, behind) else { return Some((place, statement)) };
        let end = others.parties().last().map_or(place.end, |party| party.span.end);
        statement.open |= others.open;
        statement.groups.extend(others.groups);
        Some((Span::new(place.start, end), statement))
    })
}

/// The longest names in characters that a point may begin with.
const LONGEST_NAMES: usize = 60;

/// What a point says that begins with a body and goes on with its duty: 五是县财政局负责资金保障.
fn point(text: &Text, sentence: Span, skip: &[Span]) -> Option<Clause> {
    let place = text.trim(sentence);
    let head = text.folded(Span::new(place.start, place.end.min(place.start + LONGEST_NAMES)));
    if head.get(1) != Some(&'是') || !head.first().is_some_and(|char| numeral::is_numeral(*char)) {
        return None;
    }
    let verb = ["负责", "牵头"].into_iter().filter_map(|verb| {
        let verb: Vec<char> = verb.chars().collect();
        head.windows(verb.len()).position(|words| words == verb)
    });
    let verb = verb.min().map(|at| Span::new(place.start, place.start + at + 2))?;
    let statement = certain(text, verb, true, skip)?;
    Some(Clause { whole: verb, words: verb, statement, doubts: vec![Doubt::Sentence], within: true })
}

/// What stands before 由 where it opens no statement: 理由, 自由, and a colon, behind which somebody answers.
const ENDS_BY: [char; 7] = ['理', '自', '缘', '事', '经', '来', ':'];

/// The most phrases of a sentence that are looked at for its bodies.
const MOST_COMMAS: usize = 12;

/// What words say that are a statement beyond doubt; `by`: whether 由 opens them.
fn certain(text: &Text, place: Span, by: bool, skip: &[Span]) -> Option<Statement> {
    let statement = clause::parse(text, place, Frame::Clause, skip)?;
    let roles = |role: Role| statement.groups.iter().any(|group| group.stated && group.role == role);
    let certain = statement.parties().all(|party| party.likeness != Likeness::Unknown)
        && statement.unread.is_empty()
        && (by
            || statement.groups.iter().any(|group| group.role.leads())
            // 甲负责…,乙配合
            || roles(Role::Responsible) && roles(Role::Supporting))
        && statement.groups.iter().any(|group| group.role != Role::Supporting)
        && ends_with_role(text, without_due(text, place));
    certain.then_some(statement)
}

/// A sentence without the time limit that ends it: …参加,6月底前完成.
fn without_due(text: &Text, place: Span) -> Span {
    let comma = text.folded(place).iter().rposition(|char| *char == ',').map(|at| place.start + at);
    let due = comma.filter(|comma| clause::is_due(text, Span::new(comma + 1, place.end)));
    due.map_or(place, |comma| Span::new(place.start, comma))
}
