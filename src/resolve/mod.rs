//! Names to organisations.
mod facts;
pub mod registry;
pub use facts::*;
