//! What all requests share: the store, the limits, the few threads that do the work.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError, RwLock};
use std::time::{Duration, Instant};

use axum::http::StatusCode;
use tokio::task;
use tokio::time::timeout;

use super::Options;
use super::folder::Folder;
use super::gathering::Gathering;
use super::lanes::{Lanes, Turn};
use super::problem::Problem;
use crate::patience::while_awaited;
use crate::query::{CancellationToken, Doubtful, Limits, QueryError, counts, describe, doubtful, known_counts};
use crate::store::{Access, Entry, Graphs, Store};

/// How long a query may take to notice that its time is up.
const GRACE: Duration = Duration::from_millis(300);

/// Documents that are tried at a time.
const TRIALS: usize = 2;

/// What all requests share.
pub(super) struct State {
    pub(super) options: Options,
    snapshot: RwLock<Snapshot>,
    store: Mutex<Store>,
    /// Who may work.
    lanes: Arc<Lanes>,
    /// Who may have a document tried: one that takes long keeps nobody else waiting.
    trials: Arc<Lanes>,
    pub(super) gathering: Gathering,
    /// The folder of the documents.
    pub(super) folder: Option<Folder>,
    /// Whether documents changed since the store was described.
    changed: AtomicBool,
}

/// The store as it can be read.
#[derive(Clone)]
pub(super) struct Snapshot {
    /// The graphs; who reads sees no half change.
    pub(super) graphs: Graphs,
    /// The documents, by IRI.
    pub(super) documents: Arc<[Entry]>,
    /// Which state of the store it is.
    pub(super) version: u64,
    /// How much there is, where it was counted before, or once somebody has asked.
    counts: Arc<OnceLock<Vec<(String, usize)>>>,
    /// What there is to look at, likewise.
    doubtful: Arc<OnceLock<Arc<BTreeMap<String, Doubtful>>>>,
}

impl Snapshot {
    fn of(store: &Store, version: u64) -> Self {
        let known = known_counts(store);
        Self {
            graphs: store.graphs().clone(),
            documents: store.documents().cloned().collect(),
            version,
            counts: Arc::new(known.map_or_else(OnceLock::new, OnceLock::from)),
            doubtful: Arc::default(),
        }
    }

    /// What there is to look at, by documents.
    pub(super) fn doubtful(&self) -> Result<Arc<BTreeMap<String, Doubtful>>, QueryError> {
        if let Some(known) = self.doubtful.get() {
            return Ok(Arc::clone(known));
        }
        let found = Arc::new(doubtful(&self.graphs)?);
        Ok(Arc::clone(self.doubtful.get_or_init(|| found)))
    }

    /// How much there is.
    pub(super) fn counts(&self, limits: &Limits) -> Result<&[(String, usize)], QueryError> {
        if let Some(known) = self.counts.get() {
            return Ok(known);
        }
        let counted = counts(&self.graphs, limits)?;
        Ok(self.counts.get_or_init(|| counted))
    }
}

/// Ends a query when the one who asked is gone.
struct EndWithAsker(CancellationToken);

impl Drop for EndWithAsker {
    fn drop(&mut self) {
        self.0.cancel();
    }
}

impl State {
    pub(super) fn new(store: Store, options: Options) -> Self {
        let folder = options.documents.as_deref().and_then(|path| Folder::open(path).ok());
        Self {
            snapshot: RwLock::new(Snapshot::of(&store, 0)),
            store: Mutex::new(store),
            lanes: Lanes::of_all(options.memory),
            trials: Lanes::new(TRIALS, options.memory),
            options,
            gathering: Gathering::default(),
            folder,
            changed: AtomicBool::new(false),
        }
    }

    /// Notes that a document changed: what the store says of itself is put right when the server ends.
    pub(super) fn note_change(&self) {
        self.changed.store(true, Ordering::Relaxed);
    }

    /// Notes that the server itself holds about so many bytes more than before.
    pub(super) fn note_growth(&self, bytes: isize) {
        self.lanes.note_growth(bytes);
    }

    /// Does what is left to do when nobody asks any more.
    pub(super) fn finish(&self) -> Result<(), QueryError> {
        if self.changed.swap(false, Ordering::Relaxed) {
            describe(&mut self.store())?;
        }
        Ok(())
    }

    pub(super) fn snapshot(&self) -> Snapshot {
        self.snapshot.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// The limits of an answer.
    pub(super) fn limits(&self, turn: &Arc<Turn>) -> Limits {
        turn.limits(self.options.rows)
    }

    /// Reads in the time allowed, on a thread of its own.
    pub(super) async fn read<T: Send + 'static>(
        self: &Arc<Self>,
        work: impl FnOnce(&Self, &Snapshot, &Arc<Turn>) -> Result<T, Problem> + Send + 'static,
    ) -> Result<T, Problem> {
        self.run(&self.lanes, false, move |state, turn| {
            state.follow_the_folder();
            work(state, &state.snapshot(), turn)
        })
        .await
    }

    /// Does what a stranger's document asks for, beside all else and in the time allowed: it is left when that is over.
    ///
    /// # Errors
    ///
    /// What the work says; `late` where there was no time to end it, [`Problem::busy`] where most of the time went by
    /// before it began.
    pub(super) async fn aside<T: Send + 'static>(
        self: &Arc<Self>,
        late: Problem,
        work: impl FnOnce(&Self, &Arc<Turn>) -> Result<T, Problem> + Send + 'static,
    ) -> Result<T, Problem> {
        let asked = Instant::now();
        let begun = Arc::new(OnceLock::new());
        let begins = Arc::clone(&begun);
        let done = self.run(&self.trials, false, move |state, turn| {
            begins.get_or_init(|| asked.elapsed());
            let own = Arc::clone(turn);
            let is_over = move || own.is_ended();
            while_awaited(is_over, || work(state, turn)).unwrap_or_else(|| Err(turn.end()))
        });
        match done.await {
            Err(_) if begun.get().is_none() => Err(Problem::busy()),
            Err(problem) if problem.status() == StatusCode::SERVICE_UNAVAILABLE => {
                let had_time = begun.get().is_some_and(|waited: &Duration| *waited * 2 < self.options.timeout);
                Err(if had_time { late } else { Problem::busy() })
            }
            done => done,
        }
    }

    /// Changes the store; what was begun to be written is written whole, whatever the time.
    pub(super) async fn write<T: Send + 'static>(
        self: &Arc<Self>,
        work: impl FnOnce(&mut Store, &CancellationToken) -> Result<T, Problem> + Send + 'static,
    ) -> Result<T, Problem> {
        self.run(&self.lanes, true, move |state, turn| {
            let mut store = state.store();
            let done = work(&mut store, turn.token());
            state.renew(&store);
            done
        })
        .await
    }

    /// A server that only reads shows what another program has built meanwhile.
    fn follow_the_folder(&self) {
        if self.options.writable {
            return;
        }
        let mut store = self.store();
        if store.is_current() {
            return;
        }
        // a store that cannot be read just now is shown as it was
        if let Ok(newer) = Store::open(store.dir(), Access::ReadOnly) {
            *store = newer;
            self.renew(&store);
        }
    }

    /// Shows the store as it is now.
    fn renew(&self, store: &Store) {
        let mut snapshot = self.snapshot.write().unwrap_or_else(PoisonError::into_inner);
        *snapshot = Snapshot::of(store, snapshot.version + 1);
    }

    fn store(&self) -> MutexGuard<'_, Store> {
        self.store.lock().unwrap_or_else(PoisonError::into_inner)
    }

    async fn run<T: Send + 'static>(
        self: &Arc<Self>,
        lanes: &Arc<Lanes>,
        whole: bool,
        work: impl FnOnce(&Self, &Arc<Turn>) -> Result<T, Problem> + Send + 'static,
    ) -> Result<T, Problem> {
        let token = CancellationToken::new();
        let end = EndWithAsker(token.clone());
        let (state, lanes) = (Arc::clone(self), Arc::clone(lanes));
        let mut done = Box::pin(async move {
            let turn = Arc::new(lanes.enter(token).await?);
            let done =
                task::spawn_blocking(move || if turn.is_ended() { Err(turn.end()) } else { work(&state, &turn) });
            done.await.unwrap_or_else(|error| Err(Problem::internal(&error.to_string())))
        });
        if let Ok(result) = timeout(self.options.timeout, &mut done).await {
            return result;
        }
        end.0.cancel();
        let rest = if whole { Ok(done.await) } else { timeout(GRACE, &mut done).await };
        match rest {
            Ok(Ok(result)) => Ok(result),
            _ => Err(Problem::late()),
        }
    }
}
