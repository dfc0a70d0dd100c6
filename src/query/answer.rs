//! Runs a query and writes its answer.

use std::collections::BTreeMap;
use std::io::Write;
use std::sync::Arc;

use oxigraph::model::{GraphName, Quad, Term, Variable};
use oxigraph::sparql::results::{QueryResultsFormat, QueryResultsSerializer};
use oxigraph::sparql::{CancellationToken, QueryEvaluationError, QueryResults};

use super::{Query, QueryError, Source, names, products, sets, table};
use crate::graph::{Format, write_quads};
use crate::store::{Graphs, Pace, unless_ended};

/// How much a query may take.
#[derive(Clone, Default)]
pub struct Limits {
    /// The most rows or statements; none for all.
    pub rows: Option<usize>,
    /// Ends the evaluation from another thread.
    pub cancellation: Option<CancellationToken>,
    /// Is asked again and again whether the evaluation may go on.
    pub pace: Option<Arc<dyn Pace>>,
}

/// What a query returned.
#[derive(Clone, Debug, PartialEq)]
pub enum Answer {
    /// The rows of a `SELECT`.
    Rows(Rows),
    /// Whether the pattern of an `ASK` occurs.
    Boolean(bool),
    /// The statements of a `CONSTRUCT` or `DESCRIBE`, sorted, each once.
    Graph(Vec<Quad>),
}

/// The rows of a `SELECT`. Unless the query orders them, they are sorted by their terms.
#[derive(Clone, Debug, PartialEq)]
pub struct Rows {
    /// The columns, in the order of the query.
    pub variables: Vec<Variable>,
    /// For every row, the term of every column.
    pub rows: Vec<Vec<Option<Term>>>,
}

/// An answer as text to be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Table {
    /// The names of the columns.
    pub variables: Vec<String>,
    /// The cells of every row; empty where nothing is bound.
    pub rows: Vec<Vec<String>>,
}

/// A syntax of answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ResultFormat {
    /// SPARQL 1.1 Query Results JSON.
    Json,
    /// SPARQL Query Results XML.
    Xml,
    /// SPARQL 1.1 Query Results CSV.
    Csv,
    /// SPARQL 1.1 Query Results TSV.
    Tsv,
    /// A syntax of RDF.
    Graph(Format),
}

impl ResultFormat {
    /// The formats of rows and truth values.
    pub const OF_ROWS: [Self; 4] = [Self::Json, Self::Xml, Self::Csv, Self::Tsv];

    /// The stable name of the format.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Json => "json",
            Self::Xml => "xml",
            Self::Csv => "csv",
            Self::Tsv => "tsv",
            Self::Graph(format) => format.as_str(),
        }
    }

    /// The media type, without parameters.
    pub fn media_type(self) -> &'static str {
        match self {
            Self::Graph(format) => format.media_type(),
            Self::Json => QueryResultsFormat::Json.media_type(),
            Self::Xml => QueryResultsFormat::Xml.media_type(),
            // the library adds the character set
            Self::Csv => "text/csv",
            Self::Tsv => "text/tab-separated-values",
        }
    }

    /// Reads the stable name, an ending of file names or a media type; none of another text.
    pub fn parse(text: &str) -> Option<Self> {
        let wanted = text.to_ascii_lowercase();
        let of_rows =
            Self::OF_ROWS.into_iter().find(|format| [format.as_str(), format.media_type()].contains(&wanted.as_str()));
        of_rows.or_else(|| Format::parse(&wanted).ok().map(Self::Graph))
    }
}

impl Query {
    /// Runs the query over the union of all documents; `GRAPH` reaches the single ones, and
    /// `FROM` chooses among them.
    ///
    /// # Errors
    ///
    /// [`QueryError::Limit`] when a limit is reached, [`QueryError::Evaluation`] for what the
    /// engine refuses.
    pub fn run<S: Source + ?Sized>(&self, source: &S, limits: &Limits) -> Result<Answer, QueryError> {
        source.answer(self, limits)
    }

    /// The query as the engine is asked.
    pub(super) fn prepared(&self, graphs: &Graphs) -> spargebra::Query {
        products::interruptible(sets::merged(&names::named(self.algebra.clone(), graphs)))
    }

    /// Runs the query on graphs.
    pub(super) fn evaluate(&self, graphs: &Graphs, limits: &Limits) -> Result<Answer, QueryError> {
        let algebra = self.prepared(graphs);
        let answer = unless_ended(|| {
            let results = graphs.evaluate(algebra, limits.cancellation.as_ref(), limits.pace.as_ref());
            self.collect(results.map_err(failure)?, limits)
        });
        let answer = answer.unwrap_or(Err(QueryError::Limit));
        // what was ended may say so in several ways
        let ended = limits.cancellation.as_ref().is_some_and(CancellationToken::is_cancelled);
        if ended && answer.is_err() { Err(QueryError::Limit) } else { answer }
    }

    /// Runs the query on a database whose default graph finds a statement as often as it is made.
    #[cfg(test)]
    pub(super) fn evaluate_over_union(&self, graphs: &oxigraph::store::Store) -> Result<Answer, QueryError> {
        let mut prepared = oxigraph::sparql::SparqlEvaluator::new().for_query(self.algebra.clone());
        prepared.dataset_mut().set_default_graph_as_union();
        self.collect(prepared.on_store(graphs).execute().map_err(failure)?, &Limits::default())
    }

    pub(super) fn collect(&self, results: QueryResults<'_>, limits: &Limits) -> Result<Answer, QueryError> {
        match results {
            QueryResults::Boolean(value) => Ok(Answer::Boolean(value)),
            QueryResults::Solutions(solutions) => {
                let variables = solutions.variables().to_vec();
                let mut rows = Vec::new();
                for solution in solutions {
                    let solution = solution.map_err(failure)?;
                    rows.push(variables.iter().map(|variable| solution.get(variable).cloned()).collect());
                    limits.check(rows.len())?;
                }
                let mut rows = Rows { variables, rows };
                if !self.is_ordered() {
                    rows.sort();
                }
                Ok(Answer::Rows(rows))
            }
            QueryResults::Graph(triples) => {
                let mut quads = Vec::new();
                for triple in triples {
                    quads.push(triple.map_err(failure)?.in_graph(GraphName::DefaultGraph));
                    limits.check(quads.len())?;
                }
                Ok(Answer::Graph(sorted(quads)))
            }
        }
    }
}

impl Rows {
    /// Sorts the rows by their terms.
    pub(super) fn sort(&mut self) {
        self.rows.sort_by_cached_key(|row: &Vec<Option<Term>>| {
            row.iter().map(|term| term.as_ref().map(ToString::to_string)).collect::<Vec<_>>()
        });
    }

    /// Puts the columns into the order of a query; servers may leave out those without a value.
    #[cfg(feature = "client")]
    pub(super) fn arrange(&mut self, columns: &[&str]) {
        let place = |column: &&str| self.variables.iter().position(|variable| variable.as_str() == *column);
        let order: Vec<Option<usize>> = columns.iter().map(place).collect();
        self.variables = columns.iter().map(|column| Variable::new_unchecked(*column)).collect();
        for row in &mut self.rows {
            *row = order.iter().map(|index| index.and_then(|index| row.get(index).cloned().flatten())).collect();
        }
    }
}

/// The statements sorted as N-Quads, each once.
pub(super) fn sorted(quads: impl IntoIterator<Item = Quad>) -> Vec<Quad> {
    let sorted: BTreeMap<String, Quad> = quads.into_iter().map(|quad| (quad.to_string(), quad)).collect();
    sorted.into_values().collect()
}

impl Limits {
    fn check(&self, rows: usize) -> Result<(), QueryError> {
        if self.rows.is_some_and(|limit| rows > limit) { Err(QueryError::Limit) } else { Ok(()) }
    }
}

fn failure(error: QueryEvaluationError) -> QueryError {
    match error {
        QueryEvaluationError::Cancelled => QueryError::Limit,
        error => QueryError::Evaluation { reason: error.to_string() },
    }
}

impl Answer {
    /// The answer as text to be read; statements become three columns.
    pub fn table(&self) -> Table {
        match self {
            Self::Rows(Rows { variables, rows }) => Table {
                variables: variables.iter().map(|variable| variable.as_str().to_owned()).collect(),
                rows: rows
                    .iter()
                    .map(|row| row.iter().map(|term| term.as_ref().map_or_else(String::new, table::cell)).collect())
                    .collect(),
            },
            Self::Boolean(value) => Table { variables: vec!["ask".to_owned()], rows: vec![vec![value.to_string()]] },
            Self::Graph(quads) => Table {
                variables: ["subject", "predicate", "object"].map(str::to_owned).to_vec(),
                rows: quads
                    .iter()
                    .map(|quad| {
                        vec![
                            table::cell(&quad.subject.clone().into()),
                            table::cell(&quad.predicate.clone().into()),
                            table::cell(&quad.object),
                        ]
                    })
                    .collect(),
            },
        }
    }

    /// Writes the answer in a format of its kind: rows and truth values as JSON, XML, CSV or TSV,
    /// statements in a syntax of RDF.
    ///
    /// # Errors
    ///
    /// [`QueryError::Format`] for a format of the other kind, [`QueryError::Io`] for what the
    /// writer refuses.
    pub fn write<W: Write>(&self, format: ResultFormat, mut writer: W) -> Result<(), QueryError> {
        let results = match format {
            ResultFormat::Json => Some(QueryResultsFormat::Json),
            ResultFormat::Xml => Some(QueryResultsFormat::Xml),
            ResultFormat::Csv => Some(QueryResultsFormat::Csv),
            ResultFormat::Tsv => Some(QueryResultsFormat::Tsv),
            ResultFormat::Graph(_) => None,
        };
        match (self, results, format) {
            (Self::Graph(quads), _, ResultFormat::Graph(format)) => write_quads(quads, format, writer)?,
            (Self::Boolean(value), Some(results), _) => {
                QueryResultsSerializer::from_format(results).serialize_boolean_to_writer(&mut writer, *value)?;
                writer.flush()?;
            }
            (Self::Rows(Rows { variables, rows }), Some(results), _) => {
                let mut serializer = QueryResultsSerializer::from_format(results)
                    .serialize_solutions_to_writer(&mut writer, variables.clone())?;
                for row in rows {
                    let bound =
                        variables.iter().zip(row).filter_map(|(name, term)| Some((name.as_ref(), term.as_ref()?)));
                    serializer.serialize(bound.map(|(name, term)| (name, term.as_ref())))?;
                }
                serializer.finish()?;
                writer.flush()?;
            }
            (answer, ..) => {
                let fitting = match answer {
                    Self::Graph(_) => Format::ALL.iter().map(|format| format.as_str()).collect(),
                    _ => ResultFormat::OF_ROWS.iter().map(|format| format.as_str()).collect(),
                };
                return Err(QueryError::Format { format: format.as_str().to_owned(), fitting });
            }
        }
        Ok(())
    }
}
