//! Tasks with figures and without a date.

use super::past_deadline::period;
use crate::diagnostic::{Code, Finding};
use crate::extract::{Rule as Convened, Task};
use crate::lint::notice::Notice;
use crate::lint::rule::rule;

rule! {
    /// # 有指标没有时限
    /// # a task with figures and without a date
    ///
    /// ## 查什么
    /// 任务写了要达到的数，却没有写什么时候达到；标题已写明年份的年度文件不查。全文普遍如此的，只在第一处提示一次。
    /// ## What it finds
    /// A task that says what is to be reached and not when, in a document whose title names no year. Where most tasks
    /// are so, it is told once.
    /// ## 为什么
    /// 没有时限的指标没法考核，也没法催办。
    /// ## Why it matters
    /// A target without a date can neither be checked nor chased.
    /// ## Wrong
    /// ```text
    /// 林河县人民政府关于推进医共体建设的意见
    /// 一、主要任务
    /// （一）县域内就诊率达到85%以上。（县卫生健康局负责）
    /// （二）落实补助资金。（县财政局负责）
    /// ```
    /// ## Right
    /// ```text
    /// 林河县人民政府关于推进医共体建设的意见
    /// 一、主要任务
    /// （一）到2025年，县域内就诊率达到85%以上。（县卫生健康局负责）
    /// （二）落实补助资金。（县财政局负责）
    /// ```
    UNDATED_FIGURES: UndatedFigures, Some(check)
}

/// From how many tasks on it is told once.
const MANY: usize = 3;

fn check(notice: &Notice<'_>, findings: &mut Vec<Finding>) {
    let words = &Notice::words().dates.yearly;
    let is_yearly = |title: &str| period(title).is_some() || words.iter().any(|word| title.contains(word.as_str()));
    let yearly = notice.facts.head.title.as_deref().is_some_and(is_yearly);
    let common = notice.facts.conventions.iter().any(|rule| rule.rule == Convened::CommonDeadline);
    if yearly || common {
        return;
    }
    let undated: Vec<&Task> = notice.tasks().filter(|task| is_undated(task)).collect();
    let several = undated.len() >= MANY;
    let shown = if several { 1 } else { undated.len() };
    for task in undated.iter().take(shown) {
        let Some(figure) = task.indicators.iter().find(|indicator| !indicator.soft) else { continue };
        let (zh, en) = if several {
            (
                format!("共 {} 项任务有指标而没有时限，这是第一项", undated.len()),
                format!("{} tasks have figures and no date; this is the first", undated.len()),
            )
        } else {
            ("这项任务有指标，没有时限".to_owned(), "this task has figures and no date".to_owned())
        };
        findings.push(
            Finding::new(Code::UndatedFigures, figure.span, zh, en)
                .with_hint("请写明何时达到，如“到2025年底”", "say when it is to be reached, as in 到2025年底"),
        );
    }
}

fn is_undated(task: &Task) -> bool {
    task.deadlines.is_empty() && task.indicators.iter().any(|indicator| !indicator.soft && indicator.by.is_none())
}
