//! Ledgers (台账): the tasks of documents as rows that an office keeps, and what people write into them.
//!
//! [`Book::new`] composes one from what the store holds; [`Returned::new`] reads one that comes back and tells what a person
//! changed. What a document prints is never overwritten: what people write stands beside it, as entries.

use crate::date::Date;

mod book;
mod carried;
mod changes;
mod column;
mod entry;
mod matching;
mod packed;
mod parties;
mod returned;
mod role;
mod rows;
mod status;
mod tables;
mod trace;

pub use book::{Body, Book, Kept, Part, Row, Section};
pub use carried::{Carried, CarriedDocument, CarriedPart, CarriedRow};
pub use column::Column;
pub use entry::{Edit, Entry, Rewrite};
pub use returned::{Note, Returned};
pub use status::Status;
pub use trace::handed_out;

pub use crate::read::LEDGER_SHEET as CARRIER;

/// The first cells of the sheet that carries what reading the ledger back needs: what it is, and in which version of its form.
pub const MARK: [&str; 2] = [crate::read::LEDGER_MARK, "1"];

/// Who hands out ledgers, as their properties say; no person.
pub const AUTHOR: &str = "zeren";

/// The day that the properties of a ledger say it was made on: the day of a result is no part of it.
pub const MADE_ON: Date = Date { year: 2000, month: Some(1), day: Some(1) };
