//! Texts that names are searched for, looked up among the names that the index keeps.
//!
//! `FILTER(CONTAINS(STR(?name), "…"))` asks the engine for every thing and every name. Where the variable can only be a name,
//! those names that hold the text are joined to the pattern as values, so that it is begun with them; the filter stays, and
//! so do the rows, though they may come in another order where the query asks for none.

use std::collections::BTreeMap;

use oxigraph::model::{Literal, Term, Variable};
use spargebra::Query;
use spargebra::algebra::{Expression, Function, GraphPattern, PropertyPathExpression};
use spargebra::term::{GroundTerm, NamedNodePattern, TermPattern};

use super::operands::below;
use super::sets::parts;
use crate::store::{Graphs, NAMING};

/// How many texts of a query are looked up: each is looked for in all names.
const MOST: usize = 8;

/// The query, begun with the names that its filters want, as far as the graphs can tell them.
pub(super) fn named(mut query: Query, graphs: &Graphs) -> Query {
    let mut known: BTreeMap<String, Option<Vec<Term>>> = BTreeMap::new();
    walk(parts(&mut query).1, &mut |text| {
        if known.len() == MOST && !known.contains_key(text) {
            return None;
        }
        known.entry(text.to_owned()).or_insert_with(|| graphs.named(text)).clone()
    });
    query
}

fn walk(pattern: &mut GraphPattern, names: &mut dyn FnMut(&str) -> Option<Vec<Term>>) {
    if let GraphPattern::Filter { expr, inner } = pattern {
        for (variable, text) in wanted(expr) {
            if !is_name(inner, variable) {
                continue;
            }
            let Some(found) = names(text) else { continue };
            let bindings = found.into_iter().filter_map(|name| Some(vec![Some(ground(name)?)])).collect();
            let values = GraphPattern::Values { variables: vec![variable.clone()], bindings };
            begin(inner, variable, &values);
            break;
        }
    }
    for inner in below(pattern) {
        walk(inner, names);
    }
}

/// Joins values to a pattern where a variable is a name, so that all else is looked up by them.
fn begin(pattern: &mut GraphPattern, variable: &Variable, values: &GraphPattern) {
    match pattern {
        GraphPattern::Filter { inner, .. }
        | GraphPattern::Distinct { inner }
        | GraphPattern::Graph { inner, .. }
        | GraphPattern::Project { inner, .. }
        | GraphPattern::Extend { inner, .. }
        | GraphPattern::LeftJoin { left: inner, .. }
        | GraphPattern::Minus { left: inner, .. } => begin(inner, variable, values),
        GraphPattern::Join { left, .. } if is_name(left, variable) => begin(left, variable, values),
        GraphPattern::Join { right, .. } => begin(right, variable, values),
        GraphPattern::Union { left, right } => {
            begin(left, variable, values);
            begin(right, variable, values);
        }
        leaf => {
            let right = Box::new(std::mem::take(leaf));
            *leaf = GraphPattern::Join { left: Box::new(values.clone()), right };
        }
    }
}

/// The variables whose text must hold another, by an expression, with that.
fn wanted(expression: &Expression) -> Vec<(&Variable, &str)> {
    match expression {
        Expression::And(a, b) => [wanted(a), wanted(b)].concat(),
        // as a parameter that is given leaves it
        Expression::Or(a, b) if is_false(a) => wanted(b),
        Expression::FunctionCall(Function::Contains, of) => match of.as_slice() {
            [name, Expression::Literal(text)] => text_of(name).map(|name| (name, text.value())).into_iter().collect(),
            _ => Vec::new(),
        },
        _ => Vec::new(),
    }
}

/// The variable whose text an expression is.
fn text_of(expression: &Expression) -> Option<&Variable> {
    match expression {
        Expression::Variable(variable) => Some(variable),
        Expression::FunctionCall(Function::Str, of) => match of.as_slice() {
            [Expression::Variable(variable)] => Some(variable),
            _ => None,
        },
        _ => None,
    }
}

/// Whether an expression is false whatever is bound.
fn is_false(expression: &Expression) -> bool {
    match expression {
        Expression::Literal(value) => *value == Literal::from(false),
        Expression::Not(inner) => matches!(&**inner, Expression::Literal(value) if *value == Literal::from(true)),
        _ => false,
    }
}

/// Whether a variable is a name of something in every solution of a pattern.
fn is_name(pattern: &GraphPattern, variable: &Variable) -> bool {
    match pattern {
        GraphPattern::Bgp { patterns } => patterns.iter().any(|triple| {
            let NamedNodePattern::NamedNode(property) = &triple.predicate else { return false };
            NAMING.contains(&property.as_str()) && is(&triple.object, variable)
        }),
        GraphPattern::Path { path, object, .. } => is(object, variable) && leads_to_names(path),
        GraphPattern::Join { left, right } => is_name(left, variable) || is_name(right, variable),
        GraphPattern::Union { left, right } => is_name(left, variable) && is_name(right, variable),
        GraphPattern::LeftJoin { left: inner, .. }
        | GraphPattern::Minus { left: inner, .. }
        | GraphPattern::Filter { inner, .. }
        | GraphPattern::Distinct { inner }
        | GraphPattern::Graph { inner, .. } => is_name(inner, variable),
        GraphPattern::Extend { inner, variable: made, .. } => made != variable && is_name(inner, variable),
        GraphPattern::Project { inner, variables } => variables.contains(variable) && is_name(inner, variable),
        _ => false,
    }
}

fn is(term: &TermPattern, variable: &Variable) -> bool {
    matches!(term, TermPattern::Variable(found) if found == variable)
}

/// Whether a path ends with a property that says what a thing is called.
fn leads_to_names(path: &PropertyPathExpression) -> bool {
    match path {
        PropertyPathExpression::NamedNode(property) => NAMING.contains(&property.as_str()),
        PropertyPathExpression::Alternative(a, b) => leads_to_names(a) && leads_to_names(b),
        PropertyPathExpression::Sequence(_, last) => leads_to_names(last),
        _ => false,
    }
}

/// A term as a value; none of a blank node, which has no text.
fn ground(term: Term) -> Option<GroundTerm> {
    match term {
        Term::NamedNode(node) => Some(node.into()),
        Term::Literal(literal) => Some(literal.into()),
        Term::BlankNode(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use oxigraph::model::{NamedNode, Quad};

    use super::*;
    use crate::graph::DocumentGraph;
    use crate::query::{Answer, Limits};
    use crate::store::{Access, SourceInfo, Store};

    const PREFIXES: &str = "PREFIX : <http://a.example/> PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#> \
                            PREFIX skos: <http://www.w3.org/2004/02/skos/core#>";

    /// A store of two documents that name some bodies.
    fn store(dir: &std::path::Path) -> Store {
        let mut store = Store::open(dir, Access::Fill).unwrap();
        let name = |local: &str| NamedNode::new_unchecked(format!("http://a.example/{local}"));
        let [label, other, _] = NAMING.map(NamedNode::new_unchecked);
        for (document, bodies) in [("d", ["清河市财政局", "清河市教育局"]), ("e", ["清河市财政局", "林河县财政局"])]
        {
            let mut quads = Vec::new();
            for full in bodies {
                let short = full.chars().skip(2).collect::<String>();
                let tagged = |text: &str| Literal::new_language_tagged_literal_unchecked(text, "zh");
                for (property, value) in [
                    (label.clone(), Term::from(tagged(full))),
                    (other.clone(), tagged(&short).into()),
                    (other.clone(), Literal::from(full).into()),
                    (name("is"), name("Body").into()),
                    (name("note"), tagged("财政局的说明").into()),
                ] {
                    quads.push(Quad::new(name(full), property, value, name(document)));
                }
            }
            store.replace(&DocumentGraph::from_quads(name(document).as_str(), quads), &SourceInfo::default()).unwrap();
        }
        store.settle().unwrap();
        drop(store);
        Store::open(dir, Access::ReadOnly).unwrap()
    }

    #[test]
    fn rows_are_the_same_whether_names_are_looked_up_or_not() {
        let folder = tempfile::tempdir().unwrap();
        let store = store(folder.path());
        for (pattern, is_begun) in [
            ("?o rdfs:label ?n FILTER(CONTAINS(STR(?n), $t))", true),
            ("?o rdfs:label ?n FILTER(CONTAINS(?n, $t))", true),
            ("?o :is :Body ; rdfs:label|skos:altLabel ?n FILTER(CONTAINS(STR(?n), $t))", true),
            ("{ SELECT DISTINCT ?o { ?o skos:altLabel ?n FILTER(CONTAINS(STR(?n), $t)) } } ?o rdfs:label ?l", true),
            ("?o rdfs:label ?n FILTER(!BOUND($t) || CONTAINS(STR(?n), $t))", true),
            ("?o rdfs:label ?n FILTER(?o != :x && CONTAINS(STR(?n), $t))", true),
            ("{ ?o rdfs:label ?n } UNION { ?o skos:altLabel ?n } FILTER(CONTAINS(STR(?n), $t))", true),
            ("GRAPH ?g { ?o (:is/^:is)/rdfs:label ?n } FILTER(CONTAINS(STR(?n), $t))", true),
            ("?o rdfs:label ?n OPTIONAL { ?o skos:altLabel ?m } FILTER(CONTAINS(STR(?n), $t))", true),
            ("?o rdfs:label ?n MINUS { ?o skos:altLabel ?n } FILTER(CONTAINS(STR(?n), $t))", true),
            ("?o :is ?b FILTER EXISTS { ?o rdfs:label ?n FILTER(CONTAINS(STR(?n), $t)) }", true),
            // what need not be a name, or need not hold the text
            ("?o :note|rdfs:label ?n FILTER(CONTAINS(STR(?n), $t))", false),
            ("{ ?o rdfs:label ?n } UNION { ?o :note ?n } FILTER(CONTAINS(STR(?n), $t))", false),
            ("?o :is ?b OPTIONAL { ?o rdfs:label ?n } FILTER(CONTAINS(STR(?n), $t))", false),
            ("?o ?p ?n FILTER(CONTAINS(STR(?n), $t))", false),
            ("?n rdfs:label ?l FILTER(CONTAINS(STR(?n), $t))", false),
            ("?o rdfs:label ?n FILTER(!CONTAINS(STR(?n), $t))", false),
            ("?o rdfs:label ?n FILTER(?o = :x || CONTAINS(STR(?n), $t))", false),
            ("?o rdfs:label* ?n FILTER(CONTAINS(STR(?n), $t))", false),
        ] {
            for text in ["财政局", "清河市财政局", "林河", "没有", "zh"] {
                let mut query = crate::query::Query::parse(&format!("{PREFIXES} SELECT * {{ {pattern} }}")).unwrap();
                query.bind("t", &Literal::from(text).into()).unwrap();
                let begun = named(query.algebra.clone(), store.graphs());
                assert_eq!(begun != query.algebra, is_begun, "{pattern}");
                // names are told by the index alone
                let plain = Graphs::from(oxigraph::store::Store::new().unwrap());
                assert_eq!(named(query.algebra.clone(), &plain), query.algebra);
                let asked = |algebra: Query| {
                    let results = store.graphs().evaluate(algebra, None, None).unwrap();
                    query.collect(results, &Limits::default()).unwrap()
                };
                let Answer::Rows(rows) = asked(query.algebra.clone()) else { panic!("{pattern}") };
                assert_eq!(asked(begun), Answer::Rows(rows.clone()), "{pattern} {text}");
                let some = ["财政局", "清河市财政局", "林河"].contains(&text);
                assert!(!some || !is_begun || !rows.rows.is_empty(), "{pattern} {text}");
            }
        }
    }
    #[test]
    fn a_query_of_many_texts_looks_up_a_few() {
        let folder = tempfile::tempdir().unwrap();
        let store = store(folder.path());
        let branches: Vec<String> = (0..MOST + 4)
            .map(|place| format!("{{ ?o rdfs:label ?n FILTER(CONTAINS(STR(?n), \"{place}\")) }}"))
            .collect();
        let text = |branches: &[String]| format!("{PREFIXES} SELECT * {{ {} }}", branches.join(" UNION "));
        let begun = |text: &str| {
            let query = crate::query::Query::parse(text).unwrap();
            named(query.algebra, store.graphs()).to_string().matches("VALUES").count()
        };
        assert_eq!(begun(&text(&branches)), MOST);
        // the same text is looked up once
        assert_eq!(begun(&text(&vec![branches[0].clone(); MOST + 4])), MOST + 4);
    }
}
