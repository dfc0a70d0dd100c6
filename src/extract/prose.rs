//! Tasks in prose: items with responsibility clauses, and outlines that were tables.

use std::collections::{HashMap, HashSet};

use super::clause::{self, Frame, Statement};
use super::draft::{self, Draft};
use super::model::{Convention, Role};
use super::party::{self, Likeness};
use super::token;
use crate::diagnostic::{Code, Finding};
use crate::parse::{Document, Node};
use crate::span::{Span, Text, fold, is_blank};

/// A clause found in a paragraph: the whole place with its brackets, the words within, and what they say.
struct Clause {
    whole: Span,
    words: Span,
    statement: Statement,
}

/// Finds the tasks of the outline.
pub(super) fn drafts(document: &Document, rules: &[Convention], findings: &mut Vec<Finding>) -> Vec<Draft> {
    let skip: Vec<Span> = rules.iter().map(|rule| rule.span).collect();
    let parents: HashSet<usize> = document.nodes.iter().filter_map(|node| node.parent).collect();
    let mut cells: HashMap<Option<usize>, (Span, Statement)> = HashMap::new();
    let mut drafts = Vec::new();
    for (index, node) in document.nodes.iter().enumerate() {
        if !node.in_table {
            item(document, node, &skip, &mut drafts, findings);
            continue;
        }
        // a cell covers the items below it up to the next cell; none runs across a heading
        let own = cell_statement(document, node, &skip);
        let inherited = own.is_none();
        if parents.contains(&index) {
            cells.extend(own.map(|cell| (Some(index), cell)));
        } else if let Some(cell) = own.or_else(|| cells.get(&node.parent).cloned()) {
            cells.insert(node.parent, cell.clone());
            drafts.extend(row(document, node, cell, inherited, &skip));
        }
    }
    drafts
}

/// The tasks of one item: every clause closes one.
fn item(document: &Document, node: &Node, skip: &[Span], drafts: &mut Vec<Draft>, unread_items: &mut Vec<Finding>) {
    let text = &document.text;
    let mut pending: Vec<Span> = Vec::new();
    let mut found: Vec<Draft> = Vec::new();
    let mut findings = Vec::new();
    let mut last_end = None;
    for (index, &paragraph) in node.paragraphs.iter().enumerate() {
        let mut start = paragraph.start;
        for clause in clauses(text, paragraph, index > 0 && !pending.is_empty(), skip, &mut findings) {
            let words = text.trim(without_stops(text, Span::new(start, clause.whole.start)));
            if !words.is_empty() {
                pending.push(words);
            }
            start = clause.whole.end;
            last_end = Some(clause.whole.end);
            match found.last_mut() {
                // a clause right behind another adds to it: (A牵头)(B配合)
                Some(last) if pending.is_empty() => {
                    if let Some(statement) = &mut last.statement {
                        statement.groups.extend(clause.statement.groups);
                        statement.open |= clause.statement.open;
                    }
                    last.clause.push(clause.words);
                    last.due.push(clause.words);
                    last.span = last.span.to(clause.whole);
                }
                _ => {
                    let words = std::mem::take(&mut pending);
                    let first = words.first().copied().unwrap_or(clause.whole);
                    let mut draft = Draft::new(first.to(clause.whole));
                    draft.words = words;
                    draft.clause.push(clause.words);
                    draft.due.push(clause.words);
                    draft.statement = Some(clause.statement);
                    found.push(draft);
                }
            }
        }
        let rest = text.trim(without_stops(text, Span::new(start, paragraph.end)));
        if rest.is_empty() || skip.iter().any(|rule| rule.overlaps(rest)) {
            continue;
        }
        match found.last_mut() {
            // 完成时限:… on a line behind the clause
            Some(last) if token::is_due_label(text, rest) => last.due.push(rest),
            // words behind the clause of their own paragraph belong to its task
            Some(last) if start > paragraph.start => last.words.push(rest),
            _ => pending.push(rest),
        }
    }
    if found.is_empty() {
        unread_items.append(&mut findings);
        return;
    }
    let above = draft::ancestors(document, node);
    let (path, labels) = draft::path(document, &above);
    let several = found.len() > 1;
    let label = node.label.as_ref();
    for (index, mut draft) in found.into_iter().enumerate() {
        draft.printed = label.map(|label| label.text.clone()).unwrap_or_default();
        draft.part = if several && label.is_some() { index + 1 } else { 0 };
        draft.path.clone_from(&path);
        draft.above.clone_from(&labels);
        draft.title = draft.words.first().and_then(|words| title(text.slice(*words)));
        if index == 0 {
            draft.span = node.span.to(draft.span);
            draft.span.end = last_end.map_or(draft.span.end, |end| end.min(draft.span.end));
            draft.findings.append(&mut findings);
        }
        drafts.push(draft);
    }
}

/// A row of an outline that was a table.
fn row(document: &Document, node: &Node, cell: (Span, Statement), inherited: bool, skip: &[Span]) -> Option<Draft> {
    let label = node.label.as_ref()?;
    let text = &document.text;
    let (cell, statement) = cell;
    let above = draft::ancestors(document, node);
    let (path, labels) = draft::path(document, &above);
    let mut draft = Draft::new(node.span);
    draft.printed.clone_from(&label.text);
    draft.above = labels;
    draft.path = path;
    draft.words.clone_from(&node.paragraphs);
    let is_rule = |words: Span| skip.iter().any(|rule| rule.overlaps(words));
    draft.words.extend(node.cells.iter().filter(|other| (inherited || **other != cell) && !is_rule(**other)));
    draft.title = node.paragraphs.first().and_then(|words| title(text.slice(*words)));
    draft.clause.push(cell);
    draft.statement = Some(statement);
    draft.inherited = inherited;
    Some(draft)
}

fn cell_statement(document: &Document, node: &Node, skip: &[Span]) -> Option<(Span, Statement)> {
    node.cells.iter().rev().find_map(|cell| {
        clause::parse(&document.text, *cell, Frame::Cell(Role::Responsible), skip).map(|statement| (*cell, statement))
    })
}

/// The clauses of a paragraph, in order. `own_line`: whether the paragraph may be a clause without brackets.
fn clauses(text: &Text, paragraph: Span, own_line: bool, skip: &[Span], findings: &mut Vec<Finding>) -> Vec<Clause> {
    let folded: String = text.slice(paragraph).chars().map(fold).collect();
    if !token::has_role_word(&folded) && !folded.contains('(') {
        return Vec::new();
    }
    let chars: Vec<char> = folded.chars().collect();
    let mut clauses = bracketed(text, paragraph, &chars, skip, findings);
    if clauses.is_empty()
        && let Some(clause) = labelled(text, paragraph, skip)
    {
        clauses.push(clause);
    }
    if clauses.is_empty() && own_line {
        let words = without_stops(text, paragraph);
        let whole = clause::parse(text, words, Frame::Clause, skip)
            .filter(|statement| statement.unread.is_empty() && ends_with_role(text, words));
        clauses.extend(whole.map(|statement| Clause { whole: paragraph, words, statement }));
    }
    if clauses.is_empty() {
        clauses.extend(last_sentence(text, paragraph, &chars, skip));
    }
    clauses
}

/// A clause without brackets that ends a paragraph: …。由甲牵头,乙配合。 Only one that says who leads is taken.
fn last_sentence(text: &Text, paragraph: Span, chars: &[char], skip: &[Span]) -> Option<Clause> {
    let end = chars.iter().rposition(|char| !is_blank(*char) && *char != '。')? + 1;
    let start = chars.get(..end)?.iter().rposition(|char| matches!(char, '。' | ';'))? + 1;
    if end - start > LONGEST_CLAUSE {
        return None;
    }
    let words = text.trim(Span::new(paragraph.start + start, paragraph.start + end));
    let statement = clause::parse(text, words, Frame::Clause, skip)?;
    let certain = statement.parties().all(|party| party.likeness != Likeness::Unknown)
        && statement.unread.is_empty()
        && statement.groups.iter().any(|group| group.role.leads())
        && ends_with_role(text, words);
    certain.then_some(Clause { whole: Span::new(words.start, paragraph.end), words, statement })
}

/// The longest clause in characters; what is longer is no clause, and its brackets are looked at one by one.
const LONGEST_CLAUSE: usize = 4000;

/// Clauses in brackets that stand at the end of a sentence.
fn bracketed(text: &Text, paragraph: Span, chars: &[char], skip: &[Span], findings: &mut Vec<Finding>) -> Vec<Clause> {
    let closes = token::matching_brackets(chars);
    let at = |index: usize| chars.get(index).copied().unwrap_or('\0');
    let mut found = Vec::new();
    let mut index = 0;
    let last_open = chars.iter().rposition(|char| *char == '(');
    while index < chars.len() {
        if at(index) != '(' {
            index += 1;
            continue;
        }
        let close = match closes.get(&index) {
            Some(&close) => close,
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
        let inner: String = chars.get(index + 1..close).unwrap_or_default().iter().collect();
        let statement = if token::has_role_word(&inner) {
            Some(()).filter(|()| begins || ends).and_then(|()| clause::parse(text, words, Frame::Clause, skip))
        } else {
            let closes = after.is_none_or(|char| matches!(char, '。' | ';'));
            Some(())
                .filter(|()| closes && party::ends_as_body(inner.trim_end_matches(')')))
                .and_then(|()| clause::parse(text, words, Frame::Bare, skip))
        };
        if let Some(statement) = statement {
            let end = (paragraph.start + close + 1).min(paragraph.end);
            found.push(Clause { whole: Span::new(paragraph.start + index, end), words, statement });
            index = close + 1;
            continue;
        }
        if after.is_none() && ends && words.len() <= 200 && ends_with_role(text, words) && !inner.starts_with("以下")
        {
            findings.push(unread(words));
        }
        // brackets within are looked at too, where they can hold a role
        index = if token::has_role_word(&inner) && inner.contains('(') { index + 1 } else { close + 1 };
    }
    found
}

/// A clause that a label opens: 责任单位：A、B, at the beginning of the paragraph or of a sentence.
fn labelled(text: &Text, paragraph: Span, skip: &[Span]) -> Option<Clause> {
    let lexemes = token::lex(text, paragraph);
    let mut begins = true;
    for lexeme in &lexemes {
        if matches!(lexeme.token, token::Token::Label(_)) && begins {
            let words = without_stops(text, Span::new(lexeme.span.start, paragraph.end));
            let statement = clause::parse(text, words, Frame::Clause, skip)?;
            return Some(Clause { whole: Span::new(words.start, paragraph.end), words, statement });
        }
        begins = matches!(lexeme.token, token::Token::Stop | token::Token::Blank);
    }
    None
}

/// A place that looks like a responsibility clause and could not be read.
pub(super) fn unread(words: Span) -> Finding {
    Finding::new(
        Code::UnreadClause,
        words,
        "像责任条款，但没有读懂",
        "this looks like a responsibility clause and could not be read",
    )
    .with_hint("请写明部门名称，如“（市财政局负责）”", "name the departments, as in （市财政局负责）")
}

fn ends_with_role(text: &Text, words: Span) -> bool {
    let lexemes = token::lex(text, words);
    lexemes
        .iter()
        .rev()
        .find(|lexeme| !matches!(lexeme.token, token::Token::Stop | token::Token::Blank))
        .is_some_and(|lexeme| matches!(lexeme.token, token::Token::Verb(_)))
}

fn is_stop(char: char) -> bool {
    matches!(char, '。' | ';' | '!' | '?' | '.' | '"' | ',' | '、' | ':')
}

/// The span without full stops and blanks at either end.
fn without_stops(text: &Text, span: Span) -> Span {
    let is_end = |char: char| is_blank(char) || matches!(fold(char), '。' | ';' | ',' | '、');
    let words = text.slice(span);
    let tail =
        words.chars().rev().take_while(|char| is_blank(*char) || matches!(fold(*char), ';' | ',' | '、')).count();
    let lead = words.chars().take_while(|char| is_end(*char)).count();
    Span::new((span.start + lead).min(span.end), span.end.saturating_sub(tail).max(span.start))
}

/// The longest first sentence in characters that is taken for a heading.
const LONGEST_TITLE: usize = 30;

/// The heading that a task begins with: a short first sentence with more behind it.
fn title(words: &str) -> Option<String> {
    let (first, rest) = words.split_once('。')?;
    let short = first.chars().count() <= LONGEST_TITLE && !first.contains(['，', ',', '；', '\n']);
    (short && !rest.trim().is_empty()).then(|| first.to_owned())
}
