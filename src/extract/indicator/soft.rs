//! Universal cover without a number: 全覆盖, 所有乡镇卫生院.

use super::super::model::{Comparator, Evidence, Indicator};
use super::lexicon::LEXICON;
use super::name;
use super::passage::{Passage, is_stop};
use crate::span::{Span, is_blank};

/// The demands of universal cover in a passage, in order, at most one in a phrase.
pub(super) fn find(passage: Passage<'_>) -> Vec<Indicator> {
    let mut out: Vec<Indicator> = Vec::new();
    let mut at = 0;
    while let Some(ahead) =
        passage.chars.get(at..).and_then(|rest| rest.iter().position(|char| LEXICON.covers.contains(*char)))
    {
        at += ahead;
        let (length, covered, confidence) = if let Some((length, ())) = LEXICON.covered_before.at(passage.chars, at) {
            (length, before(passage, at), 0.93)
        } else if let Some((length, ())) =
            LEXICON.covered_behind.at(passage.chars, at).filter(|_| LEXICON.not_soft.at(passage.chars, at).is_none())
        {
            (length, behind(passage, at + length), 0.9)
        } else {
            at += 1;
            continue;
        };
        let phrase = passage.phrase(at);
        let said = out.last().is_some_and(|known| known.span.start >= phrase);
        // 100%全覆盖 says it in numbers
        let counted = passage.slice(at.saturating_sub(6), at).contains(&'%');
        if !said && !counted && covered.chars().count() >= 2 {
            out.push(Indicator {
                name: covered,
                comparator: Comparator::Equal,
                value: 100.0,
                value_max: None,
                unit: "%".to_owned(),
                baseline: None,
                by: None,
                soft: true,
                binding: None,
                scope: None,
                basis: Evidence::Universal,
                confidence,
                span: Span::new(at, at + length),
                corrections: Vec::new(),
            });
        }
        at += length;
    }
    out
}

fn before(passage: Passage<'_>, at: usize) -> String {
    name::tidied(passage.slice(passage.phrase(at), at))
}

fn behind(passage: Passage<'_>, from: usize) -> String {
    let words = passage.slice(from, from + name::LONGEST);
    words
        .iter()
        .take_while(|char| !is_stop(**char) && !char.is_ascii_digit())
        .filter(|char| !is_blank(**char))
        .collect()
}
