//! Names of parties: which words are a body, several bodies, or nobody in particular.

use std::borrow::Cow;
use std::sync::LazyLock;

use super::confidence::Doubt;
use super::model::Role;
use crate::knowledge::{CharSet, Knowledge, Level, PLACE_KINDS, WordFinder, WordTable};
use crate::span::{Span, fold, fold_str};

/// What words that stand where a party does may be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Likeness {
    /// The registry knows such a body.
    Known,
    /// One name for several bodies.
    Collective,
    /// It ends as names of bodies do.
    Ending,
    /// Nothing says that it is a body.
    Unknown,
}

/// A party as printed.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Party {
    /// The name, blanks dropped.
    pub(super) name: String,
    /// Place of the printed name.
    pub(super) span: Span,
    /// Whether a mark stands before or behind it.
    pub(super) marked: bool,
    /// The role that a remark right behind it states: 财政局(牵头).
    pub(super) role: Option<Role>,
    /// What it may be.
    pub(super) likeness: Likeness,
    /// Why the place where it stands may say something else.
    pub(super) doubts: Vec<Doubt>,
}

impl Party {
    /// Whether the registry has the body, or it is many in one.
    pub(super) fn is_known(&self) -> bool {
        matches!(self.likeness, Likeness::Known | Likeness::Collective)
    }

    /// Whether the name is words that say how something is done: 并持续, 按省统一部署.
    pub(super) fn says_how(&self) -> bool {
        self.name.chars().count() <= LONGEST_HOW
            && Knowledge::shipped().vocabulary.parties.strange.hows.starts(&fold_str(&self.name))
    }

    /// Whether the name holds what no name does, so that it has taken other words along.
    pub(super) fn is_strange(&self) -> bool {
        static STRANGE: LazyLock<WordFinder> =
            LazyLock::new(|| WordFinder::new(&Knowledge::shipped().vocabulary.parties.strange.words));
        self.likeness != Likeness::Known && STRANGE.is_match(&self.name)
    }
}

/// The longest words in characters that say no more than how.
const LONGEST_HOW: usize = 8;

/// Splits a printed name into level prefix and rest: 市财政局, but not 市场监管局.
pub(crate) fn split_prefix(name: &str) -> (Option<char>, &str) {
    let knowledge = Knowledge::shipped();
    let mut chars = name.chars();
    let Some(first) = chars.next().filter(|first| Level::of_prefix(*first).is_some()) else { return (None, name) };
    let rest = chars.as_str();
    let words = &knowledge.vocabulary.parties.prefixes.not;
    // the registry decides where it can: 市市场监管局, 市政务服务局
    if knowledge.bodies.knows(rest) {
        return (Some(first), rest);
    }
    if knowledge.bodies.knows(name) || words.starts(name) || rest.is_empty() {
        return (None, name);
    }
    (Some(first), rest)
}

/// What a name is like.
pub(super) fn likeness(name: &str) -> Likeness {
    let knowledge = Knowledge::shipped();
    let folded = fold_str(name);
    if is_registered(&folded) {
        return Likeness::Known;
    }
    if is_collective(&folded) {
        return Likeness::Collective;
    }
    if knowledge.places.strip_prefix(&folded, None).is_some_and(|(_, rest)| knowledge.bodies.knows(rest)) {
        return Likeness::Known;
    }
    let length = folded.chars().count();
    let branches = &knowledge.vocabulary.parties.branches;
    let is_branch = length >= 4 && branches.starts(&folded);
    let is_body = (2..=30).contains(&length) && (ends_as_body(&folded) || is_branch) && !folded.contains('的')
        || is_place(&folded);
    // 整治由县财政局: words before 由 are no part of a name
    let is_body = is_body && (!folded.contains('由') || folded.contains("自由"));
    if is_body { Likeness::Ending } else { Likeness::Unknown }
}

/// Whether the registry has a body that is printed so, with a level before it or not.
pub(super) fn is_registered(name: &str) -> bool {
    let bodies = &Knowledge::shipped().bodies;
    bodies.knows(split_prefix(name).1) || bodies.knows(name)
}

/// Whether a name ends as those of places do, which may stand for who governs them: 高新区.
pub(super) fn is_place(name: &str) -> bool {
    let units = &Knowledge::shipped().vocabulary.parties.place_endings;
    (3..=LONGEST_PLACE).contains(&name.chars().count()) && name.ends_with(|last| units.contains(last))
}

/// The longest name of a place in characters that stands for its government.
const LONGEST_PLACE: usize = 8;

/// Whether a name ends as names of bodies do.
pub(super) fn ends_as_body(name: &str) -> bool {
    Knowledge::shipped().vocabulary.parties.suffixes.ends(name)
}

/// Whether a name stands for several bodies: 各县(市、区)政府.
pub(crate) fn is_collective(folded: &str) -> bool {
    let collective = &Knowledge::shipped().vocabulary.parties.collective;
    let rest = without_brackets(folded);
    let plural =
        collective.starts.starts(folded) || rest.chars().take_while(|char| PLACE_KINDS.contains(char)).count() >= 2;
    plural && (fragment(folded) != Fragment::No || collective.ends.ends(folded))
}

/// Whether words are no more than what places have: 管委会.
pub(super) fn governs(words: &str) -> bool {
    Knowledge::shipped().vocabulary.parties.collective.ends.iter().any(|end| words == end)
}

/// Whether words are kinds of places or what these have: 功能区, 管委会.
pub(super) fn is_part_of_collective(words: &str) -> bool {
    governs(words) || fragment(words) != Fragment::No
}

/// Whether a name that ends as names of bodies do says whose it is: 镇妇联, 国网清河供电公司.
pub(super) fn is_of_place(name: &str) -> bool {
    let parties = &Knowledge::shipped().vocabulary.parties;
    let level = name.chars().next().is_some_and(|first| first == '镇' || first == '乡');
    parties.branches.starts(name) || ends_as_body(name) && (level || split_prefix(name).0.is_some())
}

/// Whether words, folded, are those of a person who answers for a body: 各镇政府主要负责人.
pub(super) fn is_head(name: &[char]) -> bool {
    static HEADS: LazyLock<WordTable<()>> =
        LazyLock::new(|| WordTable::of(&Knowledge::shipped().vocabulary.parties.heads));
    HEADS.is_match(name)
}

/// Whether words read like the name of a person.
pub(super) fn is_person(name: &str) -> bool {
    let surnames = &Knowledge::shipped().vocabulary.parties.surnames;
    let units = &Knowledge::shipped().vocabulary.parties.place_endings;
    (2..=3).contains(&name.chars().count())
        && !name.ends_with(|last| units.contains(last))
        && name.starts_with(|first| surnames.contains(first))
        && likeness(name) == Likeness::Unknown
}

/// Whether words name a person by a post: 副市长李某, 市卫健委主任.
pub(super) fn is_post(name: &str) -> bool {
    let posts = &Knowledge::shipped().vocabulary.parties.posts;
    let chars: Vec<char> = name.chars().collect();
    let named = |rest: &[char]| rest.is_empty() || is_person(&rest.iter().collect::<String>());
    let ends = (0..chars.len()).filter_map(|at| Some(at + posts.longest_at(&chars, at)?));
    ends.filter_map(|end| chars.get(end..)).any(named)
}

/// Whether a name is that of an office within a body: 药政处, 体改股.
pub(super) fn is_office(name: &str) -> bool {
    let parties = &Knowledge::shipped().vocabulary.parties;
    OFFICE.contains(&name.chars().count()) && parties.offices.ends(name) && !parties.not_offices.ends(name)
}

/// The lengths in characters of names of offices.
const OFFICE: std::ops::RangeInclusive<usize> = 3..=8;

/// Whether a name is that of a branch that lacks the name of whose branch it is: 清河分公司 behind 中国移动.
pub(super) fn is_branch_of(name: &str, whose: &str) -> bool {
    let parties = &Knowledge::shipped().vocabulary.parties;
    parties.branches.iter().any(|branch| whose == branch) && parties.branch_endings.ends(name)
}

/// Whether a name with a level before it is one that lost its end: 县妇女联合. Short ones are left alone, since 市财政 is
/// how a function is called.
pub(super) fn is_cut(name: &str) -> bool {
    let (level, rest) = split_prefix(name);
    level.is_some() && rest.chars().count() >= SHORTEST_CUT && likeness(name) == Likeness::Unknown && is_function(name)
}

/// The shortest name in characters, its level apart, that may have lost its end.
const SHORTEST_CUT: usize = 4;

/// Whether a name is one of a function that lacks 局 or 部门: 市财政.
fn is_function(name: &str) -> bool {
    let knowledge = Knowledge::shipped();
    let (_, rest) = split_prefix(name);
    let endings = &knowledge.vocabulary.parties.slips.endings;
    rest.chars().count() >= 2 && endings.iter().any(|ending| knowledge.bodies.knows(&format!("{rest}{ending}")))
}

/// 公安、交通部门 means 公安部门 and 交通部门; where the list is open, 财政、公安等部门 may name functions.
pub(super) fn restore_kinds(parties: &mut [Party], open: bool) {
    for party in parties.iter_mut().filter(|party| open && party.likeness == Likeness::Unknown) {
        if is_function(&party.name) {
            party.likeness = Likeness::Ending;
        }
    }
    let kinds = ["部门", "机关"];
    let mut kind = None;
    for party in parties.iter_mut().rev() {
        kind = kinds.into_iter().find(|kind| party.name.ends_with(kind)).or(kind);
        // 国资 alone is but the end of a name
        let endings = &Knowledge::shipped().vocabulary.parties.suffixes;
        let bare = party.likeness == Likeness::Ending && endings.contains(&party.name);
        if let Some(kind) = kind.filter(|kind| (bare && party.name != *kind) || party.likeness == Likeness::Unknown) {
            if party.name.chars().count() > LONGEST_FUNCTION {
                return;
            }
            party.name.push_str(kind);
            party.likeness = Likeness::Ending;
        } else if !kinds.into_iter().any(|kind| party.name.ends_with(kind)) {
            kind = None;
        }
    }
}

/// The longest name of a function in characters: 交通运输 in 交通运输部门.
const LONGEST_FUNCTION: usize = 6;

/// Whether a name is a placeholder: 各有关部门, 其他相关单位.
pub(crate) fn is_generic(name: &str) -> bool {
    static MODIFIERS: LazyLock<WordFinder> =
        LazyLock::new(|| WordFinder::new(&Knowledge::shipped().vocabulary.parties.generic.modifiers));
    let folded = fold_str(name);
    let generic = &Knowledge::shipped().vocabulary.parties.generic;
    if generic.not.iter().any(|name| folded == *name) {
        return false;
    }
    let Some(modifiers) = generic.heads.before(&folded) else {
        return begins_generic_collective(&folded);
    };
    let covered: usize = MODIFIERS.find_iter(modifiers).map(|found| found.end - found.start).sum();
    covered == modifiers.len() && generic.needs.iter().any(|word| modifiers.contains(word.as_str()))
}

/// Whether a name is no more than a kind of body: 单位 in 有关部门、单位.
pub(super) fn is_kind(name: &str) -> bool {
    Knowledge::shipped().vocabulary.parties.generic.heads.before(name) == Some("")
}

/// 相关市、县(市、区)政府 names no body.
fn begins_generic_collective(folded: &str) -> bool {
    ["相关", "有关", "各相关", "各有关"]
        .iter()
        .any(|start| folded.strip_prefix(start).is_some_and(|rest| fragment(rest) != Fragment::No))
}

/// What part of a collective name words may be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fragment {
    /// Not a part.
    No,
    /// Kinds of places: 各区, 县(市).
    Open,
    /// Kinds of places and what they have: 县(市)政府.
    Closed,
}

/// Marks that join the parts of a collective name.
const JOINTS: [char; 5] = ['、', '和', '及', '级', '/'];

/// The characters of kinds of places that are many in one place: 县(市、区), 乡镇.
const KINDS: &str = "省市县区州盟旗乡镇村街道地级设自治直辖办、和及()各";

/// Whether words name the one zone of a place, without 各: 高新区, 经开区.
pub(super) fn is_zone(words: &str) -> bool {
    let starts = &Knowledge::shipped().vocabulary.parties.collective.starts;
    !starts.iter().any(|start| words.starts_with(start.as_str()))
        && words.chars().map(fold).any(|char| !KINDS.contains(char))
}

/// Reads words as a part of a collective name.
pub(super) fn fragment(words: &str) -> Fragment {
    /// The characters that such names are made of, outside of brackets.
    static CHARS: LazyLock<CharSet> = LazyLock::new(|| {
        let collective = &Knowledge::shipped().vocabulary.parties.collective;
        let words = collective.starts.iter().chain(&collective.units).chain(&collective.ends);
        words.flat_map(|word| word.chars()).chain(JOINTS).collect()
    });
    let mut chars = words.chars().map(fold);
    // most names hold another character, and no bracket around it
    if chars.clone().any(|char| !CHARS.contains(char)) && !chars.any(|char| matches!(char, '(' | ')')) {
        return Fragment::No;
    }
    let collective = &Knowledge::shipped().vocabulary.parties.collective;
    let folded = fold_str(words);
    let rest = collective.starts.behind(&folded).unwrap_or(&folded);
    let end = collective.ends.iter().filter(|end| rest.ends_with(end.as_str())).max_by_key(|end| end.len());
    let rest = end.and_then(|end| rest.strip_suffix(end.as_str())).unwrap_or(rest);
    let rest = without_brackets(rest);
    let mut left: &str = rest.trim_start_matches("级").trim_end_matches("级");
    let mut units = 0;
    while !left.is_empty() {
        let Some(next) = collective.units.behind(left).or_else(|| left.strip_prefix(JOINTS)) else {
            return Fragment::No;
        };
        left = next;
        units += 1;
    }
    match (units, end) {
        // 街道办事处 has its kind of place in its end
        (0, Some(end)) if rest.is_empty() && collective.units.iter().any(|unit| end.starts_with(unit.as_str())) => {
            Fragment::Closed
        }
        (0, _) => Fragment::No,
        (_, Some(_)) => Fragment::Closed,
        (_, None) => Fragment::Open,
    }
}

/// Whether a name ends in two that its places have, the second of which is `last`: 各乡镇党委、政府.
pub(super) fn ends_in_two(name: &str, last: &str) -> bool {
    let ends = &Knowledge::shipped().vocabulary.parties.collective.ends;
    let (name, last) = (fold_str(name), fold_str(last));
    let ends_so = |end: &String| end.contains('、') && end.ends_with(&*last) && name.ends_with(end.as_str());
    ends.iter().any(ends_so) && fragment(&name) == Fragment::Closed
}

/// The words outside of brackets.
pub(super) fn without_brackets(folded: &str) -> Cow<'_, str> {
    if !folded.contains(['(', ')']) {
        return Cow::Borrowed(folded);
    }
    let mut depth = 0_usize;
    let outside = folded
        .chars()
        .filter(|char| {
            match char {
                '(' => depth += 1,
                ')' => {
                    depth = depth.saturating_sub(1);
                    return false;
                }
                _ => {}
            }
            depth == 0
        })
        .collect();
    Cow::Owned(outside)
}

/// Characters that join two bodies.
const CONJUNCTIONS: [char; 3] = ['和', '及', '与'];

/// Where 和, 及, 与 or 以及 joins two bodies, in characters: the end of the first and the start of the second.
pub(super) fn conjunction(name: &str) -> Option<(usize, usize)> {
    if !name.contains(CONJUNCTIONS) || likeness(name) == Likeness::Known {
        return None;
    }
    for (index, (byte, char)) in name.char_indices().enumerate() {
        if !CONJUNCTIONS.contains(&char) || index < 2 {
            continue;
        }
        let (before, after) = (name.get(..byte)?, name.get(byte + char.len_utf8()..)?);
        let before = before.strip_suffix('以').unwrap_or(before);
        // 党工委和管委会 are those of one place
        let ends = &Knowledge::shipped().vocabulary.parties.collective.ends;
        if ends.iter().any(|end| end == after) {
            continue;
        }
        // 实验室与设备管理处: the end of a name alone is no body
        let suffixes = &Knowledge::shipped().vocabulary.parties.suffixes;
        let bare = |name: &str| suffixes.iter().any(|suffix| suffix == name) && likeness(name) != Likeness::Known;
        if is_body(before) && is_body(after) && (!bare(before) || bare(after)) {
            return Some((before.chars().count(), index + 1));
        }
    }
    None
}

/// Where one body acts with another or asks it, in characters: the end of the first in 甲会乙 and 甲商乙.
pub(super) fn consulting(name: &str) -> Option<usize> {
    let consulting = |char: char| Knowledge::shipped().vocabulary.parties.consulting.contains(char);
    if !name.contains(consulting) || likeness(name) == Likeness::Known {
        return None;
    }
    let joins = |(_, (byte, char)): &(usize, (usize, char))| {
        let (before, after) = name.split_at(*byte);
        let after = after.get(char.len_utf8()..).unwrap_or_default();
        consulting(*char) && is_registered(before) && after.chars().count() > 2 && is_body(after)
    };
    name.char_indices().enumerate().find(joins).map(|(end, _)| end)
}

/// Whether words are a body or bodies in all likelihood.
pub(super) fn is_body(name: &str) -> bool {
    let length = name.chars().count();
    length >= 2 && (likeness(name) != Likeness::Unknown || is_generic(name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn placeholders_name_nobody() {
        for name in [
            "其他相关部门",
            "各有关部门",
            "国务院有关部门",
            "市直各有关单位",
            "相关单位",
            "相关市、县（市、区）政府",
            "各部门",
        ] {
            assert!(is_generic(name), "{name}");
        }
        for name in ["市直机关工委", "各区、县(市)政府", "部门", "高校", "税务部门"] {
            assert!(!is_generic(name), "{name}");
        }
    }

    #[test]
    fn parts_of_collective_names() {
        assert_eq!(fragment("各区"), Fragment::Open);
        assert_eq!(fragment("县（市）政府"), Fragment::Closed);
        assert_eq!(fragment("各设区市人民政府"), Fragment::Closed);
        assert_eq!(fragment("市财政局"), Fragment::No);
        assert!(is_collective("各区、县(市)政府"));
        assert!(is_collective("试点区、县(市)政府"));
        assert!(!is_collective("新昌县政府"));
    }

    #[test]
    fn a_conjunction_joins_bodies_and_not_words() {
        assert_eq!(conjunction("市财政局和市审计局"), Some((4, 5)));
        assert_eq!(conjunction("市财政局以及市审计局"), Some((4, 6)));
        assert_eq!(conjunction("市人力资源和社会保障局"), None);
        assert_eq!(conjunction("国家林业和草原局"), None);
        assert_eq!(consulting("市财政局会市审计局"), Some(4));
        assert_eq!(consulting("财政部商国家发展改革委"), Some(3));
        for name in ["市人力资源社会保障局", "市商务局", "市委会计局", "市工商联", "市工商局会员处"]
        {
            assert_eq!(consulting(name), None, "{name}");
        }
    }
}
