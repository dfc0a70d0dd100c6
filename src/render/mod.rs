//! Answers to tables, JSON, CSV and DOT. Computes nothing.
mod cells;
pub mod csv;
pub mod dot;
pub mod graphviz;
pub mod json;
pub mod table;
pub mod workload;

pub use cells::{cells, shorten, wrap};
