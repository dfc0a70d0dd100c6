//! Finding what a correction speaks of, also after the document was edited or read anew.

use super::entry::{Entry, Subject};
use crate::extract::{Extraction, Task};
use crate::span::{Span, Text, fold_str, is_blank};

/// How alike the first words must be where neither they nor the number are the same.
const ALIKE: f64 = 0.75;
/// How alike they must be where the number is the same.
const ALIKE_BY_NUMBER: f64 = 0.5;
/// By how much the best must be more alike than the next.
const MARGIN: f64 = 0.1;

/// Why nothing was found.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Miss {
    /// No such task; the one most like it.
    NoTask(Option<usize>),
    /// Several tasks are addressed alike.
    SeveralTasks,
    /// The task, which has no such claim; words for those that it has.
    NoClaim(usize, Vec<String>),
    /// The task, in which several claims are addressed alike.
    SeveralClaims(usize),
}

/// Words by which claims are compared: letters and digits only, half-width.
pub(super) fn plain(words: &str) -> String {
    fold_str(words).chars().filter(|char| char.is_alphanumeric()).collect()
}

fn without_blanks(words: &str) -> String {
    fold_str(words).chars().filter(|char| !is_blank(*char)).collect()
}

/// The tasks that a correction speaks of: one, or all where it names none.
pub(super) fn tasks(extraction: &Extraction, entry: &Entry) -> Result<Vec<usize>, Miss> {
    if entry.task.is_none() && entry.anchor.is_none() {
        return Ok((0..extraction.tasks.len()).collect());
    }
    task(&extraction.tasks, entry).map(|index| vec![index])
}

fn task(tasks: &[Task], entry: &Entry) -> Result<usize, Miss> {
    let wanted = entry.task.as_deref().map(without_blanks);
    let numbered =
        |index: &usize| wanted.is_some() && tasks.get(*index).map(|task| without_blanks(&task.label)) == wanted;
    let anchor = entry.anchor.as_deref().map(plain).filter(|anchor| !anchor.is_empty());
    let Some(anchor) = anchor else {
        let found: Vec<usize> = (0..tasks.len()).filter(numbered).collect();
        return one(&found, Miss::NoTask(None), Miss::SeveralTasks);
    };
    let words: Vec<String> = tasks.iter().map(|task| plain(&task.text)).collect();
    let tests: [&dyn Fn(&str) -> bool; 2] = [&|text| text.starts_with(&anchor), &|text| text.contains(&anchor)];
    for test in tests {
        let found: Vec<usize> =
            words.iter().enumerate().filter(|(_, text)| test(text)).map(|(index, _)| index).collect();
        match found.as_slice() {
            [] => {}
            [only] => return Ok(*only),
            several => {
                let same: Vec<usize> = several.iter().copied().filter(numbered).collect();
                return one(&same, Miss::SeveralTasks, Miss::SeveralTasks);
            }
        }
    }
    most_alike(&words, &anchor, numbered)
}

/// The task whose first words are most like the anchor, if it is so beyond doubt.
fn most_alike(texts: &[String], anchor: &str, numbered: impl Fn(&usize) -> bool) -> Result<usize, Miss> {
    let length = anchor.chars().count();
    let mut scores: Vec<(f64, usize)> = texts
        .iter()
        .enumerate()
        .map(|(index, text)| {
            let first: String = text.chars().take(length).collect();
            (strsim::normalized_damerau_levenshtein(anchor, &first), index)
        })
        .collect();
    scores.sort_by(|a, b| b.0.total_cmp(&a.0));
    let next = scores.get(1).map_or(0.0, |score| score.0);
    match scores.first() {
        Some(&(score, index)) if score >= ALIKE && score - next >= MARGIN => Ok(index),
        Some(&(score, index)) if score >= ALIKE_BY_NUMBER && numbered(&index) && score - next >= MARGIN => Ok(index),
        best => Err(Miss::NoTask(best.filter(|best| best.0 > 0.3).map(|best| best.1))),
    }
}

fn one(found: &[usize], none: Miss, several: Miss) -> Result<usize, Miss> {
    match found {
        [] => Err(none),
        [only] => Ok(*only),
        _ => Err(several),
    }
}

/// Index of the claim within its task that a correction speaks of; 0 for the task itself.
pub(super) fn claim(text: &Text, task: &Task, index: usize, entry: &Entry) -> Result<usize, Miss> {
    let printed = |span: Span| text.slice(span).to_owned();
    let names: Vec<[String; 2]> = match &entry.subject {
        Subject::Party(_) => {
            task.responsibilities.iter().map(|party| [party.name.clone(), printed(party.span)]).collect()
        }
        Subject::Indicator(_) => {
            task.indicators.iter().map(|figure| [printed(figure.span), figure.name.clone()]).collect()
        }
        Subject::Deadline(_) => task.deadlines.iter().map(|due| [due.text.clone(), printed(due.span)]).collect(),
        Subject::Task | Subject::Head(_) | Subject::Mandate(_) => return Ok(0),
    };
    let (Subject::Party(wanted) | Subject::Indicator(wanted) | Subject::Deadline(wanted)) = &entry.subject else {
        return Ok(0);
    };
    // signs are part of a figure: -5 and 5, ≥ and ≤
    let wanted = without_blanks(wanted);
    let same = |names: &&[String; 2]| names.iter().any(|name| without_blanks(name) == wanted);
    let found: Vec<usize> = names.iter().enumerate().filter(|(_, names)| same(names)).map(|(index, _)| index).collect();
    match (found.as_slice(), entry.nth) {
        ([], _) => Err(Miss::NoClaim(index, nearest(&names, &wanted))),
        ([only], None | Some(1)) => Ok(*only),
        (several, Some(nth)) => {
            several.get(nth - 1).copied().ok_or_else(|| Miss::NoClaim(index, nearest(&names, &wanted)))
        }
        (_, None) => Err(Miss::SeveralClaims(index)),
    }
}

/// Up to three claims of a task, the most alike first.
fn nearest(names: &[[String; 2]], wanted: &str) -> Vec<String> {
    let mut scores: Vec<(f64, &str)> =
        names.iter().map(|[name, _]| (strsim::jaro(&without_blanks(name), wanted), name.as_str())).collect();
    scores.sort_by(|a, b| b.0.total_cmp(&a.0));
    scores.into_iter().take(3).map(|(_, name)| name.to_owned()).collect()
}
