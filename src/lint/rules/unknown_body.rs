//! Names that no body has, and that resemble one.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use pinyin::ToPinyin as _;

use crate::diagnostic::{Code, Finding};
use crate::extract::split_prefix;
use crate::knowledge::{Body, Knowledge, Level};
use crate::lint::notice::{Notice, Party};
use crate::lint::rule::rule;
use crate::resolve::BodyKind;
use crate::span::fold_str;

rule! {
    /// # 没有这家单位，疑为笔误
    /// # no body of this level and year has that name
    ///
    /// ## 查什么
    /// 登记表里这一级、这一年没有叫这个名字的单位，却有一家名字读音相同或只差一个字，或者名字是别的级别才有的。
    /// ## What it finds
    /// A name that the registry does not have for that level and year, where a body there has a name that sounds the
    /// same or differs in one character, or where only other levels have such a body.
    /// ## 为什么
    /// 打错一个字，任务就落到一家不存在的单位头上。
    /// ## Why it matters
    /// One wrong character hands the task to a body that does not exist.
    /// ## Wrong
    /// ```text
    /// 林河县2023年重点工作任务
    /// 一、主要任务
    /// （一）推进医共体建设。（县卫生健康局负责）
    /// （二）落实补助资金。（县财证局负责）
    /// （三）充实人员力量。（县人力资原社会保障局负责）
    /// ```
    /// ## Right
    /// ```text
    /// 林河县2023年重点工作任务
    /// 一、主要任务
    /// （一）推进医共体建设。（县卫生健康局负责）
    /// （二）落实补助资金。（县财政局负责）
    /// （三）充实人员力量。（县人力资源社会保障局负责）
    /// ```
    UNKNOWN_BODY: UnknownBody, Some(check)
}

/// The shortest name in characters of which one character may differ.
const LONG: usize = 5;

fn check(notice: &Notice<'_>, findings: &mut Vec<Finding>) {
    let mut seen: BTreeMap<&str, Option<Finding>> = BTreeMap::new();
    for party in notice.parties() {
        if party.body.is_registered() && !is_of_municipalities(&party) || party.body.kind != BodyKind::Department {
            continue;
        }
        let name = party.party.name.as_str();
        seen.entry(name).or_insert_with(|| look(notice, &party));
    }
    findings.extend(seen.into_values().flatten());
}

/// Whether a body is one of a province although the registry has it for municipalities alone: 省财政局.
fn is_of_municipalities(party: &Party<'_>) -> bool {
    let place = party.body.place.as_ref();
    place.is_some_and(|place| place.level == Level::Province && !place.name.ends_with('市')) && {
        let folded = fold_str(&party.party.name);
        let mut known = Knowledge::shipped().bodies.by_stem(split_prefix(&folded).1).peekable();
        known.peek().is_some()
            && known.all(|body| !body.levels.contains(&Level::Province) || body.note.contains(MUNICIPAL))
    }
}

/// How the registry says that of the provinces only municipalities have a body.
const MUNICIPAL: &str = "省级仅见于直辖市";

fn look(notice: &Notice<'_>, party: &Party<'_>) -> Option<Finding> {
    let folded = fold_str(&party.party.name);
    let place = party.body.place.as_ref();
    let unplaced = place.and_then(|place| folded.strip_prefix(&place.name));
    let (prefix, stem) = if let Some(rest) = unplaced {
        (place.map(|place| place.name.clone()).unwrap_or_default(), rest)
    } else {
        let (prefix, rest) = split_prefix(&folded);
        (prefix.map(String::from).unwrap_or_default(), rest)
    };
    let level = place.map(|place| place.level).or_else(|| notice.level())?;
    let year = notice.year();
    let slip = slip(stem, level, year, &printed(notice)).filter(|_| !party.body.is_registered());
    let (likely, of_level) = if let Some(likely) = slip {
        (likely, false)
    } else {
        let province = place.is_some_and(|place| level == Level::Province && !place.name.ends_with('市'));
        (other_level(stem, level, year, province)?, true)
    };
    let likely = format!("{prefix}{likely}");
    if likely == folded {
        return None;
    }
    let (zh, en) = if of_level {
        (
            format!("{}级没有 `{}`", level.zh(), party.party.name),
            format!("no {} has a `{}`", level.as_str(), party.party.name),
        )
    } else {
        (format!("没有叫 `{}` 的单位", party.party.name), format!("no body is named `{}`", party.party.name))
    };
    let finding = Finding::new(Code::UnknownBody, party.party.span, zh, en);
    Some(finding.with_hint(format!("疑为 `{likely}`"), format!("`{likely}` may be meant")))
}

/// The names that the document prints of bodies that the registry knows, without prefix and place.
fn printed(notice: &Notice<'_>) -> BTreeSet<String> {
    let known = notice.parties().filter(|party| party.body.is_registered());
    known.map(|party| split_prefix(&fold_str(&party.party.name)).1.to_owned()).collect()
}

/// The bodies of a level and year.
fn bodies(level: Level, year: Option<i16>) -> impl Iterator<Item = &'static Body> {
    let all = Knowledge::shipped().bodies.all().iter();
    all.filter(move |body| body.levels.contains(&level) && body.distance(year) == 0 && body.certainty != "inferred")
}

/// The name of a body that sounds the same or differs in one character; none where several do.
fn slip(stem: &str, level: Level, year: Option<i16>, printed: &BTreeSet<String>) -> Option<&'static str> {
    let length = stem.chars().count();
    if length < 3 {
        return None;
    }
    let spoken = spoken(stem);
    let last = stem.chars().next_back();
    let names = || bodies(level, year).flat_map(|body| body.stems.iter().map(String::as_str));
    let same_sound = || names().filter(|name| spoken.is_some() && self::spoken(name) == spoken);
    let near = || {
        names().filter(|name| {
            let dropped = name.chars().count() == length + 1 && length + 1 >= LONG;
            (length >= LONG || dropped)
                && name.chars().next_back() == last
                && name.chars().count() >= LONG - 1
                && strsim::osa_distance(name, stem) == 1
                && !is_variant(name, stem)
                // one character for another that sounds otherwise may be another body: 文体广电, 文化广电
                && (name.chars().count() != length || printed.contains(*name) || is_strange(stem, name))
        })
    };
    let only = |mut found: Vec<&'static str>| {
        found.sort_unstable();
        found.dedup();
        match found.as_slice() {
            [one] => Some(*one),
            _ => None,
        }
    };
    only(same_sound().collect()).or_else(|| only(near().collect()))
}

/// Whether the character by which a name differs from another stands beside no such character in any name of a body: 运榆
/// beside 运输.
fn is_strange(stem: &str, name: &str) -> bool {
    static PAIRS: LazyLock<BTreeSet<(char, char)>> = LazyLock::new(|| {
        let all = Knowledge::shipped().bodies.all().iter();
        let stems = all.flat_map(|body| body.stems.iter().map(String::as_str).chain([body.formal.as_str()]));
        stems.flat_map(|stem| stem.chars().zip(stem.chars().skip(1))).collect()
    });
    let chars: Vec<char> = stem.chars().collect();
    let Some(at) = chars.iter().zip(name.chars()).position(|(own, other)| *own != other) else { return false };
    let pairs = [at.checked_sub(1).map(|before| (before, at)), Some((at, at + 1))].into_iter().flatten();
    let mut pairs = pairs.filter_map(|(first, second)| Some((*chars.get(first)?, *chars.get(second)?)));
    pairs.all(|pair| !PAIRS.contains(&pair))
}

/// Whether a name is one of the many ways to shorten another (市场监督局, 卫生健康管理局): what one has and the
/// other lacks is a word that names of bodies gain and lose.
fn is_variant(name: &str, stem: &str) -> bool {
    let (long, short) = if name.len() >= stem.len() { (name, stem) } else { (stem, name) };
    let loose = |char: char| LOOSE.contains(char);
    if long.chars().count() == short.chars().count() {
        // 监管 and 监督, 大队 and 中队
        let differ = long.chars().zip(short.chars()).find(|(a, b)| a != b);
        return differ.is_some_and(|(a, b)| loose(a) && loose(b));
    }
    let mut rest = short.chars().peekable();
    let extra = long.chars().find(|char| {
        if rest.peek() == Some(char) {
            rest.next();
            false
        } else {
            true
        }
    });
    extra.is_some_and(loose)
}

/// What names of bodies gain and lose without becoming others.
const LOOSE: &str = "和与及局委会办公室管监督理建县市省区大总厅分支直属新";

fn spoken(name: &str) -> Option<Vec<&'static str>> {
    name.to_pinyin().map(|sound| sound.map(pinyin::Pinyin::plain)).collect()
}

/// For a name that only other levels have, the name of the same function at this one: 省财政局, 省财政厅.
fn other_level(stem: &str, level: Level, year: Option<i16>, province: bool) -> Option<&'static str> {
    // what the registry gives to provinces and says of municipalities alone
    let has = |body: &Body| body.levels.contains(&level) && !(province && body.note.contains(MUNICIPAL));
    let known: Vec<&Body> = Knowledge::shipped().bodies.by_stem(stem).collect();
    let sure = !known.is_empty()
        && known.iter().all(|body| !has(body) && body.certainty == "certain")
        && known.iter().any(|body| body.distance(year) == 0);
    if !sure {
        return None;
    }
    let function = &known.first()?.function;
    // the ending alone differs: 财政局, 财政厅
    let root: String = stem.chars().take(stem.chars().count().saturating_sub(1)).collect();
    let here =
        bodies(level, year).filter(|body| body.function == *function && body.certainty == "certain" && has(body));
    here.flat_map(|body| &body.stems)
        .find(|name| name.starts_with(root.as_str()) && name.chars().count() == stem.chars().count())
        .map(String::as_str)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slips_are_told_from_other_bodies() {
        let none = BTreeSet::new();
        let slip_in_city = |stem| slip(stem, Level::City, Some(2023), &none);
        assert_eq!(slip_in_city("财证局"), Some("财政局"));
        assert_eq!(slip_in_city("人力资原社会保障局"), Some("人力资源社会保障局"));
        assert_eq!(slip_in_city("卫生健局"), Some("卫生健康局"));
        assert_eq!(slip_in_city("交通运榆局"), Some("交通运输局"));
        assert_eq!(slip_in_city("住房城乡建没局"), Some("住房城乡建设局"));
        assert_eq!(slip_in_city("供热局"), None);
        assert_eq!(slip_in_city("文体广电新闻出版局"), None);
        let printed = BTreeSet::from(["住房城乡建设局".to_owned()]);
        assert_eq!(slip("住房城乡建投局", Level::City, Some(2023), &printed), Some("住房城乡建设局"));
        assert_eq!(other_level("财政局", Level::Province, Some(2023), false), None);
        assert_eq!(other_level("财政局", Level::Province, Some(2023), true), Some("财政厅"));
        assert_eq!(other_level("财政厅", Level::City, Some(2023), false), Some("财政局"));
    }
}
