//! Plain text.

use super::super::draft::{Draft, Ground};
use super::super::layout::{Block, Cell, Page};
use super::super::words::fill;

/// A page as lines; cells between tabs, those that are covered empty.
pub(super) fn text(ground: &Ground, draft: &mut Draft, page: &Page) -> String {
    let chrome = &ground.words.documents.chrome;
    let has_chrome = draft.dice.percent(30);
    let indent = if draft.dice.percent(40) { "　　" } else { "" };
    let end = if draft.dice.percent(20) { "\r\n" } else { "\n" };
    let mut out = String::new();
    let mut line = |words: &str| {
        out.push_str(words);
        out.push_str(end);
    };
    if has_chrome {
        line(draft.dice.words(&chrome.before));
        line("");
    }
    for block in &page.blocks {
        match block {
            Block::Title(words) | Block::Centre(words) => {
                line(words);
                line("");
            }
            Block::Line(words) => line(&format!("{indent}{words}")),
            Block::Right(words) => line(&format!("　　　　　　　　　　　　{words}")),
            Block::Table(rows) => {
                for row in rows {
                    line(&row.iter().map(cell).collect::<Vec<_>>().join("\t"));
                }
            }
        }
    }
    if has_chrome {
        let office = draft.government.office(&ground.words);
        let after = draft.dice.words(&chrome.after);
        line("");
        line(&fill(after, &[("gov", &format!("{}人民政府", draft.government.name)), ("office", &office)]));
    }
    out
}

/// The words of a cell on one line.
fn cell(cell: &Cell) -> String {
    match cell {
        Cell::Words(words, ..) => words.replace('\n', "、"),
        Cell::Covered => String::new(),
    }
}
