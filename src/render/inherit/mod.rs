//! How mandates are handed down, as table, JSON and CSV.

mod json;
mod pair;
mod several;
pub(crate) mod words;

pub use json::{json, json_several};
pub use pair::{csv, pair};
pub use several::{Several, several};
