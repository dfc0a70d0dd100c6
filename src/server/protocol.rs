//! The SPARQL 1.1 Protocol.

use axum::extract::Request;
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use axum::response::Response;

use super::accept::{self, Form};
use super::ask::{Outcome, Question};
use super::reader::Reader;

use super::fields::Fields;
use super::problem::Problem;
use super::routes::{Shared, body, bytes};
use super::{ask, description, guard};
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
    /// A shipped query with values for its parameters.
    Named(Question),
    /// The page to ask on, with a text to begin with.
    Text(Question),
    /// What the service is.
    Description,
}

pub(super) async fn handle(state: Shared, request: Request) -> Result<Response, Problem> {
    let (mut parts, content) = request.into_parts();
    let fields = Fields::read(parts.uri.query().unwrap_or_default().as_bytes())?;
    // a link cannot say what it accepts, but its address can
    if let Some(wanted) = fields.one("accept")?.and_then(|wanted| HeaderValue::from_str(&wanted).ok()) {
        parts.headers.insert(header::ACCEPT, wanted);
    }
    let reader = Reader::new(&parts.uri, &parts.headers);
    let asked = match parts.method {
        Method::GET | Method::HEAD => from_address(&fields)?,
        Method::POST => from_body(&state, &parts.headers, &fields, content).await?,
        Method::OPTIONS => return Ok(guard::preflight("GET, HEAD, POST, OPTIONS")),
        _ => return Err(Problem::method("GET, HEAD, POST, OPTIONS")),
    };
    let is_link = fields.has("accept") && !reader.wants_page;
    let mut response = match asked {
        Asked::Description => description::service(state, &parts.headers, &reader).await,
        Asked::Query { text, default, named } => {
            let question = Question { text: text.clone(), ..Question::default() };
            let query = Query::parse(&text).and_then(|mut query| {
                if !default.is_empty() || !named.is_empty() {
                    query.choose_graphs(&default, &named)?;
                }
                Ok(query)
            });
            told(state, parts.headers, reader, question, query).await
        }
        Asked::Named(question) if question.is_whole() || !reader.wants_page => {
            let query = question.query();
            told(state, parts.headers, reader, question, query).await
        }
        Asked::Named(question) | Asked::Text(question) => Ok(ask::page(&question, &Outcome::Open, &reader)),
        Asked::Update { text, default, named } => update(state, text, default, named).await,
    }?;
    if is_link {
        // to be taken along, not to be shown
        response.headers_mut().insert(header::CONTENT_DISPOSITION, HeaderValue::from_static("attachment"));
    }
    Ok(response)
}

fn from_address(fields: &Fields) -> Result<Asked, Problem> {
    if fields.has("update") {
        return Err(Problem::bad_request("更新须用 POST", "updates are sent by POST"));
    }
    match (fields.one("query")?, fields.one("named")?, fields.one("text")?) {
        (Some(text), ..) => Ok(query_of(text, fields)),
        (None, Some(name), _) => Ok(Asked::Named(Question::named(&name, fields)?)),
        (None, None, Some(name)) => Ok(Asked::Text(Question::of_text(Some(&name))?)),
        (None, None, None) => Ok(Asked::Description),
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

/// The answer to a question; whoever looks at a page is told there too why there is none.
async fn told(
    state: Shared,
    headers: HeaderMap,
    reader: Reader,
    question: Question,
    query: Result<Query, QueryError>,
) -> Result<Response, Problem> {
    let shown = (question.clone(), reader.clone());
    let answer = async {
        let query = query?;
        let form = accept::choose(&headers, if query.makes_graph() { accept::GRAPHS } else { accept::ROWS });
        // a page shows graphs too
        let form = if reader.wants_page { Form::Page } else { form? };
        let work = state.read(move |state, snapshot, turn| {
            let answer = query
                .run(&snapshot.graphs, &state.limits(turn))
                .map_err(|error| if turn.is_ended() { turn.end() } else { error.into() })?;
            let Form::Data(format) = form else {
                return Ok(ask::page(&question, &Outcome::Answer(&answer), &reader));
            };
            let mut written = Vec::new();
            answer.write(format, &mut written)?;
            Ok(bytes(&form.content_type(), written))
        });
        work.await
    };
    match answer.await {
        Err(problem) if shown.1.wants_page => Ok(ask::page(&shown.0, &Outcome::Fault(&problem), &shown.1)),
        answer => answer,
    }
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
