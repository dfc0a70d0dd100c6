//! Figures without their unit.

use crate::diagnostic::{Code, Finding};
use crate::lint::figure::{self, longest};
use crate::lint::notice::Notice;
use crate::lint::rule::rule;
use crate::span::Span;

rule! {
    /// # 指标数值缺少单位
    /// # a figure lacks its unit
    ///
    /// ## 查什么
    /// “……率达到 85”而没有写“%”；“由 80% 提高到 85”后一个数漏了单位。
    /// ## What it finds
    /// A share (…率, 比例, 比重) whose figure has no unit, and a change from a figure with a unit to one without.
    /// ## 为什么
    /// 85 是百分之八十五，还是八十五家？不同的人会报不同的数。
    /// ## Why it matters
    /// Whether 85 means per cent or places is left to the reader.
    /// ## Wrong
    /// ```text
    /// 林河县2023年重点工作任务
    /// 一、主要任务
    /// （一）2023年底前，县域内就诊率达到85以上。（县卫生健康局负责）
    /// （二）落实补助资金。（县财政局负责）
    /// ```
    /// ## Right
    /// ```text
    /// 林河县2023年重点工作任务
    /// 一、主要任务
    /// （一）2023年底前，县域内就诊率达到85%以上。（县卫生健康局负责）
    /// （二）2023年底前，两项比例分别达到60、70和80%。（县财政局负责）
    /// ```
    NO_UNIT: NoUnit, Some(check)
}

/// How far before a figure the name of its share may end, in characters.
const REACH: usize = 8;

fn check(notice: &Notice<'_>, findings: &mut Vec<Finding>) {
    let words = &Notice::words().figures;
    for &passage in &notice.passages {
        let chars = notice.folded(passage);
        for at in (0..chars.len()).filter(|at| figure::begins(chars, *at)) {
            let Some(read) = figure::read(chars, at, passage.start) else { continue };
            let behind = chars.get(read.span.end - passage.start..).unwrap_or_default();
            if !read.unit.is_empty() || read.printed <= 1.0 || is_year(read.printed) {
                continue;
            }
            if starts_change(chars, at, behind, words) {
                findings.push(missing(notice, read.span));
                continue;
            }
            if !ends_phrase(behind) {
                continue;
            }
            let start = at.saturating_sub(24);
            let before: String = chars.get(start..at).unwrap_or_default().iter().collect();
            let phrase = before.rsplit([',', '。', ';', '、', ':']).next().unwrap_or_default();
            let before = chars.get(..at).unwrap_or_default();
            let grows = words.growth.iter().any(|verb| phrase.ends_with(verb.as_str()));
            if grows || is_share(phrase, words) || is_changed(chars, at, words) || is_next_share(phrase, before, words)
            {
                findings.push(missing(notice, read.span));
            }
        }
    }
}

fn missing(notice: &Notice<'_>, place: Span) -> Finding {
    let printed = notice.text.slice(place);
    Finding::new(Code::NoUnit, place, format!("`{printed}` 缺少单位"), format!("`{printed}` has no unit"))
        .with_hint("请补上，如 `%`", "add it, such as `%`")
}

#[expect(clippy::float_cmp, reason = "whole numbers are exact")]
fn is_year(value: f64) -> bool {
    (1949.0..2100.0).contains(&value) && value.trunc() == value
}

/// Whether a figure ends its phrase: 85以上, 85。
fn ends_phrase(behind: &[char]) -> bool {
    let more = ["以上", "以下", "以内", "左右"].into_iter().find(|word| figure::starts_with(behind, word));
    let skip = more.map_or(0, |word| word.chars().count());
    let rest: Vec<char> = behind.iter().skip(skip).copied().filter(|char| *char != ' ').take(1).collect();
    match rest.as_slice() {
        [] => true,
        [char] => matches!(char, ',' | '。' | ';' | ')' | '\n'),
        _ => false,
    }
}

/// Whether a phrase ends with a share and the words that lead to its figure: 就诊率达到.
fn is_share(phrase: &str, words: &crate::knowledge::DraftFigures) -> bool {
    let verbs = words.reach.iter().chain(&words.rise).chain(&words.fall);
    let Some(named) = verbs.filter_map(|verb| phrase.strip_suffix(verb.as_str())).min_by_key(|named| named.len())
    else {
        return false;
    };
    let tail: String = named.chars().rev().take(REACH).collect::<Vec<_>>().into_iter().rev().collect();
    let ends = |list: &[String]| list.iter().any(|word| tail.ends_with(word.as_str()));
    let tail_ends = ends(&words.shares) && !ends(&words.no_shares);
    tail_ends || tail.ends_with("均") && words.shares.iter().any(|word| tail.contains(&format!("{word}均")))
}

/// Whether a phrase says only when a share that was told before is to be reached: …率达到80%，到2025年达到90.
fn is_next_share(phrase: &str, before: &[char], words: &crate::knowledge::DraftFigures) -> bool {
    let verbs = words.reach.iter().chain(&words.rise).chain(&words.fall);
    let named = verbs.filter_map(|verb| phrase.strip_suffix(verb.as_str())).min_by_key(|named| named.len());
    let is_date = |named: &str| {
        named.ends_with('年')
            && named.chars().all(|char| char.is_ascii_digit() || matches!(char, '到' | '至' | '年' | '和' | ' '))
    };
    if !named.is_some_and(is_date) {
        return false;
    }
    let sentence: String = before.iter().rev().take_while(|char| !matches!(char, '。' | ';')).collect();
    let sentence: String = sentence.chars().rev().collect();
    sentence.contains('%') && words.shares.iter().any(|share| sentence.contains(share.as_str()))
}

/// Whether a figure is the first of a change whose second is a share: 由88提高到90%.
fn starts_change(chars: &[char], at: usize, behind: &[char], words: &crate::knowledge::DraftFigures) -> bool {
    let led = chars
        .get(at.saturating_sub(1)..at)
        .is_some_and(|lead| words.from.iter().any(|word| lead.iter().copied().eq(word.chars())));
    let Some(verb) = longest(behind, &words.rise).or_else(|| longest(behind, &words.fall)).filter(|_| led) else {
        return false;
    };
    let second = chars.len() - behind.len() + verb.chars().count();
    figure::read(chars, second, 0).is_some_and(|second| second.unit == "%")
}

/// Whether a figure is the second of a change whose first has a unit.
fn is_changed(chars: &[char], at: usize, words: &crate::knowledge::DraftFigures) -> bool {
    (at.saturating_sub(6)..at).any(|verb_at| {
        let rest = chars.get(verb_at..at).unwrap_or_default();
        let verbs = longest(rest, &words.rise).or_else(|| longest(rest, &words.fall));
        if verbs.is_none_or(|verb| verb_at + verb.chars().count() != at) {
            return false;
        }
        let from = (verb_at.saturating_sub(14)..verb_at).find(|from| {
            figure::begins(chars, *from)
                && chars
                    .get(from.saturating_sub(3)..*from)
                    .is_some_and(|lead| lead.iter().any(|char| matches!(char, '由' | '从')))
        });
        let read = from.and_then(|from| figure::read(chars, from, 0));
        read.is_some_and(|first| !first.unit.is_empty() && first.unit != "年" && first.span.end <= verb_at)
    })
}
