//! Document numbers to the bodies that issue them: 国办发 is the office of the State Council.

use super::facts::{DocumentNumber, Place};
use super::place;
use crate::knowledge::{Knowledge, Level, PlaceEntry, PrefixMatch};
use crate::parse::citation;

/// What a document number says of its document, read beside a document of a place.
pub(super) fn read(number: &str, seat: Option<&Place>) -> DocumentNumber {
    let Some(parts) = citation::parts(number) else {
        return DocumentNumber { number: number.to_owned(), ..DocumentNumber::default() };
    };
    let issuer = issuer(&parts.prefix, parts.year, seat);
    let (issuer, place, confidence) = match issuer {
        Some((issuer, place, confidence)) => (Some(issuer), place, confidence),
        None => (None, None, 0.0),
    };
    DocumentNumber {
        number: number.to_owned(),
        prefix: Some(parts.prefix),
        year: parts.year,
        serial: Some(parts.serial),
        issuer,
        place,
        confidence,
    }
}

/// The body that a prefix stands for, its place, and how sure that is.
fn issuer(prefix: &str, year: Option<i16>, seat: Option<&Place>) -> Option<(String, Option<Place>, f64)> {
    let found = Knowledge::shipped().bodies.number_prefix(prefix)?;
    let sure = match found.row.certainty.as_str() {
        "certain" => 0.97,
        "usual" => 0.88,
        _ => 0.7,
    };
    if found.abbreviation.is_empty() {
        let state = Knowledge::shipped().places.by_code("000000").map(place::of_entry);
        return Some((found.row.issuer.clone(), state, sure));
    }
    let (place, known) = place_of(found.abbreviation, seat)?;
    let name = name(&found, &place, year)?;
    let confidence: f64 = sure * known;
    Some((name, Some(place), (confidence * 100.0).round() / 100.0))
}

/// The name of a body of a place: by the row, or the first of its printed forms that the place has in the year.
fn name(found: &PrefixMatch, place: &Place, year: Option<i16>) -> Option<String> {
    let short = place.name.trim_end_matches(['省', '市', '县', '区']);
    if found.row.issuer.contains("{place}") {
        return Some(found.row.issuer.replace("{place}", &place.name));
    }
    let bodies = &Knowledge::shipped().bodies;
    let stems: Vec<_> = found.row.issuer.split('|').filter_map(|stem| bodies.choose(stem, place.level, year)).collect();
    let body = stems.iter().find(|body| body.distance(year) == 0).or_else(|| stems.first())?;
    Some(body.formal.replace("{place}", &place.name).replace("{short}", short))
}

/// The place that an abbreviation stands for, and how sure that is: one around the document first.
pub(super) fn place_of(abbreviation: &str, seat: Option<&Place>) -> Option<(Place, f64)> {
    let places = &Knowledge::shipped().places;
    let chain: Vec<&Place> = seat.into_iter().flat_map(|seat| std::iter::once(seat).chain(&seat.within)).collect();
    let entry = |place: &Place| place.code.as_deref().and_then(|code| places.by_code(code));
    let sign = |place: &Place| entry(place).map(|entry| entry.abbreviation.clone()).unwrap_or_default();
    if let Some(place) = chain.iter().find(|place| sign(place) == abbreviation) {
        return Some((whole(place), 1.0));
    }
    // 鞍立 is 立山区 in 鞍山, 华 is 华容县
    let outer: Vec<String> = chain.iter().map(|place| sign(place)).filter(|sign| !sign.is_empty()).collect();
    let bare = outer.iter().find_map(|sign| abbreviation.strip_prefix(sign.as_str())).filter(|rest| !rest.is_empty());
    if let Some(place) = chain.iter().find(|place| {
        place.level != Level::Province
            && (is_drawn_from(abbreviation, &place.name) || bare.is_some_and(|bare| is_drawn_from(bare, &place.name)))
    }) {
        return Some((whole(place), 0.97));
    }
    let provinces: Vec<&PlaceEntry> =
        places.abbreviated(abbreviation).filter(|place| place.level == Level::Province).collect();
    if let [province] = provinces.as_slice() {
        return Some((
            place::of_entry(province),
            if seat.is_some_and(|seat| seat.level == Level::County) { 0.9 } else { 0.99 },
        ));
    }
    let cities: Vec<&PlaceEntry> = places.abbreviated(abbreviation).collect();
    match cities.as_slice() {
        [city] => Some((place::of_entry(city), 0.9)),
        [] => None,
        several => {
            let province =
                chain.iter().find(|place| place.level == Level::Province).and_then(|place| place.code.as_deref());
            let mut within =
                several.iter().filter(|city| province.is_some_and(|code| code.get(..2) == city.code.get(..2)));
            let only = within.next().filter(|_| within.next().is_none())?;
            Some((place::of_entry(only), 0.9))
        }
    }
}

fn whole(place: &Place) -> Place {
    let entry = place.code.as_deref().and_then(|code| Knowledge::shipped().places.by_code(code));
    entry.map_or_else(|| place.clone(), place::of_entry)
}

/// Whether characters stand in a name in the same order.
fn is_drawn_from(abbreviation: &str, name: &str) -> bool {
    let mut rest = name.chars();
    !abbreviation.is_empty() && abbreviation.chars().all(|char| rest.any(|known| known == char))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parse::Head;

    fn seat(issuer: &str) -> Option<Place> {
        place::of_document(&Head { issuers: vec![issuer.to_owned()], ..Head::default() })
    }

    #[test]
    fn numbers_name_their_issuers() {
        let harbin = seat("哈尔滨市人民政府");
        let lishan = seat("鞍山市立山区人民政府");
        for (number, seat, issuer) in [
            ("国办发〔2021〕5号", &harbin, Some("国务院办公厅")),
            ("黑政办发〔2017〕36号", &harbin, Some("黑龙江省人民政府办公厅")),
            ("哈政办规〔2017〕56号", &harbin, Some("哈尔滨市人民政府办公室")),
            ("黑卫规发〔2017〕13号", &harbin, Some("黑龙江省卫生和计划生育委员会")),
            ("黑医保发〔2019〕3号", &harbin, Some("黑龙江省医疗保障局")),
            ("鞍立政发〔2023〕2号", &lishan, Some("立山区人民政府")),
            ("国卫医发〔2019〕1号", &None, Some("国家卫生健康委员会")),
            ("国务院令第722号", &None, Some("国务院")),
            ("甲乙发〔2019〕1号", &None, None),
        ] {
            let read = read(number, seat.as_ref());
            assert_eq!(read.issuer.as_deref(), issuer, "{number}");
        }
        assert_eq!(read("哈政办规〔2017〕56号", None).serial, Some(56));
    }
}
