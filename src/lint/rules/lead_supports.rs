//! A body that leads and supports the same task.

use crate::diagnostic::{Code, Finding};
use crate::extract::Role;
use crate::lint::notice::Notice;
use crate::lint::rule::rule;
use crate::resolve::BodyKind;

rule! {
    /// # 牵头单位又是配合单位
    /// # a body leads and supports the same task
    ///
    /// ## 查什么
    /// 同一项任务里，同一家单位既列为牵头（责任）单位，又列为配合单位；换一种写法的同一家单位也能看出来。
    /// ## What it finds
    /// A task in which one body, under one name or two, stands both as lead and as supporting.
    /// ## 为什么
    /// 自己配合自己说不通，多半是复制上一项时漏改了一家。
    /// ## Why it matters
    /// Nobody supports himself: most often a clause was copied and one name left as it was.
    /// ## Wrong
    /// ```text
    /// 林河县2023年重点工作任务
    /// 一、主要任务
    /// （一）推进医共体建设。（县卫生健康局牵头，县医保局、县卫生健康局配合）
    /// （二）落实补助资金。（县财政局牵头，县卫生健康局配合）
    /// ```
    /// ## Right
    /// ```text
    /// 林河县2023年重点工作任务
    /// 一、主要任务
    /// （一）推进医共体建设。（县卫生健康局牵头，县医保局、县财政局配合）
    /// （二）落实补助资金。（县财政局牵头，县卫生健康局配合）
    /// ```
    LEAD_SUPPORTS: LeadSupports, Some(check)
}

fn check(notice: &Notice<'_>, findings: &mut Vec<Finding>) {
    let parties: Vec<_> = notice.parties().filter(|party| party.body.kind == BodyKind::Department).collect();
    for task in parties.chunk_by(|a, b| a.task.seq == b.task.seq) {
        for lead in task.iter().filter(|party| party.party.role.leads()) {
            let supports = |party: &&_| {
                let other: &crate::lint::notice::Party<'_> = party;
                other.party.role == Role::Supporting && other.index == lead.index && other.party.span != lead.party.span
            };
            findings.extend(task.iter().find(supports).map(|other| {
                let name = &other.party.name;
                Finding::new(
                    Code::LeadSupports,
                    other.party.span,
                    format!("`{name}` 已是牵头单位，又列为配合单位"),
                    format!("`{name}` leads this task and is listed as supporting it too"),
                )
                .with_related(lead.party.span, "在这里牵头", "leads here")
                .with_hint("请删去一处，或改成本来要写的单位", "take one out, or put the body that was meant")
            }));
        }
    }
}
