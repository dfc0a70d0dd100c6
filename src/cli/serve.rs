//! `zeren serve`: the store as pages, and by the SPARQL protocol.

use std::net::{SocketAddr, ToSocketAddrs};
use std::path::{Path, PathBuf};
use std::time::Duration;

use clap::Args;
use zeren::diagnostic::{Lang, Message};
use zeren::query::{self, Filter};
use zeren::server::{self, Cors, Options};
use zeren::store::Access;

use super::failure::Failure;
use super::scope::{DocumentArguments, StoreArguments};
use super::{Done, output};

#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// Address and port to answer at; port 0 is any that is free
    #[arg(long, value_name = "ADDRESS:PORT", default_value = "127.0.0.1:8077")]
    bind: String,
    /// Carries out updates; without it the store is only read
    #[arg(long)]
    writable: bool,
    /// With `--writable`: the folder that was built; what is decided in a review is written beside its documents
    #[arg(long, value_name = "DIR", requires = "writable")]
    documents: Option<PathBuf>,
    /// Lets pages of this place ask (repeatable): scheme://host[:port], or `*` for any
    #[arg(long, value_name = "ORIGIN")]
    cors: Vec<String>,
    /// Further name under which the server is known (repeatable)
    #[arg(long = "host", value_name = "NAME")]
    hosts: Vec<String>,
    /// Seconds that a request may take
    #[arg(long, value_name = "SECONDS", default_value_t = 30, value_parser = clap::value_parser!(u64).range(1..))]
    timeout: u64,
    /// The most rows or statements of an answer; 0 for all
    #[arg(long, value_name = "N", default_value_t = 100_000)]
    limit: usize,
    /// The most bytes of a request
    #[arg(long, value_name = "BYTES", default_value_t = 16 << 20)]
    max_body: usize,
    /// The most megabytes of memory that queries which take long may hold together
    #[arg(long, value_name = "MB", default_value_t = 2048)]
    memory: usize,
    /// The most megabytes of memory that the pages may be made of, about; of a larger store, name a part
    #[arg(long, value_name = "MB", default_value_t = 4096)]
    pages: usize,
    #[command(flatten)]
    scope: DocumentArguments,
    #[command(flatten)]
    store: StoreArguments,
}

pub(super) fn run(arguments: &Arguments, lang: Lang) -> Result<Done, Failure> {
    let options = Options {
        bind: address(&arguments.bind)?,
        writable: arguments.writable,
        cors: cors(&arguments.cors, arguments.writable)?,
        names: arguments.hosts.clone(),
        timeout: Duration::from_secs(arguments.timeout),
        rows: Some(arguments.limit).filter(|limit| *limit > 0),
        body: arguments.max_body,
        memory: arguments.memory.saturating_mul(1_000_000),
        scope: arguments.scope.filter(),
        pages: arguments.pages.saturating_mul(1_000_000),
        documents: documents(arguments.documents.as_deref())?,
    };
    let access = if arguments.writable { Access::Write } else { Access::ReadOnly };
    let store = arguments.store.open(access)?;
    for error in store.damaged() {
        output::warn("", &error.message(lang), error.hint(lang).as_deref(), lang);
    }
    if options.scope != Filter::default() {
        arguments.scope.passing(&query::documents(&store)?, lang)?;
    }
    if !options.bind.ip().is_loopback() {
        let what = lang.pick("其他机器也能访问此服务", "other machines can reach this server");
        let hint = lang.pick("只供本机使用时绑定 127.0.0.1", "bind 127.0.0.1 to serve this machine only");
        output::warn("", what, Some(hint), lang);
    }
    let place = arguments.store.store.display().to_string();
    // one graph describes the others
    let documents = store.documents().filter(|entry| entry.document != zeren::iri::dataset()).count();
    let bind = options.bind;
    let served = server::serve(store, options, |address| {
        let what = match lang {
            Lang::Zh => {
                format!("`{place}`（{documents} 份文件）在 http://{address}/ 提供，端点为 http://{address}/query")
            }
            Lang::En => format!(
                "`{place}` ({documents} documents) is served at http://{address}/, endpoint http://{address}/query"
            ),
        };
        output::remark(&what, Some(lang.pick("按 Ctrl+C 停止", "stop with Ctrl+C")), lang);
    });
    served.map_err(|source| Failure::Bind { place: bind.to_string(), source })?;
    Ok(Done::Well)
}

/// The folder of the documents, if it is one.
fn documents(path: Option<&Path>) -> Result<Option<PathBuf>, Failure> {
    let Some(path) = path else { return Ok(None) };
    if path.is_dir() {
        return Ok(Some(path.to_owned()));
    }
    let place = path.display();
    Err(Failure::Usage {
        place: "--documents".to_owned(),
        what: Message::new(format!("`{place}` 不是文件夹"), format!("`{place}` is no folder")),
        hint: Some(Message::new("写明 `zeren build` 读取的文件夹", "name the folder that `zeren build` read")),
    })
}

fn address(text: &str) -> Result<SocketAddr, Failure> {
    let found = text.to_socket_addrs().ok().and_then(|mut addresses| addresses.next());
    found.ok_or_else(|| Failure::Usage {
        place: "--bind".to_owned(),
        what: Message::new(format!("`{text}` 不是地址"), format!("`{text}` is no address")),
        hint: Some(Message::new("写作 127.0.0.1:8077", "write it as 127.0.0.1:8077")),
    })
}

fn cors(origins: &[String], writable: bool) -> Result<Cors, Failure> {
    let refused = |what: Message, hint: Message| Failure::Usage { place: "--cors".to_owned(), what, hint: Some(hint) };
    if origins.is_empty() {
        return Ok(Cors::None);
    }
    if origins.iter().any(|origin| origin == "*") {
        if writable {
            return Err(refused(
                Message::new("可写的服务不能向任何网页开放", "a server that can be written is not open to any page"),
                Message::new("逐一写明允许的来源", "name the origins that are allowed"),
            ));
        }
        return Ok(Cors::Any);
    }
    for origin in origins {
        let host = origin.strip_prefix("http://").or_else(|| origin.strip_prefix("https://"));
        if host.is_none_or(|host| host.is_empty() || host.contains(['/', '?', '#', ' '])) {
            return Err(refused(
                Message::new(format!("`{origin}` 不是来源"), format!("`{origin}` is no origin")),
                Message::new("写作 https://例.中国 或 https://a.example:8000", "write it as https://a.example:8000"),
            ));
        }
    }
    Ok(Cors::Of(origins.to_vec()))
}
