//! Texts that names are searched for, looked up among the names that the index keeps.
//!
//! `FILTER(CONTAINS(STR(?name), "…"))` asks the engine for every thing and every name. Where the variable can only be a name,
//! those names that hold the text are joined to the pattern as values, so that it is begun with them; the filter stays, and
//! so do the rows, though they may come in another order where the query asks for none.
//!
//! The engine begins with values only where they are fewer than it takes statements to be, and goes through all of them for
//! every solution where it does not. Of many names, those who bear them are therefore looked up here, and the pattern is
//! asked for one after another (`LATERAL`), which leaves the engine no choice. Not so within `EXISTS`: what is asked about is
//! bound there, and each solution would go through all of them.

use std::collections::BTreeMap;

use oxigraph::model::{Literal, Term, Variable};
use spargebra::Query;
use spargebra::algebra::{Expression, Function, GraphPattern, PropertyPathExpression};
use spargebra::term::{GroundTerm, NamedNodePattern, TermPattern};

use super::operands::below_apart;
use super::sets::parts;
use crate::store::{Graphs, NAMING};

/// How many texts of a query are looked up: each is looked for in all names.
const MOST: usize = 8;

/// The query, begun with the names that its filters want, as far as the graphs can tell them.
pub(super) fn named(mut query: Query, graphs: &Graphs) -> Query {
    walk(parts(&mut query).1, &mut Known { graphs, names: BTreeMap::new(), bearers: BTreeMap::new() }, false);
    query
}

/// What was looked up for the texts of a query.
struct Known<'a> {
    graphs: &'a Graphs,
    names: BTreeMap<String, Option<Vec<Term>>>,
    /// Of texts that too many names hold, where somebody can use it.
    bearers: BTreeMap<String, Option<Vec<Term>>>,
}

impl Known<'_> {
    fn names(&mut self, text: &str) -> Option<Vec<Term>> {
        if self.names.len() == MOST && !self.names.contains_key(text) {
            return None;
        }
        self.names.entry(text.to_owned()).or_insert_with(|| self.graphs.named(text)).clone()
    }

    fn bearers(&mut self, text: &str) -> Option<Vec<Term>> {
        if !self.names.contains_key(text) {
            return None;
        }
        self.bearers.entry(text.to_owned()).or_insert_with(|| self.graphs.bearers(text)).clone()
    }
}

/// Begins the filtered patterns from a pattern down; `asks` tells that it stands within `EXISTS`.
fn walk(pattern: &mut GraphPattern, known: &mut Known<'_>, asks: bool) {
    if let GraphPattern::Filter { expr, inner } = pattern {
        for (variable, text) in wanted(expr) {
            if !is_name(inner, variable) {
                continue;
            }
            if let Some(names) = known.names(text) {
                begin(inner, variable, &values(variable, names));
                break;
            }
            if !asks
                && let Some((plain, bearer)) = borne(inner, variable)
                && let Some(bearers) = known.bearers(text)
            {
                let (left, right) = (Box::new(values(&bearer, bearers)), Box::new(std::mem::take(plain)));
                *plain = GraphPattern::Lateral { left, right };
                break;
            }
        }
    }
    for (inner, is_asked) in below_apart(pattern) {
        walk(inner, known, asks || is_asked);
    }
}

/// Some terms that a variable may be.
fn values(variable: &Variable, terms: Vec<Term>) -> GraphPattern {
    let bindings = terms.into_iter().filter_map(|term| Some(vec![Some(ground(term)?)])).collect();
    GraphPattern::Values { variables: vec![variable.clone()], bindings }
}

/// The pattern in which a variable is the name of another, as far as it is nothing but triples and stands in no join, with
/// that other.
fn borne<'a>(pattern: &'a mut GraphPattern, name: &Variable) -> Option<(&'a mut GraphPattern, Variable)> {
    if let Some(bearer) = bearer(pattern, name) {
        return is_plain(pattern).then_some((pattern, bearer));
    }
    match pattern {
        GraphPattern::Filter { inner, .. }
        | GraphPattern::Distinct { inner }
        | GraphPattern::Graph { inner, .. }
        | GraphPattern::LeftJoin { left: inner, .. }
        | GraphPattern::Minus { left: inner, .. } => borne(inner, name),
        GraphPattern::Project { inner, variables } if variables.contains(name) => borne(inner, name),
        GraphPattern::Extend { inner, variable, .. } if variable != name => borne(inner, name),
        _ => None,
    }
}

/// Whose name a variable is in every solution of triples, by a property or one of several.
fn bearer(pattern: &GraphPattern, name: &Variable) -> Option<Variable> {
    let variable = |subject: &TermPattern, object: &TermPattern| match subject {
        TermPattern::Variable(subject) if is(object, name) => Some(subject.clone()),
        _ => None,
    };
    match pattern {
        GraphPattern::Bgp { patterns } => patterns.iter().find_map(|triple| match &triple.predicate {
            NamedNodePattern::NamedNode(property) if NAMING.contains(&property.as_str()) => {
                variable(&triple.subject, &triple.object)
            }
            _ => None,
        }),
        GraphPattern::Path { subject, path, object } if is_naming(path) => variable(subject, object),
        GraphPattern::Join { left, right } => bearer(left, name).or_else(|| bearer(right, name)),
        _ => None,
    }
}

/// Whether a pattern is triples and paths that all have to be there.
fn is_plain(pattern: &GraphPattern) -> bool {
    match pattern {
        GraphPattern::Bgp { .. } | GraphPattern::Path { .. } => true,
        GraphPattern::Join { left, right } => is_plain(left) && is_plain(right),
        _ => false,
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

/// Whether a path is a property that says what a thing is called, or one of several.
fn is_naming(path: &PropertyPathExpression) -> bool {
    match path {
        PropertyPathExpression::NamedNode(property) => NAMING.contains(&property.as_str()),
        PropertyPathExpression::Alternative(a, b) => is_naming(a) && is_naming(b),
        _ => false,
    }
}

/// Whether a path ends with a property that says what a thing is called.
fn leads_to_names(path: &PropertyPathExpression) -> bool {
    match path {
        PropertyPathExpression::Alternative(a, b) => leads_to_names(a) && leads_to_names(b),
        PropertyPathExpression::Sequence(_, last) => leads_to_names(last),
        path => is_naming(path),
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

// the database looks up no names
#[cfg(test)]
#[cfg(not(feature = "rocksdb"))]
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
    fn rows_are_the_same_where_many_names_hold_a_text() {
        let folder = tempfile::tempdir().unwrap();
        let mut store = Store::open(folder.path(), Access::Fill).unwrap();
        let name = |local: String| NamedNode::new_unchecked(format!("http://a.example/{local}"));
        let [label, other, _] = NAMING.map(NamedNode::new_unchecked);
        let mut quads = Vec::new();
        for county in 0..300 {
            let bureau = name(format!("bureau/{county}"));
            let is = if county % 3 == 0 { "Old" } else { "Body" };
            for (property, value) in [
                (label.clone(), Term::from(Literal::from(format!("第{county}县财政局")))),
                (other.clone(), Literal::from(format!("财政局{}", county % 200)).into()),
                (other.clone(), Literal::from(format!("{county}")).into()),
                (name("is".into()), name(is.into()).into()),
            ] {
                quads.push(Quad::new(bureau.clone(), property, value, name("d".into())));
            }
            let task = name(format!("task/{}", county % 50));
            quads.push(Quad::new(task, name("of".into()), bureau, name("d".into())));
        }
        store.replace(&DocumentGraph::from_quads("http://a.example/d", quads), &SourceInfo::default()).unwrap();
        store.settle().unwrap();
        drop(store);
        let store = Store::open(folder.path(), Access::ReadOnly).unwrap();
        for (pattern, rows, is_begun) in [
            ("?o rdfs:label ?n FILTER(CONTAINS(STR(?n), $t))", 300, true),
            ("?o :is :Body ; rdfs:label|skos:altLabel ?n FILTER(CONTAINS(STR(?n), $t))", 400, true),
            (
                "{ SELECT DISTINCT ?o { ?o :is :Body ; skos:altLabel ?n FILTER(CONTAINS(STR(?n), $t)) } } ?x :of ?o",
                200,
                true,
            ),
            ("GRAPH ?g { ?o rdfs:label ?n } FILTER(CONTAINS(STR(?n), $t))", 300, true),
            ("?o rdfs:label ?n OPTIONAL { ?o :is :Old ; :is ?b } FILTER(CONTAINS(STR(?n), $t))", 300, true),
            ("?o rdfs:label ?n BIND(1 AS ?b) FILTER(CONTAINS(STR(?n), $t))", 300, true),
            ("?o rdfs:label ?n MINUS { ?o :is :Old } FILTER(CONTAINS(STR(?n), $t))", 200, true),
            // what the engine could ask for again and again
            ("?x :of ?o FILTER EXISTS { ?o rdfs:label ?n FILTER(CONTAINS(STR(?n), $t)) }", 300, false),
            ("?x :of ?o FILTER NOT EXISTS { ?o rdfs:label ?n FILTER(CONTAINS(STR(?n), $t)) }", 0, false),
            ("?x :of ?o FILTER EXISTS { { ?o rdfs:label ?n FILTER(CONTAINS(STR(?n), $t)) } ?o :is ?b }", 300, false),
            ("{ ?o rdfs:label ?n } UNION { ?o skos:altLabel ?n } FILTER(CONTAINS(STR(?n), $t))", 600, false),
            ("?x :of/rdfs:label ?n FILTER(CONTAINS(STR(?n), $t))", 300, false),
            ("?x :of ?o { SELECT ?o ?n { ?o rdfs:label ?n } } FILTER(CONTAINS(STR(?n), $t))", 300, false),
        ] {
            let mut query = crate::query::Query::parse(&format!("{PREFIXES} SELECT * {{ {pattern} }}")).unwrap();
            query.bind("t", &Literal::from("财政局").into()).unwrap();
            let begun = named(query.algebra.clone(), store.graphs());
            assert_eq!(begun.to_string().contains("LATERAL"), is_begun, "{pattern}");
            assert_eq!(begun != query.algebra, is_begun, "{pattern}");
            let asked = |algebra: Query| {
                let results = store.graphs().evaluate(algebra, None, None).unwrap();
                let Answer::Rows(mut rows) = query.collect(results, &Limits::default()).unwrap() else { panic!() };
                rows.sort();
                rows
            };
            let plain = asked(query.algebra.clone());
            assert_eq!(plain.rows.len(), rows, "{pattern}");
            assert_eq!(asked(begun), plain, "{pattern}");
            // as it is run
            let Answer::Rows(mut run) = query.run(&store, &Limits::default()).unwrap() else { panic!() };
            run.sort();
            assert_eq!(run, plain, "{pattern}");
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
