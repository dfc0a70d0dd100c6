//! One printed name to one body.

use std::collections::HashMap;

use super::facts::{BodyKind, MatchBasis, Organisation, Place};
use super::place;
use crate::extract::{is_collective, is_generic, split_prefix};
use crate::iri;
use crate::knowledge::{Body, Knowledge, Level, PLACE_KINDS, PlaceEntry, Shortened};
use crate::span::{fold_str, is_blank};

/// Resolves the names of one document.
pub(super) struct Resolver<'d> {
    /// IRI of the document; bodies of which nothing but a common name is known are told apart by it.
    document: &'d str,
    seat: Option<&'d Place>,
    year: Option<i16>,
    known: HashMap<String, Organisation>,
}

impl<'d> Resolver<'d> {
    pub(super) fn new(document: &'d str, seat: Option<&'d Place>, year: Option<i16>) -> Self {
        Self { document, seat, year, known: HashMap::new() }
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
        if let Some(plain) = without_brackets(&folded) {
            return self.find(&plain);
        }
        self.in_named_place(&folded)
            .or_else(|| self.by_prefix(&folded))
            .or_else(|| self.of_seat(&folded))
            .or_else(|| self.of_state(&folded))
            .or_else(|| self.of_field(&folded))
            .unwrap_or_else(|| self.minted(name, &folded))
    }

    /// 湖北省财政厅, 国家金融监管总局湖北监管局: the name holds its place.
    fn in_named_place(&self, folded: &str) -> Option<Organisation> {
        let knowledge = Knowledge::shipped();
        let context = self.seat.and_then(|seat| seat.code.as_deref()).and_then(|code| knowledge.places.by_code(code));
        if let Some((entry, rest)) = knowledge.places.strip_prefix(folded, context)
            // 石河子市 stands for who governs it
            && let rest = if rest.is_empty() { "人民政府" } else { rest }
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
            // 人民银行武汉分行 was one of several provinces, 人民银行武汉市分行 is the city's
            let whole = rest.strip_suffix(after) == Some(entry.name.as_str());
            let marks = if whole { ["{place}", "{short}"] } else { ["{short}", "{place}"] };
            let stems = marks.into_iter().map(|mark| format!("{before}{mark}{after}"));
            let found = stems.filter_map(|stem| knowledge.bodies.choose(&stem, entry.level, self.year));
            found
                .min_by_key(|body| body.distance(self.year))
                .map(|body| self.registered(body, &place::of_entry(entry), MatchBasis::NamedPlace))
        })
    }

    /// The place around that the beginning of a name stands for, and the rest: 市财政局, 自治区财政厅, 园区教育局.
    fn prefixed<'n>(&self, folded: &'n str) -> Option<(&Place, &'n str)> {
        let units = &Knowledge::shipped().vocabulary.parties.collective.units;
        let long = units.iter().filter(|unit| unit.chars().count() >= 2);
        let named = long.filter_map(|unit| {
            let rest = folded.strip_prefix(unit.as_str()).filter(|rest| !rest.is_empty())?;
            let place = self.chain().find(|place| place.name != *unit && place.name.ends_with(unit.as_str()))?;
            Some((place, rest))
        });
        named.min_by_key(|(_, rest)| rest.len()).or_else(|| {
            let (prefix, stem) = split_prefix(folded);
            Some((self.at_prefix(prefix?)?, stem))
        })
    }

    /// 市财政局: the prefix says which of the places around.
    fn by_prefix(&self, folded: &str) -> Option<Organisation> {
        let (place, stem) = self.prefixed(folded)?;
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

    /// 财政 in 财政、人社等部门, 市财政部门: the kind of body is left out.
    fn of_field(&self, folded: &str) -> Option<Organisation> {
        let bare = Knowledge::shipped().vocabulary.parties.departments.before(folded).unwrap_or(folded);
        let (place, field, basis) = match self.prefixed(bare) {
            Some((place, field)) => (place, field, MatchBasis::Prefix),
            // 财政部门 in what the state issues are those of all levels
            None => (self.seat.filter(|seat| seat.level != Level::State)?, bare, MatchBasis::Seat),
        };
        let body = Knowledge::shipped().bodies.choose_field(field, place.level, self.year)?;
        let found = self.registered(body, place, basis);
        Some(Organisation { confidence: (found.confidence * SURE_OF_FIELD * 100.0).round() / 100.0, ..found })
    }

    /// The document's place and those around it, the nearest first.
    fn chain(&self) -> impl Iterator<Item = &Place> {
        self.seat.into_iter().flat_map(|seat| std::iter::once(seat).chain(&seat.within))
    }

    fn at_prefix(&self, prefix: char) -> Option<&Place> {
        // in 监利市, a city of the level of a county, 市财政局 is its own; a municipality stands at the level of a province
        if let Some(seat) = self.seat.filter(|seat| prefix == '市' && seat.name.ends_with('市')) {
            return Some(seat);
        }
        let level = Level::of_prefix(prefix)?;
        self.chain().find(|place| place.level == level)
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

    /// A body that the registry lacks: its place, as the prefix or the name gives it, and its words.
    ///
    /// A body whose name has no place of its own gets that of the document, or else is known in the document alone, so that
    /// 开发区管委会 of two cities stay two; names like 之江实验室 stand for themselves.
    fn minted(&self, printed: &str, folded: &str) -> Organisation {
        let (prefix, _) = split_prefix(folded);
        let (full, governed) = in_full(printed);
        let named = Knowledge::shipped().places.strip_prefix(folded, None).map(|(entry, _)| place::of_entry(entry));
        let (name, place, known) = if let Some((place, stem)) = self.prefixed(folded) {
            let name = if stem == folded { full } else { format!("{}{}", place.name, in_full(stem).0) };
            (name, Some(place.clone()), true)
        } else if named.is_some() {
            (full, named, true)
        } else if let Some(seat) = self.seat {
            let own = self.chain().any(|place| full.contains(short_or_name(place).as_str()));
            // 开发区管委会 governs a place that has no name of its own
            let units = &Knowledge::shipped().vocabulary.parties.collective.units;
            let of_named_place = governed.is_some_and(|place| !units.iter().any(|unit| unit == place));
            // towns of one name are many
            let town = governed.is_some_and(is_town);
            let several = Knowledge::shipped().vocabulary.parties.collective.starts.starts(folded);
            let apart = own || of_named_place && !town || prefix.is_some() || has_own_name(folded) && !several;
            (if apart { full } else { format!("{}{full}", seat.name) }, Some(seat.clone()), true)
        } else {
            (full, None, has_own_name(folded))
        };
        let id = match &place {
            Some(place) => iri::organisation(&unambiguous(&name, place)),
            None if known => iri::organisation(&name),
            None => iri::within(self.document, &iri::organisation(&name)),
        };
        Organisation {
            id,
            name,
            kind: BodyKind::Department,
            function: governed.map(|_| "government".to_owned()),
            place,
            printed: Vec::new(),
            key: None,
            basis: MatchBasis::Formed,
            confidence: 0.6,
        }
    }
}

/// How sure a body is of which the field alone is printed.
const SURE_OF_FIELD: f64 = 0.85;

/// 县委(县政府)办公室, one office of both, under the one of its names that the registry has.
fn without_brackets(folded: &str) -> Option<String> {
    let (before, rest) = folded.split_once('(')?;
    let (inner, after) = rest.split_once(')').filter(|(_, after)| !after.is_empty())?;
    let bodies = &Knowledge::shipped().bodies;
    let mut names = [before, inner].into_iter().map(|start| format!("{start}{after}"));
    names.find(|name| bodies.knows(split_prefix(name).1))
}

/// 清源区政府 is 清源区人民政府: the name in full, and the place that such a body governs.
fn in_full(name: &str) -> (String, Option<&str>) {
    let parties = &Knowledge::shipped().vocabulary.parties;
    for Shortened { short, full } in &parties.governing {
        let place = name.strip_suffix(full.as_str()).or_else(|| name.strip_suffix(short.as_str()));
        if let Some(place) = place.filter(|place| place.chars().count() >= 2) {
            return (format!("{place}{full}"), Some(place));
        }
    }
    (name.to_owned(), None)
}

/// Whether a place is a town: 城关镇, and 城关 where its kind is told apart.
fn is_town(place: &str) -> bool {
    Level::of_name(place).is_none_or(|level| level == Level::Township)
}

/// Whether a body has a name of its own: 之江实验室.
fn has_own_name(name: &str) -> bool {
    Knowledge::shipped().vocabulary.parties.named.ends(name)
}

/// The body that a name means, in a document of a place and a year where these are known.
pub fn identify(name: &str, seat: Option<&Place>, year: Option<i16>) -> Organisation {
    Resolver::new("", seat, year).resolve(name)
}

/// The body of a kind at a place.
pub fn established(body: &Body, place: &Place, basis: MatchBasis) -> Organisation {
    // the committee of a region is no 区委, which a district has
    let region = place.name.ends_with("自治区") && !body.formal.contains("{place}委员会");
    let formal = if region { body.formal.replace("{place}委", "{place}党委") } else { body.formal.clone() };
    let name = formal.replace("{place}", &place.name).replace("{short}", &short_or_name(place));
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
        None => place.name.trim_end_matches(PLACE_KINDS).to_owned(),
    }
}

fn short_or_name(place: &Place) -> String {
    let short = short_name(place);
    if short.is_empty() { place.name.clone() } else { short }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place(name: &str, level: Level) -> Place {
        Place { id: iri::place(name), name: name.to_owned(), level, code: None, within: Vec::new() }
    }

    #[test]
    fn bodies_that_the_registry_lacks_are_formed_from_place_and_name() {
        let city = place("沧原市", Level::City);
        let name = |printed: &str| identify(printed, Some(&city), None).name;
        for (printed, formed) in [
            ("清源区政府", "清源区人民政府"),
            ("苍岭镇政府", "沧原市苍岭镇人民政府"),
            ("苍岭镇", "沧原市苍岭镇人民政府"),
            ("各乡镇卫生院", "沧原市各乡镇卫生院"),
            ("市委(市政府)办公室", "中共沧原市委办公室"),
            ("开发区管委会", "沧原市开发区管理委员会"),
            ("东湖高新区管委会", "东湖高新区管理委员会"),
            ("五星街道", "沧原市五星街道办事处"),
            ("市引黄办", "沧原市引黄办"),
            ("之江实验室", "之江实验室"),
            ("环卫处", "沧原市环卫处"),
        ] {
            assert_eq!(name(printed), formed, "{printed}");
        }
        assert_eq!(identify("五星街道", Some(&city), None).id, identify("五星街道办事处", Some(&city), None).id);
    }

    #[test]
    fn a_body_is_meant_by_its_field() {
        let city = place("沧原市", Level::City);
        let name = |printed: &str| identify(printed, Some(&city), Some(2023)).name;
        for printed in ["财政", "市财政", "财政部门", "市财政部门", "财政主管部门"] {
            assert_eq!(name(printed), "沧原市财政局", "{printed}");
        }
        assert_eq!(name("卫生健康行政部门"), "沧原市卫生健康委员会");
        assert_eq!(name("人社"), "沧原市人力资源和社会保障局");
        assert!(identify("财政", Some(&city), None).confidence < identify("财政局", Some(&city), None).confidence);
        assert_eq!(identify("财政部门", Place::of_code("000000").as_ref(), None).key, None);
    }

    #[test]
    fn a_place_is_meant_by_the_end_of_its_name() {
        let region = place("云川自治区", Level::Province);
        let city = Place { within: vec![region.clone()], ..place("沧原市", Level::City) };
        for seat in [&region, &city] {
            let name = |printed: &str| identify(printed, Some(seat), Some(2021)).name;
            assert_eq!(name("自治区卫生健康委"), "云川自治区卫生健康委员会");
            assert_eq!(name("自治区党委宣传部"), "中共云川自治区党委宣传部");
            assert_eq!(name("自治区引黄办"), "云川自治区引黄办");
        }
        let park = place("清河工业园区", Level::County);
        assert_eq!(identify("园区教育局", Some(&park), None).name, "清河工业园区教育局");
        assert_eq!(identify("园区一站式服务中心", Some(&park), None).name, "清河工业园区一站式服务中心");
    }

    #[test]
    fn branches_of_the_state_are_told_apart_by_how_their_place_is_printed() {
        let province = Place::of_code("420000").unwrap();
        let name = |printed: &str, year| identify(printed, Some(&province), Some(year)).name;
        assert_eq!(name("人民银行武汉分行", 2019), "中国人民银行武汉分行");
        assert_eq!(name("人民银行宜昌市分行", 2024), "中国人民银行宜昌市分行");
        assert_eq!(name("人民银行宜昌市中心支行", 2019), "中国人民银行宜昌市中心支行");
        assert_eq!(name("农发行湖北省分行", 2024), "中国农业发展银行湖北省分行");
    }

    #[test]
    fn a_place_stands_for_who_governs_it() {
        let city = Place::of_code("230100").unwrap();
        assert_eq!(identify("道里区", Some(&city), None).name, "道里区人民政府");
        assert_eq!(identify("道里区", Some(&city), None).id, identify("道里区政府", Some(&city), None).id);
    }

    #[test]
    fn a_common_name_without_a_place_is_known_in_its_document_alone() {
        let one = Resolver::new("https://w3id.org/zeren/document/甲", None, None).resolve("民政科");
        let other = Resolver::new("https://w3id.org/zeren/document/乙", None, None).resolve("民政科");
        assert_ne!(one.id, other.id);
        let college = |document| Resolver::new(document, None, None).resolve("漠北学院").id;
        assert_eq!(college("https://w3id.org/zeren/document/甲"), college("https://w3id.org/zeren/document/乙"));
    }

    #[test]
    fn a_city_of_the_level_of_a_county_means_itself() {
        let city = Place::of_code("421088").unwrap();
        assert_eq!(city.name, "监利市");
        assert_eq!(identify("市统计局", Some(&city), None).name, "监利市统计局");
    }

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
