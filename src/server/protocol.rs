//! The SPARQL 1.1 Protocol.

use axum::extract::Request;
use axum::http::{HeaderMap, Method, StatusCode, header};
use axum::response::Response;

use super::accept::{self, Form};
use super::reader::Reader;

use super::fields::Fields;
use super::problem::Problem;
use super::routes::{Shared, body, bytes};
use super::{description, guard, page};
use crate::diagnostic::Lang;
use crate::load;
use crate::query::{Query, QueryError, Update};

const FORM: &str = "application/x-www-form-urlencoded";
const QUERY: &str = "application/sparql-query";
const UPDATE: &str = "application/sparql-update";

/// What a request asks for.
enum Asked {
    Query {
        text: String,
        default: Vec<String>,
        named: Vec<String>,
    },
    Update {
        text: String,
        default: Vec<String>,
        named: Vec<String>,
    },
    /// What the service is.
    Description,
}

pub(super) async fn handle(state: Shared, request: Request) -> Result<Response, Problem> {
    let (parts, content) = request.into_parts();
    let reader = Reader::new(&parts.uri, &parts.headers);
    let fields = Fields::read(parts.uri.query().unwrap_or_default().as_bytes())?;
    let asked = match parts.method {
        Method::GET | Method::HEAD => from_address(&fields)?,
        Method::POST => from_body(&state, &parts.headers, &fields, content).await?,
        Method::OPTIONS => return Ok(guard::preflight("GET, HEAD, POST, OPTIONS")),
        _ => return Err(Problem::method("GET, HEAD, POST, OPTIONS")),
    };
    match asked {
        Asked::Description => description::service(state, &parts.headers, &reader).await,
        Asked::Query { text, default, named } => query(state, parts.headers, reader, text, default, named).await,
        Asked::Update { text, default, named } => update(state, text, default, named).await,
    }
}

fn from_address(fields: &Fields) -> Result<Asked, Problem> {
    if fields.has("update") {
        return Err(Problem::bad_request("更新须用 POST", "updates are sent by POST"));
    }
    match fields.one("query")? {
        Some(text) => Ok(query_of(text, fields)),
        None => Ok(Asked::Description),
    }
}

async fn from_body(
    state: &Shared,
    headers: &HeaderMap,
    address: &Fields,
    content: axum::body::Body,
) -> Result<Asked, Problem> {
    let given = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let mut parts = given.split(';').map(str::trim);
    let media_type = parts.next().unwrap_or_default().to_ascii_lowercase();
    if ![FORM, QUERY, UPDATE].contains(&media_type.as_str()) {
        return Err(Problem::media_type(given)
            .with_hint(format!("可用 {FORM}、{QUERY}、{UPDATE}"), format!("supported: {FORM}, {QUERY}, {UPDATE}")));
    }
    let charset = parts.find_map(|part| {
        let (name, value) = part.split_once('=')?;
        name.trim().eq_ignore_ascii_case("charset").then(|| value.trim().trim_matches('"'))
    });
    if charset.is_some_and(|charset| !charset.eq_ignore_ascii_case("utf-8")) {
        return Err(Problem::media_type(given).with_hint("请求须为 UTF-8", "requests are in UTF-8"));
    }
    let content = body(state, content).await?;
    if media_type == FORM {
        let fields = Fields::read(&content)?;
        return match (fields.one("query")?, fields.one("update")?) {
            (Some(text), None) => Ok(query_of(text, &fields)),
            (None, Some(text)) => Ok(update_of(text, &fields)),
            (Some(_), Some(_)) => {
                Err(Problem::bad_request("`query` 和 `update` 不能并用", "`query` and `update` exclude each other"))
            }
            (None, None) => Err(Problem::bad_request("缺少 `query` 或 `update`", "`query` or `update` is missing")),
        };
    }
    if address.has("query") || address.has("update") {
        return Err(Problem::bad_request(
            "语句既在地址中又在正文中",
            "a query or update stands in the address as well as in the body",
        ));
    }
    let text =
        String::from_utf8(content).map_err(|_| Problem::bad_request("请求不是 UTF-8", "the request is not UTF-8"))?;
    Ok(if media_type == QUERY { query_of(text, address) } else { update_of(text, address) })
}

fn query_of(text: String, fields: &Fields) -> Asked {
    Asked::Query { text, default: fields.all("default-graph-uri"), named: fields.all("named-graph-uri") }
}

fn update_of(text: String, fields: &Fields) -> Asked {
    Asked::Update { text, default: fields.all("using-graph-uri"), named: fields.all("using-named-graph-uri") }
}

async fn query(
    state: Shared,
    headers: HeaderMap,
    reader: Reader,
    text: String,
    default: Vec<String>,
    named: Vec<String>,
) -> Result<Response, Problem> {
    let mut query = Query::parse(&text)?;
    if !default.is_empty() || !named.is_empty() {
        query.choose_graphs(&default, &named)?;
    }
    let form = accept::choose(&headers, if query.makes_graph() { accept::GRAPHS } else { accept::ROWS })?;
    let content = state
        .read(move |state, snapshot, token| {
            let answer = query
                .run(&snapshot.graphs, &state.limits(token))
                .map_err(|error| if token.is_cancelled() { Problem::late() } else { error.into() })?;
            match form {
                Form::Page => Ok(page::answer(&answer, &text, &reader).into_bytes()),
                Form::Data(format) => {
                    let mut written = Vec::new();
                    answer.write(format, &mut written)?;
                    Ok(written)
                }
            }
        })
        .await?;
    Ok(bytes(&form.content_type(), content))
}

async fn update(state: Shared, text: String, default: Vec<String>, named: Vec<String>) -> Result<Response, Problem> {
    if !state.options.writable {
        return Err(Problem::read_only());
    }
    let mut update = Update::parse(&text)?;
    if !default.is_empty() || !named.is_empty() {
        update.using(&default, &named)?;
    }
    state
        .write(move |store, token| {
            update.run(store, Some(token), load::describe).map_err(|error| match error {
                _ if token.is_cancelled() => Problem::late(),
                // such as a graph to be dropped that is not there
                error @ QueryError::Evaluation { .. } => {
                    Problem::bad_request(error.message(Lang::Zh), error.message(Lang::En))
                }
                error => error.into(),
            })
        })
        .await?;
    let mut response = Response::default();
    *response.status_mut() = StatusCode::NO_CONTENT;
    Ok(response)
}
