//! Several leads and no word on how they share the lead.

use crate::diagnostic::{Code, Finding, Severity};
use crate::extract::{Basis, Mode, Responsibility, Task};
use crate::knowledge::Knowledge;
use crate::lint::figure::longest;
use crate::lint::notice::Notice;
use crate::lint::rule::rule;
use crate::span::Span;

rule! {
    /// # 几家单位牵头，没有写“共同”
    /// # several leads without a word on how they share the lead
    ///
    /// ## 查什么
    /// “甲、乙牵头”而没有“共同”“联合”“分别”等字样。
    /// ## What it finds
    /// Several bodies before 牵头 without 共同 (together), 联合 (jointly) or 分别 (each for a part).
    /// ## 为什么
    /// 读者分不清是两家共同牵头，还是第一家牵头、第二家漏写了“配合”。
    /// ## Why it matters
    /// It stays open whether both lead or whether the second was meant to support.
    /// ## Wrong
    /// ```text
    /// 林河县2023年重点工作任务
    /// 一、主要任务
    /// （一）推进医共体建设。（县卫生健康局、县医保局牵头，县财政局配合）
    /// （二）落实补助资金。（县财政局牵头，县卫生健康局配合）
    /// ```
    /// ## Right
    /// ```text
    /// 林河县2023年重点工作任务
    /// 一、主要任务
    /// （一）推进医共体建设。（县卫生健康局、县医保局共同牵头，县财政局配合）
    /// （二）落实补助资金。（县财政局牵头，县卫生健康局配合）
    /// ```
    UNSHARED_LEAD: UnsharedLead, Some(check)
}

/// From how many cases on it is taken for the custom of the document, and told once.
const CUSTOM: usize = 4;

fn check(notice: &Notice<'_>, findings: &mut Vec<Finding>) {
    exceptions(notice, findings);
    let places: Vec<Span> = notice
        .tasks()
        .filter(|task| !task.inherited && matches!(task.mode, Mode::Explicit | Mode::Sole))
        .filter_map(|task| unshared(notice, task))
        .collect();
    let Some(&first) = places.first() else { return };
    let finding = |place: Span| {
        Finding::new(
            Code::UnsharedLead,
            place,
            "几家单位牵头，没有写明是共同牵头",
            "several bodies lead, and nothing says that they do so together",
        )
        .with_hint(
            "请写“共同牵头”，或只留一家牵头、其余写“配合”",
            "write 共同牵头, or let one lead and the others support (配合)",
        )
    };
    if places.len() < CUSTOM {
        findings.extend(places.into_iter().map(finding));
        return;
    }
    let count = places.len();
    let mut custom = finding(first);
    custom.message.zh = format!("几家单位牵头而没有写明是共同牵头，全文共 {count} 处");
    custom.message.en =
        format!("several bodies lead and nothing says that they do so together, here and in {} more places", count - 1);
    findings.push(custom);
}

/// Behind a label or in a column, several leads are a custom of many documents: only the exceptions are told, as notes.
fn exceptions(notice: &Notice<'_>, findings: &mut Vec<Finding>) {
    let listed = |task: &&Task| {
        let stated = matches!(task.mode, Mode::Column | Mode::Explicit | Mode::Sole) && !task.inherited;
        stated && unshared(notice, task).is_none()
    };
    let leads = |task: &Task| task.responsibilities.iter().filter(|party| party.role.leads()).count();
    let single = notice.tasks().filter(listed).filter(|task| leads(task) == 1).count();
    let several: Vec<&Task> = notice.tasks().filter(listed).filter(|task| leads(task) > 1).collect();
    if several.len() > EXCEPTIONS || single < several.len() * USUAL {
        return;
    }
    for task in several {
        let mut places = task.responsibilities.iter().filter(|party| party.role.leads()).map(|party| party.span);
        let Some(place) = places.next().map(|first| places.fold(first, Span::to)) else { continue };
        let said = task
            .clause
            .as_deref()
            .is_some_and(|clause| clause.contains("共同") || clause.contains("联合") || clause.contains("分别"));
        if said || place.len() > 60 {
            continue;
        }
        findings.push(
            Finding::new(
                Code::UnsharedLead,
                place,
                "这一项有几家牵头单位，没有写明是共同牵头，其他任务都只有一家",
                "several leads and no word on how they share it, where the other tasks have one",
            )
            .with_severity(Severity::Note)
            .with_hint("请写“共同牵头”，或只留一家", "write 共同牵头, or keep one"),
        );
    }
}

/// How many tasks with several leads are exceptions at most.
const EXCEPTIONS: usize = 2;
/// How many times as many tasks with one lead there must be.
const USUAL: usize = 4;

/// The leads of a clause before a bare 牵头.
fn unshared(notice: &Notice<'_>, task: &Task) -> Option<Span> {
    let leads: Vec<&Responsibility> =
        task.responsibilities.iter().filter(|party| party.role.leads() && party.basis == Basis::Stated).collect();
    let mut run: Option<Span> = None;
    for pair in leads.windows(2) {
        let [first, second] = pair else { continue };
        let between = Span::new(first.span.end, second.span.start);
        let joined = between.len() <= 3
            && notice.folded(between).iter().all(|char| matches!(char, '、' | ',' | '和' | '及' | '与' | ' ' | '\n'));
        if joined {
            run = Some(run.map_or(first.span.to(second.span), |run| run.to(second.span)));
        }
    }
    let run = run?;
    let behind = notice.folded(Span::new(run.end, run.end + 12));
    let verbs = &Knowledge::shipped().vocabulary.clause.verbs;
    let skip = usize::from(behind.first() == Some(&'等'));
    let behind = behind.get(skip..)?;
    (longest(behind, &verbs.lead).is_some() && longest(behind, &verbs.co_lead).is_none()).then_some(run)
}
