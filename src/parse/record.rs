//! Tables written out record by record: a name and its value in turn, on lines of their own, on one line with a colon
//! between, or as JSON has them.

use super::column::{self, Column};
use super::fit;
use super::flat::FlatTable;
use super::label::{self, Label};
use crate::numeral;
use crate::read::{Cell, Table};
use crate::span::{Span, Text};

/// The longest value in lines.
const LINES_OF_VALUE: usize = 40;

/// How deep lists and objects may stand in each other.
const DEEPEST: i32 = 32;

/// A name and its value.
type Field = (Span, Span);

/// Reads the records that begin at a line.
pub(super) fn read(text: &Text, lines: &[Span], first: usize) -> Option<FlatTable> {
    let words = text.slice(text.trim(*lines.get(first)?));
    if words.starts_with(['[', '{']) {
        json(text, lines, first)
    } else {
        named_lines(text, lines, first).or_else(|| cards(text, lines, first))
    }
}

/// Names and values on lines of their own.
fn named_lines(text: &Text, lines: &[Span], first: usize) -> Option<FlatTable> {
    let is_name = |span: Span| span.len() <= 12 && column::is_listed(text.slice(span));
    if !is_name(text.trim(*lines.get(first)?)) {
        return None;
    }
    // names on lines that follow each other are no names with values
    let mut behind = lines.iter().skip(first + 1).map(|line| text.trim(*line)).filter(|line| !line.is_empty());
    if behind.next().is_none_or(is_name) {
        return None;
    }
    let filled: Vec<(usize, Span)> = lines
        .iter()
        .enumerate()
        .skip(first)
        .map(|(at, line)| (at, text.trim(*line)))
        .take_while(|(_, span)| !super::outline::ends_table(text.slice(*span)))
        .filter(|(_, span)| !span.is_empty())
        .take(4000)
        .collect();
    let mut fields: Vec<Field> = Vec::new();
    let (mut at, mut end) = (0, first);
    while let Some(&(_, name)) = filled.get(at).filter(|(_, span)| is_name(*span)) {
        let Some(&(line, value)) = filled.get(at + 1).filter(|(_, span)| !is_name(*span)) else { break };
        let rest = filled.get(at + 2..).unwrap_or_default();
        let next = rest.iter().take(LINES_OF_VALUE).position(|(_, span)| is_name(*span));
        let kind = column::kind(text.slice(name));
        // the last value goes on as long as its lines are alike
        let alike = |(_, span): &&(usize, Span)| {
            matches!(kind, Some(Column::Party(_))) && fit::fit(kind, text.slice(*span)) >= 3
        };
        let more = next.unwrap_or_else(|| rest.iter().take_while(alike).count());
        let last = more.checked_sub(1).and_then(|last| rest.get(last)).copied();
        fields.push((name, last.map_or(value, |(_, span)| value.to(span))));
        end = last.map_or(line, |(line, _)| line) + 1;
        at += 2 + more;
        if next.is_none() {
            break;
        }
    }
    table(text, &records(text, &fields), first, end)
}

/// The longest name before a colon, in characters, its number included.
const LONGEST_NAME: usize = 16;
/// How many cards make a table, and the most lines of one.
const FEWEST_CARDS: usize = 2;
const LINES_OF_CARD: usize = 80;
/// How many empty lines may part cards.
const APART: usize = 4;

/// The field of a card: what its line says behind the name and the colon, and the number that the line begins with.
struct Line {
    number: Option<Label>,
    start: usize,
    name: Span,
    kind: Column,
    value: Span,
}

impl Line {
    /// The name of a field and its value on one line, 责任单位:县卫健局; the name may have a number: 2.项目名称:…, 任务二:….
    fn read(text: &Text, line: Span) -> Option<Self> {
        let place = text.trim(line);
        let number = label::read(text.folded(place));
        let from = place.start + number.as_ref().map_or(0, |number| number.length);
        let head = text.folded(Span::new(from, place.end.min(from + LONGEST_NAME)));
        let colon = head.iter().position(|char| *char == ':')?;
        let counts = |char: &char| char.is_ascii_digit() || numeral::is_numeral(*char);
        let counted = head.get(..colon)?.iter().rev().take_while(|char| counts(char)).count();
        let name = text.trim(Span::new(from, from + colon - counted));
        let kind = column::kind(text.slice(name))?;
        let value = text.trim(Span::new(from + colon + 1, place.end));
        // 责任单位:甲局 完成时限:6月底 are two fields on one line
        let single = !text.folded(value).contains(&':');
        single.then_some(Self { number, start: place.start, name, kind, value })
    }

    /// Whether the field may begin a card: what is to be done, or its number.
    fn begins(&self) -> bool {
        matches!(
            self.kind,
            Column::Task | Column::Measure | Column::Theme | Column::Indicator | Column::Sequence | Column::Note
        )
    }

    /// Whether a value may go on on lines of its own.
    fn goes_on(&self) -> bool {
        matches!(self.kind, Column::Task | Column::Measure | Column::Indicator | Column::Note | Column::Duty)
    }
}

/// Cards: a name, a colon and a value a line, and each card begins with the same name.
fn cards(text: &Text, lines: &[Span], first: usize) -> Option<FlatTable> {
    let key = Line::read(text, *lines.get(first)?).filter(Line::begins)?.name;
    // 责任单位:甲局 above it is a field too: the card, if it is one, has begun
    let above = lines.iter().take(first).rev().take(APART).find(|line| !text.trim(**line).is_empty());
    if above.and_then(|above| Line::read(text, *above)).is_some_and(|above| matches!(above.kind, Column::Party(_))) {
        return None;
    }
    let mut cards: Vec<Vec<Field>> = Vec::new();
    let mut end = first;
    while let Some((card, behind)) = card(text, lines, end, text.slice(key)) {
        cards.push(card);
        end = behind;
    }
    if cards.len() < FEWEST_CARDS {
        return None;
    }
    let found = table(text, &cards, first, end)?;
    let names: Vec<&str> = (0..found.table.width()).map(|column| found.table.text(text, 0, column)).collect();
    let known = column::header(names.iter().copied())?;
    let number = |name: &&str| name.is_empty().then_some(Column::Sequence);
    let columns = known.into_iter().zip(&names).map(|(known, name)| known.or_else(|| number(name))).collect();
    Some(FlatTable { columns: Some(columns), ..found })
}

/// The card that begins at a line with a name, and the line behind it.
fn card(text: &Text, lines: &[Span], first: usize, key: &str) -> Option<(Vec<Field>, usize)> {
    let is_key = |field: &Line| text.slice(field.name) == key;
    let mut fields: Vec<Field> = Vec::new();
    let mut last: Option<Line> = None;
    // the number of the last line below a name without a value
    let mut counted = 0;
    let mut end = first;
    for (at, &line) in lines.iter().enumerate().skip(first).take(LINES_OF_CARD) {
        let place = text.trim(line);
        if place.is_empty() {
            continue;
        }
        let field = Line::read(text, place).filter(|field| field.number.is_none() || is_key(field));
        match (field, &last) {
            (Some(field), None) if !is_key(&field) => return None,
            (Some(field), Some(_)) if is_key(&field) => break,
            (Some(field), _) => {
                fields.extend(field.number.as_ref().map(|number| number_of(field.start, number)));
                fields.push((field.name, field.value));
                (last, counted) = (Some(field), 0);
            }
            (None, Some(name)) if name.goes_on() && !super::outline::ends_table(text.slice(place)) => {
                let number = label::read(text.folded(place)).map(|label| label.number);
                let follows = match number {
                    Some(number) => name.value.is_empty() && number == counted + 1,
                    None => name.value.is_empty() || at == end,
                };
                if !follows {
                    break;
                }
                counted = number.unwrap_or(counted);
                let (_, value) = fields.last_mut()?;
                *value = if value.is_empty() { place } else { value.to(place) };
            }
            (None, _) => break,
        }
        end = at + 1;
    }
    let has = |test: fn(Column) -> bool| {
        let filled = fields.iter().filter(|(_, value)| !value.is_empty());
        filled.filter_map(|(name, _)| column::kind(text.slice(*name))).any(test)
    };
    let says_what = |kind| matches!(kind, Column::Task | Column::Measure | Column::Theme | Column::Indicator);
    (has(says_what) && has(|kind| matches!(kind, Column::Party(_)))).then_some((fields, end))
}

/// The number that a card begins with, without the sign behind it, as a field without a name: 2.项目名称:….
fn number_of(start: usize, number: &Label) -> Field {
    let length = number.text.trim_end_matches(['.', '、']).chars().count();
    (Span::new(start, start), Span::new(start, start + length))
}

/// Objects of names and words, as JSON has them.
fn json(text: &Text, lines: &[Span], first: usize) -> Option<FlatTable> {
    let mut records: Vec<Vec<Field>> = Vec::new();
    let mut fields: Vec<Field> = Vec::new();
    let (mut open, mut name, mut depth) = (None, None, 0_i32);
    let (mut escaped, mut listed) = (false, false);
    let start = lines.get(first)?.start;
    let rest = Span::new(start, text.len());
    let mut last = start;
    for (offset, char) in text.slice(rest).chars().enumerate() {
        let at = start + offset;
        if let Some((quote, from)) = open {
            if escaped {
                escaped = false;
            } else if char == '\\' {
                escaped = true;
            } else if char == quote {
                let words = Span::new(from, at);
                match name.take() {
                    None => name = Some(words),
                    Some(key) => fields.push((key, words)),
                }
                // a list of words is one value
                if listed
                    && let [.., (key, value), (other, _)] = fields.as_mut_slice()
                    && key == other
                {
                    *value = value.to(words);
                    fields.pop();
                }
                if listed {
                    name = fields.last().map(|(key, _)| *key);
                }
                open = None;
            }
            continue;
        }
        match char {
            '"' | '\'' => open = Some((char, at + 1)),
            '[' | '{' => {
                depth += 1;
                if depth > DEEPEST {
                    return None;
                }
                listed = char == '[' && name.is_some();
            }
            '}' => {
                depth -= 1;
                name = None;
                if !fields.is_empty() {
                    records.push(std::mem::take(&mut fields));
                }
                last = at;
            }
            ']' => {
                depth -= 1;
                if listed {
                    (listed, name) = (false, None);
                }
                last = at;
            }
            // a number is a value too
            ',' | '\n' | ':' | ' ' | '\t' | '\r' => {}
            _ if char.is_ascii_alphanumeric() || matches!(char, '.' | '-') => {
                let span = Span::new(at, at + 1);
                match (name, fields.last_mut()) {
                    (Some(key), _) => {
                        fields.push((key, span));
                        name = None;
                    }
                    (None, Some((_, value))) if value.end == at => value.end = at + 1,
                    _ => return None,
                }
            }
            _ => return None,
        }
        if depth <= 0 {
            break;
        }
    }
    let end = first + lines.iter().skip(first).take_while(|line| line.start <= last).count();
    table(text, &records, first, end)
}

/// Fields as records: the first name begins a new one.
fn records(text: &Text, fields: &[Field]) -> Vec<Vec<Field>> {
    let mut records: Vec<Vec<Field>> = Vec::new();
    let first = fields.first().map_or("", |(name, _)| text.slice(*name));
    for field in fields {
        if text.slice(field.0) == first {
            records.push(Vec::new());
        }
        if let Some(record) = records.last_mut() {
            record.push(*field);
        }
    }
    records
}

/// The table that records form, if their names are those of a table of tasks.
fn table(text: &Text, records: &[Vec<Field>], first: usize, end: usize) -> Option<FlatTable> {
    let mut names: Vec<Span> = Vec::new();
    for (name, _) in records.iter().flatten() {
        if names.len() < 40 && !names.iter().any(|known| text.slice(*known) == text.slice(*name)) {
            names.push(*name);
        }
    }
    column::header(names.iter().map(|name| text.slice(*name)))?;
    let mut table = Table { merges_known: true, ..Table::default() };
    for (column, &span) in names.iter().enumerate() {
        table.put(Cell { span, row: 0, column }, 1, 1);
    }
    for (row, record) in (1..).zip(records) {
        for (name, value) in record {
            let column = names.iter().position(|known| text.slice(*known) == text.slice(*name));
            if let Some(column) = column {
                table.put(Cell { span: *value, row, column }, 1, 1);
            }
        }
    }
    Some(FlatTable { table, first, end: end.max(first + 1), ragged: Vec::new(), columns: None, borrowed: Vec::new() })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cells(words: &str) -> Vec<Vec<String>> {
        let text = Text::new(words);
        let lines: Vec<Span> = text.lines().collect();
        let table = read(&text, &lines, 0).unwrap().table;
        (0..table.rows.len())
            .map(|row| (0..table.width()).map(|column| table.text(&text, row, column).to_owned()).collect())
            .collect()
    }

    #[test]
    fn names_and_values_in_turn() {
        assert_eq!(
            cells("具体任务\n建设县级医院；改造门诊楼。\n责任单位\n卫健局\n文旅局\n完成时限\n1月底前\n上一篇\n"),
            [["具体任务", "责任单位", "完成时限"], ["建设县级医院；改造门诊楼。", "卫健局\n文旅局", "1月底前"]]
        );
    }

    #[test]
    fn objects_of_json() {
        assert_eq!(
            cells(
                "[\n {\"序号\": 1, \"任务\": \"建设医院\", \"责任单位\": [\"卫健局\", \"财政局\"]},\n {\"序号\": 12, \"任务\": \"改造\", \"责任单位\": \"住建局\"}\n]\n"
            ),
            [["序号", "任务", "责任单位"], ["1", "建设医院", "卫健局\", \"财政局"], ["12", "改造", "住建局"]]
        );
    }
}
