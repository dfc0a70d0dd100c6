//! Why graphs could not be pushed.

use std::io;

use crate::diagnostic::{Lang, io_words};
use crate::query::QueryError;
use crate::remote::RemoteError;
use crate::store::StoreError;

/// Why graphs could not be pushed.
#[derive(Debug, thiserror::Error)]
pub enum PushError {
    /// The server refused, or is not there.
    #[error(transparent)]
    Remote(#[from] RemoteError),
    /// The server could not be asked what it has.
    #[error(transparent)]
    Query(#[from] QueryError),
    /// The store cannot be read.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The journal cannot be read or written.
    #[error(transparent)]
    Journal(io::Error),
}

impl PushError {
    /// What went wrong, in one language.
    pub fn message(&self, lang: Lang) -> String {
        match self {
            Self::Remote(error) => error.message(lang),
            Self::Query(error) => error.message(lang),
            Self::Store(error) => error.message(lang),
            Self::Journal(error) => {
                format!("{}{}", lang.pick("推送记录：", "journal: "), io_words(error, lang))
            }
        }
    }

    /// What to do next, where something can be done.
    pub fn hint(&self, lang: Lang) -> Option<String> {
        match self {
            Self::Remote(error) => error.hint(lang),
            Self::Query(error) => error.hint(lang),
            Self::Store(error) => error.hint(lang),
            Self::Journal(_) => {
                Some(lang.pick("用 `--journal` 另选位置", "name another place with `--journal`").to_owned())
            }
        }
    }
}
