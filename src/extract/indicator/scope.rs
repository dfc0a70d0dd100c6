//! For whom or what a figure is, and whether it binds.

use super::super::model::Binding;
use super::lexicon::LEXICON;
use super::passage::Passage;
use super::reading::Reading;
use crate::span::is_blank;

/// The longest scope, in characters.
const LONGEST: usize = 12;
/// How far behind a figure its binding may be told, in characters.
const NEAR: usize = 8;

/// For whom or what the figure is: 全市, 每个乡镇, 各县(市、区).
pub(super) fn find(passage: Passage<'_>, reading: &Reading) -> Option<String> {
    let clause = passage.clause(reading.head());
    let word = |from: usize, to: usize| -> String {
        passage.slice(from, to).iter().filter(|char| !is_blank(**char)).collect()
    };
    let each = (clause..reading.head()).rev().find(|at| {
        matches!(passage.at(*at), '每' | '各')
            && !matches!(
                passage.at(at + 1),
                '年' | '月'
                    | '季'
                    | '周'
                    | '半'
                    | '学'
                    | '类'
                    | '项'
                    | '种'
                    | '级'
                    | '天'
                    | '日'
                    | '人'
                    | '千'
                    | '万'
                    | '百'
                    | '亩'
                    | '吨'
                    | '件'
                    | '期'
            )
            && !passage.at(passage.skip_blanks(at + 1)).is_ascii_digit()
    });
    if let Some(at) = each {
        // 每个县重点办好: up to what is done
        let end = (at + 2..reading.head())
            .find(|place| {
                LEXICON.before.at(passage.chars, *place).is_some()
                    || LEXICON.openers.at(passage.chars, *place).is_some()
                    || matches!(passage.at(*place), '至' | '要' | '都' | '均' | '的' | '在' | '原' | '力' | '重')
            })
            .unwrap_or(reading.head());
        let end = passage.trim_end(end);
        let closed = passage.slice(at, end).iter().filter(|char| **char == '(').count()
            == passage.slice(at, end).iter().filter(|char| **char == ')').count();
        if (2..=LONGEST).contains(&(end - at)) && closed {
            return Some(word(at, end));
        }
    }
    let sentence = passage.sentence(reading.start());
    let (from, to) = passage.find(&LEXICON.scopes, sentence, reading.head())?;
    Some(word(from, to))
}

/// What is said right behind a figure on whether it binds: (约束性).
pub(super) fn binding(passage: Passage<'_>, reading: &Reading) -> Option<Binding> {
    let open = passage.skip_blanks(reading.end);
    if passage.at(open) != '(' {
        return None;
    }
    (open + 1..open + NEAR).find_map(|at| LEXICON.binding.at(passage.chars, at)).map(|(_, binding)| binding)
}
