//! The rows of a table without lines: as the rules between them tell, else as its numbers do, else by what is free
//! between the lines.

use super::super::grid::{self, Area};
use super::super::line::{Line, joined, lines};
use super::super::page::{Glyph, Rule};
use super::super::table::Ruled;
use super::Kind;
use super::header::Header;
use super::spread;
use crate::span::fold;

/// So much more than between the lines of a cell is free between rows, in heights of a character.
const BETWEEN: f32 = 0.2;
/// What a cell without words costs, in heights of a character: cells are read as one rather than apart.
const BLANK: f32 = 0.1;
/// How far, in heights of a character, the words of cells stand from their numbers at most, on the average.
const LOOSE: f32 = 0.6;
/// How far, in heights of a character, all words of a column together stand from the middle of their rows at most.
const CENTRED: f32 = 0.5;
/// How far, in heights of a character, lines of one row may stand apart at most to be about level.
const LEVEL: f32 = 0.3;
/// How far, in points, the words of a cell stand from its sides, on both together.
const PADDING: f32 = 8.0;

/// The table of a header and the lines below it; none where its rows cannot be told.
pub(super) fn table(header: Option<&Header>, body: &[Kind<'_>], edges: &[f32], rules: &[Rule]) -> Option<Ruled> {
    let glyphs = || body.iter().flat_map(|kind| &kind.line().glyphs);
    let mut columns = vec![glyphs().map(|glyph| glyph.left).fold(f32::INFINITY, f32::min) - 2.0];
    columns.extend(edges);
    columns.push(glyphs().map(|glyph| glyph.right).fold(f32::NEG_INFINITY, f32::max) + 2.0);
    let width = edges.len() + 1;
    let mut cells: Vec<(Area, String)> = Vec::new();
    let mut row = header.map_or(0, |header| write_header(header, edges, &mut cells));
    let (first, last) = (body.first()?.line(), body.last()?.line());
    let inside = rules.iter().filter(|rule| (first.base..last.base - 0.8 * last.size).contains(&rule.at)).count();
    let cells_only: Vec<&Line> =
        body.iter().filter_map(|kind| if let Kind::Cells(line) = kind { Some(*line) } else { None }).collect();
    if inside > 0
        && let Some(found) = between_rules(&cells_only, body, &columns, rules)
    {
        cells.extend(found.1.into_iter().map(|(area, text)| (Area { row: area.row + row, ..area }, text)));
        return Some(Ruled::of(columns, row + found.0, cells, true));
    }
    for part in body.chunk_by(|one, other| matches!((one, other), (Kind::Cells(_), Kind::Cells(_)))) {
        if let [Kind::Heading(line)] = part {
            cells.push((Area { row, column: 0, rows: 1, columns: width }, line.text.clone()));
            row += 1;
            continue;
        }
        let glyphs: Vec<Glyph> = part.iter().flat_map(|kind| &kind.line().glyphs).copied().collect();
        let (rows, found) = Columns::new(&glyphs, edges).cells()?;
        cells.extend(found.into_iter().map(|(area, text)| (Area { row: area.row + row, ..area }, text)));
        row += rows;
    }
    Some(Ruled::of(columns, row, cells, false))
}

/// Writes the names of the columns; how many rows they take up.
fn write_header(header: &Header, edges: &[f32], cells: &mut Vec<(Area, String)>) -> usize {
    let place = |left: f32, right: f32| edges.iter().filter(|edge| **edge < f32::midpoint(left, right)).count();
    let rows = if header.over.is_empty() { 1 } else { 2 };
    let mut covered = Vec::new();
    for over in &header.over {
        let under = header.names.iter().filter(|name| name.left < over.right && over.left < name.right);
        let under: Vec<usize> = under.map(|name| place(name.left, name.right)).collect();
        if let (Some(&from), Some(&to)) = (under.iter().min(), under.iter().max()) {
            cells.push((Area { row: 0, column: from, rows: 1, columns: to - from + 1 }, over.text.clone()));
            covered.extend(from..=to);
        }
    }
    for (column, name) in header.names.iter().enumerate() {
        let below = covered.contains(&column);
        let (row, rows) = if below { (1, 1) } else { (0, rows) };
        cells.push((Area { row, column, rows, columns: 1 }, name.text.clone()));
    }
    rows
}

/// The cells between rules from left to right, as if there were lines in the gaps.
fn between_rules(
    cells: &[&Line],
    body: &[Kind<'_>],
    columns: &[f32],
    rules: &[Rule],
) -> Option<(usize, Vec<(Area, String)>)> {
    let (first, last) = (body.first()?.line(), body.last()?.line());
    let top = first.base - 1.2 * first.size;
    let bottom = last.base + 0.8 * last.size;
    let mut across: Vec<Rule> = rules.iter().filter(|rule| (top..bottom).contains(&rule.at)).copied().collect();
    let left = across.iter().map(|rule| rule.from).fold(columns[0], f32::min);
    let right = across.iter().map(|rule| rule.to).fold(columns[columns.len() - 1], f32::max);
    across.extend([top, bottom].map(|at| Rule { at, from: left, to: right }));
    let inner = columns.get(1..columns.len() - 1)?;
    let down: Vec<Rule> =
        [left].iter().chain(inner).chain(&[right]).map(|at| Rule { at: *at, from: top, to: bottom }).collect();
    let grid = grid::grids(&across, &down).into_iter().next()?;
    let glyphs: Vec<Glyph> = body.iter().flat_map(|kind| &kind.line().glyphs).copied().collect();
    let numbers = cells.iter().filter(|line| line.text.split(' ').next().is_some_and(is_number)).count();
    // the edges stand in the middle of gaps, not where cells end
    let wide = |area: Area| {
        let edge = |column: usize| grid.columns.get(column).copied().unwrap_or_default();
        let (from, to) = (edge(area.column), edge(area.column + area.columns));
        let own = || glyphs.iter().filter(|glyph| (from..to).contains(&glyph.middle().0));
        let left = own().map(|glyph| glyph.left).fold(f32::INFINITY, f32::min);
        own().map(|glyph| glyph.right).fold(f32::NEG_INFINITY, f32::max) - left + PADDING
    };
    (numbers <= grid.rows.len() + 1).then(|| Ruled::filled(&grid, &glyphs, wide).into_cells())
}

/// The lines of every column.
struct Columns {
    lines: Vec<Vec<Line>>,
    size: f32,
    /// The least distance of two lines of a column, in points.
    pitch: f32,
}

/// For every column the lines behind which its rows end; none for a column whose cells cover several rows each.
type Ends = Vec<Option<Vec<usize>>>;

impl Columns {
    fn new(glyphs: &[Glyph], edges: &[f32]) -> Self {
        let mut split: Vec<Vec<Glyph>> = vec![Vec::new(); edges.len() + 1];
        for glyph in glyphs {
            let column = edges.iter().filter(|edge| **edge < glyph.middle().0).count();
            split[column].push(*glyph);
        }
        let size = glyphs.iter().map(|glyph| glyph.size).fold(1.0, f32::max);
        let lines: Vec<Vec<Line>> = split.into_iter().map(lines).collect();
        let apart =
            |lines: &Vec<Line>| lines.windows(2).map(|pair| pair[1].base - pair[0].base).fold(f32::INFINITY, f32::min);
        let pitch = lines.iter().map(apart).fold(f32::INFINITY, f32::min);
        Self { lines, size, pitch }
    }

    /// The distance of two lines from which on they belong to different cells.
    fn apart(&self) -> f32 {
        self.pitch + BETWEEN * self.size
    }

    /// The number of rows, and the cells.
    fn cells(&self) -> Option<(usize, Vec<(Area, String)>)> {
        let pieces = self.lines.first().map_or(0, |lines| spread::blocks(lines, self.apart()).len());
        let over_rows = self.by_gaps(1).filter(|ends| pieces <= count(ends) && self.numbers().is_none());
        let ways = self.by_gaps(0).into_iter().chain(over_rows);
        let by_gaps = ways
            .filter(|ends| self.full(ends, 2) * 3 >= count(ends) * 2)
            .max_by_key(|ends| (self.full(ends, 2), std::cmp::Reverse(count(ends))));
        let ends = match self.numbers() {
            // rows below one number have most of their cells each
            Some(numbers)
                if by_gaps
                    .as_ref()
                    .is_none_or(|ends| count(ends) <= numbers.len() || self.full(ends, 3) < count(ends)) =>
            {
                // cells that stand apart beside one number are rows of their own; which of the others these share is not known
                let finer = |lines: &&Vec<Line>| spread::blocks(lines, self.apart()).len() > numbers.len();
                if self.lines.iter().filter(finer).count() >= 2 {
                    return None;
                }
                self.by_numbers(&numbers)
            }
            _ => by_gaps?,
        };
        let rows = count(&ends);
        let mut cells = Vec::new();
        for (column, ends_here) in ends.iter().enumerate() {
            let lines = self.lines.get(column).map(Vec::as_slice).unwrap_or_default();
            let Some(ends_here) = ends_here else {
                for merged in spread::over(lines, &self.extents(&ends), self.apart()) {
                    let area = Area { row: merged.row, column, rows: merged.rows, columns: 1 };
                    cells.push((area, self.text(column, merged.lines)));
                }
                continue;
            };
            let mut from = 0;
            for (row, &to) in ends_here.iter().enumerate() {
                let text = self.text(column, from..to);
                cells.push((Area { row, column, rows: 1, columns: 1 }, text));
                from = to;
            }
        }
        Some((rows, cells))
    }

    /// How many rows have words in so many cells.
    fn full(&self, ends: &Ends, least: usize) -> usize {
        let filled = |row: usize| {
            let from = |ends: &Vec<usize>| row.checked_sub(1).and_then(|before| ends.get(before).copied()).unwrap_or(0);
            ends.iter().flatten().filter(|ends| ends.get(row).is_some_and(|to| *to > from(ends))).count()
        };
        (0..count(ends)).filter(|row| filled(*row) >= least.min(self.lines.len())).count()
    }

    /// The first and the last line of every row, in points.
    fn extents(&self, ends: &Ends) -> Vec<(f32, f32)> {
        let mut extents = vec![(f32::INFINITY, f32::NEG_INFINITY); count(ends)];
        for (lines, ends) in self.lines.iter().zip(ends) {
            let mut from = 0;
            for (extent, &to) in extents.iter_mut().zip(ends.iter().flatten()) {
                for line in lines.get(from..to).unwrap_or_default() {
                    *extent = (extent.0.min(line.base), extent.1.max(line.base));
                }
                from = to;
            }
        }
        extents
    }

    /// Where the numbers of the rows stand: a column of the first two that holds nothing else.
    fn numbers(&self) -> Option<Vec<f32>> {
        let numbers = self
            .lines
            .iter()
            .take(2)
            .find(|lines| !lines.is_empty() && lines.iter().all(|line| is_number(&line.text)))?;
        Some(numbers.iter().map(|line| line.base).collect())
    }

    /// Gives every line to the number that it stands beside. The cells of a row begin level with its number, or have
    /// their middle where it stands, whichever fits better.
    fn by_numbers(&self, numbers: &[f32]) -> Ends {
        let shared = |top: bool| {
            let share = |lines: &Vec<Line>| shares(lines, numbers, top, self.apart());
            self.lines.iter().map(share).collect::<Vec<_>>()
        };
        let (top, middle) = (shared(true), shared(false));
        let cost = |shares: &[(f32, Vec<usize>)]| shares.iter().map(|share| share.0).sum::<f32>();
        let is_top = cost(&top) <= cost(&middle);
        let best = if is_top { top } else { middle };
        let ends: Ends = best.iter().map(|(_, ends)| Some(ends.clone())).collect();
        let extents = self.extents(&ends);
        // a column whose words stand beside no number, or better in the middle of several rows, has cells over these
        let longest = self.lines.iter().max_by_key(|lines| lines.len());
        let apart = longest.is_some_and(|lines| spread::blocks(lines, self.apart()).len() >= numbers.len());
        let loose = |cost: f32, lines: &[Line]| {
            let blocks = spread::blocks(lines, self.apart()).len();
            let spread = if is_top { f32::INFINITY } else { spread::cost(lines, &extents, self.apart()) };
            let most = if spread < CENTRED { 0.0 } else { LOOSE * count_f32(blocks) };
            apart && blocks < numbers.len() && (cost > most || spread < cost)
        };
        best.into_iter().zip(&self.lines).map(|((cost, ends), lines)| (!loose(cost, lines)).then_some(ends)).collect()
    }

    fn text(&self, column: usize, lines: std::ops::Range<usize>) -> String {
        let all = self.lines.get(column).map(Vec::as_slice).unwrap_or_default();
        let left = all.iter().map(|line| line.left).fold(f32::INFINITY, f32::min);
        let right = all.iter().map(|line| line.right).fold(f32::NEG_INFINITY, f32::max);
        joined(all.get(lines).unwrap_or_default(), right - left + PADDING)
    }

    /// Rows between which more is free than between the lines of a cell; the words of the first columns may cover
    /// several rows each.
    fn by_gaps(&self, skip: usize) -> Option<Ends> {
        let columns = self.lines.get(skip..).filter(|columns| columns.len() >= 2)?;
        let mut levels: Vec<(f32, usize)> = Vec::new();
        let mut bases: Vec<f32> = columns.iter().flatten().map(|line| line.base).collect();
        bases.sort_by(f32::total_cmp);
        for base in bases {
            match levels.last_mut().filter(|last| base - last.0 <= LEVEL * self.size) {
                Some(last) => last.1 += 1,
                None => levels.push((base, 1)),
            }
        }
        let full = levels.iter().filter(|level| level.1 * 2 >= columns.len().max(4)).count();
        let apart = |gap: f32| gap > self.apart();
        let mut starts: Vec<f32> = levels.first().map(|level| level.0).into_iter().collect();
        let wide = levels.windows(2).filter(|pair| apart(pair[1].0 - pair[0].0)).map(|pair| pair[1].0);
        starts.extend(wide);
        if starts.len() == 1 && full * 5 >= levels.len() * 4 {
            starts = levels.iter().map(|level| level.0).collect();
        }
        let behind = |lines: &Vec<Line>| {
            let ends = starts.iter().skip(1).copied().chain([f32::INFINITY]);
            ends.map(|end| lines.partition_point(|line| line.base < end - LEVEL * self.size)).collect()
        };
        let ends = |(column, lines)| (column >= skip).then(|| behind(lines));
        Some(self.lines.iter().enumerate().map(ends).collect())
    }
}

/// The number of rows.
fn count(ends: &Ends) -> usize {
    ends.iter().flatten().map(Vec::len).max().unwrap_or(0)
}

#[expect(clippy::cast_precision_loss, reason = "a page has few lines")]
fn count_f32(count: usize) -> f32 {
    count as f32
}

/// The lines of a column shared out to the rows whose numbers stand at some places: what it costs, and behind which line
/// each row ends. Of all ways in their order it is the one that puts the lines of every cell closest to its number.
fn shares(lines: &[Line], numbers: &[f32], top: bool, apart: f32) -> (f32, Vec<usize>) {
    let size = lines.iter().map(|line| line.size).fold(1.0, f32::max);
    // how far the lines up to each one stand apart, where this is further than within a cell
    let mut torn = vec![0.0];
    for (at, line) in lines.iter().enumerate() {
        let gap = at.checked_sub(1).map_or(0.0, |before| line.base - lines[before].base);
        torn.push(torn[at] + if gap > apart { gap } else { 0.0 });
    }
    let cost = |row: usize, from: usize, to: usize| match (lines.get(from), lines.get(to.wrapping_sub(1))) {
        _ if from == to => BLANK,
        (Some(first), Some(last)) => {
            let place = if top { first.base } else { f32::midpoint(first.base, last.base) };
            ((place - numbers[row]).abs() + torn[to] - torn[from + 1]) / size
        }
        _ => f32::INFINITY,
    };
    let count = lines.len();
    // best[row][to]: the least cost of the rows up to this one with the lines up to `to`, and where the last one begins
    let mut best: Vec<Vec<(f32, usize)>> = Vec::with_capacity(numbers.len());
    for row in 0..numbers.len() {
        let before = |from: usize| match best.last() {
            Some(last) => last[from].0,
            None if from == 0 => 0.0,
            None => f32::INFINITY,
        };
        let line = (0..=count).map(|to| {
            let from = to.saturating_sub(MOST_LINES)..=to;
            let ways = from.map(|from| (before(from) + cost(row, from, to), from));
            ways.min_by(|one, other| one.0.total_cmp(&other.0)).unwrap_or((f32::INFINITY, to))
        });
        let line = line.collect();
        best.push(line);
    }
    let mut ends = vec![count; numbers.len()];
    let mut to = count;
    for row in (0..numbers.len()).rev() {
        ends[row] = to;
        to = best[row][to].1;
    }
    let starts = [0].into_iter().chain(ends.iter().copied());
    let blank = starts.zip(&ends).filter(|(from, to)| from == *to).count();
    (best.last().map_or(0.0, |last| last[count].0) - BLANK * count_f32(blank), ends)
}

/// How many lines a cell may have.
const MOST_LINES: usize = 60;

/// Whether words are the number of a row.
fn is_number(words: &str) -> bool {
    let folded: Vec<char> = words.chars().map(fold).filter(|char| !char.is_whitespace()).collect();
    let digit = |char: &char| char.is_ascii_digit() || crate::numeral::is_numeral(*char) || ('①'..='⑳').contains(char);
    (1..=5).contains(&folded.len())
        && folded.iter().any(digit)
        && folded.iter().all(|char| digit(char) || matches!(char, '.' | '(' | ')' | '、'))
}
