//! Numbers as notices print them: 1,500, 1 500, 二十三, 三分之一, 百分之九十, 两三.

use super::passage::{Passage, is_stop};
use crate::numeral;

/// A number as printed.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Figure {
    /// The number; of a share, in percent.
    pub(super) value: f64,
    /// The upper end of one such as 两三.
    pub(super) upper: Option<f64>,
    /// First character.
    pub(super) start: usize,
    /// Behind the last character.
    pub(super) end: usize,
    /// Written with Chinese numerals: it needs a word that says it is a quantity.
    pub(super) han: bool,
    /// A share such as 三分之一, which needs no unit: the sign that stands for it.
    pub(super) share: Option<char>,
}

/// The longest number that is read, in characters.
const LONGEST: usize = 16;

/// Whether a number may begin with a character.
pub(super) fn may_begin(char: char) -> bool {
    char.is_ascii_digit() || matches!(char, '番' | '过') || numeral::is_numeral(char)
}

/// The number that begins at a place.
pub(super) fn read(passage: Passage<'_>, start: usize) -> Option<Figure> {
    let char = passage.at(start);
    if char.is_ascii_digit() {
        return arabic(passage, start);
    }
    // 实现翻番: once
    if char == '番' && passage.before(start) == '翻' {
        return Some(Figure { value: 1.0, upper: None, start, end: start, han: true, share: None });
    }
    if matches!(char, '一' | '过') && passage.at(start + 1) == '半' && !numeral::is_numeral(passage.before(start)) {
        return Some(share(50.0, start, start + 2));
    }
    if let Some(sign) = per(char)
        && passage.at(start + 1) == '分'
        && passage.at(start + 2) == '之'
    {
        let number = han(passage, start + 3).or_else(|| arabic(passage, start + 3))?;
        return Some(Figure { start, han: false, share: Some(sign), ..number });
    }
    if !numeral::is_numeral(char) || start > 0 && numeral::is_numeral(passage.at(start - 1)) {
        return None;
    }
    let number = han(passage, start)?;
    if passage.at(number.end) == '分' && passage.at(number.end + 1) == '之' {
        let upper = han(passage, number.end + 2)?;
        let percent = (upper.value / number.value * 1000.0).round() / 10.0;
        return (number.value > 0.0).then(|| share(percent, start, upper.end));
    }
    // 七成: seven tenths
    if passage.at(number.end) == '成' && number.upper.is_none() && (2.0..10.0).contains(&number.value) {
        let tenths = share(number.value * 10.0, start, number.end + 1);
        let next = passage.at(number.end + 1);
        let closed = is_stop(next) || matches!(next, '以' | '左' | '的' | '和' | '及' | '\0');
        return closed.then_some(tenths);
    }
    Some(number)
}

fn share(value: f64, start: usize, end: usize) -> Figure {
    Figure { value, upper: None, start, end, han: true, share: Some('%') }
}

/// 百分之, 千分之.
fn per(char: char) -> Option<char> {
    match char {
        '百' => Some('%'),
        '千' => Some('‰'),
        _ => None,
    }
}

fn arabic(passage: Passage<'_>, start: usize) -> Option<Figure> {
    let before = passage.before(start);
    if before.is_ascii_alphanumeric() || before == '.' {
        return None;
    }
    let digits_at = |from: usize| (from..).take_while(|at| passage.at(*at).is_ascii_digit()).take(LONGEST).count();
    let mut number = String::new();
    let mut end = start;
    let mut dotted = false;
    while number.len() <= LONGEST {
        let group = digits_at(end);
        number.extend((end..end + group).map(|at| passage.at(at)));
        end += group;
        let first = number.len() == group;
        match passage.at(end) {
            '.' if !dotted && passage.at(end + 1).is_ascii_digit() => {
                dotted = true;
                number.push('.');
                end += 1;
            }
            // 1,500 and 1 500
            ',' | ' ' if !dotted && digits_at(end + 1) == 3 && (!first || group <= 3) && group > 0 => end += 1,
            _ => break,
        }
    }
    let value = number.parse().ok().filter(|_| number.len() <= LONGEST)?;
    Some(Figure { value, upper: None, start, end, han: false, share: None })
}

/// A number in Chinese numerals, up to 万, which is read as a part of the unit.
fn han(passage: Passage<'_>, start: usize) -> Option<Figure> {
    let words: Vec<char> = (start..start + 12)
        .map(|at| passage.at(at))
        .take_while(|char| numeral::is_numeral(*char) && !matches!(char, '万' | '亿'))
        .collect();
    let end = start + words.len();
    let digit = |char: &char| numeral::parse(&char.to_string()).filter(|value| (1..10).contains(value));
    // 两三个: two or three of them
    if let [first, second] = words.as_slice()
        && let (Some(first), Some(second)) = (digit(first), digit(second))
    {
        let (first, second) = (u32::try_from(first).ok()?, u32::try_from(second).ok()?);
        return (first < second).then(|| Figure {
            value: f64::from(first),
            upper: Some(f64::from(second)),
            start,
            end,
            han: true,
            share: None,
        });
    }
    let value = u32::try_from(numeral::parse(&words.into_iter().collect::<String>())?).ok()?;
    Some(Figure { value: f64::from(value), upper: None, start, end, han: true, share: None })
}
