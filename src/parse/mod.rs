//! Source to document.
mod model;
pub use model::{Citation, CitationRelation, Head};
