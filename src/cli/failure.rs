//! Why a command could not do its work.

use std::io;

use thiserror::Error;
use zeren::analysis::WeightsError;
use zeren::diagnostic::{Lang, Message, io_words};
use zeren::render::graphviz::GraphvizError;
use zeren::render::ledger::LedgerError;

use zeren::correct::CorrectionsError;
use zeren::load::LoadError;
use zeren::push::PushError;
use zeren::query::{QueryError, ShapesError};
use zeren::read::ReadError;
use zeren::store::StoreError;

/// Why a command could not do its work; printed as `error: place: what` and `hint: next step`.
#[derive(Debug, Error)]
pub(super) enum Failure {
    /// The reader of stdout went away: no failure to anybody.
    #[error("stdout is closed")]
    Closed,
    /// A result cannot be written.
    #[error("`{place}`: {source}")]
    Write { place: String, source: io::Error },
    /// A file that is asked for by name cannot be read.
    #[error("`{place}`: {source}")]
    Open { place: String, source: io::Error },
    /// No server can be started at an address.
    #[error("`{place}`: {source}")]
    Bind { place: String, source: io::Error },
    /// No input is left.
    #[error("no document can be read")]
    NoInput(Message, Message),
    /// What the arguments ask for makes no sense or is not there.
    #[error("{}", .what.en)]
    Usage { place: String, what: Message, hint: Option<Message> },
    /// A document cannot be read.
    #[error("`{place}`: cannot be read")]
    Read { place: String, source: ReadError },
    /// Corrections cannot be used, and without them a document would not say what people decided.
    #[error("`{place}`: {source}")]
    Corrections { place: String, source: Box<CorrectionsError> },
    /// The store cannot be used; its messages name the place.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// A query cannot be answered.
    #[error("`{place}`: {source}")]
    Query { place: String, source: QueryError },
    /// Shapes cannot be used.
    #[error("`{place}`: {source}")]
    Shapes { place: String, source: Box<ShapesError> },
    /// Graphs cannot be pushed.
    #[error(transparent)]
    Push { source: PushError },
    /// What was read of RDF cannot be kept until it is stored.
    #[error("`{place}`: {source}")]
    Load { place: String, source: LoadError },
    /// Weights cannot be read.
    #[error("--weights: {0}")]
    Weights(#[from] WeightsError),
    /// A picture cannot be drawn.
    #[error(transparent)]
    Graphviz(#[from] GraphvizError),
    /// A ledger cannot be written.
    #[error(transparent)]
    Ledger(#[from] LedgerError),
}

impl Failure {
    /// Where, what, and what to do next, in one language.
    pub(super) fn report(&self, lang: Lang) -> (String, String, Option<String>) {
        match self {
            Self::Closed => (String::new(), self.to_string(), None),
            Self::Write { place, source } => (place.clone(), io_words(source, lang), write_hint(source, lang)),
            Self::Open { place, source } => (place.clone(), io_words(source, lang), None),
            Self::Bind { place, source } => {
                let (zh, en) = match source.kind() {
                    io::ErrorKind::AddrInUse => ("地址已被占用", "the address is in use"),
                    io::ErrorKind::AddrNotAvailable => ("本机没有此地址", "this machine has no such address"),
                    _ => return (place.clone(), io_words(source, lang), None),
                };
                let hint = lang.pick("用 `--bind` 另选端口", "choose another port with `--bind`");
                (place.clone(), lang.pick(zh, en).to_owned(), Some(hint.to_owned()))
            }
            Self::NoInput(what, hint) => {
                (String::new(), what.in_lang(lang).to_owned(), Some(hint.in_lang(lang).to_owned()))
            }
            Self::Usage { place, what, hint } => {
                let hint = hint.as_ref().map(|hint| hint.in_lang(lang).to_owned());
                (place.clone(), what.in_lang(lang).to_owned(), hint)
            }
            Self::Read { place, source } => (place.clone(), source.message(lang), source.hint(lang).map(str::to_owned)),
            Self::Corrections { place, source } => (place.clone(), source.message(lang), source.hint(lang)),
            Self::Store(source) => (String::new(), source.message(lang), source.hint(lang)),
            Self::Query { place, source } => (place.clone(), source.message(lang), source.hint(lang)),
            Self::Shapes { place, source } => (place.clone(), source.message(lang), None),
            Self::Push { source } => (String::new(), source.message(lang), source.hint(lang)),
            Self::Load { place, source } => (place.clone(), source.message(lang), source.hint(lang)),
            Self::Weights(error) => ("--weights".to_owned(), error.message(lang), None),
            Self::Ledger(error) => {
                let hint = Message::new("缩小范围", "narrow what is asked for");
                ("ledger".to_owned(), error.message(lang), Some(hint.in_lang(lang).to_owned()))
            }
            Self::Graphviz(error) => ("dot".to_owned(), error.message(lang), error.hint(lang)),
        }
    }

    /// A query that failed, named by where it comes from.
    pub(super) fn query(place: impl Into<String>) -> impl FnOnce(QueryError) -> Self {
        move |source| Self::Query { place: place.into(), source }
    }

    /// Shapes that cannot be used, named by where they come from.
    pub(super) fn shapes(place: &str) -> impl FnOnce(ShapesError) -> Self + '_ {
        move |source| Self::Shapes { place: place.to_owned(), source: Box::new(source) }
    }

    /// A failed write; a reader of stdout that went away is told apart.
    pub(super) fn write(place: &str, source: io::Error) -> Self {
        match source.kind() {
            io::ErrorKind::BrokenPipe => Self::Closed,
            _ => Self::Write { place: place.to_owned(), source },
        }
    }
}

fn write_hint(error: &io::Error, lang: Lang) -> Option<String> {
    let (zh, en) = match error.kind() {
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded | io::ErrorKind::FileTooLarge => {
            ("腾出空间后重试；原有文件没有改动", "free some space and try again; an earlier file is unchanged")
        }
        io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => {
            ("换一个可写的位置", "choose a place that you may write to")
        }
        io::ErrorKind::NotFound => ("先建立该文件夹", "make the folder first"),
        _ => return None,
    };
    Some(lang.pick(zh, en).to_owned())
}

/// A query of the program's own, which has no place that the user knows.
impl From<QueryError> for Failure {
    fn from(source: QueryError) -> Self {
        Self::Query { place: String::new(), source }
    }
}
