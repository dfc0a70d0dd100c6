//! The same work on many items, on all processors.

use std::collections::BTreeMap;
use std::panic::{self, AssertUnwindSafe, resume_unwind};
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;

/// As much as the thread that a program begins with has, in bytes: what lies deep in itself is read by recursion.
const STACK: usize = 8 << 20;
/// How many parts of the work each thread takes, one after another.
const PARTS: usize = 64;

/// How many processors there are for the program.
pub fn threads() -> usize {
    thread::available_parallelism().map_or(1, usize::from)
}

/// As many parts of equal length as there are processors, in order; fewer of fewer items.
#[cfg(feature = "store")]
pub(crate) fn shares<T>(items: &[T]) -> Vec<&[T]> {
    items.chunks(items.len().div_ceil(threads()).max(1)).collect()
}

/// Does the same with every item, on as many threads as there are processors; the results keep their order.
pub fn in_parallel<T: Sync, R: Send>(items: &[T], work: impl Fn(&T) -> R + Sync) -> Vec<R> {
    let threads = threads().min(items.len());
    if threads < 2 {
        return items.iter().map(work).collect();
    }
    let mut results: Vec<Option<R>> = Vec::with_capacity(items.len());
    results.resize_with(items.len(), || None);
    // whoever is done with a part takes the next one: some take longer
    let part = items.len().div_ceil(threads * PARTS);
    let parts = Mutex::new(items.chunks(part).zip(results.chunks_mut(part)));
    let next = || parts.lock().unwrap_or_else(PoisonError::into_inner).next();
    let serve = || {
        while let Some((items, results)) = next() {
            for (item, result) in items.iter().zip(results) {
                *result = Some(work(item));
            }
        }
    };
    thread::scope(|scope| {
        let started: Vec<_> = (0..threads).map(|_| scope.spawn(serve)).collect();
        for thread in started {
            thread.join().unwrap_or_else(|lost| resume_unwind(lost));
        }
    });
    // each has its result by now; so the list stays where it is in memory
    results.into_iter().map_while(|result| result).collect()
}

/// Does two pieces of work at a time.
///
/// ```
/// assert_eq!(zeren::parallel::both(|| 1 + 1, || "two".len()), (2, 3));
/// ```
pub fn both<A: Send, B>(one: impl FnOnce() -> A + Send, other: impl FnOnce() -> B) -> (A, B) {
    thread::scope(|scope| {
        let one = scope.spawn(one);
        let other = other();
        (one.join().unwrap_or_else(|lost| resume_unwind(lost)), other)
    })
}

/// Does the same with every item on some threads, while this one takes the results in the order of the items.
///
/// Work runs ahead of who takes: until what waits to be taken weighs `most`, by `weigh`, and never further, but for what
/// is under way on each thread then. The first error of `take` ends the work, and is returned.
///
/// ```
/// use std::convert::Infallible;
///
/// let mut taken = Vec::new();
/// zeren::parallel::in_order(&[3, 1, 2], 2, 10, |n| n * n, |_| 1, |n| {
///     taken.push(n);
///     Ok::<(), Infallible>(())
/// })
/// .unwrap();
/// assert_eq!(taken, [9, 1, 4]);
/// ```
///
/// # Errors
///
/// The first error of `take`.
pub fn in_order<T: Sync, R: Send, E>(
    items: &[T],
    threads: usize,
    most: usize,
    work: impl Fn(&T) -> R + Sync,
    weigh: impl Fn(&R) -> usize + Sync,
    mut take: impl FnMut(R) -> Result<(), E>,
) -> Result<(), E> {
    let desk = Desk { tray: Mutex::new(Tray::default()), room: Condvar::new(), ready: Condvar::new(), most };
    let (work, weigh, desk) = (&work, &weigh, &desk);
    thread::scope(|scope| {
        // also where `take` gives up, or panics
        let _closing = Closing(desk);
        let mut started = 0;
        for _ in 0..threads.min(items.len()) {
            let serve = move || desk.serve(items, work, weigh);
            // a system that has no more threads to give has given some, or this one does the work itself
            started += usize::from(thread::Builder::new().stack_size(STACK).spawn_scoped(scope, serve).is_ok());
        }
        for item in items {
            let result = if started == 0 { Ok(work(item)) } else { desk.collect() };
            take(result.unwrap_or_else(|lost| resume_unwind(lost)))?;
        }
        Ok(())
    })
}

/// Where results lie until they are taken.
struct Desk<R> {
    tray: Mutex<Tray<R>>,
    /// Told when there is room for more results.
    room: Condvar,
    /// Told when there is a result.
    ready: Condvar,
    most: usize,
}

struct Tray<R> {
    /// The first item that nobody works on yet.
    next: usize,
    /// The first item whose result was not taken.
    wanted: usize,
    /// What waits, with its weight.
    waiting: BTreeMap<usize, (thread::Result<R>, usize)>,
    weight: usize,
    closed: bool,
}

impl<R> Default for Tray<R> {
    fn default() -> Self {
        Self { next: 0, wanted: 0, waiting: BTreeMap::new(), weight: 0, closed: false }
    }
}

impl<R> Desk<R> {
    fn tray(&self) -> MutexGuard<'_, Tray<R>> {
        self.tray.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Works on one item after another until there is none, or nobody wants them.
    fn serve<T>(&self, items: &[T], work: &impl Fn(&T) -> R, weigh: &impl Fn(&R) -> usize) {
        loop {
            let mut tray = self.tray();
            // what is waited for is always begun
            while !tray.closed && tray.weight >= self.most && tray.next > tray.wanted {
                tray = self.room.wait(tray).unwrap_or_else(PoisonError::into_inner);
            }
            let at = tray.next;
            let Some(item) = items.get(at).filter(|_| !tray.closed) else { return };
            tray.next += 1;
            drop(tray);
            let result = panic::catch_unwind(AssertUnwindSafe(|| work(item)));
            let weight = result.as_ref().map_or(0, weigh);
            let mut tray = self.tray();
            tray.weight += weight;
            tray.waiting.insert(at, (result, weight));
            self.ready.notify_one();
        }
    }

    /// The next result, waited for.
    fn collect(&self) -> thread::Result<R> {
        let mut tray = self.tray();
        loop {
            let wanted = tray.wanted;
            if let Some((result, weight)) = tray.waiting.remove(&wanted) {
                tray.wanted += 1;
                tray.weight -= weight;
                self.room.notify_all();
                return result;
            }
            tray = self.ready.wait(tray).unwrap_or_else(PoisonError::into_inner);
        }
    }
}

/// Sends the threads home.
struct Closing<'a, R>(&'a Desk<R>);

impl<R> Drop for Closing<'_, R> {
    fn drop(&mut self) {
        self.0.tray().closed = true;
        self.0.room.notify_all();
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};
    use std::time::Duration;

    use super::*;

    #[test]
    fn results_keep_their_order_whatever_the_threads_and_the_room() {
        let items: Vec<usize> = (0..200).collect();
        // the first of each ten takes longest
        let work = |item: &usize| {
            thread::sleep(Duration::from_micros(if item.is_multiple_of(10) { 500 } else { 10 }));
            item * 2
        };
        for threads in [0, 1, 2, 7] {
            for most in [0, 1, 5, 1000] {
                let mut taken = Vec::new();
                let done = in_order(
                    &items,
                    threads,
                    most,
                    work,
                    |_| 1,
                    |result| {
                        taken.push(result);
                        Ok::<(), ()>(())
                    },
                );
                assert_eq!(done, Ok(()));
                assert!(taken.iter().copied().eq(items.iter().map(|item| item * 2)), "{threads} threads, {most}");
            }
        }
    }

    #[test]
    fn work_does_not_run_far_ahead() {
        let items: Vec<usize> = (0..100).collect();
        let (begun, taken) = (AtomicUsize::new(0), AtomicUsize::new(0));
        let far = AtomicUsize::new(0);
        let work = |_: &usize| {
            let ahead = begun.fetch_add(1, Ordering::SeqCst) + 1 - taken.load(Ordering::SeqCst);
            far.fetch_max(ahead, Ordering::SeqCst);
        };
        let done = in_order(
            &items,
            3,
            8,
            work,
            |()| 2,
            |()| {
                thread::sleep(Duration::from_micros(300));
                taken.fetch_add(1, Ordering::SeqCst);
                Ok::<(), ()>(())
            },
        );
        assert_eq!(done, Ok(()));
        // four that wait, one on each thread, and the one at hand
        assert!((2..=8).contains(&far.load(Ordering::SeqCst)), "{far:?}");
    }

    #[test]
    fn an_error_and_a_panic_end_the_work() {
        let items: Vec<usize> = (0..1000).collect();
        let begun = AtomicUsize::new(0);
        let work = |item: &usize| {
            begun.fetch_add(1, Ordering::SeqCst);
            *item
        };
        let ended = in_order(&items, 2, 4, work, |_| 1, |item| if item == 5 { Err("enough") } else { Ok(()) });
        assert_eq!(ended, Err("enough"));
        assert!(begun.load(Ordering::SeqCst) < 20, "{begun:?}");
        let broken = |item: &usize| assert!(*item != 7, "seven");
        let lost = panic::catch_unwind(|| in_order(&items, 2, 4, broken, |()| 1, |()| Ok::<(), ()>(())));
        let lost = lost.unwrap_err();
        assert_eq!(lost.downcast_ref::<&str>(), Some(&"seven"));
    }
}
