//! The words of the grammar and what each can be.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::Manner;
use crate::extract::model::Role;
use crate::knowledge::{CharSet, Knowledge, WordTable};
use crate::span::fold;

/// What a word can be; 牵头 is a verb behind a list and a label before one.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Keyword {
    pub(super) verb: Option<Role>,
    pub(super) label: Option<Role>,
    pub(super) manner: Option<Manner>,
    pub(super) other: Option<Other>,
}

/// Words that are no verb, label or manner.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Other {
    Aside,
    Together,
    Open,
    LeadIn,
}

pub(super) struct Lexicon {
    pub(super) keywords: WordTable<Keyword>,
    pub(super) marks: CharSet,
    /// Marks, and all that ends or separates words.
    pub(super) signs: CharSet,
    /// Finds whether a text can hold a statement at all.
    roles: WordTable<()>,
}

pub(super) static LEXICON: LazyLock<Lexicon> = LazyLock::new(|| {
    let vocabulary = &Knowledge::shipped().vocabulary;
    let clause = &vocabulary.clause;
    let mut words: Vec<(&str, Keyword)> = Vec::new();
    let mut known: HashMap<&str, usize> = HashMap::new();
    let mut add = |list: &'static [String], set: &dyn Fn(&mut Keyword)| {
        for word in list {
            let index = *known.entry(word.as_str()).or_insert_with(|| {
                words.push((word.as_str(), Keyword::default()));
                words.len() - 1
            });
            if let Some((_, keyword)) = words.get_mut(index) {
                set(keyword);
            }
        }
    };
    let (verbs, labels, manners) = (&clause.verbs, &clause.labels, &clause.manners);
    for (list, role) in [
        (&verbs.lead, Role::Lead),
        (&verbs.co_lead, Role::CoLead),
        (&verbs.responsible, Role::Responsible),
        (&verbs.supporting, Role::Supporting),
    ] {
        add(list, &|keyword| keyword.verb = Some(role));
    }
    for (list, role) in [
        (&labels.lead, Role::Lead),
        (&labels.co_lead, Role::CoLead),
        (&labels.responsible, Role::Responsible),
        (&labels.supporting, Role::Supporting),
    ] {
        add(list, &|keyword| keyword.label = Some(role));
    }
    add(&labels.member, &|keyword| keyword.label = Some(Role::Supporting));
    for (list, manner) in
        [(&manners.by_duty, Manner::ByDuty), (&manners.respective, Manner::Respective), (&manners.joint, Manner::Joint)]
    {
        add(list, &|keyword| keyword.manner = Some(manner));
    }
    let due: &[String] = &vocabulary.dates.labels;
    for list in [due, &vocabulary.columns.deadline, &vocabulary.columns.note, &clause.asides.words] {
        add(list, &|keyword| keyword.other = Some(Other::Aside));
    }
    add(&verbs.together, &|keyword| keyword.other = Some(Other::Together));
    add(&clause.open.words, &|keyword| keyword.other = Some(Other::Open));
    add(&clause.lead_in.words, &|keyword| keyword.other = Some(Other::LeadIn));
    add(&clause.plain.words, &|_| {});
    let roles = words.iter().filter(|(_, keyword)| {
        keyword.verb.is_some() || keyword.label.is_some() || keyword.manner == Some(Manner::ByDuty)
    });
    let marks: CharSet = clause.marks.words.iter().flat_map(|mark| mark.chars()).map(fold).collect();
    Lexicon {
        signs: [&marks, &"、/,;。:!?()<〈- \n\t•▪◦".chars().collect()].into_iter().collect(),
        marks,
        roles: WordTable::new(roles.map(|(word, _)| (word, ()))),
        keywords: WordTable::new(words),
    }
});

/// The place behind the colon of the last label such as 责任单位: in folded words.
pub(in crate::extract) fn last_label(folded: &[char]) -> Option<usize> {
    let labels = LEXICON.keywords.find_iter(folded).filter(|(_, _, keyword)| keyword.label.is_some());
    let colons = labels.filter_map(|(start, length, _)| {
        let (end, next) = folded.iter().enumerate().skip(start + length).find(|(_, char)| !char.is_whitespace())?;
        (*next == ':').then_some(end + 1)
    });
    colons.last()
}

/// The role that words state by themselves: 牵头, 配合单位.
pub(in crate::extract) fn role_of(words: &str) -> Option<Role> {
    let folded: Vec<char> = words.chars().map(fold).filter(|char| !matches!(char, '(' | ')' | ' ')).collect();
    let (_, keyword) = LEXICON.keywords.longest_at(&folded, 0).filter(|(length, _)| *length == folded.len())?;
    keyword.verb.or(keyword.label)
}

/// Whether a text holds a word of responsibility.
pub(in crate::extract) fn has_role_word(folded: &[char]) -> bool {
    LEXICON.roles.is_match(folded)
}
