//! What the service is (SPARQL 1.1 Service Description) and what it holds (VoID, DCAT).

use axum::extract::Request;
use axum::http::{HeaderMap, header};
use axum::response::Response;
use oxigraph::model::vocab::{rdf, xsd};
use oxigraph::model::{GraphName, Literal, NamedNode, Quad, Term};

use super::accept::{self, Form};
use super::reader::Reader;

use super::ask;
use super::problem::Problem;
use super::routes::{Shared, bytes};
use super::state::Snapshot;
use crate::graph::{Format, write_quads};
use crate::iri;
use crate::query::ResultFormat;
use crate::site::field;

const SD: &str = "http://www.w3.org/ns/sparql-service-description#";
const VOID: &str = "http://rdfs.org/ns/void#";
const DCAT: &str = "http://www.w3.org/ns/dcat#";
const DCTERMS: &str = "http://purl.org/dc/terms/";
const FORMATS: &str = "http://www.w3.org/ns/formats/";

/// The names of the formats of results and graphs in the W3C's list.
const RESULT_FORMATS: [&str; 10] = [
    "SPARQL_Results_JSON",
    "SPARQL_Results_XML",
    "SPARQL_Results_CSV",
    "SPARQL_Results_TSV",
    "Turtle",
    "N-Triples",
    "N-Quads",
    "TriG",
    "JSON-LD",
    "RDF_XML",
];

/// `/.well-known/void`: what the service holds.
pub(super) async fn dataset(state: Shared, request: Request) -> Result<Response, Problem> {
    let headers = request.headers().clone();
    let form = accept::choose(&headers, accept::GRAPHS)?;
    describe(state, &headers, form, &Reader::of(&request), false).await
}

/// The description of the service; for a browser, a page to ask on.
pub(super) async fn service(state: Shared, headers: &HeaderMap, reader: &Reader) -> Result<Response, Problem> {
    let form = accept::choose(headers, accept::RESOURCES)?;
    describe(state, headers, form, reader, true).await
}

async fn describe(
    state: Shared,
    headers: &HeaderMap,
    form: Form,
    reader: &Reader,
    service: bool,
) -> Result<Response, Problem> {
    let Form::Data(ResultFormat::Graph(format)) = form else {
        return Ok(ask::page(&ask::Question::of_text(None)?, &ask::Outcome::Open, reader));
    };
    let base = base(headers);
    let content = state
        .read(move |state, snapshot, turn| {
            let counted = snapshot.counts(&state.limits(turn)).map_err(Problem::from)?;
            let mut writer = Writer::default();
            holdings(&mut writer, &base, snapshot, counted);
            if service {
                abilities(&mut writer, &base, state.options.writable);
            }
            writer.write(format)
        })
        .await?;
    Ok(bytes(&form.content_type(), content))
}

/// The address of the server as the reader knows it.
pub(super) fn base(headers: &HeaderMap) -> String {
    let host = headers.get(header::HOST).and_then(|value| value.to_str().ok()).unwrap_or("localhost");
    // a server behind this one speaks for it
    let scheme =
        headers.get("x-forwarded-proto").and_then(|value| value.to_str().ok()).filter(|scheme| *scheme == "https");
    format!("{}://{host}/", scheme.unwrap_or("http"))
}

fn abilities(writer: &mut Writer, base: &str, writable: bool) {
    let service = format!("{base}query");
    writer.link(&service, rdf::TYPE.as_str(), &sd("Service"));
    writer.link(&service, &sd("endpoint"), &service);
    writer.link(&service, &sd("supportedLanguage"), &sd("SPARQL11Query"));
    if writable {
        writer.link(&service, &sd("supportedLanguage"), &sd("SPARQL11Update"));
    }
    for format in RESULT_FORMATS {
        writer.link(&service, &sd("resultFormat"), &format!("{FORMATS}{format}"));
    }
    writer.link(&service, &sd("feature"), &sd("UnionDefaultGraph"));
    writer.link(&service, &sd("defaultDataset"), &format!("{base}.well-known/void#dataset"));
}

fn holdings(writer: &mut Writer, base: &str, snapshot: &Snapshot, counted: &[(String, usize)]) {
    let dataset = format!("{base}.well-known/void#dataset");
    let graph = format!("{base}.well-known/void#union");
    for class in [sd("Dataset"), format!("{VOID}Dataset"), format!("{DCAT}Dataset")] {
        writer.link(&dataset, rdf::TYPE.as_str(), &class);
    }
    writer.text(&dataset, &format!("{DCTERMS}title"), "政府任务文件的责任分工", "zh");
    writer.text(
        &dataset,
        &format!("{DCTERMS}title"),
        "who is responsible for what in task notices of Chinese governments",
        "en",
    );
    writer.link(&dataset, &format!("{VOID}sparqlEndpoint"), &format!("{base}query"));
    writer.link(&dataset, &format!("{VOID}dataDump"), &format!("{base}store"));
    writer.literal(&dataset, &format!("{VOID}uriSpace"), iri::BASE);
    writer.link(&dataset, &format!("{VOID}vocabulary"), iri::ONTOLOGY);
    writer.link(&dataset, &sd("defaultGraph"), &graph);
    writer.link(&graph, rdf::TYPE.as_str(), &sd("Graph"));
    writer.number(
        &dataset,
        &format!("{VOID}documents"),
        snapshot.documents.iter().filter(|entry| entry.document != iri::dataset()).count(),
    );
    for (name, count) in counted {
        match name.strip_prefix("class ") {
            None => {
                writer.number(&dataset, &format!("{VOID}{name}"), *count);
                writer.number(&graph, &format!("{VOID}{name}"), *count);
            }
            Some(class) => {
                let part = format!("{base}.well-known/void#{}", class.rsplit(['#', '/']).next().unwrap_or(class));
                writer.link(&dataset, &format!("{VOID}classPartition"), &part);
                writer.link(&part, &format!("{VOID}class"), class);
                writer.number(&part, &format!("{VOID}entities"), *count);
            }
        }
    }
    for entry in &*snapshot.documents {
        let named = format!("{base}store?graph={}", field(&entry.document));
        writer.link(&dataset, &sd("namedGraph"), &named);
        writer.link(&named, rdf::TYPE.as_str(), &sd("NamedGraph"));
        writer.link(&named, &sd("name"), &entry.document);
    }
}

fn sd(name: &str) -> String {
    format!("{SD}{name}")
}

/// Collects the statements of a description.
#[derive(Default)]
struct Writer(Vec<Quad>);

impl Writer {
    fn state(&mut self, subject: &str, property: &str, object: impl Into<Term>) {
        // a host may hold what an IRI may not
        if let (Ok(subject), Ok(property)) = (NamedNode::new(subject), NamedNode::new(property)) {
            self.0.push(Quad::new(subject, property, object, GraphName::DefaultGraph));
        }
    }

    fn link(&mut self, subject: &str, property: &str, object: &str) {
        if let Ok(object) = NamedNode::new(object) {
            self.state(subject, property, object);
        }
    }

    fn literal(&mut self, subject: &str, property: &str, text: &str) {
        self.state(subject, property, Literal::from(text));
    }

    fn text(&mut self, subject: &str, property: &str, text: &str, lang: &str) {
        self.state(subject, property, Literal::new_language_tagged_literal_unchecked(text, lang));
    }

    fn number(&mut self, subject: &str, property: &str, value: usize) {
        self.state(subject, property, Literal::new_typed_literal(value.to_string(), xsd::INTEGER));
    }

    fn write(mut self, format: Format) -> Result<Vec<u8>, Problem> {
        self.0.sort_by_cached_key(ToString::to_string);
        self.0.dedup();
        let mut written = Vec::new();
        write_quads(&self.0, format, &mut written).map_err(|error| Problem::internal(&error.to_string()))?;
        Ok(written)
    }
}
