//! Puts pieces of a table whose borders were lost into rows and columns: of all ways to do so, in the order of the
//! pieces, the one that fits the names of the columns best.

use super::column::Column;
use super::fit;
use super::label::{self, Style};
use crate::span::{Span, Text};

/// Words of a cell, or a part of them.
#[derive(Clone, Copy, Debug)]
pub(super) struct Piece {
    pub(super) span: Span,
    pub(super) edge: Edge,
}

/// What stands before a piece.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Edge {
    /// The beginning of a row.
    Row,
    /// The beginning of a cell, of the same row.
    Cell,
    /// The beginning of a cell, of whatever row.
    Loose,
    /// Nothing that tells: the piece may go on with the cell before it.
    Line,
    /// A blank, which rather separates cells where they stand on one line.
    Blank,
    /// A line break where cells stand on one line: the piece rather goes on.
    Wrap,
}

/// A row: for every column the words in it; or a heading over all of them.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Row {
    Cells(Vec<Option<Span>>),
    Heading(Span),
}

/// What a further row costs.
const ROW: i32 = 3;
/// Among how many pieces a column of numbers without a name is looked for.
const NUMBERS_WITHIN: usize = 200;
/// What it costs to part what a line break joins, or to join what a blank parts.
const WRAP: i32 = 2;
/// What a heading over all columns is worth.
const HEADING: i32 = 2;
/// The longest heading over all columns in characters.
const LONGEST_HEADING: usize = 40;
/// How far rows may fit badly before the table is taken to have ended with the last that fitted.
const VALLEY: i32 = 14;

/// Where a piece was put: the column, or behind the last one for a heading; and where the one before it stood.
#[derive(Clone, Copy, Debug)]
struct Step {
    score: i32,
    before: usize,
    fresh: bool,
}

/// The rows that pieces form, and how many pieces they take up; what does not fit is left at the end.
pub(super) fn align(text: &Text, pieces: &[Piece], columns: &[Option<Column>]) -> (Vec<Row>, usize) {
    let (rows, used, _) = scored(text, pieces, columns);
    (rows, used)
}

/// Where a column of numbers stands that the header does not name, because another name stands over it too.
pub(super) fn unnamed_numbers(text: &Text, pieces: &[Piece], columns: &[Option<Column>]) -> Option<usize> {
    let named = columns.iter().any(|column| matches!(column, Some(Column::Sequence | Column::Label)));
    let pieces = pieces.get(..pieces.len().min(NUMBERS_WITHIN))?;
    let numbers = pieces.iter().filter(|piece| fit::is_number(text.slice(piece.span))).count();
    if named || numbers < 2 {
        return None;
    }
    let score = |at: usize| {
        let mut columns = columns.to_vec();
        columns.insert(at, Some(Column::Sequence));
        scored(text, pieces, &columns).2
    };
    let (best, at) =
        (0..=columns.len()).map(|at| (score(at), at)).max_by_key(|(score, at)| (*score, std::cmp::Reverse(*at)))?;
    (best > scored(text, pieces, columns).2).then_some(at)
}

fn scored(text: &Text, pieces: &[Piece], columns: &[Option<Column>]) -> (Vec<Row>, usize, i32) {
    let width = columns.len();
    // a task is the heading of the measures, or of further tasks, behind it
    let is_words = |column: &Option<Column>| matches!(column, Some(Column::Task | Column::Measure | Column::Duty));
    let last_words = columns.iter().rposition(is_words);
    let absences = columns.iter().enumerate().scan(0, |sum, (at, column)| {
        *sum += fit::absence(*column, last_words.is_some_and(|last| at < last));
        Some(*sum)
    });
    let costs: Vec<i32> = std::iter::once(0).chain(absences).collect();
    let skipped = |from: usize, to: usize| costs.get(to).zip(costs.get(from)).map_or(0, |(to, from)| to - from);
    // what it costs to end a row in a column
    let closing = |column: usize| if column >= width { 0 } else { skipped(column + 1, width) };
    let mut table: Vec<Vec<Option<Step>>> = Vec::with_capacity(pieces.len());
    for (at, piece) in pieces.iter().enumerate() {
        let words = text.slice(piece.span);
        let mut fits: Vec<i32> = columns.iter().map(|column| fit::fit(*column, words)).collect();
        fits.push(if is_heading(words) { HEADING } else { -20 });
        let before = at.checked_sub(1).and_then(|at| table.get(at));
        let row: Vec<Option<Step>> = (0..=width)
            .map(|column| {
                let fit = fits.get(column).copied().unwrap_or_default();
                let opening = if column >= width { fit } else { fit - ROW - skipped(0, column) };
                let Some(before) = before else {
                    return Some(Step { score: opening, before: column, fresh: true });
                };
                let mut best: Option<Step> = None;
                let mut offer = |step: Step| {
                    if best.is_none_or(|best| step.score > best.score) {
                        best = Some(step);
                    }
                };
                for (last, step) in before.iter().enumerate() {
                    let Some(step) = step else { continue };
                    if piece.edge != Edge::Cell {
                        let score = step.score - closing(last) + opening;
                        offer(Step { score, before: last, fresh: true });
                    }
                    if piece.edge != Edge::Row && last < column && column < width {
                        let wrapped = if piece.edge == Edge::Wrap { WRAP } else { 0 };
                        let score = step.score - skipped(last + 1, column) + fit - wrapped;
                        offer(Step { score, before: last, fresh: false });
                    }
                    let may_go_on = matches!(piece.edge, Edge::Line | Edge::Blank | Edge::Wrap);
                    if may_go_on && last == column && column < width {
                        // 张  三 is one name
                        let note = columns.get(column).copied().flatten() == Some(Column::Note);
                        let parted = if piece.edge == Edge::Blank && !note { WRAP } else { 0 };
                        let more = going_on(columns.get(column).copied().flatten(), words, fit) - parted;
                        offer(Step { score: step.score + more, before: last, fresh: false });
                    }
                }
                best
            })
            .collect();
        table.push(row);
    }
    rows(pieces, &table, width, closing)
}

/// How well words go on with a cell.
fn going_on(column: Option<Column>, words: &str, fit: i32) -> i32 {
    match column {
        Some(Column::Party(_) | Column::Department) => (fit - 2).min(3),
        Some(Column::Task | Column::Measure | Column::Duty | Column::Note) | None => {
            if fit::is_number(words) || fit < 0 { -4 } else { 0 }
        }
        Some(Column::Sequence | Column::Label) => -12,
        _ => (fit - 4).min(0),
    }
}

fn is_heading(words: &str) -> bool {
    words.chars().count() <= LONGEST_HEADING
        && !words.ends_with('。')
        && label::of(words).is_some_and(|label| {
            matches!(label.style, Style::Chapter | Style::Han | Style::HanBracket)
                && words.chars().count() > label.length
        })
}

/// Reads the best way back from its end.
fn rows(
    pieces: &[Piece],
    table: &[Vec<Option<Step>>],
    width: usize,
    closing: impl Fn(usize) -> i32,
) -> (Vec<Row>, usize, i32) {
    let ends = table.iter().enumerate().flat_map(|(at, steps)| {
        let closing = &closing;
        steps
            .iter()
            .enumerate()
            .filter_map(move |(column, step)| Some((step.as_ref()?.score - closing(column), at, column)))
    });
    let Some((best, mut at, mut column)) =
        ends.max_by_key(|(score, at, _)| (*score, std::cmp::Reverse(*at))).filter(|(best, ..)| *best > 0)
    else {
        return (Vec::new(), 0, 0);
    };
    // (piece, column, whether it begins a row, score when the row before it was closed)
    let mut path: Vec<(usize, usize, bool, i32)> = Vec::new();
    while let Some(step) = table.get(at).and_then(|steps| steps.get(column).copied().flatten()) {
        let closed = at
            .checked_sub(1)
            .filter(|_| step.fresh)
            .and_then(|before| table.get(before)?.get(step.before).copied().flatten())
            .map_or(0, |last| last.score - closing(step.before));
        path.push((at, column, step.fresh, closed));
        column = step.before;
        let Some(before) = at.checked_sub(1) else { break };
        at = before;
    }
    path.reverse();
    let mut rows: Vec<Row> = Vec::new();
    let mut used = 0;
    // rows, pieces and score where the table fitted best so far
    let mut peak = (0, 0, i32::MIN);
    for (at, column, fresh, closed) in path {
        if fresh {
            if closed > peak.2 {
                peak = (rows.len(), at, closed);
            } else if closed < peak.2 - VALLEY {
                rows.truncate(peak.0);
                return (rows, peak.1, peak.2);
            }
        }
        let Some(span) = pieces.get(at).map(|piece| piece.span) else { break };
        used = at + 1;
        if column >= width {
            rows.push(Row::Heading(span));
            continue;
        }
        if fresh || rows.is_empty() {
            rows.push(Row::Cells(vec![None; width]));
        }
        if let Some(Row::Cells(cells)) = rows.last_mut()
            && let Some(cell) = cells.get_mut(column)
        {
            *cell = Some(cell.map_or(span, |cell| cell.to(span)));
        }
    }
    (rows, used, best)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parse::column::PartyColumn;

    fn aligned(words: &str, columns: &[Column]) -> Vec<Vec<String>> {
        let text = Text::new(words);
        let lines = text.lines().filter(|line| !text.trim(*line).is_empty());
        let pieces: Vec<Piece> = lines.map(|span| Piece { span: text.trim(span), edge: Edge::Line }).collect();
        let columns: Vec<Option<Column>> = columns.iter().copied().map(Some).collect();
        let shown = |span: &Option<Span>| span.map_or("", |span| text.slice(span)).to_owned();
        let (rows, _) = align(&text, &pieces, &columns);
        rows.iter()
            .map(|row| match row {
                Row::Cells(cells) => cells.iter().map(shown).collect(),
                Row::Heading(span) => vec![text.slice(*span).to_owned()],
            })
            .collect()
    }

    const COLUMNS: [Column; 4] =
        [Column::Sequence, Column::Task, Column::Party(PartyColumn::Responsible), Column::Deadline];

    #[test]
    fn cells_on_lines_of_their_own_find_their_columns() {
        let rows = aligned(
            "一、民生实事\n1\n新建3处公共停车场。\n县水务局\n县堤防建设指挥部\n12月底前\n5\n建设社区活动楼。\n县民政局\n5月底前\n建设农民夜校大学。\n12月底前\n分享到\n",
            &COLUMNS,
        );
        assert_eq!(
            rows,
            [
                vec!["一、民生实事"],
                vec!["1", "新建3处公共停车场。", "县水务局\n县堤防建设指挥部", "12月底前"],
                vec!["5", "建设社区活动楼。", "县民政局", "5月底前"],
                vec!["", "建设农民夜校大学。", "", "12月底前"],
            ]
        );
    }

    #[test]
    fn prose_behind_a_table_is_left_alone() {
        let prose = "各县（市、区）政府要加强组织领导，结合实际细化工作措施，确保各项任务落到实处。\n".repeat(5);
        let rows = aligned(&format!("1\n新建3处公共停车场。\n县水务局\n12月底前\n{prose}"), &COLUMNS);
        assert_eq!(rows.len(), 1);
    }
}
