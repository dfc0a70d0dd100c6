//! Tables of pages: cells with their text, put together where a table runs over the end of a page.

use super::super::table::{Cell, Table};
use super::super::writer::Writer;
use super::grid::{Area, Grid};
use super::line::{joined, lines};
use super::page::Glyph;
use crate::numeral;
use crate::span::fold;

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
                    // a theme may be printed on each page
                    if words != text {
                        words.push_str(text);
                    }
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

    /// Whether the first row of the next page is the rest of the last one here: it has no number of its own, and its
    /// longest text was broken off; or, where that cannot be told, most cells that are not merged are empty.
    fn is_split(&self, next: &Self, skip: usize) -> bool {
        let (Some(end), first) = (self.rows.checked_sub(1), next.row(skip)) else { return false };
        let last = self.row(end);
        let same_shape = last.len() == first.len()
            && last.iter().zip(&first).all(|((one, _), (other, _))| one.column == other.column);
        let pairs = || last.iter().zip(&first).map(|((_, above), (area, below))| (area, *above, *below));
        let filled = || pairs().filter(|(.., below)| !below.is_empty());
        let is_own = |(_, above, below): (&Area, &str, &str)| !above.is_empty() && is_number(below);
        if !same_shape || filled().next().is_none() || filled().any(is_own) {
            return false;
        }
        let known = filled().all(|(_, above, _)| !above.is_empty());
        let length = |words: &str| words.chars().count();
        let longest = filled().max_by_key(|(_, above, below)| length(above) + length(below));
        let Some((area, above, _)) = longest.filter(|_| known) else { return false };
        let empty = pairs().any(|(_, above, below)| !above.is_empty() && below.is_empty());
        // whether sentences end with a stop here, or how they end is not known
        let here = (0..end).filter_map(|row| self.text(row, area.column));
        let there = (skip..next.rows).filter_map(|row| next.text(row, area.column));
        let others: Vec<bool> = here.chain(there).filter(|text| length(text) >= SENTENCE).map(is_ended).collect();
        let stopped = others.iter().filter(|ended| **ended).count() * 2 > others.len();
        if stopped && !is_ended(above) {
            return empty || first.first().is_some_and(|(_, text)| text.is_empty());
        }
        // a row of merged cells goes on with one of its own
        let full = pairs().filter(|(_, above, _)| !above.is_empty()).count();
        let merged =
            pairs().filter(|(area, above, below)| area.rows > 1 && below.is_empty() && !above.is_empty()).count();
        let (count, full) = (filled().count(), full - merged);
        let begins = first.first().is_some_and(|(_, text)| text.is_empty());
        let broken = !is_ended(above);
        begins && (broken && count + 1 < full || count * 2 < full)
    }

    /// What stands in a row in a column that is not merged.
    fn text(&self, row: usize, column: usize) -> Option<&str> {
        let cell = self.cells.iter().find(|(area, _)| area.row == row && area.column == column)?;
        Some(cell.1.as_str()).filter(|text| !text.is_empty())
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

/// The fewest characters of a text that is no name of a column.
const SENTENCE: usize = 9;

/// Whether a text ends as a sentence does.
fn is_ended(text: &str) -> bool {
    text.ends_with(['。', '；', ';', '！', '？', '）', ')'])
}

/// Whether a cell has nothing but a number: 12, （三）.
fn is_number(text: &str) -> bool {
    let mut chars = text.chars().map(fold).filter(|char| !matches!(char, '(' | ')' | '.' | '、' | ' ')).peekable();
    chars.peek().is_some() && chars.all(|char| char.is_ascii_digit() || numeral::is_numeral(char))
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
    fn a_row_of_its_own_is_none_broken_by_the_end_of_a_page() {
        // cells of a theme and a lead that go on, a number of its own
        let merged = |column, text: &str| (Area { row: 0, column, rows: 2, columns: 1 }, text.to_owned());
        let cell = |row, column, text: &str| (Area { row, column, rows: 1, columns: 1 }, text.to_owned());
        let page = |theme: &str, lead: &str, one: &str, other: &str| {
            let cells = vec![
                merged(0, theme),
                cell(0, 1, one),
                cell(0, 2, "建设站点。"),
                merged(3, lead),
                cell(1, 1, other),
                cell(1, 2, "建设站点。"),
            ];
            Ruled::of(vec![0.0, 10.0, 20.0, 50.0, 80.0], 2, cells, true)
        };
        let mut table = page("医疗", "市医保局", "1", "2");
        table.append(&page("", "", "3", "4"));
        assert_eq!(table.rows, 4);
        assert_eq!(table.row(3).len(), 4);
        assert_eq!(table.row(3)[0].1, "医疗");
    }

    #[test]
    fn a_row_of_which_every_cell_is_broken_is_made_whole() {
        let mut table =
            ruled(&[["公共卫生", "全年新增社区站点五个。", "市教育局"], ["医疗保", "建设人工智", "市财政"]]);
        table.append(&ruled(&[["", "能平台。", "局"], ["养老", "完善。", "市民政局"]]));
        assert_eq!(texts(&table)[1], ["医疗保", "建设人工智能平台。", "市财政局"]);
        let mut table = ruled(&[["1", "建设站点。", "市教育局"], ["", "建设平台。", "市财政局"]]);
        table.append(&ruled(&[["", "完善制度。", "市民政局"]]));
        assert_eq!(table.rows, 3);
    }

    #[test]
    fn a_row_broken_by_the_end_of_a_page_is_made_whole() {
        let mut table = ruled(&[["1", "建设人工智", "市科技局"]]);
        table.append(&ruled(&[["", "能平台。", ""], ["2", "完善。", "市财政局"]]));
        assert_eq!(texts(&table), [["1", "建设人工智能平台。", "市科技局"], ["2", "完善。", "市财政局"]]);
    }
}
