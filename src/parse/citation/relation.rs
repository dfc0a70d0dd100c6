//! How the words around a cited document relate it to the one that cites it.

use super::super::model::CitationRelation;
use crate::knowledge::{self, Knowledge};

/// How far before a title the word that says how the two relate may stand, in characters.
const REACH: usize = 30;

/// How the words before a document, or 转发 and 废止 behind it, relate the two.
pub(super) fn relation(chars: &[char], at: usize, end: usize) -> CitationRelation {
    let from = at.saturating_sub(REACH);
    let before: String = chars.get(from..at).unwrap_or_default().iter().collect();
    let before = before.rsplit(['。', ';', '\n']).next().unwrap_or_default();
    let words: &knowledge::Citations = &Knowledge::shipped().vocabulary.head.citations;
    let last = |words: &[String]| words.iter().filter_map(|word| before.rfind(word.as_str())).max();
    let after: String = chars.get(end..(end + REACH).min(chars.len())).unwrap_or_default().iter().collect();
    let phrase = after.split(['。', ';', '\n', '《']).next().unwrap_or_default();
    if words.forwards.iter().any(|word| phrase.contains(word.as_str())) {
        return CitationRelation::Forwards;
    }
    let near = phrase.split(',').next().unwrap_or_default();
    if words.replaces.iter().any(|word| near.contains(word.as_str())) {
        return CitationRelation::Replaces;
    }
    if words.amends.iter().any(|word| near.starts_with(word.as_str())) {
        return CitationRelation::Amends;
    }
    // 现将《甲》印发给你们: what is issued itself
    let is_issued = || Knowledge::shipped().vocabulary.head.issues.iter().any(|word| near.starts_with(word.as_str()));
    if before.ends_with('将') && is_issued() {
        return CitationRelation::Cites;
    }
    // 抓好《甲》的贯彻落实
    if near.strip_prefix('的').is_some_and(|near| words.implements.iter().any(|word| near.starts_with(word.as_str())))
    {
        return CitationRelation::Implements;
    }
    [
        (last(&words.based_on), CitationRelation::BasedOn),
        (last(&words.implements), CitationRelation::Implements),
        (last(&words.forwards), CitationRelation::Forwards),
        (last(&words.amends), CitationRelation::Amends),
        (last(&words.replaces), CitationRelation::Replaces),
    ]
    .into_iter()
    .filter_map(|(place, relation)| place.map(|place| (place, relation)))
    .max_by_key(|(place, _)| *place)
    .map_or(CitationRelation::Cites, |(_, relation)| relation)
}
