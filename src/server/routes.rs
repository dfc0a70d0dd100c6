//! Which address is answered by what.

use std::future::Future;
use std::sync::Arc;

use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::{Request, State as Extract};
use axum::http::{HeaderValue, Method, StatusCode, header};
use axum::middleware::{self, Next};
use axum::response::Response;
use axum::routing::any;

use super::problem::Problem;
use super::reader::Reader;
use super::state::State;
use super::{ask, description, draw, explore, graph_store, guard, live, protocol, resource, review, trial};

pub(super) type Shared = Arc<State>;

/// What can be done with what is only read.
const READ: &str = "GET, HEAD, OPTIONS";

/// The pages of the site that are not those of single things.
const PAGES: [&str; 11] = [
    "/",
    "/documents",
    "/departments",
    "/coordination",
    "/due",
    "/gaps",
    "/findings",
    "/lineage",
    "/inherit",
    "/download",
    "/search",
];

pub(super) fn router(state: Shared) -> Router {
    let mut router = Router::new();
    for path in PAGES {
        router = router.route(path, any(|state, request| read(state, request, live::page)));
    }
    router
        .route("/assets/{name}", any(|state, request| read(state, request, live::asset)))
        .route("/picture/{name}", any(|state, request| read(state, request, live::picture)))
        .route("/download/{name}", any(|state, request| read(state, request, live::download)))
        .route("/query", any(|state, request| told(state, request, protocol::handle)))
        .route("/sparql", any(|state, request| told(state, request, protocol::handle)))
        .route("/update", any(|state, request| told(state, request, protocol::handle)))
        .route("/store", any(|state, request| told(state, request, graph_store::handle)))
        .route("/data", any(|state, request| told(state, request, graph_store::handle)))
        .route("/review", any(|state, request| told(state, request, review::handle)))
        .route("/try", any(|state, request| told(state, request, trial::handle)))
        // browsers ask for it unasked
        .route("/favicon.ico", any(|| async { StatusCode::NO_CONTENT }))
        .route("/draw", any(|state, request| read(state, request, draw::page)))
        .route("/draw.dot", any(|state, request| read(state, request, draw::dot)))
        .route("/explore", any(|state, request| read(state, request, explore::page)))
        .route("/explore/panel", any(|state, request| read(state, request, explore::panel)))
        .route("/explore.json", any(|state, request| read(state, request, explore::json)))
        .route("/terms.json", any(|state, request| read(state, request, ask::terms)))
        .route("/ontology", any(|state, request| read(state, request, resource::ontology)))
        .route("/shapes", any(|state, request| read(state, request, resource::shapes)))
        .route("/.well-known/void", any(|state, request| read(state, request, description::dataset)))
        .fallback(any(|state, request| read(state, request, resource::thing)))
        .layer(middleware::from_fn_with_state(Arc::clone(&state), guarded))
        .with_state(state)
}

/// Answers, or says in the reader's language why not.
async fn told<F: Future<Output = Result<Response, Problem>>>(
    Extract(state): Extract<Shared>,
    request: Request,
    answer: fn(Shared, Request) -> F,
) -> Response {
    let reader = Reader::of(&request);
    answer(state, request).await.unwrap_or_else(|problem| problem.respond(&reader))
}

/// Answers those who read.
async fn read<F: Future<Output = Result<Response, Problem>>>(
    state: Extract<Shared>,
    request: Request,
    answer: fn(Shared, Request) -> F,
) -> Response {
    match *request.method() {
        Method::GET | Method::HEAD => told(state, request, answer).await,
        Method::OPTIONS => guard::preflight(READ),
        _ => Problem::method(READ).respond(&Reader::of(&request)),
    }
}

async fn guarded(Extract(state): Extract<Shared>, request: Request, next: Next) -> Response {
    let reader = Reader::of(&request);
    let origin = request.headers().get(header::ORIGIN).and_then(|value| value.to_str().ok()).map(str::to_owned);
    let mut response = match guard::check(request.method(), request.headers(), &state.options) {
        Ok(()) => next.run(request).await,
        Err(problem) => problem.respond(&reader),
    };
    guard::finish(&mut response, origin.as_deref(), &state.options);
    response
}

/// An answer of bytes. Its length is told to `HEAD` as to `GET`.
pub(super) fn bytes(content_type: &str, content: impl Into<Bytes>) -> Response {
    let content = content.into();
    let length = content.len();
    let mut response = Response::new(Body::from(content));
    let headers = response.headers_mut();
    if let Ok(value) = HeaderValue::from_str(content_type) {
        headers.insert(header::CONTENT_TYPE, value);
    }
    headers.insert(header::CONTENT_LENGTH, HeaderValue::from(length));
    response
}

/// The bytes of a request.
///
/// # Errors
///
/// Status 413 for too many, 408 if they do not come.
pub(super) async fn body(state: &Shared, body: Body) -> Result<Vec<u8>, Problem> {
    let read = axum::body::to_bytes(body, state.options.body);
    match tokio::time::timeout(state.options.timeout, read).await {
        Ok(Ok(bytes)) => Ok(bytes.into()),
        Ok(Err(_)) => Err(Problem::new(StatusCode::PAYLOAD_TOO_LARGE, "请求太大", "the request is too large")
            .with_hint("用 `zeren serve --max-body` 放宽", "raise `zeren serve --max-body`")),
        Err(_) => Err(Problem::new(StatusCode::REQUEST_TIMEOUT, "请求没有发完", "the request did not come whole")),
    }
}
