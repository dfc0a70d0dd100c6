//! Bodies of a place that the document does not speak for.

use std::collections::BTreeSet;

use crate::diagnostic::{Code, Finding};
use crate::knowledge::{Knowledge, Level, PlaceEntry};
use crate::lint::notice::Notice;
use crate::lint::rule::rule;
use crate::resolve::{BodyKind, Place};

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
        let name = &party.party.name;
        findings.push(
            Finding::new(
                Code::ForeignBody,
                party.party.span,
                format!("`{name}` 是{}的单位，本文是{}的文件", place.name, seat.name),
                format!("`{name}` is a body of {}, and this document is one of {}", place.name, seat.name),
            )
            .with_hint("请核对是不是从外地文件带来的", "see whether it comes from another place's document"),
        );
    }
}

fn entry(place: &Place) -> Option<&'static PlaceEntry> {
    Knowledge::shipped().places.by_code(place.code.as_deref()?)
}
