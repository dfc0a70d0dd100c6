//! `zeren push`: the store to another SPARQL server.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Instant;

use clap::{Args, ValueEnum};
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use zeren::diagnostic::Lang;
use zeren::push::{self, Journal, Outcome, Push, Target};
use zeren::render::json::Number;
use zeren::render::transfer::{Graph, Transfer};
use zeren::store::Access;

use super::connection::ConnectionArguments;
use super::failure::Failure;
use super::scope::{Format, StoreArguments};
use super::{Done, load};

/// A kind of server.
#[derive(Clone, Copy, Debug, ValueEnum)]
enum Preset {
    /// This program's own, with --writable
    Zeren,
    /// Oxigraph
    Oxigraph,
    /// Apache Jena Fuseki; the address is that of a data set
    Fuseki,
    /// RDF4J; the address is that of a repository
    Rdf4j,
    /// GraphDB; the address is that of a repository
    Graphdb,
    /// OpenLink Virtuoso
    Virtuoso,
    /// QLever
    Qlever,
    /// Any other: queries and updates at one address
    Plain,
}

impl Preset {
    fn kind(self) -> push::Preset {
        match self {
            Self::Zeren => push::Preset::Zeren,
            Self::Oxigraph => push::Preset::Oxigraph,
            Self::Fuseki => push::Preset::Fuseki,
            Self::Rdf4j | Self::Graphdb => push::Preset::Rdf4j,
            Self::Virtuoso => push::Preset::Virtuoso,
            Self::Qlever => push::Preset::Qlever,
            Self::Plain => push::Preset::Plain,
        }
    }
}

#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// Address of the server: of its queries, its data set or its repository
    #[arg(long, value_name = "URL")]
    endpoint: String,
    /// Kind of the server; by default guessed from the address
    #[arg(long, value_enum)]
    preset: Option<Preset>,
    /// Address of updates, where it is another
    #[arg(long, value_name = "URL")]
    update_url: Option<String>,
    /// Address of the Graph Store Protocol, where it is another; `none` to send updates only
    #[arg(long, value_name = "URL")]
    graph_store_url: Option<String>,
    /// Does not fill the default graph with the union of all documents
    #[arg(long)]
    no_union: bool,
    /// File that notes what was pushed; by default in the folder of the store, one for each server
    #[arg(long, value_name = "FILE")]
    journal: Option<PathBuf>,
    /// Format of the report
    #[arg(long, value_enum, default_value_t)]
    format: Format,
    #[command(flatten)]
    connection: ConnectionArguments,
    #[command(flatten)]
    store: StoreArguments,
}

impl Arguments {
    fn target(&self) -> Target {
        let preset = self.preset.map_or_else(|| push::Preset::guess(&self.endpoint), Preset::kind);
        let mut target = preset.target(&self.endpoint, self.connection.has_name());
        if let Some(url) = &self.update_url {
            target.update.clone_from(url);
        }
        match self.graph_store_url.as_deref() {
            Some("none") => target.graph_store = None,
            Some(url) => target.graph_store = Some(url.to_owned()),
            None => {}
        }
        target.fills_default &= !self.no_union;
        target
    }
}

pub(super) fn run(arguments: &Arguments, lang: Lang) -> Result<Done, Failure> {
    let started = Instant::now();
    let target = arguments.target();
    let client = Arc::new(arguments.connection.client()?);
    let store = arguments.store.open(Access::ReadOnly)?;
    let journal = arguments.journal.clone().unwrap_or_else(|| Journal::path(store.dir(), &target));
    let failed = |source| Failure::Push { source };
    let journal = Journal::open(&journal).map_err(failed)?;
    let bar = bar(store.documents().len());
    let mut progress = |entry: &zeren::store::Entry| {
        bar.set_message(entry.title.clone().unwrap_or_else(|| entry.document.clone()));
        bar.inc(1);
    };
    let pushed = Push::new(&store, &target, client, journal).run(&mut progress);
    bar.finish_and_clear();
    let graphs: Vec<Graph> = pushed
        .map_err(failed)?
        .into_iter()
        .map(|pushed| {
            let error = match pushed.outcome {
                Outcome::Differs { found } => Some(match lang {
                    Lang::Zh => format!("服务器上有 {found} 条陈述，应为 {} 条", pushed.quads),
                    Lang::En => format!("the server has {found} statements instead of {}", pushed.quads),
                }),
                _ => None,
            };
            Graph {
                source: arguments.endpoint.clone(),
                id: Some(pushed.graph),
                status: pushed.outcome.as_str(),
                quads: pushed.quads,
                hint: error
                    .as_ref()
                    .map(|_| lang.pick("再次运行即重新推送", "run the command again to push it anew").to_owned()),
                error,
            }
        })
        .collect();
    load::warn(&graphs, lang);
    let amiss = graphs.iter().any(Graph::is_amiss);
    let transfer = Transfer { graphs, quads: store.len(), seconds: Number(started.elapsed().as_secs_f64()) };
    load::show(&transfer, arguments.format, lang)?;
    Ok(if amiss { Done::Partly } else { Done::Well })
}

/// A bar on stderr, where stderr is a terminal.
fn bar(graphs: usize) -> ProgressBar {
    let bar = ProgressBar::with_draw_target(u64::try_from(graphs).ok(), ProgressDrawTarget::stderr());
    match ProgressStyle::with_template("{bar:30} {pos}/{len} {wide_msg}") {
        Ok(style) => bar.with_style(style),
        Err(_) => bar,
    }
}
