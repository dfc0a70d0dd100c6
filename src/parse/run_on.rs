//! Paragraphs that run on over several numbered items: 1.….责任单位:甲局。2.….责任单位:乙局。

use super::column;
use super::fit;
use super::label::{self, Style};
use crate::knowledge::Knowledge;
use crate::span::{Span, Text};

/// The shortest paragraph in characters that is looked into.
const SHORTEST: usize = 40;
/// How many characters of an item's end are looked at for who is responsible.
const TAIL: usize = 120;

/// The numbered items of a paragraph that runs on, each with its number; the paragraph itself where it holds one.
///
/// Items without a statement of who is responsible are left together: one statement behind the last may govern them all.
pub(super) fn parts(text: &Text, paragraph: Span) -> Vec<Span> {
    let items = below_names(text, paragraph);
    if !items.is_empty() {
        return cut(paragraph, &items);
    }
    if paragraph.len() < SHORTEST {
        return vec![paragraph];
    }
    let sections = sections(text, paragraph);
    if !sections.is_empty() {
        return cut(paragraph, &sections).into_iter().flat_map(|section| within(text, section)).collect();
    }
    within(text, paragraph)
}

/// Where the items begin that stand behind a body and a colon on its line: 县财政局:1.落实资金;2.加强监管.
fn below_names(text: &Text, paragraph: Span) -> Vec<usize> {
    let head = text.folded(Span::new(paragraph.start, paragraph.end.min(paragraph.start + LONGEST_NAMES)));
    let Some(colon) = head.iter().position(|char| *char == ':').map(|at| paragraph.start + at) else {
        return Vec::new();
    };
    let behind = text.trim(Span::new(colon + 1, paragraph.end));
    let first = label::number(text.folded(behind)).filter(|(style, number)| *number == 1 && *style != Style::Han);
    let names = text.slice(Span::new(paragraph.start, colon));
    if first.is_none() || fit::bodies(names) != fit::Bodies::Surely {
        return Vec::new();
    }
    starts(&numbers(text, behind), behind.start, false)
}

/// The items of a paragraph that is one section.
fn within(text: &Text, paragraph: Span) -> Vec<Span> {
    let in_words: fn(&Text, Span) -> bool = |text, part| is_stated(text, part) && !ends_in_brackets(text, part);
    let numbers = numbers(text, paragraph);
    let items = starts(&numbers, paragraph.start, false);
    let found = stated(text, paragraph, &items, is_stated)
        .or_else(|| {
            Some(()).filter(|()| items.is_empty()).and_then(|()| {
                let below = starts(&numbers, paragraph.start, true);
                let apart = numbers.first().is_some_and(|(_, style, _)| *style == Style::Han)
                    && numbers.iter().all(|(at, style, _)| *style == Style::Arabic || *at == paragraph.start);
                stated(text, paragraph, &below, if apart { is_stated } else { is_duty })
                    .or_else(|| stated(text, paragraph, &points(text, paragraph), in_words))
            })
        })
        .or_else(|| stated(text, paragraph, &duties(text, paragraph), |_, _| true));
    found.unwrap_or_else(|| vec![paragraph])
}

/// The parts that begin at some places, if most of them say who is responsible.
fn stated(text: &Text, paragraph: Span, begins: &[usize], says: fn(&Text, Span) -> bool) -> Option<Vec<Span>> {
    if begins.len() < 2 {
        return None;
    }
    let parts = cut(paragraph, begins);
    let stated = parts
        .iter()
        .filter(|part| part.start >= begins.first().copied().unwrap_or(part.end))
        .filter(|part| says(text, **part))
        .count();
    (stated >= 2 && stated * 2 > begins.len()).then_some(parts)
}

/// A paragraph cut at some places, in order.
fn cut(paragraph: Span, begins: &[usize]) -> Vec<Span> {
    let first = begins.first().copied().unwrap_or(paragraph.end);
    let ends = begins.iter().copied().skip(1).chain([paragraph.end]);
    let lead = Some(Span::new(paragraph.start, first)).filter(|lead| !lead.is_empty());
    lead.into_iter().chain(begins.iter().zip(ends).map(|(start, end)| Span::new(*start, end))).collect()
}

/// How many sections a paragraph holds at least that is a page whose lines were run together; and where it says at least
/// twice who is responsible.
const SECTIONS: usize = 3;
const STATED_SECTIONS: usize = 2;

/// Where the sections of a page begin whose lines were run together: a blank or full stop before 一、, 二、 and so on.
fn sections(text: &Text, paragraph: Span) -> Vec<usize> {
    let chars = text.folded(paragraph);
    let mut begins: Vec<usize> = Vec::new();
    let mut parted = true;
    for (at, char) in chars.iter().enumerate() {
        let number = begins.len() as u64 + 1;
        let begins_part = std::mem::replace(&mut parted, matches!(char, ' ' | '。'));
        if !begins_part || !crate::numeral::is_numeral(*char) {
            continue;
        }
        if chars.get(at..).and_then(label::number) == Some((Style::Han, number)) {
            begins.push(paragraph.start + at);
        }
    }
    let is_page = || {
        let labels = &Knowledge::shipped().vocabulary.clause.labels;
        let all: String = chars.iter().collect();
        let stated = |label: &String| {
            let behind = all.match_indices(label.as_str()).filter_map(|(at, _)| all.get(at + label.len()..));
            behind.filter(|behind| behind.starts_with(':')).count()
        };
        labels.lead.iter().chain(&labels.responsible).any(|label| stated(label) >= STATED_SECTIONS)
    };
    let enough = begins.len() >= SECTIONS || begins.len() >= STATED_SECTIONS && is_page();
    if enough { begins } else { Vec::new() }
}

/// The numbers that stand where an item may begin: their places in the text, how they are written, their values.
fn numbers(text: &Text, paragraph: Span) -> Vec<(usize, Style, u64)> {
    let chars = text.folded(paragraph);
    let mut numbers = Vec::new();
    let mut begins = true;
    for (at, char) in chars.iter().enumerate() {
        // a blank parts lines that were run together, and nothing at all does in 重点任务1.提升
        let before = at.checked_sub(1).and_then(|before| chars.get(before));
        let parted = before.is_some_and(|before| *before == ' ' || *char == '1' && before.is_alphabetic());
        let opens = begins;
        begins = opens && *char == ' ' || is_end(*char);
        let is_run_on = |style: Style, number: u64| {
            let whole = chars.get(at + 2).is_some_and(|behind| !behind.is_ascii_digit());
            style == Style::Arabic && whole && (before == Some(&' ') || number == 1)
        };
        if (opens || parted)
            && is_number(*char)
            && let Some((style, number)) = chars.get(at..).and_then(label::number)
            && (opens || is_run_on(style, number))
        {
            numbers.push((paragraph.start + at, style, number));
        }
    }
    numbers
}

/// Where the items of the first style begin that counts on from 1, two at least; `within`: below a number of the
/// paragraph's own, which stands at `first`.
fn starts(numbers: &[(usize, Style, u64)], first: usize, within: bool) -> Vec<usize> {
    let mut chain: Vec<(usize, Style, u64)> = Vec::new();
    for &(at, style, number) in numbers {
        let begins = if within { at > first && number == 1 } else { at == first || number == 1 };
        let next = chain.last().map_or(begins, |(_, known, before)| *known == style && before + 1 == number);
        if next {
            chain.push((at, style, number));
        }
    }
    if chain.len() < 2 {
        return Vec::new();
    }
    chain.into_iter().map(|(at, ..)| at).collect()
}

/// Where the duties of a paragraph begin that names body after body: 县住建局:负责…。县城管局:负责….
fn duties(text: &Text, paragraph: Span) -> Vec<usize> {
    let chars = text.folded(paragraph);
    if chars.iter().filter(|char| **char == ':').take(2).count() < 2 {
        return Vec::new();
    }
    let (mut begins, mut known) = (Vec::new(), false);
    let mut start = 0;
    for (at, char) in chars.iter().enumerate() {
        match char {
            '。' | ';' | ' ' => start = at + 1,
            ':' if (2..=LONGEST_NAMES).contains(&(at - start)) => {
                let place = Span::new(paragraph.start + start, paragraph.start + at);
                let names = text.slice(place);
                let bodies = fit::bodies(names);
                if column::kind(names).is_none() && bodies > fit::Bodies::No {
                    known |= bodies == fit::Bodies::Surely;
                    begins.push(place.start);
                }
            }
            _ => {}
        }
    }
    if begins.len() < 2 || !known { Vec::new() } else { begins }
}

/// Whether brackets close a part: a clause in them closes its words by itself.
fn ends_in_brackets(text: &Text, part: Span) -> bool {
    text.slice(part).trim_end_matches([';', '；', '。', ' ']).ends_with([')', '）'])
}

/// Where the points of a paragraph begin that counts 一是…二是…, two at least.
fn points(text: &Text, paragraph: Span) -> Vec<usize> {
    let chars = text.folded(paragraph);
    if !chars.windows(2).any(|pair| pair == ['一', '是']) {
        return Vec::new();
    }
    let mut points: Vec<usize> = Vec::new();
    let mut begins = true;
    for (at, char) in chars.iter().enumerate() {
        let next = POINTS.get(points.len()).is_some_and(|point| point == char) && chars.get(at + 1) == Some(&'是');
        if begins && next {
            points.push(paragraph.start + at);
        }
        begins = is_end(*char);
    }
    if points.len() < 2 { Vec::new() } else { points }
}

/// How points are counted.
const POINTS: [char; 10] = ['一', '二', '三', '四', '五', '六', '七', '八', '九', '十'];

fn is_end(char: char) -> bool {
    matches!(char, '。' | ';' | '!' | ')' | ':')
}

fn is_number(char: char) -> bool {
    char.is_ascii_digit() || char == '(' || crate::numeral::is_numeral(char) || matches!(char, '①'..='⒛' | '㈠'..='㈩')
}

/// The longest names in characters that an item may begin with.
const LONGEST_NAMES: usize = 30;

/// Whether an item begins with the body whose duty it says: 3.气象部门。负责….
fn is_duty(text: &Text, part: Span) -> bool {
    let length = label::read(text.folded(part)).map_or(0, |label| label.length);
    let start = (part.start + length).min(part.end);
    let head: String = text.folded(Span::new(start, part.end.min(start + LONGEST_NAMES))).iter().collect();
    let end = [head.find(['。', ':']), head.find("负责")].into_iter().flatten().min();
    let names = end.and_then(|end| head.get(..end)).unwrap_or_default();
    fit::bodies(names) == fit::Bodies::Surely || names.ends_with("部门") && !names.contains(',')
}

/// Whether an item says who is responsible, at its end or its beginning.
fn is_stated(text: &Text, part: Span) -> bool {
    if is_duty(text, part) {
        return true;
    }
    let tail: String = text.folded(Span::new(part.start.max(part.end.saturating_sub(TAIL)), part.end)).iter().collect();
    let clause = &Knowledge::shipped().vocabulary.clause;
    let (verbs, labels) = (&clause.verbs, &clause.labels);
    let strong = verbs.lead.iter().chain(&labels.lead).chain(&labels.responsible).chain(&labels.supporting);
    strong.chain(verbs.responsible.iter().filter(|verb| verb.starts_with("负责"))).any(|word| {
        tail.rfind(word.as_str()).is_some_and(|at| {
            let rest = tail.get(at + word.len()..).unwrap_or_default();
            rest.starts_with([':', ')', '。', ';', ',']) || rest.is_empty()
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn split(words: &str) -> Vec<String> {
        let text = Text::new(words);
        parts(&text, text.span()).into_iter().map(|part| text.slice(part).to_owned()).collect()
    }

    #[test]
    fn items_with_their_own_statements_are_told_apart() {
        let words = "为做好工作，提出以下意见。1.支持来我市创业的团队，给予补助。责任单位：市科技局。2.支持企业引进人才，给予奖励。责任单位：市人社局。";
        let parts = split(words);
        assert_eq!(parts.len(), 3);
        assert!(parts.iter().skip(1).all(|part| part.starts_with(['1', '2'])));
    }

    #[test]
    fn one_statement_for_all_keeps_the_items_together() {
        let words = "加强监管工作，重点做好以下几个方面的事情：①完善各项工作制度；②加强日常监督检查；③及时公开有关信息。（市财政局负责）";
        assert_eq!(split(words), [words]);
    }
}
