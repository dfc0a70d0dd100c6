//! The default graph as a set, on servers where it is none.
//!
//! Queries are written for a default graph that is the union of all documents, each statement
//! once. Some servers have such a union but find a statement as often as there are documents that
//! make it; on others the default graph is empty. There the query is rewritten: what it asks of the
//! default graph is asked once for all its variables, `SELECT DISTINCT`, where need be of any
//! named graph.
//!
//! The rewritten query means the same. A pattern of triples with all its variables has every
//! solution once in a set of statements; blank nodes are variables that are not returned, and are
//! given a name to keep that so. Alternatives in paths become a `UNION`, as the specification
//! defines them.

use std::collections::BTreeMap;

use oxigraph::model::{NamedNode, Variable};
use spargebra::Query;
use spargebra::algebra::{
    AggregateExpression, AggregateFunction, Expression, GraphPattern, OrderExpression, PropertyPathExpression,
    QueryDataset,
};
use spargebra::term::{NamedNodePattern, TermPattern, TriplePattern};

use super::operands::operands;

/// What a server's default graph holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum DefaultGraph {
    /// All documents, each statement once.
    #[cfg(feature = "client")]
    Set,
    /// All documents, a statement as often as it is made.
    Repeating,
    /// Nothing: documents are in named graphs alone.
    #[cfg(feature = "client")]
    Empty,
}

/// The query as it has to be asked of a server, and what in the answer stands for which separator; none if that cannot be
/// said.
#[cfg(feature = "client")]
pub(super) fn rewrite(query: &Query, default: DefaultGraph) -> Option<(Query, Vec<(String, String)>)> {
    let mut query = query.clone();
    let (dataset, pattern) = parts(&mut query);
    // a query that names its graphs wants those
    let (set, default) = match dataset {
        None => (default == DefaultGraph::Set, default),
        Some(dataset) => (dataset.default.len() <= 1, DefaultGraph::Repeating),
    };
    let mut rewriter = Rewriter::new(default);
    rewriter.pattern(pattern, Place::start(set));
    let Rewriter { lost, separators, .. } = rewriter;
    (!lost).then_some((query, separators))
}

/// The query as it has to be asked of the engine, which finds a statement in each of the graphs
/// that a query chooses for its default graph.
pub(super) fn merged(query: &Query) -> Query {
    let mut query = query.clone();
    let (dataset, pattern) = parts(&mut query);
    if dataset.as_ref().is_some_and(|dataset| dataset.default.len() > 1) {
        Rewriter::new(DefaultGraph::Repeating).pattern(pattern, Place::start(false));
    }
    query
}

/// What a query is asked of, and its pattern.
pub(super) fn parts(query: &mut Query) -> (&Option<QueryDataset>, &mut GraphPattern) {
    match query {
        Query::Select { dataset, pattern, .. }
        | Query::Construct { dataset, pattern, .. }
        | Query::Describe { dataset, pattern, .. }
        | Query::Ask { dataset, pattern, .. } => (dataset, pattern),
    }
}

/// Where a pattern stands.
#[derive(Clone, Copy)]
struct Place {
    /// Whether it matters only that there is a solution.
    exists: bool,
    /// Whether it is matched with a graph that has a statement once.
    set: bool,
}

impl Place {
    fn start(set: bool) -> Self {
        Self { exists: false, set }
    }
}

struct Rewriter {
    default: DefaultGraph,
    /// The variables that blank nodes became.
    names: BTreeMap<String, Variable>,
    fresh: usize,
    /// Whether a pattern cannot be said.
    lost: bool,
    /// What stands for which separator.
    separators: Vec<(String, String)>,
}

impl Rewriter {
    fn new(default: DefaultGraph) -> Self {
        Self { default, names: BTreeMap::new(), fresh: 0, lost: false, separators: Vec::new() }
    }

    /// Puts a sign of ASCII in the place of a separator that is none: there are engines that lose others.
    fn separator(&mut self, function: &mut AggregateFunction) {
        if let AggregateFunction::GroupConcat { separator: Some(separator) } = function
            && !separator.is_ascii()
        {
            let sign = format!("~{}~", self.separators.len());
            let former = std::mem::replace(separator, sign.clone());
            self.separators.push((sign, former));
        }
    }

    fn fresh(&mut self, kind: &str) -> Variable {
        self.fresh += 1;
        Variable::new_unchecked(format!("zeren_{kind}{}", self.fresh))
    }

    fn pattern(&mut self, pattern: &mut GraphPattern, place: Place) {
        match pattern {
            GraphPattern::Bgp { patterns } => {
                let patterns = std::mem::take(patterns);
                *pattern = self.triples(patterns, place);
            }
            // some engines want a name where such a path begins
            GraphPattern::Path { subject, object, .. } if place.set => {
                (*subject, *object) = (self.named(subject), self.named(object));
            }
            GraphPattern::Path { subject, path, object } => {
                let (subject, object) = (self.named(subject), self.named(object));
                let path = std::mem::replace(path, PropertyPathExpression::NegatedPropertySet(Vec::new()));
                *pattern = self.path(subject, path, object, place);
            }
            GraphPattern::Join { left, right }
            | GraphPattern::Lateral { left, right }
            | GraphPattern::Union { left, right } => {
                self.pattern(left, place);
                self.pattern(right, place);
            }
            GraphPattern::Minus { left, right } => {
                self.pattern(left, place);
                self.pattern(right, Place { exists: true, ..place });
            }
            GraphPattern::LeftJoin { left, right, expression } => {
                self.pattern(left, place);
                self.pattern(right, place);
                if let Some(expression) = expression {
                    self.expression(expression, place);
                }
            }
            GraphPattern::Filter { expr, inner } => {
                self.expression(expr, place);
                self.pattern(inner, place);
            }
            GraphPattern::Extend { inner, expression, .. } => {
                self.expression(expression, place);
                self.pattern(inner, place);
            }
            GraphPattern::OrderBy { inner, expression } => {
                for OrderExpression::Asc(expression) | OrderExpression::Desc(expression) in expression {
                    self.expression(expression, place);
                }
                self.pattern(inner, place);
            }
            GraphPattern::Project { inner, .. }
            | GraphPattern::Distinct { inner }
            | GraphPattern::Reduced { inner } => self.pattern(inner, place),
            // here it matters how many there are
            GraphPattern::Slice { inner, .. } => self.pattern(inner, Place { exists: false, ..place }),
            GraphPattern::Group { inner, aggregates, .. } => {
                for (_, aggregate) in aggregates {
                    if let AggregateExpression::FunctionCall { expr, name, .. } = aggregate {
                        self.expression(expr, place);
                        self.separator(name);
                    }
                }
                self.pattern(inner, Place { exists: false, ..place });
            }
            // a named graph is a set everywhere
            GraphPattern::Graph { inner, .. } => self.pattern(inner, Place { set: true, ..place }),
            GraphPattern::Values { .. } | GraphPattern::Service { .. } => {}
        }
    }

    fn expression(&mut self, expression: &mut Expression, place: Place) {
        if let Expression::Exists(pattern) = expression {
            self.pattern(pattern, Place { exists: true, ..place });
        }
        for operand in operands(expression) {
            self.expression(operand, place);
        }
    }

    /// Triples, each solution once.
    fn triples(&mut self, patterns: Vec<TriplePattern>, place: Place) -> GraphPattern {
        let patterns: Vec<TriplePattern> = patterns
            .into_iter()
            .map(|triple| TriplePattern {
                subject: self.named(&triple.subject),
                object: self.named(&triple.object),
                predicate: triple.predicate,
            })
            .collect();
        if patterns.is_empty() || place.set || place.exists && self.default == DefaultGraph::Repeating {
            return GraphPattern::Bgp { patterns };
        }
        let mut variables = Vec::new();
        for triple in &patterns {
            for variable in variables_of(triple) {
                if !variables.contains(variable) {
                    variables.push(variable.clone());
                }
            }
        }
        let inner = match self.default {
            #[cfg(feature = "client")]
            DefaultGraph::Empty => {
                let graphs = patterns.into_iter().map(|triple| GraphPattern::Graph {
                    name: self.fresh("graph").into(),
                    inner: Box::new(GraphPattern::Bgp { patterns: vec![triple] }),
                });
                let joined =
                    graphs.reduce(|left, right| GraphPattern::Join { left: Box::new(left), right: Box::new(right) });
                joined.unwrap_or_default()
            }
            _ => GraphPattern::Bgp { patterns },
        };
        if place.exists || variables.is_empty() {
            return inner;
        }
        let projected = GraphPattern::Project { inner: Box::new(inner), variables };
        GraphPattern::Distinct { inner: Box::new(projected) }
    }

    fn triple(
        &mut self,
        subject: TermPattern,
        predicate: NamedNode,
        object: TermPattern,
        place: Place,
    ) -> GraphPattern {
        self.triples(vec![TriplePattern { subject, predicate: predicate.into(), object }], place)
    }

    fn path(
        &mut self,
        subject: TermPattern,
        path: PropertyPathExpression,
        object: TermPattern,
        place: Place,
    ) -> GraphPattern {
        match path {
            PropertyPathExpression::NamedNode(name) => self.triple(subject, name, object, place),
            PropertyPathExpression::Reverse(inner) => self.path(object, *inner, subject, place),
            PropertyPathExpression::Alternative(a, b) => {
                let left = Box::new(self.path(subject.clone(), *a, object.clone(), place));
                GraphPattern::Union { left, right: Box::new(self.path(subject, *b, object, place)) }
            }
            PropertyPathExpression::Sequence(a, b) => {
                let middle: TermPattern = self.fresh("node").into();
                let left = Box::new(self.path(subject, *a, middle.clone(), place));
                GraphPattern::Join { left, right: Box::new(self.path(middle, *b, object, place)) }
            }
            PropertyPathExpression::NegatedPropertySet(names) => {
                let predicate = self.fresh("property");
                let triple = TriplePattern { subject, predicate: predicate.clone().into(), object };
                let inner = self.triples(vec![triple], place);
                let names = names.into_iter().map(Expression::NamedNode).collect();
                let expr = Expression::Not(Box::new(Expression::In(Box::new(predicate.into()), names)));
                GraphPattern::Filter { expr, inner: Box::new(inner) }
            }
            // by their definition they find each pair once
            path @ (PropertyPathExpression::ZeroOrMore(_)
            | PropertyPathExpression::OneOrMore(_)
            | PropertyPathExpression::ZeroOrOne(_)) => {
                // a way may lead from graph to graph
                self.lost |= !place.set && self.default != DefaultGraph::Repeating;
                GraphPattern::Path { subject, path, object }
            }
        }
    }

    /// The term; a blank node as the variable that it is.
    fn named(&mut self, term: &TermPattern) -> TermPattern {
        let TermPattern::BlankNode(node) = term else { return term.clone() };
        if let Some(variable) = self.names.get(node.as_str()) {
            return variable.clone().into();
        }
        let variable = self.fresh("node");
        self.names.insert(node.as_str().to_owned(), variable.clone());
        variable.into()
    }
}

fn variables_of(triple: &TriplePattern) -> impl Iterator<Item = &Variable> {
    let predicate = match &triple.predicate {
        NamedNodePattern::Variable(variable) => Some(variable),
        NamedNodePattern::NamedNode(_) => None,
    };
    [term(&triple.subject), predicate, term(&triple.object)].into_iter().flatten()
}

fn term(term: &TermPattern) -> Option<&Variable> {
    match term {
        TermPattern::Variable(variable) => Some(variable),
        _ => None,
    }
}

#[cfg(test)]
#[cfg(feature = "client")]
mod tests {
    use oxigraph::model::{GraphName, NamedNode, Quad};
    use oxigraph::store::Store as Oxigraph;

    use super::*;
    use crate::query::{Answer, Limits, Source as _};

    /// Two documents that say some of the same, with and without their union in the default graph.
    fn stores() -> (Oxigraph, Oxigraph) {
        let name = |local: &str| NamedNode::new_unchecked(format!("http://a.example/{local}"));
        let (set, apart) = (Oxigraph::new().unwrap(), Oxigraph::new().unwrap());
        for (graph, lines) in [
            ("g", ["a leads t", "a is body", "a label n", "t in g", "a near b"]),
            ("h", ["a leads t", "a is body", "a label n", "a also u", "b near c"]),
        ] {
            for line in lines {
                let [s, p, o] = [0, 1, 2].map(|index| name(line.split(' ').nth(index).unwrap()));
                let quad = Quad::new(s, p, o, name(graph));
                apart.insert(&quad).unwrap();
                set.insert(&quad).unwrap();
                set.insert(&Quad { graph_name: GraphName::DefaultGraph, ..quad }).unwrap();
            }
        }
        (set, apart)
    }

    #[test]
    fn rewritten_queries_find_what_the_union_would() {
        let (set, apart) = stores();
        for text in [
            "SELECT ?s ?o { ?s :leads ?o }",
            "SELECT (COUNT(*) AS ?n) { ?s :leads ?o . ?s :label ?l }",
            "SELECT ?l { ?s :leads/:in ?g ; :label ?l OPTIONAL { ?s :is ?k } }",
            "SELECT ?s { ?s :leads|:also ?t }",
            "SELECT ?s { ?s (:leads/:in)|(^:near) ?t }",
            "SELECT (COUNT(?p) AS ?n) { ?s !(:label|:is) ?o . BIND(?o AS ?p) }",
            "SELECT ?s (COUNT(?t) AS ?n) { ?s :leads ?t FILTER EXISTS { ?s :label ?l } } GROUP BY ?s",
            "SELECT ?s { ?s :is [] MINUS { ?s :near :b } }",
            "SELECT ?g ?s { ?s :is :body GRAPH ?g { ?s :label ?l } FILTER NOT EXISTS { ?s :far ?l } }",
            "ASK { :a :leads :t }",
            "SELECT ?s { ?s :near [ :near ?x ] }",
        ] {
            let query = crate::query::Query::parse(&format!("PREFIX : <http://a.example/> {text}")).unwrap();
            let expected = set.answer(&query, &Limits::default()).unwrap();
            let (again, _) = rewrite(&query.algebra, DefaultGraph::Empty).unwrap();
            let printed = crate::query::Query::parse(&again.to_string()).unwrap();
            let found = apart.answer(&printed, &Limits::default()).unwrap();
            assert_eq!(found, expected, "{again}");
            let (again, _) = rewrite(&query.algebra, DefaultGraph::Repeating).unwrap();
            let printed = crate::query::Query::parse(&again.to_string()).unwrap();
            assert_eq!(repeating(&printed, &apart), expected, "{again}");
        }
    }

    /// The answer where the default graph finds a statement in every graph that makes it.
    fn repeating(query: &crate::query::Query, store: &Oxigraph) -> Answer {
        query.evaluate_over_union(store).unwrap()
    }

    #[test]
    fn ways_through_several_graphs_cannot_be_said() {
        let query = crate::query::Query::parse("SELECT ?o { z:a z:within* ?o }").unwrap();
        assert!(rewrite(&query.algebra, DefaultGraph::Empty).is_none());
        assert!(rewrite(&query.algebra, DefaultGraph::Repeating).is_some());
    }
}
