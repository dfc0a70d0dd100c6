//! A server of the store: the SPARQL 1.1 Protocol, the Graph Store Protocol, the pages of the site, and a page for every
//! IRI.
//!
//! A page is added by a module of its own that has a route among the others and stands in a [`Frame`](crate::site::Frame); its
//! name in the navigation is one of [`TOOLS`](crate::site::TOOLS).
//!
//! It reads unless it is told to write, answers on this machine unless it is told otherwise, and
//! never asks another server. Every answer is limited in time, rows and size; a query whose reader
//! has gone is ended.

mod accept;
mod ask;
mod description;
mod draw;
mod explore;
mod fields;
mod folder;
mod front;
mod gathering;
mod graph_store;
mod guard;
mod lanes;
mod live;
mod page;
mod problem;
mod protocol;
mod reader;
mod resource;
mod review;
mod routes;
mod state;
mod trial;

pub use guard::Cors;

use std::io;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use tokio::net::TcpListener;
use tokio::runtime;

use crate::query::Filter;
use crate::store::Store;
use state::State;

/// How long requests under way may take once the server is told to stop.
const LAST_REQUESTS: Duration = Duration::from_secs(5);

/// Memory that a thread may use for calls within calls: as much as the program has for what it reads itself.
const STACK: usize = 8 << 20;

/// What a server may do, and for whom.
#[derive(Clone, Debug)]
pub struct Options {
    /// Address and port; port 0 for any that is free.
    pub bind: SocketAddr,
    /// Whether updates are carried out; the store must then be open for writing.
    pub writable: bool,
    /// Pages of which other places may ask.
    pub cors: Cors,
    /// Names under which the server is known, beside `localhost` and addresses.
    pub names: Vec<String>,
    /// How long a request may take.
    pub timeout: Duration,
    /// The most rows or statements of an answer; none for all.
    pub rows: Option<usize>,
    /// The most bytes of a request.
    pub body: usize,
    /// How many bytes of memory queries that take long may hold together.
    pub memory: usize,
    /// Which documents the pages are about; queries reach all.
    pub scope: Filter,
    /// How many bytes of memory the pages may be made of, about.
    pub pages: usize,
    /// The folder that was built, where corrections are written beside the documents.
    pub documents: Option<PathBuf>,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            bind: SocketAddr::from(([127, 0, 0, 1], 8077)),
            writable: false,
            cors: Cors::default(),
            names: Vec::new(),
            timeout: Duration::from_secs(30),
            rows: Some(100_000),
            body: 16 << 20,
            memory: 2_048_000_000,
            scope: Filter::default(),
            pages: 4_096_000_000,
            documents: None,
        }
    }
}

/// Serves a store until the process is told to stop; `ready` is called once with the address.
///
/// # Errors
///
/// What the system refuses, such as an address that is in use.
pub fn serve(store: Store, options: Options, ready: impl FnOnce(SocketAddr)) -> io::Result<()> {
    let mut runtime = runtime::Builder::new_multi_thread();
    let runtime = runtime.worker_threads(2).thread_stack_size(STACK).enable_all().build()?;
    let served = runtime.block_on(async move {
        let listener = TcpListener::bind(options.bind).await?;
        // listened for before anybody knows of the server
        let stopping = signals()?;
        ready(listener.local_addr()?);
        let (stop, mut stopped) = tokio::sync::watch::channel(());
        let told = async move {
            stopping.await;
            // whoever waits sees that the sender is gone
            drop(stop);
        };
        let state = Arc::new(State::new(store, options));
        let router = routes::router(Arc::clone(&state));
        let serving = axum::serve(listener, router).with_graceful_shutdown(told);
        let mut serving = Box::pin(serving.into_future());
        let late = async move {
            while stopped.changed().await.is_ok() {}
            tokio::time::sleep(LAST_REQUESTS).await;
        };
        let mut late = Box::pin(late);
        let served = std::future::poll_fn(move |context| {
            use std::task::Poll;
            match serving.as_mut().poll(context) {
                Poll::Ready(result) => Poll::Ready(result),
                Poll::Pending => late.as_mut().poll(context).map(Ok),
            }
        })
        .await;
        served.and(state.finish().map_err(io::Error::other))
    });
    // what still runs is cancelled
    runtime.shutdown_timeout(Duration::from_secs(1));
    served
}

/// The signals by which processes are told to stop, caught from now on.
#[cfg(unix)]
fn signals() -> io::Result<impl Future<Output = ()>> {
    use std::task::Poll;
    use tokio::signal::unix::{SignalKind, signal};

    let (mut interrupted, mut terminated) = (signal(SignalKind::interrupt())?, signal(SignalKind::terminate())?);
    Ok(std::future::poll_fn(move |context| {
        let told = [interrupted.poll_recv(context), terminated.poll_recv(context)];
        if told.iter().any(Poll::is_ready) { Poll::Ready(()) } else { Poll::Pending }
    }))
}

/// The signals by which processes are told to stop, caught from now on.
#[cfg(not(unix))]
#[expect(clippy::unnecessary_wraps, reason = "other systems may refuse")]
fn signals() -> io::Result<impl Future<Output = ()>> {
    Ok(async {
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
    })
}
