//! Work on what a stranger hands in may take longer than anybody waits: it is left then, from wherever it is.

use std::cell::{Cell, RefCell};
use std::panic::{self, AssertUnwindSafe};

/// How many steps are taken from one question whether to go on to the next.
const OFTEN: u32 = 1 << 12;

/// Tells whether nobody waits any more.
type Asked = Box<dyn Fn() -> bool>;

thread_local! {
    /// Steps to the next question; of a thread whose work is always done whole they lead nowhere.
    static LEFT: Cell<u32> = const { Cell::new(u32::MAX) };
    static IS_OVER: RefCell<Option<Asked>> = const { RefCell::new(None) };
}

/// Work that was left.
struct Over;

/// Does work on this thread that is left at a [`step`] once nobody waits for it; none if it was left.
///
/// Nothing that the work may have left half done may outlive it; what is made once for all (`LazyLock`) takes no step.
#[cfg_attr(not(any(feature = "cli", test)), expect(dead_code, reason = "only the server has nobody wait"))]
pub(crate) fn while_awaited<T>(is_over: impl Fn() -> bool + 'static, work: impl FnOnce() -> T) -> Option<T> {
    let before = IS_OVER.replace(Some(Box::new(is_over)));
    LEFT.set(0);
    let done = panic::catch_unwind(AssertUnwindSafe(work));
    LEFT.set(if before.is_some() { 0 } else { u32::MAX });
    IS_OVER.set(before);
    match done {
        Ok(done) => Some(done),
        Err(reason) if reason.is::<Over>() => None,
        Err(reason) => panic::resume_unwind(reason),
    }
}

/// Goes on, if somebody waits. Whatever takes long for a document calls it again and again.
#[inline]
pub(crate) fn step() {
    let left = LEFT.get();
    LEFT.set(left.wrapping_sub(1));
    if left == 0 {
        ask();
    }
}

#[cold]
#[inline(never)]
fn ask() {
    let is_over = IS_OVER.with_borrow(|is_over| is_over.as_ref().map(|is_over| is_over()));
    LEFT.set(if is_over.is_some() { OFTEN } else { u32::MAX });
    if is_over == Some(true) {
        // whoever catches this by the way goes on to the next step
        LEFT.set(0);
        panic::resume_unwind(Box::new(Over));
    }
}

#[cfg(test)]
mod tests {
    use std::rc::Rc;

    use super::*;

    #[test]
    fn work_is_left_when_nobody_waits() {
        let asked = Rc::new(Cell::new(0));
        let counted = Rc::clone(&asked);
        let is_over = move || counted.replace(counted.get() + 1) == 3;
        let steps = Cell::new(0);
        let done = while_awaited(is_over, || {
            loop {
                steps.set(steps.get() + 1);
                step();
            }
        });
        assert_eq!(done, None::<()>);
        assert_eq!((asked.get(), steps.get()), (4, 3 * (OFTEN + 1) + 1));
        assert_eq!(while_awaited(|| false, || (0..3 * OFTEN).for_each(|_| step())), Some(()), "somebody waits");
        // other work of the thread is done whole
        (0..3 * OFTEN).for_each(|_| step());
        assert_eq!(asked.get(), 4);
    }

    #[test]
    fn another_panic_goes_on() {
        let caught = panic::catch_unwind(|| while_awaited(|| false, || panic::resume_unwind(Box::new("other"))));
        assert!(caught.is_err_and(|reason: Box<dyn std::any::Any + Send>| reason.is::<&str>()));
        (0..2 * OFTEN).for_each(|_| step());
    }
}
