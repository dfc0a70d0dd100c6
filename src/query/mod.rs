//! Questions to the store: shipped queries, any SPARQL, and the network for the analyses.
//!
//! This is the only place that speaks SPARQL. Queries read only, and updates are apart; values are
//! bound, never spliced into a text; answers are the same on every machine.

mod answer;
mod as_of;
mod bind;
mod bodies;
pub mod catalogue;
mod claims;
mod deadlines;
mod documents;
mod doubts;
#[cfg(feature = "client")]
mod endpoint;
mod error;
mod fetch;
mod follow;
mod holdings;
mod known;
mod known_words;
mod ledgers;
mod names;
mod notices;
mod operands;
mod plan;
mod prepare;
mod products;
mod project;
mod readings;
mod sets;
pub mod shapes;
mod slice;
mod source;
#[cfg(feature = "client")]
pub mod statement;
mod statistics;
mod syntax;
mod table;
mod thing;
mod update;
mod value;
mod words;

pub use answer::{Answer, Limits, ResultFormat, Rows, Table};
pub use as_of::{AsOf, as_of};
pub use bodies::printed_names;
pub use catalogue::NamedQuery;
pub use claims::{Claim, Claims, claims, claims_in};
pub use deadlines::deadlines;
pub use documents::{StoredDocument, documents};
pub use doubts::{Doubtful, doubtful};
#[cfg(feature = "client")]
pub use endpoint::Endpoint;
pub use error::QueryError;
pub use fetch::{graph, graph_names};
pub use holdings::{describe, holdings};
pub use known::known_values;
pub use known_words::{Word, WordKind, known_words};
pub use ledgers::{Written, written};
pub use notices::{notices, notices_in, outlines, references, verdicts};
pub use oxigraph::sparql::CancellationToken;
pub use plan::Step;
pub use prepare::Query;
pub use project::{Detail, Filter, project, project_documents};
pub use readings::{Cited, Reading, Rule, Seen, readings};
pub use shapes::{Shapes, ShapesError};
pub use source::Source;
pub use statistics::{counts, known_counts};
pub use thing::Thing;
pub use update::Update;
pub use value::Type;
