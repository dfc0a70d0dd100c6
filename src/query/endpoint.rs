//! Another server in the place of a store.

use std::io;
use std::sync::{Arc, OnceLock};

use oxigraph::io::{RdfFormat, RdfParser};
use oxigraph::model::vocab::xsd;
use oxigraph::model::{Literal, Quad, Term, Variable};
use oxigraph::sparql::results::{QueryResultsFormat, QueryResultsParser, SliceQueryResultsParserOutput};

use super::answer::sorted;
use super::sets::{self, DefaultGraph};
use super::{Answer, Limits, Query, QueryError, Rows, Source, slice};
use crate::remote::{Client, Method, RemoteError, Request};

const ROWS: &str = "application/sparql-results+json, application/sparql-results+xml;q=0.8";
const GRAPHS: &str = "application/n-triples, text/turtle;q=0.8, application/rdf+xml;q=0.5";

/// Things that several documents tell the same of, if any are.
const SHARED: &str = "
SELECT (COUNT(*) AS ?all) (COUNT(DISTINCT ?thing) AS ?once) WHERE {
  ?thing a ?class .
  VALUES ?class { z:Organisation z:Place z:Function z:Document }
}";

/// A server that speaks the SPARQL 1.1 Protocol.
///
/// Queries are sent as forms, one request each, and their answers are as those of a store: the
/// first request finds out what the server's default graph holds.
#[derive(Debug)]
pub struct Endpoint {
    client: Arc<Client>,
    url: String,
    default: OnceLock<DefaultGraph>,
}

impl Endpoint {
    /// The server at the address of its queries.
    pub fn new(url: impl Into<String>, client: impl Into<Arc<Client>>) -> Self {
        Self { client: client.into(), url: url.into(), default: OnceLock::new() }
    }

    /// The address of its queries.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// Whether the default graph holds the documents.
    ///
    /// # Errors
    ///
    /// [`QueryError`], if the server cannot be asked.
    pub fn has_union(&self) -> Result<bool, QueryError> {
        Ok(self.look_at_default_graph()? != DefaultGraph::Empty)
    }

    fn default_graph(&self) -> Result<DefaultGraph, QueryError> {
        if let Some(known) = self.default.get() {
            return Ok(*known);
        }
        let found = self.look_at_default_graph()?;
        Ok(*self.default.get_or_init(|| found))
    }

    fn look_at_default_graph(&self) -> Result<DefaultGraph, QueryError> {
        let Answer::Rows(Rows { rows, .. }) = self.ask(&Query::parse(SHARED)?, &Limits::default())? else {
            return Err(RemoteError::unreadable(&self.url, "not the rows of a SELECT").into());
        };
        let number = |column: usize| match rows.first().and_then(|row| row.get(column)?.as_ref()) {
            Some(Term::Literal(literal)) => literal.value().parse::<u64>().unwrap_or_default(),
            _ => 0,
        };
        Ok(match (number(0), number(1)) {
            (0, _) => DefaultGraph::Empty,
            (all, once) if all > once => DefaultGraph::Repeating,
            _ => DefaultGraph::Set,
        })
    }

    /// Sends a query as it is.
    fn ask(&self, query: &Query, limits: &Limits) -> Result<Answer, QueryError> {
        let graph = query.makes_graph();
        let text = query.to_string();
        let form = form_urlencoded::Serializer::new(String::new()).append_pair("query", &text).finish();
        let reply = self.client.send(&Request {
            method: Method::Post,
            url: &self.url,
            accept: if graph { GRAPHS } else { ROWS },
            known: None,
            content: Some(("application/x-www-form-urlencoded", form.as_bytes())),
            repeatable: true,
        })?;
        if !reply.is_success() {
            return Err(RemoteError::refused(&self.url, &reply).into());
        }
        let unreadable = |reason: String| RemoteError::unreadable(&self.url, reason);
        if graph {
            return Ok(Answer::Graph(read_graph(&reply.media_type, &reply.body).map_err(unreadable)?));
        }
        let mut answer = read_rows(&reply.media_type, &reply.body).map_err(unreadable)?;
        if let Answer::Rows(rows) = &mut answer {
            if reply.most_rows.is_some_and(|most| rows.rows.len() >= most) && query.length() != Some(rows.rows.len()) {
                return Err(RemoteError::cut(&self.url, rows.rows.len()).into());
            }
            if limits.rows.is_some_and(|limit| rows.rows.len() > limit) {
                return Err(QueryError::Limit);
            }
            rows.arrange(&query.columns());
            if !query.is_ordered() {
                rows.sort();
            }
        }
        Ok(answer)
    }
}

impl Source for Endpoint {
    fn answer(&self, query: &Query, limits: &Limits) -> Result<Answer, QueryError> {
        let default = self.default_graph()?;
        let Some((algebra, separators)) = sets::rewrite(&query.algebra, default) else {
            let part = slice::fetch(self, query)?;
            return part.ok_or_else(|| QueryError::NoUnion { url: self.url.clone() })?.answer(query, limits);
        };
        let mut answer = self.ask(&Query { algebra }, limits)?;
        if let Answer::Rows(rows) = &mut answer {
            rows.rows.iter_mut().flatten().flatten().for_each(|term| put_back(term, &separators));
        }
        Ok(answer)
    }
}

/// Puts separators back for the signs that stand for them.
fn put_back(term: &mut Term, separators: &[(String, String)]) {
    for (sign, separator) in separators {
        if let Term::Literal(literal) = term
            && literal.value().contains(sign.as_str())
        {
            let text = literal.value().replace(sign, separator);
            *literal = match literal.language() {
                Some(lang) => Literal::new_language_tagged_literal_unchecked(text, lang),
                None => Literal::new_simple_literal(text),
            };
        }
    }
}

fn read_rows(media_type: &str, body: &[u8]) -> Result<Answer, String> {
    let format = QueryResultsFormat::from_media_type(media_type)
        .ok_or_else(|| format!("`{media_type}` is no format of SPARQL results"))?;
    let words = |error: io::Error| error.to_string();
    let parsed = QueryResultsParser::from_format(format).for_slice(body).map_err(|error| error.to_string())?;
    Ok(match parsed {
        SliceQueryResultsParserOutput::Boolean(value) => Answer::Boolean(value),
        SliceQueryResultsParserOutput::Solutions(solutions) => {
            let variables: Vec<Variable> = solutions.variables().to_vec();
            let mut rows = Vec::new();
            for solution in solutions {
                let solution = solution.map_err(|error| words(error.into()))?;
                rows.push(variables.iter().map(|variable| solution.get(variable).cloned().map(plain)).collect());
            }
            Answer::Rows(Rows { variables, rows })
        }
    })
}

/// A truth value as this program writes it: there are engines that keep it as a number.
fn plain(term: Term) -> Term {
    match &term {
        Term::Literal(literal) if literal.datatype() == xsd::BOOLEAN => match literal.value() {
            "1" => Literal::from(true).into(),
            "0" => Literal::from(false).into(),
            _ => term,
        },
        _ => term,
    }
}

fn read_graph(media_type: &str, body: &[u8]) -> Result<Vec<Quad>, String> {
    let format = match media_type {
        // older servers' names
        "text/plain" => Some(RdfFormat::NTriples),
        "text/rdf+n3" | "text/n3" | "application/x-turtle" => Some(RdfFormat::Turtle),
        other => RdfFormat::from_media_type(other),
    };
    let format = format.ok_or_else(|| format!("`{media_type}` is no syntax of RDF"))?;
    let quads: Result<Vec<Quad>, _> = RdfParser::from_format(format).for_slice(body).collect();
    let quads = quads.map_err(|error| error.to_string())?.into_iter();
    Ok(sorted(quads.map(|quad| Quad { object: plain(quad.object), ..quad })))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn answers_of_older_servers_are_read() {
        let json = r#"{"head":{"link":[],"vars":["n"]},"results":{"distinct":false,"ordered":true,"bindings":[
            {"n":{"type":"typed-literal","datatype":"http://www.w3.org/2001/XMLSchema#integer","value":"3"}}]}}"#;
        let Ok(Answer::Rows(rows)) = read_rows("application/sparql-results+json", json.as_bytes()) else { panic!() };
        assert_eq!(rows.rows[0][0].as_ref().unwrap().to_string(), "\"3\"^^<http://www.w3.org/2001/XMLSchema#integer>");
        assert!(read_rows("text/html", b"<p>").unwrap_err().contains("text/html"));
        let twice = b"<a:b> <a:c> <a:d> .\n<a:b> <a:c> <a:d> .\n<a:a> <a:c> <a:d> .\n";
        let quads = read_graph("text/plain", twice).unwrap();
        assert_eq!(quads.iter().map(|quad| quad.subject.to_string()).collect::<Vec<_>>(), ["<a:a>", "<a:b>"]);
    }
}
