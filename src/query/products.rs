//! Rows that are combined in memory, so that their query can be ended meanwhile.
//!
//! The engine notices that it is to end when it asks the graphs for something. Where it combines rows that it holds already
//! it asks for nothing, and a product of a few lists can go on for years. Here rows that go into such a product are given a
//! value that is worked out for each, for which the engine has to ask; and a pattern of one triple that has nothing in common
//! with the rest is read for each row of it, instead of being held in memory whole.

use std::collections::BTreeSet;

use oxigraph::model::{Literal, Variable};
use spargebra::Query;
use spargebra::algebra::{Expression, Function, GraphPattern};
use spargebra::term::TermPattern;

use super::operands::below;
use super::sets::parts;

/// The query, such that it can be ended at any time.
pub(super) fn interruptible(mut query: Query) -> Query {
    interruptible_in(parts(&mut query).1);
    query
}

/// The same for the pattern of an update.
pub(super) fn interruptible_in(pattern: &mut GraphPattern) {
    Joins::default().walk(pattern);
}

#[derive(Default)]
struct Joins {
    /// How many variables were made.
    made: usize,
}

/// Patterns that have variables in common, with these.
struct Group {
    patterns: Vec<GraphPattern>,
    variables: BTreeSet<String>,
}

impl Joins {
    fn walk(&mut self, pattern: &mut GraphPattern) {
        match pattern {
            GraphPattern::Bgp { .. } | GraphPattern::Join { .. } => self.join(pattern),
            GraphPattern::LeftJoin { left, right, .. } | GraphPattern::Minus { left, right } => {
                let apart = variables(left).is_disjoint(&variables(right));
                let held = apart || !is_read(right);
                self.walk(left);
                self.walk(right);
                if held {
                    self.watch(left);
                }
            }
            _ => below(pattern).into_iter().for_each(|inner| self.walk(inner)),
        }
    }

    fn join(&mut self, pattern: &mut GraphPattern) {
        let mut held = 0;
        each_operand(pattern, &mut |operand| {
            self.walk_operand(operand);
            held += usize::from(!is_read(operand));
        });
        if held > 1 {
            each_operand(pattern, &mut |operand| {
                if !is_read(operand) {
                    self.watch(operand);
                }
            });
        }
        let mut operands = Vec::new();
        take_apart(pattern.clone(), &mut operands);
        let groups = grouped(operands);
        if groups.len() > 1 {
            *pattern = self.product(groups);
        }
    }

    fn walk_operand(&mut self, operand: &mut GraphPattern) {
        if !matches!(operand, GraphPattern::Bgp { .. }) {
            self.walk(operand);
        }
    }

    /// Joins groups that have nothing in common.
    fn product(&mut self, mut groups: Vec<Group>) -> GraphPattern {
        // what only holds or not comes first, single triples last
        groups.sort_by_key(|group| (!group.variables.is_empty(), group.is_single()));
        let mut whole: Option<GraphPattern> = None;
        for group in groups {
            let single = group.is_single();
            let mut next = group.joined();
            whole = Some(match whole {
                None => next,
                Some(mut former) => {
                    self.watch(&mut former);
                    if single {
                        GraphPattern::Lateral { left: former.into(), right: next.into() }
                    } else {
                        self.watch(&mut next);
                        GraphPattern::Join { left: former.into(), right: next.into() }
                    }
                }
            });
        }
        whole.unwrap_or_default()
    }

    /// Has the engine ask the graphs for something at each row.
    fn watch(&mut self, pattern: &mut GraphPattern) {
        self.made += 1;
        *pattern = GraphPattern::Extend {
            inner: Box::new(std::mem::take(pattern)),
            variable: Variable::new_unchecked(format!("zeren_row{}", self.made)),
            // always the same, so that rows are as alike as they were
            expression: Expression::FunctionCall(Function::Str, vec![Literal::new_simple_literal("").into()]),
        };
    }
}

impl Group {
    /// Whether it is one pattern of a triple.
    fn is_single(&self) -> bool {
        matches!(self.patterns.as_slice(), [GraphPattern::Bgp { .. }])
    }

    /// Its triples together, and the rest in its order.
    fn joined(self) -> GraphPattern {
        let mut triples = Vec::new();
        let mut rest = Vec::new();
        for pattern in self.patterns {
            match pattern {
                GraphPattern::Bgp { patterns } => triples.extend(patterns),
                other => rest.push(other),
            }
        }
        let read = (!triples.is_empty()).then_some(GraphPattern::Bgp { patterns: triples });
        let joined = |left: GraphPattern, right| GraphPattern::Join { left: left.into(), right: Box::new(right) };
        read.into_iter().chain(rest).reduce(joined).unwrap_or_default()
    }
}

/// Whether the rows of a pattern are read from the graphs one after another.
fn is_read(pattern: &GraphPattern) -> bool {
    match pattern {
        GraphPattern::Bgp { .. } | GraphPattern::Path { .. } => true,
        GraphPattern::Graph { inner, .. } | GraphPattern::Filter { inner, .. } => is_read(inner),
        GraphPattern::Join { left, right } | GraphPattern::Lateral { left, right } => is_read(left) && is_read(right),
        _ => false,
    }
}

/// Hands over what a join joins.
fn each_operand(pattern: &mut GraphPattern, see: &mut dyn FnMut(&mut GraphPattern)) {
    match pattern {
        GraphPattern::Join { left, right } => {
            each_operand(left, see);
            each_operand(right, see);
        }
        other => see(other),
    }
}

/// What a join joins, with their variables; triples one by one.
fn take_apart(pattern: GraphPattern, operands: &mut Vec<Group>) {
    match pattern {
        GraphPattern::Join { left, right } => {
            take_apart(*left, operands);
            take_apart(*right, operands);
        }
        GraphPattern::Bgp { patterns } => {
            for triple in patterns {
                let pattern = GraphPattern::Bgp { patterns: vec![triple] };
                operands.push(Group { variables: variables(&pattern), patterns: vec![pattern] });
            }
        }
        other => operands.push(Group { variables: variables(&other), patterns: vec![other] }),
    }
}

/// Puts together what has variables in common.
fn grouped(operands: Vec<Group>) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    for mut operand in operands {
        let (common, apart): (Vec<Group>, Vec<Group>) =
            groups.into_iter().partition(|group| !group.variables.is_disjoint(&operand.variables));
        let mut patterns = Vec::new();
        for group in common {
            patterns.extend(group.patterns);
            operand.variables.extend(group.variables);
        }
        patterns.append(&mut operand.patterns);
        groups = apart;
        groups.push(Group { patterns, variables: operand.variables });
    }
    groups
}

/// The variables that a pattern gives values to, and its blank nodes.
fn variables(pattern: &GraphPattern) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    pattern.on_in_scope_variable(|variable| {
        found.insert(variable.as_str().to_owned());
    });
    let mut blank = |term: &TermPattern| {
        if let TermPattern::BlankNode(node) = term {
            found.insert(node.to_string());
        }
    };
    match pattern {
        GraphPattern::Bgp { patterns } => patterns.iter().for_each(|triple| {
            blank(&triple.subject);
            blank(&triple.object);
        }),
        GraphPattern::Path { subject, object, .. } => {
            blank(subject);
            blank(object);
        }
        _ => {}
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graph::DocumentGraph;
    use crate::store::{Access, SourceInfo, Store};

    fn store() -> (tempfile::TempDir, Store) {
        let folder = tempfile::tempdir().unwrap();
        let mut store = Store::open(folder.path(), Access::Write).unwrap();
        store.replace(&DocumentGraph::new(&crate::sample::facts()), &SourceInfo::default()).unwrap();
        (folder, store)
    }

    fn rows(store: &Store, query: Query) -> Vec<String> {
        let oxigraph::sparql::QueryResults::Solutions(solutions) = store.graphs().evaluate(query, None, None).unwrap()
        else {
            panic!()
        };
        let mut rows: Vec<String> = solutions.map(|row| format!("{:?}", row.unwrap().values())).collect();
        rows.sort();
        rows
    }

    #[test]
    fn products_have_the_same_rows() {
        let (_folder, store) = store();
        let body = "a <http://www.w3.org/ns/org#FormalOrganization>";
        for pattern in [
            format!("{{ ?a {body} . ?b <http://purl.org/dc/terms/title> ?t }}"),
            format!("{{ ?a {body} . ?b {body} . ?a ?p ?b }}"),
            format!("{{ ?a {body} . VALUES ?x {{ 1 2 }} VALUES ?y {{ 3 4 }} }}"),
            format!("{{ VALUES ?x {{ 1 2 }} VALUES (?x ?y) {{ (1 3) (2 4) (UNDEF 5) }} ?a {body} }}"),
            format!("{{ {{ SELECT ?a {{ ?a {body} }} }} {{ SELECT (COUNT(*) AS ?n) {{ ?b {body} }} }} }}"),
            format!("{{ ?a {body} OPTIONAL {{ VALUES ?x {{ 1 2 }} }} MINUS {{ VALUES ?x {{ 2 }} }} }}"),
            format!("{{ VALUES ?x {{ 1 2 }} FILTER EXISTS {{ ?a {body} . VALUES ?y {{ 1 2 }} FILTER(?x = ?y) }} }}"),
            format!("{{ <a:none> {body} . ?a {body} }}"),
            "{ ?s <a:none> ?o . VALUES ?x { 1 } }".to_owned(),
            "{ GRAPH ?g { ?d <http://purl.org/dc/terms/title> ?t . ?o a <http://www.w3.org/ns/org#Site> } }".to_owned(),
        ] {
            for head in ["SELECT *", "SELECT (COUNT(DISTINCT *) AS ?all)"] {
                let query = spargebra::SparqlParser::new().parse_query(&format!("{head} {pattern}")).unwrap();
                assert_eq!(rows(&store, interruptible(query.clone())), rows(&store, query), "{pattern}");
            }
        }
    }

    /// The database's own engine asks for nothing meanwhile that could tell it to end.
    #[cfg(not(feature = "rocksdb"))]
    mod ending {
        use std::sync::Arc;
        use std::sync::atomic::{AtomicUsize, Ordering};
        use std::time::{Duration, Instant};

        use oxigraph::model::GraphNameRef;

        use super::*;
        use crate::query::{CancellationToken, Limits, QueryError};
        use crate::store::Pace;

        #[test]
        fn products_of_lists_end_when_they_are_told_to() {
            let (_folder, store) = store();
            for list in [
                "VALUES ?x# { 1 2 3 4 5 6 7 8 9 }",
                "VALUES (?k ?x#) { (1 1) (1 2) (1 3) (1 4) (1 5) (1 6) }",
                "OPTIONAL { VALUES ?x# { 1 2 3 4 5 6 } }",
            ] {
                let lists: Vec<String> = (0..12).map(|place| list.replace('#', &place.to_string())).collect();
                let pattern = lists.join(" ");
                let query = crate::query::Query::parse(&format!("SELECT (COUNT(*) AS ?n) {{ {pattern} }}")).unwrap();
                let token = CancellationToken::new();
                let limits = Limits { cancellation: Some(token.clone()), ..Limits::default() };
                let began = Instant::now();
                let ending = std::thread::spawn(move || {
                    std::thread::sleep(Duration::from_millis(50));
                    token.cancel();
                });
                assert!(matches!(query.run(&store, &limits), Err(QueryError::Limit)), "{pattern}");
                assert!(began.elapsed() < Duration::from_secs(20), "{pattern}");
                ending.join().unwrap();
            }
        }
        /// Ends a query at a step of it, and counts the steps after that.
        struct EndAt(CancellationToken, usize, AtomicUsize);

        impl Pace for EndAt {
            fn step(&self) {
                if self.2.fetch_add(1, Ordering::Relaxed) == self.1 {
                    self.0.cancel();
                }
            }
        }

        #[test]
        fn a_query_ends_when_it_is_told_to() {
            let (_folder, store) = store();
            let sorted = "SELECT * { ?a ?b ?c . ?d ?e ?f } ORDER BY DESC(?c) ?f";
            let query = crate::query::Query::parse(sorted).unwrap();
            let all = store.graphs().quads_for_pattern(None, None, None, Some(GraphNameRef::DefaultGraph)).count();
            // each statement of each side is one of 256 to a step; what follows is asked for by sorting
            let collected = (all + all * all) / 256;
            for step in [collected / 2, collected + 100, collected + 1_000] {
                let token = CancellationToken::new();
                let pace = Arc::new(EndAt(token.clone(), step, AtomicUsize::new(0)));
                let shared: Arc<dyn Pace> = Arc::<EndAt>::clone(&pace);
                let limits = Limits { cancellation: Some(token), pace: Some(shared), ..Limits::default() };
                assert!(matches!(query.run(&store, &limits), Err(QueryError::Limit)));
                assert_eq!(pace.2.load(Ordering::Relaxed), step + 1, "nothing is done afterwards");
            }
        }
    }
}
