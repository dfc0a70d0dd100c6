//! Document numbers (发文字号): 国办发〔2021〕5号, 国务院令第722号, and what is left of them after slips.

use crate::knowledge::Knowledge;
use crate::span::{fold, fold_str, is_blank};

/// The parts of a document number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NumberParts {
    /// The characters that stand for the issuer: 国办发.
    pub prefix: String,
    /// The year; none for an order that is counted through (令第722号).
    pub year: Option<i16>,
    /// The running number.
    pub serial: u32,
}

/// The parts of a document number.
///
/// ```
/// use zeren::parse::citation::parts;
///
/// let parts = parts("国办发〔2021〕5号").unwrap();
/// assert_eq!((parts.prefix.as_str(), parts.year, parts.serial), ("国办发", Some(2021), 5));
/// ```
pub fn parts(number: &str) -> Option<NumberParts> {
    let chars: Vec<char> = number.chars().filter(|char| !is_blank(*char)).map(fold).collect();
    let end = chars.iter().position(|char| *char == '号')?;
    let found = read(&chars, end)?;
    (found.start == 0).then_some(())?;
    Some(NumberParts { prefix: found.prefix, year: found.year, serial: found.serial })
}

/// The year within a document number.
pub fn year_of(number: &str) -> Option<i16> {
    parts(number)?.year
}

/// The document number that a string is, blanks dropped, if it is one.
pub fn as_number(words: &str) -> Option<String> {
    let (number, length) = leading_number(words.trim())?;
    (length == words.trim().chars().count()).then_some(number)
}

/// The document number that a line begins with, and its length in characters.
pub fn leading_number(words: &str) -> Option<(String, usize)> {
    let chars: Vec<char> = words.chars().take(40).map(fold).collect();
    let end = chars.iter().position(|char| *char == '号')?;
    let found = read(&chars, end)?;
    // words of a sentence before the number: no line that begins with one
    (found.start == 0 && !found.ordered)
        .then(|| (words.chars().take(end + 1).filter(|char| !is_blank(*char)).collect(), end + 1))
}

/// A number found before a 号.
#[derive(Clone, Debug)]
pub(super) struct Found {
    pub(super) start: usize,
    pub(super) prefix: String,
    pub(super) year: Option<i16>,
    pub(super) serial: u32,
    /// The serials before it that share its 号: 〔2019〕12、13号.
    pub(super) earlier: Vec<u32>,
    /// An order: 令第722号.
    pub(super) ordered: bool,
}

/// Walks back over characters.
struct Back<'c> {
    chars: &'c [char],
    at: usize,
}

impl Back<'_> {
    fn peek(&self) -> char {
        self.at.checked_sub(1).and_then(|before| self.chars.get(before)).copied().unwrap_or('\0')
    }

    fn skip(&mut self, test: impl Fn(char) -> bool) -> usize {
        let from = self.at;
        while self.at > 0 && test(self.peek()) {
            self.at -= 1;
        }
        from - self.at
    }

    fn words(&self, to: usize) -> String {
        self.chars.get(self.at..to).unwrap_or_default().iter().collect()
    }

    fn digits(&mut self) -> String {
        self.skip(|char| char == ' ');
        let to = self.at;
        self.skip(|char| char.is_ascii_digit());
        let digits = self.words(to);
        self.skip(|char| char == ' ');
        digits
    }

    fn take(&mut self, wanted: char) -> bool {
        let there = self.peek() == wanted;
        self.at -= usize::from(there);
        there
    }
}

/// The number that ends with the 号 at a place.
pub(super) fn read(chars: &[char], end: usize) -> Option<Found> {
    let mut back = Back { chars, at: end };
    let mut serial = back.digits();
    let ordinal = back.take('第');
    if serial.is_empty() || serial.len() > 8 {
        return None;
    }
    if ordinal && back.peek() == '令' {
        return order(back, &serial);
    }
    back.skip(|char| char == ' ');
    let mut earlier = Vec::new();
    while !ordinal && earlier.len() < MOST_SERIALS && matches!(back.peek(), '、' | '和' | ',') {
        let mut before = Back { chars, at: back.at - 1 };
        let Ok(number) = before.digits().parse() else { break };
        earlier.push(number);
        back = before;
    }
    let closed = back.take(')');
    // 5、6号 without a year right before names no documents
    if !earlier.is_empty() && !closed {
        return None;
    }
    earlier.reverse();
    let mut year = String::new();
    // the year and the number ran together where a bracket was lost: 〔201930号, 字2020167号
    let mut sound = true;
    if closed {
        year = back.digits();
    } else if serial.len() >= 5 {
        year = serial.drain(..4).collect();
        sound = false;
    } else if back.peek().is_ascii_digit() {
        year = back.digits();
        sound = false;
    }
    let year: i16 = year.parse().ok().filter(|year| (1949..2100).contains(year) && serial.len() <= 4)?;
    let opened = back.take('(');
    if !closed && !sound && !opened && !ends_as_prefix(&back) || closed && !opened && !ends_as_prefix(&back) {
        return None;
    }
    back.skip(|char| char == ' ');
    let to = back.at;
    back.skip(is_prefix_char);
    let name = back.words(to);
    let start = back.at + words_before(&name);
    let prefix: String = chars.get(start..to)?.iter().collect();
    (to - start >= 2).then_some(())?;
    Some(Found { start, prefix, year: Some(year), serial: serial.parse().ok()?, earlier, ordered: false })
}

/// Whether the characters before a place end as prefixes of numbers do: 发, 字, 函.
fn ends_as_prefix(back: &Back) -> bool {
    let signs = &Knowledge::shipped().vocabulary.head.citations.signs;
    signs.iter().any(|sign| sign.starts_with(back.peek()))
}

/// An order that is counted through: 国务院令第722号.
fn order(mut back: Back, serial: &str) -> Option<Found> {
    let to = back.at;
    back.skip(is_prefix_char);
    let name = back.words(to);
    let start = back.at + words_before(&name);
    let prefix = back.chars.get(start..to)?.iter().collect::<String>();
    let length = to - start;
    (2..=20).contains(&length).then_some(())?;
    Some(Found { start, prefix, year: None, serial: serial.parse().ok()?, earlier: Vec::new(), ordered: true })
}

fn is_prefix_char(char: char) -> bool {
    matches!(char, '\u{4e00}'..='\u{9fff}' | '\u{3400}'..='\u{4dbf}' | 'A'..='Z' | 'a'..='z')
}

/// How many serials may share a 号.
const MOST_SERIALS: usize = 8;

/// The longest prefix in characters that is believed without the registry.
const LONGEST_UNKNOWN: usize = 7;

/// How many characters before the issuer's sign are words of the sentence: 按照哈政发 gives 2.
fn words_before(name: &str) -> usize {
    let words = &Knowledge::shipped().vocabulary.head.citations;
    let lists = [&words.based_on, &words.implements, &words.forwards, &words.amends, &words.replaces, &words.before];
    let lead = lists
        .into_iter()
        .flatten()
        .filter_map(|word| name.rfind(word.as_str()).map(|byte| byte + word.len()))
        .max()
        .and_then(|byte| name.get(..byte))
        .map_or(0, |lead| lead.chars().count())
        .max(usize::from(name.starts_with(['和', '及', '与', '由', '在'])));
    // 28号文和卫医发: another number ends right before
    let lead = name.chars().collect::<Vec<char>>().iter().rposition(|char| *char == '号').map_or(lead, |last| {
        let joins =
            name.chars().skip(last + 1).take_while(|char| matches!(char, '文' | '件' | '和' | '及' | '与' | '以'));
        lead.max(last + 1 + joins.count())
    });
    let rest: Vec<char> = name.chars().skip(lead).collect();
    if rest.len() <= LONGEST_UNKNOWN || name.ends_with('令') {
        return lead;
    }
    // a name of a body may stand right before its sign: 省政府办公厅浙政办发
    let knowledge = Knowledge::shipped();
    let is_place = |sign: &str| {
        let first: String = sign.chars().take(1).collect();
        sign.is_empty() || sign.chars().count() <= 2 && knowledge.places.abbreviated(&first).next().is_some()
    };
    let known = (0..rest.len().saturating_sub(1)).find(|skip| {
        let prefix: String = rest.iter().skip(*skip).collect();
        let found = knowledge.bodies.number_prefix(&prefix);
        rest.len() - skip <= 10 && found.is_some_and(|found| found.literal >= 2 && is_place(found.abbreviation))
    });
    lead + known.unwrap_or(0)
}

/// The further numbers of a list that leaves the prefix out: 国办发〔2021〕5号、〔2022〕6号, 5号、6号.
pub(super) fn elided(chars: &[char], from: usize) -> Option<(usize, usize, Option<i16>, u32)> {
    let at = |index: usize| chars.get(index).copied().unwrap_or('\0');
    matches!(at(from), '、' | '和' | '及').then_some(())?;
    let start = from + 1;
    let mut index = start;
    let digits = |index: usize| chars.iter().skip(index).take_while(|char| char.is_ascii_digit()).count();
    let number = |from: usize, length: usize| -> Option<u32> {
        chars.get(from..from + length)?.iter().collect::<String>().parse().ok()
    };
    let mut year = None;
    if at(index) == '(' && digits(index + 1) == 4 && at(index + 5) == ')' {
        year = number(index + 1, 4).and_then(|year| i16::try_from(year).ok());
        index += 6;
    }
    let length = digits(index);
    ((1..=4).contains(&length) && at(index + length) == '号').then_some(())?;
    Some((start, index + length + 1, year, number(index, length)?))
}

/// Whether two numbers are one but for brackets and blanks.
pub fn same(one: &str, other: &str) -> bool {
    let bare = |number: &str| -> String { fold_str(number).chars().filter(|char| char.is_alphanumeric()).collect() };
    bare(one) == bare(other)
}
