//! Pages and graphs of single things: what their IRIs lead to.
//!
//! The path of a thing here is that of its IRI behind [`iri::BASE`], so that whoever owns that
//! address can send its visitors on.

use axum::extract::Request;
use axum::response::Response;

use super::accept::{self, Form};
use super::reader::Reader;

use super::fields::Fields;
use super::live::{self, Made};
use super::page;
use super::problem::Problem;
use super::routes::{Shared, bytes};
use crate::graph::{Format, ONTOLOGY_TURTLE, SHAPES_TURTLE, write_quads};
use crate::iri;
use crate::load;
use crate::query::{Answer, ResultFormat, Thing};
use crate::site::{Page, Site};

/// The most statements of a page in each direction.
const SHOWN: usize = 200;

/// `/ontology`: the vocabulary, whose terms are parts of this one address.
pub(super) async fn ontology(_: Shared, request: Request) -> Result<Response, Problem> {
    let form = accept::choose(request.headers(), accept::RESOURCES)?;
    let Form::Data(ResultFormat::Graph(format)) = form else {
        return Ok(live::html(page::ontology(&Reader::of(&request))?));
    };
    Ok(bytes(&form.content_type(), turtle_as(ONTOLOGY_TURTLE, format)?))
}

/// `/shapes`: what must hold of a graph.
pub(super) async fn shapes(_: Shared, request: Request) -> Result<Response, Problem> {
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

/// Any other path: the thing whose IRI has it. Documents, tasks and departments have pages of the site; of these, too,
/// all that is said can be seen.
pub(super) async fn thing(state: Shared, request: Request) -> Result<Response, Problem> {
    let Some(name) = iri::of_path(request.uri().path()) else { return Err(Problem::missing()) };
    let form = accept::choose(request.headers(), accept::RESOURCES)?;
    let reader = Reader::of(&request);
    let fields = Fields::read(request.uri().query().unwrap_or_default().as_bytes())?;
    let mut is_counted = true;
    if form == Form::Page && !fields.has("statements") {
        let id = name.clone();
        match live::made(&state, &reader, move |site, reader| of_site(site, &id, reader)).await? {
            Made::Page(response) => return Ok(response),
            Made::Nothing | Made::TooLarge => {}
            Made::Counting => is_counted = false,
        }
    }
    let content = state
        .read(move |state, snapshot, turn| {
            let limits = state.limits(turn);
            let Some(thing) = Thing::find(&snapshot.graphs, &name, SHOWN, reader.lang, &limits)? else {
                return Err(Problem::missing());
            };
            match form {
                Form::Page => Ok(page::thing(&thing, &reader).into_bytes()),
                Form::Data(format) => {
                    let mut written = Vec::new();
                    Answer::Graph(thing.statements()).write(format, &mut written)?;
                    Ok(written)
                }
            }
        })
        .await?;
    let response = bytes(&form.content_type(), content);
    Ok(if is_counted { response } else { live::again(response) })
}

/// The page of a document, task or department.
fn of_site(site: &Site, id: &str, reader: &Reader) -> Option<String> {
    let page = if site.document(id).is_some() {
        Page::Document(id)
    } else if site.task(id).is_some() {
        Page::Task(id)
    } else {
        Page::Department(id)
    };
    site.html(page, &reader.paths, reader.lang)
}
