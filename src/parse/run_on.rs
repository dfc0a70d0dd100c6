//! Paragraphs that run on over several numbered items: 1.….责任单位:甲局。2.….责任单位:乙局。

use super::label::{self, Label};
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
    let whole = vec![paragraph];
    if paragraph.len() < SHORTEST {
        return whole;
    }
    let starts = starts(text, paragraph);
    if starts.is_empty() {
        return whole;
    }
    let ends = starts.iter().copied().skip(1).chain([paragraph.end]);
    let mut parts: Vec<Span> = starts.iter().zip(ends).map(|(start, end)| Span::new(*start, end)).collect();
    let stated = parts.iter().filter(|part| is_stated(text, **part)).count();
    if stated < 2 || stated * 2 <= parts.len() {
        return whole;
    }
    if let Some(first) = starts.first().filter(|first| **first > paragraph.start) {
        parts.insert(0, Span::new(paragraph.start, *first));
    }
    parts
}

/// Where the items of the first style begin that counts on from 1, two at least.
fn starts(text: &Text, paragraph: Span) -> Vec<usize> {
    let chars = text.folded(paragraph);
    let read = |at: usize| label::read(text.slice(Span::new(paragraph.start + at, paragraph.end)));
    let mut chain: Vec<(usize, Label)> = Vec::new();
    let mut begins = true;
    for (at, char) in chars.iter().enumerate() {
        let may_begin = begins;
        begins = begins && *char == ' ' || is_end(*char);
        if !may_begin || !is_number(*char) {
            continue;
        }
        let Some(label) = read(at) else { continue };
        let next = chain.last().map_or(at == 0 || label.number == 1, |(_, last)| {
            last.style == label.style && last.number + 1 == label.number
        });
        if next {
            chain.push((paragraph.start + at, label));
        }
    }
    if chain.len() < 2 {
        return Vec::new();
    }
    chain.into_iter().map(|(at, _)| at).collect()
}

fn is_end(char: char) -> bool {
    matches!(char, '。' | ';' | '!' | ')' | ':')
}

fn is_number(char: char) -> bool {
    char.is_ascii_digit() || char == '(' || crate::numeral::is_numeral(char) || matches!(char, '①'..='⒛' | '㈠'..='㈩')
}

/// Whether an item ends with words of responsibility.
fn is_stated(text: &Text, part: Span) -> bool {
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
