//! Tables printed without lines, or with lines between their rows alone: the columns are told by a header whose names
//! are known, and by the gaps that stay free below it.

mod header;
mod rows;
mod spread;

use self::header::Header;
use super::Item;
use super::line::{Line, lines};
use super::page::{Glyph, Rule};
use super::table::Ruled;
use crate::numeral;

/// The least gap between two columns, in heights of a character.
const NARROWEST: f32 = 0.2;
/// A table ends where so much is free below a line, in heights of a character.
const FAR: f32 = 5.0;
/// Behind how many lines a table may go on after one that runs over its gaps.
const AHEAD: usize = 5;
/// A line that stands so far below the lowest rule of a table is none of it, in heights of a character.
const BELOW_RULE: f32 = 2.2;

/// The gaps between the columns of a table: what is still free between each two names of the header.
#[derive(Clone, Debug)]
struct Gaps(Vec<Vec<(f32, f32)>>);

impl Gaps {
    /// The gaps with the words of a line taken away; none where a line runs over one of them.
    fn below(&self, glyphs: &[Glyph]) -> Option<Self> {
        let mut left = self.clone();
        for (from, to) in extents(glyphs) {
            for gap in &mut left.0 {
                *gap = gap
                    .iter()
                    .flat_map(|free| [(free.0, free.1.min(from)), (free.0.max(to), free.1)])
                    .filter(|free| free.1 > free.0)
                    .collect();
            }
        }
        let least = NARROWEST * glyphs.iter().map(|glyph| glyph.size).fold(1.0, f32::max);
        left.0.iter().all(|gap| gap.iter().any(|free| free.1 - free.0 >= least)).then_some(left)
    }

    /// Where each gap is cut: in the middle of what is widest.
    fn edges(&self) -> Vec<f32> {
        let widest = |gap: &Vec<(f32, f32)>| {
            gap.iter().copied().max_by(|one, other| (one.1 - one.0).total_cmp(&(other.1 - other.0)))
        };
        self.0.iter().filter_map(widest).map(|free| f32::midpoint(free.0, free.1)).collect()
    }
}

/// Where the words of a line begin and end; a gap narrower than those between columns is none.
fn extents(glyphs: &[Glyph]) -> Vec<(f32, f32)> {
    let mut parts: Vec<(f32, f32)> = Vec::new();
    for glyph in glyphs {
        match parts.last_mut().filter(|last| glyph.left - last.1 < NARROWEST * glyph.size) {
            Some(last) => last.1 = last.1.max(glyph.right),
            None => parts.push((glyph.left, glyph.right)),
        }
    }
    parts
}

/// A table that may go on at the top of the next page.
#[derive(Clone, Debug)]
struct Open {
    names: Vec<String>,
    gaps: Gaps,
    edges: Vec<f32>,
}

/// Puts tables without lines into the place of the lines that they were read as. The pages have their rules from left to
/// right beside them, and neither headers nor footers.
///
/// Gives the first line of every header below which rows could not be told.
pub(super) fn rebuild(pages: &mut [Vec<Item>], rules: &[Vec<Rule>]) -> Vec<String> {
    let mut open: Option<Open> = None;
    let mut unread = Vec::new();
    for (page, rules) in pages.iter_mut().zip(rules) {
        let items = std::mem::take(page);
        let (mut at, mut said, mut last) = (0, 0, None);
        while at < items.len() {
            let here = last.take().or_else(|| if at == 0 { open.take() } else { None });
            let Some((table, end, next)) = table(&items, at, rules, here.as_ref()) else {
                if at >= said
                    && let Some(header) = Header::find(&items, at)
                    && let Some(Item::Line(line)) = items.get(at)
                {
                    unread.push(line.text.clone());
                    said = header.behind;
                }
                page.extend(items.get(at).cloned());
                at += 1;
                continue;
            };
            page.push(Item::Table(table));
            at = end;
            if at >= items.len() {
                open = Some(next);
            }
        }
    }
    unread
}

/// Whether some characters of a page are the header of a table.
pub(super) fn has_header(glyphs: &[Glyph]) -> bool {
    let items: Vec<Item> = lines(glyphs.to_vec()).into_iter().map(Item::Line).collect();
    (0..items.len()).any(|at| Header::find(&items, at).is_some_and(|header| header.names.len() > 2))
}

/// The table that begins at an item, the item behind it, and what it needs to go on. The table `before` ended the page
/// before.
fn table(items: &[Item], at: usize, rules: &[Rule], before: Option<&Open>) -> Option<(Ruled, usize, Open)> {
    let header = Header::find(items, at);
    let same = before.filter(|before| header.as_ref().is_none_or(|header| header.texts() == before.names));
    let mut gaps = match (&header, same) {
        (_, Some(before)) => before.gaps.clone(),
        (Some(header), None) => Gaps(header.gaps().into_iter().map(|gap| vec![gap]).collect()),
        (None, None) => return None,
    };
    let first = header.as_ref().map_or(at, |header| header.behind);
    let body = body(items, first, rules, &mut gaps)?;
    let is_row = |kind: &Kind<'_>| matches!(kind, Kind::Cells(line) if extents(&line.glyphs).len() > 2);
    if header.is_none() && body.len() < 2 && !body.iter().any(is_row) {
        return None;
    }
    let edges = gaps.edges();
    let names =
        header.as_ref().map_or_else(|| before.map(|before| before.names.clone()), |header| Some(header.texts()));
    let end = first + body.len();
    let table = rows::table(header.as_ref(), &body, &edges, rules)?;
    let columns = same.map_or_else(|| table.edges().to_vec(), |before| before.edges.clone());
    let table = if same.is_some() { table.at_edges(&columns) } else { table };
    Some((table, end, Open { names: names.unwrap_or_default(), gaps, edges: columns }))
}

/// A line of the body of a table.
#[derive(Clone, Copy, Debug)]
enum Kind<'l> {
    /// Words that leave the gaps free.
    Cells(&'l Line),
    /// A heading over all columns.
    Heading(&'l Line),
}

impl<'l> Kind<'l> {
    fn line(self) -> &'l Line {
        match self {
            Self::Cells(line) | Self::Heading(line) => line,
        }
    }
}

/// The lines of a body, as far as they leave the gaps free.
fn body<'l>(items: &'l [Item], first: usize, rules: &[Rule], gaps: &mut Gaps) -> Option<Vec<Kind<'l>>> {
    let lines: Vec<&Line> = items
        .get(first..)?
        .iter()
        .map_while(|item| if let Item::Line(line) = item { Some(line) } else { None })
        .collect();
    let lowest = lowest(&lines, rules);
    let before = gaps.clone();
    let mut body: Vec<Kind<'l>> = Vec::new();
    for (at, line) in lines.iter().enumerate() {
        let above = body.last().map(|kind| kind.line());
        let far = above.is_some_and(|above| match lowest.filter(|rule| (above.base..line.base).contains(rule)) {
            Some(rule) => line.base - rule > BELOW_RULE * line.size,
            None => line.base - above.base > FAR * above.size.max(line.size),
        });
        if far || Header::find(items, first + at).is_some() {
            break;
        }
        if let Some(left) = gaps.below(&line.glyphs) {
            *gaps = left;
            body.push(Kind::Cells(line));
            continue;
        }
        // what seemed to be words of a cell may be a heading in the middle of the table
        if let Some((left, mended)) = without_headings(&before, &body, line) {
            *gaps = left;
            body = mended;
            body.push(Kind::Cells(line));
            continue;
        }
        // a heading between rows stands alone on its line, and rows follow it
        let rows_follow = || {
            let next = lines.iter().skip(at + 1).take(AHEAD);
            let mut next =
                next.map(|next| (gaps.below(&next.glyphs).is_some(), extents(&next.glyphs).len(), is_short(next)));
            next.find_map(|(fits, parts, short)| match (fits, parts, short) {
                (true, 2.., _) => Some(true),
                (false, _, false) => Some(false),
                _ => None,
            })
        };
        if !is_short(line) || extents(&line.glyphs).len() > 2 || rows_follow() != Some(true) {
            break;
        }
        body.push(Kind::Heading(line));
    }
    while matches!(body.last(), Some(Kind::Heading(_))) {
        body.pop();
    }
    (!body.is_empty()).then_some(body)
}

/// The gaps and the lines of a body if lines with the number of a heading are headings, where a further line then leaves
/// the gaps free.
fn without_headings<'l>(gaps: &Gaps, body: &[Kind<'l>], line: &Line) -> Option<(Gaps, Vec<Kind<'l>>)> {
    let is_heading = |line: &Line| is_short(line) && extents(&line.glyphs).len() == 1 && has_han_number(&line.text);
    let mended: Vec<Kind<'l>> = body
        .iter()
        .map(|kind| match kind {
            Kind::Cells(line) if is_heading(line) => Kind::Heading(line),
            kind => *kind,
        })
        .collect();
    let cells = mended.iter().filter_map(|kind| if let Kind::Cells(line) = kind { Some(*line) } else { None });
    let gaps = cells.chain([line]).try_fold(gaps.clone(), |gaps, line| gaps.below(&line.glyphs))?;
    Some((gaps, mended))
}

/// Whether a line begins with a number that headings have: 一、, （一）, 第一章.
fn has_han_number(line: &str) -> bool {
    let rest = line.trim_start_matches(['（', '(', '第']);
    let behind = rest.trim_start_matches(numeral::is_numeral);
    behind.len() < rest.len() && behind.starts_with(['、', '）', ')', '.', '．', '章', '节', '部', '类'])
}

/// Whether a line is no longer than a heading: it does not end as a sentence does.
fn is_short(line: &Line) -> bool {
    line.text.chars().count() <= 40 && !line.text.ends_with(['。', '；', '，', '、'])
}

/// The lowest rule below the first line of a body.
fn lowest(lines: &[&Line], rules: &[Rule]) -> Option<f32> {
    let (first, last) = (lines.first()?, lines.last()?);
    let wide = lines.iter().map(|line| line.right).fold(f32::NEG_INFINITY, f32::max) - first.left;
    let below = rules.iter().filter(|rule| (first.base..last.base).contains(&rule.at));
    below.filter(|rule| (rule.to - rule.from) * 2.0 > wide).map(|rule| rule.at).reduce(f32::max)
}
