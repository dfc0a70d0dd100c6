//! Documents named in a text: 《标题》(文号), or a number alone.

use crate::knowledge::{self, Knowledge};
use crate::span::{Span, Text, fold, fold_str, is_blank};

use super::model::{Citation, CitationRelation};

/// How far before a title the word that says how the two relate may stand, in characters.
const REACH: usize = 30;

/// Finds the documents that a stretch of text names, in order.
pub fn find(text: &Text, span: Span) -> Vec<Citation> {
    let chars: Vec<char> = text.slice(span).chars().map(fold).collect();
    let mut found: Vec<Citation> = Vec::new();
    let mut at = 0;
    while at < chars.len() {
        match chars.get(at) {
            Some('《') => {
                let Some(end) = title_end(&chars, at) else {
                    at += 1;
                    continue;
                };
                let title: String = text.slice(Span::new(span.start + at + 1, span.start + end - 1)).replace('\n', "");
                let number = number_behind(&chars, end);
                let stop = number.as_ref().map_or(end, |(_, stop)| *stop);
                found.push(Citation {
                    number: number.map(|(number, _)| as_printed(text, span.start + number.start, number.len())),
                    title: Some(title),
                    relation: follows(&chars, &found, span.start, at).unwrap_or_else(|| relation(&chars, at, stop)),
                    span: Span::new(span.start + at, span.start + stop),
                });
                at = stop;
            }
            Some('号') => {
                if let Some(start) = number_before(&chars, at) {
                    let number = Span::new(span.start + start, span.start + at + 1);
                    if !found.last().is_some_and(|last| last.span.overlaps(number)) {
                        found.push(Citation {
                            number: Some(as_printed(text, number.start, number.len())),
                            title: None,
                            relation: relation(&chars, start, at + 1),
                            span: number,
                        });
                    }
                }
                at += 1;
            }
            _ => at += 1,
        }
    }
    found
}

/// The document number that a string is, blanks dropped, if it is one.
pub fn as_number(words: &str) -> Option<String> {
    let chars: Vec<char> = words.trim().chars().map(fold).collect();
    let end = chars.iter().position(|char| *char == '号')?;
    (number_before(&chars, end) == Some(0) && end + 1 == chars.len())
        .then(|| words.chars().filter(|char| !is_blank(*char)).collect())
}

/// The document number that a line begins with, and its length in characters.
pub fn leading_number(words: &str) -> Option<(String, usize)> {
    let chars: Vec<char> = words.chars().take(40).map(fold).collect();
    let end = chars.iter().position(|char| *char == '号')?;
    (number_before(&chars, end) == Some(0))
        .then(|| (words.chars().take(end + 1).filter(|char| !is_blank(*char)).collect(), end + 1))
}

/// The year within a document number.
pub fn year_of(number: &str) -> Option<i16> {
    let folded = fold_str(number);
    let (_, after) = folded.split_once('(')?;
    after.split_once(')')?.0.parse().ok()
}

fn as_printed(text: &Text, start: usize, length: usize) -> String {
    text.slice(Span::new(start, start + length)).chars().filter(|char| !is_blank(*char)).collect()
}

/// Where a title that opens at `start` closes, titles within it included.
fn title_end(chars: &[char], start: usize) -> Option<usize> {
    let mut depth = 0_usize;
    for (offset, char) in chars.iter().enumerate().skip(start).take(200) {
        match char {
            '《' => depth += 1,
            '》' => {
                depth = depth.saturating_sub(1);
                if depth == 0 {
                    return Some(offset + 1);
                }
            }
            _ => {}
        }
    }
    None
}

/// A number in brackets behind a title: its place and where the brackets end.
fn number_behind(chars: &[char], from: usize) -> Option<(Span, usize)> {
    let open = from + chars.iter().skip(from).take_while(|char| **char == ' ').count();
    if chars.get(open) != Some(&'(') {
        return None;
    }
    let end = chars.iter().enumerate().skip(open).take(48).find(|(_, char)| **char == '号')?.0;
    let start = number_before(chars, end)?;
    let lead = chars.get(open + 1..start)?;
    let close = end + 1 + chars.iter().skip(end + 1).take_while(|char| **char == ' ').count();
    // anything between the bracket and the number belongs to other words
    if lead.iter().any(|char| *char != ' ') || chars.get(close) != Some(&')') {
        return None;
    }
    Some((Span::new(start, end + 1), close + 1))
}

/// Where the document number that ends with the 号 at `end` begins.
fn number_before(chars: &[char], end: usize) -> Option<usize> {
    let mut at = end;
    let back = |at: &mut usize, test: &dyn Fn(char) -> bool| {
        let mut count = 0;
        while *at > 0 && chars.get(*at - 1).is_some_and(|char| test(*char)) {
            *at -= 1;
            count += 1;
        }
        count
    };
    back(&mut at, &|char| char == ' ');
    let serial = back(&mut at, &|char| char.is_ascii_digit());
    if serial == 0 || serial > 5 {
        return None;
    }
    back(&mut at, &|char| matches!(char, ' ' | '第'));
    if at == 0 || chars.get(at - 1) != Some(&')') {
        return None;
    }
    at -= 1;
    back(&mut at, &|char| char == ' ');
    if back(&mut at, &|char| char.is_ascii_digit()) != 4 {
        return None;
    }
    back(&mut at, &|char| char == ' ');
    if at == 0 || chars.get(at - 1) != Some(&'(') {
        return None;
    }
    at -= 1;
    back(&mut at, &|char| char == ' ');
    let end = at;
    back(&mut at, &|char| is_number_word(char));
    let name: String = chars.get(at..end)?.iter().collect();
    let start = at + words_before_number(&name);
    (end - start >= 2).then_some(start)
}

/// How many characters before the issuer's sign are words of the sentence: 按照哈政发 gives 2.
fn words_before_number(name: &str) -> usize {
    let words = &Knowledge::shipped().vocabulary.head.citations;
    [&words.based_on, &words.implements, &words.forwards, &words.amends, &words.replaces]
        .into_iter()
        .flatten()
        .filter_map(|word| name.rfind(word.as_str()).map(|byte| byte + word.len()))
        .max()
        .and_then(|byte| name.get(..byte))
        .map_or(0, |lead| lead.chars().count())
        .max(usize::from(name.starts_with(['和', '及', '与'])))
}

fn is_number_word(char: char) -> bool {
    matches!(char, '\u{4e00}'..='\u{9fff}' | '\u{3400}'..='\u{4dbf}' | 'A'..='Z' | 'a'..='z')
}

/// The relation of the document right before in a list: 《甲》《乙》, 《甲》和《乙》.
fn follows(chars: &[char], found: &[Citation], offset: usize, at: usize) -> Option<CitationRelation> {
    let last = found.last()?;
    let between = chars.get(last.span.end - offset..at)?;
    between.iter().all(|char| matches!(char, '、' | '和' | '及' | '与' | '以' | ' ')).then_some(last.relation)
}

/// How the words before a document, or 转发 behind it, relate the two.
fn relation(chars: &[char], at: usize, end: usize) -> CitationRelation {
    let from = at.saturating_sub(REACH);
    let before: String = chars.get(from..at).unwrap_or_default().iter().collect();
    let before = before.rsplit(['。', ';', '\n']).next().unwrap_or_default();
    let words: &knowledge::Citations = &Knowledge::shipped().vocabulary.head.citations;
    let last = |words: &[String]| words.iter().filter_map(|word| before.rfind(word.as_str())).max();
    let after: String = chars.get(end..(end + REACH).min(chars.len())).unwrap_or_default().iter().collect();
    let phrase = after.split(['。', ';', '\n', '《']).next().unwrap_or_default();
    if words.forwards.iter().any(|word| phrase.contains(word.as_str())) {
        return CitationRelation::Forwards;
    }
    [
        (last(&words.based_on), CitationRelation::BasedOn),
        (last(&words.implements), CitationRelation::Implements),
        (last(&words.forwards), CitationRelation::Forwards),
        (last(&words.amends), CitationRelation::Amends),
        (last(&words.replaces), CitationRelation::Replaces),
    ]
    .into_iter()
    .filter_map(|(place, relation)| place.map(|place| (place, relation)))
    .max_by_key(|(place, _)| *place)
    .map_or(CitationRelation::Cites, |(_, relation)| relation)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cited(words: &str) -> Vec<(Option<String>, Option<String>, CitationRelation)> {
        let text = Text::new(words);
        find(&text, text.span())
            .into_iter()
            .map(|citation| (citation.number, citation.title, citation.relation))
            .collect()
    }

    #[test]
    fn titles_and_numbers_go_together() {
        assert_eq!(
            cited("落实《关于加强衔接的通知》(云民发〔2017〕 12号)要求，按照临政办发[2018]3号执行"),
            [
                (Some("云民发〔2017〕12号".into()), Some("关于加强衔接的通知".into()), CitationRelation::Implements),
                (Some("临政办发[2018]3号".into()), None, CitationRelation::BasedOn),
            ]
        );
    }

    #[test]
    fn a_title_within_a_title_is_part_of_it() {
        assert_eq!(
            cited("修订《转发〈甲〉和《乙》的通知》（试行）"),
            [(None, Some("转发〈甲〉和《乙》的通知".into()), CitationRelation::Amends)]
        );
    }

    #[test]
    fn numbers_stand_alone_or_not_at_all() {
        assert_eq!(as_number("哈政办规〔2017〕56 号"), Some("哈政办规〔2017〕56号".into()));
        assert_eq!(as_number("见哈政办规〔2017〕56号文"), None);
        assert_eq!(leading_number("长府办发〔2012〕33 号 长春市"), Some(("长府办发〔2012〕33号".into(), 14)));
        assert_eq!(year_of("绍政发[2016]36号"), Some(2016));
    }
}
