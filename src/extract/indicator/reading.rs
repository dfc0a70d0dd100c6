//! A figure with its unit and the words right before and behind it.

use super::super::model::Comparator;
use super::figure::{self, Figure};
use super::lexicon::{Before, Kind, LEXICON};
use super::passage::{Passage, is_stop};

/// How many characters before a figure the word that says how it is meant may stand.
const REACH: usize = 14;

/// A word before a figure that says how it is meant.
#[derive(Clone, Copy, Debug)]
pub(super) struct Said {
    pub(super) what: Before,
    /// First character of the word.
    pub(super) start: usize,
    /// Behind its last character.
    pub(super) end: usize,
    /// Whether nothing but small words stands between it and the figure.
    pub(super) adjacent: bool,
    /// A bound that stands further before: 不高于合同金额的30%, 至少组建1个.
    pub(super) bound: Option<(Comparator, usize)>,
}

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
        let change = matches!(self.compared(), Some(Comparator::Increase | Comparator::Decrease));
        match (self.upper, self.compared(), self.after) {
            (Some(_), Some(before), _) if change => before,
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
        let figure = if titles == 0 && !quoted { figure::read(passage, at) } else { None };
        match figure {
            Some(figure) => {
                // a length of time may belong to a name: 同期5年期以上贷款利率
                let floor =
                    out.iter().rev().take(3).find(|before| before.kind != Kind::Time).map_or(0, |last| last.unit_end);
                let (reading, resume) = read(passage, figure, floor);
                out.extend(reading);
                at = resume.max(figure.end);
            }
            None => at += 1,
        }
    }
    out
}

/// Reads what stands around a figure, back to the one before it; where to go on.
fn read(passage: Passage<'_>, figure: Figure, floor: usize) -> (Option<Reading>, usize) {
    let first = unit(passage, &figure);
    let (mut upper, mut lower, mut end) = (figure.upper, figure.value, figure.end);
    let mut own = first.clone();
    // 1-2家, 2%~3%, 10到20个, 50万-60万千瓦, 1000元-3000元
    if let Some((second, unit_behind)) = range(passage, &figure, first.as_ref()) {
        upper = Some(second.value);
        end = second.end;
        lower = same_unit(figure.value, second.value, first.as_ref(), unit_behind.as_ref());
        own = unit_behind;
    }
    let Some(unit) = own else {
        let bare = bare(passage, Figure { value: lower, ..figure }, end, upper, floor);
        return (bare, end);
    };
    let behind = unit.end;
    let suffix = per_item(passage, behind, unit.kind);
    let bound_at = passage.skip_blanks(suffix);
    let bound = LEXICON.after.at(passage.chars, bound_at);
    // 3个月内, 5日内 say when, and 以内 of a number of things says how many
    let timed = matches!(unit.kind, Kind::Time) && !matches!(unit.text.as_str(), "岁" | "周岁");
    let within = |length: usize| passage.at(bound_at + length - 1) == '内';
    let bound = bound.filter(|(length, _)| !(timed && within(*length)));
    // 10个内部控制: 内 belongs to a word
    let bound = bound
        .filter(|(length, _)| *length > 1 || !within(1) || is_stop(passage.at(bound_at + 1)) || is_service(unit.kind));
    let reading = Reading {
        figure: Figure { value: lower, ..figure },
        upper,
        kind: unit.kind,
        odd: unit.odd,
        before: before(passage, figure.start, floor),
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
    let before = before(passage, figure.start, floor).filter(|said| said.adjacent)?;
    let plain = matches!(
        before.what,
        Before::Compare(comparator) if !matches!(comparator, Comparator::Increase | Comparator::Decrease)
    );
    let word_end = bound.map_or(end, |(length, _)| bound_at + length);
    let closed = is_stop(passage.at(word_end)) || passage.at(word_end) == '\0';
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

/// A unit as printed.
#[derive(Clone, Debug)]
struct Unit {
    text: String,
    kind: Kind,
    odd: bool,
    end: usize,
    /// What the scale in front of the unit multiplies by.
    factor: f64,
    /// Where the scale ends.
    scale_end: usize,
}

/// The unit behind a figure, with what multiplies and what rounds it.
fn unit(passage: Passage<'_>, figure: &Figure) -> Option<Unit> {
    if let Some(sign) = figure.share {
        let (text, end) = (sign.to_string(), figure.end);
        return Some(Unit { text, kind: Kind::Rate, odd: false, end, factor: 1.0, scale_end: end });
    }
    let mut at = passage.skip_blanks(figure.end);
    let mut odd = false;
    let mut round = |at: &mut usize| {
        if let Some((length, ())) = LEXICON.odd.at(passage.chars, *at) {
            odd = true;
            *at += length;
        }
    };
    round(&mut at);
    let named = |at: usize| LEXICON.units.at(passage.chars, at);
    let direct = named(at).map(|(length, kind)| (at, length, kind));
    let mut scaled = None;
    if let Some((scale, ())) = LEXICON.scales.at(passage.chars, at) {
        let mut behind = passage.skip_blanks(at + scale);
        round(&mut behind);
        if let Some((length, kind)) = named(behind) {
            scaled = Some((scale, behind, length, kind));
        }
    }
    let text = |from: usize, length: usize| passage.slice(from, from + length).iter().collect::<String>();
    match (direct, scaled) {
        // 亿条 goes before 亿
        (direct, Some((scale, behind, length, kind))) if direct.is_none_or(|(_, plain, _)| plain <= scale) => {
            let scale_text = text(at, scale);
            Some(Unit {
                factor: factor(&scale_text),
                scale_end: at + scale,
                text: scale_text + &text(behind, length),
                kind: if kind == Kind::Sort { Kind::Count } else { kind },
                odd,
                end: behind + length,
            })
        }
        (Some((at, length, kind)), _) => {
            Some(Unit { text: text(at, length), kind, odd, end: at + length, factor: 1.0, scale_end: at })
        }
        _ => None,
    }
}

fn factor(scale: &str) -> f64 {
    scale.chars().fold(1.0, |product, char| {
        product
            * match char {
                '十' => 10.0,
                '百' => 100.0,
                '千' => 1000.0,
                '万' => 10_000.0,
                '亿' => 100_000_000.0,
                _ => 1.0,
            }
    })
}

/// The upper end of a range whose lower end is given, and the unit behind it.
fn range(passage: Passage<'_>, figure: &Figure, first: Option<&Unit>) -> Option<(Figure, Option<Unit>)> {
    let mut places = vec![figure.end];
    places.extend(first.map(|unit| unit.scale_end).filter(|end| *end > figure.end));
    places.extend(first.map(|unit| unit.end));
    // 50万-60万千瓦: the unit stands at the upper end only
    places.extend(LEXICON.scales.at(passage.chars, figure.end).map(|(length, ())| figure.end + length));
    places.into_iter().find_map(|place| {
        let dash = passage.skip_blanks(place);
        let sign = passage.at(dash);
        if !matches!(sign, '-' | '~' | '至' | '到') {
            return None;
        }
        let next = passage.skip_blanks(dash + 1 + usize::from(passage.at(dash + 1) == sign));
        let second = figure::read(passage, next)?;
        let behind = unit(passage, &second);
        if second.share.is_some() != figure.share.is_some() {
            return None;
        }
        let lower = same_unit(figure.value, second.value, first, behind.as_ref());
        (second.value > lower && second.upper.is_none()).then_some((second, behind))
    })
}

/// The lower end of a range, in the unit of the upper end.
fn same_unit(lower: f64, upper: f64, first: Option<&Unit>, second: Option<&Unit>) -> f64 {
    match (first, second) {
        (Some(first), Some(second)) if first.factor < second.factor && lower >= upper => {
            lower * first.factor / second.factor
        }
        _ => lower,
    }
}

/// Behind what money is given for: 10万元/项.
fn per_item(passage: Passage<'_>, at: usize, kind: Kind) -> usize {
    if kind != Kind::Money || passage.at(at) != '/' {
        return at;
    }
    let (length, _) = LEXICON.units.at(passage.chars, at + 1).unwrap_or((1, Kind::Count));
    at + 1 + length
}

/// The word before a figure that says how it is meant.
fn before(passage: Passage<'_>, start: usize, floor: usize) -> Option<Said> {
    let from = passage.phrase(start).max(start.saturating_sub(REACH)).max(floor);
    let mut best: Option<Said> = None;
    for at in from..start {
        for (length, what) in LEXICON.before.starting(passage.chars, at) {
            let end = at + length;
            if end > start {
                continue;
            }
            let adjacent = passage.only(&LEXICON.filler, end, start);
            let says = match what {
                Before::Compare(_) => adjacent,
                Before::Deliver => adjacent || length > 1,
            };
            // the nearest word counts, and of words that overlap the longer one
            let nearer = best.is_none_or(|known| end > known.end || end == known.end && at < known.start);
            if says && nearer {
                best = Some(Said { what, start: at, end, adjacent, bound: None });
                break;
            }
        }
    }
    let weak = best.is_none_or(|said| {
        matches!(said.what, Before::Deliver | Before::Compare(Comparator::Equal | Comparator::About))
    });
    if !weak {
        return best;
    }
    // 至少组建1个, 不高于合同金额的30%: the bound stands further before
    let clause = passage.clause(start).max(start.saturating_sub(60)).max(floor);
    let bound = (clause..start).rev().find_map(|at| {
        let (length, what) = LEXICON.before.starting(passage.chars, at).find(|(length, _)| at + length <= start)?;
        match what {
            Before::Compare(bound @ (Comparator::AtLeast | Comparator::AtMost)) if length > 1 => {
                Some((at, at + length, bound))
            }
            _ => None,
        }
    });
    let bound = bound.filter(|(_, end, _)| {
        let between = passage.slice(*end, start);
        let listed = between.iter().any(|char| matches!(char, '、' | ')'));
        let verb = best.is_some_and(|said| said.start >= *end) && start - end <= REACH && !listed;
        let share = passage.before(start) == '的' || start - end <= 8;
        (verb || share) && !figures_outside_brackets(between)
    });
    match (best, bound) {
        (Some(said), Some((_, end, bound))) => Some(Said { bound: Some((bound, end)), ..said }),
        (None, Some((start, end, bound))) => {
            Some(Said { what: Before::Compare(bound), start, end, adjacent: false, bound: Some((bound, end)) })
        }
        (said, None) => said,
    }
}

/// Whether a stretch holds another figure: one in brackets, or of a name such as 5年期, counts for nothing.
fn figures_outside_brackets(between: &[char]) -> bool {
    let mut depth = 0_usize;
    let mut chars = between.iter().peekable();
    let mut last = ' ';
    while let Some(char) = chars.next() {
        match char {
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            char if char.is_ascii_digit() && depth == 0 => {
                let named =
                    chars.peek().is_some_and(|next| matches!(next, '年' | '0'..='9')) || last.is_ascii_alphabetic();
                if !named {
                    return true;
                }
            }
            _ => {}
        }
        last = *char;
    }
    false
}
