//! Names to organisations.
mod facts;
pub use facts::*;
/// Kept for the level of a place.
pub mod registry {
    pub use crate::knowledge::Level;
}
