//! What each body does: a table or lines, one a body.

use super::super::draft::{Draft, Ground, Task};
use super::{Block, Cell, Page, Stand};

/// The words of a duty.
fn duty(task: &Task) -> String {
    format!("负责{}，{}", task.said.head, task.said.body)
}

fn lead(task: &Task) -> &str {
    task.parties.leads().next().unwrap_or_default()
}

/// A table of bodies and duties.
pub(super) fn table(ground: &Ground, draft: &mut Draft, page: &mut Page) {
    let heads = draft.dice.pick(&ground.words.tables.duties).map(|duties| duties.heads.clone()).unwrap_or_default();
    let mut rows = vec![heads.into_iter().map(Cell::one).collect::<Vec<_>>()];
    for (index, task) in draft.tasks.iter().enumerate() {
        let (label, text) = ((index + 1).to_string(), duty(task));
        rows.push([label.as_str(), lead(task), &text].map(Cell::one).to_vec());
        page.tasks.push(Stand { label, path: Vec::new(), text });
    }
    page.blocks.push(Block::Table(rows));
}

/// Lines of bodies and duties.
pub(super) fn lines(draft: &Draft, page: &mut Page) {
    page.line("一、部门职责");
    for (index, task) in draft.tasks.iter().enumerate() {
        let text = duty(task);
        page.line(format!("{}：{text}", lead(task)));
        page.tasks.push(Stand { label: format!("#{}", index + 1), path: Vec::new(), text });
    }
}
