//! Quantities to be reached: 达到90%以上, 不少于100个, 由240元提高到270元, 三分之一.
//!
//! Every figure with a unit is read ([`reading`]), judged as an aim, a condition, a starting point or a name ([`aim`]),
//! and named by the words of its phrase ([`name`]).

mod aim;
mod cell;
mod condition;
mod evidence;
mod figure;
mod lexicon;
mod name;
mod passage;
mod reading;
mod said;
mod scope;
mod soft;
#[cfg(test)]
mod tests;
mod unit;

use super::model::{Comparator, Deadline, DeadlineRelation, Indicator};
use crate::date::Date;
use crate::numeral;
use crate::span::{Span, Text};
use aim::Aim;
pub(super) use cell::{FigureCell, find_in_cells, is_nature, is_of_year, is_standing, is_unit, last_year};
use lexicon::LEXICON;
use passage::Passage;
use reading::Reading;

/// Finds the quantities in a stretch of text, in order; the deadlines are in the order of their places.
pub(super) fn find(text: &Text, span: Span, deadlines: &[Deadline]) -> Vec<Indicator> {
    let chars = text.folded(span);
    let passage = Passage { chars };
    let mut found = soft::find(passage);
    if chars.iter().any(|char| char.is_ascii_digit() || *char == '番' || numeral::is_numeral(*char)) {
        found.extend(figures(passage, span.start, deadlines));
        found.sort_by_key(|indicator| (indicator.span.start, indicator.soft));
    }
    for indicator in &mut found {
        if indicator.soft {
            indicator.by = dates(passage, span.start, indicator.span.start, deadlines).pop();
        }
        indicator.span = indicator.span.shifted(span.start);
    }
    found
}

/// The figures of a passage that are to be reached.
fn figures(passage: Passage<'_>, offset: usize, deadlines: &[Deadline]) -> Vec<Indicator> {
    let readings = reading::all(passage);
    let aims = aim::judge(passage, &readings);
    let mut found: Vec<(usize, Indicator)> = Vec::new();
    for (index, (reading, aim)) in readings.iter().zip(&aims).enumerate() {
        let Aim::Yes(basis, confidence) = *aim else { continue };
        let unit = reading.figure.share.map_or_else(|| reading.unit.clone(), String::from);
        let indicator = Indicator {
            name: name::find(passage, reading).into_iter().collect(),
            comparator: reading.comparator(),
            value: reading.figure.value,
            value_max: reading.upper,
            unit,
            baseline: baseline(passage, index, &readings, &aims),
            by: dates(passage, offset, reading.start(), deadlines).pop(),
            soft: false,
            binding: scope::binding(passage, reading),
            scope: scope::find(passage, reading),
            basis,
            confidence,
            span: Span::new(reading.start(), reading.end),
            corrections: Vec::new(),
        };
        found.push((index, indicator));
    }
    let mut from = 0;
    while from < found.len() {
        let to = (from + 1..found.len()).find(|at| !joined(passage, &readings, &found, *at)).unwrap_or(found.len());
        let before = earlier(passage, found.get(..from).unwrap_or_default(), to - from, found.get(from));
        if let Some(group) = found.get_mut(from..to).filter(|group| group.len() > 1) {
            share(passage, offset, &readings, group, deadlines, before);
        }
        from = to;
    }
    let mut found: Vec<Indicator> = found.into_iter().map(|(_, indicator)| indicator).collect();
    name_the_nameless(passage, &mut found);
    found
}

/// Whether a figure is listed right behind the one before it: 60%和80%以上, 100万元/项、50万元/项.
fn joined(passage: Passage<'_>, readings: &[Reading], found: &[(usize, Indicator)], at: usize) -> bool {
    let Some([(before, _), (index, _)]) = at.checked_sub(1).and_then(|before| found.get(before..=at)) else {
        return false;
    };
    let (Some(first), Some(second)) = (readings.get(*before), readings.get(*index)) else { return false };
    // 380公里、实施示范渠道145公里: the second is named by words of its own
    let between = match second.before {
        Some(said) if !said.adjacent => passage.slice(first.end, second.start()),
        _ => passage.slice(first.end, second.head()),
    };
    let mut rest = between;
    // /项
    if let ['/', ..] = rest {
        rest = rest.get(2..).unwrap_or_default();
    }
    let lists = |char: &char| matches!(char, '和' | '、' | '及' | '与' | ' ' | '以');
    // 650元和每人每年5500元
    let words = rest.iter().take_while(|char| lists(char)).count();
    let behind = first.end + between.len();
    words > 0 && passage.only(&LEXICON.filler, behind - (rest.len() - words), behind)
}

/// The names of as many figures right before, in the same sentence: 接待游客500万人次,收入45亿元,分别增长15%和20%.
fn earlier(
    passage: Passage<'_>,
    before: &[(usize, Indicator)],
    count: usize,
    first: Option<&(usize, Indicator)>,
) -> Option<Vec<Vec<char>>> {
    let sentence = passage.sentence(first?.1.span.start);
    let same = before.get(before.len().checked_sub(count)?..)?;
    let named = same.iter().all(|(_, known)| known.span.start >= sentence && known.name.chars().count() >= 2);
    named.then(|| same.iter().map(|(_, known)| known.name.chars().collect()).collect())
}

/// Gives the figures of a list what is said of them together: 分别达到60%和80%以上, 到2022年和2030年.
fn share(
    passage: Passage<'_>,
    offset: usize,
    readings: &[Reading],
    group: &mut [(usize, Indicator)],
    deadlines: &[Deadline],
    before: Option<Vec<Vec<char>>>,
) {
    let count = group.len();
    let Some((first_index, first)) = group.first().map(|(index, first)| (*index, first.clone())) else { return };
    let Some(reading) = readings.get(first_index) else { return };
    // 80%以上 said of the last figure is said of those before it, 最高 said of the first of those behind it
    for at in (1..count).rev() {
        let Some([(_, one), (_, two)]) = group.get_mut(at - 1..=at) else { continue };
        let bound = matches!(two.comparator, Comparator::AtLeast | Comparator::AtMost | Comparator::About);
        if bound && one.comparator == Comparator::Equal && one.unit == two.unit {
            one.comparator = two.comparator;
        }
    }
    for at in 1..count {
        let Some([(_, one), (index, two)]) = group.get_mut(at - 1..=at) else { continue };
        let own = readings.get(*index).is_some_and(|reading| reading.compared().is_some() || reading.after.is_some());
        if !own && one.comparator != Comparator::Range && two.value_max.is_none() && one.unit == two.unit {
            two.comparator = one.comparator;
        }
    }
    let dates = dates(passage, offset, reading.start(), deadlines);
    let paired = dates.len() >= count && {
        let last = dates.get(dates.len() - count..).unwrap_or_default();
        last.windows(2).all(|pair| pair.first() < pair.last())
            && in_one_list(passage, offset, reading, count, deadlines)
    };
    let names = if paired { None } else { name::listed(passage, reading, count) };
    // 分别增长15%和20%: each of those named before
    let words = passage.slice(passage.clause(reading.head()), reading.head());
    let names = names.or(before.filter(|_| !paired && words.starts_with(&['分', '别'])));
    // 最高100万元/项、50万元/项的奖励: the last figure is followed by what all are given as
    let common = Some(&first.name).filter(|name| name.chars().count() >= 2).cloned();
    // 分别超过90家和870家: what is said of a figure names nothing
    let last = group.last().map(|(_, last)| last.name.clone()).filter(|name| !name::is_said(name));
    let common = common.or(last).unwrap_or_default();
    for (at, (_, indicator)) in group.iter_mut().enumerate() {
        if paired {
            indicator.by = dates.get(dates.len() - count + at).copied();
        } else {
            indicator.by = first.by;
        }
        indicator.scope.clone_from(&first.scope);
        match names.as_ref().and_then(|names| names.get(at)) {
            Some(name) => indicator.name = name.iter().collect(),
            None => indicator.name.clone_from(&common),
        }
    }
}

/// Whether the last dates before a figure are listed together: 到2022年和2030年.
fn in_one_list(passage: Passage<'_>, offset: usize, reading: &Reading, count: usize, deadlines: &[Deadline]) -> bool {
    let spans: Vec<Span> =
        governing(passage, offset, reading.start(), deadlines).map(|deadline| deadline.span).collect();
    let last = spans.get(spans.len().saturating_sub(count)..).unwrap_or_default();
    last.windows(2).all(|pair| match pair {
        [one, two] => two.start.saturating_sub(one.end) <= 2,
        _ => false,
    })
}

/// The figure that a change starts from, right before: 由240元提高到.
fn baseline(passage: Passage<'_>, index: usize, readings: &[Reading], aims: &[Aim]) -> Option<f64> {
    let before = index.checked_sub(1)?;
    let (start, reading) = (readings.get(before)?, readings.get(index)?);
    let near = passage.clause(start.start()) == passage.clause(reading.start());
    (near && aims.get(before) == Some(&Aim::Baseline)).then_some(start.figure.value)
}

/// Gives a figure whose phrase names nothing the name of the one before it in its sentence, else the sentence's first words.
fn name_the_nameless(passage: Passage<'_>, found: &mut [Indicator]) {
    for at in 0..found.len() {
        let Some((before, [indicator, ..])) = found.split_at_mut_checked(at) else { continue };
        if indicator.name.chars().count() >= 2 {
            continue;
        }
        let sentence = passage.sentence(indicator.span.start);
        let known = before.last().filter(|known| known.span.start >= sentence);
        indicator.name = match known {
            Some(known) => known.name.clone(),
            None => name::nearest(passage, sentence, indicator.span.start),
        };
    }
}

/// The deadlines that may govern a figure: those before it in its sentence.
fn governing<'d>(
    passage: Passage<'_>,
    offset: usize,
    figure: usize,
    deadlines: &'d [Deadline],
) -> impl Iterator<Item = &'d Deadline> {
    let sentence = offset + passage.sentence(figure);
    let first = deadlines.partition_point(|deadline| deadline.span.start < sentence);
    deadlines
        .iter()
        .skip(first)
        .take_while(move |deadline| deadline.span.end <= offset + figure)
        .filter(|deadline| deadline.relation != DeadlineRelation::From && deadline.date.is_some())
}

/// The dates that may govern a figure, the nearest last.
fn dates(passage: Passage<'_>, offset: usize, figure: usize, deadlines: &[Deadline]) -> Vec<Date> {
    governing(passage, offset, figure, deadlines).filter_map(|deadline| deadline.date).collect()
}
