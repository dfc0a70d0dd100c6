//! Rules that decide nothing, and rules that stand behind what needs them.

use crate::diagnostic::{Code, Finding};
use crate::extract::{Basis, Convention, Mode, Rule as Convened, Task};
use crate::lint::notice::Notice;
use crate::lint::rule::rule;

rule! {
    /// # 写了规则，却没有用上
    /// # a rule is stated and decides nothing
    ///
    /// ## 查什么
    /// 文中写了“列第一位的为牵头单位”“▲为牵头单位”“仅列牵头部门”一类规则，但在它管的范围内没有一项任务用得上。
    /// ## What it finds
    /// A rule such as 列第一位的为牵头单位 (the first listed leads) or a legend for a mark, where no task in its scope
    /// is decided by it.
    /// ## 为什么
    /// 要么标记漏打了，要么规则是从旧稿里带来的；读者会去找并不存在的东西。
    /// ## Why it matters
    /// Either the marks were forgotten, or the rule was left over from another draft.
    /// ## Wrong
    /// ```text
    /// 林河县2023年重点工作任务
    /// 一、主要任务
    /// （一）推进医共体建设。（县卫生健康局、县医保局负责）
    /// （二）落实补助资金。（县财政局、县卫生健康局负责）
    /// 注：标▲的为牵头单位。
    /// ```
    /// ## Right
    /// ```text
    /// 林河县2023年重点工作任务
    /// 一、主要任务
    /// （一）推进医共体建设。（▲县卫生健康局、县医保局负责）
    /// （二）落实补助资金。（▲县财政局、县卫生健康局负责）
    /// 注：标▲的为牵头单位。
    /// ```
    UNUSED_RULE: UnusedRule, Some(check_unused)
}

rule! {
    /// # 规则写得太晚
    /// # a rule stands behind tasks that need it
    ///
    /// ## 查什么
    /// “列第一位的为牵头单位，下同”写在中间，它前面已经有列了几家单位、看不出谁牵头的任务。
    /// ## What it finds
    /// A rule that holds from its place on, behind tasks of several bodies that it would have decided.
    /// ## 为什么
    /// “下同”只管后面；前面的任务谁牵头仍然没有说。
    /// ## Why it matters
    /// 下同 speaks of what follows; who leads the tasks before it stays unsaid.
    /// ## Wrong
    /// ```text
    /// 林河县2023年重点工作任务
    /// 一、主要任务
    /// （一）推进医共体建设。（县卫生健康局、县医保局负责）
    /// （二）落实补助资金。（县财政局、县卫生健康局负责，列第一位的为牵头单位，下同）
    /// （三）推行按病种付费。（县医保局、县卫生健康局负责）
    /// ```
    /// ## Right
    /// ```text
    /// 林河县2023年重点工作任务
    /// 一、主要任务
    /// （一）推进医共体建设。（县卫生健康局、县医保局负责，列第一位的为牵头单位，下同）
    /// （二）落实补助资金。（县财政局、县卫生健康局负责）
    /// （三）推行按病种付费。（县医保局、县卫生健康局负责）
    /// ```
    LATE_RULE: LateRule, Some(check_late)
}

fn check_unused(notice: &Notice<'_>, findings: &mut Vec<Finding>) {
    if notice.facts.tasks.is_empty() {
        return;
    }
    for convention in &notice.facts.conventions {
        let governed = || notice.tasks().filter(|task| convention.tasks.binary_search(&task.seq).is_ok());
        let used = match convention.rule {
            // where it lists no bodies itself, it opens the lists
            Convened::CommonDeadline | Convened::AlsoFallsTo => governed().next().is_some(),
            rule => {
                governed().any(|task| task.responsibilities.iter().any(|party| party.basis == Basis::Convention(rule)))
            }
        };
        // one that came too late is told as such
        let late =
            convention.rule == Convened::FirstListedLeads && notice.tasks().any(|task| is_early(task, convention));
        if used || late {
            continue;
        }
        let hint = match convention.rule {
            Convened::MarkedLeads => ("请核对是否漏打了标记", "see whether the marks were forgotten"),
            _ => ("请核对规则管哪些任务，或删去", "see which tasks it is for, or take it out"),
        };
        findings.push(
            Finding::new(Code::UnusedRule, convention.span, "这条规则没有一项任务用得上", "this rule decides no task")
                .with_hint(hint.0, hint.1),
        );
    }
}

fn check_late(notice: &Notice<'_>, findings: &mut Vec<Finding>) {
    for convention in notice.facts.conventions.iter().filter(|convention| convention.rule == Convened::FirstListedLeads)
    {
        let early: Vec<&Task> = notice.tasks().filter(|task| is_early(task, convention)).collect();
        let Some(first) = early.first() else { continue };
        let labels: Vec<&str> = early.iter().take(SHOWN).map(|task| task.label.as_str()).collect();
        let more = if early.len() > SHOWN { ("等", " and others") } else { ("", "") };
        findings.push(
            Finding::new(
                Code::LateRule,
                convention.span,
                format!("前面有 {} 项任务列了几家单位，这条规则管不到：{}{}", early.len(), labels.join("、"), more.0),
                format!(
                    "{} tasks before it list several bodies and are not governed: {}{}",
                    early.len(),
                    labels.join(", "),
                    more.1
                ),
            )
            .with_related(first.clause_span.unwrap_or(first.span), "前面的任务", "a task before it")
            .with_hint("请把规则移到第一次用到的地方", "state the rule where it is first needed"),
        );
    }
}

/// How many labels a message holds.
const SHOWN: usize = 5;

/// Whether a task before a rule lists several bodies and nothing says who leads.
pub(super) fn is_early(task: &Task, convention: &Convention) -> bool {
    convention.rule == Convened::FirstListedLeads
        && task.span.end <= convention.scope.start
        && matches!(task.mode, Mode::PlainList | Mode::ByDuty | Mode::Joint)
        && task.responsibilities.len() > 1
        && !task.responsibilities.iter().any(|party| party.role.leads())
}
