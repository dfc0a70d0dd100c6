//! What changed between two documents, as table, JSON, CSV and as a marked-up page.

mod html;
mod json;
mod table;

pub use html::html;
pub use json::json;
pub use table::{csv, table};
