//! Ruling lines to grids of cells.

use super::page::Rule;

/// How far, in points, lines that meet may miss each other.
const MISS: f32 = 3.0;
/// How far, in points, a line must run on past the last one across it to show a side that is not drawn.
const OPEN: f32 = 9.0;

/// A grid of cells as its ruling lines tell.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Grid {
    /// Edges of the columns from left to right.
    pub(super) columns: Vec<f32>,
    /// Edges of the rows from top to bottom.
    pub(super) rows: Vec<f32>,
    /// The cells in reading order.
    pub(super) areas: Vec<Area>,
}

/// What positions a cell covers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Area {
    pub(super) row: usize,
    pub(super) column: usize,
    pub(super) rows: usize,
    pub(super) columns: usize,
}

impl Area {
    fn covers(&self, row: usize, column: usize) -> bool {
        (self.row..self.row + self.rows).contains(&row) && (self.column..self.column + self.columns).contains(&column)
    }
}

impl Grid {
    /// The cell at a place, if it lies in the grid.
    pub(super) fn at(&self, (x, y): (f32, f32)) -> Option<usize> {
        let slot = |edges: &[f32], place: f32| edges.windows(2).position(|ends| ends[0] <= place && place < ends[1]);
        let (row, column) = (slot(&self.rows, y)?, slot(&self.columns, x)?);
        self.areas.iter().position(|area| area.covers(row, column))
    }

    /// Width of a cell in points.
    pub(super) fn width(&self, area: Area) -> f32 {
        let edge = |column: usize| self.columns.get(column).copied().unwrap_or_default();
        edge(area.column + area.columns) - edge(area.column)
    }
}

/// The grids that ruling lines form.
pub(super) fn grids(across: &[Rule], down: &[Rule]) -> Vec<Grid> {
    let (across, down) = (merged(across), merged(down));
    let mut group: Vec<usize> = (0..across.len() + down.len()).collect();
    for (row, level) in across.iter().enumerate() {
        for (column, plumb) in down.iter().enumerate() {
            if within(plumb.at, level) && within(level.at, plumb) {
                join(&mut group, row, across.len() + column);
            }
        }
    }
    let groups: Vec<usize> = (0..group.len()).map(|item| root(&group, item)).collect();
    let mut grids: Vec<Grid> = (0..group.len())
        .filter(|item| groups[*item] == *item)
        .filter_map(|item| {
            let of = |rules: &[Rule], offset: usize| -> Vec<Rule> {
                let own = rules.iter().enumerate().filter(|(at, _)| groups.get(offset + at) == Some(&item));
                own.map(|(_, rule)| *rule).collect()
            };
            grid(&of(&across, 0), &of(&down, across.len()))
        })
        .collect();
    grids.sort_by(|one, other| one.rows[0].total_cmp(&other.rows[0]));
    grids
}

fn grid(across: &[Rule], down: &[Rule]) -> Option<Grid> {
    let (rows, columns) = (edges(across, down), edges(down, across));
    let (height, width) = (rows.len().checked_sub(1)?, columns.len().checked_sub(1)?);
    if height == 0 || width < 2 {
        return None;
    }
    // positions with no line between them are one cell
    let mut cell: Vec<usize> = (0..height * width).collect();
    for row in 0..height {
        for column in 0..width {
            let here = row * width + column;
            if column + 1 < width && !is_drawn(down, columns[column + 1], rows[row], rows[row + 1]) {
                join(&mut cell, here, here + 1);
            }
            if row + 1 < height && !is_drawn(across, rows[row + 1], columns[column], columns[column + 1]) {
                join(&mut cell, here, here + width);
            }
        }
    }
    let mut areas: Vec<Area> = Vec::new();
    for first in (0..cell.len()).filter(|item| root(&cell, *item) == *item) {
        let own: Vec<usize> = (0..cell.len()).filter(|item| root(&cell, *item) == first).collect();
        let row = first / width;
        let last = own.iter().map(|item| item / width).max()?;
        let column = own.iter().map(|item| item % width).min()?;
        let right = own.iter().map(|item| item % width).max()?;
        areas.push(Area { row, column, rows: last - row + 1, columns: right - column + 1 });
    }
    areas.sort_by_key(|area| (area.row, area.column));
    (areas.len() > 1).then_some(Grid { columns, rows, areas })
}

/// Where lines of one direction stand, and the open ends of those of the other.
fn edges(rules: &[Rule], others: &[Rule]) -> Vec<f32> {
    let mut edges: Vec<f32> = Vec::new();
    let mut places: Vec<f32> = rules.iter().map(|rule| rule.at).collect();
    places.sort_by(f32::total_cmp);
    for place in places {
        if edges.last().is_none_or(|last| place - last > MISS) {
            edges.push(place);
        }
    }
    let from = others.iter().map(|rule| rule.from).fold(f32::INFINITY, f32::min);
    let to = others.iter().map(|rule| rule.to).fold(f32::NEG_INFINITY, f32::max);
    if edges.first().is_some_and(|first| first - from > OPEN) {
        edges.insert(0, from);
    }
    if edges.last().is_some_and(|last| to - last > OPEN) {
        edges.push(to);
    }
    edges
}

/// Lines of one direction; those that continue each other are one.
fn merged(rules: &[Rule]) -> Vec<Rule> {
    let mut sorted = rules.to_vec();
    sorted.sort_by(|one, other| one.from.total_cmp(&other.from).then(one.at.total_cmp(&other.at)));
    let mut out: Vec<Rule> = Vec::new();
    for rule in sorted {
        let same = |kept: &&mut Rule| (kept.at - rule.at).abs() <= 1.5 && rule.from <= kept.to + MISS;
        match out.iter_mut().find(same) {
            Some(kept) => kept.to = kept.to.max(rule.to),
            None => out.push(rule),
        }
    }
    out
}

fn within(place: f32, rule: &Rule) -> bool {
    (rule.from - MISS..=rule.to + MISS).contains(&place)
}

/// Whether lines cover most of an edge.
fn is_drawn(rules: &[Rule], at: f32, from: f32, to: f32) -> bool {
    let near = rules.iter().filter(|rule| (rule.at - at).abs() <= MISS);
    let covered: f32 = near.map(|rule| (rule.to.min(to) - rule.from.max(from)).max(0.0)).sum();
    covered * 2.0 >= to - from
}

fn root(parents: &[usize], mut item: usize) -> usize {
    while let Some(&parent) = parents.get(item).filter(|parent| **parent != item) {
        item = parent;
    }
    item
}

/// Puts two items into one group, whose root is its first item.
fn join(parents: &mut [usize], one: usize, other: usize) {
    let (one, other) = (root(parents, one), root(parents, other));
    parents[one.max(other)] = one.min(other);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rule(at: f32, from: f32, to: f32) -> Rule {
        Rule { at, from, to }
    }

    #[test]
    fn lines_form_cells_and_missing_lines_merge_them() {
        let across = [rule(0.0, 0.0, 100.0), rule(20.0, 0.0, 40.0), rule(40.0, 0.0, 100.0)];
        let down = [rule(0.0, 0.0, 40.0), rule(40.0, 0.0, 40.0), rule(100.0, 0.0, 40.0)];
        let grids = grids(&across, &down);
        assert_eq!(grids.len(), 1);
        let merged = Area { row: 0, column: 1, rows: 2, columns: 1 };
        assert_eq!(grids[0].areas.len(), 3);
        assert!(grids[0].areas.contains(&merged));
        assert_eq!(grids[0].at((50.0, 30.0)), grids[0].at((50.0, 10.0)));
        assert_eq!(grids[0].at((150.0, 30.0)), None);
    }

    #[test]
    fn sides_that_are_not_drawn_are_found_by_the_ends_of_the_lines() {
        let across = [rule(0.0, 0.0, 100.0), rule(20.0, 0.0, 100.0)];
        let grids = grids(&across, &[rule(40.0, 0.0, 20.0)]);
        assert_eq!(grids[0].columns, [0.0, 40.0, 100.0]);
    }

    #[test]
    fn a_frame_around_text_is_no_table() {
        let across = [rule(0.0, 0.0, 100.0), rule(20.0, 0.0, 100.0)];
        let down = [rule(0.0, 0.0, 20.0), rule(100.0, 0.0, 20.0)];
        assert!(grids(&across, &down).is_empty());
    }
}
