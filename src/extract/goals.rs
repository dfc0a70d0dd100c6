//! What a document wants to reach as a whole: figures under headings such as 主要目标, and in tables of indicators outside
//! of tasks.

use super::model::{Goal, Indicator, Task};
use super::{deadline, draft, indicator, quantities, rows};
use crate::knowledge::Knowledge;
use crate::parse::{Document, Node};
use crate::span::{Span, Text};

/// The longest opening of a paragraph in characters that may say what follows.
const LONGEST_OPENING: usize = 24;
/// The longest heading within a paragraph in characters: 基本原则。
const LONGEST_HEADING: usize = 10;
/// How many tasks before a passage may reach into it.
const NEAR: usize = 4;

/// Finds the goals, in document order.
pub(super) fn find(document: &Document, tasks: &[Task]) -> Vec<Goal> {
    let mut spans: Vec<Span> = tasks.iter().map(|task| task.span).collect();
    spans.sort_unstable();
    let is_free = |passage: Span| {
        let behind = spans.partition_point(|task| task.start < passage.end);
        let in_task =
            spans.get(..behind).unwrap_or_default().iter().rev().take(NEAR).any(|task| task.overlaps(passage));
        !in_task && !document.figures.iter().any(|table| table.span.overlaps(passage))
    };
    let mut found: Vec<Goal> = Vec::new();
    let mut aims = vec![false; document.nodes.len()];
    for (index, node) in document.nodes.iter().enumerate() {
        let mut aim = node.parent.and_then(|parent| aims.get(parent)).copied().unwrap_or_default();
        let mut path: Option<Vec<String>> = None;
        for (at, &paragraph) in node.paragraphs.iter().enumerate() {
            let opening = opening(&document.text, paragraph);
            let announced = opening.is_some_and(|heading| says_goals(&document.text, heading));
            // 基本原则。 behind 主要目标。 speaks of something else
            let other = !announced && opening.is_some_and(|heading| heading.len() <= LONGEST_HEADING) && at > 0;
            aim = announced || aim && !other;
            if at == 0
                && let Some(known) = aims.get_mut(index)
            {
                *known = aim;
            }
            if !aim || !is_free(paragraph) {
                continue;
            }
            let path = path.get_or_insert_with(|| path_of(document, index, node));
            let figures = quantities(document, paragraph).into_iter().filter(|figure| !is_past(document, figure));
            found.extend(figures.map(|indicator| Goal { path: path.clone(), indicator }));
        }
    }
    found.extend(document.figures.iter().flat_map(|table| in_table(document, table)));
    found.sort_by_key(|goal| goal.indicator.span);
    found
}

/// The figures of a table of indicators.
fn in_table(document: &Document, table: &crate::parse::TaskTable) -> Vec<Goal> {
    let section = table.section.and_then(|index| Some((index, document.nodes.get(index)?)));
    let path = section.map(|(index, node)| path_of(document, index, node)).unwrap_or_default();
    let dates = |span: Span| deadline::all(&document.text, span, super::when(document, deadline::Setting::Column));
    let rows = rows::figures(document, table).into_iter();
    let found = rows.flat_map(|(subject, cells)| {
        let dates: Vec<_> = cells.iter().flat_map(|cell| dates(cell.place)).collect();
        let found = indicator::find_in_cells(&document.text, &cells, &subject, &dates);
        let (past, mut goals): (Vec<_>, Vec<_>) = found.into_iter().partition(|figure| is_past(document, figure));
        for goal in &mut goals {
            goal.baseline = goal.baseline.or(past.first().map(|past| past.value));
        }
        goals
    });
    found.map(|indicator| Goal { path: path.clone(), indicator }).collect()
}

/// Whether a figure is of a year before the document's own: it tells how things stood.
fn is_past(document: &Document, figure: &Indicator) -> bool {
    figure.by.zip(document.head.own_year()).is_some_and(|(by, year)| by.year < year)
}

/// The headings of an item, its own included.
fn path_of(document: &Document, index: usize, node: &Node) -> Vec<String> {
    let mut above = draft::ancestors(document, node);
    above.push(index);
    draft::path(document, &above).0
}

/// The words that a paragraph begins with and that a full stop or colon ends, or the whole of a short one.
fn opening(text: &Text, paragraph: Span) -> Option<Span> {
    let head = text.folded(Span::new(paragraph.start, paragraph.end.min(paragraph.start + LONGEST_OPENING)));
    let end = head.iter().position(|char| matches!(char, '。' | ':'));
    let end = end.or_else(|| (paragraph.len() <= LONGEST_OPENING).then_some(head.len()))?;
    Some(Span::new(paragraph.start, paragraph.start + end))
}

/// Whether a heading says that goals follow.
fn says_goals(text: &Text, heading: Span) -> bool {
    // most headings have no such character
    let chars = text.folded(heading);
    chars.contains(&'标') && {
        let words = text.slice(heading);
        Knowledge::shipped().vocabulary.clause.sections.goals.iter().any(|word| words.contains(word.as_str()))
    }
}

#[cfg(test)]
mod tests {
    use crate::extract::extract;
    use crate::parse::parse;
    use crate::read::read_bytes;

    fn goals(name: &str, words: &str) -> Vec<String> {
        let found = extract(&parse(read_bytes(name, words.as_bytes()).unwrap())).goals;
        let one = |goal: &crate::extract::Goal| {
            let by = goal.indicator.by.map(|by| by.to_string()).unwrap_or_default();
            let of = goal.path.last().cloned().unwrap_or_default();
            format!("{of}|{}|{}{}|{by}", goal.indicator.name, goal.indicator.value, goal.indicator.unit)
        };
        found.iter().map(one).collect()
    }

    #[test]
    fn figures_under_a_heading_of_goals_are_the_documents_own() {
        let words = "清河市2023年医改方案\n一、总体要求\n基本原则。坚持政府主导，覆盖率达到100%。\n\
            主要目标。到2025年，县域内就诊率达到90%以上。\n二、重点任务\n（一）培训医师50名。（市卫生健康委负责）\n";
        assert_eq!(goals("a.txt", words), ["一、总体要求|县域内就诊率|90%|2025"]);
        let words = "清河市2023年医改方案\n一、工作目标\n（一）近期。到2025年，县域内就诊率达到90%以上。\n\
            二、重点任务\n（一）培训医师50名。（市卫生健康委负责）\n";
        assert_eq!(goals("a.txt", words), ["(一)近期|县域内就诊率|90%|2025"]);
    }

    #[test]
    fn figures_of_a_table_of_indicators_too() {
        let words = "清河市2023年指标表,,,,\n序号,主要指标,单位,2020年,2025年\n1,县域内就诊率,%,85,90\n2,每千人床位（张）,,5.1,6\n";
        assert_eq!(goals("a.csv", words), ["|县域内就诊率|90%|2025", "|每千人床位|6张|2025"]);
    }
}
