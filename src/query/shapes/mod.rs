//! Checks the graph against SHACL shapes (`ontology/shapes.ttl`).
//!
//! Each demand of a shape becomes one SPARQL query whose rows are the violations, so that the shapes run wherever
//! SPARQL does. Understood are the targets, paths and constraints of SHACL Core that describe single values and
//! properties, and `sh:sparql`; shapes that use more are refused, never half checked.
//!
//! See <https://www.w3.org/TR/shacl/>.

mod compile;
mod model;
mod names;
mod parse;
mod report;

pub use report::{Place, Violation, report};

use oxigraph::model::Term;
use oxigraph::sparql::{QueryResults, SparqlEvaluator};
use oxigraph::store::Store as Oxigraph;

use super::Query;
use super::answer::failure;
use super::error::QueryError;
use crate::diagnostic::{Lang, Message, Severity};
use model::{Constraint, Shape};

/// Why graphs could not be checked.
#[derive(Debug, thiserror::Error)]
pub enum ShapesError {
    /// The shapes are not Turtle, or not well-formed.
    #[error("{}", self.message(Lang::En))]
    Syntax(String),
    /// A shape says what is not understood.
    #[error("{}", self.message(Lang::En))]
    Unsupported {
        /// Name of the shape.
        shape: String,
        /// What it says.
        term: String,
    },
    /// A query of a shape could not be read or run.
    #[error("{}", self.message(Lang::En))]
    Query {
        /// Name of the shape.
        shape: String,
        /// What is wrong with the query.
        source: QueryError,
    },
}

impl ShapesError {
    /// What is the case, in one language.
    pub fn message(&self, lang: Lang) -> String {
        let message = match self {
            Self::Syntax(words) => {
                Message::new(format!("形状文件有误：{words}"), format!("the shapes are malformed: {words}"))
            }
            Self::Unsupported { shape, term } => Message::new(
                format!("形状 `{shape}` 用了不支持的 {term}"),
                format!("shape `{shape}` uses {term}, which is not supported"),
            ),
            Self::Query { shape, source } => {
                let words = source.message(lang);
                Message::new(format!("形状 `{shape}`：{words}"), format!("shape `{shape}`: {words}"))
            }
        };
        message.in_lang(lang).to_owned()
    }
}

/// Shapes, ready to be run.
#[derive(Clone, Debug)]
pub struct Shapes {
    shapes: Vec<Shape>,
}

impl Shapes {
    /// Reads shapes in Turtle.
    ///
    /// # Errors
    ///
    /// [`ShapesError`], if they are malformed or say what is not understood.
    pub fn parse(turtle: &str) -> Result<Self, ShapesError> {
        Ok(Self { shapes: parse::parse(turtle)? })
    }

    /// The shapes that the program ships.
    ///
    /// # Errors
    ///
    /// As for [`Shapes::parse`]; a test holds the shipped shapes to none.
    pub fn shipped() -> Result<Self, ShapesError> {
        Self::parse(crate::graph::SHAPES_TURTLE)
    }

    /// The number of queries that a run asks.
    pub fn len(&self) -> usize {
        self.shapes.iter().map(|shape| shape.constraints.len()).sum()
    }

    /// Whether there is nothing to check.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// What the shapes demand: name, how much it matters, and what ought to be; each shape once, in the order of names.
    pub fn demands(&self) -> impl Iterator<Item = (&str, Severity, &Message)> {
        self.shapes.iter().map(|shape| {
            let own = shape.constraints.iter().find_map(|constraint| match constraint {
                Constraint::Sparql { message, .. } => message.as_ref(),
                _ => None,
            });
            (shape.code.as_str(), shape.severity, own.unwrap_or(&shape.message))
        })
    }

    /// The queries that the shapes become, each with the name of its shape, for any SPARQL server that keeps one named
    /// graph a document and their union as the default graph. A row is a violation.
    ///
    /// # Errors
    ///
    /// [`ShapesError`], for a query of a shape that cannot be put into the form.
    pub fn queries(&self) -> Result<Vec<(String, String)>, ShapesError> {
        let mut queries = Vec::new();
        for (shape, constraint) in self.all() {
            queries.push((shape.code.clone(), read(shape, constraint)?.to_string()));
        }
        Ok(queries)
    }

    /// Checks a database with one named graph a document and their union as the default graph. Violations come by graph,
    /// place and shape.
    ///
    /// # Errors
    ///
    /// [`ShapesError::Query`], if a query cannot be run.
    pub fn check(&self, graphs: &Oxigraph) -> Result<Vec<Violation>, ShapesError> {
        let names = names::Names::new(graphs);
        let mut violations = Vec::new();
        for (shape, constraint) in self.all() {
            let failed = |source| ShapesError::Query { shape: shape.code.clone(), source };
            let algebra = read(shape, constraint)?.algebra;
            let results = SparqlEvaluator::new().for_query(algebra).on_store(graphs).execute();
            let QueryResults::Solutions(rows) = results.map_err(|error| failed(failure(error)))? else { continue };
            for row in rows {
                let row = row.map_err(|error| failed(failure(error)))?;
                let term = |name: &str| -> Option<Term> { row.get(name).cloned() };
                if let Some(focus) = term("this") {
                    let found = report::Found { graph: term("g"), focus, value: term("value"), values: term("values") };
                    violations.push(Violation::new(shape, constraint, found, &names));
                }
            }
        }
        report::sort(&mut violations);
        Ok(violations)
    }

    fn all(&self) -> impl Iterator<Item = (&Shape, &Constraint)> {
        self.shapes.iter().flat_map(|shape| shape.constraints.iter().map(move |constraint| (shape, constraint)))
    }
}

fn read(shape: &Shape, constraint: &Constraint) -> Result<Query, ShapesError> {
    let text = compile::query(shape, constraint)?;
    Query::parse(&text).map_err(|source| ShapesError::Query { shape: shape.code.clone(), source })
}

#[cfg(test)]
mod tests;
