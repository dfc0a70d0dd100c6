//! The same work on many items, on all processors.

use std::panic::resume_unwind;
use std::thread;

fn threads() -> usize {
    thread::available_parallelism().map_or(1, usize::from)
}

/// As many parts of equal length as there are processors, in order; fewer of fewer items.
pub(crate) fn shares<T>(items: &[T]) -> Vec<&[T]> {
    items.chunks(items.len().div_ceil(threads()).max(1)).collect()
}

/// Does the same with every item, on as many threads as there are processors; the results keep their order.
pub fn in_parallel<T: Sync, R: Send>(items: &[T], work: impl Fn(&T) -> R + Sync) -> Vec<R> {
    let threads = threads().min(items.len());
    if threads < 2 {
        return items.iter().map(work).collect();
    }
    let work = &work;
    // neighbours differ in size less than halves do
    let strides: Vec<Vec<R>> = thread::scope(|scope| {
        let stride = |first: usize| scope.spawn(move || items.iter().skip(first).step_by(threads).map(work).collect());
        let started: Vec<_> = (0..threads).map(stride).collect();
        let joined =
            |thread: thread::ScopedJoinHandle<'_, Vec<R>>| thread.join().unwrap_or_else(|lost| resume_unwind(lost));
        started.into_iter().map(joined).collect()
    });
    let mut strides: Vec<_> = strides.into_iter().map(Vec::into_iter).collect();
    (0..items.len()).filter_map(|index| strides.get_mut(index % threads)?.next()).collect()
}
