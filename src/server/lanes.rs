//! Who may work: what is quick goes first; what takes long takes turns with others of its kind, a few at a time.
//!
//! A request begins as a quick one. A query that goes on for longer gives up its place, waits for a seat among the long ones,
//! and then goes on in slices of time; while quick ones have work for all processors, it pauses. So a question that is
//! answered in a moment is answered in a moment whatever else is asked, and few long ones hold what they have found in
//! memory.

use std::collections::VecDeque;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use memory_stats::memory_stats;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use super::problem::Problem;
use crate::query::{CancellationToken, Limits};
use crate::store::Pace;

/// How long a request counts as quick that has a processor of its own.
const QUICK: Duration = Duration::from_millis(40);
/// How many quick requests share a processor: several that turn out to be long are found out at the same time.
const SHARED: usize = 8;
/// How long a long query goes on before another does.
const SLICE: Duration = Duration::from_millis(100);
/// How many long queries take turns; others wait until one of them ends.
const SEATS: usize = 8;
/// The longest pause for the sake of quick requests after a slice: a long query has at least a fifth of its time.
const PAUSE: Duration = Duration::from_millis(400);
/// How often one that waits looks whether it was ended.
const LOOK: Duration = Duration::from_millis(20);

/// The places of a server.
pub(super) struct Lanes {
    quick: Arc<Semaphore>,
    /// How many places the quick ones have.
    places: usize,
    /// How many processors there are.
    processors: usize,
    long: Mutex<Long>,
    moved: Condvar,
    /// How many bytes of memory long queries may take together.
    memory: usize,
}

/// The long queries.
struct Long {
    seats: Line,
    turns: Line,
    /// The least that the process was seen to hold when it had no long query, in bytes.
    idle: usize,
    /// Whether that is to be seen anew.
    is_stale: bool,
}

/// Places, and who waits for one, in order.
struct Line {
    free: usize,
    waiting: VecDeque<u64>,
    next: u64,
}

impl Line {
    fn of(free: usize) -> Self {
        Self { free, waiting: VecDeque::new(), next: 0 }
    }
}

impl Lanes {
    /// Room for so many quick requests at a time; `memory` is how many bytes long queries may take together.
    pub(super) fn new(places: usize, memory: usize) -> Arc<Self> {
        let processors = processors();
        let long = Long {
            seats: Line::of(SEATS),
            turns: Line::of(processors.saturating_sub(1).max(1)),
            idle: 0,
            is_stale: true,
        };
        let (quick, moved) = (Arc::new(Semaphore::new(places)), Condvar::new());
        Arc::new(Self { quick, places, processors, long: Mutex::new(long), moved, memory })
    }

    /// Room for requests of all kinds.
    pub(super) fn of_all(memory: usize) -> Arc<Self> {
        Self::new(processors() * SHARED, memory)
    }

    /// Waits for a place among the quick ones.
    pub(super) async fn enter(self: &Arc<Self>, token: CancellationToken) -> Result<Turn, Problem> {
        let Ok(permit) = Arc::clone(&self.quick).acquire_owned().await else {
            return Err(Problem::internal("stopping"));
        };
        let place = Place { held: Held::Quick(permit), since: Instant::now() };
        Ok(Turn { lanes: Arc::clone(self), token, place: Mutex::new(place), too_much: AtomicBool::new(false) })
    }

    /// How many quick requests share a processor.
    fn sharing(&self) -> u32 {
        let busy = self.places.saturating_sub(self.quick.available_permits());
        u32::try_from(busy / self.processors).unwrap_or(u32::MAX)
    }

    /// Whether quick requests have work for all processors.
    fn is_crowded(&self) -> bool {
        self.sharing() > 0
    }

    /// Notes that what the process holds without long queries grew, by about so many bytes.
    pub(super) fn note_growth(&self, bytes: isize) {
        let mut long = self.long();
        long.idle = long.idle.saturating_add_signed(bytes);
        long.is_stale = true;
    }

    fn long(&self) -> MutexGuard<'_, Long> {
        self.long.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Takes a place of a line; false if the query was ended before one was free.
    fn take(&self, line: fn(&mut Long) -> &mut Line, token: &CancellationToken) -> bool {
        let mut long = self.long();
        let own = line(&mut long);
        let ticket = own.next;
        own.next += 1;
        own.waiting.push_back(ticket);
        loop {
            let own = line(&mut long);
            if token.is_cancelled() {
                own.waiting.retain(|other| *other != ticket);
                self.moved.notify_all();
                return false;
            }
            if own.free > 0 && own.waiting.front() == Some(&ticket) {
                own.waiting.pop_front();
                own.free -= 1;
                return true;
            }
            long = self.moved.wait_timeout(long, LOOK).unwrap_or_else(PoisonError::into_inner).0;
        }
    }

    fn give(&self, line: fn(&mut Long) -> &mut Line) {
        line(&mut self.long()).free += 1;
        self.moved.notify_all();
    }
}

/// The place of a request, given back when it is dropped.
pub(super) struct Turn {
    lanes: Arc<Lanes>,
    token: CancellationToken,
    place: Mutex<Place>,
    /// Whether it was ended for the memory that it took.
    too_much: AtomicBool,
}

struct Place {
    held: Held,
    since: Instant,
}

enum Held {
    Quick(#[expect(dead_code, reason = "given back when dropped")] OwnedSemaphorePermit),
    /// A seat and a turn.
    Turn,
    /// A seat.
    Seat,
    Nothing,
}

impl Turn {
    /// What ends the request.
    pub(super) fn token(&self) -> &CancellationToken {
        &self.token
    }

    /// Whether the request was ended.
    pub(super) fn is_ended(&self) -> bool {
        self.token.is_cancelled()
    }

    /// Why it was ended.
    pub(super) fn end(&self) -> Problem {
        if self.too_much.load(Ordering::Relaxed) { Problem::too_much() } else { Problem::late() }
    }

    /// The limits of a query with at most so many rows.
    pub(super) fn limits(self: &Arc<Self>, rows: Option<usize>) -> Limits {
        let pace: Arc<dyn Pace> = Arc::<Self>::clone(self);
        Limits { rows, cancellation: Some(self.token.clone()), pace: Some(pace) }
    }

    /// Becomes a long one.
    fn become_long(&self, place: &mut Place) {
        place.held = Held::Nothing;
        if !self.lanes.take(|long| &mut long.seats, &self.token) {
            return;
        }
        place.held = Held::Seat;
        {
            let mut long = self.lanes.long();
            if long.seats.free == SEATS - 1 || long.idle == 0 {
                // what an allocator keeps of earlier queries is not taken for what the server needs
                let now = held();
                long.idle = if long.is_stale { now } else { long.idle.min(now) };
                long.is_stale = false;
            }
        }
        self.take_turn(place);
    }

    fn take_turn(&self, place: &mut Place) {
        if self.lanes.take(|long| &mut long.turns, &self.token) {
            place.held = Held::Turn;
        }
        place.since = Instant::now();
    }

    /// Lets others go on for a while.
    fn give_way(&self, place: &mut Place) {
        self.look_at_memory();
        let others = !self.lanes.long().turns.waiting.is_empty();
        if others {
            place.held = Held::Seat;
            self.lanes.give(|long| &mut long.turns);
        }
        let until = Instant::now() + PAUSE;
        while self.lanes.is_crowded() && !self.is_ended() && Instant::now() < until {
            thread::sleep(LOOK);
        }
        if others { self.take_turn(place) } else { place.since = Instant::now() }
    }

    /// Ends the query, if long ones hold more than they may: the one that goes on is the one that takes more.
    fn look_at_memory(&self) {
        let idle = self.lanes.long().idle;
        if held().saturating_sub(idle) > self.lanes.memory {
            self.too_much.store(true, Ordering::Relaxed);
            self.token.cancel();
        }
    }
}

fn processors() -> usize {
    thread::available_parallelism().map_or(2, usize::from)
}

/// What the process holds in memory, in bytes; 0 where that cannot be told.
fn held() -> usize {
    memory_stats().map_or(0, |stats| stats.physical_mem)
}

impl Pace for Turn {
    fn step(&self) {
        let mut place = self.place.lock().unwrap_or_else(PoisonError::into_inner);
        match place.held {
            Held::Quick(_) if place.since.elapsed() >= QUICK * self.lanes.sharing().max(1) => {
                self.become_long(&mut place);
            }
            Held::Turn if place.since.elapsed() >= SLICE => self.give_way(&mut place),
            _ => {}
        }
    }
}

impl Drop for Turn {
    fn drop(&mut self) {
        let place = self.place.get_mut().unwrap_or_else(PoisonError::into_inner);
        match place.held {
            Held::Quick(_) | Held::Nothing => {}
            Held::Turn => {
                self.lanes.give(|long| &mut long.turns);
                self.lanes.give(|long| &mut long.seats);
            }
            Held::Seat => self.lanes.give(|long| &mut long.seats),
        }
    }
}
