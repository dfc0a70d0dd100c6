//! The place that a document speaks for.

use super::facts::Place;
use super::number;
use crate::iri;
use crate::knowledge::{Knowledge, Level, PLACE_KINDS, PlaceEntry};
use crate::parse::{Head, citation};

/// Finds the place by what a ledger says, by the issuers, then by the title, the page and the number; else it is the
/// place of the parties' level that the document names most often.
pub(super) fn of_document(head: &Head) -> Option<Place> {
    let full = head.issuers.iter().filter(|name| !is_elided(name));
    let names = head.jurisdiction.iter().chain(full).chain(&head.title);
    let found = names.clone().find_map(|name| registered(head, name));
    found
        .or_else(|| of_state_body(head))
        .or_else(|| names.clone().find_map(|name| unregistered(name)).map(|place| known_end(head, place)))
        // 中国宁波网 speaks for no state
        .or_else(|| {
            head.publishers.iter().find_map(|name| registered(head, name)).filter(|at| at.level != Level::State)
        })
        .or_else(|| head.number.as_deref().and_then(of_number))
        .or_else(|| titled(head))
}

/// A place that the registry lacks, or one that it has where the name is that of one with words before it: 征集贺兰县.
fn known_end(head: &Head, place: Place) -> Place {
    let places = &Knowledge::shipped().places;
    let known = head.mentioned.iter().find(|name| name.chars().count() > 2 && place.name.ends_with(name.as_str()));
    known.and_then(|name| places.choose(name, context(head, name))).map_or(place, of_entry)
}

/// The place that a document of which nothing else is known names most often, at a level.
pub(super) fn most_named(head: &Head, level: Option<Level>) -> Option<Place> {
    let places = &Knowledge::shipped().places;
    if level == Some(Level::State) {
        return places.by_code("000000").map(of_entry);
    }
    let of_level = |name: &&String| {
        places.by_name(name).any(|place| level.is_none_or(|level| place.level == level) && place.name == **name)
    };
    let name = head.mentioned.iter().find(of_level)?;
    places.choose(name, context(head, name)).map(of_entry)
}

/// How far into a title a short name of a place is looked for, in characters.
const LONGEST_LEAD: usize = 40;

/// A place within a title: 2023年咸宁市…, 数字广东….
fn titled(head: &Head) -> Option<Place> {
    let title = head.title.as_deref()?;
    let places = &Knowledge::shipped().places;
    let named = head.mentioned.iter().find(|name| title.contains(name.as_str()));
    if let Some(name) = named {
        return places.choose(name, context(head, name)).map(of_entry);
    }
    let starts = title.char_indices().map(|(byte, _)| byte).take(LONGEST_LEAD);
    let found = starts.filter_map(|byte| title.get(byte..)).find_map(|rest| places.strip_prefix(rest, None));
    // short names of two characters are words too: 朝阳, 东方
    let sure = |place: &&PlaceEntry| place.level == Level::Province || place.short.chars().count() >= 3;
    found.map(|(place, _)| place).filter(sure).map(of_entry)
}

/// Whether a name leaves its place out: 市政府办公室.
fn is_elided(name: &str) -> bool {
    let (prefix, _) = crate::extract::split_prefix(name);
    prefix.is_some() && Knowledge::shipped().places.strip_prefix(name, None).is_none()
}

/// What tells places of one name apart: the abbreviation in the document's number, else the places around that the
/// document names.
fn context<'k>(head: &Head, name: &str) -> Option<&'k PlaceEntry> {
    let places = &Knowledge::shipped().places;
    let candidates: Vec<&PlaceEntry> =
        places.by_name(name).filter(|place| place.name == name && place.to.is_none()).collect();
    if candidates.len() < 2 {
        return None;
    }
    let numbers = head.number.iter().chain(head.based_on.iter().filter_map(|cited| cited.number.as_ref()));
    let prefixes: Vec<String> =
        numbers.filter_map(|number| citation::parts(number)).map(|parts| parts.prefix).collect();
    let score = |place: &PlaceEntry| -> usize {
        let around = places.around(place).map(|outer| {
            let signed = !outer.abbreviation.is_empty()
                && prefixes.iter().any(|prefix| prefix.starts_with(outer.abbreviation.as_str()));
            let named = head.mentioned.contains(&outer.name)
                || head.title.as_ref().is_some_and(|title| title.contains(&outer.name));
            usize::from(signed) * 2 + usize::from(named) * 3
        });
        around.sum()
    };
    let best = candidates.iter().map(|place| score(place)).max().filter(|best| *best > 0)?;
    let mut fitting = candidates.into_iter().filter(|place| score(place) == best);
    fitting.next().filter(|_| fitting.next().is_none())
}

/// The place whose abbreviation begins a document number.
fn of_number(number: &str) -> Option<Place> {
    let prefix = citation::parts(number)?.prefix;
    let found = Knowledge::shipped().bodies.number_prefix(&prefix)?;
    if found.abbreviation.is_empty() {
        return Knowledge::shipped().places.by_code("000000").map(of_entry);
    }
    number::place_of(found.abbreviation, None).map(|(place, _)| place)
}

/// The words of a name or a title from its place on.
fn from_place(text: &str) -> &str {
    let words = &Knowledge::shipped().vocabulary.head;
    let mut rest = text.trim();
    while let Some(shorter) =
        words.issues.iter().chain(&words.lead_ins).find_map(|lead| rest.strip_prefix(lead.as_str()))
    {
        rest = shorter.trim_start();
    }
    rest
}

/// The place that a text begins with, if the registry has it.
fn registered(head: &Head, text: &str) -> Option<Place> {
    let text = from_place(text);
    let places = &Knowledge::shipped().places;
    // a name that several places bear
    let shared = text
        .char_indices()
        .take(12)
        .filter_map(|(byte, char)| text.get(..byte + char.len_utf8()))
        .filter(|name| places.by_name(name).filter(|place| place.name == *name && place.to.is_none()).count() > 1);
    let shared = shared.last();
    let around = shared.and_then(|name| context(head, name));
    let (place, rest) = places.strip_prefix(text, around)?;
    // 吉林大学 begins with a short name and is no place: a full name, or a short one before words of the trade
    (text.starts_with(&place.name)
        || place.level == Level::State
        || is_alias(text, rest, place)
        || !rest.is_empty() && text.contains(&place.name))
    .then(|| of_entry(place))
}

/// Whether a place is printed by another of its names that says its kind: 湘西自治州, or a chain that ends in its own.
fn is_alias(text: &str, rest: &str, place: &PlaceEntry) -> bool {
    let printed = text.strip_suffix(rest).unwrap_or_default();
    printed != place.short && printed.ends_with(PLACE_KINDS)
}

/// The state, for a document of one of its bodies.
fn of_state_body(head: &Head) -> Option<Place> {
    let knowledge = Knowledge::shipped();
    let of_state = |name: &String| knowledge.bodies.choose(name, Level::State, head.year).is_some();
    head.issuers.iter().any(of_state).then(|| knowledge.places.by_code("000000").map(of_entry)).flatten()
}

impl Place {
    /// The place of a GB/T 2260 code, `000000` being the state.
    pub fn of_code(code: &str) -> Option<Self> {
        Knowledge::shipped().places.by_code(code).map(of_entry)
    }
}

/// A place of the registry, with the places around it.
pub(super) fn of_entry(entry: &PlaceEntry) -> Place {
    let within =
        Knowledge::shipped().places.around(entry).map(|around| Place { within: Vec::new(), ..bare(around) }).collect();
    Place { within, ..bare(entry) }
}

fn bare(entry: &PlaceEntry) -> Place {
    let name = if entry.level == Level::State { "全国".to_owned() } else { entry.name.clone() };
    Place { id: iri::place(&entry.code), name, level: entry.level, code: Some(entry.code.clone()), within: Vec::new() }
}

/// The longest name in characters that is taken for a place without the registry.
const LONGEST_PLACE: usize = 7;

/// Whether a name may be that of a place, and end before other words: not 2023年全县, not 推进紧密型县 before 域.
fn may_end(name: &str, rest: &str) -> bool {
    let words = &Knowledge::shipped().vocabulary.head;
    !name.contains(|char: char| char.is_ascii_digit())
        && !words.not_in_places.iter().any(|word| name.contains(word.as_str()))
        && !words.no_places.iter().any(|word| name == word)
        && !words.kinds_of_places.starts(rest)
}

/// A place that the registry lacks, by the form of its name: up to the last of 省, 市, 县 … that begin the text.
fn unregistered(text: &str) -> Option<Place> {
    let text = from_place(text);
    let mut places: Vec<Place> = Vec::new();
    let mut name = String::new();
    for (byte, char) in text.char_indices() {
        name.push(char);
        let length = name.chars().count();
        if length > LONGEST_PLACE {
            break;
        }
        let rest = text.get(byte + char.len_utf8()..).unwrap_or_default();
        let town =
            matches!(char, '镇' | '乡') && ["人民政府", "政府", "党委"].iter().any(|word| rest.starts_with(word));
        let ends = town || PLACE_KINDS.contains(&char) && may_end(&name, rest);
        if ends
            && length >= 3
            && let Some(level) = Level::of_name(&name)
            && places.last().is_none_or(|outer| outer.level < level)
        {
            places.push(Place {
                id: iri::place(&name),
                name: std::mem::take(&mut name),
                level,
                code: None,
                within: Vec::new(),
            });
        }
    }
    let mut place = places.pop()?;
    places.reverse();
    place.within = places;
    Some(place)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place(issuer: &str) -> Option<(String, Level, Vec<String>)> {
        let head = Head { issuers: vec![issuer.to_owned()], ..Head::default() };
        of_document(&head)
            .map(|place| (place.name, place.level, place.within.into_iter().map(|around| around.name).collect()))
    }

    #[test]
    fn issuers_name_their_place() {
        assert_eq!(place("哈尔滨市人民政府办公厅"), Some(("哈尔滨市".into(), Level::City, vec!["黑龙江省".into()])));
        assert_eq!(
            place("浙江省绍兴市新昌县人民政府"),
            Some(("新昌县".into(), Level::County, vec!["绍兴市".into(), "浙江省".into()]))
        );
        assert_eq!(place("国务院办公厅"), Some(("全国".into(), Level::State, vec![])));
    }

    #[test]
    fn a_number_names_the_place_where_nothing_else_does() {
        let head = Head { number: Some("黑政办发〔2017〕36号".to_owned()), ..Head::default() };
        let place = of_document(&head).unwrap();
        assert_eq!(place.name, "黑龙江省");
        let head = Head { number: Some("第3号".to_owned()), ..Head::default() };
        assert_eq!(of_document(&head), None);
    }

    #[test]
    fn places_that_the_registry_lacks_are_read_by_their_form() {
        assert_eq!(place("云川省霖禾市卫生健康委员会"), Some(("霖禾市".into(), Level::City, vec!["云川省".into()])));
        assert_eq!(place("秘书处"), None);
    }
}
