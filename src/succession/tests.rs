use super::*;
use crate::date::Date;
use crate::knowledge::ReformKind;

fn body(key: &str, code: &str) -> Organisation {
    let place = Place::of_code(code).unwrap();
    established(Knowledge::shipped().bodies.by_key(key).unwrap(), &place, MatchBasis::NamedPlace)
}

fn on(text: &str) -> Date {
    Date::parse_iso(text).unwrap()
}

fn name_as_of(body: &Organisation, day: &str) -> String {
    as_of(body, on(day), None).organisation.name
}

#[test]
fn a_line_of_work_is_followed_forwards() {
    let bureau = body("health.wsj.pcx", "230100");
    for (day, name) in [
        ("2012", "哈尔滨市卫生局"),
        ("2016-06-01", "哈尔滨市卫生和计划生育委员会"),
        ("2024-01-01", "哈尔滨市卫生健康委员会"),
    ] {
        assert_eq!(name_as_of(&bureau, day), name, "{day}");
    }
    assert_eq!(name_as_of(&body("health.wsj.pcx", "220322"), "2024"), "梨树县卫生健康局");
    assert_eq!(name_as_of(&body("family-planning.rkhjhsywyh.pcx", "230100"), "2024"), "哈尔滨市卫生健康委员会");
}

#[test]
fn a_line_of_work_is_followed_back_to_the_body_of_the_same_function() {
    assert_eq!(name_as_of(&body("health.wsjkwyh.pcx", "230100"), "2010"), "哈尔滨市卫生局");
    // of two bodies of other functions neither is the one
    assert_eq!(
        name_as_of(&body("hr-social-security.rlzyhshbzj.pcx", "230100"), "2006"),
        "哈尔滨市人力资源和社会保障局"
    );
}

#[test]
fn a_document_that_names_a_body_shows_that_it_stood() {
    let seen = Some(Seen { first: on("2014-05-20"), last: on("2016-03") });
    let commission = body("health.wshjhsywyh.pcx", "230100");
    assert_eq!(as_of(&commission, on("2014-06-01"), seen).organisation.id, commission.id);
    assert_eq!(as_of(&commission, on("2014-05-19"), seen).organisation.name, "哈尔滨市卫生局");
}

#[test]
fn a_transfer_makes_no_two_bodies_one() {
    let insurance = body("insurance.ylbzj.pcx", "330600");
    let from: Vec<String> = changes(&insurance)
        .into_iter()
        .filter(|change| change.reform.kind == ReformKind::Transfer)
        .flat_map(|change| change.before)
        .map(|body| body.name)
        .collect();
    for name in ["绍兴市人力资源和社会保障局", "绍兴市卫生和计划生育委员会", "绍兴市发展和改革委员会", "绍兴市民政局"]
    {
        assert!(from.iter().any(|known| known == name), "{name} not in {from:?}");
        assert_eq!(name_as_of(&insurance, "2010"), insurance.name);
    }
}

#[test]
fn a_name_that_a_place_may_have_differently_is_less_sure() {
    let tourism = changes(&body("tourism.lyj.pcx", "230100"));
    let merger = tourism.iter().find(|change| change.reform.kind == ReformKind::Merge).unwrap();
    assert!(merger.confidence < 0.8, "{merger:?}");
    // the kind of office alone tells nothing apart
    let industry = changes(&body("industry-it.jjhxxhwyh.pcx", "330600"));
    assert_eq!(industry.last().unwrap().after[0].name, "绍兴市经济和信息化局");
}

#[test]
fn the_history_of_a_body_is_its_whole_line() {
    let ids: Vec<&str> = history(&body("health.wsjkwyh.pcx", "330600"))
        .iter()
        .filter(|change| change.reform.kind.is_succession())
        .map(|change| change.reform.id.as_str())
        .collect();
    assert_eq!(ids, ["2013-health", "2018-health"]);
}
