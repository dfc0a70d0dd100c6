//! Prefixes that a list elides after its first body: 市财政局、卫生局.

use super::party::{Likeness, Party, split_prefix};
use crate::knowledge::{Knowledge, Level, PLACE_KINDS};
use crate::span::fold_str;

/// What a list elides before a name: a level, and whether the bodies are those of its party committee.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Prefix {
    /// 市, 自治区.
    words: String,
    level: Level,
    /// Whether 委 follows it: 市委宣传部、统战部.
    committee: bool,
}

/// Prefixes at the level of a province that are longer than one character.
const REGIONS: [&str; 2] = ["自治区", "兵团"];

impl Prefix {
    /// The prefix of a name.
    fn of(name: &str) -> Option<Self> {
        let bodies = &Knowledge::shipped().bodies;
        let region = |region: &&'static str| name.strip_prefix(*region).filter(|rest| bodies.knows(rest));
        let region = REGIONS.iter().find_map(|words| Some((*words, region(words)?)));
        let (words, level, rest) = match (region, split_prefix(name)) {
            (Some((words, rest)), _) => (words.to_owned(), Level::Province, rest),
            (None, (Some(prefix), rest)) => (prefix.to_string(), Level::of_prefix(prefix)?, rest),
            (None, (None, _)) => Self::named_place(name)?,
        };
        let of_committee = || bodies.by_stem(rest).all(|body| body.formal.starts_with(COMMITTEE));
        Some(Self { words, level, committee: rest.starts_with('委') && bodies.knows(rest) && of_committee() })
    }

    /// The place that a name prints in full, its level, and the body: 云岭县 of 云岭县医保局.
    fn named_place(name: &str) -> Option<(String, Level, &str)> {
        // 国家税务总局云岭县税务局 says whose branch it is
        if Knowledge::shipped().vocabulary.parties.branches.starts(name) {
            return None;
        }
        let ends = name.char_indices().take(LONGEST_PLACE).skip(SHORTEST_PLACE - 1);
        let ends = ends.filter(|(_, char)| PLACE_KINDS.contains(char));
        ends.filter_map(|(at, char)| {
            let (place, rest) = name.split_at_checked(at + char.len_utf8())?;
            Some((place.to_owned(), Level::of_prefix(char)?, rest))
        })
        .find(|(.., rest)| Knowledge::shipped().bodies.knows(rest))
    }

    /// Whether a name may lack this prefix: bodies of that level are printed so.
    fn may_precede(&self, name: &str) -> bool {
        let mut bodies = Knowledge::shipped().bodies.by_stem(name);
        // 团市委 holds its level within; 城市管理局 does not, since 市 stands in its full name too
        let inner = name.chars().skip(1).find(|char| self.words.starts_with(*char));
        // a city may be one of a county's level
        let is_of_level = |level: &Level| *level == self.level || self.level == Level::City && *level == Level::County;
        bodies.any(|body| {
            body.levels.iter().any(is_of_level)
                && body.formal.contains("{place}")
                && inner.is_none_or(|inner| body.formal.contains(inner))
        })
    }
}

/// The fewest and the most characters of the name of a place.
const SHORTEST_PLACE: usize = 3;
const LONGEST_PLACE: usize = 9;

/// How formal names of a party committee's bodies begin.
const COMMITTEE: &str = "中共";

/// Restores prefixes that a list elides: 市财政局、卫生局 means 市卫生局. Takes and gives the prefix in force.
pub(super) fn restore_prefixes(parties: &mut [Party], mut prefix: Option<Prefix>) -> Option<Prefix> {
    let bodies = &Knowledge::shipped().bodies;
    for party in parties.iter_mut() {
        let folded = fold_str(&party.name);
        if let Some(own) = Prefix::of(&folded) {
            if party.likeness != Likeness::Collective {
                prefix = Some(own);
            }
            continue;
        }
        let Some(prefix) = prefix.as_ref().filter(|prefix| prefix.may_precede(&folded)) else { continue };
        let committee = prefix.committee && bodies.knows(&format!("委{folded}"));
        party.name = format!("{}{}{}", prefix.words, if committee { "委" } else { "" }, party.name);
    }
    prefix
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::span::Span;

    fn restored(names: &[&str]) -> Vec<String> {
        let party = |name: &&str| Party {
            name: (*name).to_owned(),
            span: Span::default(),
            marked: false,
            role: None,
            likeness: crate::extract::party::likeness(name),
            doubts: Vec::new(),
        };
        let mut parties: Vec<Party> = names.iter().map(party).collect();
        restore_prefixes(&mut parties, None);
        parties.into_iter().map(|party| party.name).collect()
    }

    #[test]
    fn a_list_goes_on_with_the_prefix_of_the_body_before() {
        assert_eq!(restored(&["市财政局", "教育局", "团市委"]), ["市财政局", "市教育局", "团市委"]);
        assert_eq!(restored(&["市财政局", "城市管理局"]), ["市财政局", "市城市管理局"]);
        assert_eq!(restored(&["市财政局", "生态环境分局"]), ["市财政局", "市生态环境分局"]);
        assert_eq!(restored(&["县委宣传部", "统战部"]), ["县委宣传部", "县委统战部"]);
        assert_eq!(restored(&["自治区财政厅", "教育厅"]), ["自治区财政厅", "自治区教育厅"]);
        assert_eq!(restored(&["市财政局", "云岭县财政局", "教育局"]), ["市财政局", "云岭县财政局", "云岭县教育局"]);
        let branch = restored(&["市财政局", "国家税务总局云岭县税务局", "教育局"]);
        assert_eq!(branch[2], "市教育局");
        assert_eq!(restored(&["自治区财政厅", "兵团医保局", "教育局"])[2], "兵团教育局");
        assert_eq!(restored(&["财政部", "公安部"]), ["财政部", "公安部"]);
    }
}
