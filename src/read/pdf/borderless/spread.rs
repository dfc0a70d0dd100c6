//! Cells that cover several rows of a table without lines: the rows whose middle, or whose top, is that of the words.

use std::ops::Range;

use super::super::line::Line;

/// What a row costs that no cell covers, in heights of a character.
const UNCOVERED: f32 = 1.0;

/// A cell over some rows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Merged {
    pub(super) row: usize,
    pub(super) rows: usize,
    /// Its lines.
    pub(super) lines: Range<usize>,
}

/// Spreads the words of a column over rows whose first and last lines are known: of all ways in their order it is the one
/// that puts the words closest to the middle of their rows, or level with the first of them. Lines further apart than
/// `apart` are words of different cells.
pub(super) fn over(lines: &[Line], rows: &[(f32, f32)], apart: f32) -> Vec<Merged> {
    let blocks = blocks(lines, apart);
    if blocks.is_empty() || blocks.len() > rows.len() {
        // more words than rows: every line stays where it stands
        let row_of = |line: &Line| rows.iter().rposition(|row| row.0 <= line.base + 0.5 * line.size).unwrap_or(0);
        return (0..lines.len()).map(|at| Merged { row: row_of(&lines[at]), rows: 1, lines: at..at + 1 }).collect();
    }
    let best = [true, false].map(|top| spread(lines, &blocks, rows, top));
    let [top, middle] = best;
    if top.0 <= middle.0 { top.1 } else { middle.1 }
}

/// What it costs, in heights of a character, to put the words of a column into the middle of rows.
pub(super) fn cost(lines: &[Line], rows: &[(f32, f32)], apart: f32) -> f32 {
    let blocks = blocks(lines, apart);
    if blocks.is_empty() || blocks.len() > rows.len() { f32::INFINITY } else { spread(lines, &blocks, rows, false).0 }
}

/// The lines of a column in pieces that stand further apart than lines of a cell.
pub(super) fn blocks(lines: &[Line], apart: f32) -> Vec<Range<usize>> {
    let mut blocks: Vec<Range<usize>> = Vec::new();
    for at in 0..lines.len() {
        let near = at.checked_sub(1).is_some_and(|before| lines[at].base - lines[before].base <= apart);
        match blocks.last_mut().filter(|_| near) {
            Some(block) => block.end = at + 1,
            None => blocks.push(at..at + 1),
        }
    }
    blocks
}

fn spread(lines: &[Line], blocks: &[Range<usize>], rows: &[(f32, f32)], top: bool) -> (f32, Vec<Merged>) {
    let cost = |block: &Range<usize>, from: usize, to: usize| {
        let (Some(first), Some(last)) = (lines.get(block.start), lines.get(block.end - 1)) else {
            return f32::INFINITY;
        };
        let (begin, end) = (rows[from].0, rows[to - 1].1);
        let apart =
            if top { first.base - begin } else { f32::midpoint(first.base, last.base) - f32::midpoint(begin, end) };
        apart.abs() / first.size.max(1.0)
    };
    // the least cost of the first blocks over the first rows, and where the last of them begins
    let mut best: Vec<Vec<(f32, usize)>> = Vec::with_capacity(blocks.len());
    let mut uncovered = 0.0;
    let mut before: Vec<f32> = Vec::with_capacity(rows.len() + 1);
    for _ in 0..=rows.len() {
        before.push(uncovered);
        uncovered += UNCOVERED;
    }
    for block in blocks {
        let line: Vec<(f32, usize)> = (0..=rows.len())
            .map(|to| {
                let ways = (0..to).map(|from| (before[from] + cost(block, from, to), from));
                ways.min_by(|one, other| one.0.total_cmp(&other.0)).unwrap_or((f32::INFINITY, 0))
            })
            .collect();
        before = line.iter().map(|way| way.0).collect();
        best.push(line);
    }
    let mut merged = Vec::new();
    let mut to = rows.len();
    for (block, line) in blocks.iter().zip(&best).rev() {
        let from = line[to].1;
        merged.push(Merged { row: from, rows: to.saturating_sub(from).max(1), lines: block.clone() });
        to = from;
    }
    merged.reverse();
    (before[rows.len()], merged)
}
