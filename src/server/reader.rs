//! Who asks: in which language, and whether for a page.

use axum::extract::Request;
use axum::http::{HeaderMap, Uri, header};

use super::accept;
use crate::diagnostic::Lang;
use crate::site::Paths;

/// Who asks.
#[derive(Clone, Debug)]
pub(super) struct Reader {
    /// The language of the answer.
    pub(super) lang: Lang,
    /// Where its links lead.
    pub(super) paths: Paths,
    /// Whether it is a browser that shows pages.
    pub(super) wants_page: bool,
}

impl Reader {
    pub(super) fn of(request: &Request) -> Self {
        Self::new(request.uri(), request.headers())
    }

    /// A language chosen in a page is in its address, before that which the browser wants.
    pub(super) fn new(address: &Uri, headers: &HeaderMap) -> Self {
        let paths = Paths::new(address.path(), address.query().unwrap_or_default());
        let lang = paths.chosen().unwrap_or_else(|| language(headers));
        Self { lang, paths, wants_page: accept::names_page(headers) }
    }
}

/// The language that an reader wants: Chinese if it is named before English.
fn language(headers: &HeaderMap) -> Lang {
    let wanted = headers.get(header::ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let wanted = wanted.to_ascii_lowercase();
    let mut first = wanted.split(',').map(|part| part.trim().get(..2).unwrap_or_default());
    match first.find(|part| ["zh", "en"].contains(part)) {
        Some("zh") => Lang::Zh,
        _ => Lang::En,
    }
}
