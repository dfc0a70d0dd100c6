//! Whether a figure says in which case something holds, or of which kind a thing is.

use super::super::model::Comparator;
use super::evidence;
use super::lexicon::{Before, Kind, LEXICON};
use super::passage::{Passage, is_stop};
use super::reading::Reading;

/// How far behind a condition its 的 may stand, in characters.
const CONDITION: usize = 40;

/// How much speaks for a figure being a condition.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Told {
    /// Nothing.
    None,
    /// Enough to leave it open.
    Open,
    /// All.
    Sure,
}

/// Whether the figure says in which case, or of which kind: 增速3%以上的企业, 5000平方米以上工地, 超过300万元的,.
pub(super) fn find(passage: Passage<'_>, reading: &Reading, next: Option<&Reading>) -> Told {
    let tail = passage.skip_blanks(reading.end);
    let end = passage.clause_end(tail);
    // 达到4张的,…
    if end > tail && end - tail <= CONDITION && passage.before(passage.trim_end(end)) == '的' && passage.at(end) == ','
    {
        return Told::Sure;
    }
    // 左右 is said of aims only
    if reading.after == Some(Comparator::About) {
        return Told::None;
    }
    let clause = passage.clause(reading.start());
    let opened = LEXICON.case.at(passage.chars, clause).is_some();
    let adjoined = reading.before.is_some_and(|said| said.adjacent && said.what != Before::Deliver);
    let carried = LEXICON.carrier.before(passage.chars, passage.trim_end(reading.head())).is_some()
        || !adjoined && LEXICON.carrier.before(passage.chars, passage.trim_end(reading.start())).is_some();
    let rate = reading.kind == Kind::Rate || reading.figure.share.is_some();
    let adjacent = reading.before.is_some_and(|said| said.adjacent);
    let delivered = reading.delivered() && adjacent;
    let bounded = reading.after.is_some();
    // 增长20%以上的企业: the word of change carries the figure
    let changed = matches!(reading.compared(), Some(Comparator::Increase | Comparator::Decrease));
    let carried = carried || changed;
    let limited = matches!(reading.compared(), Some(Comparator::AtLeast | Comparator::AtMost));
    let compared = reading.compared().is_some();
    let age = LEXICON.tells_age(&reading.unit);
    let size = matches!(reading.kind, Kind::Money | Kind::Measure);
    if passage.at(tail) == '的' {
        let head = tail + 1;
        // 突破100亿元的奖励500万元
        if matches!(reading.compared(), Some(Comparator::Above | Comparator::Below)) && !bounded && size {
            return Told::Sure;
        }
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
        // 人均预期寿命提高到79岁
        return if age && !evidence::is_reached(passage, reading) { Told::Sure } else { Told::None };
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
    let followed = next
        .is_some_and(|next| next.start() < end && next.start() - reading.end <= 6 && next.kind == reading.kind)
        && !passage.slice(reading.end, end).iter().take(6).any(|char| matches!(char, '、' | '和' | '及'));
    let people = matches!(reading.unit.as_str(), "人" | "张" | "户" | "头" | "只" | "羽" | "床" | "层");
    let ongoing = reading.before.is_some_and(|said| {
        LEXICON.ongoing.before(passage.chars, said.end).is_some_and(|(length, ())| said.end - length == said.start)
    });
    let follows = !LEXICON.before.at(passage.chars, tail).is_some_and(|(_, what)| matches!(what, Before::Compare(_)));
    match () {
        () if LEXICON.granted.at(passage.chars, tail).is_some() => Told::None,
        () if rate && carried && !compared && bounded && opened => Told::Sure,
        () if rate && carried && !compared && bounded => Told::Open,
        () if rate => Told::None,
        // 淘汰4.3米焦炉200万吨
        () if reading.kind == Kind::Measure && followed => Told::Sure,
        () if size && more && (bounded || compared) => Told::Sure,
        () if size && bounded && !delivered && follows && !adjacent => Told::Sure,
        () if reading.kind == Kind::Measure && bounded && ongoing => Told::Sure,
        () if size && bounded && delivered => Told::None,
        () if size && matches!(reading.compared(), Some(Comparator::Above | Comparator::Below)) => Told::Open,
        () if people && bounded && !adjacent => Told::Sure,
        () => Told::None,
    }
}
