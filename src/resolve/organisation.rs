//! One printed name to one body.

use std::collections::HashMap;

use super::facts::{BodyKind, MatchBasis, Organisation, Place};
use super::place;
use crate::extract::{is_collective, is_generic, split_prefix};
use crate::iri;
use crate::knowledge::{Body, Knowledge, Level, PlaceEntry};
use crate::span::{fold_str, is_blank};

/// Resolves the names of one document.
pub(super) struct Resolver<'d> {
    seat: Option<&'d Place>,
    year: Option<i16>,
    known: HashMap<String, Organisation>,
}

impl<'d> Resolver<'d> {
    pub(super) fn new(seat: Option<&'d Place>, year: Option<i16>) -> Self {
        Self { seat, year, known: HashMap::new() }
    }

    /// The body that a printed name means.
    pub(super) fn resolve(&mut self, printed: &str) -> Organisation {
        if let Some(known) = self.known.get(printed) {
            return known.clone();
        }
        let name: String = printed.chars().filter(|char| !is_blank(*char)).collect();
        let organisation = self.find(&name);
        self.known.insert(printed.to_owned(), organisation.clone());
        organisation
    }

    /// The body that a person named in full.
    pub(super) fn identified(&mut self, name: &str) -> Organisation {
        Organisation { confidence: 1.0, basis: MatchBasis::Person, ..self.resolve(name) }
    }

    fn find(&self, name: &str) -> Organisation {
        let folded = fold_str(name);
        if is_generic(name) {
            return self.several(name, &folded, BodyKind::Generic);
        }
        if is_collective(&folded) {
            return self.several(name, &folded, BodyKind::Collective);
        }
        self.in_named_place(&folded)
            .or_else(|| self.by_prefix(&folded))
            .or_else(|| self.of_seat(&folded))
            .or_else(|| self.of_state(&folded))
            .unwrap_or_else(|| self.minted(name, &folded))
    }

    /// 湖北省财政厅, 国家金融监管总局湖北监管局: the name holds its place.
    fn in_named_place(&self, folded: &str) -> Option<Organisation> {
        let knowledge = Knowledge::shipped();
        let context = self.seat.and_then(|seat| seat.code.as_deref()).and_then(|code| knowledge.places.by_code(code));
        if let Some((entry, rest)) = knowledge.places.strip_prefix(folded, context)
            && let Some(body) = knowledge.bodies.choose(rest, entry.level, self.year)
        {
            return Some(self.registered(body, &place::of_entry(entry), MatchBasis::NamedPlace));
        }
        for place in self.chain() {
            if let Some(rest) = folded.strip_prefix(&place.name)
                && let Some(body) = knowledge.bodies.choose(rest, place.level, self.year)
            {
                return Some(self.registered(body, place, MatchBasis::NamedPlace));
            }
            let short = short_name(place);
            for (words, mark) in [(place.name.as_str(), "{place}"), (short.as_str(), "{short}")] {
                if words.is_empty() || !folded.contains(words) {
                    continue;
                }
                for stem in [
                    folded.replacen(words, mark, 1),
                    folded.replacen(words, "{place}", 1),
                    folded.replacen(words, "{short}", 1),
                ] {
                    if let Some(body) = knowledge.bodies.choose(&stem, place.level, self.year) {
                        return Some(self.registered(body, place, MatchBasis::NamedPlace));
                    }
                }
            }
        }
        self.around_named_place(folded, context)
    }

    /// 国家税务总局青岛市税务局, 中共青岛市委组织部: a place that the document is not of stands within the name.
    fn around_named_place(&self, folded: &str, context: Option<&PlaceEntry>) -> Option<Organisation> {
        let knowledge = Knowledge::shipped();
        folded.char_indices().skip(1).find_map(|(at, _)| {
            let (before, rest) = folded.split_at_checked(at)?;
            let (entry, after) = knowledge.places.strip_prefix(rest, context)?;
            let found = ["{place}", "{short}"]
                .into_iter()
                .find_map(|mark| knowledge.bodies.choose(&format!("{before}{mark}{after}"), entry.level, self.year));
            found.map(|body| self.registered(body, &place::of_entry(entry), MatchBasis::NamedPlace))
        })
    }

    /// 市财政局: the prefix says which of the places around.
    fn by_prefix(&self, folded: &str) -> Option<Organisation> {
        let (prefix, stem) = split_prefix(folded);
        let place = self.at_prefix(prefix?)?;
        let body = Knowledge::shipped().bodies.choose(stem, place.level, self.year)?;
        Some(self.registered(body, place, MatchBasis::Prefix))
    }

    fn of_seat(&self, folded: &str) -> Option<Organisation> {
        let seat = self.seat?;
        let body = Knowledge::shipped().bodies.choose(folded, seat.level, self.year)?;
        Some(self.registered(body, seat, MatchBasis::Seat))
    }

    fn of_state(&self, folded: &str) -> Option<Organisation> {
        let state = Knowledge::shipped().places.by_code("000000").map(place::of_entry)?;
        let body = Knowledge::shipped().bodies.choose(folded, Level::State, self.year)?;
        Some(self.registered(body, &state, MatchBasis::State))
    }

    /// The document's place and those around it, the nearest first.
    fn chain(&self) -> impl Iterator<Item = &Place> {
        self.seat.into_iter().flat_map(|seat| std::iter::once(seat).chain(&seat.within))
    }

    fn at_prefix(&self, prefix: char) -> Option<&Place> {
        let level = Level::of_prefix(prefix)?;
        self.chain().find(|place| place.level == level).or_else(|| {
            // a municipality prints 市 and stands at the level of a province; a county-level city prints 市 too
            self.seat.filter(|seat| prefix == '市' && seat.name.ends_with('市'))
        })
    }

    fn registered(&self, body: &Body, place: &Place, basis: MatchBasis) -> Organisation {
        let mut organisation = established(body, place, basis);
        if body.distance(self.year) > 0 {
            organisation.confidence = (organisation.confidence * 80.0).round() / 100.0;
        }
        organisation
    }

    fn several(&self, printed: &str, folded: &str, kind: BodyKind) -> Organisation {
        let short = if kind == BodyKind::Collective { one_spelling(folded) } else { folded.to_owned() };
        let name = match self.seat {
            Some(seat) if !short.starts_with(&seat.name) => format!("{}{short}", seat.name),
            _ => short,
        };
        let place = self.seat.cloned();
        let id = iri::organisation(&place.as_ref().map_or_else(|| name.clone(), |place| unambiguous(&name, place)));
        let function = (kind == BodyKind::Collective && printed.contains("政府")).then(|| "government".to_owned());
        Organisation {
            id,
            name,
            kind,
            function,
            place,
            printed: Vec::new(),
            key: None,
            basis: MatchBasis::Formed,
            confidence: 0.9,
        }
    }

    /// A body that the registry lacks: its place, as the prefix gives it, and its words.
    fn minted(&self, printed: &str, folded: &str) -> Organisation {
        let (prefix, stem) = split_prefix(folded);
        let by_prefix = prefix.and_then(|prefix| self.at_prefix(prefix)).map(|place| (place.clone(), stem));
        let named =
            Knowledge::shipped().places.strip_prefix(folded, None).map(|(entry, _)| (place::of_entry(entry), folded));
        let (name, place) = match by_prefix.or(named) {
            Some((place, stem)) if folded.starts_with(&place.name) || stem == folded => {
                (printed.to_owned(), Some(place))
            }
            Some((place, stem)) => (format!("{}{stem}", place.name), Some(place)),
            None => (printed.to_owned(), self.seat.cloned()),
        };
        let id = iri::organisation(&place.as_ref().map_or_else(|| name.clone(), |place| unambiguous(&name, place)));
        Organisation {
            id,
            name,
            kind: BodyKind::Department,
            function: None,
            place,
            printed: Vec::new(),
            key: None,
            basis: MatchBasis::Formed,
            confidence: 0.6,
        }
    }
}

/// The body that a name means, in a document of a place and a year where these are known.
pub fn identify(name: &str, seat: Option<&Place>, year: Option<i16>) -> Organisation {
    Resolver::new(seat, year).resolve(name)
}

/// The body of a kind at a place.
pub fn established(body: &Body, place: &Place, basis: MatchBasis) -> Organisation {
    let name = body.formal.replace("{place}", &place.name).replace("{short}", &short_or_name(place));
    Organisation {
        id: iri::organisation(&unambiguous(&name, place)),
        name,
        kind: BodyKind::Department,
        function: Some(body.function.clone()),
        place: Some(place.clone()),
        printed: Vec::new(),
        key: Some(body.key.clone()),
        basis,
        confidence: match body.certainty.as_str() {
            "certain" => 0.98,
            "usual" => 0.9,
            _ => 0.8,
        },
    }
}

/// 各区县市政府, 各县(市)区人民政府 and 各区、县(市)政府 are one name.
fn one_spelling(folded: &str) -> String {
    let short = folded.replace("人民政府", "政府").replace("管理委员会", "管委会");
    let is_unit = |char: char| matches!(char, '区' | '县' | '市' | '、' | '(' | ')');
    let start = short.find(is_unit).unwrap_or(short.len());
    let (before, rest) = short.split_at_checked(start).unwrap_or((&short, ""));
    let end = rest.find(|char| !is_unit(char)).unwrap_or(rest.len());
    let (units, after) = rest.split_at_checked(end).unwrap_or((rest, ""));
    let mut kinds: Vec<char> = units.chars().filter(|char| matches!(char, '区' | '县' | '市')).collect();
    kinds.sort_unstable();
    let kinds: String = kinds.into_iter().collect();
    let canonical = Knowledge::shipped().vocabulary.parties.collective.canonical.iter().find(|way| way.units == kinds);
    canonical.map_or_else(|| short.clone(), |way| format!("{before}{}{after}", way.name))
}

/// The name of a body, with the place around it before a place's name that others bear too: 长春市朝阳区卫生健康局.
fn unambiguous(name: &str, place: &Place) -> String {
    let places = &Knowledge::shipped().places;
    let shared =
        place.code.as_deref().and_then(|code| places.by_code(code)).is_some_and(|entry| places.is_shared_name(entry));
    match place.within.first().filter(|outer| shared && !name.contains(&outer.name)) {
        Some(outer) => name.replacen(&place.name, &format!("{}{}", outer.name, place.name), 1),
        None => name.to_owned(),
    }
}

/// The name of a place without 省, 市 or 县; empty where it is not used.
fn short_name(place: &Place) -> String {
    let entry = place.code.as_deref().and_then(|code| Knowledge::shipped().places.by_code(code));
    match entry {
        Some(entry) => entry.short.clone(),
        None => place.name.trim_end_matches(['省', '市', '县', '区', '州', '旗', '盟']).to_owned(),
    }
}

fn short_or_name(place: &Place) -> String {
    let short = short_name(place);
    if short.is_empty() { place.name.clone() } else { short }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn collective_names_have_one_spelling() {
        for printed in ["各区县市政府", "各县(市)区人民政府", "各区、县(市)政府", "各县(市、区)政府"]
        {
            assert_eq!(one_spelling(printed), "各区、县(市)政府", "{printed}");
        }
        assert_eq!(one_spelling("试点区、县(市)政府"), "试点区、县(市)政府");
        assert_eq!(one_spelling("各设区市政府"), "各设区市政府");
    }
}
