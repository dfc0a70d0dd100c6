//! Tasks without a lead in documents that name leads.

use super::unused_rule::is_early;
use crate::diagnostic::{Code, Finding};
use crate::extract::{Basis, Mode, Role, Task};
use crate::knowledge::Knowledge;
use crate::lint::notice::Notice;
use crate::lint::rule::rule;

rule! {
    /// # 多家单位负责，没有牵头单位
    /// # several parties and no lead
    ///
    /// ## 查什么
    /// 全文多数任务都明确了牵头单位，这一项列了几家单位，却没有说谁牵头，或者只有配合单位。写明“分别负责”“共同负责”“按职责分工负责”的不算。
    /// ## What it finds
    /// A task that lists several bodies and says of none that it leads, or supporting bodies alone, in a
    /// document most of whose tasks name their lead. Tasks shared by an express word (分别, 共同, 按职责分工) are left alone.
    /// ## 为什么
    /// 没有牵头单位，几家就可能互相等待，报送进展时也不知道找谁要。
    /// ## Why it matters
    /// Without a lead each body may wait for the others, and nobody is asked to report.
    /// ## Wrong
    /// ```text
    /// 林河县2023年重点工作任务
    /// 一、主要任务
    /// （一）推进医共体建设。（县卫生健康局牵头，县医保局配合）
    /// （二）落实补助资金。（县财政局牵头，县卫生健康局配合）
    /// （三）推行按病种付费。（县医保局、县卫生健康局负责）
    /// ```
    /// ## Right
    /// ```text
    /// 林河县2023年重点工作任务
    /// 一、主要任务
    /// （一）推进医共体建设。（县卫生健康局牵头，县医保局配合）
    /// （二）落实补助资金。（县财政局牵头，县卫生健康局配合）
    /// （三）推行按病种付费。（县医保局牵头，县卫生健康局配合）
    /// （四）做好宣传引导。（县卫生健康局、县医保局按职责分工负责）
    /// ```
    NO_LEAD: NoLead, Some(check)
}

fn check(notice: &Notice<'_>, findings: &mut Vec<Finding>) {
    let own = |task: &&Task| !task.inherited && parties(task) > 1;
    let with =
        notice.tasks().filter(own).filter(|task| task.responsibilities.iter().any(|party| party.role.leads())).count();
    // a rule that comes too late for a task is told at the rule
    let is_early = |task: &Task| notice.facts.conventions.iter().any(|rule| is_early(task, rule));
    let is_meant = |task: &&Task| is_without(task) && !is_shared(task) && !is_early(task);
    let headless: Vec<&Task> =
        notice.tasks().filter(|task| !task.inherited && !task.open && is_headless(task)).collect();
    let without: Vec<&Task> = notice.tasks().filter(own).filter(is_meant).collect();
    let custom = with >= 2 && with > without.len();
    let without = if custom { without } else { Vec::new() };
    let headless = if with >= 2 { headless } else { Vec::new() };
    findings.extend(headless.into_iter().map(|task| {
        let place = task.clause_span.unwrap_or(task.span);
        Finding::new(
            Code::NoLead,
            place,
            "只有配合单位，没有牵头（责任）单位",
            "supporting bodies alone, and nobody whom they support",
        )
        .with_hint("请写明牵头单位", "say who leads")
    }));
    findings.extend(without.into_iter().map(|task| {
        let place = task.clause_span.unwrap_or(task.span);
        Finding::new(
            Code::NoLead,
            place,
            "列了几家单位，没有说谁牵头，而本文其他任务都明确了牵头单位",
            "several bodies and no lead, while the other tasks of this document name one",
        )
        .with_hint(
            "请写明牵头单位，如“（市财政局牵头，市民政局配合）”",
            "say who leads, as in （市财政局牵头，市民政局配合）",
        )
    }));
}

/// Whether the statement says how its bodies share the work: 按职责分工, 分别, 共同.
fn is_shared(task: &Task) -> bool {
    let manners = &Knowledge::shipped().vocabulary.clause.manners;
    let mut words = manners.by_duty.iter().chain(&manners.respective).chain(&manners.joint);
    task.clause.as_deref().is_some_and(|clause| words.any(|word| clause.contains(word.as_str())))
}

/// Whether all parties support and none does the task.
fn is_headless(task: &Task) -> bool {
    !task.responsibilities.is_empty() && task.responsibilities.iter().all(|party| party.role == Role::Supporting)
}

/// The parties that the statement itself names.
fn parties(task: &Task) -> usize {
    task.responsibilities
        .iter()
        .filter(|party| !matches!(party.basis, Basis::Convention(_)) || party.role.leads())
        .count()
}

fn is_without(task: &Task) -> bool {
    matches!(task.mode, Mode::PlainList | Mode::Column)
        && !task.responsibilities.iter().any(|party| party.role.leads())
        && task.responsibilities.iter().filter(|party| party.role == Role::Responsible).count() > 1
}
