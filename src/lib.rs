//! zeren (责任) reads task notices of Chinese governments and answers who is responsible for what.
//!
//! Data flow one way; each stage names only earlier ones:
//!
//! | stage | from | to |
//! |---|---|---|
//! | [`read`] | bytes | [`read::Source`]: text and tables with places |
//! | [`parse`] | source | [`parse::Document`]: head, outline, tables |
//! | [`extract`] | document | [`extract::Extraction`]: tasks, parties, rules, with places |
//! | [`correct`] | extraction, corrections by people | the same, corrected |
//! | [`resolve`] | extraction | [`resolve::Facts`]: organisations and places known by the registry |
//! | [`succession`] | organisations | what became of them through reforms |
//! | [`lint`] | document and facts | findings: what is odd about the document itself |
//! | `ledger` | notices | rows that an office keeps; from workbooks what people wrote |
//! | `graph` | facts | RDF quads |
//! | `store` | quads | an oxigraph store, one named graph a document |
//! | `query`, `analysis` | store | answers |
//! | `intake` | files | what a store keeps of them, and a register of what was read |
//! | `load`, `remote` | RDF files, other servers | graphs, answers |
//! | `render` | answers | tables, JSON, CSV, DOT |
//! | `site` | answers of many kinds | pages for people |
//! | `server` | requests | answers by the SPARQL protocol, pages |
//! | `synth` | a seed | notices of an invented nation, and what is true of them |
//!
//! Without the feature `store` the library ends with [`resolve`].

#[cfg(feature = "store")]
pub mod analysis;
pub mod correct;
pub mod date;
pub mod diagnostic;
pub mod extract;
#[cfg(feature = "store")]
pub mod graph;
mod guard;
mod hexadecimal;
#[cfg(feature = "store")]
pub mod intake;
pub mod iri;
pub mod knowledge;
#[cfg(feature = "store")]
pub mod ledger;
pub mod lint;
#[cfg(feature = "store")]
pub mod load;
#[cfg(feature = "store")]
pub mod network;
#[cfg(feature = "store")]
pub mod notice;
pub mod numeral;
#[cfg(feature = "store")]
mod packed;
pub mod parallel;
pub mod parse;
mod patience;
pub mod pipeline;
#[cfg(feature = "client")]
pub mod push;
#[cfg(feature = "store")]
pub mod query;
pub mod read;
#[cfg(feature = "client")]
pub mod remote;
#[cfg(feature = "cli")]
pub mod render;
pub mod resolve;
pub mod review;
#[cfg(feature = "cli")]
pub mod server;
#[cfg(feature = "cli")]
pub mod site;
pub mod span;
#[cfg(feature = "store")]
pub mod store;
pub mod succession;
#[cfg(feature = "cli")]
pub mod synth;

/// So that the sample below names types as the integration tests do.
#[cfg(test)]
extern crate self as zeren;

#[cfg(all(test, feature = "store"))]
#[path = "../tests/support/sample.rs"]
mod sample;
