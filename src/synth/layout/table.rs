//! Tasks as rows of a table.

use super::super::clause::Role;
use super::super::draft::{Draft, Ground, Task};
use super::super::style::Format;
use super::super::words::{Column, Columns};
use super::{Block, Cell, Page, Stand};
use crate::numeral;

/// The table, with a row over all columns before each section where no column names it.
pub(super) fn tasks(ground: &Ground, draft: &Draft, page: &mut Page) {
    let Some(columns) = ground.words.tables.table.get(draft.columns) else { return };
    let has_theme = columns.kinds.contains(&Column::Theme);
    let mut rows: Vec<Vec<Cell>> = vec![columns.heads.iter().map(|head| Cell::one(head.as_str())).collect()];
    for (index, section) in draft.sections.iter().enumerate() {
        if !has_theme && draft.format != Format::Csv {
            let number = numeral::write(u64::try_from(index + 1).unwrap_or(0));
            let mut row = vec![Cell::Covered; columns.kinds.len()];
            if let Some(first) = row.first_mut() {
                *first = Cell::Words(format!("{number}、{}", section.heading), 1, columns.kinds.len());
            }
            rows.push(row);
        }
        let first = rows.len();
        for at in section.tasks.clone() {
            let Some(task) = draft.tasks.get(at) else { continue };
            let cell = |kind: &Column| words(*kind, task, at, &section.heading, draft);
            rows.push(columns.kinds.iter().map(cell).map(Cell::one).collect());
            let text = format!("{}。{}", task.said.head, task.said.body);
            page.tasks.push(Stand { label: (at + 1).to_string(), path: vec![section.heading.clone()], text });
        }
        cover(draft, columns, section.tasks.start, rows.get_mut(first..).unwrap_or_default());
    }
    page.blocks.push(Block::Table(rows));
}

/// The words of a cell.
fn words(kind: Column, task: &Task, at: usize, heading: &str, draft: &Draft) -> String {
    let of = |role: Role| {
        let names = task.parties.all.iter().filter(|(_, known)| *known == role).map(|(name, _)| name.as_str());
        let separator = if draft.style.lists.comma && draft.format != Format::Csv { "\n" } else { "、" };
        names.collect::<Vec<_>>().join(separator)
    };
    match kind {
        Column::Sequence => (at + 1).to_string(),
        Column::Theme => heading.to_owned(),
        Column::Measure => format!("{}。{}", task.said.head, task.said.body),
        Column::Lead => of(Role::Lead),
        Column::Responsible => {
            // a body that is responsible alone leads
            let all = of(Role::Responsible);
            if all.is_empty() && task.parties.mode == "sole" { of(Role::Lead) } else { all }
        }
        Column::Supporting => of(Role::Supporting),
        Column::Due => task.due.clone(),
        Column::Source => {
            draft.mandates.get(at).and_then(|mandate| mandate.cited.as_ref()).map_or_else(String::new, |cited| {
                cited
                    .number
                    .as_ref()
                    .map_or_else(|| format!("《{}》", cited.title), |number| format!("《{}》（{number}）", cited.title))
            })
        }
    }
}

/// Lets cells of one theme, and of parties that cover several rows, run over them.
fn cover(draft: &Draft, columns: &Columns, start: usize, rows: &mut [Vec<Cell>]) {
    let count = rows.len();
    for (index, kind) in columns.kinds.iter().enumerate() {
        let mut row = 0;
        while row < count {
            let goes_on = |row: usize| match kind {
                Column::Theme => true,
                Column::Lead | Column::Responsible | Column::Supporting => {
                    draft.tasks.get(start + row).is_some_and(|task| task.inherited)
                }
                _ => false,
            };
            let mut end = row + 1;
            while end < count && goes_on(end) {
                end += 1;
            }
            for covered in rows.get_mut(row + 1..end).into_iter().flatten() {
                if let Some(cell) = covered.get_mut(index) {
                    *cell = Cell::Covered;
                }
            }
            if let Some(Cell::Words(_, tall, _)) = rows.get_mut(row).and_then(|row| row.get_mut(index)) {
                *tall = end - row;
            }
            row = end;
        }
    }
}
