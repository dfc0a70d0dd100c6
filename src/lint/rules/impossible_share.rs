//! Shares of more than the whole.

use crate::diagnostic::{Code, Finding};
use crate::extract::Comparator;
use crate::lint::notice::Notice;
use crate::lint::rule::rule;

rule! {
    /// # 比率超过百分之百
    /// # a share of more than the whole
    ///
    /// ## 查什么
    /// 覆盖率、签约率、合格率等不可能超过 100% 的指标写成了 100% 以上的数。增长率之类不查。
    /// ## What it finds
    /// A rate that cannot exceed the whole (coverage, attendance, passing …) with more than 100 %.
    /// ## 为什么
    /// 通常是多打了一个数字。
    /// ## Why it matters
    /// Usually a digit too many.
    /// ## Wrong
    /// ```text
    /// 林河县2023年重点工作任务
    /// 一、主要任务
    /// （一）2023年底前，家庭医生签约服务覆盖率达到750%。（县卫生健康局负责）
    /// （二）落实补助资金。（县财政局负责）
    /// ```
    /// ## Right
    /// ```text
    /// 林河县2023年重点工作任务
    /// 一、主要任务
    /// （一）2023年底前，家庭医生签约服务覆盖率达到75%。（县卫生健康局负责）
    /// （二）落实补助资金。（县财政局负责）
    /// ```
    IMPOSSIBLE_SHARE: ImpossibleShare, Some(check)
}

fn check(notice: &Notice<'_>, findings: &mut Vec<Finding>) {
    let words = &Notice::words().figures;
    let ends = |name: &str, list: &[String]| list.iter().any(|word| name.ends_with(word.as_str()));
    for indicator in notice.tasks().flat_map(|task| &task.indicators) {
        let changes = matches!(indicator.comparator, Comparator::Increase | Comparator::Decrease);
        let name = indicator.name.as_str();
        let share = name.ends_with('率') || name.ends_with("占比");
        let free = ends(name, &words.above_whole) || ends(name, &words.no_shares);
        let named = (ends(name, &words.whole) || share) && !free;
        if changes || indicator.unit != "%" || indicator.value <= 100.0 || !named {
            continue;
        }
        findings.push(
            Finding::new(
                Code::ImpossibleShare,
                indicator.span,
                format!("`{}` 不可能超过 100%", indicator.name),
                format!("`{}` cannot be more than 100 %", indicator.name),
            )
            .with_hint("请核对数字", "look at the figure"),
        );
    }
}
