//! The thing measured, in the words of the text.

use super::super::model::Comparator;
use super::lexicon::{Before, Kind, LEXICON, Table};
use super::passage::{Passage, is_stop};
use super::reading::Reading;
use super::said::Said;
use crate::span::is_blank;

/// The longest name of a thing measured, in characters.
pub(super) const LONGEST: usize = 18;

/// The name of the thing that a figure measures; empty where the phrase has none.
pub(super) fn find(passage: Passage<'_>, reading: &Reading) -> Vec<char> {
    let phrase = passage.phrase(reading.head());
    let ahead = |to: usize| tidy(&outside_brackets(passage.slice(phrase, to)));
    let behind = || behind(passage, reading.end.max(reading.unit_end));
    let counted = matches!(reading.kind, Kind::Count | Kind::Sort | Kind::Measure | Kind::Money);
    let head = passage.trim_end(reading.head());
    // 给予最高800万元补助, 开放不少于50个场景: a verb stands before the word that compares
    let given = LEXICON.giving.before(passage.chars, head).is_some();
    let verb = counted && matches!(LEXICON.before.before(passage.chars, head), Some((2.., Before::Deliver)));
    // 10个市级品牌、5个县级品牌, but not 380公里、实施精品公路145公里
    let own = reading.before.is_some_and(|said| said.what == Before::Deliver && !said.adjacent);
    let joint = counted && !own && matches!(passage.before(head), '和' | '及' | '与' | '、');
    let candidates: [Vec<char>; 3] = match reading.before {
        // 不超过投资额30%
        Some(Said { bound: Some((_, end)), .. }) if reading.kind == Kind::Rate => {
            [tidy(&outside_brackets(passage.slice(end, reading.start()))), ahead(reading.head()), behind()]
        }
        Some(said) if matches!(said.what, Before::Compare(_)) && (given || verb) => {
            [behind(), ahead(reading.head()), Vec::new()]
        }
        _ if joint => [behind(), ahead(reading.head()), Vec::new()],
        // 新建公园3个, 新建3个公园
        Some(said) if said.what == Before::Deliver => {
            let whole = without_verbs(&tidy(&outside_brackets(passage.slice(phrase, reading.start()))));
            let opens =
                passage.only(&LEXICON.openers, phrase, said.start) || without_verbs(&ahead(said.start)).len() < 2;
            match () {
                () if LEXICON.giving.at(passage.chars, said.start).is_some() && said.adjacent => {
                    [behind(), passage.slice(said.start, said.end).to_vec(), Vec::new()]
                }
                () if said.adjacent && opens => [behind(), whole, ahead(said.end)],
                () if said.adjacent => [behind(), ahead(said.end), whole],
                () if opens => [whole, behind(), Vec::new()],
                () => [between(passage, phrase, reading), behind(), whole],
            }
        }
        // 减少审批环节5个
        Some(said) if !said.adjacent && said.bound.is_none() => {
            [tidy(&outside_brackets(passage.slice(said.end, reading.start()))), behind(), ahead(said.end)]
        }
        // 不高于合同金额的30%
        Some(said) if !said.adjacent && counted => [behind(), ahead(said.start), Vec::new()],
        Some(said) if !said.adjacent => {
            [tidy(&outside_brackets(passage.slice(said.end, reading.start()))), ahead(said.start), behind()]
        }
        _ => {
            // 80%以上的县: a share of what stands behind
            let of = passage.at(passage.skip_blanks(reading.end)) == '的' && reading.figure.share.is_some();
            if of {
                [behind(), ahead(reading.head()), Vec::new()]
            } else {
                [ahead(reading.head()), behind(), Vec::new()]
            }
        }
    };
    // 1次督查, 通报1次: what is done so often is named by its verb
    let done = LEXICON.is_occasion(&reading.unit);
    let named = candidates.iter().find(|name| name.len() >= 2 && !is_only_verb(name));
    named.or_else(|| candidates.iter().find(|name| done && name.len() >= 2)).cloned().unwrap_or_default()
}

/// The words between the first verb of delivery in a phrase and a figure.
fn between(passage: Passage<'_>, phrase: usize, reading: &Reading) -> Vec<char> {
    let first = (phrase..reading.start()).find_map(|at| {
        let found = LEXICON.before.starting(passage.chars, at).find(|(_, what)| is_verb(*what));
        found.filter(|(length, _)| *length > 1).map(|(length, _)| at + length)
    });
    let words = passage.slice(first.unwrap_or(phrase), reading.start());
    without_verbs(&tidy(&outside_brackets(words)))
}

/// Whether a name is nothing but a verb.
fn is_only_verb(name: &[char]) -> bool {
    let given = LEXICON.granted.at(name, 0).is_some();
    !given && LEXICON.before.starting(name, 0).any(|(length, _)| length == name.len())
}

/// Whether a word is a verb whose object comes in numbers.
fn is_verb(what: Before) -> bool {
    matches!(what, Before::Deliver | Before::Compare(Comparator::Increase | Comparator::Decrease))
}

/// The words without the verbs of delivery that open them, as long as two remain.
fn without_verbs(words: &[char]) -> Vec<char> {
    let mut words = words;
    while let Some((length, _)) = LEXICON.before.starting(words, 0).find(|(length, what)| is_verb(*what) && *length > 1)
        && words.len() >= length + 2
    {
        words = words.get(length..).unwrap_or_default();
    }
    words.to_vec()
}

/// The names of a list of things of which each has a figure: 孕产妇死亡率和婴儿死亡率分别….
pub(super) fn listed(passage: Passage<'_>, reading: &Reading, count: usize) -> Option<Vec<Vec<char>>> {
    let clause = passage.clause(reading.head());
    let words = trimmed(&outside_brackets(passage.slice(clause, reading.head())));
    let mut parts: Vec<Vec<char>> = vec![Vec::new()];
    for char in &words {
        if matches!(char, '、' | '和' | '及' | '与') {
            parts.push(Vec::new());
        } else if let Some(part) = parts.last_mut() {
            part.push(*char);
        }
    }
    parts.retain(|part| !part.is_empty());
    // more names than figures: the first ones belong together no less than the last
    if parts.len() != count || count < 2 {
        return None;
    }
    let last = parts.last()?.clone();
    let measured = |part: &[char]| LEXICON.carrier.before(part, part.len()).is_some();
    if measured(&last) {
        for part in &mut parts {
            // 山区学校和海岛学校供餐覆盖率: the first half lacks what both are measured by
            if !measured(part) && part.len() < last.len() {
                part.extend(measure(part, &last));
            }
        }
    }
    Some(parts.into_iter().map(|part| shortened(&tidy(&part))).collect())
}

/// What a list of things is measured by, from its last thing: 供餐覆盖率 of 山区学校和海岛学校供餐覆盖率.
fn measure(part: &[char], last: &[char]) -> Vec<char> {
    let kind = part.get(part.len().saturating_sub(2)..).unwrap_or_default();
    let shared = (0..last.len()).find(|at| last.get(*at..).is_some_and(|rest| rest.starts_with(kind)));
    let aligned = part.last() == last.get(part.len() - 1);
    let from = match shared {
        Some(at) => at + kind.len(),
        None if aligned => part.len(),
        // 新生儿和5岁以下儿童死亡率, 氨氮和氮氧化物排放总量
        None => last.len().saturating_sub(if last.ends_with(&['率']) { 3 } else { 4 }),
    };
    last.get(from..).unwrap_or_default().to_vec()
}

/// A name made of some words of the text.
pub(super) fn tidied(words: &[char]) -> String {
    tidy(&outside_brackets(words)).into_iter().collect()
}

/// Whether words begin with what is said of a figure: 超过90家.
fn says(words: &[char]) -> bool {
    LEXICON.before.starting(words, 0).any(|(_, what)| matches!(what, Before::Compare(_)))
}

/// Whether a name is what is said of a figure.
pub(super) fn is_said(name: &str) -> bool {
    says(&name.chars().collect::<Vec<char>>()) && name.chars().any(|char| char.is_ascii_digit())
}

/// The name that the nearest clause before a place gives, within its sentence.
pub(super) fn nearest(passage: Passage<'_>, sentence: usize, place: usize) -> String {
    let mut end = place;
    while end > sentence {
        let start = passage.clause(end).max(sentence);
        let words = passage.slice(start, end);
        // 分别超过90家: what is said of a figure names nothing
        let said = says(&trimmed(words));
        let name = if said { String::new() } else { tidied(words) };
        if name.chars().count() >= 2 || start <= sentence {
            return name;
        }
        end = start - 1;
    }
    String::new()
}

/// The words behind a figure, up to the end of the phrase or the next figure.
fn behind(passage: Passage<'_>, from: usize) -> Vec<char> {
    let rest = passage.slice(from, from + 60);
    let mut out = Vec::new();
    let mut depth = 0_usize;
    let mut listed = None;
    for char in rest {
        match char {
            '(' => depth += 1,
            ')' if depth > 0 => depth -= 1,
            _ if depth > 0 => {}
            '、' if !out.is_empty() => {
                listed.get_or_insert(out.len());
                out.push('、');
            }
            char if is_stop(*char) || char.is_ascii_digit() => break,
            char if is_blank(*char) => {}
            _ => out.push(*char),
        }
    }
    // 能力较强、作用明显的卫生院: the thing stands behind what is said of it
    let of = out.iter().rposition(|char| *char == '的');
    let words = match (listed, of) {
        (Some(comma), Some(of)) if of > comma && out.len() > of + 2 => out.get(of + 1..),
        (Some(comma), _) => out.get(..comma),
        (None, _) => out.get(..),
    };
    let mut words = words.unwrap_or_default();
    // 10万元/项的奖励
    if let ['/', ..] = words {
        let item = words.iter().take(3).position(|char| *char == '的').unwrap_or(1);
        words = words.get(item + 1..).unwrap_or_default();
    }
    while let ['的' | '以' | '左' | '右', rest @ ..] = words {
        words = rest;
    }
    // 1个区作为综合改革示范区
    if let Some(at) = words.windows(2).position(|pair| pair == ['作', '为'])
        && words.len() > at + 3
    {
        words = words.get(at + 2..).unwrap_or_default();
    }
    let long = words.len() > LONGEST;
    let verb = (4..words.len()).find(|at| LEXICON.doing.at(words, *at).is_some()).filter(|_| long);
    let end = verb.unwrap_or(words.len()).min(LONGEST);
    strip_behind(words.get(..end).unwrap_or_default()).to_vec()
}

/// The words without what stands in brackets, and without blanks.
fn outside_brackets(words: &[char]) -> Vec<char> {
    let mut depth = 0_usize;
    let mut out = Vec::with_capacity(words.len());
    for char in words {
        match char {
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            char if depth == 0 && !is_blank(*char) => out.push(*char),
            _ => {}
        }
    }
    out
}

/// The words without a date, a scope and small words at either end, as one name.
fn tidy(words: &[char]) -> Vec<char> {
    shortened(&trimmed(words))
}

/// The same in its whole length.
fn trimmed(words: &[char]) -> Vec<char> {
    let mut words = words;
    loop {
        let before = words.len();
        words = strip_date(words);
        words = strip_ahead(words, &LEXICON.openers);
        if words.len() == before {
            break;
        }
    }
    // 提高到当地平均工资的6倍
    if let ['到', next, ..] = words
        && !matches!(next, '位' | '岗')
    {
        words = words.get(1..).unwrap_or_default();
    }
    let words = strip_comparison(strip_behind(strip_start(words)));
    // 投入占比3%以上的企业: what a condition is said of
    let of = words.iter().rposition(|char| *char == '的').filter(|of| {
        words.get(..*of).is_some_and(|ahead| ahead.iter().any(char::is_ascii_digit)) && words.len() >= of + 3
    });
    words.get(of.map_or(0, |of| of + 1)..).unwrap_or_default().to_vec()
}

/// A name cut to length: at a word that joins, where one stands well.
fn shortened(words: &[char]) -> Vec<char> {
    if words.len() <= LONGEST {
        return words.to_vec();
    }
    let least = words.len() - LONGEST;
    let joint = (least..words.len() - 3).find(|at| {
        let joins = |char: &char| matches!(char, '的' | '和' | '及' | '与' | '中' | '内' | '在' | '于');
        words.get(at - 1).is_some_and(joins) && words.get(*at) != Some(&'以')
    });
    let rest = words.get(joint.unwrap_or(least)..).unwrap_or_default();
    strip_ahead(rest, &LEXICON.openers).to_vec()
}

fn strip_ahead<'w>(words: &'w [char], table: &Table<()>) -> &'w [char] {
    let mut words = words;
    while let Some((length, ())) = table.at(words, 0).filter(|_| LEXICON.whole.at(words, 0).is_none()) {
        words = words.get(length..).unwrap_or_default();
    }
    words
}

fn strip_behind(words: &[char]) -> &[char] {
    let mut words = words;
    // 就诊率2023年达到
    if let [name @ .., first, _, _, _, '年'] = words
        && words.iter().rev().skip(1).take(4).all(char::is_ascii_digit)
        && matches!(first, '1' | '2')
        && name.len() >= 2
    {
        words = name;
    }
    while let Some((length, ())) = LEXICON.closers.before(words, words.len()) {
        words = words.get(..words.len() - length).unwrap_or_default();
    }
    words
}

/// Strips 到2025年底, 2022年和2030年, "十四五"期间, 年底前.
fn strip_date(words: &[char]) -> &[char] {
    let at = |index: usize| words.get(index).copied().unwrap_or('\0');
    let mut index = usize::from(matches!(at(0), '到' | '至' | '自' | '从' | '在' | '截' | '和' | '、' | '及' | '与'));
    if at(index) == '至' {
        index += 1;
    }
    let digits = (index..words.len()).take_while(|place| at(*place).is_ascii_digit()).count();
    let mut end = index + digits;
    if digits > 0 && matches!(at(end), '年' | '月' | '日') {
        end += 1;
    } else if at(index) == '"' {
        // "十四五"期间
        let close = (index + 1..index + 8).find(|place| at(*place) == '"');
        match close {
            Some(close) if matches!(at(close + 1), '期' | '末' | '时' | '规') => end = close + 1,
            _ => return words,
        }
    } else if at(index) == '年' && matches!(at(index + 1), '底' | '末' | '内') {
        end = index + 1;
    } else {
        return words;
    }
    for word in ["期间", "时期", "以前", "年底", "起", "底", "末", "前", "内", "度", "份"] {
        let word: Vec<char> = word.chars().collect();
        if words.get(end..).is_some_and(|rest| rest.starts_with(&word)) {
            end += word.len();
        }
    }
    if at(end) == '前' {
        end += 1;
    }
    words.get(end..).unwrap_or_default()
}

/// Strips 由240元, 从目前的60%.
fn strip_start(words: &[char]) -> &[char] {
    let cut = (2..words.len()).find(|at| {
        let rest = words.get(at + 1..).unwrap_or_default();
        LEXICON.baseline.at(words, *at).is_some() && rest.iter().take(6).any(char::is_ascii_digit)
    });
    cut.map_or(words, |at| words.get(..at).unwrap_or_default())
}

/// Strips 较2015年, 比上年, 同比.
fn strip_comparison(words: &[char]) -> &[char] {
    let cut = (0..words.len()).find(|at| {
        let here = words.get(*at..).unwrap_or_default();
        let compared = matches!(here.first(), Some('较' | '比'));
        let than = here.get(1).is_some_and(char::is_ascii_digit) || LEXICON.compared.at(here, 1).is_some();
        compared && than
    });
    cut.map_or(words, |at| strip_behind(words.get(..at).unwrap_or_default()))
}
