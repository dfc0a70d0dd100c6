//! Bodies of a place that the document does not speak for.

use std::collections::BTreeSet;

use crate::diagnostic::{Code, Finding};
use crate::extract::swallowed;
use crate::knowledge::{Knowledge, Level, PlaceEntry};
use crate::lint::notice::Notice;
use crate::lint::rule::rule;
use crate::resolve::{BodyKind, Place};
use crate::span::Span;

rule! {
    /// # 单位属于别的地方
    /// # a body of another place
    ///
    /// ## 查什么
    /// 责任单位写的是既不在本地、也不是本地上级的另一个地方的单位。
    /// ## What it finds
    /// A party of a place that neither lies within the document's place nor around it.
    /// ## 为什么
    /// 借用外地文件起草时最容易留下这样的痕迹。
    /// ## Why it matters
    /// It is what remains of another place's document that served as a model.
    /// ## Wrong
    /// ```text
    /// 哈尔滨市2023年重点工作任务
    /// 一、主要任务
    /// （一）推进医共体建设。（市卫生健康委负责）
    /// （二）落实补助资金。（长春市财政局负责）
    /// ```
    /// ## Right
    /// ```text
    /// 哈尔滨市2023年重点工作任务
    /// 一、主要任务
    /// （一）推进医共体建设。（市卫生健康委、黑龙江省卫生健康委按职责分工负责）
    /// （二）落实补助资金。（哈尔滨市财政局负责）
    /// ```
    FOREIGN_BODY: ForeignBody, Some(check)
}

fn check(notice: &Notice<'_>, findings: &mut Vec<Finding>) {
    findings.extend(other_counties(notice));
    let Some(seat) = notice.seat().and_then(entry).filter(|seat| seat.level != Level::State) else { return };
    let places = &Knowledge::shipped().places;
    let mut seen = BTreeSet::new();
    for party in notice.parties().filter(|party| party.body.kind == BodyKind::Department) {
        let Some(place) = party.body.place.as_ref().and_then(entry) else { continue };
        let near = place.code == seat.code || places.is_within(place, seat) || places.is_within(seat, place);
        let printed = party.party.name.starts_with(&place.name);
        if near || !printed || place.level == Level::State || !seen.insert(&party.party.name) {
            continue;
        }
        findings.push(foreign(party.party.span, &party.party.name, &place.name, &seat.name));
    }
}

/// Bodies of another county in the document of a county, also where the registry has neither.
fn other_counties(notice: &Notice<'_>) -> Vec<Finding> {
    let is_county = |seat: &&Place| seat.level == Level::County && seat.name.ends_with('县');
    let Some(seat) = notice.seat().filter(is_county) else { return Vec::new() };
    let known = &Knowledge::shipped().bodies;
    let mut seen = BTreeSet::new();
    let departments = notice.parties().filter(|party| party.body.kind == BodyKind::Department);
    let found = departments.filter_map(|party| {
        let printed = notice.text.slice(party.party.span);
        // 牵头县民政局 is a clause that does not hold together
        if swallowed(notice.text, party.party.span).is_some() {
            return None;
        }
        let units = printed.char_indices().enumerate().skip(1).take(LONGEST_PLACE);
        let mut cuts = units.filter(|(_, (_, char))| *char == '县').map(|(_, (byte, char))| byte + char.len_utf8());
        let (place, stem) =
            cuts.find_map(|byte| printed.split_at_checked(byte)).filter(|(_, stem)| known.knows(stem))?;
        let own =
            seat.name == place || seat.within.iter().any(|around| around.name == place) || seat.name.ends_with(place);
        (!own && !known.knows(printed) && !stem.is_empty() && seen.insert(printed))
            .then(|| foreign(party.party.span, printed, place, &seat.name))
    });
    found.collect()
}

/// The longest name of a county in characters, its last one left out.
const LONGEST_PLACE: usize = 5;

fn foreign(span: Span, name: &str, place: &str, seat: &str) -> Finding {
    Finding::new(
        Code::ForeignBody,
        span,
        format!("`{name}` 是{place}的单位，本文是{seat}的文件"),
        format!("`{name}` is a body of {place}, and this document is one of {seat}"),
    )
    .with_hint("请核对是不是从外地文件带来的", "see whether it comes from another place's document")
}

fn entry(place: &Place) -> Option<&'static PlaceEntry> {
    Knowledge::shipped().places.by_code(place.code.as_deref()?)
}
