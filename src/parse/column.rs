//! Columns of task tables, known by their names.

use std::collections::HashMap;
use std::sync::LazyLock;

use crate::knowledge::Knowledge;
use crate::span::{fold, is_blank};

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Column {
    /// A running number.
    Sequence,
    /// The printed number of the task.
    Label,
    /// A heading above tasks.
    Theme,
    /// A task; a heading where a column of measures stands beside it.
    Task,
    /// What is to be done in detail.
    Measure,
    /// Parties.
    Party(PartyColumn),
    /// What one body does.
    Duty,
    /// The body of a duty list.
    Department,
    /// When something is due.
    Deadline,
    /// Quantities to be reached.
    Indicator,
    /// Documents that the task comes from.
    Source,
    /// How responsibility is stated, in ledgers.
    Mode,
    /// Whether the list of parties is open, in ledgers.
    Open,
    /// Anything else.
    Note,
}

/// What the name of a column says of the parties in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PartyColumn {
    /// 牵头单位
    Lead,
    /// 共同牵头单位
    CoLead,
    /// 责任单位
    Responsible,
    /// 配合单位
    Supporting,
}

static NAMES: LazyLock<HashMap<&'static str, Column>> = LazyLock::new(|| {
    let vocabulary = &Knowledge::shipped().vocabulary;
    let (columns, labels) = (&vocabulary.columns, &vocabulary.clause.labels);
    let lists: [(&[String], Column); 17] = [
        (&columns.sequence, Column::Sequence),
        (&columns.label, Column::Label),
        (&columns.theme, Column::Theme),
        (&columns.task, Column::Task),
        (&columns.measure, Column::Measure),
        (&columns.duty, Column::Duty),
        (&columns.department, Column::Department),
        (&columns.deadline, Column::Deadline),
        (&columns.indicator, Column::Indicator),
        (&columns.source, Column::Source),
        (&columns.mode, Column::Mode),
        (&columns.open, Column::Open),
        (&columns.note, Column::Note),
        (&labels.lead, Column::Party(PartyColumn::Lead)),
        (&labels.co_lead, Column::Party(PartyColumn::CoLead)),
        (&labels.responsible, Column::Party(PartyColumn::Responsible)),
        (&labels.supporting, Column::Party(PartyColumn::Supporting)),
    ];
    lists.into_iter().flat_map(|(words, column)| words.iter().map(move |word| (word.as_str(), column))).collect()
});

/// The column that a header cell names; blanks and a remark in brackets are ignored.
pub fn kind(name: &str) -> Option<Column> {
    let folded: String = name.chars().filter(|char| !is_blank(*char)).map(fold).collect();
    let plain = folded.trim_end_matches([':', '*']);
    NAMES.get(plain).copied().or_else(|| party_of_level(plain)).or_else(|| {
        let (before, remark) = plain.split_once('(')?;
        (remark.ends_with(')') && !before.is_empty()).then(|| NAMES.get(before).copied()).flatten()
    })
}

/// A column of parties at one level: 市级责任单位.
fn party_of_level(name: &str) -> Option<Column> {
    let at = name.char_indices().find(|(_, char)| *char == '级').map(|(at, char)| at + char.len_utf8())?;
    let column = NAMES.get(name.get(at..)?).copied()?;
    (at <= 9 && matches!(column, Column::Party(_))).then_some(column)
}

/// The columns of a header row, if it is one: at least two cells name columns, one of them parties or
/// duties, and every other cell that is not empty is short.
pub(super) fn header<'t>(cells: impl Iterator<Item = &'t str>) -> Option<Vec<Option<Column>>> {
    let mut columns = Vec::new();
    for cell in cells {
        let kind = kind(cell);
        if kind.is_none() && cell.chars().count() > 12 {
            return None;
        }
        columns.push(kind);
    }
    is_task_header(&columns).then_some(columns)
}

/// Reads header names that a scraper ran together on one line: 主要工作重点任务责任单位.
pub(super) fn run_together(line: &str) -> Option<Vec<Column>> {
    let chars: Vec<char> = line.chars().filter(|char| !is_blank(*char)).map(fold).collect();
    if !(4..=60).contains(&chars.len()) {
        return None;
    }
    // best[i]: the fewest names that cover the first i characters, and the length of the last of them
    let mut best: Vec<Option<(usize, usize)>> = vec![None; chars.len() + 1];
    if let Some(first) = best.first_mut() {
        *first = Some((0, 0));
    }
    for start in 0..chars.len() {
        let Some(&Some((count, _))) = best.get(start) else { continue };
        for end in start + 1..=chars.len().min(start + 14) {
            let name: String = chars.get(start..end)?.iter().collect();
            if NAMES.contains_key(name.as_str())
                && best.get(end)?.is_none_or(|(known, _)| count + 1 < known)
                && let Some(slot) = best.get_mut(end)
            {
                *slot = Some((count + 1, end - start));
            }
        }
    }
    let mut columns = Vec::new();
    let mut end = chars.len();
    while end > 0 {
        let (_, length) = (*best.get(end)?)?;
        let name: String = chars.get(end - length..end)?.iter().collect();
        columns.push(*NAMES.get(name.as_str())?);
        end -= length;
    }
    columns.reverse();
    is_task_header(&columns.iter().copied().map(Some).collect::<Vec<_>>()).then_some(columns)
}

fn is_task_header(columns: &[Option<Column>]) -> bool {
    let has = |test: fn(&Column) -> bool| columns.iter().flatten().any(test);
    let parties = has(|column| matches!(column, Column::Party(_)));
    let words = has(|column| matches!(column, Column::Task | Column::Measure | Column::Theme));
    let duties = has(|column| matches!(column, Column::Duty)) && has(|column| matches!(column, Column::Department));
    parties && words || duties || parties && has(|column| matches!(column, Column::Duty))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_read_with_blanks_and_remarks() {
        assert_eq!(kind(" 牵头\n单位 "), Some(Column::Party(PartyColumn::Lead)));
        assert_eq!(kind("完成时限（年）"), Some(Column::Deadline));
        assert_eq!(kind("市卫生健康委"), None);
        assert_eq!(kind("市级责任单位"), Some(Column::Party(PartyColumn::Responsible)));
    }

    #[test]
    fn headers_name_parties() {
        assert!(header(["序号", "重点任务", "牵头部门"].into_iter()).is_some());
        assert!(header(["序号", "姓名", "电话"].into_iter()).is_none());
        assert!(header(["部门", "政策制定重点领域", "对应的健康因素"].into_iter()).is_some());
    }

    #[test]
    fn names_that_were_run_together_are_told_apart() {
        assert_eq!(
            run_together("主要工作重点任务责任单位"),
            Some(vec![Column::Theme, Column::Task, Column::Party(PartyColumn::Responsible)])
        );
        assert_eq!(run_together("重点任务及分工见附件"), None);
    }
}
