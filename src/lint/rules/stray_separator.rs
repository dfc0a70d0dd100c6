//! Stops and commas too many, and names without a separator between them.

use crate::diagnostic::{Code, Finding};
use crate::extract::split_prefix;
use crate::knowledge::Knowledge;
use crate::lint::notice::{Notice, Party};
use crate::lint::rule::rule;
use crate::resolve::BodyKind;
use crate::span::{Span, fold_str};

rule! {
    /// # 标点重复或多余
    /// # a stop or comma too many
    ///
    /// ## 查什么
    /// “、、”“，，”“。。”“、，”“，。”，以及紧贴括号或在单位栏首尾的顿号逗号（“（、”“、）”）。
    /// ## What it finds
    /// Two separators in a row, and one right behind an opening or before a closing bracket, or at either end of a cell
    /// of bodies.
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
    findings.extend(at_ends_of_cells(notice));
    for &passage in &notice.passages {
        let chars = notice.folded(passage);
        let mut at = 0;
        while at < chars.len() {
            if !is(chars.get(at)) {
                at += 1;
                continue;
            }
            let rest = chars.get(at..).unwrap_or_default();
            let run = run(rest, &separators);
            let before = at.checked_sub(1).and_then(|before| chars.get(before)).copied();
            let after = chars.get(at + run).copied();
            let first = chars.get(at).copied().unwrap_or(' ');
            let second = rest.iter().copied().skip(1).find(|char| *char != ' ').unwrap_or(' ');
            let alike = rest.iter().take(run).all(|char| *char == first);
            // 。。。 stands for an ellipsis, "a:b" and "12:30" are no Chinese text
            let ellipsis = alike && run > 2 && first != '、';
            let doubled =
                run >= 2 && !ellipsis && (first, second) != (':', ':') && !is_latin(before) && !is_latin(after);
            let dangling = run == 1
                && (before == Some('(') && first != ':' || after == Some(')') && matches!(first, '、' | ',' | ';'));
            if doubled || dangling {
                let place = Span::new(passage.start + at, passage.start + at + run);
                let printed = notice.text.slice(place);
                findings.push(stray(place, printed));
            }
            at += run;
        }
    }
}

fn stray(place: Span, printed: &str) -> Finding {
    Finding::new(
        Code::StraySeparator,
        place,
        format!("`{printed}` 标点重复或多余"),
        format!("`{printed}`: one separator too many"),
    )
    .with_hint("请删去，或补上漏写的内容", "take it out, or put what is missing")
}

/// How many characters a run of separators has, a blank between two of them included.
fn run(chars: &[char], separators: &[char]) -> usize {
    let mut length = 0;
    loop {
        let blank = usize::from(length > 0 && chars.get(length) == Some(&' '));
        match chars.get(length + blank) {
            Some(char) if separators.contains(char) => length += blank + 1,
            _ => return length,
        }
    }
}

/// Separators at the beginning or the end of cells that list bodies.
fn at_ends_of_cells(notice: &Notice<'_>) -> Vec<Finding> {
    let mut found = Vec::new();
    for cell in notice.party_cells() {
        let is_stray = |place: Span| matches!(notice.folded(place), ['、' | ',' | ';']);
        let ends = [Span::new(cell.start, cell.start + 1), Span::new(cell.end.saturating_sub(1), cell.end)];
        let places = ends.into_iter().filter(|place| is_stray(*place));
        found.extend(places.map(|place| stray(place, notice.text.slice(place))));
    }
    found
}

fn is_latin(char: Option<char>) -> bool {
    char.is_some_and(|char| char.is_ascii_alphanumeric())
}

fn check_missing(notice: &Notice<'_>, findings: &mut Vec<Finding>) {
    findings.extend(touching(notice));
    for party in notice.parties() {
        if party.body.is_registered() || party.body.kind != BodyKind::Department {
            continue;
        }
        let printed = notice.text.slice(party.party.span);
        let Some((first, second)) = run_together(&fold_str(printed)) else { continue };
        let place = Span::new(party.party.span.start + first.chars().count(), party.party.span.end);
        findings.push(missing(place, &first, &second));
    }
}

fn missing(place: Span, first: &str, second: &str) -> Finding {
    Finding::new(
        Code::MissingSeparator,
        place,
        format!("`{first}` 与 `{second}` 之间没有顿号"),
        format!("no separator between `{first}` and `{second}`"),
    )
    .with_hint(format!("应为 `{first}、{second}`"), format!("`{first}、{second}` is meant"))
}

/// Bodies of one cell that were told apart although nothing stands between them.
fn touching(notice: &Notice<'_>) -> Vec<Finding> {
    // pages do not tell the line break between two names from a separator left out
    if notice.document.source.to_lowercase().ends_with(".pdf") {
        return Vec::new();
    }
    let parties: Vec<_> = notice.parties().collect();
    let touch = |pair: &&[Party<'_>]| match pair {
        [first, second] => first.task.seq == second.task.seq && first.party.span.end == second.party.span.start,
        _ => false,
    };
    let pairs = parties.windows(2).filter(touch);
    let found = pairs.filter_map(|pair| {
        let [first, second] = pair else { return None };
        let name = |party: &Party<'_>| notice.text.slice(party.party.span).to_owned();
        Some(missing(second.party.span, &name(first), &name(second)))
    });
    found.collect()
}

/// The two bodies of names that are run together: both known, and the second with a prefix of its own or both of a
/// kind that is no part of another.
fn run_together(name: &str) -> Option<(String, String)> {
    let bodies = &Knowledge::shipped().bodies;
    let known = |name: &str| bodies.knows(split_prefix(name).1) || bodies.knows(name);
    name.char_indices().skip(2).find_map(|(byte, _)| {
        let (first, second) = name.split_at_checked(byte)?;
        let prefixed = split_prefix(second).0.is_some() && split_prefix(first).0.is_some();
        let whole = first.ends_with(WHOLE) && second.ends_with(WHOLE);
        ((prefixed || whole) && known(first) && known(second)).then(|| (first.to_owned(), second.to_owned()))
    })
}

/// How bodies end that are no office of another: 市委办公室 has its 办公室, 市民政局 has no 财政局.
const WHOLE: [char; 2] = ['局', '厅'];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_run_together_are_told_apart() {
        assert_eq!(run_together("县财政局县医保局"), Some(("县财政局".into(), "县医保局".into())));
        assert_eq!(run_together("县财政局医保局"), Some(("县财政局".into(), "医保局".into())));
        assert_eq!(run_together("市人力资源和社会保障局"), None);
        assert_eq!(run_together("市市场监管局"), None);
    }
}
