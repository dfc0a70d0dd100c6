//! Whether a figure says in which case something holds, or of which kind a thing is.

use super::super::model::Comparator;
use super::evidence;
use super::lexicon::{Before, Kind, LEXICON};
use super::passage::{Passage, is_stop};
use super::reading::Reading;

/// How far behind a condition its 的 may stand, in characters.
const CONDITION: usize = 40;

/// How long the name of what is given may be, in characters.
const LONGEST_GRANT: usize = 8;

/// How long a bracket that counts a bound in or out may be, in characters.
const LONGEST_NOTE: usize = 12;

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

/// Behind a bracket that says whether the bound is counted in: 6亩以下（不含6亩）.
fn behind_note(passage: Passage<'_>, at: usize) -> usize {
    let note = passage.slice(at, at + LONGEST_NOTE);
    let told = matches!(note, ['(', '含', ..] | ['(', '不', '含', ..]);
    let end = note.iter().position(|char| *char == ')').filter(|_| told);
    end.map_or(at, |end| passage.skip_blanks(at + end + 1))
}

/// Whether the words at a place are what a share or a sum is given as, by their first word or their last: 30%的生活补贴.
fn is_granted(passage: Passage<'_>, at: usize) -> bool {
    let end = passage.phrase_end(at);
    // 的旅行社奖励20万元 goes on with a figure, 的企业给予支持 says to whom
    let closes = !passage.at(passage.skip_blanks(end)).is_ascii_digit() && end <= at + LONGEST_GRANT;
    let last = LEXICON.granted.before(passage.chars, end).map(|(length, ())| end - length);
    LEXICON.granted.at(passage.chars, at).is_some()
        || closes && last.is_some_and(|last| last >= at && !passage.holds(&LEXICON.giving, at, last))
}

/// Whether the word right before a figure is one of what a thing comes to: 年产10万吨的项目.
fn is_attribute(passage: Passage<'_>, reading: &Reading) -> bool {
    LEXICON.attribute.before(passage.chars, passage.trim_end(reading.start())).is_some()
}

/// Whether the clause behind a figure says what is given where it is met: 投资达到1亿元，给予….
fn is_rewarded(passage: Passage<'_>, at: usize) -> bool {
    let next = passage.skip_blanks(at + 1);
    let next = next + LEXICON.filler.at(passage.chars, next).map_or(0, |(length, ())| length);
    passage.at(at) == ',' && LEXICON.rewards.at(passage.chars, next).is_some()
}

/// Whether the figure says in which case, or of which kind: 增速3%以上的企业, 5000平方米以上工地, 超过300万元的,.
pub(super) fn find(passage: Passage<'_>, reading: &Reading, next: Option<&Reading>) -> Told {
    let tail = behind_note(passage, passage.skip_blanks(reading.end));
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
    let above = reading.compared() == Some(Comparator::Above);
    let age = LEXICON.tells_age(&reading.unit);
    let size = matches!(reading.kind, Kind::Money | Kind::Measure);
    if passage.at(tail) == '的' {
        let head = tail + 1;
        // 20万人口以上的县
        if bounded && reading.unit.ends_with("人口") {
            return Told::Sure;
        }
        // 突破100亿元的奖励500万元
        if matches!(reading.compared(), Some(Comparator::Above | Comparator::Below)) && !bounded && size {
            return Told::Sure;
        }
        if is_granted(passage, head) || is_stop(passage.at(head)) {
            return Told::None;
        }
        // 总投资35亿元的项目
        if size && !bounded && !compared && is_attribute(passage, reading) {
            return Told::Open;
        }
        let counts = matches!(reading.kind, Kind::Count | Kind::Sort);
        return match () {
            () if opened || age => Told::Sure,
            // 超过90%的园区完成改造
            () if rate && !carried && (limited || bounded || !compared || above) => Told::None,
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
        let told = age && !evidence::is_reached(passage, reading)
            || reading.kind == Kind::Money && !reading.delivered() && is_rewarded(passage, tail);
        return if told { Told::Sure } else { Told::None };
    }
    // 对使用超过50年和材质落后的管网: the first part of what 对 says of a thing
    let parts = LEXICON.joint.at(passage.chars, tail).is_some() && passage.slice(tail, end).contains(&'的');
    if age || opened && parts && (bounded || compared) && !rate {
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
    // 淘汰35蒸吨以下锅炉, 引进5亿元以上项目: a bound that says which of them
    let rated = people && LEXICON.rated.at(passage.chars, tail).is_some()
        || size && LEXICON.rated.before(passage.chars, passage.phrase_end(tail)).is_some();
    let told_apart = (size || people) && bounded && (rated || size && reading.after == Some(Comparator::AtMost));
    match () {
        () if LEXICON.granted.at(passage.chars, tail).is_some() => Told::None,
        () if told_apart => Told::Sure,
        // 年产10万吨饲料项目
        () if reading.kind == Kind::Measure && !bounded && !compared && is_attribute(passage, reading) => Told::Open,
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
