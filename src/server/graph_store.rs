//! The SPARQL 1.1 Graph Store HTTP Protocol: whole graphs, read by anybody, written if allowed.

use axum::body::Body;
use axum::extract::Request;
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use axum::response::Response;
use oxigraph::model::{GraphNameRef, NamedNode, NamedNodeRef, Quad};

use super::accept::{self, Form};
use super::fields::Fields;
use super::guard;
use super::problem::Problem;
use super::routes::{Shared, body, bytes};
use crate::graph::{DocumentGraph, Format, entity_tag, write_quads};
use crate::load;
use crate::query::{QueryError, ResultFormat};
use crate::store::{Pace as _, Status};

const ALLOWED: &str = "GET, HEAD, OPTIONS";
const ALLOWED_TO_WRITE: &str = "GET, HEAD, OPTIONS, PUT, POST, DELETE";

/// Which graph a request is about.
enum Target {
    /// The union of all documents.
    Default,
    /// That of an IRI.
    Named(String),
    /// All of them, with their names.
    Dataset,
}

pub(super) async fn handle(state: Shared, request: Request) -> Result<Response, Problem> {
    let (parts, content) = request.into_parts();
    let target = target(&Fields::read(parts.uri.query().unwrap_or_default().as_bytes())?)?;
    let allowed = if state.options.writable { ALLOWED_TO_WRITE } else { ALLOWED };
    match parts.method {
        Method::GET | Method::HEAD => read(state, &parts.headers, target).await,
        Method::OPTIONS => Ok(guard::preflight(allowed)),
        Method::PUT | Method::POST | Method::DELETE if !state.options.writable => Err(Problem::read_only()),
        Method::PUT | Method::POST | Method::DELETE => {
            let Target::Named(name) = target else {
                return Err(Problem::new(
                    StatusCode::FORBIDDEN,
                    "默认图是所有文件之并，不能直接改写",
                    "the default graph is the union of all documents and cannot be written",
                )
                .with_hint("用 `?graph=IRI` 指明哪个图", "name a graph: `?graph=IRI`"));
            };
            if parts.method == Method::DELETE {
                return remove(state, name).await;
            }
            write(state, &parts.headers, content, name, parts.method == Method::POST).await
        }
        _ => Err(Problem::method(allowed)),
    }
}

fn target(fields: &Fields) -> Result<Target, Problem> {
    match (fields.has("default"), fields.one("graph")?) {
        (true, Some(_)) => {
            Err(Problem::bad_request("`default` 和 `graph` 不能并用", "`default` and `graph` exclude each other"))
        }
        (true, None) => Ok(Target::Default),
        (false, Some(name)) => match NamedNode::new(&name) {
            Ok(_) => Ok(Target::Named(name)),
            Err(_) => Err(Problem::bad_request(
                format!("图名 `{name}` 不是完整的 IRI"),
                format!("the name `{name}` of the graph is no absolute IRI"),
            )),
        },
        (false, None) => Ok(Target::Dataset),
    }
}

async fn read(state: Shared, headers: &HeaderMap, target: Target) -> Result<Response, Problem> {
    let tag = match &target {
        Target::Named(name) => tag(&state, name.clone()).await?,
        Target::Default | Target::Dataset => None,
    };
    if let Some(tag) = tag.as_ref().filter(|tag| is_known(headers, tag)) {
        let mut response = Response::default();
        *response.status_mut() = StatusCode::NOT_MODIFIED;
        response.headers_mut().insert(header::ETAG, tag.clone());
        return Ok(response);
    }
    let offers = if matches!(target, Target::Dataset) { accept::DATASETS } else { accept::GRAPHS };
    let form = accept::choose(headers, offers)?;
    let Form::Data(ResultFormat::Graph(format)) = form else { return Err(Problem::not_acceptable(&[])) };
    let content = state
        .read(move |state, snapshot, turn| {
            let graph = match &target {
                Target::Default => Some(GraphNameRef::DefaultGraph),
                Target::Named(name) => Some(NamedNodeRef::new_unchecked(name).into()),
                Target::Dataset => None,
            };
            let mut quads = Vec::new();
            for quad in snapshot.graphs.quads_for_pattern(None, None, None, graph) {
                let quad = quad.map_err(|error| Problem::internal(&error.to_string()))?;
                turn.step();
                if turn.is_ended() {
                    return Err(turn.end());
                }
                if state.options.rows.is_some_and(|most| quads.len() == most) {
                    return Err(QueryError::Limit.into());
                }
                // the union is not said twice
                if graph.is_some() || !quad.graph_name.is_default_graph() {
                    quads.push(quad);
                }
            }
            if quads.is_empty() && matches!(target, Target::Named(_)) {
                return Err(Problem::new(StatusCode::NOT_FOUND, "没有这个图", "there is no such graph"));
            }
            sort(&mut quads);
            let mut written = Vec::new();
            write_quads(&quads, format, &mut written).map_err(|error| Problem::internal(&error.to_string()))?;
            Ok(written)
        })
        .await?;
    let mut response = bytes(&form.content_type(), content);
    if let Some(tag) = tag {
        response.headers_mut().insert(header::ETAG, tag);
    }
    Ok(response)
}

/// The entity tag of a graph, which is its digest in whatever form it is sent.
async fn tag(state: &Shared, name: String) -> Result<Option<HeaderValue>, Problem> {
    let digest = state.read(move |_, snapshot, _| {
        let found = snapshot.documents.binary_search_by(|entry| entry.document.as_str().cmp(&name));
        Ok(found.ok().and_then(|at| snapshot.documents.get(at)).map(|entry| entry.digest.clone()))
    });
    Ok(digest.await?.and_then(|digest| HeaderValue::from_str(&entity_tag(&digest)).ok()))
}

/// Whether a request tells, by `If-None-Match`, that it knows what it asks for.
fn is_known(headers: &HeaderMap, tag: &HeaderValue) -> bool {
    let known = headers.get_all(header::IF_NONE_MATCH).into_iter().filter_map(|value| value.to_str().ok());
    known.flat_map(|value| value.split(',')).any(|known| known.trim().as_bytes() == tag.as_bytes())
}

/// The same graph gives the same bytes: by graph and statement.
fn sort(quads: &mut [Quad]) {
    quads.sort_by_cached_key(|quad| (quad.graph_name.to_string(), quad.to_string()));
}

async fn write(
    state: Shared,
    headers: &HeaderMap,
    content: Body,
    name: String,
    merge: bool,
) -> Result<Response, Problem> {
    let given = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or("text/turtle");
    let media_type = given.split(';').next().unwrap_or_default().trim();
    let format = Format::parse(media_type).map_err(|_| Problem::media_type(given))?;
    let content = body(&state, content).await?;
    let status = state
        .write(move |store, _| {
            let quads = load::triples(&content, format, &name)?;
            let former = if merge { store.graph(&name)?.quads } else { Vec::new() };
            let graph = DocumentGraph::from_quads(name, former.into_iter().chain(quads));
            if graph.quads.is_empty() {
                // an empty graph is none
                let held = store.remove(&graph.document)?;
                return Ok(if held { Status::Updated } else { Status::Added });
            }
            Ok(store.replace(&graph, &load::describe(&graph))?)
        })
        .await?;
    let mut response = Response::default();
    *response.status_mut() = if status == Status::Added { StatusCode::CREATED } else { StatusCode::NO_CONTENT };
    Ok(response)
}

async fn remove(state: Shared, name: String) -> Result<Response, Problem> {
    let held = state.write(move |store, _| Ok(store.remove(&name)?)).await?;
    if !held {
        return Err(Problem::new(StatusCode::NOT_FOUND, "没有这个图", "there is no such graph"));
    }
    let mut response = Response::default();
    *response.status_mut() = StatusCode::NO_CONTENT;
    Ok(response)
}
