//! What a ledger carries: the rows as they were handed out, and the graphs that it was made from.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use super::packed::{digest, unpack};
use super::{Book, CARRIER, Column, Kept, MARK};
use crate::diagnostic::Message;
use crate::extract::Role;
use crate::iri;
use crate::read::Grid;

/// What a ledger carries.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Carried {
    /// The documents, by IRI.
    pub documents: BTreeMap<String, CarriedDocument>,
    /// The rows as they were handed out, by the IRI of the task.
    pub rows: BTreeMap<String, CarriedRow>,
    /// The parts that bodies have, by the name of the body and the IRI of the task; ledgers that were handed out earlier have
    /// none.
    pub parts: BTreeMap<(String, String), CarriedPart>,
    /// The graphs, whole.
    pub graphs: Vec<Kept>,
    /// The graphs that cannot be unpacked any more.
    pub damaged: Vec<String>,
    /// The ledgers that came back before this one was handed out, by IRI.
    pub earlier: BTreeSet<String>,
    /// What tells this ledger from another that was handed out: eight characters made of its rows.
    pub key: String,
}

/// What is needed to understand words that a person writes about a document.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CarriedDocument {
    /// Its title.
    pub title: String,
    /// The place that it speaks for.
    pub place: String,
    /// When it was issued, as ISO 8601.
    pub date: String,
}

/// A row as it was handed out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CarriedRow {
    /// IRI of the document.
    pub document: String,
    /// The cells that may be changed.
    pub cells: BTreeMap<Column, String>,
}

/// The part of a body in a task.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CarriedPart {
    /// The name by which the document calls the body; empty where only people named it.
    pub name: String,
    /// Its roles: more than one where the task names it twice.
    pub roles: Vec<Role>,
}

impl Carried {
    /// Reads the sheet that carries them.
    ///
    /// # Errors
    ///
    /// Where there is none, or it is of a later form.
    pub fn read(grid: &Grid) -> Result<Self, Message> {
        let sheet = grid.sheets.iter().find(|sheet| sheet.name == CARRIER);
        let mut rows = sheet.map(|sheet| sheet.rows.iter()).unwrap_or_default();
        let cell = |row: &[String], at: usize| row.get(at).cloned().unwrap_or_default();
        match rows.next() {
            Some(mark) if cell(mark, 0) != MARK[0] => return Err(not_ours()),
            Some(mark) if cell(mark, 1) != MARK[1] => {
                return Err(Message::new(
                    "台账由更新版本的 zeren 写成",
                    "the ledger was written by a newer version of zeren",
                ));
            }
            None => return Err(not_ours()),
            Some(_) => {}
        }
        Ok(Self::of(rows.map(Vec::as_slice)))
    }

    /// What a ledger carries of its rows.
    pub fn of_book(book: &Book) -> Self {
        Self::of(book.carried().iter().map(Vec::as_slice))
    }

    /// Reads the lines behind the mark.
    fn of<'a>(rows: impl Iterator<Item = &'a [String]>) -> Self {
        let cell = |row: &[String], at: usize| row.get(at).cloned().unwrap_or_default();
        let mut carried = Self::default();
        let mut columns: Vec<Option<Column>> = Vec::new();
        let mut packed: BTreeMap<(String, String), BTreeMap<usize, String>> = BTreeMap::new();
        for row in rows {
            match cell(row, 0).as_str() {
                "columns" => columns = row.iter().skip(3).map(|heading| Column::parse(heading)).collect(),
                "document" => {
                    let document = CarriedDocument { title: cell(row, 2), place: cell(row, 3), date: cell(row, 4) };
                    carried.documents.insert(cell(row, 1), document);
                }
                "row" => {
                    let cells = columns.iter().zip(row.iter().skip(3));
                    let cells = cells.filter_map(|(column, words)| Some(((*column)?, words.clone()))).collect();
                    carried.rows.insert(cell(row, 2), CarriedRow { document: cell(row, 1), cells });
                }
                "part" => {
                    let part = carried.parts.entry((cell(row, 2), cell(row, 1))).or_default();
                    part.name = cell(row, 3);
                    part.roles.extend(Role::parse(&cell(row, 4)));
                }
                "graph" => {
                    let number = cell(row, 3).parse().unwrap_or_default();
                    packed.entry((cell(row, 1), cell(row, 2))).or_default().insert(number, cell(row, 4));
                }
                _ => {}
            }
        }
        for ((id, known), pieces) in packed {
            match unpack(pieces.values().map(String::as_str)).filter(|text| digest(text) == known) {
                Some(nquads) => carried.graphs.push(Kept { id, nquads }),
                None => carried.damaged.push(id),
            }
        }
        let kept = carried.graphs.iter().map(|graph| graph.id.clone());
        carried.earlier = kept.filter(|id| iri::is_ledger(id)).collect();
        let rows = carried.rows.iter().fold(String::new(), |mut text, (id, row)| {
            let _ = writeln!(text, "{id} {:?}", row.cells);
            text
        });
        carried.key = digest(&rows).chars().take(8).collect();
        carried
    }
}

fn not_ours() -> Message {
    Message::new("这不是 zeren 写出的台账", "this is no ledger that zeren wrote")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::date::Date;
    use crate::ledger::{Body, Part, Row, Section, Status};
    use crate::read::GridSheet;

    #[test]
    fn what_is_carried_is_read_back() {
        let mut row = Row {
            id: "d/task/1".to_owned(),
            path: ["一、".to_owned(), String::new()],
            due: Date::parse_iso("2031-12-31"),
            status: Some(Status::Delayed),
            ..Row::default()
        };
        row.cells.insert(Column::Task, "推进\n改革".to_owned());
        let section =
            Section { id: "d".to_owned(), place: "云川市".to_owned(), rows: vec![row], ..Section::default() };
        let part = Part { section: 0, row: 0, role: Role::Supporting, name: "市财政局".to_owned() };
        let body = Body { id: "b".to_owned(), label: "云川市财政局".to_owned(), parts: vec![part] };
        let book = Book { sections: vec![section], bodies: vec![body] };
        let kept =
            ["d", &iri::ledger("a.xlsx", "1")].map(|id| Kept { id: id.to_owned(), nquads: format!("<{id}> .\n") });
        let sheet = |rows| Grid { sheets: vec![GridSheet { name: CARRIER.to_owned(), rows }], ..Grid::default() };
        let mut lines = book.carrier(&kept).unwrap();
        let carried = Carried::read(&sheet(lines.clone())).unwrap();
        assert_eq!(carried.graphs, kept);
        assert_eq!(carried.earlier, BTreeSet::from([kept[1].id.clone()]));
        assert_eq!(carried.documents["d"].place, "云川市");
        let part = &carried.parts[&("云川市财政局".to_owned(), "d/task/1".to_owned())];
        assert_eq!((part.name.as_str(), part.roles.as_slice()), ("市财政局", &[Role::Supporting][..]));
        let row = &carried.rows["d/task/1"];
        let said =
            [Column::Task, Column::Heading, Column::Due, Column::Status].map(|column| row.cells[&column].clone());
        assert_eq!(said, ["推进\n改革", "一、", "2031-12-31", "滞后"]);
        assert_eq!((row.document.as_str(), carried.key), ("d", Carried::of_book(&book).key));
        lines.last_mut().unwrap()[4].replace_range(6..10, "AAAA");
        assert_eq!(Carried::read(&sheet(lines)).unwrap().damaged, [kept[1].id.clone()]);
        assert!(Carried::read(&Grid::default()).is_err());
    }
}
