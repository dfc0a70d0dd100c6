//! What became of the owner, the figures and the dates of a mandate on its way down.

use std::collections::BTreeSet;

use crate::date::Date;
use crate::extract::{Comparator, DeadlineRelation};
use crate::knowledge::Knowledge;
use crate::network::Department;
use crate::notice::{Holder, Limit, Mandate, Quantity};
use crate::span::{dense, fold_str};
use crate::succession::{self, Seen};

/// Who leads below, beside who leads above.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum OwnerChange {
    /// The function that leads above leads below.
    Same,
    /// Another function leads below.
    Moved,
    /// Nobody is named as lead above, and below one of those named above leads.
    Chosen,
    /// A lead is named above, and below nobody leads.
    Open,
    /// The functions of those who lead cannot be told.
    Unknown,
}

impl OwnerChange {
    /// The stable name.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Same => "same",
            Self::Moved => "moved",
            Self::Chosen => "chosen",
            Self::Open => "open",
            Self::Unknown => "unknown",
        }
    }
}

/// The owners of a mandate above and below.
#[derive(Clone, Debug, PartialEq)]
pub struct OwnerDrift {
    /// What became of it.
    pub change: OwnerChange,
    /// Who leads above; all parties where nobody does.
    pub above: Vec<Holder>,
    /// Who leads below; all parties where nobody does. By index of the task.
    pub below: Vec<(usize, Holder)>,
}

/// What became of a figure.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum FigureChange {
    /// Harder to meet.
    Tightened,
    /// Easier to meet.
    Loosened,
    /// As above.
    Same,
    /// Not measured below.
    Dropped,
}

impl FigureChange {
    /// The stable name.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Tightened => "tightened",
            Self::Loosened => "loosened",
            Self::Same => "same",
            Self::Dropped => "dropped",
        }
    }
}

/// A figure above and the one below that measures the same.
#[derive(Clone, Debug, PartialEq)]
pub struct FigureDrift {
    /// What became of it.
    pub change: FigureChange,
    /// The figure above.
    pub above: Quantity,
    /// The figure below, by index of the task.
    pub below: Option<(usize, Quantity)>,
}

/// What became of a date.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum DateChange {
    /// Due earlier.
    Earlier,
    /// Due later.
    Later,
    /// As above.
    Same,
    /// No date below.
    Dropped,
}

impl DateChange {
    /// The stable name.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Earlier => "earlier",
            Self::Later => "later",
            Self::Same => "same",
            Self::Dropped => "dropped",
        }
    }
}

/// A date above and the one below that stands for it.
#[derive(Clone, Debug, PartialEq)]
pub struct DateDrift {
    /// What became of it.
    pub change: DateChange,
    /// The date above.
    pub above: Limit,
    /// The date below, by index of the task.
    pub below: Option<(usize, Limit)>,
}

/// Compares who leads; none where neither task names anybody.
///
/// `days` are those of the documents above and below: the work of a body that was reformed between them is looked for under
/// the body that took it over.
pub(super) fn owner(above: &Mandate, below: &[(usize, &Mandate)], days: [Option<Date>; 2]) -> Option<OwnerDrift> {
    let leading = |task: &Mandate| -> Vec<Holder> {
        let leads: Vec<Holder> = task.leads().cloned().collect();
        if leads.is_empty() { task.parties.clone() } else { leads }
    };
    let over = leading(above);
    let under: Vec<(usize, Holder)> =
        below.iter().flat_map(|(index, task)| leading(task).into_iter().map(move |holder| (*index, holder))).collect();
    if over.is_empty() || under.is_empty() {
        return None;
    }
    let led_above = above.leads().next().is_some();
    let led_below = below.iter().any(|(_, task)| task.leads().next().is_some());
    let upper: BTreeSet<String> = over.iter().flat_map(|holder| functions(&holder.body, days)).collect();
    let lower: BTreeSet<String> = under.iter().filter_map(|(_, holder)| holder.body.function.clone()).collect();
    let meet = !upper.is_disjoint(&lower);
    let change = match (led_above, led_below) {
        _ if upper.is_empty() || lower.is_empty() => OwnerChange::Unknown,
        _ if !meet => OwnerChange::Moved,
        (true, false) => OwnerChange::Open,
        (false, true) => OwnerChange::Chosen,
        _ => OwnerChange::Same,
    };
    Some(OwnerDrift { change, above: over, below: under })
}

/// The functions under which the work of a body is found on the day of the document below.
fn functions(body: &Department, [above, below]: [Option<Date>; 2]) -> Vec<String> {
    let mut found: Vec<String> = body.function.iter().cloned().collect();
    if let (Some(known), Some(day)) = (body.body(), below) {
        let seen = above.map(|day| Seen { first: day, last: day });
        let heir = succession::as_of(&known, day, seen).organisation;
        found.extend(heir.function.filter(|function| !found.contains(function)));
    }
    found
}

/// Compares every figure above with those below.
pub(crate) fn figures(above: &Mandate, below: &[(usize, &Mandate)]) -> Vec<FigureDrift> {
    let drift = |figure: &Quantity| {
        let candidates =
            below.iter().flat_map(|(index, task)| task.indicators.iter().map(move |other| (*index, other)));
        let likely = candidates.map(|(index, other)| (likeness(figure, other), index, other));
        let mut best: Option<(f64, usize, &Quantity)> = None;
        for candidate in likely.filter(|candidate| candidate.0 > 0.0) {
            if best.is_none_or(|best| candidate.0 > best.0) {
                best = Some(candidate);
            }
        }
        let change = best.map_or(FigureChange::Dropped, |(_, _, other)| direction(figure, other));
        FigureDrift { change, above: figure.clone(), below: best.map(|(_, index, other)| (index, other.clone())) }
    };
    above.indicators.iter().map(drift).collect()
}

/// The share of the figures of a task that another measures too.
pub(super) fn share_of_quantities(above: &Mandate, below: &Mandate) -> f64 {
    let firm: Vec<&Quantity> = above.indicators.iter().filter(|figure| !figure.soft).collect();
    let found = firm.iter().filter(|figure| below.indicators.iter().any(|other| likeness(figure, other) > 0.6)).count();
    if firm.is_empty() { 0.0 } else { ratio(found, firm.len()) }
}

fn ratio(part: usize, whole: usize) -> f64 {
    let count = |number: usize| f64::from(u32::try_from(number).unwrap_or(u32::MAX));
    count(part) / count(whole).max(1.0)
}

/// How surely two figures measure the same: by name and unit; 0 where they do not.
pub(crate) fn likeness(a: &Quantity, b: &Quantity) -> f64 {
    let changes = |comparator| matches!(comparator, Comparator::Increase | Comparator::Decrease);
    let Some(_) = in_one_unit(a, b) else { return 0.0 };
    if changes(a.comparator) != changes(b.comparator) {
        return 0.0;
    }
    let same = name_likeness(&a.name, &b.name);
    let equal = (a.value - b.value).abs() < 1e-9 && a.unit == b.unit;
    if same >= if equal { 0.3 } else { 0.45 } { same + if equal { 0.1 } else { 0.0 } } else { 0.0 }
}

/// The likeness of two names, from 0 to 1.
pub(crate) fn name_likeness(a: &str, b: &str) -> f64 {
    Name::of(a).likeness(&Name::of(b))
}

/// A name as it is compared with many others.
pub(crate) struct Name {
    chars: Vec<char>,
    pairs: BTreeSet<(char, char)>,
}

impl Name {
    pub(crate) fn of(name: &str) -> Self {
        let mut name = dense(&fold_str(name)).into_owned();
        for (printed, read) in &Knowledge::shipped().vocabulary.alignment.same {
            if name.contains(printed.as_str()) {
                name = name.replace(printed.as_str(), read);
            }
        }
        let chars: Vec<char> = name.chars().filter(|char| char.is_alphanumeric()).collect();
        let pairs = chars.windows(2).filter_map(|pair| Some((*pair.first()?, *pair.last()?))).collect();
        Self { chars, pairs }
    }

    /// By the pairs of characters that both share, and by the longest part that they share.
    pub(crate) fn likeness(&self, other: &Self) -> f64 {
        let (a, b) = (&self.chars, &other.chars);
        if a.is_empty() || b.is_empty() {
            return 0.0;
        }
        if a == b {
            return 1.0;
        }
        let shared = self.pairs.intersection(&other.pairs).count();
        let dice = 2.0 * ratio(shared, (self.pairs.len() + other.pairs.len()).max(1));
        let short = a.len().min(b.len());
        let longest = longest_part(a, b);
        let part = if longest >= 4 || longest == short && longest > 2 { 0.9 * ratio(longest, short) } else { 0.0 };
        dice.max(part)
    }
}

/// The length of the longest part that stands in both, in characters.
fn longest_part(a: &[char], b: &[char]) -> usize {
    let mut longest = 0;
    // for each place of `b` the length of the part that ends there and at the place of `a` at hand
    let mut ending = vec![0; b.len()];
    for here in a {
        let mut before = 0;
        for (there, length) in b.iter().zip(&mut ending) {
            let now = if here == there { before + 1 } else { 0 };
            before = std::mem::replace(length, now);
            longest = longest.max(now);
        }
    }
    longest
}

/// The values of two figures in one unit, if they have one.
fn in_one_unit(a: &Quantity, b: &Quantity) -> Option<[f64; 2]> {
    if a.unit == b.unit {
        return Some([a.value, b.value]);
    }
    let units = &Knowledge::shipped().units;
    let (of_a, of_b) = (units.meaning(&a.unit)?, units.meaning(&b.unit)?);
    let scaled = |value: f64, times: Option<f64>| value * times.unwrap_or(1.0);
    (of_a.of == of_b.of && of_a.of != "NUM").then(|| [scaled(a.value, of_a.times), scaled(b.value, of_b.times)])
}

/// Whether a figure below asks more or less than the one above.
pub(crate) fn direction(above: &Quantity, below: &Quantity) -> FigureChange {
    let Some([over, under]) = in_one_unit(above, below) else { return FigureChange::Dropped };
    if (over - under).abs() <= 1e-9 * over.abs().max(1.0) {
        return FigureChange::Same;
    }
    let bound = |figure: &Quantity| match figure.comparator {
        Comparator::AtLeast | Comparator::Above | Comparator::Increase | Comparator::Decrease => Some(true),
        Comparator::AtMost | Comparator::Below => Some(false),
        Comparator::Equal | Comparator::About | Comparator::Range => None,
    };
    let burdens = &Knowledge::shipped().vocabulary.alignment.burdens;
    let is_burden = [above, below].into_iter().any(|figure| {
        burdens.iter().any(|word| figure.name.contains(word.as_str()) || figure.words.contains(word.as_str()))
    });
    let more_is_harder = bound(above).or_else(|| bound(below)).unwrap_or(!is_burden);
    if (under > over) == more_is_harder { FigureChange::Tightened } else { FigureChange::Loosened }
}

/// Compares every date above with those below.
pub(crate) fn dates(above: &Mandate, below: &[(usize, &Mandate)]) -> Vec<DateDrift> {
    let starts = |limit: &Limit| limit.relation == DeadlineRelation::From;
    let key = |limit: &Limit| (starts(limit), limit.date.map(Date::last_day), limit.duration.clone());
    let mut seen = BTreeSet::new();
    let mut found = Vec::new();
    for limit in &above.deadlines {
        if limit.relation == DeadlineRelation::Ongoing || !seen.insert(key(limit)) {
            continue;
        }
        let others = below.iter().flat_map(|(index, task)| task.deadlines.iter().map(move |other| (*index, other)));
        let others = others.filter(|(_, other)| {
            starts(limit) == starts(other)
                && limit.date.is_some() == other.date.is_some()
                && (other.date.is_some() || !other.duration.is_empty())
        });
        let nearest = others.min_by_key(|(_, other)| distance(limit.date, other.date));
        let change = match nearest {
            None => DateChange::Dropped,
            Some((_, other)) => match (limit.date.map(Date::last_day), other.date.map(Date::last_day)) {
                (Some(over), Some(under)) if under < over => DateChange::Earlier,
                (Some(over), Some(under)) if under > over => DateChange::Later,
                (None, None) if limit.duration != other.duration => DateChange::Later,
                _ => DateChange::Same,
            },
        };
        let below = nearest.map(|(index, other)| (index, other.clone()));
        found.push(DateDrift { change, above: limit.clone(), below });
    }
    found
}

/// The days between two dates, about.
fn distance(a: Option<Date>, b: Option<Date>) -> i32 {
    let day = |date: Date| {
        let last = date.last_day();
        i32::from(last.year) * 372 + i32::from(last.month.unwrap_or(12)) * 31 + i32::from(last.day.unwrap_or(31))
    };
    a.map(day).zip(b.map(day)).map_or(0, |(a, b)| (a - b).abs())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn figure(name: &str, comparator: Comparator, value: f64, unit: &str) -> Quantity {
        let (name, unit) = (name.to_owned(), unit.to_owned());
        Quantity {
            name,
            comparator,
            value,
            value_max: None,
            unit,
            by: None,
            soft: false,
            words: String::new(),
            evidence: String::new(),
            confidence: 1.0,
            span: None,
        }
    }

    #[test]
    fn the_comparator_says_what_is_harder() {
        let direction = |a, b, value| direction(&figure("签约率", a, 60.0, "%"), &figure("签约率", b, value, "%"));
        assert_eq!(direction(Comparator::AtLeast, Comparator::AtLeast, 70.0), FigureChange::Tightened);
        assert_eq!(direction(Comparator::AtMost, Comparator::Equal, 50.0), FigureChange::Tightened);
        assert_eq!(direction(Comparator::Equal, Comparator::Equal, 50.0), FigureChange::Loosened);
        assert_eq!(direction(Comparator::Equal, Comparator::AtLeast, 60.0), FigureChange::Same);
    }

    #[test]
    fn less_of_a_burden_is_harder() {
        let mortality = |value| figure("婴儿死亡率", Comparator::Equal, value, "‰");
        assert_eq!(direction(&mortality(5.0), &mortality(4.5)), FigureChange::Tightened);
    }

    #[test]
    fn one_quantity_in_two_units() {
        let (above, below) = (
            figure("财政补助", Comparator::AtLeast, 2.0, "万元"),
            figure("财政补助标准", Comparator::AtLeast, 15000.0, "元"),
        );
        assert!(likeness(&above, &below) > 0.0);
        assert_eq!(direction(&above, &below), FigureChange::Loosened);
        assert!(likeness(&above, &figure("财政补助", Comparator::AtLeast, 2.0, "%")) <= 0.0);
        assert!(likeness(&above, &figure("床位数", Comparator::AtLeast, 2.0, "万元")) <= 0.0);
    }
}
