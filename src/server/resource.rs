//! Pages and graphs of single things: what their IRIs lead to.
//!
//! The path of a thing here is that of its IRI behind [`iri::BASE`], so that whoever owns that
//! address can send its visitors on.

use axum::extract::Request;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::Response;

use super::accept::{self, Form};
use super::page::{self, Labels};
use super::problem::{Problem, language};
use super::routes::{Shared, bytes, only_read};
use crate::graph::{Format, ONTOLOGY_TURTLE, Ontology, SHAPES_TURTLE, write_quads};
use crate::iri;
use crate::load;
use crate::query::{Answer, ResultFormat, Thing};
use crate::render::ontology::{Demand, html};

/// The most statements of a page in each direction.
const SHOWN: usize = 200;
/// What the page of the vocabulary may do: it brings its style along, and holds no word of the data.
const OWN_STYLE: &str =
    "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/// `/`: what is here.
pub(super) async fn home(state: Shared, request: Request) -> Result<Response, Problem> {
    only_read(request.method())?;
    let lang = language(request.headers());
    let content = state.read(move |_, snapshot, _| Ok(page::home(&snapshot.documents, lang))).await?;
    Ok(bytes(&Form::Page.content_type(), content))
}

/// `/ontology`: the vocabulary, whose terms are parts of this one address.
pub(super) async fn ontology(_: Shared, request: Request) -> Result<Response, Problem> {
    only_read(request.method())?;
    let form = accept::choose(request.headers(), accept::RESOURCES)?;
    let lang = language(request.headers());
    let Form::Data(ResultFormat::Graph(format)) = form else {
        let mut page = Vec::new();
        let demands = Demand::shipped().map_err(|error| Problem::internal(&error.to_string()))?;
        html(&mut page, &Ontology::shipped(), &demands, lang).map_err(|error| Problem::internal(&error.to_string()))?;
        let mut response = bytes(&form.content_type(), page);
        response.headers_mut().insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(OWN_STYLE));
        return Ok(response);
    };
    Ok(bytes(&form.content_type(), turtle_as(ONTOLOGY_TURTLE, format)?))
}

/// `/shapes`: what must hold of a graph.
pub(super) async fn shapes(_: Shared, request: Request) -> Result<Response, Problem> {
    only_read(request.method())?;
    let form = accept::choose(request.headers(), accept::GRAPHS)?;
    let Form::Data(ResultFormat::Graph(format)) = form else { return Err(Problem::internal("no syntax of RDF")) };
    Ok(bytes(&form.content_type(), turtle_as(SHAPES_TURTLE, format)?))
}

/// Turtle that is compiled in, in another syntax of RDF.
fn turtle_as(turtle: &str, format: Format) -> Result<Vec<u8>, Problem> {
    let quads = load::triples(turtle.as_bytes(), Format::Turtle, iri::ONTOLOGY)?;
    let mut written = Vec::new();
    write_quads(&quads, format, &mut written).map_err(|error| Problem::internal(&error.to_string()))?;
    Ok(written)
}

/// Any other path: the thing whose IRI has it.
pub(super) async fn thing(state: Shared, request: Request) -> Result<Response, Problem> {
    only_read(request.method())?;
    let form = accept::choose(request.headers(), accept::RESOURCES)?;
    let lang = language(request.headers());
    let missing = || Problem::new(StatusCode::NOT_FOUND, "此处没有内容", "there is nothing here");
    let Some(name) = iri::of_path(request.uri().path()) else { return Err(missing()) };
    let content = state
        .read(move |state, snapshot, token| {
            let limits = state.limits(token);
            let Some(thing) = Thing::find(&snapshot.graphs, &name, SHOWN, &limits)? else { return Err(missing()) };
            match form {
                Form::Page => Ok(page::thing(&thing, Labels::known(), lang)),
                Form::Data(format) => {
                    let mut written = Vec::new();
                    Answer::Graph(thing.statements()).write(format, &mut written)?;
                    Ok(written)
                }
            }
        })
        .await?;
    Ok(bytes(&form.content_type(), content))
}
