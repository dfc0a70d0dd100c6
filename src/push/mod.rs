//! The graphs of a store to any SPARQL 1.1 server.
//!
//! Every document becomes a named graph there, put in the place of the former one. What was done
//! is noted in a journal as it is done: a push that was broken off goes on where it stopped, one
//! that is repeated finds nothing to do. Afterwards the server is asked how much it has.
//!
//! Queries expect the union of all documents in the default graph. Servers that do not make it by
//! themselves are given it too.

mod error;
mod journal;
mod preset;

pub use error::PushError;
pub use journal::Journal;
pub use preset::{Preset, Target};

use std::collections::BTreeMap;
use std::sync::Arc;

use oxigraph::model::Quad;

use crate::graph::{DocumentGraph, Format, entity_tag, write_quads};
use crate::query::{Endpoint, statement};
use crate::remote::{Client, Method, RemoteError, Request};
use crate::store::{Entry, Store};
use preset::Removal;

/// The most bytes of statements in one update.
const UPDATE_BYTES: usize = 250_000;
/// The status that says that something is still as it was known.
const NOT_MODIFIED: u16 = 304;
/// The media type of what is put: N-Triples, which is Turtle too, and every server reads that.
const TURTLE: &str = "text/turtle";

/// What became of a graph.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It was sent.
    Pushed,
    /// It was there.
    Unchanged,
    /// The store no longer holds it, and it was removed there.
    Removed,
    /// It was sent, but the server has another number of statements.
    Differs {
        /// How many it has.
        found: usize,
    },
}

impl Outcome {
    /// The stable name of the outcome.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Pushed => "pushed",
            Self::Unchanged => "unchanged",
            Self::Removed => "removed",
            Self::Differs { .. } => "differs",
        }
    }
}

/// A graph and what became of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pushed {
    /// IRI of the graph; empty for the default graph.
    pub graph: String,
    /// Number of its statements in the store.
    pub quads: usize,
    /// What became of it.
    pub outcome: Outcome,
}

/// One push.
pub struct Push<'a> {
    store: &'a Store,
    target: &'a Target,
    client: Arc<Client>,
    endpoint: Endpoint,
    journal: Journal,
}

impl<'a> Push<'a> {
    /// Makes ready to push.
    pub fn new(store: &'a Store, target: &'a Target, client: Arc<Client>, journal: Journal) -> Self {
        let endpoint = Endpoint::new(target.query.clone(), Arc::clone(&client));
        Self { store, target, client, endpoint, journal }
    }

    /// Pushes what is not there yet; `progress` is called before every graph.
    ///
    /// # Errors
    ///
    /// [`PushError`] at the first graph that cannot be sent; those before it are noted.
    pub fn run(mut self, progress: &mut dyn FnMut(&Entry)) -> Result<Vec<Pushed>, PushError> {
        let documents = self.store.documents();
        let names: Vec<&str> = documents.clone().map(|entry| entry.document.as_str()).collect();
        let there = statement::sizes(&self.endpoint, &names)?;
        let mut outcomes: BTreeMap<&str, Outcome> = BTreeMap::new();
        for entry in documents.clone() {
            progress(entry);
            let noted = self.journal.digest(&entry.document) == Some(entry.digest.as_str());
            if noted && there.get(&entry.document) == Some(&entry.quads) && self.is_still(entry)? {
                outcomes.insert(&entry.document, Outcome::Unchanged);
                continue;
            }
            self.replace(&self.store.graph(&entry.document)?)?;
            self.journal.note(&entry.document, &entry.digest)?;
            outcomes.insert(&entry.document, Outcome::Pushed);
        }
        let mut removed = Vec::new();
        for graph in self.journal.graphs() {
            if self.store.document(&graph).is_none() {
                self.remove(&graph)?;
                self.journal.forget(&graph)?;
                removed.push(Pushed { graph, quads: 0, outcome: Outcome::Removed });
            }
        }
        let union = if self.target.fills_default { Some(self.fill_default()?) } else { None };
        self.verify(&names, &mut outcomes)?;
        let pushed = documents.map(|entry| Pushed {
            graph: entry.document.clone(),
            quads: entry.quads,
            outcome: outcomes.get(entry.document.as_str()).copied().unwrap_or(Outcome::Unchanged),
        });
        Ok(pushed.chain(removed).chain(union).collect())
    }

    /// Whether the server still has a graph as it was sent, where it can tell: somebody else may have replaced it since
    /// by one of as many statements.
    fn is_still(&self, entry: &Entry) -> Result<bool, PushError> {
        let Some(url) = self.target.graph_store.as_deref().filter(|_| self.target.tells_digests) else {
            return Ok(true);
        };
        let url = addressed(url, Some(&entry.document));
        let known = entity_tag(&entry.digest);
        let known = Some(known.as_str());
        let request =
            Request { method: Method::Get, url: &url, accept: TURTLE, known, content: None, repeatable: true };
        Ok(self.client.send(&request)?.status == NOT_MODIFIED)
    }

    /// Compares what was sent with what arrived.
    fn verify(&mut self, names: &[&str], outcomes: &mut BTreeMap<&str, Outcome>) -> Result<(), PushError> {
        let sent: Vec<&str> =
            names.iter().copied().filter(|name| outcomes.get(name) == Some(&Outcome::Pushed)).collect();
        let there = statement::sizes(&self.endpoint, &sent)?;
        for name in sent {
            let expected = self.store.document(name).map_or(0, |entry| entry.quads);
            let found = there.get(name).copied().unwrap_or_default();
            if found != expected {
                self.journal.forget(name)?;
                if let Some(outcome) = outcomes.get_mut(name) {
                    *outcome = Outcome::Differs { found };
                }
            }
        }
        Ok(())
    }

    /// Puts a graph in the place of its former one.
    fn replace(&self, graph: &DocumentGraph) -> Result<(), PushError> {
        if let Some(url) = &self.target.graph_store {
            let url = addressed(url, Some(&graph.document));
            return self.send(Method::Put, &url, Some((TURTLE, &triples(&graph.quads)?)), true);
        }
        self.remove(&graph.document)?;
        self.insert(Some(&graph.document), &graph.quads)
    }

    fn remove(&self, graph: &str) -> Result<(), PushError> {
        if let Some(url) = &self.target.graph_store {
            return match self.send(Method::Delete, &addressed(url, Some(graph)), None, true) {
                Err(PushError::Remote(RemoteError::Refused { status: 404, .. })) => Ok(()),
                other => other,
            };
        }
        let update = match self.target.removal {
            Removal::Drop => statement::drop_graph(graph),
            Removal::Delete => statement::delete_graph(graph),
        };
        self.update(&update)
    }

    /// Adds statements in pieces; each may be sent again, for a graph has a statement once.
    fn insert(&self, graph: Option<&str>, quads: &[Quad]) -> Result<(), PushError> {
        let mut rest = quads;
        while !rest.is_empty() {
            let mut bytes = 0;
            let count = rest.iter().take_while(|quad| {
                bytes += quad.to_string().len();
                bytes <= UPDATE_BYTES
            });
            // a blank node is another one in every update
            let count = if rest.iter().any(has_blank_node) { rest.len() } else { count.count().max(1) };
            let (now, later) = rest.split_at_checked(count).unwrap_or((rest, &[]));
            self.update(&statement::insert(graph, now))?;
            rest = later;
        }
        Ok(())
    }

    /// Makes the default graph the union of all documents: adds those that it lacks or, where one
    /// was replaced or removed, makes it anew.
    fn fill_default(&mut self) -> Result<Pushed, PushError> {
        let documents = self.store.documents();
        let noted = self.journal.united();
        let fits =
            noted.iter().all(|(graph, digest)| self.store.document(graph).is_some_and(|entry| entry.digest == *digest));
        // a server that was emptied meanwhile has none of what was noted
        let fits = fits && (noted.is_empty() || self.endpoint.has_union()?);
        if !fits {
            self.journal.begin_union()?;
            match &self.target.graph_store {
                Some(url) => self.send(Method::Put, &addressed(url, None), Some((TURTLE, b"")), true)?,
                None => self.update(statement::DROP_DEFAULT)?,
            }
        }
        let mut outcome = Outcome::Unchanged;
        let mut quads = 0;
        for entry in documents {
            quads += entry.quads;
            if fits && noted.contains_key(&entry.document) {
                continue;
            }
            outcome = Outcome::Pushed;
            let graph = self.store.graph(&entry.document)?;
            match &self.target.graph_store {
                Some(url) => {
                    // a graph has a statement once: what is added twice is there once
                    self.send(Method::Post, &addressed(url, None), Some((TURTLE, &triples(&graph.quads)?)), true)?;
                }
                None => self.insert(None, &graph.quads)?,
            }
            self.journal.unite(&entry.document, &entry.digest)?;
        }
        Ok(Pushed { graph: String::new(), quads, outcome })
    }

    fn update(&self, text: &str) -> Result<(), PushError> {
        let form = form_urlencoded::Serializer::new(String::new()).append_pair("update", text).finish();
        let content = ("application/x-www-form-urlencoded", form.as_bytes());
        self.send(Method::Post, &self.target.update, Some(content), true)
    }

    fn send(
        &self,
        method: Method,
        url: &str,
        content: Option<(&str, &[u8])>,
        repeatable: bool,
    ) -> Result<(), PushError> {
        let reply = self.client.send(&Request { method, url, accept: "*/*", known: None, content, repeatable })?;
        if reply.is_success() { Ok(()) } else { Err(RemoteError::refused(url, &reply).into()) }
    }
}

fn has_blank_node(quad: &Quad) -> bool {
    quad.subject.is_blank_node() || quad.object.is_blank_node()
}

/// The address of a graph by the Graph Store Protocol.
fn addressed(url: &str, graph: Option<&str>) -> String {
    let mark = if url.contains('?') { '&' } else { '?' };
    match graph {
        Some(graph) => {
            let field = form_urlencoded::Serializer::new(String::new()).append_pair("graph", graph).finish();
            format!("{url}{mark}{field}")
        }
        None => format!("{url}{mark}default"),
    }
}

fn triples(quads: &[Quad]) -> Result<Vec<u8>, PushError> {
    let mut written = Vec::new();
    write_quads(quads, Format::NTriples, &mut written).map_err(PushError::Journal)?;
    Ok(written)
}
