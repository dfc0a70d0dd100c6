//! Whether a figure is to be reached, or tells a condition, a name, a standing or a time.

use super::super::model::{Comparator, Evidence};
use super::lexicon::{Before, Kind, LEXICON};
use super::passage::{Passage, is_stop};
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

/// How far behind a condition its 的 may stand, in characters.
const CONDITION: usize = 40;

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
        let chained = matches!(aims.get(index), Some(Aim::Condition)) && joint(passage, first, second);
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
    let Some((evidence, confidence)) = evidence(passage, reading, previous) else { return Aim::No };
    match condition(passage, reading, next) {
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
    let numeral_before = matches!(passage.before(start), '数' | '几' | '上' | '第' | '每' | '+' | '×' | '*');
    let year = reading.unit == "年" && (1900.0..2100.0).contains(&reading.figure.value);
    let behind = passage.skip_blanks(reading.figure.end);
    // 百万 alone is a word, not a number
    let bare_scale = reading.figure.han && matches!(reading.unit.as_str(), "万" | "亿");
    let named = bare_scale
        || LEXICON.not_after.at(passage.chars, reading.unit_end).is_some()
        || LEXICON.not_after.at(passage.chars, behind).is_some();
    let circle = matches!(reading.kind, Kind::Time | Kind::Service | Kind::Measure)
        && passage.holds(&LEXICON.circle, reading.unit_end, reading.unit_end + 8);
    // 六个百分之百
    let of_all = reading.figure.share.is_some() && matches!(passage.before(start), '个');
    counted && marked || numeral_before || year || named && counted || circle || of_all
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
    !between.contains(&'的')
        && between.len() <= 12
        && !matches!(reading.compared(), Some(Comparator::AtLeast | Comparator::AtMost))
}

/// What speaks for a figure being a quantity to be reached.
fn evidence(passage: Passage<'_>, reading: &Reading, previous: Option<(&Reading, Aim)>) -> Option<(Evidence, f64)> {
    let compared = reading.compared();
    let equal = matches!(compared, Some(Comparator::Equal | Comparator::About));
    let changed = matches!(compared, Some(Comparator::Increase | Comparator::Decrease));
    let rate = reading.kind == Kind::Rate || reading.figure.share.is_some();
    let han = reading.figure.han && reading.figure.share.is_none();
    let repeated = is_repeated(passage, reading);
    let listed = previous.filter(|(before, aim)| matches!(aim, Aim::Yes(..)) && is_listed(passage, before, reading));
    match reading.kind {
        Kind::Bare => Some((Evidence::Comparator, if compared == Some(Comparator::Equal) { 0.8 } else { 0.92 })),
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
            let each = reading.delivered() && reading.kind == Kind::Count && is_each(passage, reading);
            if bounded {
                Some((if reading.after.is_some() { Evidence::Bound } else { Evidence::Comparator }, 0.93))
            } else if matches!(reading.kind, Kind::Money | Kind::Measure) && compared.is_some() {
                Some((Evidence::Comparator, 0.92))
            } else if repeated {
                Some((Evidence::Frequency, 0.92))
            } else if adjacent && many || reading.upper.is_some() && reading.delivered() {
                Some((Evidence::Delivery, 0.85))
            } else {
                each.then_some((Evidence::Delivery, 0.8))
            }
        }
        _ if reading.after.is_some() => Some((Evidence::Bound, 0.95)),
        _ if changed => Some((Evidence::Change, 0.94)),
        _ if compared.is_some() => Some((Evidence::Comparator, if equal { 0.93 } else { 0.96 })),
        _ if reading.delivered() => delivery(passage, reading),
        _ if repeated => Some((Evidence::Frequency, 0.92)),
        _ if listed.is_some() => Some((Evidence::List, 0.9)),
        _ if reading.upper.is_some() => Some((Evidence::Unit, 0.85)),
        _ => standing(passage, reading),
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
        Kind::Sort if !closes => Some((Evidence::Delivery, 0.8)),
        _ => Some((Evidence::Delivery, 0.94)),
    }
}

/// A figure that no word speaks for: 公益性岗位2000个; a count in the middle of a phrase is the standing of a thing.
fn standing(passage: Passage<'_>, reading: &Reading) -> Option<(Evidence, f64)> {
    let phrase = passage.phrase(reading.start());
    let before = passage.slice(phrase, reading.start()).iter().filter(|char| **char != ' ').count();
    let closes = is_stop(passage.at(passage.skip_blanks(reading.end))) || passage.at(reading.end) == '\0';
    let scoped = passage.only(&LEXICON.scopes, phrase, reading.start());
    // 在15个县开展试点
    if reading.kind == Kind::Count && passage.before(passage.trim_end(reading.start())) == '在' {
        return Some((Evidence::Count, 0.9));
    }
    if before < 2 || scoped {
        return None;
    }
    match reading.kind {
        Kind::Sort => closes.then_some((Evidence::Count, 0.6)),
        Kind::Count | Kind::Measure | Kind::Money if closes => Some((Evidence::Count, 0.8)),
        // 开挖河道…: a verb that no list has opens the phrase
        Kind::Count | Kind::Measure | Kind::Money => (before <= 4).then_some((Evidence::Count, 0.7)),
        _ => None,
    }
}

/// A length of time is a quantity where it says how much, or how soon an authority answers.
fn time(passage: Passage<'_>, reading: &Reading) -> Option<(Evidence, f64)> {
    let compared =
        reading.compared().filter(|comparator| *comparator != Comparator::Equal || is_reached(passage, reading));
    if reading.unit == "分" {
        return compared.map(|_| (Evidence::Comparator, 0.9));
    }
    if reading.kind == Kind::Service && reading.after == Some(Comparator::AtMost) && compared.is_none() {
        let clause = passage.clause(reading.start());
        let counted_from = passage.slice(clause, reading.start()).iter().any(|char| matches!(char, '起' | '后'));
        let of = passage.at(passage.skip_blanks(reading.end)) == '的';
        return (!counted_from && !of)
            .then_some((Evidence::Bound, if reading.unit.contains('日') { 0.91 } else { 0.75 }));
    }
    if compared.is_some() {
        return Some((Evidence::Comparator, 0.93));
    }
    (reading.after.is_some() && !matches!(reading.unit.as_str(), "岁" | "周岁")).then_some((Evidence::Bound, 0.85))
}

/// Whether an equal sign is one of reaching: 压缩至3个工作日, 达到79岁.
fn is_reached(passage: Passage<'_>, reading: &Reading) -> bool {
    reading.before.is_some_and(|said| {
        matches!(passage.before(said.end), '到' | '至' | '达' | '在') || passage.at(said.start) == '达'
    })
}

/// 每年开展一次: a frequency.
fn is_repeated(passage: Passage<'_>, reading: &Reading) -> bool {
    let clause = passage.clause(reading.start());
    matches!(reading.kind, Kind::Count | Kind::Sort | Kind::Measure)
        && (clause.max(reading.start().saturating_sub(24))..reading.start()).any(|at| {
            passage.at(at) == '每'
                && ["年", "月", "季度", "周", "半年", "学期", "学年", "天", "日", "两年", "季", "半月", "半个月"]
                    .iter()
                    .any(|word| word.chars().eq(passage.slice(at + 1, at + 1 + word.chars().count()).iter().copied()))
        })
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

/// How much speaks for a figure being a condition.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Told {
    None,
    Open,
    Sure,
}

/// Whether the figure says in which case, or of which kind: 增速3%以上的企业, 5000平方米以上工地, 超过300万元的,.
fn condition(passage: Passage<'_>, reading: &Reading, next: Option<&Reading>) -> Told {
    let tail = passage.skip_blanks(reading.end);
    let end = passage.clause_end(tail);
    // 达到4张的,…
    if end > tail && end - tail <= CONDITION && passage.before(passage.trim_end(end)) == '的' && passage.at(end) == ','
    {
        return Told::Sure;
    }
    let phrase = passage.phrase(reading.start());
    let clause = passage.clause(reading.start());
    let opened = LEXICON.case.at(passage.chars, clause).is_some();
    let carried = LEXICON.carrier.before(passage.chars, passage.trim_end(reading.head())).is_some();
    let rate = reading.kind == Kind::Rate || reading.figure.share.is_some();
    let adjacent = reading.before.is_some_and(|said| said.adjacent);
    let delivered = reading.delivered() && adjacent;
    let bounded = reading.after.is_some();
    // 增长20%以上的企业: the word of change carries the figure
    let changed = matches!(reading.compared(), Some(Comparator::Increase | Comparator::Decrease));
    let carried = carried || changed;
    let limited = matches!(reading.compared(), Some(Comparator::AtLeast | Comparator::AtMost));
    let compared = reading.compared().is_some();
    let age = matches!(reading.unit.as_str(), "岁" | "周岁");
    if passage.at(tail) == '的' {
        let head = tail + 1;
        if LEXICON.granted.at(passage.chars, head).is_some() || is_stop(passage.at(head)) {
            return Told::None;
        }
        let counts = matches!(reading.kind, Kind::Count | Kind::Sort);
        return match () {
            () if opened || age => Told::Sure,
            () if rate && !carried && (limited || bounded || !compared) => Told::None,
            () if rate && carried => Told::Sure,
            () if counts && (delivered || reading.before.is_some() && bounded) => Told::None,
            () if !bounded && !compared => Told::None,
            () if delivered => Told::Open,
            () => Told::Sure,
        };
    }
    let closes = is_stop(passage.at(tail)) || passage.at(tail) == '\0';
    if closes {
        // 对…超过5%、…: told of in a clause that 对 opens and 的 closes
        return if age { Told::Sure } else { Told::None };
    }
    if age {
        return Told::Sure;
    }
    // 总投资5亿元以上项目20个, 5000平方米以上工地
    let more = next.is_some_and(|next| {
        next.start() < end
            && matches!(next.kind, Kind::Count | Kind::Sort)
            && !passage.slice(reading.end, next.start()).iter().any(|char| matches!(char, '、' | '和' | '及'))
    });
    let size = matches!(reading.kind, Kind::Money | Kind::Measure);
    let people = reading.unit == "人" || reading.unit == "张";
    let opens = phrase == reading.head() && phrase == reading.start();
    let follows = !LEXICON.before.at(passage.chars, tail).is_some_and(|(_, what)| matches!(what, Before::Compare(_)));
    match () {
        () if LEXICON.granted.at(passage.chars, tail).is_some() => Told::None,
        () if rate && carried && !compared && bounded && opened => Told::Sure,
        () if rate && carried && !compared && bounded => Told::Open,
        () if rate => Told::None,
        () if size && more && (bounded || compared) => Told::Sure,
        () if size && bounded && !delivered && follows && !adjacent => Told::Sure,
        () if size && bounded && delivered => Told::None,
        () if size && matches!(reading.compared(), Some(Comparator::Above | Comparator::Below)) => Told::Open,
        () if people && bounded && opens => Told::Sure,
        () => Told::None,
    }
}
