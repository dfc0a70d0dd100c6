//! What is to be done, before anyone writes it down: made anew, or handed down with losses and changes.

use std::collections::BTreeSet;

use super::Dice;
use super::words::{MeasureKind, Words};

/// Of a hundred mandates above, how many are dropped below.
const DROPPED: u64 = 15;
/// Of a hundred that are handed down, how many get another lead.
const MOVED: u64 = 12;
/// Of a hundred figures that are handed down, how many get another value.
const CHANGED: u64 = 16;
/// Of a hundred figures, how many are lost.
const LOST: u64 = 6;
/// Of a hundred dates, how many are put off or brought forward, and how many are lost.
const SHIFTED: u64 = 16;
const UNDATED: u64 = 6;

/// How a figure is bounded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Bound {
    Least,
    Most,
    Exact,
    About,
    Range,
}

impl Bound {
    /// The name of its wordings.
    pub(super) fn key(self) -> &'static str {
        match self {
            Self::Least => "least",
            Self::Most => "most",
            Self::Exact => "exact",
            Self::About => "about",
            Self::Range => "range",
        }
    }
}

/// A figure to be reached.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Figure {
    /// Which of the measures of the work.
    pub(super) measure: usize,
    pub(super) bound: Bound,
    /// In tenths.
    pub(super) value: i64,
}

/// When something is due.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Due {
    MonthEnd(i16, i8),
    YearEnd(i16),
    Day(i16, i8, i8),
    Half(i16),
    Within(i16),
    Until(i16),
    From(i16, i8, i8),
    Relative(i8),
    Ongoing,
}

/// A document that a task cites.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Cited {
    pub(super) title: String,
    pub(super) number: Option<String>,
}

/// One thing to be done.
#[derive(Clone, Debug)]
pub(super) struct Mandate {
    pub(super) work: usize,
    pub(super) thing: usize,
    /// What it asks for besides, by number in the list of details.
    pub(super) details: [usize; 2],
    /// Those who take part, the lead first, by number in the list of bodies.
    pub(super) bodies: Vec<usize>,
    /// Whether the governments below take part.
    pub(super) below: bool,
    pub(super) figures: Vec<Figure>,
    pub(super) due: Option<Due>,
    pub(super) cited: Option<Cited>,
    /// Which mandate of the notice above it carries out.
    pub(super) origin: Option<usize>,
}

/// Makes and hands down mandates.
pub(super) struct Maker<'a> {
    pub(super) words: &'a Words,
    pub(super) year: i16,
    /// What the place of the notice calls the documents that it cites.
    pub(super) cited: &'a [Cited],
}

impl Maker<'_> {
    /// New mandates of some fields, none of them about what is taken, unless there is nothing else.
    pub(super) fn anew(
        &self,
        fields: &[String],
        count: usize,
        taken: &BTreeSet<(usize, usize)>,
        dice: &mut Dice,
    ) -> Vec<Mandate> {
        let works = self.words.works.iter().enumerate().filter(|(_, work)| fields.contains(&work.field));
        let all: Vec<(usize, usize)> =
            works.flat_map(|(index, work)| (0..work.things.len()).map(move |thing| (index, thing))).collect();
        let mut free: Vec<(usize, usize)> = all.iter().copied().filter(|pair| !taken.contains(pair)).collect();
        let mut made = Vec::with_capacity(count);
        while made.len() < count && !all.is_empty() {
            if free.is_empty() {
                free.clone_from(&all);
            }
            dice.shuffle(&mut free);
            let left = count - made.len();
            let some: Vec<_> = free.drain(..left.min(free.len())).collect();
            made.extend(some.into_iter().map(|(work, thing)| self.mandate(work, thing, dice)));
        }
        made
    }

    fn mandate(&self, work: usize, thing: usize, dice: &mut Dice) -> Mandate {
        let mut mandate = Mandate {
            work,
            thing,
            details: [dice.below(self.words.details.len()), dice.below(self.words.details.len())],
            bodies: Vec::new(),
            below: dice.percent(25),
            figures: Vec::new(),
            due: self.due(dice),
            cited: if dice.percent(8) { dice.pick(self.cited).cloned() } else { None },
            origin: None,
        };
        let Some(entry) = self.words.works.get(work) else { return mandate };
        let mut with: Vec<&String> = entry.with.iter().collect();
        dice.shuffle(&mut with);
        let others = 1 + dice.below(with.len());
        let keys = dice.pick(&entry.lead).into_iter().chain(with.into_iter().take(others));
        mandate.bodies = keys.filter_map(|key| self.words.bodies.iter().position(|body| body.key == *key)).collect();
        let count = [0, 1, 1, 2].get(dice.below(4)).copied().unwrap_or(1);
        let first = dice.below(entry.figures.len());
        for turn in 0..count {
            let measure = (first + turn) % entry.figures.len().max(1);
            let Some(kind) = entry.figures.get(measure) else { continue };
            let bounds: &[Bound] = match kind.kind {
                MeasureKind::Share => &[Bound::Least, Bound::Least, Bound::Exact, Bound::About],
                MeasureKind::Cap => &[Bound::Most],
                MeasureKind::Growth => &[Bound::Exact],
                MeasureKind::Count => &[Bound::Least, Bound::Exact, Bound::About, Bound::Range],
                MeasureKind::Money => &[Bound::Exact, Bound::Least],
            };
            let whole = rounded(dice.between(kind.low, kind.high)) * 10;
            let is_share = matches!(kind.kind, MeasureKind::Share | MeasureKind::Cap);
            let value = if is_share && dice.percent(15) { whole + dice.between(1, 9) } else { whole };
            mandate.figures.push(Figure { measure, bound: dice.pick(bounds).copied().unwrap_or(Bound::Exact), value });
        }
        mandate
    }

    fn due(&self, dice: &mut Dice) -> Option<Due> {
        let year = self.year;
        let month = |dice: &mut Dice| i8::try_from(dice.between(6, 11)).unwrap_or(9);
        Some(match dice.below(20) {
            0..=3 => Due::MonthEnd(year, month(dice)),
            4 | 5 => Due::YearEnd(year),
            6 => Due::Day(year, month(dice), i8::try_from(dice.between(5, 28)).unwrap_or(15)),
            7 => Due::Half(year),
            8 => Due::Within(year),
            9 => Due::Until(year + i16::try_from(dice.between(1, 3)).unwrap_or(1)),
            10 if dice.percent(40) => Due::From(year, month(dice), 1),
            11 if dice.percent(40) => Due::Relative(i8::try_from(dice.between(1, 6)).unwrap_or(3)),
            12 => Due::Ongoing,
            _ => return None,
        })
    }

    /// The mandates below of those above: some are lost, some change, and others come that are new.
    pub(super) fn handed_down(
        &self,
        above: &[Mandate],
        fields: &[String],
        count: usize,
        dice: &mut Dice,
    ) -> Vec<Mandate> {
        let mut below = Vec::with_capacity(count);
        for (index, mandate) in above.iter().enumerate() {
            if dice.percent(DROPPED) {
                continue;
            }
            below.push(self.carried(mandate, index, dice));
        }
        below.truncate(count);
        let taken: BTreeSet<_> = above.iter().map(|mandate| (mandate.work, mandate.thing)).collect();
        let left = count - below.len();
        below.extend(self.anew(fields, left, &taken, dice));
        below
    }

    fn carried(&self, above: &Mandate, index: usize, dice: &mut Dice) -> Mandate {
        let mut mandate = Mandate { origin: Some(index), below: dice.percent(25), cited: None, ..above.clone() };
        if dice.percent(MOVED) && mandate.bodies.len() > 1 {
            mandate.bodies.rotate_left(1);
        }
        mandate.figures.retain(|_| !dice.percent(LOST));
        let entry = self.words.works.get(above.work);
        for figure in &mut mandate.figures {
            if dice.percent(CHANGED) {
                // half of them harder to meet, half easier
                let step = (figure.value / 200).max(1) * 10;
                let kind = entry.and_then(|entry| Some(entry.figures.get(figure.measure)?.kind));
                let is_share = matches!(kind, Some(MeasureKind::Share | MeasureKind::Cap));
                let room = !is_share || figure.value + step < 1000;
                let lower = dice.percent(50) && figure.value > step;
                figure.value += if lower || !room { -step } else { step };
            }
        }
        if dice.percent(UNDATED) {
            mandate.due = None;
        }
        if dice.percent(SHIFTED)
            && let Some(Due::MonthEnd(_, month) | Due::Day(_, month, _)) = &mut mandate.due
        {
            *month += if dice.percent(50) && *month < 12 || *month < 3 { 1 } else { -1 };
        }
        mandate
    }
}

/// A number as people choose it: of large ones only the first two digits.
fn rounded(value: i64) -> i64 {
    let mut unit = 1;
    while value / unit >= 100 {
        unit *= 10;
    }
    value / unit * unit
}
