//! From a spool to the store, a few graphs at a time.

use super::{Graph, LoadError, Spool};
use crate::parallel::{in_order, threads};
use crate::store::{Prepared, Status, Store};

/// How many graphs are committed together: a commit waits for the disk.
const TOGETHER: usize = 64;
/// How much they may take in memory together, and what is ready and waits for them as well, in bytes.
const MOST: usize = 64 << 20;
/// After how many graphs the index follows: so much of it is done, should the program end.
const INDEXED: usize = 1000;

/// What became of a graph.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stored {
    /// What became of it.
    pub status: Status,
    /// Number of its statements.
    pub statements: usize,
}

/// Puts graphs in the place of their former ones, and settles the store. Returns what became of each, in their order.
///
/// Should the program end meanwhile, or the store refuse one, each graph is as before or as after.
///
/// # Errors
///
/// [`LoadError::Spool`], if the temporary file cannot be read; [`LoadError::Store`], if the store refuses.
pub fn store(spool: &Spool, graphs: &[&Graph], store: &mut Store) -> Result<Vec<Stored>, LoadError> {
    let preparation = store.preparation();
    let prepare = |graph: &&Graph| spool.prepare(graph, preparation);
    let weight = |prepared: &Result<Prepared<'_>, LoadError>| prepared.as_ref().map_or(0, Prepared::weight);
    let mut desk = Desk { store, waiting: Vec::new(), weight: 0, unindexed: 0, stored: Vec::new() };
    in_order(graphs, threads(), MOST, prepare, weight, |prepared| desk.take(prepared?))?;
    desk.commit()?;
    let Desk { store, stored, .. } = desk;
    store.settle()?;
    Ok(stored)
}

struct Desk<'a> {
    store: &'a mut Store,
    waiting: Vec<Prepared<'static>>,
    weight: usize,
    /// How many graphs were changed since the index followed.
    unindexed: usize,
    stored: Vec<Stored>,
}

impl Desk<'_> {
    fn take(&mut self, prepared: Prepared<'static>) -> Result<(), LoadError> {
        self.weight += prepared.weight();
        self.waiting.push(prepared);
        if self.waiting.len() == TOGETHER || self.weight >= MOST {
            self.commit()?;
        }
        Ok(())
    }

    fn commit(&mut self) -> Result<(), LoadError> {
        let waiting = std::mem::take(&mut self.waiting);
        self.weight = 0;
        let statuses = self.store.store_prepared(&waiting)?;
        self.unindexed += statuses.iter().filter(|status| **status != Status::Unchanged).count();
        let stored = |(prepared, status): (&Prepared<'_>, Status)| Stored { status, statements: prepared.statements() };
        self.stored.extend(waiting.iter().zip(statuses).map(stored));
        if self.unindexed >= INDEXED {
            self.store.settle_so_far()?;
            self.unindexed = 0;
        }
        Ok(())
    }
}
