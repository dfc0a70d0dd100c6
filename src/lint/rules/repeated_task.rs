//! Tasks that stand twice.

use std::collections::HashMap;

use crate::diagnostic::{Code, Finding};
use crate::extract::Task;
use crate::lint::notice::Notice;
use crate::lint::rule::rule;
use crate::span::{fold, is_blank};

rule! {
    /// # 同一项任务写了两遍
    /// # a task stands twice
    ///
    /// ## 查什么
    /// 两项任务的文字完全一样（十五字以上），而责任单位可能不同。附表整体重复正文的，不算。
    /// ## What it finds
    /// Two tasks in the same words, of at least fifteen characters. An annex that repeats the whole text is no finding.
    /// ## 为什么
    /// 多半是复制后忘了改；两处责任单位不一致时，下面不知道听哪一处。
    /// ## Why it matters
    /// Most often a copy was not edited; where the parties differ, nobody knows which holds.
    /// ## Wrong
    /// ```text
    /// 林河县2023年重点工作任务
    /// 一、主要任务
    /// （一）推进紧密型县域医共体建设，完善运行管理机制。（县卫生健康局负责）
    /// （二）落实各项补助资金，及时足额拨付到位。（县财政局负责）
    /// （三）推进紧密型县域医共体建设，完善运行管理机制。（县医保局负责）
    /// ```
    /// ## Right
    /// ```text
    /// 林河县2023年重点工作任务
    /// 一、主要任务
    /// （一）推进紧密型县域医共体建设，完善运行管理机制。（县卫生健康局负责）
    /// （二）落实各项补助资金，及时足额拨付到位。（县财政局负责）
    /// （三）推进医保支付方式改革，实行总额付费结余留用。（县医保局负责）
    /// ```
    REPEATED_TASK: RepeatedTask, Some(check)
}

/// The shortest text in characters that is not alike by chance.
const SHORTEST: usize = 15;
/// From how many repetitions on a part of the document repeats another.
const ANNEX: usize = 3;

fn check(notice: &Notice<'_>, findings: &mut Vec<Finding>) {
    let mut first: HashMap<String, &Task> = HashMap::new();
    let mut again: Vec<(&Task, &Task)> = Vec::new();
    for task in notice.tasks() {
        let words: String = task.text.chars().map(fold).filter(|char| !is_blank(*char)).collect();
        if words.chars().count() < SHORTEST {
            continue;
        }
        match first.get(&words) {
            Some(known) => again.push((known, task)),
            None => {
                first.insert(words, task);
            }
        }
    }
    if again.len() >= ANNEX {
        return;
    }
    findings.extend(again.into_iter().map(|(known, task)| {
        let label = if known.label.is_empty() { String::new() } else { format!(" {}", known.label) };
        Finding::new(
            Code::RepeatedTask,
            task.span,
            format!("与前面的任务{label}文字相同"),
            format!("this repeats task{label} word for word"),
        )
        .with_related(known.span, "第一次在这里", "first here")
        .with_hint("请核对是否复制后忘了改", "see whether a copy was not edited")
    }));
}
