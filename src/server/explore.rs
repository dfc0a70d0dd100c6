//! The network to be explored, as a page and as data for its script.

use axum::extract::Request;
use axum::http::StatusCode;
use axum::response::Response;

use super::fields::Fields;
use super::front;
use super::live;
use super::problem::Problem;
use super::reader::Reader;
use super::routes::{Shared, bytes};
use crate::extract::Role;
use crate::site::Asked;

/// `/explore`: the page.
pub(super) async fn page(state: Shared, request: Request) -> Result<Response, Problem> {
    let (asked, reader) = (asked(&request)?, Reader::of(&request));
    live::answer(&state, &reader, move |site, reader| {
        let main = site.explorer(&asked, &reader.paths, reader.lang).main();
        Some(front::page(reader, reader.lang.pick("网络", "Network"), "explore.js", &main))
    })
    .await
}

/// `/explore/panel`: what is around a node, as a part of the page.
pub(super) async fn panel(state: Shared, request: Request) -> Result<Response, Problem> {
    let (asked, reader) = (asked(&request)?, Reader::of(&request));
    let panel = live::of_site(&state, move |site| {
        let panel = site.explorer(&asked, &reader.paths, reader.lang).panel();
        panel.ok_or_else(|| no_node(&asked.node))
    });
    Ok(front::permitted(live::html(panel.await?.into_string())))
}

/// `/explore.json`: what is seen, or what is around a node.
pub(super) async fn json(state: Shared, request: Request) -> Result<Response, Problem> {
    let (asked, reader) = (asked(&request)?, Reader::of(&request));
    let content = live::of_site(&state, move |site| {
        let mut written = Vec::new();
        let found = site.explorer(&asked, &reader.paths, reader.lang).json(&mut written);
        let found = found.map_err(|error| Problem::internal(&error.to_string()))?;
        if found { Ok(written) } else { Err(no_node(&asked.node)) }
    });
    Ok(bytes("application/json", content.await?))
}

fn no_node(name: &str) -> Problem {
    Problem::new(StatusCode::NOT_FOUND, format!("网络中没有 `{name}`"), format!("the network has no `{name}`"))
}

fn asked(request: &Request) -> Result<Asked, Problem> {
    let fields = Fields::read(request.uri().query().unwrap_or_default().as_bytes())?;
    let text = |name| fields.one(name).map(Option::unwrap_or_default);
    let number = |name: &'static str| -> Result<usize, Problem> {
        let value = text(name)?;
        let known = if value.is_empty() { Some(0) } else { value.parse().ok() };
        known.ok_or_else(|| wrong(name, &value))
    };
    let role = text("role")?;
    Ok(Asked {
        document: text("document")?,
        place: text("place")?,
        year: text("year")?,
        role: match role.as_str() {
            "" => None,
            name => Some(Role::parse(name).ok_or_else(|| wrong("role", name))?),
        },
        tasks: !text("tasks")?.is_empty(),
        most: number("most")?,
        node: text("node")?,
    })
}

fn wrong(name: &str, value: &str) -> Problem {
    Problem::bad_request(format!("`{name}` 不能是 `{value}`"), format!("`{name}` cannot be `{value}`"))
}
