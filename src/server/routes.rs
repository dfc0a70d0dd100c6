//! Which address is answered by what.

use std::future::Future;
use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use axum::extract::{Request, State as Extract};
use axum::http::{HeaderValue, Method, header};
use axum::middleware::{self, Next};
use axum::response::Response;
use axum::routing::any;

use super::problem::{Problem, language};
use super::state::State;
use super::{description, graph_store, guard, page, protocol, resource};

pub(super) type Shared = Arc<State>;

pub(super) fn router(state: Shared) -> Router {
    Router::new()
        .route("/", any(|state, request| told(state, request, resource::home)))
        .route("/query", any(|state, request| told(state, request, protocol::handle)))
        .route("/sparql", any(|state, request| told(state, request, protocol::handle)))
        .route("/update", any(|state, request| told(state, request, protocol::handle)))
        .route("/store", any(|state, request| told(state, request, graph_store::handle)))
        .route("/data", any(|state, request| told(state, request, graph_store::handle)))
        .route("/ontology", any(|state, request| told(state, request, resource::ontology)))
        .route("/shapes", any(|state, request| told(state, request, resource::shapes)))
        .route("/.well-known/void", any(|state, request| told(state, request, description::dataset)))
        .route(page::STYLE_PATH, any(|| async { page::style() }))
        .fallback(any(|state, request| told(state, request, resource::thing)))
        .layer(middleware::from_fn_with_state(Arc::clone(&state), guarded))
        .with_state(state)
}

/// Answers, or says in the asker's language why not.
async fn told<F: Future<Output = Result<Response, Problem>>>(
    Extract(state): Extract<Shared>,
    request: Request,
    answer: fn(Shared, Request) -> F,
) -> Response {
    let lang = language(request.headers());
    answer(state, request).await.unwrap_or_else(|problem| problem.respond(lang))
}

async fn guarded(Extract(state): Extract<Shared>, request: Request, next: Next) -> Response {
    let lang = language(request.headers());
    let origin = request.headers().get(header::ORIGIN).and_then(|value| value.to_str().ok()).map(str::to_owned);
    let mut response = match guard::check(request.method(), request.headers(), &state.options) {
        Ok(()) => next.run(request).await,
        Err(problem) => problem.respond(lang),
    };
    guard::finish(&mut response, origin.as_deref(), &state.options);
    response
}

/// An answer of bytes. Its length is told to `HEAD` as to `GET`.
pub(super) fn bytes(content_type: &str, content: Vec<u8>) -> Response {
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
    use axum::http::StatusCode;

    let read = axum::body::to_bytes(body, state.options.body);
    match tokio::time::timeout(state.options.timeout, read).await {
        Ok(Ok(bytes)) => Ok(bytes.into()),
        Ok(Err(_)) => Err(Problem::new(StatusCode::PAYLOAD_TOO_LARGE, "请求太大", "the request is too large")
            .with_hint("用 `zeren serve --max-body` 放宽", "raise `zeren serve --max-body`")),
        Err(_) => Err(Problem::new(StatusCode::REQUEST_TIMEOUT, "请求没有发完", "the request did not come whole")),
    }
}

/// Answers only to those who read.
pub(super) fn only_read(method: &Method) -> Result<(), Problem> {
    if matches!(*method, Method::GET | Method::HEAD) { Ok(()) } else { Err(Problem::method("GET, HEAD")) }
}
