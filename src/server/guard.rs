//! Who may ask: no page of another place by a trick with names, none at all unless allowed.

use std::net::IpAddr;

use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header};
use axum::response::Response;

use super::Options;
use super::problem::Problem;
use crate::site::POLICY;

/// Pages of which other places may ask (cross-origin resource sharing).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Cors {
    /// Of none.
    #[default]
    None,
    /// Of these, each as `scheme://host[:port]`.
    Of(Vec<String>),
    /// Of any.
    Any,
}

impl Cors {
    /// The origin to name in an answer, if the one that asks is allowed.
    fn allows<'a>(&self, origin: &'a str) -> Option<&'a str> {
        match self {
            Self::None => None,
            Self::Any => Some("*"),
            Self::Of(origins) => origins.iter().any(|known| known.eq_ignore_ascii_case(origin)).then_some(origin),
        }
    }
}

/// What every answer says: nothing is to be guessed, or told to the places that links lead to.
const HEADERS: [(&str, &str); 3] = [
    ("x-content-type-options", "nosniff"),
    ("referrer-policy", "no-referrer"),
    ("cross-origin-resource-policy", "same-origin"),
];

/// What a page of the server may do: what one of the site may, and not stand within another.
const IN_NO_FRAME: &str = "frame-ancestors 'none'";

/// How browsers say which page asks, and what for.
const SITE: HeaderName = HeaderName::from_static("sec-fetch-site");
const MODE: HeaderName = HeaderName::from_static("sec-fetch-mode");

/// Refuses requests by a foreign name, those of a foreign page that do more than read, and what such a page would have as a
/// part of itself; a link from there may be followed.
///
/// A page elsewhere can point a name of its own at this machine; the browser then takes the
/// server for a part of the page. Such a request has that name for its host. Browsers name the page that asks in `Origin`,
/// unless it only reads, and say by `Sec-Fetch-Site` (W3C Fetch Metadata) whether it is of another place.
pub(super) fn check(method: &Method, headers: &HeaderMap, options: &Options) -> Result<(), Problem> {
    let text = |name: HeaderName| headers.get(name).map(|value: &HeaderValue| value.to_str().unwrap_or("?"));
    let host = text(header::HOST);
    if host.is_some_and(|host| !is_own(host, options)) {
        return Err(Problem::new(
            StatusCode::MISDIRECTED_REQUEST,
            "本服务不以此主机名提供",
            "this server is not known by that host name",
        )
        .with_hint("用 `zeren serve --host` 加入此名", "add the name with `zeren serve --host`"));
    }
    let reads = matches!(*method, Method::GET | Method::HEAD | Method::OPTIONS);
    let origin = text(header::ORIGIN);
    if origin.is_some_and(|origin| options.cors.allows(origin).is_some()) || options.cors == Cors::Any && reads {
        return Ok(());
    }
    let own = origin.is_none_or(|origin| origin.split_once("://").is_some_and(|(_, of)| Some(of) == host));
    let from_elsewhere = text(SITE).is_some_and(|site| !["same-origin", "none"].contains(&site));
    let follows_a_link = text(MODE).is_some_and(|mode| mode == "navigate") && *method == Method::GET;
    // who asks whether to ask is told no by what the answer leaves out
    let asks_first = *method == Method::OPTIONS;
    if (own || reads) && (!from_elsewhere || follows_a_link) || asks_first {
        return Ok(());
    }
    Err(Problem::new(StatusCode::FORBIDDEN, "不接受其他网页的请求", "pages of other places may not ask")
        .with_hint("用 `zeren serve --cors` 允许", "they are allowed by `zeren serve --cors`"))
}

fn is_own(host: &str, options: &Options) -> bool {
    let name = match host.rsplit_once(':') {
        Some((name, port)) if !port.is_empty() && port.bytes().all(|byte| byte.is_ascii_digit()) => name,
        _ => host,
    };
    let bare = name.trim_start_matches('[').trim_end_matches(']');
    // an address cannot be made to point elsewhere
    bare.parse::<IpAddr>().is_ok()
        || name.eq_ignore_ascii_case("localhost")
        || options.names.iter().any(|known| known.eq_ignore_ascii_case(name))
}

/// Adds what every answer says, and leave for pages of other places.
pub(super) fn finish(response: &mut Response, origin: Option<&str>, options: &Options) {
    let headers = response.headers_mut();
    for (name, value) in HEADERS {
        headers.entry(name).or_insert(HeaderValue::from_static(value));
    }
    if let Ok(policy) = HeaderValue::from_str(&format!("{POLICY}; {IN_NO_FRAME}")) {
        // a page of the program's own may need more
        headers.entry(header::CONTENT_SECURITY_POLICY).or_insert(policy);
    }
    headers.append(header::VARY, HeaderValue::from_static("accept, accept-language, origin"));
    let allowed = origin.and_then(|origin| options.cors.allows(origin));
    if let Some(allowed) = allowed.and_then(|origin| HeaderValue::from_str(origin).ok()) {
        headers.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, allowed);
        headers.insert("cross-origin-resource-policy", HeaderValue::from_static("cross-origin"));
    }
}

/// The answer to a browser that asks whether it may ask.
pub(super) fn preflight(allow: &'static str) -> Response {
    let mut response = Response::default();
    *response.status_mut() = StatusCode::NO_CONTENT;
    let headers = response.headers_mut();
    headers.insert(header::ALLOW, HeaderValue::from_static(allow));
    headers.insert(header::ACCESS_CONTROL_ALLOW_METHODS, HeaderValue::from_static(allow));
    headers.insert(header::ACCESS_CONTROL_ALLOW_HEADERS, HeaderValue::from_static("accept, content-type"));
    headers.insert(header::ACCESS_CONTROL_MAX_AGE, HeaderValue::from_static("600"));
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hosts_are_addresses_or_known_names() {
        let options = Options { names: vec!["tasks.example".into()], ..Options::default() };
        for own in ["127.0.0.1:8077", "localhost", "[::1]:1", "10.1.2.3", "Tasks.example:80"] {
            assert!(is_own(own, &options), "{own}");
        }
        for foreign in ["evil.example", "evil.example:8077", "localhost.evil.example", "127.0.0.1.evil.example", ""] {
            assert!(!is_own(foreign, &options), "{foreign}");
        }
    }
}
