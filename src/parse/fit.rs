//! How well words fit a column: what is left to go by where the borders of a table were lost.

use super::column::{Column, is_ditto};
use crate::knowledge::{Knowledge, Level};
use crate::numeral;
use crate::span::{fold, fold_str, is_blank};

/// How surely words are bodies.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Bodies {
    /// Hardly one of them.
    No,
    /// They end as names of bodies do.
    Perhaps,
    /// The registry has one of them, and nothing speaks against the others.
    Surely,
}

/// The longest list of bodies in characters.
const LONGEST_LIST: usize = 400;
/// The longest name in characters.
const LONGEST_NAME: usize = 25;
/// The longest date in characters.
const LONGEST_DATE: usize = 40;

/// How surely words are a list of bodies.
pub(super) fn bodies(words: &str) -> Bodies {
    // a sentence that ends as a name does is none: 建设农民夜校大学。
    let sentence = words.ends_with('。');
    let folded = fold_str(words.trim_end_matches('。'));
    if folded.contains('。') || folded.chars().count() > LONGEST_LIST {
        return Bodies::No;
    }
    let (mut all, mut like, mut known, mut places) = (0, 0, false, 0);
    let is_end = |char: char| matches!(char, '、' | ',' | ';' | ':' | '\n' | '/') || is_blank(char);
    for piece in folded.split(is_end).filter(|piece| !piece.is_empty()) {
        all += 1;
        let level = piece.chars().next().is_some_and(|first| Level::of_prefix(first).is_some() || first == '各');
        let grade = body(piece).min(if sentence && !level { Bodies::No } else { Bodies::Surely });
        like += usize::from(grade > Bodies::No);
        known |= grade == Bodies::Surely;
        places += usize::from(grade == Bodies::No && is_place(piece));
    }
    // 各县政府、清河示范区: beside bodies a place stands for who governs it
    like += if like > 0 { places } else { 0 };
    match (all, like) {
        (0, _) | (_, 0) => Bodies::No,
        _ if like == all => {
            if known {
                Bodies::Surely
            } else {
                Bodies::Perhaps
            }
        }
        _ if known && like * 2 >= all => Bodies::Perhaps,
        _ => Bodies::No,
    }
}

/// The lengths in characters of names that may be those of places.
const PLACE: std::ops::RangeInclusive<usize> = 3..=8;

/// Whether words end as names of places do, or are a kind of places as in 各县、市、区政府.
pub(super) fn is_place(piece: &str) -> bool {
    let endings = &Knowledge::shipped().vocabulary.parties.place_endings;
    let length = piece.chars().count();
    (length == 1 || PLACE.contains(&length)) && piece.ends_with(|last| endings.contains(last))
}

/// How surely words are one body.
fn body(piece: &str) -> Bodies {
    let knowledge = Knowledge::shipped();
    let marks = &knowledge.vocabulary.clause.marks.words;
    let mut name = piece;
    while let Some(rest) =
        marks.iter().find_map(|mark| name.strip_prefix(mark.as_str()).or(name.strip_suffix(mark.as_str())))
    {
        name = rest;
    }
    // 办公室牵头
    let verbs = &knowledge.vocabulary.clause.verbs;
    let ends = [&verbs.lead, &verbs.co_lead, &verbs.responsible, &verbs.supporting].into_iter().flatten();
    let name = ends.filter_map(|verb| name.strip_suffix(verb.as_str())).min_by_key(|rest| rest.len()).unwrap_or(name);
    let name = name.split('(').next().unwrap_or(name).trim_end_matches('等');
    let length = name.chars().count();
    if !(2..=LONGEST_NAME).contains(&length) {
        return Bodies::No;
    }
    let mut chars = name.chars();
    let rest = chars.next().filter(|first| Level::of_prefix(*first).is_some()).map_or(name, |_| chars.as_str());
    if knowledge.bodies.knows(name)
        || knowledge.bodies.knows(rest)
        || knowledge.places.strip_prefix(name, None).is_some_and(|(_, rest)| knowledge.bodies.knows(rest))
    {
        return Bodies::Surely;
    }
    let parties = &knowledge.vocabulary.parties;
    let collective = parties.collective.starts.iter().any(|start| name.starts_with(start.as_str())) && length <= 16;
    let ends = parties.suffixes.iter().chain(&parties.collective.ends).any(|end| name.ends_with(end.as_str()));
    if ends || collective { Bodies::Perhaps } else { Bodies::No }
}

/// Whether words say when.
pub(super) fn is_dated(words: &str) -> bool {
    let dated = &Knowledge::shipped().vocabulary.columns.parts.dated;
    let counted = |unit: char| {
        words.match_indices(unit).any(|(at, _)| {
            let before = words.get(..at).and_then(|before| before.trim_end().chars().next_back()).map(fold);
            before.is_some_and(|char| char.is_ascii_digit() || numeral::is_numeral(char))
        })
    };
    words.chars().count() <= LONGEST_DATE
        && (dated.iter().any(|word| words.contains(word.as_str())) || ['年', '月', '日'].into_iter().any(counted))
}

/// Whether words are no more than a number: 12, (三), 1-2.
pub(super) fn is_number(words: &str) -> bool {
    let chars: Vec<char> = words.chars().map(fold).filter(|char| !is_blank(*char)).collect();
    let is_digit = |char: char| char.is_ascii_digit() || numeral::is_numeral(char) || ('①'..='⑳').contains(&char);
    (1..=8).contains(&chars.len())
        && chars.iter().any(|char| is_digit(*char))
        && chars.iter().all(|char| is_digit(*char) || matches!(char, '.' | '-' | '(' | ')' | '、' | '第' | '项'))
}

/// Whether words may be names of persons.
fn is_person(words: &str) -> bool {
    let length = words.chars().filter(|char| !is_blank(*char)).count();
    let parts = words.split(|char: char| is_blank(char) || matches!(char, '、' | '\n'));
    (1..=20).contains(&length)
        && parts.filter(|part| !part.is_empty()).all(|part| part.chars().count() <= 4)
        && words.chars().all(|char| is_blank(char) || matches!(char, '、' | '\n' | '·') || char.is_alphabetic())
        && bodies(words) == Bodies::No
}

/// Whether words say that there is nothing: /, —, 无.
pub(super) fn is_void(words: &str) -> bool {
    words == "无" || words.chars().all(|char| !char.is_alphanumeric())
}

/// How well words fit a column; more is better, less than nothing speaks against it.
pub(super) fn fit(column: Option<Column>, words: &str) -> i32 {
    let length = words.chars().count();
    if is_number(words) {
        return match column {
            Some(Column::Sequence | Column::Label) => 8,
            Some(Column::Indicator) => 1,
            None | Some(Column::Note) => -2,
            _ => -8,
        };
    }
    if is_ditto(words) || is_void(words) {
        return if matches!(column, Some(Column::Sequence)) { -4 } else { 1 };
    }
    let bodies = bodies(words);
    let dated = is_dated(words) && bodies != Bodies::Surely;
    match column {
        Some(Column::Sequence | Column::Label) => -12,
        Some(Column::Party(_) | Column::Department) => match bodies {
            Bodies::Surely => 5,
            Bodies::Perhaps => 3,
            Bodies::No => -6,
        },
        Some(Column::Deadline | Column::Start) => match dated {
            true if length <= 20 => 5,
            true => 2,
            false => -6,
        },
        Some(Column::Task | Column::Measure | Column::Duty) => match bodies {
            Bodies::Surely => -5,
            Bodies::Perhaps if length < 12 => 0,
            _ if dated && length <= 12 => -3,
            _ if length >= 8 => 4,
            _ => 1,
        },
        Some(Column::Theme) => match bodies {
            Bodies::Surely => -5,
            _ if dated && length <= 12 => -3,
            _ if length <= 30 => 3,
            _ => 0,
        },
        Some(Column::Indicator) => match bodies {
            Bodies::Surely => -4,
            _ if words.chars().any(|char| char.is_ascii_digit()) => 3,
            _ => 1,
        },
        Some(Column::Source) => match bodies {
            Bodies::Surely => -3,
            _ if words.contains(['《', '〔']) => 4,
            _ => 1,
        },
        Some(Column::Note) => match bodies {
            Bodies::Surely => -3,
            Bodies::Perhaps => 0,
            Bodies::No if is_person(words) => 3,
            Bodies::No => 1,
        },
        Some(Column::Mode | Column::Open) | None => 0,
    }
}

/// What it costs that a row has nothing in a column; `heads` where words of another column stand below it.
pub(super) fn absence(column: Option<Column>, heads: bool) -> i32 {
    match column {
        Some(Column::Task) if heads => 1,
        Some(Column::Task | Column::Measure | Column::Duty) => 4,
        Some(Column::Sequence | Column::Party(_) | Column::Department | Column::Deadline | Column::Start) => 2,
        _ => 1,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_told_apart() {
        assert_eq!(bodies("县水务局"), Bodies::Surely);
        assert_eq!(bodies("市财政局、市民政局等"), Bodies::Surely);
        assert_eq!(bodies("县堤防建设指挥部"), Bodies::Perhaps);
        assert_eq!(bodies("完善制度，健全机制"), Bodies::No);
        assert!(is_dated("12月底前") && is_dated("持续推进") && !is_dated("县财政局"));
        assert!(is_number("（三）") && is_number("1.2") && !is_number("一般") && !is_number("2所学校"));
        assert!(is_person("张 山") && !is_person("县财政局") && !is_person("新建学校2所"));
    }
}
