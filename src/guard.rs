//! A document may be damaged in a way that nobody thought of: what panics on it fails, and takes nothing else with it.

use std::cell::{Cell, RefCell};
use std::panic::{self, AssertUnwindSafe};
use std::sync::Once;

thread_local! {
    static QUIET: Cell<bool> = const { Cell::new(false) };
    static WORDS: RefCell<String> = const { RefCell::new(String::new()) };
}

/// Calls what may panic, so that a panic becomes an error, with its words and its place in the program, and prints nothing.
///
/// Nothing that the call may have left half done may outlive it.
///
/// # Errors
///
/// The words of a panic.
pub(crate) fn guarded<T>(call: impl FnOnce() -> T) -> Result<T, String> {
    static HOOK: Once = Once::new();
    HOOK.call_once(|| {
        let before = panic::take_hook();
        panic::set_hook(Box::new(move |info| {
            if !QUIET.get() {
                return before(info);
            }
            let payload = info.payload();
            let words = payload.downcast_ref::<&str>().copied();
            let words = words.or(payload.downcast_ref::<String>().map(String::as_str)).unwrap_or_default();
            let place = info.location().map(|place| format!("{}:{}", place.file(), place.line()));
            // one line, whatever is said
            let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
            WORDS.set([Some(words), place].into_iter().flatten().collect::<Vec<_>>().join(", "));
        }));
    });
    // one may lie in another
    let before = QUIET.replace(true);
    let result = panic::catch_unwind(AssertUnwindSafe(call));
    QUIET.set(before);
    result.map_err(|_| WORDS.take())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_becomes_its_words() {
        assert_eq!(guarded(|| 1), Ok(1));
        let inner = guarded(|| {
            let inner = guarded(|| assert_eq!(1, 2, "no\n one"));
            assert!(inner.is_err_and(|words| words.contains("no one") && words.contains("guard.rs:")));
            2
        });
        assert_eq!(inner, Ok(2));
    }
}
