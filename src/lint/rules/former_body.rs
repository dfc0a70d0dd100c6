//! Bodies that were merged or renamed before the document, and bodies that were formed after it.

use std::collections::BTreeSet;

use crate::diagnostic::{Code, Finding, Severity};
use crate::extract::split_prefix;
use crate::knowledge::{Body, Knowledge};
use crate::lint::notice::{Notice, Party};
use crate::lint::rule::rule;
use crate::resolve::BodyKind;
use crate::span::fold_str;

rule! {
    /// # 单位在发文前已经撤并或更名
    /// # a body that was merged or renamed before the document
    ///
    /// ## 查什么
    /// 发文那一年，这家单位在机构改革中已经撤销、合并或改名。2003、2008、2013、2018、2023 年各轮改革，地方一般晚一年左右；
    /// 处在改革当口的只作提示，改革早已结束的作警告。
    /// ## What it finds
    /// A name that the rounds of reform of 2003, 2008, 2013, 2018 and 2023 had done away with in the year of the
    /// document. While a round was being carried out locally it is a note; well behind it, a warning.
    /// ## 为什么
    /// 撤并的单位不会再收文、再办事，任务落空；这也是沿用旧稿最常见的痕迹。
    /// ## Why it matters
    /// A body that is gone receives no notice and does no task; it is also the usual trace of an old draft.
    /// ## Wrong
    /// ```text
    /// 林河县2022年重点工作任务
    /// 一、主要任务
    /// （一）推进医共体建设。（县卫生和计划生育局负责）
    /// （二）加强药品监管。（县食品药品监督管理局负责）
    /// ```
    /// ## Right
    /// ```text
    /// 林河县2022年重点工作任务
    /// 一、主要任务
    /// （一）推进医共体建设。（县卫生健康局负责）
    /// （二）加强药品监管。（县市场监督管理局负责）
    /// ```
    FORMER_BODY: FormerBody, Some(check_former)
}

rule! {
    /// # 单位在发文时还没有成立
    /// # a body that was formed after the document
    ///
    /// ## 查什么
    /// 发文那一年还没有这家单位，它是后来的机构改革才设立的。
    /// ## What it finds
    /// A body that a later round of reform formed.
    /// ## 为什么
    /// 要么成文日期写错了，要么单位写错了。
    /// ## Why it matters
    /// Either the date of the document is wrong, or the body is.
    /// ## Wrong
    /// ```text
    /// 林河县2015年重点工作任务
    /// 一、主要任务
    /// （一）推进县级公立医院改革。（县卫生健康局负责）
    /// （二）落实补助资金。（县财政局负责）
    /// ```
    /// ## Right
    /// ```text
    /// 林河县2015年重点工作任务
    /// 一、主要任务
    /// （一）推进县级公立医院改革。（县卫生和计划生育局负责）
    /// （二）落实补助资金。（县财政局负责）
    /// ```
    FUTURE_BODY: FutureBody, Some(check_future)
}

/// How many years after a round the last places carried it out.
const LAG: i16 = 2;
/// The rounds of reform.
const ROUNDS: [i16; 5] = [2003, 2008, 2013, 2018, 2023];

fn check_former(notice: &Notice<'_>, findings: &mut Vec<Finding>) {
    for (party, rows) in outside_their_time(notice) {
        let Some(year) = notice.year() else { return };
        let Some(last) = rows.iter().filter(|body| body.to.is_some()).max_by_key(|body| body.to) else { continue };
        let Some(to) = last.to.filter(|to| year >= first_after_reform(*to)) else { continue };
        let name = &party.party.name;
        let sure = year >= to && last.certainty == "certain";
        let round = ROUNDS.iter().rev().find(|round| **round <= to && to - **round <= LAG);
        let when = round.map_or_else(
            || (format!("{to} 年"), format!("in {to}")),
            |round| (format!("{round} 年机构改革"), format!("reform of {round}")),
        );
        let (zh, en) = if sure {
            (
                format!("`{name}` 在 {year} 年前已撤并或更名（{}）", when.0),
                format!("`{name}` had been merged or renamed before {year} ({})", when.1),
            )
        } else {
            (
                format!("`{name}` 到 {year} 年可能已撤并或更名（{}）", when.0),
                format!("`{name}` may have been merged or renamed by {year} ({})", when.1),
            )
        };
        let finding = Finding::new(Code::FormerBody, party.party.span, zh, en);
        let finding = match successor(last, year) {
            Some(now) => finding.with_hint(format!("登记表：{now}"), format!("the registry says: {now}")),
            None => finding.with_hint("请核对现在的名称", "look up its present name"),
        };
        findings.push(if sure { finding } else { finding.with_severity(Severity::Note) });
    }
}

fn check_future(notice: &Notice<'_>, findings: &mut Vec<Finding>) {
    for (party, rows) in outside_their_time(notice) {
        let Some(year) = notice.year() else { return };
        if rows.iter().any(|body| body.from.is_none_or(|from| from <= year) || body.certainty != "certain") {
            continue;
        }
        // what a round of reform formed; other bodies were formed here earlier and there later
        let from = rows.iter().filter_map(|body| body.from).min().filter(|from| ROUNDS.contains(from));
        let Some(from) = from else { continue };
        let name = &party.party.name;
        findings.push(
            Finding::new(
                Code::FutureBody,
                party.party.span,
                format!("`{name}` 到 {from} 年才有，本文是 {year} 年的"),
                format!("`{name}` exists from {from} on, and this document is of {year}"),
            )
            .with_hint("请核对成文日期和单位名称", "look at the date of the document and at the name"),
        );
    }
}

/// The year from which a body that ends in `to` may be gone: the one after the round of reform that ended it.
fn first_after_reform(to: i16) -> i16 {
    let round = ROUNDS.iter().rev().find(|round| **round < to && to - **round <= LAG);
    round.map_or(to, |round| round + 1)
}

/// The first party of every name of which no row of the registry fits the year, with those rows.
fn outside_their_time<'d>(notice: &Notice<'d>) -> Vec<(Party<'d>, Vec<&'static Body>)> {
    let year = notice.year();
    let mut seen = BTreeSet::new();
    let mut found = Vec::new();
    for party in notice.parties() {
        if party.body.kind != BodyKind::Department || !party.body.is_registered() || !seen.insert(&party.party.name) {
            continue;
        }
        let rows = rows(&party);
        let alive = |body: &&&Body| body.from.is_none_or(|from| year.is_none_or(|year| from <= year));
        let open = rows
            .iter()
            .filter(alive)
            .any(|body| body.to.is_none_or(|to| year.is_none_or(|year| year < first_after_reform(to))));
        if !rows.is_empty() && !open {
            found.push((party, rows));
        }
    }
    found
}

/// The rows of the registry that a printed name may mean at the level of its body.
fn rows(party: &Party<'_>) -> Vec<&'static Body> {
    let folded = fold_str(&party.party.name);
    let Some(place) = &party.body.place else { return Vec::new() };
    let stem = folded.strip_prefix(&place.name).unwrap_or_else(|| split_prefix(&folded).1);
    let bodies = &Knowledge::shipped().bodies;
    let at_level = |stem: &str| -> Vec<&'static Body> {
        bodies.by_stem(stem).filter(|body| body.levels.contains(&place.level)).collect()
    };
    let rows = at_level(stem);
    if rows.is_empty() { at_level(&folded) } else { rows }
}

/// What became of a body: the remark of the registry, else the names of its function in that year.
fn successor(body: &Body, year: i16) -> Option<String> {
    if !body.note.is_empty() {
        return Some(body.note.clone());
    }
    let level = body.levels.first()?;
    let mut heirs = Knowledge::shipped().bodies.all().iter().filter(|heir| {
        heir.function == body.function
            && heir.levels.contains(level)
            && heir.distance(Some(year)) == 0
            && heir.to.is_none()
    });
    heirs.next().map(|heir| heir.formal.replace("{place}", "").replace("{short}", ""))
}
