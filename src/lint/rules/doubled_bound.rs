//! Figures that are bounded twice.

use crate::diagnostic::{Code, Finding};
use crate::lint::figure;
use crate::lint::figure::longest;
use crate::lint::notice::Notice;
use crate::lint::rule::rule;
use crate::span::Span;

rule! {
    /// # 数字前后重复限定
    /// # a figure that is bounded twice
    ///
    /// ## 查什么
    /// “不低于90%以上”“不超过10天以内”“约30家左右”一类，前后两个限定词是一个意思；“不低于……以下”则自相矛盾。
    /// ## What it finds
    /// A figure with a word of bound before it and another of the same meaning behind it (不低于90%以上), or one of the
    /// opposite meaning (不低于10天以下).
    /// ## 为什么
    /// 重复是语病；前后相反的，就不知道是上限还是下限。
    /// ## Why it matters
    /// Said twice it is bad style; where the two disagree, nobody knows whether a floor or a ceiling is meant.
    /// ## Wrong
    /// ```text
    /// 林河县2023年重点工作任务
    /// 一、主要任务
    /// （一）2023年底前，家庭医生签约率不低于75%以上。（县卫生健康局负责）
    /// （二）落实补助资金。（县财政局负责）
    /// ```
    /// ## Right
    /// ```text
    /// 林河县2023年重点工作任务
    /// 一、主要任务
    /// （一）2023年底前，家庭医生签约率不低于75%。（县卫生健康局负责）
    /// （二）落实补助资金。（县财政局负责）
    /// ```
    DOUBLED_BOUND: DoubledBound, Some(check)
}

/// The longest bound in characters.
const LONGEST: usize = 4;

fn check(notice: &Notice<'_>, findings: &mut Vec<Finding>) {
    let bounds = &Notice::words().figures.bounds;
    for &passage in &notice.passages {
        let chars = notice.folded(passage);
        for at in (0..chars.len()).filter(|at| figure::begins(chars, *at)) {
            let Some(read) = figure::read(chars, at, passage.start).filter(|read| !read.unit.is_empty()) else {
                continue;
            };
            let behind = chars.get(read.span.end - passage.start..).unwrap_or_default();
            let ends = |list: &[String]| {
                (1..=LONGEST.min(at)).rev().find(|length| {
                    let before = chars.get(at - length..at).unwrap_or_default();
                    list.iter().any(|word| word.chars().eq(before.iter().copied()))
                })
            };
            let pairs = [
                (&bounds.least, &bounds.above, true),
                (&bounds.most, &bounds.below, true),
                (&bounds.about, &bounds.near, true),
                (&bounds.least, &bounds.below, false),
            ];
            let found = pairs.into_iter().find_map(|(before, after, same)| {
                let length = ends(before)?;
                longest(behind, after).map(|word| (length, word.chars().count(), same))
            });
            let Some((before, after, same)) = found else { continue };
            let place = Span::new(passage.start + at - before, read.span.end + after);
            let printed = notice.text.slice(place);
            let (zh, en) = if same {
                (format!("`{printed}` 前后重复限定"), format!("`{printed}` is bounded twice"))
            } else {
                (format!("`{printed}` 前后矛盾"), format!("`{printed}` is bounded from both sides at once"))
            };
            findings.push(
                Finding::new(Code::DoubledBound, place, zh, en).with_hint("请只留一个", "keep one of the two words"),
            );
        }
    }
}
