//! Columns of task tables, known by their names.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use crate::knowledge::{CharSet, ColumnParts, Knowledge, WordTable};
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
    /// When something begins.
    Start,
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

static NAMES: LazyLock<FxHashMap<&'static str, Column>> = LazyLock::new(|| listed_names().collect());

/// All names of the lists.
fn listed_names() -> impl Iterator<Item = (&'static str, Column)> {
    let vocabulary = &Knowledge::shipped().vocabulary;
    let (columns, labels) = (&vocabulary.columns, &vocabulary.clause.labels);
    let lists: [(&'static [String], Column); 18] = [
        (&columns.sequence, Column::Sequence),
        (&columns.label, Column::Label),
        (&columns.theme, Column::Theme),
        (&columns.task, Column::Task),
        (&columns.measure, Column::Measure),
        (&columns.duty, Column::Duty),
        (&columns.department, Column::Department),
        (&columns.deadline, Column::Deadline),
        (&columns.start, Column::Start),
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
    lists.into_iter().flat_map(|(words, column)| words.iter().map(move |word| (word.as_str(), column)))
}

/// The column that a header cell names; blanks and a remark in brackets are ignored.
pub fn kind(name: &str) -> Option<Column> {
    let plain = plain(name);
    listed(&plain).or_else(|| built(&plain))
}

/// The name of a column as the lists have it.
fn plain(name: &str) -> String {
    let folded: String = name.chars().filter(|char| !is_blank(*char)).map(fold).collect();
    folded.trim_end_matches([':', '*']).to_owned()
}

/// Whether the lists hold a name, so that it can hardly be the content of a cell.
pub(super) fn is_listed(name: &str) -> bool {
    /// The characters that listed names begin with.
    static FIRSTS: LazyLock<CharSet> =
        LazyLock::new(|| listed_names().filter_map(|(name, _)| name.chars().next()).collect());
    let mut chars = name.chars().filter(|char| !is_blank(*char)).map(fold).take(LONGEST_LEVEL);
    // most cells begin with a character that no name of a column begins with
    let may_be = chars.next().is_some_and(|first| FIRSTS.contains(first)) || chars.any(|char| char == '级');
    may_be && listed(&plain(name)).is_some()
}

/// Whether words between blanks are a name of their own, not the first half of one: 牵头  领导.
pub(super) fn is_own_name(name: &str) -> bool {
    let plain = plain(name);
    listed(&plain).is_some_and(|column| column == Column::Sequence || plain.chars().count() > 2)
}

fn listed(plain: &str) -> Option<Column> {
    NAMES.get(plain).copied().or_else(|| party_of_level(plain)).or_else(|| {
        let (before, remark) = plain.split_once('(')?;
        (remark.ends_with(')') && !before.is_empty()).then(|| NAMES.get(before).copied()).flatten()
    })
}

/// The longest name that is understood by its parts, in characters.
const LONGEST_BUILT: usize = 16;

/// The longest name of a column that tells how far things have come, in characters.
const LONGEST_PROGRESS: usize = 20;

/// The column that a name means by its parts: 2024年市直配合责任单位.
fn built(plain: &str) -> Option<Column> {
    let parts = &Knowledge::shipped().vocabulary.columns.parts;
    let without_year =
        plain.trim_start_matches(|char: char| char.is_ascii_digit() || matches!(char, '年' | '度' | '-'));
    let outside = without_year.split('(').next().unwrap_or_default();
    let (name, inside) = if outside.is_empty() { (without_year, "") } else { (outside, without_year) };
    let begins = |words: &[String]| words.iter().any(|word| name.starts_with(word.as_str()));
    let holds = |words: &[String]| words.iter().any(|word| name.contains(word.as_str()));
    let ends = |words: &[String]| words.iter().any(|word| name.ends_with(word.as_str()));
    // 执行措施、工作进展、取得成效
    if holds(&parts.progress) && name.contains('、') && name.chars().count() <= LONGEST_PROGRESS {
        return (!name.contains(['。', ',', ';', '《'])).then_some(Column::Note);
    }
    if !(2..=LONGEST_BUILT).contains(&name.chars().count())
        || name.contains(['、', '。', ',', ';', '《'])
        || begins(&parts.never)
    {
        return None;
    }
    if let Some(column) = NAMES.get(name).copied() {
        return Some(column);
    }
    if holds(&parts.progress) {
        return Some(Column::Note);
    }
    if parts.period.iter().any(|word| name.starts_with(word.as_str())) {
        return Some(Column::Note);
    }
    let body = holds(&parts.body);
    if holds(&parts.person) && !body {
        return Some(Column::Note);
    }
    if body {
        return party(name, inside, parts);
    }
    let shorter =
        parts.before.iter().filter_map(|word| name.strip_prefix(word.as_str())).find_map(|rest| NAMES.get(rest));
    if let Some(column) = shorter {
        return Some(*column);
    }
    // 建设内容及目标 is what is to be done
    if parts.both.iter().any(|(what, goal)| name.contains(what.as_str()) && name.ends_with(goal.as_str())) {
        return Some(Column::Task);
    }
    let by_end = [
        (&parts.note, Column::Note),
        (&parts.deadline, Column::Deadline),
        (&parts.source, Column::Source),
        (&parts.indicator, Column::Indicator),
        (&parts.measure, Column::Measure),
        (&parts.task, Column::Task),
        (&parts.theme, Column::Theme),
    ];
    by_end.into_iter().find(|(words, _)| ends(words)).map(|(_, column)| column)
}

/// What a column of bodies says of them. One for leads and others alike says no more than that they are responsible.
fn party(name: &str, whole: &str, parts: &ColumnParts) -> Option<Column> {
    let holds = |words: &[String]| words.iter().any(|word| name.contains(word.as_str()));
    let remark = |words: &[String]| words.iter().any(|word| whole.contains(word.as_str()));
    let together = NAMES.get(name).copied();
    if together.is_some() {
        return together;
    }
    if holds(&parts.other) {
        return Some(Column::Note);
    }
    let (lead, supporting) = (holds(&parts.lead), holds(&parts.supporting));
    let mixed = lead && (supporting || remark(&parts.supporting));
    Some(Column::Party(match (lead, supporting) {
        _ if mixed => PartyColumn::Responsible,
        (true, _) if name.contains("共同") => PartyColumn::CoLead,
        (true, _) => PartyColumn::Lead,
        (_, true) => PartyColumn::Supporting,
        _ if holds(&parts.responsible) => PartyColumn::Responsible,
        _ => return None,
    }))
}

/// Whether the words of a cell stand for the cell above.
pub(super) fn is_ditto(words: &str) -> bool {
    Knowledge::shipped().vocabulary.columns.parts.ditto.iter().any(|ditto| ditto == words)
}

/// The longest level before the name of a column, in bytes: 市直级.
const LONGEST_LEVEL: usize = 9;

/// A column of parties at one level: 市级责任单位.
fn party_of_level(name: &str) -> Option<Column> {
    let at = name.char_indices().find(|(_, char)| *char == '级').map(|(at, char)| at + char.len_utf8())?;
    let column = NAMES.get(name.get(at..)?).copied()?;
    (at <= LONGEST_LEVEL && matches!(column, Column::Party(_))).then_some(column)
}

/// The columns of a header row, if it is one: at least two cells name columns, one of them parties or
/// duties, and every other cell that is not empty is short.
pub(super) fn header<'t>(cells: impl Iterator<Item = &'t str>) -> Option<Vec<Option<Column>>> {
    let (mut columns, mut seconds, mut units, mut leads) = (Vec::new(), Vec::new(), Vec::new(), false);
    let mut measured: Option<usize> = None;
    for cell in cells {
        let kind = kind(cell).or_else(|| is_year(cell).then_some(Column::Indicator));
        if kind.is_none() && cell.chars().count() > 12 {
            return None;
        }
        if kind == Some(Column::Party(PartyColumn::Lead)) {
            let (first, second) = ranks(cell);
            leads |= first;
            if second && !first {
                seconds.push(columns.len());
            }
        }
        if kind == Some(Column::Department) && is_unit(cell) {
            units.push(columns.len());
        }
        if kind == Some(Column::Indicator) && names_indicators(cell) {
            measured.get_or_insert(columns.len());
        }
        columns.push(kind);
    }
    for column in seconds.into_iter().filter(|_| leads) {
        if let Some(column) = columns.get_mut(column) {
            *column = Some(Column::Party(PartyColumn::Responsible));
        }
    }
    // 单位 beside 2025年 and 责任单位 is that of the figures
    let parties = columns.iter().any(|column| matches!(column, Some(Column::Party(_))));
    let has = |columns: &[Option<Column>], kind: Column| columns.contains(&Some(kind));
    if parties && has(&columns, Column::Indicator) {
        for column in units {
            if let Some(column) = columns.get_mut(column) {
                *column = Some(Column::Note);
            }
        }
    } else if !parties && units.is_empty() && has(&columns, Column::Deadline) && has(&columns, Column::Task) {
        // 部门 | 任务 | 时限
        for column in columns.iter_mut().filter(|column| **column == Some(Column::Department)) {
            *column = Some(Column::Party(PartyColumn::Responsible));
        }
    }
    // 指标 | 2025年 | 牵头单位: what is measured is what is to be done
    let is_what =
        |column: &Option<Column>| matches!(column, Some(Column::Task | Column::Measure | Column::Theme | Column::Duty));
    let figures = columns.iter().filter(|column| **column == Some(Column::Indicator)).count();
    if parties
        && figures > 1
        && !columns.iter().any(is_what)
        && let Some(column) = measured.and_then(|column| columns.get_mut(column))
    {
        *column = Some(Column::Task);
    }
    is_task_header(&columns).then_some(columns)
}

/// The columns of a header row that names none for bodies: a number, what is to be done, and something else.
pub(super) fn plain_header<'t>(cells: impl Iterator<Item = &'t str>) -> Option<Vec<Option<Column>>> {
    let cells: Vec<&str> = cells.collect();
    let columns: Vec<Option<Column>> = cells.iter().map(|cell| kind(cell)).collect();
    let short = cells.iter().all(|cell| cell.chars().count() <= LONGEST_PLAIN);
    let has = |test: fn(&Column) -> bool| columns.iter().flatten().any(test);
    let fits = short
        && columns.iter().flatten().count() >= FEWEST_PLAIN
        && has(|column| matches!(column, Column::Task | Column::Measure))
        && has(|column| matches!(column, Column::Sequence | Column::Label))
        && !has(|column| matches!(column, Column::Party(_) | Column::Department | Column::Duty));
    fits.then_some(columns)
}

/// The longest name of a column in characters, and the fewest that a header without bodies has.
const LONGEST_PLAIN: usize = 14;
const FEWEST_PLAIN: usize = 3;

/// Whether a column is called one of the names of indicators: 指标, 主要指标, 指标名称.
pub(super) fn names_indicators(name: &str) -> bool {
    let name = plain(name);
    name.ends_with("指标") || name.contains("指标名称") || name.contains("指标内容")
}

/// Whether the name of a column is a year and nothing else: 2025年.
fn is_year(name: &str) -> bool {
    let plain: Vec<char> = name.chars().filter(|char| !is_blank(*char)).map(fold).collect();
    matches!(plain.as_slice(), [year @ .., '年'] if year.len() == 4 && year.iter().all(char::is_ascii_digit))
}

/// Whether a column may name the units of figures: 单位.
fn is_unit(name: &str) -> bool {
    Knowledge::shipped().vocabulary.quantities.columns.unit.contains(&plain(name))
}

/// Whether a column of leads is called 牵头, and whether it is one of those who are responsible beside such a column:
/// 主责单位.
fn ranks(name: &str) -> (bool, bool) {
    let plain = plain(name);
    let parts = &Knowledge::shipped().vocabulary.columns.parts;
    let holds = |words: &[String]| words.iter().any(|word| plain.contains(word.as_str()));
    (holds(&parts.first), holds(&parts.second))
}

/// The columns of a header row that calls nothing a task: the lists name one for parties, and none for calling them up.
pub(super) fn parties(cells: &[&str]) -> Option<Vec<Option<Column>>> {
    let contacts = &Knowledge::shipped().vocabulary.columns.parts.contact;
    let named = cells.iter().filter(|cell| !cell.is_empty()).count();
    let fits = named >= 3
        && cells
            .iter()
            .all(|cell| cell.chars().count() <= 12 && !contacts.iter().any(|word| cell.contains(word.as_str())))
        && cells.iter().any(|cell| is_listed(cell) && matches!(kind(cell), Some(Column::Party(_))));
    fits.then(|| cells.iter().map(|cell| kind(cell)).collect())
}

/// The longest name that is looked for among others on one line, in characters.
const LONGEST_OF_LINE: usize = 14;

/// The names to be found at a place of a line.
static ON_LINE: LazyLock<WordTable<Column>> = LazyLock::new(|| {
    let short = |(name, _): &(&str, Column)| name.chars().count() <= LONGEST_OF_LINE;
    let mut names: Vec<(&str, Column)> = listed_names().filter(short).collect();
    // a name that two lists hold means what the later one says
    names.reverse();
    WordTable::new(names)
});

/// Reads header names that a scraper ran together on one line: 主要工作重点任务责任单位.
pub(super) fn run_together(line: &[char]) -> Option<Vec<Column>> {
    // most lines begin with no name
    let first = line.iter().find(|char| !is_blank(**char))?;
    if !ON_LINE.firsts().contains(*first) {
        return None;
    }
    let chars: Vec<char> = line.iter().copied().filter(|char| !is_blank(*char)).take(61).collect();
    if !(4..=60).contains(&chars.len()) {
        return None;
    }
    // best[i]: the fewest names that cover the first i characters, and the last of them with its length
    let mut best: Vec<Option<(usize, usize, Column)>> = vec![None; chars.len() + 1];
    for start in 0..chars.len() {
        let count = match best.get(start) {
            Some(Some((count, ..))) => *count,
            _ if start == 0 => 0,
            _ => continue,
        };
        for (length, column) in ON_LINE.all_at(&chars, start) {
            if let Some(slot) = best.get_mut(start + length)
                && slot.is_none_or(|(known, ..)| count + 1 < known)
            {
                *slot = Some((count + 1, length, *column));
            }
        }
    }
    let mut columns = Vec::new();
    let mut end = chars.len();
    while end > 0 {
        let (_, length, column) = (*best.get(end)?)?;
        columns.push(column);
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
    fn names_that_no_list_holds_are_read_by_their_parts() {
        use Column::{Deadline, Indicator, Measure, Note, Source, Task, Theme};
        let party = Column::Party;
        for (name, expected) in [
            ("2023年重点工作任务", Task),
            ("目标与任务", Task),
            ("分 管 县领导", Note),
            ("区政府分管领导", Note),
            ("主体 责任单位", party(PartyColumn::Responsible)),
            ("县直配合责任单位", party(PartyColumn::Supporting)),
            ("市级牵头部门（单位）", party(PartyColumn::Lead)),
            ("牵头单位及配合单位", party(PartyColumn::Responsible)),
            ("责任单位及责任人", party(PartyColumn::Responsible)),
            ("主管部门", party(PartyColumn::Lead)),
            ("2024年10-12月份进展情况", Note),
            ("一季度", Note),
            ("采取措施、工作进展、取得成效", Note),
            ("后续举措", Note),
            ("督办单位", Note),
            ("整改时限", Deadline),
            ("整改措施", Measure),
            ("整改目标", Indicator),
            ("问题类型", Theme),
            ("交办来源", Source),
        ] {
            assert_eq!(kind(name), Some(expected), "{name}");
        }
        for name in ["各责任单位", "有关部门和单位", "市财政局", "2024年底前", "健全制度、完善措施"]
        {
            assert_eq!(kind(name), None, "{name}");
        }
    }

    #[test]
    fn headers_name_parties() {
        assert!(header(["序号", "重点任务", "牵头部门"].into_iter()).is_some());
        assert!(header(["序号", "姓名", "电话"].into_iter()).is_none());
        assert!(header(["部门", "主要职责", "相关因素"].into_iter()).is_some());
    }

    #[test]
    fn beside_leads_those_in_charge_are_responsible() {
        let party = |role| Some(Column::Party(role));
        let columns = header(["工作措施", "牵头部门", "主责单位", "协办单位"].into_iter()).unwrap();
        assert_eq!(
            columns[1..],
            [party(PartyColumn::Lead), party(PartyColumn::Responsible), party(PartyColumn::Supporting)]
        );
        let alone = header(["工作措施", "主责单位", "协办单位"].into_iter()).unwrap();
        assert_eq!(alone[1], party(PartyColumn::Lead));
    }

    #[test]
    fn columns_of_years_hold_figures_in_units() {
        let names = ["序号", "指标名称", "单位", "2022年", "2025年", "牵头单位", "责任单位"];
        let columns = header(names.into_iter()).unwrap();
        assert_eq!(columns[2..5], [Some(Column::Note), Some(Column::Indicator), Some(Column::Indicator)]);
    }

    #[test]
    fn names_that_were_run_together_are_told_apart() {
        let read = |line: &str| run_together(&line.chars().collect::<Vec<char>>());
        assert_eq!(
            read("主要工作重点任务责任单位"),
            Some(vec![Column::Theme, Column::Task, Column::Party(PartyColumn::Responsible)])
        );
        assert_eq!(read("重点任务及分工见附件"), None);
    }
}
