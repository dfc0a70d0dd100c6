//! Sentences without brackets that say who is responsible.

use super::place::{Clause, Reach, ends_with_role};
use super::{instruction, item};
use crate::extract::clause::{self, Frame, Statement};
use crate::extract::confidence::Doubt;
use crate::extract::model::Role;
use crate::extract::object;
use crate::extract::party::{self, Likeness};
use crate::extract::token;
use crate::knowledge::Knowledge;
use crate::numeral;
use crate::span::{Span, Text, is_blank};

/// The sentences of a paragraph that say who is responsible: …,由甲牵头,乙配合。
pub(super) fn sentences(text: &Text, paragraph: Span, reach: Reach, skip: &[Span]) -> Vec<Clause> {
    let stated = token::has_role_word(text.folded(paragraph));
    if !stated && !reach.takes_instructions() {
        return Vec::new();
    }
    let read = |place: Span| -> Vec<Clause> {
        let parts = if stated { parts(text, place, skip) } else { vec![place] };
        let several = parts.len() > 1;
        let part = |part: Span| {
            let told = || instruction::read(text, part, reach, skip);
            let opening = || {
                let surely = several || reach.takes_openings() || is_point(text, part);
                let may_open = stated && (surely || text.folded(text.trim(part)).first() == Some(&'由'));
                let (names, statement) = may_open.then(|| begins(text, part, skip)).flatten()?;
                Some(Clause::opening(names, statement, with_stop(part, paragraph)))
            };
            let may_say = stated || reach == Reach::Minutes;
            let said = may_say.then(|| sentence(text, part, paragraph, reach, skip)).flatten();
            said.or_else(told).or_else(opening)
        };
        parts.into_iter().filter_map(part).collect()
    };
    let sentences: Vec<Span> = split(text, paragraph).collect();
    if reach.takes_all() {
        return sentences.into_iter().filter(|sentence| sentence.len() <= LONGEST_SENTENCE).flat_map(read).collect();
    }
    // the last sentence, and those right before it that say so too
    let short = sentences.into_iter().rev().take_while(|sentence| sentence.len() <= LONGEST_SENTENCE);
    let mut found: Vec<Vec<Clause>> = short.map(read).take_while(|clauses| !clauses.is_empty()).collect();
    found.reverse();
    found.into_iter().flatten().collect()
}

/// The sentences of a paragraph, without the stops that end them.
pub(super) fn split(text: &Text, paragraph: Span) -> impl Iterator<Item = Span> {
    let mut start = paragraph.start;
    let sentences = text.folded(paragraph).split(|char| matches!(char, '。' | ';')).map(move |words| {
        let sentence = Span::new(start, start + words.len());
        start = sentence.end + 1;
        sentence
    });
    sentences.filter(|sentence| !text.trim(*sentence).is_empty())
}

/// The longest sentence in characters that may say who is responsible.
const LONGEST_SENTENCE: usize = 300;

/// The parts of a sentence that each say who is responsible for what: 由甲负责选址,由乙负责建设; 生产由甲负责,流通由乙负责.
fn parts(text: &Text, sentence: Span, skip: &[Span]) -> Vec<Span> {
    let mut parts: Vec<Span> = Vec::new();
    let mut start = sentence.start;
    for phrase in text.folded(sentence).split(|char| *char == ',') {
        let place = Span::new(start, start + phrase.len());
        start = place.end + 1;
        match parts.last_mut() {
            _ if token::has_role_word(phrase) && says_of_what(text, text.trim(place), skip) => parts.push(place),
            Some(last) => last.end = place.end,
            None => {}
        }
    }
    match parts.first_mut() {
        Some(first) => first.start = sentence.start,
        None => parts.push(sentence),
    }
    parts
}

/// Whether a phrase says who is responsible, and for what.
fn says_of_what(text: &Text, phrase: Span, skip: &[Span]) -> bool {
    let by = places_of_by(text.folded(phrase)).next();
    // 具体工作由甲负责 is about what was said before
    let lead_in = &Knowledge::shipped().vocabulary.clause.lead_in.words;
    let has_subject = |by: usize| {
        let subject = text.slice(Span::new(phrase.start, phrase.start + by + 1));
        by >= SHORTEST_SUBJECT && !lead_in.iter().any(|words| words == subject)
    };
    let stated = |by: usize| certain(text, Span::new(phrase.start + by, phrase.end), true, skip).is_some();
    with_object(text, phrase, skip).is_some() || by.is_some_and(|by| has_subject(by) && stated(by))
}

/// The fewest characters before 由 that say what somebody does.
const SHORTEST_SUBJECT: usize = 2;

/// What stands before 由 where it opens no statement: 理由, 自由, and a colon, behind which somebody answers.
const ENDS_BY: [char; 7] = ['理', '自', '缘', '事', '经', '来', ':'];

/// Where 由 may open a statement.
fn places_of_by(words: &[char]) -> impl Iterator<Item = usize> {
    let may_open = |at: &usize| {
        let before = at.checked_sub(1).and_then(|before| words.get(before));
        // 保障组:由…
        let is_group = || {
            let name: String = words.get(..at - 1).unwrap_or_default().iter().collect();
            before == Some(&':') && party::ends_as_body(&name)
        };
        before.is_none_or(|char| !ENDS_BY.contains(char)) || is_group()
    };
    (0..words.len()).filter(|at| words.get(*at) == Some(&'由')).filter(may_open)
}

/// A sentence with the sign that ends it.
fn with_stop(sentence: Span, paragraph: Span) -> Span {
    Span::new(sentence.start, (sentence.end + 1).min(paragraph.end))
}

/// What a sentence says.
fn sentence(text: &Text, sentence: Span, paragraph: Span, reach: Reach, skip: &[Span]) -> Option<Clause> {
    let words = text.folded(sentence);
    // 此项工作由甲牵头: words before 由 may be nothing but its lead-in
    let opens = (!matches!(words.first(), Some('由'))).then_some((0, false));
    let starts: Vec<(usize, bool)> = opens.into_iter().chain(places_of_by(words).map(|at| (at, true))).collect();
    let whole = starts.iter().find_map(|&(at, by)| {
        let place = text.trim(Span::new(sentence.start + at, sentence.end));
        // 县水利局负责。 is nothing but a statement, 责成县水利局…负责 tells what to do
        let told = || Knowledge::shipped().vocabulary.clause.instructions.openers.longest_at(words, at).is_some();
        let bare = !by && !told() && !object::has_object(text, place);
        let statement = certain(text, place, by || bare, skip)?;
        let whole = with_stop(place, paragraph);
        // 甲牵头,乙配合,6月底前出台办法: with nothing before it, all that is to be done stands behind
        let names = without_due(text, place);
        if names != place && text.trim(Span::new(paragraph.start, place.start)).is_empty() {
            return Some(Clause::opening(names, statement, whole));
        }
        // 甲负责落实资金,乙配合 says what is to be done too
        let until = if by || object::has_object(text, place) { whole.end } else { whole.start };
        Some(Clause { whole, words: place, statement, doubts: vec![Doubt::Sentence], until })
    });
    // 由甲牵头,乙配合,于8月15日前完成…: what they have to do stands behind them
    // nothing stands before, or 会议明确; in minutes also what is to be done: 资金由甲负责落实,不少于…
    let leads_in = |at: &usize| {
        let before: String = words.get(..*at).unwrap_or_default().iter().filter(|char| !is_blank(**char)).collect();
        let minutes = &Knowledge::shipped().vocabulary.clause.sections.minutes;
        before.is_empty() || before.ends_with(',') && minutes.iter().any(|word| before.starts_with(word.as_str()))
    };
    let comma = words.iter().position(|char| *char == ',').unwrap_or(words.len());
    let phrase = text.trim(Span::new(sentence.start, sentence.start + comma));
    let may_open = |at: &usize| reach == Reach::Minutes || leads_in(at) || says_of_what(text, phrase, skip);
    let first = starts.iter().find(|(at, by)| *by && reach.takes_all() && may_open(at));
    let opening = || {
        let (at, _) = first?;
        let (names, statement) = up_to_comma(text, Span::new(sentence.start + at, sentence.end), skip)?;
        Some(Clause::opening(names, statement, with_stop(sentence, paragraph)))
    };
    // 原则同意方案,由甲按程序报批: minutes say who does what was decided
    let decided = || {
        let mut places = places_of_by(words).filter(|_| reach == Reach::Minutes).take(MOST_DECISIONS);
        places.find_map(|at| instruction::read(text, Span::new(sentence.start + at, sentence.end), reach, skip))
    };
    // 由甲会同乙于3月底前落实: by when tells that it is asked
    let due = || {
        let mut places = places_of_by(words).take(MOST_DECISIONS);
        let asked = places.find_map(|at| {
            instruction::read(text, Span::new(sentence.start + at, sentence.end), Reach::Minutes, skip)
        })?;
        let behind = text.trim(Span::new(asked.words.end, sentence.end));
        let by = text.folded(behind).first() == Some(&'于');
        (by && clause::is_only_due(text, Span::new(behind.start + 1, behind.end)))
            .then_some(Clause { whole: with_stop(behind, paragraph), ..asked })
    };
    let closing = || closing(text, sentence, paragraph, skip);
    whole.or_else(opening).or_else(closing).or_else(due).or_else(decided)
}

/// What the end of a sentence says behind a comma: 加强巡查,县公安局牵头,县交通局配合.
fn closing(text: &Text, sentence: Span, paragraph: Span, skip: &[Span]) -> Option<Clause> {
    let words = text.folded(sentence);
    let commas = (0..words.len()).rev().filter(|at| words.get(*at) == Some(&',')).take(MOST_COMMAS);
    let starts = commas.map(|at| text.trim(Span::new(sentence.start + at + 1, sentence.end)));
    // bodies and their parts, as far as they go back without a gap
    let read = |place: Span| {
        let statement = certain(text, place, true, skip)?;
        let first = statement.parties().next()?;
        (first.likeness == Likeness::Known && first.span.start == place.start).then_some((place, statement))
    };
    let (place, statement) = starts.filter_map(read).last()?;
    if object::has_object(text, place) || !statement.groups.iter().all(|group| group.stated) {
        return None;
    }
    let whole = with_stop(place, paragraph);
    Some(Clause { whole, words: place, statement, doubts: vec![Doubt::Sentence], until: whole.start })
}

/// How many 由 of a sentence are looked at for who does what was decided.
const MOST_DECISIONS: usize = 3;

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

/// The most phrases of a sentence that are looked at for its bodies.
const MOST_COMMAS: usize = 12;

/// Whether words say, in their first sentence or in the one behind a heading, whose work it is: 县财政局负责资金保障;
/// 交通管控。县公安局牵头,县交通局配合,24小时值守.
pub(super) fn opens(text: &Text, paragraph: Span, skip: &[Span]) -> bool {
    opens_with(text, paragraph, |sentence| begins(text, sentence, skip).is_some())
}

/// Whether the first sentence of words says something, or the one behind a heading.
pub(super) fn opens_with(text: &Text, words: Span, says: impl Fn(Span) -> bool) -> bool {
    let mut sentences = split(text, words);
    let Some(first) = sentences.next() else { return false };
    says(first) || item::is_heading(text, first) && sentences.next().is_some_and(says)
}

/// Whether a sentence is a point of several: 五是县财政局负责资金保障.
pub(super) fn is_point(text: &Text, sentence: Span) -> bool {
    let head = text.folded(text.trim(sentence));
    head.get(1) == Some(&'是') && head.first().is_some_and(|char| numeral::is_numeral(*char))
}

/// The bodies that words begin with, and what they say of them: 甲牵头,乙配合,…; 甲负责资金保障.
fn begins(text: &Text, words: Span, skip: &[Span]) -> Option<(Span, Statement)> {
    let whole = || Some((words, certain(text, words, true, skip)?));
    let said = up_to_comma(text, words, skip).or_else(|| with_object(text, words, skip)).or_else(whole);
    said.filter(|_| !is_told(text.folded(words)))
}

/// Whether words tell what was done: 县卫健局汇报了….
pub(super) fn is_told(chars: &[char]) -> bool {
    let past = &Knowledge::shipped().vocabulary.clause.instructions.past;
    (0..chars.len()).any(|at| past.longest_at(chars, at).is_some())
}

/// The bodies that words begin with, and a verb behind them that goes on with what they lead or are responsible for.
fn with_object(text: &Text, words: Span, skip: &[Span]) -> Option<(Span, Statement)> {
    let place = text.trim(words);
    let opening = Span::new(place.start, object::opening_verb(text, place)?);
    Some((opening, certain(text, opening, true, skip)?))
}

/// What words say that are a statement beyond doubt; `by`: whether 由 opens them.
fn certain(text: &Text, place: Span, by: bool, skip: &[Span]) -> Option<Statement> {
    let statement = clause::parse(text, place, Frame::Clause, skip)?;
    let roles = |role: Role| statement.groups.iter().any(|group| group.stated && group.role == role);
    let certain = statement.parties().all(|party| party.likeness != Likeness::Unknown && !party.is_strange())
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
    let due = comma.filter(|comma| clause::is_only_due(text, Span::new(comma + 1, place.end)));
    due.map_or(place, |comma| Span::new(place.start, comma))
}
