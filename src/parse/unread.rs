//! Tables that name bodies and could not be read: what is not understood is said.

use super::column::{self, Column};
use super::fit::{self, Bodies};
use crate::diagnostic::{Code, Finding};
use crate::knowledge::Knowledge;
use crate::read::Table;
use crate::span::{Span, Text, is_blank};

/// How many rows are looked at.
const ROWS: usize = 200;
/// How long, in characters, the words of a column are on the average that say what is to be done.
const SHORTEST_TASK: usize = 8;
/// The longest line that may be a header, in characters.
const LONGEST_HEADER: usize = 160;
/// The longest name of a column, in characters.
const LONGEST_NAME: usize = 12;

/// What to say of a table that is none of tasks as far as its header tells: something, where its cells look otherwise.
pub(super) fn table(text: &Text, table: &Table) -> Option<Finding> {
    let (rows, width) = (table.rows.len().min(ROWS), table.width());
    if rows < 2 || width < 2 || is_contacts(text, table, rows, width) {
        return None;
    }
    let down = |column: usize| (0..rows).map(move |row| table.text(text, row, column));
    let across = |row: usize| (0..width).map(move |column| table.text(text, row, column));
    let tasks = |words: &mut dyn Iterator<Item = &str>| mean_length(words) >= SHORTEST_TASK;
    let bodies = (0..width).any(|column| {
        are_bodies(down(column).skip(1)) && (0..width).any(|other| other != column && tasks(&mut down(other).skip(1)))
    });
    // the bodies stand in the first row, marks below them
    let marked = || {
        let first = (0..rows.min(3)).find(|row| across(*row).filter(|words| is_body(words)).count() >= 3);
        first.is_some_and(|first| {
            let of_bodies = |column: &usize| is_body(table.text(text, first, *column));
            let below = (0..width).filter(of_bodies).flat_map(|column| down(column).skip(first + 1));
            let mut below = below.filter(|words| !words.is_empty()).peekable();
            below.peek().is_some() && below.all(|words| words.chars().count() <= 2)
        })
    };
    if !bodies && !marked() {
        return None;
    }
    let place = table.cells.iter().map(|cell| cell.span).reduce(Span::to).unwrap_or_default();
    Some(finding(place))
}

/// What to say of a line that was read as one of a text: something, where it is the header of a table.
pub(super) fn line(text: &Text, line: Span) -> Option<Finding> {
    let line = text.trim(line);
    if line.len() > LONGEST_HEADER {
        return None;
    }
    if !text.folded(line).iter().any(|char| matches!(char, '\t' | '|' | ' ')) {
        return None;
    }
    let words = text.slice(line);
    if !words.contains(['\t', '|']) && !words.contains("  ") && !words.contains('\u{3000}') {
        return None;
    }
    let is_end = |char: char| matches!(char, '|') || is_blank(char);
    let names: Vec<&str> = words.split(is_end).filter(|name| !name.is_empty()).collect();
    let short = names.iter().all(|name| name.chars().count() <= LONGEST_NAME && !name.contains(['。', '；', '：']));
    let party = |name: &&str| column::is_listed(name) && matches!(column::kind(name), Some(Column::Party(_)));
    let listed = names.iter().filter(|name| column::is_listed(name)).count();
    (names.len() >= 3 && short && listed * 3 >= names.len() * 2 && names.iter().any(party)).then(|| finding(line))
}

fn finding(place: Span) -> Finding {
    Finding::new(
        Code::UnreadTable,
        place,
        "这个表格写有单位，但列的含义不明，没有按任务表读取",
        "this table names bodies, but what its columns hold is not clear; it was not read as one of tasks",
    )
    .with_hint(
        "请给各列写上表头（如 `序号`、`工作任务`、`牵头单位`、`配合单位`、`完成时限`），或提供 DOCX、XLSX 版本",
        "name its columns (such as `序号`, `工作任务`, `牵头单位`, `配合单位`, `完成时限`), or give a DOCX or XLSX version",
    )
}

/// Whether a table says whom to call.
fn is_contacts(text: &Text, table: &Table, rows: usize, width: usize) -> bool {
    let contacts = &Knowledge::shipped().vocabulary.columns.parts.contact;
    (0..rows.min(3)).any(|row| {
        (0..width).any(|column| {
            let words = table.text(text, row, column);
            words.chars().count() <= LONGEST_NAME && contacts.iter().any(|word| words.contains(word.as_str()))
        })
    })
}

fn is_body(words: &str) -> bool {
    fit::bodies(words) == Bodies::Surely
}

/// Whether most cells that hold words hold bodies, and at least two do.
fn are_bodies<'t>(cells: impl Iterator<Item = &'t str>) -> bool {
    let filled: Vec<&str> = cells.filter(|words| !words.is_empty()).collect();
    let bodies = filled.iter().filter(|words| is_body(words)).count();
    bodies >= 2 && bodies * 3 >= filled.len() * 2
}

fn mean_length(cells: &mut dyn Iterator<Item = &str>) -> usize {
    let lengths: Vec<usize> = cells.map(|words| words.chars().count()).collect();
    lengths.iter().sum::<usize>() / lengths.len().max(1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::read_bytes;

    fn codes(name: &str, words: &str) -> Vec<Code> {
        let found = super::super::parse(read_bytes(name, words.as_bytes()).unwrap()).findings;
        found.into_iter().map(|finding| finding.code).filter(|code| *code == Code::UnreadTable).collect()
    }

    #[test]
    fn tables_that_name_bodies_in_columns_of_no_known_name_are_reported() {
        let rows = "1,完善养老服务体系建设制度。,市民政局\n2,健全医疗保障待遇清单制度。,市医保局、市财政局\n";
        assert_eq!(codes("a.csv", &format!("甲,乙,丙\n{rows}")), [Code::UnreadTable]);
        assert_eq!(codes("a.csv", &format!("序号,任务,责任单位\n{rows}")), []);
        assert_eq!(codes("a.csv", "姓名,单位,职务\n张某,市民政局,副局长\n李某,市财政局,四级调研员\n"), []);
    }

    #[test]
    fn tables_of_marks_are_reported() {
        let marks = "任务,市民政局,市财政局,市医保局\n完善制度,▲,√,\n健全机制,√,,▲\n";
        assert_eq!(codes("a.csv", marks), [Code::UnreadTable]);
    }

    #[test]
    fn headers_of_tables_whose_rows_are_not_found_are_reported() {
        assert_eq!(codes("a.txt", "通知\n序号  任务  责任单位\n（略）\n"), [Code::UnreadTable]);
        assert_eq!(codes("a.txt", "通知\n各责任单位  要抓好落实。\n"), []);
    }
}
