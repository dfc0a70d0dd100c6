//! A time after an event: 省相关文件印发后3个月内, 自印发之日起30日内.

use super::printed::Grammar;
use crate::numeral;

/// A time allowed, and the event that starts it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Relative {
    pub(super) duration: String,
    pub(super) after: Option<String>,
    /// Where the words begin, the event left out.
    pub(super) start: usize,
    pub(super) end: usize,
}

/// How far before a time its event may begin, in characters.
const REACH: usize = 40;

/// The relative time limit whose time stands at a place.
pub(super) fn at(grammar: &Grammar, index: usize) -> Option<Relative> {
    let (cursor, words) = (grammar.cursor, grammar.words);
    let end = if let Some(length) = cursor.first_of(index, &words.lengths) {
        index + length
    } else {
        let (_, length) = cursor.number(index, 3)?;
        let unit = index + length + cursor.blanks(index + length);
        unit + cursor.first_of(unit, &words.durations)?
    };
    if cursor.before(index).is_ascii_digit() || matches!(cursor.before(index), '.' | '每' | '第') {
        return None;
    }
    let about = end + cursor.first_of(end, &words.about).unwrap_or(0);
    let within = cursor.first_of(about, &words.within);
    let before = cursor.words(index.saturating_sub(REACH), index);
    let phrase = before.rsplit(['。', ';', '\n', '\t']).next().unwrap_or_default();
    let event = words.after.iter().filter_map(|word| phrase.strip_suffix(word.as_str())).min_by_key(|rest| rest.len());
    let event = event.map(|event| {
        let event = event.rsplit([',', '、', ':', '(']).next().unwrap_or_default();
        let leads = words.at.iter().chain(&words.since);
        leads.fold(event, |event, word| event.rsplit_once(word.as_str()).map_or(event, |(_, rest)| rest)).trim()
    });
    let event = event.filter(|event| !event.is_empty()).map(str::to_owned);
    // a time without an event: 5年内引进100名, 发现问题24小时内上报
    let follows = about + within.unwrap_or(0);
    let past = cursor.first_of(follows, &words.not_within).is_some() || cursor.at(follows) == ')';
    let short = cursor.starts(index, "1年") || cursor.starts(index, "一年");
    let measure = cursor.last_of(index, &words.not_before_time).is_some();
    // 急救3分钟内出车率
    let instant = cursor.words(index, end).ends_with("分钟");
    let alone = within.is_some() && (grammar.limit || !past && !short && !measure && !instant);
    // 接报后5分钟内的发车率: the time tells which
    let told = cursor.at(follows) == '的' && !grammar.limit;
    // 用3年时间建成
    let taken = cursor.first_of(end, &words.taken).filter(|_| cursor.last_of(index, &words.taking).is_some());
    let stands = taken.is_some() || !told && (alone || event.is_some() && (within.is_some() || grammar.limit));
    let stop = taken.map_or(about + within.unwrap_or(0), |length| end + length);
    stands.then(|| Relative { duration: in_figures(&cursor.words(index, end)), after: event, start: index, end: stop })
}

/// A length with its number in figures: 三个月 is 3个月.
fn in_figures(length: &str) -> String {
    let plain = length.replace(' ', "");
    let end = plain.find(|char| !numeral::is_numeral(char)).unwrap_or(0);
    match plain.split_at_checked(end) {
        Some((number, unit)) if !number.is_empty() => {
            numeral::parse(number).map_or_else(|| plain.clone(), |number| format!("{number}{unit}"))
        }
        _ => plain,
    }
}
