//! Questions to the store: shipped queries, any SPARQL, and the network for the analyses.
//!
//! This is the only place that speaks SPARQL. Queries read only; values are bound, never spliced
//! into a text; answers are the same on every machine.

mod answer;
mod as_of;
mod bind;
mod bodies;
pub mod catalogue;
mod documents;
mod error;
mod prepare;
mod project;
pub mod shapes;
mod table;
mod value;
mod words;

pub use answer::{Answer, Limits, ResultFormat, Rows, Table};
pub use as_of::as_of;
pub use bodies::printed_names;
pub use catalogue::NamedQuery;
pub use documents::{StoredDocument, documents};
pub use error::QueryError;
pub use oxigraph::sparql::CancellationToken;
pub use prepare::Query;
pub use project::{Filter, project};
pub use shapes::{Shapes, ShapesError};
pub use value::Type;
