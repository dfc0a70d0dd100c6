//! One body under two names.

use std::collections::BTreeMap;

use super::missing_prefix;
use crate::diagnostic::{Code, Finding};
use crate::extract::split_prefix;
use crate::lint::notice::{Notice, Party};
use crate::lint::rule::rule;
use crate::resolve::BodyKind;
use crate::span::{Span, fold_str};

rule! {
    /// # 同一家单位用了两种写法
    /// # one body under two names
    ///
    /// ## 查什么
    /// 同一家单位在责任单位中有时写全称、有时写简称，或者有时带“市”“县”、有时不带。
    /// 一串名单中后面几家省去“市”“县”的，不算；全文大多带、个别漏带的，归“漏写级别”（ZR202）。
    /// ## What it finds
    /// A body that is printed in two ways among the parties: in full and in short, or with and without its level
    /// prefix. A prefix left out behind the first name of a list is normal and no finding; one left out against the
    /// custom of the document is ZR202.
    /// ## 为什么
    /// 汇总、统计、督办时会被当成两家单位；收文的人也会疑心是不是两家。
    /// ## Why it matters
    /// Ledgers and counts take the two for two bodies, and readers wonder.
    /// ## Wrong
    /// ```text
    /// 林河县2023年重点工作任务
    /// 一、主要任务
    /// （一）推进医共体建设。（县卫生健康局负责）
    /// （二）落实补助资金。（县财政局负责）
    /// （三）推行按病种付费。（县卫健局、县医保局按职责分工负责）
    /// ```
    /// ## Right
    /// ```text
    /// 林河县2023年重点工作任务
    /// 一、主要任务
    /// （一）推进医共体建设。（县卫生健康局负责）
    /// （二）落实补助资金。（县财政局、卫生健康局按职责分工负责）
    /// （三）推行按病种付费。（县卫生健康局、医保局按职责分工负责）
    /// ```
    TWO_NAMES: TwoNames, Some(check)
}

/// The least confidence at which two names are taken to mean one body.
const SURE: f64 = 0.7;

fn check(notice: &Notice<'_>, findings: &mut Vec<Finding>) {
    let mut bodies: BTreeMap<usize, Vec<Party<'_>>> = BTreeMap::new();
    for party in notice.parties() {
        let known =
            party.body.kind == BodyKind::Department && party.body.is_registered() && party.body.confidence >= SURE;
        if known {
            bodies.entry(party.index).or_default().push(party);
        }
    }
    let prefixed = missing_prefix::is_custom(notice);
    for parties in bodies.values() {
        let mut forms: BTreeMap<String, Vec<(Span, &str)>> = BTreeMap::new();
        for party in parties {
            forms.entry(form(party, prefixed)).or_default().push((party.party.span, party.party.name.as_str()));
        }
        if forms.len() < 2 {
            continue;
        }
        let mut by_use: Vec<&Vec<(Span, &str)>> = forms.values().collect();
        by_use.sort_by_key(|places| (std::cmp::Reverse(places.len()), places.first().copied()));
        let [most, others @ ..] = by_use.as_slice() else { continue };
        let Some(&(other, main)) = most.first() else { continue };
        let Some(&(place, _)) = others.first().and_then(|rare| rare.first()) else { continue };
        let shown = |times: &str, comma: &str| {
            let form = |places: &&Vec<(Span, &str)>| {
                let printed = places.first().map_or("", |(_, printed)| printed);
                format!("`{printed}`{times}{}", places.len())
            };
            by_use.iter().map(form).collect::<Vec<_>>().join(comma)
        };
        let name = parties.first().map_or("", |party| party.body.name.as_str());
        let finding = Finding::new(
            Code::TwoNames,
            place,
            format!("同一家单位（{name}）有 {} 种写法：{}", by_use.len(), shown(" ", "、")),
            format!("one body ({name}) under {} names: {}", by_use.len(), shown(" × ", ", ")),
        )
        .with_hint(format!("请统一，如都写 `{main}`"), format!("use one of them throughout, such as `{main}`"));
        findings.push(finding.with_related(other, format!("这里写作 `{main}`"), format!("`{main}` here")));
    }
}

/// How a name is printed, for comparison: half-width, and without its level prefix where the document is in the
/// custom of printing one.
fn form(party: &Party<'_>, prefixed: bool) -> String {
    let folded = fold_str(&party.party.name);
    let bare = split_prefix(&folded).1;
    if prefixed && party.body.place.as_ref().is_some_and(|place| !folded.starts_with(&place.name)) {
        bare.to_owned()
    } else {
        folded.into_owned()
    }
}
