//! Marks before names that nothing explains.

use crate::diagnostic::{Code, Finding};
use crate::extract::Rule;
use crate::knowledge::Knowledge;
use crate::lint::notice::Notice;
use crate::lint::rule::rule;
use crate::span::Span;

rule! {
    /// # 标记没有说明
    /// # a mark that nothing explains
    ///
    /// ## 查什么
    /// 单位前后有▲、★一类的标记，全文没有说它是什么意思。
    /// ## What it finds
    /// A body with ▲, ★ or another mark, where no legend says what it means.
    /// ## 为什么
    /// 没有说明，就不知道标记的单位是不是牵头单位。
    /// ## Why it matters
    /// Without a legend nobody knows whether the marked body leads.
    /// ## Wrong
    /// ```text
    /// 林河县2023年重点工作任务
    /// 一、主要任务
    /// （一）推进医共体建设。（▲县卫生健康局、县医保局负责）
    /// （二）落实补助资金。（县财政局负责）
    /// ```
    /// ## Right
    /// ```text
    /// 林河县2023年重点工作任务
    /// 一、主要任务
    /// （一）推进医共体建设。（▲县卫生健康局、县医保局负责）
    /// （二）落实补助资金。（县财政局负责）
    /// 注：标▲的为牵头单位。
    /// ```
    UNEXPLAINED_MARK: UnexplainedMark, Some(check)
}

/// How many characters before a legend may hold its mark.
const BEFORE: usize = 6;

/// Marks that the legend of the document does not name; a document without a legend is told so by extraction.
fn check(notice: &Notice<'_>, findings: &mut Vec<Finding>) {
    let marks: Vec<char> =
        Knowledge::shipped().vocabulary.clause.marks.words.iter().filter_map(|mark| mark.chars().next()).collect();
    let legends = notice.facts.conventions.iter().filter(|rule| rule.rule == Rule::MarkedLeads);
    let known: Vec<char> = legends
        .flat_map(|rule| notice.folded(Span::new(rule.span.start.saturating_sub(BEFORE), rule.span.end)))
        .copied()
        .filter(|char| marks.contains(char))
        .collect();
    if known.is_empty() {
        return;
    }
    for party in notice.parties() {
        let span = party.party.span;
        let Some(before) = span.start.checked_sub(1).map(|before| Span::new(before, before + 1)) else { continue };
        let &[mark] = notice.folded(before) else { continue };
        if !marks.contains(&mark) || known.contains(&mark) {
            continue;
        }
        let name = &party.party.name;
        findings.push(
            Finding::new(
                Code::UnexplainedMark,
                before.to(span),
                format!("`{name}` 前的 `{mark}` 没有说明，文中说明的是 `{}`", known.iter().collect::<String>()),
                format!(
                    "`{mark}` before `{name}` is not explained: the legend has `{}`",
                    known.iter().collect::<String>()
                ),
            )
            .with_hint("请改成说明过的标记，或补写说明", "use the mark that is explained, or explain this one"),
        );
    }
}
