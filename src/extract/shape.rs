//! What a responsibility statement is made of, for those who check how it is written.

use super::model::Role;
use super::party::{self, Likeness};
use super::token::{self, Token};
use crate::knowledge::Knowledge;
use crate::span::{Span, Text};

/// A piece of a statement.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Piece {
    /// Words that stand where a name does.
    Words,
    /// 牵头, 负责, 配合 … behind a list.
    Verb(Role),
    /// 牵头单位: before a list.
    Label(Role),
    /// 共同, 按职责分工, 等, 会同: words that may stand between a list and its verb.
    Link,
    /// 、
    Separator,
    /// , ; 。 and what else ends a phrase.
    Stop,
    /// Labels before words that name no body, and remarks.
    Other,
}

/// The pieces of a statement with their places, blanks and marks left out.
pub(crate) fn pieces(text: &Text, statement: Span) -> Vec<(Piece, Span)> {
    let lexemes = token::lex(text, statement).into_iter();
    let piece = |token| match token {
        Token::Words => Some(Piece::Words),
        Token::Verb(role) => Some(Piece::Verb(role)),
        Token::Label(role) => Some(Piece::Label(role)),
        Token::Manner(_) | Token::Open | Token::Together => Some(Piece::Link),
        Token::Separator => Some(Piece::Separator),
        Token::Stop => Some(Piece::Stop),
        Token::Aside | Token::Remark => Some(Piece::Other),
        Token::Blank | Token::Mark => None,
    };
    lexemes.filter_map(|lexeme| Some((piece(lexeme.token)?, lexeme.span))).collect()
}

/// Where the verb of a role stands in words that were read as one name: a name may stand before it, behind it, or both.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Swallowed {
    /// Place of the verb.
    pub(crate) verb: Span,
    /// Whether a body stands right before it.
    pub(crate) before: bool,
}

/// A verb of leading or supporting right before a body within words that were read as one name: 牵头市民政局, and
/// 市财政局牵头市民政局 too.
pub(crate) fn swallowed(text: &Text, words: Span) -> Option<Swallowed> {
    let chars = text.folded(words);
    let verbs = &Knowledge::shipped().vocabulary.clause.verbs;
    let listed = || verbs.lead.iter().chain(&verbs.co_lead).chain(&verbs.supporting);
    let likeness = |chars: &[char]| party::likeness(&chars.iter().collect::<String>());
    let sure = |chars: &[char]| matches!(likeness(chars), Likeness::Known | Likeness::Collective);
    if sure(chars) {
        return None;
    }
    (0..chars.len()).find_map(|at| {
        let (before, rest) = chars.split_at_checked(at)?;
        let starts = |verb: &&String| verb.chars().enumerate().all(|(offset, char)| rest.get(offset) == Some(&char));
        let length = listed().filter(starts).map(|verb| verb.chars().count()).max()?;
        let named = !before.is_empty() && likeness(before) != Likeness::Unknown;
        let object = rest.get(length..)?;
        // at the beginning, what ends like a body will do: 配合医政股
        let ends = before.is_empty() && object.len() >= SHORTEST && likeness(object) == Likeness::Ending;
        let sound = (named || before.is_empty()) && (sure(object) || ends);
        let verb = Span::new(words.start + at, words.start + at + length);
        sound.then_some(Swallowed { verb, before: named })
    })
}

/// The shortest name in characters that is told by its ending.
const SHORTEST: usize = 3;

#[cfg(test)]
mod tests {
    use super::*;

    fn found(words: &str) -> Option<(String, bool)> {
        let text = Text::new(words);
        let found = swallowed(&text, text.span())?;
        Some((text.slice(found.verb).to_owned(), found.before))
    }

    #[test]
    fn verbs_that_a_name_took_along() {
        assert_eq!(found("牵头市卫生健康委"), Some(("牵头".into(), false)));
        assert_eq!(found("市财政局牵头市民政局"), Some(("牵头".into(), true)));
        assert_eq!(found("市财政局负责资金保障"), None);
        assert_eq!(found("市残疾人联合会"), None);
    }
}
