//! Where clauses stand: in brackets, behind a label, on a line of their own.

use crate::diagnostic::{Code, Finding};
use crate::extract::clause::{self, Frame, Statement};
use crate::extract::confidence::Doubt;
use crate::extract::model::Role;
use crate::extract::object;
use crate::extract::party::{self, Likeness};
use crate::extract::token;
use crate::knowledge::Knowledge;
use crate::parse::{Column, column_kind};
use crate::span::{Span, Text, is_blank};

/// A clause found in a paragraph: the whole place with its brackets, the words within, and what they say.
pub(super) struct Clause {
    pub(super) whole: Span,
    pub(super) words: Span,
    pub(super) statement: Statement,
    /// Why it may be doubted that the words are a clause.
    pub(super) doubts: Vec<Doubt>,
    /// Where the words of its task end: right before it, or behind the sentence that it opens.
    pub(super) until: usize,
}

impl Clause {
    fn certain(whole: Span, words: Span, statement: Statement) -> Self {
        Self { whole, words, statement, doubts: Vec::new(), until: whole.start }
    }

    /// A statement that opens a sentence, which goes on with what is to be done.
    pub(super) fn opening(words: Span, statement: Statement, sentence: Span) -> Self {
        Self { whole: words, words, statement, doubts: vec![Doubt::Sentence], until: sentence.end }
    }
}

/// The statements in the lines of a cell, in brackets or behind labels: the place of each with its brackets, its words,
/// and what it says.
pub(in crate::extract) fn in_cell(text: &Text, cell: Span, skip: &[Span]) -> Vec<(Span, Span, Statement)> {
    let mut start = cell.start;
    let mut found = Vec::new();
    for line in text.folded(cell).split(|char| *char == '\n') {
        let place = text.trim(Span::new(start, start + line.len()));
        start += line.len() + 1;
        let clauses = clauses(text, place, None, skip, &mut Vec::new()).into_iter();
        found.extend(clauses.map(|clause| (clause.whole, clause.words, clause.statement)));
    }
    found
}

/// How far words are looked through for a statement.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Reach {
    /// Clauses in brackets, behind labels and on lines of their own.
    Clauses,
    /// Sentences that end a paragraph.
    LastSentence,
    /// All sentences.
    Sentences,
    /// All sentences, and those that tell bodies what to do: 请甲…, 甲会同乙….
    Notice,
    /// The same, and those that begin with bodies and what they are responsible for: 县财政局负责资金保障.
    Openings,
    /// The same in minutes, which say 甲要… too.
    Minutes,
}

impl Reach {
    /// Whether all sentences of a paragraph are looked at.
    pub(super) fn takes_all(self) -> bool {
        self == Self::Sentences || self.takes_instructions()
    }

    /// Whether sentences count that begin with bodies and what they are responsible for.
    pub(super) fn takes_openings(self) -> bool {
        matches!(self, Self::Openings | Self::Minutes)
    }

    /// Whether sentences count that tell a body what to do without a word for its part.
    pub(super) fn takes_instructions(self) -> bool {
        self == Self::Notice || self.takes_openings()
    }
}

/// The clauses of a paragraph, in order. `own_line`: where the paragraph may be a clause without brackets, whether it
/// stands in a numbered item.
pub(super) fn clauses(
    text: &Text,
    paragraph: Span,
    own_line: Option<bool>,
    skip: &[Span],
    findings: &mut Vec<Finding>,
) -> Vec<Clause> {
    let chars = text.folded(paragraph);
    if own_line.is_none() && !chars.contains(&'(') && !token::has_role_word(chars) {
        return Vec::new();
    }
    let mut clauses = bracketed(text, paragraph, chars, skip, findings);
    if clauses.is_empty()
        && let Some(clause) = labelled(text, paragraph, skip)
    {
        clauses.push(clause);
    }
    if clauses.is_empty()
        && let Some(numbered) = own_line
    {
        let words = without_stops(text, paragraph);
        let whole = clause::parse(text, words, Frame::Clause, skip)
            .filter(|statement| statement.unread.is_empty() && ends_with_role(text, words))
            // 市财政局负责资金的落实 has a task of its own
            .filter(|_| object::opening_verb(text, words).is_none())
            .filter(|statement| statement.parties().all(|party| party.likeness != Likeness::Unknown));
        clauses.extend(whole.map(|statement| Clause::certain(paragraph, words, statement)));
        let is_list = chars.contains(&'、') && !chars.iter().any(|char| matches!(char, '。' | ':'));
        if clauses.is_empty() && numbered && is_list {
            let list = clause::parse(text, words, Frame::Bare, skip).filter(|list| list.parties().count() > 1);
            clauses.extend(list.map(|statement| Clause::certain(paragraph, words, statement)));
        }
    }
    clauses
}

/// The longest clause in characters; what is longer is no clause, and its brackets are looked at one by one.
const LONGEST_CLAUSE: usize = 4000;

/// Clauses in brackets that stand at the end of a sentence.
fn bracketed(text: &Text, paragraph: Span, chars: &[char], skip: &[Span], findings: &mut Vec<Finding>) -> Vec<Clause> {
    let brackets = token::Brackets::of(chars);
    let at = |index: usize| chars.get(index).copied().unwrap_or('\0');
    let mut found = Vec::new();
    let mut index = 0;
    let last_open = chars.iter().rposition(|char| *char == '(');
    while index < chars.len() {
        if at(index) != '(' {
            index += 1;
            continue;
        }
        let close = match brackets.close_of(index) {
            Some(close) => close,
            // a bracket that nobody closed ends with the paragraph
            None if Some(index) == last_open => chars.len(),
            None => {
                index += 1;
                continue;
            }
        };
        if close - index > LONGEST_CLAUSE {
            index += 1;
            continue;
        }
        let words = text.trim(Span::new(paragraph.start + index + 1, paragraph.start + close));
        let before = chars.get(..index).unwrap_or_default().iter().rev().find(|char| !is_blank(**char)).copied();
        let after = chars.get(close + 1..).unwrap_or_default().iter().find(|char| !is_blank(**char)).copied();
        let begins = before.is_none_or(|char| is_stop(char) || char == ')');
        let ends = after.is_none_or(|char| is_stop(char) || char == '(');
        let inner = chars.get(index + 1..close).unwrap_or_default();
        let has_role = token::has_role_word(inner);
        // behind the clause something may stand that is no text
        let ends = ends || has_role && after.is_some_and(|char| char.is_ascii()) && ends_with_role(text, words);
        let stated = Some(())
            .filter(|()| has_role && (begins || ends))
            .and_then(|()| clause::parse(text, words, Frame::Clause, skip));
        let closes = after.is_none_or(|char| matches!(char, '。' | ';'));
        let follows = matches!(before, Some('。' | ';' | '!'));
        let statement = stated.or_else(|| {
            Some(())
                .filter(|()| closes || follows)
                .filter(|()| inner.split(|char| matches!(char, '、' | ',' | ';' | '。')).any(ends_as_body))
                .filter(|()| !names_body(chars.get(..index).unwrap_or_default()))
                .filter(|()| !is_kind(chars.get(..index).unwrap_or_default(), inner))
                .and_then(|()| {
                    let last = follows && after.is_none();
                    clause::parse(text, words, if last { Frame::Last } else { Frame::Bare }, skip)
                })
        });
        // 责任单位:甲局(责任科室:乙科): what brackets say of a listed body alone
        let is_of_one = || !begins && inner.contains(&':') && stands_in_list(text, paragraph, index);
        if let Some(statement) = statement.filter(|_| !is_of_one()) {
            let end = (paragraph.start + close + 1).min(paragraph.end);
            let mut clause = Clause::certain(Span::new(paragraph.start + index, end), words, statement);
            clause.doubts.extend((close == chars.len()).then_some(Doubt::UnclosedBracket));
            clause.doubts.extend((!ends).then_some(Doubt::WithinSentence));
            found.push(clause);
            index = close + 1;
            continue;
        }
        if after.is_none()
            && ends
            && words.len() <= 200
            && !skip.iter().any(|rule| rule.overlaps(words))
            && ends_with_role(text, words)
            && !inner.starts_with(&['以', '下'])
        {
            findings.push(unread(words));
        }
        // brackets within are looked at too, where they can hold a role
        index = if has_role && inner.contains(&'(') { index + 1 } else { close + 1 };
    }
    found
}

/// Whether a label stands before a place in its sentence.
fn stands_in_list(text: &Text, paragraph: Span, at: usize) -> bool {
    let before = token::lex(text, Span::new(paragraph.start, paragraph.start + at));
    let sentence = before.iter().rev().take_while(|lexeme| text.folded(lexeme.span) != ['。']);
    sentence.into_iter().any(|lexeme| matches!(lexeme.token, token::Token::Label(_)))
}

fn ends_as_body(words: &[char]) -> bool {
    let words: String = words.iter().collect();
    party::ends_as_body(words.trim_end_matches([')', '等', ' ']))
}

/// Whether words end with a body, whose other name brackets behind it may hold: 省农业农村厅(乡村振兴局).
fn names_body(before: &[char]) -> bool {
    let tail = before.get(before.len().saturating_sub(LONGEST_NAME)..).unwrap_or_default();
    (0..tail.len().saturating_sub(2)).any(|start| {
        let name: String = tail.get(start..).unwrap_or_default().iter().collect();
        party::likeness(&name) == Likeness::Known
    })
}

/// Whether brackets hold other kinds of places within the name of many, no body: 各乡镇(街道).
fn is_kind(before: &[char], inner: &[char]) -> bool {
    let tail = before.get(before.len().saturating_sub(LONGEST_NAME)..).unwrap_or_default();
    let starts = tail.iter().rposition(|char| *char == '各');
    let name: String = starts.and_then(|start| tail.get(start..)).unwrap_or_default().iter().collect();
    let kinds: String = inner.iter().collect();
    party::likeness(&name) == Likeness::Collective
        && kinds.split(['、', ',']).all(|kind| party::is_part_of_collective(kind.trim()))
}

/// The longest name in characters that another name in brackets is looked for behind.
const LONGEST_NAME: usize = 14;

/// A clause that a label opens: 责任单位：A、B, at the beginning of the paragraph or of a sentence.
fn labelled(text: &Text, paragraph: Span, skip: &[Span]) -> Option<Clause> {
    let lexemes = token::lex(text, paragraph);
    let mut begins = true;
    // a field of persons before it on the same line: 责任领导:张三,责任单位:甲局
    let mut persons: Option<usize> = None;
    for lexeme in &lexemes {
        match lexeme.token {
            token::Token::Aside if begins => {
                persons.get_or_insert(lexeme.span.start);
            }
            token::Token::Stop if text.slice(lexeme.span) == "。" => persons = None,
            _ => {}
        }
        if matches!(lexeme.token, token::Token::Label(_)) && begins {
            let end = next_field(text, Span::new(lexeme.span.end, paragraph.end)).unwrap_or(paragraph.end);
            // 以上任务责任单位:… is about what stands above
            let before = text.trim(Span::new(paragraph.start, lexeme.span.start));
            let scope = &Knowledge::shipped().vocabulary.conventions.scope.backward;
            let above = scope.longest_at(text.folded(before), 0).filter(|length| *length == before.len());
            let start = above.map_or(lexeme.span.start, |_| before.start);
            let words = without_stops(text, Span::new(start, end));
            let statement = clause::parse(text, words, Frame::Clause, skip)?;
            return Some(Clause::certain(Span::new(persons.unwrap_or(words.start), end), words, statement));
        }
        begins = matches!(lexeme.token, token::Token::Stop | token::Token::Blank | token::Token::Mark);
    }
    None
}

/// The lengths in characters of labels of other fields, the likeliest first.
const FIELD: [usize; 2] = [4, 2];

/// Where a label begins that says what is to be done, in a paragraph whose lines were run together: 整改措施:….
fn next_field(text: &Text, behind: Span) -> Option<usize> {
    let chars = text.folded(behind);
    let colons = chars.iter().enumerate().filter(|(_, char)| **char == ':').map(|(at, _)| at);
    let begins = |colon: usize| {
        // 时间要求 is no 要求
        let mut starts = FIELD.into_iter().filter(|length| *length <= colon).map(|length| colon - length);
        let kind = |start: usize| column_kind(text.slice(Span::new(behind.start + start, behind.start + colon)));
        let (start, kind) = starts.find_map(|start| Some((start, kind(start)?)))?;
        matches!(kind, Column::Task | Column::Measure | Column::Indicator).then_some(start)
    };
    colons.take(MOST_FIELDS).find_map(begins).map(|start| behind.start + start)
}

/// How many colons behind a label are looked at for other fields.
const MOST_FIELDS: usize = 8;

/// A place that looks like a responsibility clause and could not be read.
pub(in crate::extract) fn unread(words: Span) -> Finding {
    Finding::new(
        Code::UnreadClause,
        words,
        "像责任条款，但没有读懂",
        "this looks like a responsibility clause and could not be read",
    )
    .with_hint("请写明部门名称，如“（市财政局负责）”", "name the departments, as in （市财政局负责）")
}

pub(super) fn ends_with_role(text: &Text, words: Span) -> bool {
    let lexemes = token::lex(text, words);
    let is_list = |token: token::Token| matches!(token, token::Token::Words | token::Token::Separator);
    let is_end = |token: token::Token| !matches!(token, token::Token::Stop | token::Token::Blank);
    let mut ends = lexemes.iter().rev().filter(|lexeme| is_end(lexeme.token));
    match ends.next() {
        Some(last) if matches!(last.token, token::Token::Verb(_) | token::Token::Manner(_)) => true,
        // 甲牵头,会同乙、丙, and 甲负责,乙协助落实资金
        Some(last) if is_list(last.token) => {
            let supports = object::verb_within(text, last.span).is_some_and(|(_, role)| role == Role::Supporting);
            let stated = || lexemes.iter().any(|lexeme| matches!(lexeme.token, token::Token::Verb(_)));
            supports && stated()
                || ends.find(|lexeme| !is_list(lexeme.token)).map(|lexeme| lexeme.token) == Some(token::Token::Together)
        }
        _ => false,
    }
}

fn is_stop(char: char) -> bool {
    matches!(char, '。' | ';' | '!' | '?' | '.' | '"' | ',' | '、' | ':')
}

/// The span without full stops and blanks at either end.
pub(super) fn without_stops(text: &Text, span: Span) -> Span {
    let words = text.folded(span);
    let is_end = |char: char| is_blank(char) || matches!(char, '。' | ';' | ',' | '、');
    let is_tail = |char: char| is_blank(char) || matches!(char, ';' | ',' | '、' | '•' | '※' | '▪' | '-');
    let tail = words.iter().rev().take_while(|char| is_tail(**char)).count();
    let lead = words.iter().take_while(|char| is_end(**char)).count();
    Span::new((span.start + lead).min(span.end), span.end.saturating_sub(tail).max(span.start))
}
