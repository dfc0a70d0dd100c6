//! What a ledger carries: the rows as they were handed out, and the graphs that it was made from.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::Read as _;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use flate2::read::ZlibDecoder;
use sha2::{Digest as _, Sha256};

use super::{Book, CARRIER, Column, Kept, MARK};
use crate::diagnostic::Message;
use crate::read::Grid;

/// The most bytes that one graph may unpack to.
const LARGEST_GRAPH: u64 = 1 << 30;

/// What a ledger carries.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Carried {
    /// The documents, by IRI.
    pub documents: BTreeMap<String, CarriedDocument>,
    /// The rows as they were handed out, by the IRI of the task.
    pub rows: BTreeMap<String, CarriedRow>,
    /// The graphs, whole.
    pub graphs: Vec<Kept>,
    /// The graphs that cannot be unpacked any more.
    pub damaged: Vec<String>,
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

    /// What a ledger of the present state of a store would carry.
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
                "graph" => {
                    let piece = cell(row, 4).trim_start_matches('x').trim().to_owned();
                    let number = cell(row, 3).parse().unwrap_or_default();
                    packed.entry((cell(row, 1), cell(row, 2))).or_default().insert(number, piece);
                }
                _ => {}
            }
        }
        for ((id, digest), pieces) in packed {
            let packed: String = pieces.into_values().collect();
            match unpack(&packed).filter(|text| hex(text.as_bytes()) == digest) {
                Some(nquads) => carried.graphs.push(Kept { id, nquads }),
                None => carried.damaged.push(id),
            }
        }
        carried
    }

    /// What tells this ledger from another that was handed out: eight characters made of its rows.
    pub fn digest(&self) -> String {
        let mut text = String::new();
        for (id, row) in &self.rows {
            let _ = writeln!(text, "{id} {:?}", row.cells);
        }
        hex(text.as_bytes()).chars().take(8).collect()
    }
}

fn not_ours() -> Message {
    Message::new("这不是 zeren 写出的台账", "this is no ledger that zeren wrote")
}

fn unpack(packed: &str) -> Option<String> {
    let bytes = URL_SAFE_NO_PAD.decode(packed).ok()?;
    let mut text = String::new();
    ZlibDecoder::new(bytes.as_slice()).take(LARGEST_GRAPH).read_to_string(&mut text).ok()?;
    Some(text)
}

fn hex(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().fold(String::new(), |mut out, byte| {
        let _ = write!(out, "{byte:02x}");
        out
    })
}
