//! Tables that are laid out otherwise than row below row: the names of their columns below each other, or the table cut in
//! two and set side by side.

use super::column::{self, Column};
use crate::numeral;
use crate::read::{Cell, Table};
use crate::span::Text;

/// How many rows are looked at for a header.
const HEADER_WITHIN: usize = 10;

/// A table with the names of its columns in one row, and its rows below each other.
pub(super) fn upright(text: &Text, table: Table) -> Table {
    if let Some(cards) = cards(text, &table) {
        return cards;
    }
    if is_turned(text, &table) {
        return turned(&table);
    }
    match halves(text, &table) {
        Some((header, width)) => below_each_other(&table, header, width),
        None => table,
    }
}

/// The fewest names of a card.
const FEWEST_NAMES: usize = 3;

/// A table of cards, where every row holds names and their values side by side, as one with a row for each card:
/// 任务名称 | …, then 牵头单位 | 甲 | 配合单位 | 乙. A card begins with the name that the first one begins with.
fn cards(text: &Text, table: &Table) -> Option<Table> {
    let mut names: Vec<usize> = Vec::new();
    let mut cards: Vec<Vec<(usize, usize)>> = Vec::new();
    let words = |cell: usize| table.cells.get(cell).map(|cell| text.slice(cell.span).trim()).unwrap_or_default();
    // 任务一
    let is_number = |char: char| char.is_ascii_digit() || numeral::is_numeral(char);
    let bare = |cell: usize| words(cell).trim_end_matches(is_number);
    let (mut beside, mut key) = (false, None);
    for row in &table.rows {
        let mut cells: Vec<usize> = row.iter().copied().flatten().collect();
        cells.dedup();
        if !matches!(cells.len(), 2 | 4 | 6) {
            return None;
        }
        beside |= cells.len() > 2;
        for pair in cells.chunks(2) {
            let [name, value] = *pair else { return None };
            if words(name).is_empty() && words(value).is_empty() {
                continue;
            }
            column::kind(bare(name))?;
            if column::is_listed(words(value)) {
                return None;
            }
            let known = names.iter().position(|known| bare(*known) == bare(name));
            let at = known.unwrap_or(names.len());
            if known.is_none() {
                names.push(name);
            }
            if *key.get_or_insert(at) == at {
                cards.push(Vec::new());
            }
            cards.last_mut()?.push((at, value));
        }
    }
    let kinds: Vec<Option<Column>> = names.iter().map(|name| column::kind(bare(*name))).collect();
    let has = |test: fn(&Column) -> bool| kinds.iter().flatten().any(test);
    let is_card = (beside || cards.len() > 1)
        && names.len() >= FEWEST_NAMES
        && has(|column| matches!(column, Column::Party(_)))
        && has(|column| matches!(column, Column::Task | Column::Measure | Column::Theme));
    if !is_card {
        return None;
    }
    let mut out = Table { merges_known: true, ..Table::default() };
    let mut put = |row: usize, values: &[(usize, usize)]| {
        let mut slots = vec![None; names.len()];
        for &(column, from) in values {
            if let (Some(cell), Some(slot)) = (table.cells.get(from), slots.get_mut(column)) {
                out.cells.push(Cell { row, column, ..*cell });
                *slot = Some(out.cells.len() - 1);
            }
        }
        out.rows.push(slots);
    };
    put(0, &names.iter().copied().enumerate().collect::<Vec<_>>());
    for (row, card) in (1..).zip(&cards) {
        put(row, card);
    }
    Some(out)
}

/// Whether the first column holds names of columns, one of parties and one of tasks among them.
fn is_turned(text: &Text, table: &Table) -> bool {
    let rows = table.rows.len();
    if !(3..=HEADER_WITHIN).contains(&rows) || table.width() < 2 {
        return false;
    }
    let names = (0..rows).map(|row| table.text(text, row, 0)).filter(|name| !name.is_empty());
    let kinds: Vec<Option<Column>> = names.map(|name| column::kind(name).filter(|_| column::is_listed(name))).collect();
    let known = kinds.iter().flatten().count();
    let has = |test: fn(&Column) -> bool| kinds.iter().flatten().any(test);
    // a first row of names is a header like any other
    let header = (0..table.width()).all(|column| column::is_listed(table.text(text, 0, column)));
    known >= 3
        && known * 3 >= kinds.len() * 2
        && !header
        && has(|column| matches!(column, Column::Party(_)))
        && has(|column| matches!(column, Column::Task | Column::Measure | Column::Theme))
}

/// A table with its rows as columns.
fn turned(table: &Table) -> Table {
    let cells = table.cells.iter().map(|cell| Cell { row: cell.column, column: cell.row, ..*cell }).collect();
    let slot = |row: usize, column: usize| table.rows.get(row).and_then(|slots| slots.get(column).copied().flatten());
    let rows = (0..table.width()).map(|column| (0..table.rows.len()).map(|row| slot(row, column)).collect()).collect();
    Table { cells, rows, merges_known: table.merges_known }
}

/// The header row of a table that is set side by side, and how many columns each part has.
fn halves(text: &Text, table: &Table) -> Option<(usize, usize)> {
    (0..table.rows.len().min(HEADER_WITHIN)).find_map(|row| {
        let names: Vec<&str> = (0..table.width()).map(|column| table.text(text, row, column)).collect();
        column::header(names.iter().copied())?;
        let first = names.first().filter(|name| !name.is_empty())?;
        // an empty column may stand between the parts
        let width = names.iter().skip(1).position(|name| name == first)? + 1;
        let part = |part: &[&str]| -> Vec<String> {
            let filled = part.iter().filter(|name| !name.is_empty());
            filled.map(|name| (*name).to_owned()).collect()
        };
        let mut parts = names.chunks(width).map(part);
        let own = parts.next().filter(|own| own.len() >= 2)?;
        parts.all(|other| other == own).then_some((row, width))
    })
}

/// The parts of a table below each other, under the header of the first.
fn below_each_other(table: &Table, header: usize, width: usize) -> Table {
    let mut out = Table { cells: Vec::new(), rows: Vec::new(), merges_known: table.merges_known };
    let mut copies = vec![None; table.cells.len()];
    let parts = table.width().div_ceil(width);
    for part in 0..parts {
        let first = if part == 0 { 0 } else { header + 1 };
        for row in first..table.rows.len() {
            let at = out.rows.len();
            let mut slots = vec![None; width];
            for (column, slot) in slots.iter_mut().enumerate() {
                let from = table.rows.get(row).and_then(|slots| slots.get(part * width + column).copied().flatten());
                *slot = from.and_then(|from| {
                    let copy = copies.get_mut(from)?;
                    let cell = table.cells.get(from)?;
                    Some(*copy.get_or_insert_with(|| {
                        out.cells.push(Cell { row: at, column, ..*cell });
                        out.cells.len() - 1
                    }))
                });
            }
            out.rows.push(slots);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::{Block, read_bytes};

    fn upright_rows(words: &str) -> Vec<Vec<String>> {
        let source = read_bytes("a.csv", words.as_bytes()).unwrap();
        let Some(Block::Table(table)) = source.blocks.into_iter().next() else { panic!("no table") };
        let table = upright(&source.text, table);
        let row = |row| (0..table.width()).map(|column| table.text(&source.text, row, column).to_owned()).collect();
        (0..table.rows.len()).map(row).collect()
    }

    #[test]
    fn names_below_each_other_become_a_header() {
        let rows = upright_rows("序号,1,2\n重点任务,完善制度,健全机制\n责任单位,市民政局,市财政局\n");
        assert_eq!(
            rows,
            [["序号", "重点任务", "责任单位"], ["1", "完善制度", "市民政局"], ["2", "健全机制", "市财政局"]]
        );
    }

    #[test]
    fn parts_side_by_side_are_put_below_each_other() {
        let rows = upright_rows(
            "台账,,,,,,\n序号,任务,责任单位,,序号,任务,责任单位\n1,完善,市民政局,,3,推进,市教育局\n2,健全,市财政局,,,,\n",
        );
        let rows: Vec<[&str; 3]> = rows.iter().map(|row| [&*row[0], &*row[1], &*row[2]]).collect();
        assert_eq!(
            rows,
            [
                ["台账", "", ""],
                ["序号", "任务", "责任单位"],
                ["1", "完善", "市民政局"],
                ["2", "健全", "市财政局"],
                ["3", "推进", "市教育局"],
                ["", "", ""],
            ]
        );
    }

    #[test]
    fn cards_become_rows() {
        let card = |task: &str, body: &str| {
            format!("任务名称,{task},,\n牵头单位,{body},配合单位,市财政局\n完成时限,6月底前,责任人,张三\n")
        };
        let words = card("推进薪酬改革", "市人社局") + &card("建设医共体", "市卫健委");
        let source = read_bytes("a.csv", words.as_bytes()).unwrap();
        let Some(Block::Table(mut table)) = source.blocks.into_iter().next() else { panic!("no table") };
        // the name of the task goes over the rest of its row
        for row in [0, 3] {
            let slots = &mut table.rows[row];
            for column in [2, 3] {
                slots[column] = slots[1];
            }
        }
        let table = upright(&source.text, table);
        let row = |row| (0..table.width()).map(|column| table.text(&source.text, row, column)).collect::<Vec<_>>();
        assert_eq!(row(0), ["任务名称", "牵头单位", "配合单位", "完成时限", "责任人"]);
        assert_eq!(row(1), ["推进薪酬改革", "市人社局", "市财政局", "6月底前", "张三"]);
        assert_eq!(row(2)[..2], ["建设医共体", "市卫健委"]);
    }

    #[test]
    fn other_tables_stay_as_they_are() {
        let words = "序号,任务,责任单位\n1,完善制度,市民政局\n任务,健全机制,市财政局\n";
        assert_eq!(upright_rows(words)[1], ["1", "完善制度", "市民政局"]);
    }
}
