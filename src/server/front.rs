//! Pages with interactive parts, and those parts.

use axum::http::{HeaderValue, header};
use axum::response::Response;
use maud::{Markup, html};

use super::reader::Reader;
use super::{live, routes::bytes};
use crate::site::{Frame, front};

/// What a page with interactive parts may do: run the program's own scripts and ask this server.
const POLICY: &str = "default-src 'none'; style-src 'self'; script-src 'self'; worker-src 'self'; connect-src 'self'; \
    img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/// What Graphviz may do: it is WebAssembly, and runs apart from the page.
const OF_GRAPHVIZ: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'";

/// A page that is drawn by a script, where the program was built with it.
pub(super) fn page(reader: &Reader, title: &str, script: &str, main: &Markup) -> Response {
    let main = html! {
        // a library that finds this name does without a style of its own
        link rel="stylesheet" href="/assets/front.css" id="__________cytoscape_stylesheet";
        (main)
    };
    let own = [script];
    let scripts: &[&str] = if front::is_built() { &own } else { &[] };
    let foot = html! { p { (concat!("zeren ", env!("CARGO_PKG_VERSION"))) " " (front::credits(reader.lang)) } };
    let frame = Frame { scripts, foot, ..Frame::new(&reader.paths, reader.lang, title) };
    permitted(live::html(frame.around(&main).into_string()))
}

/// An answer whose scripts may ask this server.
pub(super) fn permitted(mut response: Response) -> Response {
    response.headers_mut().insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(POLICY));
    response
}

/// A part, by its name.
pub(super) fn part(name: &str) -> Option<Response> {
    let (media_type, content) = match (name, front::part(name)) {
        ("front.css", _) => ("text/css; charset=utf-8", front::STYLE.as_bytes()),
        (front::LICENCES, content) => ("text/plain; charset=utf-8", content?),
        (_, content) => ("text/javascript; charset=utf-8", content?),
    };
    let mut response = bytes(media_type, content.to_vec());
    if name == "graphviz.js" {
        response.headers_mut().insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(OF_GRAPHVIZ));
    }
    Some(response)
}
