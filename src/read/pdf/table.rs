//! Tables of pages: cells with their text, put together where a table runs over the end of a page.

use super::super::table::{Cell, Table};
use super::super::writer::Writer;
use super::grid::{Area, Grid};
use super::line::{joined, lines};
use super::page::Glyph;

/// How far, in points, the columns of one table may stand apart on two pages.
const DRIFT: f32 = 5.0;

/// A table with the text of its cells.
#[derive(Clone, Debug)]
pub(super) struct Ruled {
    columns: Vec<f32>,
    rows: usize,
    cells: Vec<(Area, String)>,
    /// Whether merged cells are known as such.
    merges_known: bool,
}

impl Ruled {
    /// A table of cells that are known: between edges of columns, so many rows.
    pub(super) fn of(columns: Vec<f32>, rows: usize, cells: Vec<(Area, String)>, merges_known: bool) -> Self {
        Self { columns, rows, cells, merges_known }
    }

    /// The edges of its columns from left to right.
    pub(super) fn edges(&self) -> &[f32] {
        &self.columns
    }

    /// The same table with the edges of another, whose rest it is.
    pub(super) fn at_edges(self, columns: &[f32]) -> Self {
        Self { columns: columns.to_vec(), ..self }
    }

    /// The number of its rows, and its cells.
    pub(super) fn into_cells(self) -> (usize, Vec<(Area, String)>) {
        (self.rows, self.cells)
    }

    /// Fills a grid with the characters in it.
    pub(super) fn new(grid: &Grid, glyphs: &[Glyph]) -> Self {
        Self::filled(grid, glyphs, |area| grid.width(area))
    }

    /// Fills a grid whose cells have widths of their own, in points.
    pub(super) fn filled(grid: &Grid, glyphs: &[Glyph], width: impl Fn(Area) -> f32) -> Self {
        let mut found: Vec<Vec<Glyph>> = vec![Vec::new(); grid.areas.len()];
        for glyph in glyphs {
            if let Some(glyphs) = grid.at(glyph.middle()).and_then(|cell| found.get_mut(cell)) {
                glyphs.push(*glyph);
            }
        }
        let text = |area: Area, glyphs| joined(&lines(glyphs), width(area));
        let cells = grid.areas.iter().zip(found).map(|(area, glyphs)| (*area, text(*area, glyphs))).collect();
        Self { columns: grid.columns.clone(), rows: grid.rows.len() - 1, cells, merges_known: true }
    }

    /// Whether any cell has text.
    pub(super) fn has_text(&self) -> bool {
        self.cells.iter().any(|(_, text)| !text.is_empty())
    }

    /// Whether another table, at the top of the next page, may be the rest of this one.
    pub(super) fn goes_on(&self, next: &Self) -> bool {
        let start = |columns: &[f32]| columns.first().copied().unwrap_or_default();
        // even and odd pages may have other margins
        let shift = start(&next.columns) - start(&self.columns);
        self.columns.len() == next.columns.len()
            && self.columns.iter().zip(&next.columns).all(|(one, other)| (other - shift - one).abs() <= DRIFT)
    }

    /// Adds the rest of the table from the next page, without the header that it repeats.
    pub(super) fn append(&mut self, next: &Self) {
        let mut skip = 0;
        while skip < next.rows.min(self.rows) && skip < 3 && is_same_row(&self.row(skip), &next.row(skip)) {
            skip += 1;
        }
        if skip == next.rows {
            return;
        }
        let split = self.is_split(next, skip);
        let last = self.rows.saturating_sub(1);
        let offset = if split { last } else { self.rows };
        for (area, text) in next.cells.iter().filter(|(area, _)| area.row >= skip) {
            let moved = Area { row: area.row - skip + offset, ..*area };
            let above = self
                .cells
                .iter_mut()
                .find(|(above, _)| above.row <= last && last < above.row + above.rows && above.column == area.column);
            match above.filter(|_| area.row == skip) {
                Some((above, words)) if split => {
                    above.rows = above.rows.max(moved.row + moved.rows - above.row);
                    words.push_str(text);
                }
                // a merged cell goes on
                Some((above, _)) if text.is_empty() && (above.rows > 1 || area.rows > 1) => {
                    above.rows = moved.row + moved.rows - above.row;
                }
                _ => self.cells.push((moved, text.clone())),
            }
        }
        self.rows = offset + next.rows - skip;
    }

    /// Whether the first row of the next page is the rest of the last one here: it has no number of its own, and
    /// either a text was broken off or most cells are empty.
    fn is_split(&self, next: &Self, skip: usize) -> bool {
        let (Some(last), first) = (self.rows.checked_sub(1).map(|last| self.row(last)), next.row(skip)) else {
            return false;
        };
        let text = |row: &[(Area, &str)], column: usize| -> Option<String> {
            row.iter().find(|(area, _)| area.column == column).map(|(_, text)| (*text).to_owned())
        };
        let is_blank = |text: &Option<String>| text.as_ref().is_none_or(String::is_empty);
        let same_shape = last.len() == first.len()
            && last.iter().zip(&first).all(|((one, _), (other, _))| one.column == other.column);
        if !same_shape || !is_blank(&text(&first, 0)) || is_blank(&text(&last, 0)) {
            return false;
        }
        let filled: Vec<usize> =
            first.iter().filter(|(_, text)| !text.is_empty()).map(|(area, _)| area.column).collect();
        let known = filled.iter().all(|column| !is_blank(&text(&last, *column)));
        let broken = filled
            .iter()
            .filter_map(|column| text(&last, *column))
            .any(|words| !words.ends_with(['。', '；', ';', '！', '？', '）']));
        let full = last.iter().filter(|(_, text)| !text.is_empty()).count();
        // where the first cell alone is empty, a merged one goes on
        known && !filled.is_empty() && (broken && filled.len() + 1 < full || filled.len() * 2 < full)
    }

    /// The cells that begin or go on in a row.
    fn row(&self, row: usize) -> Vec<(Area, &str)> {
        let mut cells: Vec<(Area, &str)> = self
            .cells
            .iter()
            .filter(|(area, _)| (area.row..area.row + area.rows).contains(&row))
            .map(|(area, text)| (*area, text.as_str()))
            .collect();
        cells.sort_by_key(|(area, _)| area.column);
        cells
    }

    /// Writes the table.
    pub(super) fn write(mut self, out: &mut Writer) {
        self.cells.sort_by_key(|(area, _)| (area.row, area.column));
        let mut table = Table { merges_known: self.merges_known, ..Table::default() };
        for row in 0..self.rows {
            let cells: Vec<&(Area, String)> = self.cells.iter().filter(|(area, _)| area.row == row).collect();
            for (at, (area, text)) in cells.iter().enumerate() {
                let span = out.cell(text, at == 0);
                table.put(Cell { span, row, column: area.column }, area.rows, area.columns);
            }
            out.end_line();
        }
        out.table(table);
    }
}

fn is_same_row(one: &[(Area, &str)], other: &[(Area, &str)]) -> bool {
    let words = |text: &str| text.split_whitespace().collect::<String>();
    one.len() == other.len()
        && one.iter().any(|(_, text)| !text.is_empty())
        && one.iter().zip(other).all(|(one, other)| one.0.column == other.0.column && words(one.1) == words(other.1))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ruled(rows: &[[&str; 3]]) -> Ruled {
        let cells = rows.iter().enumerate().flat_map(|(row, cells)| {
            let cell =
                move |(column, text): (usize, &&str)| (Area { row, column, rows: 1, columns: 1 }, (*text).to_owned());
            cells.iter().enumerate().map(cell).collect::<Vec<_>>()
        });
        Ruled::of(vec![0.0, 10.0, 50.0, 80.0], rows.len(), cells.collect(), true)
    }

    fn texts(table: &Ruled) -> Vec<Vec<&str>> {
        (0..table.rows).map(|row| table.row(row).into_iter().map(|(_, text)| text).collect()).collect()
    }

    #[test]
    fn a_repeated_header_is_dropped() {
        let header = ["序号", "任务", "责任单位"];
        let mut table = ruled(&[header, ["1", "建设。", "市科技局"]]);
        let next = ruled(&[header, ["2", "完善。", "市财政局"]]);
        assert!(table.goes_on(&next));
        table.append(&next);
        assert_eq!(texts(&table), [header.to_vec(), vec!["1", "建设。", "市科技局"], vec!["2", "完善。", "市财政局"]]);
    }

    #[test]
    fn a_row_broken_by_the_end_of_a_page_is_made_whole() {
        let mut table = ruled(&[["1", "建设人工智", "市科技局"]]);
        table.append(&ruled(&[["", "能平台。", ""], ["2", "完善。", "市财政局"]]));
        assert_eq!(texts(&table), [["1", "建设人工智能平台。", "市科技局"], ["2", "完善。", "市财政局"]]);
    }
}
