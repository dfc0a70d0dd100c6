//! Units as printed, with what multiplies them, and ranges over them.

use super::figure::{self, Figure};
use super::lexicon::{Kind, LEXICON};
use super::passage::Passage;

/// A unit as printed.
#[derive(Clone, Debug)]
pub(super) struct Unit {
    pub(super) text: String,
    pub(super) kind: Kind,
    /// 300余名
    pub(super) odd: bool,
    /// Behind the last character.
    pub(super) end: usize,
    /// What the scale in front of the unit multiplies by.
    factor: f64,
    /// Where the scale ends.
    scale_end: usize,
}

/// The unit behind a figure, with what multiplies and what rounds it.
pub(super) fn read(passage: Passage<'_>, figure: &Figure) -> Option<Unit> {
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
    // 5PB is no 5P
    let whole = |at: usize, length: usize| {
        !passage.at(at + length - 1).is_ascii_alphabetic() || !passage.at(at + length).is_ascii_alphanumeric()
    };
    let named = |at: usize| LEXICON.units.starting(passage.chars, at).find(|(length, _)| whole(at, *length));
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
    // 25万元/亩: what one size comes to for each of another
    let per = |end: usize, kind: Kind| match kind {
        Kind::Money | Kind::Measure => per_size(passage, end),
        _ => 0,
    };
    match (direct, scaled) {
        // 亿条 goes before 亿
        (direct, Some((scale, behind, length, kind))) if direct.is_none_or(|(_, plain, _)| plain <= scale) => {
            let scale_text = text(at, scale);
            let length = length + per(behind + length, kind);
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
            let length = length + per(at + length, kind);
            Some(Unit { text: text(at, length), kind, odd, end: at + length, factor: 1.0, scale_end: at })
        }
        _ => None,
    }
}

/// Length of the size or the person that another is counted for, with its stroke: /亩, /万元, /人·年; 0 for none, and
/// for things: 10万元/项.
fn per_size(passage: Passage<'_>, at: usize) -> usize {
    if passage.at(at) != '/' {
        return 0;
    }
    if let Some((length, ())) = LEXICON.each.at(passage.chars, at + 1) {
        return 1 + length;
    }
    let scale = LEXICON.scales.at(passage.chars, at + 1).map_or(0, |(length, ())| length);
    match LEXICON.units.at(passage.chars, at + 1 + scale) {
        Some((length, Kind::Money | Kind::Measure)) => 1 + scale + length,
        _ => 0,
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
pub(super) fn range(passage: Passage<'_>, figure: &Figure, first: Option<&Unit>) -> Option<(Figure, Option<Unit>)> {
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
        let behind = read(passage, &second);
        if second.share.is_some() != figure.share.is_some() {
            return None;
        }
        let lower = same_unit(figure.value, second.value, first, behind.as_ref());
        (second.value > lower && second.upper.is_none()).then_some((second, behind))
    })
}

/// The lower end of a range, in the unit of the upper end.
pub(super) fn same_unit(lower: f64, upper: f64, first: Option<&Unit>, second: Option<&Unit>) -> f64 {
    match (first, second) {
        (Some(first), Some(second)) if first.factor < second.factor && lower >= upper => {
            lower * first.factor / second.factor
        }
        _ => lower,
    }
}

/// Behind what money is given for: 10万元/项.
pub(super) fn per_item(passage: Passage<'_>, at: usize, kind: Kind) -> usize {
    if kind != Kind::Money || passage.at(at) != '/' {
        return at;
    }
    let (length, _) = LEXICON.units.at(passage.chars, at + 1).unwrap_or((1, Kind::Count));
    at + 1 + length
}
