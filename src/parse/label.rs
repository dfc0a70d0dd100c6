//! Printed numbers of items: 一、 (一) 1. (1) ① 第一条.

use std::sync::LazyLock;

use crate::knowledge::{CharSet, Knowledge};
use crate::numeral;
use crate::span::fold;

/// How a number is written. Which style stands above which is up to each document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Style {
    /// 第一章, 第一部分
    Chapter,
    /// 第一节
    Section,
    /// 第一条
    Article,
    /// 一、
    Han,
    /// (一)
    HanBracket,
    /// 1. or 1、
    Arabic,
    /// 1.2, with the number of its parts
    Dotted(usize),
    /// (1)
    ArabicBracket,
    /// 1)
    ArabicHalfBracket,
    /// ①
    Circled,
}

/// A printed number at the beginning of a paragraph.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Label {
    /// As printed, half-width and without blanks.
    pub text: String,
    /// How it is written.
    pub style: Style,
    /// Its value; of a dotted one, the last part.
    pub number: u64,
    /// Length in characters of what it takes up, blanks behind it included.
    pub length: usize,
}

/// How many characters a label is looked for in.
const REACH: usize = 24;

/// Reads a label at the beginning of a paragraph, whose blanks are trimmed.
pub fn of(paragraph: &str) -> Option<Label> {
    if !paragraph.chars().next().map(fold).is_some_and(begins) {
        return None;
    }
    read(&paragraph.chars().take(REACH).map(fold).collect::<Vec<char>>())
}

/// Reads a label at the beginning of a paragraph, which is folded and whose blanks are trimmed.
pub fn read(paragraph: &[char]) -> Option<Label> {
    let chars = paragraph.get(..REACH).unwrap_or(paragraph);
    let (end, style, number) = measured(chars)?;
    let mut text = String::with_capacity(4 * end);
    text.extend(chars.iter().take(end).filter(|char| **char != ' '));
    let blanks = chars.iter().skip(end).take_while(|char| matches!(char, ' ' | '\t')).count();
    Some(Label { text, style, number, length: end + blanks })
}

/// Reads what looks like a decimal and is a label by the items that are open: 18.70%以上的县 behind 17., 1.1新建 below 1.,
/// 1.100个村卫生室 where none is; and a number that only a blank follows: 2 健全机制. One of whole items is sure only where
/// no sentence goes on.
pub(super) fn following(paragraph: &[char], open: &[&Label]) -> Option<Label> {
    let first = run(paragraph, 0, |char| char.is_ascii_digit());
    if !(1..=3).contains(&first) {
        return None;
    }
    match at(paragraph, first) {
        '.' => like_decimal(paragraph, first, open),
        ' ' => before_blank(paragraph, first, open),
        _ => None,
    }
}

/// Whether an item of whole numbers is open, right behind which one of a number comes.
fn counts_on(open: &[&Label], number: u64) -> bool {
    open.iter().any(|label| label.style == Style::Arabic && label.number + 1 == number)
}

/// Whether items of whole numbers or their parts are open.
fn is_counted(open: &[&Label]) -> bool {
    open.iter().any(|label| matches!(label.style, Style::Arabic | Style::Dotted(_)))
}

/// 1 健全机制 where no such item is open, 2 开展宣传 and 3 15岁以上人群 behind one.
fn before_blank(paragraph: &[char], digits: usize, open: &[&Label]) -> Option<Label> {
    let number = value(paragraph, 0, digits)?;
    let words = digits + run(paragraph, digits, |char| char == ' ');
    let next = at(paragraph, words);
    let follows = counts_on(open, number);
    let is_first = number == 1 && !is_counted(open);
    let may_begin = is_han(next) && !is_measure(next) || follows && next.is_ascii_digit();
    ((follows || is_first) && may_begin).then(|| {
        let text = paragraph.iter().take(digits).collect();
        Label { text, style: Style::Arabic, number, length: words }
    })
}

/// 18.70%以上的县, 1.1新建, 1.100个村卫生室: the point ends a label.
fn like_decimal(paragraph: &[char], first: usize, open: &[&Label]) -> Option<Label> {
    let second = run(paragraph, first + 1, |char| char.is_ascii_digit());
    let end = first + 1 + second;
    let (number, part) = (value(paragraph, 0, first)?, value(paragraph, first + 1, second)?);
    let is_part = second <= 2 && is_han(at(paragraph, end)) && !is_measure(at(paragraph, end));
    let of_number = |label: &Label| label.text.split('.').next().is_some_and(|text| text.parse() == Ok(number));
    let goes_on = |label: &&Label| match label.style {
        Style::Arabic => is_part && label.number == number && part == 1,
        Style::Dotted(2) => is_part && label.number + 1 == part && of_number(label),
        _ => false,
    };
    let none = !is_counted(open);
    let (length, style, number) = match () {
        () if open.iter().any(goes_on) || none && number == 1 && is_part && part == 1 => (end, Style::Dotted(2), part),
        () if counts_on(open, number) || none && number == 1 => (first + 1, Style::Arabic, number),
        () => return None,
    };
    Some(Label { text: paragraph.iter().take(length).collect(), style, number, length })
}

fn is_han(char: char) -> bool {
    matches!(char, '\u{4e00}'..='\u{9fff}')
}

/// Whether a character may begin the unit of a figure: 1.5万元.
fn is_measure(char: char) -> bool {
    static FIRSTS: LazyLock<CharSet> = LazyLock::new(|| {
        let units = &Knowledge::shipped().vocabulary.quantities.units;
        let lists = [&units.scales, &units.money, &units.measure, &units.count, &units.time];
        lists.into_iter().flatten().filter_map(|unit| unit.chars().next()).collect()
    });
    FIRSTS.contains(char)
}

/// How the label at the beginning of a folded paragraph is written, and its value.
pub(super) fn number(paragraph: &[char]) -> Option<(Style, u64)> {
    measured(paragraph.get(..REACH).unwrap_or(paragraph)).map(|(_, style, number)| (style, number))
}

/// The length of a label without the blanks behind it, how it is written, and its value.
fn measured(chars: &[char]) -> Option<(usize, Style, u64)> {
    if !chars.first().copied().is_some_and(begins) {
        return None;
    }
    bracketed(chars)
        .or_else(|| ordinal(chars))
        .or_else(|| han(chars))
        .or_else(|| arabic(chars))
        .or_else(|| circled(chars))
}

/// Whether a label may begin with a character: most paragraphs begin with none.
fn begins(char: char) -> bool {
    matches!(char, '(' | '第' | '0'..='9' | '①'..='⒛' | '㈠'..='㈩') || numeral::is_numeral(char)
}

fn run(chars: &[char], from: usize, test: impl Fn(char) -> bool) -> usize {
    chars.iter().skip(from).take_while(|char| test(**char)).count()
}

/// The value of so many digits or Chinese numerals.
fn value(chars: &[char], from: usize, length: usize) -> Option<u64> {
    let printed = || chars.iter().skip(from).take(length).copied();
    if !at(chars, from).is_ascii_digit() {
        return numeral::value(printed());
    }
    printed().try_fold(0_u64, |value, digit| value.checked_mul(10)?.checked_add(u64::from(digit.to_digit(10)?)))
}

fn at(chars: &[char], index: usize) -> char {
    chars.get(index).copied().unwrap_or('\0')
}

fn bracketed(chars: &[char]) -> Option<(usize, Style, u64)> {
    if at(chars, 0) != '(' {
        return None;
    }
    let start = 1 + run(chars, 1, |char| char == ' ');
    let han = run(chars, start, numeral::is_numeral);
    let arabic = run(chars, start, |char| char.is_ascii_digit());
    let length = han.max(arabic);
    let close = start + length + run(chars, start + length, |char| char == ' ');
    if length == 0 || at(chars, close) != ')' {
        return None;
    }
    if han > 0 {
        Some((close + 1, Style::HanBracket, value(chars, start, length)?))
    } else if arabic <= 3 {
        Some((close + 1, Style::ArabicBracket, value(chars, start, length)?))
    } else {
        None
    }
}

fn ordinal(chars: &[char]) -> Option<(usize, Style, u64)> {
    if at(chars, 0) != '第' {
        return None;
    }
    let han = run(chars, 1, numeral::is_numeral);
    let arabic = run(chars, 1, |char| char.is_ascii_digit());
    let length = han.max(arabic);
    let number = value(chars, 1, length)?;
    let (style, words) = match (at(chars, 1 + length), at(chars, 2 + length)) {
        ('章' | '编' | '篇', _) => (Style::Chapter, 1),
        ('部', '分') => (Style::Chapter, 2),
        ('节', _) => (Style::Section, 1),
        ('条', _) => (Style::Article, 1),
        _ => return None,
    };
    let end = 1 + length + words;
    // 第一条 in running text is followed by a word, not by a blank or mark
    matches!(at(chars, end), ' ' | '\t' | '、' | ':' | ',' | '\0' | '.').then_some((end, style, number))
}

fn han(chars: &[char]) -> Option<(usize, Style, u64)> {
    let length = run(chars, 0, numeral::is_numeral);
    if length == 0 || length > 4 {
        return None;
    }
    let gap = run(chars, length, |char| char == ' ');
    if !matches!(at(chars, length + gap), '、' | '.') {
        return None;
    }
    let next = length + gap + 1;
    // 二、三级医院 begins a sentence
    if numeral::is_numeral(at(chars, next)) && matches!(at(chars, next + 1), '级' | '类' | '批' | '期' | '线' | '等')
    {
        return None;
    }
    Some((next, Style::Han, value(chars, 0, length)?))
}

fn arabic(chars: &[char]) -> Option<(usize, Style, u64)> {
    let length = run(chars, 0, |char| char.is_ascii_digit());
    if length == 0 || length > 3 {
        return None;
    }
    let number = value(chars, 0, length)?;
    let gap = run(chars, length, |char| char == ' ');
    match at(chars, length + gap) {
        ')' => Some((length + gap + 1, Style::ArabicHalfBracket, number)),
        '、' => Some((length + gap + 1, Style::Arabic, number)),
        '.' => dotted(chars, length + gap + 1, number),
        _ => None,
    }
}

/// `1.` or `1.2`; a decimal such as `1.4张` is no label.
fn dotted(chars: &[char], mut end: usize, mut number: u64) -> Option<(usize, Style, u64)> {
    let mut parts = 1;
    loop {
        let length = run(chars, end, |char| char.is_ascii_digit());
        if length == 0 {
            break;
        }
        let next = at(chars, end + length);
        // 3.2025年底前, 4.9月底前: a date that the item begins with
        let year = length == 4 && matches!(next, '年' | '-');
        if parts == 1 && (year || length <= 2 && next == '月') {
            break;
        }
        let closes = next == '.' || (matches!(next, ' ' | '\t') && parts < 4);
        if !closes || length > 2 {
            return None;
        }
        number = value(chars, end, length)?;
        parts += 1;
        end += length + usize::from(next == '.');
        if next != '.' {
            break;
        }
    }
    Some((end, if parts == 1 { Style::Arabic } else { Style::Dotted(parts) }, number))
}

fn circled(chars: &[char]) -> Option<(usize, Style, u64)> {
    let code = u32::from(at(chars, 0));
    let number = match at(chars, 0) {
        '①'..='⑳' => code - u32::from('①') + 1,
        '⑴'..='⒇' => code - u32::from('⑴') + 1,
        '⒈'..='⒛' => code - u32::from('⒈') + 1,
        '㈠'..='㈩' => code - u32::from('㈠') + 1,
        _ => return None,
    };
    let style = match at(chars, 0) {
        '⑴'..='⒇' => Style::ArabicBracket,
        '⒈'..='⒛' => Style::Arabic,
        '㈠'..='㈩' => Style::HanBracket,
        _ => Style::Circled,
    };
    Some((1, style, u64::from(number)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn printed_numbers_are_told_from_text() {
        for (paragraph, expected, style) in [
            ("（二十一）控制", "(二十一)", Style::HanBracket),
            ("( 三 ) 建立", "(三)", Style::HanBracket),
            ("一、总体要求", "一、", Style::Han),
            ("12.探索", "12.", Style::Arabic),
            ("12.2025年底前完成", "12.", Style::Arabic),
            ("3.10月底前完成", "3.", Style::Arabic),
            ("4.2023-2025年，建成", "4.", Style::Arabic),
            ("３．深化", "3.", Style::Arabic),
            ("7、完善", "7、", Style::Arabic),
            ("2.3 推进", "2.3", Style::Dotted(2)),
            ("2.3.1.推进", "2.3.1.", Style::Dotted(3)),
            ("(1)健全", "(1)", Style::ArabicBracket),
            ("1）健全", "1)", Style::ArabicHalfBracket),
            ("③支持", "③", Style::Circled),
            ("第三章 保障", "第三章", Style::Chapter),
        ] {
            let label = of(paragraph).unwrap();
            assert_eq!((label.text.as_str(), label.style), (expected, style), "{paragraph}");
        }
        for paragraph in [
            "1.4张床位",
            "2017年实现",
            "5G网络",
            "二、三级医院",
            "第一条线路",
            "1—2所",
            "(市财政局负责)",
            "(2017)",
            "一是完善",
        ] {
            assert_eq!(of(paragraph), None, "{paragraph}");
        }
    }

    #[test]
    fn the_length_covers_the_blanks_behind() {
        assert_eq!(of("3. 深化").unwrap().length, 3);
        assert_eq!(of("（一）　加快").unwrap().length, 4);
    }
}
