//! What a query can see of a source, fetched into memory.
//!
//! There are queries that another server cannot be asked as they stand, or answers wrongly. The statements that their
//! patterns match are fetched then, one request for each property that they name, and they are evaluated here.

use oxigraph::model::{GraphName, NamedNode, Quad, Term, Variable};
use oxigraph::store::Store as Oxigraph;
use spargebra::algebra::{GraphPattern, PropertyPathExpression};
use spargebra::term::{NamedNodePattern, TermPattern, TriplePattern};

use super::fetch::statement;
use super::operands::leaves;
use super::{Answer, Limits, Query, QueryError, Rows, Source};

/// The statements that a query can see; none if it asks for any property, which could be everything that the source has.
pub(super) fn fetch<S: Source + ?Sized>(source: &S, query: &Query) -> Result<Option<Oxigraph>, QueryError> {
    fetch_changed(source, query, &[], |quad| quad)
}

/// The statements that a query can see where those of some properties, given by IRI, read otherwise than in the source;
/// none as for [`fetch`].
pub(super) fn fetch_changed<S: Source + ?Sized>(
    source: &S,
    query: &Query,
    changed: &[String],
    seen: impl Fn(Quad) -> Quad,
) -> Result<Option<Oxigraph>, QueryError> {
    let Some(wanted) = wanted(&query.algebra, changed) else { return Ok(None) };
    let memory = |error: &dyn std::fmt::Display| QueryError::Evaluation { reason: error.to_string() };
    let graphs = Oxigraph::new().map_err(|error| memory(&error))?;
    for pattern in wanted {
        for quad in statements(source, pattern)? {
            let quad = seen(quad);
            let united = Quad { graph_name: GraphName::DefaultGraph, ..quad.clone() };
            graphs.extend([quad, united]).map_err(|error| memory(&error))?;
        }
    }
    Ok(Some(graphs))
}

/// The statements of a pattern whose variables are `s`, `p` and `o`, with the graphs that make them.
fn statements<S: Source + ?Sized>(source: &S, pattern: TriplePattern) -> Result<Vec<Quad>, QueryError> {
    let fixed = pattern.clone();
    let graph = Variable::new_unchecked("g");
    let inner = GraphPattern::Graph {
        name: graph.clone().into(),
        inner: Box::new(GraphPattern::Bgp { patterns: vec![pattern] }),
    };
    let variables = vec![graph, variable("s"), variable("p"), variable("o")];
    let pattern = GraphPattern::Project { inner: Box::new(inner), variables };
    let algebra = spargebra::Query::Select { dataset: None, pattern, base_iri: None };
    let Answer::Rows(Rows { rows, .. }) = source.answer(&Query { algebra }, &Limits::default())? else {
        return Err(QueryError::Evaluation { reason: "not rows".to_owned() });
    };
    let name = |node: &NamedNode| Some(Term::from(node.clone()));
    let quad = |row: Vec<Option<Term>>| {
        let [graph, mut subject, mut predicate, mut object] = <[Option<Term>; 4]>::try_from(row).ok()?;
        let Some(Term::NamedNode(graph)) = graph else { return None };
        if let TermPattern::NamedNode(node) = &fixed.subject {
            subject = name(node);
        }
        if let NamedNodePattern::NamedNode(node) = &fixed.predicate {
            predicate = name(node);
        }
        if let TermPattern::NamedNode(node) = &fixed.object {
            object = name(node);
        }
        statement([subject, predicate, object], graph.into())
    };
    Ok(rows.into_iter().filter_map(quad).collect())
}

fn variable(name: &str) -> Variable {
    Variable::new_unchecked(name)
}

/// The patterns of the statements that a query can see, of changed properties all; none if one of them may be any.
fn wanted(query: &spargebra::Query, changed: &[String]) -> Option<Vec<TriplePattern>> {
    let mut query = query.clone();
    let (spargebra::Query::Select { pattern, .. }
    | spargebra::Query::Construct { pattern, .. }
    | spargebra::Query::Ask { pattern, .. }) = &mut query
    else {
        // what is said of a thing may be anything
        return None;
    };
    let mut found: Vec<TriplePattern> = Vec::new();
    let mut any = false;
    leaves(pattern, &mut |leaf| match leaf {
        GraphPattern::Bgp { patterns } => found.extend(patterns.iter().map(constants)),
        GraphPattern::Path { path, .. } => properties(path, &mut |name| match name {
            Some(name) => found.push(of_property(name)),
            None => any = true,
        }),
        _ => {}
    });
    let open = triples(variable("p"));
    let unknown = |pattern: &TriplePattern| matches!(pattern.predicate, NamedNodePattern::Variable(_));
    if any || found.contains(&open) || !changed.is_empty() && found.iter().any(unknown) {
        return None;
    }
    let mut patterns: Vec<TriplePattern> = Vec::new();
    for pattern in &found {
        let whole = match &pattern.predicate {
            NamedNodePattern::NamedNode(name) => {
                changed.iter().any(|changed| name == changed.as_str()) || found.contains(&of_property(name))
            }
            NamedNodePattern::Variable(_) => false,
        };
        let pattern = match &pattern.predicate {
            NamedNodePattern::NamedNode(name) if whole => of_property(name),
            _ => pattern.clone(),
        };
        if !patterns.contains(&pattern) {
            patterns.push(pattern);
        }
    }
    Some(patterns)
}

/// The pattern of all statements with what may be a property.
fn triples(predicate: impl Into<NamedNodePattern>) -> TriplePattern {
    TriplePattern { subject: variable("s").into(), predicate: predicate.into(), object: variable("o").into() }
}

/// The pattern of all statements with a property.
fn of_property(name: &NamedNode) -> TriplePattern {
    triples(name.clone())
}

/// The pattern with no more than its IRIs: a value may be written otherwise elsewhere.
fn constants(triple: &TriplePattern) -> TriplePattern {
    let term = |term: &TermPattern, name: &str| match term {
        TermPattern::NamedNode(node) => node.clone().into(),
        _ => variable(name).into(),
    };
    let predicate = match &triple.predicate {
        NamedNodePattern::NamedNode(node) => node.clone().into(),
        NamedNodePattern::Variable(_) => variable("p").into(),
    };
    TriplePattern { subject: term(&triple.subject, "s"), predicate, object: term(&triple.object, "o") }
}

/// Hands the properties of a path to a function, or nothing for any.
fn properties(path: &PropertyPathExpression, see: &mut dyn FnMut(Option<&NamedNode>)) {
    match path {
        PropertyPathExpression::NamedNode(name) => see(Some(name)),
        PropertyPathExpression::Reverse(inner)
        | PropertyPathExpression::ZeroOrMore(inner)
        | PropertyPathExpression::OneOrMore(inner)
        | PropertyPathExpression::ZeroOrOne(inner) => properties(inner, see),
        PropertyPathExpression::Sequence(a, b) | PropertyPathExpression::Alternative(a, b) => {
            properties(a, see);
            properties(b, see);
        }
        PropertyPathExpression::NegatedPropertySet(_) => see(None),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn patterns(text: &str) -> Option<Vec<String>> {
        let wanted = wanted(&Query::parse(text).unwrap().algebra, &[])?;
        Some(
            wanted
                .iter()
                .map(|pattern| pattern.to_string().replace("https://w3id.org/zeren/ontology#", "z:"))
                .collect(),
        )
    }

    #[test]
    fn no_more_is_fetched_than_a_query_can_see() {
        for (text, expected) in [
            ("SELECT ?t { ?t a z:Task ; z:text ?x }", &["?s <rdf:type> <z:Task>", "?s <z:text> ?o"][..]),
            ("SELECT ?t { ?t z:rank 1 FILTER NOT EXISTS { <a:b> z:rank ?n } }", &["?s <z:rank> ?o"]),
            (
                "ASK { ?b (z:leads/^z:within*)|z:supports ?t }",
                &["?s <z:leads> ?o", "?s <z:within> ?o", "?s <z:supports> ?o"],
            ),
            ("SELECT ?p { <a:b> ?p ?o }", &["<a:b> ?p ?o"]),
        ] {
            let found: Vec<String> = patterns(text)
                .unwrap()
                .iter()
                .map(|p| p.replace(oxigraph::model::vocab::rdf::TYPE.as_str(), "rdf:type"))
                .collect();
            assert_eq!(found, expected, "{text}");
        }
        for text in ["SELECT ?s { ?s ?p ?o }", "SELECT ?s { ?s !(z:leads) ?o }", "DESCRIBE <a:b>"] {
            assert_eq!(patterns(text), None, "{text}");
        }
    }

    #[test]
    fn the_part_answers_as_the_whole_does() {
        let whole = Oxigraph::new().unwrap();
        let name = |local: &str| NamedNode::new_unchecked(format!("http://a.example/{local}"));
        for (graph, line) in
            [("g", "a near b"), ("g", "b near c"), ("h", "a near b"), ("h", "c far d"), ("g", "a is n")]
        {
            let [s, p, o] = [0, 1, 2].map(|index| name(line.split(' ').nth(index).unwrap()));
            let quad = Quad::new(s, p, o, name(graph));
            whole.extend([quad.clone(), Quad { graph_name: GraphName::DefaultGraph, ..quad }]).unwrap();
        }
        for text in [
            "SELECT ?x { :a :near+ ?x FILTER NOT EXISTS { ?x :far ?y } }",
            "SELECT ?g ?x (COUNT(?y) AS ?n) { GRAPH ?g { ?x :near ?y } } GROUP BY ?g ?x",
            "CONSTRUCT { ?x :is ?y } { ?x :near|:far ?y }",
        ] {
            let query = Query::parse(&format!("PREFIX : <http://a.example/> {text}")).unwrap();
            let part = fetch(&whole, &query).unwrap().unwrap();
            assert_eq!(
                part.answer(&query, &Limits::default()).unwrap(),
                whole.answer(&query, &Limits::default()).unwrap()
            );
        }
    }
}
