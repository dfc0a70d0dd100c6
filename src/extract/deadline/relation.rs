//! How the words around a date relate it to the task.

use super::printed::{Form, Grammar, Printed, Year};
use crate::extract::model::{DeadlineBasis, DeadlineRelation};

/// How a date governs a task, and on what evidence.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Said {
    pub(super) relation: DeadlineRelation,
    pub(super) basis: DeadlineBasis,
    /// How sure it is if the date lies ahead.
    pub(super) confidence: f64,
    /// Whether the words set a limit even where the date is past: 2017年底前.
    pub(super) strict: bool,
    /// The place behind the words.
    pub(super) end: usize,
}

impl Said {
    fn new(relation: DeadlineRelation, basis: DeadlineBasis, confidence: f64, end: usize) -> Self {
        Self { relation, basis, confidence, strict: false, end }
    }

    fn strict(self) -> Self {
        Self { strict: true, ..self }
    }
}

/// Length of 到, 截至, 自 … right before a date.
pub(super) fn lead(grammar: &Grammar, index: usize) -> usize {
    let words = grammar.words;
    let lists = [&words.until, &words.since, &words.at];
    lists.into_iter().filter_map(|list| grammar.cursor.last_of(index, list)).max().unwrap_or(0)
}

/// How the words around a date relate it to the task; none for a date that is no time limit.
pub(super) fn around(grammar: &Grammar, index: usize, printed: &Printed, listed: Option<Said>) -> Option<Said> {
    let (cursor, words) = (grammar.cursor, grammar.words);
    let end = printed.end;
    if cursor.first_of(end, &words.gone).is_some() {
        return None;
    }
    if let Some(said) = behind(grammar, end) {
        return Some(said);
    }
    if printed.form == Form::Feast {
        return None;
    }
    if let Some(said) = from_term(grammar, index, end) {
        return Some(said);
    }
    let named = [&words.named, &words.not_during].into_iter().any(|list| cursor.first_of(end, list).is_some());
    if printed.is_year() && !grammar.limit && named {
        return None;
    }
    // 6月、12月开展检查
    let month = matches!(printed.year, Year::Missing) && printed.month.is_some() && printed.form == Form::Plain;
    if let Some(said) = listed.filter(|_| month || matches!(printed.year, Year::Figures(_))) {
        return Some(Said { end, ..said });
    }
    // what is compared with, and (2018年): no limits
    let bracketed = cursor.before(index) == '(' && cursor.at(end) == ')';
    if !grammar.limit && (bracketed || cursor.last_of(index, &words.compared).is_some()) {
        return None;
    }
    let of = cursor.at(end) == '的';
    if let Some(length) = cursor.last_of(index, &words.since)
        && !of
    {
        let confidence = if cursor.opens(index - length) { 0.93 } else { 0.85 };
        return Some(Said::new(DeadlineRelation::From, DeadlineBasis::Since, confidence, end));
    }
    if let Some(length) = cursor.last_of(index, &words.until) {
        let verb = cursor.last_of(index - length, &words.not_until).is_some() && cursor.before(index) == '到';
        let counted = cursor.last_of(index, &words.counted).is_some();
        if !(verb || counted && of) {
            let said = Said::new(DeadlineRelation::By, DeadlineBasis::Until, 0.96, end);
            return Some(if counted { said } else { said.strict() });
        }
    }
    loosely(grammar, index, printed)
}

/// How far behind a date the 的 may stand that makes it tell which thing is meant, in characters.
const LONGEST_ATTRIBUTE: usize = 14;

/// 前, 起 or 内 behind a date.
fn behind(grammar: &Grammar, end: usize) -> Option<Said> {
    let (cursor, words) = (grammar.cursor, grammar.words);
    // 2019年12月31日前已开工的项目: so it was by then
    if let Some(length) = cursor.first_of(end, &words.before)
        && cursor.first_of(end, &words.not_before).is_none()
        && cursor.first_of(end + length, &words.done).is_none()
    {
        return Some(Said::new(DeadlineRelation::Before, DeadlineBasis::Before, 0.97, end + length).strict());
    }
    // 2021年1月1日以后新入统的: the date tells which
    let told = (end..end + LONGEST_ATTRIBUTE).take_while(|at| !cursor.closes(*at)).any(|at| cursor.at(at) == '的');
    if let Some(length) = cursor.first_of(end, &words.from)
        && cursor.first_of(end, &words.not_from).is_none()
        && !(told && cursor.starts(end, "以后"))
    {
        return Some(Said::new(DeadlineRelation::From, DeadlineBasis::From, 0.96, end + length).strict());
    }
    let length = cursor.first_of(end, &words.during)?;
    cursor
        .first_of(end, &words.not_during)
        .is_none()
        .then(|| Said::new(DeadlineRelation::During, DeadlineBasis::Within, 0.93, end + length))
}

/// 自2023年秋季学期起: a term stands between the year and 起.
fn from_term(grammar: &Grammar, index: usize, end: usize) -> Option<Said> {
    let (cursor, words) = (grammar.cursor, grammar.words);
    cursor.last_of(index, &words.since)?;
    let term = end + cursor.first_of(end, &words.terms)?;
    let length = cursor.first_of(term, &words.from)?;
    Some(Said::new(DeadlineRelation::From, DeadlineBasis::From, 0.92, term + length).strict())
}

/// A date without a word that says how it is meant: the end of a period, or what a sentence is about.
fn loosely(grammar: &Grammar, index: usize, printed: &Printed) -> Option<Said> {
    let (cursor, words) = (grammar.cursor, grammar.words);
    let end = printed.end;
    let attribute = cursor.at(end) == '的'
        || cursor.first_of(end, &words.attributes).is_some_and(|length| cursor.at(end + length) == '的');
    if printed.form == Form::End {
        return (!attribute || grammar.limit)
            .then(|| Said::new(DeadlineRelation::By, DeadlineBasis::PeriodEnd, 0.94, end));
    }
    if printed.form == Form::Course {
        return Some(Said::new(DeadlineRelation::During, DeadlineBasis::Within, 0.95, end));
    }
    if grammar.limit {
        let relation = if printed.form == Form::Plan { DeadlineRelation::During } else { DeadlineRelation::By };
        return Some(Said::new(relation, DeadlineBasis::Clause, 0.96, end));
    }
    // 2020年3、6、9、12月: the year of a list of months
    let digits = cursor.digits(end);
    if printed.is_year() && (1..=2).contains(&digits) && matches!(cursor.at(end + digits), '、' | '和') {
        return None;
    }
    let aimed = cursor.last_of(index, &words.aims).is_some();
    if matches!(printed.year, Year::Plan(_)) {
        return (aimed && printed.form == Form::Plain)
            .then(|| Said::new(DeadlineRelation::By, DeadlineBasis::Opening, 0.94, end));
    }
    if attribute {
        return None;
    }
    let reached = printed.is_year() && matches!(printed.year, Year::Figures(_));
    if reached && cursor.first_of(end, &words.reaching).is_some() {
        return Some(Said::new(DeadlineRelation::During, DeadlineBasis::Opening, 0.92, end));
    }
    if !aimed && !cursor.opens(index) || matches!(cursor.at(end), ')' | '》' | '"' | '/' | '%') {
        return None;
    }
    if printed.form == Form::Period {
        return Some(Said::new(DeadlineRelation::By, DeadlineBasis::Opening, if aimed { 0.95 } else { 0.93 }, end));
    }
    let comma = matches!(cursor.at(end), ',' | '、' | '和') || cursor.at(end) == ':' && printed.is_year();
    let verb = cursor.first_of(end, &words.openings).is_some() || cursor.at(end).is_ascii_digit();
    let confidence = match (comma, verb) {
        (true, _) if printed.is_year() => 0.93,
        (_, true) if printed.is_year() || printed.day.is_none() => 0.92,
        _ => 0.93,
    };
    // a word counted from the document's year stands in many names: 今年重点任务
    let loose = comma || verb || printed.is_year() && matches!(printed.year, Year::Figures(_)) && !aimed;
    let ends = cursor.at(end) == '\0' || printed.is_year() && matches!(cursor.at(end), '。' | ';');
    (loose && !ends).then(|| Said::new(DeadlineRelation::During, DeadlineBasis::Opening, confidence, end))
}
