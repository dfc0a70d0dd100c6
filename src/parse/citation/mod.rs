//! Documents named in a text: 《标题》(文号), or a number alone.

mod number;
mod relation;
mod short;

pub use number::{NumberParts, as_number, leading_number, parts, same, year_of};
pub use short::{Names, ShortName};

use super::fit::{Bodies, bodies, is_place};
use super::model::{Citation, CitationRelation};
use crate::knowledge::Knowledge;
use crate::span::{Span, Text, is_blank};
use relation::relation;

/// Finds the documents that a stretch of text names, in order.
pub fn find(text: &Text, span: Span) -> Vec<Citation> {
    let chars = text.folded(span);
    let mut finder = Finder { text, chars, offset: span.start, found: Vec::new() };
    let mut at = 0;
    while at < chars.len() {
        at = match chars.get(at) {
            Some('《') => finder.title(at).unwrap_or(at + 1),
            Some('号') => finder.number(at),
            _ => at + 1,
        };
    }
    finder.found
}

struct Finder<'t> {
    text: &'t Text,
    chars: &'t [char],
    offset: usize,
    found: Vec<Citation>,
}

impl Finder<'_> {
    /// A title that opens at a place, with the number behind it; the place to go on from.
    fn title(&mut self, at: usize) -> Option<usize> {
        let end = title_end(self.chars, at)?;
        let place = Span::new(self.offset + at + 1, self.offset + end - 1);
        let title = self.text.slice(place).replace('\n', "");
        let before: String = self.chars.get(at.saturating_sub(8)..at).unwrap_or_default().iter().collect();
        let papers = &Knowledge::shipped().vocabulary.head.citations.papers;
        if short::is_given(&before) || papers.iter().any(|ending| title.ends_with(ending.as_str())) {
            return Some(end);
        }
        let behind = numbers_behind(self.chars, end);
        let stop = behind.as_ref().map_or(end, |(_, stop)| *stop);
        let relation = self.follows(at).unwrap_or_else(|| relation(self.chars, at, stop));
        let first = self.found.len();
        self.found.push(Citation {
            number: None,
            title: Some(title),
            relation,
            stands_for: None,
            span: Span::new(self.offset + at, self.offset + stop),
        });
        if let Some((numbers, _)) = behind {
            self.pair(first, &numbers);
        }
        Some(stop)
    }

    /// Gives the numbers in one pair of brackets to the titles before it: 《甲》《乙》(国发1号、国发2号).
    fn pair(&mut self, last: usize, numbers: &[Span]) {
        let bare = self.found.iter().take(last + 1).rev().take_while(|known| known.number.is_none()).count();
        let titles = numbers.len().min(bare);
        for (index, number) in numbers.iter().enumerate() {
            let printed = as_printed(self.text, self.offset + number.start, number.len());
            let title = (last + index + 1).checked_sub(titles).filter(|_| titles == numbers.len());
            // more numbers than titles: the first belongs to the title
            let title = title.or(if index == 0 { Some(last) } else { None });
            if let Some(title) = title.and_then(|title| self.found.get_mut(title)) {
                title.number = Some(printed);
                continue;
            }
            let relation = self.found.get(last).map_or(CitationRelation::Cites, |title| title.relation);
            self.found.push(Citation {
                number: Some(printed),
                title: None,
                relation,
                stands_for: None,
                span: number.shifted(self.offset),
            });
        }
    }

    /// A number that ends with the 号 at a place, and those of its list; the place to go on from.
    fn number(&mut self, at: usize) -> usize {
        let Some(found) = number::read(self.chars, at) else { return at + 1 };
        let place = Span::new(self.offset + found.start, self.offset + at + 1);
        if self.found.last().is_some_and(|last| last.span.overlaps(place)) {
            return at + 1;
        }
        let relation = relation(self.chars, found.start, at + 1);
        let numbered = |serial: u32| found.year.map(|year| format!("{}〔{year}〕{serial}号", found.prefix));
        self.found.extend(found.earlier.iter().map(|serial| Citation {
            number: numbered(*serial),
            title: None,
            relation,
            stands_for: None,
            span: place,
        }));
        let printed = || as_printed(self.text, place.start, place.len());
        let number = if found.earlier.is_empty() { Some(printed()) } else { numbered(found.serial) };
        self.found.push(Citation { number, title: None, relation, stands_for: None, span: place });
        let mut end = at + 1;
        let mut year = found.year;
        while let Some((start, stop, named, serial)) = number::elided(self.chars, end) {
            year = named.or(year);
            let (Some(year), false) = (year, found.ordered) else { break };
            self.found.push(Citation {
                number: Some(format!("{}〔{year}〕{serial}号", found.prefix)),
                title: None,
                relation,
                stands_for: None,
                span: Span::new(self.offset + start, self.offset + stop),
            });
            end = stop;
        }
        end
    }

    /// The relation of the document right before in a list: 《甲》《乙》, 《甲》和《乙》.
    fn follows(&self, at: usize) -> Option<CitationRelation> {
        let last = self.found.last()?;
        let between = self.chars.get(last.span.end.checked_sub(self.offset)?..at)?;
        let joins = |char: &char| matches!(char, '、' | '和' | '及' | '与' | '以' | ' ' | ',');
        // 《甲》和省政府办公厅《乙》, 《甲》和省委、省政府印发的《乙》
        let head = &Knowledge::shipped().vocabulary.head;
        let by_another = |(first, issuer): (&char, &[char])| {
            let issuer: String = issuer.iter().collect();
            let bare = issuer.trim_end_matches('的');
            let said = head.issues.iter().chain(&head.abouts).filter_map(|word| bare.strip_suffix(word.as_str()));
            let issuer = said.min_by_key(|issuer| issuer.len()).unwrap_or(bare);
            matches!(first, '和' | '及' | '与' | '、')
                && !issuer.contains(',')
                && (bodies(issuer) > Bodies::No || is_place(issuer))
        };
        let joined = between.iter().all(joins) || between.split_first().is_some_and(by_another);
        joined.then_some(last.relation)
    }
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

/// The longest content of a bracket behind a title, in characters, that may hold its numbers.
const LONGEST_BRACKET: usize = 120;

/// The numbers in brackets behind a title: their places, and where the brackets end. What else the brackets may hold
/// is a short name: (国发〔2021〕5号,以下简称《意见》).
fn numbers_behind(chars: &[char], from: usize) -> Option<(Vec<Span>, usize)> {
    let open = from + chars.iter().skip(from).take_while(|char| **char == ' ').count();
    if chars.get(open) != Some(&'(') {
        return None;
    }
    let mut depth = 0_usize;
    let mut numbers: Vec<Span> = Vec::new();
    let mut last = open + 1;
    for (index, char) in chars.iter().enumerate().skip(open).take(LONGEST_BRACKET) {
        match char {
            '(' => depth += 1,
            // (国发2019〕13号): a bracket that was never opened closes nothing
            ')' if depth == 1
                && is_serial(chars, index + 1)
                && !chars.get(open + 1..index).is_some_and(|c| c.contains(&'(')) => {}
            ')' => depth = depth.saturating_sub(1),
            '号' => {
                let found = number::read(chars, index).filter(|found| found.start >= last);
                let begins = found.as_ref().is_some_and(|found| {
                    let lead = chars.get(last..found.start).unwrap_or_default();
                    lead.iter().all(|char| matches!(char, ' ' | '、' | ',' | ';' | '和'))
                });
                if let Some(found) = found.filter(|_| begins) {
                    numbers.push(Span::new(found.start, index + 1));
                    last = index + 1;
                }
            }
            _ => {}
        }
        if depth == 0 && index > open {
            return (!numbers.is_empty()).then_some((numbers, index + 1));
        }
    }
    // a bracket of a number that lost its partner keeps the count from closing
    let end = last + chars.iter().skip(last).take_while(|char| **char == ' ').count();
    (!numbers.is_empty() && chars.get(end) == Some(&')')).then_some((numbers, end + 1))
}

/// Whether the running number of a document number begins at a place.
fn is_serial(chars: &[char], from: usize) -> bool {
    let digits = chars.iter().skip(from).take_while(|char| char.is_ascii_digit()).count();
    (1..=4).contains(&digits) && chars.get(from + digits) == Some(&'号')
}

#[cfg(test)]
mod tests;
