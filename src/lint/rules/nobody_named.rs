//! Statements of responsibility that name nobody.

use crate::diagnostic::{Code, Finding};
use crate::lint::notice::Notice;
use crate::lint::rule::rule;

rule! {
    /// # 责任条款没有点名任何单位
    /// # a statement of responsibility names nobody
    ///
    /// ## 查什么
    /// 只写“各有关部门按职责分工负责”“相关单位负责”一类，没有一家具体单位。
    /// ## What it finds
    /// A clause that holds nothing but placeholders such as 各有关部门 (all departments concerned).
    /// ## 为什么
    /// 人人有责等于无人负责；分解任务和催办时落不到具体单位。
    /// ## Why it matters
    /// What is everybody's is nobody's: such a task cannot be handed on or chased.
    /// ## Wrong
    /// ```text
    /// 林河县2023年重点工作任务
    /// 一、主要任务
    /// （一）推进医共体建设。（县卫生健康局负责）
    /// （二）落实各项补助资金。（各有关部门按职责分工负责）
    /// ```
    /// ## Right
    /// ```text
    /// 林河县2023年重点工作任务
    /// 一、主要任务
    /// （一）推进医共体建设。（县卫生健康局负责）
    /// （二）落实各项补助资金。（县财政局牵头，各有关部门按职责分工负责）
    /// ```
    NOBODY_NAMED: NobodyNamed, Some(check)
}

fn check(notice: &Notice<'_>, findings: &mut Vec<Finding>) {
    let named = notice.tasks().any(|task| !task.responsibilities.is_empty());
    let nobody =
        notice.tasks().filter(|task| named && !task.inherited && task.open && task.responsibilities.is_empty());
    findings.extend(nobody.filter_map(|task| task.clause_span).map(|place| {
        Finding::new(Code::NobodyNamed, place, "这里没有点名任何一家单位", "this names no body that could be asked")
            .with_hint("请写明牵头单位", "name the body that leads")
    }));
}
