//! What comes in: files read, on any thread, to what a store keeps of them, and a register of what was read, so that the
//! next time only what changed is read.
//!
//! The register saves time and decides nothing: what it says counts only where the file is as it was, the program is as it
//! was, and the store holds what came of the file. It may be deleted at any time.

mod content;
mod corrected;
mod reader;
mod record;
mod register;
mod stamp;

pub use corrected::Corrected;
pub use reader::{LedgerFile, Outcome, Reader, Reading};
pub use record::{Came, Record, Refusal, Summary};
pub use register::{Journal, Register};

#[cfg(test)]
mod tests;
