//! A figure with its unit and the words right before and behind it.

use super::super::model::Comparator;
use super::figure::{self, Figure};
use super::lexicon::{Before, Kind, LEXICON};
use super::passage::{Passage, is_stop};
use super::said::{self, Said};
use super::unit;

/// A figure with its unit and the words around it.
#[derive(Clone, Debug)]
pub(super) struct Reading {
    pub(super) figure: Figure,
    pub(super) upper: Option<f64>,
    pub(super) unit: String,
    pub(super) kind: Kind,
    /// 300余名
    pub(super) odd: bool,
    pub(super) before: Option<Said>,
    pub(super) after: Option<Comparator>,
    /// Behind the unit.
    pub(super) unit_end: usize,
    /// Behind the word that bounds it.
    pub(super) end: usize,
}

impl Reading {
    /// First character.
    pub(super) fn start(&self) -> usize {
        self.figure.start
    }

    /// Where the words begin that say how the figure is meant.
    pub(super) fn head(&self) -> usize {
        self.before.map_or(self.figure.start, |said| said.start.min(self.figure.start))
    }

    /// The comparison that a word before the figure makes.
    pub(super) fn compared(&self) -> Option<Comparator> {
        match self.before {
            Some(Said { bound: Some((bound, _)), .. }) => Some(bound),
            Some(Said { what: Before::Compare(comparator), .. }) => Some(comparator),
            _ => None,
        }
    }

    /// Whether a verb of delivery stands before the figure.
    pub(super) fn delivered(&self) -> bool {
        matches!(self.before, Some(Said { what: Before::Deliver, .. }))
    }

    /// The figure with its upper end.
    pub(super) fn comparator(&self) -> Comparator {
        let change = self.before.is_some_and(|said| said.changes) && self.compared().is_some();
        match (self.upper, self.compared(), self.after) {
            // 增长7%左右 is a change first
            (_, Some(before), _) if change => before,
            (Some(_), ..) => Comparator::Range,
            (None, _, Some(after)) => after,
            (None, _, None) if self.odd => Comparator::About,
            (None, Some(before), None) => before,
            (None, None, None) => Comparator::Equal,
        }
    }
}

/// All figures of a passage with a unit, in order; titles and quoted names are passed over.
pub(super) fn all(passage: Passage<'_>) -> Vec<Reading> {
    let mut out: Vec<Reading> = Vec::new();
    let (mut titles, mut quoted, mut at) = (0_usize, false, 0);
    while at < passage.chars.len() {
        match passage.at(at) {
            '《' => titles += 1,
            '》' => titles = titles.saturating_sub(1),
            '"' => quoted = !quoted,
            '\n' | '。' => (titles, quoted) = (0, false),
            _ => {}
        }
        let begins = titles == 0 && !quoted && figure::may_begin(passage.at(at));
        let figure = if begins { figure::read(passage, at) } else { None };
        match figure {
            Some(figure) => {
                // a length of time may belong to a name: 同期5年期以上贷款利率
                let floor = out.iter().rev().take(3).find(|before| !may_name(before)).map_or(0, |last| last.unit_end);
                let (reading, resume) = read(passage, figure, floor);
                out.extend(reading);
                at = resume.max(figure.end);
            }
            None => at += 1,
        }
    }
    out
}

/// Whether a reading may be part of a name: 同期5年期以上, 一期2座教学楼.
fn may_name(reading: &Reading) -> bool {
    reading.kind == Kind::Time || reading.figure.han && matches!(reading.kind, Kind::Count | Kind::Sort)
}

/// How far behind 万 the people may stand that are counted, in characters: 1.2万60岁以上重点人群.
const COUNTED: usize = 12;

/// Reads what stands around a figure, back to the one before it; where to go on.
fn read(passage: Passage<'_>, figure: Figure, floor: usize) -> (Option<Reading>, usize) {
    let first = unit::read(passage, &figure);
    let (mut upper, mut lower, mut end) = (figure.upper, figure.value, figure.end);
    let mut own = first.clone();
    // 1-2家, 2%~3%, 10到20个, 50万-60万千瓦, 1000元-3000元
    if let Some((second, unit_behind)) = unit::range(passage, &figure, first.as_ref()) {
        upper = Some(second.value);
        end = second.end;
        lower = unit::same_unit(figure.value, second.value, first.as_ref(), unit_behind.as_ref());
        own = unit_behind;
    }
    let Some(unit) = own else {
        let bare = bare(passage, Figure { value: lower, ..figure }, end, upper, floor);
        return (bare, end);
    };
    let behind = unit.end;
    let suffix = unit::per_item(passage, behind, unit.kind);
    let bound_at = passage.skip_blanks(suffix);
    let bound = LEXICON.after.at(passage.chars, bound_at);
    // 3个月内, 5日内 say when, and 以内 of a number of things says how many
    let timed = matches!(unit.kind, Kind::Time) && !LEXICON.tells_age(&unit.text);
    let within = |length: usize| passage.at(bound_at + length - 1) == '内';
    let mut said = said::find(passage, figure.start, floor);
    let bound = bound.filter(|(length, _)| !(timed && within(*length)) || said.is_some_and(|said| said.adjacent));
    // 10个内部控制: 内 belongs to a word
    let bound = bound
        .filter(|(length, _)| *length > 1 || !within(1) || is_stop(passage.at(bound_at + 1)) || is_service(unit.kind));
    let closes = passage.at(passage.skip_blanks(bound.map_or(behind, |(length, _)| bound_at + length)));
    let things = matches!(unit.kind, Kind::Count | Kind::Sort) && !is_stop(closes) && closes != '\0';
    // 增加学位5000个: so many are to be there, and not so many more
    if unit.kind != Kind::Rate
        && let Some(said) = &mut said
        && said.changes
        && (!said.adjacent || things)
        && passage.at(said.start) != '净'
    {
        (said.what, said.changes) = (Before::Deliver, false);
    }
    let mut unit = unit;
    if matches!(unit.text.as_str(), "万" | "亿") && passage.holds(&LEXICON.people, behind, behind + COUNTED) {
        // 3.8万农村人口
        unit.text.push('人');
        unit.kind = Kind::Count;
    }
    if unit.text == "番" {
        // 翻两番: four times as much
        lower = 2_f64.powf(lower);
        "倍".clone_into(&mut unit.text);
        said = said.map(|said| Said { what: Before::Compare(Comparator::Equal), changes: false, ..said });
    }
    let reading = Reading {
        figure: Figure { value: lower, ..figure },
        upper,
        kind: unit.kind,
        odd: unit.odd,
        before: said,
        after: bound.map(|(_, comparator)| comparator),
        unit_end: behind,
        end: bound.map_or(behind, |(length, _)| bound_at + length),
        unit: unit.text,
    };
    (Some(reading), behind)
}

fn is_service(kind: Kind) -> bool {
    kind == Kind::Service
}

/// A number without a unit that a word of comparison makes a quantity: 指数达到80以上.
fn bare(passage: Passage<'_>, figure: Figure, end: usize, upper: Option<f64>, floor: usize) -> Option<Reading> {
    let bound_at = passage.skip_blanks(end);
    let bound = LEXICON.after.at(passage.chars, bound_at);
    let before = said::find(passage, figure.start, floor).filter(|said| said.adjacent)?;
    let plain = matches!(
        before.what,
        Before::Compare(comparator) if !matches!(comparator, Comparator::Increase | Comparator::Decrease)
    );
    let word_end = bound.map_or(end, |(length, _)| bound_at + length);
    // 1:14 is a ratio
    let ratio = matches!(passage.at(end), ':') || passage.before(figure.start) == ':';
    let closed = !ratio && is_stop(passage.at(word_end)) || passage.at(word_end) == '\0';
    // 为, 是 and 共 are said of anything
    let strong = before.end - before.start > 1 && passage.at(before.end - 1) != '计';
    let year = (1900.0..2100.0).contains(&figure.value) && figure.value.fract() == 0.0;
    (plain && closed && strong && !year && !figure.han).then(|| Reading {
        figure,
        upper,
        unit: String::new(),
        kind: Kind::Bare,
        odd: false,
        before: Some(before),
        after: bound.map(|(_, comparator)| comparator),
        unit_end: end,
        end: word_end,
    })
}
