//! The word before a figure that says how it is meant.

use super::super::model::Comparator;
use super::lexicon::{Before, LEXICON};
use super::passage::Passage;

/// How many characters before a figure the word that says how it is meant may stand.
const REACH: usize = 14;

/// A word before a figure that says how it is meant.
#[derive(Clone, Copy, Debug)]
pub(super) struct Said {
    pub(super) what: Before,
    /// First character of the word.
    pub(super) start: usize,
    /// Behind its last character.
    pub(super) end: usize,
    /// Whether nothing but small words stands between it and the figure.
    pub(super) adjacent: bool,
    /// Whether it is a verb of change, such as 增长, and not a noun, such as 增速.
    pub(super) changes: bool,
    /// A bound that stands further before: 不高于合同金额的30%, 至少组建1个.
    pub(super) bound: Option<(Comparator, usize)>,
}

/// The word before a figure that says how it is meant.
pub(super) fn find(passage: Passage<'_>, start: usize, floor: usize) -> Option<Said> {
    let phrase = passage.phrase(start);
    let from = phrase.max(start.saturating_sub(REACH)).max(floor);
    let mut best: Option<Said> = None;
    for at in from..start {
        for (length, what) in LEXICON.before.starting(passage.chars, at) {
            let end = at + length;
            if end > start {
                continue;
            }
            let adjacent = passage.only(&LEXICON.filler, end, start);
            let says = match what {
                // 减少审批环节5个: a change that opens the phrase is one of what follows
                Before::Compare(Comparator::Increase | Comparator::Decrease) if length > 1 => {
                    adjacent || passage.only(&LEXICON.openers, phrase, at)
                }
                Before::Compare(_) => adjacent,
                // 不达标的30万千瓦以下机组: the verb tells which
                Before::Deliver if passage.at(end) == '的' => false,
                Before::Deliver => adjacent || length > 1,
            };
            // the nearest word counts, and of words that overlap the longer one
            let nearer = best.is_none_or(|known| end > known.end || end == known.end && at < known.start);
            if says && nearer {
                let change = matches!(what, Before::Compare(Comparator::Increase | Comparator::Decrease));
                let noun = matches!(passage.at(end - 1), '幅' | '速' | '率');
                best = Some(Said { what, start: at, end, adjacent, changes: change && !noun, bound: None });
                break;
            }
        }
    }
    // 降低平均住院日至8天: what the change comes to
    let to = passage.trim_end(start);
    if passage.before(to) == '至' && opens_with_change(passage, phrase.max(floor), to) {
        let what = Before::Compare(Comparator::Equal);
        best = Some(Said { what, start: to - 1, end: to, adjacent: true, changes: false, bound: None });
    }
    let weak = best.is_none_or(|said| {
        matches!(said.what, Before::Deliver | Before::Compare(Comparator::Equal | Comparator::About))
    });
    if !weak {
        return best;
    }
    // 至少组建1个, 不高于合同金额的30%: the bound stands further before
    let clause = passage.clause(start).max(start.saturating_sub(60)).max(floor);
    let bound = (clause..start).rev().find_map(|at| {
        let (length, what) = LEXICON.before.starting(passage.chars, at).find(|(length, _)| at + length <= start)?;
        match what {
            // 最低工资标准 is a name
            Before::Compare(bound @ (Comparator::AtLeast | Comparator::AtMost))
                if length > 1 && matches!(passage.at(at), '不' | '至') =>
            {
                Some((at, at + length, bound))
            }
            _ => None,
        }
    });
    let bound = bound.filter(|(_, end, _)| {
        let between = passage.slice(*end, start);
        let listed = between.iter().any(|char| matches!(char, '、' | ')'));
        let verb = best.is_some_and(|said| said.start >= *end) && start - end <= REACH && !listed;
        let share = passage.before(start) == '的' || start - end <= 8;
        (verb || share) && !figures_outside_brackets(between)
    });
    match (best, bound) {
        (Some(said), Some((_, end, bound))) => Some(Said { bound: Some((bound, end)), ..said }),
        (None, Some((start, end, bound))) => Some(Said {
            what: Before::Compare(bound),
            start,
            end,
            adjacent: false,
            changes: false,
            bound: Some((bound, end)),
        }),
        (said, None) => said,
    }
}

/// Whether a stretch holds a verb of change before its last character.
fn opens_with_change(passage: Passage<'_>, from: usize, to: usize) -> bool {
    (from..to.saturating_sub(1)).any(|at| {
        LEXICON.before.starting(passage.chars, at).any(|(length, what)| {
            length > 1 && matches!(what, Before::Compare(Comparator::Increase | Comparator::Decrease))
        })
    })
}

/// Whether a stretch holds another figure: one in brackets, or of a name such as 5年期, counts for nothing.
fn figures_outside_brackets(between: &[char]) -> bool {
    let mut depth = 0_usize;
    let mut chars = between.iter().peekable();
    let mut last = ' ';
    while let Some(char) = chars.next() {
        match char {
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            char if char.is_ascii_digit() && depth == 0 => {
                let named =
                    chars.peek().is_some_and(|next| matches!(next, '年' | '0'..='9')) || last.is_ascii_alphabetic();
                if !named {
                    return true;
                }
            }
            _ => {}
        }
        last = *char;
    }
    false
}
