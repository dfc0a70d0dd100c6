//! The place that a document speaks for.

use super::facts::Place;
use super::number;
use crate::iri;
use crate::knowledge::{Knowledge, Level, PlaceEntry};
use crate::parse::{Head, citation};

/// Finds the place by what a ledger says, by the issuers, then by the title.
pub(super) fn of_document(head: &Head) -> Option<Place> {
    let names = head.jurisdiction.iter().chain(&head.issuers).chain(&head.title);
    let found = names.clone().find_map(|name| registered(name));
    found
        .or_else(|| of_state_body(head))
        .or_else(|| names.clone().find_map(|name| unregistered(name)))
        .or_else(|| head.number.as_deref().and_then(of_number))
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

/// The place that a text begins with, if the registry has it.
fn registered(text: &str) -> Option<Place> {
    let text = text.trim_start_matches("关于印发").trim_start_matches(['《', '“']);
    let (place, rest) = Knowledge::shipped().places.strip_prefix(text, None)?;
    // 吉林大学 begins with a short name and is no place: a full name, or a short one before words of the trade
    (text.starts_with(&place.name) || place.level == Level::State || !rest.is_empty() && text.contains(&place.name))
        .then(|| of_entry(place))
}

/// The state, for a document of one of its bodies.
fn of_state_body(head: &Head) -> Option<Place> {
    let knowledge = Knowledge::shipped();
    let of_state = |name: &String| knowledge.bodies.choose(name, Level::State, head.year).is_some();
    head.issuers.iter().any(of_state).then(|| knowledge.places.by_code("000000").map(of_entry)).flatten()
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

/// A place that the registry lacks, by the form of its name: up to the last of 省, 市, 县 … that begin the text.
fn unregistered(text: &str) -> Option<Place> {
    let mut places: Vec<Place> = Vec::new();
    let mut name = String::new();
    for char in text.chars() {
        name.push(char);
        let length = name.chars().count();
        if length > LONGEST_PLACE {
            break;
        }
        let ends = matches!(char, '省' | '市' | '县' | '区' | '州' | '旗' | '盟' | '镇' | '乡');
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
