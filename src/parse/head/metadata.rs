//! What a block of labels and values, on a page or in a ledger's head, says of a document.

use super::bodies;
use crate::date::Date;
use crate::knowledge::{Knowledge, WordTable};
use crate::parse::citation;
use crate::parse::date;
use crate::parse::model::LedgerRule;
use crate::span::{Span, Text, fold, is_blank};
use std::sync::LazyLock;

/// What a metadata block or a ledger's head gives.
#[derive(Debug, Default)]
pub(super) struct Metadata {
    pub(super) title: Option<String>,
    pub(super) number: Option<String>,
    pub(super) issuers: Vec<String>,
    pub(super) issued: Option<Date>,
    pub(super) published: Option<Date>,
    pub(super) jurisdiction: Option<String>,
    pub(super) kind: Option<String>,
    pub(super) parents: Vec<Span>,
    pub(super) rules: Vec<LedgerRule>,
    /// Who put the page up: a hint at the place, no issuer.
    pub(super) publishers: Vec<String>,
}

impl Metadata {
    /// Takes a value by its name; whether the name is known.
    pub(super) fn take(&mut self, text: &Text, key: &str, values: &[Span]) -> bool {
        let Some(&value) = values.first() else { return true };
        let labels = &Knowledge::shipped().vocabulary.head.metadata;
        let key: String = key
            .chars()
            .filter(|char| !is_blank(*char))
            .map(fold)
            .filter(|char| !matches!(char, ':' | '(' | ')' | '|' | '•' | '·'))
            .collect();
        let is = |words: &[String]| words.contains(&key);
        let words = text.slice(value).trim();
        let set = |slot: &mut Option<String>| {
            slot.get_or_insert_with(|| words.to_owned());
        };
        if is(&labels.title) {
            set(&mut self.title);
        } else if is(&labels.number) {
            let leading = || citation::leading_number(words).map(|(number, _)| number);
            self.number = self.number.take().or_else(|| citation::as_number(words)).or_else(leading);
        } else if is(&labels.issuer) {
            if self.issuers.is_empty() {
                self.issuers = bodies::split(words);
            }
        } else if is(&labels.issued) {
            self.issued = self.issued.or_else(|| date::leading(words).or_else(|| Date::parse_iso(words)));
        } else if is(&labels.published) {
            self.published = self.published.or_else(|| date::leading(words).or_else(|| Date::parse_iso(words)));
        } else if is(&labels.publisher) {
            self.publishers.extend(bodies::split(words));
        } else if is(&labels.jurisdiction) {
            set(&mut self.jurisdiction);
        } else if is(&labels.kind) {
            set(&mut self.kind);
        } else if is(&labels.parent) {
            self.parents.push(value);
        } else if is(&labels.rule) {
            let label = |index: usize| values.get(index).map(|span| text.slice(*span).trim().to_owned());
            self.rules.push(LedgerRule { span: value, from: label(1), to: label(2) });
        } else if let (true, Some(date)) = (bodies::is_issuer(&key), date::whole_line(words)) {
            // who issues it and when, side by side above a table
            self.issued = self.issued.or(Some(date));
            if self.issuers.is_empty() {
                self.issuers = bodies::split(&key);
            }
        } else {
            return is(&labels.other);
        }
        true
    }

    /// Finds names with their values: several on one line, behind a colon, a bar or a bracket, or on two lines.
    pub(super) fn take_lines(&mut self, text: &Text, lines: &[Span]) {
        for (index, &line) in lines.iter().enumerate() {
            if line.len() > LONGEST_LINE {
                continue;
            }
            let words = text.slice(line);
            let pairs = pairs(text.folded(line));
            for (key, value) in &pairs {
                let place = text.trim(value.shifted(line.start));
                // 地区 and 来源 begin ordinary sentences too: a value must be there
                if !place.is_empty() {
                    self.take(text, text.slice(key.shifted(line.start)), &[place]);
                }
            }
            // a name alone has its value on the next line, unless that is a name too
            let alone = words.chars().filter(|char| !is_blank(*char)).count() <= 7
                && pairs.iter().all(|(_, value)| text.trim(value.shifted(line.start)).is_empty());
            if let Some(&value) = lines.get(index + 1).filter(|_| alone)
                && super::metadata::pairs(text.folded(value)).is_empty()
            {
                self.take(text, words, &[value]);
            }
        }
    }
}

/// The longest line in characters that may hold names with values.
const LONGEST_LINE: usize = 300;

/// The names of a metadata block.
static LABELS: LazyLock<WordTable<()>> = LazyLock::new(|| {
    let labels = &Knowledge::shipped().vocabulary.head.metadata;
    let lists = [
        &labels.title,
        &labels.number,
        &labels.issuer,
        &labels.issued,
        &labels.published,
        &labels.publisher,
        &labels.jurisdiction,
        &labels.kind,
        &labels.parent,
        &labels.other,
    ];
    WordTable::new(lists.into_iter().flatten().map(|label| (label.as_str(), ())))
});

/// The names on a line with the places of their values, in characters of the line. Blanks within a name are passed over
/// (索 引 号); a name is followed by a colon or a bar, or stands between others that a line of blanks sets apart. Behind a
/// document number it needs no blank.
pub(super) fn pairs(chars: &[char]) -> Vec<(Span, Span)> {
    let apart = |place: usize| {
        let before = place.checked_sub(1).and_then(|before| chars.get(before));
        before.is_none_or(|before| is_blank(*before) || matches!(before, '|' | '(' | '•' | '·' | ',' | ';' | '号'))
    };
    let may_name = |(place, char): (usize, &char)| LABELS.firsts().contains(*char) && apart(place);
    if !chars.iter().enumerate().any(may_name) {
        return Vec::new();
    }
    let (dense, places): (Vec<char>, Vec<usize>) = chars
        .iter()
        .enumerate()
        .filter(|(_, char)| **char != ' ' && !is_blank(**char))
        .map(|(at, char)| (*char, at))
        .unzip();
    let mut names: Vec<(usize, usize, usize)> = Vec::new();
    let mut bare: Vec<(usize, usize, usize)> = Vec::new();
    let mut index = 0;
    while index < dense.len() {
        let place = places.get(index).copied().unwrap_or_default();
        let Some((length, ())) = LABELS.longest_at(&dense, index).filter(|_| apart(place)) else {
            index += 1;
            continue;
        };
        let last = places.get(index + length - 1).copied().unwrap_or(place);
        let behind = dense.get(index + length).copied();
        let value = places.get(index + length).map_or(chars.len(), |next| next + 1);
        match behind {
            Some(':' | '|' | ')') => names.push((place, last + 1, value)),
            None => names.push((place, last + 1, chars.len())),
            Some(_) if chars.get(last + 1).is_some_and(|char| is_blank(*char)) => {
                bare.push((place, last + 1, last + 1));
            }
            Some(_) => {}
        }
        index += length;
    }
    // names without colons count where they come in rows
    if names.len() + bare.len() >= 2 && !bare.is_empty() {
        names.append(&mut bare);
        names.sort_unstable();
    }
    let ends: Vec<usize> = names.iter().skip(1).map(|(start, ..)| *start).chain([chars.len()]).collect();
    let pair = |((start, end, value), next): ((usize, usize, usize), usize)| {
        let mut from = value.min(next);
        let mut to = next;
        let is_mark = |at: usize| chars.get(at).is_some_and(|char| is_blank(*char) || matches!(char, '|' | ':' | '('));
        while from < to && is_mark(from) {
            from += 1;
        }
        while to > from && is_mark(to - 1) {
            to -= 1;
        }
        (Span::new(start, end), Span::new(from, to))
    };
    names.into_iter().zip(ends).map(pair).collect()
}

/// Whether a row of cells begins with the name of a metadata block and a colon: 索引号: | 1137/2022.
pub(in crate::parse) fn begins_row(text: &Text, line: Span, separator: char) -> bool {
    let first = text.slice(line).trim_start_matches([separator, ' ']).split(separator).next().unwrap_or_default();
    let first: Vec<char> = first.chars().filter(|char| !is_blank(*char)).map(fold).collect();
    let Some((':', name)) = first.split_last() else { return false };
    LABELS.longest_at(name, 0).is_some_and(|(length, ())| length == name.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(line: &str) -> Vec<(String, String)> {
        let text = Text::new(line);
        let pairs = pairs(text.folded(text.span()));
        pairs.into_iter().map(|(key, value)| (text.slice(key).to_owned(), text.slice(value).to_owned())).collect()
    }

    fn pair(key: &str, value: &str) -> (String, String) {
        (key.to_owned(), value.to_owned())
    }

    #[test]
    fn names_and_values_share_a_line() {
        assert_eq!(
            read("索 引 号: 000014349/2014-00023 主题分类: 农业、林业"),
            [pair("索 引 号", "000014349/2014-00023"), pair("主题分类", "农业、林业")]
        );
        assert_eq!(
            read("发文字号: | 云政发〔2020〕1号 | 成文日期: | 2020年3月1日 |"),
            [pair("发文字号", "云政发〔2020〕1号"), pair("成文日期", "2020年3月1日")]
        );
        assert_eq!(read("名称: 云川市任务表 文号:"), [pair("名称", "云川市任务表"), pair("文号", "")]);
        assert_eq!(
            read("文号  云政发〔2020〕1号  成文日期  2020年3月1日"),
            [pair("文号", "云政发〔2020〕1号"), pair("成文日期", "2020年3月1日")]
        );
        assert_eq!(read("地区生产总值增长6%。"), []);
    }
}
