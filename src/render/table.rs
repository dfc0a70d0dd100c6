//! Tables for people: framed in a terminal, plain in a pipe.

use std::io::{self, Write};

use comfy_table::{CellAlignment, ContentArrangement, presets};

/// Cells beyond which a long cell is cut in a terminal; pipes get the whole.
const LONGEST: usize = 160;

/// A table that is to be printed.
///
/// ```
/// use zeren::render::table::Table;
///
/// let mut table = Table::new(["部门", "load"]).right(1);
/// table.row(["市财政局".to_owned(), "2.5".to_owned()]);
/// let mut out = Vec::new();
/// table.write(&mut out, None)?;
/// assert_eq!(String::from_utf8_lossy(&out), "部门      load\n市财政局   2.5\n");
/// # Ok::<(), std::io::Error>(())
/// ```
#[derive(Clone, Debug, Default)]
pub struct Table {
    header: Vec<String>,
    rows: Vec<Vec<String>>,
    right: Vec<usize>,
}

impl Table {
    /// Makes a table without rows.
    pub fn new<S: Into<String>>(header: impl IntoIterator<Item = S>) -> Self {
        Self { header: header.into_iter().map(Into::into).collect(), rows: Vec::new(), right: Vec::new() }
    }

    /// Sets a column, counted from 0, flush right, as figures are.
    #[must_use]
    pub fn right(mut self, column: usize) -> Self {
        self.right.push(column);
        self
    }

    /// Adds a row.
    pub fn row(&mut self, cells: impl IntoIterator<Item = String>) {
        self.rows.push(cells.into_iter().map(|cell| one_line(&cell)).collect());
    }

    /// Whether there is no row.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// Writes the table.
    ///
    /// With a `width` in terminal cells the table is framed and fits into it, long cells wrapped and
    /// very long ones cut. Without, columns are parted by two blanks and nothing is cut.
    ///
    /// # Errors
    ///
    /// Where `out` cannot be written.
    pub fn write(&self, out: &mut dyn Write, width: Option<usize>) -> io::Result<()> {
        let mut table = comfy_table::Table::new();
        match width {
            Some(width) => {
                table.load_style(presets::UTF8_FULL_CONDENSED);
                table.set_content_arrangement(ContentArrangement::Dynamic);
                table.set_width(u16::try_from(width.max(20)).unwrap_or(u16::MAX));
            }
            None => {
                table.load_style(presets::NOTHING);
            }
        }
        table.set_header(&self.header);
        for row in &self.rows {
            table.add_row(row.iter().map(|cell| match width {
                Some(_) => super::shorten(cell, LONGEST),
                None => cell.clone(),
            }));
        }
        for (index, column) in table.column_iter_mut().enumerate() {
            if self.right.contains(&index) {
                column.set_cell_alignment(CellAlignment::Right);
            }
            if width.is_none() {
                column.set_padding((0, 2));
            }
        }
        for line in table.lines() {
            writeln!(out, "{}", line.trim_end())?;
        }
        Ok(())
    }
}

/// A cell on one line, without control characters, which a terminal would obey.
fn one_line(cell: &str) -> String {
    cell.chars().map(|char| if char.is_control() { ' ' } else { char }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::cells;

    #[test]
    fn a_framed_table_fits_the_width_in_cells() {
        let mut table = Table::new(["任务", "部门"]);
        table.row(["深化公立医院综合改革，".repeat(9), "市卫生健康委员会".to_owned()]);
        table.row(["a\u{1b}[31mb\nc".to_owned(), String::new()]);
        let mut out = Vec::new();
        table.write(&mut out, Some(50)).unwrap();
        let text = String::from_utf8(out).unwrap();
        assert!(text.lines().all(|line| cells(line) == 50 || cells(line) <= 50), "{text}");
        assert!(!text.contains('\u{1b}'));
        assert!(text.starts_with('┌'));
    }
}
