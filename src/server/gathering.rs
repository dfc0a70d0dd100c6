//! What the pages are made of: gathered once somebody looks at one, and anew when the store has changed since.
//!
//! It takes long of a large store, so that it goes on beside the answers. Pages of before are shown meanwhile, with a word
//! that they are; of a large store they are let go, so that it is never in memory twice.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::sync::watch;
use tokio::task;
use tokio::time::{Instant, timeout_at};

use super::problem::Problem;
use super::state::State;
use crate::date::Date;
use crate::diagnostic::Lang;
use crate::query::{self, Detail, Filter, QueryError};
use crate::site::{Picture, Site};
use crate::store::Graphs;

/// How long a page waits for what it is to be made of.
const PATIENCE: Duration = Duration::from_secs(2);

/// Tasks above which there is no memory for those of before and those that are gathered.
const LARGE: usize = 20_000;

/// Pictures that are kept.
const PICTURES: usize = 64;

/// What pages are made of.
#[derive(Debug)]
pub(super) struct Shown {
    pub(super) site: Site,
    pictures: Mutex<Drawn>,
}

/// Pictures by what they show and by language.
type Drawn = BTreeMap<(String, &'static str), Arc<[u8]>>;

/// What there is to be shown.
pub(super) enum Sight {
    /// The store as it is.
    Whole(Arc<Shown>),
    /// The store as it was.
    Former(Arc<Shown>),
    /// Nothing yet.
    Counting,
}

/// The version of the store and the day, on which deadlines depend.
type Moment = (u64, Date);

/// How far a gathering is.
enum Look {
    Done(Arc<Shown>),
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

    fn finish(&self, moment: Moment, result: Result<Site, String>) {
        let mut known = self.known();
        known.is_running = false;
        match result {
            Ok(site) => known.shown = Some((moment, Arc::new(Shown { site, pictures: Mutex::default() }))),
            Err(reason) => known.failed = Some((moment, reason)),
        }
        drop(known);
        self.finished.send_modify(|count| *count += 1);
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
                Look::Running => {}
                Look::Idle => {
                    let (state, graphs) = (Arc::clone(self), snapshot.graphs.clone());
                    drop(task::spawn(async move {
                        let work = move || gather(&graphs, today).map_err(|error| error.to_string());
                        let result = task::spawn_blocking(work).await.unwrap_or_else(|error| Err(error.to_string()));
                        state.gathering.finish(moment, result);
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
}

fn gather(graphs: &Graphs, on: Date) -> Result<Site, QueryError> {
    let stored = query::documents(graphs)?;
    let network = query::project_documents(graphs, &stored, &Filter::default(), Detail::Words)?;
    let site = Site::gather(graphs, stored, network, on)?;
    site.prepare();
    Ok(site)
}

impl Shown {
    fn tasks(&self) -> usize {
        self.site.documents().iter().map(|entry| entry.notice.tasks.len()).sum()
    }

    /// A picture as SVG, drawn once; none if there is no such picture.
    ///
    /// # Errors
    ///
    /// Status 500, if it cannot be drawn.
    pub(super) fn picture(&self, picture: Picture<'_>, lang: Lang) -> Result<Option<Arc<[u8]>>, Problem> {
        let key = (format!("{picture:?}"), lang.pick("zh", "en"));
        let kept = || self.pictures.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(drawn) = kept().get(&key) {
            return Ok(Some(Arc::clone(drawn)));
        }
        if !self.site.can_draw(picture) {
            return Ok(None);
        }
        let drawn = self.site.draw(picture, lang).map_err(|error| Problem::internal(&error.to_string()))?;
        let drawn: Arc<[u8]> = drawn.into();
        let mut kept = kept();
        if kept.len() >= PICTURES {
            kept.clear();
        }
        kept.insert(key, Arc::clone(&drawn));
        Ok(Some(drawn))
    }
}
