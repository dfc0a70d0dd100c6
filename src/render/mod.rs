//! Answers to tables, JSON, CSV and DOT. Computes nothing.
pub mod answer;
mod cells;
mod claims;
pub mod csv;
pub mod diagram;
pub mod diff;
pub mod due;
pub mod explanation;
pub mod explore;
pub mod facts;
pub mod findings;
pub mod graphviz;
pub mod inherit;
pub mod json;
pub mod leads;
pub mod ledger;
pub mod ontology;
pub mod organisation;
pub mod overlap;
pub mod plan;
pub mod report;
pub mod review;
#[cfg(test)]
mod sample;
mod succession;
pub mod table;
pub mod transfer;
pub mod verification;
pub mod violations;
pub mod workload;

pub(crate) use findings::escape;

pub use claims::TracedClaims;

pub use cells::{balance, cells, shorten, wrap, wrap_within};
