//! Brackets and quotation marks without their partner.

use crate::diagnostic::{Code, Finding};
use crate::lint::notice::Notice;
use crate::lint::rule::rule;
use crate::span::{Span, fold};

rule! {
    /// # 括号、书名号、引号不成对
    /// # a bracket or quotation mark without its partner
    ///
    /// ## 查什么
    /// （）〔〕《》“”少了一半。全角半角混用不算。
    /// ## What it finds
    /// An opening mark that nothing closes, or a closing one that nothing opened. A full-width bracket closed by a
    /// half-width one is no finding.
    /// ## 为什么
    /// 责任条款的括号不闭合，后面的文字会被当成责任单位；文件名没有闭合，引用就断了。
    /// ## Why it matters
    /// Where the bracket of a clause stays open, what follows is read as parties; an open title breaks the citation.
    /// ## Wrong
    /// ```text
    /// 林河县2023年重点工作任务
    /// 一、主要任务
    /// （一）推进医共体建设。（县卫生健康局负责
    /// （二）落实《医共体建设实施方案要求，安排补助资金。（县财政局负责）
    /// ```
    /// ## Right
    /// ```text
    /// 林河县2023年重点工作任务
    /// 一、主要任务
    /// （一）推进医共体建设。(县卫生健康局负责）
    /// （二）落实《医共体建设实施方案》要求，安排补助资金。（县财政局负责）
    /// 1）做好宣传引导。（县卫生健康局负责）
    /// ```
    UNPAIRED_MARK: UnpairedMark, Some(check)
}

/// Marks and their partners, brackets folded into one kind.
const PAIRS: [(char, char); 3] = [('(', ')'), ('《', '》'), ('“', '”')];

fn check(notice: &Notice<'_>, findings: &mut Vec<Finding>) {
    let unpaired: Vec<(Span, Vec<(usize, char)>)> =
        notice.passages.iter().map(|&passage| (passage, unpaired(notice, passage))).collect();
    for (index, (passage, marks)) in unpaired.iter().enumerate() {
        // a sentence broken over two paragraphs or cells closes in the next
        let next = index.checked_add(1).and_then(|next| unpaired.get(next)).map(|(_, marks)| marks.as_slice());
        let previous =
            index.checked_sub(1).and_then(|previous| unpaired.get(previous)).map(|(_, marks)| marks.as_slice());
        for &(at, mark) in marks {
            let opens = PAIRS.iter().any(|(open, _)| *open == mark);
            let partner = PAIRS.iter().find_map(|(open, close)| {
                if *open == mark {
                    Some(*close)
                } else if *close == mark {
                    Some(*open)
                } else {
                    None
                }
            });
            let beside = if opens { next } else { previous };
            if beside.is_some_and(|marks| marks.iter().any(|(_, other)| Some(*other) == partner)) {
                continue;
            }
            let place = Span::new(passage.start + at, passage.start + at + 1);
            let printed = notice.text.slice(place);
            let (zh, en) = if opens {
                ("没有闭合", "is not closed")
            } else {
                ("前面没有与它配对的", "closes nothing")
            };
            findings.push(
                Finding::new(Code::UnpairedMark, place, format!("`{printed}` {zh}"), format!("`{printed}` {en}"))
                    .with_hint("请补上另一半，或删去", "add its partner, or take it out"),
            );
        }
    }
}

/// The marks of a passage that have no partner in it.
fn unpaired(notice: &Notice<'_>, passage: Span) -> Vec<(usize, char)> {
    let words = notice.text.slice(passage);
    // quotation marks all alike tell nothing of pairs
    let plain = words.contains('"');
    let mut found = Vec::new();
    for (open, close) in PAIRS {
        if open == '“' && plain {
            continue;
        }
        let mut stack: Vec<usize> = Vec::new();
        let mut label = true;
        for (at, char) in words.chars().enumerate() {
            let folded = if open == '(' && !matches!(char, '【' | '】' | '〖' | '〗') { fold(char) } else { char };
            if folded == open {
                stack.push(at);
            } else if folded == close && stack.pop().is_none() && !(label && close == ')') {
                found.push((at, close));
            }
            // 1) and a) number an item
            label = label && char.is_alphanumeric() && at < LABEL || fold(char) == ';' || fold(char) == '。';
        }
        found.extend(stack.into_iter().map(|at| (at, open)));
    }
    // enumerations within a sentence: 包括1)…2)…
    let chars: Vec<char> = words.chars().collect();
    found.retain(|(at, mark)| {
        let numbered = at.checked_sub(1).and_then(|before| chars.get(before)).is_some_and(char::is_ascii_alphanumeric);
        !(*mark == ')' && numbered)
    });
    found.sort_unstable();
    found
}

/// How many characters a number before a half bracket may have.
const LABEL: usize = 4;
