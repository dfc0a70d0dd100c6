//! A body that stands twice in one statement.

use crate::diagnostic::{Code, Finding};
use crate::extract::Role;
use crate::lint::notice::{Notice, Party};
use crate::lint::rule::rule;
use crate::resolve::BodyKind;

rule! {
    /// # 同一家单位重复列出
    /// # a body stands twice in one statement
    ///
    /// ## 查什么
    /// 同一项任务的责任单位中，同一家单位出现两次。
    /// ## What it finds
    /// A body that is listed twice among the parties of one task.
    /// ## 为什么
    /// 重复的那一处往往本该是另一家单位。
    /// ## Why it matters
    /// The second place was often meant for another body.
    /// ## Wrong
    /// ```text
    /// 林河县2023年重点工作任务
    /// 一、主要任务
    /// （一）推进医共体建设。（县卫生健康局、县财政局、县医保局、县财政局按职责分工负责）
    /// （二）落实补助资金。（县财政局负责）
    /// ```
    /// ## Right
    /// ```text
    /// 林河县2023年重点工作任务
    /// 一、主要任务
    /// （一）推进医共体建设。（县卫生健康局、县财政局、县医保局按职责分工负责）
    /// （二）落实补助资金。（县财政局负责）
    /// ```
    REPEATED_BODY: RepeatedBody, Some(check)
}

fn check(notice: &Notice<'_>, findings: &mut Vec<Finding>) {
    let parties: Vec<Party<'_>> = notice.parties().filter(|party| party.body.kind != BodyKind::Generic).collect();
    for task in parties.chunk_by(|a, b| a.task.seq == b.task.seq) {
        for (place, second) in task.iter().enumerate() {
            let first = task.iter().take(place).find(|first| is_again(first, second));
            findings.extend(first.map(|first| {
                let name = &second.party.name;
                Finding::new(
                    Code::RepeatedBody,
                    second.party.span,
                    format!("`{name}` 在这一项中列了两次"),
                    format!("`{name}` stands twice among the parties of this task"),
                )
                .with_related(first.party.span, "第一次在这里", "first here")
                .with_hint("请删去一处，或改成本来要写的单位", "take one out, or put the body that was meant")
            }));
        }
    }
}

/// Whether a party is one that stood before; a lead that supports is told by a rule of its own.
fn is_again(first: &Party<'_>, second: &Party<'_>) -> bool {
    let leads_and_supports = first.party.role.leads() && second.party.role == Role::Supporting;
    first.index == second.index
        && first.party.span != second.party.span
        && !leads_and_supports
        && (first.party.name == second.party.name
            || first.body.kind == BodyKind::Department && first.body.is_registered())
        && !first.party.span.overlaps(second.party.span)
}
