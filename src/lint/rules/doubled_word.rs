//! Words that stand twice in a row, and placeholders that nobody filled in.

use crate::diagnostic::{Code, Finding};
use crate::lint::figure::{longest, starts_with};
use crate::lint::notice::Notice;
use crate::lint::rule::rule;
use crate::span::Span;

rule! {
    /// # 字词重复
    /// # a word stands twice in a row
    ///
    /// ## 查什么
    /// “负责负责”“县县财政局”一类连写两遍的词。“市市场监管局”是对的，不算。
    /// ## What it finds
    /// A word such as 负责 that is written twice in a row, and a doubled level prefix (县县财政局).
    /// ## 为什么
    /// 编辑留下的痕迹，单位名称会因此认不出来。
    /// ## Why it matters
    /// A trace of editing that may hide the name of a body.
    /// ## Wrong
    /// ```text
    /// 林河县2023年重点工作任务
    /// 一、主要任务
    /// （一）推进医共体建设。（县卫生健康局负责负责）
    /// （二）落实补助资金。（县县财政局负责）
    /// ```
    /// ## Right
    /// ```text
    /// 林河县2023年重点工作任务
    /// 一、主要任务
    /// （一）推进医共体建设。（县卫生健康局负责）
    /// （二）落实补助资金。（县财政局负责）
    /// ```
    DOUBLED_WORD: DoubledWord, Some(check_doubled)
}

rule! {
    /// # 留有未填的占位符
    /// # a placeholder that nobody filled in
    ///
    /// ## 查什么
    /// 正文任务中残留的“XX”“××”“待定”“请填写”一类。
    /// ## What it finds
    /// XX, ××, 待定 and the like that remain in a task.
    /// ## 为什么
    /// 说明这一处起草时没有定下来。
    /// ## Why it matters
    /// Something was left to be decided when the draft was written.
    /// ## Wrong
    /// ```text
    /// 林河县2023年重点工作任务
    /// 一、主要任务
    /// （一）推进医共体建设，完成××家乡镇卫生院改造。（县卫生健康局负责）
    /// （二）落实补助资金。（县财政局负责）
    /// ```
    /// ## Right
    /// ```text
    /// 林河县2023年重点工作任务
    /// 一、主要任务
    /// （一）推进医共体建设，完成12家乡镇卫生院改造。（县卫生健康局负责）
    /// （二）落实补助资金。（县财政局负责）
    /// ```
    PLACEHOLDER: Placeholder, Some(check_placeholder)
}

fn check_doubled(notice: &Notice<'_>, findings: &mut Vec<Finding>) {
    let writing = &Notice::words().writing;
    let mut tell = |place: Span| {
        let printed = notice.text.slice(place);
        findings.push(
            Finding::new(Code::DoubledWord, place, format!("`{printed}` 重复"), format!("`{printed}` stands twice"))
                .with_hint("请删去一个", "take one out"),
        );
    };
    for &passage in &notice.passages {
        let chars = notice.folded(passage);
        let mut at = 0;
        while let Some(rest) = chars.get(at..).filter(|rest| !rest.is_empty()) {
            let word = longest(rest, &writing.once).filter(|word| {
                let length = word.chars().count();
                rest.get(length..).is_some_and(|behind| starts_with(behind, word))
            });
            match word {
                Some(word) if !writing.twice.iter().any(|twice| starts_with(rest, twice)) => {
                    let length = word.chars().count() * 2;
                    tell(Span::new(passage.start + at, passage.start + at + length));
                    at += length;
                }
                _ => match doubled(rest, &writing.overlapping) {
                    0 => at += 1,
                    length => {
                        tell(Span::new(passage.start + at, passage.start + at + length));
                        at += length;
                    }
                },
            }
        }
    }
    for party in notice.parties().filter(|party| !party.body.is_registered()) {
        let folded = notice.folded(party.party.span);
        if let [first, second, third, ..] = folded
            && first == second
            && matches!(first, '省' | '市' | '县' | '区' | '州')
            && !(matches!(first, '市') && matches!(third, '场' | '政' | '容' | '民' | '委' | '直' | '级'))
        {
            tell(Span::new(party.party.span.start, party.party.span.start + 2));
        }
    }
}

/// Length of two characters that stand twice in a row (法治法治); 0 where they do not, or where this is good Chinese.
fn doubled(chars: &[char], fine: &[String]) -> usize {
    let [first, second, third, fourth, ..] = chars else { return 0 };
    let han = |char: &char| ('\u{4e00}'..='\u{9fff}').contains(char) && !"一二三四五六七八九十百千万".contains(*char);
    let twice = first == third && second == fourth && first != second && han(first) && han(second);
    if twice && !fine.iter().any(|word| starts_with(chars, word)) { 4 } else { 0 }
}

fn check_placeholder(notice: &Notice<'_>, findings: &mut Vec<Finding>) {
    let placeholders = &Notice::words().writing.placeholders;
    let folded: Vec<String> = placeholders.iter().map(|word| crate::span::fold_str(word).into_owned()).collect();
    for task in notice.tasks().filter(|task| !task.inherited) {
        let chars = notice.folded(task.span);
        let mut at = 0;
        while let Some(rest) = chars.get(at..).filter(|rest| !rest.is_empty()) {
            let before = at.checked_sub(1).and_then(|before| chars.get(before));
            let Some(word) = longest(rest, &folded) else {
                at += 1;
                continue;
            };
            let length = word.chars().count();
            let run = rest.iter().take_while(|char| word.starts_with(**char)).count().max(length);
            let latin = before.is_some_and(char::is_ascii_alphanumeric)
                || rest.get(run).is_some_and(char::is_ascii_alphanumeric);
            if !latin {
                let place = Span::new(task.span.start + at, task.span.start + at + run);
                let printed = notice.text.slice(place);
                findings.push(
                    Finding::new(
                        Code::Placeholder,
                        place,
                        format!("`{printed}` 还没有填"),
                        format!("`{printed}` was to be filled in"),
                    )
                    .with_hint("请写明", "write what is meant"),
                );
            }
            at += run;
        }
    }
}
