//! Which task a row of a ledger that comes back is about.

use std::collections::{BTreeMap, BTreeSet};

use super::Column;
use super::carried::{Carried, CarriedRow};
use super::tables::{Table, TableRow, plain};

/// What a row is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum About {
    /// The task of this IRI, or the row that a person added earlier.
    Task(String),
    /// Nothing that was handed out.
    New,
    /// One of several tasks of the same words.
    Unclear,
}

/// Finds the task of each row: by its IRI, else by its words. A row that was copied to be filled anew is another. The tasks
/// `elsewhere` have rows of their own on other sheets.
pub(super) fn matched(table: &Table, carried: &Carried, elsewhere: &BTreeSet<String>) -> Vec<About> {
    let rows = &carried.rows;
    let as_handed_out = |id: &str, at: usize| {
        let words = rows.get(id).and_then(|row| row.cells.get(&Column::Task));
        let here = table.rows.get(at).map(|row| row.cell(Column::Task));
        words.is_some_and(|words| Some(plain(words).as_str()) == here)
    };
    let mut of_id: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (at, row) in table.rows.iter().enumerate() {
        let id = row.cell(Column::Id);
        if rows.contains_key(id) {
            of_id.entry(id).or_default().push(at);
        }
    }
    let mut found = vec![About::New; table.rows.len()];
    for (id, places) in &of_id {
        let own = |at: &&usize| as_handed_out(id, **at);
        let Some(first) = places.iter().find(own).or_else(|| places.first()) else { continue };
        for at in places.iter().filter(|at| *at == first || as_handed_out(id, **at)) {
            if let Some(about) = found.get_mut(*at) {
                *about = About::Task((*id).to_owned());
            }
        }
    }
    // rows whose IRI is gone
    let nameless = || (0..).zip(&table.rows).filter(|(_, row)| row.cell(Column::Id).is_empty());
    let free = rows.iter().filter(|(id, _)| !of_id.contains_key(id.as_str()) && !elsewhere.contains(*id));
    let mut by_words: BTreeMap<(String, String), Vec<(&str, &CarriedRow)>> = BTreeMap::new();
    for (id, row) in free {
        let words = |column| row.cells.get(&column).map(|words| plain(words)).unwrap_or_default();
        by_words.entry((words(Column::Task), words(Column::Label))).or_default().push((id, row));
    }
    let known = of_id.keys().filter_map(|id| Some(rows.get(*id)?.document.as_str()));
    let mut home: BTreeSet<&str> = known.collect();
    if home.is_empty() {
        let candidates = nameless().filter_map(|(_, row)| by_words.get(&key(row))).flatten();
        home = most(candidates.map(|(_, row)| row.document.as_str())).into_iter().collect();
    }
    for (at, row) in nameless() {
        let Some(candidates) = by_words.get_mut(&key(row)) else { continue };
        let near = || (0..).zip(candidates.iter()).filter(|(_, (_, row))| home.contains(row.document.as_str()));
        let chosen = match (near().count(), candidates.len()) {
            (_, 0) => continue,
            (1, _) => near().next().map(|(number, _)| number),
            (0, 1) => Some(0),
            _ => None,
        };
        let about = chosen.map_or(About::Unclear, |number: usize| About::Task(candidates.remove(number).0.to_owned()));
        if let Some(place) = found.get_mut(at) {
            *place = about;
        }
    }
    found
}

/// The words by which a row without an IRI is known.
fn key(row: &TableRow) -> (String, String) {
    (row.cell(Column::Task).to_owned(), row.cell(Column::Label).to_owned())
}

/// The name that occurs most; none where two do.
fn most<'a>(names: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for name in names {
        *counts.entry(name).or_default() += 1;
    }
    let (name, count) = counts.iter().max_by_key(|(_, count)| **count)?;
    (counts.values().filter(|other| *other == count).count() == 1).then_some(*name)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn carried(rows: &[(&str, &str, &str)]) -> Carried {
        let row = |(id, document, words): &(&str, &str, &str)| {
            let cells = [(Column::Task, (*words).to_owned()), (Column::Label, "1".to_owned())];
            ((*id).to_owned(), CarriedRow { document: (*document).to_owned(), cells: cells.into() })
        };
        Carried { rows: rows.iter().map(row).collect(), ..Carried::default() }
    }

    fn table(rows: &[(&str, &str)]) -> Table {
        let row = |(id, words): &(&str, &str)| {
            let cells = [(Column::Id, *id), (Column::Task, *words), (Column::Label, "1")];
            TableRow { cells: cells.map(|(column, words)| (column, words.to_owned())).into(), ..TableRow::default() }
        };
        Table { rows: rows.iter().map(row).collect(), ..Table::default() }
    }

    fn task(id: &str) -> About {
        About::Task(id.to_owned())
    }

    #[test]
    fn a_row_without_its_iri_belongs_to_the_document_of_its_sheet() {
        let two = carried(&[("a/1", "a", "甲"), ("a/2", "a", "乙"), ("b/1", "b", "甲"), ("b/2", "b", "丙")]);
        let none = BTreeSet::new();
        assert_eq!(matched(&table(&[("b/2", "丙"), ("", "甲")]), &two, &none), [task("b/2"), task("b/1")]);
        assert_eq!(matched(&table(&[("", "丙"), ("", "甲")]), &two, &none), [task("b/2"), task("b/1")]);
        assert_eq!(matched(&table(&[("", "甲")]), &two, &none), [About::Unclear]);
        let elsewhere = BTreeSet::from(["a/1".to_owned()]);
        assert_eq!(matched(&table(&[("", "甲"), ("", "丁")]), &two, &elsewhere), [task("b/1"), About::New]);
        assert_eq!(matched(&table(&[("b/2", "丙"), ("", "乙")]), &two, &none), [task("b/2"), task("a/2")]);
    }

    #[test]
    fn a_copied_row_with_new_words_is_new() {
        let one = carried(&[("a/1", "a", "甲")]);
        let rows = table(&[("a/1", "新"), ("a/1", "甲"), ("a/1", "甲")]);
        assert_eq!(matched(&rows, &one, &BTreeSet::new()), [About::New, task("a/1"), task("a/1")]);
        assert_eq!(matched(&table(&[("a/1", "改")]), &one, &BTreeSet::new()), [task("a/1")]);
    }
}
