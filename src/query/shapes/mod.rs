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

use std::collections::BTreeSet;

use oxigraph::model::Term;
use oxigraph::store::Store as Oxigraph;

use super::{Answer, Limits, Query, QueryError, Rows, Source, fetch};
use crate::diagnostic::{Lang, Message, Severity};
use crate::store::Graphs;
use model::{Constraint, Shape};
use report::Found;

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
    pub fn check(&self, graphs: &Graphs) -> Result<Vec<Violation>, ShapesError> {
        Ok(violations(self.found(graphs)?, &names::Names::new(graphs)))
    }

    /// Checks another server as [`Shapes::check`] does. Of the graphs, only those with violations are fetched, to say
    /// where in their documents they are.
    ///
    /// # Errors
    ///
    /// [`ShapesError::Query`], if a query cannot be asked.
    pub fn check_source<S: Source + ?Sized>(&self, source: &S) -> Result<Vec<Violation>, ShapesError> {
        let mut found = self.found(source)?;
        let mut wanted = BTreeSet::new();
        for (shape, _, row) in &mut found {
            let failed = |source| ShapesError::Query { shape: shape.code.clone(), source };
            if row.graph.is_none() {
                row.graph = fetch::graphs_of(source, &row.focus).map_err(failed)?.into_iter().next().map(Term::from);
            }
            if let Some(Term::NamedNode(name)) = &row.graph {
                wanted.insert(name.as_str().to_owned());
            }
        }
        let failed = |source| ShapesError::Query { shape: String::new(), source };
        let memory = |error: &dyn std::fmt::Display| failed(QueryError::Evaluation { reason: error.to_string() });
        let graphs = Oxigraph::new().map_err(|error| memory(&error))?;
        for name in &wanted {
            for quad in fetch::graph(source, name).map_err(failed)?.quads {
                graphs.insert(&quad).map_err(|error| memory(&error))?;
            }
        }
        Ok(violations(found, &names::Names::new(&graphs.into())))
    }

    /// What violates the shapes, as the queries tell it.
    fn found<S: Source + ?Sized>(&self, source: &S) -> Result<Vec<(&Shape, &Constraint, Found)>, ShapesError> {
        let mut found = Vec::new();
        for (shape, constraint) in self.all() {
            let failed = |source| ShapesError::Query { shape: shape.code.clone(), source };
            let answer = read(shape, constraint)?.run(source, &Limits::default()).map_err(failed)?;
            let Answer::Rows(Rows { variables, rows }) = answer else { continue };
            let place = |name: &str| variables.iter().position(|variable| variable.as_str() == name);
            let columns = ["this", "g", "value", "values"].map(place);
            for row in rows {
                let [focus, graph, value, values] = columns.map(|column| row.get(column?).cloned().flatten());
                if let Some(focus) = focus {
                    found.push((shape, constraint, Found { graph, focus, value, values }));
                }
            }
        }
        Ok(found)
    }

    fn all(&self) -> impl Iterator<Item = (&Shape, &Constraint)> {
        self.shapes.iter().flat_map(|shape| shape.constraints.iter().map(move |constraint| (shape, constraint)))
    }
}

fn violations(found: Vec<(&Shape, &Constraint, Found)>, names: &names::Names<'_>) -> Vec<Violation> {
    let violation = |(shape, constraint, row)| Violation::new(shape, constraint, row, names);
    let mut violations: Vec<Violation> = found.into_iter().map(violation).collect();
    report::sort(&mut violations);
    violations
}

fn read(shape: &Shape, constraint: &Constraint) -> Result<Query, ShapesError> {
    let text = compile::query(shape, constraint)?;
    Query::parse(&text).map_err(|source| ShapesError::Query { shape: shape.code.clone(), source })
}

#[cfg(test)]
mod tests;
