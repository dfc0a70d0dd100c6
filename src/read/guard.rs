//! Libraries that may panic on damaged files, held so that they cannot take the program with them.

use std::cell::Cell;
use std::panic::{self, AssertUnwindSafe};
use std::sync::Once;

use super::error::ReadError;

thread_local! {
    static QUIET: Cell<bool> = const { Cell::new(false) };
}

/// Calls a library so that a panic in it, which damaged files can cause, becomes an error and prints nothing.
///
/// This is the one place where a panic is caught: nothing that the library may have left half done outlives the call.
pub(super) fn guarded<T>(
    call: impl FnOnce() -> Result<T, ReadError>,
    damaged: impl FnOnce(&str) -> ReadError,
) -> Result<T, ReadError> {
    static HOOK: Once = Once::new();
    HOOK.call_once(|| {
        let before = panic::take_hook();
        panic::set_hook(Box::new(move |info| {
            if !QUIET.get() {
                before(info);
            }
        }));
    });
    QUIET.set(true);
    let result = panic::catch_unwind(AssertUnwindSafe(call));
    QUIET.set(false);
    result.unwrap_or_else(|_| Err(damaged("the library that reads it gave up")))
}
