//! Tasks in tables: one a row.

mod parties;

use super::clause::Statement;
use super::decide::Setting;
use super::draft::{self, Draft};
use super::indicator::{self, FigureCell};
use super::model::Mode;
use crate::knowledge::Knowledge;
use crate::numeral;
use crate::parse::{Column, Document, Matrix, PartyColumn, TaskTable};
use crate::span::{Span, Text, fold_str, is_blank};

/// The longest name of a task in a cell of its own, in characters.
const LONGEST_NAME: usize = 10;

/// Finds the tasks of the tables; `skip` are the places of rules.
pub(super) fn drafts(document: &Document, skip: &[Span]) -> Vec<Draft> {
    document.tables.iter().flat_map(|table| Rows::new(document, table, skip).drafts()).collect()
}

/// What the rows of a table of indicators measure, and their figures.
pub(super) fn figures(document: &Document, table: &TaskTable) -> Vec<(String, Vec<FigureCell>)> {
    let rows = Rows::new(document, table, &[]);
    let cells = |row: usize| {
        let held = table
            .columns_of(|column| column == Column::Indicator)
            .filter_map(|index| Some(rows.figure(row, index, rows.place(row, index)?)));
        held.collect()
    };
    let subject = |row: usize| {
        let name = table.columns_of(|column| column == Column::Theme).find_map(|column| rows.place(row, column));
        name.map(|name| draft::joined(&document.text, &[name])).unwrap_or_default()
    };
    table.rows.iter().map(|row| (subject(*row), cells(*row))).collect()
}

/// The most cells of a heading in a row of its own.
const MOST_CELLS: usize = 3;

struct Rows<'d> {
    text: &'d Text,
    table: &'d TaskTable,
    skip: &'d [Span],
    /// Headings and printed numbers of the section that the table stands in.
    section: (Vec<String>, Vec<String>),
    /// Headings that stand in rows of their own.
    headings: Vec<String>,
    /// The last text of each column that gives headings.
    themes: Vec<Option<String>>,
    /// Columns that name one task in every row, before the one that says what is to be done.
    names: Vec<usize>,
    /// The column before the one that says what is to be done, in which every row has a number: 1.改建学校.
    numbers: Option<usize>,
    /// Columns that are named after two roles.
    mixed: Vec<usize>,
    /// The number of the last row that has one.
    number: Option<String>,
    /// The statement of the last row that has one.
    above: Option<(Statement, Vec<Span>)>,
    /// What was last said of whose tasks all are that stand below, where no column is for bodies.
    holder: Option<(Statement, Vec<Span>)>,
    /// Whether roles are told apart by columns.
    setting: Setting,
    /// Whether rows of nothing but words are headings: the first is one, and those of tasks have numbers and bodies.
    lone_headings: bool,
    /// The year of the document, where it is known.
    issued: Option<i16>,
    /// The last year that columns of figures are for.
    last_year: Option<i16>,
}

impl<'d> Rows<'d> {
    fn new(document: &'d Document, table: &'d TaskTable, skip: &'d [Span]) -> Self {
        let section = table.section.and_then(|index| Some((index, document.nodes.get(index)?)));
        let above = section.map(|(index, node)| {
            let mut above = draft::ancestors(document, node);
            above.push(index);
            draft::path(document, &above)
        });
        let parties: Vec<PartyColumn> = table
            .columns
            .iter()
            .flatten()
            .filter_map(|column| if let Column::Party(party) = column { Some(*party) } else { None })
            .chain(table.matrix.iter().flat_map(Matrix::parts))
            .collect();
        let plain = parties.iter().all(|party| *party == PartyColumn::Responsible);
        let named = table.names.iter().enumerate().filter_map(|(index, name)| Some((index, (*name)?)));
        let mixed = named.filter(|(_, name)| parties::is_mixed(document.text.slice(*name)));
        Self {
            text: &document.text,
            table,
            skip,
            section: above.unwrap_or_default(),
            headings: Vec::new(),
            themes: vec![None; table.columns.len()],
            names: Vec::new(),
            numbers: None,
            mixed: mixed.map(|(index, _)| index).collect(),
            number: None,
            above: None,
            holder: None,
            setting: if plain {
                Setting::Clause
            } else {
                Setting::Columns { leads: parties.iter().any(|party| *party <= PartyColumn::CoLead) }
            },
            lone_headings: false,
            issued: document.head.year.or_else(|| document.head.own_year()),
            last_year: indicator::last_year(table.names.iter().flatten().map(|name| document.text.slice(*name))),
        }
    }

    fn drafts(mut self) -> Vec<Draft> {
        let mut drafts: Vec<Draft> = Vec::new();
        let tasks = self.table.columns_of(|column| column == Column::Task);
        self.names = tasks.filter(|column| self.names_tasks(*column)).collect();
        self.numbers = self.numbered_names();
        let has_tasks = || self.table.rows.iter().any(|row| self.is_numbered(*row) && !self.leaves_parties_empty(*row));
        self.lone_headings = self.table.rows.first().is_some_and(|row| self.lone(*row).is_some()) && has_tasks();
        self.holder = self.table.holder.and_then(|line| self.holding(line));
        for &row in &self.table.rows {
            if let Some(holder) = self.holder_in(row) {
                self.holder = Some(holder);
            } else if let Some(heading) = self.heading(row) {
                self.headings = vec![heading];
                self.number = None;
                self.above = None;
                self.themes.fill(None);
            } else if let Some(draft) = self.row(row) {
                drafts.extend(self.pieces(row, draft));
            }
        }
        number_parts(&mut drafts);
        drafts
    }

    fn words(&self, row: usize, column: usize) -> &'d str {
        self.table.table.text(self.text, row, column)
    }

    fn place(&self, row: usize, column: usize) -> Option<Span> {
        let cell = self.table.table.cell(row, column)?;
        Some(self.text.trim(cell.span)).filter(|span| !span.is_empty())
    }

    /// Whether the cell at a position begins in an earlier row.
    fn is_merged(&self, row: usize, column: usize) -> bool {
        self.table.table.cell(row, column).is_some_and(|cell| cell.row < row)
    }

    /// Whether a row has a running number in digits.
    fn is_numbered(&self, row: usize) -> bool {
        let mut numbers = self.table.columns_of(|column| matches!(column, Column::Label | Column::Sequence));
        numbers.any(|column| self.words(row, column).starts_with(|char: char| char.is_ascii_digit()))
    }

    /// The cells of a row that names nobody and has no number, or one that is not written in digits: (一) | 加强监管.
    fn lone(&self, row: usize) -> Option<Vec<Span>> {
        let columns = self.table.columns.iter().enumerate().filter(|(index, _)| !self.is_merged(row, *index));
        let mut places: Vec<Span> = Vec::new();
        for (index, column) in columns {
            let Some(place) = self.place(row, index) else { continue };
            if matches!(column, Some(Column::Party(_) | Column::Department | Column::Deadline | Column::Start)) {
                return None;
            }
            places.push(place);
        }
        places.dedup();
        (!places.is_empty() && places.len() <= MOST_CELLS && !self.is_numbered(row)).then_some(places)
    }

    /// A row that holds nothing but a heading.
    fn heading(&self, row: usize) -> Option<String> {
        if self.lone_headings
            && let Some(places) = self.lone(row)
        {
            return Some(draft::joined(self.text, &places));
        }
        let mut places: Vec<Span> =
            (0..self.table.columns.len()).filter_map(|column| self.place(row, column)).collect();
        places.dedup();
        if let [number, title] = places.as_slice() {
            return self.numbered_heading(row, *number, *title);
        }
        let [only] = places.as_slice() else { return None };
        let wide = (0..self.table.columns.len()).filter(|column| self.place(row, *column) == Some(*only)).count() > 1;
        let words = self.text.slice(*only);
        let first = self.place(row, 0) == Some(*only);
        let numbered = crate::parse::label::read(self.text.folded(*only)).is_some()
            && !words.chars().all(|char| char.is_ascii_digit());
        (wide || first && numbered && words.chars().count() <= 60).then(|| draft::joined(self.text, &[*only]))
    }

    /// A heading over the whole row behind a number in a cell of its own: 一 | 特色赛道.
    fn numbered_heading(&self, row: usize, number: Span, title: Span) -> Option<String> {
        let columns = self.table.columns.len();
        let wide = columns > 2
            && self.place(row, 0) == Some(number)
            && (1..columns).all(|column| self.place(row, column) == Some(title));
        let number = self.text.slice(number);
        let words = draft::joined(self.text, &[title]);
        (wide && number.chars().all(numeral::is_numeral)).then(|| format!("{number}、{words}"))
    }

    fn row(&mut self, row: usize) -> Option<Draft> {
        let table = self.table;
        let spans: Vec<Span> = (0..table.columns.len())
            .filter(|column| !self.is_merged(row, *column))
            .filter_map(|column| self.place(row, column))
            .collect();
        if spans.iter().take(MOST_CELLS).any(|place| self.is_total(*place)) {
            return None;
        }
        let span = spans.iter().copied().reduce(Span::to)?;
        let mut draft = Draft::new(span);
        let numbered = self.take_number(row);
        self.take_words(row, &mut draft);
        if draft.words.is_empty() {
            return None;
        }
        draft.above = self.section.1.clone();
        draft.above.extend(
            self.headings.iter().filter_map(|heading| crate::parse::label::of(heading)).map(|label| label.text),
        );
        let mut path = self.section.0.clone();
        path.extend(self.headings.iter().cloned());
        path.append(&mut draft.path);
        draft.path = path;
        draft.printed = self.number.clone().unwrap_or_default();
        self.take_parties(row, numbered, &mut draft);
        let duty = table.columns_of(|column| column == Column::Duty).next().is_some();
        for (index, column) in table.columns.iter().enumerate() {
            let Some(place) = self.place(row, index) else { continue };
            let header = table.names.get(index).copied().flatten();
            let figures = || self.figure(row, index, place);
            if let Some(header) = header.filter(|header| is_figures_of_year(*column, self.text.slice(*header))) {
                draft.figures.push(figures());
                if !self.is_standing(header) {
                    draft.due.push(header);
                }
                continue;
            }
            match column {
                Some(Column::Deadline) => draft.due.push(place),
                Some(Column::Start) => draft.begins.push(place),
                Some(Column::Indicator) => draft.figures.push(figures()),
                // what a body does, and beside it what it is to reach
                Some(Column::Task | Column::Measure) if duty && !draft.words.contains(&place) => {
                    draft.figures.push(figures());
                }
                Some(Column::Source | Column::Note) => draft.sources.push(place),
                Some(Column::Mode) => draft.mode = Mode::parse(self.text.slice(place)),
                Some(Column::Open) => {
                    let open = !matches!(self.text.slice(place), "否" | "无" | "0" | "no");
                    draft.statement.iter_mut().for_each(|statement| statement.open |= open);
                }
                _ => {}
            }
        }
        Some(draft)
    }

    /// Whether a cell says that its row sums up others: 合计.
    fn is_total(&self, place: Span) -> bool {
        let totals = &Knowledge::shipped().vocabulary.drafting.sections.totals;
        let words = draft::joined(self.text, &[place]);
        let words = words.trim_end_matches([':', '：']);
        totals.iter().any(|total| words == total)
    }

    /// A cell of figures with what its column and its row say of it.
    fn figure(&self, row: usize, column: usize, place: Span) -> FigureCell {
        let header = self.table.names.get(column).copied().flatten();
        let standing = header.is_some_and(|header| self.is_standing(header));
        FigureCell { place, header, standing, unit: self.unit(row), nature: self.nature(row) }
    }

    /// Whether a column tells how things stand, by its name.
    fn is_standing(&self, header: Span) -> bool {
        indicator::is_standing(self.text.slice(header), self.last_year, self.issued)
    }

    /// The cell of a row that says whether its figures bind.
    fn nature(&self, row: usize) -> Option<Span> {
        let mut cells = (0..self.table.columns.len()).filter_map(|column| self.place(row, column));
        cells.find(|place| indicator::is_nature(self.text.slice(*place)))
    }

    /// The cell of a row that names the unit of its figures.
    fn unit(&self, row: usize) -> Option<Span> {
        (0..self.table.columns.len()).find_map(|column| {
            let header = self.table.names.get(column).copied().flatten()?;
            let unit = self.place(row, column)?;
            indicator::is_unit(self.text.slice(header), self.text.slice(unit)).then_some(unit)
        })
    }

    /// Takes the number of a row; whether the row has one of its own.
    fn take_number(&mut self, row: usize) -> bool {
        let labels = self.table.columns_of(|column| column == Column::Label);
        let sequences = self.table.columns_of(|column| column == Column::Sequence);
        for column in labels.chain(sequences) {
            let words: String = self.words(row, column).chars().filter(|char| !is_blank(*char)).collect();
            if !words.is_empty() {
                let own = !self.is_merged(row, column);
                self.number = Some(fold_str(&words).into_owned());
                return own;
            }
        }
        false
    }

    /// Takes what is to be done, its name, and the headings above it.
    fn take_words(&mut self, row: usize, draft: &mut Draft) {
        let table = self.table;
        let filled = |kind: Column| {
            table.columns_of(move |column| column == kind).any(|column| !self.words(row, column).is_empty())
        };
        let duty = table.columns_of(|column| column == Column::Duty).next().is_some();
        let main = [Column::Measure, Column::Duty, Column::Task].into_iter().find(|kind| filled(*kind));
        let main = main.unwrap_or(Column::Theme);
        // of two columns of tasks the first is the heading of the second
        let words =
            table.columns_of(|column| column == main).filter(|column| !self.words(row, *column).is_empty()).last();
        for (index, column) in table.columns.iter().enumerate() {
            let Some(column) = *column else { continue };
            let is_main = Some(index) == words;
            let is_heading = (matches!(column, Column::Theme | Column::Task) || column == main) && !is_main && !duty;
            if is_main {
                let place = self.place(row, index);
                let numbered = self.numbers.is_some();
                draft.words.extend(place.map(|place| if numbered { place } else { self.without_label(place) }));
            } else if is_heading {
                if let Some(place) = self.place(row, index) {
                    let mut place = place;
                    if self.numbers == Some(index) {
                        place = self.without_label(place);
                    }
                    let words = draft::joined(self.text, &[place]);
                    if self.names.contains(&index) || self.numbers == Some(index) {
                        draft.title = Some(words);
                        draft.name = Some(place);
                        continue;
                    }
                    if let Some(theme) = self.themes.get_mut(index) {
                        *theme = Some(words);
                    }
                }
                let theme = self.themes.get(index).cloned().flatten();
                draft.path.extend(theme.filter(|theme| !draft.path.contains(theme)));
            }
        }
    }

    /// Whether the cells of a column name one task each, in a few words.
    fn names_tasks(&self, column: usize) -> bool {
        self.table.rows.iter().all(|&row| {
            let words = self.words(row, column);
            let alone = !words.is_empty() && !self.is_merged(row, column);
            alone && words.chars().count() <= LONGEST_NAME || self.heading(row).is_some()
        })
    }

    /// The first column of headings in which every row has a number of its own, where no column is for numbers.
    fn numbered_names(&self) -> Option<usize> {
        let numbered = |column: usize, row: usize| {
            let label = self.place(row, column).and_then(|place| crate::parse::label::read(self.text.folded(place)));
            label.filter(|_| !self.is_merged(row, column)).map(|label| (label.style, label.number))
        };
        let counts = |column: &usize| {
            let rows = self.table.rows.iter().filter(|row| self.heading(**row).is_none());
            let numbers: Option<Vec<_>> = rows.map(|row| numbered(*column, *row)).collect();
            let mut numbers = numbers.unwrap_or_default().into_iter();
            numbers.next().is_some_and(|(style, mut last)| {
                numbers.all(|(other, number)| other == style && std::mem::replace(&mut last, number) < number)
            })
        };
        let mut sequences = self.table.columns_of(|column| matches!(column, Column::Label | Column::Sequence));
        let mut headings = self.table.columns_of(|column| matches!(column, Column::Theme | Column::Task));
        let main = self.table.columns_of(|column| matches!(column, Column::Measure | Column::Task)).last();
        if sequences.next().is_some() {
            return None;
        }
        headings.find(|column| Some(*column) != main && counts(column))
    }

    /// The words of a task without the number that it begins with, which is the task's where no column has numbers.
    fn without_label(&mut self, place: Span) -> Span {
        let words = self.text.slice(place);
        let mut numbers = self.table.columns_of(|column| matches!(column, Column::Label | Column::Sequence));
        let Some(label) = crate::parse::label::read(self.text.folded(place)).filter(|label| label.length < place.len())
        else {
            return place;
        };
        // of several items in one cell none is the task: 1.排查;2.整改
        let items = words.split(['\n', '；', ';', '。']).skip(1);
        let several = items.into_iter().any(|item| crate::parse::label::of(item.trim_matches(is_blank)).is_some());
        if numbers.next().is_some() || several {
            return place;
        }
        self.number = Some(label.text);
        Span::new(place.start + label.length, place.end)
    }
}

/// Rows that share a number become its parts; rows without one are numbered in order.
fn number_parts(drafts: &mut [Draft]) {
    let mut first = 0;
    while first < drafts.len() {
        let key = drafts.get(first).map(|draft| (draft.printed.clone(), draft.above.clone()));
        let count = drafts
            .iter()
            .skip(first)
            .take_while(|draft| {
                key.as_ref().is_some_and(|(printed, above)| draft.printed == *printed && draft.above == *above)
            })
            .count()
            .max(1);
        let named = key.is_some_and(|(printed, _)| !printed.is_empty());
        if count > 1 && named {
            for (part, draft) in drafts.iter_mut().skip(first).take(count).enumerate() {
                draft.part = part + 1;
            }
        }
        first += count;
    }
}

/// Whether a column holds what is to be reached in the year that its name gives.
fn is_figures_of_year(column: Option<Column>, header: &str) -> bool {
    let other = matches!(column, None | Some(Column::Deadline | Column::Indicator | Column::Note));
    other && indicator::is_of_year(header)
}
