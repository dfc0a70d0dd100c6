//! What the pages are made of: gathered once somebody looks at one, and anew when the store has changed since.
//!
//! It takes long of a large store, so that it goes on beside the answers. Pages of before are shown meanwhile, with a word
//! that they are; of a large store they are let go, so that it is never in memory twice.

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use axum::body::Bytes;
use quick_cache::Weighter;
use quick_cache::sync::Cache;
use tokio::sync::watch;
use tokio::task;
use tokio::time::{Instant, timeout_at};

use super::problem::Problem;
use super::reader::Reader;
use super::state::{Snapshot, State};
use crate::date::Date;
use crate::diagnostic::Lang;
use crate::query::{self, Detail, QueryError};
use crate::site::{Picture, Site};

/// How long a page waits for what it is to be made of.
const PATIENCE: Duration = Duration::from_secs(2);

/// Tasks above which there is no memory for those of before and those that are gathered.
const LARGE: usize = 20_000;

/// Bytes of memory that the pages take for a statement of their documents, about.
const BYTES: usize = 100;

/// Bytes of pages and pictures that are kept.
const KEPT: u64 = 64 << 20;
/// Bytes of one of them, about.
const ONE: u64 = 64 << 10;

/// What pages are made of.
#[derive(Debug)]
pub(super) struct Shown {
    pub(super) site: Site,
    /// Pages and pictures that somebody asked for, by what they show and for whom.
    made: Cache<String, Bytes, Length>,
}

/// Weighs what is kept by its length.
#[derive(Clone, Debug)]
struct Length;

impl Weighter<String, Bytes> for Length {
    fn weight(&self, key: &String, made: &Bytes) -> u64 {
        u64::try_from(key.len() + made.len()).unwrap_or(u64::MAX).max(1)
    }
}

/// What there is to be shown.
pub(super) enum Sight {
    /// The store as it is.
    Whole(Arc<Shown>),
    /// The store as it was.
    Former(Arc<Shown>),
    /// Nothing yet.
    Counting,
    /// Nothing: the documents would take more memory than is allowed.
    TooLarge,
}

/// The version of the store and the day, on which deadlines depend.
type Moment = (u64, Date);

/// How far a gathering is.
enum Look {
    Done(Arc<Shown>),
    TooLarge,
    Running,
    Idle,
}

/// What was gathered, and whether more is.
#[derive(Debug)]
pub(super) struct Gathering {
    known: Mutex<Known>,
    /// Counts what was finished, for those who wait.
    finished: watch::Sender<u64>,
}

#[derive(Debug, Default)]
struct Known {
    shown: Option<(Moment, Arc<Shown>)>,
    /// How many bytes that takes, about.
    bytes: usize,
    too_large: Option<Moment>,
    failed: Option<(Moment, String)>,
    is_running: bool,
}

impl Default for Gathering {
    fn default() -> Self {
        Self { known: Mutex::default(), finished: watch::Sender::new(0) }
    }
}

impl Gathering {
    fn known(&self) -> MutexGuard<'_, Known> {
        self.known.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// How far things are; whoever is told that nothing runs has to begin.
    fn look(&self, moment: Moment) -> Result<Look, Problem> {
        let mut known = self.known();
        if let Some((_, shown)) = known.shown.as_ref().filter(|(of, _)| *of == moment) {
            return Ok(Look::Done(Arc::clone(shown)));
        }
        if known.too_large == Some(moment) {
            return Ok(Look::TooLarge);
        }
        if let Some((_, reason)) = known.failed.as_ref().filter(|(of, _)| *of == moment) {
            return Err(Problem::internal(reason));
        }
        if known.is_running {
            return Ok(Look::Running);
        }
        known.is_running = true;
        known.shown.take_if(|(_, shown)| shown.tasks() > LARGE);
        Ok(Look::Idle)
    }

    /// Takes what was gathered; how many bytes it takes more than what it replaces, about.
    fn finish(&self, moment: Moment, result: Result<Option<(Site, usize)>, String>) -> isize {
        let mut known = self.known();
        let before = known.bytes;
        known.is_running = false;
        match result {
            Ok(Some((site, bytes))) => {
                known.shown = Some((moment, Arc::new(Shown::new(site))));
                known.bytes = bytes;
            }
            Ok(None) => {
                known.too_large = Some(moment);
                known.shown = None;
                known.bytes = 0;
            }
            Err(reason) => known.failed = Some((moment, reason)),
        }
        let bytes = known.bytes;
        drop(known);
        self.finished.send_modify(|count| *count += 1);
        bytes.cast_signed().saturating_sub_unsigned(before)
    }
}

impl State {
    /// What there is to be shown just now, or in a moment.
    ///
    /// # Errors
    ///
    /// Status 500, if the store cannot be read.
    pub(super) async fn sight(self: &Arc<Self>) -> Result<Sight, Problem> {
        let snapshot = self.read(|_, snapshot, _| Ok(snapshot.clone())).await?;
        let Some(today) = Date::today() else { return Err(Problem::internal("no day")) };
        let moment = (snapshot.version, today);
        let mut finished = self.gathering.finished.subscribe();
        let until = Instant::now() + PATIENCE;
        loop {
            match self.gathering.look(moment)? {
                Look::Done(shown) => return Ok(Sight::Whole(shown)),
                Look::TooLarge => return Ok(Sight::TooLarge),
                Look::Running => {}
                Look::Idle => {
                    let (state, snapshot) = (Arc::clone(self), snapshot.clone());
                    drop(task::spawn(async move {
                        let own = Arc::clone(&state);
                        let work = move || own.gather(&snapshot, today).map_err(|error| error.to_string());
                        let result = task::spawn_blocking(work).await.unwrap_or_else(|error| Err(error.to_string()));
                        state.note_growth(state.gathering.finish(moment, result));
                    }));
                }
            }
            if timeout_at(until, finished.changed()).await.is_err() {
                break;
            }
        }
        let former = self.gathering.known().shown.as_ref().map(|(_, shown)| Arc::clone(shown));
        Ok(former.map_or(Sight::Counting, Sight::Former))
    }

    /// What the pages are made of, and how many bytes it takes, about; none if those are more than are allowed.
    fn gather(&self, snapshot: &Snapshot, on: Date) -> Result<Option<(Site, usize)>, QueryError> {
        let (graphs, scope) = (&snapshot.graphs, &self.options.scope);
        let mut stored = query::documents(graphs)?;
        stored.retain(|document| document.passes(scope));
        let wanted: BTreeSet<&str> = stored.iter().map(|document| document.id.as_str()).collect();
        let of_them = snapshot.documents.iter().filter(|entry| wanted.contains(entry.document.as_str()));
        let bytes = of_them.map(|entry| entry.quads).sum::<usize>().saturating_mul(BYTES);
        if bytes > self.options.pages {
            return Ok(None);
        }
        let network = query::project_documents(graphs, &stored, scope, Detail::Words)?;
        let site = Site::gather(graphs, stored, network, on)?;
        site.prepare();
        Ok(Some((site, bytes)))
    }
}

impl Shown {
    fn new(site: Site) -> Self {
        let count = usize::try_from(KEPT / ONE).unwrap_or(usize::MAX);
        Self { site, made: Cache::with_weighter(count, KEPT, Length) }
    }

    fn tasks(&self) -> usize {
        self.site.documents().iter().map(|entry| entry.notice.tasks.len()).sum()
    }

    /// A page, made once for all who ask for the same, also at the same time; none if there is no such page.
    pub(super) fn page(&self, reader: &Reader, make: impl FnOnce(&Site) -> Option<String>) -> Option<Bytes> {
        let make = || make(&self.site).map(Bytes::from).ok_or(());
        self.made.get_or_insert_with(&format!("{reader:?}"), make).ok()
    }

    /// A picture as SVG, drawn once; none if there is no such picture.
    ///
    /// # Errors
    ///
    /// Status 500, if it cannot be drawn.
    pub(super) fn picture(&self, picture: Picture<'_>, lang: Lang) -> Result<Option<Bytes>, Problem> {
        let draw = || {
            if !self.site.can_draw(picture) {
                return Err(None);
            }
            self.site.draw(picture, lang).map(Bytes::from).map_err(Some)
        };
        match self.made.get_or_insert_with(&format!("{picture:?} {lang:?}"), draw) {
            Ok(drawn) => Ok(Some(drawn)),
            Err(None) => Ok(None),
            Err(Some(error)) => Err(Problem::internal(&error.to_string())),
        }
    }
}
