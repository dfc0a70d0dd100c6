//! Quantities in cells of a table, of which the header, a column of units and the row say more.

use super::super::model::{Comparator, Deadline, Evidence, Indicator};
use super::lexicon::{Before, LEXICON};
use super::passage::{Passage, is_stop};
use super::{figure, find};
use crate::date::Date;
use crate::span::{Span, Text, fold, is_blank};

/// A cell that names quantities.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::extract) struct FigureCell {
    /// Its place.
    pub(in crate::extract) place: Span,
    /// The name of its column.
    pub(in crate::extract) header: Option<Span>,
    /// Whether it tells how things stand, and not what is to be reached.
    pub(in crate::extract) standing: bool,
    /// The cell of the same row that names the unit.
    pub(in crate::extract) unit: Option<Span>,
    /// The cell of the same row that says whether the figure binds.
    pub(in crate::extract) nature: Option<Span>,
}

/// How sure a figure is that fills its cell.
const SURE: f64 = 0.93;

/// Finds the quantities in the cells of one row; `subject` names what has no name of its own.
pub(in crate::extract) fn find_in_cells(
    text: &Text,
    cells: &[FigureCell],
    subject: &str,
    deadlines: &[Deadline],
) -> Vec<Indicator> {
    let header = |cell: &FigureCell| cell.header.map(|span| plain(text.slice(span))).unwrap_or_default();
    let (standing, due): (Vec<&FigureCell>, Vec<&FigureCell>) = cells.iter().partition(|cell| cell.standing);
    let baseline = standing.iter().find_map(|cell| Some(whole(text, cell)?.value));
    let (subject, unit) = apart(subject);
    let mut out = Vec::new();
    for cell in due {
        let mut found = find(text, cell.place, deadlines);
        if found.iter().all(|indicator| indicator.soft) {
            found.extend(whole(text, cell));
        }
        let nature = cell.nature.map(|span| plain(text.slice(span))).unwrap_or_default();
        let binding = LEXICON.binding.at(&nature, 0).map(|(_, binding)| binding);
        let by = year(&header(cell)).and_then(Date::year);
        for indicator in &mut found {
            indicator.by = indicator.by.or(by);
            indicator.binding = indicator.binding.or(binding);
            indicator.baseline = indicator.baseline.or(baseline);
            if indicator.name.chars().count() < 2 {
                subject.clone_into(&mut indicator.name);
            }
            if indicator.unit.is_empty() {
                unit.clone_into(&mut indicator.unit);
            }
        }
        out.append(&mut found);
    }
    out
}

/// The longest unit in brackets in characters.
const LONGEST_UNIT: usize = 6;

/// The name of what is measured and the unit in brackets behind it: 每千人床位（张）.
fn apart(subject: &str) -> (&str, &str) {
    let inner = subject.strip_suffix(['）', ')']).and_then(|words| words.rsplit_once(['（', '(']));
    let short = inner.filter(|(name, unit)| !name.is_empty() && (1..=LONGEST_UNIT).contains(&unit.chars().count()));
    short.unwrap_or((subject, ""))
}

/// Whether a column is one of figures for a year: 2025年, 2025年目标值.
pub(in crate::extract) fn is_of_year(header: &str) -> bool {
    let header = plain(header);
    let work = header.iter().any(|char| matches!(char, '务' | '作' | '容' | '点' | '施' | '展' | '况'));
    year(&header).is_some() && !work && header.len() <= 10
}

/// Whether a column tells how things stand, and not what is to be reached: 2020年现状, and 2022年 beside a later year
/// in a document of 2025.
pub(in crate::extract) fn is_standing(header: &str, last: Option<i16>, issued: Option<i16>) -> bool {
    let header = plain(header);
    let gone = || {
        let (year, last, issued) = (year(&header)?, last?, issued?);
        Some(year < issued && last >= issued)
    };
    LEXICON.standing_column(&header) || gone().unwrap_or_default()
}

/// The last year that columns of figures are for.
pub(in crate::extract) fn last_year<'t>(headers: impl Iterator<Item = &'t str>) -> Option<i16> {
    headers.filter(|header| is_of_year(header)).filter_map(|header| year(&plain(header))).max()
}

/// Whether a cell says whether the figures of its row bind: 约束性.
pub(in crate::extract) fn is_nature(cell: &str) -> bool {
    let cell = plain(cell);
    cell.len() <= 5 && LEXICON.binding.at(&cell, 0).is_some()
}

/// Whether a cell names the unit of the figures in its row.
pub(in crate::extract) fn is_unit(header: &str, cell: &str) -> bool {
    let (header, cell) = (plain(header), plain(cell));
    let known = LEXICON.unit_columns.at(&header, 0).is_some_and(|(length, ())| length == header.len());
    let unit = |at: usize| LEXICON.units.at(&cell, at).is_some_and(|(length, _)| at + length == cell.len());
    // 1/10万
    let share = cell.contains(&'/') && cell.len() <= 6;
    known && (share || unit(0) || LEXICON.scales.at(&cell, 0).is_some_and(|(length, ())| unit(length)))
}

fn plain(words: &str) -> Vec<char> {
    words.chars().filter(|char| !is_blank(*char)).map(fold).collect()
}

/// The year that the name of a column gives.
fn year(header: &[char]) -> Option<i16> {
    let start = header
        .windows(5)
        .position(|window| matches!(window, [digits @ .., '年'] if digits.iter().all(char::is_ascii_digit)))?;
    let year: String = header.get(start..start + 4)?.iter().collect();
    year.parse().ok().filter(|year| (1990..2100).contains(year))
}

/// The figure that fills a cell, with or without a unit: 90家, ≥95, 25%.
fn whole(text: &Text, cell: &FigureCell) -> Option<Indicator> {
    let chars: Vec<char> = text.slice(cell.place).chars().map(fold).collect();
    let passage = Passage { chars: &chars };
    let mut start = passage.skip_blanks(0);
    let mut comparator = Comparator::Equal;
    while let Some((length, Before::Compare(said))) = LEXICON.before.at(passage.chars, start) {
        comparator = said;
        start = passage.skip_blanks(start + length);
    }
    let figure = figure::read(passage, start).filter(|figure| !figure.han || figure.share.is_some())?;
    let unit_at = passage.skip_blanks(figure.end);
    let stop = (unit_at..chars.len())
        .find(|at| is_stop(passage.at(*at)) || LEXICON.after.at(passage.chars, *at).is_some())
        .unwrap_or(chars.len());
    let printed: String = passage.slice(unit_at, stop).iter().filter(|char| !is_blank(**char)).collect();
    let bound = LEXICON.after.at(passage.chars, stop);
    let end = bound.map_or(stop, |(length, _)| stop + length);
    let closed = passage.slice(end, chars.len()).iter().all(|char| is_blank(*char) || is_stop(*char));
    if !closed || printed.chars().count() > 8 || printed.chars().any(|char| char.is_ascii_digit()) {
        return None;
    }
    let unit = match (figure.share, printed.is_empty(), cell.unit) {
        (Some(sign), ..) => sign.to_string(),
        (None, true, Some(unit)) => text.slice(unit).trim().to_owned(),
        _ => printed,
    };
    let dated = (1990.0..2100.0).contains(&figure.value) && matches!(unit.as_str(), "" | "年");
    (!dated && !unit.contains('月')).then(|| Indicator {
        name: String::new(),
        comparator: bound.map_or(comparator, |(_, bound)| bound),
        value: figure.value,
        value_max: figure.upper,
        unit,
        baseline: None,
        by: None,
        soft: false,
        binding: None,
        scope: None,
        basis: Evidence::Table,
        confidence: SURE,
        span: Span::new(cell.place.start + start, cell.place.start + end),
        corrections: Vec::new(),
    })
}
