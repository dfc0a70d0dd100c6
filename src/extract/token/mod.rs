//! Tokens of a responsibility statement, with their places.

mod lexicon;

use super::model::Role;
use super::party::{self, Fragment};
use crate::knowledge::{Knowledge, WordList};
use crate::numeral;
use crate::span::{Span, Text, is_blank};
use lexicon::{Keyword, LEXICON, Other};
pub(super) use lexicon::{has_role_word, last_label, role_of};

/// How the bodies of a list share the work.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Manner {
    /// 按职责分工
    ByDuty,
    /// 分别
    Respective,
    /// 共同
    Joint,
}

/// A token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Token {
    /// Words that are no keyword: a name, or something else.
    Words,
    /// 牵头, 负责, 配合 … behind a list.
    Verb(Role),
    /// 会同 between the leads and the others.
    Together,
    /// 责任单位: before a list.
    Label(Role),
    /// 完成时限: before words that name no party.
    Aside,
    /// 分别, 共同, 按职责分工.
    Manner(Manner),
    /// 等.
    Open,
    /// ▲ before a name.
    Mark,
    /// A remark in brackets that is no part of a name.
    Remark,
    /// 、
    Separator,
    /// A blank or line break.
    Blank,
    /// , ; 。 and what else ends a phrase.
    Stop,
}

/// A token and its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Lexeme {
    pub(super) token: Token,
    pub(super) span: Span,
}

/// Whether words begin with a label such as 完成时限: that names no party.
pub(super) fn is_due_label(text: &Text, span: Span) -> bool {
    lex(text, Span::new(span.start, span.end.min(span.start + 12)))
        .first()
        .is_some_and(|first| first.token == Token::Aside)
}

/// The label that words end with, at the end of a line and without a colon: 牵头单位, 完成时限.
pub(super) fn bare_label(words: &[char]) -> Option<Token> {
    let start = words.iter().rposition(|char| matches!(char, '\n' | '。')).map_or(0, |at| at + 1);
    let line = words.get(start..).filter(|line| line.len() <= LONGEST_BARE_LABEL)?;
    let last: Vec<char> = line.iter().copied().filter(|char| !is_blank(*char)).collect();
    let label = LEXICON.keywords.longest_at(&last, 0).filter(|(length, _)| *length == last.len());
    label.filter(|_| last.len() >= SHORTEST_BARE_LABEL).and_then(|(_, keyword)| label_token(*keyword))
}

/// The longest line in characters that is a label and nothing else.
const LONGEST_BARE_LABEL: usize = 20;

/// The longest name in characters that is still read as one.
const LONGEST_WORDS: usize = 60;

/// The most characters between 以上 and the bodies.
const LONGEST_SCOPE: usize = 12;

/// Cuts a stretch of text into tokens.
pub(super) fn lex(text: &Text, span: Span) -> Vec<Lexeme> {
    let chars = text.folded(span);
    let keywords = keywords(chars);
    // a name of a body and a sign behind it take six characters and more
    let out = Vec::with_capacity((chars.len() / 3).min(64));
    let mut lexer = Lexer { chars, keywords, brackets: Brackets::of(chars), out };
    lexer.run();
    for lexeme in &mut lexer.out {
        lexeme.span = lexeme.span.shifted(span.start);
    }
    lexer.out
}

/// The keywords, also those within which a line ends: 按⏎职责分工.
fn keywords(chars: &[char]) -> Vec<(usize, usize, &'static Keyword)> {
    if !chars.contains(&'\n') {
        return LEXICON.keywords.find_iter(chars).collect();
    }
    // with what the next line is indented by
    let mut is_indent = false;
    let mut is_break = |(_, char): &(usize, &char)| {
        is_indent = **char == '\n' || is_indent && is_blank(**char);
        is_indent
    };
    let (places, joined): (Vec<usize>, Vec<char>) = (0..).zip(chars).filter(|char| !is_break(char)).unzip();
    let place = |(start, length, keyword): (usize, usize, &'static Keyword)| {
        let (first, last) = (*places.get(start)?, *places.get(start + length - 1)?);
        Some((first, last + 1 - first, keyword))
    };
    LEXICON.keywords.find_iter(&joined).filter_map(place).collect()
}

struct Lexer<'c> {
    chars: &'c [char],
    /// Place, length and meaning of the keywords, in order.
    keywords: Vec<(usize, usize, &'c Keyword)>,
    brackets: Brackets,
    out: Vec<Lexeme>,
}

impl Lexer<'_> {
    fn at(&self, index: usize) -> char {
        self.chars.get(index).copied().unwrap_or('\0')
    }

    fn run(&mut self) {
        let mut at = self.backward();
        if at > 0 {
            self.out.push(Lexeme { token: Token::Blank, span: Span::new(0, at) });
        }
        while at < self.chars.len() {
            let plain = self.plain(at);
            self.words(at, plain);
            at += plain;
            if at >= self.chars.len() {
                break;
            }
            let (token, length) = self.keyword(at).unwrap_or_else(|| self.sign(at));
            let span = Span::new(at, at + length);
            let prefixed = matches!(token, Token::Label(_) | Token::Aside)
                && self.out.last().is_some_and(|last| last.token == Token::Words && self.is_label_prefix(last.span));
            match self.out.last_mut() {
                Some(last) if prefixed => *last = Lexeme { token, span: last.span.to(span) },
                // words that follow each other are one name, unless it would never end
                Some(last)
                    if last.token == Token::Words && token == Token::Words && last.span.len() < LONGEST_WORDS =>
                {
                    last.span.end = span.end;
                }
                Some(last) if last.token == Token::Blank && token == Token::Blank => last.span.end = span.end,
                _ => self.out.push(Lexeme { token, span }),
            }
            at += length;
        }
    }

    /// How many characters from a place on begin no keyword and are no sign.
    fn plain(&self, at: usize) -> usize {
        let next = self.keywords.partition_point(|(start, ..)| *start < at);
        let end = self.keywords.get(next).map_or(self.chars.len(), |(start, ..)| *start);
        let rest = self.chars.get(at..end).unwrap_or_default();
        rest.iter().position(|char| LEXICON.signs.contains(*char)).unwrap_or(rest.len())
    }

    /// Takes characters that follow each other as one name, unless it would never end.
    fn words(&mut self, mut at: usize, length: usize) {
        let end = at + length;
        while at < end {
            match self.out.last_mut() {
                Some(last) if last.token == Token::Words && last.span.len() < LONGEST_WORDS => {
                    last.span.end = end.min(at + LONGEST_WORDS - last.span.len());
                    at = last.span.end;
                }
                _ => {
                    self.out.push(Lexeme { token: Token::Words, span: Span::new(at, at + 1) });
                    at += 1;
                }
            }
        }
    }

    /// Length of words such as 以上任务由 that say only what a statement governs.
    fn backward(&self) -> usize {
        let words = &Knowledge::shipped().vocabulary.conventions.scope.backward;
        let Some(length) = words.longest_at(self.chars, 0) else { return 0 };
        let labels = |at: &usize| self.keyword_at(*at).is_some_and(|(_, keyword)| keyword.label.is_some());
        let by = |at: usize| if self.at(at) == '由' { Some(at + 1) } else { Some(at).filter(labels) };
        (length..length + LONGEST_SCOPE).find_map(by).unwrap_or(0)
    }

    /// The keyword at a place, if it stands there as one.
    fn keyword(&self, at: usize) -> Option<(Token, usize)> {
        let (length, keyword) = self.keyword_at(at)?;
        let end = at + length;
        if let Some(label) = self.label(at, end, *keyword) {
            return Some(label);
        }
        // 协助 does not stand for itself in 协助落实资金, where 落实 does not
        let stops = |at: usize| is_end(self.at(self.skip_blanks(at)));
        let ends = |at: usize| {
            stops(at)
                || self.keyword_at(at).is_some_and(|(length, keyword)| {
                    let behind = at + length;
                    keyword.other.is_none() && (stops(behind) || self.keyword_at(behind).is_some())
                        || matches!(keyword.other, Some(Other::Open | Other::Together | Other::LeadIn))
                })
        };
        if keyword.other == Some(Other::Open) {
            // 等10个部门, 等有关单位, 等和各县政府: the placeholder goes with it
            let whole = end + self.placeholder(end);
            let joined =
                matches!(self.at(whole), '和' | '及' | '与') || self.at(whole) == '以' && self.at(whole + 1) == '及';
            return (ends(whole) || joined).then_some((Token::Open, whole - at));
        }
        // 联合会 and 分别山 hold a word of the grammar; it stands for itself only before a verb or a stop
        let closed = ends(end);
        if let Some(manner) = keyword.manner {
            let cut = manner == Manner::Joint && self.is_cut_name(at, end);
            return (closed && !cut).then_some((Token::Manner(manner), length));
        }
        if keyword.other == Some(Other::Together) {
            return Some((Token::Together, length));
        }
        if let Some(role) = keyword.verb {
            return (closed && !self.is_whole_name(at, end)).then_some((Token::Verb(role), length));
        }
        (keyword.other == Some(Other::LeadIn) && at == 0).then_some((Token::Blank, length))
    }

    /// The words that end at a place, with the characters from there to another.
    fn name(&self, at: usize, end: usize) -> Option<String> {
        let before = self.out.last().filter(|last| last.token == Token::Words && last.span.end == at);
        before.map(|last| self.chars.iter().take(end).skip(last.span.start).collect())
    }

    /// Whether words up to a place are a name that lost its end, of which the last word is one of the grammar: 县妇女联合.
    fn is_cut_name(&self, at: usize, end: usize) -> bool {
        self.name(at, end).is_some_and(|name| party::is_cut(&name))
    }

    /// Whether words up to a place are a name that ends as a word of the grammar does: 县政协办.
    fn is_whole_name(&self, at: usize, end: usize) -> bool {
        self.name(at, end).is_some_and(|name| party::is_registered(&name))
    }

    /// Whether brackets stand within the name of a body: 县委(县政府)办公室.
    fn is_within_name(&self, open: usize, close: usize) -> bool {
        let rest = close + 1..close + 1 + self.plain(close + 1);
        let Some(before) = self.name(open, open).filter(|_| !rest.is_empty()) else { return false };
        let rest: String = self.chars.get(rest).unwrap_or_default().iter().collect();
        let inner: String = self.chars.get(open + 1..close).unwrap_or_default().iter().collect();
        // 各乡镇党(工)委
        party::fragment(&format!("{before}({inner}){rest}")) == Fragment::Closed
            || [before, inner].into_iter().any(|start| party::is_registered(&format!("{start}{rest}")))
    }

    /// Length and meaning of the keyword that begins at a place.
    fn keyword_at(&self, at: usize) -> Option<(usize, &Keyword)> {
        let index = self.keywords.binary_search_by_key(&at, |(start, ..)| *start).ok()?;
        self.keywords.get(index).map(|(_, length, keyword)| (*length, *keyword))
    }

    /// A label with its colon; at the beginning a blank will do.
    fn label(&self, at: usize, end: usize, keyword: Keyword) -> Option<(Token, usize)> {
        let token = label_token(keyword)?;
        let parts = &Knowledge::shipped().vocabulary.clause.label_parts;
        let mut close = end;
        while let length @ 1.. = self.longest(close, &parts.tails) {
            close += length;
        }
        for close in [close, end] {
            let colon = self.skip_blanks(close);
            if self.at(colon) == ':' {
                return Some((token, colon + 1 - at));
            }
            // 责任单位——甲局
            if close == end && self.at(colon) == '-' && self.at(colon + 1) == '-' {
                return Some((token, colon + 2 - at));
            }
        }
        // 牵头单位为甲局
        let begins = self.out.last().is_none_or(|last| matches!(last.token, Token::Stop | Token::Blank));
        if begins && end - at >= SHORTEST_BARE_LABEL && self.at(end) == '为' && !is_end(self.at(end + 1)) {
            return Some((token, end + 1 - at));
        }
        let blank = self.skip_blanks(end);
        let long = end - at >= SHORTEST_BARE_LABEL;
        // 牵头单位 and the list on the next line
        let closes_line = long && begins && self.at(blank) == '\n' && self.at(blank + 1) != '\0';
        let alone = long && at == 0 && blank > end && self.at(blank) != '\0';
        (alone || closes_line).then_some((token, blank - at))
    }

    /// A label in brackets of its own before a list: 【责任单位】甲局.
    fn bracketed_label(&self, at: usize, close: usize) -> Option<(Token, usize)> {
        let (length, keyword) = self.keyword_at(at + 1)?;
        let token = label_token(*keyword).filter(|_| at + 1 + length == close)?;
        let begins = self.out.last().is_none_or(|last| !matches!(last.token, Token::Words | Token::Separator));
        // 甲局 (牵头) 乙局: so short a word is said of the name before it
        let remarks = length < SHORTEST_BARE_LABEL
            && matches!(self.out.as_slice(), [.., name, blank] if name.token == Token::Words && blank.token == Token::Blank);
        let begins = begins && !remarks;
        let colon = self.skip_blanks(close + 1);
        let end = if self.at(colon) == ':' { colon + 1 } else { colon };
        (begins && !is_end(self.at(end))).then_some((token, end - at))
    }

    /// Length of the longest of some words that stands at a place.
    fn longest(&self, at: usize, words: &WordList) -> usize {
        words.longest_at(self.chars, at).unwrap_or(0)
    }

    /// Whether words say only which label follows: 主要, 市级.
    fn is_label_prefix(&self, span: Span) -> bool {
        let parts = &Knowledge::shipped().vocabulary.clause.label_parts;
        let mut at = span.start;
        while at < span.end {
            match self.longest(at, &parts.prefixes) {
                0 => return false,
                length => at += length,
            }
        }
        at == span.end
    }

    fn skip_blanks(&self, at: usize) -> usize {
        at + self.chars.iter().skip(at).take_while(|char| **char == ' ').count()
    }

    /// Length of a placeholder: a number, words such as 有关, and 部门 or 单位.
    fn placeholder(&self, at: usize) -> usize {
        let generic = &Knowledge::shipped().vocabulary.parties.generic;
        let counted =
            |char: char| char.is_ascii_digit() || numeral::is_numeral(char) || matches!(char, '个' | '家' | '余');
        let mut end = at + self.chars.iter().skip(at).take_while(|char| counted(**char)).count();
        while let length @ 1.. = self.longest(end, &generic.modifiers) {
            if self.longest(end, &generic.heads) > length {
                break;
            }
            end += length;
        }
        match self.longest(end, &generic.heads) {
            0 => 0,
            length => end + length - at,
        }
    }

    fn sign(&self, at: usize) -> (Token, usize) {
        match self.at(at) {
            '、' | '/' => (Token::Separator, 1),
            ',' | ';' | '。' | ':' | '!' | '?' | ')' => (Token::Stop, 1),
            ' ' | '\n' | '\t' | '•' | '▪' | '◦' => (Token::Blank, 1),
            // 推进改革。——责任单位:甲局
            '-' if self.at(at + 1) == '-' => (Token::Blank, 2),
            // a dash before the first word opens a point of a list
            '-' if self.out.iter().all(|before| before.token == Token::Blank) => (Token::Blank, 1),
            char if LEXICON.marks.contains(char) => (Token::Mark, 1),
            '(' => match self.brackets.close_of(at) {
                Some(close) if self.bracketed_label(at, close).is_some() => {
                    self.bracketed_label(at, close).unwrap_or((Token::Stop, 1))
                }
                // 县(市、区)政府: the brackets are part of the name
                Some(close) if is_units(self.chars.get(at + 1..close).unwrap_or_default()) => {
                    (Token::Words, close + 1 - at)
                }
                Some(close) if self.is_within_name(at, close) => (Token::Words, close + 1 - at),
                Some(close) => (Token::Remark, close + 1 - at),
                None => (Token::Stop, 1),
            },
            // 县<市、区>政府: brackets within brackets
            '<' | '〈' => (Token::Words, self.angle(at)),
            _ => (Token::Words, 1),
        }
    }

    /// Length of kinds of places in angle brackets; that of the bracket alone where it holds anything else.
    fn angle(&self, at: usize) -> usize {
        let rest = self.chars.get(at + 1..).unwrap_or_default();
        let close = rest.iter().take(LONGEST_UNITS + 1).position(|char| matches!(char, '>' | '〉'));
        close.filter(|close| is_units(rest.get(..*close).unwrap_or_default())).map_or(1, |close| close + 2)
    }
}

/// The shortest label in characters that needs no colon at the beginning of a line.
const SHORTEST_BARE_LABEL: usize = 4;

/// What a word is where it stands as a label.
fn label_token(keyword: Keyword) -> Option<Token> {
    let aside = (keyword.other == Some(Other::Aside)).then_some(Token::Aside);
    keyword.label.map(Token::Label).or(aside)
}

/// Whether a character ends a phrase.
fn is_end(char: char) -> bool {
    matches!(char, '\0' | '、' | '/' | ',' | ';' | '。' | ')' | '(' | '\n' | '.')
}

/// The longest list of kinds of places in brackets, in characters.
const LONGEST_UNITS: usize = 24;

/// Whether brackets hold kinds of places only: 市、区.
fn is_units(inner: &[char]) -> bool {
    !inner.is_empty()
        && inner.len() <= LONGEST_UNITS
        && inner.iter().all(|char| {
            matches!(
                char,
                '省' | '市'
                    | '县'
                    | '区'
                    | '州'
                    | '旗'
                    | '盟'
                    | '地'
                    | '镇'
                    | '乡'
                    | '街'
                    | '道'
                    | '、'
                    | '/'
                    | '级'
                    | '辖'
                    | '自'
                    | '治'
                    | '直'
                    | '开'
                    | '发'
                    | '新'
                    | '社'
                    | '村'
                    | '和'
                    | '含'
                    | ','
                    | ' '
                    | '\n'
                    | '('
                    | ')'
            )
        })
}

/// The brackets of a text and where they close. Linear: a bracket is looked at once.
pub(super) struct Brackets {
    /// Where each opens and where it closes, if it does, in order.
    pairs: Vec<(usize, Option<usize>)>,
}

impl Brackets {
    /// Finds the brackets of folded characters.
    pub(super) fn of(chars: &[char]) -> Self {
        let (mut pairs, mut open) = (Vec::new(), Vec::new());
        for (index, char) in chars.iter().enumerate() {
            match char {
                '(' => {
                    open.push(pairs.len());
                    pairs.push((index, None));
                }
                ')' => {
                    if let Some((_, close)) = open.pop().and_then(|pair: usize| pairs.get_mut(pair)) {
                        *close = Some(index);
                    }
                }
                _ => {}
            }
        }
        Self { pairs }
    }

    /// Where the bracket that opens at a place closes.
    pub(super) fn close_of(&self, open: usize) -> Option<usize> {
        let pair = self.pairs.binary_search_by_key(&open, |(open, _)| *open).ok()?;
        self.pairs.get(pair)?.1
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tokens(words: &str) -> Vec<(Token, String)> {
        let text = Text::new(words);
        lex(&text, text.span()).into_iter().map(|lexeme| (lexeme.token, text.slice(lexeme.span).to_owned())).collect()
    }

    #[test]
    fn keywords_stand_alone_and_not_within_names() {
        assert_eq!(
            tokens("省高等教育厅、县（市、区）政府等按职责分工负责"),
            [
                (Token::Words, "省高等教育厅".to_owned()),
                (Token::Separator, "、".to_owned()),
                (Token::Words, "县（市、区）政府".to_owned()),
                (Token::Open, "等".to_owned()),
                (Token::Manner(Manner::ByDuty), "按职责分工".to_owned()),
                (Token::Verb(Role::Responsible), "负责".to_owned()),
            ]
        );
    }

    #[test]
    fn names_hold_words_of_the_grammar_and_brackets() {
        assert_eq!(
            tokens("县政协办、县委（县政府）办公室协办"),
            [
                (Token::Words, "县政协办".to_owned()),
                (Token::Separator, "、".to_owned()),
                (Token::Words, "县委（县政府）办公室".to_owned()),
                (Token::Verb(Role::Supporting), "协办".to_owned()),
            ]
        );
    }

    #[test]
    fn brackets_within_brackets_are_part_of_a_name() {
        assert_eq!(
            tokens("市教育局，各县<市、区>人民政府"),
            [
                (Token::Words, "市教育局".to_owned()),
                (Token::Stop, "，".to_owned()),
                (Token::Words, "各县<市、区>人民政府".to_owned()),
            ]
        );
    }

    #[test]
    fn labels_need_their_colon() {
        assert_eq!(tokens("责任单位 ：甲局").first().unwrap().0, Token::Label(Role::Responsible));
        assert_eq!(tokens("责任单位甲局").first().unwrap().0, Token::Words);
        assert_eq!(tokens("▲甲局").first().unwrap().0, Token::Mark);
    }
}
