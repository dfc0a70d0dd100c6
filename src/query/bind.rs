//! Rewrites the algebra of a query: values for variables, no `SERVICE`.
//!
//! A value never becomes part of a query's text, so it cannot change what the query does. The
//! engine's own substitution reaches only variables that the query returns; this one reaches
//! filters and sub-queries, and the bound query can be printed for another server.
//!
//! A bound variable stays in the query. Every triple, path and graph that has it is joined with
//! `VALUES`, and so is what a `SELECT` groups by it or returns of it: `MINUS`, `OPTIONAL` and
//! `GROUP BY` see the column that they saw before. Only expressions get the value itself, because
//! a filter may stand where the variable is not in scope.

use std::cell::Cell;

use oxigraph::model::{Literal, Term, Variable};
use spargebra::Query;
use spargebra::algebra::{AggregateExpression, Expression, GraphPattern, OrderExpression};
use spargebra::term::{GroundTerm, NamedNodePattern, TermPattern, TriplePattern};

use super::operands::operands;
use super::{QueryError, words};

/// Binds a variable to a value throughout a query.
pub(super) fn bind(query: &mut Query, variable: &Variable, value: &Term) -> Result<(), QueryError> {
    let (constant, ground): (Expression, GroundTerm) = if let Term::NamedNode(node) = value {
        (node.clone().into(), node.clone().into())
    } else if let Term::Literal(literal) = value {
        (literal.clone().into(), literal.clone().into())
    } else {
        return Err(misplaced(variable, value));
    };
    let rewrite = Rewrite { binding: Some(Binding { variable, value, constant, ground }), ..Rewrite::default() };
    rewrite.query(query)?;
    if rewrite.asks_bound.get() && rewrite.may_lack.get() {
        return Err(QueryError::Ambiguous { name: variable.as_str().to_owned() });
    }
    Ok(())
}

/// Refuses a query that asks another server.
pub(super) fn refuse_service(query: &mut Query) -> Result<(), QueryError> {
    Rewrite::default().query(query)
}

/// Refuses a pattern that asks another server.
pub(super) fn refuse_service_in(pattern: &mut GraphPattern) -> Result<(), QueryError> {
    Rewrite::default().pattern(pattern)
}

struct Binding<'a> {
    variable: &'a Variable,
    value: &'a Term,
    /// The value as an expression.
    constant: Expression,
    /// The value as a cell of `VALUES`.
    ground: GroundTerm,
}

#[derive(Default)]
struct Rewrite<'a> {
    binding: Option<Binding<'a>>,
    /// Whether the walk is in a part that may have no match.
    optional: Cell<bool>,
    /// Whether such a part has the variable.
    may_lack: Cell<bool>,
    /// Whether the query asks if the variable is bound.
    asks_bound: Cell<bool>,
}

/// Blank nodes have no name outside their document; subjects, predicates and graphs are IRIs.
fn misplaced(variable: &Variable, value: &Term) -> QueryError {
    QueryError::BadValue { name: variable.as_str().to_owned(), value: value.to_string(), expected: "iri" }
}

impl Rewrite<'_> {
    fn query(&self, query: &mut Query) -> Result<(), QueryError> {
        match query {
            Query::Construct { template, pattern, .. } => {
                for triple in template {
                    self.fill(triple)?;
                }
                self.pattern(pattern)
            }
            Query::Select { pattern, .. } | Query::Describe { pattern, .. } | Query::Ask { pattern, .. } => {
                self.pattern(pattern)
            }
        }
    }

    /// The binding, if it is one of this variable.
    fn of(&self, variable: &Variable) -> Option<&Binding<'_>> {
        self.binding.as_ref().filter(|binding| binding.variable == variable)
    }

    fn refuse_assigned(&self, variable: &Variable) -> Result<(), QueryError> {
        match self.of(variable) {
            Some(_) => Err(QueryError::Assigned { name: variable.as_str().to_owned() }),
            None => Ok(()),
        }
    }

    /// Joins a pattern with the value.
    fn join(&self, pattern: &mut GraphPattern) {
        if let Some(binding) = &self.binding {
            let values = GraphPattern::Values {
                variables: vec![binding.variable.clone()],
                bindings: vec![vec![Some(binding.ground.clone())]],
            };
            let right = Box::new(std::mem::take(pattern));
            *pattern = GraphPattern::Join { left: Box::new(values), right };
        }
    }

    /// Joins a pattern that has the variable.
    fn join_here(&self, pattern: &mut GraphPattern) {
        self.join(pattern);
        self.may_lack.set(self.may_lack.get() || self.optional.get());
    }

    /// Joins what a `SELECT` returns, below the order of its rows. A group yields only what it is
    /// grouped by, which was joined there.
    fn join_selected(&self, pattern: &mut GraphPattern) {
        match pattern {
            GraphPattern::OrderBy { inner, .. } => self.join_selected(inner),
            pattern if is_grouped(pattern) => {}
            pattern => self.join(pattern),
        }
    }

    fn pattern(&self, pattern: &mut GraphPattern) -> Result<(), QueryError> {
        match pattern {
            GraphPattern::Bgp { patterns } => {
                let mut found = false;
                for triple in patterns {
                    found |= self.has(triple)?;
                }
                if found {
                    self.join_here(pattern);
                }
                Ok(())
            }
            GraphPattern::Path { subject, object, .. } => {
                if self.is_iri(subject)? | self.is_any(object) {
                    self.join_here(pattern);
                }
                Ok(())
            }
            GraphPattern::Join { left, right } | GraphPattern::Lateral { left, right } => {
                self.pattern(left)?;
                self.pattern(right)
            }
            GraphPattern::Union { left, right } => {
                self.optionally(left)?;
                self.optionally(right)
            }
            GraphPattern::Minus { left, right } => {
                self.pattern(left)?;
                self.apart(right)
            }
            GraphPattern::LeftJoin { left, right, expression } => {
                self.pattern(left)?;
                self.optionally(right)?;
                expression.as_mut().map_or(Ok(()), |expression| self.expression(expression))
            }
            GraphPattern::Filter { expr, inner } => {
                self.expression(expr)?;
                self.pattern(inner)
            }
            GraphPattern::Service { .. } => Err(QueryError::Service),
            GraphPattern::Graph { name, inner } => {
                let found = self.is_name(name)?;
                self.pattern(inner)?;
                if found {
                    self.join_here(pattern);
                }
                Ok(())
            }
            GraphPattern::Extend { inner, variable, expression } => {
                self.refuse_assigned(variable)?;
                self.expression(expression)?;
                self.pattern(inner)
            }
            GraphPattern::Values { variables, .. } => {
                variables.iter().try_for_each(|variable| self.refuse_assigned(variable))
            }
            GraphPattern::OrderBy { inner, expression } => {
                for OrderExpression::Asc(expression) | OrderExpression::Desc(expression) in expression {
                    self.expression(expression)?;
                }
                self.pattern(inner)
            }
            GraphPattern::Project { inner, variables } => {
                self.pattern(inner)?;
                if variables.iter().any(|variable| self.of(variable).is_some()) {
                    self.join_selected(inner);
                }
                Ok(())
            }
            GraphPattern::Distinct { inner } | GraphPattern::Reduced { inner } | GraphPattern::Slice { inner, .. } => {
                self.pattern(inner)
            }
            GraphPattern::Group { inner, variables, aggregates } => {
                for (_, aggregate) in aggregates {
                    if let AggregateExpression::FunctionCall { expr, .. } = aggregate {
                        self.expression(expr)?;
                    }
                }
                self.pattern(inner)?;
                if variables.iter().any(|variable| self.of(variable).is_some()) {
                    self.join(inner);
                }
                Ok(())
            }
        }
    }

    /// A part without which there may still be a row.
    fn optionally(&self, pattern: &mut GraphPattern) -> Result<(), QueryError> {
        let before = self.optional.replace(true);
        let result = self.pattern(pattern);
        self.optional.set(before);
        result
    }

    /// A part whose variables no row has.
    fn apart(&self, pattern: &mut GraphPattern) -> Result<(), QueryError> {
        let before = self.optional.replace(false);
        let result = self.pattern(pattern);
        self.optional.set(before);
        result
    }

    /// Whether a triple has the variable, each time where the value can stand.
    fn has(&self, triple: &TriplePattern) -> Result<bool, QueryError> {
        let (subject, predicate) = (self.is_iri(&triple.subject)?, self.is_name(&triple.predicate)?);
        Ok(subject || predicate || self.is_any(&triple.object))
    }

    fn is_any(&self, term: &TermPattern) -> bool {
        matches!(term, TermPattern::Variable(variable) if self.of(variable).is_some())
    }

    fn is_iri(&self, term: &TermPattern) -> Result<bool, QueryError> {
        match term {
            TermPattern::Variable(variable) => self.is_bound_to_iri(variable),
            _ => Ok(false),
        }
    }

    fn is_name(&self, name: &NamedNodePattern) -> Result<bool, QueryError> {
        match name {
            NamedNodePattern::Variable(variable) => self.is_bound_to_iri(variable),
            NamedNodePattern::NamedNode(_) => Ok(false),
        }
    }

    fn is_bound_to_iri(&self, variable: &Variable) -> Result<bool, QueryError> {
        match self.of(variable) {
            None => Ok(false),
            Some(Binding { value: Term::NamedNode(_), .. }) => Ok(true),
            Some(binding) => Err(misplaced(binding.variable, binding.value)),
        }
    }

    /// Puts the value into a triple to be made; every row has it.
    fn fill(&self, triple: &mut TriplePattern) -> Result<(), QueryError> {
        let Some(binding) = &self.binding else { return Ok(()) };
        self.has(triple)?;
        let TriplePattern { subject, predicate, object } = triple;
        for term in [subject, object] {
            if self.is_any(term) {
                *term = binding.value.clone().into();
            }
        }
        if self.is_name(predicate)?
            && let Term::NamedNode(node) = binding.value
        {
            *predicate = node.clone().into();
        }
        Ok(())
    }

    fn expression(&self, expression: &mut Expression) -> Result<(), QueryError> {
        operands(expression).into_iter().try_for_each(|operand| self.expression(operand))?;
        match expression {
            Expression::Variable(variable) => {
                if let Some(binding) = self.of(variable) {
                    *expression = binding.constant.clone();
                }
            }
            Expression::Bound(variable) if self.of(variable).is_some() => {
                self.asks_bound.set(true);
                *expression = Literal::from(true).into();
            }
            Expression::Exists(pattern) => self.apart(pattern)?,
            Expression::FunctionCall(function, list) => {
                if let Some(plain) = words::spelled_out(function, list) {
                    *expression = plain;
                }
            }
            _ => {}
        }
        Ok(())
    }
}

/// Whether the pattern is what a `SELECT` makes of groups: conditions and columns over a group.
fn is_grouped(pattern: &GraphPattern) -> bool {
    match pattern {
        GraphPattern::Group { .. } => true,
        GraphPattern::Filter { inner, .. } | GraphPattern::Extend { inner, .. } => is_grouped(inner),
        _ => false,
    }
}
