//! A query as of a day: the bodies of that day in the place of those that documents name, said in the query itself.
//!
//! Where a store is at hand, its statements are changed in memory; another server's cannot be. There each pattern that
//! tells who has a part in a task becomes two: the body as it is named, unless another does its work on the day, and the
//! body that does so for one that is named. What cannot be said so, such as a pattern of any property, is refused.

use std::collections::BTreeMap;

use oxigraph::model::{NamedNode, Variable};
use spargebra::Query;
use spargebra::algebra::{Expression, GraphPattern, PropertyPathExpression};
use spargebra::term::{GroundTerm, NamedNodePattern, TermPattern, TriplePattern};

use super::as_of::{ORGANISATION, PARTS};
use super::operands::leaves;
use crate::iri;

/// The query with every body replaced by the one that does its work, given by IRI; none if that cannot be said.
pub(super) fn follow(query: &Query, heirs: &BTreeMap<String, String>) -> Option<Query> {
    let mut query = query.clone();
    if heirs.is_empty() {
        return Some(query);
    }
    let mut follower = Follower { heirs, names: BTreeMap::new(), fresh: 0, lost: false };
    match &mut query {
        Query::Select { pattern, .. } | Query::Construct { pattern, .. } | Query::Ask { pattern, .. } => {
            leaves(pattern, &mut |leaf| follower.leaf(leaf));
        }
        // what is said of a thing may be anything
        Query::Describe { .. } => return None,
    }
    (!follower.lost).then_some(query)
}

struct Follower<'a> {
    heirs: &'a BTreeMap<String, String>,
    /// The variables that blank nodes became.
    names: BTreeMap<String, Variable>,
    fresh: usize,
    /// Whether a pattern cannot be said.
    lost: bool,
}

impl Follower<'_> {
    /// A pattern of triples or a path.
    fn leaf(&mut self, pattern: &mut GraphPattern) {
        match pattern {
            GraphPattern::Bgp { patterns } => {
                let patterns = std::mem::take(patterns);
                *pattern = self.triples(patterns);
            }
            GraphPattern::Path { subject, path, object } => {
                let (from, to) = (self.named(subject), self.named(object));
                if mentions(path) {
                    let path = std::mem::replace(path, PropertyPathExpression::NegatedPropertySet(Vec::new()));
                    *pattern = self.path(from, path, to);
                } else {
                    (*subject, *object) = (from, to);
                }
            }
            _ => {}
        }
    }

    fn triples(&mut self, patterns: Vec<TriplePattern>) -> GraphPattern {
        let mut plain = Vec::new();
        let mut whole: Option<GraphPattern> = None;
        for triple in patterns {
            let triple = TriplePattern {
                subject: self.named(&triple.subject),
                predicate: triple.predicate,
                object: self.named(&triple.object),
            };
            match &triple.predicate {
                NamedNodePattern::NamedNode(name) if tells_a_body(name).is_some() => {
                    let followed = self.triple(triple);
                    whole = Some(match whole {
                        None => followed,
                        Some(left) => join(left, followed),
                    });
                }
                NamedNodePattern::NamedNode(_) => plain.push(triple),
                NamedNodePattern::Variable(_) => {
                    self.lost = true;
                    plain.push(triple);
                }
            }
        }
        let plain_is_empty = plain.is_empty();
        let plain = GraphPattern::Bgp { patterns: plain };
        match whole {
            None => plain,
            Some(whole) if plain_is_empty => whole,
            Some(whole) => join(plain, whole),
        }
    }

    /// A statement on who has a part in a task, as of the day.
    fn triple(&mut self, triple: TriplePattern) -> GraphPattern {
        let NamedNodePattern::NamedNode(name) = &triple.predicate else {
            return GraphPattern::Bgp { patterns: vec![triple] };
        };
        let body_is_subject = tells_a_body(name) == Some(true);
        let body = if body_is_subject { &triple.subject } else { &triple.object };
        let (wanted, shown) = match body {
            TermPattern::Variable(variable) => (None, variable.clone()),
            TermPattern::NamedNode(node) => (Some(node.clone()), self.variable("body")),
            _ => return GraphPattern::Bgp { patterns: vec![triple] },
        };
        let bgp = |body: &Variable| {
            let body = TermPattern::Variable(body.clone());
            let triple = triple.clone();
            let triple = if body_is_subject {
                TriplePattern { subject: body, ..triple }
            } else {
                TriplePattern { object: body, ..triple }
            };
            GraphPattern::Bgp { patterns: vec![triple] }
        };
        let replaced = self.heirs.keys().map(|from| Expression::NamedNode(NamedNode::new_unchecked(from)));
        let stays = GraphPattern::Filter {
            expr: Expression::Not(Box::new(Expression::In(
                Box::new(Expression::Variable(shown.clone())),
                replaced.collect(),
            ))),
            inner: Box::new(bgp(&shown)),
        };
        let former = self.variable("former");
        let ground = |name: &String| Some(GroundTerm::NamedNode(NamedNode::new_unchecked(name)));
        let pairs = GraphPattern::Values {
            variables: vec![former.clone(), shown.clone()],
            bindings: self.heirs.iter().map(|(from, to)| vec![ground(from), ground(to)]).collect(),
        };
        let replacing = join(pairs, bgp(&former));
        let either = GraphPattern::Union { left: Box::new(stays), right: Box::new(replacing) };
        let either = match wanted {
            None => either,
            Some(node) => GraphPattern::Filter {
                expr: Expression::SameTerm(
                    Box::new(Expression::Variable(shown.clone())),
                    Box::new(Expression::NamedNode(node)),
                ),
                inner: Box::new(either),
            },
        };
        // two bodies may have become one
        let mut variables: Vec<Variable> = Vec::new();
        for term in [&triple.subject, &triple.object] {
            if let TermPattern::Variable(variable) = term
                && !variables.contains(variable)
            {
                variables.push(variable.clone());
            }
        }
        let projected = GraphPattern::Project { inner: Box::new(either), variables };
        GraphPattern::Distinct { inner: Box::new(projected) }
    }

    fn path(&mut self, subject: TermPattern, path: PropertyPathExpression, object: TermPattern) -> GraphPattern {
        match path {
            PropertyPathExpression::NamedNode(name) => {
                self.triples(vec![TriplePattern { subject, predicate: name.into(), object }])
            }
            PropertyPathExpression::Reverse(inner) => self.path(object, *inner, subject),
            PropertyPathExpression::Alternative(a, b) => {
                let left = Box::new(self.path(subject.clone(), *a, object.clone()));
                GraphPattern::Union { left, right: Box::new(self.path(subject, *b, object)) }
            }
            PropertyPathExpression::Sequence(a, b) => {
                let middle: TermPattern = self.variable("node").into();
                let left = self.path(subject, *a, middle.clone());
                join(left, self.path(middle, *b, object))
            }
            path => {
                self.lost |= mentions(&path);
                GraphPattern::Path { subject, path, object }
            }
        }
    }

    fn variable(&mut self, kind: &str) -> Variable {
        self.fresh += 1;
        Variable::new_unchecked(format!("zeren_{kind}_{}", self.fresh))
    }

    /// The term; a blank node as the variable that it is.
    fn named(&mut self, term: &TermPattern) -> TermPattern {
        let TermPattern::BlankNode(node) = term else { return term.clone() };
        if let Some(variable) = self.names.get(node.as_str()) {
            return variable.clone().into();
        }
        let variable = self.variable("blank");
        self.names.insert(node.as_str().to_owned(), variable.clone());
        variable.into()
    }
}

fn join(left: GraphPattern, right: GraphPattern) -> GraphPattern {
    GraphPattern::Join { left: Box::new(left), right: Box::new(right) }
}

/// Whether the body of a statement is its subject, if the property leads between body and task.
fn tells_a_body(name: &NamedNode) -> Option<bool> {
    let local = name.as_str().strip_prefix(iri::ONTOLOGY)?;
    if PARTS.contains(&local) {
        return Some(true);
    }
    (local == ORGANISATION).then_some(false)
}

/// Whether a path may lead between body and task.
fn mentions(path: &PropertyPathExpression) -> bool {
    match path {
        PropertyPathExpression::NamedNode(name) => tells_a_body(name).is_some(),
        PropertyPathExpression::Reverse(inner)
        | PropertyPathExpression::ZeroOrMore(inner)
        | PropertyPathExpression::OneOrMore(inner)
        | PropertyPathExpression::ZeroOrOne(inner) => mentions(inner),
        PropertyPathExpression::Sequence(a, b) | PropertyPathExpression::Alternative(a, b) => {
            mentions(a) || mentions(b)
        }
        PropertyPathExpression::NegatedPropertySet(_) => true,
    }
}
