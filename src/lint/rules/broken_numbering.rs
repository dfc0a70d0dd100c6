//! Numbers that are left out, or that stand twice.

use std::collections::BTreeMap;

use crate::diagnostic::{Code, Finding};
use crate::lint::notice::Notice;
use crate::lint::rule::rule;
use crate::numeral;
use crate::parse::label::{Label, Style};
use crate::parse::{Column, Node};
use crate::span::Span;

rule! {
    /// # 序号跳号或重号
    /// # a number is left out, or stands twice
    ///
    /// ## 查什么
    /// 同一级的序号不连续（一、二、四）或重复（三、三）。各章重新从一编起、或者全文连续编号，都是对的。
    /// 表格的序号栏也查。
    /// ## What it finds
    /// Items of one list whose numbers jump or repeat. Lists that begin anew in each section, and lists that run on
    /// through the whole document, are both well. The number column of a table is looked at too.
    /// ## 为什么
    /// 跳号让人怀疑漏了一条；重号使“第三条”指的是哪一条说不清，台账也会对错行。
    /// ## Why it matters
    /// After a jump readers look for the missing item; of two items with one number nobody knows which is meant.
    /// ## Wrong
    /// ```text
    /// 林河县2023年重点工作任务
    /// 一、主要任务
    /// （一）推进医共体建设。（县卫生健康局负责）
    /// （二）落实补助资金。（县财政局负责）
    /// （四）推行按病种付费。（县医保局负责）
    /// ```
    /// ## Right
    /// ```text
    /// 林河县2023年重点工作任务
    /// 一、主要任务
    /// （一）推进医共体建设。（县卫生健康局负责）
    /// （二）落实补助资金。（县财政局负责）
    /// 二、配套措施
    /// （三）推行按病种付费。（县医保局负责）
    /// （四）充实人员力量。（县人力资源社会保障局负责）
    /// 三、其他任务
    /// （一）做好困难群众救助。（县民政局负责）
    /// （二）完善村医养老政策。（县人力资源社会保障局负责）
    /// ```
    BROKEN_NUMBERING: BrokenNumbering, Some(check)
}

/// The greatest jump that is taken for one; beyond it the number means something else.
const JUMP: u64 = 3;

fn check(notice: &Notice<'_>, findings: &mut Vec<Finding>) {
    let mut last_of: BTreeMap<(Option<usize>, usize), (u64, Span)> = BTreeMap::new();
    let mut last_anywhere: BTreeMap<usize, u64> = BTreeMap::new();
    let mut styles: Vec<Style> = Vec::new();
    let mut repeated: Option<(Option<usize>, usize)> = None;
    for node in &notice.document.nodes {
        let Some(label) = &node.label else {
            // an annex begins its numbers anew
            last_of.clear();
            last_anywhere.clear();
            continue;
        };
        // 1.2: the numbers above are part of it and say the parent themselves
        if matches!(label.style, Style::Dotted(_)) || node.in_table {
            continue;
        }
        let style = styles.iter().position(|style| *style == label.style).unwrap_or_else(|| {
            styles.push(label.style);
            styles.len() - 1
        });
        let place = Span::new(node.span.start, node.span.start + label.length.min(node.span.len()));
        let before = last_of.insert((node.parent, style), (label.number, place));
        let doubled = std::mem::take(&mut repeated) == Some((node.parent, style));
        let anywhere = last_anywhere.insert(style, label.number);
        let Some((number, earlier)) = before else { continue };
        let runs_on =
            label.number == number + 1 || label.number == 1 || anywhere.is_some_and(|last| label.number == last + 1);
        // 5, 5, 7: the second 5 was to be 6, and nothing is missing
        let filled = doubled && label.number == number + 2;
        if !runs_on && !filled {
            let finding = judge(notice, node, label, number, earlier, place);
            if finding.is_some() && label.number == number {
                repeated = Some((node.parent, style));
            }
            findings.extend(finding);
        }
    }
    for table in &notice.document.tables {
        sequence(notice, table, findings);
    }
}

/// What a number that does not follow the one before it is.
fn judge(notice: &Notice<'_>, node: &Node, label: &Label, number: u64, earlier: Span, place: Span) -> Option<Finding> {
    let printed = notice.text.slice(notice.text.trim(place));
    let before = notice.text.slice(notice.text.trim(earlier));
    if label.number == number {
        // a heading that a page break repeats
        return (first_word(notice, earlier) != first_word(notice, place)).then(|| {
            Finding::new(
                Code::BrokenNumbering,
                place,
                format!("序号 `{printed}` 重复"),
                format!("the number `{printed}` stands twice"),
            )
            .with_related(earlier, "前一个", "the one before")
        });
    }
    let jumps = label.number > number + 1 && label.number - number <= JUMP;
    // a number that stands elsewhere in between was not told from the text: a matter of layout
    let between = Span::new(earlier.end, node.span.start);
    let hidden = (number + 1..label.number).any(|missing| is_printed(notice, between, label, missing));
    (jumps && !hidden).then(|| {
        Finding::new(
            Code::BrokenNumbering,
            place,
            format!("序号从 `{before}` 跳到 `{printed}`"),
            format!("the number jumps from `{before}` to `{printed}`"),
        )
        .with_related(earlier, "前一个", "the one before")
        .with_hint("请核对是否漏了一条", "see whether an item is missing")
    })
}

/// The first words behind a number, up to a blank or mark.
fn first_word(notice: &Notice<'_>, label: Span) -> String {
    let words = notice.folded(Span::new(label.end, label.end + 12));
    words.iter().take_while(|char| char.is_alphanumeric()).collect()
}

/// Whether a number is printed between two others.
fn is_printed(notice: &Notice<'_>, between: Span, label: &Label, number: u64) -> bool {
    let words = notice.folded_words(between);
    let han = numeral::write(number);
    match label.style {
        Style::Han => words.contains(&format!("{han}、")) || words.contains(&format!("{han}.")),
        Style::HanBracket => words.contains(&format!("({han})")),
        Style::Chapter | Style::Section | Style::Article => {
            words.contains(&format!("第{han}")) || words.contains(&format!("第{number}"))
        }
        Style::Arabic => [format!("{number}."), format!("{number}、")].iter().any(|mark| words.contains(mark.as_str())),
        Style::ArabicBracket => words.contains(&format!("({number})")),
        Style::ArabicHalfBracket => words.contains(&format!("{number})")),
        Style::Circled => u32::try_from(number)
            .ok()
            .and_then(|number| char::from_u32(u32::from('①') + number.saturating_sub(1)))
            .is_some_and(|mark| words.contains(mark)),
        Style::Dotted(_) => true,
    }
}

/// From how many jumps on the rows of a table are a selection.
const SELECTION: usize = 3;

/// The number column of a table.
fn sequence(notice: &Notice<'_>, table: &crate::parse::TaskTable, findings: &mut Vec<Finding>) {
    let Some(column) = table.columns_of(|column| column == Column::Sequence).next() else { return };
    let mut last: Option<(u64, Span)> = None;
    let mut found = Vec::new();
    let mut doubled = false;
    for &row in &table.rows {
        let Some(cell) = table.table.cell(row, column).filter(|cell| cell.row == row) else { continue };
        let place = notice.text.trim(cell.span);
        let Ok(number) = notice.folded_words(place).parse::<u64>() else { continue };
        if let Some((before, earlier)) = last {
            let filled = std::mem::take(&mut doubled) && number == before + 2;
            let jumps = number > before + 1 && number - before <= JUMP && !filled;
            doubled = number == before;
            let (zh, en) = if number == before {
                (format!("序号 {number} 重复"), format!("the number {number} stands twice"))
            } else {
                (format!("序号从 {before} 跳到 {number}"), format!("the number jumps from {before} to {number}"))
            };
            if number == before || jumps {
                found.push(Finding::new(Code::BrokenNumbering, place, zh, en).with_related(
                    earlier,
                    "前一个",
                    "the one before",
                ));
            }
        }
        last = Some((number, place));
    }
    // a selection of rows keeps the numbers of the whole
    if found.len() < SELECTION {
        findings.append(&mut found);
    }
}
