//! Stops and commas too many, and names without a separator between them.

use crate::diagnostic::{Code, Finding};
use crate::extract::split_prefix;
use crate::knowledge::Knowledge;
use crate::lint::notice::Notice;
use crate::lint::rule::rule;
use crate::resolve::BodyKind;
use crate::span::{Span, fold_str};

rule! {
    /// # 标点重复或多余
    /// # a stop or comma too many
    ///
    /// ## 查什么
    /// “、、”“，，”“。。”“、，”“，。”，以及紧贴括号的顿号逗号（“（、”“、）”）。
    /// ## What it finds
    /// Two separators in a row, and one right behind an opening or before a closing bracket.
    /// ## 为什么
    /// 顿号之间往往漏了一家单位；多余的标点也有损文件的严肃。
    /// ## Why it matters
    /// Between two separators a body is often missing.
    /// ## Wrong
    /// ```text
    /// 林河县2023年重点工作任务
    /// 一、主要任务
    /// （一）推进医共体建设。（县卫生健康局、、县医保局按职责分工负责）
    /// （二）落实补助资金。（县财政局负责）
    /// ```
    /// ## Right
    /// ```text
    /// 林河县2023年重点工作任务
    /// 一、主要任务
    /// （一）推进医共体建设。（县卫生健康局、县医保局按职责分工负责）
    /// （二）落实补助资金……（县财政局负责）
    /// ```
    STRAY_SEPARATOR: StraySeparator, Some(check_stray)
}

rule! {
    /// # 单位之间漏了顿号
    /// # two names without a separator between them
    ///
    /// ## 查什么
    /// 两家单位的名称连写在一起，如“市财政局市民政局”。
    /// ## What it finds
    /// Two bodies whose names are run together.
    /// ## 为什么
    /// 连写会被当成一家单位，两家都找不到自己的任务。
    /// ## Why it matters
    /// They are taken for one body, and neither finds its task.
    /// ## Wrong
    /// ```text
    /// 林河县2023年重点工作任务
    /// 一、主要任务
    /// （一）推进医共体建设。（县卫生健康局县医保局负责）
    /// （二）落实补助资金。（县财政局负责）
    /// ```
    /// ## Right
    /// ```text
    /// 林河县2023年重点工作任务
    /// 一、主要任务
    /// （一）推进医共体建设。（县卫生健康局、县医保局按职责分工负责）
    /// （二）落实补助资金。（县财政局负责）
    /// ```
    MISSING_SEPARATOR: MissingSeparator, Some(check_missing)
}

fn check_stray(notice: &Notice<'_>, findings: &mut Vec<Finding>) {
    let separators: Vec<char> =
        Notice::words().writing.separators.iter().filter_map(|word| word.chars().next()).collect();
    let is = |char: Option<&char>| char.is_some_and(|char| separators.contains(char));
    for &passage in &notice.passages {
        let chars = notice.folded(passage);
        let mut at = 0;
        while at < chars.len() {
            if !is(chars.get(at)) {
                at += 1;
                continue;
            }
            let run = chars.iter().skip(at).take_while(|char| separators.contains(char)).count();
            let before = at.checked_sub(1).and_then(|before| chars.get(before)).copied();
            let after = chars.get(at + run).copied();
            let first = chars.get(at).copied().unwrap_or(' ');
            let second = chars.get(at + 1).copied().unwrap_or(' ');
            // 。。。 stands for an ellipsis, "a:b" and "12:30" are no Chinese text
            let doubled = run == 2 && !matches!((first, second), (':', ':')) && !is_latin(before) && !is_latin(after);
            let dangling =
                run == 1 && (before == Some('(') && first != ':' || after == Some(')') && matches!(first, '、' | ','));
            if doubled || dangling {
                let place = Span::new(passage.start + at, passage.start + at + run);
                let printed = notice.text.slice(place);
                findings.push(
                    Finding::new(
                        Code::StraySeparator,
                        place,
                        format!("`{printed}` 标点重复或多余"),
                        format!("`{printed}`: one separator too many"),
                    )
                    .with_hint("请删去，或补上漏写的内容", "take it out, or put what is missing"),
                );
            }
            at += run;
        }
    }
}

fn is_latin(char: Option<char>) -> bool {
    char.is_some_and(|char| char.is_ascii_alphanumeric())
}

fn check_missing(notice: &Notice<'_>, findings: &mut Vec<Finding>) {
    for party in notice.parties() {
        if party.body.is_registered() || party.body.kind != BodyKind::Department {
            continue;
        }
        let printed = notice.text.slice(party.party.span);
        let Some((first, second)) = run_together(&fold_str(printed)) else { continue };
        let place = Span::new(party.party.span.start + first.chars().count(), party.party.span.end);
        findings.push(
            Finding::new(
                Code::MissingSeparator,
                place,
                format!("`{first}` 与 `{second}` 之间没有顿号"),
                format!("no separator between `{first}` and `{second}`"),
            )
            .with_hint(format!("应为 `{first}、{second}`"), format!("`{first}、{second}` is meant")),
        );
    }
}

/// The two bodies of names that are run together: both known, and the second with a prefix of its own.
fn run_together(name: &str) -> Option<(String, String)> {
    let bodies = &Knowledge::shipped().bodies;
    let known = |name: &str| bodies.knows(split_prefix(name).1) || bodies.knows(name);
    name.char_indices().skip(2).find_map(|(byte, _)| {
        let (first, second) = name.split_at_checked(byte)?;
        let prefixed = split_prefix(second).0.is_some() && split_prefix(first).0.is_some();
        (prefixed && known(first) && known(second)).then(|| (first.to_owned(), second.to_owned()))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_run_together_are_told_apart() {
        assert_eq!(run_together("县财政局县医保局"), Some(("县财政局".into(), "县医保局".into())));
        assert_eq!(run_together("市人力资源和社会保障局"), None);
        assert_eq!(run_together("市市场监管局"), None);
    }
}
