//! Pages set in two columns, as gazettes are: the left one is read before the right one.

use super::line::{Line, lines};
use super::page::Glyph;

/// How many rows with words on both sides show that a page has two columns.
const FEWEST: usize = 6;
/// How many characters a line of prose has at least, on the average.
const NARROWEST: usize = 8;
/// How many rows with words on both sides of a gap show that a side of a page is divided.
const DIVIDED: usize = 4;
/// The gap between the columns, in widths of a character.
const GAP: f32 = 0.9;
/// Rows that stand further apart from the others than this, in heights of a character, are headers and footers.
const APART: f32 = 3.2;

/// A row of characters and what it says of a gap.
struct Row {
    glyphs: Vec<Glyph>,
    base: f32,
    /// Whether words run over the gap.
    crosses: bool,
}

/// The lines of a page in reading order; none where it is not set in two columns.
pub(super) fn two_columns(glyphs: &[Glyph]) -> Option<Vec<Line>> {
    let gap = gap(glyphs)?;
    let mut rows: Vec<Row> = rows(glyphs)
        .into_iter()
        .map(|glyphs| Row { crosses: crosses(&glyphs, gap), base: base(&glyphs), glyphs })
        .collect();
    set_headers_apart(&mut rows);
    let apart: Vec<Glyph> = rows.iter().filter(|row| !row.crosses).flat_map(|row| row.glyphs.iter().copied()).collect();
    let shift = start(&apart, |left| left > gap) - start(&apart, |left| left <= gap);
    let mut out: Vec<Line> = Vec::new();
    let (mut left, mut right): (Vec<Glyph>, Vec<Glyph>) = (Vec::new(), Vec::new());
    for row in rows {
        if row.crosses {
            flush(&mut left, &mut right, shift, &mut out);
            out.extend(lines(row.glyphs));
        } else {
            let (before, behind): (Vec<Glyph>, Vec<Glyph>) =
                row.glyphs.into_iter().partition(|glyph| glyph.left <= gap);
            left.extend(before);
            right.extend(behind);
        }
    }
    flush(&mut left, &mut right, shift, &mut out);
    Some(out)
}

/// Writes both columns, the right one moved to where the left one stands, so that indents can be told.
fn flush(left: &mut Vec<Glyph>, right: &mut Vec<Glyph>, shift: f32, out: &mut Vec<Line>) {
    out.extend(lines(std::mem::take(left)));
    out.extend(lines(std::mem::take(right)).into_iter().map(|line| Line {
        left: line.left - shift,
        right: line.right - shift,
        ..line
    }));
}

/// Where the gap between two columns of prose is, if there is one: most rows leave it free and have words on both sides,
/// and those on the left mostly run up to it, as the cells of a table do not.
fn gap(glyphs: &[Glyph]) -> Option<f32> {
    let rows = rows(glyphs);
    let from = glyphs.iter().map(|glyph| glyph.left).fold(f32::INFINITY, f32::min);
    let to = glyphs.iter().map(|glyph| glyph.right).fold(f32::NEG_INFINITY, f32::max);
    let width = to - from;
    let places = (0..=20_u8).map(|step| from + width * (0.4 + 0.01 * f32::from(step)));
    let (free, place) = places
        .map(|place| (rows.iter().filter(|row| !crosses(row, place)).count(), place))
        .max_by(|one, other| one.0.cmp(&other.0).then(other.1.total_cmp(&one.1)))?;
    let both: Vec<&Vec<Glyph>> = rows
        .iter()
        .filter(|row| {
            !crosses(row, place)
                && row.iter().any(|glyph| glyph.left > place)
                && row.iter().any(|glyph| glyph.left <= place)
        })
        .collect();
    // one side may hold what is no prose
    let full = |left: bool| {
        let ends = |row: &Vec<Glyph>| {
            let side = row.iter().filter(|glyph| (glyph.left <= place) == left);
            side.map(|glyph| glyph.right).fold(f32::NEG_INFINITY, f32::max)
        };
        let edge = both.iter().map(|row| ends(row)).fold(f32::NEG_INFINITY, f32::max);
        let count: usize =
            both.iter().map(|row| row.iter().filter(|glyph| (glyph.left <= place) == left).count()).sum();
        if count < NARROWEST * both.len() {
            return 0;
        }
        both.iter().filter(|row| edge - ends(row) < 1.5 * size(row)).count()
    };
    let full = full(true).max(full(false));
    let is_prose = both.len() >= FEWEST && free * 3 >= rows.len() * 2 && full * 2 >= both.len();
    (is_prose && !is_divided(&rows, from, place) && !is_divided(&rows, place, to)).then_some(place)
}

/// Whether a side of a page is itself divided by a gap, as the columns of a table are and prose is not.
fn is_divided(rows: &[Vec<Glyph>], from: f32, to: f32) -> bool {
    let within = |glyph: &&Glyph| glyph.left >= from - 1.0 && glyph.left < to;
    let sides: Vec<Vec<Glyph>> = rows
        .iter()
        .map(|row| row.iter().filter(within).copied().collect::<Vec<_>>())
        .filter(|side| !side.is_empty())
        .collect();
    let places = (1..40_u8).map(|step| from + (to - from) * f32::from(step) / 40.0);
    places.into_iter().any(|place| {
        let both = |side: &&Vec<Glyph>| {
            side.iter().any(|glyph| glyph.left <= place) && side.iter().any(|glyph| glyph.left > place)
        };
        let apart = sides.iter().filter(both).filter(|side| !crosses(side, place)).count();
        let crossing = sides.iter().filter(both).count() - apart;
        apart >= DIVIDED && crossing * 10 <= apart
    })
}

/// Whether the words of a row run over a place: a character stands there, or the gap around it is none between columns.
fn crosses(row: &[Glyph], place: f32) -> bool {
    let before =
        row.iter().filter(|glyph| glyph.left <= place).map(|glyph| glyph.right).fold(f32::NEG_INFINITY, f32::max);
    let behind = row.iter().filter(|glyph| glyph.left > place).map(|glyph| glyph.left).fold(f32::INFINITY, f32::min);
    before > place || behind - before < GAP * size(row)
}

/// Rows far above or below all others stand over or under both columns.
fn set_headers_apart(rows: &mut [Row]) {
    let far = |one: &Row, other: &Row| other.base - one.base > APART * size(&one.glyphs).max(size(&other.glyphs));
    let count = rows.len();
    if let [first, second, ..] = rows
        && far(first, second)
    {
        first.crosses = true;
    }
    if count > 2
        && let [.., before, last] = rows
        && far(before, last)
    {
        last.crosses = true;
    }
}

/// Characters by row, from top to bottom.
fn rows(glyphs: &[Glyph]) -> Vec<Vec<Glyph>> {
    let mut sorted = glyphs.to_vec();
    sorted.sort_by(|one, other| one.base.total_cmp(&other.base));
    let mut rows: Vec<Vec<Glyph>> = Vec::new();
    for glyph in sorted {
        match rows
            .last_mut()
            .filter(|row| row.first().is_some_and(|first| glyph.base - first.base <= 0.45 * first.size.max(glyph.size)))
        {
            Some(row) => row.push(glyph),
            None => rows.push(vec![glyph]),
        }
    }
    rows
}

fn base(row: &[Glyph]) -> f32 {
    row.iter().map(|glyph| glyph.base).fold(f32::NEG_INFINITY, f32::max)
}

fn size(row: &[Glyph]) -> f32 {
    row.iter().map(|glyph| glyph.size).fold(1.0, f32::max)
}

/// Where the characters of one side begin.
fn start(glyphs: &[Glyph], side: impl Fn(f32) -> bool) -> f32 {
    glyphs.iter().map(|glyph| glyph.left).filter(|left| side(*left)).fold(f32::INFINITY, f32::min)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A line of full-width characters of ten points.
    fn set(text: &str, left: f32, base: f32) -> Vec<Glyph> {
        let lefts = std::iter::successors(Some(left), |left| Some(left + 10.0));
        text.chars().zip(lefts).map(|(char, left)| Glyph { char, left, right: left + 10.0, base, size: 10.0 }).collect()
    }

    #[test]
    fn the_left_column_is_read_first() {
        let mut page = set("某市人民政府公报二〇二四年第三期目录", 10.0, 10.0);
        for row in 0..8_u8 {
            let base = 30.0 + 15.0 * f32::from(row);
            page.extend(set("左边的文字写满一行", 0.0, base));
            page.extend(set("右边的文字写满一行", 110.0, base + 2.0));
        }
        page.extend(set("12", 100.0, 220.0));
        let lines = two_columns(&page).unwrap();
        let texts: Vec<&str> = lines.iter().map(|line| line.text.as_str()).collect();
        assert!(texts[1..9].iter().all(|text| text.starts_with('左')), "{texts:?}");
        assert!(texts[9..17].iter().all(|text| text.starts_with('右')), "{texts:?}");
        assert_eq!(texts[17], "12");
        assert!(lines[9].left.abs() < 1.0);
    }

    #[test]
    fn prose_over_the_whole_width_and_cells_are_no_columns() {
        let prose: Vec<Glyph> =
            (0..9_u8).flat_map(|row| set("一行文字从左写到右没有空", 0.0, 15.0 * f32::from(row))).collect();
        assert!(two_columns(&prose).is_none());
        let cells: Vec<Glyph> = (0..9_u8)
            .flat_map(|row| {
                let base = 15.0 * f32::from(row);
                let words = if row == 4 { "建设项目和完善制度" } else { "建设" };
                [set(words, 0.0, base), set("市财政局", 110.0, base), set("年底", 180.0, base)].concat()
            })
            .collect();
        assert!(two_columns(&cells).is_none());
    }
}
