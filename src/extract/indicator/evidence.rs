//! What speaks for a figure being one to be reached.

use super::super::model::{Comparator, Evidence};
use super::aim::Aim;
use super::lexicon::{Before, Kind, LEXICON};
use super::passage::{Passage, is_stop};
use super::reading::Reading;

/// What speaks for a figure being a quantity to be reached.
pub(super) fn find(
    passage: Passage<'_>,
    reading: &Reading,
    next: Option<&Reading>,
    previous: Option<(&Reading, Aim)>,
) -> Option<(Evidence, f64)> {
    let compared = reading.compared();
    let equal = matches!(compared, Some(Comparator::Equal | Comparator::About));
    let changed = matches!(compared, Some(Comparator::Increase | Comparator::Decrease));
    let rate = reading.kind == Kind::Rate || reading.figure.share.is_some();
    let han = reading.figure.han && reading.figure.share.is_none();
    let repeated = is_repeated(passage, reading);
    let listed = previous.filter(|(before, aim)| matches!(aim, Aim::Yes(..)) && is_listed(passage, before, reading));
    match reading.kind {
        Kind::Bare => Some((Evidence::Comparator, 0.9)),
        Kind::Time | Kind::Service => time(passage, reading),
        _ if rate => Some(if reading.after.is_some() {
            (Evidence::Bound, 0.97)
        } else if changed {
            (Evidence::Change, 0.97)
        } else if compared.is_some() {
            (Evidence::Comparator, 0.97)
        } else {
            (Evidence::Unit, 0.93)
        })
        .filter(|(evidence, _)| !han || *evidence != Evidence::Unit || reading.unit == "倍" || reading.unit == "番"),
        _ if han => {
            let bounded = reading.after.is_some() || compared.is_some() && !equal && !changed;
            let many = reading.figure.value >= 5.0 && reading.kind != Kind::Sort;
            let adjacent = reading.before.is_some_and(|said| said.adjacent && said.what == Before::Deliver);
            let times = LEXICON.is_occasion(&reading.unit) && reading.figure.value >= 2.0 && adjacent;
            let each = reading.delivered() && reading.kind == Kind::Count && is_each(passage, reading);
            if bounded {
                Some((if reading.after.is_some() { Evidence::Bound } else { Evidence::Comparator }, 0.93))
            } else if matches!(reading.kind, Kind::Money | Kind::Measure) && compared.is_some() {
                Some((Evidence::Comparator, 0.92))
            } else if repeated {
                Some((Evidence::Frequency, 0.92))
            } else {
                let ranged = reading.upper.is_some() && reading.delivered();
                (times || each || ranged || adjacent && many).then_some((Evidence::Delivery, 0.9))
            }
        }
        _ if reading.after.is_some() => Some((Evidence::Bound, 0.95)),
        _ if changed => Some((Evidence::Change, 0.94)),
        _ if compared.is_some() => Some((Evidence::Comparator, if equal { 0.93 } else { 0.96 })),
        _ if reading.delivered() => delivery(passage, reading),
        _ if repeated => Some((Evidence::Frequency, 0.92)),
        _ if listed.is_some() => Some((Evidence::List, 0.9)),
        _ if reading.upper.is_some() => Some((Evidence::Unit, 0.92)),
        _ => standing(passage, reading, next),
    }
}

/// A number of things that a verb delivers; behind some verbs it only names them: 做好10类项目.
fn delivery(passage: Passage<'_>, reading: &Reading) -> Option<(Evidence, f64)> {
    let ongoing = reading.before.is_some_and(|said| {
        LEXICON.ongoing.before(passage.chars, said.end).is_some_and(|(length, ())| said.end - length == said.start)
    });
    let closes = is_stop(passage.at(passage.skip_blanks(reading.end))) || passage.at(reading.end) == '\0';
    match reading.kind {
        Kind::Sort if ongoing && !closes => None,
        Kind::Sort if !closes => Some((Evidence::Delivery, 0.9)),
        _ => Some((Evidence::Delivery, 0.94)),
    }
}

/// A figure that no word speaks for: 公益性岗位2000个; a count in the middle of a phrase is the standing of a thing.
fn standing(passage: Passage<'_>, reading: &Reading, next: Option<&Reading>) -> Option<(Evidence, f64)> {
    let phrase = passage.phrase(reading.start());
    let before = passage.slice(phrase, reading.start()).iter().filter(|char| **char != ' ').count();
    let closes = is_stop(passage.at(passage.skip_blanks(reading.end))) || passage.at(reading.end) == '\0';
    let scoped = passage.only(&LEXICON.scopes, phrase, reading.start());
    let counted = matches!(reading.kind, Kind::Count | Kind::Sort);
    // 在15个县开展试点, 7个小区进行改造
    if counted && worked_on(passage, reading, next) {
        return Some((Evidence::Count, 0.9));
    }
    if before < 2 || scoped {
        return None;
    }
    // 按每人每年10元的标准
    let tail = passage.skip_blanks(reading.end);
    let granted = LEXICON.granted.at(passage.chars, tail + usize::from(passage.at(tail) == '的')).is_some();
    // 投资1800万元建成检测系统
    let spent = matches!(LEXICON.before.at(passage.chars, tail), Some((2.., Before::Deliver)));
    if reading.kind == Kind::Money && (granted || spent) {
        return Some((Evidence::Count, 0.9));
    }
    match reading.kind {
        Kind::Sort => closes.then_some((Evidence::Count, 0.9)),
        Kind::Count | Kind::Measure | Kind::Money if closes => Some((Evidence::Count, 0.9)),
        // 开挖河道…: a verb that no list has opens the phrase
        Kind::Count if LEXICON.bodies.at(passage.chars, tail).is_none() => {
            (before <= 4).then_some((Evidence::Count, 0.9))
        }
        _ => None,
    }
}

/// Whether something is done with a number of things, and no other figure says how much of it.
pub(super) fn worked_on(passage: Passage<'_>, reading: &Reading, next: Option<&Reading>) -> bool {
    let tail = passage.skip_blanks(reading.end);
    let end = passage.clause_end(tail);
    let alone = next.is_none_or(|next| next.start() >= end);
    let bodies = passage.holds(&LEXICON.bodies, tail, (tail + 8).min(end));
    let within = passage.before(passage.trim_end(reading.start())) == '在';
    reading.kind == Kind::Count
        && alone
        && !bodies
        && end > tail
        && (within || passage.holds(&LEXICON.working, tail, end))
}

/// A length of time is a quantity where it says how much, or how soon an authority answers.
fn time(passage: Passage<'_>, reading: &Reading) -> Option<(Evidence, f64)> {
    let compared =
        reading.compared().filter(|comparator| *comparator != Comparator::Equal || is_reached(passage, reading));
    if reading.unit == "分" {
        return compared.map(|_| (Evidence::Comparator, 0.9));
    }
    // 5个工作日内反馈 is a time limit, 压缩至3个工作日以内 a figure
    if reading.after == Some(Comparator::AtMost) && compared.is_none() {
        return None;
    }
    if compared.is_some() {
        return Some((Evidence::Comparator, 0.93));
    }
    (reading.after.is_some() && !LEXICON.tells_age(&reading.unit)).then_some((Evidence::Bound, 0.85))
}

/// Whether an equal sign is one of reaching: 压缩至3个工作日, 达到79岁.
pub(super) fn is_reached(passage: Passage<'_>, reading: &Reading) -> bool {
    reading.before.is_some_and(|said| {
        matches!(passage.before(said.end), '到' | '至' | '达' | '在') || passage.at(said.start) == '达'
    })
}

/// 每年开展一次: a frequency.
fn is_repeated(passage: Passage<'_>, reading: &Reading) -> bool {
    let clause = passage.clause(reading.start());
    matches!(reading.kind, Kind::Count | Kind::Sort | Kind::Measure)
        && (clause.max(reading.start().saturating_sub(24))..reading.start())
            .any(|at| passage.at(at) == '每' && LEXICON.periods.at(passage.chars, at + 1).is_some())
}

/// 每个乡镇建设一所: a number for each.
fn is_each(passage: Passage<'_>, reading: &Reading) -> bool {
    let phrase = passage.phrase(reading.start());
    let adjacent = reading.before.is_some_and(|said| said.adjacent);
    adjacent && passage.slice(phrase, reading.head()).iter().any(|char| matches!(char, '每' | '各'))
}

/// 培育10家企业、5个品牌: what is said of a figure is said of the one that is listed with it.
fn is_listed(passage: Passage<'_>, before: &Reading, reading: &Reading) -> bool {
    let between = passage.slice(before.end, reading.start());
    let stops = between.iter().filter(|char| matches!(char, '、' | '和' | '及' | '与')).count();
    between.len() <= 24 && stops >= 1 && !between.iter().any(|char| matches!(char, ',' | '。' | ';' | ':' | '\n'))
}
