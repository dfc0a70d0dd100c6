//! How wide each column of a table is in a terminal.

use super::{SOFT_HYPHEN, Table, bare};
use crate::render::{cells, wrap_within};

/// The least width of a column of names.
const NAME: usize = 12;

/// From this width on a column may be the one that is cut.
const LONG: usize = 30;

/// The width that the longest column gets before names get more than the least.
const READABLE: usize = 24;

/// The width up to which other columns grow before the longest one has the rest.
const ROOMY: usize = 28;

/// The frame of a table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Style {
    /// With lines around it and between the columns.
    Framed,
    /// With so many blanks between the columns.
    Open(usize),
}

impl Style {
    /// The cells that the frame takes.
    fn overhead(self, columns: usize) -> usize {
        match self {
            Self::Framed => 3 * columns + 1,
            Self::Open(blanks) => blanks * columns.saturating_sub(1),
        }
    }
}

/// The widths of the columns in cells, without the frame.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Layout {
    pub(super) style: Style,
    pub(super) widths: Vec<usize>,
    /// The column that is cut.
    pub(super) longest: Option<usize>,
}

/// What a column needs.
struct Need {
    least: usize,
    natural: usize,
}

impl Layout {
    /// The roomiest layout of the width; none where even the least widths of the columns exceed it.
    pub(super) fn fit(table: &Table, width: usize) -> Option<Self> {
        let needs: Vec<Need> = (0..table.header.len()).map(|column| need(table, column)).collect();
        let total = |column: usize| -> usize {
            table.rows.iter().filter_map(|row| row.get(column)).map(|cell| cells(cell)).sum()
        };
        let longest = (0..needs.len())
            .filter(|&column| !table.whole && needs.get(column).is_some_and(|need| need.natural > LONG))
            .max_by_key(|&column| (total(column), std::cmp::Reverse(column)));
        let least: usize = needs.iter().map(|need| need.least).sum();
        let fits = |style: &Style| least + style.overhead(needs.len()) <= width;
        let style = [Style::Framed, Style::Open(2), Style::Open(1)].into_iter().find(fits)?;
        let mut left = width - least - style.overhead(needs.len());
        let mut widths: Vec<usize> = needs.iter().map(|need| need.least).collect();
        let natural = |column: usize| needs.get(column).map_or(0, |need| need.natural);
        let only = |wanted: bool| -> Vec<usize> {
            (0..needs.len()).filter(|&column| (longest == Some(column)) == wanted).collect()
        };
        grow(&mut widths, &mut left, &only(true), |column| natural(column).min(READABLE));
        grow(&mut widths, &mut left, &only(false), |column| natural(column).min(ROOMY));
        grow(&mut widths, &mut left, &only(true), natural);
        grow(&mut widths, &mut left, &only(false), natural);
        Some(Self { style, widths, longest })
    }
}

/// Hands out cells to the columns in turn until each has what it wants or none is left.
fn grow(widths: &mut [usize], left: &mut usize, columns: &[usize], wanted: impl Fn(usize) -> usize) {
    let mut grown = true;
    while grown && *left > 0 {
        grown = false;
        for &column in columns {
            if let Some(width) = widths.get_mut(column).filter(|width| **width < wanted(column))
                && *left > 0
            {
                *width += 1;
                *left -= 1;
                grown = true;
            }
        }
    }
}

fn need(table: &Table, column: usize) -> Need {
    let name = table.header.get(column).map_or("", String::as_str);
    let content = table.rows.iter().filter_map(|row| row.get(column)).map(|cell| cells(cell)).max().unwrap_or(0);
    let header = pieces(name).iter().map(|piece| cells(&piece.shown(true))).max().unwrap_or(0);
    let words = table
        .rows
        .iter()
        .filter_map(|row| row.get(column))
        .flat_map(|cell| cell.split(|char: char| !char.is_ascii_graphic()));
    let word = words.map(str::len).filter(|&word| word <= ROOMY).max().unwrap_or(0);
    let least = if table.right.contains(&column) { content } else { content.min(NAME.max(word)) };
    Need { least: least.max(header).max(1), natural: content.max(cells(&bare(name))).max(1) }
}

/// A part of a header that is not divided.
struct Piece {
    text: String,
    /// Whether a hyphen is to be added where a line ends here.
    hyphen: bool,
}

impl Piece {
    fn shown(&self, ends: bool) -> String {
        if ends && self.hyphen { format!("{}-", self.text) } else { self.text.clone() }
    }
}

/// Divides a header after blanks, at soft hyphens and, if it is Chinese, after every second character.
fn pieces(name: &str) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut text = String::new();
    for char in name.chars() {
        let full = !text.is_ascii() && !char.is_ascii() && cells(&text) >= 4;
        if char == SOFT_HYPHEN || char == ' ' || full {
            pieces.push(Piece { text: std::mem::take(&mut text), hyphen: char == SOFT_HYPHEN });
        }
        if char != SOFT_HYPHEN {
            text.push(char);
        }
    }
    pieces.push(Piece { text, hyphen: false });
    pieces
}

/// A header in lines of at most `width` cells, divided between words.
pub(super) fn header_lines(name: &str, width: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    let mut line = String::new();
    let pieces = pieces(name);
    for (index, piece) in pieces.iter().enumerate() {
        let last = index + 1 == pieces.len();
        if !line.is_empty() && cells(&line) + cells(&piece.shown(!last)) > width {
            let hyphen = index.checked_sub(1).and_then(|before| pieces.get(before)).is_some_and(|before| before.hyphen);
            lines.push(if hyphen { format!("{line}-") } else { line.trim().to_owned() });
            line.clear();
        }
        line.push_str(if line.is_empty() { piece.text.trim_start() } else { &piece.text });
    }
    lines.push(line);
    // a single word that is too long for its column
    lines.iter().flat_map(|line| wrap_within(line, width, usize::MAX)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headers_are_divided_between_words() {
        assert_eq!(header_lines("respon\u{ad}sible", 11), ["responsible"]);
        assert_eq!(header_lines("respon\u{ad}sible", 8), ["respon-", "sible"]);
        assert_eq!(header_lines("what it answers", 9), ["what it", "answers"]);
        assert_eq!(header_lines("共同牵头", 5), ["共同", "牵头"]);
        assert_eq!(header_lines("co-lead", 7), ["co-lead"]);
    }
}
