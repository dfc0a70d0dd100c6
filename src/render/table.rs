//! Tables for people: framed in a terminal, plain in a pipe.

mod layout;

use std::io::{self, Write};

use super::{cells, shorten, wrap_within};
use crate::diagnostic::Lang;
use layout::{Layout, Style};

/// Where a header may be divided, with a hyphen, if a terminal is narrow.
const SOFT_HYPHEN: char = '\u{ad}';

/// Most lines of a cell in a terminal.
const MOST_LINES: usize = 6;

/// Lines that the longest column has at least, as many as the others of its row need otherwise.
const LEAST_LINES: usize = 2;

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
    whole: bool,
    /// The columns that may be left out, the first of them first.
    spare: Vec<usize>,
    /// The language in which that is said.
    lang: Lang,
}

impl Table {
    /// Makes a table without rows. A soft hyphen (U+00AD) shows where a name may be divided.
    pub fn new<S: Into<String>>(header: impl IntoIterator<Item = S>) -> Self {
        Self { header: header.into_iter().map(Into::into).collect(), ..Self::default() }
    }

    /// Sets a column, counted from 0, flush right, as figures are.
    #[must_use]
    pub fn right(mut self, column: usize) -> Self {
        self.right.push(column);
        self
    }

    /// Shows every cell whole, also where the longest column would be cut.
    #[must_use]
    pub fn whole(mut self) -> Self {
        self.whole = true;
        self
    }

    /// Lets columns be left out where a terminal is too narrow for all, the first of them first; their names are told below
    /// the table.
    #[must_use]
    pub fn spare(mut self, columns: impl IntoIterator<Item = usize>, lang: Lang) -> Self {
        self.spare = columns.into_iter().collect();
        self.lang = lang;
        self
    }

    /// Adds a row.
    pub fn row(&mut self, cells: impl IntoIterator<Item = String>) {
        self.rows.push(cells.into_iter().map(one_line).collect());
    }

    /// Whether there is no row.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// Writes the table.
    ///
    /// With a `width` in terminal cells the table fits into it: framed where there is room, else
    /// without lines between the columns, else without those that can be spared, else each row as a list of names and values.
    /// Names are
    /// wrapped, figures are not, and the longest column is cut with `…` after two lines. Without a
    /// width, columns are parted by two blanks and nothing is cut.
    ///
    /// # Errors
    ///
    /// Where `out` cannot be written.
    pub fn write(&self, out: &mut dyn Write, width: Option<usize>) -> io::Result<()> {
        match width.map(|width| width.max(20)) {
            None => self.plain(out),
            Some(width) => match Layout::fit(self, width) {
                Some(layout) => self.columns(out, &layout),
                None => match self.narrowed(width) {
                    Some((table, layout, without)) => {
                        table.columns(out, &layout)?;
                        wrap_within(&without, width, MOST_LINES).iter().try_for_each(|line| writeln!(out, "{line}"))
                    }
                    None => self.records(out, width),
                },
            },
        }
    }

    /// The table with as few columns left out as it fits with, and what is said of those; none where too many would be.
    fn narrowed(&self, width: usize) -> Option<(Self, Layout, String)> {
        let words = self.lang.pick("此宽度未列：", "left out at this width: ");
        (1..=self.spare.len()).find_map(|count| {
            let left_out: Vec<usize> = self.spare.iter().take(count).copied().collect();
            let kept: Vec<usize> = (0..self.header.len()).filter(|column| !left_out.contains(column)).collect();
            let of = |row: &Vec<String>| kept.iter().filter_map(|&column| row.get(column).cloned()).collect();
            let right = kept.iter().enumerate().filter(|(_, column)| self.right.contains(column));
            let table = Self {
                header: of(&self.header),
                rows: self.rows.iter().map(of).collect(),
                right: right.map(|(place, _)| place).collect(),
                ..Self::default()
            };
            let names: Vec<String> =
                left_out.iter().filter_map(|&column| Some(bare(self.header.get(column)?))).collect();
            let layout = Layout::fit(&table, width)?;
            Some((table, layout, format!("{words}{}", names.join(" · "))))
        })
    }

    fn plain(&self, out: &mut dyn Write) -> io::Result<()> {
        let header: Vec<String> = self.header.iter().map(|name| bare(name)).collect();
        let lines = || std::iter::once(&header).chain(&self.rows);
        let width = |column: usize| lines().filter_map(|row| row.get(column)).map(|cell| cells(cell)).max();
        let widths: Vec<usize> = (0..header.len()).map(|column| width(column).unwrap_or(0)).collect();
        let mut line = String::new();
        for row in lines() {
            line.clear();
            for (column, (cell, &width)) in row.iter().zip(&widths).enumerate() {
                line.push_str(if column > 0 { "  " } else { "" });
                self.pad(&mut line, cell, width, column);
            }
            line.truncate(line.trim_end().len());
            line.push('\n');
            out.write_all(line.as_bytes())?;
        }
        Ok(())
    }

    /// Adds a cell to a line, with blanks to the width of its column.
    fn pad(&self, line: &mut String, cell: &str, width: usize, column: usize) {
        let blanks = std::iter::repeat_n(' ', width.saturating_sub(cells(cell)));
        if self.right.contains(&column) {
            line.extend(blanks);
            line.push_str(cell);
        } else {
            line.push_str(cell);
            line.extend(blanks);
        }
    }

    fn columns(&self, out: &mut dyn Write, layout: &Layout) -> io::Result<()> {
        let (open, between, close) = match layout.style {
            Style::Framed => ("│ ", " ┆ ", " │"),
            Style::Open(1) => ("", " ", ""),
            Style::Open(_) => ("", "  ", ""),
        };
        let rule = |left: &str, line: &str, cross: &str, right: &str| {
            let (framed, parted) = (layout.style == Style::Framed, cells(between));
            let segments: Vec<String> =
                layout.widths.iter().map(|width| line.repeat(width + if framed { 2 } else { 0 })).collect();
            if framed { format!("{left}{}{right}", segments.join(cross)) } else { segments.join(&" ".repeat(parted)) }
        };
        let print = |out: &mut dyn Write, lines: &[Vec<String>]| {
            let height = lines.iter().map(Vec::len).max().unwrap_or(0).max(1);
            for index in 0..height {
                let cell = |(column, &width): (usize, &usize)| {
                    let text = lines.get(column).and_then(|lines| lines.get(index)).map_or("", String::as_str);
                    let mut padded = String::new();
                    self.pad(&mut padded, text, width, column);
                    padded
                };
                let row: Vec<String> = layout.widths.iter().enumerate().map(cell).collect();
                writeln!(out, "{}", format!("{open}{}{close}", row.join(between)).trim_end())?;
            }
            Ok::<(), io::Error>(())
        };
        if layout.style == Style::Framed {
            writeln!(out, "{}", rule("┌", "─", "┬", "┐"))?;
        }
        let header: Vec<_> =
            self.header.iter().zip(&layout.widths).map(|(name, &width)| layout::header_lines(name, width)).collect();
        print(out, &header)?;
        writeln!(
            out,
            "{}",
            if layout.style == Style::Framed { rule("╞", "═", "╪", "╡") } else { rule("", "─", "", "") }
        )?;
        for row in &self.rows {
            let lines = |column: usize, most| {
                let (cell, &width) = (row.get(column).map_or("", String::as_str), layout.widths.get(column)?);
                Some(wrap_within(cell, width, most))
            };
            let mut shown: Vec<Vec<String>> = (0..layout.widths.len())
                .map(|column| {
                    if layout.longest == Some(column) {
                        vec![]
                    } else {
                        lines(column, if self.whole { usize::MAX } else { MOST_LINES }).unwrap_or_default()
                    }
                })
                .collect();
            let height = shown.iter().map(Vec::len).max().unwrap_or(0).max(LEAST_LINES);
            if let Some(longest) = layout.longest
                && let Some(place) = shown.get_mut(longest)
            {
                *place = lines(longest, height).unwrap_or_default();
            }
            print(out, &shown)?;
        }
        if layout.style == Style::Framed {
            writeln!(out, "{}", rule("└", "─", "┴", "┘"))?;
        }
        Ok(())
    }

    /// Each row as names and values, as many on a line as it holds.
    fn records(&self, out: &mut dyn Write, width: usize) -> io::Result<()> {
        for row in &self.rows {
            writeln!(out, "{}", "─".repeat(width))?;
            let mut line = String::new();
            for (name, cell) in self.header.iter().zip(row).filter(|(_, cell)| !cell.is_empty()) {
                let pair = format!("{} {cell}", bare(name));
                let parted = if line.is_empty() { 0 } else { 2 };
                if parted > 0 && cells(&line) + parted + cells(&pair) > width {
                    writeln!(out, "{line}")?;
                    line.clear();
                }
                if !line.is_empty() {
                    line.push_str("  ");
                }
                if cells(&pair) <= width {
                    line.push_str(&pair);
                    continue;
                }
                for part in wrap_within(&pair, width, if self.whole { usize::MAX } else { LEAST_LINES }) {
                    writeln!(out, "{part}")?;
                }
            }
            if !line.is_empty() {
                writeln!(out, "{line}")?;
            }
        }
        if self.rows.is_empty() {
            let names: Vec<String> = self.header.iter().map(|name| bare(name)).collect();
            writeln!(out, "{}", shorten(&names.join("  "), width))?;
        }
        Ok(())
    }
}

/// A name without the places where it may be divided.
fn bare(name: &str) -> String {
    name.replace(SOFT_HYPHEN, "")
}

/// A cell on one line, without control characters, which a terminal would obey.
fn one_line(cell: String) -> String {
    // each of them is one of these bytes, or begins with the last
    if !cell.bytes().any(|byte| byte < b' ' || byte == 0x7f || byte == 0xc2) {
        return cell;
    }
    cell.chars().map(|char| if char.is_control() { ' ' } else { char }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(table: &Table, width: usize) -> String {
        let mut out = Vec::new();
        table.write(&mut out, Some(width)).unwrap();
        let text = String::from_utf8(out).unwrap();
        assert!(text.lines().all(|line| cells(line) <= width), "{text}");
        text
    }

    #[test]
    fn a_framed_table_fits_the_width_in_cells() {
        let mut table = Table::new(["任务", "部门"]);
        table.row(["深化公立医院综合改革，".repeat(9), "市卫生健康委员会".to_owned()]);
        table.row(["a\u{1b}[31mb\nc".to_owned(), String::new()]);
        let text = written(&table, 50);
        assert!(!text.contains('\u{1b}'));
        assert!(text.starts_with('┌'));
        assert!(text.contains('…') && text.lines().count() == 7, "{text}");
    }

    #[test]
    fn figures_and_words_of_the_header_are_never_broken() {
        let mut table =
            (1..5).fold(Table::new(["department", "co-lead", "respon\u{ad}sible", "tasks", "load"]), Table::right);
        table.row(["哈尔滨市卫生和计划生育委员会", "12", "140", "1000", "1234567.25"].map(str::to_owned));
        insta::assert_snapshot!(written(&table, 54), @r#"
        department       co-lead    respon-  tasks        load
                                      sible
        ───────────────  ───────  ─────────  ─────  ──────────
        哈尔滨市卫生和        12        140   1000  1234567.25
        计划生育委员会
        "#);
        let narrow = written(&table, 40);
        assert!(narrow.contains("1234567.25") && narrow.contains("co-lead 12"), "{narrow}");
    }

    #[test]
    fn columns_that_can_be_spared_are_left_out_and_named() {
        let mut table = Table::new(["department", "tasks", "eigen\u{ad}vector", "k-core"]).spare([3, 2], Lang::En);
        table.row(["哈尔滨市卫生和计划生育委员会", "12", "0.381", "6"].map(str::to_owned));
        insta::assert_snapshot!(written(&table, 30), @r#"
        department      tasks  eigen-
                               vector
        ──────────────  ─────  ───────
        哈尔滨市卫生和  12     0.381
        计划生育委员会
        left out at this width: k-core
        "#);
        assert!(written(&table, 20).lines().last().is_some_and(|line| line.ends_with("eigenvector")));
        assert!(!written(&table, 80).contains("left out"));
    }

    #[test]
    fn every_width_is_kept() {
        let mut table = (2..6)
            .fold(Table::new(["rank", "department", "co-lead", "indi\u{ad}cators", "load", "text"]), Table::right);
        table.row(["1", "哈尔滨市卫生和计划生育委员会", "12", "140", "84.00", ""].map(str::to_owned));
        table.row(["2".into(), "市财政局".into(), String::new(), "9".into(), "7".into(), "推进改革，".repeat(40)]);
        for width in 20..160 {
            let text = written(&table, width);
            assert!(text.contains("84.00"), "{text}");
        }
    }
}
