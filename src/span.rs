//! Places in a text, counted in Unicode characters.
//!
//! A Chinese character is three bytes in UTF-8, so every place that leaves the program is
//! counted in characters; [`Text`] translates between the two in constant time.

use std::borrow::Cow;
use std::sync::LazyLock;

use serde::{Serialize, Serializer};

use crate::patience::step;

/// A half-open range of characters, `start` inclusive and `end` exclusive.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// Offset of the first character.
    pub start: usize,
    /// Offset behind the last character.
    pub end: usize,
}

impl Span {
    /// Makes a span; an `end` before `start` gives the empty span at `start`.
    pub fn new(start: usize, end: usize) -> Self {
        Self { start, end: end.max(start) }
    }

    /// Length in characters.
    pub fn len(self) -> usize {
        self.end - self.start
    }

    /// Whether no character lies inside.
    pub fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// The smallest span that covers both.
    #[must_use]
    pub fn to(self, other: Self) -> Self {
        Self::new(self.start.min(other.start), self.end.max(other.end))
    }

    /// Whether `other` lies wholly inside.
    pub fn contains(self, other: Self) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// Whether the two share a character.
    pub fn overlaps(self, other: Self) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// The span moved right by `offset` characters.
    #[must_use]
    pub fn shifted(self, offset: usize) -> Self {
        Self { start: self.start + offset, end: self.end + offset }
    }
}

/// Writes `[start, end]`.
impl Serialize for Span {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        [self.start, self.end].serialize(serializer)
    }
}

/// A line and a column, both counted from 1, the column in characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Position {
    /// Line, from 1.
    pub line: usize,
    /// Column in characters, from 1.
    pub column: usize,
}

/// A text that can be sliced by character offsets in constant time.
///
/// ```
/// use zeren::span::{Span, Text};
///
/// let text = Text::new("牵头单位：财政局");
/// assert_eq!(text.slice(Span::new(5, 8)), "财政局");
/// assert_eq!(text.len(), 8);
/// ```
#[derive(Clone, Debug, Default)]
pub struct Text {
    content: String,
    /// The characters, folded: what the grammar reads.
    folded: Vec<char>,
    /// Byte offset of every character, and of the end.
    starts: Vec<u32>,
    /// Character offset of the first character of every line.
    lines: Vec<usize>,
}

impl Text {
    /// Indexes `content`, of which at most 4 GiB are addressable.
    pub fn new(content: impl Into<String>) -> Self {
        let content = content.into();
        let mut starts = Vec::with_capacity(content.len() / 2 + 1);
        let mut folded = Vec::with_capacity(content.len() / 2);
        let mut lines = vec![0];
        let table: &[char] = &SIMPLIFIED;
        for (offset, (byte, char)) in content.char_indices().enumerate() {
            starts.push(u32::try_from(byte).unwrap_or(u32::MAX));
            folded.push(fold_by(table, char));
            if char == '\n' {
                lines.push(offset + 1);
            }
        }
        starts.push(u32::try_from(content.len()).unwrap_or(u32::MAX));
        // Chinese takes three bytes a character: what was set aside for shorter ones goes back
        starts.shrink_to_fit();
        folded.shrink_to_fit();
        Self { content, folded, starts, lines }
    }

    /// Length in characters.
    pub fn len(&self) -> usize {
        self.starts.len().saturating_sub(1)
    }

    /// Whether there is no character.
    pub fn is_empty(&self) -> bool {
        self.content.is_empty()
    }

    /// The whole text.
    pub fn as_str(&self) -> &str {
        &self.content
    }

    /// The span of the whole text.
    pub fn span(&self) -> Span {
        Span::new(0, self.len())
    }

    /// The characters of a span; what lies beyond the end is left out.
    pub fn slice(&self, span: Span) -> &str {
        // whatever reads a document asks for words and characters all the time
        step();
        let byte = |offset: usize| self.starts.get(offset.min(self.len())).map_or(0, |&byte| byte as usize);
        self.content.get(byte(span.start)..byte(span.end)).unwrap_or_default()
    }

    /// The characters of a span, each folded with [`fold`]; what lies beyond the end is left out.
    ///
    /// ```
    /// use zeren::span::{Span, Text};
    ///
    /// assert_eq!(Text::new("甲（负责）").folded(Span::new(1, 9)), ['(', '负', '责', ')']);
    /// ```
    pub fn folded(&self, span: Span) -> &[char] {
        step();
        self.folded.get(span.start.min(self.len())..span.end.min(self.len())).unwrap_or_default()
    }

    /// The character offset of a byte offset, which is rounded down to a character.
    pub fn offset_of_byte(&self, byte: usize) -> usize {
        self.starts.partition_point(|&start| (start as usize) <= byte).saturating_sub(1).min(self.len())
    }

    /// The span without white space at either end.
    pub fn trim(&self, span: Span) -> Span {
        // what is folded is blank where the printed character is
        let chars = self.folded(span);
        let lead = chars.iter().take_while(|char| is_blank(**char)).count();
        let tail = chars.iter().rev().take_while(|char| is_blank(**char)).count();
        if lead >= span.len() {
            return Span::new(span.start, span.start);
        }
        Span::new(span.start + lead, span.end - tail)
    }

    /// Line and column of a character offset.
    pub fn position(&self, offset: usize) -> Position {
        let line = self.lines.partition_point(|&start| start <= offset);
        let start = self.lines.get(line.saturating_sub(1)).copied().unwrap_or(0);
        Position { line, column: offset - start + 1 }
    }

    /// The spans of the lines, without their line feeds.
    pub fn lines(&self) -> impl Iterator<Item = Span> + '_ {
        self.lines.iter().enumerate().map(|(index, &start)| {
            let end = self.lines.get(index + 1).map_or(self.len(), |&next| next - 1);
            Span::new(start, end)
        })
    }
}

/// White space as documents use it: with zero-width marks and the byte-order mark.
pub fn is_blank(char: char) -> bool {
    !is_han(char) && is_space(char)
}

/// Words without the blanks that layout left in them.
pub fn dense(words: &str) -> Cow<'_, str> {
    if !words.contains(is_blank) {
        return Cow::Borrowed(words);
    }
    Cow::Owned(words.chars().filter(|char| !is_blank(*char)).collect())
}

/// Whether a character is a letter or a digit; Chinese ones are letters.
pub fn is_letter(char: char) -> bool {
    is_han(char) || char.is_alphanumeric()
}

/// Whether a character is a common Chinese one: most are, and this is cheap to tell.
fn is_han(char: char) -> bool {
    matches!(char, '\u{4e00}'..='\u{9fff}')
}

fn is_space(char: char) -> bool {
    char.is_whitespace() || matches!(char, '\u{200b}' | '\u{feff}' | '\u{200c}' | '\u{200d}')
}

/// Folds a full-width form to the half-width one that means the same, one character to one.
///
/// Brackets of the kinds `（〔【［〖` become `(` and their partners `)`, so that a grammar
/// over folded characters sees one kind of bracket; places stay valid.
///
/// ```
/// use zeren::span::fold;
///
/// assert_eq!("（２０１７年９月，下同）".chars().map(fold).collect::<String>(), "(2017年9月,下同)");
/// ```
pub fn fold(char: char) -> char {
    fold_by(&SIMPLIFIED, char)
}

/// The first common Chinese character.
const FIRST_HAN: u32 = 0x4e00;

/// For every common Chinese character the simplified one, from `data/vocabulary/traditional.txt`.
static SIMPLIFIED: LazyLock<Vec<char>> = LazyLock::new(|| {
    let mut table: Vec<char> = ('\u{4e00}'..='\u{9fff}').collect();
    let lines = include_str!("../data/vocabulary/traditional.txt").lines().filter(|line| !line.starts_with('#'));
    for pair in lines.flat_map(str::split_whitespace) {
        let mut chars = pair.chars();
        if let (Some(traditional), Some(simplified)) = (chars.next(), chars.next())
            && let Some(entry) = table.get_mut((u32::from(traditional) - FIRST_HAN) as usize)
        {
            *entry = simplified;
        }
    }
    table
});

fn simplified(table: &[char], char: char) -> char {
    table.get((u32::from(char) - FIRST_HAN) as usize).copied().unwrap_or(char)
}

/// Folds a character by the table of simplified ones.
fn fold_by(table: &[char], char: char) -> char {
    if is_han(char) { simplified(table, char) } else { fold_sign(char) }
}

fn fold_sign(char: char) -> char {
    match char {
        '〔' | '【' | '［' | '[' | '〖' | '﹙' | '｛' | '{' | '（' => '(',
        '〕' | '】' | '］' | ']' | '〗' | '﹚' | '｝' | '}' | '）' => ')',
        '､' | '﹑' => '、',
        '｡' => '。',
        '﹒' => '.',
        '﹔' => ';',
        '﹕' | '∶' | '︰' => ':',
        '∕' | '⁄' => '/',
        '—' | '―' | '–' | '‐' | '‑' | '−' | '─' | '－' => '-',
        '∼' | '〜' | '～' => '~',
        '“' | '”' | '＂' | '「' | '」' | '『' | '』' => '"',
        '‘' | '’' | '＇' => '\'',
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(char) - 0xfee0).unwrap_or(char),
        _ if is_space(char) && char != '\n' && char != '\t' => ' ',
        _ => char,
    }
}

/// Folds every character of a string with [`fold`]; what is folded already is not copied.
pub fn fold_str(text: &str) -> Cow<'_, str> {
    let table: &[char] = &SIMPLIFIED;
    let Some((byte, _)) = text.char_indices().find(|(_, char)| fold_by(table, *char) != *char) else {
        return Cow::Borrowed(text);
    };
    let (same, rest) = text.split_at(byte);
    let mut folded = String::with_capacity(text.len());
    folded.push_str(same);
    folded.extend(rest.chars().map(fold));
    Cow::Owned(folded)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slices_by_character_and_clamps() {
        let text = Text::new("各区、县(市)\n人民政府");
        assert_eq!(text.slice(Span::new(3, 7)), "县(市)");
        assert_eq!(text.slice(Span::new(8, 99)), "人民政府");
        assert_eq!(text.slice(Span::new(50, 99)), "");
        assert_eq!(text.position(9), Position { line: 2, column: 2 });
        assert_eq!(text.lines().collect::<Vec<_>>(), [Span::new(0, 7), Span::new(8, 12)]);
    }

    #[test]
    fn trims_the_blanks_that_documents_use() {
        let text = Text::new("\u{3000}\u{3000}负责 \u{200b}");
        assert_eq!(text.trim(text.span()), Span::new(2, 4));
        let blank = Text::new(" \u{3000} ");
        assert!(blank.trim(blank.span()).is_empty());
    }

    #[test]
    fn folding_keeps_the_number_of_characters() {
        let printed = "〔２０１８〕３１号：Ａ、Ｂ；「双下沉」——１～２";
        assert_eq!(fold_str(printed).chars().count(), printed.chars().count());
        assert_eq!(fold_str(printed), "(2018)31号:A、B;\"双下沉\"--1~2");
    }
}
