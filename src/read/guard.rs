//! Libraries that may panic on damaged files, held so that they cannot take the program with them.

use super::error::ReadError;

/// Calls a library so that a panic in it, which damaged files can cause, becomes an error and prints nothing.
pub(super) fn guarded<T>(
    call: impl FnOnce() -> Result<T, ReadError>,
    damaged: impl FnOnce(&str) -> ReadError,
) -> Result<T, ReadError> {
    crate::guard::guarded(call).unwrap_or_else(|_| Err(damaged("the library that reads it gave up")))
}
