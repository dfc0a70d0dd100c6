//! Whether a figure is to be reached, or tells a condition, a name, a standing or a time.

use super::super::model::{Comparator, Evidence};
use super::condition::{self, Told};
use super::evidence;
use super::lexicon::{Kind, LEXICON};
use super::passage::Passage;
use super::reading::Reading;

/// What a figure is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Aim {
    /// To be reached, for a reason and with a confidence.
    Yes(Evidence, f64),
    /// The figure that a change starts from.
    Baseline,
    /// In which case something holds.
    Condition,
    /// Nothing to be reached.
    No,
}

/// Judges all figures of a passage.
pub(super) fn judge(passage: Passage<'_>, readings: &[Reading]) -> Vec<Aim> {
    let mut aims: Vec<Aim> = Vec::with_capacity(readings.len());
    for (index, reading) in readings.iter().enumerate() {
        let next = readings.get(index + 1);
        let previous = index.checked_sub(1).and_then(|index| Some((readings.get(index)?, *aims.get(index)?)));
        aims.push(one(passage, reading, next, previous));
    }
    // 增速3%以上且研发投入20%以上的企业: the first part of a condition
    for index in (1..readings.len()).rev() {
        let (Some(first), Some(second)) = (readings.get(index - 1), readings.get(index)) else { continue };
        let counted = matches!(first.kind, Kind::Count | Kind::Sort) && first.after.is_none();
        let chained = matches!(aims.get(index), Some(Aim::Condition)) && !counted && joint(passage, first, second);
        if chained
            && let Some(aim) = aims.get_mut(index - 1)
            && matches!(aim, Aim::Yes(..))
        {
            *aim = Aim::Condition;
        }
    }
    aims
}

/// Whether a figure and the next are parts of one condition.
fn joint(passage: Passage<'_>, first: &Reading, second: &Reading) -> bool {
    let from = passage.skip_blanks(first.end);
    LEXICON.joint.at(passage.chars, from).is_some() && second.start() <= from + 24 && {
        let between = passage.slice(from, second.start());
        !between.iter().any(|char| matches!(char, ',' | '。' | ';' | '\n'))
    }
}

fn one(passage: Passage<'_>, reading: &Reading, next: Option<&Reading>, previous: Option<(&Reading, Aim)>) -> Aim {
    if is_name(passage, reading) {
        return Aim::No;
    }
    if is_baseline(passage, reading, next) {
        return Aim::Baseline;
    }
    if is_past(passage, reading) {
        return Aim::No;
    }
    let Some((evidence, confidence)) = evidence::find(passage, reading, next, previous) else { return Aim::No };
    match condition::find(passage, reading, next) {
        Told::None => Aim::Yes(evidence, confidence),
        Told::Open => Aim::Yes(evidence, confidence.min(0.7)),
        Told::Sure => Aim::Condition,
    }
}

/// Whether the number belongs to a name, a date or a rank.
fn is_name(passage: Passage<'_>, reading: &Reading) -> bool {
    let start = passage.trim_end(reading.start());
    let counted = !matches!(reading.kind, Kind::Rate | Kind::Money | Kind::Bare) && reading.figure.share.is_none();
    let marked = LEXICON.not_before.before(passage.chars, start).is_some();
    let approximate = reading.figure.han && matches!(passage.before(start), '数' | '几' | '上' | '近');
    let numeral_before = approximate || matches!(passage.before(start), '第' | '每' | '+' | '×' | '*');
    // 千人以上, 百户: a power of ten alone is part of a name
    let power = counted && matches!(passage.slice(reading.figure.start, reading.figure.end), ['百' | '千']);
    let year = reading.unit == "年" && (1900.0..2100.0).contains(&reading.figure.value);
    let behind = passage.skip_blanks(reading.figure.end);
    // 百万 alone is a word, not a number
    let bare_scale = reading.figure.han && matches!(reading.unit.as_str(), "万" | "亿");
    let named = bare_scale
        || LEXICON.not_after.at(passage.chars, reading.unit_end).is_some_and(|(length, ())| length > 1)
        || LEXICON.not_after.at(passage.chars, behind).is_some()
        || reading.figure.han && LEXICON.slogan.at(passage.chars, behind).is_some();
    let circle = matches!(reading.kind, Kind::Time | Kind::Service | Kind::Measure)
        && passage.holds(&LEXICON.circle, reading.unit_end, reading.unit_end + 8);
    // 二期 names one of several; of two of a kind, 两 is said
    let printed = passage.slice(reading.figure.start, reading.figure.end);
    let ordinal = counted && (printed == ['二'] || is_stage(passage, reading));
    // 六个百分之百
    let of_all = reading.figure.share.is_some() && matches!(passage.before(start), '个');
    counted && (marked && !evidence::worked_on(passage, reading, None) || power)
        || ordinal
        || numeral_before
        || year
        || named && counted
        || circle
        || of_all
}

/// Whether a number in Chinese numerals names a stage of works: 改扩建三期、建成三期厂房, not 举办三期培训班.
fn is_stage(passage: Passage<'_>, reading: &Reading) -> bool {
    let courses = || passage.holds(&LEXICON.courses, passage.phrase(reading.start()), passage.clause_end(reading.end));
    reading.figure.han && reading.unit == "期" && passage.at(reading.figure.start) != '两' && !courses()
}

/// Whether a change starts from the figure: 由240元, 由目前的60%, 在20%的基础上.
fn is_baseline(passage: Passage<'_>, reading: &Reading, next: Option<&Reading>) -> bool {
    let clause = passage.clause(reading.start());
    let grounded = passage.slice(reading.end, reading.end + 4).iter().collect::<String>();
    if grounded.starts_with("的基础") || grounded.starts_with("基础上") {
        return true;
    }
    let followed = next.is_some_and(|next| passage.clause(next.start()) == clause && next.start() - reading.end <= 16);
    followed
        && (clause.max(reading.start().saturating_sub(20))..reading.start()).any(|at| {
            let word = LEXICON.baseline.at(passage.chars, at).map(|(length, ())| at + length);
            let compared = matches!(passage.at(at), '较' | '比').then_some(at + 1);
            let reaches = |from: usize| stands_for_before(passage, from, reading.start());
            word.is_some_and(|end| reaches(end) && changes(passage, reading, next))
                || compared.is_some_and(|end| end < reading.start() && reaches(end) && passage.at(end).is_ascii_digit())
        })
}

/// Whether the words up to the next figure say that it is changed to.
fn changes(passage: Passage<'_>, reading: &Reading, next: Option<&Reading>) -> bool {
    next.is_some_and(|next| {
        passage.slice(reading.unit_end, next.start()).iter().any(|char| matches!(char, '到' | '至' | '为' | '成'))
    })
}

/// Whether a stretch holds only small words, dates and words such as 目前的.
fn stands_for_before(passage: Passage<'_>, from: usize, to: usize) -> bool {
    let mut at = from;
    while at < to {
        let small = LEXICON.filler.at(passage.chars, at).or_else(|| LEXICON.basis.at(passage.chars, at));
        match small {
            Some((length, ())) if at + length <= to => at += length,
            _ if passage.at(at).is_ascii_digit()
                || matches!(passage.at(at), '年' | '月' | '底' | '末' | '初' | '"') =>
            {
                at += 1;
            }
            _ => return false,
        }
    }
    true
}

/// Whether the words before say that it is so already.
fn is_past(passage: Passage<'_>, reading: &Reading) -> bool {
    let clause = passage.clause(reading.start());
    let Some((_, end)) = passage.find(&LEXICON.past, clause, reading.start()) else { return false };
    // 已建成的…达到90%: what is said of them is to be reached
    let between = passage.slice(end, reading.start());
    // 已公布的47种物质: those that are
    if between.last() == Some(&'的') && reading.compared().is_none() {
        return true;
    }
    !between.contains(&'的')
        && between.len() <= 12
        && !matches!(reading.compared(), Some(Comparator::AtLeast | Comparator::AtMost))
}
