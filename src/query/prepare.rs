//! Reads a query: prefixes, order of columns, values of parameters.

use std::collections::BTreeMap;
use std::fmt;

use oxigraph::model::{NamedNode, Term, Variable};
use spargebra::SparqlParser;
use spargebra::algebra::{GraphPattern, QueryDataset};

use super::syntax::{refuse_depth, syntax, words};
use super::{QueryError, bind};
use crate::diagnostic::Message;
use crate::graph::PREFIXES;

/// A query that was read and may be bound and run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Query {
    pub(super) algebra: spargebra::Query,
}

impl Query {
    /// Reads a query. The project's prefixes are known without declaration.
    ///
    /// # Errors
    ///
    /// [`QueryError::Syntax`] with the place in `text`, [`QueryError::Update`] for an update and
    /// [`QueryError::Service`] for a query that asks another server.
    pub fn parse(text: &str) -> Result<Self, QueryError> {
        refuse_depth(text)?;
        let parser = parser()?;
        let mut algebra = match parser.clone().parse_query(text) {
            Ok(algebra) => algebra,
            Err(_) if parser.clone().parse_update(text).is_ok() && !is_blank(text) => return Err(QueryError::Update),
            Err(error) => {
                return Err(syntax(&error, text, &|spread| parser.clone().parse_query(spread).err()));
            }
        };
        bind::refuse_service(&mut algebra)?;
        if let spargebra::Query::Select { pattern, .. } = &mut algebra
            && selects_all(text)
            && let Some(columns) = columns_mut(pattern)
        {
            // the parser sorts them by name
            let first = first_mentions(text);
            columns.sort_by_key(|column| first.get(column.as_str()).copied().unwrap_or(usize::MAX));
        }
        Ok(Self { algebra })
    }

    /// Binds a variable to a value, wherever the query has it: patterns match the value alone,
    /// expressions see it everywhere, and a `SELECT` returns it.
    ///
    /// # Errors
    ///
    /// [`QueryError::BadValue`], if the value cannot stand there or the name is none of a
    /// variable; [`QueryError::Assigned`], if the query itself assigns the variable;
    /// [`QueryError::Ambiguous`], if it asks whether the variable is bound and has it in a part
    /// that may have no match.
    pub fn bind(&mut self, name: &str, value: &Term) -> Result<(), QueryError> {
        let variable = Variable::new(name).map_err(|_| QueryError::BadValue {
            name: name.to_owned(),
            value: value.to_string(),
            expected: "variable",
        })?;
        bind::bind(&mut self.algebra, &variable, value)
    }

    /// Chooses the graphs that are asked, in the place of those that the query chooses: the default
    /// graph is those of the first list together, `GRAPH` reaches those of the second.
    ///
    /// # Errors
    ///
    /// [`QueryError::BadValue`] for what is no IRI.
    pub fn choose_graphs(&mut self, default: &[String], named: &[String]) -> Result<(), QueryError> {
        let chosen = dataset(default, named)?;
        let (spargebra::Query::Select { dataset, .. }
        | spargebra::Query::Construct { dataset, .. }
        | spargebra::Query::Describe { dataset, .. }
        | spargebra::Query::Ask { dataset, .. }) = &mut self.algebra;
        *dataset = Some(chosen);
        Ok(())
    }

    /// Whether the answer is a graph, and not rows or a truth value.
    pub fn makes_graph(&self) -> bool {
        matches!(self.algebra, spargebra::Query::Construct { .. } | spargebra::Query::Describe { .. })
    }

    /// Keeps of a `SELECT` the solutions in which a variable that they all bind is one of some IRIs.
    pub(super) fn choose<'a>(&mut self, name: &str, iris: impl Iterator<Item = &'a str>) {
        let spargebra::Query::Select { pattern, .. } = &mut self.algebra else { return };
        let bindings = iris.map(|iri| vec![Some(NamedNode::new_unchecked(iri).into())]).collect();
        let variable = Variable::new_unchecked(name);
        join_first(pattern, &variable, &GraphPattern::Values { variables: vec![variable.clone()], bindings });
    }

    /// The columns of a `SELECT`, in order; none of the other kinds.
    pub fn columns(&self) -> Vec<&str> {
        let spargebra::Query::Select { pattern, .. } = &self.algebra else { return vec![] };
        columns(pattern).iter().map(Variable::as_str).collect()
    }

    /// The query with at most so many rows, in the order that it asks for; an `ASK` as it is.
    #[must_use]
    pub fn limited(mut self, rows: usize) -> Self {
        let (spargebra::Query::Select { pattern, .. }
        | spargebra::Query::Construct { pattern, .. }
        | spargebra::Query::Describe { pattern, .. }) = &mut self.algebra
        else {
            return self;
        };
        if let GraphPattern::Slice { length, .. } = pattern {
            *length = Some(length.map_or(rows, |length| length.min(rows)));
        } else {
            let inner = Box::new(std::mem::take(pattern));
            *pattern = GraphPattern::Slice { inner, start: 0, length: Some(rows) };
        }
        self
    }

    /// At most how many rows the query asks for.
    #[cfg(feature = "client")]
    pub(super) fn length(&self) -> Option<usize> {
        match &self.algebra {
            spargebra::Query::Select { pattern: GraphPattern::Slice { length, .. }, .. } => *length,
            _ => None,
        }
    }

    /// Whether the rows come in an order that the query asks for.
    pub(super) fn is_ordered(&self) -> bool {
        let spargebra::Query::Select { pattern, .. } = &self.algebra else { return false };
        let mut pattern = pattern;
        loop {
            pattern = match pattern {
                GraphPattern::OrderBy { .. } => return true,
                GraphPattern::Slice { inner, .. }
                | GraphPattern::Distinct { inner }
                | GraphPattern::Reduced { inner }
                | GraphPattern::Project { inner, .. } => inner,
                _ => return false,
            };
        }
    }
}

/// Writes the query with its values, prefixes written out, as any SPARQL server reads it.
impl fmt::Display for Query {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.algebra.fmt(f)
    }
}

fn parser() -> Result<SparqlParser, QueryError> {
    let known = PREFIXES.iter().try_fold(SparqlParser::new(), |parser, &(prefix, namespace)| {
        parser.with_prefix(prefix, namespace).map_err(|error| error.to_string())
    });
    known.map_err(|reason| QueryError::Syntax { line: 0, column: 0, reason: Message::new(&reason, &reason) })
}

/// Reads an update, with the project's prefixes.
pub(super) fn parse_update(text: &str) -> Result<spargebra::Update, QueryError> {
    refuse_depth(text)?;
    let parser = parser()?;
    parser.clone().parse_update(text).map_err(|error| {
        if parser.clone().parse_query(text).is_ok() {
            return QueryError::NoUpdate;
        }
        syntax(&error, text, &|spread| parser.clone().parse_update(spread).err())
    })
}

/// The graphs of these names; the default graph is those of the first list together.
pub(super) fn dataset(default: &[String], named: &[String]) -> Result<QueryDataset, QueryError> {
    let read = |names: &[String]| -> Result<Vec<NamedNode>, QueryError> {
        let node = |name: &String| {
            NamedNode::new(name).map_err(|_| QueryError::BadValue {
                name: "graph-uri".to_owned(),
                value: name.clone(),
                expected: "iri",
            })
        };
        names.iter().map(node).collect()
    };
    Ok(QueryDataset { default: read(default)?, named: Some(read(named)?) })
}

fn columns(pattern: &GraphPattern) -> &[Variable] {
    match pattern {
        GraphPattern::Project { variables, .. } => variables,
        GraphPattern::Slice { inner, .. } | GraphPattern::Distinct { inner } | GraphPattern::Reduced { inner } => {
            columns(inner)
        }
        _ => &[],
    }
}

/// Joins values of a variable where it is bound first, so that all else is looked up by them.
fn join_first(pattern: &mut GraphPattern, variable: &Variable, values: &GraphPattern) {
    let binds = |pattern: &GraphPattern| {
        let mut binds = false;
        pattern.on_in_scope_variable(|bound| binds |= bound == variable);
        binds
    };
    match pattern {
        GraphPattern::Project { inner, .. }
        | GraphPattern::Distinct { inner }
        | GraphPattern::OrderBy { inner, .. }
        | GraphPattern::Group { inner, .. }
        | GraphPattern::Filter { inner, .. } => join_first(inner, variable, values),
        GraphPattern::Extend { inner, .. } | GraphPattern::LeftJoin { left: inner, .. } if binds(inner) => {
            join_first(inner, variable, values);
        }
        GraphPattern::Join { left, .. } if binds(left) => join_first(left, variable, values),
        GraphPattern::Union { left, right } if binds(left) && binds(right) => {
            join_first(left, variable, values);
            join_first(right, variable, values);
        }
        other => {
            let right = Box::new(std::mem::take(other));
            *other = GraphPattern::Join { left: Box::new(values.clone()), right };
        }
    }
}

fn columns_mut(pattern: &mut GraphPattern) -> Option<&mut Vec<Variable>> {
    match pattern {
        GraphPattern::Project { variables, .. } => Some(variables),
        GraphPattern::Slice { inner, .. } | GraphPattern::Distinct { inner } | GraphPattern::Reduced { inner } => {
            columns_mut(inner)
        }
        _ => None,
    }
}

/// Whether the outermost `SELECT` has `*` for its columns.
fn selects_all(text: &str) -> bool {
    words(text)
        .iter()
        .map(|(_, word)| *word)
        .skip_while(|word| !word.eq_ignore_ascii_case("select"))
        .skip(1)
        .find(|word| !word.eq_ignore_ascii_case("distinct") && !word.eq_ignore_ascii_case("reduced"))
        == Some("*")
}

/// Where every variable is named first, in bytes.
fn first_mentions(text: &str) -> BTreeMap<&str, usize> {
    let mut first = BTreeMap::new();
    for (offset, word) in words(text) {
        if let Some(name) = word.strip_prefix(['?', '$']) {
            first.entry(name).or_insert(offset);
        }
    }
    first
}

fn is_blank(text: &str) -> bool {
    text.lines().all(|line| line.trim_start().is_empty() || line.trim_start().starts_with('#'))
}

#[cfg(test)]
mod tests {
    use oxigraph::model::Literal;

    use super::*;

    #[test]
    fn updates_and_other_servers_are_refused() {
        for update in ["LOAD <http://a.example/>", "DELETE WHERE { ?s ?p ?o }", "CLEAR ALL"] {
            assert!(matches!(Query::parse(update), Err(QueryError::Update)), "{update}");
        }
        for query in [
            "SELECT * { SERVICE <http://a.example/> { ?s ?p ?o } }",
            "ASK { FILTER NOT EXISTS { SERVICE SILENT ?x { ?s ?p ?o } } }",
        ] {
            assert!(matches!(Query::parse(query), Err(QueryError::Service)), "{query}");
        }
    }

    #[test]
    fn columns_come_in_the_order_of_the_text() {
        let columns = |text: &str| Query::parse(text).unwrap().columns().join(" ");
        assert_eq!(columns("SELECT ?z ?a { ?a ?z ?m }"), "z a");
        assert_eq!(
            columns("# ?a\nSELECT DISTINCT * { ?z <http://a.example/?a> ?m . ?a ?b \"?c\" } LIMIT 3"),
            "z m a b"
        );
        assert_eq!(columns("PREFIX select: <http://a.example/> SELECT * { ?b a ?a }"), "b a");
    }

    #[test]
    fn a_declared_prefix_wins_over_a_known_one() {
        let query = Query::parse("PREFIX z: <http://a.example/> ASK { ?s z:p ?o }").unwrap();
        assert!(query.to_string().contains("<http://a.example/p>"));
    }

    #[test]
    fn values_reach_filters_and_subqueries_but_never_the_text() {
        let mut query =
            Query::parse("SELECT ?a $x { { SELECT ?a ?x { ?a ?p ?o FILTER(BOUND($x) && ?o = $x) } } }").unwrap();
        query.bind("x", &Literal::from("\" } DROP ALL #").into()).unwrap();
        let text = query.to_string();
        assert!(text.contains("?o = \"\\\" } DROP ALL #\"") && !text.contains("BOUND"), "{text}");
        assert_eq!(query.columns(), ["a", "x"]);
        assert!(Query::parse(&text).is_ok());
        let mut query = Query::parse("SELECT * { VALUES ?x { 1 } }").unwrap();
        assert!(matches!(query.bind("x", &Literal::from(2).into()), Err(QueryError::Assigned { .. })));
        let mut query = Query::parse("SELECT * { ?s ?x ?o }").unwrap();
        assert!(matches!(query.bind("x", &Literal::from(2).into()), Err(QueryError::BadValue { .. })));
    }
}
